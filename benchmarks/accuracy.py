"""How right the extractor is on hand-labelled reports: one table, made anew by `python benchmarks/accuracy.py`.

A claim counts as found where its place overlaps a labelled one; it is exact when value (or both ends) and unit are right, full when
bound, kind and direction are right too. Labels marked `soft` count neither way. `a|b` in a label means that either answer is fair.
"""

import csv
import math
from collections import Counter
from pathlib import Path
from typing import Any

import qz_analysis as qz

GOLD = Path(__file__).parent.parent / "tests" / "gold"
FIELDS = ("bound", "kind", "direction", "family", "stage", "period")
Row = dict[str, Any]


def labels(folder: Path, kind: str) -> dict[str, list[Row]]:
    """Labelled rows of one kind (`claims`, `relations`) by document."""
    found = {}
    for path in sorted(folder.glob(f"*.{kind}.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            found[path.name.partition(".")[0]] = list(
                csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            )
    return found


def _meets(gold: Row, row: Row) -> bool:
    start, end = int(gold["start"]), int(gold["end"])
    return row["start"] < max(end, start + 1) and start < row["end"]


def _same(printed: str, found: float) -> bool:
    empty = printed == ""
    return (
        math.isnan(found)
        if empty
        else math.isclose(float(printed), found, rel_tol=1e-4, abs_tol=1e-9)
    )


def _exact(gold: Row, row: Row) -> bool:
    ends = ("low", "high") if gold["low"] else ("value",)
    return all(_same(gold[e], row[e]) for e in ends) and gold["unit"] == row["unit"]


def score(gold: list[Row], found: list[Row]) -> Counter[str]:
    """Counts for one document: how many labelled, found, exact, full, right by field, redacted and extra."""
    counts: Counter[str] = Counter()
    left = list(found)
    for label in sorted(gold, key=lambda g: ("claim", "redacted", "soft").index(g["label"])):
        hits = sorted((r for r in left if _meets(label, r)), key=lambda r: not _exact(label, r))
        kind = label["label"]
        counts[kind] += 1
        if not hits:
            continue
        row = hits[0]
        left = (
            [r for r in left if r is not row]
            if kind != "soft"
            else [r for r in left if r not in hits]
        )
        if kind == "redacted":
            counts["redacted found"] += row["status"] == "redacted"
        elif kind == "claim":
            counts["found"] += 1
            if _exact(label, row):
                right = {f: row[f] in label[f].split("|") for f in FIELDS}
                counts["exact"] += 1
                counts["full"] += right["bound"] and right["kind"] and right["direction"]
                counts.update(f for f, ok in right.items() if ok)
    counts["extra"] += sum(not any(_meets(g, r) for g in gold) for r in left)
    return counts


def relations_score(gold: list[Row], claims: list[Row], found: list[Row]) -> Counter[str]:
    """Counts of labelled relations found: the claims that take part must be the same, sums and repeats in any order."""

    def key(kind: str, starts: list[int]) -> tuple[Any, ...]:
        return (kind, frozenset(starts)) if kind in {"sum", "repeat"} else (kind, *starts)

    at = {int(c["start"]): c for c in claims}
    wanted = {key(g["type"], [int(s) for s in g["starts"].split(";")]): g for g in gold}
    counts: Counter[str] = Counter()
    hard = {
        k
        for k, g in wanted.items()
        if g["type"] in {"rate", "yoy", "sum", "diff"} or g["verdict"] == "bad"
    }
    hard = {
        k
        for k in hard
        if all(at[int(s)]["label"] == "claim" for s in wanted[k]["starts"].split(";"))
    }
    counts["relations"] = len(hard)
    for row in found:
        k = key(row["type"], [int(s) for s in row["starts"].split(";")])
        if k in hard:
            counts["relations found"] += 1
            counts["verdict right"] += row["verdict"] == wanted[k]["verdict"]
        elif k not in wanted and not (
            row["type"] in {"repeat", "product"} and row["verdict"] == "ok"
        ):
            counts["relations extra"] += 1
    return counts


def measure(folder: Path = GOLD) -> Counter[str]:
    """Counts over all labelled retellings of the embedded corpus."""
    tables = qz.tables(qz.corpus())
    claims, relations = labels(folder, "claims"), labels(folder, "relations")
    total: Counter[str] = Counter()
    for doc, gold in claims.items():
        mine = tables.claims[tables.claims["doc"] == doc].to_dict("records")
        theirs = tables.relations[tables.relations["doc"] == doc].to_dict("records")
        total += score(gold, mine) + relations_score(relations[doc], gold, theirs)
    return total


def table(counts: Counter[str]) -> str:
    """The counts as the table of docs/accuracy.md."""
    stated = counts["found"] + counts["extra"]
    rows = [("claims labelled", f"{counts['claim']}")]
    for name in ("found", "exact", "full"):
        precision, recall = counts[name] / stated, counts[name] / counts["claim"]
        rows.append(
            (
                f"{name}: F1 (precision, recall)",
                f"{2 * precision * recall / (precision + recall):.3f} ({precision:.3f}, {recall:.3f})",
            )
        )
    rows += [
        (f"{name} right, of exact", f"{counts[name] / counts['exact']:.3f}") for name in FIELDS
    ]
    rows.append(("redacted found", f"{counts['redacted found']} of {counts['redacted']}"))
    rows.append(
        (
            "relations found",
            f"{counts['relations found']} of {counts['relations']}, {counts['relations extra']} extra",
        )
    )
    return "\n".join(
        ["| measure | value |", "| --- | --- |", *(f"| {name} | {value} |" for name, value in rows)]
    )


if __name__ == "__main__":
    print(table(measure()))
