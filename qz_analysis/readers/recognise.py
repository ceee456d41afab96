"""Pictures of pages to characters with their places; a figure that is not sure is masked.

A line's figures are recognised twice: in the line, and in a window round them at another size. One
is trusted only where both agree, the recogniser wavers at none of its characters, and nothing in
the picture (`strokes`) says that a part of it is hidden. What the recogniser wavers at is told as
readings, never as a value.
"""

import math
import os
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple
from unicodedata import category

from ..errors import QzError
from ..model import Doubt
from . import strokes
from .pdf_page import Printed

#: the least confidence of a figure that is read; `benchmarks/scans.py` set it
SURE = 0.9
#: stands in the text for each character of a figure that is not sure
MASK = "×"
#: what to install
EXTRA = 'pip install "qz-analysis[scan]"'
LONGEST = 2340  # pixels of a page's longer side: A4 at 200 dpi
_SEEN = 1280  # pixels of the longer side in which lines are looked for
_TURNED = 1.5  # times as high as wide: such a line runs down the page
_SKEW = 0.2  # degrees from which a page is set straight
_HIGH = 48  # pixels of a line as the model takes it
_LOW, _STRETCH = 40, 1.35  # the same and how much wider where it is looked at again
_WIDEST = 4000  # pixels of such a line
_NARROW = 32  # pixels of a page's shorter side
_MOST_LINES = 400
_LEAST = 8  # pixels of a line's height
_BESIDE = 3  # characters on either side of a figure in its window
_LEGIBLE = 0.9  # how sure a character is that a picture of its spot may show
_POOR = 0.05  # share of a page's characters that are weak, above which no figure of it is trusted
_POOR_LINE, _LINE = 0.2, 8  # the same for a line of so many characters
_ROOM = 0.22  # widths of a Chinese character: more between digits holds a point that was not read
_TWICE = 0.12  # the same: between two like digits the recogniser wants a column for neither
_SAME = 1.4  # lines whose heights differ less are of one print
_TORN = 2  # figures of which something is hidden, from which a page is torn
_FIRST = 0xF0000  # the first of the signs that stand for figures not sure
#: how many signs there are
MOST = 0xFFFD
_DIGITS = "0123456789０１２３４５６７８９"
_HAN = "〇一二三四五六七八九十百千万亿两零"
_SCALES = "百千万亿"
_FIGURES = f"{_DIGITS}{_HAN}.．%％‰"
#: a figure with the marks inside it and what scales it
_RUN = re.compile(
    rf"[{_DIGITS}](?:[{_DIGITS}.．,，、:：·'’/~\-]*[{_DIGITS}])?[{_HAN}多余%％‰]*|[{_HAN}]+"
)
#: beside a figure these may be a digit, or stand before one that was not recognised
_TAKEN = "|\\![].．"
_SIGNS = "+-±×=<>~℃°￥¥$"
#: what stands for a character of a figure that is not sure, until its page is text
SIGN = re.compile(f"[{chr(_FIRST)}-{chr(0xFFFFD)}]")


class Late(Exception):
    """The time for recognising was over."""


class Seen(NamedTuple):
    """A recognised character: where in its line, and how sure the recogniser is of it."""

    text: str
    at: float  # pixels from the left of the strip
    left: float
    right: float
    peak: float
    rival: float  # the most that another figure's character got, from the one before to the next
    second: str


class Figure(NamedTuple):
    """What was recognised as a figure: the characters of its line, its readings, how sure it is."""

    start: int
    end: int
    readings: tuple[str, ...]
    confidence: float
    # digits beside each other: how many, how many of them twice, how far from the first to the last
    stretches: tuple[tuple[int, int, float], ...] = ()


_Edges = tuple[int, int, int, int]


class Line(NamedTuple):
    """A line of a page: its box and where its strip begins, its characters, figures and strokes."""

    box: _Edges
    x: int
    seen: list[Seen]
    figures: list[Figure]
    ink: strokes.Line = strokes.NONE


class Recognised(NamedTuple):
    """The characters of a page that was set upright, in its pixels, and the readings of its signs."""

    chars: list[Printed]
    readings: list[tuple[str, ...]]
    confidences: list[float]  # of all figures, in the order in which they are met
    image: Any
    size: tuple[int, int]
    unsure: frozenset[int]  # characters that may be others: which of `chars`
    turned: int  # quarters to the left by which the picture was turned
    skew: float


