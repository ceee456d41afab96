"""Executed notebook → self-contained HTML brief: runs the notebook, shows what it found, hides the code."""

from __future__ import annotations

import base64
import os
import re
import string
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from .errors import QzError

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag
    from nbformat import NotebookNode

__all__ = ["BriefError", "export", "index", "run"]

TEMPLATES = Path(__file__).parent / "templates"
WORDS = tomllib.loads((TEMPLATES / "brief/words.toml").read_text(encoding="utf-8"))
SHOWN = ("text/html", "image/svg+xml", "image/png", "image/jpeg", "text/markdown", "text/plain")
# What may stand in a brief; the rest goes, and what is inside it: an output is data, and may be hostile.
TAGS = re.compile(
    "a|abbr|b|blockquote|br|caption|code|col|colgroup|dd|del|details|div|dl|dt|em|figcaption|figure|h[1-6]|hr|"
    "i|img|ins|li|mark|ol|p|pre|s|section|small|span|strong|style|sub|summary|sup|"
    "table|tbody|td|tfoot|th|thead|time|tr|u|ul"
)
ATTRIBUTES = re.compile("alt|class|colspan|data-caption|dir|href|id|lang|open|rowspan|src|start")
STYLER = re.compile(r"(\s*#T_[^{},<>\\]*(,\s*#T_[^{},<>\\]*)*\{[^{}<>\\]*\})*\s*")
LINK = re.compile(r"(https?:|mailto:|#|[\w./-]+(#|$))", re.I)
FIGURES = re.compile(r"[<>≤≥≈~±]?\s?[-+−]?\d[\d,.\s]*\s?(%|‰|[万亿])?")
FROM_FILE = re.compile(r"!\[[^\]]*\]\((?!attachment:|data:)|!\[\s*\]\(")
ALT_ADVICE = 'display(fig, metadata={"image/png": {"alt": "…"}})'
NONE = {"NaN", "NaT", "<NA>", "None", "nan"}
HAN = re.compile("[㐀-鿿𠀀-𿿽][、-〟㐀-鿿！-～𠀀-𿿽]*")


class BriefError(QzError):
    """A notebook that does not run through, or shows something that a brief cannot."""


def run(path: Path, *, timeout: int = 120) -> NotebookNode:
    """Execute a notebook from top to bottom in its own folder; the file itself stays as it is.

    Several runs may go on at once: each has its own kernel and its own scratch folder, and nothing is
    written to the user's Jupyter and IPython folders.

    Args:
        path: the notebook.
        timeout: seconds that one cell may take.

    Returns:
        the notebook with its outputs; its file name stands in `metadata.qz.notebook`.

    Raises:
        BriefError: when the file is no notebook, or a cell fails or takes too long; cells count from 1.

    >>> run(Path("notebooks/counties.ipynb"))  # doctest: +SKIP
    """
    import nbformat
    from nbclient.exceptions import CellExecutionError, CellTimeoutError

    path = Path(path)
    try:
        nb = nbformat.read(path, as_version=4)
        nbformat.validate(nb)
    except (OSError, ValueError, nbformat.ValidationError) as err:
        raise BriefError(f"{path.name}: cannot be read as a notebook: {str(err).splitlines()[0]}") from None
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
    nb.metadata["qz"] = {"notebook": path.name}
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

    with tempfile.TemporaryDirectory(prefix="qz-") as scratch, open(Path(scratch) / "stderr", "wb") as noise:
        manager = AsyncKernelManager(
            kernel_name="python3",
            # no folders to search: the kernel is always this very Python's own
            kernel_spec_manager=KernelSpecManager(kernel_dirs=[]),
            # sockets in the scratch folder: two kernels that start together cannot take the same TCP port
            connection_file=f"{scratch}/kernel.json",
            transport="ipc" if os.name == "posix" else "tcp",
        )
        folder = {"metadata": {"path": str(path.resolve().parent)}}
        client = NotebookClient(
            nb, km=manager, timeout=timeout, record_timing=False, on_cell_start=note, resources=folder
        )
        client.execute(cleanup_kc=True, env=_environment(scratch), stderr=noise)


