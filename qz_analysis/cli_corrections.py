"""The commands `qz corrections` and `qz score`, and the options by which the other commands take corrections."""

import argparse
import sys
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

from .controls import visible
from .errors import QzError

__all__ = ["COMMANDS", "add", "given", "options", "run", "say"]

COMMANDS = {"corrections", "score"}


def add(commands: Any, form: Any) -> None:
    """Adds the commands to the parser of `qz`.

    Args:
        commands: what `add_subparsers` gave.
        form: the formatter class of descriptions.
    """
    corrections = commands.add_parser(
        "corrections",
        help="check or merge the corrections that reviewers wrote",
        description="Checks corrections files, alone or against the pages, and puts those of several people together.",
        epilog="example:\n  qz corrections check corrections.csv my_pages/\n  qz corrections merge anna.csv bo.csv --out corrections.csv",
        formatter_class=form,
    )
    ways = corrections.add_subparsers(dest="way", metavar="WAY", required=True, parser_class=type(corrections))
    check = ways.add_parser("check", help="say what becomes of every line", formatter_class=form, epilog="example:\n  qz corrections check corrections.csv my_pages/",
                            description="Without pages the file alone is checked. Exit code 1 when a line is refused or a page cannot be read.")  # fmt: skip
    check.add_argument("file", type=Path, metavar="FILE", help="a corrections file")
    check.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="a page or a folder of pages")
    merge = ways.add_parser("merge", help="put files together", formatter_class=form, epilog="example:\n  qz corrections merge anna.csv bo.csv --out corrections.csv",
                            description="Writes the lines that nobody contradicts, and lists the others. Exit code 1 when there are any.")  # fmt: skip
    merge.add_argument("files", nargs="+", type=Path, metavar="FILE", help="corrections files")
    merge.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="the file to make; must not be there yet"
    )
    merge.add_argument("--prefer", type=Path, metavar="FILE", help="one of the files, which decides where they differ")
    score = commands.add_parser(
        "score",
        help="say how often the extractor was right on reviewed figures",
        description="Counts, from corrections alone, how many of the reviewed figures were right as extracted.",
        epilog="example:\n  qz score corrections.csv",
        formatter_class=form,
    )
    score.add_argument("files", nargs="+", type=Path, metavar="FILE", help="corrections files")


def options(parser: argparse.ArgumentParser) -> None:
    """Adds `--corrections` and `--no-corrections` to a command."""
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--corrections", action="append", type=Path, metavar="FILE", help="a file of corrections to apply; may be repeated (default: corrections.csv in this folder, if there)")  # fmt: skip
    which.add_argument("--no-corrections", action="store_true", help="leave corrections.csv in this folder alone")


def given(args: argparse.Namespace) -> list[Path]:
    """The corrections files to apply: those named, else the one in the working directory, if it is there.

    Raises:
        QzError: that one is no corrections file.
    """
    from .corrections import NAME, load

    if args.corrections or args.no_corrections or not Path(NAME).is_file():
        return args.corrections or []
    try:
        load(NAME)
    except QzError as error:
        raise QzError(f"{error}; or add --no-corrections") from None
    return [Path(NAME)]


def say(files: list[Path], outcomes: list[str]) -> None:
    """One line on stderr on what became of the corrections."""
    from .correcting import counted

    if files:
        print(visible(f"qz: {', '.join(map(str, files))}: {counted(outcomes)}", line=True), file=sys.stderr)


def run(args: argparse.Namespace) -> int:
    """Runs `qz corrections` or `qz score`; 1 when something is refused, in conflict or unreadable."""
    if args.command == "score":
        return _score(args.files)
    return _merge(args.files, args.out, args.prefer) if args.way == "merge" else _check(args.file, args.paths)


def _check(file: Path, paths: list[Path]) -> int:
    from .corrections import HEAD, load

    lines = load(file)
    if not paths:
        bad = [one for one in lines if one.fault]
        for one in bad:
            print(visible(f"{one.place}: {one.fault}", line=True))
        print(visible(f"{file}: {len(lines):,} lines, {len(bad):,} of them cannot be used", line=True))
        return int(bool(bad))
    from .extraction import tables
    from .readers.find import files

    result = tables(files(paths), corrections=lines, on_error="keep")
    places: dict[tuple[Any, ...], list[str]] = {}
    for one in lines:
        places.setdefault((one.hash, *one.cells[2:]), []).append(one.place)
    for row in result.corrected.astype(str).to_dict("records"):
        at = places.get((row["hash"], *(row[name] for name in HEAD[2:])), [str(file)])
        where = at.pop(0) if len(at) > 1 else at[0]
        print(visible(f"{where}: {row['outcome']}: {_said(row)}{': ' * bool(row['reason'])}{row['reason']}", line=True))
    unread = result.errors[result.errors["stage"] != "correct"]
    for error in unread.itertuples():
        print(visible(f"qz: {error.file}: {error.reason}; {error.way_out}", line=True), file=sys.stderr)
    say([file], result.corrected["outcome"].tolist())
    return int(not result.errors.empty)


def _merge(files: list[Path], out: Path, prefer: Path | None) -> int:
    from .corrections import append, collected
    from .merging import merge

    if out.exists():
        raise QzError(f"{out}: is there already; give --out another name, or move it away")
    merged = merge(*files, prefer=prefer)
    append(out, collected(merged.table))
    print(visible(f"{out}: {len(merged.table):,} lines", line=True))
    for row in merged.conflicts.to_dict("records"):
        said = f"qz: {row['file']}, line {row['line']}: {row['who'] or 'somebody'} says {_said(row)}"
        print(visible(said, line=True), file=sys.stderr)
    if len(merged.conflicts):
        print("qz: these lines contradict each other and were left out; settle them, or add --prefer FILE", file=sys.stderr)  # fmt: skip
    return int(len(merged.conflicts) > 0)


def _said(row: Mapping[Hashable, Any]) -> str:
    place = f"{row['doc']} {row['start']}-{row['end']} {row['column']}"
    return f"{place}: {row['was'] or 'nothing'} → {row['now'] or 'nothing'}"


def _score(files: list[Path]) -> int:
    from .corrections import collected
    from .scoring import LIMITS, score

    lines = collected(files)
    table = score(lines)
    print(table.to_string(index=False, na_rep="", float_format=lambda share: f"{share:.1f}"))
    print(f"\naccuracy is in %, low and high are the ends of its 95 % Wilson interval. {LIMITS}")
    for one in (one for one in lines if one.fault):
        print(visible(f"qz: {one.place}: {one.fault}; left out", line=True), file=sys.stderr)
    return int(any(one.fault for one in lines))
