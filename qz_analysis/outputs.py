"""Outputs of a notebook's cells: in which form each is shown, what is said of it, and what a brief refuses."""

from __future__ import annotations

import ast
import base64
import io
import re
from typing import TYPE_CHECKING

from .errors import BriefError

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["about", "caption", "check", "picture", "shown_as", "unquoted"]

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
            raise BriefError(f"{here}: a picture has no alt text, or is a file of its own; draw it in a code cell")
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
    # a widget's text stands in for its controls, which a page has not; a bare object is no such text and is refused
    return "" if kind == "text/plain" and WIDGET in data and not BARE.fullmatch(data[kind]) else kind


def about(output: NotebookNode, key: str) -> str:
    """A text of the output's metadata, kept under its MIME type."""
    return next((about[key] for kind in SHOWN if (about := output.metadata.get(kind)) and about.get(key)), "")


def caption(output: NotebookNode) -> str:
    alt = about(output, "alt")
    first = re.match(r".+?([。！？]|[.!?](?=\s|$))", alt, re.S)
    return about(output, "caption") or (first.group() if first else alt)


def unquoted(text: str) -> str:
    """A text that is shown as Python writes it: its words, without the quotation marks."""
    try:
        return str(ast.literal_eval(text)) if text[:1] in {"'", '"'} else text
    except (SyntaxError, ValueError):
        return text


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


def picture(output: NotebookNode) -> str:
    """The picture as a data: address; in an img even an SVG is inert."""
    kind = shown_as(output)
    data = output.data[kind]
    if kind == "image/svg+xml":
        data = base64.b64encode(data.encode()).decode()
    elif kind == "image/png" and (smaller := _packed(base64.b64decode(data))):
        kind, data = "image/webp", base64.b64encode(smaller).decode()
    return f"data:{kind};base64," + "".join(data.split())
