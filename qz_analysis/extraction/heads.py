"""Dates in the head of a text: on the line of publication, or before the first words of an article.

A line of publication holds a day beside the names of sources, editors and buttons, and tells nothing.
An article may begin with its date instead: 2009-01-12 …, (甲县日报2009年11月)…, 甲县网2013年10月消息….
"""

import re
from collections.abc import Iterator

from ..vocabularies.numerals import parse
from ..vocabularies.patterns import Pattern
from ..vocabularies.units import DIGITS

#: a year as texts write it
YEAR = rf"(?:(?:19|20)\d{{2}}|[一二][〇零{DIGITS}]{{3}})"
_DAY = rf"(?:\d{{1,2}}|[一二三]?十[{DIGITS}]?|[{DIGITS}])"
#: 2020年1月8日, 二〇二〇年一月八日, 2020-01-08, and a month without a day
DATE = (
    rf"(?<![\d年])(?:(?P<year>{YEAR})年(?P<month>{_DAY})月(?:(?P<day>{_DAY})日?)?"
    r"|(?P<iso>(?:19|20)\d{2})[-/.](?P<isomonth>\d{1,2})[-/.](?P<isoday>\d{2}|\d)(?!\d)"
    r"|(?P<dayfirst>\d{2})\.(?P<monthnext>\d{2})\.(?P<yearlast>(?:19|20)\d{2})(?!\d))"
)
_ANY_DATE = re.compile(DATE)
_CLOCK = r"[ \ufffc]*(?:\d{1,2}[:时]\d{1,2}分?(?::\d{1,2})?)?"
#: behind a date that does not stand for itself: an end of a span, or the beginning of a title
_GOES_ON = re.compile(r"[日 ]*(?:[-~至到]+\d|以来|[起前]|开始)")
_TOLD = re.compile(r"[。;!?]")
_WIDE, _LINES = 90, 12  # characters of a line of publication, and how many lines are looked at
# numbers of a page's own buttons tell nothing: 浏览次数:35次
_COUNTER = Pattern("heads", r"(?:{counters})[^\d]{0,4}\d*[次人]?")
_FIGURE = re.compile(r"\d[万亿余多]?(?:[件批人户元宗起名%个]|平方)")
_ACCOUNT = Pattern("heads", r"(?:{accounts})(?:[(].{0,12}[)])?$")
_SOURCE = Pattern("heads", r"(?:{sources})[ )]*$")
# what leads to the date on the line of a title, with a source before it
_LABEL = Pattern("heads", r"[ |(]*(?:{labels})[^\d]{0,30}$")
_BEHIND = 40  # characters of a line behind its date that name no more than sources and buttons
_TRAIL = re.compile(r"^[ ]*(?:您?当?前?的?位置|首页)[^\n]{0,8}[>:»]|[>»][^>»\n]{1,16}[>»]")
# 信息来源:区扶贫办 2014年
_OF_YEAR = re.compile(
    r" *(?:信息|资料|文章)?来源: ?[\u4e00-\u9fff]{2,16}[ ,]+(?P<year>(?:19|20)\d\d)年? *"
)
_SIZE = re.compile(r"^[ -]*[\d.]+ ?[KMG]B(?![A-Za-z])")  # of a file that is offered
_NUMBER_OF_PAPER = re.compile(r"^[\u4e00-\u9fff]{1,12}[〔\[(]\d{4}[〕\])]\d{1,4}号$")
_INDEX = Pattern(
    "heads", r"^[ |]*(?:{index_lines})(?:[^\n]*\||[^\n。]{0,20}$)"
)  # a row or a cell of the table that heads a paper
_MEDIA = re.compile("(?:网|报|在线|客户端|电视台|广播)$")  # no title ends so
_ADDRESS = re.compile(r"[ (（]*(?:https?[:：]/*|www\.)[\w.:/-]+ ")
_FURNISHED = Pattern("heads", r"[ |(]*(?:{labels}|{counters})")
# the frame of a page: its path through the site, the site's name, an index number, a hint to readers
_FRAME = Pattern(
    "heads",
    r"[>›»〉→]| / |^[ -]*(?:{frames})(?:[: ]|$)|^[ -]*(?:{hints})|^[^,:]{0,12}(?:{sites})[ ]*$|(?:{endings})$",
)
# what stands over a page and is no title of its text: a body, a newspaper, the number of a page or of
# a printed sheet, the word for the text itself, an entry of a menu
_PLATE = Pattern(
    "heads",
    r"[ #【]*(?:(?:中共)?[\u4e00-\u9fff]{0,16}?(?:{plates})|[\u4e00-\u9fff]{2,10}(?:{papers})|(?:{texts})"
    r"|(?:[Pp](?:age|\.)|第) *\d+ *(?:页|版)?(?:[: ][\u4e00-\u9fff]{2,6})?|- *[^:。,;]{2,10}|【[^】]{1,5})[】 ]*",
)
_PAPER = Pattern("heads", r"[\u4e00-\u9fff]{2,10}(?:{papers})")
_NUMBERED = re.compile(r"^(?:Page|PAGE|P\.|第) *\d+ *页? *[-—|:_] *(?=[^\n]{6})")
_BRACKETED = re.compile(r"^[ ]*【([^【】]{6,})】[ ]*$")
_HINT = Pattern("heads", r"[ -]*(?:\d、)?(?:(?:{frames})[: ]|{hints})")
# who wrote, delivered or got a text, or took a picture: no words of its own
_HAND = Pattern(
    "heads",
    r"[ □■◆●○▲]*(?:{bylines})|各[^。\n]{4,60}:$|[^\n]{2,60}(?:摄|摄影)$"
    r"|(?!.*(?:{accounts}|{no_holders}))[^,。\n]{0,14}?(?:{holders})[: ]?[\u4e00-\u9fff*x]{1,3}$",
)
_SECTION = re.compile(
    r"[ ]*(?:[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十\d]{1,3}[)]|\d{1,2}[、.](?!\d))"
)
_LABELLED = Pattern("heads", r"{labels}|(?:{counters})(?:[次量]数?)?[: ]")
_BESIDE = Pattern("heads", r"[日 )(|]*(?:{sources}|$)")
# what an article begins with: its date and nothing else, one in brackets, one of a message
_OPENED: list[re.Pattern[str] | Pattern] = [
    re.compile(rf"[ ]*(?:本[网报台](?:讯|消息)[ ,]*)?(?=\d{{4}}[-/.]|\d\d\.){DATE}{_CLOCK}"),
    Pattern("heads", rf"[ ]*[(【\[](?![^()\n]{{0,30}}(?:{{filed}}))[^\d()\n。,;:]{{0,14}}{DATE}[日 ]*[^\d()\n。,;:]{{0,10}}[)】\]]"),
    Pattern("heads", rf"[ ]*[^\d\n。,;:]{{0,14}}{DATE}日?(?:{{messages}})"),
]  # fmt: skip
# one in brackets behind a sentence of the head: …。(2019-05-03), …。(2023年2月统计)
_CLOSED = re.compile(rf"(?<=[。!])[ ]*[(]{DATE}[^\d()。,;]{{0,4}}[)]$")
# 甲网12月28日电(2022年), 7月22日(2021),
_YEAR_BEHIND = Pattern(
    "heads",
    rf"[ ]*[^\d\n。,;:]{{0,14}}(?P<m>\d{{1,2}})月(?P<d>\d{{1,2}})日(?:{{messages}})?[(](?P<y>{YEAR})年?[)]",
)


