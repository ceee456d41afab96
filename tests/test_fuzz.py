"""No damage to a text or a file makes the reader or the extractor fail, hang, lose its place or invent a number.

The first few hundred of 10,000 seeded mutations are in every run, the rest are marked `long`;
`QZ_FUZZ=10` makes ten times as many, `QZ_FUZZ=0.1` a tenth.
"""

import functools
import html
import io
import itertools
import math
import os
import random
import re
import signal
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from generating import made
from mutating import broken_bytes, broken_page, broken_text, broken_zip, smallest

import qz_analysis as qz
from qz_analysis.errors import QzError, ReadError
from qz_analysis.model import Document, claim_of
from qz_analysis.readers.detect import decode
from qz_analysis.readers.read import read
from qz_analysis.runs import tables as gathering
from qz_analysis.runs.tables import gather
from qz_analysis.schema import CLAIMS
from qz_analysis.script import simplify

SCALE = float(os.environ.get("QZ_FUZZ", "1"))
BLOCK = max(1, round(1000 * SCALE))
FIRST = max(1, BLOCK // 20)  # of a block in every run
#: numbers of the mutations of a block, those of every run and those of a long one
SHORT, REST = range(FIRST), range(FIRST, BLOCK)
PARTS = [pytest.param(SHORT, id="short"), pytest.param(REST, id="rest", marks=pytest.mark.long)]
SECONDS = 2.0  # of processor time for one input; other work on the machine costs no input its time
_COLUMNS = [f.name for f in CLAIMS]
_PLAIN = re.compile(r"(\d+(?:\.\d+)?)(万|亿)?([^\d万亿千百十余多来几]*)")
_DIGIT = re.compile(r"[0-9０-９]")
_TIMES = {"万": 10_000, "亿": 100_000_000, None: 1}


class Hang(BaseException):
    """An input took too long; no `except Exception` may swallow it."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raises `Hang` when the body takes more processor time than that."""

    def stop(*_: object) -> None:
        raise Hang(f"more than {seconds} s")

    old = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, old)


def claims_of(text: str) -> list[dict[str, Any]]:
    """Rows of the claims table of a text."""
    found = gather(Document("fuzz", text)).claims
    return [dict(zip(_COLUMNS, claim.row, strict=True)) for claim in found]


def folds(text: str) -> str:
    """The text in Simplified, half-width characters, one for one: what cleaning reads before it takes anything out."""
    narrow = {c: chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)} | str.maketrans(
        "×○◯﹪両弌弍弎亖卄\u0445\u0425", "x〇〇%两一二三四廿xx"
    )
    text = simplify(text).translate(narrow).replace("X", "x")
    return "".join(_digit(c) if c.isdecimal() and not c.isascii() else c for c in text)


def _digit(char: str) -> str:
    """A digit in another face as a digit, one of another script as the sign that stands for none."""
    plain = unicodedata.normalize("NFKC", char)
    return plain if plain.isascii() else "ø"


def within(small: str, large: str) -> bool:
    """Whether all characters of one text stand in another in the same order."""
    letters = iter(large)
    return all(c in letters for c in small)


def check(text: str) -> str:
    """What is wrong with the extraction of a text, `''` when nothing is."""
    rows = gather(Document("fuzz", text))
    folded = folds(text)
    last = 0
    for report in rows.reports:
        if not last <= report[2] <= report[3] <= len(text):
            return f"report at {report[2:4]} of {len(text)}"
        last = report[3]
    for row in rows.claims:
        claim = dict(zip(_COLUMNS, row.row, strict=True))
        report = rows.reports[claim["report"]]
        if not 0 <= report[2] <= claim["start"] <= claim["end"] <= report[3] <= len(text):
            return f"claim {claim['text']!r} at {claim['start']}-{claim['end']} outside its report {report[2:4]}"
        if problem := _numbers(claim):
            return f"claim {claim['text']!r}: {problem}"
        there = folds(html.unescape(text[claim["start"] : claim["end"]]))
        if not within(_said(claim, folded), there):
            return (
                f"claim {claim['text']!r} where {text[claim['start'] : claim['end']]!r} is printed"
            )
    return ""


def _said(claim: dict[str, Any], folded: str) -> str:
    """The characters of a claim that its place must hold: a table's cell has the number alone, its head the unit."""
    begin, stop = folded.rfind("\n", 0, claim["start"]) + 1, folded.find("\n", claim["start"])
    line = folded[begin : stop if stop >= 0 else len(folded)]
    # between bars, or copied alone on its line
    cell = line.count("|") > 1 or re.fullmatch(r"\s*[\d.,]+%?[\s|]*", line)
    return re.sub(r"[^\dx*]" if cell else r"\W", "", claim["text"])


