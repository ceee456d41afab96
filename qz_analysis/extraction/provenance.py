"""Whose words a report is: the body that issued it, and who passed its text on.

A body stands below the last line, below the title or in the field of the source; what stands above
the title is the site. A newspaper or a site of samples wrote or handed on a text and issued nothing.
The lines are those of the raw text: cleaning joins what a page wrapped.
"""

import re
from collections.abc import Iterator, Sequence

from ..model import Report
from ..script import simplify
from ..vocabularies.patterns import Pattern
from .names import is_unnamed
from .own_place import is_body, signed_by

#: what a carrier is called whose name its page does not tell
NEWSPAPER, SAMPLES = "newspaper", "samples"
_HEAD, _TAIL = 1200, 400  # characters above and below in which a page speaks of itself
_LINES = 24  # and lines
_PROSE = re.compile("[。;；]")
_LONG = 60  # characters of a line that is no more a head
_BLANK = re.compile(r"[\s\ufffc]+")
_SOURCE = Pattern("provenance", r"(?:{source_fields})\s*[:：]\s*([^\s:：|()（）\d]{2,24})")
_MEDIUM = Pattern("provenance", r"[\u4e00-\u9fffA-Za-z·-]{0,16}(?:{media})")
#: 来源:本网 passes nothing on
_OWN_MEDIUM = re.compile("[本我]\\S{1,3}")
_NAMED_MEDIUM = Pattern("provenance", r"[\u4e00-\u9fff]{2,8}(?:{papers})")
_SAMPLES = Pattern(
    "provenance", r"[\u4e00-\u9fff]{2,8}?(?:{sample_sites})(?![\u4e00-\u9fff])|{sample_names}"
)
_OF_SAMPLES = Pattern("provenance", "{sample_signs}")
_OF_PAPER = Pattern("provenance", r"(?m)^[ \s□■◆●○▲(（]*(?:{paper_signs})")
# http://… 2006年08月15日07:40 安徽在线-安徽商报
_ADDRESSED = re.compile(
    r"^\s*(?:https?://\S+\s+)?\d{4}[年/.-]\d{1,2}[月/.-]\d{1,2}日?\s*(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)\s*(\S{2,20})\s*$"
)
# (转载于甲办公室、乙研究室2011年《调研》第22期)
_PRINTED_BY = Pattern(
    "provenance", r"[(（](?:{printed_by})\s*([\u4e00-\u9fff、]{4,40}?)(?:\d{4}年)?《"
)
# 现在,我代表县人民政府,向大会报告工作
_FOR = Pattern(
    "provenance",
    r"我(?:受[^,，。]{2,16}委托[,，]?)?代表(?P<body>[\u4e00-\u9fff]{0,12}?(?:{speakers_for}))[,，]?(?:{reporting})",
)
_FOR_SHORT = ("政府", "法院", "检察院")
_LEVEL_ALONE = re.compile("(?P<level>[省市州盟县区旗镇乡])(?=人民|政府|法院|检察院|人大|常委会)")
_WRITER = re.compile(r"^[(（]\s*(?:\S{2,4}\s+)?(\S{4,28}?)\s*[)）]$")


