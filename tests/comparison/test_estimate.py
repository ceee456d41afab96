"""Corrected means, differences and lines, against computations by hand."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy.special import stdtrit

import qz_analysis as qz
from qz_analysis import QzError

#: one figure a sentence; the extractor reads every fourth as 10 too many
N = 24
TRUE = [20 + 3 * (n % 5) for n in range(N)]
READ = [value + 10 * (n % 4 == 0) for n, value in enumerate(TRUE)]
PAGE = "".join(f"乙县{2001 + n % 9}年受理事项{value}件。" for n, value in enumerate(TRUE))


@pytest.fixture(scope="module")
def read():
    """The claims as they are read."""
    claims = qz.extract(PAGE)
    return claims.assign(value=[float(value) for value in READ])


@pytest.fixture(scope="module")
def sheet():
    """Half of the sentences, coded rightly."""
    drawn = qz.sample(PAGE, n=12, seed=3, columns=["value", "stage"])
    rows = []
    for number, said in zip(drawn.sentences["id"], drawn.sentences["sentence"], strict=True):
        figure = said.split("事项")[1][:-1]
        rows.append({"id": number, "figure": figure, "value": figure[:-1], "stage": "received"})
    return drawn.coded(rows)


def _pairs(sheet, read):
    at = read["start"].searchsorted(sheet.sentences["start"])
    return np.array(TRUE, float)[at], np.array(READ, float)[at]


def test_a_mean_by_hand(read, sheet):
    """With one stratum the mean is that of PPI++: mean(Y) + λ(mean(f) of all - mean(f) reviewed)."""
    one = qz.estimate(read, sheet).iloc[0]
    y, f = _pairs(sheet, read)
    # how the figures as read scatter is known from all of them: by mean squares, each by its n
    known = (np.var(READ) / N) / (np.var(f) / 12 * 12 / N)
    power = np.cov(y, f)[0, 1] / (np.var(f, ddof=1) * known)
    assert one["power"] == pytest.approx(power) and 0 < power < 1
    assert one["naive"] == pytest.approx(np.mean(READ))
    assert one["reviewed"] == pytest.approx(y.mean())
    assert one["estimate"] == pytest.approx(y.mean() + one["power"] * (np.mean(READ) - f.mean()))
    assert (one["figures"], one["sentences"]) == (N, 12)
    # a sentence left out moves a mean by its distance / (n - 1); half of the corpus is left
    own, shared, its = (
        0.5 * 12 / 11 * (one * other).sum() / 11**2
        for one, other in (
            (y - y.mean(), y - y.mean()),
            (y - y.mean(), f - f.mean()),
            (f - f.mean(), f - f.mean()),
        )
    )
    spread = own - 2 * power * shared + power**2 * its * known
    spread = max(spread, own - shared**2 / its) + ((y - y.mean()) ** 2 / 11**2 * 0.5).sum()
    half = stdtrit(11, 0.975) * math.sqrt(spread)
    assert one["high"] - one["low"] == pytest.approx(2 * half)


def test_a_whole_sample_needs_no_figure_as_read(read):
    """Where every sentence is reviewed, the estimate is that of the right figures."""
    drawn = qz.sample(PAGE, n=N, seed=3, columns=["value"])
    codes = [
        {"id": n, "figure": (said := text.split("事项")[1][:-1]), "value": said[:-1]}
        for n, text in zip(drawn.sentences["id"], drawn.sentences["sentence"], strict=True)
    ]
    one = qz.estimate(read, drawn.coded(codes)).iloc[0]
    assert one["estimate"] == pytest.approx(np.mean(TRUE))


def test_readings_without_error_only_weigh_what_was_reviewed(sheet):
    """Where coder and extractor say the same, the estimate lies between naive and reviewed."""
    right = qz.extract(PAGE)
    made = pd.concat([qz.estimate(right, sheet), qz.estimate(right, sheet, on=["year"])])
    assert made["term"].tolist() == ["mean", "intercept", "year"]
    between = made["reviewed"] + made["power"] * (made["naive"] - made["reviewed"])
    assert made["estimate"].to_numpy() == pytest.approx(between.to_numpy())
    assert (made["power"] > 0.5).all()
    slope = np.polyfit([2001 + n % 9 for n in range(N)], TRUE, 1)[0]
    assert made["naive"].iloc[2] == pytest.approx(slope)


def test_groups_and_shares(read, sheet):
    """A difference is the second group's mean less the first's; a share counts a label."""
    apart = read.assign(group=["a", "b"] * (N // 2))
    made = qz.estimate(apart, sheet, by={"group": ("a", "b")})
    assert made["term"].tolist() == ["mean", "difference"]
    assert made["naive"].iloc[1] == pytest.approx(np.mean(READ[1::2]) - np.mean(READ[::2]))
    misread = read.assign(stage=["received", ""] * (N // 2))
    share = qz.estimate(misread, sheet, {"stage": "received"}).iloc[0]
    assert share["naive"] == 0.5 and share["reviewed"] == 1.0 == share["estimate"]


def test_figures_that_were_missed_are_corrected_for(read, sheet):
    """The coder's figures count where the extractor read none; a panel's cells alone do not."""
    missed = read[read["value"] < 32]
    one = qz.estimate(missed, sheet).iloc[0]
    y, _ = _pairs(sheet, read)
    assert one["reviewed"] == pytest.approx(y.mean()) and one["estimate"] > one["naive"]
    cells = qz.estimate(missed.drop(columns="hash"), sheet).iloc[0]
    assert cells["reviewed"] < one["reviewed"]


def test_a_panel_is_corrected_by_its_cells():
    """Of a panel the stated cells take part, with the coder's value where one was reviewed."""
    page = "".join(f"满城区{2001 + n}年，满城区调解成功率{90 + n % 7}%。" for n in range(12))
    tables = qz.tables(page)
    drawn = qz.sample(page, n=8, seed=1, columns=["value"])
    codes = [
        {"id": n, "figure": (said := text.split("率")[1][:-1]), "value": float(said[:-1]) - 1}
        for n, text in zip(drawn.sentences["id"], drawn.sentences["sentence"], strict=True)
    ]
    made = qz.estimate(qz.panel(tables, "调解成功率"), drawn.coded(codes)).iloc[0]
    moved = made["reviewed"] + made["power"] * (made["naive"] - 1 - made["reviewed"])
    assert made["estimate"] == pytest.approx(moved) and made["figures"] == 12
    assert made["low"] < made["naive"] - 1 < made["high"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"where": {"colour": "red"}}, "no column 'colour'"),
        ({"where": {"period": "2001"}, "on": ["year"]}, "too few for intercept, year"),
        ({"by": {"stage": "received"}}, "by is one column with its two groups"),
    ],
)
def test_what_cannot_be_estimated(read, sheet, asked, said):
    """A missing column, too few figures and a group that is none are named."""
    with pytest.raises(QzError, match=said):
        qz.estimate(read, sheet, **asked)
    with pytest.raises(QzError, match="no coded sentence is of the pages"):
        qz.estimate(qz.extract("受理9件。"), sheet)
