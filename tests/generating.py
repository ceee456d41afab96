"""Made-up reports in the genre with known truth: what each prints, where, and which of its arithmetic holds.

Document i depends on the seed and on i alone, so that any part of a corpus of any size can be made again to check against.
Reports have about 700 characters on average, tiny mediation records 40 to 80. `benchmarks/corpus.py` and the tests use it.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from shapes import SHAPES, Figure, Link

__all__ = ["Made", "Options", "edited", "encoded", "made", "pages"]

Random = random.Random


@dataclass(frozen=True)
class Made:
    """One document with its truth."""

    doc: str
    text: str
    figures: tuple[Figure, ...]
    links: tuple[Link, ...]
    traits: tuple[str, ...] = ()  # what was done to the page, for counting by kind of page
    copy_of: str = ""
    encoding: str = "utf-8"
    html: bool = False

    @property
    def path(self) -> Path:
        """Where its file goes: a thousand files a folder."""
        return (
            Path(f"{int(self.doc[1:]) // 1000:05d}")
            / f"{self.doc}{'.html' if self.html else '.txt'}"
        )


@dataclass(frozen=True)
class Options:
    """Shares of the corpus; those of the kinds of dirt are of the reports."""

    seed: int = 2011
    tiny: float = 0.2
    copies: float = 0.02
    dirt: float = 0.3
    tables: float = 0.0
    html: float = 0.05


# --- words without figures -----------------------------------------------------------------------------------------------

_CHARS = "山水河桥石江南北西东青白云龙凤平安泰和宁清阳林泉湖源丰永兴"
_WHO = [
    "[全县|各乡镇|镇村两级|各部门]",
    "[党委政府|信访部门|综治中心|基层组织]",
    "[机关干部|驻村干部|党员志愿者]",
]
_DID = ["[坚持|注重|着力][源头预防|问题导向|依法处理|教育疏导]", "[完善|健全|推行][领导包案|下访约访|首问负责|代理代办]制度",
        "[畅通|拓宽][诉求表达|信息报送|民意反映]渠道", "[加强|推进][队伍建设|阵地建设|作风建设|普法宣传]"]  # fmt: skip
_SO = ["[把矛盾解决在基层|把问题化解在萌芽状态|让群众少跑路]", "[干群关系更加融洽|社会大局总体稳定|工作效能明显提升]",
       "[得到群众普遍好评|形成了齐抓共管的局面|为发展营造了良好环境]"]  # fmt: skip
_QUIET = ["按照〔{y}〕{n}号文件要求", "{y}年{m}月{d}日召开专题会议", "落实“一把手”负责制", "推行“一站式”服务", "开通12345热线",
          "第一时间赶赴现场", "依托三位一体工作格局", "截至{y}年{m}月底", "在第{n}次会议上作了部署", "推行一村一法律顾问"]  # fmt: skip
_HEADS = [
    "基本情况",
    "主要做法",
    "工作成效",
    "存在问题",
    "下步打算",
    "畅通渠道",
    "化解矛盾",
    "服务民生",
]
_GLOSS = {"务": "wù", "率": "lǜ", "个": "gè", "结": "jié", "达": "dá", "调": "diào", "处": "chǔ", "万": "wàn", "资": "zī", "动": "dòng", "户": "hù"}  # fmt: skip
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_BLANK = re.compile(r"\{(\w)\}")


def _words(rng: Random, template: str) -> str:
    return _CHOICE.sub(lambda m: rng.choice(m[1].split("|")), template)


class _Page:
    """A text under way with its figures and links."""

    def __init__(self, masked: float) -> None:
        self.text, self.figures, self.links, self.masked = "", list[Figure](), list[Link](), masked

    def say(self, rng: Random, template: str, blanks: dict[str, Figure] | None = None, links: Sequence[tuple[str, str, str]] = ()) -> None:  # fmt: skip
        numbers: dict[str, int] = {}
        for at, piece in enumerate(_BLANK.split(_words(rng, template))):
            if at % 2 == 0 or blanks is None:
                self.text += piece
                continue
            figure = _mask(rng, blanks[piece]) if rng.random() < self.masked else blanks[piece]
            numbers[piece] = len(self.figures)
            end = len(self.text) + len(figure.text)
            self.figures.append(replace(figure, start=len(self.text), end=end))
            self.text += figure.text
        for kind, names, verdict in links:
            self.links.append(Link(kind, tuple(numbers[n] for n in names), verdict))


def _mask(rng: Random, figure: Figure) -> Figure:
    """The figure with its digits masked, all or but for the first; one in Chinese numerals stays as it is."""
    m = re.match(r"\d[\d,]*(?:\.\d+)?", figure.text)
    if not m or figure.bound == "range":
        return figure
    sign = rng.choice("xxX*Ｘ×")
    mask = rng.choice(
        [
            sign * 2,
            sign * 2,
            sign * 3,
            f"{m[0][0]}{sign}",
            f"{sign}.{sign}" if "." in m[0] else sign * 2,
        ]
    )
    return replace(figure, text=mask + figure.text[m.end() :], value=None, status="redacted")


def _filler(rng: Random, year: int) -> str:
    parts = [
        rng.choice(_WHO) + rng.choice(_DID),
        *rng.sample(_DID, rng.randint(0, 1)),
        rng.choice(_SO),
    ]
    if rng.random() < 0.25:
        quiet = rng.choice(_QUIET).format(
            y=year, m=rng.randint(1, 12), d=rng.randint(1, 28), n=rng.randint(1, 60)
        )
        parts.insert(0, quiet)
    return _words(rng, "，".join(parts)) + "。"


def _report(rng: Random, options: Options) -> tuple[_Page, list[str]]:
    name = (
        "".join(rng.sample(_CHARS, 2))
        if (hidden := rng.random()) > 0.12
        else rng.choice(["*", "**", "xx"])
    )
    place, year = name + rng.choice("县县县区市"), rng.randint(2003, 2020)
    stripped = rng.random() < 0.02
    page = _Page(rng.choice((0.3, 0.7)) if hidden < 0.06 and not stripped else 0.0)
    traits = ["stripped"] * stripped + ["masked"] * (page.masked > 0)
    page.text = _words(
        rng,
        f"{place}{year}年[群众工作|信访维稳工作|矛盾调处工作|为民服务工作][总结|汇报|情况报告]\n",
    )
    shapes, headed = rng.sample(SHAPES, len(SHAPES)), rng.random() < 0.4
    page.text += _words(
        rng, f"{year}年[以来|，]{place}[认真做好|扎实推进|切实加强]群众工作。现[汇报|总结]如下。\n"
    )
    for number in range(rng.randint(1, 6)):
        if headed:
            page.text += f"{'一二三四五六'[number]}、{rng.choice(_HEADS)}\n"
        page.text += "　　" * (rng.random() < 0.5)
        for _ in range(rng.randint(2, 4)):
            for shape in [shapes.pop() for _ in range(min(len(shapes), rng.randint(0, 2)))]:
                lead = rng.choice(
                    ["", "", f"{year}年，", "今年以来，", "全年", "目前，", "截至年底，"]
                )
                page.text += lead
                page.say(rng, *shape(rng))
                page.text += rng.choice(["。", "。", "；"])
            page.text += _filler(rng, year)
        page.text += "\n"
    if options.tables and rng.random() < options.tables:
        _table(rng, page)
        traits.append("table")
    return page, traits


def _table(rng: Random, page: _Page) -> None:
    """A table in the lines that every reader makes of one: a row a town, a column a figure; a caption gives the unit of money."""
    columns = rng.sample([("受理（件）", "件", 1.0), ("化解（起）", "起", 1.0), ("来访（批次）", "批次", 1.0), ("走访（户）", "户", 1.0)], rng.randint(1, 3))  # fmt: skip
    funds = rng.random() < 0.5
    page.text += f"\n各乡镇工作情况表{'（单位：万元）' if funds else ''}\n\n"
    columns = [("救助资金", "元", 1e4), ("投入经费", "元", 1e4)] if funds else columns
    page.text += f"| 乡镇 | {' | '.join(head for head, _, _ in columns)} |\n"
    for _ in range(rng.randint(2, 5)):
        page.text += f"| {''.join(rng.sample(_CHARS, 2))}镇 |"
        for _, unit, scale in columns:
            n = rng.randint(3, 900)
            at = len(page.text) + 1
            page.figures.append(Figure(str(n), n * scale, unit, "money" if funds else "count", start=at, end=at + len(str(n))))  # fmt: skip
            page.text += f" {n} |"
        page.text += "\n"
    page.text += "\n"


_QUARREL = [
    "宅基地边界",
    "排水",
    "噪声",
    "欠付工钱",
    "山林权属",
    "赡养老人",
    "交通事故",
    "房屋漏水",
    "土地流转",
    "婚约财礼",
]


def _tiny(rng: Random) -> _Page:
    """A mediation record of 40 to 80 characters."""
    page = _Page(0.3 if rng.random() < 0.05 else 0.0)
    village = "".join(rng.sample(_CHARS, 2))
    page.text = (
        f"{rng.randint(2008, 2020)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日，{village}村"
    )
    page.text += _words(
        rng,
        f"村民[张某|李某|王某|赵某|陈某]与[邻居|同村人|雇主|亲属]因{rng.choice(_QUARREL)}[发生纠纷|引发争执]，",
    )
    n, m = rng.randint(2, 9), 100 * rng.randint(3, 900)
    blanks = {"n": Figure(f"{n}次", n, "次"), "m": Figure(f"{m}元", m, "元", "money")}
    page.say(rng, "[调解员|村调委会|驻村干部][上门|组织]调解{n}，[双方达成协议|当事人握手言和]，[由对方赔偿|支付|补偿]{m}。", blanks)  # fmt: skip
    return page


# --- what the way to the reader does to a page ---------------------------------------------------------------------------


def edited(doc: Made, edits: list[tuple[int, int, str]]) -> Made:
    """The document with stretches replaced, given in rising order; its figures move along."""
    text, at = [], 0
    for start, end, new in edits:
        text += [doc.text[at:start], new]
        at = end
    text.append(doc.text[at:])

    def moved(place: int, closing: bool) -> int:
        return place + sum(
            len(n) - (e - s) for s, e, n in edits if (s < place if closing else e <= place)
        )

    figures = tuple(
        replace(f, start=moved(f.start, False), end=moved(f.end, True)) for f in doc.figures
    )
    return replace(doc, text="".join(text), figures=figures)


def _stripped(rng: Random, doc: Made) -> Made:
    """Every Arabic digit gone, as some sites' pages are; figures in Chinese numerals stay."""
    edits = [
        (m.start(), m.end(), "") for m in re.finditer(r"[0-9][0-9.,]*(?:[-—至～][0-9]+)?", doc.text)
    ]
    hit = {i for i, f in enumerate(doc.figures) for s, e, _ in edits if f.start <= s < f.end}
    lost = edited(doc, edits)
    figures = tuple(replace(f, value=None, low=None, high=None, status="lost") if i in hit else f for i, f in enumerate(lost.figures))  # fmt: skip
    return replace(lost, figures=figures)


