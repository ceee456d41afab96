"""Whether a figure tells what is, what is to come, or what holds for each case.

The words of its clause come first (力争, 将, 已), then those of its sentence, then the section of
the report that it stands in; where none says otherwise, a report tells what is.
"""

import re

from ..vocabularies.patterns import Pattern
from ..vocabularies.units import section_of
from .window import NEAR, Window

_COMING = Pattern("modality", "{coming}")
_EXPECTED = Pattern("modality", "{expected}")
_FORESEEN = Pattern("modality", "{foreseen}")
_ORDERED = Pattern("modality", "{orders}[^。;]{0,12}?{terms}(?!已)")
# 县里提出,2025年建成9个
_IN_YEAR = Pattern("modality", r"{orders},?((?:19|20)\d\d)年(?!以?[来前])")
_UNTIL = Pattern("modality", r"{until}[^。;]{0,60}$")
_BEFORE = Pattern("modality", r"{before}[^。;]{0,40}$")
_BY = re.compile(r"到((?:19|20)\d\d)年[底末]?,?")
_AIMED = Pattern("modality", "{aimed}")
_STRIVEN = Pattern("modality", "{striven}")
_DONE = Pattern("modality", "{done}")
_MET = Pattern("modality", "(?:{meets}[^,。;]{0,4}){aims}|{aims}[^,。;]{0,4}{met}")
_MISSED = Pattern("modality", "{missed}[^,。;]{0,6}$")
_TARGET = Pattern("modality", "^的?[^,。;]{0,4}{targets}")
_THIS_AIM = Pattern("modality", "这[一个]?(?:{targets})")
_OF_TARGET = Pattern("modality", "{targets}[值数量额]?[是为]?$")
# 全年计划, but no programme that is called one: 营养改善计划
_TARGET_OF = Pattern(
    "modality",
    r"(?:^|[,、(;:\d])(?![^,、(;:\d]{0,4}(?:{meets}|{beyond}|达))[^,、(;:\d]{0,4}?"
    r"(?:(?!计划)|(?<![\u4e00-\u9fff])|(?<=[年度原达入出作务])){targets}[值数量额]?(?:[(]调整后[)])?(?:[是为]|增长|增加|下降|降低|提高)?$",
)
# 完成42人目标的一半, and 年度任务42项, which counts them
_PART_OF_AIM = re.compile("占(?:年度?|全年|总|年初)?(?:目标|计划|任务)(?:任务)?(?:数|量)?的?$")
# 计划户数, as columns are headed
_PLANNED_NUMBER = re.compile(
    "(?:^|[,、|:市县区镇乡村州旗])计划(?:[户人个套总件项村]|开工|完成|新增|改造|任务)?数$"
)
_HELD_TO = re.compile("(?:低于|高于|不及|超过|超出|未达到?|没有?达到)(?:预期|目标|计划|任务)的$")
_SHARED = Pattern("modality", "^的?{targets}的$")
_COUNTED = re.compile("(?:任务|目标|指标)$")
_HELD = Pattern("modality", r"{against}[^,。;]{0,8}$")
_INTENDS = Pattern("modality", "{intends}")
_ACTUAL = Pattern("modality", "实际|完成(?!任务)|已")
_SUPPOSED = Pattern("modality", "(?:^|[,:])[^,:]{0,2}{supposed}")
_STANDING = Pattern("modality", "{standing}")
_RULED = Pattern("modality", "{ruled}")
_ASKED = Pattern("modality", "{asked}")
_LIMITED = Pattern("modality", "{limits}了?$")
# a time at the head of a clause, among plans: 年初至今,…; 2021年,… in 2022; “十三五”期间; 据通报
_TIME = Pattern(
    "modality",
    r"(?:^|(?<=[,:;(、。\n]))[ ]*(?:{so_far}|(?:19|20)\d\d年已?完成:|(?P<year>(?:19|20)\d\d)年"
    r"|[“\"]?(?P<five>十[一二三四五六]?)五[”\"]?(?:规划)?(?:期间|时期|以来))",
)
_ELAPSED = Pattern("modality", "{elapsed}")
_STOP = re.compile("[。;\n]")
_BOUNDS = frozenset({"min", "max"})
_FIVES = "十一二三四五六"
# what was given, and what is there already, of which a plan speaks: 获“无访村”称号, 排查出的9件
_GIVEN = Pattern("modality", "{given}[^。;]{0,24}{honours}|{honours}[^。;]{0,6}{given}")
_THERE = Pattern("modality", "(?:{there})的?$|(?:上述|前述)[^,。;]{0,4}$")
_BASIS = Pattern("modality", r"^[^,。;\d]{0,12}(?:{bases})(?=[,。;、]|$)")
_ON_BASIS = Pattern("modality", "{on_basis}[^,。;]*$")
_STARTED = Pattern("modality", r"^[^,。;\d|]{0,12}(?<!不)已(?:经|全部|{begun})")
# 围绕养羊9只、种草8亩的目标
_AROUND = Pattern("modality", "{around}[^,。;]*$")
_THE_AIM = Pattern("modality", "[^,。;]*?的(?:{targets})")
# 现已全部动工,竣工9户, and 9户全部按期竣工: done, among plans too
_NOW_DONE = Pattern("modality", "{now_done}")
_ALL_DONE = Pattern("modality", "^{all_done}")
_TERM = Pattern("modality", "{term}[^,。;]{0,12}$")
_DUE = Pattern("modality", "^[^,。;]{0,6}{due}")
_LEFT = Pattern("modality", "(?:{left})[^,。;]{0,4}$")
_SPAN = Pattern("modality", "{span}")
_WITHIN = Pattern("modality", "{within}")
_KEPT = Pattern("modality", "{kept_within}")
_RULES = Pattern("modality", "{rules}")
_ORIGIN = Pattern("modality", r"(?:{origin})(?:\d{4}年的?|现在的?|目前的?|原来的?)?$")
_MOVES = Pattern("modality", "{moves}")
_MUST = Pattern("modality", "{must}")
_OF_EACH = Pattern("modality", "{of_each}")
_MEAN = Pattern("modality", "{means}")
_CASES = Pattern("modality", "{cases}")
_PART = re.compile("[,、(;]*(?:含|其中|包括)")
_PEOPLE = frozenset({"人", "口"})
_SPANS = frozenset({"小时", "天", "日", "个工作日", "工作日", "分钟"})


