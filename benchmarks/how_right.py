"""Whether the intervals of `qz.estimate` and `qz.agree` hold what they say: `python benchmarks/how_right.py`.

Corpora are made up in which the truth is known, read with the error rates that docs/accuracy.md
measures on pages of mass work kept apart, and sampled as `qz.sample` samples. An interval of 95 %
should cover the truth in 93 to 97 % of the runs.
"""

import argparse
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import numpy as np
import pandas as pd

import qz_analysis as qz
from qz_analysis.runs.coding import Sample, value_code
from qz_analysis.runs.sample import _BARE, _NUMBER, _allocated
from qz_analysis.schema import SAMPLE, frame

#: how often a figure is misread, by docs/accuracy.md: figures missed and made up, and values wrong,
#: when pages were first met (exact F1 0.986); family, stage and period on pages kept apart
MISSED, INVENTED, VALUE, FAMILY, STAGE, PERIOD = 0.014, 0.014, 0.014, 0.12, 0.21, 0.15
FAMILIES, SHARES = ("petition", "mediation", "funds", "other"), (0.35, 0.25, 0.2, 0.2)
#: rates in % of each family, resolved more than received, rising by the year
MEANS, RESOLVED, SLOPE, SPREAD = (70.0, 82.0, 55.0, 60.0), 6.0, 1.5, 6.0
YEARS = np.arange(2010, 2020)
#: what is true of petition figures, by the numbers above
TRUTH = {"mean": 70 + RESOLVED / 2, "difference": RESOLVED, "year": SLOPE}


