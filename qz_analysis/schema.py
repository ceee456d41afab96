"""Every column described once: name, type, meaning. The tables, the data dictionary and the checks read it from here.

Text cells that a spreadsheet would take for a formula: made harmless in CSV files, and back.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "CLAIMS",
    "CORRECTED",
    "CORRECTIONS",
    "DOCUMENTS",
    "ERRORS",
    "IMPLIED",
    "MECHANISMS",
    "PANEL",
    "RELATIONS",
    "REPORTS",
    "RISKY",
    "VOCABULARY",
    "Field",
    "dictionary",
    "frame",
    "join_starts",
    "raw",
    "safe",
    "split_starts",
]


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table."""

    name: str
    dtype: str
    meaning: str


CLAIMS = [
    Field("doc", "str", "the source file's stem"),
    Field("report", "int", "which report of the file, from 0, in the order of `reports`"),
    Field("start", "int", "first character of the number in the raw text"),
    Field("end", "int", "one past the last character of its unit in the raw text"),
    Field("text", "str", "the expression as a person would read it, noise undone"),
    Field(
        "value",
        "float",
        "in the base unit (8872.7万元 is 88727000, 81.25% is 81.25); empty when redacted and for a range",
    ),
    Field("low", "float", "lower end of a range in the base unit, else empty"),
    Field("high", "float", "upper end of a range in the base unit, else empty"),
    Field(
        "bound",
        "str",
        "`exact`, `approx` (近, 约, 左右), `min` (多, 余, 以上), `max` (不足, 以内) or `range`",
    ),
    Field(
        "unit",
        "str",
        "unit or measure word (量词) in Simplified characters, without 万, 亿, 多, 余",
    ),
    Field(
        "kind",
        "str",
        "`count`, `rate`, `change`, `money`, `measure` or `per` (a standard per something)",
    ),
    Field("direction", "str", "`up` or `down` for a change, else empty"),
    Field(
        "family",
        "str",
        "what the figure is about: petition, mediation, matters, crime, funds, staff, …",
    ),
    Field("stage", "str", "`received`, `resolved`, `pending` or empty"),
    Field(
        "measure",
        "str",
        "what is counted, from the unit: batches, person_times, persons, items, yuan, percent, …",
    ),
    Field("subject", "str", "the words of the clause that say what the number is of"),
    Field(
        "period",
        "str",
        "`2011`, `2011-Q1`, `2011-H2`, `2011-06`, `2010..2012`, `2011+` (since), `20xx` (masked) or empty",
    ),
    Field(
        "place",
        "str",
        "the place the claim speaks of, as the report names it, in Simplified characters",
    ),
    Field(
        "level",
        "str",
        "level of the report's place: province, city, county, town, village, bureau or empty",
    ),
    Field(
        "status",
        "str",
        "`ok`, `redacted` (masked or stripped digits: no value) or `spoilt` (damage suspected)",
    ),
    Field("note", "str", "why, when the status is not `ok`"),
    Field(
        "role",
        "str",
        "`base` (last year's figure in brackets), `part` (behind 其中), `share` (in brackets) or empty",
    ),
    Field("sentence", "int", "running number of the sentence in its report"),
    Field("clause", "int", "running number of the clause in its report"),
    Field(
        "before",
        "str",
        "the words of the sentence between the number before it, or its beginning, and this one",
    ),
    Field(
        "after",
        "str",
        "the words between this number and the next, or the sentence's end with its stop",
    ),
    Field("hash", "str", "16 hex digits that stand for the document's text, as in `documents`"),
    Field(
        "corrected",
        "str",
        "names of the columns that a reviewer corrected, joined by `;`, else empty",
    ),
]

CORRECTIONS = [
    Field("hash", "str", "which text it corrects: `hash` of `claims` and `documents`"),
    Field("doc", "str", "the document's name, for people; the hash decides"),
    Field("start", "int", "`start` of the claim in the raw text"),
    Field("end", "int", "`end` of the claim in the raw text"),
    Field("column", "str", "a column of `claims`, or `claim` for a verdict on the whole row"),
    Field("was", "str", "what the extractor said; for a verdict the claim's `text`"),
    Field(
        "now",
        "str",
        "what holds; for a verdict the same text (it is right) or nothing (it is no claim)",
    ),
    Field("who", "str", "who says so"),
    Field("when", "str", "when, as `2011-06-30T09:00:00Z`"),
    Field("why", "str", "on what grounds"),
]

CORRECTED = [
    Field(
        "doc",
        "str",
        "name of the document; where it is not among these, the name that the correction gives",
    ),
    Field("report", "int", "which report of the file; -1 where no claim stands there"),
    *CORRECTIONS[2:],
    Field(
        "outcome",
        "str",
        "`applied`, `accepted` (found right), `dropped` (no claim), `superseded` (by a later line), `already` "
        "(the extractor says so itself), `refused` or `elsewhere` (its document is not among these)",
    ),
    Field("reason", "str", "why it was refused or superseded"),
    Field("hash", "str", "which text it corrects, as in `claims`"),
]

