"""What touches a number is understood, or the number has no value that looks sure.

Each class puts one kind of damage into the numbers of made-up sentences; the first 30 sentences of
a class are in every run, all 300 in a long one.
"""

import random
from collections.abc import Callable

import pytest

from qz_analysis.model import Document
from qz_analysis.runs.tables import gather

Random = random.Random
FRAMES = [
    "全县受理{}。",
    "本年度共接待来访{}，比往年平稳。",
    "甲山县各镇排查纠纷{}",
    "其中：新增{}；办结若干。",
    "（二）镇村两级化解{}、回访群众若干户",
    "截至年底，累计走访{}次年继续",
]
RATES = ["信访事项办结率达{}。", "群众满意率为{}，居全市前列", "按期答复率{}"]
UNITS = ["件", "户", "人次", "万元", "批次", "起", "个"]
PARTS = [pytest.param(range(30), id="short"),
         pytest.param(range(30, 300), id="rest", marks=pytest.mark.long)]  # fmt: skip


def inside(sign: str, alone: bool = False) -> Callable[[Random], tuple[str, set[float]]]:
    """A sign in the place of a digit or more, `alone` of all: nobody knows the number."""

    def number(rng: Random) -> tuple[str, set[float]]:
        head, tail = str(rng.randint(1, 99)), str(rng.randint(1, 999))
        hidden = sign * rng.randint(1, 2)
        forms = [head + hidden + tail, hidden + tail, head + hidden, hidden]
        return rng.choice(forms if alone else forms[:3]), set()

    return number


def unseen(sign: str) -> Callable[[Random], tuple[str, set[float]]]:
    """A sign between digits that prints nothing or a blank: the number is as it was, or unsure."""

    def number(rng: Random) -> tuple[str, set[float]]:
        value = rng.randint(1000, 99999)
        at = rng.randint(1, len(str(value)) - 1)
        return f"{str(value)[:at]}{sign}{str(value)[at:]}", {value}

    return number


def parted(sign: str, joins: bool = False) -> Callable[[Random], tuple[str, set[float]]]:
    """A sign between two whole numbers; with `joins` they may be one."""

    def number(rng: Random) -> tuple[str, set[float]]:
        one, two = rng.randint(2, 99), rng.randint(100, 999)
        return f"{one}{sign}{two}", {int(f"{one}{two}")} if joins else {one, two}

    return number


def grouped(rng: Random) -> tuple[str, set[float]]:
    return f"{rng.randint(1, 99)},{rng.randint(1000, 9999)}", set()


def mixed(rng: Random) -> tuple[str, set[float]]:
    wan, thousands, hundreds, tens, ones = (rng.randint(1, 9) for _ in range(5))
    value = wan * 10000 + thousands * 1000 + hundreds * 100 + tens * 10 + ones
    return f"{wan}万{thousands}千{hundreds}百{tens}十{ones}", {value}


def long_range(rng: Random) -> tuple[str, set[float]]:
    return f"{rng.randint(1, 9)}-{'9' * rng.randint(30, 320)}", set()


def below(sign: str) -> Callable[[Random], tuple[str, set[float]]]:
    def number(rng: Random) -> tuple[str, set[float]]:
        value = rng.randint(2, 999)
        return f"{sign}{value}", {-value}

    return number


HIDING = "○◯●■□◆▲△▽★※#_…¤◎✕⊙▇🀄"
STRANGE = "хⅢ②³½٪é\u0301\u20e3\u0336アΩ\x08\x1b\ue000\U0001f600"
UNSEEN = "\u202a\u202e\u2066\u2069\u061c\u200b\u2060\ufe0f\U000e0101\u180e"
BLANK = "\u2009\u2007\u202f\u2003\u2028\u2029\x0b\x0c\x85"
CLASSES = {
    **{f"hides U+{ord(sign):04X}": inside(sign, alone=True) for sign in HIDING},
    **{f"is no digit U+{ord(sign):04X}": inside(sign) for sign in STRANGE},
    **{f"prints nothing U+{ord(sign):04X}": unseen(sign) for sign in UNSEEN},
    **{f"is blank U+{ord(sign):04X}": unseen(sign) for sign in BLANK},
    **{f"groups U+{ord(sign):04X}": unseen(sign) for sign in "’'·‧"},
    **{f"entity {sign}": parted(sign) for sign in ("&mdash;", "&ndash;", "&#45;", "&#x2D;")},
    **{f"entity {sign}": parted(sign, joins=True) for sign in ("&shy;", "&#8203;", "&nbsp;")},
    "entity of a digit": lambda rng: (f"15&#{48 + (d := rng.randint(0, 9))};", {150 + d}),
    "entity of a cross": inside("&times;"),
    "entity of nothing": inside("&nonsense;"),
    "entity written twice": parted("&amp;mdash;"),
    **{f"tag {tag}": parted(tag) for tag in ("</td><td>", "<br>", "</p>\n<p>", "<!-- a -->")},
    **{f"tag {tag}": parted(tag, joins=True) for tag in ("<b>", "</span>", "<font color='#123456'>")},
    "digits in wrong groups": grouped,
    "digits and places": mixed,
    "a range without end": long_range,
    "a minus sign": below("\u2212"),
    "the word minus": below("负"),
    "a letter for a digit": lambda rng: (f"{rng.randint(1, 9)}{rng.choice('OoIl')}{rng.randint(1, 9)}", set()),
    "the character 某": lambda rng: (f"{rng.randint(1, 9)}某{rng.randint(1, 9)}", set()),
}  # fmt: skip


