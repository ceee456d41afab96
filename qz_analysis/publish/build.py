"""Makes everything of a project in one command, and the profiles of places."""

import os
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

from ..errors import QzError
from ..extraction.apply import counted
from ..extraction.corrections import NAME
from ..outputs import refuse_foreign
from ..script import visible
from ..vocabularies.labels import TAGS

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from ..comparison.places import Place
    from ..model import Tables
    from ..vocabularies.labels import Lang

_PROFILE = Path(__file__).parent / "templates" / "brief_county.ipynb"
_ENDINGS = {"en": ".html", "zh": ".zh.html"}
Form = Literal["html", "docx"]


def build(project: Path, *, langs: Sequence["Lang"] = ("en",), workers: int | None = None) -> int:
    """Makes tables, figures and briefs of a project folder, and prints what it made.

    Each notebook reads the reports itself and makes its figures; its page becomes a brief, one in
    each language. The files in `tables/` are for other programs.
    """
    began = time.perf_counter()
    reports = project / "data" / "reports"
    notebooks = sorted((project / "notebooks").glob("[0-9]*.ipynb"))
    if not reports.is_dir() or not notebooks:
        remedy = "run `qz build` in the project's folder, or name it with --project"
        raise QzError(f"{project.resolve()}: no data/reports or no notebooks here; {remedy}")
    stems = [*(path.stem for path in notebooks), "index"]
    pages = [f"{stem}{_ENDINGS[lang]}" for stem in stems for lang in langs]
    refuse_foreign(*(project / "briefs" / name for name in pages))
    started = time.time()
    corrections = [path for path in [project / NAME] if path.is_file()]
    result, made = _tables(reports, project / "tables", corrections)
    titles = dict(zip(result.reports["doc"], result.reports["title"], strict=True))
    made += _briefs(project, notebooks, langs, titles, workers or os.cpu_count() or 1)
    figures = [p for p in (project / "figures").rglob("*") if p.suffix in {".png", ".svg"}]
    made += sorted(p for p in figures if p.stat().st_mtime >= started - 1)
    print(f"\nmade {len(made)} files in {time.perf_counter() - began:.0f} s:")
    for folder in sorted({path.parent for path in made}):
        names = ", ".join(path.name for path in made if path.parent == folder)
        print(f"  {folder.relative_to(project)}/: {names}")
    return 0


def _tables(reports: Path, out: Path, corrections: list[Path]) -> tuple["Tables", list[Path]]:
    from tqdm import tqdm

    from ..runs.tables import tables
    from .export import write

    bar = partial(tqdm, desc="reading reports", unit="file")
    result = tables([reports], corrections=corrections, progress=bar)
    claims, relations = result.claims, result.relations
    redacted = int((claims["status"] == "redacted").sum())
    bad = int((relations["verdict"] == "bad").sum())
    print(
        f"{len(result.reports)} reports, {len(claims)} claims ({redacted} redacted), "
        f"{len(relations)} relations ({bad} bad)"
    )
    if corrections:
        print(f"{NAME}: {counted(result.corrected['outcome'])}")
    for error in result.errors.itertuples():
        line = visible(f"qz: {error.file}: {error.reason}; {error.way_out}", line=True)
        print(line, file=sys.stderr)
    return result, write(result, out)


