"""The words round a quantity → the family it belongs to, and whether it was received, resolved or is pending."""

import re

from ..vocabularies.patterns import Pattern
from ..vocabularies.session import kept, load
from ..vocabularies.units import measure_of, section_of
from .window import HAN, HAN_RUN, Where

__all__ = ["family_of", "stage_of"]

_PLACES = Pattern("topics", r"{places}(?=$|[,。;、]|{goes_on})")
_VISITED = Pattern("topics", r"{visited}")
_PETITIONED = Pattern("topics", r"{petitioned}")
_RECEPTION = Pattern("topics", r"{reception}")
_RATED = Pattern("topics", r"{rated}")
_WORD = re.compile(r"[\u4e00-\u9fff]{2}")
_LOOK = re.compile(
    r"^\(\?<?[=!].*?\)"
)  # a look-around before the first character of a marking word
_PENDING = Pattern("topics", r"{pending}|{not_yet}(?:得到)?[^,。]{0,4}{undone}")
# verbs say what was done; nouns (来访, 诉求) only what it was done with
_VERBS = {
    "resolved": Pattern("topics", r"{resolved}"),
    "received": Pattern("topics", r"{received}"),
}
_NOUNS = Pattern("topics", r"{matters}")
_AVERTED = Pattern("topics", r"{averted}")
_RESOLVED_RATE = Pattern("topics", r"{resolved_rates}率")
_STAGED = {"petition", "mediation", "matters", "crime"}


@kept
def _marks(section: str) -> tuple[re.Pattern[str], dict[str, list[tuple[re.Pattern[str], str]]]]:
    """First characters of a section's marking words, and the words by them, longest first: only what can begin is tried."""
    words = [
        (word, family) for family, entry in load("families")[section].items() for word in entry
    ]
    index: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for word, family in sorted(words, key=lambda pair: len(pair[0]), reverse=True):
        first = _LOOK.sub("", word)[0]
        index.setdefault(first, []).append((re.compile(word), family))
    return re.compile(f"[{re.escape(''.join(index))}]"), index


def _mark(text: str, section: str = "words", first: bool = False) -> str:
    """Family of the last (or first) marking word of a text."""
    (firsts, index), at, found = _marks(section), 0, ""
    while (hit := firsts.search(text, at)) and not (first and found):
        at = hit.end()
        for word, family in index[hit[0]]:
            if m := word.match(text, hit.start()):
                found, at = family, max(m.end(), at)
                break
    return found


def family_of(where: Where, topic: str) -> str:
    """The family that the words nearest to the number mark; `topic` is the report's own, where no word does."""
    q, lead = where.quantity, where.lead
    if section_of(q.unit) == "money":
        if where.last_context and where.linked and not HAN_RUN.search(lead):
            return where.last_context.family
        return _mark(lead or where.clause_lead, "money") or "funds"
    if section_of(q.unit) == "share" and where.linked and where.last_context:
        goes_on = lead.startswith("、") and not _RATED.search(lead)  # 个人10%、财政25%
        return where.last_context.family if goes_on else _mark(lead) or where.last_context.family
    if not _WORD.search(lead) and where.linked and where.last_context and not where.tail:
        return where.last_context.family
    if _VISITED.search(lead) and not _PETITIONED.search(lead):
        return "outreach"
    if where.whole is not None and where.among_parts:
        return (
            where.whole.family
        )  # 意见683项,其中基础设施类241项: a part counts the same thing as the whole
    if measure_of(q.unit) in {"batches", "person_times"} and _RECEPTION.search(lead):
        return "petition"
    if _PLACES.match(where.noun):
        return "other"
    found = (
        _mark(where.noun)
        or _mark(lead)
        or _mark(where.noun, "weak")
        or _mark(lead, "weak")
        or _mark(where.tail, first=True)
    )
    if found:
        return found
    if where.linked and where.last_context:
        return where.last_context.family
    return _mark(where.clause_lead) or _mark(where.sentence_lead) or topic or "other"


def stage_of(where: Where, family: str, kind: str) -> str:
    """`received`, `resolved` or `pending` by the verb nearest before the number; empty where the family knows no stages."""
    lead = where.lead
    if family not in _STAGED:
        return ""
    if measure_of(where.quantity.unit) == "sessions":
        return ""
    if _PENDING.search(lead) or where.tail.startswith("正在"):
        return "pending"
    if _RESOLVED_RATE.search(lead):
        return "resolved"
    if _AVERTED.search(lead):
        return ""
    for text in (lead, where.tail if len(lead) < 2 else "", where.clause_lead):
        done = max(
            ((m.end(), stage) for stage, verb in _VERBS.items() for m in verb.finditer(text)),
            default=None,
        )
        if done:
            return done[1]
        if _NOUNS.search(text):
            return "received"
    near = len(HAN.findall(lead)) < 4
    said = where.last_context
    if (
        (near or kind == "change" or where.base)
        and where.linked
        and said is not None
        and said.family == family
    ):
        return said.stage
    return ""
