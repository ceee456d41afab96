"""The coding sheet: a sample of sentences goes out as a workbook, and comes back with codes.

The scheme (sentences, columns, labels, definitions, seed, version) goes along in a sheet that
nobody sees, with its hash; a sheet whose scheme or whose sentences were changed is refused.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import QzError
from ..extraction.corrections import against, known
from ..model import Correction
from ..outputs import replaced
from ..schema import CLAIMS, MAKER, SAMPLE, frame
from ..script import folded, simplify
from ..vocabularies.session import load

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Sample", "coding"]

#: what a coder may be asked of a figure
CODED = ("value", "unit", "bound", "kind", "direction", "family", "stage", "period", "place",
         "modality", "indicator")  # fmt: skip
_MODALITIES = ("actual", "planned", "required")
#: what stands for "no figure here"
NONE = "-"
_NONES = {NONE, "—", "–", "无", "none"}
#: what looks like a number, by its characters alone: no reading of the extractor's
NUMBERED = re.compile(r"[0-9][0-9,.]*|[〇零一二三四五六七八九十百千万亿两]+|[xX*□]{1,12}")
_SLOTS = 12
_SHOWN = ("id", "head", "before", "sentence", "after")
_WIDTHS = {"id": 6, "head": 24, "before": 36, "sentence": 60, "after": 20, "figure": 16}
# a cell of a workbook holds 32,767 characters
_CELL = 30_000
_VALUE = re.compile(r"(-?\d+(?:\.\d+)?)(万|亿)?(?:(?:-|~|\.\.)(\d+(?:\.\d+)?)(万|亿)?)?%?")
_SCALES = {None: 1, "万": 10**4, "亿": 10**8}


@dataclass(frozen=True, eq=False)
class Sample:
    """A probability sample of the sentences of a corpus, with the scheme by which it is coded.

    Attributes:
        sentences: one row per sentence, with the columns of `schema.SAMPLE`.
        codes: what a coder wrote: `id`, `figure` (as printed, `-` for none) and the columns of the
            scheme; empty as long as nobody did.
        columns: what is asked of each figure, with the labels that may be given (none: free).
        about: seed, size, version, what it is stratified by, the strata (how many sentences the
            corpus has in each, and how many were drawn), the guide and the columns' meanings.

    >>> import tempfile
    >>> import qz_analysis as qz
    >>> drawn = qz.sample("全县受理事项43宗。办结36宗。会议强调作风。", n=3, seed=1)
    >>> len(drawn.sentences), len(drawn.hash), drawn.codes.empty
    (3, 64, True)
    >>> filled = drawn.coded([{"id": 1, "figure": "-"}])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     back = qz.coding(filled.save(Path(folder) / "coder_1.xlsx"))
    >>> back.hash == drawn.hash, back.codes["figure"].tolist()
    (True, ['-'])
    """

    sentences: "pd.DataFrame"
    codes: "pd.DataFrame"
    columns: Mapping[str, Sequence[str]]
    about: Mapping[str, Any]
    file: str = ""

    @property
    def scheme(self) -> str:
        """All that is frozen, as one line of JSON.

        >>> import qz_analysis as qz
        >>> drawn = qz.sample("甲县受理3件。办结2件。", n=1, seed=1, columns=["value"])
        >>> '"columns": {"value": []}' in drawn.scheme
        True
        """
        whole = {
            "about": self.about,
            "columns": {name: list(labels) for name, labels in self.columns.items()},
            "sentences": self.sentences.to_numpy(object).tolist(),
        }
        return json.dumps(whole, ensure_ascii=False)

    @property
    def hash(self) -> str:
        """SHA-256 of the scheme."""
        return sha256(self.scheme.encode("utf-8", "surrogatepass")).hexdigest()

    def coded(self, rows: "pd.DataFrame | Sequence[Mapping[str, Any]]") -> "Sample":
        """The same sample with codes in it, checked as those of a sheet are.

        Args:
            rows: one per figure: `id`, `figure` and the columns of the scheme.

        Raises:
            QzError: a code cannot be: its sentence, figure, label, value or time is none.
        """
        import pandas as pd

        given = rows.to_dict("records") if isinstance(rows, pd.DataFrame) else rows
        cells = [{str(key): _cell(value) for key, value in row.items()} for row in given]
        return replace(self, codes=self._checked(enumerate(cells, 1), self.file or "codes"))

    def save(self, path: Path | str) -> Path:
        """Writes the coding sheet, blank or with the codes that there are.

        Args:
            path: a name that ends in .xlsx.

        Raises:
            QzError: XlsxWriter is missing, or something else stands there.
        """
        path = Path(path)
        if path.suffix.lower() != ".xlsx":
            raise QzError(f"{path}: a coding sheet is a workbook; give a name ending in .xlsx")
        try:
            import xlsxwriter
        except ImportError:
            raise QzError('workbooks need XlsxWriter: pip install "qz-analysis[excel]"') from None
        with replaced(path) as part, xlsxwriter.Workbook(part, {"in_memory": True}) as book:
            book.set_properties({"author": MAKER, "comments": self.hash})
            self._write_coding(book)
            self._write_guide(book)
            hidden = book.add_worksheet("scheme")
            hidden.write_string(0, 0, self.hash)
            for at, begin in enumerate(range(0, len(self.scheme), _CELL), 1):
                hidden.write_string(at, 0, self.scheme[begin : begin + _CELL])
            hidden.very_hidden()
        return path

    def _write_coding(self, book: Any) -> None:
        sheet = book.add_worksheet("coding")
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        grey = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#666666"})
        bold = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        heads, words = [*_SHOWN, "figure", *self.columns, "note"], load("labels")["coding"]
        for at, name in enumerate(heads):
            sheet.set_column(at, at, _WIDTHS.get(name, 12), text)
            said = words[name]
            sheet.write_string(0, at, f"{name}\n{said['en']}\n{said['zh']}", bold)
        sheet.freeze_panes(1, 1)
        row, codes = 1, self.codes.to_dict("records")
        for one in self.sentences.to_dict("records"):
            mine = [code for code in codes if code["id"] == one["id"]]
            free = len(NUMBERED.findall(folded(one["sentence"])))
            for at in range(max(len(mine), min(_SLOTS, free), 1)):
                sheet.write_number(row, 0, one["id"], text)
                for column, name in enumerate(_SHOWN[1:], 1) if not at else ():
                    sheet.write_string(row, column, one[name], text if name == "sentence" else grey)
                for column, name in enumerate(heads[len(_SHOWN) :], len(_SHOWN)):
                    if at < len(mine) and mine[at].get(name):
                        sheet.write_string(row, column, mine[at][name], text)
                row += 1
        for name, labels in self.columns.items():
            if labels:
                column, guide = heads.index(name), [*self.columns].index(name)
                last = len(labels)
                source = f"=guide!${chr(68 + guide)}$2:${chr(68 + guide)}${last + 1}"
                sheet.data_validation(
                    1, column, row + 200, column, {"validate": "list", "source": source}
                )

    def _write_guide(self, book: Any) -> None:
        sheet, wrap = book.add_worksheet("guide"), book.add_format({"text_wrap": True})
        bold, words = book.add_format({"bold": True}), load("labels")["coding"]
        sheet.set_column(0, 0, 70, wrap)
        sheet.set_column(1, 1, 10)
        sheet.set_column(2, 2, 60, wrap)
        lines = [*self.about["guide"], f"{words['hash']['en']} {words['hash']['zh']}: {self.hash}"]
        for at, line in enumerate(lines):
            sheet.write_string(at, 0, line, wrap)
        for at, (name, labels) in enumerate(self.columns.items()):
            sheet.write_string(at, 1, name, bold)
            sheet.write_string(at, 2, self.about["meanings"][name], wrap)
            sheet.write_string(0, 3 + at, name, bold)
            for row, label in enumerate(labels, 1):
                sheet.write_string(row, 3 + at, label)

    def _checked(self, rows: Iterator[tuple[int, dict[str, str]]], name: str) -> "pd.DataFrame":
        """The codes of some rows, each with its number for messages."""
        import pandas as pd

        texts = dict(zip(self.sentences["id"], self.sentences["sentence"], strict=True))
        found: list[list[Any]] = []
        kept: dict[int, list[tuple[int, int]]] = {}
        for at, row in rows:
            place, number = f"{name}, row {at}", row.get("id", "")
            codes = {one: row.get(one, "") for one in self.columns}
            if not row.get("figure"):
                if any(codes.values()):
                    raise QzError(f"{place}: has codes and no `figure`; write it as it is printed")
                continue
            if not number.isdecimal() or int(number) not in texts:
                raise QzError(f"{place}: `id` is {number!r}, the number of no sentence of it")
            figure = NONE if row["figure"].casefold() in _NONES else row["figure"]
            if figure == NONE:
                found.append([int(number), NONE, "", *[""] * len(codes)])
                continue
            span = located(texts[int(number)], figure, kept.setdefault(int(number), []))
            if span is None:
                way_out = "copy it as it is printed there, once for each time"
                raise QzError(f"{place}: sentence {number} has no {figure!r} left; {way_out}")
            kept[int(number)].append(span)
            for column, labels in self.columns.items():
                codes[column], fault = _code(column, codes[column], labels)
                if fault:
                    raise QzError(f"{place}: {fault}")
            found.append([int(number), figure, f"{span[0]}:{span[1]}", *codes.values()])
        return pd.DataFrame(found, columns=["id", "figure", "at", *self.columns])


def located(
    sentence: str, figure: str, taken: Sequence[tuple[int, int]] = ()
) -> tuple[int, int] | None:
    """Where a sentence prints a figure, blanks, width and script aside: the first place not taken.

    >>> located("受理１９３ 批次，来访93人", "93人"), located("受理43件，办结43件", "43件", [(2, 5)])
    ((11, 14), (8, 11))
    """
    plain = simplify(folded(sentence))
    wanted = re.sub(r"\s", "", simplify(folded(figure)))
    pattern = r"\s*".join(map(re.escape, wanted))
    edge = r"(?<![0-9.])" if wanted[:1].isdigit() else ""
    behind = r"(?![0-9]|\.[0-9])" if wanted[-1:].isdigit() else ""
    for match in re.finditer(f"{edge}{pattern}{behind}", plain):
        if all(match.end() <= start or end <= match.start() for start, end in taken):
            return match.span()
    return None


def labels_of(column: str) -> tuple[str, ...]:
    """The labels that a coder may choose from; none where the column takes free words."""
    if column == "modality":
        return _MODALITIES
    return ("", *load("named")) if column == "indicator" else known(column)


def _code(column: str, said: str, labels: Sequence[str]) -> tuple[str, str]:
    """A code as it is held, and what is wrong with it."""
    if labels:
        fault = f"`{column}` is {said!r}; it may be: {', '.join(one or 'empty' for one in labels)}"
        return said, "" if said in labels else fault
    if column == "value":
        plain = re.sub(r"[\s,]", "", folded(said))
        match = _VALUE.fullmatch(plain)
        if plain and not match:
            return said, f"`value` is {said!r}; write digits, 10-20 for a range, or nothing"
        if match is None:
            return "", ""
        low, high = (match[1], match[2]), (match[3], match[4] or match[2])
        ends = [low] if match[3] is None else [(low[0], low[1] or match[4]), high]
        return value_code(*(float(number) * _SCALES[scale] for number, scale in ends)), ""
    plain = simplify(folded(said)).strip()
    if column in {"period", "unit"} and plain:
        fault = against(Correction("0" * 16, "", 0, 1, column, "", plain))
        return plain, fault.replace("`now`", f"`{column}`")
    return plain, ""


def value_code(low: float, high: float = math.nan) -> str:
    """A value, or the two ends of a range, as codes are compared: by nine digits.

    >>> value_code(2163.0), value_code(10, 20), value_code(float("nan"))
    ('2163', '10..20', '')
    """
    ends = [f"{end:.9g}" for end in (low, high) if end == end]
    return "..".join(ends)


def _cell(value: Any) -> str:
    """A cell as text: a whole number that a spreadsheet holds as a float is whole again."""
    if value is None or value != value:
        return ""
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value).strip()


def definitions(columns: Sequence[str]) -> dict[str, Any]:
    """What the coders are told: the lines of the guide in both languages, and the columns'
    meanings.
    """
    words, meanings = load("labels")["coding"], {f.name: f.meaning for f in CLAIMS}
    lines = [words[f"guide_{n}"] for n in range(1, 7)]
    return {
        "guide": [f"{line['en']}\n{line['zh']}" for line in lines],
        "meanings": {name: meanings[name] for name in columns},
    }


def coding(path: Path | str) -> Sample:
    """A coding sheet that came back, its scheme and its codes checked.

    Args:
        path: a workbook that `Sample.save` or `qz sample` made and a coder filled.

    Returns:
        the sample with its codes.

    Raises:
        QzError: it is no coding sheet, its scheme does not have the hash that it states, a sentence
            was changed, or a code cannot be; file, row and the way out are named.

    >>> import tempfile
    >>> import qz_analysis as qz
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = qz.sample("全县受理事项43宗。", n=1, seed=1).save(Path(folder) / "blank.xlsx")
    ...     len(coding(made).codes)
    0
    """
    path = Path(path)
    try:
        import openpyxl
    except ImportError:
        raise QzError('workbooks need openpyxl: pip install "qz-analysis[excel]"') from None
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        cells = [str(row[0] or "") for row in book["scheme"].iter_rows(values_only=True)]
        rows = [list(row) for row in book["coding"].iter_rows(values_only=True)]
        book.close()
    except OSError as error:
        reason = f"cannot be read ({error.strerror or error})"
        raise QzError(f"{path}: {reason}; check the name and the permissions") from None
    except Exception as error:  # what openpyxl raises on a broken workbook is of many kinds
        reason = f"is no coding sheet ({type(error).__name__})"
        raise QzError(f"{path}: {reason}; give the workbook that qz sample made") from None
    stated, scheme = cells[0], "".join(cells[1:])
    if sha256(scheme.encode("utf-8", "surrogatepass")).hexdigest() != stated:
        raise QzError(f"{path}: its scheme was changed since it was drawn; code the sheet as made")
    return _filled(path, json.loads(scheme), rows)


def _filled(path: Path, said: dict[str, Any], rows: list[list[Any]]) -> Sample:
    import pandas as pd

    columns = {name: tuple(labels) for name, labels in said["columns"].items()}
    sentences = frame(said["sentences"], SAMPLE)
    blank = pd.DataFrame(columns=["id", "figure", "at", *columns])
    sample = Sample(sentences, blank, columns, said["about"], str(path))
    heads = [str(cell or "").split("\n", 1)[0].strip() for cell in rows[0]] if rows else []
    if missing := [name for name in (*_SHOWN, "figure", *columns) if name not in heads]:
        raise QzError(f"{path}: lacks the columns {', '.join(missing)}; keep the first row as made")
    texts = dict(zip(sentences["id"].astype(str), sentences["sentence"], strict=True))
    found = []
    for at, row in enumerate(rows[1:], 2):
        cells = {head: _cell(cell) for head, cell in zip(heads, row, strict=False) if head}
        said_there = cells["sentence"]
        if said_there and said_there != texts.get(cells["id"], "").strip():
            way_out = "bring the sentence and its number back as they were"
            raise QzError(f"{path}, row {at}: the sentence is not the one drawn; {way_out}")
        found.append((at, cells))
    return replace(sample, codes=sample._checked(iter(found), str(path)))
