"""What a figure is of beyond its own clause: a forecast, one channel, one activity, one court."""

import re
from collections.abc import Sequence

import pandas as pd

from ..vocabularies.patterns import Pattern
from .sentences import Marked, marked

#: forecasts of a year that is not over, and the note that makes all that follows one
_FORESEEN = Pattern("scope", "{foreseen}")
_ALL_FORESEEN = Pattern("scope", r"[(（][^()（）]{0,12}{foreseen}[^()（）]{0,6}下同[)）]")
#: and a note right behind a figure: 250亿元(预计,下同)
_NOTED = Pattern("scope", r"^[\u4e00-\u9fff]{0,2}[(（][^()（）]{0,12}{foreseen}[^()（）]{0,8}[)）]")
#: a sentence of parts of the whole that the one before it told
_PARTS = Pattern("scope", r"^[\s(（]*(?:{parts})")
#: a sentence that begins with one is a forecast to its end
_OPENS = Pattern("scope", r"^[\dxXｘＸ×*某年至到底末全,，、今本 ]{0,10}{foreseen}")
#: a clause that leaves it to the one before it to say of what it is
_GOES_ON = Pattern("scope", "^[ 、]*(?:{goes_on})")
_ONE = Pattern(
    "scope",
    r"(?:{passed_on})|(?:{of_channel}){0,4}(?:{channels})|[“‘]?(?:{activities})[”’]?(?:{lasting})?|(?:{bodies})|(?:{levels})",
)
#: words of the whole behind a channel, and of a list of channels that makes them one whole
_ALL = Pattern("scope", "{all}")
_CLAUSE, _SENTENCE = re.compile("[,，:：]"), re.compile("[;；。]")
#: what joins a channel to the next one
_AND = ("、", "和", "及", "与")
_HEADED = re.compile(r"^[\s\d.、()（）一二三四五六七八九十]*")
#: how a period is known that no words of its own give
_OF_REPORT = ("report", "section", "")
#: columns that `scoped` adds to a claims table
FORESEEN, WHOSE = "foreseen", "whose"
#: the column of the body that a figure is of, where its sentence says 该院 of one that was named before
BODY = "body"
_STOP = re.compile(r"[。！？!?\n]")
#: a body, behind its place or its level; a report says in its first words of whom it is
_BODY = Pattern(
    "scope",
    r"(?<![一-龥])(?P<place>[一-龥]{0,5}?[市县区])"
    r"(?P<body>(?:人民)?(?:法院|检察院)|[一-龥]{2,6}?(?:局|办公室)|[一-龥]{2,4}(?=工作))(?![一-龥]{0,2}[长局])",
)
_FIRST_WORDS = 300
_BY = re.compile("^[由经据被向从]")
#: the head of a row or paragraph (城市低保:新增…), and a line of a list or table
_ROW_HEAD = re.compile(
    r"[^\w“”一-龥]*(?:\d{1,2}[.、．]|[(（][^()（）]{1,3}[)）])?\s*(?P<head>[^\s,，。；;：:|\d]{2,14})[：:]"
)
_ITEM = re.compile(
    r"\s*(?:[-—–·●◆■★○□▲◇◎*]|\d{1,2}[.、．]|[(（][\d一二三四五六七八九十]{1,3}[)）])|[^|]*\|"
)
_MARK = re.compile(
    r"[\s—-]*(?:\d{1,2}[.、．]|[(（][^()（）]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)?\s*"
)
_ASIDE = re.compile("[(（][^()（）]*[)）]")
_ITEMS, _CELL_LONG = 40, 24
_TOPIC = Pattern(
    "scope", r"^(?:{head_begins})*(?P<topic>(?!{no_head_begins}).*?)(?:{head_ends}|“[^”]*”)*$"
)
_URGED = Pattern("scope", "{urged}")
_NO_TOPIC = Pattern("scope", "(?:{no_head})(?:{head_ends})*")
_TOPIC_LONG = 12
_BARE = Pattern("scope", "{bare}")
_BODIES = Pattern("scope", "(?:{wholes.bodies})$")
_HAN = re.compile("[一-龥]")
_COUNTED = re.compile("\\d[\\d.,]*[余多]?[万亿]*(?:元|个百分点|人次|件次|批次|[一-龥%])?")
_THAT = Pattern("scope", r"(?P<court>{that_court})|{that_bureau}")


