"""Claims and relations → a panel: one row per figure, with where it comes from and what speaks against comparing it."""

import itertools
from collections.abc import Iterator
from typing import Any

import pandas as pd

from .auditing import audit
from .errors import QzError
from .fields import PANEL, frame
from .registry import load

__all__ = ["compare", "evidence", "indicators", "wilson"]

_FEW = 30
_STAGED = {"received", "resolved"}


def indicators(lang: str = "en") -> pd.DataFrame:
    """What can be compared: name, title and definition of every indicator.

    Args:
        lang: `en` or `zh`.

    Returns:
        one row per indicator with the columns indicator, title, definition, unit.

    >>> indicators().loc[0, "indicator"]
    'visits'
    """
    rows = [(name, d[lang], d[f"what_{lang}"], d["unit"]) for name, d in load("indicators").items()]
    return pd.DataFrame(rows, columns=["indicator", "title", "definition", "unit"])


def compare(
    claims: pd.DataFrame, relations: pd.DataFrame | None = None, *, indicator: str, places: list[str] | None = None
) -> pd.DataFrame:
    """Panel of one indicator over all places of a claims table.

    Args:
        claims: a claims table, as `extract` gives it.
        relations: the relations found in it; audited anew when not given.
        indicator: a name of `indicators()`: visits, rates, changes, funds, …
        places: keep only these places; all unless given.

    Returns:
        one row per figure in the order of the documents, with the columns of `fields.PANEL`; empty when nothing fits.

    Raises:
        QzError: there is no such indicator.

    >>> from qz_analysis import extract
    >>> panel = compare(extract("全县接待来访群众193批次389人次。"), indicator="visits")
    >>> panel[["value", "numerator", "denominator", "how"]].round(2).values.tolist()
    [[2.02, 389.0, 193.0, 'recomputed']]
    """
    known = load("indicators")
    if indicator not in known:
        raise QzError(f"there is no indicator {indicator!r}; there are: {', '.join(known)}")
    spec = known[indicator]
    if places is not None:
        claims = claims[claims["place"].isin(places)]
    relations = audit(claims) if relations is None else relations
    marks = _marks(relations)
    rows = [_finish(row, marks) for row in _WAYS[spec["way"]](claims, relations, spec)]
    return frame(([row[f.name] for f in PANEL] for row in rows), PANEL)


def evidence(panel: pd.DataFrame) -> pd.DataFrame:
    """The panel as a reader checks it: what was printed, where it stands, how it was obtained, what speaks against it.

    Args:
        panel: a panel of `compare`.

    Returns:
        one row per figure with the columns place, period, what, direction (of changes), printed, counts, how, audit, caveats and where
        (document and raw offsets of the claims behind the figure).

    >>> from qz_analysis import extract
    >>> panel = compare(extract("甲县受理事项43宗，办结36宗，办结率83.7%。"), indicator="rates")
    >>> evidence(panel).loc[0, ["printed", "counts", "where"]].tolist()
    ['83.7%', '36 / 43', 'text: 19, 12, 6']
    """
    counted = panel["numerator"].notna() & panel["denominator"].notna()
    counts = [
        f"{above:,.0f} / {below:,.0f}" if known else ""
        for above, below, known in zip(panel["numerator"], panel["denominator"], counted, strict=True)
    ]
    where = panel["doc"] + ": " + panel["claims"].str.replace(";", ", ")
    names = {"subject": "what", "text": "printed"}
    shown = panel[["place", "period", "subject", "direction", "text", "how", "audit", "caveats"]].rename(columns=names)
    shown.insert(5, "counts", counts)
    if not panel["direction"].any():
        shown = shown.drop(columns="direction")
    return shown.assign(where=where).reset_index(drop=True)


def wilson(numerator: float, denominator: float) -> tuple[float, float]:
    """95 % Wilson score interval of a share, in per cent (Wilson 1927, as scipy computes it).

    Args:
        numerator: how many were resolved, a whole number.
        denominator: of how many, a whole number not below it.

    >>> [round(x, 1) for x in wilson(36, 43)]
    [70.0, 91.9]
    """
    from scipy.stats import binomtest

    interval = binomtest(int(numerator), int(denominator)).proportion_ci(method="wilson")
    return float(interval.low) * 100, float(interval.high) * 100


Row = dict[str, Any]
_TAKEN = ["doc", "report", "place", "level", "period", "family", "stage", "measure", "unit", "kind", "direction", "subject", "value",
          "low", "high", "bound", "status", "text"]  # fmt: skip


def _select(claims: pd.DataFrame, relations: pd.DataFrame, spec: Row) -> Iterator[Row]:
    for claim in _chosen(claims, spec):
        if not spec["unit"] or claim["unit"].partition("/")[0] == spec["unit"]:
            yield {**_from(claim), "how": "stated", "claims": str(claim["start"])}


def _chosen(claims: pd.DataFrame, spec: Row) -> list[Row]:
    table = claims[
        claims["family"].isin(spec["families"]) & claims["kind"].isin(spec["kinds"]) & (claims["role"] != "base")
    ]
    return _records(table)


def _records(table: pd.DataFrame) -> list[Row]:
    return [{str(k): v for k, v in row.items()} for row in table.to_dict("records")]


def _key(claim: Row) -> tuple[str, int, int]:
    return claim["doc"], claim["report"], claim["start"]


def _from(claim: Row) -> Row:
    return {name: claim[name] for name in _TAKEN}


