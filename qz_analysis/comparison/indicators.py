"""The rows of an indicator: claims selected, paired, or divided by another count."""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, get_args

import pandas as pd

from ..arithmetic.audit import is_blind
from ..arithmetic.derive import implied, undecided
from ..errors import QzError
from ..extraction.families import model
from ..model import starts_of
from ..vocabularies.labels import SIGNS
from ..vocabularies.patterns import Pattern
from ..vocabularies.session import load
from ..vocabularies.units import TURNED, hedged, measure_of

Row = dict[str, Any]
_Key = tuple[str, int, int]
_STAGED = {"received", "resolved"}
#: the measure of a change of a rate
RATE_CHANGE = "rate_change"
_OF_RATE = Pattern("indicators", r"{rates}[^,，]{0,2}$")
_DEED = r"(?:{filed}|{solved})"
# 批次, 人次, 立案数: how things are counted, without the things
# what names a count as done, and what says that it was only passed on
_DONE = Pattern("indicators", "{done}")
_PASSED_ON = Pattern("indicators", "{passed_on}")
# a rate of the opposite (不满意率)
_NEGATED = Pattern("indicators", "{negated}")
_BARE_DEED = Pattern("indicators", _DEED + "案?件?数?量?")
_DEED_LAST = Pattern("indicators", _DEED + r"[数量]{0,2}$")
_DEED_FIRST = Pattern("indicators", r"(?:{files}|{filed}|{solved})(?=[^,。;]{0,10}案)")
Modality = Literal["actual", "planned", "required", "any"]
# 批次与上年持平: what did not change, with how it is counted
_LEVEL = Pattern(
    "indicators",
    r"^[,，、]?(?:其中)?(?P<how>批次|批|人次|件次|件数|人数)?[^,，。;；\d]{0,12}?(?P<level>{level})",
)
# officials who receive visitors: what came to them is no count of all that came
_CAMPAIGN = Pattern("indicators", "{campaigns}")
_VISITS = {"batches", "person_times"}
#: how visits are counted, where the words for a change name nothing else
_COUNTED = {"批次", "批", "人次", "件次", "件", "人数", "人"}
# the last line is for those who finish a row; a panel does not show it
_TAKEN = ["doc", "report", "place", "level", "period", "family", "stage", "measure", "unit", "kind", "direction", "subject", "value",
          "low", "high", "bound", "status", "text",
          "role", "before", "start"]  # fmt: skip


def records(table: pd.DataFrame) -> list[Row]:
    """The rows of a table as dictionaries."""
    # column by column: to_dict takes twice the time of a few rows of many columns
    names, cells = list(map(str, table.columns)), [table[name].tolist() for name in table.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]


def by_start(rows: Iterable[Row]) -> dict[_Key, Row]:
    """Rows of claims by document, report and start, as relations name them."""
    return {_key(row): row for row in rows}


def tied(relation: Mapping[Any, Any], claims: Mapping[_Key, Row]) -> list[Row]:
    """The claims of a relation, or of a derived figure, the stated result first."""
    return [
        claims[relation["doc"], relation["report"], start]
        for start in starts_of(relation["starts"])
    ]


def marks(relations: pd.DataFrame) -> dict[_Key, str]:
    """Verdict by the claim whose figure was recomputed: `bad` outweighs `ok`, and that `blind`, a check
    that tells neither right nor wrong (85%以上).
    """
    found: dict[_Key, str] = {}
    loose = [is_blind(row) for row in records(relations)]
    verdicts = relations["verdict"].mask(pd.Series(loose, relations.index, dtype=bool), "blind")
    order = verdicts.map({"blind": 0, "ok": 1, "bad": 2}).fillna(-1)
    said = relations.assign(verdict=verdicts).iloc[order.to_numpy().argsort(kind="stable")]
    for row in said.itertuples():
        for start in starts_of(row.starts)[: None if row.type == "repeat" else 1]:
            found[str(row.doc), int(str(row.report)), start] = str(row.verdict)
    return found


