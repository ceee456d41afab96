"""Printed lines → paragraphs: what the width of a page or a cell wraps is put together again."""

import re
from itertools import pairwise
from statistics import median

from .sheets import NOISE, Printed

__all__ = ["paragraphs"]

_STOPS = "。！？；!?;"
_CLOSING = "，。、；：！？）》”’％%"
_TOKEN = re.compile(rf"(?:[!-~]+|.)[{_CLOSING}]*", re.DOTALL)
_LATIN = re.compile(r"[A-Za-z]")


def paragraphs(wrapped: list[Printed], indents: bool = True) -> list[str]:
    """Printed lines joined into paragraphs: a line that leaves no room for the next word goes on in the next line."""
    if not wrapped:
        return []
    left = min(line.left for line in wrapped)
    steps = [b.middle - a.middle for a, b in pairwise(wrapped) if a.page == b.page]
    step = median(steps) if len(steps) > 2 else 2.2 * wrapped[0].size
    marked = (
        sum(line.left > left + 1.2 * line.size for line in wrapped) > 1 or sum(gap > 1.3 * step for gap in steps) > 1
    )
    texts = [wrapped[0].text]
    for before, line in pairwise(wrapped):
        # over a page's end the gap says nothing
        apart = line.page == before.page and line.middle - before.middle > 1.5 * max(step, before.size)
        other = abs(line.size - before.size) > 0.2 * max(line.size, before.size)
        moved = line.left > left + 1.2 * line.size and (
            abs(line.left - before.left) > 2 or before.text.endswith(tuple(_STOPS))
        )
        # where neither indent nor space marks a paragraph, an end mark at the margin has to
        ended = before.text.rstrip().endswith(tuple(_STOPS)) and not marked
        if apart or other or not _full(before, line) or (indents and (moved or ended)):
            texts.append(line.text)
        else:
            texts[-1] = _joined(texts[-1], line.text)
    return [text.strip() for text in texts]


def _full(line: Printed, after: Printed) -> bool:
    """Whether the first word of the next line would not have fitted; a mark may hang over the margin, or open a line."""
    word = _TOKEN.match(after.text)
    width = sum(after.widths[: len(word[0])]) if word else 0.0
    return after.text[0] in _CLOSING or line.right + width + 1.1 * line.size > line.limit


def _joined(before: str, after: str) -> str:
    """Two pieces of a wrapped line; a space stays between Latin words and where one was printed between figures."""
    if before.endswith(" ") or (_LATIN.match(before[-1:]) and _LATIN.match(after)):
        return NOISE.sub("", f"{before.rstrip()} {after}")
    return before + after
