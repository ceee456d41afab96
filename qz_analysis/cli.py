"""The command `qz export`: what `qz extract --out` wrote → Excel, a data package or Parquet.

The commands `qz corrections` and `qz score`, and the options by which the other commands take corrections.

The command `qz`: arguments in, tables, figures and briefs out; every mistake one clear line.
"""

import argparse
import sys
import warnings
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from .errors import VERSION, QzError
from .script import visible
from .vocabularies.session import held, put

if TYPE_CHECKING:
    from .model import Tables
    from .vocabularies.labels import Lang


def add_export(commands: Any) -> None:
    """Adds the command to the parsers of `qz`."""
    export = commands.add_parser(
        "export",
        help="turn extracted tables into Excel, a data package or Parquet",
        description="Writes the tables of a finished run for other programs: TARGET.xlsx is an Excel workbook; TARGET.zip, "
        "or any folder, is a Frictionless data package whose datapackage.json describes every column; with --table a "
        "TARGET.parquet is that table. Texts of the tables repeat words of the pages, and these may name persons.",
        epilog="example:\n  qz export out figures.xlsx\n  qz export out figures.zip --licence CC-BY-4.0 --mask",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    export.add_argument("folder", type=Path, metavar="FOLDER", help="what `qz extract --out` wrote")
    export.add_argument("target", type=Path, metavar="TARGET", help="a name ending in .xlsx, .zip or .parquet, or a folder")  # fmt: skip
    export.add_argument("--format", choices=["csv", "parquet"], default="csv", help="files of a data package: csv (default) or parquet")  # fmt: skip
    export.add_argument("--table", metavar="NAME", help="only this table: claims, relations, reports, documents or errors")  # fmt: skip
    export.add_argument("--licence", "--license", default="", metavar="ID", help="the data's licence, such as CC-BY-4.0; none is claimed otherwise")  # fmt: skip
    export.add_argument(
        "--mask", action="store_true", help="mask persons' names in the columns that repeat words"
    )
    export.add_argument("--raw-cells", action="store_true", help="csv: no apostrophe before text cells that look like formulas")  # fmt: skip


def run_export(args: argparse.Namespace) -> int:
    """Runs the command."""
    from .publish.export import export
    from .runs.store import open

    made = export(
        open(args.folder), args.target, table=args.table, format=args.format, mask=args.mask, raw_cells=args.raw_cells, licence=args.licence
    )  # fmt: skip
    print(visible(str(made)))
    return 0


COMMANDS = {"corrections", "score"}


def add_corrections(commands: Any, form: Any) -> None:
    """Adds the commands to the parser of `qz`."""
    corrections = commands.add_parser(
        "corrections",
        help="check or merge the corrections that reviewers wrote",
        description="Checks corrections files, alone or against the pages, and puts those of several people together.",
        epilog="example:\n  qz corrections check corrections.csv my_pages/\n  qz corrections merge anna.csv bo.csv --out corrections.csv",
        formatter_class=form,
    )
    ways = corrections.add_subparsers(
        dest="way", metavar="WAY", required=True, parser_class=type(corrections)
    )
    check = ways.add_parser("check", help="say what becomes of every line", formatter_class=form, epilog="example:\n  qz corrections check corrections.csv my_pages/",
                            description="Without pages the file alone is checked. Exit code 1 when a line is refused or a page cannot be read.")  # fmt: skip
    check.add_argument("file", type=Path, metavar="FILE", help="a corrections file")
    check.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="a page or a folder of pages"
    )
    merge = ways.add_parser("merge", help="put files together", formatter_class=form, epilog="example:\n  qz corrections merge anna.csv bo.csv --out corrections.csv",
                            description="Writes the lines that nobody contradicts, and lists the others. Exit code 1 when there are any.")  # fmt: skip
    merge.add_argument("files", nargs="+", type=Path, metavar="FILE", help="corrections files")
    merge.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FILE",
        help="the file to make; must not be there yet",
    )
    merge.add_argument(
        "--prefer",
        type=Path,
        metavar="FILE",
        help="one of the files, which decides where they differ",
    )
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
    which.add_argument(
        "--no-corrections", action="store_true", help="leave corrections.csv in this folder alone"
    )


def given(args: argparse.Namespace) -> list[Path]:
    """The corrections files to apply: those named, else the one in the working directory, if it is there."""
    from .extraction.corrections import NAME
    from .extraction.corrections import read_corrections as load

    if args.corrections or args.no_corrections or not Path(NAME).is_file():
        return args.corrections or []
    try:
        load(NAME)
    except QzError as error:
        raise QzError(f"{error}; or add --no-corrections") from None
    return [Path(NAME)]