# characters that a column's head has at most, and rows that show that it is one
_LONGEST_HEAD, _ROWS = 16, 3


def modality_of(
    window: Window, kind: str, plan: bool, account: bool, year: str = "", begins: str = ""
) -> str:
    """`actual`, `planned` or `required`: what a figure says of the world.

    Args:
        window: the figure with the words round it.
        kind: what kind of figure it is.
        plan: whether it stands in the part of a report that sets out coming work.
        account: whether it stands in an account of work done that is set apart from plans.
        year: the year in which the report was made, where it is known: 到2006年底 is none to come
            in 2007.
        begins: the year with which the plans begin that it stands among, where it is known.
    """
    said = window.last_context
    # a cell of a row goes on from none before it
    clause, lead = (
        words.rpartition("|")[2] for words in (window.clause_lead, window.sentence_lead)
    )
    if year.isdigit() and "到" in lead:
        gone = [m[0] for m in _BY.finditer(lead) if m[1] < year]
        for words in gone:
            clause, lead = clause.replace(words, ""), lead.replace(words, "")
    # a figure that goes on from the one before without a word of its own is of its modality
    if said is not None and not window.lead.strip("、,和及 "):
        return said.modality
    if _required(window, kind):
        return "required"
    # 占任务97.6%: how far an aim was reached
    if kind == "rate" and not plan and _PART_OF_AIM.search(window.lead):
        return "actual"
    # 计划脱贫127户,含低保户4户: a part of what is planned
    part = said is not None and _PART.match(window.lead)
    if part and said is not None and said.modality == "planned" and not _DONE.search(window.lead):
        return "planned"
    if _MISSED.search(window.lead) and _TARGET.search(window.tail):
        return "planned"
    counted = window.quantity.unit == "项" and _COUNTED.search(window.lead)
    if is_target(window) and not counted:
        return "planned"
    if counted and not plan:
        return "actual"
    if _AROUND.search(clause) and _THE_AIM.match(window.text, window.quantity.end):
        return "planned"
    # 任务500件的96%: the figure that the share is of
    if _SHARED.search(window.tail) or (window.tail == "的" and _OF_TARGET.search(window.lead)):
        return "planned"
    # what a planned change sets out from is what is: 力争由91%提高到97%
    if _ORIGIN.search(window.lead) and _MOVES.search(window.tail):
        return "actual"
    coming = max(_last(one, clause) for one in (_COMING, _TERM))
    if "后" in clause or "预" in clause or "届" in clause:
        coming = max(coming, _last(_FORESEEN, clause))
    if _LEFT.search(clause) and _DUE.search(window.tail):
        return "planned"
    if not account:
        coming = max(coming, _last(_EXPECTED, clause))
    if plan and (window.base or _on_basis(window) or (coming < 0 and _told(window, begins))):
        return "actual"
    ahead = (
        coming >= 0 or plan or _ordered(lead) or bool(_BEFORE.search(lead)) or _later(lead, year)
    )
    ahead = ahead or (not account and bool(_UNTIL.search(lead)))
    if plan and coming < 0 and (_NOW_DONE.search(lead) or _ALL_DONE.search(window.tail)):
        return "actual"
    # 力争 and 确保 govern the clauses behind them, till a clause says what is done
    aims = _STRIVEN if account else _AIMED
    aimed = -1 if ahead else _last(aims, lead)
    intended = -1 if ahead or aimed >= 0 else _last(_INTENDS, lead)
    if max(aimed, intended) >= 0 and "," in lead and _is_column(window):
        lead = clause  # the head of a column governs its own cells alone
        aimed = _last(aims, lead)
        intended = -1 if aimed >= 0 else _last(_INTENDS, lead)
    if not ahead and aimed < 0:
        if intended < 0:
            return "actual"
        told = max(_last(_DONE, lead), _last(_STANDING, lead), _last(_ACTUAL, lead))
        return "planned" if intended > told else "actual"
    done = max(_last(_DONE, clause), _last(_STANDING, clause))
    if _MET.search(clause + window.tail[:12]) or done > coming:
        return "actual"
    if coming < 0 <= aimed:
        time = _TIME.match(clause)
        if _ELAPSED.match(clause) or (time and _gone(time, begins or year)):
            return "actual"
    if ahead or aimed > max(_last(_DONE, lead), _last(_STANDING, lead)):
        return "planned"
    return "actual"


