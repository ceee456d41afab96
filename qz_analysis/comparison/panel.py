"""The panel of an indicator: one row per figure, with its source and its caveats."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Literal, get_args

import pandas as pd

from ..arithmetic.audit import audit
from ..errors import QzError
from ..extraction.agreement import wilson
from ..extraction.corrections import COLUMNS, NUMBERS, cell
from ..model import NEEDED, Tables, claims_columns, starts_of
from ..schema import ABOUT, PANEL, TITLES, frame
from ..vocabularies.labels import SIGNS, Lang, code_of, single
from ..vocabularies.numerals import rounded, significant
from ..vocabularies.session import load
from .caveats import nameless, refuse, with_caveats
from .indicators import (
    STRATEGIES,
    Modality,
    Row,
    counts_of,
    divide,
    left_out,
    marks,
    of_modality,
    records,
    with_parts,
)

__all__ = ["compare", "evidence", "indicators"]

By = Literal["place", "period", "level", "family"]
_LEVELS = ["province", "city", "county", "town", "village", "bureau", ""]
_BETTER = {
    "en": {"higher": "higher is better", "lower": "lower is better", "neither": "neither"},
    "zh": {"higher": "越高越好", "lower": "越低越好", "neither": "高低均无优劣之分"},
}


def indicators(lang: Lang | None = None) -> pd.DataFrame:
    """What can be compared: name, title and definition of every indicator, which way is better, and
    what it may not be set against.

    Args:
        lang: `en` or `zh`; that in force (see `language`) unless given.

    Returns:
        one row per indicator with the columns indicator, title, definition, unit (empty: as each
        report counts), direction and not_with.

    Raises:
        QzError: another language.

    >>> indicators().loc[0, "indicator"]
    'visits'
    >>> indicators("zh").set_index("indicator").loc["pending", "direction"]
    '越低越好'
    """
    lang = single() if lang is None else lang
    if lang not in _BETTER:
        raise QzError(f"there is no language {lang!r}; there are: en, zh")
    rows = [
        (
            name,
            d[lang],
            d[f"what_{lang}"],
            d["unit"],
            _BETTER[lang][d["direction"]],
            d[f"not_with_{lang}"],
        )
        for name, d in load("indicators").items()
    ]
    return pd.DataFrame(
        rows, columns=["indicator", "title", "definition", "unit", "direction", "not_with"]
    )


def compare(
    claims: pd.DataFrame | Tables,
    relations: pd.DataFrame | None = None,
    *,
    indicator: str,
    places: Sequence[str] | str | None = None,
    by: By = "place",
    strict: bool = False,
    per: str | pd.DataFrame | None = None,
    modality: Modality = "actual",
) -> pd.DataFrame:
    """Panel of one indicator over all places of a claims table; lined up, never ranked.

    Args:
        claims: a claims table, as `extract` gives it, or the tables of a run.
        relations: the relations found in it; audited anew when not given.
        indicator: a name of `indicators()`: visits, rates, changes, funds, …, or of
            `named_indicators()`: mediation_success_rate, …; either also by its title in Chinese or
            English.
        places: keep only these places; all unless given.
        by: what the rows are lined up by (column `group`): groups of places and families as they
            first appear, of periods from early to late, of
            levels from province to village; within a group the order of the documents. Reports that
            mask a place are groups apart.
        strict: refuse a panel whose figures do not mean one thing, instead of setting caveats.
        per: what each figure is divided by: `towns`, `villages`, `population`, `households` or
            `staff` of the same report, or a family, a unit
            or words of the subject of one of its claims; or a DataFrame with the columns place and
            value, and if wanted period and unit.
        modality: `actual` figures unless asked: `planned` for targets, `required` for standards,
            `any` for all; what they are divided by is always actual.

    Returns:
        one row per figure with the columns of `schema.PANEL`; empty when nothing fits. A row that
        cannot be divided has no value and a caveat. Claims whose family is unsure (`family_p` below
        the model's margin) are left out; `attrs["unsure"]` says how many, where there are any.

    Raises:
        QzError: there is no such indicator, place or order; what is to be divided is a rate; a table lacks
            a column; or, if strict, the panel mixes
            meanings: the message names every reason and the places.

    >>> from qz_analysis import extract
    >>> claims = extract("2011年，全县接待来访群众193批次389人次。全县15个镇都设立了工作站，共有专职人员243名。")
    >>> compare(claims, indicator="visits")[["value", "numerator", "denominator", "how"]].round(2).values.tolist()
    [[2.02, 389.0, 193.0, 'recomputed']]
    >>> compare(claims, indicator="staff", per="towns")[["value", "unit", "text"]].values.tolist()
    [[16.2, '名/镇', '243名 / 15个']]
    """
    spec = _definition(indicator)
    if by not in get_args(By):
        raise QzError(f"cannot line up by {by!r}; there are: {', '.join(get_args(By))}")
    if isinstance(claims, Tables):
        relations = claims.relations if relations is None else relations
        claims = claims.claims
    claims_columns(claims, NEEDED)
    if places is not None:
        wanted_places = [places] if isinstance(places, str) else list(places)
        told = list(dict.fromkeys(claims["place"]))
        if not any(place in told for place in wanted_places):
            there = ", ".join(told[:12]) + " …" * (len(told) > 12)
            raise QzError(f"no claim is of {', '.join(wanted_places)}; there are: {there}")
        claims = claims[claims["place"].isin(wanted_places)]
    relations = audit(claims) if relations is None else relations
    below = of_modality(claims, "actual")
    wanted: Modality = "any" if spec["way"] == "redaction" else modality
    asked = of_modality(claims, wanted, standards="per" in spec["kinds"])
    rows = list(STRATEGIES[spec["way"]](asked, relations, spec))
    if per is not None:
        rows = divide(rows, below, per)
    elif (
        "per" in spec
    ):  # a ratio that the registry names is there or not; one that was asked for says why it is missing
        rows = [
            row for row in divide(rows, below, spec["per"]) if "no denominator" not in row["flaws"]
        ]
    rows = lined_up(rows, claims, relations, by)
    if strict:
        refuse(rows, indicator, places)
    made = frame(([row[f.name] for f in PANEL] for row in rows), PANEL)
    made.attrs |= {name: claims.attrs[name] for name in (TITLES, ABOUT) if name in claims.attrs}
    if unsure := left_out(claims, spec):
        made.attrs["unsure"] = unsure
    return made


def _definition(indicator: str) -> dict[str, Any]:
    """Which claims feed an indicator, by its key or its title in either language."""
    known = load("indicators")
    titled = {str(said[lang]): key for lang in ("en", "zh") for key, said in known.items()}
    key = titled.get(indicator, indicator)
    if key in known:
        return dict(known[key])
    if (name := code_of("indicator", indicator)) in load("named"):
        kinds = load("named")[name]["kinds"]
        return {"way": "rates" if kinds == ["rate"] else "select", "kinds": [], "named": name}
    remedy = "named ones, as qz.named_indicators() lists them, are taken too"
    raise QzError(f"there is no indicator {indicator!r}; there are: {', '.join(known)}; {remedy}")


def lined_up(
    rows: list[Row], claims: pd.DataFrame, relations: pd.DataFrame, by: By = "place"
) -> list[Row]:
    """Rows of a strategy, finished: with interval, audit mark, name, group and caveats; groups
    together, never ranked.
    """
    audited, corrected = marks(relations), _corrected(claims)
    finished = _grouped([_finish(row, audited, corrected) for row in rows], by)
    return with_parts(with_caveats(finished, by))


def _grouped(rows: list[Row], by: By) -> list[Row]:
    """The rows with their group, groups together and otherwise in their order."""
    for row in rows:
        shared = by == "place" and nameless(row["place"])
        row["group"] = (
            f"{row['place']} ({row['doc']}:{row['report']})".strip() if shared else row[by]
        )
    first = list(dict.fromkeys(row["group"] for row in rows))
    if by == "level":
        first = _LEVELS
    elif by == "period":
        first = sorted(first, key=lambda period: (not period, period))
    return sorted(rows, key=lambda row: first.index(row["group"]))


def evidence(panel: pd.DataFrame) -> pd.DataFrame:
    """The panel as a reader checks it: what was printed, where it stands, how it was obtained, what
    speaks against it.

    Args:
        panel: a panel of `compare`.

    Returns:
        one row per figure with the columns place, period, what, direction (of changes), printed,
        counts, each (what falls to each unit, where figures were divided), how, audit, caveats, where
        (document and raw offsets of the claims behind the figure) and, if a reviewer corrected any,
        corrected (which columns, and the figure that holds).

    >>> from qz_analysis import extract
    >>> panel = compare(extract("甲县受理事项43宗，办结36宗，办结率83.7%。"), indicator="rates")
    >>> evidence(panel).loc[0, ["printed", "counts", "where"]].tolist()
    ['83.7%', '36 / 43', 'text: 19, 12, 6']
    """
    counted = panel["numerator"].notna() & panel["denominator"].notna()
    counts = [
        " / ".join(counts_of(row)) if known else ""
        for row, known in zip(records(panel), counted, strict=True)
    ]
    where = panel["doc"] + ": " + panel["claims"].str.replace(";", ", ")
    names = {"subject": "what", "text": "printed"}
    shown = panel[
        ["place", "period", "subject", "direction", "text", "how", "audit", "caveats"]
    ].rename(columns=names)
    shown.insert(5, "counts", counts)
    if not panel["direction"].any():
        shown = shown.drop(columns="direction")
    shown = shown.assign(where=where)
    if (panel["kind"].eq("per") & counted).any():
        shown.insert(list(shown).index("how"), "each", [quotient(row) for row in records(panel)])
    if "corrected" in panel and panel["corrected"].fillna("").any():
        shown = shown.assign(corrected=[_correction(row) for row in records(panel)])
    return shown.reset_index(drop=True)


def quotient(row: Row) -> str:
    """What falls to each unit that a row was divided by, with its bound; empty where nothing was.

    >>> from qz_analysis import extract
    >>> text = "全县15个镇都设立了工作站。全县专职人员共240多名。"
    >>> quotient(compare(extract(text), indicator="staff", per="towns").iloc[0].to_dict())
    '≥16'
    """
    value = row["value"]
    if pd.isna(value) or pd.isna(row["denominator"]):
        return ""
    return SIGNS.get(row["bound"], "") + (
        f"{Decimal(rounded(value, 0)):,}" if value >= 1000 else significant(value, 3)
    )


def _correction(row: Row) -> str:
    """What a reviewer corrected behind a figure, and what the figure is now where its number is
    another one.
    """
    names = str(row["corrected"] or "").split(";")
    ends = "–".join(filter(None, (cell(row[name]) for name in NUMBERS)))
    return ", ".join(names) + (
        f": {ends}{row['unit']}" if ends and {*NUMBERS, "unit"} & set(names) else ""
    )


def _corrected(claims: pd.DataFrame) -> dict[tuple[str, int, int], list[str]]:
    """The columns that a reviewer corrected, by document, report and start of the claim."""
    if "corrected" not in claims:
        return {}
    touched = claims.loc[
        claims["corrected"].fillna("").ne(""), ["doc", "report", "start", "corrected"]
    ]
    return {
        (doc, report, int(start)): names.split(";")
        for doc, report, start, names in touched.itertuples(index=False)
    }


def _finish(
    row: Row,
    audited: dict[tuple[str, int, int], str],
    corrected: dict[tuple[str, int, int], list[str]],
) -> Row:
    """The row with its interval, audit mark, name, and what a reviewer corrected in its claims."""
    nan = float("nan")
    row = {"numerator": nan, "denominator": nan, "counts_bound": "", "ci_low": nan, "ci_high": nan, **row}  # fmt: skip
    starts = starts_of(row["claims"])
    summed = row["measure"] == "redacted_share"
    row["audit"] = "" if summed else audited.get((row["doc"], row["report"], starts[0]), "")
    if row["measure"] == "rate" and 0 <= row["numerator"] <= row["denominator"]:
        row["ci_low"], row["ci_high"] = wilson(row["numerator"], row["denominator"])
    what = "change" if row["kind"] == "change" else row["measure"]
    row["indicator"] = f"{row['family']}.{row['stage']}.{what}"
    behind = {
        name for start in starts for name in corrected.get((row["doc"], row["report"], start), ())
    }
    row["corrected"] = ";".join(name for name in COLUMNS if name in behind)
    return row