def is_expected(words: str) -> bool:
    """Whether words say themselves that they are a forecast.

    >>> is_expected("预计完成9亿元"), is_expected("完成9亿元")
    (True, False)
    """
    return _FORESEEN.search(words) is not None


def is_foreseen(before: str) -> bool:
    """Whether a figure is a forecast by the words of its sentence that stand before it: those of its own
    clause, those of a clause that it goes on from, or those that open the sentence.

    >>> is_foreseen("五年来,固定资产投资预计完成469亿元、年均增长"), is_foreseen("预计全年产值9亿元,投资")
    (True, True)
    >>> is_foreseen("投资预计完成9亿元,引进项目")
    False
    """
    sentence = re.split("。", before)[-1]
    if _OPENS.match(sentence) or _ALL_FORESEEN.search(sentence):
        return True
    own = _SENTENCE.split(sentence)[-1]
    *ahead, last = re.split("(?<!\\d)[,，]|[,，](?!\\d{3})", own)
    while not _FORESEEN.search(last):
        if not ahead or not _GOES_ON.match(last):
            return False
        last = ahead.pop()
    return True


def one_of(before: str, heading: str = "", title: str = "") -> str:
    """Of which channel, activity or court a figure is alone, in the words of its sentence, else of the
    heading above it, else of the title; empty where it is of all, or of several named in one breath.

    >>> one_of("6月份,全区共受理各类诉求", "市民热线"), one_of("2022年,12345市民热线受理9件,办结")
    ('市民热线', '12345市民热线')
    >>> one_of("通过热线、网站和信箱,共受理各类诉求"), one_of("全县共受理信访件")
    ('', '')
    """
    own = _SENTENCE.split(before)[-1]
    found = list(_ONE.finditer(own))
    if found:
        clause = len(own) - len(_CLAUSE.split(own)[-1])
        near = {one[0] for one in found if one.start() >= clause}
        names = near or {one[0] for one in found}
        listed = any(own[one.end() : one.end() + 1] in _AND for one in found)
        sole = len(names) == 1 and not listed and not _ALL.search(own, found[-1].end())
        return names.pop() if sole else ""
    for words in (_HEADED.sub("", heading), title):
        names = {one[0] for one in _ONE.finditer(words)}
        if names:
            return names.pop() if len(names) == 1 else ""
    return ""


def body_meant(text: str, at: int, place: str) -> str:
    """The court, procuratorate or bureau of a place that 该院 or 该局 means in the sentence of a figure: the
    one that the text named last; empty where the sentence has no such word, or none was named.

    >>> text = "据介绍,甲县人民检察院设窗口。近两年,该院办结9件。"
    >>> body_meant(text, text.index("9"), "甲县"), body_meant("该院办结9件", 4, "甲县")
    ('甲县人民检察院', '')
    """
    begins = [mark.end() for mark in _STOP.finditer(text, 0, at)]
    begin = begins[-1] if begins else 0
    words = [*_THAT.finditer(text, begin, at)]
    if not words:
        return ""
    kind = "(?:人民)?(?:法院|检察院)" if words[-1]["court"] else "[一-龥]{2,6}?局"
    named = re.findall(f"(?:{re.escape(place)}|[市县区]){kind}", text[: words[-1].start()])
    return str(named[-1]) if named else ""


def body_told_of(text: str, start: int, place: str) -> str:
    """The court, procuratorate, bureau, office or kind of work (信访工作) of a place that a report names
    first, before its first sentence is over; empty where it names none.

    >>> text = "2020年,市人民法院受理案件9件。县司法局办结8件。"
    >>> body_told_of(text, 0, "甲山市"), body_told_of(text, text.index("县"), "")
    ('甲山市人民法院', '县司法局')
    """
    stop = text.find("。", start, start + _FIRST_WORDS)
    said = _BODY.search(text, start, stop if stop >= 0 else start + _FIRST_WORDS)
    if said is None:
        return ""
    level = said["place"].lstrip("全我本")
    own = len(level) == 1 and place.endswith(level)
    if place and place in said[0]:
        # 由甲山市公安局
        return said[0][said[0].index(place) :]
    return place + said["body"] if own else _BY.sub("", said[0])


