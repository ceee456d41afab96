"""The window of a quantity: the words round it in its sentence, cut at the next numbers."""

import math
import re
from typing import Any, NamedTuple

from ..model import Quantity
from ..vocabularies.patterns import Pattern
from .stops import CLAUSE

HAN = re.compile(r"[\u4e00-\u9fff]")
HAN_RUN = re.compile(r"[\u4e00-\u9fff“”\"《》、]+")
# how far back the words of a sentence and of a clause are looked at, and how far ahead those behind
# a number: a page without full stops must not cost its square
_FAR, NEAR, _AHEAD = 600, 200, 80
_RELATIVE = 14  # characters behind a unit in which the 的 of a relative clause may stand
_VERB = Pattern("window", r"{verbs}|[、()]")
_BASE = Pattern(
    "window",
    r"""(?x)
    (?: (?: {than} | {from} ) (?: {earlier} | (?P<year>\d{4})年 )  # 较上年, 由2010年
      | {last_year}同期 )
    (?: {half_year} | [一二三四]季度 )?(?:同期)?{of}?$  # 较去年上半年的
    """,
)
_RESULT = Pattern("window", r"{already}*(?:{topics.done}|{results})")


class Context(NamedTuple):
    """What the words round a quantity say of it; the fields are those of the claims table."""

    kind: str
    direction: str
    family: str
    stage: str
    measure: str
    subject: str
    period: str
    place: str
    level: str
    role: str
    sentence: int
    clause: int
    before: str
    after: str
    modality: str = ""
    adcode: str = ""
    place_from: str = ""
    period_from: str = ""
    family_p: float = math.nan
    indicator: str = ""
    heading: str = ""
    # step and marking word by which the rules gave the family; the model of families reads it
    step: str = ""
    mark: str = ""

    def of_family(self, family: str, stage: str, sure: float) -> "Context":
        """The same of a family with its probability, and with the stage that follows from it."""
        cells: list[Any] = list(self)  # `_replace` takes several times as long
        cells[_FAMILY], cells[_STAGE], cells[_SURE] = family, stage, sure
        return Context._make(cells)


_FAMILY, _STAGE, _SURE = map(Context._fields.index, ("family", "stage", "family_p"))


class Window(NamedTuple):
    """The words before and behind a quantity, cut at its neighbours."""

    text: str
    sentence: int
    quantity: Quantity
    # the number before it in the same sentence, with its context
    last: Quantity | None
    last_context: Context | None
    whole: Context | None  # the last number of the same unit, while it may be the whole of this one
    lead: str  # words between the clause's start, or the number before, and this number
    clause_lead: str
    sentence_lead: str
    tail: str  # words behind the unit to the next break or number
    noun: str  # the noun that the measure word counts: the tail up to its first verb
    # words that say that the number is an earlier time's: 较上年的1712件
    base: re.Match[str] | None
    earlier: str = (
        ""  # the stage of the last number of the unit before this sentence, if not smaller
    )
    heading: str = ""  # the words of the heading above

    @property
    def among_parts(self) -> bool:
        """Whether 其中 governs it still: no bracket closed, no clause told of the whole."""
        lead = self.sentence_lead
        at = lead.rfind("其中")
        if at < 0:
            return False
        since = lead[at:]
        closed = since.count(")") > since.count("(")
        return not closed and not ("," in since[3:] and _RESULT.match(self.clause_lead))


def window_of(
    text: str,
    quantity: Quantity,
    sentence: int,
    clause: int,
    last: Quantity | None,
    said: Context | None,
    whole: Context | None,
    behind: int,
    following: int,
    earlier: str = "",
    heading: str = "",
) -> Window:
    """The window of a quantity in a text, from where its sentence and its clause begin.

    `behind` is where the words behind it begin: behind the last number of its chain (11类43项服务);
    `following` is where the next number stands.
    """
    start = quantity.start
    linked = last is not None and last.start >= sentence
    sentence, clause = max(sentence, start - _FAR), max(clause, start - NEAR)
    lead = text[max(clause, last.end if last is not None else 0) : start]
    if not linked:
        last = said = None
    end = max(behind, min(following, behind + _AHEAD))
    stop = CLAUSE.search(text, behind, end)
    tail = text[behind : stop.start() if stop else end]
    return Window(
        text, sentence, quantity, last, said, whole, lead, text[clause:start], text[sentence:start],
        tail, _noun(tail) if tail else "", _BASE.search(lead), earlier, heading,
    )  # fmt: skip


def _noun(tail: str) -> str:
    """The words behind a number up to their first verb."""
    # behind a relative clause (进社区报到的在职党员) stands the noun that it belongs to
    head = tail.find("的", 0, _RELATIVE) + 1
    return tail[:head] + _VERB.split(tail[head:], maxsplit=1)[0]
