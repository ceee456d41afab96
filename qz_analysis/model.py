"""The typed objects that every room knows, from the document that is read to the tables of a run.

Numbers are exact in them and become floats in the rows of tables; `Claim.of_row` reads these back.
"""

import hashlib
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from .schema import CLAIMS, CORRECTED, frame, join_starts

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Claim", "Correction", "Document", "Quantity", "Relation", "Report", "Tables"]

#: a row of a table, its cells in the order of the table's columns
Row = tuple[Any, ...]
_NAN = float("nan")


@dataclass(frozen=True)
class Document:
    """One source text with its name.

    The extractor reads `text[body:]`; offsets count from `text[0]`.

    >>> page = Document("jia", "甲县受理43宗。")
    >>> page.text[page.body :], page.hash
    ('甲县受理43宗。', 'bdfa575842d7fd35')
    """

    doc: str
    text: str
    meta: dict[str, Any] = field(default_factory=dict)
    body: int = 0
    sha256: str = ""
    file: str = ""
    kind: str = "text"

    @cached_property
    def hash(self) -> str:
        """What corrections know the text by: 16 hex digits of the SHA-256 of its UTF-8."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Report:
    """One report of a page; offsets are those of the clean text."""

    start: int
    end: int
    title: str
    place: str
    level: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of the clean text, with its offsets there; values are exact, in the base unit."""

    start: int
    end: int
    text: str
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    bound: str = "exact"
    unit: str = ""
    status: str = "ok"
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """One figure that a report states; the fields are the columns of `schema.CLAIMS`.

    A number that the page lost, or that a figure of this kind has not, is None.
    """

    doc: str
    report: int
    start: int
    end: int
    text: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    bound: str
    unit: str
    kind: str
    direction: str
    family: str
    stage: str
    measure: str
    subject: str
    period: str
    place: str
    level: str
    status: str
    note: str
    role: str
    sentence: int
    clause: int
    before: str
    after: str
    hash: str
    corrected: str = ""

    @classmethod
    def of_row(cls, row: Iterable[Any]) -> Self:
        """The claim of a table's row; an empty cell may be NaN, as a file gives it back."""
        cells: list[Any] = ["" if cell != cell else cell for cell in row]
        cells[5:8] = map(exact, cells[5:8])
        return cls(*cells)

    @property
    def cells(self) -> Row:
        """The fields in the order of the columns."""
        return _CELLS(self)

    @property
    def row(self) -> Row:
        """The row of the claims table, its numbers floats, NaN where there is none."""
        cells = _CELLS(self)
        return (*cells[:5], *map(_float, cells[5:8]), *cells[8:])


_CELLS = attrgetter(*(column.name for column in CLAIMS))


def exact(number: float | Decimal | str | None) -> Decimal | None:
    """A number by the fewest digits that its float can mean, so that 83.7 is 837/10; None for none.

    >>> exact(83.7), exact(Decimal(200) / 3), exact(float("nan"))
    (Decimal('83.7'), Decimal('66.66666666666667'), None)
    """
    # a float holds any number of so few digits, and its table gives the number back
    if isinstance(number, Decimal) and len(number.as_tuple().digits) <= sys.float_info.dig:
        return number
    value = _NAN if number is None or number == "" else float(number)
    return Decimal(repr(value)) if value == value else None


def _float(number: Decimal | None) -> float:
    return _NAN if number is None else float(number)


def claims_of(table: "pd.DataFrame", needed: Iterable[str] = ()) -> list[Claim]:
    """The claims of a table, in its order; a column that it lacks is taken for empty.

    Raises:
        KeyError: a column that is needed is missing.
    """
    names, needed = [column.name for column in CLAIMS], {*needed}
    empty = [""] * len(table)
    columns = [table[name].tolist() if name in needed or name in table else empty for name in names]
    return [Claim.of_row(row) for row in zip(*columns, strict=True)]


@dataclass(frozen=True, slots=True)
class Relation:
    """A piece of arithmetic that a report states: the claims it ties and its verdict.

    The stated result comes first; the further fields are those of `schema.RELATIONS`.
    """

    type: str
    claims: tuple[Claim, ...]
    verdict: str
    computed: float = _NAN
    note: str = ""
    low: float = _NAN
    high: float = _NAN
    rounding: str = ""
    power: float = _NAN
    chance: float = _NAN
    reason: str = ""
    repair: str = ""

    @property
    def row(self) -> Row:
        """The row of the relations table."""
        result, starts = self.claims[0], join_starts(claim.start for claim in self.claims)
        return result.doc, result.report, self.type, starts, *_JUDGEMENT(self)


_JUDGEMENT = attrgetter(*(column.name for column in fields(Relation)[2:]))


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of a corrections file: who says what a cell of a claim, or the claim itself, is."""

    hash: str
    doc: str
    start: int
    end: int
    column: str
    was: str
    now: str
    who: str = ""
    when: str = ""
    why: str = ""
    # where it was read, and what makes it no correction at all: for messages
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)
    fault: str = field(default="", compare=False)

    @property
    def key(self) -> tuple[str, int, int, str]:
        """What it corrects: of two lines with one key the later one holds."""
        return self.hash, self.start, self.end, self.column

    @property
    def cells(self) -> tuple[str, ...]:
        """The line's cells in the order of `schema.CORRECTIONS`."""
        said = (self.column, self.was, self.now, self.who, self.when, self.why)
        return self.hash, self.doc, str(self.start), str(self.end), *said

    @property
    def place(self) -> str:
        """Where it was read, as messages name it."""
        return f"{self.file}, line {self.line}" if self.line else self.file or "corrections"


class _Tables(NamedTuple):
    """What a run's tables unpack into."""

    claims: "pd.DataFrame"
    relations: "pd.DataFrame"
    reports: "pd.DataFrame"
    errors: "pd.DataFrame"


class Tables(_Tables):
    """The three tables of a run, and the errors table: files that were not read, why, the way out.

    What became of corrections is no fifth table but the attribute `corrected`, with the columns of
    `schema.CORRECTED`, so that the tables unpack into four.

    >>> from qz_analysis import tables
    >>> made = tables("甲县受理43宗，办结36宗。")
    >>> claims, relations, reports, errors = made
    >>> claims["text"].tolist(), made.corrected.empty
    (['43宗', '36宗'], True)
    """

    _corrected: "pd.DataFrame | None" = None

    def __new__(cls, *tables: "pd.DataFrame", corrected: "pd.DataFrame | None" = None) -> Self:
        made = super().__new__(cls, *tables)
        made._corrected = corrected
        return made

    @property
    def corrected(self) -> "pd.DataFrame":
        """What became of every correction given; empty when none was."""
        return frame([], CORRECTED) if self._corrected is None else self._corrected