def _briefs(
    project: Path,
    notebooks: list[Path],
    langs: Sequence["Lang"],
    titles: dict[str, str],
    workers: int,
) -> list[Path]:
    from tqdm import tqdm

    from .page import export, index

    out = project / "briefs"
    entries: dict[tuple[Lang, bool], list[tuple[Path, str, str]]] = defaultdict(list)
    with ThreadPoolExecutor(workers) as pool:
        ran = pool.map(partial(_in_languages, langs=langs), notebooks)
        pairs = zip(notebooks, ran, strict=True)
        total = len(notebooks)
        for path, found in tqdm(pairs, total=total, desc="running notebooks", unit="notebook"):
            for lang, notebook in zip(langs, found, strict=True):
                target = out / f"{path.stem}{_ENDINGS[lang]}"
                others = _others(path.stem, langs, lang)
                page = export(notebook, target, lang=TAGS[lang], titles=titles, others=others)
                manual = notebook.metadata.get("qz", {}).get("kind") == "manual"
                entries[lang, manual].append((page, *_headline(notebook, path)))
    made = []
    for lang in langs:
        others = _others("index", langs, lang)
        briefs, manuals = entries[lang, False], entries[lang, True]
        made += [index(briefs, out, lang=TAGS[lang], others=others, manuals=manuals)]
        made += [page for page, _, _ in (*briefs, *manuals)]
    return made


def _others(stem: str, langs: Sequence["Lang"], lang: "Lang") -> list[tuple[str, str]]:
    """Language and address of the same page in the other languages."""
    return [(TAGS[one], f"{stem}{_ENDINGS[one]}") for one in langs if one != lang]


def _in_languages(path: Path, langs: Sequence["Lang"]) -> list["NotebookNode"]:
    """A notebook run once for each language, in one kernel: most of the time goes into the start."""
    from nbformat import v4

    from .page import opened, run
    from .translation import paired, spoken_in

    notebook = opened(path)
    whole, size = v4.new_notebook(metadata=notebook.metadata), len(notebook.cells) + 1
    for lang in langs:
        said = v4.new_code_cell(f'import qz_analysis\n\nqz_analysis.language("{lang}");')
        cells = [said, *spoken_in(notebook, lang, paired(path, lang)).cells]
        for number, cell in enumerate(cells):
            cell.id = f"{lang}-{number}"
        whole.cells += cells
    try:
        ran = run(path, notebook=whole)
    except QzError as error:
        # cells are counted as the notebook has them
        told = re.sub(r"(?<=, cell )\d+", lambda found: str((int(found[0]) - 1) % size), str(error))
        raise QzError(told) from None
    parts = (ran.cells[at + 1 : at + size] for at in range(0, len(ran.cells), size))
    return [v4.new_notebook(cells=part, metadata=ran.metadata) for part in parts]


def _said(notebook: "NotebookNode") -> list[str]:
    """The texts that a notebook's code says, in Markdown."""
    outputs = [out for cell in notebook.cells for out in cell.get("outputs", []) if "data" in out]
    return [out["data"]["text/markdown"] for out in outputs if "text/markdown" in out["data"]]