def chosen(claims: pd.DataFrame, spec: Row) -> list[Row]:
    """Claims of the families, kinds, stages, measures and subjects that an indicator names; earlier
    times' figures stay out.
    """
    fits = claims["role"].ne("base")
    for column, names in (
        ("family", "families"),
        ("kind", "kinds"),
        ("stage", "stages"),
        ("measure", "measures"),
    ):
        if spec.get(names):
            fits &= claims[column].isin(spec[names])
    if spec.get("families"):
        fits &= ~unsure(claims)
    if spec.get("named"):
        fits &= claims["indicator"].eq(spec["named"])
    if spec.get("subject"):
        fits &= claims["subject"].fillna("").str.contains(spec["subject"])
    return records(claims[fits])


def of_modality(
    claims: pd.DataFrame, modality: Modality, *, standards: bool = False
) -> pd.DataFrame:
    """The claims of one modality; those of older tables, which know none, tell what is.

    With `standards`, what is paid for each case is in force, and counts among the actual figures.

    >>> of_modality(pd.DataFrame({"text": ["3件"], "modality": ["planned"]}), "actual").empty
    True
    """
    if modality not in get_args(Modality):
        raise QzError(
            f"there is no modality {modality!r}; there are: {', '.join(get_args(Modality))}"
        )
    if modality == "any":
        return claims
    if "modality" not in claims:
        return claims if modality == "actual" else claims.head(0)
    said = claims["modality"].fillna("").replace("", "actual")
    fits = said.eq(modality)
    if standards and modality == "actual":
        fits |= said.eq("required") & claims["kind"].eq("per")
    return claims[fits]


def unsure(claims: pd.DataFrame) -> pd.Series:
    """Which claims have a family that is probably wrong: they count for no indicator that asks for one.

    A table without the column `family_p`, an empty cell and a family that a reviewer set count as
    sure.

    >>> unsure(pd.DataFrame({"family_p": [0.2, 0.9, float("nan")]})).tolist()
    [True, False, False]
    """
    if "family_p" not in claims:
        return pd.Series(False, index=claims.index)
    low = pd.to_numeric(claims["family_p"], errors="coerce").lt(model().margin)
    if "corrected" in claims and low.any():
        low &= ~claims["corrected"].fillna("").str.split(";").map(lambda names: "family" in names)
    return low


def left_out(claims: pd.DataFrame, spec: Row) -> int:
    """How many claims an indicator leaves out because their family is unsure."""
    if not spec.get("families"):
        return 0
    low = claims[unsure(claims)].drop(columns="family_p", errors="ignore")
    return len(chosen(low, spec)) if len(low) else 0


def taken(claim: Row) -> Row:
    """What a panel's row takes over from its claim; a part of a whole and the change of a rate have
    measures of their own.
    """
    said = claim.get("modality")
    row = {name: claim[name] for name in _TAKEN} | {"text": as_hedged(claim)}
    row["modality"] = said if isinstance(said, str) and said else "actual"
    if is_share(claim):
        return row | {"measure": "share"}
    # 化解率上升25.6% and 信访总量下降55.6% are no changes of one kind
    in_percent = claim["kind"] == "change" and claim["unit"] == "%"
    of_rate = in_percent and _OF_RATE.search(claim["subject"] or "")
    return row | ({"measure": RATE_CHANGE} if of_rate else {})


def as_hedged(claim: Row) -> str:
    """The figure of a claim with the hedges that stand round it: 近10亿元."""
    return hedged(*(str(claim[name] or "") for name in ("text", "bound", "before", "after")))


def _bounds(above: Row, below: Row) -> str:
    """The bounds of two counts, where not both are exact."""
    bounds = [str(claim["bound"]) for claim in (above, below)]
    return "" if bounds == ["exact", "exact"] else ";".join(bounds)


