"""A made-up corpus with known truth, by `python benchmarks/corpus.py [--documents 100000] [--out FOLDER] [--json FILE]`.

Writes the documents (mixed encodings, a share as HTML, a thousand a folder), runs `qz extract` over them with one worker, with two and
on Dask, and reports speed per core, memory per worker, exactness against the truth and start-up. `--exactness` compares in this
process alone, without files. The generator stands in `tests/generating.py`.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from generating import Made, Options, encoded, made, pages
from scoring import compared, table

QZ = [sys.executable, "-c", "import sys; from qz_analysis.cli import main; sys.exit(main())"]
CLAIMS = ["doc", "start", "end", "value", "low", "high", "unit", "kind", "bound", "status"]
RELATIONS = ["doc", "type", "starts", "verdict", "note"]


@dataclass
class Run:
    """One run of `qz extract`."""

    name: str
    documents: int
    megabytes: float
    workers: int
    seconds: float
    cpu: float  # seconds of all processes
    worker: float  # MB, the largest worker's peak
    driver: float  # MB, the driver's peak
    written: int  # bytes of all tables
    code: int = 0

    @property
    def rate(self) -> float:
        """Documents a second per worker."""
        return self.documents / self.seconds / self.workers


def write(folder: Path, documents: int, options: Options) -> float:
    """The corpus as files; megabytes written."""
    size = 0
    for doc in pages(documents, options):
        path = folder / doc.path
        path.parent.mkdir(parents=True, exist_ok=True)
        size += path.write_bytes(encoded(doc))
    return size / 1e6


def write_lines(path: Path, documents: int, options: Options) -> None:
    """The corpus as one JSON-lines file with doc and text."""
    with path.open("w", encoding="utf-8") as out:
        for doc in pages(documents, options):
            out.write(json.dumps({"doc": doc.doc, "text": doc.text}, ensure_ascii=False) + "\n")


def descendants(pid: int) -> Iterator[int]:
    """Processes that a process started, and those that these started (Linux)."""
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, tasks.read_text().split()):
            yield child
            yield from descendants(child)


def peak(pid: int) -> float:
    """Largest resident size so far in MB; 0 when the process is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def watched(command: list[str]) -> tuple[float, float, float, float, int]:
    """Seconds, processor seconds, peak MB of the largest descendant and of the process itself, exit code."""
    peaks: dict[int, float] = {}
    before = os.times()
    began = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.1):
            try:
                for pid in (process.pid, *descendants(process.pid)):
                    peaks[pid] = max(peaks.get(pid, 0.0), peak(pid))
            except OSError:  # a process ended while it was looked at
                continue

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, errors = process.communicate()
    done.set()
    watcher.join()
    seconds, after = time.perf_counter() - began, os.times()
    if process.returncode:
        print(errors[-2000:], file=sys.stderr)
    cpu = (
        after.children_user + after.children_system - before.children_user - before.children_system
    )
    own = peaks.pop(process.pid, 0.0)
    return seconds, cpu, max(peaks.values(), default=own), own, process.returncode


def run(
    name: str,
    sources: list[Path],
    out: Path,
    documents: int,
    megabytes: float,
    workers: int,
    *more: str,
) -> Run:
    """One run over some folders into a new one."""
    shutil.rmtree(out, ignore_errors=True)
    command = [
        *QZ,
        "extract",
        *map(str, sources),
        "--out",
        str(out),
        "--format",
        "parquet",
        "--workers",
        str(workers),
    ]
    seconds, cpu, worker, driver, code = watched([*command, *more])
    written = sum(p.stat().st_size for p in out.rglob("*") if p.is_file())
    return Run(name, documents, megabytes, workers, seconds, cpu, worker, driver, written, code)


def parts(out: Path, name: str, columns: list[str] | None = None) -> Iterator[Any]:
    """A table of a run, part by part."""
    import pandas as pd

    whole = out / f"{name}.parquet"
    for path in sorted(whole.glob("*.parquet")) if whole.is_dir() else [whole]:
        yield pd.read_parquet(path, columns=columns)


def digest(out: Path) -> tuple[int, ...]:
    """Content of the tables of a run, whatever the order of their rows."""
    import pandas as pd

    names = ("claims", "relations", "reports")
    return tuple(
        sum(
            int(pd.util.hash_pandas_object(t, index=False).to_numpy().sum())
            for t in parts(out, name)
        )
        % 2**64
        for name in names
    )