# (2021年1月归档): when a page was filed
_OF_FILING = Pattern("heads", "{filed}")
_FILED = Pattern("heads", rf"^[^\n]{{0,30}}?{DATE}[^\d\n]{{0,4}}(?:{{filed}})[^\n]{{0,4}}$")
# a cell of the table that heads papers of an office: 索引号 … 发布日期 2019-07-16
_INDEXED = Pattern("heads", r"{indexed}[,:| ]*" + DATE)


#: what stands before the day up to which is counted, which is not that of the text: (截至2016年9月30日)
CUT_OFF = re.compile("截[至止]到?[^\\d:]{0,2}$")


def is_cut_off(line: str) -> bool:
    """Whether the date of a line is the one up to which is counted.

    >>> is_cut_off("(截至2016年9月30日) 单位:件"), is_cut_off("2016年9月30日")
    (True, False)
    """
    m = _ANY_DATE.search(line) if len(line) <= _WIDE else None
    return m is not None and CUT_OFF.search(line, 0, m.start()) is not None


def published(line: str) -> str:
    """The date of a line of publication, empty for any other line.

    >>> published("2010-6-24字号:大中小"), published("2018年2月2日,县十八届人大二次会议")
    ('2010-06-24', '2018-02-02')
    >>> published("2013年6月5日召开信访工作会议。"), published("2012年1月1日至15日信访情况")
    ('', '')
    """
    if m := _INDEXED.search(line):
        return written(m)
    m = _ANY_DATE.search(line) if len(line) <= _WIDE else None
    if m is None and (source := _OF_YEAR.fullmatch(line)):
        return source["year"]
    if m is None or _GOES_ON.match(line, m.end()) or is_filing(line) or is_cut_off(line):
        return ""
    rest = _COUNTER.sub("", f"{line[: m.start()]} {line[m.end() :]}")
    if _TOLD.search(rest) or _FIGURE.search(rest) or _ACCOUNT.search(rest.strip()):
        return ""
    if not _of_day(m):  # of a month only where nothing but a source stands beside it
        alone = not rest.strip(" ()[]【】|") or _SOURCE.search(rest.strip())
        if not (alone and _BESIDE.match(line, m.end())):
            return ""
    return written(m)