def say(files: list[Path], outcomes: list[str]) -> None:
    """One line on stderr on what became of the corrections."""
    from .extraction.apply import counted

    if files:
        print(
            visible(f"qz: {', '.join(map(str, files))}: {counted(outcomes)}", line=True),
            file=sys.stderr,
        )


def run_corrections(args: argparse.Namespace) -> int:
    """Runs `qz corrections` or `qz score`; 1 when something is refused, in conflict or unreadable."""
    if args.command == "score":
        return _score(args.files)
    return (
        _merge(args.files, args.out, args.prefer)
        if args.way == "merge"
        else _check(args.file, args.paths)
    )


def _check(file: Path, paths: list[Path]) -> int:
    from .extraction.corrections import HEAD
    from .extraction.corrections import read_corrections as load

    lines = load(file)
    if not paths:
        bad = [one for one in lines if one.fault]
        for one in bad:
            print(visible(f"{one.place}: {one.fault}", line=True))
        print(
            visible(f"{file}: {len(lines):,} lines, {len(bad):,} of them cannot be used", line=True)
        )
        return int(bool(bad))
    from .readers.find import files
    from .runs.tables import tables

    result = tables(files(paths), corrections=lines, on_error="keep")
    places: dict[tuple[Any, ...], list[str]] = {}
    for one in lines:
        places.setdefault((one.hash, *one.cells[2:]), []).append(one.place)
    for row in result.corrected.astype(str).to_dict("records"):
        at = places.get((row["hash"], *(row[name] for name in HEAD[2:])), [str(file)])
        where = at.pop(0) if len(at) > 1 else at[0]
        print(
            visible(
                f"{where}: {row['outcome']}: {_said(row)}{': ' * bool(row['reason'])}{row['reason']}",
                line=True,
            )
        )
    unread = result.errors[result.errors["stage"] != "correct"]
    for error in unread.itertuples():
        print(
            visible(f"qz: {error.file}: {error.reason}; {error.way_out}", line=True),
            file=sys.stderr,
        )
    say([file], result.corrected["outcome"].tolist())
    return int(not result.errors.empty)


def _merge(files: list[Path], out: Path, prefer: Path | None) -> int:
    from .extraction.agreement import merge
    from .extraction.corrections import append, collected

    if out.exists():
        raise QzError(f"{out}: is there already; give --out another name, or move it away")
    merged = merge(*files, prefer=prefer)
    append(out, collected(merged.table))
    print(visible(f"{out}: {len(merged.table):,} lines", line=True))
    for row in merged.conflicts.to_dict("records"):
        said = (
            f"qz: {row['file']}, line {row['line']}: {row['who'] or 'somebody'} says {_said(row)}"
        )
        print(visible(said, line=True), file=sys.stderr)
    if len(merged.conflicts):
        print("qz: these lines contradict each other and were left out; settle them, or add --prefer FILE", file=sys.stderr)  # fmt: skip
    return int(len(merged.conflicts) > 0)


def _said(row: Mapping[Hashable, Any]) -> str:
    place = f"{row['doc']} {row['start']}-{row['end']} {row['column']}"
    return f"{place}: {row['was'] or 'nothing'} → {row['now'] or 'nothing'}"


def _score(files: list[Path]) -> int:
    from .extraction.agreement import LIMITS, score
    from .extraction.corrections import collected

    lines = collected(files)
    table = score(lines)
    print(table.to_string(index=False, na_rep="", float_format=lambda share: f"{share:.1f}"))
    print(f"\naccuracy is in %, low and high are the ends of its 95 % Wilson interval. {LIMITS}")
    for one in (one for one in lines if one.fault):
        print(visible(f"qz: {one.place}: {one.fault}; left out", line=True), file=sys.stderr)
    return int(any(one.fault for one in lines))


