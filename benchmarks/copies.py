"""Copies in a large corpus: divided among two workers against report after report, by `python benchmarks/copies.py [REPORTS ...]`.

Signatures are drawn like those of the made-up corpus: a fifth records of five clauses, else 20 to 55 clauses of which a share is stock;
2 % copy an earlier report, half of them with one clause changed. Processor time and peak memory of driver and workers, each way in a
process of its own; above `--one` reports the divided search alone.
"""

import argparse
import json
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

from qz_analysis.extraction.duplicates import Copies
from qz_analysis.runs import copies
from qz_analysis.runs.parts import part_folder, read_signatures
from qz_analysis.runs.workers import Limits, Pool

PART = 256


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


def searched(way: str, out: Path, parts: list[tuple[int, str]], workers: int) -> None:
    """Does one search in this process and prints what it took."""
    found, begun = 0, time.perf_counter()
    if way == "one":
        with Copies() as known:
            for number, token in parts:
                for at, one in enumerate(read_signatures(part_folder(out, number, token))):
                    found += bool(known.earlier(f"{number}:{at}", one))
    else:
        scratch = out / "scratch"
        scratch.mkdir()
        answers, _ = copies.originals(
            out, parts, scratch, lambda jobs: Pool(workers, Limits(memory=0)).results(jobs)
        )
        found = int(((answers != copies.ORIGINAL) & (answers != copies.COPIED)).sum())
    seconds = time.perf_counter() - begun
    own, theirs = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    scratch_size = sum(p.stat().st_size for p in (out / "scratch").glob("*"))
    print(json.dumps({
        "found": found, "seconds": seconds, "driver": own.ru_utime + own.ru_stime, "workers": theirs.ru_utime + theirs.ru_stime,
        "driver MB": own.ru_maxrss / 1024, "worker MB": theirs.ru_maxrss / 1024, "scratch MB": scratch_size / 1e6,
    }))  # fmt: skip


def main() -> None:
    """Runs both ways at each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=int, nargs="*", default=[50_000, 200_000])
    parser.add_argument("--one", type=int, default=200_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--way", nargs=2, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.way:
        out = Path(args.way[1])
        parts = [(number, "t") for number in range(1, len(list((out / ".qz/parts").iterdir())) + 1)]
        searched(args.way[0], out, parts, args.workers)
        return
    print("| reports | way | copies | processor s of driver | of workers | clock s | peak MB of driver | of a worker | scratch MB |")  # fmt: skip
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for count in args.reports:
        with tempfile.TemporaryDirectory() as folder:
            written(Path(folder), count)
            for way in ["one", "divided"] if count <= args.one else ["divided"]:
                command = [sys.executable, __file__, "--way", way, folder, "--workers", str(args.workers)]  # fmt: skip
                said = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)  # fmt: skip
                cells = [f"{count:,}", way, f"{said['found']:,}", *(f"{said[k]:.1f}" for k in ("driver", "workers", "seconds")), *(f"{said[k]:.0f}" for k in ("driver MB", "worker MB", "scratch MB"))]  # fmt: skip
                print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
