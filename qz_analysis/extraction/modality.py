"""Whether a figure tells what is, what is to come, or what holds for each case.

The words of its clause come first (力争, 将, 已), then those of its sentence, then the section of
the report that it stands in; where none says otherwise, a report tells what is.
"""

import re

from ..vocabularies.patterns import Pattern
from .window import Window

_BREAK = re.compile(r"[。;!?\n]|,(?!\d)")
_COMING = Pattern("modality", "{coming}")
_AIMED = Pattern("modality", "{aimed}")
_DONE = Pattern("modality", "{done}")
_MET = Pattern("modality", "(?:{meets})[^,。;]{0,12}?{aims}|{aims}[^,。;]{0,8}?{met}")
_STANDING = Pattern("modality", "{standing}")
_PAST = Pattern("modality", "{past}")
_RULED = Pattern("modality", "{ruled}")
_LIMITED = Pattern("modality", "{limits}了?$")
_BEHIND = Pattern("modality", "^[^,。;]{0,12}{ruled_behind}")
_MUST = Pattern("modality", "{must}")


def modality_of(window: Window, kind: str, plan: bool) -> str:
    """`actual`, `planned` or `required`: what a figure says of the world.

    Args:
        window: the figure with the words round it.
        kind: what kind of figure it is.
        plan: whether it stands in the part of a report that sets out coming work.
    """
    said, clause = window.last_context, window.clause_lead
    # a figure that goes on from the one before without a word of its own is of its modality
    if said is not None and not window.lead.strip("、,和及 "):
        return said.modality
    if _required(window, kind):
        return "required"
    if _PAST.search(clause) and not _COMING.search(clause):
        return "actual"
    done, coming = _last(_DONE, clause), _last(_COMING, clause)
    if _MET.search(clause + window.tail[:12]):
        return "actual"
    if done > coming:
        return "actual"
    if coming >= 0:
        return "planned"
    if plan:
        return "actual" if _STANDING.search(clause) else "planned"
    # 力争 and 确保 govern the clauses behind them, till a clause says what is done
    lead = window.sentence_lead
    if _last(_AIMED, lead) > max(_last(_DONE, lead), _last(_PAST, lead)):
        return "planned"
    return "actual"


def _required(window: Window, kind: str) -> bool:
    """Whether a figure is a standard, a price or a condition for each case."""
    if _LIMITED.search(window.lead) and _MUST.search(window.sentence_lead):
        return True
    if kind == "per":
        return not _DONE.search(window.clause_lead)
    return bool(_RULED.search(window.lead))


def _last(pattern: Pattern, text: str) -> int:
    """Where the last match of a pattern ends, -1 for none."""
    return max((m.end() for m in pattern.finditer(text)), default=-1)