def _environment(scratch: str) -> dict[str, str]:
    """The kernel's environment: no user profile, no debugger warnings, one order for every set."""
    # with MPLBACKEND set, a figure would reach the notebook as text only
    keep = {key: value for key, value in os.environ.items() if key != "MPLBACKEND"}
    ours = {"IPYTHONDIR": scratch, "JUPYTER_RUNTIME_DIR": scratch, "PYTHONHASHSEED": "0"}
    return {**keep, **ours, "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


def export(nb: NotebookNode, target: Path, *, title: str | None = None, lang: str = "en") -> Path:
    """Write an executed notebook as one HTML file without code, scripts or anything loaded from elsewhere.

    Args:
        nb: the executed notebook. A picture carries its alt text as output metadata,
            `{"image/png": {"alt": "…", "caption": "…"}}` (no caption: the alt's first sentence); a table may
            carry `{"text/html": {"caption": "…"}}`.
        target: the HTML file; its folder is made if need be. The same notebook gives the same bytes.
        title: the heading; without it the notebook's own first-level heading.
        lang: the language of the page, `en` or `zh` (also `zh-Hans`, `zh-Hant`).

    Returns:
        the file written.

    Raises:
        BriefError: when a picture has no alt text or lies in a file, or an object's bare repr is shown; the
            message names notebook and cell.

    >>> from nbformat import v4
    >>> nb = v4.new_notebook(cells=[v4.new_markdown_cell("# 信访 petitions")])
    >>> export(nb, Path("/tmp/briefs/petitions.html"))  # doctest: +SKIP
    """
    from bs4 import BeautifulSoup
    from nbconvert import HTMLExporter

    target = Path(target)
    source = nb.metadata.get("qz", {}).get("notebook", "")
    _check(nb, source or target.stem)
    exporter = HTMLExporter(
        template_name="brief",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_anchor_links=True,
        filters=dict(shown_as=_shown, about=_about, picture=_picture, caption=_caption, inert=_inert),
    )
    body = BeautifulSoup(exporter.from_notebook_node(nb)[0], "html.parser")
    heading, lead = _heading(body)
    for table in body.find_all("table"):
        _table(body, table, _words(lang)["table"])
    parts = {"title": title or heading or target.stem, "lead": lead, "contents": _contents(body)}
    return _write(target, lang, **parts, body=str(body), source=source)


def index(entries: list[tuple[Path, str, str]], folder: Path) -> Path:
    """Write `index.html`, the list of the briefs.

    Args:
        entries: for each brief its file, its title and a summary of one line.
        folder: where `index.html` goes; the links are relative to it.

    Returns:
        the file written.

    >>> index([(Path("briefs/counties.html"), "Counties", "Who answers.")], Path("briefs"))  # doctest: +SKIP
    """
    rows = [(quote(Path(os.path.relpath(file, folder)).as_posix()), *text) for file, *text in entries]
    return _write(Path(folder) / "index.html", "en", title=WORDS["en"]["briefs"], entries=rows)


def _words(lang: str) -> dict[str, str]:
    return dict(WORDS.get(lang[:2], WORDS["en"]))


def _write(target: Path, lang: str, **parts: Any) -> Path:
    """Put the page around its parts, then the font that holds exactly the page's characters."""
    from bs4 import BeautifulSoup
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup

    from .fonts import subset_woff

    frame = Environment(autoescape=True, loader=FileSystemLoader(TEMPLATES / "brief"), trim_blocks=True)
    css = (TEMPLATES / "brief" / "brief.css").read_text(encoding="utf-8")
    parts["body"] = Markup(parts.get("body", ""))
    html = frame.get_template("page.html.j2").render(parts, lang=lang, words=_words(lang), css=Markup(css))
    page = BeautifulSoup(html, "html.parser")
    assert page.body is not None
    if not lang.startswith("zh"):
        _mark_chinese(page, page.body)
    font = subset_woff("".join(sorted(set(page.get_text()) | set(string.printable))))
    target.parent.mkdir(parents=True, exist_ok=True)
    html = str(page).replace("base64,FONT", "base64," + base64.b64encode(font).decode())
    target.write_text(html, encoding="utf-8", newline="\n")
    return target


def _check(nb: NotebookNode, name: str) -> None:
    """Refuse what a reader could make nothing of, or would not get to see."""
    for number, cell in enumerate(nb.cells, 1):
        here = f"{name}, cell {number}"
        if cell.cell_type == "markdown" and FROM_FILE.search(cell.source):
            raise BriefError(
                f"{here}: a picture has no alt text, or is a file of its own; draw it in a code cell"
            )
        for output in cell.get("outputs", []):
            kind = _shown(output)
            text = output.data[kind] if kind.startswith("text/") else ""
            if kind.startswith("image/") and not _about(output, "alt"):
                raise BriefError(f"{here}: a picture has no alt text; show it with {ALT_ADVICE}")
            if kind == "text/html" and re.search(r"<img(?![^>]*\salt=[\"']?[^\s\"'>])", text, re.I):
                raise BriefError(f"{here}: a picture in the HTML has no alt text")
            if kind == "text/plain" and re.fullmatch(r"<.*>", text, re.S):
                raise BriefError(f"{here}: shows a bare {text[:60]}; end the last line with ;")


def _shown(output: NotebookNode) -> str:
    """The form in which an output is shown; empty when it is not (warnings and errors are not)."""
    if output.output_type == "stream":
        return "stdout" if output.name == "stdout" else ""
    return next((kind for kind in SHOWN if kind in output.get("data", {})), "")


def _about(output: NotebookNode, key: str) -> str:
    """A text of the output's metadata, kept under its MIME type."""
    return next((about[key] for kind in SHOWN if (about := output.metadata.get(kind)) and about.get(key)), "")


def _caption(output: NotebookNode) -> str:
    alt = _about(output, "alt")
    first = re.match(r".+?([。！？]|[.!?](?=\s|$))", alt, re.S)
    return _about(output, "caption") or (first.group() if first else alt)


def _picture(output: NotebookNode) -> str:
    """The picture as a data: address; in an img even an SVG is inert."""
    kind = _shown(output)
    data = output.data[kind]
    if kind == "image/svg+xml":
        data = base64.b64encode(data.encode()).decode()
    return f"data:{kind};base64," + "".join(data.split())


def _inert(html: str) -> str:
    """HTML with nothing left in it that acts, loads or breaks out of its place."""
    from bs4 import BeautifulSoup
    from bs4.element import PreformattedString

    if "<" not in html:
        return html
    soup = BeautifulSoup(html, "html.parser")
    for text in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
        if text.parent is None or text.parent.name != "style":
            text.extract()
    for tag in soup.find_all(True):
        if not tag.decomposed and not _harmless(tag):
            tag.decompose()
    for tag in soup.find_all(True):
        tag.attrs = {key: value for key, value in tag.attrs.items() if ATTRIBUTES.fullmatch(key)}
        if not LINK.match(str(tag.get("href", "#"))):
            del tag["href"]
    return str(soup)


def _harmless(tag: Tag) -> bool:
    if tag.name == "style":
        return bool(STYLER.fullmatch(tag.get_text()))
    if tag.name == "img":
        return str(tag.get("src", "")).startswith("data:image/")
    return bool(TAGS.fullmatch(tag.name))


def _text(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def _heading(body: BeautifulSoup) -> tuple[str, str]:
    """Take the first-level heading, and a plain paragraph that follows it at once, out of the text."""
    h1 = body.find("h1")
    if h1 is None:
        return "", ""
    after = h1.find_next_sibling()
    plain = after is not None and after.name == "p" and not after.find(["a", "img"])
    lead = _text(after.extract()) if after is not None and plain else ""
    cell, heading = h1.parent, _text(h1.extract())
    if cell is not None and not _text(cell) and not cell.find("img"):
        cell.extract()
    return heading, lead


def _contents(body: BeautifulSoup) -> list[tuple[str, str, str]]:
    """Give every heading an anchor of its own; level, anchor and text of those that the contents list."""
    taken: dict[str, int] = {"": 1, "text": 1, "contents": 1}
    rows = []
    for tag in body.find_all(["h1", "h2", "h3", "h4"]):
        text = _text(tag)
        anchor = text.replace(" ", "-")
        taken[anchor] = taken.get(anchor, 0) + 1
        tag["id"] = anchor if taken[anchor] == 1 else f"{anchor}-{taken[anchor]}"
        if tag.name in ("h2", "h3"):
            rows.append((tag.name[1], str(tag["id"]), text))
    return rows


def _table(body: BeautifulSoup, table: Tag, word: str) -> None:
    """Caption, scopes, figures set to the right, and a box that scrolls when the screen is narrow."""
    given = table.find_parent(attrs={"data-caption": True})
    text = _text(table.caption.extract()) if table.caption else str(given["data-caption"] if given else "")
    _tidy_index(table)
    _align(table)
    for cell in table.find_all("th"):
        group = "group" if cell.get("colspan", "1") != "1" or cell.get("rowspan", "1") != "1" else ""
        cell["scope"] = ("col" if cell.find_parent("thead") else "row") + group
        if not _text(cell):
            cell.name, cell.attrs = "td", {"class": cell.get("class") or ""}
    if text:
        caption = body.new_tag("caption")
        caption.append(body.new_tag("span", string=text))
        table.insert(0, caption)
    box = {"class": "scroll", "tabindex": "0", "role": "region", "aria-label": text or word}
    table.wrap(body.new_tag("div", attrs=box))


def _tidy_index(table: Tag) -> None:
    """Put the name of a frame's index on the line of the column names, and drop a mere running number."""
    heads = table.select("thead tr")
    rows = [row.find_all("th", recursive=False) for row in table.select("tbody tr")]
    if not heads or not rows:
        return
    below = heads[-1].find_all(["th", "td"])
    if len(heads) > 1:
        above, deep = heads[-2].find_all(["th", "td"]), len(rows[0])
        blank = not any(_text(cell) for cell in [*above[:deep], *below[deep:]])
        if blank and len(above) == len(below):
            for old, new in zip(above[:deep], below[:deep], strict=True):
                old.replace_with(new)
            heads[-1].decompose()
            return
    running = all(len(row) == 1 and _text(row[0]) == str(number) for number, row in enumerate(rows))
    if running and below and not _text(below[0]):
        for cell in [below[0], *(row[0] for row in rows)]:
            cell.decompose()


def _align(table: Tag) -> None:
    """Set figures to the right, show a missing value as a dash, let a first column of names head its rows."""
    rows = [row.find_all("td") for row in table.select("tbody tr")]
    width = len(rows[0]) if rows else 0
    heads = table.select("thead tr")
    head = heads[-1].find_all(["th", "td"])[-width:] if heads and width else []
    if any(len(row) != width for row in [*rows, head]):
        return
    for number, cells in enumerate(zip(*rows, strict=True)):
        for cell in cells:
            if _text(cell) in NONE:
                cell.string = "–"
        known = {_text(cell) for cell in cells} - {"", "–", "-", "…", "..."}
        if known and all(FIGURES.fullmatch(text) for text in known):
            for cell in [*cells, head[number]]:
                # a Styler's own classes carry its rules
                cell["class"] = " ".join([*filter(None, cell.get_attribute_list("class")), "n"])
        elif number == 0 and not table.select("tbody th"):
            for cell in cells:
                cell.name = "th"


def _mark_chinese(page: BeautifulSoup, body: Tag) -> None:
    """Tell browsers and screen readers which words of a page in another language are Chinese."""
    from bs4 import NavigableString

    for text in body.find_all(string=HAN):
        if type(text) is not NavigableString or text.parent is None:
            continue
        if HAN.fullmatch(text.strip()) and len(text.parent.contents) == 1:
            text.parent["lang"] = "zh"
            continue
        parts: list[Any] = re.split(f"({HAN.pattern})", text)
        for number in range(1, len(parts), 2):
            parts[number] = page.new_tag("span", string=parts[number], attrs={"lang": "zh"})
        text.replace_with(*parts)
