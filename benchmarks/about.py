"""What figures are about, column by column and set by set, over all labelled texts.

    python benchmarks/about.py [--corpus FOLDER] [--errors COLUMN]

The sets are those of `tests/gold`: made-up pages and retellings of mass work, each half that rules
were mended on and the half kept apart, and with `--corpus` the work reports whose texts FOLDER holds.
`--errors` also prints each wrong answer of one column (or `relations`) with its words.
"""

import argparse
import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import qz_analysis as qz
from qz_analysis.model import Document

GOLD = Path(__file__).parent.parent / "tests" / "gold"
COLUMNS = ("family", "stage", "kind", "direction", "period", "place", "modality", "indicator")
#: set, table of labels, documents
SETS = (
    ("p", "mass_work", r"p"),
    ("p apart", "mass_work_apart", r"p"),
    ("r001-040", "mass_work", r"r0(?:[0-3]|40)"),
    ("r041-060", "mass_work", r"r0(?:4[1-9]|[56])"),
    ("r101-130", "mass_work", r"r1(?:[0-2]|30)"),
    ("r131-160", "mass_work", r"r1(?:3[1-9]|[45]|60)"),
    ("r161-188", "mass_work", r"r1(?:6[1-9]|[78])"),
    ("r201-228", "mass_work", r"r2(?:[01]|2[0-8])"),
    ("r231-258", "mass_work", r"r2[3-5]"),
    ("r261-288", "mass_work", r"r2(?:6[1-9]|[78])"),
    ("r291-318", "mass_work", r"r(?:29|30|31[0-8])"),
    ("r321-348", "mass_work", r"r3[234]"),
    ("r351-378", "mass_work", r"r3(?:5[1-9]|[67])"),
    ("r381-408", "mass_work", r"r(?:38[1-9]|39|40)"),
    ("r411-438", "mass_work", r"r4(?:1[1-9]|2|3[0-8])"),
    ("r441-468", "mass_work_apart", r"r4(?:4[1-9]|5|6[0-8])"),
    ("r471-498", "mass_work_apart", r"r4(?:7[1-9]|8|9)"),
    ("r501-528", "mass_work_apart", r"r5(?:0[1-9]|1|2[0-8])"),
    ("r531-558", "mass_work_apart", r"r5(?:3[1-9]|4|5[0-8])"),
    ("r561-588", "mass_work_apart", r"r5(?:6[1-9]|7|8[0-8])"),
    ("r591-618", "mass_work_apart", r"r(?:59[1-9]|60|61[0-8])"),
    ("r621-648", "mass_work_apart", r"r6(?:2[1-9]|3|4[0-8])"),
    ("r651-678", "mass_work_apart", r"r6(?:5[1-9]|6|7[0-8])"),
    ("r681-708", "mass_work_apart", r"r(?:68[1-9]|69|70[0-8])"),
    ("r711-738", "mass_work_apart", r"r7(?:1[1-9]|2|3[0-8])"),
    ("r741-768", "mass_work_apart", r"r7(?:4[1-9]|5|6[0-8])"),
    ("r771-798", "mass_work_apart", r"r7(?:7[1-9]|8|9[0-8])"),
    ("r801-828", "mass_work_apart", r"r8(?:0[1-9]|1|2[0-8])"),
    ("r831-858", "mass_work_apart", r"r8(?:3[1-9]|4|5[0-8])"),
    ("r861-888", "mass_work_apart", r"r8(?:6[1-9]|7|8[0-8])"),
    ("r891-918", "mass_work_apart", r"r(?:89[1-9]|90|91[0-8])"),
    ("r921-948", "mass_work_apart", r"r9(?:2[1-9]|3|4[0-8])"),
    ("r951-978", "mass_work_apart", r"r9(?:5[1-9]|6|7[0-8])"),
    ("r981-999", "mass_work_apart", r"r9(?:8[1-9]|9)"),
    ("s013-036", "mass_work_apart", r"s0(?:1[3-9]|2|3[0-6])"),
    ("work", "work_reports", ""),
    ("work apart", "work_reports_apart", ""),
)
Row = dict[str, Any]
COUNTED = {"rate", "yoy", "sum", "diff"}