def _pairs(claims: pd.DataFrame, relations: pd.DataFrame, spec: Row) -> Iterator[Row]:
    """Batches with the person-times right behind them: 193批次389人次, 39批次、508人次."""
    chosen = [c for c in _chosen(claims, spec) if c["measure"] in {"batches", "person_times"}]
    for first, second in itertools.pairwise(chosen):
        together = all(first[k] == second[k] for k in ("doc", "report", "sentence"))
        ordered = (first["measure"], second["measure"]) == ("batches", "person_times")
        if not (together and ordered and second["start"] - first["end"] <= 6):
            continue
        value = second["value"] / first["value"] if first["value"] else float("nan")
        how = "recomputed" if value == value else "stated"
        yield {**_from(first), "value": value, "measure": "persons_per_batch", "unit": spec["unit"], "how": how,
               "numerator": second["value"], "denominator": first["value"], "text": first["text"] + second["text"],
               "claims": f"{first['start']};{second['start']}"}  # fmt: skip


def _rates(claims: pd.DataFrame, relations: pd.DataFrame, spec: Row) -> Iterator[Row]:
    """Stated rates with their counts, then rates that two counts give and nobody stated."""
    at = {_key(c): c for c in _records(claims)}
    counted: dict[tuple[str, int, int], tuple[Row, Row]] = {}
    for relation in relations[relations["type"] == "rate"].itertuples():
        rate, top, bottom = (int(s) for s in str(relation.starts).split(";"))
        key = (str(relation.doc), int(str(relation.report)))
        if (*key, rate) in at:  # relations of places that were left out stay out
            counted[*key, rate] = at[*key, top], at[*key, bottom]
    used = {_key(part) for pair in counted.values() for part in pair}
    rows: list[tuple[str, int, int, Row]] = []
    for claim in _chosen(claims, spec):
        if claim["unit"] != "%" or claim["role"] == "share":
            continue
        pair = counted.get(_key(claim))
        row = {**_from(claim), "measure": "rate", "how": "stated", "claims": str(claim["start"])}
        if pair:
            row |= {"how": "stated and recomputed", "numerator": pair[0]["value"], "denominator": pair[1]["value"],
                    "subject": pair[1]["subject"], "claims": f"{claim['start']};{pair[0]['start']};{pair[1]['start']}"}  # fmt: skip
        rows.append((*_key(claim), row))
    for below, above in _unstated(claims, spec, used):
        row = {**_from(above), "measure": "rate", "unit": "%", "kind": "rate", "subject": below["subject"] or above["subject"],
               "value": 100 * above["value"] / below["value"], "numerator": above["value"], "denominator": below["value"],
               "how": "recomputed", "text": f"{above['text']} / {below['text']}", "claims": f"{above['start']};{below['start']}"}  # fmt: skip
        rows.append((*_key(above), row))
    order = {doc: i for i, doc in enumerate(claims["doc"].unique())}
    yield from (row for *_, row in sorted(rows, key=lambda r: (order[r[0]], r[1], r[2])))


def _unstated(claims: pd.DataFrame, spec: Row, used: set[tuple[str, int, int]]) -> Iterator[tuple[Row, Row]]:
    """A received count and the resolved count next to it, of one unit and sentence, that no stated rate uses."""
    counts = [c for c in _chosen(claims, {**spec, "kinds": ["count"]}) if c["stage"] in _STAGED and c["status"] == "ok"]
    for below, above in itertools.pairwise(counts):
        same = all(below[k] == above[k] for k in ("doc", "report", "sentence", "unit", "family"))
        free = not any(_key(c) in used for c in (below, above))
        if (
            same
            and free
            and (below["stage"], above["stage"]) == ("received", "resolved")
            and below["value"] >= above["value"] > 0
        ):
            yield below, above


_WAYS = {"select": _select, "pairs": _pairs, "rates": _rates}


def _marks(relations: pd.DataFrame) -> dict[tuple[str, int, str], str]:
    """Verdict by the claim whose figure was recomputed; a bad one outweighs a good one."""
    marks: dict[tuple[str, int, str], str] = {}
    for row in relations.sort_values("verdict", ascending=False).itertuples():
        for start in str(row.starts).split(";")[: None if row.type == "repeat" else 1]:
            marks[str(row.doc), int(str(row.report)), start] = str(row.verdict)
    return marks


def _finish(row: Row, marks: dict[tuple[str, int, str], str]) -> Row:
    """The row with its interval, audit mark, name and caveats."""
    nan = float("nan")
    row = {"numerator": nan, "denominator": nan, "ci_low": nan, "ci_high": nan, **row}
    row["audit"] = marks.get((row["doc"], row["report"], str(row["claims"]).split(";")[0]), "")
    if row["measure"] == "rate" and 0 <= row["numerator"] <= row["denominator"]:
        row["ci_low"], row["ci_high"] = wilson(row["numerator"], row["denominator"])
    what = "change" if row["kind"] == "change" else row["measure"]
    row["indicator"] = f"{row['family']}.{row['stage']}.{what}"
    row["caveats"] = "; ".join(_caveats(row))
    return row


def _caveats(row: Row) -> list[str]:
    period = row["period"]
    tests = {
        "masked place": any(c in row["place"] for c in "*x"),
        "masked year": "xx" in period,
        "masked figure": row["status"] == "redacted",
        "part of a year": "-" in period,
        "cumulative": period.endswith("+"),
        "no period": not period,
        "hedged": row["bound"] in {"approx", "min", "max"},
        "no counts": row["measure"] == "rate" and row["how"] == "stated",
        "few": row["measure"] == "rate" and row["denominator"] < _FEW,
        "spoilt": row["status"] == "spoilt",
        "contradicted": row["audit"] == "bad",
    }
    return [name for name in load("caveats") if tests[name]]