def is_filing(line: str) -> bool:
    """Whether a line says when its page was filed.

    >>> is_filing("(2021年1月归档)"), is_filing("2021年1月信访情况")
    (True, False)
    """
    return bool(_OF_FILING.search(line) and _FILED.search(line))


def is_imprint(line: str) -> bool:
    """Whether a line is the page's path through its site, or holds a date beside the labels of a
    page, and so is no part of a sentence.

    >>> is_imprint("发表时间:2025-10-09信息来源:民生办初审:某某"), is_imprint("2012年3月受理来信来访")
    (True, False)
    """
    if _TRAIL.search(line):
        return True
    # http://… 2006年8月15日 甲报: an address does as a label
    led = _LABELLED.search(line) or _ADDRESS.match(line)
    return bool(len(line) <= _WIDE and led and published(line))


def is_trail(line: str) -> bool:
    """Whether a line is the way through a site to its page.

    >>> is_trail("网站首页 >> 动态要闻 >> 乡镇动态"), is_trail("甲镇:一格一网")
    (True, False)
    """
    return bool(_TRAIL.search(line))


def titled(line: str) -> str:
    """A line without the date of publication, and what goes with it, that stand behind its words, and
    without the number of a page before them or brackets round them.

    >>> titled("扶贫攻坚情况总结 时间:2022-05-21 15:32:28"), titled("房县法院来源:房县法院2017-12-29点击量:871")
    ('扶贫攻坚情况总结', '房县法院')
    >>> titled("2014年工作情况(2015-04-23)"), titled("甲县2014年3月信访情况")
    ('2014年工作情况', '甲县2014年3月信访情况')
    >>> titled("标题:2021年甲市政府工作报告 发文单位:甲市人民政府")
    '2021年甲市政府工作报告'
    """
    if field := _TITLE_FIELD.match(line):
        line = _FIELD_BEHIND.sub("", line[field.end() :])
    words = _NUMBERED.sub("", _parted(line)[0])
    whole = _BRACKETED.match(words)
    return whole[1] if whole else words


def _parted(line: str) -> tuple[str, str]:
    """The words of a line before a date of publication, and that date; the whole line without one."""
    for m in _ANY_DATE.finditer(line) if len(line) <= _WIDE else ():
        if not _of_day(m) or _GOES_ON.match(line, m.end()):
            continue
        words = _LABEL.sub("", line[: m.start()]).strip(" (-|[【")
        rest = _COUNTER.sub("", line[m.end() :])
        quiet = not (_TOLD.search(rest) or _FIGURE.search(rest)) and len(rest) < _BEHIND
        if (
            len(words) > 1
            and quiet
            and not _MEDIA.search(words)
            and not (_TOLD.search(words) or _FIGURE.search(words))
        ):
            return words, written(m)
    return line, ""


# the site's name with its buttons, or with the number that a paper has in it
_SITE_LINE = Pattern("heads", r"(?:{site_links}|平台|网)[ ]*[【\[]?(?:{counters})[: ]|索引号[: ]")
# 发文单位:甲市人民政府, a field above a text; and one that stands behind its title on a line
_FIELD = Pattern("heads", r"[ ]*(?:{fields})[:：]|[ 】\]【\[]*(?:(?:{buttons})[ 】\]]*){1,4}$")
_TITLE_FIELD = Pattern("heads", r"[ ]*(?:{title_field})[:：][ ]*")
_FIELD_BEHIND = Pattern("heads", r"(?<=[^ ])[ ]*(?:{fields})[:：].*")
_LONGEST_BAR = 80  # characters of a bar of links
_LINK = Pattern("heads", "[\u4e00-\u9fff]{0,10}(?:{site_links})")


def is_furniture(line: str) -> bool:
    """Whether a line is no title: where on its site a page stands, its number, when it was published.

    >>> [is_furniture(line) for line in ("首页 > 政务公开 > 正文", "明政办〔2018〕57号", "甲县法院2017-12-29")]
    [True, True, False]
    """
    if any(p.search(line) for p in (_TRAIL, _NUMBER_OF_PAPER, _SIZE, _INDEX, _SITE_LINE)):
        return True
    if is_filing(line) or _FURNISHED.match(line) or _FIELD.match(line) or _is_bar(line):
        return True
    return bool(published(line)) and titled(line) == line


