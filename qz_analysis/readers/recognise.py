"""Pictures of pages to characters with their places; a figure that is not sure is masked.

A line's figures are recognised twice: in the line, and in a window round them at another size. One
is trusted only where both agree, the recogniser wavers at none of its characters, and no ink stands
beside it that gave none. What it wavers at is told as its readings, never as a value.
"""

import math
import os
import re
import time
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import QzError
from ..model import Doubt
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
_WIDEST = 4000  # pixels of such a line
_MOST_LINES = 400
_LEAST = 8  # pixels of a line's height
_BESIDE = 3  # characters on either side of a figure in its window
_LEGIBLE = 0.9  # how sure a character is that a picture of its spot may show
_INK = 0.06  # share of dark pixels in a gap from which something stands there
_FIRST = 0xF0000  # the first of the signs that stand for figures not sure
#: how many signs there are
MOST = 0xFFFD
_DIGITS = "0123456789０１２３４５６７８９"
_HAN = "〇一二三四五六七八九十百千万亿两零"
_FIGURES = f"{_DIGITS}{_HAN}.．%％‰"
#: a figure with the marks inside it and what scales it
_RUN = re.compile(
    rf"[{_DIGITS}](?:[{_DIGITS}.．,，、:：·'’/~\-]*[{_DIGITS}])?[{_HAN}多余%％‰]*|[{_HAN}]+"
)
_LETTER = re.compile(r"[A-Za-z|\\!\[\]]")
#: what stands for a character of a figure that is not sure, until its page is text
SIGN = re.compile(f"[{chr(_FIRST)}-{chr(0xFFFFD)}]")


class Late(Exception):
    """The time for recognising was over."""


class Seen(NamedTuple):
    """A recognised character: where in its line, and how sure the recogniser is of it."""

    text: str
    at: float  # pixels from the left of the strip
    wide: float
    peak: float
    rival: float  # the most that another figure's character got, from the one before to the next
    second: str


