"""Fits the model of families and writes `qz_analysis/vocabularies/family_weights.tsv`.

    python tools/fit.py CORPUS GOLD SEEDS            # fit on everything and write the table
    python tools/fit.py CORPUS GOLD SEEDS --judge    # only say how right it is on places not seen

CORPUS holds the texts that `tests/gold/work_reports.tsv` labels, GOLD and SEEDS the labelled pages and
their texts; neither is in the repository. The other labels are: retellings, phrases of the tests,
and `tools/family_sentences.tsv`. A text that is missing, or has another sha256, is left out and named.
Made-up pages of mass work come from `tests/gold/mass_work.tsv`; those of `mass_work_apart.tsv` are
never read here. How sure the model may be is learnt on pages of mass work left out by whole thirds.
Needs scikit-learn (extra `dev`).
"""

import argparse
import csv
import hashlib
import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize_scalar
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from qz_analysis.extraction import context, families
from qz_analysis.extraction.pipeline import describe, pages

HOME = Path(__file__).parents[1]
TABLE = HOME / "qz_analysis" / "vocabularies" / families.WEIGHTS
STRENGTH = 0.3  # inverse of the regularization, chosen on two thirds of the places
SMALLEST = 0.075  # a weight nearer to nothing is left out of the table
MASS_WORK = 1.5  # weight of a page of mass work, so that they count as much as the work reports
RAREST = 2  # a feature that fewer claims have is left out
FOLDS = 6


class Example(NamedTuple):
    """A labelled claim: its features, the fair families, the rules' answer, and where it is from."""

    features: list[str]
    fair: list[str]
    rule: str
    group: (
        str  # what must not stand on both sides of a fold: a place, or a page with its retellings
    )
    source: str
    weight: float
    where: str


def observed(source: str) -> Iterator[tuple[int, int, list[str], str]]:
    """Start, end, features and rules' family of every claim of a text."""
    seen: list[tuple[list[str], str]] = []

    def note(windows: Any, contexts: Any) -> Any:
        features = families.observe(windows, contexts)
        seen.extend((f, c.family) for f, c in zip(features, contexts, strict=True))
        return contexts

    decide, context.decide = context.decide, note  # what the model would see, without the model
    try:
        for document, page, reports in pages(source):
            for number, report in enumerate(reports):
                seen.clear()
                claims = describe(document, number, page, report, "")
                for claim, (features, rule) in zip(claims, seen, strict=True):
                    yield claim.start, claim.end, features, rule
    finally:
        context.decide = decide


