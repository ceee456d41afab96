"""Stated changes of a report, each with the figures before and after it.

The words tell figures of an earlier time apart (同比(180批次), 较上年的, 由…降至…). Out come the
changes with base and current figure, and the differences (比…低, 净增, 相差) between two counts.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

from ..model import Claim
from ..vocabularies.patterns import Pattern
from ..vocabularies.units import measure_of
from .intervals import Interval, interval_of, quotient
from .passages import Candidate, alike, earlier, same_unit, unit_kind

_Run = list[Claim]
_POINTS = {"百分点": "%", "千分点": "‰"}
_FEW = 2  # a difference of more digits is not given by two figures before it by chance
_FROM = Pattern("window", r"{from}[^,;。]{0,16}$")
_TO = Pattern("context", r"^[^,;。]{0,14}?(?:{to}|成)了?[^,;。]{0,4}$")
_LAST_TIME = Pattern(
    "changes", r"(?:^|[,;(而])(?:{window.last_year}|{last_time})(?:同期)?[^,;。\d%]{0,8}$"
)
_AGAINST = Pattern(
    "changes",
    r"""(?x)
    {window.than}[^,;。]{1,18}的$  # 较一季度的
    | (?:^|[,;(])(?:同比|环比|对比|相比)$  # 环比213批
    | 比[^,;。\d]{1,12}{norms}$  # 比全省平均
    | {window.than}  # 较去年同期
      (?: {window.earlier} | 上季度 | 年初 | \d{4}年 )(?:同期)?[^,;。\d%]{0,12}$
    | (?: {window.earlier} | {window.half_year} | {spans} )  # 上半年为
      (?:同期)?(?: {window.of} | 仅为 )$
    """,
)
_TIMES = Pattern("changes", r"\d{4}年|\d{1,2}月份?|{window.last_year}同期|本期|今年|本[年月]")
_DIFFERS = Pattern("changes", r"(?:{more}|{less}|增|减|降|升)[加少]?了?(?:{by_about})?$")
_NAME = 2  # characters that name a subject
_REACHED = Pattern("changes", r"^(?P<said>[^。]{0,12}?)(?:{context.level}|[增减]){context.to}了?$")
_MEANWHILE = Pattern("changes", r"{meanwhile}|\d+|[年月日]")
_SUBJECT = Pattern(
    "changes", r"^[,;]?([\u4e00-\u9fff]{2,10}?){window.than}(?:{window.earlier}|上季度|\d{4}年)"
)
_AFTER = Pattern("changes", r"(?:{window.last_year}|\d{4}年|{window.half_year})[^,;。]{0,6}{is}$")
_MOVE = Pattern("changes", r"{moves}")
_LINK = Pattern(
    "changes",
    r"\([件批人户]\)次|{context.rise}|{context.fall}|{links}|{window.last_year}|{window.and}|[,、()]",
)
_JOIN = Pattern("window", r"{and}|、")
_RESPECTIVELY = Pattern("changes", r"{respectively}")
_OWN = re.compile(r"[\u4e00-\u9fff]{2,}")
_HIGHER = Pattern("changes", r"^[^,;。]{0,10}{points}(?:{context.by}|于)?$")
_APART = Pattern("changes", r"{apart}{reaches}?$")
_APART_SAID = Pattern("changes", "{apart}")
_NET = Pattern("changes", r"{net}{reaches}?$")
_COMPARED = Pattern("changes", r"比(?P<what>[^,;。\d年月]{2,14}?)(?:平均)?{compared}了?$")
_DIRECTION = Pattern("changes", r"(?P<up>{more})|{less}")
# against which time a change is told, and the words of that time
_HELD_AGAINST = re.compile("同比|环比|[去上前][年月周期]|上?季度?|年初|20[\\dx*]{2}年")
_TIME_BEFORE = re.compile(
    r"(?:上|去|前|20\d\d|[x*]{2,4}|20[x*]{2})(?:一)?[年月周期]?(?:上半年|下半年|季度|同期)?"
)
_MEAN = Pattern("changes", r"{yearly}")
# what changes of cases name alone, and the words of the counts that these are of
_DEEDS = (
    (Pattern("changes", r"{indicators.filed}案?件?数?量?"), Pattern("changes", r"{indicators.filed}|{indicators.files}[^,;]*案")),
    (Pattern("changes", r"{indicators.solved}案?件?数?量?"), Pattern("changes", r"{indicators.solved}")),
)  # fmt: skip
_REAL = Pattern("changes", r"{output}|{real}")
_BRACKET = Pattern(
    "changes", r"^\((?P<then>(?:{window.earlier}|{last_time}|\d{4}年|\d{1,2}月份?)(?:同期)?{is}?)?$"
)
#: how many times one figure may be as large as the other
LARGEST_RATIO = 100
_BARE_BASE = Pattern("changes", r"^[,(](?:{window.earlier}|{last_time})(?:同期)?{is}?$")
_RIVALS = 4  # figures of now that a change may be of, where several stand before one base
_YEAR = re.compile(r"(\d{4})(-\w+)?")
_DATED = re.compile(r"\d{4}年?度?")
_HAN = re.compile(r"[\u4e00-\u9fff\d]")


def find_changes(runs: list[_Run]) -> Iterator[Candidate]:
    """Every stated change of a report with the figures before and after it, or why it has none.

    The candidates are of kind `yoy` (a change in %; current; base) or `diff` (a change in units or
    points; the larger figure; the smaller).
    """
    for n, run in enumerate(runs):
        based: set[int] = set()
        for bases, currents, changes in _comparisons(runs, n):
            for change in changes:
                if pair := _pair(bases, currents, changes, change):
                    based.add(change.start)
                    yield _likeliest(runs[n], change, *pair)
        for now, base, change in zip(run, run[1:], run[2:], strict=False):
            if change.start not in based and _is_triple(now, base, change):
                based.add(change.start)
                yield replace(_candidate(change, now, base), holding=True)
        for i, change in enumerate(run):
            yield from _without_base(runs, n, i, change.start in based)


def find_twice(runs: list[_Run], checked: set[int]) -> Iterator[Candidate]:
    """Changes that are told both as an amount and in per cent, behind the figure of now and with no
    earlier one: 1310件,同比减少101件,减幅7.16%.

    Args:
        runs: the claims of a report in lines whose earlier figures are marked.
        checked: where the changes begin that are checked already.
    """
    for run in runs:
        for current, first, second in zip(run, run[1:], run[2:], strict=False):
            change, amount = (first, second) if first.unit == "%" else (second, first)
            told = change.unit == "%" and amount.unit != "%" and same_unit(current, amount)
            one = {current.sentence, first.sentence, second.sentence}
            if not (told and len(one) == 1 and change.start not in checked):
                continue
            if current.counts and _is_of_one_change(current, first, second):
                yield Candidate("repeat", (change, current, amount))


def _is_of_one_change(current: Claim, first: Claim, second: Claim) -> bool:
    """Whether two changes go one way, exactly, and name nothing but the figure that they stand behind,
    nor two times to hold it against: 同比增长5%,环比增加3件.
    """
    changes = first, second
    figures = current, *changes
    exact = all(c.known and c.bound == "exact" and c.amount > 0 for c in figures)
    same = first.direction == second.direction and first.direction in {"up", "down"}
    if not (exact and same and current.role != "base" and all(c.kind == "change" for c in changes)):
        return False
    against = [set(_HELD_AGAINST.findall(c.before)) for c in changes]
    apart = bool(against[1]) and against[0] != against[1]
    named = any(_OWN.search(_TIME_BEFORE.sub("", _unlinked(c.before))) for c in changes)
    of_others = second.after.startswith("的")  # 增加222件、增长15.3%的乡镇
    return not (apart or named or of_others or any(map(_of_years, changes)))


def _is_triple(now: Claim, base: Claim, change: Claim) -> bool:
    """支出76万元,上期714万元,环比下降89.36%: a figure, that of the time before it, and the change from
    one to the other, however large, where it holds.
    """
    told = base.kind == now.kind and now.counts and same_unit(now, base)
    percent = change.kind == "change" and change.unit == "%"
    if not (told and percent and now.known and base.known and base.number):
        return False
    near = 1 <= LARGEST_RATIO * now.number / base.number <= LARGEST_RATIO**2
    return near and bool(_BARE_BASE.match(base.before)) and holds(change, now, base)


def with_bases(run: _Run) -> _Run:
    """A line whose earlier figures are marked as bases, so that no rate and no sum is of them."""
    bases = [c.role != "base" and _is_base(run, i) for i, c in enumerate(run)]
    bases = [base and not _sets_out(run, i) for i, base in enumerate(bases)]
    return [replace(c, role="base") if base else c for c, base in zip(run, bases, strict=True)]


def changed_figures(run: _Run) -> Iterator[tuple[Claim, Claim]]:
    """Figures of one line with the change right behind them and no base: 954人次，同比下降21.2%.

    A row of figures is only given with as many changes, in their order.
    """
    for counts, changes in _behind_counts(run):
        shares = [c for c in changes if c.unit == "%"]
        if len(counts) == 1:
            if changes[0].unit == "%" or same_unit(changes[0], counts[0]):
                yield counts[0], changes[0]
        elif len(shares) == len(counts):
            yield from zip(counts, shares, strict=True)


def undecided_changes(run: _Run) -> Iterator[tuple[_Run, Claim]]:
    """Changes of one line that stand behind counts of several kinds and do not say of which they are:
    26件、39批次、508人次，同比下降25%.
    """
    named = {change.start for _, change in figures_by_name(run)}
    for counts, changes in _behind_counts(run):
        several = len({unit_kind(c) for c in counts}) == len(counts) > 1
        alone = len(changes) == 1 and changes[0].unit == "%" and changes[0].start not in named
        if several and alone and all(c.kind == "count" for c in counts):
            yield counts, changes[0]


def _behind_counts(run: _Run) -> Iterator[tuple[_Run, _Run]]:
    """Figures in a row with the changes right behind them that have no base."""
    based = {c.start for _, _, changes in _comparisons([run], 0) for c in changes}
    i = 0
    while i < len(run):
        changes = [c for c in _changes_behind(run, i) if c.start not in based]
        if not changes or not i or run[i - 1].kind == "change":
            i += 1
            continue
        first = i - 1
        while first and _is_listed(run[first]) and run[first - 1].counts:
            first -= 1
        yield _one_for_each(run, i, changes) or run[first:i], changes
        i += len(changes)


def _one_for_each(run: _Run, i: int, changes: _Run) -> _Run:
    """The figures before a row of changes that 分别 deals out, where the sentence has as many of both:
    受理20634件,审执结18323件,同比分别上升20.31%和20.96%; none elsewhere.
    """
    if len(changes) < 2 or not _RESPECTIVELY.search(changes[0].before):
        return []
    row = [c for c in run[:i] if c.sentence == changes[0].sentence]
    return row if len(row) == len(changes) and all(c.counts for c in row) else []


def figures_by_name(run: _Run) -> Iterator[tuple[Claim, Claim]]:
    """Figures of a sentence with the changes in it that name nothing but how they are counted: 立案
    1516宗,破获884宗,立案数下降14.64%,破案数上升39.21%, or 4批98人次,批次持平,人次下降5.8%.

    A change that `changed_figures` gives, or that has a base, is none of these.
    """
    taken = {change.start for _, change in changed_figures(run)}
    taken |= {c.start for _, _, changes in _comparisons([run], 0) for c in changes}
    for i, change in enumerate(run):
        how = change.subject.rpartition(",")[2]
        if change.kind != "change" or change.unit != "%" or change.start in taken:
            continue
        deed = next((said for name, said in _DEEDS if name.fullmatch(how)), None)
        measure = measure_of(how.removesuffix("数")) if deed is None else ""
        before = [c for c in run[:i] if c.sentence == change.sentence and c.kind == "count"]
        fits = [
            c
            for c in before
            if c.role != "base"
            and (deed.search(c.subject) if deed else bool(measure) and c.measure == measure)
        ]
        if not fits:
            continue
        current = fits[-1]
        if deed and deed.fullmatch(current.subject) and (at := before.index(current)):
            current = replace(current, subject=f"{before[at - 1].subject}，{current.subject}")
        yield current, change


def _comparisons(runs: list[_Run], n: int) -> Iterator[tuple[_Run, _Run, _Run]]:
    """The earlier figures of a line, the figures of now beside them, and the changes of both."""
    run, i = runs[n], 0
    while i < len(run):
        if not _is_base(run, i):
            i += 1
            continue
        first = i
        while i + 1 < len(run) and run[i + 1].kind != "change" and not _sets_out(run, i):
            if not _is_listed(run[i + 1]):
                break
            i += 1
        bases = run[first : i + 1]
        if len(bases) == 1 and _sets_out(run, i):
            currents, i = [run[i + 1]], i + 1
        else:
            currents = _currents(runs, n, first, bases)
        changes = _changes_behind(run, i + 1)
        # 环比上涨三分之一，去年下半年为7429件; 下降23.2%和17.6%(去年同期为56批、985人次)
        if not changes and first and _AFTER.search(bases[0].before):
            changes = _changes_before(run, first)[-len(bases) :]
        yield bases, currents, changes
        i += 1


def _is_base(run: _Run, i: int) -> bool:
    """Whether a figure is told as that of an earlier time which a change is held against."""
    claim = run[i]
    if claim.role == "base" or _sets_out(run, i):
        return True
    if claim.kind == "change":
        return False
    if "change" not in [c.kind for c in run[max(0, i - 1) : i + 3]]:
        return False
    if _DIFFERS.search(claim.before):
        return False  # 比上年少了不止1.7万对 is a difference
    # 去年总收入21740万元 may be the figure of now: one to set against it must stand before it
    if _LAST_TIME.search(claim.before):
        return any(same_unit(c, claim) and _comparable(c, claim) for c in run[:i])
    return bool(_AGAINST.search(claim.before))


def _sets_out(run: _Run, i: int) -> bool:
    """Whether a change sets out from a figure and leads to the next one: 由1752件降至1500件."""
    if i + 1 == len(run) or run[i + 1].unit != run[i].unit:
        return False
    claim, *behind = run[i : i + 3]
    if _FROM.search(claim.before):
        return bool(_TO.match(behind[0].before))
    changed = behind[1:] and behind[1].kind == "change" and claim.kind != "change"
    reached = _REACHED.match(behind[0].before) if changed else None
    if reached is None:
        return False
    # 化解率92.3%;重复访的占比降到5.1%: of something else
    said = "".join(_HAN.findall(_MEANWHILE.sub("", reached["said"])))
    return len(said) < _NAME or alike(said, claim.lead + claim.subject) > 0


def _is_listed(claim: Claim) -> bool:
    """Whether a figure goes on with a list such as 17批29人次 or (1400批4200人次)."""
    return not _JOIN.sub("", claim.before)


def _currents(runs: list[_Run], n: int, first: int, bases: _Run) -> _Run:
    """For each earlier figure the one of now with its unit; fewer when one is missing."""
    before = runs[n][:first]
    row = before[-len(bases) :]
    # 37起、33人、14人，上年同期为45起、42人、31人
    if len(row) == len(bases) > 1 and all(
        _of_one_sort(c, b) and c.role != "base" for c, b in zip(row, bases, strict=True)
    ):
        return row
    found = []
    for base in bases:
        said = _SUBJECT.match(base.before)
        pool = [*(runs[n - 1] if said and n else []), *before]
        now = [c for c in reversed(pool) if same_unit(c, base) and not c.average]
        now = [c for c in now if c.role != "base" and c.kind != "change"]
        if said:  # 门诊收入比上年同期的2333万元增长: the figure of now with most of these words
            likeness = [alike(said[1], c.lead + c.subject) for c in now]
            now = [c for c, a in zip(now, likeness, strict=True) if a == max(likeness)]
        elif before:  # 受理3211件，办结3098件；去年同期受理3540件: what is said of both
            likeness = [alike(base.lead, c.lead) for c in now]
            now = [c for c, a in zip(now, likeness, strict=True) if a == max(likeness)]
        if not (now and before and now[0] is before[-1] and "(" in base.before):
            now = [c for c in now if _comparable(c, base)]
        found += now[:1]
    return found


def _of_one_sort(first: Claim, second: Claim) -> bool:
    """Whether two counts of a row are in one unit; visitors are told as 人 and as 人次."""
    return same_unit(first, second) or {first.unit, second.unit} == {"人", "人次"}


def _changes_behind(run: _Run, i: int) -> _Run:
    """The changes right behind a figure, with no other subject between."""
    first = i
    while i < len(run) and run[i].kind == "change" and not _OWN.search(_unlinked(run[i].before)):
        if not (_MOVE.search(run[i].before) or _is_listed(run[i])):
            break
        i += 1
    return run[first:i]


def _changes_before(run: _Run, i: int) -> _Run:
    """The changes that stand in a row right before a figure."""
    first = i
    while first and run[first - 1].kind == "change" and (first == i or _is_listed(run[first])):
        first -= 1
    return run[first:i]


def _likeliest(run: _Run, change: Claim, current: Claim, base: Claim) -> Candidate:
    """A change of one base with the figure of now that it fits, the nearest where it fits none.

    调处4865起，调解成功4783起，与上年的4410起相比上升10.3%: of the first.
    """
    if current not in run or base not in run or holds(change, current, base):
        return _candidate(change, current, base)
    before = [c for c in reversed(run[: run.index(base)]) if same_unit(c, current)]
    before = [c for c in before if c.counts and c.role != "part" and _comparable(c, base)]
    for tried, other in enumerate(before[:_RIVALS], 1):
        if other.sentence == base.sentence and holds(change, other, base):
            return replace(_candidate(change, other, base), tried=tried)
    return _candidate(change, current, base)


def holds(change: Claim, current: Claim, base: Claim) -> bool:
    """Whether a stated change is the one from a base to a current figure, as they are printed."""
    if not (change.known and current.known and base.known and base.number):
        return False
    if change.direction and (current.number < base.number) != (change.direction == "down"):
        return False
    if change.unit != "%":
        return abs(current.number - base.number) == change.number
    ratio = quotient(interval_of(current), interval_of(base), 100)
    if ratio.low is None or ratio.high is None:
        return False
    moved = Interval(ratio.low - 100, ratio.high - 100, ratio.low_open, ratio.high_open)
    return (moved.negative if change.direction == "down" else moved).meets(interval_of(change))


def _comparable(current: Claim, base: Claim) -> bool:
    """Whether two counts are of one order of magnitude, so that they can be one at two times."""
    if not current.known or not base.known:
        return True
    return base.number <= 10 * current.number and current.number <= 10 * base.number


def _unlinked(words: str) -> str:
    """Words before a change without those that tie it to a figure; the rest names a subject.

    >>> _unlinked("同比分别下降"), _unlinked(",集体访同比增长")
    ('', '集体访')
    """
    return _LINK.sub("", words)


def _of_years(change: Claim) -> bool:
    """Whether a change is the mean of the years of a span.

    >>> _of_years(Claim("a", 0, 0, 2, "9%", None, kind="change", role="mean", before="、"))
    True
    """
    return change.role == "mean" or _MEAN.search(change.lead) is not None


def _pair(bases: _Run, currents: _Run, changes: _Run, change: Claim) -> tuple[Claim, Claim] | None:
    """The current figure and the base of a change: as many changes of its sort as bases, or one."""
    at = 0
    if _of_years(change):  # 年均增长5.02% is no growth over the whole span
        return None
    if len(bases) == 1:
        # 环比增长5.58%，同比增长21.7%: a second percentage is against another base
        same = [c for c in changes if c.unit == change.unit]
        if same[0] is not change:
            return None
    else:
        same = [c for c in changes if (c.unit == "%") == (change.unit == "%")]
        if len(same) != len(bases):
            return None
        at = same.index(change)
    if len(currents) != len(bases):
        return None
    base = bases[at]
    if change.unit in _POINTS:
        fits = base.unit == _POINTS[change.unit]
    else:
        fits = base.unit not in _POINTS.values() if change.unit == "%" else same_unit(change, base)
    return (currents[at], base) if fits else None


def _without_base(runs: list[_Run], n: int, i: int, based: bool) -> Iterator[Candidate]:
    """The candidate of a difference or of a change to which no earlier figure is tied."""
    run, change = runs[n], runs[n][i]
    changed = change.kind == "change" and not based
    by_units = changed and change.unit not in {"%", *_POINTS}
    compared = _COMPARED.search(change.before) if change.unit != "%" else None
    above = runs[n - 1] if n and i < 3 else []
    if changed and change.known and (pair := _two_times([*above, *run[:i]], change)):
        yield replace(_candidate(change, *pair), holding=True)
    elif change.known and (_NET.search(change.before) or (by_units and change.digits > _FEW)):
        yield from _net(run, i)
    elif change.known and compared:
        yield from _between(runs, n, i, compared["what"])
    elif i > 1 and change.known and not based and _is_apart(*run[i - 2 : i + 1]):
        direction = _direction(change) if change.unit in _POINTS else ""
        yield replace(_candidate(change, run[i - 2], run[i - 1]), direction=direction)
    elif changed and (pair := _two_years(run[max(0, i - 2) : i], change)):
        yield _candidate(change, *pair)
    elif changed and (pair := _bracketed(run, i)):
        yield replace(_candidate(change, *pair), tried=2)
    elif changed and change.unit == "%":
        reason = "no base is stated" if change.known else "the change itself is masked"
        if change.known and _of_years(change):
            reason = "it is a yearly mean"
        yield Candidate("yoy", (change,), reason)


def _bracketed(run: _Run, i: int) -> _Run:
    """来访37人次，同比下降9.8%(41人次): the figure of now and the bracket behind the change.

    A bare bracket may as well hold something else, so that it is only taken where it fits.
    """
    change, behind = run[i], run[i + 1 : i + 2]
    said = _BRACKET.match(behind[0].before) if behind and behind[0].after[:1] == ")" else None
    if said is None or _of_years(change):
        return []
    if change.unit != "%" and not same_unit(change, behind[0]):
        return []
    before = (c for c in reversed(run[:i]) if c.counts and same_unit(c, behind[0]))
    now = next((c for c in before if c.sentence == change.sentence), None)
    if now is None or not (said["then"] or holds(change, now, behind[0])):
        return []
    return [now, behind[0]]


def _between(runs: list[_Run], n: int, i: int, what: str) -> Iterator[Candidate]:
    """比三级医院低158.43元: the figure before it, and the one of what it is compared with."""
    change = runs[n][i]
    if change.unit in _POINTS:
        # 比目标差18.7个百分点, 比目标高5.8个百分点: two differences are not held against each other
        yield from _below(runs, n, i)
        return
    before = [c for c in earlier(runs, n, i, 2) if c.unit == change.unit and c.known]
    other = max(before, key=lambda c: alike(what, c.words), default=None)
    own = next((c for c in before if c is not other), None)
    if own is not None and other is not None and alike(what, other.words):
        yield replace(_candidate(change, own, other), direction=_direction(change))


def _below(runs: list[_Run], n: int, i: int) -> Iterator[Candidate]:
    """成功率仅为80.7%，比全县低17.4个百分点: an earlier rate of the same name that far off, if any."""
    change, run = runs[n][i], runs[n]
    own = run[i - 1] if i else change
    if own.unit != _POINTS[change.unit] or not own.known or own.kind != "rate":
        return
    rates = (c for c in earlier(runs, n, i - 1, 8) if c.unit == own.unit and c.known)
    named = (c for c in rates if c.kind == "rate" and alike(own.lead, c.lead))
    for tried, other in enumerate(itertools.islice(named, _RIVALS), 1):
        moved = replace(change, direction=_direction(change))
        if holds(moved, own, other):
            found = replace(_candidate(change, own, other), direction=moved.direction)
            yield replace(found, tried=tried)
            return


def _direction(change: Claim) -> str:
    """The direction that the last 高 or 低 before a difference says."""
    words = list(_DIRECTION.finditer(change.lead))
    return ("up" if words[-1]["up"] else "down") if words else ""


def _net(run: _Run, i: int) -> Iterator[Candidate]:
    """新增614户，取消803户，净减少189户: the two figures before it that it is the difference of.

    Others may be meant, so that none is wrong.
    """
    change = run[i]
    before = [c for c in run[max(0, i - 4) : i] if c.known and same_unit(c, change)]
    before = [c for c in before if c.role != "base"]
    # what comes in stands before what goes out; without 净 the base before the figure of now
    sign = 1 if (change.direction != "down") == bool(_NET.search(change.before)) else -1
    for k in range(len(before) - 1, 0, -1):
        for first in reversed(before[:k]):
            if sign * (first.number - before[k].number) == change.number:
                larger, smaller = (first, before[k])[::sign]
                now = smaller if change.direction == "down" else larger
                claims = change, larger, smaller
                yield Candidate("diff", claims, current=now.start, holding=True)
                return


def _two_years(pair: _Run, change: Claim) -> _Run:
    """2010年来访180批，2011年来访212批，同比增长17.78%: both figures, the later first."""
    years = [_YEAR.fullmatch(claim.period) for claim in pair]
    if len(pair) < 2 or not all(years) or not all(c.counts and same_unit(c, pair[0]) for c in pair):
        return []
    (first, season), (second, other) = (m.groups() for m in years if m)
    subject, same = (_DATED.sub("", c.lead) for c in pair)
    if abs(int(first) - int(second)) != 1 or season != other or subject != same:
        return []
    said = change.lead.replace(subject, "", 1)
    said = said.replace(f"{first}年", "").replace(f"{second}年", "")
    named = said != change.lead or "同比" in said
    # 集体访同比增长, 2012年同比增长: of something else
    if not named or _HAN.search(_unlinked(said)):
        return []
    return sorted(pair, key=lambda claim: claim.period, reverse=True)


def _two_times(before: _Run, change: Claim) -> _Run:
    """6月受理12120宗,7月受理12102宗,7月减0.15%: two figures of a table's row, told in the same words but
    for their times, the one of the change's own time first, where the change is theirs.
    """
    unit = _POINTS.get(change.unit, change.unit)
    told = [c for c in before if c.kind != "change" and _TIMES.search(c.lead)]
    dated = [c for c in told[-_RIVALS:] if c.period and (c.counts or c.kind == "rate")]
    for now in reversed([c for c in dated if c.period == change.period]):
        if (unit and unit not in {"%", now.unit}) or not _is_of_row(now, change):
            continue
        subject = _TIMES.sub("", now.lead)
        for base in reversed(dated):
            same = same_unit(base, now) and _TIMES.sub("", base.lead) == subject
            if same and base.period < now.period and holds(change, now, base):
                return [now, base]
    return []


def _is_of_row(now: Claim, change: Claim) -> bool:
    """Whether a change is told by the name of a figure and words of change alone: a row says its name
    before each of its figures, prose tells what a change is of otherwise.
    """
    subject, said = (_TIMES.sub("", c.lead) for c in (now, change))
    same = itertools.takewhile(lambda two: two[0] == two[1], zip(subject, said, strict=False))
    named = len(list(same))
    return named >= _NAME and not _HAN.search(_unlinked(_APART_SAID.sub("", said[named:])))


def _is_apart(first: Claim, second: Claim, change: Claim) -> bool:
    """最高96.12分，最低87.05分，相差9.07分; 84.7%，比80%的目标高4.7个百分点."""
    if not (first.known and second.known and first.unit == second.unit):
        return False
    if change.unit == "百分点":
        rates = first.unit == "%" and first.kind == second.kind == "rate"
        return rates and bool(_HIGHER.search(change.before))
    return first.unit == change.unit and bool(_APART.search(change.before))


def _candidate(change: Claim, current: Claim, base: Claim) -> Candidate:
    """A change in % is of the base; a difference is the larger less the smaller."""
    if change.unit == "%":
        said = "".join(c.subject + c.before + c.tail for c in (change, current, base))
        return Candidate("yoy", (change, current, base), real=bool(_REAL.search(said)))
    fell = current.known and base.known and current.number < base.number
    pair = (base, current) if fell else (current, base)
    return Candidate("diff", (change, *pair), current=current.start)