class _Parser(argparse.ArgumentParser):
    """argparse with one line of complaint instead of the whole usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; try `{self.prog} --help`\n")


def _parser() -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = _Parser(
        prog="qz",
        description="Reads the figures out of Chinese local-government reports on mass work (群众工作).",
        epilog="example:\n  qz extract my_reports --out tables",
        formatter_class=raw,
    )
    parser.add_argument("--version", action="version", version=f"qz-analysis {VERSION}")
    parser.set_defaults(vocabulary=[])  # commands that read no pages need no words
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", required=True, parser_class=_Parser
    )

    extract = commands.add_parser(
        "extract",
        help="turn report pages into claims, relations and reports tables",
        description="Reads pages (text, web page, Word, RTF, PDF, archives of these; folders are searched), or Parquet and "
        "JSON-lines tables with the columns doc and text, and writes the tables. A run that was stopped goes on where it "
        "stopped; files that are as they were are not read again.",
        epilog="example:\n  qz extract county.txt town/ --out tables\n  → tables/claims.csv, relations.csv, reports.csv, documents.csv, errors.csv",
        formatter_class=raw,
    )
    extract.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="a page, a folder of pages, a pattern, or a table of texts",
    )
    extract.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR",
        help="folder for the tables; made when missing",
    )
    extract.add_argument(
        "--format",
        choices=["csv", "parquet"],
        default="csv",
        help="csv (default) or parquet (needs pyarrow)",
    )
    extract.add_argument(
        "--workers", type=_whole, metavar="N", help="processes side by side (default: one per core)"
    )
    extract.add_argument(
        "--cluster", default="", metavar="ADDRESS", help="run on Dask: tcp://host:8786, or local"
    )
    extract.add_argument(
        "--keep-text", action="store_true", help="also keep the texts that the offsets count in"
    )
    extract.add_argument(
        "--file-seconds",
        type=_positive,
        default=120.0,
        metavar="S",
        help="longest time for one file (default: 120)",
    )
    extract.add_argument(
        "--file-memory",
        type=_whole,
        default=2000,
        metavar="MB",
        help="most memory for one file (default: 2000)",
    )
    extract.add_argument(
        "--raw-cells",
        action="store_true",
        help="csv: no apostrophe before text cells that look like formulas",
    )
    extract.add_argument(
        "--recheck",
        action="store_true",
        help="compare the contents of all files with the last run's",
    )
    options(extract)

    audit = commands.add_parser(
        "audit",
        help="recompute what report pages claim and say what holds",
        description="Recomputes rates, changes, sums, differences and repeats from the report's own figures. "
        "Exit code 1 when a figure does not hold or a file could not be read.",
        epilog="example:\n  qz audit county.txt\n  qz audit town/ --format html --out audit.html",
        formatter_class=raw,
    )
    audit.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="a page or a folder of pages"
    )
    audit.add_argument(
        "--format",
        choices=["text", "json", "html"],
        default="text",
        help="text (default), json or html",
    )
    audit.add_argument(
        "--out", type=Path, metavar="FILE", help="write there instead of the screen; html needs it"
    )
    options(audit)

    build = commands.add_parser(
        "build",
        help="make everything: tables, figures and HTML briefs",
        description="Reads data/reports, writes the tables, runs the notebooks, saves the figures and exports the briefs.",
        epilog="example:\n  qz build\n  → tables/, figures/, briefs/index.html",
        formatter_class=raw,
    )
    build.add_argument(
        "--project",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="the folder with data/ and notebooks/ (default: here)",
    )

    brief = commands.add_parser(
        "brief",
        help="make two-page profiles of places as HTML",
        description="Makes a profile of a place out of pages, or of the embedded corpus when no page is given: what its reports "
        "state, what the audit found, what is missing, and the evidence.",
        epilog="example:\n  qz brief --place 桥西区\n  qz brief my_pages/ --all --lang zh --out profiles\n"
        "  → profiles/places.zh.html and a page for each place",
        formatter_class=raw,
    )
    brief.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="a page or a folder of pages (default: the embedded corpus)")  # fmt: skip
    which = brief.add_mutually_exclusive_group()
    which.add_argument(
        "--place", metavar="NAME", help="one place, by its name, or document:report for one report"
    )
    which.add_argument(
        "--all", action="store_true", help="every place that has figures, and an index page"
    )
    brief.add_argument(
        "--lang", choices=["en", "zh"], default="en", help="language of the pages (default: en)"
    )
    brief.add_argument("--out", type=Path, default=Path("briefs"), metavar="DIR", help="folder for the pages (default: briefs)")  # fmt: skip
    for command in (extract, audit, build, brief):
        command.add_argument(
            "--vocabulary", action="append", default=[], metavar="FILE",
            help="words of your own, a TOML file laid over the package's; may be given several times (default: the files of QZ_VOCABULARY)",
        )  # fmt: skip
    options(brief)
    add_corrections(commands, raw)
    add_export(commands)
    return parser


def main(argv: list[str] | None = None) -> int:
    """Runs the command line."""
    args = _parser().parse_args(argv)
    with warnings.catch_warnings():
        warnings.showwarning = _warn
        before = held()
        try:
            return _run(args)
        finally:
            put(before)


def _run(args: argparse.Namespace) -> int:
    try:
        if args.vocabulary:
            from .vocabularies.session import vocabulary

            vocabulary(*args.vocabulary)
        if args.command == "build":
            from .publish.build import build

            return build(args.project)
        if args.command == "audit":
            return _audit(args.paths, args.format, args.out, given(args))
        if args.command == "brief":
            files = given(args)
            return _brief(args.paths, args.out, args.place, args.lang, files, everything=args.all)
        if args.command in COMMANDS:
            return run_corrections(args)
        if args.command == "export":
            return run_export(args)
        return _extract(args)
    except QzError as error:
        print(visible(f"qz: {error}", line=True), file=sys.stderr)
        return 1
    except OSError as error:
        said = f"qz: {error.filename or args.command}: {error.strerror or error}; check the path and the permissions"
        print(visible(said, line=True), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("qz: stopped", file=sys.stderr)
        return 130


def _warn(message: Warning | str, *_: object, **__: object) -> None:
    """A warning as one line without the place in the code."""
    print(visible(f"qz: {message}", line=True), file=sys.stderr)


def _whole(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)


def _positive(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
    return value


def _extract(args: argparse.Namespace) -> int:
    if args.out.exists() and not args.out.is_dir():
        raise QzError(
            f"{args.out}: is a file, not a folder; give --out the name of a folder for the tables"
        )
    from .runs.run import run
    from .runs.workers import Limits

    done = run(
        args.paths, args.out, kind=args.format, workers=args.workers, cluster=args.cluster, keep_text=args.keep_text,
        raw_cells=args.raw_cells, limits=Limits(args.file_seconds, args.file_memory), recheck=args.recheck,
        corrections=given(args),
        tell=lambda line: print(visible(f"qz: {line}", line=True), file=sys.stderr),
    )  # fmt: skip
    for path in done.made:
        print(visible(str(args.out / path.name)))
    for file, _, reason, way_out in done.errors:
        print(visible(f"qz: {file}: {reason}; {way_out}", line=True), file=sys.stderr)
    if done.failed > len(done.errors):
        print(
            f"qz: and {done.failed - len(done.errors):,} more, see {args.out / done.made[-1].name}",
            file=sys.stderr,
        )
    return int(done.failed > 0)


def _audit(paths: list[Path], kind: str, out: Path | None, corrections: list[Path]) -> int:
    if kind == "html" and out is None:
        raise QzError("html goes into a file: add --out audit.html")
    if out is not None and out.is_dir():
        raise QzError(f"{out}: is a folder; give --out the name of a file")
    from .comparison.findings import as_html, as_json, as_text
    from .privacy import mask_names

    result = _tables(paths, corrections)
    if kind == "html" and out is not None:
        print(visible(str(as_html(result, out))))
    else:
        # it leaves the machine as soon as it is sent on: no person's name, nothing that steers a terminal
        text = visible(mask_names(as_text(result) if kind == "text" else as_json(result)))
        if out is None:
            print(text)
        else:
            out.parent.mkdir(parents=True, exist_ok=True)
            out.write_text(text + "\n", encoding="utf-8")
            print(visible(str(out)))
    wrong = int((result.relations["verdict"] == "bad").any())
    return max(wrong, _told(result))


def _brief(
    paths: list[Path],
    out: Path,
    place: str | None,
    lang: "Lang",
    corrections: list[Path],
    *,
    everything: bool,
) -> int:
    if out.exists() and not out.is_dir():
        raise QzError(
            f"{out}: is a file, not a folder; give --out the name of a folder for the pages"
        )
    from .comparison.places import with_figures
    from .publish.build import profiles
    from .readers.find import files
    from .runs.tables import corpus

    pages = files(paths) if paths else corpus()
    result = _tables(pages, corrections)
    if result.reports.empty:
        _told(result)
        raise QzError("nothing legible in these pages, so there is no place to make a brief of")
    if place is None and not everything:
        known = [one.key for one in with_figures(result)]
        if len(known) > 1:
            raise QzError(f"which place? add --place NAME or --all; there are {len(known)}: {', '.join(known[:6])}{' …' * (len(known) > 6)}")  # fmt: skip
        place = known[0] if known else None
    for made in profiles(
        result, pages, out, place=place, lang=lang, embedded=not paths, corrections=corrections
    ):
        print(visible(str(made)))
    return _told(result)


def _tables(paths: list[Path], corrections: list[Path]) -> "Tables":
    """The tables of all pages under the paths as corrected, bad files and refused corrections kept in the errors."""
    from .readers.find import files

    found = files(paths)
    from tqdm import tqdm

    from .runs.tables import tables

    result = tables(
        found,
        corrections=corrections,
        on_error="keep",
        progress=lambda items: tqdm(items, unit="file", disable=len(found) < 5, leave=False),
    )
    say(corrections, result.corrected["outcome"].tolist())
    return result


def _told(result: "Tables") -> int:
    """Says on stderr what could not be read; 1 when something could not."""
    for row in result.errors.itertuples():
        print(visible(f"qz: {row.file}: {row.reason}; {row.way_out}", line=True), file=sys.stderr)
    return int(not result.errors.empty)


if __name__ == "__main__":
    sys.exit(main())
