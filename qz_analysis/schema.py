"""Every column of every table, described once; and cells that no spreadsheet takes for a formula."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    import pandas as pd

#: the package's version, which runs, workbooks and data packages name
VERSION = "0.1.0"
#: what files say of who made them
MAKER = "qz-analysis"
#: the same in saved pictures
DRAWN_BY = "qz_analysis"
#: what each web page that the package makes says in its head, by which it is known again;
#: attributes come in the order of their names
GENERATOR = f'content="{MAKER}" name="generator"'
#: under which name a table's `attrs` hold the titles of documents, which sources are known by
TITLES = "titles"
#: and the period and the date of each
ABOUT = "about"
#: the tables that a run may write
TABLE_NAMES = ("claims", "relations", "reports", "documents", "corrected", "errors", "texts")


class Shared(dict[str, Any]):
    """What a table carries beside its columns (`attrs`), the same object in all that is made of it:
    pandas copies a plain dictionary, with all that it holds, at each step. It is never changed.

    >>> from copy import deepcopy
    >>> titles = Shared(a="信访工作总结")
    >>> deepcopy(titles) is titles
    True
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> "Shared":
        return self


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table."""

    name: str
    dtype: str
    meaning: str


def _described(table: str) -> list[Field]:
    """Columns from lines of name, type and meaning; an indented line goes on with the meaning."""
    rows = re.sub(r"\n +", " ", table.strip()).splitlines()
    return [Field(*row.split(maxsplit=2)) for row in rows]


CLAIMS = _described("""
doc        str    the source file's stem
report     int    which report of the file, from 0, in the order of `reports`
start      int    first character of the number in the raw text
end        int    one past the last character of its unit in the raw text
text       str    the expression as a person would read it, noise undone
value      float  in the base unit (8872.7万元 is 88727000, 81.25% is 81.25); empty when redacted
                  and for a range
low        float  lower end of a range in the base unit, else empty
high       float  upper end of a range in the base unit, else empty
bound      str    `exact`, `approx` (近, 约, 左右), `min` (多, 余, 以上), `max` (不足, 以内) or
                  `range`
unit       str    unit or measure word (量词) in Simplified characters, without 万, 亿, 多, 余
kind       str    `count`, `rate`, `change`, `money`, `measure` or `per` (a standard per
                  something)
direction  str    `up` or `down` for a change, else empty
family     str    what the figure is about: petition, mediation, matters, crime, funds, staff, …
stage      str    `received`, `resolved`, `pending` or empty
measure    str    what is counted, from the unit: batches, person_times, persons, items, yuan,
                  percent, …
subject    str    the words of the clause that say what the number is of
period     str    `2011`, `2011-Q1`, `2011-H2`, `2011-06`, `2010..2012`, `2011+` (since), `20xx`
                  (masked) or empty
place      str    the place the claim speaks of, as the report names it, in Simplified characters
level      str    level of the report's place: province, city, county, town, village, bureau or
                  empty
status     str    `ok`, `redacted` (masked or stripped digits: no value) or `spoilt` (damage
                  suspected)
note       str    why, when the status is not `ok`
role       str    `base` (last year's figure in brackets), `part` (behind 其中), `share` (in
                  brackets, or a part of a whole: 占31.7%), `mean` (of the years of a span, no
                  change against one year: 年均增长8%), `threshold` (a limit or a mark passed that is no
                  figure of its own: 500万元以上项目, 突破10亿元大关,达11亿元) or empty
sentence   int    running number of the sentence in its report
clause     int    running number of the clause in its report
before     str    the words of the sentence between the number before it, or its beginning, and
                  this one
after      str    the words between this number and the next, or the sentence's end with its stop
hash       str    16 hex digits that stand for the document's text, as in `documents`
corrected  str    names of the columns that a reviewer corrected, joined by `;`, else empty
modality   str    `actual` (a state or deed), `planned` (a goal, plan, budget or forecast) or
                  `required` (a standard, price or condition that holds for each case)
