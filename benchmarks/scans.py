"""What becomes of figures on scanned pages: invented, read, refused; seconds a page.

The retellings of the corpus, their digits drawn anew, are printed in several faces and sizes,
damaged in ways that are known to the pixel, and recognised. Half of the pages sets the least
confidence at which a figure counts as read, the other half is reported.

    .venv/bin/python benchmarks/scans.py --pages 80 --store /tmp/scans.pickle
    .venv/bin/python benchmarks/scans.py --store /tmp/scans.pickle    # the report alone, from it
"""

import argparse
import math
import pickle
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy
import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFilter, ImageFont

import qz_analysis as qz
from qz_analysis.comparison.reliability import wilson
from qz_analysis.readers import recognise, scans

_ARPHIC, _WQY = "/usr/share/fonts/truetype/arphic", "/usr/share/fonts/truetype/wqy"
#: the package's own face, and those of Debian's fonts-arphic-* and fonts-wqy-* that are there
FACES = [
    *Path(pylopdf_fonts_zh_cn.__file__).parent.glob("NotoSansSC-Regular.otf"),
    Path(f"{_ARPHIC}-gbsn00lp/gbsn00lp.ttf"),
    Path(f"{_ARPHIC}-gkai00mp/gkai00mp.ttf"),
    Path(f"{_WQY}/wqy-zenhei.ttc"),
    Path(f"{_WQY}/wqy-microhei.ttc"),
]
#: faces on which nothing was set
OTHERS = [Path("/usr/share/fonts/truetype/arphic") / name for name in ("uming.ttc", "ukai.ttc")]
SIZES = (29, 33, 39, 44)  # pixels at 200 dpi: 10.5, 12, 14 and 16 points
LEVELS = ("clean", "blur", "noise", "skew", "jpeg", "stamp", "blot", "soil", "fax", "worn")
NOISY = ("blur", "noise", "skew", "jpeg", "stamp")
WIDE, HIGH, EDGE = 1654, 2339, 180
_YEAR = re.compile(r"(?:19|20)\d\d")


