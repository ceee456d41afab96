"""Where sentences, clauses, paragraphs and rows of tables end."""

import re
from collections.abc import Iterator
from functools import lru_cache

from .table_sentences import TIME_ENDS

SENTENCE = re.compile(r"[。;!?\n]")
CLAUSE = re.compile(r"[,。;:!?\n](?:(?<!,)|(?!\d{3}(?!\d)))")
FULL_SENTENCE = re.compile(r"[。!?\n]")
HARD_STOP = re.compile(r"[。;\n]")
NUMBERED = re.compile(
    r"\s*(?:[(]?[一二三四五六七八九十]{1,3}[)、]|[(]?\d{1,2}[)、.](?!\d)|[一二三四五六七八九]是|#)"
)


@lru_cache(maxsize=8)  # asked again for the same report
def stops_of(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[int]:
    """Where the matches of a pattern end in a report; not to be changed."""
    return [m.end() for m in pattern.finditer(text, start, end)]


def paragraph_starts(text: str, start: int, end: int) -> Iterator[int]:
    """Where a new paragraph begins: a line end, or a list number behind a full stop."""
    for m in HARD_STOP.finditer(text, start, end):
        if m[0] == "\n" or NUMBERED.match(text, m.end(), end):
            yield m.start()


def time_ends(text: str, start: int, end: int) -> Iterator[int]:
    """Where a row of a table comes to a column that no word of time is over."""
    at = text.find(TIME_ENDS, start, end)
    while at >= 0:
        yield at
        at = text.find(TIME_ENDS, at + 1, end)