def rows(path: Path) -> list[dict[str, str]]:
    """A table with tabs between its cells."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def matched(
    text: str, labels: Sequence[dict[str, str]], group: str, source: str, weight: float, doc: str
) -> Iterator[Example]:
    """The labelled claims of a text that are found in it."""
    found = list(observed(text))
    for label in labels:
        start, end = int(label["start"]), max(int(label["end"]), int(label["start"]) + 1)
        fair = [name for name in label["family"].split("|") if name and name != "none"]
        hit = next((f for f in found if f[0] < end and start < f[1]), None)
        if fair and hit:
            yield Example(hit[2], fair, hit[3], group, source, weight, f"{doc}:{start}")


def work_reports(corpus: Path) -> Iterator[Example]:
    """Claims of government work reports, a place a group."""
    labels: dict[str, list[dict[str, str]]] = {}
    for row in rows(HOME / "tests" / "gold" / "work_reports.tsv"):
        labels.setdefault(row["doc"], []).append(row)
    places = {row["doc"]: row["place"] for row in rows(corpus / "docs.tsv")}
    for doc, own in labels.items():
        path = corpus / f"{doc}.txt"
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != own[0]["sha256"]:
            print(f"left out: {path} is missing or another text", file=sys.stderr)
            continue
        text = path.read_bytes().decode("utf-8")
        yield from matched(text, own, places[doc], "work reports", 1.0, doc)


def labelled_pages(gold: Path, seeds: Path) -> Iterator[Example]:
    """Claims of the labelled pages on mass work."""
    for row in rows(gold / "docs.tsv"):
        path = seeds / f"{row['file']}.txt"
        labels = [r for r in rows(gold / f"{row['doc']}.claims.tsv") if r["label"] != "soft"]
        if path.exists():
            text = path.read_bytes().decode("utf-8")
            yield from matched(text, labels, row["doc"][:3], "pages", 1.0, row["doc"])


def mass_work() -> Iterator[Example]:
    """Claims of the made-up pages on mass work, a page a group; those kept apart are not read."""
    home = HOME / "tests" / "gold"
    labels: dict[str, list[dict[str, str]]] = {}
    for row in rows(home / "mass_work.tsv"):
        labels.setdefault(row["doc"], []).append(row)
    for doc, own in labels.items():
        text = (home / "mass_work" / f"{doc}.txt").read_bytes().decode("utf-8")
        yield from matched(text, own, doc, "mass work", MASS_WORK, doc)


def retellings() -> Iterator[Example]:
    """Claims of the retold reports; a retelling stands with the page that it retells."""
    for path in sorted((HOME / "data" / "reports").glob("*.md")):
        labels = rows(HOME / "tests" / "gold" / f"{path.stem}.claims.tsv")
        labels = [row for row in labels if row["label"] != "soft"]
        text = path.read_text(encoding="utf-8")
        yield from matched(text, labels, path.stem[:3], "retellings", 0.7, path.stem)


def sentences() -> Iterator[Example]:
    """Claims of made-up sentences; a cell names the family of each figure, or that of all."""
    for number, row in enumerate(rows(HOME / "tools" / "family_sentences.tsv")):
        found = list(observed(row["sentence"]))
        named = row["families"].split(" ")
        if len(named) not in {1, len(found)}:
            print(f"family_sentences.tsv:{number + 2}: {len(found)} figures", file=sys.stderr)
            continue
        for (start, _, features, rule), fair in zip(
            found, named * (len(found) if len(named) == 1 else 1), strict=True
        ):
            yield Example(
                features, fair.split("|"), rule, "", "sentences", 0.6, f"{number}:{start}"
            )
    for path in sorted((HOME / "tests" / "phrases").glob("*.tsv")):
        for row in rows(path):
            fair = [w[7:] for w in row["expected"].split() if w.startswith("family=")]
            found = list(observed(row["phrase"])) if fair and "\\" not in row["phrase"] else []
            if len(found) == 1:
                for start, _, features, rule in found:
                    where = f"{path.stem}:{start}"
                    named = fair[0].split("|")
                    yield Example(features, named, rule, "", "sentences", 1.0, where)


class Fitted(NamedTuple):
    names: dict[str, int]
    families: list[str]
    weights: Any  # a row of weights for each family

    def logits(self, examples: Sequence[Example]) -> Any:
        out = np.zeros((len(examples), len(self.families)))
        for i, example in enumerate(examples):
            at = [self.names[f] for f in example.features if f in self.names]
            out[i] = self.weights[:, at].sum(axis=1)
        return out


def fit(examples: Sequence[Example], strength: float = STRENGTH) -> Fitted:
    """Multinomial logistic regression; of two fair families the first counts a little more."""
    tally = Counter(feature for e in examples for feature in set(e.features))
    x, y, w = [], [], []
    for example in examples:
        shares = [1.0] if len(example.fair) == 1 else [0.6, *[0.4 / (len(example.fair) - 1)] * 9]
        for family, share in zip(example.fair, shares, strict=False):
            x.append(dict.fromkeys((f for f in example.features if tally[f] >= RAREST), 1))
            y.append(family)
            w.append(example.weight * share)
    vectors = DictVectorizer()
    table = vectors.fit_transform(x)
    made = LogisticRegression(C=strength, max_iter=400, fit_intercept=False, tol=1e-4)
    made.fit(table, y, sample_weight=w)
    weights = np.where(np.abs(made.coef_) < SMALLEST, 0, np.round(made.coef_, 2))
    return Fitted(dict(vectors.vocabulary_), list(made.classes_), weights)


def confidence(logits: Any, temperature: float) -> Any:
    """The probability of the best answer."""
    scaled = (logits - logits.max(axis=1, keepdims=True)) / temperature
    return 1 / np.exp(scaled).sum(axis=1)


def calibrated(logits: Any, right: Any) -> float:
    """The temperature at which the probability of the best answer says best whether it is right."""

    def loss(t: float) -> float:
        p = np.clip(confidence(logits, t), 1e-6, 1 - 1e-6)
        return float(-(right * np.log(p) + (1 - right) * np.log(1 - p)).mean())

    return float(minimize_scalar(loss, bounds=(0.2, 5), method="bounded").x)


def fold(group: str, folds: int = FOLDS) -> int:
    """The fold of a group; the same on every machine."""
    return zlib.crc32(group.encode()) % folds


def crossed(examples: Sequence[Example], strength: float) -> tuple[list[Example], Any, Any]:
    """Examples of real texts with the scores of models that saw neither their place nor their page."""
    told, scored, right = [], [], []
    groups = sorted({e.group for e in examples if e.group})
    sizes = Counter(e.group for e in examples)
    loads = [0] * FOLDS
    at = {}
    for group in sorted(groups, key=lambda g: -sizes[g]):  # the largest first, to the emptiest fold
        at[group] = loads.index(min(loads))
        loads[at[group]] += sizes[group]
    order: list[str] = sorted({name for e in examples for name in e.fair})
    for number in range(FOLDS):
        made = fit([e for e in examples if not e.group or at[e.group] != number], strength)
        away = [e for e in examples if e.group and at[e.group] == number]
        logits = made.logits(away)
        columns = [made.families.index(f) if f in made.families else -1 for f in order]
        logits = np.stack([logits[:, c] if c >= 0 else logits[:, 0] - 99 for c in columns], axis=1)
        told += away
        scored.append(logits)
        right += [order[k] in e.fair for k, e in zip(logits.argmax(axis=1), away, strict=True)]
    return told, np.concatenate(scored), np.array(right, dtype=float)


def thirds(examples: Sequence[Example], strength: float) -> tuple[list[Example], Any, Any]:
    """The pages of mass work with the scores of models that saw none of their whole third."""
    groups = sorted({e.group for e in examples if e.source == "mass work"})
    told, scored, right = [], [], []
    for third in (set(groups[number::3]) for number in range(3)):
        made = fit([e for e in examples if e.group not in third], strength)
        away = [e for e in examples if e.group in third]
        logits = made.logits(away)
        best = [made.families[k] for k in logits.argmax(axis=1)]
        told += away
        scored.append(logits)
        right += [name in e.fair for name, e in zip(best, away, strict=True)]
    return told, np.concatenate(scored), np.array(right, dtype=float)


def report(name: str, examples: Sequence[Example], logits: Any, right: Any, t: float) -> None:
    """Prints how right the rules and the model are: all, and the surest shares; calibration error."""
    rules = np.mean([e.rule in e.fair for e in examples])
    p = confidence(logits, t)
    order = np.argsort(-p, kind="stable")
    shares = [right[order[: max(1, round(len(order) * s))]].mean() for s in (0.9, 0.8, 0.7)]
    bins = np.clip((p * 10).astype(int), 0, 9)
    error = sum(
        (bins == b).mean() * abs(p[bins == b].mean() - right[bins == b].mean())
        for b in set(bins.tolist())
    )
    print(
        f"{name:28} n {len(examples):5}  rules {rules:.3f}  model {right.mean():.3f}  surest 90/80/70 % "
        + " ".join(f"{s:.3f}" for s in shares)
        + f"  calibration error {error:.3f}"
    )


def judged(name: str, made: Fitted, examples: Sequence[Example], t: float) -> None:
    """The report of a model on examples."""
    logits = made.logits(examples)
    best = [made.families[k] for k in logits.argmax(axis=1)]
    right = np.array([b in e.fair for b, e in zip(best, examples, strict=True)], dtype=float)
    report(name, examples, logits, right, t)


def written(made: Fitted, temperature: float, margin: float) -> str:
    """The table of the model."""
    lines = [
        "# The model of families, made by tools/fit.py: do not edit. Settings begin with !; then feature, family, weight.",
        f"!temperature\t{temperature:.3f}",
        f"!margin\t{margin}",
    ]
    for feature, column in sorted(made.names.items()):
        for family, weight in zip(made.families, made.weights[:, column], strict=True):
            if weight:
                lines.append(f"{feature}\t{family}\t{weight:g}")
    return "\n".join(lines) + "\n"


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("corpus", type=Path)
    ap.add_argument("gold", type=Path)
    ap.add_argument("seeds", type=Path)
    ap.add_argument("--judge", action="store_true", help="write nothing")
    ap.add_argument("--held", action="store_true", help="the held-out third of the places, once")
    ap.add_argument("--strength", type=float, default=STRENGTH)
    a = ap.parse_args()
    reports = list(work_reports(a.corpus))
    own = [
        *labelled_pages(a.gold, a.seeds),
        *labelled_pages(HOME / "tests" / "gold" / "pages", a.seeds),
        *mass_work(),
        *retellings(),
        *sentences(),
    ]
    print(Counter(e.source for e in [*reports, *own]))
    held = [e for e in reports if fold(e.group, 3) == 0]
    tuned = [e for e in reports if fold(e.group, 3) != 0]
    print(f"held out: {len({e.where.split(':')[0] for e in held})} documents")
    for name, examples in (("two thirds", [*tuned, *own]), ("all", [*reports, *own]))[
        : 1 if a.held else 2
    ]:
        told, logits, right = crossed(examples, a.strength)
        t = calibrated(logits, right)
        report(f"{name}, unseen places", told, logits, right, t)
        for source in sorted({e.source for e in told}):
            at = np.array([e.source == source for e in told])
            mine = [e for e in told if e.source == source]
            report("  " + source, mine, logits[at], right[at], t)
        if a.held:
            judged("held-out third", fit(examples, a.strength), held, t)
            return 0
    told, unseen, found = thirds(examples, a.strength)
    t = max(t, calibrated(unseen, found))  # never surer than right on pages of its kind not seen
    report("mass work, thirds left out", told, unseen, found, t)
    made = fit(examples, a.strength)
    table = written(made, t, _margin(logits, right, t))
    print(f"temperature {t:.3f}, {len(table.encode()):,} bytes, {table.count(chr(10)):,} weights")
    for source in sorted({e.source for e in examples}):
        judged("  fitted: " + source, made, [e for e in examples if e.source == source], t)
    if not a.judge:
        TABLE.write_text(table, encoding="utf-8")
    return 0


def _margin(logits: Any, right: Any, temperature: float) -> float:
    """The least probability, in steps of 0.05, below which fewer than half the answers are right."""
    p = confidence(logits, temperature)
    for margin in (0.6, 0.55, 0.5, 0.45, 0.4, 0.35, 0.3):
        below = (p < margin) & (p >= margin - 0.1)
        if below.any() and right[below].mean() < 0.5:
            return margin
    return 0.3


if __name__ == "__main__":
    sys.exit(main())
