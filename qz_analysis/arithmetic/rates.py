"""Stated rates of a report, each with the two counts that it is made of.

A rate by name (办结率, 满意率) is read here: its numerator is the count whose words do what it is named after, its denominator one of the counts
before the numerator. `shares` reads shares (占…的) and settles which pair fits, for rates too.
"""

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction
from operator import attrgetter

from ..model import Claim
from ..vocabularies.patterns import Pattern
from .passages import Candidate, countable, earlier, grams, may_hold, place_of, same_unit
from .shares import (
    AIM,
    Share,
    nearest_count,
    resolve,
    row_length,
    row_start,
    share_of_list,
    share_of_whole,
)
from .sums import is_exact

_Run = list[Claim]
_start = attrgetter("start")
_NOUN = 2  # characters that are left of a count's words where they name a thing
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_MANNER = Pattern("rates", r"{manner}|{done}|{topics.done}")
_MANNER_ALONE = re.compile("[,、已共]")
_FAR = 3  # totals of earlier lines that are looked at for a rate whose own line names none
_NAMED = re.compile(r"(?P<name>[\u4e00-\u9fff]{1,10})率[^,;:。()\d]{0,8}$")
_NAMES = re.compile(r"(?:(?<=率)[和及与])?((?:(?!率)[\u4e00-\u9fff]){1,8})率")
_TASK = Pattern("rates", r"{task}")
_BODY = Pattern("rates", r"{bodies}")
_NEGATED = Pattern("rates", r"{negations}$")
_RESULTS = Pattern("rates", r"{topics.done}|{done}")
_SYNONYM = Pattern("rates", r"{topics.done}|{done}|调解")
_OWN_ACT = Pattern("rates", r"{own_act}")
_OPEN = Pattern("rates", r"{open}")
_WHOLE = Pattern("rates", r"{whole}")
_ASKED = Pattern("rates", r"{asked}")
_THING = Pattern("rates", r"{things}")
_SHARE = re.compile(r"占(?P<whole>[^,;:。()]{0,24})$")
_OF = Pattern("rates", r"^[^,;:。()\d]{0,4}的{called}?{is}?$")
_OF_TARGET = Pattern("rates", r"{meets}[^,;:。()]{0,8}(?:{task}|{targets})[^,;:。()]{0,4}$")
# 东风镇办结率: whose rate it is, at the head of its clause
_WHOSE = Pattern(
    "rates",
    r"^(?:其中|而|但|同期)?(?!{shares.whose}|{not_whose})"
    r"([\u4e00-\u9fffx*×某]{1,8}?(?:{repeats.places}|{bodies_of})(?<!办))",
)
# what leads from a target to how much of it was met: 148元的目标完成122%
_MET = Pattern(
    "rates", r"的?(?:{task}|{targets})?[,、)(]?(?:已|实际|累计|共)*{met}率?(?:为|达到?|了)?"
)
_AMONG = re.compile(r"([\u4e00-\u9fff]{2,8})中,[^,;。]*$")
_CALLED = Pattern("rates", "[,、]?{called}{is}?")  # 维持3509件,比例74.7%
_JOINED = Pattern("rates", r"^(?:{window.and}|、)")
_STANDARD = Pattern("rates", r"率[^,;。]*{standard}[^,;。]*$")
# behind the first character of a short name: 直接办理 for 直办
_WRITTEN_OUT = re.compile(r"[\u4e00-\u9fff]、?(?P<second>.)[\u4e00-\u9fff]")


