"""The tables: every claim leads back to its page, and the retold corpus states what its pages state."""

import csv
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
import yaml

from qz_analysis import corpus, extract, read, tables
from qz_analysis.extraction.clean import clean
from qz_analysis.extraction.corrections import text_hash
from qz_analysis.model import Document
from qz_analysis.runs import tables as gathering
from qz_analysis.schema import CLAIMS, CORRECTIONS, RELATIONS, REPORTS

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
#: which labels cover which stretch of which page; the second half of page 002 is labelled in this project
LABELS = [(SHARED / "gold", doc) for doc in ("000", "001", "002a", "003", "004")] + [
    (ROOT / "tests/gold/pages", "002b")
]
needs_pages = pytest.mark.skipif(not SEEDS, reason="the source pages are not beside this checkout")


@pytest.fixture(scope="module")
def retold(corpus_tables):
    """Claims of the embedded corpus."""
    return corpus_tables.claims


def test_tables_have_the_described_columns():
    """The three tables have the columns of the contract, with rows and without."""
    for text in ("全县受理98件，办结97件。", ""):
        result = tables(text)
        for table, fields in zip(result, (CLAIMS, RELATIONS, REPORTS), strict=False):
            assert list(table) == [f.name for f in fields]


def test_every_retold_claim_leads_back(retold):
    """In the embedded corpus raw[start:end] is the printed expression, of every claim."""
    for path in corpus():
        raw = read(path).text
        for row in retold[retold["doc"] == path.stem].itertuples():
            assert clean(raw[row.start : row.end]).text == row.text


@needs_pages
@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.stem)
def test_every_page_claim_leads_back(path):
    """In the source pages raw[start:end] holds the expression of every claim, noise inside it included."""
    raw = read(path).text
    for row in extract(path).itertuples():
        printed = clean(raw[row.start : row.end]).text
        digits = [c for c in row.text if c.isalnum()]
        left = iter(
            printed
        )  # a page marker may stand inside: the expression's characters follow each other in it
        assert all(c in left for c in digits), (printed, row.text)
        assert raw[row.start : row.end] == raw[row.start : row.end].strip()


def _key(row) -> tuple[float | None, float | None, float | None, str]:
    numbers = (row[name] for name in ("value", "low", "high"))
    value, low, high = (None if x in ("", None) or x != x else round(float(x), 4) for x in numbers)
    return value, low, high, row["unit"]


def _labels() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for folder, doc in LABELS:
        with (folder / "docs.tsv").open(encoding="utf-8") as lines:
            file = next(r["file"] for r in csv.DictReader(lines, delimiter="\t") if r["doc"] == doc)
        with (folder / f"{doc}.claims.tsv").open(encoding="utf-8", newline="") as lines:
            found.setdefault(file, []).extend(
                csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            )
    return found


@pytest.fixture(scope="module")
def labels():
    """Labels of all pages, by source file."""
    return _labels() if SEEDS else {}


@pytest.fixture(scope="module")
def pages():
    """What the extractor finds in the source pages."""
    return extract(SEEDS) if SEEDS else None


@needs_pages
@pytest.mark.parametrize("path", corpus(), ids=lambda p: p.stem)
def test_retelling_states_what_the_page_states(path, retold, labels, pages):
    """The figures of a retelling are the labelled figures of its page, each as often: none lost, none added."""
    meta = read(path).meta
    mine = [
        r
        for r in labels[Path(meta["source"]).stem]
        if meta["start"] <= int(r["start"]) < meta["end"]
    ]
    soft = Counter(_key(r) for r in mine if r["label"] == "soft")
    told = Counter(_key(r) for r in retold[retold["doc"] == path.stem].to_dict("records"))
    if (
        path.stem >= "002-10" and path.stem < "003"
    ):  # the half without shared labels: what the extractor finds in the page
        inside = pages[
            (pages["doc"] == Path(meta["source"]).stem)
            & pages["start"].between(meta["start"], meta["end"] - 1)
        ]
        vague = [
            (int(r["start"]), int(r["end"])) for r in mine if r["label"] == "soft"
        ]  # norms and anecdotes stay untold
        rows = inside.to_dict("records")
        found = Counter(
            _key(r) for r in rows if not any(r["start"] < e and s < r["end"] for s, e in vague)
        )
        assert told - found - soft == Counter()
        assert found - told - soft == Counter()
        return
    stated = Counter(_key(r) for r in mine if r["label"] != "soft")
    assert stated - told == Counter()
    assert told - stated - soft == Counter()


def test_front_matter_of_every_retelling_is_whole():
    """Every retelling names its source, stretch, place, level, period and title, and no key more."""
    for path in corpus():
        meta = read(path).meta
        assert list(meta) == [
            "source",
            "sha256",
            "start",
            "end",
            "place",
            "level",
            "period",
            "title",
        ], path.name
        assert meta["end"] > meta["start"] >= 0


def test_copy_of_a_report_is_found():
    """A report printed twice is told by `same_as` in its second place."""
    body = read(corpus()[1]).text
    result = tables([Document("a", body), Document("b", body.replace("镇、村", "乡村"))])
    assert result.reports["same_as"].tolist() == ["", "a:0"]


def test_bad_file_is_kept_apart(tmp_path):
    """With on_error='keep' a broken file is listed with its reason and the others are read."""
    (tmp_path / "bad.txt").write_bytes(b"\x00\xff" * 99)
    (tmp_path / "good.txt").write_text("全县受理98件。", encoding="utf-8")
    result = tables(tmp_path, on_error="keep")
    assert len(result.claims) == 1
    assert result.errors.loc[0, "file"].endswith("bad.txt")


def test_masked_numbers_never_get_a_value(retold):
    """A redacted claim has no value, no ends and a note that says why."""
    hidden = retold[retold["status"] == "redacted"]
    assert len(hidden) > 50
    assert hidden[["value", "low", "high"]].isna().all(axis=None)
    assert (hidden["note"] != "").all()


def test_corpus_holds_no_front_matter_surprises():
    """Masks in front matter are quoted, so that YAML gives text."""
    for path in corpus():
        meta = yaml.safe_load(path.read_text(encoding="utf-8").split("---")[1])
        assert isinstance(meta["place"], str)


def test_claims_alone_are_neither_audited_nor_compared(monkeypatch):
    """`extract` gives the claims of `tables`, as corrected, without what they do not need."""
    text = "甲县受理来访43批次，办结36批次，办结率83.7%。"
    start = text.index("36")
    wrong = pd.DataFrame(
        [(text_hash(text), "text", start, start + 4, "value", "36", "35", "", "", "")],
        columns=[f.name for f in CORRECTIONS],
    )
    expected = tables(text, corrections=wrong).claims
    for name in ("find_relations", "signature"):
        monkeypatch.delattr(gathering, name)
    claims = extract(text, corrections=wrong)
    assert claims["value"].tolist() == [43.0, 35.0, 83.7]
    pd.testing.assert_frame_equal(claims, expected)


def test_what_a_table_carries_is_copied_by_no_step():
    """Titles of documents go with the claims through each step as one object: copied each time they would take most of the time of a page."""
    claims = tables("甲县2019年信访工作总结\n全县受理事项43宗，办结36宗。").claims
    step = claims[claims["kind"].eq("count")].assign(n=1).sort_values("n").copy()
    assert step.attrs and all(step.attrs[name] is claims.attrs[name] for name in claims.attrs)