adcode     str    six digits of GB/T 2260 for the place in the year of the claim; empty when it is
                  masked, unknown or ambiguous
place_from   str  how the place is known: `words`, `section`, `report` or `document`
period_from  str  how the period is known: `words`, `section`, `report` or `document` (outside the
                  text, as in a table of documents)
family_p   float  calibrated probability that the family is right
indicator  str    the named indicator that the figure is (`gdp_growth`, …), empty when none fits
heading    str    the words of the heading that stands nearest above the claim, empty where none does
""")

CORRECTIONS = _described("""
hash    str    which text it corrects: `hash` of `claims` and `documents`
doc     str    the document's name, for people; the hash decides
start   int    `start` of the claim in the raw text
end     int    `end` of the claim in the raw text
column  str    a column of `claims`, or `claim` for a verdict on the whole row
was     str    what the extractor said; for a verdict the claim's `text`
now     str    what holds; for a verdict the same text (it is right) or nothing (it is no claim)
who     str    who says so
when    str    when, as `2011-06-30T09:00:00Z`
why     str    on what grounds
""")

CORRECTED = _described("""
doc      str    name of the document; where it is not among these, the name that the correction
                gives
report   int    which report of the file; -1 where no claim stands there
start    int    `start` of the claim in the raw text
end      int    `end` of the claim in the raw text
column   str    a column of `claims`, or `claim` for a verdict on the whole row
was      str    what the extractor said; for a verdict the claim's `text`
now      str    what holds; for a verdict the same text (it is right) or nothing (it is no claim)
who      str    who says so
when     str    when, as `2011-06-30T09:00:00Z`
why      str    on what grounds
outcome  str    `applied`, `accepted` (found right), `dropped` (no claim), `superseded` (by a
                later line), `already` (the extractor says so itself), `refused` or `elsewhere`
                (its document is not among these)
reason   str    why it was refused or superseded
hash     str    which text it corrects, as in `claims`
""")

RELATIONS = _described("""
doc       str    the source file's stem
report    int    which report of the file
type      str    `rate`, `yoy` (year-on-year), `sum`, `diff`, `product`, `repeat` (one thing
                 stated twice; of three figures: a change in per cent, the figure of now and the
                 amount that it changed by); `possible` among unchecked ones
starts    str    `start` of each claim that takes part, joined by `;`, the stated result first
verdict   str    `ok` (holds within rounding or a bound), `bad`, or when asked for `unchecked`
computed  float  the recomputed result, in the unit of the stated one
note      str    the arithmetic in words
low       float  lower end of the recomputed result, its figures taken as the intervals they stand
                 for
high      float  upper end of it
rounding  str    what makes it hold: `half-up`, `half-even`, `truncated` (only if cut off), the
                 bound, or `rounded` (beyond the bound as stated: neither right nor wrong)
power     float  chance that a random figure with as many digits would have passed; for a rate,
                 with its denominator alone (GRIM); 1 for a sum that is found because it holds
chance    float  chance that a random figure would have passed this very check; for such a sum, that
                 figures like its parts make up its whole; from 0.5 on the check is blind
reason    str    why it is unchecked
mend      str    readings of one figure that would make a failed check hold: a suggestion, never a
                 value
""")

IMPLIED = _described("""
doc      str    the source file's stem
report   int    which report of the file
place    str    place, as in `claims`
what     str    `earlier level`, `remainder` or `cost per unit`: derived, never stated
subject  str    as in `claims`
period   str    of the figures it is derived from
value    float  the derived figure, from the printed values as they stand
low      float  lower end, the printed values taken as the intervals they stand for
high     float  upper end
unit     str    unit of `value`
starts   str    `start` of each claim that it is derived from, joined by `;`
note     str    the arithmetic in words
""")

REPORTS = _described("""
doc      str    the source file's stem
report   int    number of the report in the file, from 0
start    int    first character of its stretch of the raw text
end      int    one past the last
title    str    its heading, if any
place    str    the place or body that it speaks of, as named (`**县` when masked)
level    str    `province`, `city`, `county`, `town`, `village`, `bureau` or empty
period   str    the time it reports on
adcode   str    six digits of GB/T 2260 for its place, as in `claims`
dated    str    when it was delivered or published, as far as known (`2020`, `2020-01-15`; `20xx-01-15`
                or `201x-01-15` where the page masks the year or its last digit)