@cache
def _engine() -> Any:
    """The finder of lines, and the recogniser of what stands in them; nothing is fetched."""
    # the runtime reports its use to its makers unless told not to before it is loaded
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime
    import rapidocr

    onnxruntime.disable_telemetry_events()
    models = Path(rapidocr.__file__).parent / "models"
    found = {kind: sorted(models.glob(f"*_{kind}_*.onnx")) for kind in ("det", "rec", "cls")}
    if not all(found.values()):
        raise QzError(f"rapidocr has no models beside it: install the wheel again, {EXTRA}")
    # one thread: files are read side by side
    params: dict[str, Any] = {f"{k.title()}.model_path": str(v[0]) for k, v in found.items()}
    params |= {"Global.log_level": "critical", "Global.max_side_len": _SEEN}
    for part in ("intra", "inter"):
        params[f"EngineConfig.onnxruntime.{part}_op_num_threads"] = 1
    finder = rapidocr.RapidOCR(params=params)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(
        str(found["rec"][0]), options, providers=["CPUExecutionProvider"]
    )
    named = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    return finder, session, ["", *named, " "]


def there() -> None:
    """Raises a `QzError` that names the extra where it is missing."""
    if not (find_spec("rapidocr") and find_spec("onnxruntime")):
        raise QzError(f"pictures of pages are recognised by the extra `scan`; {EXTRA}")


def recognise(image: Any, least: float = SURE, until: float = math.inf) -> Recognised:
    """The characters of a picture of a page, whichever way it lies.

    A figure of less confidence than `least` is signs, one for each of its characters.

    Raises:
        Late: the clock, `time.monotonic`, came to `until` before all was done.
    """
    from PIL import Image

    image = image.convert("L")
    # the longer side has a bound, and with it the time of a page
    if max(image.size) > LONGEST:
        image.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    # a strip so narrow is no page, and the finder of lines cannot halve it further
    image, boxes, turned, skew = (
        _upright(image) if min(image.size) >= _NARROW else (image, [], 0, 0.0)
    )
    lines = []
    for box in boxes[:_MOST_LINES]:
        if time.monotonic() > until:
            raise Late
        lines.append(_line(image, box, boxes))
    inks = [
        strokes.line(image, line.box, [(one.text, line.x + one.at) for one in line.seen], em)
        for line, em in zip(lines, _ems(lines), strict=True)
    ]
    lines = [line._replace(ink=ink) for line, ink in zip(lines, inks, strict=True)]
    common = strokes.usual(inks)
    pitch = _pitch(lines)
    usual_height = median([line.box[3] - line.box[1] for line in lines] or [0.0])
    hidden = [_hidden(line, common, pitch) for line in lines]
    torn = sum(map(sum, hidden)) >= _TORN
    chars: list[Printed] = []
    unsure: set[int] = set()
    readings: list[tuple[str, ...]] = []
    confidences: list[float] = []
    for line, gone in zip(lines, hidden, strict=True):
        texts = [seen.text for seen in line.seen]
        weak = sum(seen.peak < _LEGIBLE for seen in line.seen)
        poor = len(line.seen) >= _LINE and weak > _POOR_LINE * len(line.seen)
        for figure, lost in zip(line.figures, gone, strict=True):
            start, end = figure.start, figure.end
            head = line.seen[start].text
            if head in _DIGITS:
                lost = lost or strokes.cut(line.ink, start, end, common, torn)
            elif torn and start == 0:
                lost = lost or head in _SCALES  # its digits may be gone with the line before
            readings.append(figure.readings)
            confidences.append(0.0 if poor or lost else figure.confidence)
            texts[start:end] = [chr(_FIRST + len(readings) - 1)] * (end - start)
        top, bottom = _edges(line.box, usual_height)
        for seen, text in zip(line.seen, texts, strict=True):
            x = line.x
            if seen.peak < _LEGIBLE:
                unsure.add(len(chars))
            chars.append(Printed(text, x + seen.left, x + seen.right, top, bottom))
    found = Recognised(
        chars, readings, confidences, image, image.size, frozenset(unsure), turned, skew
    )
    return settled(found, least)


