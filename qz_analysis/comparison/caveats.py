"""Caveats of a figure, alone and beside others; what makes `compare(strict=True)` refuse a panel."""

import re
from collections.abc import Iterable, Sequence

import pandas as pd

from ..arithmetic.passages import grams
from ..errors import QzError
from ..vocabularies.patterns import Pattern
from ..vocabularies.session import load
from .indicators import Row

__all__ = ["refusals"]

#: cases below which a rate says little
FEW = 30
# no place of China is called by Latin letters: they are masks
_MASK = re.compile("[*×某A-Za-z]")
# 我县, 全镇, 县: the report's word for its own place, which tells no name
_OWN_WORD = re.compile(r"[我本全]?(?:[省市县区乡镇村]|街道|社区)")
_NAMELESS = re.compile(rf"{_MASK.pattern}|^{_OWN_WORD.pattern}$")
# 高新区, 开发区: every city has one
_ZONE = Pattern("places", "{zones}")
_QUALIFIERS = Pattern("caveats", "{qualifiers}")
_DIFFERENT = {
    "family": "different families",
    "stage": "different stages",
    "measure": "different measures",
}


def nameless(place: str) -> bool:
    """Whether a place has no name of its own, so that two reports that use the word may mean two
    places.

    >>> nameless("**县"), nameless("我县"), nameless("aa"), nameless("通江县")
    (True, True, True, False)
    """
    return not place or bool(_NAMELESS.search(place)) or is_zone(place)


def is_zone(place: str) -> bool:
    """Whether a place is a zone by its kind alone, of which every city may have one.

    >>> is_zone("高新区"), is_zone("桥西区")
    (True, False)
    """
    return bool(_ZONE.fullmatch(place))


def own_word(place: str) -> bool:
    """Whether what stands for a place is only what its report calls itself, which no other reader
    can know a place by.

    >>> own_word("我县"), own_word("县"), own_word("**县"), own_word("通江县")
    (True, True, False, False)
    """
    return bool(_OWN_WORD.fullmatch(place))


def identity(row: Row) -> tuple[str, str]:
    """Place and, unless the place has a name, report: two masked counties need not be the same one."""
    return row["place"], f"{row['doc']}:{row['report']}" if nameless(row["place"]) else ""


def caveats_of(row: Row) -> list[str]:
    """Named reservations that a figure carries by itself, in the order of
    `vocabularies/caveats.toml`.
    """
    period, rate = row["period"], row["measure"] == "rate"
    tests = {
        "masked place": _MASK.search(row["place"]) is not None,
        "masked year": "xx" in period,
        "masked figure": row["status"] == "redacted",
        "part of a year": _span(period) == "part",
        "cumulative": _span(period) == "cumulative",
        "no period": not period and row["measure"] != "redacted_share",
        "hedged": row["bound"] in {"approx", "min", "max"},
        "no counts": rate and row["how"] == "stated",
        "few": rate and row["denominator"] < FEW,
        "spoilt": row["status"] == "spoilt",
        "contradicted": row["audit"] == "bad",
        "target": row.get("modality") == "planned",
        "standard": row.get("modality") == "required" and row["kind"] != "per",
    }
    return [name for name in load("caveats") if tests.get(name)]


def with_caveats(rows: Sequence[Row], by: str) -> list[Row]:
    """The rows with their caveats: their own, those of a division (`flaws`), and those relative to
    the other rows.

    Period, level, subject and part are held against the rows of one indicator; family, stage and
    measure against the whole panel.
    """
    mixed = {name for name in ("family", "stage") if len({row[name] for row in rows}) > 1}
    if len({_measured(row) for row in rows}) > 1:
        mixed.add("measure")
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["indicator"], []).append(row)
    against = {name: _against(group) for name, group in groups.items()}
    shared = {_DIFFERENT[name] for name in mixed}
    asked = {
        "period": "different periods",
        "level": "levels differ",
        "family": "different families",
    }.get(by)
    return [
        row | {"caveats": _named(row, against[row["indicator"]] | shared, asked)} for row in rows
    ]


def _named(row: Row, relative: set[str], asked: str | None) -> str:
    told = {*caveats_of(row), *row.get("flaws", ()), *relative} - {asked}
    if not row["period"]:  # a figure without a period has said so
        told -= {"different periods", "cumulative against annual", "part of a year against a year"}
    return "; ".join(name for name in load("caveats") if name in told)