def _headline(notebook: "NotebookNode", path: Path) -> tuple[str, str]:
    """Title of a notebook, and what it finds, else its first paragraph: the index shows them."""
    from .links import unmarked

    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    lines = list(filter(None, map(str.strip, "\n".join(texts).splitlines())))
    title = next((line.lstrip("# ") for line in lines if line.startswith("# ")), path.stem)
    summary = next((line for line in lines if not line.startswith(("#", "|", "-", ">"))), "")
    found = next((text for text in _said(notebook) if not text.startswith("#")), summary)
    return title, unmarked(re.sub(r"(?<!\\)[*`]|\\(?=[\[\]*_~|{}#<>$:\\])", "", found)).strip()


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
    documents: Sequence[dict[str, str]] = (),
    full: bool = False,
    form: Form = "html",
    template: Path | None = None,
) -> list[Path]:
    """Writes the profile of one place, or of every place of which a report is, or others state enough
    figures, with an index page.

    As Word documents (`form="docx"`) they come without an index; `template` brings their styles.
    """
    from ..comparison.places import apart, find_place, with_pages
    from ..readers.find import names

    chosen = with_pages(result) if place is None else apart(result, find_place(result, place))
    if not chosen:
        remedy = "`qz extract` shows what can be read"
        raise QzError(f"no place in these pages has a figure that can be named; {remedy}")
    if template is not None and form != "docx":
        raise QzError(f"{template}: only Word documents take a template; add --format docx")
    if form == "docx":
        return _documents(result, pages, chosen, out, lang, embedded, template, full)
    try:
        import nbclient  # noqa: F401
        import nbconvert  # noqa: F401
        import nbformat  # noqa: F401
        from tqdm import tqdm

        from .page import export
    except ImportError:
        remedy = 'pip install "qz-analysis[notebook]"'
        raise QzError(f"briefs need the notebook packages: {remedy}") from None
    # before the work: half the profiles would stand beside what is in the way
    files_made = _files(chosen, lang)
    refuse_foreign(
        *(out / name for name in files_made.values()),
        *[out / f"places{_ENDINGS[lang]}"] * (place is None),
    )
    # documents are named after their files; those of an archive begin with its name
    files = {name: str(path.resolve()) for path, name in names(pages).items()}
    given: dict[str, Any] = {"lang": lang, "embedded": embedded, "full": full}
    given["corrections"] = [str(path.resolve()) for path in corrections]
    given["documents"] = list(documents)
    count = max(1, min(workers or os.cpu_count() or 1, len(chosen)))
    # neighbours share no kernel, so that long and short profiles mix
    shares = [chosen[i::count] for i in range(count)]
    with ThreadPoolExecutor(count) as pool:
        ran = list(pool.map(partial(_profiled, files=files, given=given), shares))
    ended = {one.key: end for found in ran for one, end in found}
    notebooks = {key: end for key, end in ended.items() if not isinstance(end, QzError)}
    faults = [end for end in ended.values() if isinstance(end, QzError)]
    if faults and not notebooks:
        raise faults[0]
    for fault in faults:
        print(
            visible(f"qz: {fault}; the other places have their pages", line=True), file=sys.stderr
        )
    chosen = [one for one in chosen if one.key in notebooks]
    bar = tqdm(chosen, desc="writing profiles", unit="place", disable=len(chosen) < 2)
    made = [export(notebooks[one.key], out / files_made[one.key], lang=TAGS[lang]) for one in bar]
    if place is not None:
        return made
    told = [_news(notebooks[one.key]) for one in chosen]
    return [_places(list(zip(chosen, made, told, strict=True)), out, lang), *made]


def _news(notebook: "NotebookNode") -> str:
    """The heading that a profile shows, without the place."""
    title = next((text for text in _said(notebook) if text.startswith("# ")), "").splitlines()[:1]
    return re.sub(r"\\(.)", r"\1", re.sub("^.*?(?:: |：)|^# ", "", "".join(title)))


def _documents(
    result: "Tables",
    pages: Sequence[Path],
    places: Sequence["Place"],
    out: Path,
    lang: "Lang",
    embedded: bool,
    template: Path | None,
    full: bool,
) -> list[Path]:
    """The places as Word documents."""
    from ..comparison.mechanisms import mechanisms
    from .place_page import PlacePage, stands
    from .profile import Profile
    from .word import write_word

    names = {key: Path(name).with_suffix(".docx") for key, name in _files(places, lang).items()}
    refuse_foreign(*(out / name for name in names.values()))
    named = mechanisms(list(pages))
    made = []
    for one in places:
        stand = stands(list(pages), one, room=0)
        page = PlacePage(one, result, named, lang, embedded=embedded, full=full, stand=stand)
        made.append(write_word(Profile(page), out / names[one.key], template))
    return made