def corpus(dice: np.random.Generator, sentences: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The figures as they are and as they are read, one row a sentence; `there` says in which."""
    family = dice.choice(len(FAMILIES), sentences, p=SHARES)
    stage = dice.integers(0, 2, sentences)
    year = dice.choice(YEARS, sentences)
    value = np.array(MEANS)[family] + RESOLVED * stage + SLOPE * (year - YEARS.mean())
    value = np.round(value + dice.normal(0, SPREAD, sentences), 1)
    # six sentences in ten hold a figure, one another number, three none
    kind = dice.choice(3, sentences, p=(0.6, 0.1, 0.3))
    there = kind == 0
    true = pd.DataFrame({"there": there, "family": family, "stage": stage, "year": year,
                         "value": value, "numbered": kind < 2})  # fmt: skip
    read = true.copy()
    lost = dice.random(sentences) < MISSED
    # what is made up is made of another number: as many as are missed
    invented = (kind == 1) & (dice.random(sentences) < INVENTED * 6)
    read["there"] = np.where(there, ~lost, invented)
    # what is misread is taken for any other
    wrong = dice.random(sentences) < FAMILY
    read["family"] = np.where(wrong, (family + dice.integers(1, 4, sentences)) % 4, family)
    read["stage"] = np.where(dice.random(sentences) < STAGE, 1 - stage, stage)
    other = YEARS[0] + (year - YEARS[0] + dice.integers(1, 10, sentences)) % 10
    read["year"] = np.where(dice.random(sentences) < PERIOD, other, year)
    # a digit lost: 83.7 is read as 3.7
    slip = dice.random(sentences) < VALUE
    read["value"] = np.where(slip, np.round(value % 10, 1), value)
    return true, read


def _named(table: pd.DataFrame) -> pd.DataFrame:
    """Columns as the claims table has them; a sentence is 100 characters, its figure the tenth on."""
    start = np.arange(len(table)) % 40 * 100 + 10
    doc = np.char.add("d", (np.arange(len(table)) // 40).astype(str))
    named = table.assign(
        family=np.array(FAMILIES)[table["family"]],
        stage=np.array(["received", "resolved"])[table["stage"]],
        period=table["year"].astype(str), start=start, end=start + 5, doc=doc, hash=doc,
        low=np.nan, high=np.nan, unit="%", text="00.0%",
    ).drop(columns="year")  # fmt: skip
    return named[named["there"]].drop(columns="there")


def drawn(
    dice: np.random.Generator, true: pd.DataFrame, read: pd.DataFrame, n: int
) -> tuple[pd.DataFrame, Sample]:
    """The claims table, and a sample of the sentences coded without a slip."""
    claims, right = _named(read), _named(true)
    stratum = pd.Series(np.where(true["numbered"], _NUMBER, _BARE), index=read.index)
    stratum[claims.index] = claims["family"]
    sizes = stratum.value_counts().to_dict()
    wanted, rows, strata = _allocated(sizes, n), [], []
    for number, name in enumerate(sorted(wanted), 1):
        mine = dice.choice(stratum.index[stratum == name], wanted[name], replace=False)
        rows += [(at, number, wanted[name] / sizes[name]) for at in mine]
        strata.append([number, sizes[name], wanted[name]])
    columns = ("value", "unit", "family", "stage", "period")
    coded = dict(zip(right.index, right[list(columns)].to_numpy(object), strict=True))
    numbered = true["numbered"].to_numpy()
    sentences, codes = [], []
    for at, number, chance in rows:
        doc, begin = f"d{at // 40}", at % 40 * 100
        text = "00" if numbered[at] else ""
        sentences.append((at + 1, doc, doc, begin, begin + 100, number, chance, "", "", text, ""))
        cells = [value_code(float(coded[at][0])), *coded[at][1:]] if at in coded else [""] * 5
        codes.append((at + 1, *(("00.0%", "10:15") if at in coded else ("-", "")), *cells))
    table = pd.DataFrame(codes, columns=["id", "figure", "at", *columns])
    about = {"seed": 0, "strata": strata}
    return claims, Sample(frame(sentences, SAMPLE), table, dict.fromkeys(columns, ()), about)


def run(seed: int, sentences: int, n: int) -> list[tuple[str, bool, bool, float, float]]:
    """One corpus and one sample: of each quantity whether the corrected and the naive interval cover
    the truth, and how wide they are.
    """
    dice = np.random.default_rng(seed)
    true, read = corpus(dice, sentences)
    claims, sample = drawn(dice, true, read, n)
    petition = {"family": "petition"}
    made = pd.concat([
        qz.estimate(claims, sample, where=petition).iloc[:1],
        qz.estimate(claims, sample, where=petition, by={"stage": ("received", "resolved")}).iloc[1:],
        qz.estimate(claims, sample, where=petition, on=["year"]).iloc[1:],
    ])  # fmt: skip
    rows = []
    for row in made.to_dict("records"):
        truth = TRUTH[row["term"]]
        rows.append((
            row["term"], row["low"] <= truth <= row["high"],
            row["naive_low"] <= truth <= row["naive_high"],
            row["high"] - row["low"], row["estimate"] - truth, row["naive"] - truth,
        ))  # fmt: skip
    if seed % 5:  # shares in every fifth run
        return rows
    both = read["there"] & true["there"]
    told = qz.agree(sample, sample, claims, resamples=2).extraction.set_index("what")
    for what, share in {
        "recall": both.sum() / true["there"].sum(),
        "precision": both.sum() / read["there"].sum(),
        "family": (read["family"] == true["family"])[both].mean(),
        "stage": (read["stage"] == true["stage"])[both].mean(),
    }.items():
        one = told.loc[what]
        covered = one["low"] <= 100 * share <= one["high"]
        rows.append(
            (what, covered, np.nan, one["high"] - one["low"], one["share"] - 100 * share, np.nan)
        )
    return rows


def main() -> None:
    """Prints how often the intervals cover the truth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--sentences", type=int, default=5000, help="of each corpus")
    parser.add_argument(
        "--sample", type=int, default=286, help="200 of these hold a figure as read"
    )
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    one = partial(run, sentences=args.sentences, n=args.sample)
    with ProcessPoolExecutor(args.workers) as pool:
        rows = [row for many in pool.map(one, range(args.seed, args.seed + args.runs), chunksize=10)
                for row in many]  # fmt: skip
    columns = ["what", "covers", "naive", "width", "bias", "naive bias"]
    table = pd.DataFrame(rows, columns=columns).astype({"covers": float, "naive": float})
    print("| what | 95 % intervals that cover | naive ones | width | bias | naive bias |")
    print("| --- | --- | --- | --- | --- | --- |")
    for what, mine in table.groupby("what", sort=False):
        m = mine.drop(columns="what").mean()
        naive = "" if np.isnan(m["naive"]) else f"{100 * m['naive']:.1f} %"
        bias = "" if np.isnan(m["naive bias"]) else f"{m['naive bias']:.2f}"
        print(
            f"| {what} | {100 * m['covers']:.1f} % | {naive} | {m['width']:.2f} | {m['bias']:.2f} | {bias} |"
        )


if __name__ == "__main__":
    main()
