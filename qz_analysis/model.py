"""What the stages hand to each other: a document, its reports, their quantities, claims and
relations.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from .errors import TableError
from .schema import CLAIMS, CORRECTED, frame
from .vocabularies.patterns import Pattern, words

if TYPE_CHECKING:
    import pandas as pd

_HAN = Pattern("claim", r"[\u4e00-\u9fff]+")
_BREAK = Pattern("claim", r"[,;:()。!?\n]")
_TAIL = Pattern("claim", r"[,;:()。!?\n、率]")


_T = TypeVar("_T")


class _once(Generic[_T]):
    """As `functools.cached_property`, which takes a lock each time (Python 3.11)."""

    def __init__(self, make: Callable[[Any], _T]) -> None:
        self._make, self._name, self.__doc__ = make, make.__name__, make.__doc__

    def __get__(self, owner: Any, kind: type | None = None) -> _T:
        if owner is None:  # asked of the class
            return self  # type: ignore[return-value]
        value = owner.__dict__[self._name] = self._make(owner)
        return value


@dataclass(frozen=True, slots=True)
class Known:
    """What one source outside its sentences says of a document, or of one report of it.

    `source` is `sidecar`, `front matter`, `html` or `word`; an empty answer is none, and `-` in a
    sidecar says that there is nothing to know. `issuer` is the body that signs it, or that put a page on the net, `made` the day on which
    a Word file was made, which is no date of what it says.

    >>> Known("sidecar", place="唐县", report=1).answers
    {'place': '唐县'}
    """

    source: str
    place: str = ""
    level: str = ""
    dated: str = ""
    period: str = ""
    title: str = ""
    url: str = ""
    genre: str = ""
    issuer: str = ""
    made: str = ""
    #: which report of the document, or else its stretch of the raw text; below 0 where not said
    report: int = -1
    start: int = -1
    end: int = -1
    # where it was read: for messages
    where: str = field(default="", compare=False)

    @property
    def answers(self) -> dict[str, str]:
        """What it says, by the names of the columns of `schema.SIDECAR`."""
        return {name: said for name in ANSWERS if (said := getattr(self, name))}


#: what can be known of a report from outside its sentences
ANSWERS = ("place", "level", "dated", "period", "title", "url", "genre", "issuer")


class Doubt(NamedTuple):
    """A figure of a scan that is not sure: its stretch of the raw text, and how it may read."""

    start: int
    end: int
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One source text with its name; offsets count from `text[0]`, `text[body:]` is what is read.

    >>> page = Document("jia", "甲县受理43宗。")
    >>> page.text[page.body :]
    '甲县受理43宗。'
    """

    doc: str
    text: str
    meta: dict[str, Any] = field(default_factory=dict)
    body: int = 0
    sha256: str = ""
    file: str = ""
    kind: str = "text"
    #: what is known from outside its sentences, what outranks the rest first
    known: tuple[Known, ...] = ()
    #: the pages that were recognised from pictures, and the figures there that are masked as not sure
    scanned: tuple[int, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def told(self, name: str) -> Known | None:
        """The first source that answers a question.

        >>> Document("a", "", known=(Known("sidecar"), Known("html", url="a.cn"))).told("url").source
        'html'
        """
        return next((one for one in self.known if getattr(one, name)), None)


@dataclass(frozen=True, slots=True)
class Report:
    """One report of a page; its offsets are those of the clean text."""

    start: int
    end: int
    title: str
    place: str
    level: str
    adcode: str = ""
    #: when it was delivered or published (`2020`, `2020-01-15`), and how that is known
    dated: str = ""
    dated_from: str = ""
    place_from: str = ""
    url: str = ""
    #: as what its page tells that date: `delivered`, `signed`, `published`, else empty
    dated_as: str = ""
    #: the body that signs it, or that put its page on the net
    issuer: str = ""
    #: the newspaper or the site that passed it on
    carrier: str = ""
    warnings: tuple[str, ...] = ()
    #: what a sidecar says of it otherwise than the document: names of `ANSWERS`
    given: frozenset[str] = frozenset()
    #: the time that a sidecar says it reports on, and what it is called there
    period: str = ""
    genre: str = ""
    #: the report without the sidecar, where that says otherwise
    found: "Report | None" = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of the clean text: offsets in that text, exact values in the base unit."""

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


@dataclass(frozen=True, eq=False)
class Claim:
    """One number that a report asserts, with what its words say of it.

    The fields are the columns of `schema.CLAIMS` in their order; numbers are exact, None where the
    page has none. `text` keeps the printed digits.

    >>> claim = Claim("jia", 0, 2, 7, "2163宗", Decimal(2163), unit="宗", kind="count", before="受理")
    >>> claim.number, claim.lead, claim.counts, claim.row[:6]
    (Fraction(2163, 1), '受理', True, ('jia', 0, 2, 7, '2163宗', 2163.0))
    """

    doc: str
    report: int
    start: int
    end: int
    text: str
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    bound: str = "exact"
    unit: str = ""
    kind: str = ""
    direction: str = ""
    family: str = ""
    stage: str = ""
    measure: str = ""
    subject: str = ""
    period: str = ""
    place: str = ""
    level: str = ""
    status: str = "ok"
    note: str = ""
    role: str = ""
    sentence: int = 0
    clause: int = 0
    before: str = ""
    after: str = ""
    hash: str = ""
    corrected: str = ""
    modality: str = ""
    adcode: str = ""
    place_from: str = ""
    period_from: str = ""
    family_p: float = math.nan
    indicator: str = ""
    heading: str = ""

    @classmethod
    def of(cls, cells: Iterable[Any]) -> "Claim":
        """The claim whose fields are some cells, in the order of the fields.

        Setting so many frozen fields one by one takes five times as long.

        >>> claim = Claim("jia", 0, 2, 7, "2163宗", Decimal(2163))
        >>> Claim.of(vars(claim).values()).row == claim.row
        True
        """
        claim = cls.__new__(cls)
        claim.__dict__.update(zip(_NAMES, cells, strict=True))
        return claim

    @property
    def row(self) -> tuple[Any, ...]:
        """The claim as a row of the claims table: numbers as floats, NaN where there is none."""
        cells = list(islice(self.__dict__.values(), len(_NAMES)))  # the fields stand first in it
        for at in _NUMBERS:
            cells[at] = math.nan if cells[at] is None else float(cells[at])
        return tuple(cells)

    @_once
    def known(self) -> bool:
        """Whether it has a value and the status `ok`."""
        return self.status == "ok" and self.value is not None

    @_once
    def number(self) -> Fraction:
        """The value of a claim that has one."""
        if self.value is None:
            raise ValueError(f"{self.text}: has no value")
        return Fraction(self.value)

    @_once
    def amount(self) -> int | Fraction:
        """The same to add and compare, which whole numbers do many times faster than fractions."""
        number = self.number
        return number.numerator if number.denominator == 1 else number

    @_once
    def digits(self) -> int:
        """How many digits its value has without the zeros at its end: round figures agree by chance."""
        return len(str(self.number.numerator).rstrip("0"))

    @_once
    def lead(self) -> str:
        """The words before it in its own clause."""
        return _BREAK.split(self.before)[-1]

    @_once
    def tail(self) -> str:
        """The words behind it in its own clause."""
        return _TAIL.split(self.after, maxsplit=1)[0]

    @_once
    def words(self) -> str:
        """The words of its clause, with those of the clause before where it begins with the number."""
        own = self.lead + self.tail
        return own if len("".join(_HAN.findall(own))) > 1 else self.before + self.tail

    @_once
    def counts(self) -> bool:
        """Whether it says how many there are now: no share, change, earlier figure or standard."""
        return (
            self.kind in {"count", "money", "measure"}
            and self.unit not in words("claim", "uncounted")
            and not (self.role in {"base", "mean", "threshold"} or self.average)
        )

    @property
    def average(self) -> bool:
        """Whether it is an average (日均10169件), which is no total."""
        return self.lead.endswith(tuple(words("claim", "averages")))

    @property
    def rewritten(self) -> bool:
        """Whether a reviewer says that the figure is another one than was read."""
        return bool({"value", "unit"} & set(self.corrected.split(";")))

    def as_corrected(self) -> "Claim":
        """The claim with its text as the page would have printed a corrected value."""
        if not self.corrected or self.value is None or not self.rewritten:
            return self
        scale = next((word for word in ("亿", "万") if word in self.text), "")
        number = self.number / {"亿": 10**8, "万": 10**4, "": 1}[scale]
        digits = Decimal(number.numerator) / Decimal(number.denominator)
        return replace(self, text=f"{digits:f}{scale}{self.unit}")


_NAMES = [f.name for f in CLAIMS]
_NUMBERS = [_NAMES.index(name) for name in ("value", "low", "high")]
_FAMILY_P = _NAMES.index("family_p")
#: columns of a claims table without which its claims cannot be read
NEEDED = ["doc", "report", "start", "text", "value", "low", "high", "bound", "unit", "kind",
          "direction", "family", "stage", "subject", "period", "role", "sentence", "before", "after",
          "status"]  # fmt: skip
_DEFAULTS = {f.name: 0 if f.dtype == "int" else "" for f in CLAIMS}


def claim_of(row: Sequence[Any]) -> Claim:
    """The claim of a row in the order of `schema.CLAIMS`: the way back from a table or a file.

    A number is read by its shortest digits, so that 83.7 is 837/10 and not the nearest binary
    fraction; NaN is no number, and no words.
    """
    cells: list[Any] = ["" if cell != cell else cell for cell in row]
    for at in _NUMBERS:
        cells[at] = None if cells[at] == "" else _exact(cells[at])
    cells[_FAMILY_P] = math.nan if cells[_FAMILY_P] == "" else float(cells[_FAMILY_P])
    return Claim.of(cells)


def read_claim(row: Mapping[str, Any]) -> Claim:
    """The claim of a table's row; a column of `NEEDED` that is missing is a KeyError."""
    cells = {**_DEFAULTS, **{name: row[name] for name in NEEDED}}
    return claim_of([row.get(name, cells[name]) for name in _NAMES])


def claims_columns(claims: object, wanted: Iterable[str]) -> None:
    """Makes sure that a table is one of claims, with the columns that are wanted of it.

    Raises:
        TableError: it lacks some of them.
    """
    there = getattr(claims, "columns", ())
    if lacking := [name for name in wanted if name not in there]:
        way_out = "pass the claims table that qz.extract or qz.tables gives"
        older = "; one that an older version made, extract anew"
        raise TableError(lacking, way_out + (older if lacking == ["indicator"] else ""))


def by_report(claims: "pd.DataFrame") -> dict[tuple[str, int], list[Claim]]:
    """The claims of a table by document and report, in their order."""
    claims_columns(claims, NEEDED)
    columns = {name: [value] * len(claims) for name, value in _DEFAULTS.items()}
    columns |= {name: claims[name].tolist() for name in _NAMES if name in claims or name in NEEDED}
    found: dict[tuple[str, int], list[Claim]] = {}
    for row in zip(*(columns[name] for name in _NAMES), strict=True):
        found.setdefault(row[:2], []).append(claim_of(row))
    return found


def _exact(value: float) -> Decimal:
    whole = abs(value) < 1 << 53 and value == int(value)
    return Decimal(int(value)) if whole else Decimal(repr(float(value)))


@dataclass(frozen=True, eq=False, slots=True)
class Relation:
    """One piece of arithmetic that a report lets a reader check, with the claims that take part.

    The fields are the columns of `schema.RELATIONS` from `type` on; `claims` stands in the place of
    `starts`, the stated result first.
    """

    type: str
    claims: tuple[Claim, ...]
    verdict: str
    computed: float = math.nan
    note: str = ""
    low: float = math.nan
    high: float = math.nan
    rounding: str = ""
    power: float = math.nan
    chance: float = math.nan
    reason: str = ""
    mend: str = ""

    @property
    def row(self) -> tuple[Any, ...]:
        """The relation as a row of the relations table, without document and report."""
        starts = ";".join(str(claim.start) for claim in self.claims)
        return (self.type, starts, *_REST(self))


_REST = attrgetter("verdict", "computed", "note", "low", "high", "rounding", "power", "chance",
                   "reason", "mend")  # fmt: skip


def starts_of(cell: Any) -> list[int]:
    """The starts of the claims that a cell of a relations table or of a panel names.

    >>> starts_of("12;34"), starts_of("")
    ([12, 34], [])
    """
    return [int(start) for start in str(cell).split(";") if start]


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of a corrections file: who says that a cell of a claim is something else."""

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
        place = self.hash, self.doc, str(self.start), str(self.end)
        return (*place, self.column, self.was, self.now, self.who, self.when, self.why)

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
    """The four tables of a run: claims, relations, reports, and errors with their reasons.

    What became of corrections is the attribute `corrected` (columns of `schema.CORRECTED`), so that
    the four unpack.

    >>> from qz_analysis import tables
    >>> made = tables("甲县受理43宗，办结36宗。")
    >>> claims, relations, reports, errors = made
    >>> claims["text"].tolist(), made.corrected.empty
    (['43宗', '36宗'], True)
    """

    _corrected: "pd.DataFrame | None" = None

    @classmethod
    def of(cls, *tables: "pd.DataFrame", corrected: "pd.DataFrame") -> "Tables":
        """Claims, relations, reports and errors, with what became of the corrections.

        >>> import pandas as pd
        >>> empty = pd.DataFrame()
        >>> len(Tables.of(empty, empty, empty, empty, corrected=empty))
        4
        """
        made = cls(*tables)
        made._corrected = corrected
        return made

    @property
    def corrected(self) -> "pd.DataFrame":
        """What became of every correction given; empty when none was."""
        return frame([], CORRECTED) if self._corrected is None else self._corrected