class Page:
    """A printed page: its text as lines, where each character stands, and what covers some."""

    def __init__(self, text: str, face: Path, size: int, level: str, dice: random.Random) -> None:
        self.level, self.face, self.size = level, face.stem, size
        font = ImageFont.truetype(str(face), size)
        self.image = Image.new("L", (WIDE, HIGH), 255)
        draw = ImageDraw.Draw(self.image)
        self.text, self.boxes = "", []
        y = EDGE
        for paragraph in text.split("\n"):
            x = EDGE + 2 * size
            for piece in re.findall(r"[\d.%％]+|.", paragraph):
                wide = font.getlength(piece)
                if x + wide > WIDE - EDGE and piece not in "，。；：、）”%％":
                    x, y = EDGE, y + round(1.7 * size)
                if y > HIGH - EDGE - 2 * size:
                    break
                for at, char in enumerate(piece):
                    left = x + font.getlength(piece[:at])
                    self.boxes.append((left, y, left + font.getlength(char), y + 1.15 * size))
                draw.text((x, y), piece, font=font, fill=20)
                self.text, x = self.text + piece, x + wide
            if y > HIGH - EDGE - 2 * size:
                break
            self.text, y = self.text + "\n", y + round(1.7 * size)
            self.boxes.append((x, y, x, y))
        self.covered: set[int] = set()
        self._damage(dice)

    def _damage(self, dice: random.Random) -> None:
        image, level = self.image, self.level
        noise = numpy.random.default_rng(dice.randrange(1 << 30))
        if level == "blur":
            image = image.filter(ImageFilter.GaussianBlur(dice.uniform(1.0, 2.0)))
        elif level == "noise":
            pixels = numpy.asarray(image, float) + noise.normal(0, 45, (HIGH, WIDE))
            specks = noise.random((HIGH, WIDE))
            pixels[specks < 0.01], pixels[specks > 0.99] = 0, 255
            image = Image.fromarray(pixels.clip(0, 255).astype("uint8"))
        elif level == "skew":
            angle = dice.choice((-1, 1)) * dice.uniform(0.5, 2.5)
            image = image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
        elif level == "jpeg":
            image = self._through(image, dice.uniform(0.6, 0.8), dice.randrange(8, 20))
        elif level == "stamp":
            image = self._stamped(image, dice)
        elif level == "blot":
            self._blot(dice)
        elif level == "soil":
            image = self._soil(dice, noise)
        elif level == "fax":
            scale = dice.uniform(0.3, 0.5)  # 60 to 100 dpi, black and white
            small = image.resize((round(WIDE * scale), round(HIGH * scale)), Image.Resampling.BOX)
            pixels = numpy.asarray(small, float) + noise.normal(0, 25, small.size[::-1])
            image = Image.fromarray(((pixels > 150) * 255).astype("uint8")).resize((WIDE, HIGH))
        elif level == "worn":
            image = image.filter(ImageFilter.GaussianBlur(dice.uniform(1.5, 3.0)))
            pixels = numpy.asarray(image, float) + noise.normal(0, 35, (HIGH, WIDE))
            image = Image.fromarray((pixels * 0.6 + 70).clip(0, 255).astype("uint8"))
            image = self._through(image, dice.uniform(0.35, 0.55), dice.randrange(10, 30))
        self.image = image

    @staticmethod
    def _through(image: Image.Image, scale: float, quality: int) -> Image.Image:
        import io

        stream = io.BytesIO()
        small = image.resize((round(WIDE * scale), round(HIGH * scale)), Image.Resampling.BICUBIC)
        small.save(stream, "JPEG", quality=quality)
        return Image.open(stream).convert("L").resize((WIDE, HIGH), Image.Resampling.BICUBIC)

    def _digits(self) -> list[tuple[int, int]]:
        return [match.span() for match in re.finditer(r"\d+(?:\.\d+)?", self.text)]

    def _stamped(self, image: Image.Image, dice: random.Random) -> Image.Image:
        """Grey rings as of a seal over some figures: what is under them can still be read."""
        ink = Image.new("L", image.size, 255)
        draw = ImageDraw.Draw(ink)
        runs = self._digits()
        for start, end in dice.sample(runs, min(8, len(runs))):
            x, y = self.boxes[(start + end) // 2][0], self.boxes[start][1] + self.size / 2
            x, y = x + dice.uniform(-120, 120), y + dice.uniform(-120, 120)
            for radius in (118, 119, 120, 121, 122, 123):
                draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=110)
            draw.regular_polygon((x, y, 45), 5, fill=140)
        return Image.fromarray(numpy.minimum(numpy.asarray(image), numpy.asarray(ink)))

    def _blot(self, dice: random.Random) -> None:
        """Ink, or paper, over one or more characters of every third figure: nobody can read it."""
        draw = ImageDraw.Draw(self.image)
        for start, end in self._digits():
            if dice.random() > 1 / 3 or _YEAR.fullmatch(self.text[start:end]):
                continue
            first = dice.randrange(start, end)
            last = min(end - 1, first + dice.randrange(0, 2))
            left, top, _, bottom = self.boxes[first]
            right = self.boxes[last][2]
            box = (left, top - 2, right, bottom + 2)
            if dice.random() < 0.5:
                draw.ellipse(
                    (left - 5, top - 4, right + 5, bottom + 4), fill=dice.choice((0, 90, 160))
                )
            else:
                draw.rectangle(box, fill=dice.choice((0, 60, 120, 200, 255)))
            self.covered |= set(range(first, last + 1))

    def _soil(self, dice: random.Random, noise: numpy.random.Generator) -> Image.Image:
        """Ragged patches with soft edges, of any tone, over a part of every third figure or more.

        The page is then askew, blurred, noisy or pressed. A figure counts as covered where a patch
        hides a third of one of its characters.
        """
        pixels = numpy.asarray(self.image, float)
        for start, end in self._digits():
            if dice.random() > 1 / 3 or _YEAR.fullmatch(self.text[start:end]):
                continue
            left, top, right, bottom = self.boxes[dice.randrange(start, end)]
            right += dice.choice((0, 0, right - left))
            x, y = (left + right) / 2, (top + bottom) / 2
            wide, high = (right - left) * dice.uniform(0.5, 0.8), 0.62 * (bottom - top)
            around = [
                (x + wide * far * math.cos(turn), y + high * far * math.sin(turn))
                for turn in numpy.linspace(0, 2 * math.pi, 12)
                for far in (dice.uniform(0.8, 1.3),)
            ]
            patch = Image.new("L", self.image.size, 0)
            ImageDraw.Draw(patch).polygon(around, fill=255)
            here = (int(left) - 60, int(top) - 60, int(right) + 60, int(bottom) + 60)
            soft = patch.crop(here).filter(ImageFilter.GaussianBlur(dice.uniform(0, 2)))
            share = numpy.asarray(soft, float) / 255
            tone = dice.choice((255, 255, 230, 180, 120, 60, 0))
            spot = pixels[here[1] : here[3], here[0] : here[2]]
            spot += (tone - spot) * share
            for at in range(max(0, start - 2), end + 2):
                x0, y0, x1, y1 = (int(edge) - here[i % 2] for i, edge in enumerate(self.boxes[at]))
                part = share[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)]
                if part.size and part.mean() > 1 / 3:
                    self.covered.add(at)
        image = Image.fromarray(pixels.clip(0, 255).astype("uint8"))
        damage = dice.choice(("none", "blur", "noise", "skew", "jpeg"))
        if damage == "blur":
            return image.filter(ImageFilter.GaussianBlur(dice.uniform(0.5, 1.2)))
        if damage == "noise":
            pixels = numpy.asarray(image, float) + noise.normal(0, 25, (HIGH, WIDE))
            return Image.fromarray(pixels.clip(0, 255).astype("uint8"))
        if damage == "skew":
            angle = dice.choice((-1, 1)) * dice.uniform(0.3, 1.5)
            return image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
        if damage == "jpeg":
            return self._through(image, dice.uniform(0.7, 0.9), dice.randrange(20, 50))
        return image