def counts_of(row: Row) -> tuple[str, str]:
    """Numerator and denominator of a row of a panel, each with a sign for its bound.

    >>> counts_of({"numerator": 21100.0, "denominator": 24600.0, "counts_bound": "min;min"})
    ('≥21,100', '≥24,600')
    """
    bounds = str(row.get("counts_bound") or ";").split(";")
    numbers = (f"{row[name]:,.0f}" for name in ("numerator", "denominator"))
    above, below = (
        SIGNS.get(one, "") + number for one, number in zip(bounds, numbers, strict=True)
    )
    return above, below


def is_share(claim: Row) -> bool:
    """Whether a figure in % is a part of a whole (占31.7%) and no rate of its subject.

    >>> is_share({"kind": "rate", "role": "share"}), is_share({"kind": "rate", "role": ""})
    (True, False)
    """
    return bool(claim["kind"] == "rate" and claim["role"] == "share")


#: what a part is called beside its whole
PART = "其中"


def with_parts(rows: list[Row]) -> list[Row]:
    """Rows of a panel in which those that are parts of another row say so before what they are of:
    集体访 out of all visits is 其中集体访.
    """
    wholes = {_of_whole(row) for row in rows if row["role"] != "part"}
    found = []
    for row in rows:
        subject, place = str(row["subject"] or ""), str(row["place"] or "")
        if row["role"] == "part" and subject and _of_whole(row) in wholes and not has_whole(row):
            own = place if place and subject.startswith(place) else ""
            row = row | {"subject": f"{own}{PART}{subject.removeprefix(own)}"}
        found.append(row)
    return found


def has_whole(row: Row) -> bool:
    """Whether a row of a panel is a part of a whole that stands in it.

    >>> has_whole({"place": "甲县", "subject": "甲县其中集体访"}), has_whole({"place": "", "subject": "集体访"})
    (True, False)
    """
    return str(row["subject"] or "").removeprefix(str(row["place"] or "")).startswith(PART)


def _of_whole(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("doc", "report", "place", "family", "kind"))


def _key(claim: Row) -> _Key:
    return claim["doc"], claim["report"], claim["start"]


def _select(claims: pd.DataFrame, relations: pd.DataFrame, spec: Row) -> Iterator[Row]:
    found = [claim for claim in chosen(claims, spec) if not is_share(claim)]
    moved = any(claim["kind"] == "change" for claim in found)
    named = _named_changes(records(claims)) | _of_unsaid_counts(claims) if moved else {}
    named |= _in_campaigns(claims)
    rows: list[tuple[_Key, Row]] = []
    for claim in found:
        row = {**taken(claim), "how": "stated", "claims": str(claim["start"])}
        subject = {"subject": named[_key(claim)]} if _key(claim) in named else {}
        rows.append((_key(claim), row | subject))
    if spec["kinds"] == ["change"] and "percent" in spec["measures"]:
        rows += _unchanged(claims, spec)
    yield from _ordered(rows, claims)


def _unchanged(claims: pd.DataFrame, spec: Row) -> Iterator[tuple[_Key, Row]]:
    """Changes of nothing, which have no figure of their own: 4批98人次,批次与上年持平. Each leads to
    the count that it is of, the last one of its sentence that is counted so.
    """
    counts = chosen(claims, spec | {"kinds": ["count"], "measures": []})
    for n, last in enumerate(counts):
        said = _LEVEL.search(last["after"] or "")
        if not said:
            continue
        measure = measure_of(said["how"]) if said["how"] else last["measure"]
        near = (
            one
            for one in reversed(counts[: n + 1])
            if one["measure"] == measure
            and all(one[name] == last[name] for name in ("doc", "report", "sentence"))
        )
        if one := next(near, None):
            whole, how = str(one["subject"] or ""), said["how"] or ""
            change = {
                "kind": "change",
                "measure": "percent",
                "unit": "%",
                "value": 0.0,
                "bound": "exact",
                "status": "ok",
                "direction": "",
            }
            told = {"subject": whole + how * (not whole.endswith(how)), "text": said["level"]}
            yield _key(one), {**taken(one), **change, **told, "how": "stated", "claims": str(one["start"])}  # fmt: skip