dated_as str    as what its page tells that date: `delivered` at a meeting, `signed` below the last
                line, `published`; empty where it is another or only a year
url      str    where it stood, if a sidecar or the page says so
issuer   str    the body that signs it, or that its page names as its source
carrier  str    the newspaper or the site of samples that passed the text on, by its name, else
                `newspaper` or `samples`
warnings str    what a person should look at, `;` between them: two places, two years, a place that
                no list holds
same_as  str    `doc:report` of an earlier report with (nearly) the same text, else empty
""")

DOCUMENTS = _described("""
doc         str    name of the document in the other tables
file        str    the file it came from; behind an archive's name, its name in there
kind        str    what the content is: text, html, mhtml, docx, doc, rtf, pdf or table
sha256      str    hash of the bytes that were read
characters  int    length of the text that the reader got out, which the offsets count in
hash        str    first 16 hex digits of the SHA-256 of that text in UTF-8: corrections know the
                   document by it
""")

SIDECAR = _described("""
file        str    path of the file from the folder that the table lies in; behind an archive's
                   name, its name in there
report      int    number of the report in the file, from 0; empty for all of them
start       int    first character of its stretch of the raw text
end         int    one past the last
place       str    the place that it speaks of; `-` for none, here and in the columns below
level       str    `province`, `city`, `county`, `town`, `village`, `bureau`
dated       str    when it was delivered or published (`2020`, `2020-01`, `2020-01-15`)
period      str    the time it reports on (`2019`, `2020-H1`)
title       str    its heading
url         str    where it stood
genre       str    what sort of text it is, in words
issuer      str    the body that signs it or hands it out
place_from  str    how the place is known, as in `claims`; what is written there changes nothing
warnings    str    what a person should look at; what is written there changes nothing
""")

ERRORS = _described("""
file     str    the file that was not read, as given; behind an archive's name, its name in there
stage    str    `list`, `unpack`, `read`, `extract`, `write`, or `correct` (a correction that was
                refused)
reason   str    why
way_out  str    what to do about it
""")

MECHANISMS = _described("""
doc        str    the source file's stem
report     int    which report of the file
place      str    the place or body that the report speaks of, as in `reports`
level      str    level of that place, as in `reports`
mechanism  str    key in `vocabularies/mechanisms.toml`, such as `joint_meeting` (联席会议)
group      str    `reception`, `responsibility`, `mediation`, `outreach`, `resources`,
                  `information` or `assessment`
label      str    its name in English
term       str    its name in Chinese
start      int    first character of the words that name it in the raw text
end        int    one past their last character
text       str    the words as printed, noise undone
negated    bool   whether the words only deny it or plan it (尚未建立, 拟建立, 将建立)
""")

NAMED = _described("""
indicator  str    its name, as the column `indicator` of `claims` says it
title      str    its name in words
words      str    Chinese words that name it, as regular expressions, joined by `; `
unit       str    units that its figures bear, joined by `; `
kind       str    kinds of claims that it may be, joined by `; `
""")

PANEL = _described("""
doc          str    the source file's stem
report       int    which report of the file
place        str    place, as in `claims`
level        str    level of the report's place
period       str    period, as in `claims`
indicator    str    `family.stage.measure`
family       str    as in `claims`
stage        str    as in `claims`
measure      str    as in `claims`; `persons_per_batch`, `rate`, `persons_per_town` for recomputed
                    ones
