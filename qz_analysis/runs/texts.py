"""Texts that a run keeps → one file each, named by its document."""

import hashlib
import shutil

from .journal import Journal
from .layout import Layout
from .parts import held, read_rows

__all__ = ["text_name", "write_texts"]


def write_texts(layout: Layout, journal: Journal) -> None:
    """Each kept text as a file, named by its document."""
    folder = layout.out / "texts"
    new = layout.out / ".qz" / "new-texts"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    for number, token in journal.parts():
        for doc, text in read_rows(held(layout.out, "csv", "texts", number, token)):
            path = new / text_name(doc)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
    shutil.rmtree(folder, ignore_errors=True)
    new.replace(folder)


def text_name(doc: str) -> str:
    """The file under `texts/` that keeps the text of a document; no name leads out of that folder.

    >>> text_name("a/2011"), text_name("../../etc/passwd").startswith("_/_/etc/passwd~")
    ('a/2011.txt', True)
    """
    plain = "/".join(map(_segment, doc.split("/")[:16]))
    # a folder must not be called what a text is called
    plain = plain.replace(".txt/", ".txt_/")
    return f"{plain}.txt" if plain == doc else f"{plain}~{hashlib.sha256(doc.encode()).hexdigest()[:8]}.txt"


def _segment(piece: str) -> str:
    """A piece of a name that is neither a way up nor too long for a file system."""
    legal = "".join("_" if c in '<>:"\\|?*' or c < " " else c for c in piece) if piece.strip(". ") else "_"
    return legal.encode()[:180].decode("utf-8", "ignore")