def _named_changes(claims: list[Row]) -> dict[_Key, str]:
    """What changes are of whose own words only say how things are counted: 批次 and 人次 of the
    visitors, 立案数 of the cases that their sentence has counted before them.

    Of two such changes of one place neither could otherwise be told from the other.
    """
    found: dict[_Key, str] = {}
    for _, rows in itertools.groupby(claims, key=lambda c: (c["doc"], c["report"], c["sentence"])):
        counted: dict[str, str] = {}  # the words for what was counted last, by how it was counted
        for claim in rows:
            whole, _, last = str(claim["subject"] or "").rpartition(",")
            if claim["kind"] == "count" and last and claim["role"] != "base":
                counted[claim["measure"]] = last
                if not _BARE_DEED.fullmatch(last):
                    counted["deed"] = last
            elif claim["kind"] == "change" and last:
                deed = _BARE_DEED.fullmatch(last)
                things = whole or counted.get("deed" if deed else measure_of(last), "")
                things = of_cases(things) if deed else things
                if things and (whole or deed or last in _COUNTED) and last not in things:
                    found[_key(claim)] = things + last
    return found


def _of_unsaid_counts(claims: pd.DataFrame) -> dict[_Key, str]:
    """What changes are of that stand behind counts of several kinds without saying of which they are:
    集体访（件、批次或人次）.
    """
    at = by_start(records(claims))
    return {
        key: f"{subject}（{'、'.join(units[:-1])}或{units[-1]}）"
        for key, units in undecided(claims).items()
        if (subject := str(at[key]["subject"] or "").rpartition(",")[2])
    }


def _in_campaigns(claims: pd.DataFrame) -> dict[_Key, str]:
    """What visits are of whose sentence has counted the sessions of officials before them: those of
    大接访6场次 are no count of all visits.
    """
    found: dict[_Key, str] = {}
    counted = claims[claims["measure"].isin([*_VISITS, "sessions"])]
    key, campaign = ("", 0, 0), ""
    for claim in records(counted):
        subject, own = (
            str(claim["subject"] or ""),
            (claim["doc"], claim["report"], claim["sentence"]),
        )
        key, campaign = own, campaign if own == key else ""
        said = _CAMPAIGN.search(subject)
        if claim["measure"] == "sessions":
            campaign = campaign or (said[0] if said else "")
        elif campaign and not said:
            found[_key(claim)] = campaign + subject
    return found


def of_cases(subject: str) -> str:
    """The cases that a rate is of, without the deed by which they were counted: a rate of solved
    cases is none of 立案.

    >>> of_cases("“两抢一盗”案件立案"), of_cases("全县立刑事案件"), of_cases("全县设立站点")
    ('“两抢一盗”案件', '全县刑事案件', '全县设立站点')
    """
    return _DEED_FIRST.sub("", _DEED_LAST.sub("", subject), count=1) or subject


def _pairs(claims: pd.DataFrame, relations: pd.DataFrame, spec: Row) -> Iterator[Row]:
    """Batches with the person-times right behind them: 193批次389人次, 39批次、508人次."""
    campaigns = _in_campaigns(claims)
    for first, second in itertools.pairwise(chosen(claims, spec)):
        together = all(first[k] == second[k] for k in ("doc", "report", "sentence"))
        ordered = (first["measure"], second["measure"]) == ("batches", "person_times")
        if not (together and ordered and second["start"] - first["end"] <= 6):
            continue
        value = second["value"] / first["value"] if first["value"] else float("nan")
        how = "recomputed" if value == value else "stated"
        subject = campaigns.get(_key(first), first["subject"])
        yield {**taken(first), "subject": subject, "value": value, "measure": "persons_per_batch", "unit": spec["unit"], "how": how,
               "numerator": second["value"], "denominator": first["value"], "counts_bound": _bounds(second, first), "text": first["text"] + second["text"],
               "claims": f"{first['start']};{second['start']}"}  # fmt: skip