def modality_word(window: Window, modality: str) -> str:
    """The word nearest before a figure that says that it is to come, or that it is, or sets a standard;
    empty where none does.
    """
    words = {
        "planned": (_COMING, _TERM, _FORESEEN, _EXPECTED, _AIMED, _INTENDS, _BEFORE, _UNTIL),
        "actual": (_DONE, _STANDING, _ACTUAL),
        "required": (_MUST, _RULED, _CASES, _SUPPOSED),
    }
    for text in (window.clause_lead, window.sentence_lead):
        found = [m for one in words.get(modality, ()) for m in one.finditer(text)]
        if found:
            return max(found, key=lambda m: m.end())[0]
    return ""


def _is_column(window: Window) -> bool:
    """Whether the words right before a figure head the figures of other rows, too: ,在建住房299户."""
    head = window.lead.strip(" ,")
    if not 1 < len(head) < _LONGEST_HEAD:
        return False
    begin, end = max(0, window.sentence - 4 * NEAR), window.quantity.end + 4 * NEAR
    return len(re.findall(f",{re.escape(head)}[-\\d]", window.text[begin:end])) >= _ROWS


def _told(window: Window, begins: str) -> bool:
    """Whether a sentence among plans tells what is: by its time, by what was given, by what is there."""
    text, start = window.text, window.quantity.start
    begin = max(window.sentence - NEAR, text.rfind("。", 0, start), text.rfind("\n", 0, start)) + 1
    times = list(_TIME.finditer(text, begin, start))
    time = times[-1] if times else None
    # 2024年90%以上,2025年100%: the steps of a plan are bounds
    step = time is not None and time["year"] and window.quantity.bound in _BOUNDS
    if time is not None and not step and _gone(time, begins):
        return True
    if _THERE.search(window.lead) or _STARTED.search(window.tail):
        return True
    until = _STOP.search(text, window.quantity.end)
    return _GIVEN.search(text, window.sentence, until.start() if until else len(text)) is not None