def rows(path: Path) -> list[Row]:
    """A table with tabs between its cells."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def labelled(name: str, docs: str) -> dict[str, list[Row]]:
    """The labelled figures of a set by document."""
    found: dict[str, list[Row]] = {}
    for row in rows(GOLD / f"{name}.tsv"):
        if re.match(docs, row["doc"]):
            found.setdefault(row["doc"], []).append(row)
    return found


def pairs(labels: list[Row], claims: list[Row]) -> Iterator[tuple[Row, Row | None]]:
    """Each labelled figure with the claim that stands there, if any."""
    for label in labels:
        start, end = int(label["start"]), max(int(label["end"]), int(label["start"]) + 1)
        hit = next((c for c in claims if c["start"] < end and start < c["end"]), None)
        if label["family"] != "none":
            yield label, hit


class Table:
    """Counts of a set, and the wrong answers of one column."""

    def __init__(self, errors: str) -> None:
        self.right, self.n = Counter[str](), Counter[str]()
        self.errors = errors

    def add(self, line: str, counts: bool, right: bool) -> None:
        """One answer of a line of the table, where the line counts it."""
        self.n[line] += counts
        self.right[line] += counts and right

    def share(self, line: str) -> str:
        """The share of right answers of a line, and of how many."""
        n = self.n[line]
        return f"{self.right[line] / n:.3f} {n:4}" if n else f"{'-':>10}"

    def claim(self, doc: str, text: str, label: Row, claim: Row, own: dict[int, str]) -> None:
        """One labelled figure."""
        for column in COLUMNS:
            said, fair = claim[column], label[column].split("|")
            if column == "place":
                said = "." if said == own[claim["report"]] else said
            right = said in fair
            known = "" not in fair
            if column in {"stage", "period", "indicator"}:
                self.add(f"{column}, where known", known, right)
                self.add(f"{column}, where none", not known, right)
            else:
                self.add(column, True, right)
            if column == self.errors and not right:
                start, end = claim["start"], claim["end"]
                before = text[max(0, start - 60) : start].replace("\n", "⏎")
                behind = text[end : end + 20].replace("\n", "⏎")
                said = said or "-"
                print(f"{doc}:{start} {label[column] or '-'} > {said} | {before}[{text[start:end]}]{behind}")  # fmt: skip
        fair = label["period"].split("|")
        self.add("period wrongly empty", "" not in fair, claim["period"] == "")
        fair, said = label["modality"].split("|"), claim["modality"]
        self.add("planned: precision", said == "planned", "planned" in fair)
        self.add("planned: found", fair == ["planned"], said == "planned")
        said = claim["indicator"]
        self.add("indicator: precision", said != "", said in label["indicator"].split("|"))


def relations(table: Table, doc: str, text: str, wanted: list[Row], made: Any) -> None:
    """The arithmetic of a text: what is found of it, and alarms that are none."""

    def key(row: Row) -> tuple[str, tuple[str, ...]]:
        first, *rest = str(row["starts"]).split(";")
        ordered = row["type"] in {"rate", "yoy"}
        return row["type"], tuple([first, *rest] if ordered else sorted([first, *rest]))

    found = {key(row): row for row in made.relations.to_dict("records")}
    starts = set(made.claims["start"])

    def signless(start: str) -> str:
        """Where the digits of a labelled figure begin: a minus sign before them is no part of a claim."""
        at = int(start)
        return str(at + 1 if at not in starts and at + 1 in starts else at)

    wanted = [
        {**row, "starts": ";".join(map(signless, row["starts"].split(";")))} for row in wanted
    ]
    values = dict(zip(made.claims["start"].map(str), made.claims["value"], strict=True))

    def told(key: tuple[str, tuple[str, ...]]) -> tuple[str, ...]:
        """A relation by the values of its figures, the result of a rate or a change by its place: a count
        that a page states twice is one to the reader.
        """
        ordered = key[0] in {"rate", "yoy"}
        shown = sorted(str(values.get(start, start)) for start in key[1][ordered:])
        return key[0], *key[1][:ordered], *shown

    restated = {told(k) for k in found}
    labels = {key(row): row for row in wanted}
    for k, row in labels.items():
        table.add("relations found", row["type"] in COUNTED, k in found)
        table.add("relations, restated", row["type"] in COUNTED, k in found or told(k) in restated)
        if (
            table.errors == "relations"
            and row["type"] in COUNTED
            and not (k in found or told(k) in restated)
        ):
            at = [int(s) for s in row["starts"].split(";")]
            words = text[max(0, min(at) - 40) : max(at) + 30].replace("\n", "⏎")
            shown = ";".join(text[a : a + 6].replace("\n", "⏎") for a in at)
            print(f"{doc} {row['type']} {shown} {row['verdict']} | {words}")
    for k, row in found.items():
        fair = k in labels and row["verdict"] in labels[k]["verdict"].split("|")
        table.add("relations: alarms right", row["verdict"] == "bad", fair)
        if table.errors == "relations" and row["verdict"] == "bad" and not fair:
            print(f"{doc} FALSE {row['type']} {row['note']}")


def measure(name: str, docs: str, corpus: Path | None, errors: str) -> Table | None:
    """The counts of a set; none where its texts are not at hand."""
    work = name.startswith("work")
    if work and corpus is None:
        return None
    folder = corpus if work and corpus else GOLD / "mass_work"
    arithmetic: dict[str, list[Row]] = {}
    path = GOLD / "mass_work_relations.tsv"
    for row in rows(path) if path.exists() else []:
        arithmetic.setdefault(row["doc"], []).append(row)
    table = Table(errors)
    for doc, labels in labelled(name, docs).items():
        text = (folder / f"{doc}.txt").read_bytes().decode("utf-8")
        made = qz.tables(Document(doc, text))
        own = dict(zip(made.reports["report"], made.reports["place"], strict=True))
        for label, claim in pairs(labels, made.claims.to_dict("records")):
            table.add("found at all", True, claim is not None)
            if claim is not None:
                table.claim(doc, text, label, claim, own)
            elif errors == "found":
                print(f"{doc}:{label['start']} {label['figure']}")
        if doc.startswith(("r", "s")):
            relations(table, doc, text, arithmetic.get(doc, []), made)
    return table


def main() -> None:
    """Prints the table: a line for what is measured, a column for each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--errors", default="")
    parser.add_argument("--set", default="")
    given = parser.parse_args()
    sets = [one for one in SETS if given.set in one[0]]
    made = {s: measure(name, docs, given.corpus, given.errors) for s, name, docs in sets}
    tables = {s: table for s, table in made.items() if table}
    lines = list(dict.fromkeys(line for table in tables.values() for line in table.n))
    print(f"{'':24}" + "".join(f"{s:>13}" for s in tables))
    for line in sorted(lines):
        print(f"{line:24}" + "".join(f"{table.share(line):>13}" for table in tables.values()))


if __name__ == "__main__":
    main()