unit         str    unit of `value`
kind         str    as in `claims`
direction    str    as in `claims`
subject      str    as in `claims`
value        float  the figure: rates in %, money in 元
low          float  lower end of a range
high         float  upper end of a range
bound        str    as in `claims`
how          str    `stated`, `recomputed` or `stated and recomputed`
numerator    float  what stands above the line, where there is a division
denominator  float  what stands below it
counts_bound str    bounds of these two, joined by `;`, where not both are exact
ci_low       float  lower end of the 95 % Wilson interval of a rate with counts, in %; charts draw it
                    around rates of people asked alone: other rates are full counts
ci_high      float  upper end of it, in %
audit        str    `ok`, `blind` (could hardly have failed), `bad` or empty (not checked)
status       str    as in `claims`
caveats      str    named reservations, joined by `; `
text         str    the expression as printed
claims       str    `start` of each claim row behind the figure, joined by `;`
group        str    what the row is lined up by: place, period, level or family
corrected    str    columns that a reviewer corrected in the claims behind the figure, joined by
                    `;`
modality     str    as in `claims`: only `actual` figures are results, `planned` ones are targets
""")

LEDGER = _described("""
place        str    the place, under its latest name
adcode       str    its latest code of GB/T 2260, else empty
indicator    str    as in `claims`; family, stage and subject of a figure that is no named one
years        str    the years that take part (`2018`, or `2018-H1` for parts of a year), joined by `;`
type         str    `level_change` (a stated change against the levels of two years), `total` (of
                    several years), `parts` (counties and their city) or `restated` (one figure in
                    two documents)
verdict      str    `ok`, or `open`: the figures do not fit, which is a question and no error
rounding     str    what makes it hold: `half-up`, `half-even` or `truncated` (only if cut off)
stated       float  the stated figure that is checked, a decrease below 0
stated_low   float  lower end of what its digits stand for
stated_high  float  upper end of it
low          float  lower end of what the other figures give
high         float  upper end of it
unit         str    unit of these
gap          float  how far, in %, the two intervals lie apart; 0 where they meet
note         str    the arithmetic in words
figures      str    `doc:start` of each figure that takes part, the stated one first, joined by `;`
mend         str    figures (`doc:start`) without which all could hold: the smallest sets, joined by
                    ` | `, the figures of a set by `;`; empty when a revision would do
alternatives int    how many smallest sets there are
chance       float  chance that a random figure would have passed, as in `relations`
strength     str    `strong`, `fair`, `weak` or `blind` by that chance
may_be       str    what may explain a break without an error, joined by `; `: `revised`,
                    `estimate`, `division`, `comparable`, `scope`
""")

COUNTY_YEARS = _described("""
adcode       str    six digits of GB/T 2260 for the place in that year
place        str    its name in that year; by place the name that the reports use
level        str    `province`, `city`, `county` or empty, by the code
year         int    the year
stable_code  str    one code for the place through all its changes, its latest; empty unless asked
changed      str    what became of code and name since the row before (`130625 徐水县 → 130609
                    徐水区`), and divisions of its city and rank that ended (`− 110103 崇文区`) or began
                    (`+`) since then, whose area it may have got or given; else empty; joined by `;`
indicator    str    the named indicator
value        float  the figure: rates in %, money in 元, a fall with a minus; empty when none holds
low          float  lower end of a range
high         float  upper end of a range
bound        str    `exact`, `approx`, `min`, `max` or `range`; empty where there is no figure
unit         str    as in `claims`
how          str    `stated`, `recomputed` (of a rate: from its own counts), `expected` (stated, but
                    as an estimate: 预计, 初步核算), `derived` (from growth and the level of the year
                    before; only when asked) or empty
numerator    float  the count above the line of a rate, where the report gives both counts
denominator  float  the count below it
reason       str    why there is no figure: `ambiguous`, `masked`, `lost`, `only for part of the
                    year`, `only over several years`, `only as an increase`, `only as target`, `not
                    stated` or `no report` (of that place and year)