def find_rates(runs: list[_Run], sums: Sequence[Candidate]) -> Iterator[Candidate]:
    """Every stated share of a report with its numerator and denominator, or why it has none.

    Where the words leave several counts as its whole, the one that it fits is taken; when none
    fits, the share is called wrong only if the words leave a single one. Shares that stand in a row
    are of one whole: it must fit most of them. A share of a part of a sum is of that sum's whole.

    The candidates are of kind `rate` (rate; numerator; denominator), `possible` (rate; denominator)
    or `sum`.
    """
    sure = (s for s in sums if is_exact(s) or (s.tight and s.complete))
    totals = {part.start: s.result for s in sure for part in s.claims[1:]}
    places = ((n, i) for n, run in enumerate(runs) for i in range(len(run)))
    stated = ((n, i) for n, i in places if runs[n][i].kind == "rate" and runs[n][i].unit == "%")
    found = [_read(runs, n, i, totals) for n, i in stated]
    counts = [c for run in runs for c in run if c.counts and c.known and c.role != "part"]
    counts.sort(key=_start)
    for last, share in itertools.pairwise(found):
        share.fresh = share.numerator is not None and _new_whole(last, share.numerator, counts)
    for _, sentence in itertools.groupby(found, key=lambda share: share.rate.sentence):
        # shares of a sentence that make 100 % have their own whole, none of another sentence
        row = list(sentence)
        over = sum((share.rate.number for share in row if share.rate.known), Fraction(-100))
        if len(row) > 1 and abs(over) <= Fraction(len(row), 20):
            for share in row:
                above = share.numerator
                share.named &= above is None or above.sentence == share.rate.sentence
    yield from resolve(found)


def _new_whole(last: Share, above: Claim, counts: Sequence[Claim]) -> bool:
    """Whether a larger count of the unit stands between two shares: the second begins a row.

    The counts come in the order of their starts.
    """
    first = bisect_right(counts, last.rate.start, key=_start)
    behind = (counts[k] for k in range(first, len(counts)))
    between = itertools.takewhile(lambda c: c.start < above.start, behind)
    larger = (c for c in between if not above.known or c.number > above.number)
    return any(same_unit(c, above) for c in larger)


def _read(runs: list[_Run], n: int, i: int, totals: dict[int, Claim]) -> Share:
    """The rate at place `i` of line `n`, read by the words before it."""
    run, rate = runs[n], runs[n][i]
    if not rate.known and rate.low is None:
        return Share(rate, reason="the rate itself is masked or lost", line=n)
    before = run[i - 1].before if i else ""
    first = row_start(run, i)
    words = run[first].before
    of = i > 1 and run[i - 1].counts and _OF.match(rate.before)
    if of and (_SHARE.search(before) or _OF_TARGET.search(before)):  # 43件,占积案总数51件的84.3%
        whole = run[i - 1]
        found = Share(rate, nearest_count(run, i - 1, whole), [whole], named=True)
    elif aim := _aimed_at(run, i):  # 再就业6650人,年目标6600人,完成100.76%
        at = run.index(aim)
        above = (
            nearest_count(run, at, aim)
            or next(  # 净增6.7万人
                (
                    c
                    for c in run[max(0, at - 1) : at]
                    # 新增就业98万人,年度计划为100万
                    if countable(c) and (same_unit(c, aim) or not aim.unit)
                ),
                None,
            )
        )
        found = Share(rate, above, [aim], named=above is not None)
    elif share := _SHARE.search(words):
        found = share_of_whole(runs, n, i, first, share["whole"], totals)
    elif _STANDARD.search(words):
        found = Share(rate, reason="it is a standard or a target, no result")
    elif (
        i
        and run[i - 1].counts
        and (_CALLED.fullmatch(rate.before) or (rate.before == "(" and rate.after.startswith(")")))
    ):
        found = share_of_list(runs, n, i, totals)
    elif name := _name(words, i - first):
        found = _rate_by_name(runs, n, i, name, totals)
    else:
        found = Share(rate, reason="no words of a share or a rate tie it to counts")
    found.line = n
    return found


def _aimed_at(run: _Run, i: int) -> Claim | None:
    """The target that a rate of completion is of: the figure right before it, called one."""
    aim = run[i - 1] if i else None
    if aim is None or not aim.counts or not _MET.fullmatch(run[i].before):
        return None
    said = AIM.search(aim.lead) or AIM.match(run[i].before.removeprefix("的"))
    return aim if said and aim.sentence == run[i].sentence else None


def _name(words: str, place: int) -> str:
    """What a rate is named after, by its place in a row: 调解率、成功率分别为98.6%、96.3%."""
    named, names = _NAMED.search(words), _NAMES.findall(words)
    if place or "分别" in words[-8:]:
        return names[place] if len(names) > place else names[0] if len(names) == 1 else ""
    return named["name"] if named else ""


