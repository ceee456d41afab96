"""In which element of a file without pages a stretch of its text stands.

Of a Word file that is a paragraph, a note or a cell of a table by its number, of a web page the
path to the element. The file is read once more, and its blocks are laid along the text: nothing is
looked for, so nothing is mistaken.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from . import html, word

#: kinds of files whose elements are known
KINDS = ("docx", "html")


class Element(NamedTuple):
    """A paragraph, note or table by its number from 1, or an element by its path (CSS).

    The kind is a key of `[spots]` in `labels.toml`. Paragraphs without words are not counted; row
    and column are those of the table as it stands in the text.
    """

    kind: str
    number: int = 0
    row: int = 0
    column: int = 0
    path: str = ""
    beside: tuple[str, str] = (
        "",
        "",
    )  # what stands in the cells before and behind a cell of a page


def elements(
    kind: str, data: bytes, text: str, places: Iterable[tuple[int, int]]
) -> list[Element | None]:
    """The elements in which stretches of the text of a file begin; none where they cannot be told.

    >>> page = "<title>甲县情况</title><p>甲县情况</p><p>受理43宗</p>".encode()
    >>> elements("html", page, html.html(page), [(7, 10)])[0].path
    'body > p:nth-of-type(2)'
    """
    blocks = _of_page(data) if kind == "html" else _of_word(data)
    ends = list(accumulate(len(block.bare) for block in blocks))
    breaks = [at for at, char in enumerate(text) if char == "\n"]
    if "".join(block.bare for block in blocks) != text.replace("\n", ""):
        return [None for _ in places]
    found: list[Element | None] = []
    for start, _ in places:
        # a place behind the last character of a line is on that line
        behind = text[start : start + 1] in ("", "\n")
        at = max(0, start - bisect_left(breaks, start) - behind)
        number = bisect_right(ends, at)
        block = blocks[number] if number < len(blocks) else None
        found.append(block.at(at - (ends[number] - len(block.bare))) if block else None)
    return found


class _Block:
    """A block of a text and the element that it is."""

    def __init__(self, text: str, element: Element) -> None:
        self.rows = text.split("\n")
        self.bare = "".join(self.rows)
        self.element = element

    def at(self, place: int) -> Element:
        """The element of a character that is counted without line ends."""
        return self.element

    def cell(self, place: int) -> tuple[int, int]:
        """The row and the column of a character, from 1."""
        row = 0
        for line in filter(None, self.rows):
            row += 1
            if place < len(line):
                return row, line[: place + 1].count("|")
            place -= len(line)
        return row, 0


class _Grid(_Block):
    """A table of a Word file."""

    def at(self, place: int) -> Element:
        row, column = self.cell(place)
        return self.element._replace(row=row, column=column)


class _Shown(_Block):
    """A line or a table of a web page."""

    def __init__(self, line: html.Line, paths: "_Paths") -> None:
        super().__init__(line.text, Element("element"))
        self._line, self._paths = line, paths

    def at(self, place: int) -> Element:
        if not self._line.table:
            return Element("element", path=self._paths.of(self._line.node))
        row, column = self.cell(place)
        cells = (
            node for high, wide, node in self._line.cells if row - 1 in high and column - 1 in wide
        )
        cell = next(cells, self._line.node)
        return Element("element", path=self._paths.of(cell), beside=_beside(cell))


def _beside(cell: Any) -> tuple[str, str]:
    """The words of the cells before and behind a cell in its row; none where there is no cell."""
    words = []
    for way in ("prev", "next"):
        node = getattr(cell, way)
        while node is not None and node.tag == "-text":
            node = getattr(node, way)
        words.append(" ".join(node.text().split()) if node is not None else "")
    return words[0], words[1]


def _of_word(data: bytes) -> list[_Block]:
    body, notes = word.parts(data)
    counted: Counter[str] = Counter()
    blocks = []
    for part, name in ((body, "paragraph"), (notes, "note")):
        for block in (block.rstrip(" ") for block in part if block.strip()):
            grid = part is body and block.startswith("\n| ")
            kind = "cell" if grid else name
            counted[kind] += 1
            made = _Grid if grid else _Block
            blocks.append(made(block, Element(kind, counted[kind])))
    return blocks


def _of_page(data: bytes) -> Sequence[_Block]:
    paths = _Paths()
    return [_Shown(line, paths) for line in html.body_lines(data)]


class _Paths:
    """Paths of elements of one page; the children of an element are counted once."""

    def __init__(self) -> None:
        self._steps: dict[int, dict[int, str]] = {}

    def of(self, node: Any) -> str:
        """The path to the element that a text stands in as a block of its own."""
        while node is not None and (node.tag.startswith("-") or html.inline(node.tag)):
            node = node.parent
        steps: list[str] = []
        while node is not None and node.tag not in ("html", "-document"):
            steps.append(self._step(node))
            node = node.parent
        return " > ".join(reversed(steps))

    def _step(self, node: Any) -> str:
        parent = node.parent
        if parent is None or node.tag in ("head", "body"):
            return str(node.tag)
        if parent.mem_id not in self._steps:
            children = list(parent.iter(include_text=False))
            total = Counter(child.tag for child in children)
            seen: Counter[str] = Counter()
            steps = self._steps[parent.mem_id] = {}
            for child in children:
                seen[child.tag] += 1
                place = f":nth-of-type({seen[child.tag]})" if total[child.tag] > 1 else ""
                steps[child.mem_id] = child.tag + place
        return self._steps[parent.mem_id][node.mem_id]