def exactness(out: Path, documents: int, options: Options) -> Counter[str]:
    """The tables of a run against the truth, a part at a time; what no part holds counts as missed."""
    counts: Counter[str] = Counter()
    left = set(range(documents))
    relations: dict[str, list[Any]] = {}
    for part in parts(out, "relations", RELATIONS):
        for row in part.to_dict("records"):
            relations.setdefault(row["doc"], []).append(row)
    for part in parts(out, "claims", CLAIMS):
        for name, rows in part.groupby("doc", sort=False):
            doc = made(int(str(name)[1:]), options)
            left.discard(int(str(name)[1:]))
            counts += compared(
                doc, rows.to_dict("records"), relations.pop(doc.doc, ()), placed=not doc.html
            )
    for i in left:
        counts += compared(made(i, options), ())
    return counts + copies(out, options)


def copies(out: Path, options: Options) -> Counter[str]:
    """Planted copies that are named as such, reports called copies that are none."""
    counts: Counter[str] = Counter()
    for part in parts(out, "reports", ["doc", "same_as"]):
        for name, same in zip(part["doc"], part["same_as"].fillna(""), strict=True):
            original = made(int(name[1:]), options).copy_of
            counts["planted copies"] += bool(original)
            counts["found copies"] += bool(original) and same == f"{original}:0"
            counts["false copies"] += bool(same) and not original
    return counts


def here(documents: int, options: Options) -> Counter[str]:
    """Exactness of the extractor in this process, without files."""
    from qz_analysis.model import Document
    from qz_analysis.runs.tables import gather
    from qz_analysis.schema import CLAIMS as CLAIM_FIELDS
    from qz_analysis.schema import RELATIONS as RELATION_FIELDS

    names, links = [f.name for f in CLAIM_FIELDS], [f.name for f in RELATION_FIELDS]

    def counted(doc: Made) -> Counter[str]:
        rows = gather(Document(doc.doc, doc.text))
        claims = [dict(zip(names, claim.row, strict=True)) for claim in rows.claims]
        return compared(doc, claims, [dict(zip(links, row, strict=True)) for row in rows.relations])

    return sum((counted(doc) for doc in pages(documents, options)), Counter())