def claims_at(text: str, start: int, end: int) -> list:
    """The claims of a text that touch a stretch of it."""
    return [c for c in gather(Document("a", text)).claims if c.start < end and c.end > start]


def check(text: str, printed: str, allowed: set[float]) -> str:
    """What is wrong with the claims where a number is printed, empty when nothing is."""
    start = text.index(printed)
    found = claims_at(text, start, start + len(printed) + 1)
    scale = 10_000 if text[start + len(printed) :].startswith("万") else 1
    right = {value * scale for value in allowed} | allowed
    for claim in found:
        ends = {float(x) for x in (claim.value, claim.low, claim.high) if x is not None}
        if claim.kind == "change" and claim.direction == "down":
            ends = {-x for x in ends}
        if claim.status == "ok" and not ends <= right:
            return f"{claim.text!r} = {sorted(ends)} out of {text!r}"
        if claim.status != "ok" and not claim.note:
            return f"{claim.text!r} of {text!r} says no reason"
    return "" if found else f"nothing is told of {text!r}"


@pytest.mark.parametrize("numbers", PARTS)
@pytest.mark.parametrize("name", CLASSES)
def test_a_broken_number_is_never_sure(name, numbers):
    """A damaged number is read as what it is, or told without a value that has the status `ok`."""
    faults = []
    for n in numbers:
        rng = Random(f"{name}:{n}")
        printed, allowed = CLASSES[name](rng)
        text = rng.choice(FRAMES).format(printed + rng.choice(UNITS))
        faults.append(check(text, printed, allowed))
    assert not list(filter(None, faults))


POINTS = ["·", "•", "‧", "。", ",", "，"]


@pytest.mark.parametrize("numbers", PARTS)
@pytest.mark.parametrize("point", POINTS)
def test_a_wrong_point_is_mended_and_said(point, numbers):
    """A rate with another mark for its point is read with the point and marked `spoilt`."""
    for n in numbers:
        rng = Random(f"{point}:{n}")
        whole, tenth = rng.randint(2, 99), rng.randint(1, 9)
        text = rng.choice(RATES).format(f"{whole}{point}{tenth}%")
        [claim] = gather(Document("a", text)).claims
        assert (float(claim.value or 0), claim.status) == (whole + tenth / 10, "spoilt"), text
        assert f"{whole}.{tenth}" in claim.note


@pytest.mark.parametrize("mark", "●■★①◆·○")
def test_the_mark_of_an_item_is_no_part_of_a_number(mark):
    """A sign at the head of a line or of a sentence marks an item; the number behind it stands."""
    for text in (
        f"{mark}12个乡镇建成站点",
        f"一、基本情况\n{mark} 12个乡镇",
        f"工作有序。{mark}12个乡镇",
    ):
        [claim] = gather(Document("a", text)).claims
        assert (claim.value, claim.status) == (12, "ok"), text


SURE = [
    ("全国第4，21个学科进入前列", 21),
    ("约占1/10，4386万名工人", 43860000),
    ("高三200人参加", 200),
    ("全市统一3个标准", 3),
    ("为群众减负12万元", 120000),
    ("干部肩负3项任务", 3),
    ("收入比缩小到2.54。30个县区通过评估", 30),
    ("二○一二年受理12件", 12),
    ("一百○三件", 103),
    ("水质达到Ⅲ类的河流12条", 12),
]


@pytest.mark.parametrize(("text", "value"), SURE)
def test_a_whole_number_beside_such_signs_stays_sure(text, value):
    """Ordinals, years, words and ends of sentences beside a number make it no broken one."""
    sure = [c.value for c in gather(Document("a", text)).claims if c.status == "ok"]
    assert value in sure


def test_radicals_are_read_as_the_characters_they_look_like():
    """A PDF's radicals ⼗ and ⼈ count as 十 and 人."""
    [claim] = gather(Document("a", "接待来访⼗五⼈次")).claims
    assert (claim.value, claim.unit) == (15, "人次")


FALLS = ["增长负3.5%", "同比-3.5%", "同比增长（−3.5%）", "增速为-3.5%"]


@pytest.mark.parametrize("text", FALLS)
def test_growth_below_nothing_is_a_fall(text):
    """A growth with a minus is held as a change of its size and the direction `down`."""
    [claim] = gather(Document("a", text)).claims
    assert (claim.kind, claim.direction, float(claim.value or 0)) == ("change", "down", 3.5)