def _numbers(claim: dict[str, Any]) -> str:
    value, low, high = claim["value"], claim["low"], claim["high"]
    known = [x for x in (value, low, high) if x == x]
    if any(math.isinf(x) for x in known):
        return f"no finite number: {known}"
    if low > high:
        return f"low {low} above high {high}"
    if (not known and claim["status"] == "ok") or (known and claim["status"] == "redacted"):
        return f"status {claim['status']} with {known}"
    plain = _PLAIN.fullmatch(claim["text"])
    words = ("成", "折", "分之", "/")  # these make another number of it
    halves = plain and plain[3].endswith("半")  # 31份半
    if plain and value == value and not (halves or plain[3].startswith(words)):
        derived = float(Decimal(plain[1]) * _TIMES[plain[2]])
        if not math.isclose(derived, value, rel_tol=1e-12):
            return f"{value} read out of it, {derived} printed"
    return ""


def invented(text: str, sign: str) -> str:
    """What is read where digits were printed when every digit of a claim is masked, `''` when nothing is."""
    places = {claim["start"] + m.start() for claim in claims_of(text) if claim["status"] == "ok"
              for m in _DIGIT.finditer(text[claim["start"] : claim["end"]])}  # fmt: skip
    masked = "".join(sign if i in places else c for i, c in enumerate(text))
    for claim in claims_of(masked):
        if claim["status"] == "ok" and places & set(range(claim["start"], claim["end"])):
            return f"{claim['text']!r} = {claim['value']} out of {masked[claim['start'] : claim['end']]!r} in {masked!r}"
    return ""


def repeated(text: str) -> str:
    """Whether a second run gives another result."""
    first, second = repr(gather(Document("fuzz", text))), repr(gather(Document("fuzz", text)))
    return "" if first == second else "another result at the second run"


def outcome(work: Callable[[Any], str], data: Any) -> str:
    """What is wrong with an input: a finding, an exception that no reader of a message could use, or a hang."""
    try:
        with limited(SECONDS):
            return work(data)
    except QzError:
        return ""
    except Hang as hang:
        return f"hang: {hang}"
    except RecursionError:
        return "RecursionError"
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def kind(problem: str) -> str:
    """A problem without what differs from input to input, so that shrinking keeps to one fault."""
    return re.split(r"[:'\d(]", problem)[0]


def told(failures: list[tuple[Callable[[Any], str], Any, str]], most: int = 5) -> str:
    """Smallest inputs of the first failures of each kind."""
    found: dict[str, Any] = {}
    for _, same in itertools.groupby(
        sorted(failures, key=lambda f: kind(f[2])), key=lambda f: kind(f[2])
    ):
        for work, data, problem in itertools.islice(same, most):

            def fails(part: Any, work: Callable[[Any], str] = work, problem: str = problem) -> bool:
                return kind(outcome(work, part)) == kind(problem)

            small = smallest(data, fails, 50 if "hang" in problem else 400)
            found[repr(small)[:2000]] = outcome(work, small) or problem
    return "\n".join(
        [
            f"{len(failures)} inputs fail",
            *(f"{problem}\n    {small}" for small, problem in found.items()),
        ]
    )


@functools.cache
def passages() -> list[str]:
    """Stretches of the embedded reports, and made-up reports with every kind of dirt."""
    found = [
        part
        for path in qz.corpus()
        for part in re.split(r"\n(?=#)", read(path).text[read(path).body :])
    ]
    found = [part[at : at + 350] for part in found for at in range(0, len(part), 350)]
    return [p for p in found if len(p) > 40] + [doc.text[:350] for doc in map(made, range(60))]