def redrawn(text: str, dice: random.Random) -> str:
    """A text with the digits of its figures drawn anew, those of years and first zeros left."""

    def anew(match: re.Match[str]) -> str:
        if _YEAR.fullmatch(match[0]):
            return match[0]
        head = match[0][0] if match[0][0] == "0" else str(dice.randrange(1, 10))
        return head + "".join(str(dice.randrange(10)) for _ in match[0][1:])

    return re.sub(r"\d+", anew, text)


def pages(
    count: int, seed: int, levels: tuple[str, ...], *, dense: bool = False, others: bool = False
) -> "Iterator[Page]":
    """Pages by turns of level, face and size, each of other sentences of the retellings.

    `dense` ones hold only the clauses with figures, twice as many of these; `others` are printed in
    other faces, too.
    """
    dice = random.Random(seed)
    bodies = [qz.read(path) for path in qz.corpus()]
    lines = [line for page in bodies for line in page.text[page.body :].split("\n")]
    # sentences with figures in Arabic digits, so that a page holds many
    told = [part for line in lines if line[:1] not in "|#" for part in re.findall("[^。]+。", line)]
    told = [part for part in told if len(re.findall(r"\d+", part)) > 1 and "x" not in part]
    if dense:
        told = [
            f"{clause}，" for part in told for clause in re.findall(r"[^，；。]*\d[^，；。]*", part)
        ]
    many = 180 if dense else 60
    faces = [face for face in (*FACES, *(OTHERS if others else [])) if face.is_file()]
    for number in range(count):
        chosen = dice.sample(told, min(many, len(told)))
        step = 12 if dense else 3
        body = "\n".join("".join(chosen[at : at + step]) for at in range(0, len(chosen), step))
        body = body.replace("，\n", "。\n")
        face, size = faces[number % len(faces)], SIZES[number // 3 % len(SIZES)]
        yield Page(redrawn(body, dice), face, size, levels[number % len(levels)], dice)


def measure(made: Iterator[Page], store: Path) -> None:
    """Recognises pages and keeps what was found, each page as soon as it is done."""
    with store.open("ab") as file:
        for page in made:
            begun, used = time.perf_counter(), time.process_time()
            found = recognise.recognise(page.image, least=2.0)
            took = time.perf_counter() - begun, time.process_time() - used
            kept = found._replace(image=None)
            about = page.level, page.face, page.size, page.text, page.covered
            pickle.dump((about, kept, took), file)
            file.flush()


def _stored(store: Path) -> list[tuple]:
    found = []
    with store.open("rb") as file:
        while True:
            try:
                found.append(pickle.load(file))
            except EOFError:
                return found


class Judged(NamedTuple):
    """What became of a page's figures: right, wrong, or refused, by their number on the page."""

    states: dict[int, str]
    covered: frozenset[int]
    given: int  # figures with a value
    invented: int  # values that the page does not print in their place


def _said(found: recognise.Recognised, least: float) -> str:
    """The page's text with the figures that are sure enough, the others masked; all of them at 0."""
    poor = {} if least else {"poor": 1.0}
    chars = recognise.settled(found, least, **poor).chars
    return recognise.SIGN.sub(recognise.MASK, scans.layout([chars]))


def judged(about: tuple, found: recognise.Recognised, least: float) -> Judged:
    """The values that come of a page at some confidence, held against those that it prints."""
    text, covered = about[3], about[4]
    read = _said(found, least)
    truth, got = qz.extract(text), qz.extract(read)
    truth = truth[truth["value"].notna()]
    got = got[got["value"].notna() & (got["status"] == "ok")]
    there: dict[int, int] = {}
    for kind, a, c, b, d in SequenceMatcher(None, text, read, autojunk=False).get_opcodes():
        if kind in ("equal", "replace"):
            there |= {b + i: min(a + i, c - 1) for i in range(d - b)}
    spans = list(zip(truth["start"], truth["end"], truth["value"], strict=True))
    by_place = {i: at for at, (start, end, _) in enumerate(spans) for i in range(start, end)}
    hidden = {at for at, (start, end, _) in enumerate(spans) if covered & set(range(start, end))}
    states = dict.fromkeys(range(len(spans)), "refused")
    invented = 0
    for start, end, value in zip(got["start"], got["end"], got["value"], strict=True):
        at = {by_place[there[i]] for i in range(start, end) if there.get(i) in by_place}
        if any(spans[one][2] == value for one in at):
            states |= {one: "right" for one in at if spans[one][2] == value}
            continue
        printed = "".join(text[there[i]] for i in range(start, end) if i in there)
        if not at and _digits(printed) == _digits(read[start:end]):
            continue  # the same digits, taken for a figure on one side alone
        invented += 1
        states |= dict.fromkeys(at, "wrong")
    return Judged(states, frozenset(hidden), len(got), invented)


def _digits(text: str) -> str:
    return re.sub(r"[^\d.]", "", text)


def _share(k: int, n: int) -> str:
    if not n:
        return "none"
    low, high = wilson(k / n, n)
    return f"{k:,}/{n:,} = {100 * k / n:.2f} % [{low:.2f}, {high:.2f}]"


def report(stores: list[Path], whole: bool) -> None:
    """Tries confidences on one half of the pages and reports the other half at the one in force.

    `whole` reports all pages: the confidence and the rules were set on others.
    """
    kept, groups = [page for store in stores for page in _stored(store)], len(LEVELS)
    halves = [[one for at, one in enumerate(kept) if at // groups % 2 == half] for half in (0, 1)]
    if whole:
        halves = [[], kept]
    print(f"{len(halves[0])} pages to set the least confidence on:")
    for least in () if whole else (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99):
        print(f"  {least:<6}{_line(halves[0], least)}")
    print(f"{len(halves[1])} other pages, least confidence {recognise.SURE}:")
    for level in LEVELS:
        print(f"  {level:6}{_line([one for one in halves[1] if one[0][0] == level])}")
    print(f"  noisy {_line([one for one in halves[1] if one[0][0] in NOISY])}")
    print(f"  all   {_line(halves[1])}")
    if times := [took for *_, took in kept]:
        for what, taken in zip(
            ("seconds a page", "of them computing"), zip(*times, strict=True), strict=True
        ):
            print(f"{what}: median {median(taken):.1f}, most {max(taken):.1f}")


def _line(half: list[tuple], least: float = recognise.SURE) -> str:
    sums: Counter[str] = Counter()
    for about, found, _ in half:
        bare, made = judged(about, found, 0.0), judged(about, found, least)
        sums["given"] += made.given
        sums["invented"] += made.invented
        for at, state in made.states.items():
            kind = "hidden" if at in made.covered else "legible"
            sums[kind] += 1
            sums[f"{kind} right"] += state == "right"
            sums[f"{kind} refused"] += state == "refused"
            sums["misread"] += bare.states[at] == "wrong"
            sums["misread refused"] += bare.states[at] == "wrong" and state != "wrong"
    return (
        f"invented {_share(sums['invented'], sums['given'])}; "
        f"recall {_share(sums['legible right'], sums['legible'])}; "
        f"covered refused {_share(sums['hidden refused'], sums['hidden'])}; "
        f"misread refused {_share(sums['misread refused'], sums['misread'])}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=0, help="recognise so many pages more")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store", type=Path, nargs="+", required=True, help="files of results")
    parser.add_argument("--whole", action="store_true", help="report all pages, try nothing")
    parser.add_argument("--dense", action="store_true", help="clauses with figures alone")
    parser.add_argument("--others", action="store_true", help="other faces, too")
    parser.add_argument("--levels", nargs="*", default=LEVELS)
    args = parser.parse_args()
    if args.pages:
        made = pages(
            args.pages, args.seed, tuple(args.levels), dense=args.dense, others=args.others
        )
        measure(made, args.store[0])
    report(args.store, args.whole)


if __name__ == "__main__":
    main()
