"""Runs a notebook and exports it as a brief: one self-contained HTML page without the code."""

from __future__ import annotations

import ast
import base64
import io
import os
import re
import string
import tempfile
import tomllib
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from zlib import decompress

from ..comparison.wording import when
from ..errors import BriefError
from ..outputs import write
from ..schema import VERSION
from ..vocabularies.labels import VARIABLE as LANGUAGE
from ..vocabularies.labels import language, single
from ..vocabularies.session import VARIABLE, files_in_force
from .evidence import drawn, evidence, mentions, sentences, timed
from .openings import opening
from .profile import profile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nbformat import NotebookNode

__all__ = [
    "BriefError",
    "drawn",
    "evidence",
    "export",
    "index",
    "mentions",
    "opening",
    "profile",
    "run",
    "sentences",
    "timed",
]

SHOWN = ("text/html", "image/svg+xml", "image/png", "image/jpeg", "text/markdown", "text/plain")
FROM_FILE = re.compile(r"!\[[^\]]*\]\((?!attachment:|data:)|!\[\s*\]\(")
WIDGET = "application/vnd.jupyter.widget-view+json"
BARE = re.compile(r"<.*>", re.S)
ALT_ADVICE = 'display(fig, metadata={"image/png": {"alt": "…"}})'


def check(nb: NotebookNode, name: str) -> None:
    """Refuse what a reader could make nothing of, or would not get to see."""
    for number, cell in enumerate(nb.cells, 1):
        here = f"{name}, cell {number}"
        if cell.cell_type == "markdown" and FROM_FILE.search(cell.source):
            fault = "a picture has no alt text, or is a file of its own; draw it in a code cell"
            raise BriefError(f"{here}: {fault}")
        for output in cell.get("outputs", []):
            kind = shown_as(output)
            text = output.data[kind] if kind.startswith("text/") else ""
            if kind.startswith("image/") and not about(output, "alt"):
                raise BriefError(f"{here}: a picture has no alt text; show it with {ALT_ADVICE}")
            if kind == "text/html" and re.search(r"<img(?![^>]*\salt=[\"']?[^\s\"'>])", text, re.I):
                raise BriefError(f"{here}: a picture in the HTML has no alt text")
            if kind == "text/plain" and BARE.fullmatch(text):
                raise BriefError(f"{here}: shows a bare {text[:60]}; end the last line with ;")


def shown_as(output: NotebookNode) -> str:
    """The form in which an output is shown; empty when it is not (warnings and errors are not)."""
    if output.output_type == "stream":
        return "stdout" if output.name == "stdout" else ""
    data = output.get("data", {})
    kind = next((kind for kind in SHOWN if kind in data), "")
    # a widget's text stands in for its controls, which a page has not; a bare object is refused
    controls = kind == "text/plain" and WIDGET in data and not BARE.fullmatch(data[kind])
    return "" if controls else kind


def about(output: NotebookNode, key: str) -> str:
    """A text of the output's metadata, kept under its MIME type."""
    texts = ((output.metadata.get(kind) or {}).get(key) for kind in SHOWN)
    return next(filter(None, texts), "")


def label(output: NotebookNode) -> str:
    """What a picture is called: its own caption, else the first sentence of its alt text."""
    alt = about(output, "alt")
    first = re.match(r".+?([。！？]|[.!?](?=\s|$))", alt, re.S)
    return about(output, "caption") or (first.group() if first else alt)


def caption(output: NotebookNode) -> str:
    """What stands below a picture; nothing below a chart, which has its words in itself."""
    from ..charts.figure import DRAWING, NARROW

    worded = about(output, DRAWING) or about(output, NARROW)
    return about(output, "caption") if worded else label(output)


def unquoted(text: str) -> str:
    """A text that is shown as Python writes it: its words, without the quotation marks."""
    try:
        return str(ast.literal_eval(text)) if text[:1] in {"'", '"'} else text
    except (SyntaxError, ValueError):
        return text


@lru_cache(16)
def _packed(png: bytes) -> bytes:
    """The same pixels in a third of the bytes; nothing when it cannot be had."""
    from PIL import Image

    packed = io.BytesIO()
    try:
        with Image.open(io.BytesIO(png)) as image:
            image.save(packed, "WEBP", lossless=True, exact=True, method=3)
    except (KeyError, OSError):
        return b""
    return packed.getvalue()