def _rate_by_name(runs: list[_Run], n: int, i: int, name: str, totals: dict[int, Claim]) -> Share:
    """A rate with the count that does what it is named after, and the counts that may be its whole.

    It stands at place `i` of line `n`; its name is 办结 for 办结率. `totals` holds the totals of
    parts by the parts' starts.
    """
    run, rate = runs[n], runs[n][i]
    above = _of_task(run, i, name) or _of_row(run, i, name) or _doing(runs, n, i, name)
    found = Share(rate, above)
    if above is None:
        counts = (c for c in earlier(runs, n, i, 0) if c.counts and c.known)
        found.asked = next((c for c in counts if _ASKED.search(c.words)), None)
        return found
    behind = [c for c in run[i + 1 : i + 2] if c.before.startswith("(") and c.counts]
    if behind and same_unit(behind[0], above) and may_hold(behind[0], above):
        found.wholes, found.named = behind, True  # 化解39件，化解率86.7%（共排查45件）
        return found
    line = n if above in run else n - 1
    index = runs[line].index(above)
    task, root = name.endswith("完成"), _root(name)
    every = [c for c in earlier(runs, line, index, 1) if c.counts and same_unit(c, above)]
    own = [c for c in every if c.sentence == above.sentence]
    before = [c for c in own or every if task or may_hold(c, above)]
    # one town's count is none of another's
    near = runs[line][max(0, index - _FAR) : index]
    place = place_of(above, reversed(near))
    if here := [c for c in before if place and c.place == place]:
        before = here
    listed = _listed(runs[line], index, root)
    before = [c for c in before if c not in listed]
    found.misfit = own[0] if own and not before else None
    if task:
        tasks = (c for c in run[index + 1 : i] if _TASK.search(c.lead))
        before = [*(c for c in tasks if same_unit(c, above)), *before]
    # a count that does the same is a sibling, no whole
    siblings = [c for c in before if _OPEN.search(c.words) or _does(c, root)]
    wholes = [c for c in before if c not in siblings or _WHOLE.search(c.words)]
    twins = [c for c in siblings if c not in wholes and not _OPEN.search(c.words)]
    twins = [c for c in twins if c.sentence == above.sentence]
    total = totals.get(above.start)
    found.wholes = list(dict.fromkeys([*([total] if total else []), *wholes, *twins]))
    received = (c for c in earlier(runs, line, index, len(runs)) if c.stage == "received")
    far = [c for c in received if c.counts and same_unit(c, above) and c.role == ""]
    far = [c for c in far if _WHOLE.search(c.words)][:_FAR]
    distant = (c for c in [*(every if own else []), *far] if c not in found.wholes)
    distant = (c for c in distant if c not in listed)
    found.distant = [c for c in distant if may_hold(c, above)]
    likely = found.wholes[:1]
    inside = [c for c in wholes if c in runs[line]]
    sure = [c for c in inside if c.stage == "received" or _WHOLE.search(c.words)] or inside
    single = len(sure) == 1 or len(found.wholes) == 1
    nearest = bool(sure) and sure[0] is wholes[0] and sure[0].role == above.role == ""
    found.named = (single or nearest) and not (twins or _chained(runs[line], index))
    # a plan is met by what is done, not by the next amount; and money of another sentence is its own
    apart = not inside and (not likely or likely[0] not in run)
    if apart and (task or above.unit == "元" or above.kind == "measure"):
        found.named = False
    # 企业参保845人 is none of 新增就业3550人: without a word of a whole the two must be of one thing
    sure_of = bool(likely) and (likely[0].stage == "received" or _WHOLE.search(likely[0].words))
    if _of_another(rate, name, above) or not (sure_of or total or _of_one(above, root, likely)):
        found.named, found.misfit = False, None
    found.distant = [*_named_group(runs, line, index, above), *found.distant]
    # 接听来电8947个，直办6673件: a total further off need not be meant
    mixed = [c for c in earlier(runs, line, index, 0) if c.counts]
    mixed = [c for c in mixed if c.stage == "received" or _WHOLE.search(c.words)]
    mixed = [c for c in mixed if not same_unit(c, above) and may_hold(c, above)]
    mixed = [c for c in mixed if are_things(c, above)]
    if mixed and not inside:
        found.named, found.distant = False, [*mixed, *found.distant]
    act = _OWN_ACT.search(name)
    # behind a full stop another act need not be meant either: 办结103件。调解成功率87%
    if (act and not _does(above, act[0])) or (line != n and not _does(above, root)):
        found.named, found.misfit, found.distant = False, None, []
    likeliest = found.wholes[0].role if found.wholes else ""
    part = above.role == "part" and total is None and likeliest != "part"
    if part and _rival(run, above, root):
        found.reason = "two counts before it could be its numerator"
    return found


