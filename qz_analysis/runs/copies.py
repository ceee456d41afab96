"""Finds which reports of a whole corpus copy an earlier one, divided among the workers.

The answers are those of `Copies`, which asks about one report after the other. Here each report is
known by its rarest clauses: of n clauses the first ⌊n/5⌋ + 1 in an order that is the same for all
reports (prefix filtering; Chaudhuri, Ganti and Kaushik 2006). Two that are alike have one of them
in common, so that each range of clauses can be looked through apart from all others. What is alike
is not yet a copy, since a copy has no copies: the driver decides that in the order of the corpus.
"""

import heapq
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..extraction.duplicates import HASH, Copies, alike
from .parts import part_folder, read_signatures

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

Job = dict[str, Any]
#: runs jobs, which are done in any order
Run = Callable[[Iterator[Job]], Iterable[tuple[Job, dict[str, Any]]]]
#: what is known of a report: the number of its original and one, or one of these
ORIGINAL, COPIED, _OPEN = 0, 2**32 - 2, 2**32 - 1
#: bytes of signatures up to which one process is done sooner than several would be begun
_SMALL = 1 << 20
#: bytes of signatures that a worker holds at once
_GROUP = 16 << 20
#: reports alike that are told of one report and clause, before what is known of them is asked for
_TOLD = 16
_CHUNK = 1 << 12
#: counts and answers that the driver holds at once
_STRETCH = 1 << 20
_ANSWERS = "answers.npy"
_RECORD = [("clause", "u8"), ("bits", "u8"), ("number", "u4"), ("size", "u4"), ("offset", "u4")]


def is_small(out: Path, parts: Iterable[tuple[int, str]]) -> bool:
    """Whether one process looks through the parts of a run sooner than several would be begun."""
    return sum(_sizes(out, parts)) <= _SMALL


def originals(
    out: Path, parts: Sequence[tuple[int, str]], scratch: Path, run: Run
) -> "tuple[Array, list[int]]":
    """For each report in the order of the corpus what it copies; and how many reports a part has.

    That is the number of its original and one, `ORIGINAL`, or `COPIED` for an original with copies.
    It is kept as answers.npy in the scratch folder, too.
    """
    if is_small(out, parts):
        return _one_by_one(out, parts, scratch)
    return _divided(out, parts, _sizes(out, parts), scratch, run)