def _rates(claims: pd.DataFrame, relations: pd.DataFrame, spec: Row) -> Iterator[Row]:
    """Stated rates with their counts, then rates that two counts give and nobody stated."""
    at = by_start(records(claims))
    counted: dict[_Key, tuple[Row, Row]] = {}
    used: set[_Key] = set()
    for relation in relations[relations["type"] == "rate"].itertuples():
        rate, *parts = starts_of(relation.starts)
        key = (str(relation.doc), int(str(relation.report)))
        # relations of places left out stay out
        if all((*key, start) in at for start in (rate, *parts)):
            used |= {(*key, part) for part in parts}
            if len(parts) == 2:  # a sum of old and new cases is no claim
                counted[*key, rate] = at[*key, parts[0]], at[*key, parts[1]]
    rows: list[tuple[_Key, Row]] = []
    for claim in chosen(claims, spec):
        pair = counted.get(_key(claim))
        # 办结36宗,占受理数的83.7%: a share of what came in is a rate, one of a kind of cases is none
        if claim["role"] == "share" and not (
            pair and [part["stage"] for part in pair] == ["resolved", "received"]
        ):
            continue
        # 不满意率 is no rate of what was resolved
        if _NEGATED.search(str(claim["subject"] or "")) or _no_words(claim["subject"]):
            continue
        row = {**taken(claim), "measure": "rate", "how": "stated", "claims": str(claim["start"])}
        if pair:
            row |= {"how": "stated and recomputed", "numerator": pair[0]["value"], "denominator": pair[1]["value"], "counts_bound": _bounds(*pair),
                    "subject": _of_rate(pair[1], claim), "role": pair[1]["role"], "claims": f"{claim['start']};{pair[0]['start']};{pair[1]['start']}"}  # fmt: skip
        rows.append((_key(claim), row))
    for below, above in _unstated(claims, spec, used):
        row = {**taken(above), "measure": "rate", "unit": "%", "kind": "rate", "role": below["role"], "subject": _of_rate(below) or above["subject"],
               "value": 100 * above["value"] / below["value"], "numerator": above["value"], "denominator": below["value"], "counts_bound": _bounds(above, below),
               "how": "recomputed", "text": f"{above['text']} / {below['text']}", "claims": f"{above['start']};{below['start']}"}  # fmt: skip
        rows.append((_key(above), row))
    yield from _ordered(_of_those_before(rows, at), claims)


#: what stands before the name of a rate that was asked for once more: 最后支持率
_IN_THE_END = re.compile("^(?:最后|最终|最后的|最终的)(?=[^,]{2,8}率$)")
#: sentences from a rate to the one that says of whom it is
_NEAR_BY = 3


def _of_those_before(
    rows: Iterable[tuple[_Key, Row]], at: Mapping[_Key, Row]
) -> list[tuple[_Key, Row]]:
    """The rates, those in the end (最后支持率100%) with those of whom they are, which the rate of this name
    before them said: alone they would be of all who live there.
    """
    made: list[tuple[_Key, Row]] = []
    for key, row in rows:
        subject = str(row["subject"] or "")
        if (said := _IN_THE_END.match(subject)) and "numerator" not in row:
            name = subject[said.end() :]
            for before, one in reversed(made):
                near = 0 <= at[key]["sentence"] - at[before]["sentence"] <= _NEAR_BY
                whose = str(one["subject"] or "").removesuffix(name)
                if before[:2] == key[:2] and near and whose and whose + name == one["subject"]:
                    row = row | {"subject": f"{whose}{subject}"}
                    break
        made.append((key, row))
    return made


def _no_words(subject: object) -> bool:
    """Whether what a figure is said to be of is a cell's edge, and no words."""
    return bool(re.fullmatch(r"[\W_]+", str(subject or "")))


def _of_rate(below: Row, rate: Row | None = None) -> str:
    """What a rate is of: the words for what stands below the line; where people were asked, also
    what they said.
    """
    subject = str(below["subject"] or "")
    if below["family"] == "crime":
        return of_cases(subject)
    asked = rate is not None and rate["family"] == "satisfaction"
    return subject + str(rate["subject"] or "") if rate is not None and asked else subject