def provenance(
    text: str, raw: str, report: Report, page: str = "", site: str = ""
) -> tuple[str, str]:
    """The body that issued a report, and the newspaper or site of samples that passed it on; each empty
    where nothing tells it.

    Args:
        text: the clean page.
        raw: the raw text of the report, its own lines kept.
        report: the stretch of the clean page.
        page: the raw text of the whole page, when the report is one of several.
        site: the body that the file itself names as its source.

    >>> raw = "甲山县工作汇报\\n甲山县信访局\\n\\n全县受理9件，办结8件。"
    >>> provenance(raw, raw, Report(0, len(raw), "甲山县工作汇报", "", ""))
    ('甲山县信访局', '')
    >>> raw = "某某日报\\n甲山县办结信访件8件\\n全县受理9件，办结8件。"
    >>> provenance(raw, raw, Report(0, len(raw), "甲山县办结信访件8件", "", ""))
    ('', '某某日报')
    """
    head = _head(raw)
    around = [*head, *_head(page)] if page else head
    sources = [simplify(m[1]) for line in around for m in _SOURCE.finditer(line)]
    title = _BLANK.sub("", report.title)
    at = next((n for n, line in enumerate(head) if title and title in _BLANK.sub("", line)), -1)
    below = [line for line in head[at + 1 :] if at >= 0]
    printed = _PRINTED_BY.search(simplify(raw[-_TAIL:]))
    bodies = [
        signed_by(text, report) or _spoken_for(raw),
        "、".join(_bodies(below)),
        next(filter(is_body, sources), ""),
        printed[1] if printed else "",
        simplify(site) if not _MEDIUM.fullmatch(site) else "",
        next(_bodies(head[: max(at, 0)]), ""),
    ]
    issuer = next(filter(None, bodies), "")
    carrier = _carrier(around, sources, (page or raw)[:_HEAD], (page or raw)[-_TAIL:])
    own = _OWN_MEDIUM.fullmatch(simplify(site))
    return issuer, carrier or (simplify(site) if _MEDIUM.fullmatch(site) and not own else "")


def _spoken_for(raw: str) -> str:
    """The body for which a speaker reports to an assembly, by its whole name where he shortens it."""
    said = _FOR.search(simplify(raw[:_HEAD]))
    body = said["body"] if said else ""
    for short in _FOR_SHORT:
        if body.endswith(short) and not body.endswith(f"人民{short}"):
            return f"{body.removesuffix(short)}人民{short}"
    return body


def placed(issuer: str, place: str) -> str:
    """A body behind the name of its place, where its own name begins with no more than a level.

    >>> placed("县人民政府", "甲山县"), placed("乙州市人民政府", "甲山县"), placed("县人民政府", "*县")
    ('甲山县人民政府', '乙州市人民政府', '县人民政府')
    """
    alone = _LEVEL_ALONE.match(issuer)
    known = re.fullmatch(r"[\u4e00-\u9fff]{2,}", place) and len(place) > 2
    if alone and known and place.endswith(alone["level"]) and not is_unnamed(place):
        return place + issuer[1:]
    return issuer


def _head(raw: str) -> list[str]:
    """The lines above the first words of a text."""
    found: list[str] = []
    for line in filter(None, map(str.strip, raw[:_HEAD].split("\n")[: 3 * _LINES])):
        if _PROSE.search(line) or len(line) > 3 * _LONG or len(found) >= _LINES:
            break
        found.append(simplify(line))
    return found


def _bodies(lines: Sequence[str]) -> Iterator[str]:
    """The bodies that stand alone on lines one behind the other, or behind a writer in brackets."""
    begun = False
    for line in lines:
        writer = _WRITER.match(line)
        bodies = [writer[1]] if writer else line.split()
        if all(map(is_body, bodies)):
            begun = True
            yield from bodies
        elif begun:
            return


def _carrier(lines: Sequence[str], sources: Sequence[str], above: str, below: str) -> str:
    """The newspaper or site of samples by its name, else what sort it is, else nothing."""
    said, ends = simplify(above), simplify(below)
    for words in (*lines, *ends.split("\n")):
        if m := _SAMPLES.search(words):
            return m[0]
    if lines and _NAMED_MEDIUM.fullmatch(lines[0]):
        return lines[0]
    addressed = [m[1] for line in lines if (m := _ADDRESSED.match(line))]
    for name in (*sources, *addressed):
        if _MEDIUM.fullmatch(name) and not _OWN_MEDIUM.fullmatch(name):
            return name
    if _OF_SAMPLES.search(said) or _OF_SAMPLES.search(ends):
        return SAMPLES
    return NEWSPAPER if _OF_PAPER.search(said) else ""