modality     str    `actual`, `planned` (a target) or `required`
doc          str    document of the figure
start        int    `start` of its claim; -1 where there is none
end          int    `end` of its claim; -1 where there is none
claim        str    `doc:start` of each claim behind it, joined by `;`
several      int    how many figures that differ the texts give for it: 1 when all agree, 0 for none
source       str    name of the report of the figure: its heading where that names place and year,
                    else these two, else the name of the file
""")

CELL_EVIDENCE = _described("""
adcode     str    as in the panel
place      str    as in the panel
year       int    as in the panel; -1 for a figure without a year
indicator  str    the named indicator
modality   str    as in `claims`
verdict    str    `chosen`, `agrees`, or why it fills no cell: `disagrees`, `revision of a later
                  report`, `part of a total`, `from another place's report`, `recomputed`, `expected`,
                  `hedged`, `passed`, `dated less closely`, `another unit`, `part of the year`, `several years`,
                  `level before a change`, `added to the level`, `of another body`, `later than its
                  report`, `masked`, `lost`, `no code`, `no year`
value      float  as in the panel
low        float  lower end of a range
high       float  upper end of a range
bound      str    as in the panel
unit       str    as in `claims`
how        str    as in the panel
period     str    as in `claims`
doc        str    the source file's stem
report     int    which report of the file
start      int    `start` of the claim
end        int    `end` of the claim
text       str    the expression as printed
sentence   str    the words of its sentence between its neighbours
""")

MATCHES = _described("""
doc       str   the source file's stem
report    int   which report of the file
start     int   `start` of the claim
end       int   `end` of the claim
text      str   the expression as printed
unit      str   as in `claims`
kind      str   as in `claims`
period    str   as in `claims`
verdict   str   `taken`, or what kept it out: `unit`, `kind`, `direction`, `word` (one of
                `without`), `another indicator`, `words between` name and figure, `words before` the
                name, `part of another` or `context`
against   str   the word, unit, kind or indicator that did
sentence  str   the words of its sentence between its neighbours
""")

SAMPLE = _described("""
id        int    number of the sentence in the coding sheet, in an order drawn by lot
doc       str    name of its document, names of persons masked
hash      str    16 hex digits that stand for the document's text, as in `documents`
start     int    first character of the sentence in the raw text
end       int    one past the last
stratum   int    number of its stratum; which is which the sheet does not tell
chance    float  the probability with which it was drawn
head      str    the first line of its report, names masked
before    str    the words before it, names masked
sentence  str    the sentence as the page has it, names masked
after     str    the words behind it, names masked
""")

AGREEMENT = _described("""
column      str    `figure` (whether a number is a figure at all), or a column that was coded
figures     int    figures that both coded; of `figure` all numbers of the sentences
same        float  share that both coded alike, in %
alpha       float  Krippendorff's alpha for names; empty where nothing varies
alpha_low   float  lower end of its 95 % interval
alpha_high  float  upper end of it
kappa       float  Cohen's kappa; empty where nothing varies
kappa_low   float  lower end of its 95 % interval
kappa_high  float  upper end of it
""")

EXTRACTED = _described("""
what     str    `recall` and `precision` of figures found, the same of figures whose value and unit
                are right too (`exact`), or a column: how often it is right on figures found
share    float  in %, as it would be over the whole corpus
low      float  lower end of the 95 % Wilson interval, in %
high     float  upper end of it, in %
right    int    figures of the sample that are right
figures  int    figures of the sample that were looked at
worth    float  as many figures drawn by plain lot would tell as much
""")

CONFUSED = _described("""
column     str    a column that was coded
coders     str    what the coders say, `|` between two answers
extractor  str    what the extractor says
figures    int    how often, in the sample
example    str    one such figure, with the number of its sentence
""")

DIFFERENCES = _described("""
id      int    number of the sentence
figure  str    the figure as printed; once more for each column that differs
column  str    `figure` where only one of the two coders took it for one, else the column
one     str    what the first coder says
two     str    what the second coder says
""")

ESTIMATES = _described("""
term        str    `mean`, `difference` (and `mean` of the first group), or `intercept` and the
                   columns of a linear model