def start_up() -> list[tuple[str, str, str]]:
    """Seconds of `qz --help` and of `qz extract` of one page, the best of five."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.txt"
        page.write_text(
            next(d for d in pages(50) if not {"tiny", "copy"} & set(d.traits)).text,
            encoding="utf-8",
        )
        out = str(Path(folder) / "out")
        commands = {
            "`qz --help`": ["--help"],
            "`qz extract` of one page": ["extract", str(page), "--out", out],
        }
        found = []
        for (name, arguments), aim in zip(commands.items(), ("< 0.3 s", "< 1.5 s"), strict=True):
            times = []
            for _ in range(5):
                shutil.rmtree(out, ignore_errors=True)
                began = time.perf_counter()
                subprocess.run([*QZ, *arguments], check=True, capture_output=True)
                times.append(time.perf_counter() - began)
            found.append((name, f"{min(times):.2f} s", aim))
    return found


def estimate(two: Run, documents: int = 10**8, cores: int = 100) -> list[tuple[str, str, str]]:
    """What a hundred million documents would take on paper."""
    hours = documents / (two.rate * cores) / 3600
    size, given = (
        two.written / two.documents * documents / 1e12,
        two.megabytes / two.documents * documents / 1e6,
    )
    return [
        (f"{documents:,} documents on {cores} cores, on paper", f"{hours:.1f} hours", ""),
        ("read and written for them", f"{given:.2f} TB, {size:.2f} TB", ""),
    ]


ASSUMPTIONS = """
The estimate takes documents of this corpus's mean length, the rate per core of the run with two workers unchanged at any number of cores, and
the same bytes written per document. It covers reading, extraction and audit. It does not cover what shared storage and the scheduler
can bear, the search for copies and the writing of same_as, retries, or PDF and Word files, which read more slowly."""


def markdown(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Rows as a Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def machine() -> str:
    """The machine in a line, without its name."""
    return f"{os.cpu_count()} cores ({platform.machine()}), {platform.system()}, Python {platform.python_version()}"


def measured(folder: Path, documents: int, options: Options) -> dict[str, Any]:
    """All runs over a corpus, written first."""
    corpus = folder / f"made-{documents}-{options.seed}"
    began = time.perf_counter()
    there = (
        sum(p.stat().st_size for p in corpus.rglob("*") if p.is_file()) / 1e6
    )  # kept by an earlier run with --out
    megabytes = there or write(corpus, documents, options)
    print(
        f"{documents:,} documents, {megabytes:.0f} MB, there after {time.perf_counter() - began:.0f} s",
        file=sys.stderr,
    )
    small = max(1, documents // 10)
    tenth = sorted(corpus.iterdir())[: max(1, -(-small // 1000))]
    fewer = sum(1 for p in tenth for q in p.rglob("*") if q.is_file())
    few_mb = sum(q.stat().st_size for p in tenth for q in p.rglob("*") if q.is_file()) / 1e6
    outs = {name: folder / f"out-{name}" for name in ("one", "two", "dask", "tenth")}
    runs = [
        run("2 workers, a tenth", tenth, outs["tenth"], fewer, few_mb, 2),
        run("1 worker", [corpus], outs["one"], documents, megabytes, 1),
        run("2 workers", [corpus], outs["two"], documents, megabytes, 2),
        run(
            "2 Dask workers", [corpus], outs["dask"], documents, megabytes, 2, "--cluster", "local"
        ),
    ]
    done = [r for r in runs if not r.code]
    same = {
        digest(outs[n]) for n, r in zip(("one", "two", "dask"), runs[1:], strict=True) if not r.code
    }
    return {
        "runs": done,
        "failed": [r.name for r in runs if r.code],
        "identical": len(same) == 1,
        "exactness": exactness(outs["two"], documents, options),
    }


def report(found: dict[str, Any]) -> str:
    """The tables of a measurement."""
    runs: list[Run] = found["runs"]
    by = {r.name: r for r in runs}
    rows = [
        (r.name, f"{r.documents:,}", f"{r.seconds:.1f}", f"{r.rate:.0f}", f"{r.megabytes / r.seconds / r.workers:.2f}",
         f"{r.worker:.0f}", f"{r.driver:.0f}", f"{r.written / r.documents:.0f}")
        for r in runs
    ]  # fmt: skip
    head = ("run", "documents", "seconds", "documents/s per core", "MB/s per core", "peak MB of a worker", "of the driver", "bytes written a document")  # fmt: skip
    more: list[tuple[str, str, str]] = []
    if {"1 worker", "2 workers"} <= by.keys():
        more.append(
            (
                "efficiency of two workers",
                f"{by['2 workers'].rate / by['1 worker'].rate:.2f}",
                "≥ 0.85",
            )
        )
    if {"2 workers", "2 Dask workers"} <= by.keys():
        more.append(
            (
                "Dask against the local pool",
                f"{by['2 Dask workers'].rate / by['2 workers'].rate:.2f}",
                "",
            )
        )
    if {"2 workers", "2 workers, a tenth"} <= by.keys():
        few, all_ = by["2 workers, a tenth"], by["2 workers"]
        what = f"peak of a worker at {few.documents:,} and at {all_.documents:,} documents"
        more.append((what, f"{few.worker:.0f} MB, {all_.worker:.0f} MB", "< 400 MB, flat"))
    more.append(("runs that failed", ", ".join(found["failed"]) or "none", "none"))
    more.append(
        ("tables of the other runs identical", "yes" if found["identical"] else "no", "yes")
    )
    more += found["start-up"] + (estimate(by["2 workers"]) if "2 workers" in by else [])
    return "\n\n".join([markdown(head, rows), markdown(("what", "measured", "aim"), more), told(found["exactness"]), ASSUMPTIONS.strip()])  # fmt: skip


def told(counts: Counter[str]) -> str:
    """The table of exactness."""
    rows = table(counts)
    if planted := counts["planted copies"]:
        rows.append(("planted copies named", f"{counts['found copies']:,} of {planted:,}", f"{counts['found copies'] / planted:.4f}"))  # fmt: skip
        rows.append(("reports called copies that are none", f"{counts['false copies']:,} of {counts['documents']:,}", f"{counts['false copies'] / counts['documents']:.4f}"))  # fmt: skip
    return markdown(("exactness against the truth", "counts", "share"), rows)


def main() -> None:
    """Runs what the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument(
        "--out", type=Path, help="folder for corpus and tables, kept; else a temporary one"
    )
    parser.add_argument("--seed", type=int, default=Options.seed)
    parser.add_argument(
        "--tables", type=float, default=Options.tables, help="share of reports with a table"
    )
    parser.add_argument(
        "--write",
        type=Path,
        help="only write the corpus there: a folder, or a file ending in .jsonl",
    )
    parser.add_argument(
        "--exactness", action="store_true", help="only compare with the truth, in this process"
    )
    parser.add_argument("--json", type=Path, help="write all figures there")
    args = parser.parse_args()
    options = Options(seed=args.seed, tables=args.tables)
    if args.write:
        writer = write_lines if args.write.suffix == ".jsonl" else write
        writer(args.write, args.documents, options)
        return
    print(f"{machine()}\n")
    if args.exactness:
        counts = here(args.documents, options)
        print(told(counts))
        found: dict[str, Any] = {"exactness": counts}
    else:
        with tempfile.TemporaryDirectory() as temporary:
            found = measured(args.out or Path(temporary), args.documents, options)
        found["start-up"] = start_up()
        print(report(found))
        found["runs"] = [asdict(r) | {"rate": r.rate} for r in found["runs"]]
    if args.json:
        args.json.write_text(json.dumps({"machine": machine(), "documents": args.documents, **found}, ensure_ascii=False, indent=1), encoding="utf-8")  # fmt: skip


if __name__ == "__main__":
    main()