def _listed(run: _Run, i: int, root: str) -> _Run:
    """建议424件、提案354件，办结率100%: the counts that one verb governs with the one at `i`."""
    first = i
    while first and _JOINED.match(run[first].before):
        if _RESULTS.search(run[first].lead) or root in run[first].lead:
            break
        first -= 1
    return run[first:i]


def _named_group(runs: list[_Run], line: int, index: int, above: Claim) -> _Run:
    """转办11529个。转办件中,已办结11047件: the counts of what a count's clause says it is among."""
    m = _AMONG.search(above.before)
    if m is None:
        return []
    before = (c for c in earlier(runs, line, index, 2) if c.counts and may_hold(c, above))
    alike_units = (c for c in before if same_unit(c, above) or are_things(c, above))
    return [c for c in alike_units if grams(m[1]) & grams(c.lead)][:_FAR]


def are_things(first: Claim, second: Claim) -> bool:
    """Whether two counts are in units that stand for the same things in the mouth of a report, or in
    none, as in the cells of a table.
    """
    return all(not unit or _THING.fullmatch(unit) for unit in (first.unit, second.unit))


def may_be_of(rate: Claim, above: Claim) -> bool:
    """Whether the words of a count let it be what a rate by name is of: 尚未办结 is no 办结率, and a
    满意率 is of those that are 满意.
    """
    name = _name(rate.before, 0)
    act = _OWN_ACT.search(name)
    done = act is None or any(character in above.words for character in act[0])
    return done and not _OPEN.search(above.words)


def is_named_after(rate: Claim, count: Claim) -> bool:
    """Whether a rate by name is named after what a count does: 办结率 of 办结3320件."""
    name = _name(rate.before, 0)
    return bool(name) and _does(count, _root(name))


def _of_one(above: Claim, root: str, wholes: Sequence[Claim]) -> bool:
    """Whether a count names nothing of its own, or what its whole names too."""
    said = _MANNER.sub("", (above.lead + "," + above.tail).replace(root, ""))
    own = "".join(_HAN.findall(said))
    return len(own) < _NOUN or any(grams(said) & grams(c.words + c.subject) for c in wholes[:1])


def _of_another(rate: Claim, name: str, above: Claim) -> bool:
    """Whether a rate's clause names a place or a body that the sentence of its count does not."""
    words = rate.lead.rpartition(_root(name))[0]
    whose = _WHOSE.match(words)
    return whose is not None and whose[1] not in above.before + above.subject


def _chained(run: _Run, i: int) -> bool:
    """Whether two counts stand together (7282户27256人): the rate may be of either."""
    after = run[i + 1].before if i + 1 < len(run) and run[i + 1].counts else "、"
    return not after or (i > 0 and run[i - 1].counts and not run[i].before)


def _of_task(run: _Run, i: int, name: str) -> Claim | None:
    """培训2688人，任务数为1000人，完成率269%: the count of the task's unit before it; a task is called one
    or is due.
    """
    before = run[:i] if name.endswith("完成") else []
    task = next((c for c in reversed(before) if _TASK.search(c.lead) or _is_due(c)), None)
    mine = [c for c in before if task and c is not task and c.counts and same_unit(c, task)]
    return mine[-1] if mine else None


