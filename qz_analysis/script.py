"""Characters of Chinese pages: one script, one width, and none that steers a terminal."""

import re
from functools import cache
from unicodedata import normalize

# control characters but tab and line ends, marks that turn the direction of writing, and half
# characters, which stand for the broken bytes of a file name
_ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_UNPAIRED = re.compile("[\ud800-\udfff]")
_WIDE = {chr(c + 0xFEE0): chr(c) for c in range(0x21, 0x7F)}
# one character to one, so that offsets do not move; the Chinese full stop stays as it is, apart
# from the decimal point
_FOLD = _WIDE | dict(
    zip(
        "﹪∶—–―‐‑‒﹣﹘⎯─ー〜∼⁓≧≦⩾⩽﹥﹤≒弌弍弎亖卄両×XＸХх○◯囗⁄∕\r\v\f\x85\u2028\u2029\ufffd\u3000\xa0\u202f\u205f",
        "%:-----------~~~≥≤≥≤><≈一二三四廿两xxxxx〇〇□//\n\n\n\n\n\n?    ",
        strict=True,
    )
)
_FOLD |= dict.fromkeys(map(chr, range(0x2000, 0x200B)), " ")  # blanks of every width
_FOLDED = re.compile(f"[{re.escape(''.join(sorted(_FOLD)))}]")
_OTHER_DIGITS = re.compile(r"\d(?<![0-9])")
#: stands where a page has what is no text, or text that is struck out, inside a number
TORN = "\ufffc"
#: stands for a blank to fill in: between digits it may be one of them, beside one it is its line
TO_FILL = f" {TORN} "
_NUMERAL = "0-9０-９.．,，%％〇零一二三四五六七八九十百千万亿两xX×*"
_AT_NUMBER = re.compile(
    f"(?<=[{_NUMERAL}])[ \xa0\u3000]*{TORN}[{TORN} \xa0\u3000]*(?=[{_NUMERAL}])"
    f"|(?<=[0-9０-９一二三四五六七八九十百千万亿]){TORN}+|{TORN}+(?=[0-9０-９一二三四五六七八九十百])"
)
_TABBED = re.compile("(?<=[0-9０-９]) *\t[\t ]*(?=[0-9０-９])")
# characters of no Chinese text between digits, where they are typed or read for a box or a stroke
_BOXED = re.compile("[口丨丶丿亅](?<=[0-9].)(?=[0-9])")
# a minus sign between numbers is the sign of a range
_RANGE_SIGN = re.compile(r"(?:(?<=[\d万亿%])|(?<=[\d万亿%] ))\u2212(?= ?\d)")
# radicals and compatibility forms, which PDF files print in the place of characters
_RADICALS = re.compile("[\u2e80-\u2fd5\uf900-\ufaff]")
_RADICAL = dict(
    zip(
        "⺠⺫⺬⺭⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻤⻥⻦⻩⻬⻮⻰",
        "民目示礻虎西见角贝车长门青韦页风飞食马鬼鱼鸟黄齐齿龙",
        strict=True,
    )
)


_HAN = re.compile("[\u4e00-\u9fff]")
_CHINESE_MARKS = dict(zip(",;:?!()", "，；：？！（）", strict=True))
# the comma of 2,163 and the colon of 9:30 stay, and marks between Latin letters
_HALF = re.compile(r"(?<!\d)[,;:?!]|[,;:?!](?!\d)|[()]")


def chinese_marks(text: str) -> str:
    """A Chinese text with the marks that Chinese is printed with, one character for one.

    >>> chinese_marks("受理2,163件(含复查),办结;群众满意:98%")
    '受理2,163件（含复查），办结；群众满意：98%'
    >>> chinese_marks("qz, version (1)")
    'qz, version (1)'
    """
    if not _HAN.search(text):
        return text
    return _HALF.sub(lambda m: _CHINESE_MARKS[m[0]], text)


def visible(text: str, *, line: bool = False) -> str:
    r"""A text that a terminal shows and does not obey, on one line if asked; escaped as in JSON.

    >>> print(visible("\x1b[31mred"), visible("a\nb", line=True))
    \u001b[31mred a\u000ab
    """
    text = _ACTING.sub(_escape, text)
    return re.sub(r"[\t\n]", _escape, text) if line else text


def dropped(text: str) -> str:
    """A text without the characters that steer a terminal: what a page shows.

    >>> dropped("a\\u202eb")
    'ab'
    """
    return _ACTING.sub("", text)


def settled(text: str) -> str:
    """A text whose marks of what is no text (`TORN`) stand at numbers alone, one for each gap.

    A tab between digits is a gap too; elsewhere it is a blank.

    >>> settled("甲\ufffc县受理1\ufffc\ufffc2件") == "甲县受理1\ufffc2件"
    True
    """
    if "\t" in text:
        text = _TABBED.sub(TORN, text).replace("\t", " ")
    if TORN not in text:
        return text
    marks = {m.start() + m[0].index(TORN) for m in _AT_NUMBER.finditer(text)}
    return "".join(c for at, c in enumerate(text) if c != TORN or at in marks)


def printable(text: str) -> str:
    """Text that UTF-8 can hold, of the same length: half a surrogate pair becomes U+FFFD.

    >>> printable("甲\\ud800县") == "甲\ufffd县"
    True
    """
    return _UNPAIRED.sub("\ufffd", text) if _UNPAIRED.search(text) else text


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


@cache
def _converter():  # type: ignore[no-untyped-def]
    from opencc import OpenCC

    return OpenCC("t2s")


def simplify(text: str) -> str:
    """Text in Simplified characters, character for character, so that no length changes.

    >>> simplify("信訪總量")
    '信访总量'
    """
    text = printable(text)  # no library takes half a character
    text = _RADICALS.sub(lambda m: _RADICAL.get(m[0]) or normalize("NFKC", m[0]), text)
    converted = _converter().convert(text)
    if len(converted) == len(text):
        return converted
    return "".join(c if len(s := _converter().convert(c)) != 1 else s for c in text)


def folded(text: str) -> str:
    """Text with full-width signs as half-width ones and look-alikes as one, one for one.

    >>> folded("８３．７％，")
    '83.7%,'
    """
    # many times as fast as str.translate, which looks every character up
    for sign in set(_FOLDED.findall(text)):
        text = text.replace(sign, _FOLD[sign])
    # digits in bold or other faces are digits; those of other scripts are no numerals of a Chinese
    # page, though `\d` takes them: they stand as ø, so that a number that holds one is spoilt
    for sign in set(_OTHER_DIGITS.findall(text)):
        plain = normalize("NFKC", sign)
        text = text.replace(sign, plain if plain.isascii() else "ø")
    text = _BOXED.sub("□", text)
    text = text.replace("锟斤拷", "???")  # what is left of bytes that were read amiss twice
    return _RANGE_SIGN.sub("-", text) if "\u2212" in text else text


def breadth(text: str) -> int:
    """How many letters wide a text is: a Chinese character is as wide as two.

    >>> breadth("乙b")
    3
    """
    return len(text) + len(re.findall(r"[\u2e80-\uffef]", text))