def _line(image: Any, box: _Edges, boxes: Sequence[_Edges]) -> Line:
    """One line of a page as it is recognised, before it is held against the others."""
    left, top, right, bottom = box
    pad = max(2, (bottom - top) // 10)
    strip = image.crop((left - pad, top - 1, right + pad, bottom + 1))
    strip = _whitened(strip, image, left - pad, top - 1)
    seen = _read(strip)
    figures = list(_figures(seen, strip, _joints(box, boxes)))
    return Line(box, left - pad, seen, figures)


def _edges(box: _Edges, high: float) -> tuple[float, float]:
    """Where a line begins and ends from the top, as high as most, unless it is of other print.

    The boxes of one print differ; what is lower than others would be taken for notes' marks.
    """
    _, top, _, bottom = box
    if not _alike(bottom - top, high):
        return float(top), float(bottom)
    return (top + bottom - high) / 2, (top + bottom + high) / 2


def _alike(one: float, other: float) -> bool:
    return 1 / _SAME < one / other < _SAME


def _pitch(lines: Sequence[Line]) -> float:
    """How far apart a page sets its digits, in widths of a Chinese character."""
    steps = [
        far / (count - 1) / line.ink.em
        for line in lines
        for figure in line.figures
        for count, _, far in figure.stretches
    ]
    return median(steps) if steps else 0.0


def _hidden(line: Line, common: strokes.Usual, pitch: float) -> list[bool]:
    """Of which figures of a line something may be hidden."""
    em = line.ink.em
    return [
        strokes.hidden(line.ink, one.start, one.end, common)
        or any(
            far > ((count - 1) * pitch + _ROOM + _TWICE * bool(twice)) * em
            for count, twice, far in one.stretches
        )
        for one in line.figures
    ]


def settled(found: Recognised, least: float = SURE, poor: float = _POOR) -> Recognised:
    """A page with its sure figures in place of their signs; on a poor page none is."""
    if len(found.unsure) > poor * len(found.chars):
        return found
    met: Counter[int] = Counter()
    chars = []
    for char in found.chars:
        if signed(char.text) and found.confidences[key := number(char.text)] >= least:
            char = char._replace(text=found.readings[key][0][met[key]])
            met[key] += 1
        chars.append(char)
    return found._replace(chars=chars)


def _whitened(strip: Any, image: Any, left: int, top: int) -> Any:
    """A strip with the page's own paper where it reaches over the page's edge."""
    wide, high = image.size
    if left >= 0 and top >= 0 and left + strip.width <= wide and top + strip.height <= high:
        return strip
    from PIL import Image

    paper = Image.new("L", strip.size, 255)
    inner = (
        max(0, left),
        max(0, top),
        min(wide, left + strip.width),
        min(high, top + strip.height),
    )
    paper.paste(image.crop(inner), (inner[0] - left, inner[1] - top))
    return paper


# ---- lines ----


def _upright(image: Any) -> tuple[Any, list[_Edges], int, float]:
    """The page upright and straight, and the boxes of its lines."""
    from PIL import Image

    quads = _quads(image)
    turned, skew = 0, 0.0
    if quads and sum(_high(q) > _TURNED * _wide(q) for q in quads) > len(quads) / 2:
        image, turned = image.transpose(Image.Transpose.ROTATE_90), 1
        quads = _quads(image)
    if quads and _overturned(image, quads):
        image, turned = image.transpose(Image.Transpose.ROTATE_180), turned + 2
        quads = _quads(image)
    long = [q for q in quads if _wide(q) > 8 * _high(q)]
    if long:
        from math import atan2, degrees

        skew = median(degrees(atan2(q[1][1] - q[0][1], q[1][0] - q[0][0])) for q in long)
        if abs(skew) > _SKEW:
            image = image.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255)
            quads = _quads(image)
        else:
            skew = 0.0
    boxes = [
        (int(min(x)), int(min(y)), int(max(x)), int(max(y)))
        for x, y in ((tuple(p[0] for p in q), tuple(p[1] for p in q)) for q in quads)
    ]
    return image, [b for b in boxes if b[3] - b[1] >= _LEAST], turned, skew


def _quads(image: Any) -> list[list[list[float]]]:
    """The corners of each line of a picture, from the top."""
    import numpy

    finder, *_ = _engine()
    pixels = numpy.asarray(image.convert("RGB"))
    found = finder(pixels, use_det=True, use_cls=False, use_rec=False)
    boxes = getattr(found, "boxes", None)
    return [] if boxes is None else boxes.tolist()


def _wide(quad: Any) -> float:
    return abs(quad[1][0] - quad[0][0])


def _high(quad: Any) -> float:
    return abs(quad[3][1] - quad[0][1])