def _against(group: Sequence[Row]) -> set[str]:
    """What differs among the rows of one indicator."""
    periods = {row["period"] for row in group} - {""}
    spans = {_span(period) for period in periods}
    tests = {
        "different periods": len(periods) > 1,
        "cumulative against annual": "cumulative" in spans and len(spans) > 1,
        "part of a year against a year": "part" in spans and bool(spans & {"year", "years"}),
        "levels differ": len({row["level"] for row in group} - {""}) > 1,
        "different subjects": len(group) > 1
        and not _common(row["subject"].replace(row["place"] or " ", " ") for row in group),
        "part against whole": len({row["role"] == "part" for row in group}) > 1,
    }
    return {name for name, holds in tests.items() if holds}


def _span(period: str) -> str:
    """What stretch of time a period is: cumulative, part of a year, several years, a year, or none
    that is stated.
    """
    if period.endswith("+"):
        return "cumulative"
    if ".." in period:
        return "years"
    return "part" if "-" in period else "year" if period else ""


def times_apart(rows: Sequence[Row]) -> bool:
    """Whether rows tell of times that differ, or are not known to be the same.

    >>> times_apart([{"period": "2011"}, {"period": "2011"}]), times_apart([{"period": "2011"}, {"period": ""}])
    (False, True)
    """
    periods = {row["period"] for row in rows}
    return len(periods) > 1 or any("xx" in period or not period for period in periods)


def refused(row: Row) -> bool:
    """Whether a row of a panel bears a caveat for which a strict comparison refuses it."""
    known = load("caveats")
    return any(known[name]["strict"] == "refuse" for name in row["caveats"].split("; ") if name)


def _measured(row: Row) -> tuple[str, bool, str]:
    """A total and a standard per case are two things, and so are standards per case and per month."""
    return row["measure"], row["kind"] == "per", row["unit"].partition("/")[2]


def _common(subjects: Iterable[str]) -> bool:
    """Whether all subjects share two characters side by side that say what is counted; all may also
    say nothing.
    """
    pieces = [grams(_QUALIFIERS.sub(" ", subject)) for subject in set(subjects)]
    return bool(set.intersection(*pieces)) or not any(pieces) or len(pieces) == 1


def refusals(panel: pd.DataFrame) -> pd.DataFrame:
    """Why `compare(strict=True)` would refuse a panel: one row a reason, with the places that it is of.

    Args:
        panel: a panel of `compare`, made without `strict`.

    Returns:
        a DataFrame with the columns caveat, figures (how many have it) and places (joined by `;`),
        in the order of the vocabulary; empty where the figures can be compared.

    >>> from qz_analysis import compare, extract
    >>> claims = extract("桥西区受理来访200批次。2011年，彝良县受理来访100批次。")
    >>> refusals(compare(claims, indicator="batches")).values.tolist()
    [['no period', 1, '桥西区']]
    """
    rows = []
    for name, caveat in load("caveats").items():
        has = panel["caveats"].map(lambda text, name=name: name in str(text).split("; "))
        if caveat["strict"] == "refuse" and has.any():
            mine = panel[has]
            places = mine["place"].where(mine["place"].ne(""), mine["doc"])
            rows.append((name, int(has.sum()), ";".join(dict.fromkeys(places))))
    return pd.DataFrame(rows, columns=["caveat", "figures", "places"])


def refuse(rows: Sequence[Row], indicator: str, places: Sequence[str] | None) -> None:
    """Refuse a panel whose rows do not mean one thing."""
    absent = [place for place in places or () if place not in {row["place"] for row in rows}]
    reasons = [f"nothing stated ({', '.join(absent)})"] if absent else []
    for name, caveat in load("caveats").items():
        where = dict.fromkeys(
            row["place"] or row["doc"] for row in rows if name in row["caveats"].split("; ")
        )
        if caveat["strict"] == "refuse" and where:
            reasons.append(f"{name} ({', '.join(where)})")
    if reasons:
        raise QzError(
            f"{indicator}: these figures are not one comparison: {'; '.join(reasons)}; without strict they come with caveats"
        )