@pytest.mark.parametrize("numbers", PARTS)
@pytest.mark.parametrize("block", range(7))
def test_damaged_text_gives_claims_that_hold(block, numbers):
    """A damaged text gives claims whose places and numbers hold, the same at every run, and no number where digits are masked."""
    texts, failures = passages(), []
    for n in numbers:
        rng = random.Random(f"text:{block}:{n}")
        text = broken_text(rng, rng.choice(texts), rng.choice(texts))
        checks: list[Callable[[str], str]] = [check]
        sign = SIGNS[n // 2 % len(SIGNS)]
        if n % 2:
            checks.append(lambda t, s=sign: invented(t, s))
        if n % 10 == 0:
            checks.append(repeated)
        failures += [(work, text, problem) for work in checks if (problem := outcome(work, text))]
    assert not failures, told(failures)


#: what may stand in the place of a digit; no number may come out of it
SIGNS = "*x■○●#_某х²Ⅲ\u0301\ue000"
REPORT = """甲山县2012年信访工作总结
全县共接待来访群众193批次389人次，受理各类事项2163宗，办结2028宗，办结率93.8%。
投入资金8872.7万元，惠及群众三百余户；信访总量同比下降21.2%，走访xx户。"""
ROWS = [["乡镇", "受理（件）", "办结（件）"], ["甲桥镇", "120", "114"], ["乙河镇", "98", "97"]]


def a_page() -> bytes:
    """A small page with a table, as bytes of HTML."""
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    body = "".join(f"<p class='c'>{line}</p>\n" for line in REPORT.splitlines())
    head = '<meta charset="utf-8"><title>总结</title><script>var n = 5;</script>'
    return f"<!DOCTYPE html><html><head>{head}</head><body><div id=m>{body}<table border=1>{rows}</table></div></body></html>".encode()  # fmt: skip


def a_document() -> bytes:
    """A small Word document with a table."""
    docx = pytest.importorskip("docx")
    document, out = docx.Document(), io.BytesIO()
    for line in REPORT.splitlines():
        document.add_paragraph(line)
    table = document.add_table(len(ROWS), len(ROWS[0]))
    for row, cells in zip(table.rows, ROWS, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    document.save(out)
    return out.getvalue()


def a_print() -> bytes:
    """A small PDF with text that can be read."""
    import matplotlib
    from matplotlib.figure import Figure

    from qz_analysis.charts.theme import register

    out = io.BytesIO()
    with matplotlib.rc_context(
        {"pdf.fonttype": 42, "pdf.compression": 3, "font.family": register()}
    ):
        figure = Figure(figsize=(8, 3))
        for n, line in enumerate(REPORT.splitlines()):
            figure.text(0.02, 0.9 - 0.2 * n, line[:60])
        figure.savefig(out, format="pdf")
    return out.getvalue()


SLIPS = [
    (lambda row: (*row[:2], row[2] + 1, row[3] + 1, *row[4:]), check, "claim"),  # one character off
    (lambda row: (*row[:5], row[5] * 10, *row[6:]), check, "claim"),  # another value
    (lambda row: (*row[:3], 10**6, *row[4:]), check, "claim"),  # past the end
    (
        lambda row: row if row[19] == "ok" else (*row[:5], 5.0, *row[6:19], "ok", *row[20:]),
        invented,
        "'xxx件' = 5.0",
    ),
]


@pytest.mark.parametrize(("slip", "work", "problem"), SLIPS, ids=["place", "value", "end", "mask"])
def test_a_claim_that_does_not_hold_would_be_seen(monkeypatch, slip, work, problem):
    """The harness itself notices a claim at the wrong place, with another value, or with a value where digits are masked."""
    text = "共受理210件，办结事项若干。"
    arguments = (text, "x") if work is invented else (text,)
    assert work(*arguments) == ""
    monkeypatch.setattr(
        sys.modules[__name__],
        "gather",
        lambda d: (rows := gathering.gather(d))._replace(
            claims=[claim_of(slip(claim.row)) for claim in rows.claims]
        ),
    )
    assert work(*arguments).startswith(problem)


FILES = [("html", "html", a_page, broken_page), ("word", "docx", a_document, broken_zip), ("pdf", "pdf", a_print, broken_bytes)]  # fmt: skip


@pytest.mark.parametrize("numbers", PARTS)
@pytest.mark.parametrize(("module", "name", "sample", "damage"), FILES, ids=["html", "docx", "pdf"])
def test_damaged_file_is_read_or_refused(module, name, sample, damage, numbers):
    """A damaged file gives a text whose claims hold, or a ReadError that says why, within its time."""
    reader = getattr(pytest.importorskip(f"qz_analysis.readers.{module}"), name)
    whole = sample()
    assert "2163" in reader(whole, "whole")

    def work(data: bytes) -> str:
        text = reader(data, "fuzz")
        return (
            check(text[:3000])
            if isinstance(text, str)
            else f"{type(text).__name__} instead of text"
        )

    failures = []
    for n in numbers:
        data = damage(random.Random(f"{name}:{n}"), whole)
        if problem := outcome(work, data):
            failures.append((work, data, problem))
    assert not failures, told(failures)


def test_damaged_bytes_of_a_text_are_read_or_refused():
    """Damaged bytes in any of the encodings give a text, or a ReadError that says why."""
    failures = []
    for n in range(max(1, BLOCK // 5)):
        rng = random.Random(f"bytes:{n}")
        data = broken_bytes(
            rng, REPORT.encode(rng.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
        )
        if problem := outcome(lambda d: check(decode(d)), data):
            failures.append((lambda d: check(decode(d)), data, problem))
    assert not failures, told(failures)


def test_a_hang_and_a_crash_would_be_seen(monkeypatch):
    """The harness itself notices a hang and an exception, lets a refusal pass, and shrinks what caused a crash."""
    monkeypatch.setattr("test_fuzz.SECONDS", 0.2)

    def hangs(text: str) -> str:
        end = time.process_time() + 3 * SECONDS
        while "7" in text and time.process_time() < end:
            pass
        return ""

    def crashes(text: str) -> str:
        return str(1 // ("7" not in text))

    def refuses(text: str) -> str:
        raise ReadError("a", "is broken", "mend it")

    assert outcome(hangs, "17").startswith("hang")
    assert outcome(refuses, "17") == ""
    assert outcome(crashes, "17").startswith("ZeroDivisionError")
    assert repr("7") in told([(crashes, "受理1237件" * 50, "ZeroDivisionError: division")])