def _overturned(image: Any, quads: Sequence[Any]) -> bool:
    """Whether most of the longest lines stand on their heads."""
    import numpy

    finder, *_ = _engine()
    votes = 0
    longest = sorted(quads, key=_wide)[-9:]
    for quad in longest:
        x, y = [p[0] for p in quad], [p[1] for p in quad]
        # the head of a line says as much as the whole
        strip = image.crop((min(x), min(y), min(max(x), min(x) + 6 * _high(quad)), max(y)))
        if min(strip.size) < _LEAST:
            continue
        pixels = numpy.asarray(strip.convert("RGB"))
        said = finder(pixels, use_det=False, use_cls=True, use_rec=False).cls_res
        votes += bool(said) and said[0][0] == "180" and said[0][1] > 0.7
    return votes > len(longest) / 2


def _joints(own: _Edges, boxes: Sequence[_Edges]) -> tuple[bool, bool]:
    """Whether another piece of the line follows so near that a figure may go on in it."""
    left, top, right, bottom = own
    high = bottom - top
    beside = [b for b in boxes if b != own and min(b[3], bottom) - max(b[1], top) > high / 2]
    return (
        any(0 <= left - b[2] + high / 2 < 1.2 * high for b in beside if b[0] < left),
        any(0 <= b[0] - right + high / 2 < 1.2 * high for b in beside if b[2] > right),
    )


# ---- characters ----


def _read(strip: Any, high: int = _HIGH) -> list[Seen]:
    """The characters of a line; `high` is less where it shall seem smaller to the model."""
    import numpy
    from PIL import Image

    _, session, names = _engine()
    scale = high / strip.height
    wide = max(16, min(_WIDEST, round(strip.width * scale)))
    small = strip.resize((wide, high), Image.Resampling.BILINEAR)
    pixels = numpy.full((_HIGH, wide), 255, numpy.float32)
    above = (_HIGH - high) // 2
    pixels[above : above + high] = numpy.asarray(small, numpy.float32)
    # short strips are filled up with nothing, as the model was taught
    full = numpy.zeros((1, 3, _HIGH, max(wide, 320)), numpy.float32)
    full[0, :, :, :wide] = pixels / 127.5 - 1
    chances = session.run(None, {session.get_inputs()[0].name: full})[0][0]
    for wide_form, narrow in _twins(tuple(names)):
        chances[:, narrow] += chances[:, wide_form]
        chances[:, wide_form] = 0
    return _decoded(chances, names, full.shape[3] / len(chances) * strip.width / wide)


def _decoded(chances: Any, names: Sequence[str], step: float) -> list[Seen]:
    """The characters of a row of chances, a column of the strip each."""
    best = chances.argmax(axis=1)
    groups: list[tuple[int, int, int]] = []  # character, first and last column
    for column, found in enumerate(best.tolist()):
        if groups and groups[-1][0] == found and groups[-1][2] == column - 1:
            groups[-1] = (found, groups[-1][1], column)
        else:
            groups.append((found, column, column))
    groups = [group for group in groups if group[0]]
    figures = _figure_ids(tuple(names))
    seen = []
    for at, (found, first, last) in enumerate(groups):
        begin = groups[at - 1][2] if at else max(0, first - 3)
        end = groups[at + 1][1] if at + 1 < len(groups) else min(len(best) - 1, last + 3)
        own = {found} | {groups[i][0] for i in (at - 1, at + 1) if 0 <= i < len(groups)}
        others = [i for i in figures if i not in own]
        rival = float(chances[begin : end + 1][:, others].sum(axis=1).max()) if others else 0.0
        peak_at = first + int(chances[first : last + 1, found].argmax())
        row = chances[peak_at].copy()
        row[[0, found]] = 0
        middle = (first + last + 1) / 2 * step
        name = names[found] if found < len(names) else ""
        peak = float(chances[peak_at, found])
        seen.append(Seen(name, middle, middle, middle, peak, rival, names[int(row.argmax())]))
    return _spread(seen)


@cache
def _twins(names: tuple[str, ...]) -> list[tuple[int, int]]:
    """The wide forms of digits and of their marks, each with the narrow one that means the same."""
    at = {name: i for i, name in enumerate(names)}
    return [
        (at[wide], at[narrow])
        for narrow in "0123456789.%"
        if (wide := chr(ord(narrow) + 0xFEE0)) in at and narrow in at
    ]


@cache
def _figure_ids(names: tuple[str, ...]) -> list[int]:
    return [i for i, name in enumerate(names) if name and name in _FIGURES]