def topic(head: str) -> str:
    """What a heading or the head of a list says that its figures are of; empty where it names no thing.

    >>> [topic(one) for one in ("农村住房保险", "电诈打击“三降两升”", "总体情况", "目前保障情况", "扎实推动民生工程")]
    ['农村住房保险', '电诈打击', '', '', '']
    """
    last = re.split("[,，。；;]", _MARK.sub("", _ASIDE.sub("", head).strip(" ：:")))[-1]
    said = _TOPIC.search(last)
    words = said["topic"] if said else ""
    named = 2 <= len(words) <= _TOPIC_LONG and not re.search(r"[\dx×*|：:]", last)
    # 扎实推动民生工程 tells what was worked at, and not of what a figure below is
    return "" if not named or _NO_TOPIC.fullmatch(words) or _URGED.match(words) else words


def head_above(text: str, at: int) -> str:
    """The line or words of a page that a figure stands under: the head of its own line (城市低保:…), else
    the line that ends in a colon above the list or table in which it stands; empty where there is none.

    >>> page = "打击电诈:\\n警情 | 下降9%\\n立案 | 下降8%\\n\\n城市低保:新增9户。"
    >>> head_above(page, page.index("8%")), head_above(page, page.index("9户")), head_above(page, 2)
    ('打击电诈', '城市低保', '')
    """
    begin = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    line = text[begin : end if end >= 0 else len(text)]
    own = _ROW_HEAD.match(line)
    leads = own and begin + own.end() <= at and "。" not in text[begin:at]
    if own and leads and topic(own["head"]):
        return own["head"]
    if not _ITEM.match(line):
        return ""
    for above in text[:begin].rstrip("\n").rsplit("\n", _ITEMS)[: -_ITEMS - 1 : -1]:
        if above.rstrip().endswith(("：", ":")):
            return re.split("[。；;]", above.rstrip().rstrip("：:"))[-1].strip()
        if not _ITEM.match(above):
            break
    return ""


def row_head(text: str, at: int) -> str:
    """The words that name the row of a table in which a figure stands; empty elsewhere.

    >>> page = "4 | 公交线路 | 60条 | 61条"
    >>> row_head(page, page.index("61")), row_head("公交线路61条", 4)
    ('公交线路', '')
    """
    begin = text.rfind("\n", 0, at) + 1
    cells = [one.strip(" \u3000") for one in text[begin:at].split("|")[:-1]]
    # 60岁以上 names a row, 9户 is a figure
    named = (one for one in cells if len(_HAN.findall(one)) > 3 * bool(re.search(r"\d", one)))
    return next((one for one in named if len(one) <= _CELL_LONG), "")


def is_bare(words: str) -> bool:
    """Whether words say no more than what became of something, or how it is counted, and not of what.

    >>> is_bare("全县投保"), is_bare("选好址未开工"), is_bare("参保养老保险"), is_bare("修路")
    (True, True, False, False)
    >>> is_bare("学分网 > 总结 > 司法")
    True
    """
    # what the path of a page within its site tells is of no figure: 网 > 总结 > 司法,17篇
    return ">" in words or len(_HAN.findall(_BARE.sub("", _COUNTED.sub("", words)))) < 2


