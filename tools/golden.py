"""Holds behaviour while the code moves: hashes of everything that the package makes, written once and compared.

    python tools/golden.py --write golden.json     # before the first move
    python tools/golden.py --check golden.json     # after every commit: exit code 1 and the names of what differs
    python tools/golden.py --check golden.json --only tables      # the quick part alone
    python tools/golden.py --keep FOLDER           # keeps what was hashed, so that two states can be compared by `diff -r`

The parts: `tables` (claims, relations and reports of the retold corpus and, where they are at hand, of real pages and
reports in ../shared), `audit` (relations with the unchecked ones, findings, coverage, implied figures), `panels` (every
indicator), `build` (tables, figures and briefs of `qz build`), `workers` (a run with two workers). Everything that is read
and written goes through the public names, so that the script outlives any layout of the modules.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = (
    ROOT.parent / "shared"
    if (ROOT.parent / "shared").is_dir()
    else Path(os.environ.get("QZ_SHARED", "../shared"))
)
PARTS = ("tables", "audit", "panels", "build", "workers")


def sources() -> dict[str, list[Path]]:
    """Folders of reports by name: the retold corpus, and the real ones where they are at hand."""
    found = {"retold": sorted((ROOT / "data" / "reports").glob("*.md"))}
    for name in ("seeds", "corpus"):
        if (SHARED / name).is_dir():
            found[name] = sorted(
                path for path in (SHARED / name).iterdir() if path.suffix == ".txt"
            )
    return found


def made(parts: set[str]) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of everything that the chosen parts make."""
    import qz_analysis as qz

    for name, paths in sources().items() if parts & {"tables", "audit", "panels"} else ():
        tables = qz.tables(paths)
        if "tables" in parts:
            for table in ("claims", "relations", "reports", "errors"):
                yield f"tables/{name}/{table}.csv", _csv(getattr(tables, table))
        if "audit" in parts:
            unchecked = qz.audit(tables.claims, tables.reports, unchecked=True)
            yield f"audit/{name}/unchecked.csv", _csv(unchecked)
            for ask in (qz.findings, qz.coverage, qz.implied, qz.last_digits):
                yield f"audit/{name}/{ask.__name__}.csv", _csv(ask(tables.claims))
            yield f"audit/{name}/mechanisms.csv", _csv(qz.mechanisms(paths))
        if "panels" in parts:
            for indicator in qz.indicators()["indicator"]:
                panel = qz.compare(tables.claims, tables.relations, indicator=indicator)
                yield f"panels/{name}/{indicator}.csv", _csv(panel)
    with tempfile.TemporaryDirectory() as folder:
        if "build" in parts:
            yield from _built(Path(folder) / "project")
        if "workers" in parts:
            yield from _worked(Path(folder) / "out")


def _csv(table) -> bytes:  # type: ignore[no-untyped-def]
    return table.to_csv(index=False).encode()


def _qz(*words: str) -> None:
    # pages tell the day on which they are made
    env = {"SOURCE_DATE_EPOCH": "0", **os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "qz_analysis.cli", *words],
        capture_output=True,
        text=True,
        env=env,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"qz {' '.join(words)}: {done.stderr[-2000:]}")


def _built(project: Path) -> Iterator[tuple[str, bytes]]:
    shutil.copytree(ROOT / "data", project / "data")
    shutil.copytree(ROOT / "notebooks", project / "notebooks", ignore=shutil.ignore_patterns(".*"))
    _qz("build", "--project", str(project))
    for folder in ("tables", "figures", "briefs"):
        for path in sorted((project / folder).rglob("*")):
            if path.is_file():
                # the only bytes that depend on where the project lies
                content = path.read_bytes().replace(str(project.parent).encode(), b"")
                yield f"build/{path.relative_to(project).as_posix()}", content


def _worked(out: Path) -> Iterator[tuple[str, bytes]]:
    paths = [str(path) for found in sources().values() for path in found]
    _qz("extract", *paths, "--workers", "2", "--out", str(out))
    for name in ("claims", "relations", "reports"):
        yield f"workers/{name}.csv", (out / f"{name}.csv").read_bytes()


def main() -> int:
    """Reads the command line; the exit code is 1 when anything differs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--write", type=Path, help="write the hashes to this file")
    parser.add_argument("--check", type=Path, help="compare with the hashes in this file")
    parser.add_argument("--only", default=",".join(PARTS), help="parts, joined by commas")
    parser.add_argument("--keep", type=Path, help="keep what was hashed in this folder")
    given = parser.parse_args()
    parts = set(given.only.split(","))
    if unknown := parts - set(PARTS):
        parser.error(f"no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    hashes = {}
    for name, content in made(parts):
        hashes[name] = hashlib.sha256(content).hexdigest()
        if given.keep:
            path = given.keep / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    if given.write:
        given.write.write_text(
            json.dumps(hashes, indent=1, sort_keys=True) + "\n", encoding="utf-8"
        )
    if not given.check:
        print(f"{len(hashes)} hashes")
        return 0
    before = {name: value for name, value in json.loads(given.check.read_text(encoding="utf-8")).items()
              if name.split("/")[0] in parts}  # fmt: skip
    differing = sorted(
        name for name in before.keys() | hashes.keys() if before.get(name) != hashes.get(name)
    )
    print(f"{len(before)} hashes, {len(differing)} differ", *differing, sep="\n  ")
    return bool(differing)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
