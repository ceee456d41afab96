"""Figures per town, head or household: a claim of the same report, or a user's table, below the line. No candidate is guessed."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from .errors import QzError
from .registry import load
from .ways import Row, records

__all__ = ["divide"]

_Below = dict[str, Any]  # value, unit, text, bound, period, status, claims
_Find = Callable[[Row], list[_Below]]
_KINDS = {"count", "measure", "money"}
# words right before a number that speak of each one: 15个镇都有了10-20人; 每年 says when, not of whom
_EACH = re.compile("每(?![年月天日季周])|各[省市县区镇乡村街社站所户]|[都均](?=[有设配建])[^,;。:]*$")
_TURNED = {"exact": "exact", "min": "max", "max": "min"}


def divide(rows: Sequence[Row], claims: pd.DataFrame, per: str | pd.DataFrame) -> list[Row]:
    """The rows per unit: value divided by what stands below the line, with both as numerator and denominator.

    A row has no value, and a flaw that says why, where nothing fits below the line, more than one number does, it is masked, or the
    report already speaks of each unit (15个镇都有了10-20人). Rates, changes and standards per something (kind `per`) are left out.

    Args:
        rows: rows of a panel before their caveats.
        claims: the claims table that they come from.
        per: a section of `vocabulary/denominators.toml` (towns, villages, population, households, staff), or a family, a unit or words of the
            subject; or a DataFrame with the columns place and value, and if wanted period and unit.

    Raises:
        QzError: a column of the table is missing, or no row can be divided.
    """
    whole = [row for row in rows if row["kind"] in _KINDS and row["measure"] != "persons_per_batch"]
    if rows and not whole:
        raise QzError(
            "per: rates, changes, standards and persons per batch cannot be divided once more; "
            "take batches, person_times, funds or staff"
        )
    find, one, noun = _in_claims(claims, per) if isinstance(per, str) else _in_table(per, whole)
    return [_divided(row, find(row), one, noun) for row in whole]


def _divided(row: Row, found: list[_Below], one: str, noun: str) -> Row:
    nan = float("nan")
    flaw, below = _flaw(row, found), found[0] if found else None
    unit = (below or {}).get("unit") or noun
    row = row | {"kind": "per", "measure": f"{row['measure']}_per_{one}", "unit": f"{row['unit']}/{unit}", "how": "recomputed",
                 "numerator": row["value"], "denominator": nan, "flaws": [flaw] if flaw else []}  # fmt: skip
    if flaw or below is None:
        return row | {"value": nan, "low": nan, "high": nan}
    if row["period"] and below["period"] and row["period"] != below["period"]:
        row["flaws"] = ["denominator of another period"]
    number = below["value"]
    ends = {name: row[name] / number for name in ("value", "low", "high")}
    claims = ";".join(filter(None, (str(row["claims"]), below["claims"])))
    return row | ends | {"denominator": number, "bound": _bound(row["bound"], below["bound"]), "claims": claims,
                         "text": f"{row['text']} / {below['text']}"}  # fmt: skip


def _flaw(row: Row, found: list[_Below]) -> str:
    """Why a row cannot be divided, in a caveat's name; empty if it can."""
    if _EACH.search(re.split("[,;。:]", row["before"])[-1]):
        return "already per unit"
    if any(below["status"] != "ok" for below in found):
        return "masked denominator"
    if len({below["value"] for below in found}) > 1:
        return "several denominators"
    return "" if found and found[0]["value"] > 0 else "no denominator"


def _bound(above: str, below: str) -> str:
    """Bound of a quotient: 100多 / 15 is at least, 100 / 近15 is about; a range stays one."""
    turned = _TURNED.get(below, "approx")
    if turned in {"exact", above}:
        return above
    return turned if above == "exact" else "approx"


def _in_claims(claims: pd.DataFrame, per: str) -> tuple[_Find, str, str]:
    """Candidates among the claims of the row's own report and place, those that surely fit first."""
    spec = load("denominators").get(per)
    fits = claims["kind"].isin(["count", "measure"]) & claims["role"].ne("base")
    if spec:
        for column, names in (("measure", "measures"), ("family", "families")):
            fits &= claims[column].isin(spec[names]) if spec[names] else True
    at: dict[tuple[str, int, str], list[_Below]] = {}
    for claim in records(claims[fits]):
        noun = _noun(claim, spec) if spec else _matching(claim, per)
        if noun is not None or (spec and spec["alone"]):
            status = "range" if claim["bound"] == "range" else claim["status"]
            below = {name: claim[name] for name in ("value", "text", "bound", "period")}
            below |= {"unit": noun, "status": status, "claims": str(claim["start"])}
            at.setdefault((claim["doc"], claim["report"], claim["place"]), []).append(below)

    def find(row: Row) -> list[_Below]:
        own = set(str(row["claims"]).split(";"))
        found = [b for b in at.get((row["doc"], row["report"], row["place"]), []) if b["claims"] not in own]
        found.sort(key=lambda below: below["unit"] is None)
        return found if found and found[0]["unit"] is not None else []

    return (find, spec["one"], spec["zh"]) if spec else (find, per, per)


def _noun(claim: Row, spec: Row) -> str | None:
    """The noun of the unit if the words say that the claim counts the whole."""
    noun, subject = re.match(spec["after"], claim["after"]), claim["subject"].removeprefix(claim["place"])
    fits = noun and re.search(spec["before"], claim["before"]) and re.search(spec["subject"], subject)
    return spec["unit"] or noun[0] if fits and noun else None


def _matching(claim: Row, per: str) -> str | None:
    return claim["unit"] if per in {claim["family"], claim["unit"]} or per in claim["subject"] else None


def _in_table(table: pd.DataFrame, rows: Sequence[Row]) -> tuple[_Find, str, str]:
    """Rows of a user's table, by place and, if it has one, period; a masked place is no key where two reports share the mask."""
    missing = {"place", "value"} - set(table.columns)
    if missing:
        raise QzError(
            f"per: the table lacks the column {', '.join(sorted(missing))}; it needs place and value, and may have period and unit"
        )
    filled = table.assign(**{name: "" for name in ("period", "unit") if name not in table})
    given = records(
        filled.assign(period=filled["period"].fillna("").astype(str), unit=filled["unit"].fillna("").astype(str))
    )
    homes: dict[str, set[tuple[str, int]]] = {}
    for row in rows:
        homes.setdefault(row["place"], set()).add((row["doc"], row["report"]))

    def find(row: Row) -> list[_Below]:
        mine = [entry for entry in given if entry["place"] == row["place"]]
        mine = [e for e in mine if e["period"] == row["period"]] or [e for e in mine if not e["period"]]
        shared = any(c in row["place"] for c in "*xX某") and len(homes[row["place"]]) > 1
        known = [e for e in mine if pd.notna(e["value"])] if not shared else []
        return [{"value": float(e["value"]), "unit": e["unit"], "text": f"{e['value']:,.10g}{e['unit']}", "bound": "exact",
                 "period": e["period"], "status": "ok", "claims": ""} for e in known]  # fmt: skip

    return find, "unit", "unit"