def _paged(rng: Random, doc: Made) -> Made:
    """Line ends with a page number every so many characters, also between a number and its unit."""
    edits, at, number, every = [], 0, 1, rng.randint(70, 130)
    while (at := at + every) < len(doc.text) - 10:
        line = doc.text.rfind("\n", 0, at) + 1
        if at - line < 60 or doc.text[at - 1] in "。；\n　" or "\n" in doc.text[at : at + 3] or re.match(r"[\d.,]{2}", doc.text[at - 1 : at + 1]):  # fmt: skip
            at -= every - 7
            continue
        edits.append((at, at, f"\n{number}、"))
        number += 1
    return edited(doc, edits) if len(edits) > 4 else doc


def _wrapped(rng: Random, doc: Made) -> Made:
    """Hard line ends at a fixed width, as text copied out of a PDF has them."""
    width, edits, start = rng.randint(36, 60), [], 0
    for line in doc.text.splitlines(keepends=True):
        edits += [(start + k, start + k, "\n") for k in range(width, len(line.rstrip("\n")), width)]
        start += len(line)
    return edited(doc, edits)


def _wide(rng: Random, doc: Made) -> Made:
    """Digits and signs in full width."""
    wide = str.maketrans({c: chr(ord(c) + 0xFEE0) for c in "0123456789.%"})
    return replace(doc, text=doc.text.translate(wide))


