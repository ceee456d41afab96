"""Copies beside their originals, and names that stand twice: what workers do of finishing a run.

Parts are taken in groups, twice. First a worker keeps the claims of copies and of originals, and a
hash of each document's name. Then it names in the reports what each copies, compares the two, and
lists the documents whose hash was met twice. What it finds lies in files of the scratch folder, so
that the driver puts it together in the order of the corpus and holds none of it.
"""

import bisect
import json
import os
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..arithmetic.audit import copied
from ..model import claim_of
from .copies import COPIED, ORIGINAL, SEARCH, Job, Run, asked, before, is_small
from .parts import TABLES, save, sync
from .plan import Layout

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

_Row = tuple[Any, ...]
#: parts of a group
_PARTS = 16
#: hashes of names that the driver compares at once, 8 bytes each
_NAMES = 1 << 20


class Pairs:
    """What the workers found, in the order of the corpus.

    Args:
        layout: where the run writes, with the corrections that are asked about.
        scratch: a folder for what is found; it holds what `originals` wrote there.
        parts: number and token of each part.
        counts: how many reports each part has.
        run: has jobs done by the workers.
        put: takes the reports of a part that were written anew, as number, token and file.
    """

    def __init__(
        self, layout: Layout, scratch: Path, parts: Sequence[tuple[int, str]],
        counts: Sequence[int], run: Run, put: Callable[[int, str, Path], None],
    ) -> None:  # fmt: skip
        import numpy as np

        self._scratch = scratch
        #: hashes of corrected texts that were read, and documents named in corrections
        self.read, self.named = set[str](), set[str]()
        run = _here if is_small(layout.out, parts) else run
        tokens, firsts = dict(parts), before(counts)
        begins = range(0, len(parts), _PARTS)
        groups = [{"parts": parts[at : at + _PARTS], "first": firsts[at]} for at in begins]
        self._groups = len(groups)
        wanted = [[one.hash for one in layout.corrections], [one.doc for one in layout.corrections]]
        (scratch / "wanted.json").write_text(json.dumps(wanted))
        (scratch / "firsts.json").write_text(json.dumps([group["first"] for group in groups]))
        common = {
            "out": str(layout.out), "scratch": str(scratch), "kind": layout.kind,
            "raw": layout.raw_cells,
        }  # fmt: skip
        for _, result in asked(run, "hold", groups, common):
            self.read.update(result["read"])
            self.named.update(result["named"])
        np.save(scratch / "twice.npy", self._twice())
        for _, result in asked(run, "relate", groups, common):
            for number in result["written"]:
                put(number, tokens[number], written(scratch, layout.kind, number))

    def relations(self) -> Iterator[_Row]:
        """Relations of copies to their originals: figures that differ."""
        return self._told("relations")

    def twice(self) -> Iterator[_Row]:
        """Name and file of each document whose name may stand elsewhere, too."""
        return self._told("twice")

    def _told(self, name: str) -> Iterator[_Row]:
        for number in range(self._groups):
            yield from pickle.loads((self._scratch / f"{name}-{number}").read_bytes())

    def _twice(self) -> "Array":
        """The hashes that two names have, a range of them after the other."""
        import numpy as np

        paths = [self._scratch / f"names-{number}.npy" for number in range(self._groups)]
        held = [np.load(path, mmap_mode="r") for path in paths]
        ranges = 1 + sum(map(len, held)) // _NAMES
        edges = [np.uint64((at << 64) // ranges) for at in range(1, ranges)]
        cuts = [[0, *np.searchsorted(one, edges).tolist(), len(one)] for one in held]
        found = [np.zeros(0, np.uint64)]
        for at in range(ranges if held else 0):
            slices = [one[cut[at] : cut[at + 1]] for one, cut in zip(held, cuts, strict=True)]
            hashes, counts = np.unique(np.concatenate(slices), return_counts=True)
            found.append(hashes[counts > 1])
        return np.concatenate(found)


def work(job: Job) -> dict[str, Any]:
    """Does one job of finishing, in a worker."""
    return _TASKS[job["task"]](job)


def _here(jobs: Iterator[Job]) -> Iterable[tuple[Job, dict[str, Any]]]:
    """Does the jobs in this process, which a small corpus is done by sooner than others begin."""
    return ((job, work(job)) for job in jobs)


def _layout(job: Job) -> tuple[Layout, Path, "Array"]:
    import numpy as np

    scratch = Path(job["scratch"])
    answers = np.load(scratch / "answers.npy", mmap_mode="r")
    return Layout(Path(job["out"]), job["kind"], job["raw"]), scratch, answers


def _hold(job: Job) -> dict[str, Any]:
    """Keeps the claims of copies and originals of a group, and the hashes of its documents' names."""
    import numpy as np

    layout, scratch, answers = _layout(job)
    hashes, docs = map(set, json.loads((scratch / "wanted.json").read_text()))
    read, named, names = set(), set(), []
    index, at = list[tuple[int, int]](), job["first"]
    with _whole(scratch / f"held-{job['number']}") as path, path.open("wb") as kept:
        for number, token in job["parts"]:
            numbers = dict[tuple[str, int], list[int]]()
            for doc, report, *_ in layout.rows("reports", number, token):
                if answers[at] != ORIGINAL:
                    numbers.setdefault((doc, report), []).append(at)
                at += 1
            claims: dict[tuple[str, int], list[Any]] = {key: [] for key in numbers}
            own = {doc for doc, _ in numbers}
            for row in layout.rows("claims", number, token, own) if own else ():
                if (key := (row[0], row[1])) in claims:
                    claims[key].append(row)
            for key, same in numbers.items():
                index += [(one, kept.tell()) for one in same]
                pickle.dump((*key, claims[key]), kept)
            for doc, *_, hashed in layout.rows("documents", number, token):
                names.append(_hash(doc))
                read |= {hashed} & hashes
                named |= {doc} & docs
    with _whole(scratch / f"held-{job['number']}.npy") as path:
        np.save(path, np.array(sorted(index), np.int64).reshape(-1, 2))
    with _whole(scratch / f"names-{job['number']}.npy") as path:
        np.save(path, np.sort(np.array(names, np.uint64)))
    return {"read": sorted(read), "named": sorted(named)}


def _relate(job: Job) -> dict[str, Any]:
    """Names in the reports of a group what they copy, and compares the two."""
    import numpy as np

    layout, scratch, answers = _layout(job)
    held, doubled = _held(scratch), np.load(scratch / "twice.npy", mmap_mode="r")
    done, relations, twice, at = list[int](), list[_Row](), list[_Row](), job["first"]
    for number, token in job["parts"]:
        reports, changed = list(layout.rows("reports", number, token)), False
        for row in reports:
            same, status = "", int(answers[at])
            if status not in (ORIGINAL, COPIED):
                doc, report, first = held(status - 1)
                same = f"{doc}:{report}"
                theirs, mine = ([claim_of(one) for one in rows] for rows in (first, held(at)[2]))
                relations += ((*row[:2], *one.row) for one in copied(theirs, mine, same))
            changed |= row[-1] != same
            row[-1] = same
            at += 1
        if changed or layout.kind == "csv":
            with _whole(written(scratch, layout.kind, number)) as path:
                save(path, TABLES["reports"], reports, raw_cells=layout.raw_cells, header=False)
                sync(path)
            done.append(number)
        for doc, file, *_ in layout.rows("documents", number, token) if len(doubled) else ():
            if doubled[np.searchsorted(doubled, _hash(doc)) % len(doubled)] == _hash(doc):
                twice.append((doc, file))
    for name, rows in (("relations", relations), ("twice", twice)):
        with _whole(scratch / f"{name}-{job['number']}") as path:
            path.write_bytes(pickle.dumps(rows))
    return {"written": done}


def _held(scratch: Path) -> Callable[[int], tuple[str, int, list[Any]]]:
    """Reads document, number and claims of a copy or an original by its number in the corpus."""
    import numpy as np

    firsts = json.loads((scratch / "firsts.json").read_text())

    @cache
    def index(group: int) -> "Array":
        found: Array = np.load(scratch / f"held-{group}.npy")
        return found

    def read(number: int) -> tuple[str, int, list[Any]]:
        group = bisect.bisect_right(firsts, number) - 1
        at = np.searchsorted(index(group)[:, 0], number)
        with (scratch / f"held-{group}").open("rb") as handle:
            handle.seek(int(index(group)[at, 1]))
            found: tuple[str, int, list[Any]] = pickle.load(handle)
        return found

    return read


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A name to write to; a job that is done again cuts nothing that others read by then."""
    part = path.with_name(f"{os.urandom(4).hex()}-{path.name}")
    yield part
    part.replace(path)


def _hash(doc: str) -> int:
    return int.from_bytes(blake2b(doc.encode(), digest_size=8).digest(), "big")


def written(scratch: Path, kind: str, number: int) -> Path:
    """The reports of a part as they are written anew."""
    return scratch / f"reports-{number:06d}.{kind}"


_TASKS = {**SEARCH, "hold": _hold, "relate": _relate}
