"""Whether a check that fails may be called wrong: only where the words leave no other reading.

A figure that holds by chance costs little, one that is accused wrongly costs the trust of its
author. So the finders link generously, and what fails is called wrong only if the rate is named
plainly after its count, the parts of a total leave nothing out and cannot overlap, and nothing in
the sentence says that another base, another time or another place is meant.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

from ..model import Claim, Relation
from ..vocabularies.patterns import Pattern
from .passages import Candidate, same_unit

_start = attrgetter("start")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_CLAUSE = re.compile(r"[,;:。()]")
# what leads from the name of a rate to its figure, and names nothing
_LED = Pattern("accuse", r"{led}")
# words that say that a base is another one: (剔除未到期), 含上年结转, 按可比价
_OTHER_BASE = Pattern("accuse", r"{other_base}")
_SEVERAL = Pattern("accuse", r"{several}")
_RESULTS = Pattern("rates", r"{done}|{topics.done}|{manner}")
_REST = Pattern("sums", r"(?:{others}|{remaining})")
_OPPOSITES = Pattern("accuse", r"{pairs}")
_OTHER_GROWTH = Pattern("accuse", r"{other_growth}")
_OF_ALL = Pattern("sums", r"{total}")
_SCORED = {"分", "%", "百分点", "倍", "岁"}
UNSURE = "the words do not rule out that it is of another base"


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
    if found.verdict != "bad" or accuses(candidate, claims):
        return found
    return Relation(found.type, found.claims, "unchecked", note=found.note, reason=UNSURE)


def _sentence(claims: Sequence[Claim], first: int, last: int) -> str:
    """The words from one start to another, and those behind, as far as the claims hold them."""
    i, j = bisect_left(claims, first, key=_start), bisect_right(claims, last, key=_start)
    words = [claim.before + claim.text for claim in claims[i:j]]
    return "".join(words) + (claims[j - 1].after if j else "")


def _rate(candidate: Candidate, claims: Sequence[Claim]) -> bool:
    rate, *counts = candidate.claims
    if len(counts) < 2 or "占" in rate.before:
        return _share(candidate, claims)
    above, below = counts[0], counts[1]
    if {c.sentence for c in counts} != {rate.sentence} or {c.period for c in counts} - {
        rate.period
    }:
        return False
    ends = sorted(c.start for c in candidate.claims)
    words = _sentence(claims, ends[0], ends[-1])
    if _OTHER_BASE.search(words) or _SEVERAL.search(rate.before) or rate.after.startswith("("):
        return False
    # another count of the unit in the sentence may be the base that is meant
    beside = (c for c in _near(claims, rate) if c.start not in ends and c.counts)
    if any(same_unit(c, below) for c in beside):
        return False
    name = _LED.sub("", "".join(_HAN.findall(_CLAUSE.split(rate.before)[-1])).replace("率", ""))
    told = above.words + above.subject + below.words
    # 按期办结, 全市平均, 一次性化解 say more than the counts do
    if not name or not set(name) <= set(told):
        return False
    # 成功调处98件 is no 调处率: what the count says of its deed the rate must say, too
    deeds = set(_RESULTS.findall(above.lead)) - {
        "已",
        "共",
        "了",
        "的",
        "其中",
        "全部",
        "累计",
        "目前",
    }
    return all(deed in rate.before for deed in deeds if len(deed) > 1)


def _share(candidate: Candidate, claims: Sequence[Claim]) -> bool:
    """A share by 占 or 的: nothing but the whole that is named may stand near."""
    ends = sorted(c.start for c in candidate.claims)
    words = _sentence(claims, ends[0], ends[-1])
    return not (_OTHER_BASE.search(words) or candidate.result.after.startswith("("))


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
    ends = sorted(c.start for c in candidate.claims)
    words = _sentence(claims, ends[0], ends[-1])
    if _OTHER_BASE.search(words) or any("(" in part.after for part in parts):
        return False
    if _OF_ALL.search(whole.lead):  # 合计
        return True
    last = max(parts, key=_start)
    if _REST.search(last.lead):
        return True
    pair = _OPPOSITES.search(" ".join(part.lead for part in sorted(parts, key=_start)))
    return len(parts) == 2 and pair is not None


def _change(candidate: Candidate, claims: Sequence[Claim]) -> bool:
    ends = sorted(c.start for c in candidate.claims)
    words = _sentence(claims, ends[0], ends[-1])
    if candidate.real or _OTHER_GROWTH.search(words) or _OTHER_BASE.search(words):
        return False
    return not candidate.result.after.startswith("(")


_JUDGES = {"rate": _rate, "sum": _sum, "yoy": _change}
