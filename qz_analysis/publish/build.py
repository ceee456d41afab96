"""The whole way in one command: reports → tables → notebooks → figures → briefs; and the profiles of places."""

import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ..errors import QzError
from ..extraction.apply import counted
from ..extraction.corrections import NAME
from ..script import visible

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from ..comparison.places import Place
    from ..model import Tables
    from ..vocabularies.labels import Lang

_PROFILE = Path(__file__).parent / "templates" / "brief_county.ipynb"
#: what the page itself says of its language: Simplified characters look as they do on the mainland
_TAGS = {"en": "en", "zh": "zh-Hans"}


def build(project: Path, *, workers: int | None = None) -> int:
    """Makes tables, figures and briefs of a project folder and prints what it made and how long it took."""
    began = time.perf_counter()
    reports, notebooks = (
        project / "data" / "reports",
        sorted((project / "notebooks").glob("[0-9]*.ipynb")),
    )
    if not reports.is_dir() or not notebooks:
        raise QzError(
            f"{project.resolve()}: no data/reports or no notebooks here; run `qz build` in the project's folder, or name it with --project"
        )
    started = time.time()
    corrections = [path for path in [project / NAME] if path.is_file()]
    made = [
        *_tables(reports, project / "tables", corrections),
        *_briefs(project, notebooks, workers or os.cpu_count() or 1),
    ]
    made += sorted(
        p
        for p in (project / "figures").glob("*")
        if p.suffix in {".png", ".svg"} and p.stat().st_mtime >= started - 1
    )
    print(f"\nmade {len(made)} files in {time.perf_counter() - began:.0f} s:")
    for folder, names in _grouped(project, made):
        print(f"  {folder}/: {', '.join(names)}")
    return 0


def _tables(reports: Path, out: Path, corrections: list[Path]) -> list[Path]:
    from tqdm import tqdm

    from ..runs.tables import tables
    from .export import write

    result = tables(
        [reports],
        corrections=corrections,
        progress=lambda items: tqdm(items, desc="reading reports", unit="file"),
    )
    claims, relations = result.claims, result.relations
    print(f"{len(result.reports)} reports, {len(claims)} claims ({(claims['status'] == 'redacted').sum()} redacted), "
          f"{len(relations)} relations ({(relations['verdict'] == 'bad').sum()} bad)")  # fmt: skip
    if corrections:
        print(f"{NAME}: {counted(result.corrected['outcome'])}")
    for error in result.errors.itertuples():
        print(
            visible(f"qz: {error.file}: {error.reason}; {error.way_out}", line=True),
            file=sys.stderr,
        )
    return write(result, out)


def _briefs(project: Path, notebooks: list[Path], workers: int) -> Iterator[Path]:
    from tqdm import tqdm

    from .page import export, index, run

    out = project / "briefs"
    entries = []
    with ThreadPoolExecutor(workers) as pool:
        running = pool.map(run, notebooks)
        for path, notebook in tqdm(
            zip(notebooks, running, strict=True),
            total=len(notebooks),
            desc="running notebooks",
            unit="notebook",
        ):
            page = export(notebook, out / f"{path.stem}.html")
            entries.append((page, *_headline(notebook, path)))
    yield index(entries, out)
    yield from (page for page, _, _ in entries)


def _headline(notebook: "NotebookNode", path: Path) -> tuple[str, str]:
    """Title and first paragraph of a notebook: the index shows them."""
    words = [
        line.strip()
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for line in cell.source.splitlines()
        if line.strip()
    ]
    title = next((line.lstrip("# ") for line in words if line.startswith("# ")), path.stem)
    summary = next((line for line in words if not line.startswith(("#", "|", "-", ">"))), "")
    return title, summary


def _grouped(project: Path, made: list[Path]) -> Iterator[tuple[str, list[str]]]:
    folders = sorted({p.parent for p in made})
    for folder in folders:
        yield str(folder.relative_to(project)), [p.name for p in made if p.parent == folder]


def profiles(
    result: "Tables",
    pages: Sequence[Path],
    out: Path,
    *,
    place: str | None = None,
    lang: "Lang" = "en",
    workers: int | None = None,
    embedded: bool = False,
    corrections: Sequence[Path] = (),
) -> list[Path]:
    """Writes the profile of one place, or of every place that has figures with an index page."""
    from ..comparison.places import apart, find_place, with_figures
    from ..readers.find import names

    chosen = with_figures(result) if place is None else apart(result, find_place(result, place))
    if not chosen:
        raise QzError(
            "no place in these pages has a figure that can be named; `qz extract` shows what can be read"
        )
    try:
        import nbclient  # noqa: F401
        import nbconvert  # noqa: F401
        import nbformat  # noqa: F401
        from tqdm import tqdm

        from .page import export
    except ImportError:
        raise QzError(
            'briefs need the notebook packages: pip install "qz-analysis[notebook]"'
        ) from None
    # documents are named after their files as reading does it; those of an archive begin with its name
    files = {name: str(path.resolve()) for path, name in names(pages).items()}
    said = [str(path.resolve()) for path in corrections]
    count = max(1, min(workers or os.cpu_count() or 1, len(chosen)))
    # neighbours share no kernel, so that long and short profiles mix
    shares = [chosen[i::count] for i in range(count)]
    with ThreadPoolExecutor(count) as pool:
        ran = list(
            pool.map(
                partial(_profiled, files=files, lang=lang, embedded=embedded, corrections=said),
                shares,
            )
        )
    notebooks = {one.key: notebook for found in ran for one, notebook in found}
    bar = tqdm(chosen, desc="writing profiles", unit="place", disable=len(chosen) < 2)
    made = [export(notebooks[one.key], out / _file(one, lang), lang=_TAGS[lang]) for one in bar]
    return (
        made
        if place is not None
        else [_places(list(zip(chosen, made, strict=True)), out, lang), *made]
    )


