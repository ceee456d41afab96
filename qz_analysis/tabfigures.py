"""A cell of a table with its words: one number, two, a range; the unit is the cell's, the column's, the row's or the caption's."""

import re

from .headings import (
    CHANGE,
    PLAIN,
    SHARE,
    known,
    spoken,
    unit_free,
    unit_of,
)
from .tabcells import BARE, TWO, Cell, Teller, quiet

__all__ = ["say_cell"]

_TWO_HEADS = re.compile(
    r"(?:(?P<before>[^/()]*)\()?(?P<one>[^/()]+)(?:/(?P<two>[^/()]+)|\((?P<in>[^/()]+)\))(?(before)\))"
)
_AMOUNT = re.compile(r"金额|资金|款|收入|支出|产值|总值|经费|投资|补助|成本|预算|决算|费用?$")
_SCALED = "[十百千]?[万亿]"
_ONE_WAY = re.compile(r"增长|增加|(?<!增)(?:减少|减幅)|增幅|上升|下降|降低|降幅")
_DIRECTED = re.compile(r"(?:增减|增长|增幅|变化|升降|增\+?减-?|±)[幅率数额量值]?度?$")
_BY = re.compile(r"[数额量值]$")
_RUNS_ON = tuple("一二三四五六七八九十百千万亿.x*?-~/%")  # words that end so would become part of the number


def say_cell(teller: Teller, cell: Cell, words: str, name: str, about: str, own: str, above: list[str]) -> None:
    """A cell with the words before it: a number, two, a range, or words of its own.

    Args:
        teller: what the sentence is put into.
        cell: the cell.
        words: what is said before it.
        name: the head of its column.
        about: the heads of its column and its row.
        own: the unit that its row gives, or an empty string.
        above: the units that the table's caption gives.
    """
    unit = cell.unit or _unit(name, about, own, above)
    two, heads = TWO.fullmatch(cell.text), _TWO_HEADS.fullmatch(name)
    if cell.number:
        _figure(teller, cell, words, unit, about)
    elif two:
        _both(teller, cell, two, heads, words, own, above)
    elif cell.range and unit:
        teller.say(quiet(words) + ":" * words.endswith(_RUNS_ON), cell.start)
        teller.keep(cell.start, cell.end)
        teller.say(unit, cell.end - 1)
    else:
        teller.say(quiet(words), cell.start)
        teller.keep(cell.start, cell.end)


def _figure(teller: Teller, cell: Cell, words: str, unit: str, name: str) -> None:
    """A number with the words before it and its unit; a sign under a head of change is said as a direction."""
    start, sign = cell.start, cell.text[0]
    if sign in "+-↑↓":
        if not CHANGE.search(name) and sign in "+-":
            teller.say(quiet(words), start)
            teller.keep(start, cell.end)  # what is below nothing is no count
            return
        words = _DIRECTED.sub("", words) + ("下降" if sign in "-↓" else "增长")
        start += 1
    elif _ONE_WAY.match(cell.text):
        words = _DIRECTED.sub("", words)
    elif CHANGE.search(name) and not _ONE_WAY.search(words):
        words = _DIRECTED.sub("", words) + "增长"
    words = quiet(words)
    teller.say(words + ":" * words.endswith(_RUNS_ON), start)
    teller.keep(start, cell.end)
    teller.say("" if cell.unit else unit or BARE, cell.end - 1)


def _both(teller: Teller, cell: Cell, two: re.Match[str], heads: re.Match[str] | None, words: str, own: str, above: list[str]) -> None:  # fmt: skip
    """Two numbers of one cell, where the head names both; else the cell is words, for 12/45 is no share."""
    first = heads["one"] if heads else ""
    before = (heads["before"] or "") if heads else ""
    second = (heads["two"] or heads["in"]) if heads else ""
    ends = [("one", first), ("two" if two["two"] else "in", second)]
    units = [two[key][-1] if two[key][-1] in "%‰" else _unit(part, part, "", above) for key, part in ends]
    units = [unit or (part if known(part) else "") for unit, (_, part) in zip(units, ends, strict=True)]
    if two["in"] and units[1] in {"%", "‰"} and (first or not heads):  # 12(34.5%)
        second = second if SHARE.search(second) else "占比"
        units[0] = units[0] or own
    elif not all(units):
        teller.say(quiet(words + cell.text), cell.start)
        return
    words = (
        words.removesuffix(unit_free(spoken(heads[0])) if heads else "")
        + before
        + ("" if PLAIN.fullmatch(first) or known(first) else first)
    )
    for n, ((key, part), unit) in enumerate(zip(ends, units, strict=True)):
        start, end = cell.start + two.start(key), cell.start + two.end(key)
        said = words if not n else ("," + ("" if known(part) else second))
        teller.say(quiet(said) + ":" * said.endswith(_RUNS_ON), start)
        teller.keep(start, end)
        teller.say("" if two[key][-1] in "%‰" else unit or BARE, end - 1)


def _unit(name: str, about: str, own: str, above: list[str]) -> str:
    """The unit of a bare number: the column's, the row's, the caption's; 人 of 人数 is 万人 where the caption says so."""
    share = SHARE.search(name) and not _BY.search(unit_free(name))
    unit = unit_of(name) or (name if known(name) else "") or ("" if share else own)
    if unit:
        written = f"({unit})" in name.replace("单位", "").replace(":", "") or name.endswith(unit) or unit == own
        larger = [u for u in above if re.fullmatch(_SCALED + re.escape(unit), u)]
        return larger[0] if len(larger) == 1 and not (written and "(" in name) else unit
    if SHARE.search(about) and not (above and above[0] in {"%", "‰"}):
        return ""
    money = [unit for unit in above if unit.endswith("元")]
    if len(above) > 1:
        return money[0] if len(money) == 1 and _AMOUNT.search(name) else ""
    return above[0] if above else ""