def _unstated(claims: pd.DataFrame, spec: Row, used: set[_Key]) -> Iterator[tuple[Row, Row]]:
    """A received count and the resolved count next to it, of one unit and sentence, that no stated
    rate uses.
    """
    if spec.get("named"):
        return
    counts = [c for c in chosen(claims, {"families": spec["families"], "kinds": ["count"], "stages": list(_STAGED)})
              if c["status"] == "ok"]  # fmt: skip
    for below, above in itertools.pairwise(counts):
        same = all(below[k] == above[k] for k in ("doc", "report", "sentence", "unit", "family"))
        free = not any(_key(c) in used for c in (below, above))
        staged = (below["stage"], above["stage"]) == ("received", "resolved")
        # 其中转办532件 is passed on, and not resolved; what is not named as done may be anything
        between = str(above["before"] or "")
        done = _DONE.search(between + str(above["subject"] or ""))
        passed = _PASSED_ON.search(between)
        if (
            same
            and free
            and staged
            and done
            and not passed
            and below["value"] >= above["value"] > 0
        ):
            yield below, above


def _costs(claims: pd.DataFrame, relations: pd.DataFrame, spec: Row) -> Iterator[Row]:
    """Standards per something as stated, and money divided by the people or households that it is
    said to go to.
    """
    rows = [
        (_key(c), {**taken(c), "how": "stated", "claims": str(c["start"])})
        for c in chosen(claims, spec)
    ]
    at = by_start(records(claims))
    table = implied(claims)
    for cost in records(table[table["what"] == "cost per unit"]):
        money, heads = tied(cost, at)
        row = {**taken(money), "kind": "per", "unit": cost["unit"], "value": cost["value"], "how": "recomputed", "claims": cost["starts"],
               "numerator": money["value"], "denominator": heads["value"], "text": f"{money['text']} / {heads['text']}"}  # fmt: skip
        rows.append((_key(money), row))
    yield from _ordered(rows, claims)


def _redaction(claims: pd.DataFrame, relations: pd.DataFrame, spec: Row) -> Iterator[Row]:
    """One row a report: how many of its figures the page masks or has lost."""
    for _, table in claims.groupby(["doc", "report"], sort=False):
        lost, first = table[table["status"] == "redacted"], records(table)[0]
        place = table["place"].mode(dropna=False)
        own = records(
            table[table["place"] == (first["place"] if first["place"] in set(place) else place[0])]
        )[0]
        nan = float("nan")
        yield {**taken(own), "family": "other", "stage": "", "measure": "redacted_share", "unit": "%", "kind": "rate", "direction": "",
               "subject": "", "role": "", "period": _only(table["period"]), "value": 100 * len(lost) / len(table), "low": nan, "high": nan,
               "bound": "exact", "status": "ok", "how": "recomputed", "numerator": float(len(lost)), "denominator": float(len(table)),
               "text": f"{len(lost)} / {len(table)}", "claims": ";".join(map(str, lost["start"]))}  # fmt: skip


def _only(periods: pd.Series) -> str:
    """The period that all figures share, else none."""
    return str(periods.iloc[0]) if periods.nunique() == 1 else ""


def _ordered(rows: list[tuple[_Key, Row]], claims: pd.DataFrame) -> Iterator[Row]:
    order = {doc: i for i, doc in enumerate(claims["doc"].unique())}
    yield from (row for _, row in sorted(rows, key=lambda pair: (order[pair[0][0]], *pair[0][1:])))


STRATEGIES: dict[str, Callable[[pd.DataFrame, pd.DataFrame, Row], Iterator[Row]]] = {
    "select": _select, "pairs": _pairs, "rates": _rates, "costs": _costs, "redaction": _redaction}  # fmt: skip


