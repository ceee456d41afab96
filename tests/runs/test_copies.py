"""The search for copies, divided: the answers of the search that asks report after report."""

import random
from pathlib import Path

import pytest
from copying import draw
from sparing import sparing

from qz_analysis.extraction.duplicates import Copies, signature
from qz_analysis.runs import copies as cp
from qz_analysis.runs.pairs import work
from qz_analysis.runs.parts import Writer, part_folder


def stored(out: Path, signatures: list[bytes], seed: int) -> list[tuple[int, str]]:
    """Parts of up to 40 reports, some of them empty."""
    lots, parts, at = random.Random(seed), [], 0
    while at < len(signatures):
        number, count = len(parts) + 1, lots.randrange(41)
        with Writer(part_folder(out, number, "t"), "csv", []) as writer:
            writer.add_signatures(signatures[at : at + count])
            writer.close()
        parts.append((number, "t"))
        at += count
    return parts


def asked(signatures: list[bytes]) -> list[int]:
    """What `Copies` says, in the numbers that the divided search uses."""
    with Copies() as known:
        same = [known.earlier(str(n), one) for n, one in enumerate(signatures)]
    found = [int(one) + 1 if one else cp.ORIGINAL for one in same]
    return [cp.COPIED if n + 1 in found else one for n, one in enumerate(found)]


def here(jobs):
    """Does the jobs in this process, the last one first."""
    return [(job, work(job)) for job in reversed(list(jobs))]


@pytest.fixture
def divided(tmp_path, monkeypatch):
    """The divided search over some signatures, in many small groups."""

    def search(signatures: list[bytes], seed: int = 0, group: int = 3000) -> list[int]:
        monkeypatch.setattr(cp, "_SMALL", 0)
        monkeypatch.setattr(cp, "_GROUP", group)
        parts = stored(tmp_path, signatures, seed)
        scratch = tmp_path / "scratch"
        scratch.mkdir()
        return cp.originals(tmp_path, parts, scratch, here)[0].tolist()[: len(signatures)]

    return search


@pytest.mark.parametrize("stock", [0.0, 0.3, 0.95])
@pytest.mark.parametrize("seed", range(4))
def test_division_changes_no_answer(divided, seed, stock):
    """Reports with copies, copies of copies and stock clauses get the answers of one search."""
    signatures = [signature(text) for text in draw(seed, 400, stock)]
    expected = asked(signatures)
    assert sum(0 < one < cp.COPIED for one in expected) > 50
    assert divided(signatures, seed) == expected


@pytest.mark.parametrize("told", sparing([2, 1, 16], 3))
def test_versions_that_drift_away(divided, monkeypatch, told):
    """A page that changes a little from day to day begins anew where it is no copy of the first."""
    monkeypatch.setattr(cp, "_TOLD", told)
    monkeypatch.setattr(cp, "_CHUNK", 7)
    days = [[f"第{n}条所说的一句话" for n in range(day, day + 40)] for day in range(120)]
    signatures = [signature("。".join(day)) for day in days]
    expected = asked(signatures)
    assert expected.count(cp.COPIED) > 20
    assert divided(signatures) == expected


def test_small_and_empty_corpora(divided, tmp_path):
    """No report, and reports without clauses, are no copies; a small corpus is not divided."""
    signatures = [signature(text) for text in draw(1, 60, 0.3)]
    parts = stored(tmp_path / "small", signatures, 1)
    found, counts = cp.originals(tmp_path / "small", parts, tmp_path, here)
    assert (found.tolist(), sum(counts)) == (asked(signatures), len(signatures))
    assert cp.originals(tmp_path, [], tmp_path, here)[0].tolist() == []
    assert divided([b"", b"", b""]) == [cp.ORIGINAL] * 3