class Figure(NamedTuple):
    """What was recognised as a figure: the characters of its line, its readings, how sure it is."""

    start: int
    end: int
    readings: tuple[str, ...]
    confidence: float


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
    image, boxes, turned, skew = _upright(image)
    chars: list[Printed] = []
    unsure: set[int] = set()
    readings: list[tuple[str, ...]] = []
    confidences: list[float] = []
    for left, top, right, bottom in boxes[:_MOST_LINES]:
        if time.monotonic() > until:
            raise Late
        pad = max(2, (bottom - top) // 10)
        strip = image.crop((left - pad, top - 1, right + pad, bottom + 1))
        strip = _whitened(strip, image, left - pad, top - 1)
        line = _read(strip)
        joints = _joints((left, top, right, bottom), boxes)
        texts = [seen.text for seen in line]
        for figure in _figures(line, strip, joints):
            confidences.append(figure.confidence)
            if figure.confidence < least:
                sign = chr(_FIRST + len(readings))
                readings.append(figure.readings)
                texts[figure.start : figure.end] = [sign] * (figure.end - figure.start)
        for seen, text in zip(line, texts, strict=True):
            x = left - pad + seen.at
            half = seen.wide / 2
            if seen.peak < _LEGIBLE:
                unsure.add(len(chars))
            chars.append(Printed(text, x - half, x + half, float(top), float(bottom)))
    return Recognised(
        chars, readings, confidences, image, image.size, frozenset(unsure), turned, skew
    )


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

_Edges = tuple[int, int, int, int]


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
        from statistics import median

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
        wide = (last - first + 1) * step
        name = names[found] if found < len(names) else ""
        peak = float(chances[peak_at, found])
        seen.append(Seen(name, middle, wide, peak, rival, names[int(row.argmax())]))
    return _spread(seen)


@cache
def _figure_ids(names: tuple[str, ...]) -> list[int]:
    return [i for i, name in enumerate(names) if name and name in _FIGURES]


def _spread(seen: list[Seen]) -> list[Seen]:
    """The characters as wide as the room between their neighbours, but for gaps."""
    if not seen:
        return []
    steps = sorted(b.at - a.at for a, b in zip(seen, seen[1:], strict=False))
    usual = steps[len(steps) // 2] if steps else 2 * seen[0].at
    found = []
    for at, one in enumerate(seen):
        near = [abs(seen[i].at - one.at) for i in (at - 1, at + 1) if 0 <= i < len(seen)]
        found.append(one._replace(wide=min([*near, 1.2 * usual])))
    return found


# ---- figures ----


def _figures(line: list[Seen], strip: Any, joints: tuple[bool, bool]) -> Iterator[Figure]:
    """The figures of a line with their readings and how sure they are."""
    text = "".join(seen.text or " " for seen in line)
    runs = [match.span() for match in _RUN.finditer(text)]
    for begin, end, inside in _windows(runs, len(line)):
        twice = _again(line, begin, end, strip) if any(_arabic(text, *r) for r in inside) else None
        for start, stop in inside:
            yield _figure(line, text, start, stop, twice, strip, joints)


def _arabic(text: str, start: int, end: int) -> bool:
    return text[start] in _DIGITS


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
    """The characters of a window, smaller and lower, by their places in the whole line."""
    left = 0 if begin == 0 else round((line[begin - 1].at + line[begin].at) / 2)
    right = strip.width if end == len(line) else round((line[end - 1].at + line[end].at) / 2)
    window = strip.crop((left, 0, max(right, left + 1), strip.height))
    return [seen._replace(at=seen.at + left) for seen in _read(window, _HIGH - 8)]


def _figure(
    line: Sequence[Seen], text: str, start: int, end: int, twice: Sequence[Seen] | None, strip: Any,
    joints: tuple[bool, bool],
) -> Figure:  # fmt: skip
    """One figure: sure where both readings agree and nothing speaks for another one."""
    own = text[start:end]
    readings = [own]
    sure = _confidence(line, start, end)
    if twice is not None:
        other, place = _counterpart(line, start, end, twice)
        if other != own:
            sure = 0.0
            readings += [other] if other else []
        else:
            sure = min(sure, _confidence(twice, *place))
    if sure > 0.5 and _torn(line, start, end, strip):
        sure = 0.0
    at_edge = (joints[0] and start == 0) or (joints[1] and end == len(line))
    beside = text[max(0, start - 1) : start] + text[end : end + 1]
    if _arabic(text, start, end) and (at_edge or _LETTER.search(beside)):
        sure = 0.0
    weakest = min(range(start, end), key=lambda i: line[i].peak - line[i].rival)
    if line[weakest].second and line[weakest].peak < 0.999:
        at = weakest - start
        readings.append(own[:at] + line[weakest].second + own[at + 1 :])
    return Figure(start, end, tuple(dict.fromkeys(readings)), sure)


def _confidence(line: Sequence[Seen], start: int, end: int) -> float:
    """How sure a figure is by its weakest character, and by what its neighbours could be."""
    own = min(min(seen.peak, 1 - seen.rival) for seen in line[start:end])
    beside = [line[i] for i in (start - 1, end) if 0 <= i < len(line)]
    return min([own, *(1 - seen.rival for seen in beside)])


def _counterpart(
    line: Sequence[Seen], start: int, end: int, twice: Sequence[Seen]
) -> tuple[str, tuple[int, int]]:
    """What the second reading has in a figure's place, its neighbours' places taken out."""
    text = "".join(seen.text or " " for seen in twice)
    middle = (line[start].at + line[end - 1].at) / 2
    best, place = "", (0, 0)
    nearest = max(line[end - 1].at - line[start].at, line[start].wide) / 2 + line[start].wide / 2
    for match in _RUN.finditer(text):
        i, j = match.span()
        away = abs((twice[i].at + twice[j - 1].at) / 2 - middle)
        if away < nearest:
            best, place, nearest = match[0], (i, j), away
    return best, place


def _torn(line: Sequence[Seen], start: int, end: int, strip: Any) -> bool:
    """Whether something stands in or beside a figure that gave no character."""
    import numpy

    pixels = numpy.asarray(strip, numpy.float32)
    paper = float(numpy.percentile(pixels, 90))
    ink = pixels < 0.7 * paper
    inner = [b.at - a.at for a, b in zip(line[start:end], line[start + 1 : end], strict=False)]
    pitch = sorted(inner)[len(inner) // 2] if inner else 0.55 * strip.height
    high = 0.8 * strip.height
    for i in range(max(0, start - 1), min(len(line), end + 1) - 1):
        a, b = line[i], line[i + 1]
        within = start <= i and i + 1 < end
        digits = a.text in _DIGITS and b.text in _DIGITS
        # a digit is half as wide as a character: both halves and a little more may lie between
        usual = min(pitch, 0.62 * high) if within and digits else 0.95 * high
        if b.at - a.at <= 1.6 * usual:
            continue
        half = usual / 2
        gap = ink[:, round(a.at + half) : max(round(a.at + half) + 1, round(b.at - half))]
        if (within and digits) or (gap.size and float(gap.mean()) > _INK):
            return True
    # before the first and behind the last character of the line
    if start == 0 and line[0].at > high:
        return float(ink[:, : round(line[0].at - high / 2)].mean()) > _INK
    if end == len(line) and strip.width - line[-1].at > high:
        return float(ink[:, round(line[-1].at + high / 2) :].mean()) > _INK
    return False


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