def _is_due(claim: Claim) -> bool:
    """Whether a figure tells what is to be done."""
    return claim.modality in {"planned", "required"}


def _of_row(run: _Run, i: int, name: str) -> Claim | None:
    """态度满意526份、结果满意519份，满意率分别为99.8%和98.5%: counts in the rates' order."""
    first = row_start(run, i)
    row, words = row_length(run, first), run[first].before
    if row < 2 or "分别" not in words or len(_NAMES.findall(words)) > 1:
        return None
    mine = [c for c in run[:first] if countable(c) and _does(c, _root(name))][-row:]
    return mine[i - first] if len(mine) == row else None


def _doing(runs: list[_Run], n: int, i: int, name: str) -> Claim | None:
    """The nearest count whose words do what the rate is named after: 办结 for 按时办结率."""
    rate = runs[n][i]
    counts = [c for c in earlier(runs, n, i, 0) if countable(c)]
    if not counts and n and i == 0 and len(_NAMED.split(rate.before)[0]) + len(name) < 5:
        counts = [c for c in earlier(runs, n, i, 1) if countable(c)]
    # figures of its own sentence first: behind a semicolon another thing may be told
    own = [c for c in counts if c.sentence == rate.sentence]
    beside = (c for c in runs[n] if c.unit == "%" and (not own or c.sentence == rate.sentence))
    others = {other for c in beside for other in _NAMES.findall(c.before)} - {name}
    counts = own or counts
    doing = [c for c in counts if _does(c, _root(name)) and not _better(c, name, others)]
    if doing:  # the most of the name, 集中供养 before 分散供养; of equals the nearest
        rival = {c.start: max((_common(o, c) for o in others), default=0) for c in doing}
        return max(doing, key=lambda c: _common(name, c) - rival[c.start])
    if not _SYNONYM.search(name):
        return None
    if _OWN_ACT.search(name):
        counts = own
    done = (c for c in counts if _RESULTS.search(c.words) or c.stage == "resolved")
    done = (c for c in done if not _OPEN.search(c.words) and not _better(c, name, others))
    return next(done, None)


def _common(name: str, claim: Claim) -> int:
    """How many pairs of characters a claim's words share with a rate's name."""
    return len(grams(name) & grams(claim.words))


def _better(claim: Claim, name: str, others: set[str]) -> bool:
    """Whether another rate says more of a count: 调解成功 is the 调解成功率's, not the 调解率's."""
    mine = _common(name, claim)
    return any(_does(claim, _root(other)) and _common(other, claim) > mine for other in others)


def _root(name: str) -> str:
    """The end of a rate's name, which its numerator does; 不满意率 is of those that are 不满意."""
    return name[-3:] if _NEGATED.search(name, 0, len(name) - 2) else name[-2:]


def _does(claim: Claim, root: str) -> bool:
    """Whether a claim's words say that something was done, or is the case."""
    words = claim.words
    said = root[::-1] in words or any(  # 回收 is 收回
        not _NEGATED.search(words, 0, at) and not _BODY.match(words, at + len(root))
        for at in _places_of(root, words)
    )
    return (said or _in_short(claim, root)) and not _OPEN.search(words)


def _places_of(word: str, text: str) -> Iterator[int]:
    """Where a word stands in a text."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _in_short(claim: Claim, root: str) -> bool:
    """Whether a rate's name is short for a count's words, or they for it: 直办率 of 直接办理6673件,
    结案率 of 结600件.
    """
    if len(root) != _NOUN:
        return False
    for at in _places_of(root[0], claim.words):
        m = _WRITTEN_OUT.match(claim.words, at + 1)
        if m and m["second"] == root[1]:
            return True
    return _MANNER_ALONE.sub("", claim.lead) == root[0]


def _rival(run: _Run, above: Claim, root: str) -> bool:
    """办结990件,其中初访500件,办结率98%: of the part or of the whole? then nothing is claimed."""
    before = run[: run.index(above)] if above in run else []
    done = (c for c in before if c.role != "part" and c.counts)
    return any(c.stage == "resolved" or _does(c, root) for c in done)