_Below = dict[str, Any]  # value, unit, text, bound, period, status, claims
_Find = Callable[[Row], list[_Below]]
_KINDS = {"count", "measure", "money"}
# 15个镇都有了10-20人 speaks of each town
_EACH = Pattern("indicators", "{each}|[都均](?=[有设配建])[^,;。:]*$")
_TURNED = {"exact": "exact"} | TURNED


def divide(rows: Sequence[Row], claims: pd.DataFrame, per: str | pd.DataFrame) -> list[Row]:
    """The rows per unit: value divided by what stands below the line, with both as numerator and
    denominator.

    A row has no value, and a flaw that says why, where nothing fits below the line, more than one
    number does, it is masked, or the
    report already speaks of each unit (15个镇都有了10-20人). Rates, changes and standards per
    something (kind `per`) are left out.
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
    row = row | {"kind": "per", "measure": f"{row['measure']}_per_{one}", "unit": f"{row['unit']}/{unit}",
                 "numerator": row["value"], "denominator": nan, "flaws": [flaw] if flaw else []}  # fmt: skip
    if flaw or below is None:
        return row | {"value": nan, "low": nan, "high": nan}
    if row["period"] and below["period"] and row["period"] != below["period"]:
        row["flaws"] = ["denominator of another period"]
    number = below["value"]
    ends = {name: row[name] / number for name in ("value", "low", "high")}
    claims = ";".join(filter(None, (str(row["claims"]), below["claims"])))
    return row | ends | {"how": "recomputed", "denominator": number, "bound": _bound(row["bound"], below["bound"]), "claims": claims,
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
        own = starts_of(row["claims"])
        found = [
            b
            for b in at.get((row["doc"], row["report"], row["place"]), [])
            if int(b["claims"]) not in own
        ]
        found.sort(key=lambda below: below["unit"] is None)
        return found if found and found[0]["unit"] is not None else []

    return (find, spec["one"], spec["zh"]) if spec else (find, per, per)


def _noun(claim: Row, spec: Row) -> str | None:
    """The noun of the unit if the words say that the claim counts the whole."""
    noun, subject = (
        re.match(spec["after"], claim["after"]),
        claim["subject"].removeprefix(claim["place"]),
    )
    fits = (
        noun and re.search(spec["before"], claim["before"]) and re.search(spec["subject"], subject)
    )
    return spec["unit"] or noun[0] if fits and noun else None


def _matching(claim: Row, per: str) -> str | None:
    return (
        claim["unit"]
        if per in {claim["family"], claim["unit"]} or per in claim["subject"]
        else None
    )


def _in_table(table: pd.DataFrame, rows: Sequence[Row]) -> tuple[_Find, str, str]:
    """Rows of a user's table, by place and, if it has one, period; a masked place is no key where
    two reports share the mask.
    """
    missing = {"place", "value"} - set(table.columns)
    if missing:
        raise QzError(
            f"per: the table lacks the column {', '.join(sorted(missing))}; it needs place and value, and may have period and unit"
        )
    filled = table.assign(**{name: "" for name in ("period", "unit") if name not in table})
    given = records(
        filled.assign(
            period=filled["period"].fillna("").astype(str),
            unit=filled["unit"].fillna("").astype(str),
        )
    )
    homes: dict[str, set[tuple[str, int]]] = {}
    for row in rows:
        homes.setdefault(row["place"], set()).add((row["doc"], row["report"]))

    def find(row: Row) -> list[_Below]:
        mine = [entry for entry in given if entry["place"] == row["place"]]
        mine = [e for e in mine if e["period"] == row["period"]] or [
            e for e in mine if not e["period"]
        ]
        shared = any(c in row["place"] for c in "*xX某") and len(homes[row["place"]]) > 1
        known = [e for e in mine if pd.notna(e["value"])] if not shared else []
        return [{"value": float(e["value"]), "unit": e["unit"], "text": f"{e['value']:,.10g}{e['unit']}", "bound": "exact",
                 "period": e["period"], "status": "ok", "claims": ""} for e in known]  # fmt: skip

    return find, "unit", "unit"