def _profiled(
    places: Sequence["Place"], *, files: dict[str, str], given: dict[str, Any]
) -> list[tuple["Place", "NotebookNode | QzError"]]:
    """The county notebook run in one kernel for one place after the other.

    Each place is given the documents that speak of it, and those of the same stem: without them
    its documents would have shorter names. A place whose notebook fails has the error instead.
    """
    import nbformat

    from .page import run

    template = nbformat.read(_PROFILE, as_version=4)
    whole, size = nbformat.v4.new_notebook(metadata=template.metadata), len(template.cells)
    for number, one in enumerate(places):
        named = [doc if doc in files else doc.partition("/")[0] for doc in one.docs]
        stems = {Path(files[doc]).stem for doc in named if doc in files}
        source = [path for path in files.values() if Path(path).stem in stems]
        filled = with_parameters(template, {"place": one.key, "source": source, **given})
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
            if not at or not int(at[1]):
                raise QzError(f"the profiles: {error}") from None
            bad = (int(at[1]) - 1) // size
            fault = QzError(f"the profile of {places[bad].key}: {error}")
            rest = [*places[:bad], *places[bad + 1 :]]
            done = _profiled(rest, files=files, given=given) if rest else []
            return [*done, (places[bad], fault)]
    parts = (ran.cells[i : i + size] for i in range(0, len(ran.cells), size))
    notebooks = (nbformat.v4.new_notebook(cells=part, metadata=ran.metadata) for part in parts)
    return list(zip(places, notebooks, strict=True))


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
        fault = "the notebook has no cell tagged `parameters`"
        raise QzError(f"{fault}, so nothing can be passed to it")
    cell.source = "\n".join(f"{name} = {value!r}" for name, value in values.items())
    return changed


def _files(places: Sequence["Place"], lang: "Lang") -> dict[str, str]:
    """A file name for each place that every system takes, and that names no person.

    Masks are no part of it; what they make alike is numbered.
    """
    from ..privacy import mask_names

    found: dict[str, str] = {}
    count: Counter[str] = Counter()
    for one in places:
        stem = re.sub(r"[^\w.-]+", "-", mask_names(one.key)).strip("-.") or "unnamed"
        count[stem.lower()] += 1
        number = f"-{count[stem.lower()]}" * (count[stem.lower()] > 1)
        found[one.key] = f"place-{stem}{number}{_ENDINGS[lang]}"
    return found


def _places(entries: list[tuple["Place", Path, str]], out: Path, lang: "Lang") -> Path:
    """The index of the profiles: each place with what its page tells first, and its figures."""
    import html

    from nbformat import v4

    from ..charts.rows import place_label
    from ..comparison.wording import word
    from .cells import in_words
    from .figures import noun
    from .markup import plain
    from .page import export

    # the figures of a town stand on the page of its county, too, and are counted once
    rows, reports, figures = [], set(), set[tuple[str, int]]()
    for one, path, finding in entries:
        reports |= set(zip(one.reports["doc"], one.reports["report"], strict=True))
        figures |= set(zip(one.claims["doc"], one.claims["start"], strict=True))
        # a title tells a report apart, the name of a file only who knows the file
        told = one.told
        if told == one.report:
            told = word("sources", "untitled_short", lang, doc=told)
        apart = {"en": " ({})", "zh": "（{}）"}[lang].format(told) if one.report else ""
        name = str(place_label(one.name, lang)) + apart
        link = f'<a href="{quote(path.name)}">{html.escape(name)}</a>'
        level = word("values", next(iter(one.own["level"]), ""), lang)
        rows.append([link, level, html.escape(finding), str(len(one.claims))])
    keys = ("place", "level", "finding", "figures")
    table = in_words([word("columns", key, lang) for key in keys], rows)
    title = word("headings", "index", lang)
    fillers: dict[str, Any] = {
        "places": len(entries),
        "figures": noun("figures", len(figures), lang),
    }
    fillers["reports"] = noun("reports", len(reports), lang)
    lead = plain(word("sentences", "index", lang, **fillers))
    about = {"text/html": {"caption": title}}
    output = v4.new_output("display_data", {"text/html": table}, metadata=about)
    text, code = v4.new_markdown_cell(f"# {title}\n\n{lead}"), v4.new_code_cell(outputs=[output])
    page = v4.new_notebook(cells=[text, code])
    return export(page, out / f"places{_ENDINGS[lang]}", lang=TAGS[lang])
