"""What the picture of a line shows of its characters: strokes, blanks between them, patches.

The recogniser passes over what it cannot read. Whatever hides a digit, ink, grey or white paper,
leaves a place without strokes; how wide such places usually are is measured on the page itself.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from statistics import median
from typing import Any, NamedTuple

# all widths are in widths of a Chinese character, `em`
_THICK = 0.24  # no stroke is as thick, half a digit is wider
_SOFT = 0.03  # by so much a picture is smoothed before
_WEAK = 0.35  # of the contrast of a line's strokes: what has less to what is around it is none
_DARK, _SOLID, _BLACK = 0.5, 0.52, 0.7  # the same to the paper; ink of a seal is lighter than print
_PAPER = 24  # greys by which a patch differs from the paper
_AROUND = 1.3  # what is seen of the page on either side of a line
_SPARE_INSIDE = 0.16  # beyond the usual room: a point takes 0.25, half a digit as much
_SPARE_BESIDE = 0.30  # beside a figure: a digit takes 0.5
_NEAR, _TWICE = 0.22, 0.1  # a character has strokes so near its middle; more beside its like
_FEW = 4  # pairs of a kind from which their usual room is known
# the blank of a mark as ，, of a point, of other pairs where the page has too few; more beside a 1
_MARK, _POINT, _ROOM, _ONE = 0.65, 0.2, 0.1, 0.09
_SHORT = 0.72  # of the usual height: a digit that is lower is cut
_TALL = 1.15  # the same: no stroke of a figure is as high
_BAND = 0.15  # of the strokes of a line's fullest row: rows with less are not in the line
_FULL, _EXACT, _MOST = 1.5, 0.12, 0.6  # so near the margin lines are full; so exact most end alike
_ALIGNED = 0.25  # edges of lines no further apart are one

_ENDING = "，。、；：！？）》〉】〕”’"  # their blank is on the right
_OPENING = "（《〈【〔“‘"
_INSIDE = "d1.%"


class Line(NamedTuple):
    """The strokes of one line, in pixels of its page; spaces are no characters of it."""

    em: float
    places: tuple[int, ...]  # of each character that was read, spaces with it, among the others
    kinds: str  # of each character
    gaps: tuple[float, ...]  # the widest blank between each character and the next, in `em`
    patched: tuple[bool, ...]  # whether that lies on something which is no paper
    bare: frozenset[int]  # characters without strokes
    heights: Mapping[int, float]  # of digits
    tall: tuple[float, ...]  # the highest column of strokes between a character and the next
    left: float  # where its strokes begin and end
    right: float
    patch_left: bool  # something that is neither paper nor strokes lies beyond
    patch_right: bool


#: a line of which nothing is known
NONE = Line(1.0, (), "", (), (), frozenset(), {}, (), 0.0, 0.0, False, False)


def kind(char: str) -> str:
    """To which of the kinds of characters one belongs that leave like blanks beside them."""
    if char in "1.%" or char in _ENDING or char in _OPENING:
        return char  # faces set each mark of its own in its room
    if char.isascii() and char.isdigit():
        return "d"
    return "a" if char.isascii() else "h"


def line(image: Any, box: Sequence[int], chars: Sequence[tuple[str, float]], em: float) -> Line:
    """The strokes of a line of a page; `chars` are its characters, each with its middle."""
    import cv2
    import numpy

    places = tuple(accumulate((bool(text.strip()) for text, _ in chars), initial=0))[:-1]
    chars = [char for char in chars if char[0].strip()]
    left, top, right, bottom = box
    left, right = max(0, left), min(image.width, right)
    side = round(_AROUND * em)
    begin, end = max(0, left - side), min(image.width, right + side)
    raw = numpy.asarray(image.crop((begin, top - 1, end, bottom + 1)), numpy.uint8)
    pixels = cv2.GaussianBlur(raw, (0, 0), max(0.8, _SOFT * em))
    size = 2 * max(2, round(_THICK * em / 2)) + 1  # odd: else what is closed moves by a pixel
    around = cv2.copyMakeBorder(pixels, size, size, size, size, cv2.BORDER_REPLICATE)
    closed = cv2.morphologyEx(around, cv2.MORPH_CLOSE, numpy.ones((size, size), numpy.uint8))
    closed = closed[size:-size, size:-size].astype(numpy.int16)
    thin = closed - pixels
    inner = thin[:, left - begin : right - begin]
    contrast = max(30.0, float(numpy.percentile(inner, 97)))
    paper = float(numpy.median(closed))
    strokes = (thin > _WEAK * contrast) & (paper - pixels > _DARK * contrast)
    dark = paper - raw
    full = float(numpy.percentile(dark, 99))
    counts = (dark > _BLACK * full).sum(axis=0)
    # the corners of a patch are thin, but no strokes
    core = (paper - closed > _SOLID * full).astype(numpy.uint8)
    strokes &= cv2.dilate(core, numpy.ones((size + 2, size + 2), numpy.uint8)) == 0
    # what reaches over the line, as the ends of a blot, is none of its strokes
    rows = strokes[:, left - begin : right - begin].sum(axis=1)
    strokes[rows < _BAND * rows.max()] = False
    columns = strokes.sum(axis=0) >= max(2, round(0.05 * strokes.shape[0]))
    patch = (abs(closed - numpy.median(closed)) > _PAPER).mean(axis=0) > 0.3
    own = numpy.flatnonzero(columns[left - begin : right - begin]) + left
    first, last = (float(own[0]), float(own[-1])) if len(own) else (float(left), float(right))
    kinds = "".join(kind(text) for text, _ in chars)
    gaps, patched = [0.0] * len(chars), [False] * len(chars)
    middles = [(a + b) / 2 for (_, a), (_, b) in pairwise(chars)]
    for start, stop in _runs(~columns):
        if begin + start <= first or begin + stop > last or not middles:
            continue
        at = _nearest(middles, begin + (start + stop) / 2)
        wide = (stop - start) / em
        if wide > gaps[at]:
            gaps[at] = wide
            patched[at] = bool(patch[start:stop].mean() > 0.4)
    bare, heights, tall = set(), {}, [0.0] * len(chars)
    for at, (text, middle) in enumerate(chars):
        x = middle - begin
        if at + 1 < len(chars):
            beyond = max(round(x) + 1, round(chars[at + 1][1]) - begin)
            tall[at] = float(counts[max(0, round(x)) : beyond].max(initial=0))
        # of two like digits the recogniser says less exactly where they are
        twice = any(0 <= i < len(chars) and chars[i][0] == text for i in (at - 1, at + 1))
        wide = (_NEAR + _TWICE * twice) * em
        near = slice(max(0, round(x - wide)), max(0, round(x + wide) + 1))
        if not columns[near].any():
            bare.add(at)
        elif kinds[at] in "d1":
            rows = numpy.flatnonzero(strokes[:, near].any(axis=1))
            heights[at] = float(rows[-1] - rows[0] + 1)
    lead, tail = round(first) - begin, round(last) - begin
    return Line(
        em, places, kinds, tuple(gaps), tuple(patched), frozenset(bare), heights, tuple(tall), first, last,
        bool(patch[max(0, lead - side) : lead].sum() > 0.2 * em),
        bool(patch[tail + 1 : tail + 1 + side].sum() > 0.2 * em),
    )  # fmt: skip


def _nearest(places: Sequence[float], to: float) -> int:
    """Which of the places, from the left, is nearest to one."""
    at = bisect_left(places, to)
    return at - (at == len(places) or (at > 0 and to - places[at - 1] < places[at] - to))


def _runs(flags: Any) -> list[tuple[int, int]]:
    """The stretches of a row of flags that are set."""
    import numpy

    edges = numpy.flatnonzero(numpy.diff(numpy.concatenate(([0], flags.view("int8"), [0]))))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


class Usual(NamedTuple):
    """What is usual on a page: the room between kinds of characters, heights, edges of lines."""

    rooms: Mapping[str, float]
    height: float  # of digits, in `em`
    lefts: tuple[float, ...]
    rights: tuple[float, ...]


def usual(lines: Sequence[Line]) -> Usual:
    """What the lines of a page have in common."""
    rooms = defaultdict(list)
    for one in lines:
        for pair, gap in zip(pairwise(one.kinds), one.gaps, strict=False):
            a, b = pair
            rooms[a + b].append(gap)
            if a in _ENDING or a in _OPENING:
                rooms[a + "*"].append(gap)
            if b in _ENDING or b in _OPENING:
                rooms["*" + b].append(gap)
    known = {pair: median(found) for pair, found in rooms.items() if len(found) >= _FEW}
    heights = [high / one.em for one in lines for high in one.heights.values()]
    return Usual(
        known,
        median(heights) if heights else 0.0,
        tuple(one.left for one in lines),
        tuple(one.right for one in lines),
    )


def room(common: Usual, pair: str) -> float:
    """The usual room of a pair of kinds, that of like ones where the page has too few."""
    a, b = pair[0], pair[1]
    like_ones = pair.replace("1", "d")
    base = _MARK if a in _ENDING or b in _OPENING else _POINT if "." in pair else _ROOM
    like = "hd" if b in _INSIDE and a not in _INSIDE else "dh" if b not in _INSIDE else "dd"
    for key, ones in ((pair, 0), (like_ones, pair.count("1")), (a + "*", 0), ("*" + b, 0)):
        if key in common.rooms:
            return common.rooms[key] + ones * _ONE
    if base == _ROOM:
        base = common.rooms.get(like, base)
    return base + _ONE * pair.count("1")


def hidden(own: Line, start: int, end: int, common: Usual) -> bool:
    """Whether something of a figure may be hidden: between its characters, or beside them."""
    start, end = own.places[start], own.places[end - 1] + 1
    high = common.height * own.em
    if any(at in own.bare or own.heights.get(at, high) < _SHORT * high for at in range(start, end)):
        return True
    for at in range(max(0, start - 1), min(len(own.kinds) - 1, end)):
        pair = own.kinds[at : at + 2]
        inside = pair[0] in _INSIDE and pair[1] in _INSIDE
        if inside and "%" not in pair and own.tall[at] > _TALL * high:
            return True
        spare = _SPARE_INSIDE if inside else _SPARE_BESIDE
        if own.patched[at] and not inside:
            spare /= 2
        if own.gaps[at] > room(common, pair) + spare:
            return True
    return False


def _flush(own: Line, common: Usual) -> bool:
    """Whether a line ends where most of those end that are as good as full."""
    full = [edge for edge in common.rights if max(common.rights) - edge < _FULL * own.em]
    ended = sum(abs(edge - own.right) < _EXACT * own.em for edge in full)
    return ended > 1 and ended > _MOST * len(full)


def cut(own: Line, start: int, end: int, common: Usual, torn: bool) -> bool:
    """Whether a figure at an edge of its line may have gone on there.

    Lines begin where others do. They need not end there: where they do not, a figure that ends one
    is not taken on a page that is `torn`, on which figures elsewhere are hidden.
    """
    start, end = own.places[start], own.places[end - 1] + 1
    near = _ALIGNED * own.em
    if start == 0:
        begun = sum(abs(edge - own.left) < near for edge in common.lefts)
        if own.patch_left or begun < 2:
            return True
    ends = end == len(own.kinds)
    return ends and (own.patch_right or (torn and not _flush(own, common)))