def drawings(nb: NotebookNode) -> dict[str, str]:
    """The drawings in SVG of the notebook's pictures, by the address of each picture."""
    from ..charts.figure import DRAWING, NARROW_DRAWING

    outputs = (output for cell in nb.cells for output in cell.get("outputs", []))
    found = {}
    for output in outputs:
        kind = shown_as(output)
        if kind == "image/svg+xml":
            found[picture(output)] = "".join(output.data[kind])
        elif kind.startswith("image/") and (packed := about(output, DRAWING)):
            found[picture(output)] = decompress(base64.b64decode(packed)).decode()
            if packed := about(output, NARROW_DRAWING):
                found[narrow(output)] = decompress(base64.b64decode(packed)).decode()
    return found


def narrow(output: NotebookNode) -> str:
    """The picture as it was drawn for a narrow page, as a data: address; empty without one."""
    from ..charts.figure import NARROW

    data = about(output, NARROW)
    return _address(base64.b64decode(data)) if data else ""


def _address(png: bytes) -> str:
    """The data: address of a picture."""
    smaller = _packed(png)
    kind, data = ("webp", smaller) if smaller else ("png", png)
    return f"data:image/{kind};base64," + base64.b64encode(data).decode()


def picture(output: NotebookNode) -> str:
    """The picture as a data: address; in an img even an SVG is inert."""
    kind = shown_as(output)
    data = output.data[kind]
    if kind == "image/svg+xml":
        data = base64.b64encode(data.encode()).decode()
    elif kind == "image/png":
        return _address(base64.b64decode(data))
    return f"data:{kind};base64," + "".join(data.split())


TEMPLATES = Path(__file__).parent / "templates"
WORDS = tomllib.loads((TEMPLATES / "brief/words.toml").read_text(encoding="utf-8"))
#: what a page may be: for who reads reports, or for who works with the package
KINDS = ("brief", "manual")
# a page has room for long cells: nothing of a table is cut off with dots
STARTUP = "import pandas\npandas.set_option('display.max_colwidth', None)\ndel pandas\n"


def opened(path: Path) -> NotebookNode:
    """A notebook as its file has it, checked to be one."""
    import nbformat

    path = Path(path)
    try:
        nb = nbformat.read(path, as_version=4)
        nbformat.validate(nb)
    except (OSError, ValueError, nbformat.ValidationError) as err:
        fault = str(err).splitlines()[0]
        raise BriefError(f"{path.name}: cannot be read as a notebook: {fault}") from None
    return nb


def run(path: Path, *, timeout: int = 120, notebook: NotebookNode | None = None) -> NotebookNode:
    """Execute a notebook from top to bottom in its own folder; the file itself stays as it is.

    Several runs may go on at once: each has its own kernel and its own scratch folder, and nothing
    is written to the user's Jupyter and IPython folders.

    Args:
        path: the notebook.
        timeout: seconds that one cell may take.
        notebook: what is run in its stead, such as the same cells in another language.

    Returns:
        the notebook with its outputs; its file name stands in `metadata.qz.notebook`.

    Raises:
        BriefError: when the file is no notebook, or a cell fails or takes too long; cells count
            from 1.

    >>> from nbformat import v4, write
    >>> nb = v4.new_notebook(cells=[v4.new_code_cell("2028 / 2163 > 0.9")])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(nb, Path(folder) / "rates.ipynb")
    ...     run(Path(folder) / "rates.ipynb").cells[0].outputs[0].data["text/plain"]
    'True'
    """
    from nbclient.exceptions import CellExecutionError, CellTimeoutError

    path = Path(path)
    nb = opened(path) if notebook is None else notebook
    at = [0]
    try:
        _execute(nb, path, timeout, at)
    except CellExecutionError as err:
        last = f"{err.ename}: {err.evalue}".strip().splitlines()[-1]
        raise BriefError(f"{path.name}, cell {at[0]}: {last}") from None
    except CellTimeoutError:
        raise BriefError(f"{path.name}, cell {at[0]}: not done after {timeout} s") from None
    except (RuntimeError, KeyError) as err:
        raise BriefError(f"{path.name}, cell {at[0]}: the kernel failed: {err}") from None
    nb.metadata["qz"] = {**nb.metadata.get("qz", {}), "notebook": path.name}
    # the Python version is the machine's, not the notebook's
    nb.metadata.get("language_info", {}).pop("version", None)
    return nb


