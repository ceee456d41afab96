"""The words round a quantity: cut at its neighbours in the sentence, with what the number before it was."""

import re
from dataclasses import dataclass

from ..vocabularies.patterns import Pattern
from .periods import CLAUSE
from .quantities import Quantity

__all__ = ["HAN", "HAN_RUN", "NEAR", "Context", "Where", "look_round"]


@dataclass(frozen=True, slots=True)
class Context:
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


_VERB = Pattern("window", r"{verbs}|[、()]")
HAN = re.compile(r"[\u4e00-\u9fff]")
HAN_RUN = re.compile(r"[\u4e00-\u9fff“”\"《》、]+")
_BASE = Pattern(
    "window",
    r"""(?x)
    (?: (?: {than} | {from} ) (?: {earlier} | (?P<year>\d{4})年 )  # 较上年, 由2010年
      | {last_year}同期 )
    (?: {half_year} | [一二三四]季度 )?(?:同期)?{of}?$  # 较去年上半年的
    """,
)
_RESULT = Pattern("window", r"{already}*{results}")


@dataclass(frozen=True, slots=True)
class Where:
    """The words before and after a quantity, cut at its neighbours."""

    text: str
    sentence: int
    quantity: Quantity
    last: Quantity | None
    last_context: Context | None
    whole: Context | None  # the number of the same unit before it in the sentence
    linked: bool  # the number before stands in the same sentence
    lead: str  # words between the clause's start, or the number before, and this number
    clause_lead: str
    tail: str  # words behind the unit to the next break or number
    noun: str  # the noun that the measure word counts: the tail up to its first verb
    base: (
        re.Match[str] | None
    )  # words that say that the number is an earlier time's: 较上年的1712件

    @property
    def sentence_lead(self) -> str:
        return self.text[self.sentence : self.quantity.start]

    @property
    def among_parts(self) -> bool:
        """Whether 其中 still governs: not behind its closing bracket, nor in a clause that says what was done with the whole."""
        lead = self.sentence_lead
        at = lead.rfind("其中")
        if at < 0:
            return False
        since = lead[at:]
        closed = since.count(")") > since.count("(")
        whole = "," in since[3:] and _RESULT.match(self.clause_lead)
        return not closed and not whole


# how far back the words of a sentence and a clause are looked at: a page without full stops must not cost its square
_FAR, NEAR = 600, 200
_AHEAD = 80
_RELATIVE = 14


def look_round(text: str, sentence: int, clause: int, quantity: Quantity, before: tuple[Quantity | None, Context | None], whole: Context | None, noun: int, after: int) -> Where:  # fmt: skip
    """What stands round a quantity, from the offsets where its sentence, its clause and the next number begin.

    Args:
        text: the clean text.
        sentence, clause: where they begin.
        quantity: the quantity.
        before: the quantity before it, with its context.
        whole: the context of the last number of the same unit, while it may be the whole of this one.
        noun: where the words behind the unit begin: behind the last number of a chain (11类43项服务).
        after: where the next number begins.
    """
    last, said = before
    start = quantity.start
    linked = last is not None and last.start >= sentence
    sentence, clause = max(sentence, start - _FAR), max(clause, start - NEAR)
    lead = text[max(clause, last.end if last is not None else 0) : start]
    end = max(noun, min(after, noun + _AHEAD))
    stop = CLAUSE.search(text, noun, end)
    tail = text[noun : stop.start() if stop else end]
    return Where(
        text,
        sentence,
        quantity,
        last,
        said,
        whole,
        linked,
        lead,
        text[clause:start],
        tail,
        _noun(tail),
        _BASE.search(lead),
    )


def _noun(tail: str) -> str:
    """The tail up to its first verb; behind a relative clause (进社区报到的在职党员) the noun that it belongs to."""
    head = tail.find("的", 0, _RELATIVE) + 1
    return tail[:head] + _VERB.split(tail[head:], maxsplit=1)[0]
