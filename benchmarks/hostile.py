"""What became of hostile files: `python benchmarks/hostile.py` prints docs/hostile.md's table."""

import csv
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
import hostile

SECONDS = 60  # the limit for one file


def rows(folder: Path) -> list[tuple[str, str]]:
    """Each thing in the folder with what became of it."""
    names = dict(hostile.write(folder / "in"))
    command = [
        sys.executable,
        "-m",
        "qz_analysis.cli",
        "extract",
        str(folder / "in"),
        "--out",
        str(folder / "out"),
    ]
    subprocess.run([*command, "--file-seconds", str(SECONDS)], capture_output=True, check=False)
    read, claims, errors = (
        table(folder / "out" / f"{name}.csv") for name in ("documents", "claims", "errors")
    )
    found = []
    for what, name in names.items():
        mine = re.compile(
            rf"{re.escape(str(folder / 'in' / name))}(?:[/,].*)?"
        )  # behind an archive's name its members
        docs = {row["doc"] for row in read if mine.fullmatch(row["file"])}
        reasons = [row["reason"] for row in errors if mine.fullmatch(row["file"])]
        count = sum(row["doc"] in docs for row in claims)
        told = [f"read: {count} claims"] if docs else []
        found.append((what, "; ".join([*told, *reasons]) or "walked once"))
    return found


def table(path: Path) -> list[dict[str, str]]:
    csv.field_size_limit(1 << 30)
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        found = rows(Path(folder))
        print(
            f"{len(found)} things in {time.perf_counter() - began:.0f} s, at most {SECONDS} s each\n"
        )
        print("| in the folder | what became of it |\n| --- | --- |")
        for what, told in found:
            print(f"| {what} | {re.sub(re.escape(folder) + '[^ ]*', '…', told)} |")


if __name__ == "__main__":
    main()