RELATIONS = [
    Field("doc", "str", "the source file's stem"),
    Field("report", "int", "which report of the file"),
    Field(
        "type",
        "str",
        "`rate`, `yoy` (year-on-year), `sum`, `diff`, `product`, `repeat`; `possible` among unchecked ones",
    ),
    Field(
        "starts",
        "str",
        "`start` of each claim that takes part, joined by `;`, the stated result first",
    ),
    Field(
        "verdict",
        "str",
        "`ok` (holds within rounding or a bound), `bad`, or when asked for `unchecked`",
    ),
    Field("computed", "float", "the recomputed result, in the unit of the stated one"),
    Field("note", "str", "the arithmetic in words"),
    Field(
        "low",
        "float",
        "lower end of the recomputed result, its figures taken as the intervals they stand for",
    ),
    Field("high", "float", "upper end of it"),
    Field(
        "rounding",
        "str",
        "what makes it hold: `half-up`, `half-even`, `truncated` (only if cut off), or the bound",
    ),
    Field(
        "power",
        "float",
        "chance that a random figure with as many digits would have passed; for a rate, with its denominator alone (GRIM)",
    ),
    Field(
        "chance",
        "float",
        "chance that a random figure would have passed this very check; from 0.5 on the check is blind",
    ),
    Field("reason", "str", "why it is unchecked"),
    Field(
        "mend",
        "str",
        "readings of one figure that would make a failed check hold: a suggestion, never a value",
    ),
]

IMPLIED = [
    Field("doc", "str", "the source file's stem"),
    Field("report", "int", "which report of the file"),
    Field("place", "str", "place, as in `claims`"),
    Field("what", "str", "`earlier level`, `remainder` or `cost per unit`: derived, never stated"),
    Field("subject", "str", "as in `claims`"),
    Field("period", "str", "of the figures it is derived from"),
    Field("value", "float", "the derived figure, from the printed values as they stand"),
    Field("low", "float", "lower end, the printed values taken as the intervals they stand for"),
    Field("high", "float", "upper end"),
    Field("unit", "str", "unit of `value`"),
    Field("starts", "str", "`start` of each claim that it is derived from, joined by `;`"),
    Field("note", "str", "the arithmetic in words"),
]

REPORTS = [
    Field("doc", "str", "the source file's stem"),
    Field("report", "int", "number of the report in the file, from 0"),
    Field("start", "int", "first character of its stretch of the raw text"),
    Field("end", "int", "one past the last"),
    Field("title", "str", "its heading, if any"),
    Field("place", "str", "the place or body that it speaks of, as named (`**县` when masked)"),
    Field("level", "str", "`province`, `city`, `county`, `town`, `village`, `bureau` or empty"),
    Field("period", "str", "the time it reports on"),
    Field(
        "same_as",
        "str",
        "`doc:report` of an earlier report with (nearly) the same text, else empty",
    ),
]

DOCUMENTS = [
    Field("doc", "str", "name of the document in the other tables"),
    Field("file", "str", "the file it came from; behind an archive's name, its name in there"),
    Field("kind", "str", "what the content is: text, html, mhtml, docx, doc, rtf, pdf or table"),
    Field("sha256", "str", "hash of the bytes that were read"),
    Field(
        "characters",
        "int",
        "length of the text that the reader got out, which the offsets count in",
    ),
    Field(
        "hash",
        "str",
        "first 16 hex digits of the SHA-256 of that text in UTF-8: corrections know the document by it",
    ),
]

ERRORS = [
    Field(
        "file",
        "str",
        "the file that was not read, as given; behind an archive's name, its name in there",
    ),
    Field(
        "stage",
        "str",
        "`list`, `unpack`, `read`, `extract`, `write`, or `correct` (a correction that was refused)",
    ),
    Field("reason", "str", "why"),
    Field("way_out", "str", "what to do about it"),
]

MECHANISMS = [
    Field("doc", "str", "the source file's stem"),
    Field("report", "int", "which report of the file"),
    Field("place", "str", "the place or body that the report speaks of, as in `reports`"),
    Field("level", "str", "level of that place, as in `reports`"),
    Field(
        "mechanism",
        "str",
        "key in `vocabularies/mechanisms.toml`, such as `joint_meeting` (联席会议)",
    ),
    Field(
        "group",
        "str",
        "`reception`, `responsibility`, `mediation`, `outreach`, `resources`, `information` or `assessment`",
    ),
    Field("label", "str", "its name in English"),
    Field("term", "str", "its name in Chinese"),
    Field("start", "int", "first character of the words that name it in the raw text"),
    Field("end", "int", "one past their last character"),
    Field("text", "str", "the words as printed, noise undone"),
    Field(
        "negated", "bool", "whether the words only deny it or plan it (尚未建立, 拟建立, 将建立)"
    ),
]

