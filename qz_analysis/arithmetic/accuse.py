"""Whether a check that fails may be called wrong: only where the words leave no other reading.

A figure that holds by chance costs little, one that is accused wrongly costs the trust of its
author. So the finders link generously, and what fails is called wrong only if the rate is named
plainly after its count, the parts of a total leave nothing out and cannot overlap, and nothing in
the sentence says that another base, another time or another place is meant.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from fractions import Fraction
from operator import attrgetter

from ..model import Claim, Relation
from ..vocabularies.patterns import Pattern
from .bases import is_of_more, is_of_several_stocks, left_out, longer_lists, other_bases
from .intervals import Interval, interval_of, quotient
from .judge import judge
from .passages import Candidate, same_unit, total_of
from .shares import NO_PART

_start = attrgetter("start")
_HAN = re.compile(r"[\u4e00-\u9fff]+")

# what leads from the name of a rate to its figure, and names nothing
_LED = Pattern("accuse", r"{led}")
# words that say that a base is another one: (剔除未到期), 含上年结转, 按可比价
_OTHER_BASE = Pattern("accuse", r"{other_base}")
# a clause that sets out for something and holds no figure: 紧扣“矛盾不上交”目标
_PURPOSE = Pattern(
    "accuse", r"(?:^|(?<=[,;。]))[^,;。\d]*{purpose}[^,;。\d]*{aim}[^,;。\d]*(?=[,;。])"
)
# rates of those who live or work in a place, whose number is seldom told beside them
_BASE_UNTOLD = Pattern("accuse", r"{base_untold}率")
# the time of all that a sentence tells: 去年受理261件, and no 上年结转9件
_SINCE_WHEN = Pattern(
    "accuse", r"^(?:[^\u4e00-\u9fff]{{0,3}}[、.])?(?:上年|去年|上半年)(?!末|底|度?{stocks})"
)
_TIME = re.compile(r"[\d底初末]月|年[初底末]?|季度|目前|期")
_SEVERAL = Pattern("accuse", r"{several}")
# words of how a deed was done, which a rate of it must say as well
_MANNER = Pattern("accuse", r"{how}")
_OVERLAP = Pattern("accuse", r"{overlap}")
# the last of a list that leaves nothing out, and what is left to be done
_REST = Pattern("accuse", r"{rest}")
_PASSED_ON = Pattern("accuse", r"{passed_on}")
_LEFT = Pattern("accuse", r"^(?:{rest}|不)")
# parts of these names cannot overlap
_APART = tuple(
    Pattern("accuse", f"{{{kind}}}") for kind in ("channels", "payers", "sexes", "homes")
)
_OTHER_GROWTH = Pattern("accuse", r"{other_growth}")
_OF_ALL = Pattern("sums", r"[^,;:]{0,6}?(?:{total}|{column})")
_SCORED = {"分", "%", "百分点", "倍", "岁"}
# a reading that as many random figures would have fitted was found by chance
CHANCE = 0.1
_LIST = 40  # figures before and behind a share among which the items of its list are
_PAIR = 3  # figures of a rate of two counts
UNSURE = "the words do not rule out that it is of another base"
FAR = "it is so far off that other figures may be meant"
_HALF, _NEARLY = 0.5, 0.003
_FARTHEST = 1 / 3  # of the larger of what is printed and what was recomputed


def accuses(candidate: Candidate, claims: Sequence[Claim]) -> bool:
    """Whether figures that do not fit are a slip by all that their words say.

    Args:
        candidate: figures that were recomputed and do not fit.
        claims: all claims of the report, in the order of their starts.
    """
    judge = _JUDGES.get(candidate.kind)
    return judge is None or judge(candidate, claims)


def softened(candidate: Candidate, found: Relation, claims: Sequence[Claim]) -> Relation:
    """The relation of a candidate; one that fails without accusing is unchecked.

    Args:
        candidate: figures that were recomputed.
        found: what came of it.
        claims: all claims of the report, in the order of their starts.
    """
    if candidate.lawful or (found.verdict != "bad" and found.reason != NO_PART):
        return found
    accused = found.verdict == "bad" and accuses(candidate, claims)
    if other := _otherwise(candidate, claims, accused):
        return other
    if found.verdict != "bad":
        return found
    if accused and not _is_open(candidate, claims):
        return _unsure(found, FAR) if _is_far(candidate, found) else found
    return _unsure(found)


def _is_far(candidate: Candidate, found: Relation) -> bool:
    """Whether what was recomputed is so far from what is printed that other figures are likelier to
    be meant than a slip: authors err by points or by a digit, and a digit has its mend.

    Of 102 failing relations that people labelled on 300 pages, none was off by more than a third but
    by a digit that was lost.
    """
    printed = candidate.result.number if candidate.result.known else Fraction(0)
    if candidate.hundred or found.mend or not printed or math.isnan(found.computed):
        return False
    made = abs(found.computed)
    if made and abs(math.log10(made / float(printed)) % 1 - _HALF) > _HALF - _NEARLY:
        return False  # ten or ten thousand times as much: a zero, or 万, too many or too few
    return abs(made - float(printed)) > _FARTHEST * max(made, float(printed))


def without_first_parts(relations: Sequence[Relation]) -> list[Relation]:
    """Relations in which no list is accused that is a piece of another one, or of a rate's base.

    问题500个,整改390个,整改率97.5%,其余100个为长期坚持类: the rest is that of 400 and 100.
    """
    lists: dict[int, list[set[int]]] = {}
    bases: dict[int, list[set[int]]] = {}
    for one in relations:
        if one.verdict == "ok" and one.type == "sum":
            lists.setdefault(one.claims[0].start, []).append({c.start for c in one.claims})
        elif one.verdict == "ok" and one.type == "rate" and len(one.claims) > _PAIR:
            counts = {c.start for c in one.claims[1:]}
            for start in counts:
                bases.setdefault(start, []).append(counts)

    def told(one: Relation) -> bool:
        whole, *parts = (c.start for c in one.claims)
        longer = any(counts.issuperset(parts) for counts in lists.get(whole, ()))
        return longer or any(not counts.isdisjoint(parts) for counts in bases.get(whole, ()))

    return [
        _unsure(r) if r.verdict == "bad" and r.type == "sum" and told(r) else r for r in relations
    ]


def _unsure(found: Relation, reason: str = UNSURE) -> Relation:
    """A relation that fails, as one that is unchecked."""
    return Relation(found.type, found.claims, "unchecked", note=found.note, reason=reason)


def _otherwise(candidate: Candidate, claims: Sequence[Claim], accused: bool) -> Relation | None:
    """The relation of the first other reading that holds, if any does.

    What only an accusation brings up may hold by chance; then it is unchecked.
    """
    if candidate.kind == "rate" and len(candidate.claims) == _PAIR:
        others = other_bases(candidate, claims, without_words=accused)
    elif candidate.kind == "sum" and accused and not candidate.hundred:
        others = longer_lists(candidate, claims)
    else:
        return None
    found = (r for c in others if (r := judge(c)) is not None)
    held = next((r for r in found if r.verdict == "ok"), None)
    if held is None or held.chance < CHANCE:
        return held
    return Relation(held.type, candidate.claims, "unchecked", note=held.note, reason=UNSURE)


def _is_open(candidate: Candidate, claims: Sequence[Claim]) -> bool:
    """Whether other counts of the sentence leave more readings, of which none holds."""
    if candidate.kind == "rate":
        return is_of_more(candidate, claims)
    if candidate.kind == "sum" and not candidate.hundred:
        listed = bool(left_out(candidate, claims))
        return listed or is_of_several_stocks(candidate, claims)
    return False


def _told(candidate: Candidate, claims: Sequence[Claim]) -> str:
    """The words from the first figure of a candidate to those behind its last, as far as the claims
    hold them, without clauses of mere purpose, the time that they begin with and what changes are
    told against (比上年减少12.6%).
    """
    starts = [claim.start for claim in candidate.claims]
    i = bisect_left(claims, min(starts), key=_start)
    j = bisect_right(claims, max(starts), key=_start)
    words = [
        ("" if claim.kind == "change" and claim.start not in starts else claim.before) + claim.text
        for claim in claims[i:j]
    ]
    if not any(map(_TIME.search, words[1:])):  # 上半年受理9件,1-11月办结8件
        words[:1] = [_SINCE_WHEN.sub("", word) for word in words[:1]]
    return _PURPOSE.sub("", "".join(words) + (claims[j - 1].after if j else ""))


def _rate(candidate: Candidate, claims: Sequence[Claim]) -> bool:
    rate, *counts = candidate.claims
    if len(counts) < 2 or "占" in rate.before or rate.before == "的":
        return _share(candidate, claims)
    above, below = counts[0], counts[1]
    if any(rate.sentence - c.sentence > 1 for c in counts):
        return False
    bracketed = rate.after.startswith("(") and below.start < rate.start
    if bracketed or _OTHER_BASE.search(_told(candidate, claims)) or _SEVERAL.search(rate.lead):
        return False
    # another count of the unit in the sentence may be the base that is meant
    own = {c.start for c in candidate.claims}
    beside = (c for c in _near(claims, rate) if c.start not in own and c.counts and c.known)
    for c in (c for c in beside if same_unit(c, below)):
        between = above.start < c.start < rate.start and not _LEFT.search(c.lead)
        if between or above.number <= c.number != below.number:
            return False
    if _BASE_UNTOLD.search(rate.lead):
        return False  # 登记失业3601人,登记失业率3.43%
    name = _LED.sub("", "".join(_HAN.findall(rate.lead)).replace("率", ""))
    # 按期办结, 全市平均, 一次性化解 say more than the counts do
    if not name or not set(name) <= set(above.words + above.subject + below.words + above.place):
        return False
    # 成功调处98件 is no 调处率: what the count says of its deed the rate must say, too
    deeds = {deed for deed in _MANNER.findall(above.lead) if len(deed) > 1}
    return all(deed in rate.before for deed in deeds)


def _share(candidate: Candidate, claims: Sequence[Claim]) -> bool:
    """A share by 占 or 的: nothing but the whole that is named may stand near."""
    words = _told(candidate, claims)
    if len(candidate.claims) == _PAIR and (
        # 农林1590件,占诉求量的14.23%;社保1485件,占诉求量的13.29%
        _is_item(candidate.claims[2], claims)
        # the items do not make the total that is printed, and the share is of them
        or _is_of_the_items(candidate, claims)
    ):
        return False
    return not (_OTHER_BASE.search(words) or candidate.result.after.startswith(("(", "的")))


def _is_item(whole: Claim, claims: Sequence[Claim]) -> bool:
    """Whether a count has a share of its own right behind it, and so is itself a part of something."""
    i = bisect_right(claims, whole.start, key=_start)
    behind = claims[i] if i < len(claims) else None
    return behind is not None and behind.unit == "%" and "占" in behind.lead


def _is_of_the_items(candidate: Candidate, claims: Sequence[Claim]) -> bool:
    """Whether a share fits the sum of the list's items that have shares themselves."""
    rate, above, whole = candidate.claims
    i = bisect_left(claims, above.start, key=_start)
    near = claims[max(0, i - _LIST) : i + _LIST]
    items = [
        c for c in near if c.counts and c.known and same_unit(c, above) and _is_item(c, claims)
    ]
    total = total_of(c for c in items if c.start != whole.start)
    if len(items) < _PAIR or not total:
        return False
    made = quotient(interval_of(above), Interval(total, total), 100)
    printed = interval_of(rate, "half-even")  # a tie may have been rounded to either side
    bounded = None not in (made.low, made.high, printed.low, printed.high)
    return bounded and made.meets(printed)