def above(words: str, head: str, heading: str, row: str = "") -> str:
    """What words of a figure leave to their row of a table, to the head of their list or to the heading
    above them: of what it is; empty where they say that themselves, or none does.

    >>> above("全县投保", "", "农村住房保险"), above("住房保险全县投保", "", "农村住房保险")
    ('农村住房保险', '')
    >>> above("2019年达", "街道", "规范化率目标"), above("救助", "", "临时救助")
    ('规范化率（街道）', '临时')
    """
    row = "" if is_bare(row) else row
    told = [one for one in (row, topic(head), topic(heading)) if one]
    if row and not alike(row, words):
        return row
    if not told or not is_bare(words):
        return ""
    # 临时救助 above 救助9人
    told = [one.removesuffix(words.lstrip()[:2]) or one for one in told]
    # of what those figures of towns are, the heading above their list says
    both = len(told) > 1 and _BODIES.search(told[0]) and not alike(*told)
    return f"{told[1]}（{told[0]}）" if both else told[0]


def alike(one: str, other: str) -> bool:
    """Whether two characters of one stand beside each other in the other, too.

    >>> alike("城乡低保", "农村低保重新核定"), alike("城乡低保", "临时救助")
    (True, False)
    """
    return any(one[at : at + 2] in other for at in range(len(one) - 1))


def named_for(words: str, body: str) -> str:
    """Words with the name of a body in the place of 该院 or 该局.

    >>> named_for("该院办结信访案件", "甲县人民检察院")
    '甲县人民检察院办结信访案件'
    """
    return str(_THAT.sub(lambda _: body, words)) if body else words


def scoped(claims: pd.DataFrame, titles: Sequence[str] = ()) -> pd.DataFrame:
    """Claims with two columns more: whether each is a forecast, and of what alone it is.

    Args:
        claims: a claims table.
        titles: the title of the report of each claim.

    Returns:
        the table with `foreseen` and `whose`. Parts that a sentence of their own tells (其中…) have the
        period of the whole before them, where that is a part of their year.

    >>> from qz_analysis import extract
    >>> scoped(extract("甲县投资预计完成9亿元。12345热线受理8件。"))[["foreseen", "whose"]].values.tolist()
    [[True, ''], [False, '12345热线']]
    """
    sentences: list[Marked] = marked(claims, range(len(claims))) if len(claims) else []
    headings = claims["heading"] if "heading" in claims else [""] * len(claims)
    known = titles or [""] * len(claims)
    noted: set[tuple[str, int]] = set()
    # the last part of a sentence that a forecast opens, where a semicolon leads on from it
    opened: tuple[str, int, int] | None = None
    foreseen: list[bool] = []
    whose: list[str] = []
    periods: list[str] = []
    whole, parts = ("", -1, -1, ""), ("", -1, -1)
    names = ("doc", "report", "sentence", "after", "family", "period", "period_from")
    rows = zip(*(claims[name] for name in names), sentences, headings, known, strict=True)
    for doc, report, sentence, after, family, period, source, one, heading, title in rows:
        goes_on = str(after).rstrip().endswith((";", "；"))
        all_here = bool(_ALL_FORESEEN.search(one.before))
        own = all_here or bool(_NOTED.match(str(after)))
        if all_here:
            noted.add((doc, report))
        led = (doc, report, sentence) == opened or bool(_OPENS.match(one.before))
        if led:
            opened = (doc, report, sentence + goes_on)
        # 下同 speaks of the figures of the economy, not of people who were resettled
        below = (doc, report) in noted and family in {"economy", "funds"}
        foreseen.append(own or below or led or is_foreseen(one.before))
        whose.append(one_of(one.before, str(heading or ""), title))
        if (doc, report, sentence) == parts or _PARTS.match(one.before):
            of = whole[:2] == (doc, report) and str(source) in _OF_REPORT
            if of and whole[3].startswith(f"{period}-") and period:
                parts = (doc, report, sentence + goes_on)
                period = whole[3]
        elif source == "words":
            whole = (doc, report, sentence, str(period))
        elif whole[2] != sentence:
            whole = ("", -1, -1, "")
        periods.append(str(period))
    added: dict[str, pd.Series] = {FORESEEN: pd.Series(foreseen, claims.index, dtype=bool)}
    added |= {WHOSE: pd.Series(whose, claims.index, dtype=object)}
    return claims.assign(
        period=pd.Series(periods, claims.index, dtype=claims["period"].dtype), **added
    )
