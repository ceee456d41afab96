"""The command `qz`: arguments in, tables, figures and briefs out; a mistake is one clear line."""

import argparse
import codecs
import io
import re
import sys
import tomllib
import warnings
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from .errors import QzError
from .schema import VERSION
from .script import visible
from .vocabularies.labels import single
from .vocabularies.session import held, put

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .model import Tables


class _Parser(argparse.ArgumentParser):
    """argparse with one line of complaint instead of the whole usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; try `{self.prog} --help`\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="qz",
        description="Reads the figures out of Chinese local-government reports on mass work "
        "(群众工作).",
        epilog="example:\n  qz extract my_reports --out tables",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"qz-analysis {VERSION}")
    parser.set_defaults(vocabulary=[])  # commands that read no pages need no words
    texts = (Path(__file__).parent / "vocabularies" / "commands.toml").read_text(encoding="utf-8")
    commands = tomllib.loads(texts)
    shared = commands.pop("shared")
    _add_commands(parser, "command", "COMMAND", commands, shared)
    return parser


def _add_commands(
    parser: argparse.ArgumentParser, dest: str, metavar: str, commands: Any, shared: Any
) -> None:
    """Adds commands as `commands.toml` describes them, each with the function that runs it."""
    group = parser.add_subparsers(dest=dest, metavar=metavar, required=True, parser_class=_Parser)
    for name, about in commands.items():
        command = group.add_parser(
            name,
            help=about["help"],
            description=about["description"].strip(),
            epilog=f"example:\n  {about['example']}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        for argument in about["arguments"]:
            _add_argument(command, shared[argument] if isinstance(argument, str) else argument)
        if "tasks" in about:
            _add_commands(command, "task", "WAY", about["tasks"], shared)
        else:
            command.set_defaults(run=_RUN[name], **about.get("defaults", {}))


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


def _path(text: str) -> Path:
    # Path("") would be the folder that one works in
    if not text.strip():
        raise argparse.ArgumentTypeError("an empty name; give a file or a folder, . for this one")
    return Path(text)


_LISTED = 100  # documents that are told of one by one
_FILE_SECONDS, _SCAN_SECONDS = 120.0, 2400.0  # longest time for a file
_PATHS = dict.fromkeys(("DIR", "FILE", "FOLDER", "TARGET"), _path)
_TYPES: dict[str, Callable[[str], Any]] = _PATHS | {"N": _whole, "MB": _whole, "S": _positive}
_SIGNS: dict[str, dict[str, Any]] = {
    "+": {"nargs": "+"},
    "*": {"nargs": "*"},
    "!": {"required": True},
    "&": {"action": "append", "default": []},
}


def _add_argument(holder: Any, argument: Any) -> None:
    """Adds an argument, or a group of arguments of which one at most may be given."""
    if isinstance(argument[0], list):
        group = holder.add_mutually_exclusive_group()
        for one in argument:
            _add_argument(group, one)
        return
    names, kind, told = argument
    settings: dict[str, Any]
    if kind == "switch":
        settings = {"action": "store_true"}
    elif "|" in kind:
        # with a ? none is the default
        choices = kind.rstrip("?").split("|")
        settings = {"choices": choices, "default": None if kind.endswith("?") else choices[0]}
    else:
        metavar = kind.rstrip("+*!&")
        more = _SIGNS.get(kind[-1], {})
        settings = {"metavar": metavar, "type": _TYPES.get(metavar, str), **more}
    holder.add_argument(*names.split("/"), help=told, **settings)


def main(argv: list[str] | None = None) -> int:
    """Runs the command line."""
    with _printing(), warnings.catch_warnings():
        args = _parser().parse_args(argv)
        warnings.showwarning = lambda message, *_, **__: _say(message)
        before = held()
        try:
            if args.vocabulary:
                from .vocabularies.session import vocabulary

                vocabulary(*args.vocabulary)
            code: int = args.run(args)
            return code
        except QzError as error:
            _say(error)
            return 1
        except OSError as error:
            fault = f"{error.filename or args.command}: {error.strerror or error}"
            _say(f"{fault}; check the path and the permissions")
            return 1
        except KeyboardInterrupt:
            _say("stopped")
            return 130
        finally:
            put(before)


@contextmanager
def _printing() -> Iterator[None]:
    """Has stdout escape what its encoding has no characters for, as JSON does, instead of failing.

    A place's name or a file's must not end a command that has done its work.
    """
    stream = sys.stdout
    if not isinstance(stream, io.TextIOWrapper):  # a notebook's, say, which takes every character
        yield
        return
    codecs.register_error("qz_escape", _escaped)
    before = stream.errors
    stream.reconfigure(errors="qz_escape")
    try:
        yield
    finally:
        stream.reconfigure(errors=before)


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    pairs = (units[at : at + 2].hex() for at in range(0, len(units), 2))
    return "".join(f"\\u{pair}" for pair in pairs), error.end


def _say(message: object) -> None:
    """Prints one line on stderr."""
    print(visible(f"qz: {message}", line=True), file=sys.stderr)


def _say_errors(errors: Any) -> int:
    """Says on stderr what could not be read; 1 when something could not."""
    for row in errors.itertuples():
        _say(f"{row.file}: {row.reason}; {row.way_out}")
    return int(not errors.empty)


def _check_folder(out: Path, made: str) -> None:
    if out.exists() and not out.is_dir():
        raise QzError(
            f"{out}: is a file, not a folder; give --out the name of a folder for the {made}"
        )


def _corrections(args: argparse.Namespace) -> list[Path]:
    """The corrections files to apply: those named, else the one in the working directory."""
    from .extraction.corrections import NAME, read_corrections

    if args.corrections or args.no_corrections or not Path(NAME).is_file():
        return list(args.corrections)
    try:
        read_corrections(NAME)
    except QzError as error:
        raise QzError(f"{error}; or add --no-corrections") from None
    return [Path(NAME)]


def _documents_of(args: argparse.Namespace) -> Any:
    """The tables of documents to take over: those named, else what lies beside the files."""
    return False if args.no_documents else args.documents or None


def _known(args: argparse.Namespace) -> Any:
    """The same for commands that list the files first: names count from the folders given."""
    from .readers.sidecar import sidecar

    return sidecar(_documents_of(args), args.paths)


def _tables(paths: list[Path], corrections: list[Path], documents: Any = None) -> "Tables":
    """The tables of all pages under the paths; bad files and refused corrections are its errors."""
    from .readers.find import files

    found = files(paths)
    from tqdm import tqdm

    from .extraction.apply import counted
    from .runs.tables import tables

    result = tables(
        found,
        corrections=corrections,
        documents=documents,
        on_error="keep",
        progress=lambda items: tqdm(items, unit="file", disable=len(found) < 5, leave=False),
    )
    if corrections:
        _say(f"{', '.join(map(str, corrections))}: {counted(result.corrected['outcome'])}")
    return result


def _extract(args: argparse.Namespace) -> int:
    _check_folder(args.out, "tables")
    from .runs.run import run
    from .runs.workers import Limits

    seconds = _SCAN_SECONDS if args.scans else _FILE_SECONDS
    done = run(
        args.paths, args.out, kind=args.format, workers=args.workers, cluster=args.cluster,
        keep_text=args.keep_text, raw_cells=args.raw_cells, recheck=args.recheck, tell=_say,
        limits=Limits(args.file_seconds or seconds, args.file_memory), scans=args.scans,
        corrections=_corrections(args), documents=_documents_of(args),
    )  # fmt: skip
    for path in done.made:
        print(visible(str(args.out / path.name)))
    for line in _told_of(args.out, done.counts):
        print(visible(line, line=True))
    for file, _, reason, way_out in done.errors:
        _say(f"{file}: {reason}; {way_out}")
    if more := done.failed - len(done.errors):
        _say(f"and {more:,} more, see {args.out / done.made[-1].name}")
    return int(done.failed > 0)


def _told_of(folder: Path, counts: "Mapping[str, int]") -> "Iterator[str]":
    """A line for each document of a run, if they are few, and one for all of them: how many figures
    there are, and how many of them lack a place or a period.
    """
    from collections import Counter

    from .runs.parts import LACKING
    from .runs.store import open

    def told(name: str, counts: list[int]) -> str:
        n, places, periods = counts
        some = f"{n:,} figure{'s' * (n != 1)}"
        return f"{name}: {some}, {places:,} without place, {periods:,} without period"

    if counts["documents"] <= _LISTED:
        run, figures = open(folder), Counter[str]()
        lacking = {column: Counter[str]() for column in LACKING}
        for part in run.iter_claims(columns=["doc", *LACKING]):
            figures.update(part["doc"])
            for column, docs in lacking.items():
                docs.update(part.loc[part[column].eq(""), "doc"])
        for doc in dict.fromkeys(run.documents(columns=["doc"])["doc"]):
            yield told(doc, [count[doc] for count in (figures, *lacking.values())])
    whole = [counts[name] for name in ("claims", *LACKING.values())]
    yield told(f"{counts['documents']:,} documents", whole)


def _audit(args: argparse.Namespace) -> int:
    corrections, out = _corrections(args), args.out
    if args.format == "html" and out is None:
        raise QzError("html goes into a file: add --out audit.html")
    if args.format == "html" and args.ledger:
        raise QzError("--ledger is written as text or json; leave --format html out")
    if out is not None and out.is_dir():
        raise QzError(f"{out}: is a folder; give --out the name of a file")
    if args.ledger:
        from .comparison.ledger import as_json, as_text
    else:
        from .comparison.findings import as_json, as_text
    from .outputs import refuse_foreign, write
    from .privacy import mask_names
    from .publish.findings import as_html
    from .readers.find import files

    found = files(args.paths)
    if out is not None and out.exists():
        if any(path.samefile(out) for path in found):
            way_out = "give --out another name, or move it out of what is read"
            raise QzError(f"{out}: is one of the pages to audit; {way_out}")
        refuse_foreign(out)

    result = _tables(found, corrections, _known(args))
    if args.format == "html":
        print(visible(str(as_html(result, out, lang=args.lang))))
    else:
        # it leaves the machine as soon as it is sent on: it names no person and steers no terminal
        text = (as_text if args.format == "text" else as_json)(result, lang=args.lang)
        text = visible(mask_names(text))
        if out is None:
            print(text)
        else:
            write(out, (text + "\n").encode("utf-8", "replace"))
            print(visible(str(out)))
    # a break between reports is a question: only the audit of each report can fail
    wrong = int(not args.ledger and (result.relations["verdict"] == "bad").any())
    return max(wrong, _say_errors(result.errors))


def _build(args: argparse.Namespace) -> int:
    from .publish.build import build

    return build(args.project, langs=("en", "zh") if args.lang == "both" else (args.lang,))


def _brief(args: argparse.Namespace) -> int:
    corrections = _corrections(args)
    _check_folder(args.out, "pages")
    from .comparison.places import with_figures
    from .publish.build import profiles
    from .readers.find import files
    from .runs.tables import corpus

    pages = files(args.paths) if args.paths else corpus()
    told = _known(args)
    result = _tables(pages, corrections, told)
    if result.reports.empty:
        _say_errors(result.errors)
        raise QzError("nothing legible in these pages, so there is no place to make a brief of")
    place = args.place
    if place is None and not args.all:
        known = [one.key for one in with_figures(result)]
        if len(known) > 1:
            names = ", ".join(known[:6]) + " …" * (len(known) > 6)
            raise QzError(
                f"which place? add --place NAME or --all; there are {len(known)}: {names}"
            )
        place = known[0] if known else None
    for made in profiles(
        result, pages, args.out, place=place, lang=single(args.lang), embedded=not args.paths,
        corrections=corrections, documents=told.portable(), full=args.full, form=args.format,
        template=args.template,
    ):  # fmt: skip
        print(visible(str(made)))
    return _say_errors(result.errors)


def _documents(args: argparse.Namespace) -> int:
    from tqdm import tqdm

    from .readers.sidecar import beside, sidecar
    from .runs.documents import known_rows, save
    from .schema import SIDECAR

    if not args.folder.is_dir():
        raise QzError(f"{args.folder}: is no folder; give the folder that your pages are in")
    there = beside([args.folder])
    out = args.out or (there[0] if there else args.folder / "documents.csv")
    given = [] if args.anew else [out] if out.is_file() else there
    found = known_rows(
        [args.folder], sidecar(given, [args.folder]), partial(tqdm, unit="file", leave=False)
    )
    save([*found.rows, *found.kept], out)
    print(visible(str(out)))
    told = [dict(zip((column.name for column in SIDECAR), row, strict=True)) for row in found.rows]
    doubtful = sum(bool(row["warnings"]) for row in told)
    _say(f"{len(told):,} reports, {doubtful:,} of them with warnings")
    # 我县 is nobody's name
    nameless = sum(not row["place"] or row["place"][0] in "我本" for row in told)
    timeless = sum(not (row["period"] or row["dated"]) for row in told)
    if nameless or timeless:
        _say(
            f"{nameless:,} without a place of their own, {timeless:,} without a time: "
            f"fill in the columns place, period or dated of {out}"
        )
    for error in found.errors:
        _say(error)
    return int(bool(found.errors))


def _check(args: argparse.Namespace) -> int:
    from .extraction.corrections import HEAD, read_corrections

    lines = read_corrections(args.file)
    if not args.paths:
        faults = [f"{one.place}: {one.fault}" for one in lines if one.fault]
        total = f"{args.file}: {len(lines):,} lines, {len(faults):,} of them cannot be used"
        for line in [*faults, total]:
            print(visible(line, line=True))
        return int(bool(faults))
    from .extraction.apply import counted
    from .readers.find import files
    from .readers.sidecar import sidecar
    from .runs.tables import tables

    told = sidecar(None, args.paths)
    result = tables(files(args.paths), corrections=lines, documents=told, on_error="keep")
    places: dict[tuple[Any, ...], list[str]] = {}
    for one in lines:
        places.setdefault((one.hash, *one.cells[2:]), []).append(one.place)
    for row in result.corrected.astype(str).to_dict("records"):
        known = places.get((row["hash"], *(row[name] for name in HEAD[2:])), [str(args.file)])
        place = known.pop(0) if len(known) > 1 else known[0]
        reason = f": {row['reason']}" if row["reason"] else ""
        print(visible(f"{place}: {row['outcome']}: {_changed(row)}{reason}", line=True))
    _say_errors(result.errors[result.errors["stage"] != "correct"])
    _say(f"{args.file}: {counted(result.corrected['outcome'])}")
    return int(not result.errors.empty)


def _merge(args: argparse.Namespace) -> int:
    from .extraction.agreement import merge
    from .extraction.corrections import append, collected

    if args.out.exists():
        raise QzError(f"{args.out}: is there already; give --out another name, or move it away")
    merged = merge(*args.files, prefer=args.prefer)
    append(args.out, collected(merged.table))
    print(visible(f"{args.out}: {len(merged.table):,} lines", line=True))
    for row in merged.conflicts.to_dict("records"):
        who = row["who"] or "somebody"
        _say(f"{row['file']}, line {row['line']}: {who} says {_changed(row)}")
    if merged.conflicts.empty:
        return 0
    _say("these lines contradict each other and were left out; settle them, or add --prefer FILE")
    return 1


def _changed(row: Mapping[Hashable, Any]) -> str:
    """What a correction changes, and where."""
    place = f"{row['doc']} {row['start']}-{row['end']} {row['column']}"
    return f"{place}: {row['was'] or 'nothing'} → {row['now'] or 'nothing'}"


def _sample(args: argparse.Namespace) -> int:
    from .runs.sample import sample
    from .runs.store import open

    asked = {"columns": _names(args.columns)} if args.columns else {}
    source: Any = open(args.folder) if _is_run(args.folder) else args.folder
    made = sample(source, args.n, seed=args.seed, by=args.by, **asked)
    print(visible(str(made.save(args.out))))
    of = sum(size for _, size, _ in made.about["strata"])
    _say(f"{len(made.sentences):,} of {of:,} sentences; hash of the scheme: {made.hash}")
    return 0


def _agree(args: argparse.Namespace) -> int:
    if all(file.suffix.lower() == ".csv" for file in args.files):
        return _score(args.files)
    if len(args.files) != 2:
        raise QzError(f"two coding sheets are held against each other, and {len(args.files)} given")
    from .comparison.coders import agree

    claims = None if args.tables is None else _run_or_read(args.tables)
    first, second = args.files
    made = agree(first, second, claims, settled=args.settled)
    # figures of the sentences stand in it, names were masked when they were drawn
    print(visible(made.as_text()))
    return 0


def _score(files: list[Path]) -> int:
    from .extraction.agreement import LIMITS, score
    from .extraction.corrections import collected

    lines = collected(files)
    table = score(lines)
    print(table.to_string(index=False, na_rep="", float_format=lambda share: f"{share:.1f}"))
    print(f"\naccuracy is in %, low and high are the ends of its 95 % Wilson interval. {LIMITS}")
    faulty = [one for one in lines if one.fault]
    for one in faulty:
        _say(f"{one.place}: {one.fault}; left out")
    return int(bool(faulty))


def _is_run(folder: Path) -> bool:
    """Whether a folder holds what `qz extract` wrote, and no pages."""
    return (folder / ".qz").is_dir()


def _run_or_read(folder: Path) -> Any:
    """The run that a folder holds, else the tables of its pages."""
    from .runs.store import open

    return open(folder) if _is_run(folder) else _tables([folder], [])


def _export(args: argparse.Namespace) -> int:
    from .publish.export import export
    from .runs.store import open

    made = export(
        open(args.folder), args.target, table=args.table, format=args.format, mask=args.mask,
        raw_cells=args.raw_cells, licence=args.licence,
    )  # fmt: skip
    print(visible(str(made)))
    return 0


def _names(parts: list[str]) -> list[str]:
    """Names with commas between them."""
    return [name for part in parts for name in re.split("[,，、]", part) if name]


def _indicators(args: argparse.Namespace) -> list[str] | None:
    """The indicators that are named; None for all that occur."""
    return _names(args.indicators) or None


def _panel(args: argparse.Namespace) -> int:
    from .comparison.county_years import panel
    from .publish.export import export

    made = panel(
        _run_or_read(args.folder), _indicators(args), by=args.by, stable=args.stable, modality=args.modality,
        targets=args.targets, derived=args.derived,
    )  # fmt: skip
    print(visible(str(export(made, args.out))))
    _say(f"{made!r}".strip("<>").partition("; ")[0])
    return 0


def _replicate(args: argparse.Namespace) -> int:
    from .publish.replication import replicate

    known = [] if args.no_documents else args.documents or None
    made = replicate(
        args.paths, args.out, corrections=_corrections(args), documents=known,
        indicators=_indicators(args), texts=args.texts,
    )  # fmt: skip
    print(visible(str(made / "README.md")))
    return 0


_RUN: dict[str, Callable[[argparse.Namespace], int]] = {
    "extract": _extract,
    "audit": _audit,
    "build": _build,
    "brief": _brief,
    "documents": _documents,
    "check": _check,
    "merge": _merge,
    "sample": _sample,
    "agree": _agree,
    "panel": _panel,
    "replicate": _replicate,
    "export": _export,
}

if __name__ == "__main__":
    sys.exit(main())