estimate    float  corrected for reading errors
low         float  lower end of its 95 % interval
high        float  upper end of it
naive       float  from the figures as they were read
naive_low   float  lower end of its 95 % interval
naive_high  float  upper end of it
reviewed    float  from the reviewed figures alone
figures     int    figures as read that take part
sentences   int    reviewed sentences with such a figure, read or coded
power       float  how much the figures as read count, from 0 to 1
""")

VOCABULARY = _described("""
entry  str    file, section and entry of the vocabulary, such as `units.petition.批次`
does   str    `adds`, `overrides` an entry of the package, or `adds words` to one
value  str    what the user's file says; of a table its names
file   str    name of the user's file
line   int    its line there
""")


def dictionary(fields: list[Field]) -> str:
    """A Markdown table of columns, as `data/README.md` shows it.

    >>> print(dictionary([Field("doc", "str", "the stem")]))
    | column | type | meaning |
    | --- | --- | --- |
    | doc | str | the stem |
    """
    rows = [f"| {f.name} | {f.dtype} | {f.meaning} |" for f in fields]
    return "\n".join(["| column | type | meaning |", "| --- | --- | --- |", *rows])


_SHORT = 1000  # rows
_DTYPES: dict[str, Any] = {"int": "int64", "float": "float64", "str": "str", "bool": "bool"}


@cache
def _types() -> dict[str, Any]:
    """The types of columns; pandas looks one up by its name as long as it makes a short column."""
    from pandas.api.types import pandas_dtype

    return {name: pandas_dtype(dtype) for name, dtype in _DTYPES.items()}


def frame(rows: Iterable[Sequence[Any]], fields: list[Field]) -> "pd.DataFrame":
    """A table with the columns and types of a description, empty or not.

    >>> frame([], REPORTS).dtypes["start"].name
    'int64'
    """
    import numpy as np
    import pandas as pd

    columns = list(zip(*rows, strict=True)) or [()] * len(fields)
    types = _types()
    made: dict[str, Any] = {}
    n = len(columns[0])
    cells: list[Any] = []
    for f, column in zip(fields, columns, strict=True):
        if f.dtype == "str":
            cells += column
            made[f.name] = slice(len(cells) - n, len(cells))
        else:
            made[f.name] = np.asarray(column, types[f.dtype])
    # a column of words takes longer to begin than to fill: those of a short table are cut from one
    whole = pd.array(cells, dtype=types["str"]) if n < _SHORT else None
    for name, part in made.items():
        if isinstance(part, slice):
            own = whole[part] if whole is not None else pd.array(cells[part], dtype=types["str"])
            made[name] = own
    return pd.DataFrame(made, copy=False)


#: what a spreadsheet computes instead of showing; apostrophes before it count, so that `raw` always
#: finds the way back
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


class CsvWriter:
    r"""Writes rows as CSV whose lines end with a line feed, so that every cell comes back.

    >>> import io
    >>> text = io.StringIO(newline="")
    >>> CsvWriter(text).writerows([["a\rb", "c"]])
    >>> text.getvalue()
    '"a\rb",c\n'
    """

    def __init__(self, handle: TextIO) -> None:
        self._handle = handle
        # the module quotes only the signs of its own line end: a lone carriage return in a cell
        # would be written bare, and read as the end of the row
        self._writer = csv.writer(self, lineterminator="\r\n")

    def write(self, line: str) -> int:
        """Takes one finished line from the csv module."""
        return self._handle.write(line[:-2] + "\n")

    def writerows(self, rows: Iterable[Iterable[Any]]) -> None:
        """Writes rows of cells."""
        self._writer.writerows(rows)
