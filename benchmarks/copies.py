"""Copies in a large corpus: divided among two workers against report after report, by `python benchmarks/copies.py [REPORTS ...]`.

Signatures are drawn like those of the made-up corpus: a fifth records of five clauses, else 20 to 55 clauses of which a share is stock;
2 % copy an earlier report, half of them with one clause changed. Processor time and peak memory of driver and workers, each way in a
process of its own; above `--one` reports the divided search alone.

With `--finish KIND` all that finishes a run of so many documents: parts with all tables are made of 200 reports of the made-up
corpus over and over, one name in fifty stands twice, and copies differ from their originals in a figure.
"""

import argparse
import itertools
import json
import os
import random
import resource
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from corpus import peak
from generating import pages

from qz_analysis.extraction.duplicates import Copies
from qz_analysis.model import Document
from qz_analysis.runs import copies
from qz_analysis.runs.finish import finish
from qz_analysis.runs.journal import Journal
from qz_analysis.runs.parts import Writer, part_folder, part_tables, read_signatures
from qz_analysis.runs.plan import Layout
from qz_analysis.runs.tables import gather
from qz_analysis.runs.workers import Limits, Pool
from qz_analysis.schema import CLAIMS

PART = 256
TEMPLATES = 200
VALUE = [field.name for field in CLAIMS].index("value")


def signatures(count: int) -> Iterator[bytes]:
    """Signatures of so many reports, the same every time."""
    lots, recent = random.Random(7), list[list[int]]()

    stock = {pool: [random.Random(f"{pool}:{n}").getrandbits(64) for n in range(pool)] for pool in (40, 2000, 4000)}  # fmt: skip
    for _ in range(count):
        if recent and lots.random() < 0.02:
            clauses = list(lots.choice(recent))
            if lots.random() < 0.5:
                clauses[lots.randrange(len(clauses))] = lots.getrandbits(64)
        elif lots.random() < 0.2:
            clauses = [lots.choice(stock[4000]), lots.choice(stock[2000]), lots.choice(stock[40]), lots.choice(stock[40]), lots.getrandbits(64)]  # fmt: skip
        else:
            size = lots.randint(20, 55)
            clauses = [
                lots.choice(stock[lots.choice((40, 2000))])
                if lots.random() < 0.5
                else lots.getrandbits(64)
                for _ in range(size)
            ]
            recent = [*recent[-200:], clauses]
        yield b"".join(sorted(clause.to_bytes(8, "big") for clause in {*clauses}))