def _profiled(
    places: Sequence["Place"],
    *,
    files: dict[str, str],
    lang: str,
    embedded: bool,
    corrections: list[str],
) -> list[tuple["Place", "NotebookNode"]]:
    """The county notebook run for one place after the other in one kernel, each on the documents that speak of it."""
    import nbformat

    from .page import run

    template = nbformat.read(_PROFILE, as_version=4)
    whole, size = nbformat.v4.new_notebook(metadata=template.metadata), len(template.cells)
    for number, one in enumerate(places):
        named = [doc if doc in files else doc.partition("/")[0] for doc in one.docs]
        source = list(dict.fromkeys(files[doc] for doc in named if doc in files))
        given = {"place": one.key, "lang": lang, "source": source}
        filled = with_parameters(
            template, {**given, "embedded": embedded, "corrections": corrections}
        )
        for cell in filled.cells:
            cell.id = f"{cell.id}-{number}"
        whole.cells += filled.cells
    with tempfile.TemporaryDirectory(prefix="qz-") as folder:
        path = Path(folder) / _PROFILE.name
        nbformat.write(whole, path)
        try:
            ran = run(path)
        except QzError as error:
            at = re.search(r", cell (\d+)", str(error))
            culprit = places[(int(at[1]) - 1) // size].key if at and int(at[1]) else ""
            raise QzError(f"the profile of {culprit}: {error}") from None
    parts = [ran.cells[i : i + size] for i in range(0, len(ran.cells), size)]
    return [
        (one, nbformat.v4.new_notebook(cells=part, metadata=ran.metadata))
        for one, part in zip(places, parts, strict=True)
    ]


def with_parameters(notebook: "NotebookNode", values: dict[str, Any]) -> "NotebookNode":
    """A copy of a notebook whose cell tagged `parameters` assigns these values and nothing else.

    >>> from nbformat import v4
    >>> cell = v4.new_code_cell("place = None", metadata={"tags": ["parameters"]})
    >>> with_parameters(v4.new_notebook(cells=[cell]), {"place": "甲县"}).cells[0].source
    "place = '甲县'"
    """
    from copy import deepcopy

    changed = deepcopy(notebook)
    cell = next((c for c in changed.cells if "parameters" in c.metadata.get("tags", [])), None)
    if cell is None:
        raise QzError(
            "the notebook has no cell tagged `parameters`, so nothing can be passed to it"
        )
    cell.source = "\n".join(f"{name} = {value!r}" for name, value in values.items())
    return changed


def _file(place: "Place", lang: str) -> str:
    """A file name that every system takes: masks are no part of it."""
    stem = re.sub(r"[^\w.-]+", "-", place.key).strip("-.") or "unnamed"
    return f"place-{stem}{'' if lang == 'en' else '.' + lang}.html"


def _places(entries: list[tuple["Place", Path]], out: Path, lang: "Lang") -> Path:
    """The index of the profiles: each place with its level and how many figures it has."""
    import html

    from nbformat import v4

    from ..charts.rows import place_label
    from .page import export
    from .profile import noun, plain, word

    rows, reports = [], set()
    for one, path in entries:
        reports |= set(zip(one.reports["doc"], one.reports["report"], strict=True))
        status = one.claims["status"].value_counts()
        name = str(place_label(one.name, lang)) + f" {one.report}" * bool(one.report)
        level = word("values", next(iter(one.own["level"]), ""), lang)
        link = f'<a href="{quote(path.name)}">{html.escape(name)}</a>'
        cells = [link, level, *map(str, (len(one.reports), len(one.claims), status.get("redacted", 0), status.get("spoilt", 0)))]  # fmt: skip
        rows.append("".join(f"<td>{cell}</td>" for cell in cells))
    heads = "".join(f"<th>{word('columns', key, lang)}</th>" for key in ("place", "level", "reports", "figures", "masked", "spoilt"))  # fmt: skip
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    title = word("headings", "index", lang)
    counts = {"reports": noun("reports", len(reports), lang), "figures": noun("figures", sum(len(one.claims) for one, _ in entries), lang)}  # fmt: skip
    lead = plain(word("sentences", "index", lang, places=len(entries), **counts))
    output = v4.new_output(
        "display_data", {"text/html": table}, metadata={"text/html": {"caption": title}}
    )
    cells = [v4.new_markdown_cell(f"# {title}\n\n{lead}"), v4.new_code_cell("", outputs=[output])]
    return export(v4.new_notebook(cells=cells), out / f"places{'' if lang == 'en' else '.' + lang}.html", lang=_TAGS[lang])  # fmt: skip
