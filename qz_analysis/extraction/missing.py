"""Numbers that the page damaged: lost ones (办结率达%) are reported and never filled, suspect ones keep their printed value."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..model import Quantity
from ..vocabularies.numerals import FORMAL, numerals
from ..vocabularies.patterns import phrases
from ..vocabularies.session import kept
from ..vocabularies.units import dictionary_form, grammar
from .quantities import inside

__all__ = ["find_lost", "suspect"]

# gaps of the patterns below, which `_signs` fills with the words in force
_CHINESE, _UNIT = "‹numerals›", "‹units›"
# signs that leave no doubt: a share, a scale or a sum without a number before it
_SURE = (
    rf"(?<=[达为到率占降升长于过的出加少减由约近超按只在])(?=%)|(?<=[\u4e00-\u9fff])(?<![{_CHINESE}几数上余多来零成逾超过破])(?<!(?<!将)近)(?=[万亿]{{1,2}}(?:元|人次))"
    r"|(?<=[低高少多]于|超过|收入|投资|补助)(?=元)|(?<=[\u4e00-\u9fff]-)(?=元|万元|%)|(?<=距离)(?=海里|公里|米)"
    r"|(?<=[\u4e00-\u9fff])(?=(?:批人次|件人次|户人)[,。;])|(?<=[高低降升长少加])(?=个百分点)|(?<=[资入达出])(?=[多余]万|亿元)|(?<=年的)(?=倍)|(?<=[为到于在])(?=个工作日)"
    r"|(?<=座谈会)(?=次[,;。])|(?<=[问答]卷)(?=份[,;。])"
    rf"|(?<=[\u4e00-\u9fff])(?<![{_CHINESE}几数许很众好上])(?=[多余]万人)"
)
# where a measure word ends a clause, or follows a verb, with nothing to count before it
_LIKELY = (
    r"(?<=[\u4e00-\u9fff])(?!(?:批次|人次)、(?:人次)?(?:同比|均|双|分别|较|比|下降|上升))(?=(?:批次|人次|件次|场次|个|处|份|名|件|户|场|宗|台|期|册|所)[,。;:、(])"
    r"|(?<=[数员业计])(?=人[,。;])|(?<=[处解立破结理])(?=[起宗][,。;])|(?<=[辖、])(?=个[乡镇街社行])|(?<=[案人户月年])(?=元[至,。;])"
    r"|(?<=批)(?=人次[,。;])|(?<=户)(?=人[,。;])"
    r"|(?<=[立设建了县乡镇区出育成定展发改新的])(?=(?:个|名|家|处)(?:[\u4e00-\u9fff]))|(?<=目前)(?=个[\u4e00-\u9fff])"
    r"|(?<=[导与助对农])(?=户[\u4e00-\u9fff“])|(?<=[点织])(?=家农户)|(?<=[达资入])(?=[百千万][余多])"
    r"|(?<=[离积])(?=(?:海里|公里|平方米|平方公里|亩))"
)
# where in a stripped report a number must have stood: the words before and behind leave a place for nothing else
_HAN = "\u4e00-\u9fff"
_NUMERAL = rf"{_CHINESE}几数半每各这那哪整某首该第来\\dx*"
_STOP = r"(?=[,。;:、()\n]|$|左右|以上|以下|以内|之多|不等)"
_MOVE = "(?=下降|上升|减少|增加|增长|提高|降低|降|升|增|减)"
_BODIES = "(?:行政|自然|省级|重点)?(?:村|乡镇|镇|街道|社区|单位|部门|小组|片区|企业|支部|党|窗口|项目|县|区|工作组|职能|成员|服务)"
_COUNTED = "批次|人次|件次|户次|场次|件|起|宗|个|户|人|名|元|例|份|次|家|处"
_PROBABLE = "|".join(
    [
        # a share, and a measure of so many characters that it follows numbers alone
        rf"(?<=[{_HAN}、,])(?=%)",
        rf"(?<=[{_HAN}、,])(?<![{_NUMERAL}])(?=(?:个百分点|个工作日|平方公里|平方米|立方米|公里|公顷|千米|亩|吨)(?![均级处位]))",
        rf"(?<=[{_HAN}、,])(?<![{_NUMERAL}上成家])(?=[百千]?[万亿][余多]?(?:元|人|名|户|份|件|吨|册|张|条|米|株|棵|头|只|平方|公里|立方|公顷|美元|场次|亩{_STOP})(?!企业|大户|[户级]|乡镇|[乡镇村]|项目|大关))",
        rf"(?<=[{_HAN}、,(])(?<![{_NUMERAL}按分和与及])(?=(?:批次|人次|件次|户次|场次)(?:[,。;:()\n]|$|批次|人次|左右|以上|、(?!(?:人次)?(?:同比|均|双|分别|较|比|下降|上升))))",
        # 余 and 多 that are left of 300余户
        rf"(?<=[{_HAN}])(?<![{_NUMERAL}其剩业富结盈多])(?=余(?:{_UNIT}))",
        rf"(?<=[{_HAN}])(?<![{_NUMERAL}很许好更诸太增最])(?<!(?<!群)众)(?=多(?:户|份|件|亩|支|起|宗|条|名|处|座|场次|场|公里|平方米){_STOP})",
        rf"(?<=[众民员工生])(?=多人{_STOP})|(?<=[站点室所园])(?=多个{_STOP})",
        # the base of a change
        rf"(?<=[年期]的)(?=(?:{_COUNTED}|%)(?:{_MOVE[3:-1]}|到|至))",
        rf"(?<=\()(?=(?:{_COUNTED})\)(?:{_MOVE[3:-1]}))",
        rf"(?<=[降升少加]到)(?=(?:{_COUNTED}){_STOP})",
        rf"(?<=的)(?=倍{_STOP})",
        # behind a verb of having, before what there is
        rf"(?<=[尚还另仅共现]有)(?=(?:件|起|宗|名|个|户|家|处)[{_HAN}])",
        r"(?<=[由])(?=[名人](?:组成|构成))",
        rf"(?<=[为对向及扶助给])(?=户[{_HAN}])",
        rf"(?<=[调派聘选用的有由、])(?=名[{_HAN}])",
        rf"(?<=[,。;、])(?=名[{_HAN}])",
        rf"(?<=[、。,;等为对在全辖和与及到市省县区镇乡村排同])(?=个[{_HAN}])",
        rf"(?<=[待众访派])(?=批(?:{_STOP}|名|人))",
        rf"(?<=[有,])(?=起[{_HAN}])",
        rf"(?<=其中)(?=(?:人|名|户|家|起|件|宗)[{_HAN}])",
        rf"(?<=[{_HAN},。;、”])(?<![{_NUMERAL}同上下另单])(?=个(?:{_BODIES}))",
        rf"(?<=[{_HAN},。;、”])(?<![{_NUMERAL}])(?=名[{_HAN}]{{0,6}}(?:员|干部|人|者|民|群众|警|学生|患者|对象|代表|医生|护士|教师))",
        rf"(?<=[{_HAN},。;、])(?<![{_NUMERAL}])(?=家(?:企业|单位|医院|商户|公司|机构|饭店)|户(?:居民|群众|农户|农民|家庭|困难|贫困|低保|五保|特困|村民))",
        # ages and times
        rf"(?<=[{_HAN},。;])(?<![{_NUMERAL}同守])(?=周?岁(?:以[上下]|[,。;]))|(?<=[{_HAN}])(?<![{_NUMERAL}小])(?=(?:分钟|小时)(?![候代]))",
        r"(?<=[于达续了需])(?=天(?:内|的|[,。;]|以))",
        # at the end of a clause
        rf"(?<=[{_HAN}”])(?<![{_NUMERAL}])(?=(?:个|份|户|名|件|宗|处|元|倍|条|项|套|辆|支|张|幅|眼|盏|棵|株|栋|册|期|台|篇){_STOP})",
        rf"(?<=[纷盾件案类他访故题患功少计共处解立破结理查达])(?=起{_STOP})",
        rf"(?<=[室点所楼桥站厂库院园亭厕堂棚塔坝])(?=座{_STOP})",
        rf"(?<=[室点院校园学心])(?=所{_STOP})",
        rf"(?<=[室屋舍铺店])(?=间{_STOP})",
        rf"(?<=[织位构社])(?=家{_STOP})",
        rf"(?<=[众民员部工生数业计共约近逾足少象保捕及官])(?=人{_STOP})|(?<=拘留|事人|供养|数达|员达|业达|领导)(?=人{_STOP})",
        rf"(?<=[{_HAN}])(?<![{_NUMERAL}件批场处家户台车班人轮届])(?=次{_STOP})",
        rf"(?<=[渠长路道宽高线管网沟])(?=米(?:{_STOP}|宽|的))",
        rf"(?<=[会动训练讨座][{_HAN}])(?=[场次期]{_STOP})|(?<=[会座训讨动])(?=[场次期]{_STOP})",
    ]
)
# 余 and 多 that are left of digits, not of 剩余 or 很多
_LEFT_OVER = rf"(?<=[{_HAN}、,])(?<![{_CHINESE}几数半\\d其剩业富结盈很许众好更诸太增最])[余多]|(?<=群众)[余多]"
_LINK = re.compile(
    rf"(?:[、和及与至](?:近|约)?)?(?=[余多]?[万亿]?(?:%|元|起|件|宗|户|人|名|批次|人次|个|份|公里|平方米|亩|套|台|辆|家|处|吨)(?:{_STOP}|[和及与至的]))"
)
# two counts of one thing: households and their people, cases and the people in them
_PAIR = re.compile(rf"[户起件批宗例支](?=余?(?:人次|人|名|元|口|多人){_STOP})")
# what counts though its end is a word elsewhere: 积案件 is no 案件, 居民户 behind 覆盖 no word
_NO_WORD = re.compile(
    rf"(?<=积案)(?=件)|(?<=访案件|信访件)(?=件)|(?<=居民)(?=户{_STOP})|(?<=来信)(?=件[,、]来?访)"
)
_SESSION = re.compile(rf"(?:召开|举办|举行|组织|开展|安排|进行)[{_HAN}“”、]{{2,14}}$")
# dates and numbers of papers without digits
_BARE_DATE = re.compile(
    r"[〔\[(【][〕\])】]号|年月[日底份]?|第[次号届位](?=[,。会])|(?:^|[\n。,;至])年[,月]"
)
_DIGIT = re.compile("[0-9]")
_OPEN = re.compile(
    "[%万亿百千多余元个处份名件户家场宗台期册所起批人海公平亩米次立吨倍条项套辆支张幅眼盏棵株栋篇座间]"
)
_FEW = 2000  # characters that one sure sign may stand for
_STRIPPED = 2  # sure signs that make a page one that lost its digits, if it prints no more numbers than it lost


@dataclass(frozen=True, slots=True)
class _Signs:
    """The patterns with the words in force."""

    numerals: frozenset[str]
    sure: re.Pattern[str]
    likely: re.Pattern[str]
    probable: re.Pattern[str]
    left_over: re.Pattern[str]
    blank: re.Pattern[str]
    unit: re.Pattern[str]
    after: re.Pattern[str]
    hedges: tuple[str, ...]


@kept
def _signs() -> _Signs:
    said, chinese = grammar(), "".join(c for c in numerals().chinese if c not in FORMAL)
    sure, likely, probable, left_over = (
        re.compile(text.replace(_CHINESE, chinese).replace(_UNIT, said.unit))
        for text in (_SURE, _LIKELY, _PROBABLE, _LEFT_OVER)
    )
    return _Signs(
        frozenset({*chinese, "第"}), sure, likely, probable, left_over,
        re.compile(rf"{said.inside}?(?:{said.scale})?{said.inside}?(?={said.unit})"), re.compile(said.unit),
        re.compile("|".join(_longest_first(w for w in said.hedges["after"] if len(w) > 1))),
        tuple(_longest_first(w for w in said.hedges["before"] if w != "上")),
    )  # fmt: skip


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


def find_lost(
    text: str, found: list[Quantity], start: int = 0, end: int | None = None
) -> list[Quantity]:
    """Places of a report whose digits the page lost.

    One report at a time: a lone odd unit is a slip of the pen, several in one report are a page whose digits were stripped.

    Args:
        text: clean text.
        found: what `quantities.find` found in the stretch.
        start: first character to look at.
        end: one past the last; the text's end unless given.

    Returns:
        redacted quantities without value, each standing where the digits are missing.

    >>> page = "收集意见件,办结率达%,满意率达%,投资万元。"
    >>> [q.text for q in find_lost(page, [])]
    ['件', '%', '%', '万元']
    """
    end = len(text) if end is None else end
    taken = sorted((q.start, q.end) for q in found)
    signs, lost = _signs(), list[Quantity]()
    for at in sorted(_lost_places(text, found, start, end)):
        blank = signs.blank.match(text, at)
        if (
            blank is None
            or phrases("not_units").match(text, blank.end())
            or (lost and at < lost[-1].end)
            or (inside(taken, at) and text[at] not in "百千万亿")
            or inside(taken, at - 1)
        ):
            continue
        lost.append(_missing(text, at, blank))
    return lost


def _missing(text: str, at: int, blank: re.Match[str]) -> Quantity:
    """The row of a place: its unit, and what the hedges round it say."""
    signs = _signs()
    named = signs.unit.match(text, blank.end())
    stop = named.end() if named else blank.end()
    hedged = signs.after.match(text, stop)
    bound = (
        "min"
        if re.search("[多余]", blank[0])
        else grammar().hedges["after"][hedged[0]]
        if hedged
        else _bound(text, at)
    )
    note = "the page lost the digits before the unit"
    unit = dictionary_form(named[0]) if named else ""
    return Quantity(
        at, stop, text[at:stop], None, bound=bound, unit=unit, status="redacted", note=note
    )


def _lost_places(text: str, found: list[Quantity], start: int, end: int) -> set[int]:
    """Sure places; the likely ones too in a report with enough of these; the probable ones where it lost more numbers than it prints."""
    known = _signs()
    places = _places(known.sure, text, start, end)
    dates = len(_BARE_DATE.findall(text, start, end))
    signs = (
        len(places) + dates if places or (dates > 1 and not _DIGIT.search(text, start, end)) else 0
    )
    # so many sure signs for its length make the report a stripped one, where the likely places count too
    if signs * _FEW <= end - start:
        return places
    places |= {at for at in _places(known.likely, text, start, end) if not _a_word(text, at)}
    printed = sum(q.status == "ok" and text[q.start].isdigit() for q in found)
    if signs < _STRIPPED or len(places) < printed:
        return places
    probable = {
        at
        for at in _places(known.probable, text, start, end)
        if not _a_word(text, at) or _counts(text, at)
    }
    bare = {q.start for q in found if q.text[0] in "万亿" and q.status == "ok"}
    places = {
        _first(text, at) for at in places | probable if text[at - 1 : at] not in known.numerals
    } | bare
    return places | _next(text, places)


def _places(signs: re.Pattern[str], text: str, start: int, end: int) -> set[int]:
    """Where the signs hold, tried only at characters that can follow lost digits."""
    return {m.start() for m in _OPEN.finditer(text, start, end) if signs.match(text, m.start())}


def _first(text: str, at: int) -> int:
    """Where the digits stood: before 余 or 多 that is left of them."""
    return at - 1 if _signs().left_over.match(text, at - 1) else at


def _next(text: str, places: set[int]) -> set[int]:
    """Places behind places: 起、起和起, 户人, 元至元."""
    signs, more = _signs(), set[int]()
    for at in places:
        while (blank := signs.blank.match(text, at)) and (
            unit := signs.unit.match(text, blank.end())
        ):
            link = _LINK.match(text, unit.end())
            if (
                link is None
                or link.end() in places
                or not (link[0] or _PAIR.match(text, unit.end() - 1))
            ):
                break
            at = link.end()
            more.add(at)
    return more


def _counts(text: str, at: int) -> bool:
    """Whether a number is missing though the measure word makes a word with the character before it: 召开恳谈会场。"""
    if text[at] in "万亿余多" or _NO_WORD.match(text, at):
        return True
    return text[at] in "场次期" and _SESSION.search(text, max(0, at - 18), at) is not None


def _a_word(text: str, at: int) -> bool:
    """Whether the measure word at a place is part of another word: 案件, 农户, 现场."""
    words = phrases("not_missing").finditer(text, max(0, at - 3), at + 4)
    return any(w.start() <= at < w.end() for w in words)


def _bound(text: str, at: int) -> str:
    return next(
        (grammar().hedges["before"][w] for w in _signs().hedges if text.endswith(w, 0, at)), "exact"
    )


# a year that a site wrote over another stands inside longer numbers too (12019元 for 12000元)
_REWRITTEN = re.compile(r"[1-9](20[0-3]\d)(?=元|件|人|户|万)")
# two round numbers run together where a range sign was lost (1001000元 for 100~1000元); the second is at most ten times the first
_JOINED = re.compile(r"([1-9]00)([1-9]000)|([1-9]000)([1-9]0000)")
# a range is set for each case; a sum of many is what it is
_EACH = re.compile(r"每|各|不等|标准|[奖罚]|给予|视.{0,8}程度")
_SUM = re.compile(r"合计|共|总|累计|一次性")
_OFTEN = 3  # times that a year must stand in the report before it is suspected of having been written over others


def suspect(quantity: Quantity, text: str, start: int, end: int) -> Quantity:
    """The quantity, marked `spoilt` with the reason where the page seems to have damaged its digits; the value stays as printed.

    Args:
        quantity: a quantity of the report.
        text: clean text.
        start: the report's first character.
        end: one past its last.

    >>> from qz_analysis.extraction.quantities import find
    >>> text = "每宗奖励1001000元"
    >>> suspect(*find(text), text, 0, len(text)).status
    'spoilt'
    """
    digits = quantity.text.rstrip(quantity.unit)
    note = ""
    if (m := _JOINED.fullmatch(digits)) and _a_range(
        quantity, text, *(int(part) for part in m.groups() if part)
    ):
        note = f"two round numbers seem to run together in {digits}: a range sign may be lost"
    elif (m := _REWRITTEN.match(quantity.text)) and text.count(f"{m[1]}年", start, end) >= _OFTEN:
        note = f"{m[1]} stands in it and is the year that the page writes everywhere"
    return (
        replace(quantity, status="spoilt", note=note)
        if note and quantity.status == "ok"
        else quantity
    )


def _a_range(quantity: Quantity, text: str, low: int, high: int) -> bool:
    """Whether two numbers that stand together would make a range that the clause can mean: what each one is given."""
    begin = max(text.rfind(mark, 0, quantity.start) for mark in "\n。;,") + 1
    clause = text[begin : quantity.end + 4]
    return low < high <= 10 * low and bool(_EACH.search(clause)) and not _SUM.search(clause)