def written(out: Path, count: int) -> list[tuple[int, str]]:
    """The parts of a run with the signatures alone."""
    drawn, parts = signatures(count), []
    for number in range(1, -(-count // PART) + 1):
        folder = part_folder(out, number, "t")
        folder.mkdir(parents=True)
        packed = (struct.pack("<I", len(one)) + one for one in islice(drawn, PART))
        (folder / "signatures").write_bytes(b"".join(packed))
        parts.append((number, "t"))
    return parts


def whole(out: Path, kind: str, count: int) -> None:
    """The parts of a run that is read to its end, with all tables, and its journal."""
    found = [gather(Document(one.doc, one.text)) for one in pages(TEMPLATES)]
    rows = [one for one in found if len(one.reports) == 1]
    layout, drawn, names = Layout(out, kind), enumerate(signatures(count)), part_tables(texts=False, corrections=False)  # fmt: skip
    (out / ".qz").mkdir(parents=True)
    base = Journal(out / ".qz" / "journal.sqlite").base
    for number in range(1, -(-count // PART) + 1):
        with Writer(part_folder(out, number, "t"), kind, names) as writer:
            for at, signature in islice(drawn, PART):
                doc = f"d{at - (at % 50 == 49):08d}"
                # a copy shares most clauses with its original, so that both have one template
                one = rows[int.from_bytes(signature[:8], "big") % len(rows)]
                claims = [[doc, *claim.row[1:]] for claim in one.claims]
                for claim in claims[: at % 2]:
                    claim[VALUE] = float(at)
                writer.add("claims", claims)
                writer.add("relations", [(doc, *row[1:]) for row in one.relations])
                writer.add("reports", [(doc, *row[1:]) for row in one.reports])
                writer.add("documents", [(doc, f"{doc}-{at}.txt", "text", "0" * 64, 650, f"{at:032x}")])  # fmt: skip
                writer.add_signatures([signature])
            writer.close(rows={}, errors=[])
        base.execute("INSERT INTO parts (number, token, todo) VALUES (?, 't', 0)", (number,))
        layout.publish(number, "t", print)
    base.close()


def searched(way: str, out: Path, workers: int) -> None:
    """Does one search, or all of finishing, in this process and prints what it took."""
    parts = [(number, "t") for number in range(1, len(list((out / ".qz/parts").iterdir())) + 1)]
    found, begun = 0, time.perf_counter()

    def run(jobs: Iterator[copies.Job]) -> Iterator[Any]:
        return Pool(workers, Limits(memory=0)).results(jobs)

    if way == "one":
        with Copies() as known:
            for number, token in parts:
                for at, one in enumerate(read_signatures(part_folder(out, number, token))):
                    found += bool(known.earlier(f"{number}:{at}", one))
    elif way == "divided":
        (out / "scratch").mkdir()
        answers, _ = copies.originals(out, parts, out / "scratch", run)
        found = int(((answers != copies.ORIGINAL) & (answers != copies.COPIED)).sum())
    else:
        with Journal(out / ".qz" / "journal.sqlite") as journal:
            finish(Layout(out, way), journal, run, print)
            found = journal.count()[1]
    seconds = time.perf_counter() - begun
    own, theirs = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    scratch_size = sum(p.stat().st_size for p in (out / "scratch").glob("*"))
    print(json.dumps({
        "found": found, "seconds": seconds, "driver": own.ru_utime + own.ru_stime, "workers": theirs.ru_utime + theirs.ru_stime,
        "driver MB": peak(os.getpid()), "worker MB": theirs.ru_maxrss / 1024, "scratch MB": scratch_size / 1e6,
    }))  # fmt: skip


def main() -> None:
    """Runs both ways at each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=int, nargs="*", default=[50_000, 200_000])
    parser.add_argument("--one", type=int, default=200_000)
    parser.add_argument("--finish", choices=["csv", "parquet"], help="all of finishing a run")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--way", nargs=2, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.way:
        searched(args.way[0], Path(args.way[1]), args.workers)
        return
    found = "names twice" if args.finish else "copies"
    print(f"| reports | way | {found} | processor s of driver | of workers | clock s | peak MB of driver | of a worker | scratch MB |")  # fmt: skip
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    peaks = []
    for count in args.reports:
        with tempfile.TemporaryDirectory() as folder:
            whole(Path(folder), args.finish, count) if args.finish else written(Path(folder), count)
            ways = ["one", "divided"] if count <= args.one else ["divided"]
            for way in [args.finish] if args.finish else ways:
                command = [sys.executable, __file__, "--way", way, folder, "--workers", str(args.workers)]  # fmt: skip
                said = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)  # fmt: skip
                cells = [f"{count:,}", way, f"{said['found']:,}", *(f"{said[k]:.1f}" for k in ("driver", "workers", "seconds")), *(f"{said[k]:.0f}" for k in ("driver MB", "worker MB", "scratch MB"))]  # fmt: skip
                print(f"| {' | '.join(cells)} |", flush=True)
            peaks.append((count, said))
    for (few, less), (many, more) in itertools.pairwise(peaks) if args.finish else ():
        grown, took = more["driver MB"] - less["driver MB"], more["driver"] / less["driver"]
        print(f"{many / few:.1f} times the reports: {took:.1f} times the driver's time, {grown * (1 << 20) / (many - few):.0f} bytes of it more a report")  # fmt: skip


if __name__ == "__main__":
    main()