def _near(claims: Sequence[Claim], one: Claim) -> list[Claim]:
    """The claims of a claim's sentence."""
    i = bisect_left(claims, one.start, key=_start)
    first, last = i, i
    while first and claims[first - 1].sentence == one.sentence:
        first -= 1
    while last < len(claims) and claims[last].sentence == one.sentence:
        last += 1
    return list(claims[first:last])


def _sum(candidate: Candidate, claims: Sequence[Claim]) -> bool:
    if candidate.hundred:
        return True
    whole, *parts = candidate.claims
    if whole.unit in _SCORED or whole.number < max(part.number for part in parts):
        return False  # a mean, an extreme, or the total of other things
    if _OVERLAP.search(_told(candidate, claims)):
        return False
    # a row of a table, or a sentence, that begins with 合计; 共计50人,其中… may be of overlapping parts
    row = _near(claims, whole)[0].before
    if _OF_ALL.match(row) and all(part.sentence != whole.sentence for part in parts):
        return True
    last = max(parts, key=_start)
    rests = parts if len(parts) == 2 else [last]
    # what was passed on is not done: 转办45件,尚有3件正在办理 is no whole
    if any(_PASSED_ON.search(part.lead) for part in parts):
        return False
    if any(_REST.search(part.lead + part.tail) for part in rests):
        return True
    leads = [part.subject + part.lead + part.tail for part in parts]
    return any(all(map(kind.search, leads)) for kind in _APART)


def _change(candidate: Candidate, claims: Sequence[Claim]) -> bool:
    """A change, told once or as an amount and in per cent."""
    return not (candidate.real or _OTHER_GROWTH.search(_told(candidate, claims)))


_JUDGES = {"rate": _rate, "sum": _sum, "yoy": _change, "repeat": _change}