PANEL = [
    Field("doc", "str", "the source file's stem"),
    Field("report", "int", "which report of the file"),
    Field("place", "str", "place, as in `claims`"),
    Field("level", "str", "level of the report's place"),
    Field("period", "str", "period, as in `claims`"),
    Field("indicator", "str", "`family.stage.measure`"),
    Field("family", "str", "as in `claims`"),
    Field("stage", "str", "as in `claims`"),
    Field(
        "measure",
        "str",
        "as in `claims`; `persons_per_batch`, `rate`, `persons_per_town` for recomputed ones",
    ),
    Field("unit", "str", "unit of `value`"),
    Field("kind", "str", "as in `claims`"),
    Field("direction", "str", "as in `claims`"),
    Field("subject", "str", "as in `claims`"),
    Field("value", "float", "the figure: rates in %, money in 元"),
    Field("low", "float", "lower end of a range"),
    Field("high", "float", "upper end of a range"),
    Field("bound", "str", "as in `claims`"),
    Field("how", "str", "`stated`, `recomputed` or `stated and recomputed`"),
    Field("numerator", "float", "what stands above the line, where there is a division"),
    Field("denominator", "float", "what stands below it"),
    Field("ci_low", "float", "lower end of the 95 % Wilson interval of a rate with counts, in %"),
    Field("ci_high", "float", "upper end of it, in %"),
    Field("audit", "str", "`ok`, `bad` or empty (not checked)"),
    Field("status", "str", "as in `claims`"),
    Field("caveats", "str", "named reservations, joined by `; `"),
    Field("text", "str", "the expression as printed"),
    Field("claims", "str", "`start` of each claim row behind the figure, joined by `;`"),
    Field("group", "str", "what the row is lined up by: place, period, level or family"),
    Field(
        "corrected",
        "str",
        "columns that a reviewer corrected in the claims behind the figure, joined by `;`",
    ),
]


VOCABULARY = [
    Field(
        "entry", "str", "file, section and entry of the vocabulary, such as `units.petition.批次`"
    ),
    Field("does", "str", "`adds`, `overrides` an entry of the package, or `adds words` to one"),
    Field("value", "str", "what the user's file says; of a table its names"),
    Field("file", "str", "name of the user's file"),
    Field("line", "int", "its line there"),
]


def dictionary(fields: list[Field]) -> str:
    """A Markdown table of columns, as `data/README.md` shows it.

    Args:
        fields: one of `CLAIMS`, `RELATIONS`, `REPORTS`, `PANEL`.

    >>> print(dictionary([Field("doc", "str", "the stem")]))
    | column | type | meaning |
    | --- | --- | --- |
    | doc | str | the stem |
    """
    rows = [f"| {f.name} | {f.dtype} | {f.meaning} |" for f in fields]
    return "\n".join(["| column | type | meaning |", "| --- | --- | --- |", *rows])


_DTYPES: dict[str, Any] = {"int": "int64", "float": "float64", "str": "str", "bool": "bool"}


def frame(rows: Iterable[Sequence[Any]], fields: list[Field]) -> "pd.DataFrame":
    """A table with the columns and types of a description, empty or not.

    Args:
        rows: one sequence per row, in the order of the fields.
        fields: one of `CLAIMS`, `RELATIONS`, `REPORTS`, `PANEL`.

    Returns:
        a DataFrame with exactly these columns.

    >>> frame([], REPORTS).dtypes["start"].name
    'int64'
    """
    import pandas as pd

    columns = list(zip(*rows, strict=True)) or [()] * len(fields)
    pairs = zip(fields, columns, strict=True)
    return pd.DataFrame(
        {f.name: pd.array(list(c), dtype=_DTYPES[f.dtype]) for f, c in pairs}, copy=False
    )


def join_starts(starts: Iterable[int]) -> str:
    """The cell that names claims by where they start.

    >>> join_starts([12, 34])
    '12;34'
    """
    return ";".join(map(str, starts))


def split_starts(cell: object) -> list[int]:
    """Where the claims that a cell names start.

    >>> split_starts("12;34"), split_starts("")
    ([12, 34], [])
    """
    return [int(start) for start in str(cell).split(";") if start]


#: what a spreadsheet computes instead of showing; apostrophes before it count, so that `raw` always finds the way back
RISKY = re.compile(r"'*[=+\-@\t\r]")


def safe(cell: str) -> str:
    """The cell with an apostrophe in front when it begins like a formula.

    >>> safe("=1+1"), safe("193批次"), safe("'=1+1")
    ("'=1+1", '193批次', "''=1+1")
    """
    return "'" + cell if RISKY.match(cell) else cell


def raw(cell: str) -> str:
    """What `safe` was given.

    >>> raw("'=1+1"), raw("'quoted'")
    ('=1+1', "'quoted'")
    """
    return cell[1:] if cell[:1] == "'" and RISKY.match(cell) else cell