def asked(
    run: Run, task: str, jobs: Iterable[Job], common: Job
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Results of jobs with their numbers, as they are done."""
    numbered = ({**common, "task": task, "number": n, **job} for n, job in enumerate(jobs))
    return ((job["number"], result) for job, result in run(numbered))


def _sizes(out: Path, parts: Iterable[tuple[int, str]]) -> list[int]:
    return [(part_folder(out, *part) / "signatures").stat().st_size for part in parts]


def _one_by_one(
    out: Path, parts: Sequence[tuple[int, str]], scratch: Path
) -> "tuple[Array, list[int]]":
    import numpy as np

    found, counts = list[int](), list[int]()
    with Copies() as known:
        for part in parts:
            first = len(found)
            for signature in read_signatures(part_folder(out, *part)):
                same = known.earlier(str(len(found)), signature)
                if same:
                    found[int(same)] = COPIED
                found.append(int(same) + 1 if same else ORIGINAL)
            counts.append(len(found) - first)
    answers = np.array(found, np.uint32)
    np.save(scratch / _ANSWERS, answers)
    return answers, counts


def _divided(
    out: Path, parts: Sequence[tuple[int, str]], sizes: list[int], scratch: Path, run: Run
) -> "tuple[Array, list[int]]":
    import numpy as np

    groups = [
        [part for _, part in group]
        for _, group in groupby(zip(before(sizes), parts, strict=True), lambda at: at[0] // _GROUP)
    ]
    # as many counters as clauses, so that few rare ones share theirs with others
    counters = 1 << min(24, (sum(sizes) // HASH).bit_length())
    common = {"out": str(out), "scratch": str(scratch), "counters": counters}

    total = np.zeros(counters, np.uint32)
    held: list[list[int]] = [[] for _ in groups]
    for number, result in asked(run, "count", ({"parts": group} for group in groups), common):
        with (scratch / f"count-{number}").open("rb") as handle:
            while len(stretch := np.fromfile(handle, np.uint32, 2 * _STRETCH)):
                total[stretch[::2]] += stretch[1::2]
        held[number] = result["reports"]
        (scratch / f"count-{number}").unlink()
    np.save(scratch / "counts.npy", total)
    del total
    counts = [count for group in held for count in group]
    firsts = before(counts)
    places = [[first, *part] for first, part in zip(firsts, parts, strict=True)]
    (scratch / "places.json").write_text(json.dumps(places))
    begins = before([sum(group) for group in held])
    spread = ({"parts": g, "first": n} for g, n in zip(groups, begins, strict=True))
    for _ in asked(run, "spread", spread, common):
        pass
    answers = np.lib.format.open_memmap(
        scratch / _ANSWERS, mode="w+", dtype=np.uint32, shape=(max(1, sum(counts)),)
    )
    edges = [(at << 64) // len(groups) for at in range(len(groups) + 1)]
    pending: list[int] | None = None
    while pending is None or pending:
        answers.flush()
        ranges = [{"range": list(one), "again": pending is not None} for one in pairwise(edges)]
        for _ in asked(run, "match", ranges, {**common, "groups": len(groups)}):
            pass
        for number in pending or ():
            answers[number] = ORIGINAL
        pending = list(_decided(answers, [scratch / f"alike-{n}.npy" for n in range(len(groups))]))
    for begin in range(0, len(answers), _STRETCH):
        chunk = answers[begin : begin + _STRETCH]
        answers[chunk[(chunk != ORIGINAL) & (chunk != COPIED)] - 1] = COPIED
    answers.flush()
    return answers, counts


def before(sizes: Iterable[int]) -> list[int]:
    """The sum of all sizes before each.

    >>> before([3, 0, 2])
    [0, 3, 3]
    """
    sums, total = [], 0
    for size in sizes:
        sums.append(total)
        total += size
    return sums


def _decided(answers: Any, paths: list[Path]) -> Iterator[int]:
    """Stores what each report is, as far as that is certain; gives the numbers of the others."""
    rows = heapq.merge(*(_rows(path) for path in paths))
    for number, found in groupby(rows, lambda row: row[0]):
        for _, other, cut in found:
            status = int(answers[other])
            if status == ORIGINAL:
                answers[number] = other + 1
                break
            # an earlier one that is open may be an original; behind a cut there may be one
            if status == _OPEN or cut:
                answers[number] = _OPEN
                yield number
                break


def _rows(path: Path) -> Iterator[tuple[int, int, int]]:
    import numpy as np

    table = np.load(path, mmap_mode="r")
    for begin in range(0, len(table), _CHUNK):
        yield from map(tuple, table[begin : begin + _CHUNK].tolist())


def _load(job: Job) -> "tuple[Array, Array, Array]":
    """All clauses of a group of parts, the size of each report, and its place in its file."""
    import numpy as np

    clauses, sizes, offsets = [], [], []
    for part in job["parts"]:
        data = (part_folder(Path(job["out"]), *part) / "signatures").read_bytes()
        at = 0
        while at < len(data):
            size = int.from_bytes(data[at : at + 4], "little")
            clauses.append(np.frombuffer(data, ">u8", size // HASH, at + 4))
            sizes.append(size // HASH)
            offsets.append(at)
            at += 4 + size
    packed = np.concatenate(clauses) if clauses else np.zeros(0)
    return packed.astype(np.uint64), np.array(sizes, np.int64), np.array(offsets, np.int64)


def _count(job: Job) -> dict[str, Any]:
    """How often the clauses of a group occur, as counter and count; a counter is of all clauses
    that share its last bits.
    """
    import numpy as np

    clauses, _, offsets = _load(job)
    at = (clauses & np.uint64(job["counters"] - 1)).astype(np.uint32)
    counted = np.stack(np.unique(at, return_counts=True), axis=1).astype(np.uint32)
    counted.tofile(Path(job["scratch"]) / f"count-{job['number']}")
    # each file begins at 0
    starts = [*np.flatnonzero(offsets == 0).tolist(), len(offsets)]
    held = iter([end - begin for begin, end in pairwise(starts)])
    folders = (part_folder(Path(job["out"]), *part) / "signatures" for part in job["parts"])
    return {"reports": [next(held) if path.stat().st_size else 0 for path in folders]}


def _spread(job: Job) -> dict[str, Any]:
    """Writes the rarest clauses of each report of a group, in the order of the clauses."""
    import numpy as np

    scratch = Path(job["scratch"])
    clauses, sizes, offsets = _load(job)
    counts = np.load(scratch / "counts.npy", mmap_mode="r")
    often = counts[(clauses & np.uint64(job["counters"] - 1)).astype(np.int64)]
    report = np.repeat(np.arange(len(sizes)), sizes)
    begins = np.cumsum(sizes) - sizes
    bits = np.zeros(len(sizes), np.uint64)
    np.bitwise_or.at(bits, report, np.uint64(1) << ((clauses >> np.uint64(24)) & np.uint64(63)))
    order = np.lexsort((clauses, often, report))
    rank = np.arange(len(clauses)) - begins[report]
    # a clause that stands once in the corpus leads to no other report
    order = order[(rank < sizes[report] // 5 + 1) & (often[order] > 1)]
    order = order[np.lexsort((report[order], clauses[order]))]
    records, kept = np.empty(len(order), _RECORD), report[order]
    records["clause"], records["bits"], records["size"] = clauses[order], bits[kept], sizes[kept]
    records["number"], records["offset"] = kept + job["first"], offsets[kept]
    np.save(scratch / f"spread-{job['number']}.npy", records)
    return {}


def _match(job: Job) -> dict[str, Any]:
    """Writes which reports are alike among those that share a clause of a range."""
    import numpy as np

    scratch, (begin, end) = Path(job["scratch"]), job["range"]
    slices = []
    for number in range(job["groups"]):
        records = np.load(scratch / f"spread-{number}.npy", mmap_mode="r")
        at = np.searchsorted(records["clause"], np.uint64(begin), "left")
        to = np.searchsorted(records["clause"], np.uint64(end - 1), "right")
        slices.append(np.array(records[at:to]))
    records = np.concatenate(slices)
    records = records[np.argsort(records["clause"], kind="stable")]
    runs = np.flatnonzero(np.diff(records["clause"])) + 1
    bounds = np.concatenate([[0], runs, [len(records)]])
    long = np.flatnonzero(np.diff(bounds) > 1)
    signature = _signatures(Path(job["out"]), scratch)
    answers = np.load(scratch / _ANSWERS, mmap_mode="r")
    rows: set[tuple[int, int, int]] = set()
    for number in long.tolist():
        run = records[bounds[number] : bounds[number + 1]]
        rows.update(_alike_in(run, signature, answers if job["again"] else None))
    made = np.array(sorted(rows), np.uint32).reshape(-1, 3)
    np.save(scratch / f"alike-{job['number']}.npy", made)
    return {}


def _alike_in(run: Any, signature: Callable[[int, int], bytes], answers: Any) -> Iterator[Any]:
    """Number, number of an earlier report alike, and whether more may follow; of one clause.

    Of what is known from an earlier round copies are left out, and nothing behind an original
    is needed.
    """
    import numpy as np

    if answers is not None:
        known = answers[run["number"]]
        run = run[(known == ORIGINAL) | (known == _OPEN)]
    bits, sizes = run["bits"].copy(), run["size"].astype(np.int64)
    numbers, offsets = run["number"].tolist(), run["offset"].tolist()
    for at, number in enumerate(numbers):
        if answers is not None and answers[number] != _OPEN:
            continue
        told = 0
        for begin in range(0, at, _CHUNK):
            end = min(at, begin + _CHUNK)
            for other in _possible(bits, sizes, at, begin, end):
                mine, theirs = (signature(numbers[n], offsets[n]) for n in (at, other))
                if not alike(mine, theirs):
                    continue
                told += 1
                found = numbers[other]
                yield number, found, int(told == _TOLD)
                if told == _TOLD or (answers is not None and answers[found] == ORIGINAL):
                    break
            else:
                continue
            break


def _possible(bits: "Array", sizes: "Array", at: int, begin: int, end: int) -> list[int]:
    """Those of a stretch that may be alike, by their sizes and a bit for each of their clauses.

    Reports alike differ in at most a ninth of their clauses, counted together.
    """
    import numpy as np

    others, size = sizes[begin:end], sizes[at]
    near = (5 * others >= 4 * size) & (4 * others <= 5 * size)
    possible = np.flatnonzero(near) + begin
    differing = np.bitwise_xor(bits[possible], bits[at])
    ones = np.unpackbits(differing.view(np.uint8)).reshape(-1, 64).sum(axis=1, dtype=np.int64)
    return possible[9 * ones <= sizes[possible] + size].tolist()


def _signatures(out: Path, scratch: Path) -> Callable[[int, int], bytes]:
    """Reads the signature of a report by its number and its place in the file of its part."""
    import bisect

    places = json.loads((scratch / "places.json").read_text())
    firsts = [first for first, *_ in places]

    @lru_cache(maxsize=_CHUNK)
    def read(number: int, offset: int) -> bytes:
        _, *part = places[bisect.bisect_right(firsts, number) - 1]
        with (part_folder(out, *part) / "signatures").open("rb") as handle:
            handle.seek(offset)
            return handle.read(int.from_bytes(handle.read(4), "little"))

    return read


SEARCH = {"count": _count, "spread": _spread, "match": _match}
