"""Stated shares of a whole, by the grammar of 占…的: which counts may stand above and below each."""

import re

from .links import Claim, alike, countable, earlier, grams, may_hold, same_unit, unit_word
from .settling import Share

__all__ = ["numerator", "portion", "row_length", "row_start"]

_TRIM = re.compile(
    r"^(?:了|到|全部|其|为|全年|全)|(?:的|之)?(?:比例|比重|百分比|比|率)?(?:高?达到?|分别|为|约为?|近|超过|超|仅)?$"
)
_WHOLE = re.compile("总数|总量|总额|总户数|总人口|总人数|[全我][省市县区镇乡村]|全部|全年|同期|总|数|量|其|所有|的")
_MONEY = re.compile("总额|资金|金额|支出|经费|收入|投入|总投资")
_FILL = re.compile("[,、约均各仅就共已只也]|分别|合计|合并|两者|二者|所")
_ON = re.compile(r"[、,和与及]*")
_AMONG = re.compile(r"^[^,;。\d]{0,10}中(?=[,有]|[\u4e00-\u9fff]{2,}$)")
#: how many counts before a share are looked at for its whole when the words do not name it
_REACH = 40


def row_start(run: list[Claim], i: int) -> int:
    """The first of a row of percentages that goes on without words (占34.4%、27.1%), or with 总人次的."""
    while i and run[i - 1].unit == "%" and run[i - 1].sentence == run[i].sentence:
        if _ON.sub("", run[i].before) and not re.match("、总[^,;]*的$", run[i].before):
            break
        i -= 1
    return i


def portion(runs: list[list[Claim]], n: int, i: int, first: int, whole: str, heads: dict[int, Claim]) -> Share:
    """A share that 占…的 introduces, with the counts that may be its numerator and its whole.

    Args:
        runs: the claims of one report in lines.
        n, i: the line of the share, and its place there.
        first: where the row of percentages begins that it stands in.
        whole: what the words name as the whole.
        heads: the totals of parts, by the parts' starts.
    """
    run, rate = runs[n], runs[n][i]
    if i > first and run[i].before.endswith("的"):
        whole = run[i].before.strip("、")
    own = _FILL.sub("", re.split(r"[,;:。()]", run[first].before.rpartition("占")[0])[-1])
    unit = "元" if _MONEY.search(whole) else unit_word(whole)
    row = row_length(run, first)
    if len(own) > 1 and unit != "元":
        above = _sibling(run, first, own)
    elif row > 1 and not unit:  # 117件和92件,各占34.4%、27.1%: as many counts as shares, in their order
        counts = [c for c in run[:first] if c.counts][-row:]
        above = counts[i - first] if len(counts) == row else None
    else:
        above = numerator(run, first, None, unit)
    found = Share(rate, above, asked=next((c for c in earlier(runs, n, first, 0) if c.counts and c.known), None))
    if above is None:
        found.reason = "its numerator is not stated"
        return found
    core = "" if unit and unit != "元" else _core(whole)
    before = [
        c
        for c in earlier(runs, n, run.index(above), len(runs))
        if c.counts and same_unit(c, above) and may_hold(c, above)
    ]
    # 甲783件、乙579件、丙562件，占77%: a share of all three together is none of the last
    together = above.before.startswith(("、", "和")) and own == "" and row == 1
    if core:
        said = [c for c in before if _says(c, core)]
        found.wholes = ([c for c in said if c.role != "part"] or said)[:4]
        if found.wholes:
            found.named = not together
            return found
        found.partly = [c for c in before if alike(core, c.words + c.subject)]
    found.group = not own and (not unit or unit == "元")
    among = [c for c in earlier(runs, n, first, 0) if c in before and _AMONG.match(c.after)]
    head = heads.get(above.start)
    if head is None and above.role == "part":  # 300户，其中满意280户，占39.3%
        head = next((c for c in before if c in run and c.role != "part"), None)
    found.wholes = list(dict.fromkeys([*([head] if head else []), *among, *before[:_REACH]]))
    if found.group:  # 男性86人，占45.99%: of 187份 returned
        found.others = [
            c for c in earlier(runs, n, first, 6) if countable(c) and not same_unit(c, above) and may_hold(c, above)
        ][:_REACH]
    found.named = bool(head or among) and not together and not core
    return found


def row_length(run: list[Claim], first: int) -> int:
    """How many percentages stand in a row from the first one."""
    k = first + 1
    while k < len(run) and run[k].unit == "%" and not _ON.sub("", run[k].before):
        k += 1
    return k - first


def numerator(run: list[Claim], i: int, below: Claim | None, unit: str = "") -> Claim | None:
    """The count right before a share; one in brackets behind it belongs to that count, one of the whole's unit goes first."""
    depth = 0
    for k in range(i - 1, -1, -1):
        depth += run[k + 1].before.count(")") - run[k + 1].before.count("(")
        claim = run[k]
        if depth > 0 or claim.role == "base" or claim.kind == "change":
            continue
        if not claim.counts:
            return None
        if (below is None or same_unit(claim, below)) and (not unit or claim.unit.startswith(unit[0])):
            return claim
    return None


def _core(whole: str) -> str:
    """What 占 says the share is of, without words for all of it: 积案 in 积案总数的."""
    trimmed = whole
    while (shorter := _TRIM.sub("", trimmed)) != trimmed:
        trimmed = shorter
    return _WHOLE.sub("", trimmed)


def _says(claim: Claim, core: str) -> bool:
    """Whether a claim's words hold all of a name: 村党组织 is not 基层党组织."""
    words = claim.words + claim.subject
    words += "信访" if "来信" in words and "来访" in words else ""
    return core in words or (len(core) > 3 and grams(core) <= grams(words))


def _sibling(run: list[Claim], i: int, own: str) -> Claim | None:
    """网上信访占总量的49.9%: the one count of the line whose words are the share's."""
    mine = sorted((c for c in run[:i] if c.counts and alike(own, c.lead) > 0), key=lambda c: -alike(own, c.lead))
    clear = len(mine) == 1 or (len(mine) > 1 and alike(own, mine[0].lead) > alike(own, mine[1].lead))
    return mine[0] if clear else None