def _spaced(rng: Random, doc: Made) -> Made:
    """Spaces between a number and its unit, before it, or inside it."""
    edits = []
    for f in doc.figures:
        m = re.match(r"[\d.,xX*]+", f.text)
        if m and f.status == "ok":
            at = rng.choice([f.start, f.start + m.end(), f.start + m.end()])
            edits.append((at, at, rng.choice([" ", " ", "\u3000", "\xa0"])))
    return edited(doc, edits)


def _glossed(rng: Random, doc: Made) -> Made:
    """Readings in brackets behind characters, Traditional script."""
    edits = [(m.end(), m.end(), f"({_GLOSS[m[0]]})") for m in re.finditer("|".join(_GLOSS), doc.text) if rng.random() < 0.3]  # fmt: skip
    return edited(_traditional(rng, doc), edits)


def _leftovers(rng: Random, doc: Made) -> Made:
    """Marks that a page's source left in its text."""
    edits: list[tuple[int, int, str]] = []
    for f in doc.figures:
        if (m := re.match(r"[\d.,]+", f.text)) and rng.random() < 0.5:
            opening, closing = rng.choice([("<b>", "</b>"), ('<span class="n8">', "</span>"), ("&nbsp;", "&nbsp;"), ("\u200b", ""), ("<br/>", "")])  # fmt: skip
            edits += [(f.start, f.start, opening), (f.start + m.end(), f.start + m.end(), closing)]
    return edited(doc, edits)


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("s2tw")


