"""Short phrases in the genre of the reports, one lesson each: what a careful labeller would write for them.

The tables in `phrases/` have three columns: phrase, expected, teaches. In a phrase, \\n, \\t, \\r and \\uXXXX stand for
the characters that an editor does not show. `expected` is `-` where nothing is a claim, else rows joined by ` | `:
`value unit key=value …`. A value of `?` is a redacted claim, `-` one without a point value (a range). A row behind `~` is
soft: it may be missing, but what is found must agree. ` / ` joins two readings of a row that are both right, and `|`
without spaces two values of a field (`bound=approx|min`, as in the gold tables; `stage=` asks for an empty field)."""

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qz_analysis.extraction.clean import clean
from qz_analysis.model import Document
from qz_analysis.runs.tables import extract

FOLDER = Path(__file__).parents[1] / "phrases"
KEYS = {"bound", "kind", "direction", "family", "stage", "period", "low", "high", "status"}
NUMBER_WORD = re.compile(
    r"[0-9０-９零〇一二三四五六七八九十百千万萬亿億两兩几半壹贰叁肆伍陆柒捌玖拾佰仟]"
)


def _rows() -> Iterator[tuple[str, str, str, str]]:
    for path in sorted(FOLDER.glob("*.tsv")):
        lines = path.read_text(encoding="utf-8").split("\n")
        for number, line in enumerate(lines[1:], start=2):
            if line:
                yield (f"{path.name}:{number}", *line.split("\t"))  # type: ignore[misc]


ROWS = list(_rows())


def _unescape(phrase: str) -> str:
    marks = {r"\n": "\n", r"\t": "\t", r"\r": "\r"}
    return re.sub(
        r"\\(?:[ntr]|u[0-9a-f]{4})", lambda m: marks.get(m[0]) or chr(int(m[0][2:], 16)), phrase
    )


def _close(printed: str, found: float) -> bool:
    return math.isclose(float(printed), found, rel_tol=1e-5, abs_tol=1e-9)


def _agrees(reading: str, row: dict[Any, Any]) -> bool:
    """Whether a found row is what one reading of an expected row says."""
    value, *rest = reading.split()
    unit = rest.pop(0) if rest and "=" not in rest[0] else ""
    empty = math.isnan(row["value"])
    if value == "?":
        right = empty and row["status"] == "redacted"
    elif value == "-":
        right = empty and row["status"] == "ok"
    else:
        right = not empty and _close(value, row["value"])
    return right and row["unit"] in unit.split("|") and all(_field(word, row) for word in rest)


def _field(word: str, row: dict[Any, Any]) -> bool:
    key, _, wanted = word.partition("=")
    return (
        _close(wanted, row[key]) if key in {"low", "high"} else str(row[key]) in wanted.split("|")
    )


def _fits(expected: str, found: list[dict[Any, Any]]) -> bool:
    """Whether the found rows, in the order of the text, are the expected ones, soft rows there or not."""
    at = 0
    for item in [] if expected == "-" else expected.split(" | "):
        readings = item.removeprefix("~").split(" / ")
        if at < len(found) and any(_agrees(reading, found[at]) for reading in readings):
            at += 1
        elif not item.startswith("~"):
            return False
    return at == len(found)


def _show(found: list[dict[Any, Any]]) -> str:
    cells = [
        "text",
        "value",
        "unit",
        "low",
        "high",
        "bound",
        "kind",
        "direction",
        "family",
        "stage",
        "period",
        "status",
    ]
    shown = [
        " ".join(str(row[c]) for c in cells if str(row[c]) not in {"", "nan", "ok", "exact"})
        for row in found
    ]
    return " | ".join(shown) or "-"


def _numerals(text: str) -> str:
    return "".join(NUMBER_WORD.findall(text))


def _case(row: tuple[str, str, str, str]) -> Any:
    """A test case; a phrase known to be read wrongly must go on failing until someone mends it and drops the mark."""
    unread = row[3].startswith("NOT YET")
    return pytest.param(*row, id=row[0], marks=[pytest.mark.xfail(strict=True)] if unread else [])


@pytest.fixture(scope="module", name="read")
def _read():
    """The claims of each phrase, all read at once: a table costs more than what it says."""
    phrases = [Document(number, _unescape(phrase)) for number, phrase, *_ in ROWS]
    claims = extract(phrases).sort_values("start", kind="stable")
    rows = {phrase.doc: [] for phrase in phrases}
    for row in claims.to_dict("records"):
        rows[row["doc"]].append(row)
    return rows


@pytest.mark.parametrize(("number", "phrase", "expected", "teaches"), [_case(row) for row in ROWS])
def test_phrase_reads_as_a_labeller_would(read, number, phrase, expected, teaches):
    """Every phrase gives the claims that the guidelines ask for and no others, at offsets that lead back to its own digits."""
    raw, found = _unescape(phrase), read[number]
    assert _fits(expected, found), (
        f"{phrase} ({teaches})\nexpected {expected}\ngot      {_show(found)}"
    )
    page = clean(raw)
    for row in found:
        start, end = row["start"], row["end"]
        inside = "".join(char for at, char in enumerate(page.text) if start <= page.raw(at) < end)
        assert _numerals(inside) == _numerals(row["text"]), (
            f"{row['text']} is not what stands at {start}..{end}: {inside}"
        )
        assert row["status"] != "ok" or _numerals(raw[start:end]), (
            f"no digits at {start}..{end} of {phrase}"
        )


def test_tables_are_well_formed():
    """Every table has its header, three filled cells a row, known keys, and no phrase twice."""
    for path in FOLDER.glob("*.tsv"):
        assert path.read_text(encoding="utf-8").startswith("phrase\texpected\tteaches\n"), path.name
    assert all(len(row) == 4 and all(cell.strip() for cell in row) for row in ROWS)
    assert {key for row in ROWS for key in re.findall(r"(\w+)=", row[2])} <= KEYS
    assert len({row[1] for row in ROWS}) == len(ROWS) >= 420
    assert sum(row[2] == "-" for row in ROWS) >= 90


@pytest.mark.parametrize(
    ("expected", "fits"),
    [
        ("193 批次", True),
        ("193 批次 bound=exact kind=count", True),
        ("~7 件 | 193 批次", True),
        ("20 件 / 193 批|批次", True),
        ("193 批次 stage=pending|received", True),
        ("-", False),
        ("193 批", False),
        ("194 批次", False),
        ("? 批次", False),
        ("- 批次", False),
        ("193 批次 stage=", False),
        ("193 批次 | 193 批次", False),
    ],
)
def test_expectations_can_fail(expected, fits):
    """A wrong value, unit, field or number of rows does not pass for the right one."""
    row = {
        "value": 193.0,
        "unit": "批次",
        "bound": "exact",
        "kind": "count",
        "stage": "received",
        "status": "ok",
    }
    assert _fits(expected, [row]) is fits
