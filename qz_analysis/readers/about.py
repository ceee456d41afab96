"""What a file says of itself beside its text: the head of a web page, the properties of a Word file.

Nothing here stops a file from being read: what is damaged or strange says nothing.
"""

import html as entities
import re
import zipfile
from contextlib import suppress
from io import BytesIO
from typing import Any

from ..model import ANSWERS, Known
from ..script import printable
from .detect import decode
from .html import title_parts
from .sidecar import day

#: how much of a page is looked at: its head, and the first heading
_HEAD = 1 << 16
#: how much of a text a title is looked for in
_ABOVE = 2000
_LONGEST = 200
_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
# names under which the content systems of governments, and the net at large, keep these
_TITLES = ("articletitle", "og:title", "dc.title")
_DATES = (
    "pubdate", "publishdate", "article:published_time", "firstpublishedtime", "dc.date.issued",
    "dc.date",
)  # fmt: skip
_URLS = ("url", "og:url")
_ISSUERS = ("contentsource", "author", "dc.publisher")
# what a browser writes above a page that it saves
_SAVED = re.compile(r"<!--\s*saved from url=\(\d+\)\s*(https?://[^\s>]{1,500})", re.I)
_SNAPSHOT = re.compile(rb"(?im)^(?:snapshot-)?content-location:\s*(https?://\S{1,500})")
_ADDRESS = re.compile(r"https?://[^\s\"'<>]{1,500}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_BLANK = re.compile(r"\s+")
_CORE = "docProps/core.xml"
_NAMED = re.compile(r"<dc:title[^>]{0,100}>([^<]{1,500})</dc:title>")
_MADE = re.compile(r"<dcterms:created[^>]{0,100}>(\d{4}-\d\d-\d\d)")


def about(data: bytes, form: str, text: str, meta: dict[str, Any]) -> tuple[Known, ...]:
    """What is known of a document by its front matter and its file, what outranks the rest first.

    Args:
        data: the bytes of the file.
        form: what kind it is, as `detect.kind` says.
        text: the text that was read out of it; of several titles that which stands there is taken.
        meta: its front matter.

    >>> page = b'<head><meta name="PubDate" content="2020-01-15 09:30"><title>A</title></head>'
    >>> about(page, "html", "A", {})[0].dated
    '2020-01-15'
    """
    found = []
    if meta:
        said: dict[str, Any] = {name: str(meta[name] or "") for name in ANSWERS if name in meta}
        found.append(Known("front matter", **said))
    with suppress(Exception):
        if form in {"html", "mhtml"}:
            found.append(_of_page(data, form, text))
        elif form == "docx":
            found.append(_of_word(data, text))
    return tuple(one for one in found if one.answers or one.made)


def _of_page(data: bytes, form: str, text: str) -> Known:
    from selectolax.lexbor import LexborHTMLParser

    url = ""
    if form == "mhtml":
        url, data = _unwrapped(data)
    data = data[:_HEAD]
    stated = _CHARSET.search(data)
    source = decode(data, "", stated[1].decode() if stated else "")
    saved = _SAVED.search(source[:_ABOVE])
    page = LexborHTMLParser(source)
    said: dict[str, str] = {}
    for node in page.css("meta"):
        given = node.attributes
        name = (given.get("name") or given.get("property") or "").strip().lower()
        content = _line(given.get("content") or "")
        if name and content:
            said.setdefault(name, content)
    canonical = [node.attributes.get("href") or "" for node in page.css('link[rel="canonical"]')]
    urls = [url, saved[1] if saved else "", *canonical, *(said.get(name, "") for name in _URLS)]
    titles = [said.get(name, "") for name in _TITLES]
    heads = [_line(node.text()) for node in page.css("h1")]
    titles += heads if len(heads) == 1 else []
    shown = [part for node in page.css("title")[:1] for part in title_parts(_line(node.text()))]
    return Known(
        "html",
        title=_title([title for title in titles if title], shown, text),
        dated=next(filter(None, (day(said.get(name, "")) for name in _DATES)), ""),
        url=next((one for one in urls if _ADDRESS.fullmatch(one)), ""),
        issuer=next(filter(_HAN.search, (said.get(name, "") for name in _ISSUERS)), ""),
    )


def _unwrapped(data: bytes) -> tuple[str, bytes]:
    """The address and the bytes of a page that was saved with all its parts as one file."""
    from email import message_from_bytes, policy

    m = _SNAPSHOT.search(data[:_HEAD])
    for part in message_from_bytes(data, policy=policy.compat32).walk():
        content = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(content, bytes):
            return m[1].decode("ascii", "ignore") if m else "", content
    return "", b""


def _of_word(data: bytes, text: str) -> Known:
    with zipfile.ZipFile(BytesIO(data)) as archive, archive.open(_CORE) as handle:
        source = handle.read(_HEAD).decode("utf-8", "replace")
    title, made = _NAMED.search(source), _MADE.search(source)
    named = _line(entities.unescape(title[1])) if title else ""
    return Known("word", title=_title([], [named], text), made=made[1] if made else "")


def _title(stated: list[str], shown: list[str], text: str) -> str:
    """Of the titles that a file states that which its text has, else the first; else one it shows."""
    above = _BLANK.sub("", text[:_ABOVE])
    stated, shown = ([one for one in titles if _HAN.search(one)] for titles in (stated, shown))
    printed = [one for one in [*stated, *shown] if _BLANK.sub("", one) in above]
    first = next((one for one in printed if one in stated), "")
    return first or next(iter([*stated, *printed]), "")


def _line(text: str) -> str:
    return printable(_BLANK.sub(" ", text).strip())[:_LONGEST]