def _execute(nb: NotebookNode, path: Path, timeout: int, at: list[int]) -> None:
    """Run the cells in a kernel of their own; `at` holds the number of the cell under way."""
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient

    def note(cell: NotebookNode, cell_index: int) -> None:
        at[0] = cell_index + 1

    with (
        tempfile.TemporaryDirectory(prefix="qz-") as scratch,
        open(Path(scratch) / "stderr", "wb") as noise,
    ):
        startup = Path(scratch) / "profile_default" / "startup"
        startup.mkdir(parents=True)
        (startup / "brief.py").write_text(STARTUP, encoding="utf-8")
        # no folders to search: the kernel is always this very Python's own
        specs = KernelSpecManager(kernel_dirs=[])
        # sockets in the scratch folder: two kernels that start together cannot take one TCP port
        about = {"connection_file": f"{scratch}/kernel.json"}
        about["transport"] = "ipc" if os.name == "posix" else "tcp"
        manager = AsyncKernelManager(kernel_name="python3", kernel_spec_manager=specs, **about)
        told = {"timeout": timeout, "record_timing": False, "on_cell_start": note}
        folder = {"metadata": {"path": str(path.resolve().parent)}}
        client = NotebookClient(nb, km=manager, resources=folder, **told)
        client.execute(cleanup_kc=True, env=_environment(scratch), stderr=noise)


