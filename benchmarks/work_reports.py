"""How right claims of whole work reports are, column by column, against labels.

    python benchmarks/work_reports.py LABELS TEXTS [--by FOLDER]

LABELS is a table such as `tests/gold/work_reports.tsv` (doc, start, end, figure, family, stage, kind,
direction, period, place, modality, indicator; `a|b` where both are fair, place `.` for the report's
own), TEXTS the folder that holds its documents as `doc.txt`, beside `docs.tsv` with the place, level
and year of each. Shares come with their 95 % interval (Wilson).
"""

import argparse
import csv
import math
from collections import Counter
from pathlib import Path

import qz_analysis as qz
from qz_analysis.model import Document

COLUMNS = ("family", "stage", "kind", "direction", "period", "place", "modality", "indicator")
SURE = (1.0, 0.9, 0.8, 0.7)


def wilson(right: int, n: int) -> str:
    """A share with its interval, as Wilson (1927) gives it.

    >>> wilson(90, 100)
    '0.900 (0.826-0.945) of 100'
    """
    if not n:
        return "none"
    z, p = 1.96, right / n
    middle, half = p + z * z / 2 / n, z * math.sqrt(p * (1 - p) / n + z * z / 4 / n / n)
    low, high = ((middle + sign * half) / (1 + z * z / n) for sign in (-1, 1))
    return f"{p:.3f} ({low:.3f}-{high:.3f}) of {n}"


def fair(label: str, said: str) -> bool:
    """Whether an answer is one of those that the label calls fair."""
    return said in label.split("|")


def measure(labels: Path, texts: Path) -> dict[str, str]:
    """Each line of the table: what is measured, and the share with its interval."""
    rows: dict[str, dict[int, dict[str, str]]] = {}
    with labels.open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle, delimiter="\t"):
            rows.setdefault(row["doc"], {})[int(row["start"])] = row
    with (texts / "docs.tsv").open(encoding="utf-8") as handle:
        known = {row["doc"]: row for row in csv.DictReader(handle, delimiter="\t")}
    right, n, families = Counter[str](), Counter[str](), []
    wrong: list[str] = []
    for doc, wanted in rows.items():
        text = (texts / f"{doc}.txt").read_text(encoding="utf-8")
        made = qz.tables(Document(doc, text))
        report = made.reports.iloc[0]
        for column, said, true in (
            ("report: place", report["place"], known[doc]["place"]),
            ("report: level", report["level"], known[doc]["level"]),
            ("report: year", report["dated"][:4], known[doc]["dated"]),
        ):
            n[column] += 1
            right[column] += said == true
            if said != true:
                wrong.append(f"{doc} {column}: {said!r} for {true!r}")
        for claim in made.claims.to_dict("records"):
            label = wanted.get(claim["start"])
            if label is None or label["end"] != str(claim["end"]) or label["family"] == "none":
                continue
            for column in COLUMNS:
                said = claim[column]
                if column == "place" and said == known[doc]["place"]:
                    said = "."
                n[column] += 1
                right[column] += fair(label[column], said)
            n["period empty"] += 1
            right["period empty"] += claim["period"] == ""
            planned = "planned" in label["modality"].split("|")
            found = claim["modality"] == "planned"
            n["planned: precision"] += found
            right["planned: precision"] += found and planned
            n["planned: recall"] += label["modality"] == "planned"
            right["planned: recall"] += found and label["modality"] == "planned"
            n["indicator: precision"] += claim["indicator"] != ""
            right["indicator: precision"] += claim["indicator"] != "" and fair(
                label["indicator"], claim["indicator"]
            )
            named = label["indicator"] not in {"", "none"} and not fair(label["indicator"], "")
            n["indicator: recall"] += named
            right["indicator: recall"] += named and fair(label["indicator"], claim["indicator"])
            sure = 1.0 if math.isnan(claim["family_p"]) else claim["family_p"]
            families.append((sure, fair(label["family"], claim["family"])))
    families.sort(key=lambda one: -one[0])
    for share in SURE[1:]:
        part = families[: round(share * len(families))]
        key = f"family, surest {share:.0%}"
        n[key], right[key] = len(part), sum(hit for _, hit in part)
    return {key: wilson(right[key], n[key]) for key in n} | {"wrong": "\n".join(wrong)}


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labels", type=Path)
    parser.add_argument("texts", type=Path)
    given = parser.parse_args()
    for key, said in measure(given.labels, given.texts).items():
        print(f"{key:24} {said}" if key != "wrong" else said)


if __name__ == "__main__":
    main()