def _is_bar(line: str) -> bool:
    """Whether a line is the bar of links over a site: 省政府网|市政府网|无障碍浏览|登录.

    >>> [_is_bar(line) for line in ("甲省人民政府网|乙市人民政府网|关怀版", "甲县|工作总结|2019年", "| 项目 | 数量 |")]
    [True, False, False]
    """
    if "|" not in line or len(line) > _LONGEST_BAR or any(c.isdigit() for c in line):
        return False
    links = [link.strip() for link in line.strip(" |").split("|")]
    known = sum(1 for link in links if _LINK.fullmatch(link))
    return len(links) > 1 and 2 * known >= len(links)


def is_plate(line: str) -> bool:
    """Whether a line stands over a page and is no title of its text: the name of a body or a newspaper,
    the number of a page, the word for the text, an entry of a menu.

    >>> [is_plate(line) for line in ("信访办公室", "某某日报", "【正文】", "第08版:甲县新闻", "- 甲市12345")]
    [True, True, True, True, True]
    >>> [is_plate(line) for line in ("甲县信访局工作总结", "信访局上半年情况", "做好群众工作")]
    [False, False, False]
    """
    return bool(_PLATE.fullmatch(line))


def is_paper(line: str) -> bool:
    """Whether a line is the name of a newspaper.

    >>> is_paper("某某日报"), is_paper("某某日报讯,县里开会")
    (True, False)
    """
    return bool(_PAPER.fullmatch(line))


def is_title(line: str) -> bool:
    """Whether a line may be a title: no part of the page's own frame, no sentence, no section.

    >>> [is_title(line) for line in ("甲县2018年救助工作总结", "某某公文网 > 调研报告", "一、救助", "某某文库")]
    [True, False, False, False]
    """
    return len(line) > 3 and not (
        is_furniture(line)
        or is_plate(line)
        or _FRAME.search(line)
        or _SECTION.match(line)
        or is_hand(line)
    )


def is_hand(line: str) -> bool:
    """Whether a line only says who wrote, delivered or got a text.

    >>> [is_hand(line) for line in ("□本报记者某某", "甲县人民政府县长:某某", "各乡镇人民政府:", "甲县县长热线总结")]
    [True, True, True, False]
    """
    return _HAND.match(line) is not None


def is_hint(line: str) -> bool:
    """Whether a line speaks of its page to the reader, as in 提示:本页只给看一部分。"""
    return _HINT.match(line) is not None


def opened(text: str, at: int) -> tuple[str, int]:
    """The date that an article begins with at an offset, and where that ends; empty for none.

    >>> opened("2009-01-12州政协委员递交提案92件", 0), opened("(渭南日报2009年11月)打黑除恶", 0)
    (('2009-01-12', 10), ('2009-11', 14))
    >>> opened("2014年2月10日,白水县召开大会", 0)
    ('', 0)
    """
    for pattern in _OPENED:
        if m := pattern.match(text, at):
            return written(m), m.end()
    if m := _YEAR_BEHIND.match(text, at):
        return _joined(m["y"], m["m"], m["d"]), m.end()
    return "", 0


def lines(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Where dates of publication stand in the first lines of a text, with the date: lines that hold
    nothing else of note, and what an article begins with.
    """
    at = start
    for _ in range(_LINES):
        while at < end and text[at] in "\n ":
            at += 1
        if at >= end:
            return
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        short = text[at:stop] if stop - at <= _WIDE else ""
        if is_cut_off(short):
            at = stop
            continue
        if date := published(short) or _parted(short)[1]:
            yield at, stop, date
        else:
            date, behind = opened(text, at)
            if date:
                yield at, behind, date
            elif closed := _CLOSED.search(short):
                yield at + closed.start(), stop, written(closed)
            if stop - at > _WIDE // 2 and _TOLD.search(text, at, stop):
                return  # the first words of the text itself
        at = stop


def _of_day(m: re.Match[str]) -> bool:
    """Whether a match of `DATE` names a day, not a month alone."""
    return bool(m["day"] or m["isoday"] or m["dayfirst"])


def written(m: re.Match[str]) -> str:
    """A match of `DATE` as the tables write it."""
    return _joined(
        m["year"] or m["iso"] or m["yearlast"],
        m["month"] or m["isomonth"] or m["monthnext"] or "",
        m["day"] or m["isoday"] or m["dayfirst"] or "",
    )


def _joined(*parts: str) -> str:
    year, *rest = [digits(part) for part in parts if part]
    valid = all(0 < int(part) <= most for part, most in zip(rest, (12, 31), strict=False))
    return "-".join([year, *(f"{int(part):02d}" for part in rest)]) if valid else year


def digits(said: str) -> str:
    """The numeral of a year, a month or a day in Arabic digits.

    >>> digits("二〇一九"), digits("十四"), digits("二十")
    ('2019', '14', '20')
    """
    return str(parse(said))
