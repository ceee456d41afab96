"""Chinese and Arabic numerals as exact numbers."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from .session import kept, load

_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]{1,9})?")
_PARTS = re.compile(r"(\d+(?:\.\d+)?)([千百十]?)")
#: those written in contracts and on cheques; some are parts of other words too (队伍, 大陆)
FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
#: tens in one character: 廿三 is 23
TENS = "廿卅卌"
_TENS = str.maketrans(dict(zip(TENS, ("二十", "三十", "四十"), strict=True)))


@dataclass(frozen=True, slots=True)
class Numerals:
    """What numerals are made of, by `vocabularies/scales.toml`."""

    scales: dict[str, int]
    places: dict[str, int]
    digits: dict[str, int]
    big: tuple[str, ...]  # scales of one character above the places, the largest first
    chinese: str  # every character a Chinese numeral may hold


@kept
def numerals() -> Numerals:
    """The numeral characters and scales in force.

    >>> numerals().big
    ('亿', '万')
    """
    said = load("scales")
    scales, places, digits = said["scale"], said["place"], {**said["digit"], "零": 0, "〇": 0}
    over = max(places.values())
    big = sorted((s for s in scales if len(s) == 1 and scales[s] > over), key=lambda s: -scales[s])
    return Numerals(scales, places, digits, tuple(big), "".join([*digits, *places, *reversed(big)]))


def parse(numeral: str) -> Decimal:
    """The exact value of an Arabic or Chinese numeral without hedge, sign or unit.

    >>> parse("3亿2,000万"), parse("一百二"), parse("八十三点七")
    (Decimal('320000000'), Decimal('120'), Decimal('83.7'))
    """
    if _PLAIN.fullmatch(numeral):  # most are
        return Decimal(numeral)
    text = numeral.replace(",", "").translate(_TENS)
    if text.isascii() and text.isdecimal():
        return Decimal(text)
    known, total = numerals(), Decimal(0)
    for scale in known.big:
        head, found, rest = text.rpartition(scale)
        if found:
            total += (parse(head) if head else Decimal(1)) * known.scales[scale]
            text = rest
    if not text:
        return total
    small = _below_ten_thousand(text)
    # 一万五 is 15000: a last digit without a place takes the place below the one before it
    last = len(text) == 1 and text in known.digits and not text.isdigit()
    if total and last and numeral[-2] in known.big:
        small = Decimal(known.scales[numeral[-2]]) / 10 * small
    return total + small


def _below_ten_thousand(text: str) -> Decimal:
    known = numerals()
    if text[0].isascii():  # 3千5百: Arabic digits before places
        parts = _PARTS.findall(text)
        if "".join(digits + place for digits, place in parts) != text:
            raise ValueError(f"{text!r} is no numeral")
        values = (Decimal(digits) * known.places.get(place, 1) for digits, place in parts)
        return sum(values, Decimal(0))
    whole, _, fraction = text.partition("点")
    value = Decimal(_whole_number(whole))
    return (
        value + Decimal(f"0.{''.join(str(known.digits[c]) for c in fraction)}")
        if fraction
        else value
    )


def _whole_number(text: str) -> int:
    """A Chinese numeral below ten thousand without a fraction."""
    digits, places = numerals().digits, numerals().places
    if all(c in digits for c in text):  # 二〇一一, read digit by digit
        return int("".join(str(digits[c]) for c in text))
    value, digit, place, last = 0, 0, 1, 10_000
    for char in text:
        if char in places:
            place = places[char]
            if place >= last:  # 十百, 二十十
                raise ValueError(f"{text!r} is no numeral: its places do not fall")
            last = place
            value += (digit or 1) * place if digit or not value else place
            digit = 0
        elif char in digits:
            if digit:  # 四五百六十
                raise ValueError(f"{text!r} is no numeral: two digits side by side")
            digit, place = digits[char], place if char not in "零〇" else 1
        else:
            raise ValueError(f"{text!r} is no numeral: {char!r} is not a numeral character")
    # 一百二 is 120
    return value + digit * (place // 10 if place > 10 else 1)


def decimals(text: str) -> int:
    """How many digits a number has after its decimal point, as printed.

    >>> decimals("83.7%"), decimals("25%")
    (1, 0)
    """
    digits = "".join(c for c in text if c.isdigit() or c == ".")
    return len(digits.partition(".")[2])


def rounded(value: float | Decimal | Fraction, places: int) -> str:
    """A number with so many decimals as people round it: a half goes up, and what is rounded is the
    number itself, of a floating-point number the digits that it is written with.

    >>> rounded(70.25, 1), rounded(2.675, 2), rounded(Fraction(10100, 201), 1), rounded(-0.5, 0)
    ('70.3', '2.68', '50.2', '-1')
    """
    number = _decimal(value)
    if not number.is_finite():
        return str(float(value))
    return f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"


def significant(value: float | Decimal | Fraction, digits: int) -> str:
    """A number with so many digits as people round it, no zeros behind its point; of a whole number
    with more digits all of them.

    >>> significant(84.6153, 4), significant(0.0345, 2), significant(20.0, 4), significant(12345, 4)
    ('84.62', '0.035', '20', '12345')
    """
    number = _decimal(value)
    if not number or not number.is_finite():
        return rounded(value, 0)
    text = rounded(value, max(digits - 1 - number.adjusted(), 0))
    return text.rstrip("0").rstrip(".") if "." in text else text


def _decimal(value: float | Decimal | Fraction) -> Decimal:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return value if isinstance(value, Decimal) else Decimal(str(float(value)))