def _traditional(rng: Random, doc: Made) -> Made:
    """Traditional script, where that keeps every character's place."""
    text = _converter().convert(doc.text)
    return (
        replace(doc, text=text, traits=tuple(dict.fromkeys((*doc.traits, "traditional"))))
        if len(text) == len(doc.text)
        else doc
    )


_DIRT = {"paged": _paged, "wrapped": _wrapped, "wide": _wide, "spaced": _spaced, "glossed": _glossed, "leftovers": _leftovers, "traditional": _traditional}  # fmt: skip


_PLAIN = Options()

# --- documents -----------------------------------------------------------------------------------------------------------


def _copied(i: int, options: Options) -> int | None:
    """Number of the document that document i copies."""
    rng = Random(f"{options.seed}:{i}:copy")
    other = rng.randrange(max(0, i - 1000), i) if i and rng.random() < options.copies else None
    if other is None or _copied(other, options) is not None or _is_tiny(other, options):
        return None
    return other


def _is_tiny(i: int, options: Options) -> bool:
    return Random(f"{options.seed}:{i}:tiny").random() < options.tiny


def made(i: int, options: Options = _PLAIN) -> Made:
    """Document i of a corpus.

    Args:
        i: its number.
        options: seed and shares.
    """
    rng = Random(f"{options.seed}:{i}")
    if (other := _copied(i, options)) is not None:
        first = made(other, options)
        copy = replace(first, doc=_name(i), copy_of=first.doc, traits=(*first.traits, "copy"))
        return _changed(rng, copy) if rng.random() < 0.5 else copy
    tiny = _is_tiny(i, options)
    page, traits = (_tiny(rng), ["tiny"]) if tiny else _report(rng, options)
    doc = Made(_name(i), page.text, tuple(page.figures), tuple(page.links), tuple(traits))
    if "stripped" in traits:
        doc = _stripped(rng, doc)
    elif not tiny and rng.random() < options.dirt:
        kind = rng.choice(list(_DIRT))
        doc = _DIRT[kind](rng, replace(doc, traits=(*doc.traits, kind)))
    known = [f.status == "ok" for f in doc.figures]
    doc = replace(doc, links=tuple(x for x in doc.links if all(known[n] for n in x.figures)))
    return _filed(rng, doc, options)


def _name(i: int) -> str:
    return f"r{i:08d}"


def _changed(rng: Random, doc: Made) -> Made:
    """The copy with the last digit of one plain count another one."""
    linked = {n for link in doc.links for n in link.figures}
    plain = [n for n, f in enumerate(doc.figures) if n not in linked and f.status == "ok" and re.fullmatch(rf"\d{{2,4}}{f.unit}", doc.text[f.start : f.end])]  # fmt: skip
    if not plain:
        return doc
    n = rng.choice(plain)
    f = doc.figures[n]
    at = f.end - len(f.unit) - 1
    new = (int(doc.text[at]) + rng.randint(1, 9)) % 10
    value = (f.value or 0) - int(doc.text[at]) + new
    figure = replace(f, value=value, text=f"{value:.0f}{f.unit}")
    figures = (*doc.figures[:n], figure, *doc.figures[n + 1 :])
    return replace(
        doc,
        text=f"{doc.text[:at]}{new}{doc.text[at + 1 :]}",
        figures=figures,
        traits=(*doc.traits, "changed"),
    )


def _filed(rng: Random, doc: Made, options: Options) -> Made:
    """The encoding that its file has: UTF-8 four times in five."""
    old, shares = (
        ("big5", (0.5, 0.46, 0.04))
        if "traditional" in doc.traits
        else ("gb18030", (0.8, 0.16, 0.04))
    )
    encoding = rng.choices(["utf-8", old, "utf-16"], shares)[0]
    try:
        doc.text.encode(encoding)
    except UnicodeEncodeError:
        encoding = "utf-8"
    plain = not {"leftovers", "wrapped", "paged", "table"} & set(doc.traits)
    return replace(doc, encoding=encoding, html=plain and rng.random() < options.html)


def encoded(doc: Made) -> bytes:
    """The bytes of a document's file; in HTML a paragraph a line."""
    if not doc.html:
        return doc.text.encode(doc.encoding)
    from html import escape

    head, *body = doc.text.split("\n")
    paragraphs = "\n".join(f"<p>{escape(line)}</p>" for line in body if line)
    page = f"<!DOCTYPE html>\n<html><head><title>{escape(head)}</title></head>\n<body><h1>{escape(head)}</h1>\n{paragraphs}</body></html>"
    return page.encode(doc.encoding)


def pages(number: int, options: Options = _PLAIN, first: int = 0) -> Iterator[Made]:
    """Documents one after the other."""
    return (made(i, options) for i in range(first, first + number))