def _environment(scratch: str) -> dict[str, str]:
    """The kernel's environment: no user profile, no debugger warnings, one order for every set."""
    # with MPLBACKEND set, a figure would reach the notebook as text only
    keep = {key: value for key, value in os.environ.items() if key not in {"MPLBACKEND", VARIABLE}}
    ours = {"IPYTHONDIR": scratch, "JUPYTER_RUNTIME_DIR": scratch, "PYTHONHASHSEED": "0"}
    if files := files_in_force():  # a notebook begins with the words that its reader has in force
        ours[VARIABLE] = os.pathsep.join(file.path for file in files)
    ours[LANGUAGE] = language()
    return {**keep, **ours, "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


def export(
    nb: NotebookNode,
    target: Path,
    *,
    title: str | None = None,
    lang: str | None = None,
    titles: Mapping[str, str] | None = None,
    others: Sequence[tuple[str, str]] = (),
) -> Path:
    """Write an executed notebook as one HTML file without the code, loading nothing from elsewhere.

    Tables sort and filter where the browser runs the page's own script, the one that its policy
    names by hash. Figures lead to the row of the page that shows where they stand. A cell may carry
    its reference itself, `83.7% [county: 748]`.

    Args:
        nb: the executed notebook. A picture carries its alt text as output metadata,
            `{"image/png": {"alt": "…", "caption": "…"}}` (no caption: the alt's first sentence;
            none below a chart, which has its words in itself); a table may carry
            `{"text/html": {"caption": "…"}}`.
        target: the HTML file; its folder is made if need be. The same notebook gives the same
            bytes.
        title: the heading; without it the notebook's own first-level heading.
        lang: the language of the page, `en` or `zh` (also `zh-Hans`, `zh-Hant`); that in force (see
            `language`) unless given. Where the notebook's metadata say so (`qz`: `kind`), a line
            at the head tells whether it is a `brief` or a `manual`.
        titles: titles of documents by their names, which tables then show.
        others: language and address of the same page in other languages.

    Returns:
        the file written.

    Raises:
        BriefError: when a picture has no alt text or lies in a file, or an object's bare repr is
            shown; the message names notebook and cell.
        QzError: the target is there and no page that the package made, or was changed since, or
            the disk takes no more.

    >>> from nbformat import v4
    >>> nb = v4.new_notebook(cells=[v4.new_markdown_cell("# Petitions")])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     page = export(nb, Path(folder) / "petitions.html")
    ...     "<h1>Petitions</h1>" in page.read_text(encoding="utf-8")
    True
    """
    from bs4 import BeautifulSoup
    from markupsafe import Markup
    from nbconvert import HTMLExporter

    from ..privacy import doubt, mask_names
    from ..script import dropped
    from . import cells, links, markup

    lang = lang or single()
    target, words = Path(target), _words(lang)
    made = nb.metadata.get("qz", {})
    source, kind = made.get("notebook", ""), made.get("kind", "")
    check(nb, source or target.stem)
    filters = {
        f.__name__: f
        for f in (shown_as, about, picture, narrow, label, caption, markup.inert, unquoted)
    }
    exporter = HTMLExporter(
        template_name="brief",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_anchor_links=True,
        filters=filters,
    )
    body = BeautifulSoup(exporter.from_notebook_node(nb)[0], "html.parser")
    markup.mask(body, drawings(nb))
    heading = markup.take_heading(body)
    markup.number_figures(body, words["figure"])
    links.take_references(body)
    for number, table in enumerate(body.find_all("table"), 1):
        markup.tidy_table(body, table, f"{words['table']} {number}")
        links.prepare(body, table, words)
    links.link(body)
    for table in body.find_all("table"):
        cells.speak(table, "zh" if lang.startswith("zh") else "en", titles or {})
        cells.leave_out_empty(table)
        markup.fill_empty(body, table, words["none"])
        cells.label(table)
        if kind == "brief":
            markup.fold(body, table, words)
    lead = markup.take_lead(body)
    cited = len(body.select("ol.sources > li"))
    made_on = words["made"].format(version=VERSION, date=_today(lang))
    source = made_on + (words["from_sources"].format(cited) if cited else "")
    name = mask_names(dropped(title or "")) or heading or mask_names(target.stem)
    left = words["doubt"] if doubt() else ""
    parts: dict[str, Any] = {"doubt": left, "title": name, "lead": Markup(lead)}
    parts["basis"] = markup.take_basis(body)
    parts |= {"contents": markup.contents(body), "kind": kind if kind in KINDS else ""}
    parts["others"] = _others(others)
    return _write(target, lang, **parts, body=str(body), source=source)


def _today(lang: str) -> str:
    """The day on which a page is made: builds that are to be the same on any day name one in
    SOURCE_DATE_EPOCH, in seconds since 1970.
    """
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    at = datetime.fromtimestamp(int(told), UTC) if told.isdecimal() else datetime.now(UTC)
    return when(f"{at:%Y-%m-%d}", "zh" if lang.startswith("zh") else "en")


def index(
    entries: list[tuple[Path, str, str]],
    folder: Path,
    *,
    lang: str = "en",
    others: Sequence[tuple[str, str]] = (),
    manuals: Sequence[tuple[Path, str, str]] = (),
) -> Path:
    """Write `index.html`, the list of the briefs; `index.zh.html` for those in Chinese.

    Args:
        entries: for each brief its file, its title and a summary of one line.
        folder: where `index.html` goes; the links are relative to it.
        lang: the language of the page, as in `export`.
        others: as in `export`.
        manuals: the same for pages on how to use the package, which are listed apart.

    Returns:
        the file written.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     entry = (Path(folder) / "counties.html", "Counties", "Who answers.")
    ...     made = index([entry], Path(folder))
    ...     made.name, 'href="counties.html"' in made.read_text(encoding="utf-8")
    ('index.html', True)
    """
    from ..privacy import mask_names

    briefs, guides = (
        [
            (quote(Path(os.path.relpath(file, folder)).as_posix()), *map(mask_names, text))
            for file, *text in some
        ]
        for some in (entries, manuals)
    )
    name = "index.zh.html" if lang.startswith("zh") else "index.html"
    parts = {"title": _words(lang)["briefs"], "entries": briefs, "manuals": guides}
    parts["others"] = _others(others)
    return _write(Path(folder) / name, lang, **parts)


def _others(pages: Sequence[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Language, address and name of the same page in other languages."""
    return [(lang, quote(address), _words(lang)["name"]) for lang, address in pages]


def _words(lang: str) -> dict[str, str]:
    return dict(WORDS.get(lang[:2], WORDS["en"]))


def _write(target: Path, lang: str, **parts: Any) -> Path:
    """Put the page around its parts, then the font that holds exactly the page's characters."""
    from bs4 import BeautifulSoup
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup

    from ..charts.theme import subset_woff
    from .markup import keep_numbers, mark_chinese

    folder = TEMPLATES / "brief"
    frame = Environment(autoescape=True, loader=FileSystemLoader(folder), trim_blocks=True)
    css = (folder / "brief.css").read_text(encoding="utf-8")
    body = parts["body"] = Markup(parts.get("body", ""))
    sorts = " data-sorts=" in body
    script = (folder / "tables.js").read_text(encoding="utf-8") if sorts else ""
    # the policy names the script by the hash of its very characters
    digest = base64.b64encode(sha256(script.encode()).digest()).decode()
    parts |= {"script": Markup(script), "hash": digest, "css": Markup(css), "words": _words(lang)}
    html = frame.get_template("page.html.j2").render(parts, lang=lang)
    page = BeautifulSoup(html, "html.parser")
    assert page.body is not None
    keep_numbers(page)
    if not lang.startswith("zh") and mark_chinese(page, page.body):
        # a reader of English is told whose words these are
        foot = page.body.footer
        note = page.new_tag("p", string=_words(lang)["own_words"])
        if foot is not None:
            foot.insert(0, note)
    font = subset_woff("".join(sorted(set(page.get_text()) | set(string.printable))))
    html = str(page).replace("base64,FONT", "base64," + base64.b64encode(font).decode())
    return write(target, html.encode("utf-8"))