def _spread(seen: list[Seen]) -> list[Seen]:
    """The characters from the middle of the way to the one before to that of the one behind."""
    if not seen:
        return []
    steps = sorted(b.at - a.at for a, b in pairwise(seen))
    most = 0.65 * (steps[len(steps) // 2] if steps else 2 * seen[0].at)
    found = []
    for at, one in enumerate(seen):
        left = (seen[at - 1].at + one.at) / 2 if at else 0.0
        right = (one.at + seen[at + 1].at) / 2 if at + 1 < len(seen) else math.inf
        left, right = max(left, one.at - most), min(right, one.at + most)
        found.append(one._replace(left=left, right=right))
    return found


# ---- figures ----


def _figures(line: list[Seen], strip: Any, joints: tuple[bool, bool]) -> Iterator[Figure]:
    """The figures of a line with their readings and how sure they are."""
    text = "".join(seen.text or " " for seen in line)
    runs = [match.span() for match in _RUN.finditer(text)]
    for begin, end, inside in _windows(runs, len(line)):
        twice = (
            _again(line, begin, end, strip) if any(text[r[0]] in _DIGITS for r in inside) else None
        )
        for start, stop in inside:
            yield _figure(line, text, start, stop, twice, strip, joints)


def _windows(
    runs: Sequence[tuple[int, int]], size: int
) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """Stretches of a line round its figures; what would cut another figure takes it in."""
    open_: list[tuple[int, int]] = []
    for run in runs:
        if open_ and run[0] - open_[-1][1] > 2 * _BESIDE:
            yield max(0, open_[0][0] - _BESIDE), min(size, open_[-1][1] + _BESIDE), open_
            open_ = []
        open_.append(run)
    if open_:
        yield max(0, open_[0][0] - _BESIDE), min(size, open_[-1][1] + _BESIDE), open_


def _again(line: Sequence[Seen], begin: int, end: int, strip: Any) -> list[Seen]:
    """The characters of a window, lower and wider drawn, by their places in the whole line."""
    from PIL import Image

    left = 0 if begin == 0 else round((line[begin - 1].at + line[begin].at) / 2)
    right = strip.width if end == len(line) else round((line[end - 1].at + line[end].at) / 2)
    window = strip.crop((left, 0, max(right, left + 1), strip.height))
    drawn = (round(window.width * _STRETCH), window.height)
    found = _read(window.resize(drawn, Image.Resampling.BILINEAR), _LOW)
    return [
        seen._replace(
            at=seen.at / _STRETCH + left,
            left=seen.left / _STRETCH + left,
            right=seen.right / _STRETCH + left,
        )
        for seen in found
    ]


def _figure(
    line: Sequence[Seen], text: str, start: int, end: int, twice: Sequence[Seen] | None, strip: Any,
    joints: tuple[bool, bool],
) -> Figure:  # fmt: skip
    """One figure: sure where both readings agree and nothing speaks for another one."""
    own = text[start:end]
    readings = [own]
    looks = [(line, start, end)]
    agreed = True
    if twice is not None:
        other, place = _counterpart(line, start, end, twice)
        agreed = other == own and _unit(line, end) == _unit(twice, place[1])
        readings += [other] if other and other != own else []
        looks += [(twice, *place)] if agreed else []
    at_edge = (joints[0] and start == 0) or (joints[1] and end == len(line))
    beside = text[max(0, start - 1) : start] + text[end : end + 1]
    if any(map(_odd, beside)) or (at_edge and text[start] in _DIGITS):
        agreed = False
    sure = min(_confidence(*look) for look in looks) if agreed else 0.0
    weakest = min(range(start, end), key=lambda i: line[i].peak - line[i].rival)
    if line[weakest].second and line[weakest].peak < 0.999:
        at = weakest - start
        readings.append(own[:at] + line[weakest].second + own[at + 1 :])
    stretches = _stretches(own, [(look, first) for look, first, _ in looks])
    return Figure(start, end, tuple(dict.fromkeys(readings)), sure, stretches)


def _stretches(
    own: str, looks: Sequence[tuple[Sequence[Seen], int]]
) -> tuple[tuple[int, int, float], ...]:
    """Digits beside each other in a figure, and how far apart the looks at it have their ends."""
    found = []
    for match in re.finditer(f"[{_DIGITS}]{{2,}}", own):
        first, last = match.start(), match.end() - 1
        far = [look[begin + last].at - look[begin + first].at for look, begin in looks]
        twice = sum(a == b for a, b in pairwise(match[0]))
        found.append((last - first + 1, twice, sum(far) / len(far)))
    return tuple(found)


def _odd(char: str) -> bool:
    """Whether a character beside a figure may be a part of it, or no character at all."""
    if char in _TAKEN:
        return True
    if "\u4e00" <= char <= "\u9fff" or "\u3300" <= char <= "\u33ff" or char in _SIGNS:
        return False
    return char.isalpha() or category(char)[0] == "S"


def _unit(line: Sequence[Seen], end: int) -> str:
    """The Chinese character behind a figure: it may scale it, as 折 does, which looks like 所."""
    behind = line[end].text if end < len(line) else ""
    return behind if "\u4e00" <= behind <= "\u9fff" else ""


def _confidence(line: Sequence[Seen], start: int, end: int) -> float:
    """How sure a figure is: by its weakest character, by what its neighbours could be, by its unit."""
    found = [min(seen.peak, 1 - seen.rival) for seen in line[start:end]]
    if start:
        found.append(1 - line[start - 1].rival)
    if end < len(line) and _digit(line[end - 1]):
        found.append(1 - line[end].rival)
    if _unit(line, end) and line[end - 1].text not in "%‰":
        found.append(line[end].peak)
    return min(found)


def _counterpart(
    line: Sequence[Seen], start: int, end: int, twice: Sequence[Seen]
) -> tuple[str, tuple[int, int]]:
    """What the second reading has in a figure's place, its neighbours' places taken out."""
    text = "".join(seen.text or " " for seen in twice)
    middle = (line[start].at + line[end - 1].at) / 2
    best, place = "", (0, 0)
    nearest = (
        max(line[end - 1].at - line[start].at, line[start].right - line[start].left) / 2
        + (line[start].right - line[start].left) / 2
    )
    for match in _RUN.finditer(text):
        i, j = match.span()
        away = abs((twice[i].at + twice[j - 1].at) / 2 - middle)
        if away < nearest:
            best, place, nearest = match[0], (i, j), away
    return best, place


def _digit(seen: Seen) -> bool:
    return seen.text in _DIGITS


def _em(line: Sequence[Seen], high: float) -> float:
    """How wide the line sets a Chinese character; where it has too few, by the line's height."""
    pairs = [(a, b) for a, b in pairwise(line) if not (a.text.isascii() or b.text.isascii())]
    steps = sorted(b.at - a.at for a, b in pairs)
    if len(steps) < 3:
        return 0.8 * high
    # a column of the model is a fifth of a character: the mean of many steps is finer than any
    near = [step for step in steps if 0.5 < step / steps[len(steps) // 2] < 1.6]
    return sum(near) / len(near)


def _ems(lines: Sequence[Line]) -> list[float]:
    """How wide each line sets a Chinese character: as most, if it is of the same print."""
    highs = [float(line.box[3] - line.box[1]) for line in lines]
    own = [_em(line.seen, high) for line, high in zip(lines, highs, strict=True)]
    most = [em for em, line in zip(own, lines, strict=True) if len(line.seen) > _LINE]
    if not most:
        return own
    high, em = median(highs), median(most)
    return [
        em if _alike(one, high) and _alike(mine, em) else mine
        for one, mine in zip(highs, own, strict=True)
    ]


# ---- texts ----


def signed(text: str) -> bool:
    """Whether a character is a sign."""
    return bool(SIGN.fullmatch(text))


def number(sign: str) -> int:
    """Which figure a sign stands for."""
    return ord(sign) - _FIRST


def doubts(text: str, readings: Sequence[tuple[str, ...]]) -> tuple[str, tuple[Doubt, ...]]:
    """A text with its unsure figures masked, and these.

    >>> doubts("受理" + chr(0xF0000) * 2 + "宗", [("43", "48")])
    ('受理××宗', (Doubt(start=2, end=4, readings=('43', '48')),))
    """
    found: list[Doubt] = []
    for match in SIGN.finditer(text):
        if number(match[0]) >= len(readings):
            continue  # a page's own character of no meaning
        own = readings[number(match[0])]
        if found and found[-1].end == match.start() and found[-1].readings == own:
            found[-1] = found[-1]._replace(end=match.end())
        else:
            found.append(Doubt(match.start(), match.end(), own))
    return SIGN.sub(MASK, text), tuple(found)


def shifted(chars: Sequence[Printed], by: int) -> list[Printed]:
    """Characters whose signs stand behind those of the pages before."""
    return [
        char._replace(text=chr(ord(char.text) + by)) if signed(char.text) else char
        for char in chars
    ]