def _gone(time: re.Match[str], begins: str) -> bool:
    """Whether a time that a clause begins with lies before the plans."""
    if time["year"]:
        return time["year"] < begins
    if time["five"]:  # 十三五 ended with 2020
        last = _FIVES.index(time["five"][-1]) if len(time["five"]) > 1 else 0
        return bool(begins) and 2005 + 5 * last < int(begins)
    return True


def _on_basis(window: Window) -> bool:
    """Whether what is planned rests on a figure: 在培训42人的基础上, 巩固42件积案化解成果."""
    return bool(_BASIS.search(window.tail) and _ON_BASIS.search(window.lead))


def _ordered(lead: str) -> bool:
    """Whether words ask for something, or promise it, by a day to come."""
    by = "前" in lead or "年内" in lead or "再" in lead
    return by and _ORDERED.search(lead) is not None


def _later(lead: str, year: str) -> bool:
    """Whether words lead to a year behind that in which a report was made: 到2025年,…."""
    if not year.isdigit() or "年" not in lead:
        return False
    years = [m[1] for one in (_BY, _IN_YEAR) if (m := one.search(lead))]
    return any(said > year for said in years)


def is_target(window: Window) -> bool:
    """Whether a figure is named as what was aimed at: 目标42%,完成97.6%; 比150座的任务多;
    为42%这一目标的97.6%.
    """
    held = _HELD.search(window.lead) and _TARGET.search(window.tail)
    named = _TARGET_OF.search(window.lead) and not _MET.search(window.clause_lead)
    # 低于预期的9.3亿元, and no 低于预期的8项
    against = window.quantity.unit != "项" and _HELD_TO.search(window.lead)
    column = _PLANNED_NUMBER.search(window.lead)
    return bool(held or named or against or column or _THIS_AIM.match(window.tail))


def _required(window: Window, kind: str) -> bool:
    """Whether a figure is a standard, a price or a condition for each case."""
    if _SUPPOSED.search(window.sentence_lead):
        return True
    if kind == "rate" and _ASKED.search(window.tail):
        return True
    if _LIMITED.search(window.lead):
        measured = section_of(window.quantity.unit) == "physical"
        each = measured and _OF_EACH.search(window.sentence_lead)
        if each or _MUST.search(window.sentence_lead):
            return True
    if window.quantity.unit in _SPANS and _SPAN.search(window.tail):
        held = _WITHIN.search(window.tail) and not _KEPT.search(window.sentence_lead)
        return bool(held or _RULES.search(window.sentence_lead))
    if kind != "per":
        return bool(_RULED.search(window.lead))
    paid = window.quantity.unit.startswith("元")
    # 每户家庭从业人口1.7: people are counted to the household, not granted
    counted = window.quantity.unit.partition("/")[0] in _PEOPLE
    case = paid or (_CASES.search(window.lead) and not counted) or _RULED.search(window.lead)
    return bool(case) and not _MEAN.search(window.clause_lead)


def _last(pattern: Pattern, text: str) -> int:
    """Where the last match of a pattern ends, -1 for none."""
    m = pattern.search(text)
    if m is None:
        return -1
    *_, m = pattern.finditer(text, m.start())
    return m.end()
