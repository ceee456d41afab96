"""Charts of the figures of a panel: counts and quotients, rates, changes, sums of money, places
side by side.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..comparison.caveats import identity, refused
from ..comparison.indicators import RATE_CHANGE, Row, counts_of
from ..comparison.likeness import alike
from ..comparison.wording import when
from ..errors import QzError
from ..model import starts_of
from ..vocabularies.labels import SIGNS, Lang, either, in_lines, say, spoken
from ..vocabularies.numerals import rounded
from ..vocabularies.session import load
from .axes import (
    column,
    decades,
    dots,
    frame,
    legend,
    reached,
    round_ticks,
    row_height,
    set_rows,
    thickness,
)
from .figure import extremes, finish_chart, notes_for
from .rows import (
    families,
    heading,
    is_rate,
    joined,
    known_by,
    line_up,
    listed,
    of_panel,
    of_samples,
    per_batch,
    pick,
    place_label,
    printed,
    printed_money,
    printed_percent,
    rate_name,
    report_names,
    row_label,
    row_labels,
    short_number,
)
from .theme import INK, MUTED, colours, dressed, redrawn, width

_PALE = "#d3e0ea"


@redrawn
@of_panel
def visits(
    panel: pd.DataFrame,
    *,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
) -> Axes:
    """How many people come with a batch of visitors, both counts printed.

    Args:
        panel: rows of `compare`; drawn are those whose measure is `persons_per_batch`.
        lang: language of the words, `en`, `zh` or `both`; that in force (see `language`) unless
            given.
        title: a finding of your own instead of the one written from the data.
        source: a source line of your own instead of the names of the files drawn from.

    Returns:
        the finished Axes.

    Raises:
        ValueError: no row to draw, or another language.

    >>> from qz_analysis.charts import example
    >>> visits(example(), lang="zh").get_yticklabels()[0].get_text()
    '甲县：群众来访'
    """
    lang = spoken(lang)
    rows, missing = pick(
        panel, panel["measure"].eq("persons_per_batch"), "visits", "persons per batch"
    )
    words = [per_batch(row, lang) for row in rows]
    with dressed():
        ax = frame("visits", row_labels(rows, lang), lang, 0.34)
        values = [row["value"] for row in rows]
        ax.barh(range(len(rows)), values, thickness(ax, 0.62), color=colours()[0])
        column(ax, words, rows)
        ax.set_xlim(0, 1.03 * max(values))
        round_ticks(ax, lang)
        quotients = [printed(row, lambda value: rounded(value, 1), brackets="") for row in rows]
        finish_chart(
            ax,
            "visits",
            rows,
            lang,
            title,
            source,
            missing=missing,
            **extremes(rows, quotients, lang)
            | ({"finding": "visits_apart"} if len(alike(rows)) > 1 else {}),
        )
    return ax


@redrawn
@of_panel
def funnel(
    panel: pd.DataFrame,
    *,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
    claims: pd.DataFrame | None = None,
) -> Axes:
    """How much of what was received is resolved: a bar of the share in a bar of 100 %, both counts
    printed.

    Counts run over four orders of magnitude, so rows share an axis of percent and the counts are
    written out.

    Args:
        panel: rows of `compare`; drawn are rates in % of the stage `resolved` with numerator and
            denominator.
        lang, title, source: as in `visits`.
        claims: the claims of the panel; with them 调解成功 is called that, and not 调结.

    Returns:
        the finished Axes.

    Raises:
        ValueError: no row to draw, or another language.

    >>> from qz_analysis.charts import example
    >>> [text.get_text() for text in funnel(example()).texts]
    ['83.7%', '36 of 43']
    """
    lang = spoken(lang)
    resolved = is_rate(panel) & panel["stage"].eq("resolved")
    fits = resolved & panel["numerator"].notna() & panel["denominator"].gt(0)
    rows, missing = pick(panel, fits, "funnel", "counts resolved and received")
    kinds_drawn = families(row["family"] for row in rows)
    mixed = len(kinds_drawn) > 1
    named = _subjects(claims)
    rows = line_up(rows, "family", kinds_drawn)
    solved = mixed and "crime" in kinds_drawn
    words = [printed_percent(row) for row in rows]
    shares = [100 * row["numerator"] / row["denominator"] for row in rows]
    with dressed():
        ax = frame("funnel", row_labels(rows, lang), lang, 0.34)
        for lengths, colour, word in (
            ([100] * len(rows), _PALE, "received" + "_filed" * solved),
            (shares, colours()[0], "resolved" + "_solved" * solved),
        ):
            ax.barh(
                range(len(rows)),
                lengths,
                thickness(ax, 0.62),
                color=colour,
                label=say("words", word, lang),
            )
        column(ax, words, rows)
        counts = [
            say(
                "words",
                _tally(row, named),
                lang,
                k=above,
                n=below,
            )
            for row, (above, below) in zip(rows, map(counts_of, rows), strict=True)
        ]
        column(ax, counts, rows, shift=72)
        ax.set_xlim(0, max(100, *shares))
        legend(ax)
        k = sum(share >= 80 for share in shares)
        finish_chart(
            ax,
            "funnel",
            rows,
            lang,
            title,
            source,
            missing=missing,
            k=k,
            **extremes(rows, words, lang),
            **({"finding": "funnel_mixed"} if mixed else {}),
        )
    return ax


#: the words for two counts of which one is what became of the other
_TALLIED = {"crime": "solved_of", "mediation": "mediated_of"}
#: cases of which it is said that they came to a good end, and not only to an end
_WELL = re.compile("成功")
_FAR = 100  # from here on the small figures of a linear scale cannot be told apart


def _subjects(claims: pd.DataFrame | None) -> dict[tuple[str, int], str]:
    """The words of counts by document and start."""
    if claims is None:
        return {}
    keys = zip(claims["doc"].astype(str), claims["start"].astype(int), strict=True)
    return dict(zip(keys, claims["subject"].astype(str), strict=True))


def _tally(row: Row, named: Mapping[tuple[str, int], str]) -> str:
    """The words for the two counts of a rate, as its report has them."""
    start = starts_of(str(row["claims"]))
    said = named.get((str(row["doc"]), start[1]), "") if len(start) > 1 else ""
    key = _TALLIED.get(row["family"], "resolved_of")
    return "mediated_well_of" if key == "mediated_of" and _WELL.search(said) else key


def kinds(panel: pd.DataFrame) -> pd.Series:
    """Which chart each figure of a panel belongs on: figures on one chart share a scale.

    >>> from qz_analysis.charts import example
    >>> kinds(example()).tolist()
    ['stated:persons_per_batch', 'rates', 'changes', 'funds']
    """
    in_percent = panel["unit"].eq("%")
    money = panel["kind"].isin(["money", "per"]) & panel["unit"].fillna("").str.startswith("元")
    # 吨 and 公斤 measure the same on two scales; 件 and 个 are both counted one by one
    scale = panel["measure"].where(
        panel["kind"].eq("count"), panel["measure"] + ":" + panel["unit"].fillna("")
    )
    kind = pd.Series("stated:" + scale, index=panel.index)
    kind = kind.mask(panel["kind"].eq("change") & ~in_percent, kind + ":change")
    return kind.mask(money, "funds").mask(panel["kind"].eq("change") & in_percent, "changes").mask(is_rate(panel), "rates")  # fmt: skip


@redrawn
@of_panel
def stated(
    panel: pd.DataFrame,
    *,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
    left: Mapping[str, int] | None = None,
) -> Axes:
    """What the reports state of one thing counted or measured: a dot a figure, the printed number
    with its unit beside it.

    Args:
        panel: rows of `compare` or `choose`; drawn are those of the scale that most of them share.
        lang, title, source: as in `charts.visits`.
        left: how many figures were left out before, by the note that says why: `beyond` (one
            picture cannot hold them), `other_units`.

    Returns:
        the finished Axes: from 0 on, or in powers of ten where the largest is a hundred times the
        smallest.

    Raises:
        QzError: no row to draw, or another language.

    >>> from qz_analysis.charts import example
    >>> stated(example()).texts[0].get_text()
    '2.02'
    """
    lang = spoken(lang)
    kind = kinds(panel)
    plain = kind[kind.str.startswith("stated")]
    most = plain.mode().iloc[0] if len(plain) else ""
    rows, missing = pick(panel, kind.eq(most), "stated", "a count or a measure")
    rows = line_up(rows, "place")
    words = [_counted(row) for row in rows]
    what = say("measures", rows[0]["measure"], lang)
    subjects = [row["family"] for row in rows]
    with dressed():
        ax = frame("stated", row_labels(rows, lang), lang)
        ax.grid(axis="y")
        dots(
            ax,
            rows,
            [row["how"] == "recomputed" for row in rows],
            subjects,
            _labels(subjects, lang),
        )
        column(ax, words, rows)
        notes = _scale(ax, rows, lang)
        if len(set(subjects)) > 1:
            legend(ax)
        facts: dict[str, Any] = {"what": what, "about": _about(rows, lang), "k": len(set(subjects))}
        # a smallest and a largest mean something among figures on one subject only
        facts |= {"finding": "stated_mixed"} if facts["k"] > 1 else extremes(rows, words, lang)
        facts |= {"missing": missing, **(left or {"other_units": int(kind.ne(most).sum())})}
        finish_chart(
            ax, "stated", rows, lang, title, source, [*notes_for("stated", rows), *notes], **facts
        )
    return ax


def _counted(row: Row) -> str:
    """The figure with its unit, as 389人次."""
    return printed(row, lambda value: f"{value:,.12g}{row['unit']}")


def _scale(ax: Axes, rows: list[Row], lang: Lang) -> list[str]:
    """Sets the axis and names the note that it calls for."""
    values = reached(rows)
    if min(values) > 0 and max(values) / min(values) >= _FAR:
        decades(ax, values, lang)
        return ["logarithmic"]
    low, high = min(0, *values), max(0, *values)
    edge = 0.03 * max(high - low, np.finfo(float).tiny)
    ax.set_xlim(low - edge, high + edge)
    round_ticks(ax, lang)
    return []


def _labels(subjects: list[str], lang: Lang) -> list[str]:
    return [say("families", family, lang) for family in families(subjects)]


def _about(rows: list[Row], lang: Lang) -> str:
    """Families and stages of what is drawn."""
    said = [joined([say("families", row["family"], lang), say("stages", row["stage"], lang)], lang) for row in rows]  # fmt: skip
    return listed(list(dict.fromkeys(said))[:4], lang)


#: inches of small charts that a printed page holds, with room for their words
_SHEET = 7.2


@redrawn
@of_panel
def counties(
    panel: pd.DataFrame,
    *,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
    most: int = 8,
) -> np.ndarray:
    """How places stand on what several of them count alike: a small dot chart for each such thing,
    places side by side, not ranked, with their figures. What the definition of an indicator warns
    of is never mixed: collective with all visits, rates with and without counts.

    Args:
        panel: rows of `compare`, any indicators.
        lang, title, source: as in `charts.visits`.
        most: how many things to draw at most; those that most places state are kept. One that a
            single place states is drawn only where there is no other.

    Returns:
        the finished Axes, one a thing that is counted.

    Raises:
        ValueError: no row to draw, or another language.

    >>> from qz_analysis.charts import example
    >>> len(counties(example()))
    4
    """
    lang = spoken(lang)
    told = panel["indicator"].fillna("").ne("")
    # its own number of charts keeps it to a page
    rows, missing = pick(panel, told, "counties", "an indicator with a value", len(panel))
    groups = alike(rows)
    stated = {at: _by_place(group) for at, group in enumerate(groups)}
    several = {at: len({identity(row) for row in group}) for at, group in enumerate(groups)}
    shared = [at for at in stated if several[at] > 1]
    names_of, head = _place_labels(rows, lang), 0.95 if lang == "both" else 0.7
    drawn = sorted(shared or stated, key=lambda at: -several[at])[:most]
    tall = np.cumsum([len(stated[one]) * 0.27 + head for one in drawn])
    drawn = sorted(drawn[: max(1, int((tall <= _SHEET).sum()))])
    names = {one: _dated([*stated[one]], names_of, lang) for one in drawn}
    heads = _group_heads([groups[one] for one in drawn], lang)
    with dressed():
        # one height of rows for all, so that places line up in size
        height = row_height([label for some in names.values() for label in some], 0.27)
        heights = [len(names[one]) * height + head for one in drawn]
        size = (width(), sum(heights))
        _, grid = plt.subplots(len(drawn), figsize=size, squeeze=False, height_ratios=heights)
        for ax, one, said in zip(grid.flat, drawn, heads, strict=True):
            set_rows(ax, names[one], height)
            _facet(ax, [*stated[one].values()], said, lang)
        shown = [row for one in drawn for own in stated[one].values() for row in own]
        no_counts = any(
            row["kind"] == "rate" and row["unit"] == "%" and pd.isna(row["denominator"])
            for row in shown
        )
        there = {
            "intervals": any(pd.notna(row["ci_low"]) for row in of_samples(shown)),
            "hollow": no_counts,
        }
        there["in_brackets"] = any("(" in text.get_text() for ax in grid.flat for text in ax.texts)
        there["agrees"] = any(row["audit"] == "ok" for row in shown)
        there["differs"] = any(row["audit"] == "bad" for row in shown)
        there["hedged"] = any(row["bound"] in SIGNS for row in shown)
        there["by_report"] = any(identity(row)[1] for row in shown)
        notes = [key for key, needed in there.items() if needed]
        notes += ["alone"] * bool(shared and len(stated) > len(shared))
        facts = {
            "n": len(stated),
            "places": len(names_of),
            "shared": len(shared),
            "missing": missing,
        }
        facts |= {"alone": len(stated) - len(shared), "further": len(shared or stated) - len(drawn)}
        facts |= _apart_most([groups[one] for one in drawn], lang)
        finish_chart(grid[0, 0], "counties", shown, lang, title, source, notes, **facts)
    return grid.ravel()


def _place_labels(rows: Sequence[Row], lang: Lang) -> dict[tuple[str, str], str]:
    """The name of each place; one without a name of its own with its report, where several have it."""
    reports: dict[tuple[str, str], str] = dict(
        zip(map(identity, rows), report_names(rows), strict=True)
    )
    heads = [where for where, _ in reports]
    return {
        (where, key): f"{place_label(where, lang)} {name if heads.count(where) > 1 else ''}".strip()
        for (where, key), name in reports.items()
    }


def _by_place(group: Sequence[Row]) -> dict[tuple[tuple[str, str], str], list[Row]]:
    """The figures of one thing by place and time: a year and a quarter are two rows."""
    found: dict[tuple[tuple[str, str], str], list[Row]] = {}
    for row in group:
        found.setdefault((identity(row), str(row["period"])), []).append(row)
    return found


def _dated(
    keys: Sequence[tuple[tuple[str, str], str]], names: Mapping[tuple[str, str], str], lang: Lang
) -> list[str]:
    """The names of the rows of a small chart, with their times where these differ."""
    if len({period for _, period in keys}) < 2:
        return [names[key] for key, _ in keys]
    untold = load("caveats")["no period"]
    return [
        say(
            "words",
            "dated",
            lang,
            name=names[key],
            period=either(
                when(period, "en") or untold["en"], when(period, "zh") or untold["zh"], lang
            ),
        )
        for key, period in keys
    ]


def _group_heads(groups: Sequence[Sequence[Row]], lang: Lang) -> list[str]:
    """What each small chart shows; of two that would be called alike, what is counted in either."""
    heads = [in_lines(heading(group[0], group[0]["unit"] == "%", lang)) for group in groups]
    return [
        said if heads.count(said) < 2 else f"{said} {known_by(group[0], lang)}".strip()
        for said, group in zip(heads, groups, strict=True)
    ]


def _apart_most(groups: Sequence[Sequence[Row]], lang: Lang) -> dict[str, Any]:
    """The finding of small charts: the ends of the rate that most places state, of several the one
    on which they lie farthest apart; of another indicator where no rate is shared.
    """

    def reach(rows: Sequence[Row]) -> tuple[bool, int, float]:
        values = [row["value"] for row in rows]
        return rows[0]["unit"] == "%", len({*map(identity, rows)}), max(values) - min(values)

    rows = max(groups, key=reach)
    if len({*map(identity, rows)}) < 2:
        return {"finding": "counties_alone"}
    first = rows[0]
    what = heading(first, False, lang)
    if all(any(map(refused, group)) for group in groups):
        # ends of what is not to be compared would rank it
        if len(groups) > 1 or len(rows) > _MOST_VALUES:
            return {"what": what, "finding": "counties_apart"}
        names = _place_labels(rows, lang)
        keys = [(identity(row), str(row["period"])) for row in rows]
        said = zip(_dated(keys, names, lang), rows, strict=True)
        told = say("words", "list", lang).join(f"{name} {_value(row, lang)}" for name, row in said)
        return {"what": what, "ends": told, "finding": "counties_apart_one"}
    ends = extremes(rows, [_value(row, lang) for row in rows], lang)
    same = ends["low_value"] == ends["high_value"]
    return ends | {"what": what, "finding": "counties_same" if same else "counties"}


def _value(row: Row, lang: Lang) -> str:
    """A figure of any kind as it is read."""
    if row["unit"] == "%":
        return printed_percent(row)
    if row["kind"] in {"money", "per"} and row["unit"].startswith("元"):
        return in_lines(printed_money(row, lang))
    if row["measure"] == "persons_per_batch":
        return printed(row, lambda value: rounded(value, 1), brackets="")
    return printed(row, lambda value: in_lines(short_number(value, lang)))


#: as many figures of one place as stand beside its row
_MOST_VALUES = 4


def _facet(ax: Axes, places: Sequence[Sequence[Row]], head: str, lang: Lang) -> None:
    """One thing: a row a place and time, a dot a figure, its figures beside it."""
    rows = [row | {"y": y} for y, own in enumerate(places) for row in own]
    first, values = rows[0], reached(rows)
    in_percent = first["unit"] == "%"
    rate = first["kind"] == "rate" and in_percent
    ax.grid(axis="y")
    dots(
        ax,
        of_samples(rows),
        [rate and bool(pd.isna(row["denominator"])) for row in rows],
        ["other"] * len(rows),
    )
    said = [[_value(row, lang) for row in own] for own in places]
    words = ["  ".join(some[:_MOST_VALUES]) + " …" * (len(some) > _MOST_VALUES) for some in said]
    audit = [{row["audit"] for row in own} for own in places]
    column(ax, words, [{"y": y, "audit": "bad" * ("bad" in some)} for y, some in enumerate(audit)])
    ax.set_title(head, fontsize=9.5, loc="left", color=INK, linespacing=1.25)
    if rate:
        ax.set_xlim(-4, max(100, *values))
        ax.set_xticks([0, 50, 100])
    elif min(values) > 0 and max(values) / min(values) > 100:
        decades(ax, values, lang, most=3)
    else:
        low, high = min(0, *values), max(0, *values)
        edge = 0.06 * max(1e-9, high - low)
        ax.set_xlim(low - edge, high + edge)
        round_ticks(ax, lang, most=3)


@of_panel
def figures(
    panel: pd.DataFrame,
    *,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
    of: int | None = None,
) -> Axes:
    """The chart that fits a panel: `rates`, `changes`, `funds` or `stated`, whichever holds most of
    its figures.

    Args:
        panel: rows of `choose` or `compare`; those that share no scale with the rest are counted in
            the note.
        lang, title, source: as in `visits`.
        of: how many figures fit in all, where the panel holds a part of them: the note tells how
            many are not drawn.
            `choose(..., most=24)` has told it already.

    Returns:
        the finished Axes.

    Raises:
        QzError: no row has a value to draw, or another language.

    >>> from qz_analysis.charts import example
    >>> figures(example()[1:2]).get_title(), figures(example()[1:2]).texts[0].get_text()
    ('', '83.7%')
    """
    lang = spoken(lang)
    kind = kinds(panel)
    legible = kind[panel["status"].eq("ok") & (panel["value"].notna() | panel["low"].notna())]
    if legible.empty:
        lost = int(panel["status"].eq("redacted").sum())
        raise QzError(f"figures: none of the {len(panel)} rows has a value that can be drawn; {lost} of them are masked or lost on the page"
                      if len(panel) else "figures: there is no figure to draw; choose something wider")  # fmt: skip
    most = legible.mode().iloc[0] if legible.nunique() > 1 else legible.iloc[0]
    if of is None and panel.attrs.get("rows") == len(panel):
        of = panel.attrs["of"]
    left = {"beyond": (of or len(panel)) - len(panel), "other_units": int(kind.ne(most).sum())}
    if left["beyond"] and title is None:
        # what is largest on one page of many is no finding
        title = in_lines(say("titles", "part", lang, n=len(panel), total=f"{of:,}"))
    draw: dict[str, Callable[..., Axes]] = {"rates": rates, "changes": changes, "funds": funds}
    return draw.get(most, stated)(
        panel[kind.eq(most)], lang=lang, title=title, source=source, left=left
    )


def _from_counts(row: Row) -> Row:
    """A rate that is stated as a bound (85%以上) where its counts have it, inside its interval; one that
    its counts contradict stays as stated.
    """
    low, high, value = row["ci_low"], row["ci_high"], row["value"]
    within = bool(pd.isna(low) or pd.isna(high) or low <= value <= high)
    if within or row["audit"] == "bad" or pd.isna(row["denominator"]):
        return row
    return {**row, "value": 100 * row["numerator"] / row["denominator"]}


@redrawn
@of_panel
def rates(
    panel: pd.DataFrame,
    *,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
    left: Mapping[str, int] | None = None,
) -> Axes:
    """Which rates the reports state, and how firm they are: dots, hollow ones without counts, and
    intervals around the rates of samples of people, where it is known how many. A rate of all
    that was received or filed is a full count and has none.

    Args:
        panel: rows of `compare`; drawn are all of kind `rate` in %, rows of one place together. A
            column `label` holds names for rows that are not known by place and subject.
        lang, title, source: as in `visits`.
        left: as in `stated`.

    Returns:
        the finished Axes; its scale starts above 0 when all rates are high.

    Raises:
        ValueError: no row to draw, or another language.

    >>> from qz_analysis.charts import example
    >>> rates(example(), lang="zh").get_xlabel()
    '%'
    """
    lang = spoken(lang)
    rows, missing = pick(panel, is_rate(panel), "rates", "a rate in %")
    rows = line_up(rows, "place")
    # a share of crimes solved stands beside no share of disputes mediated
    mixed = len({row["family"] for row in rows}) > 1
    if mixed:
        rows = line_up(rows, "family", families(row["family"] for row in rows))
    words, hollow = (
        [printed_percent(row) for row in rows],
        [bool(pd.isna(row["denominator"])) for row in rows],
    )
    groups = [row["family"] for row in rows]
    with dressed():
        # a name in the column `label` stands whole
        known = zip(rows, row_labels(rows, lang), strict=True)
        labels = [row.get("label") or label for row, label in known]
        ax = frame("rates", labels, lang)
        ax.grid(axis="y")
        dots(
            ax,
            of_samples(map(_from_counts, rows)),
            hollow,
            groups,
            [rate_name(family, lang) for family in families(groups)],
        )
        if any(hollow):
            ax.plot(
                [],
                [],
                "o",
                color=MUTED,
                markerfacecolor="white",
                label=say("words", "hollow", lang),
            )
        column(ax, words, rows)
        reach = np.array(
            [
                [row[key] for key in ("value", "low", "high", "ci_low")]
                for row in of_samples(map(_from_counts, rows))
            ],
            dtype=float,
        )
        low, high = np.nanmin(reach), np.nanmax(reach)
        ax.set_xlim((0 if low < 40 else 10 * (low // 10)) - 1.5, max(100, high))
        legend(ax)
        bad = sum(row["audit"] == "bad" for row in rows)
        counted = [not one for one in hollow]
        facts = {
            "k": hollow.count(False),
            "bare": hollow.count(True),
            "bad": bad,
            **(left or {}),
            **extremes(rows, words, lang),
        }
        # a place's own rates stand in the title by their whole names
        for row in rows:
            for end in ("low", "high"):
                if row.get("label") and row_label(row, lang) == facts[end]:
                    facts[f"{end}_end"] = row["label"]
        same = facts["low_value"] == facts["high_value"]
        alike = "_same" + "_all" * all(counted)
        found = "rates" + ("_bad" * bool(bad) or alike * same)
        if mixed:
            how = "_bad" * bool(bad) or "_all" * all(counted) or "_none" * (not any(counted))
            found = f"rates_mixed{how}"
        facts["finding"] = "rates_one" if facts["only"] else found
        finish_chart(ax, "rates", of_samples(rows), lang, title, source, missing=missing, **facts)
    return ax


@redrawn
@of_panel
def changes(
    panel: pd.DataFrame,
    *,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
    left: Mapping[str, int] | None = None,
) -> Axes:
    """What went up and what went down on the year before: diverging bars, decreases to the left.

    Args:
        panel: rows of `compare`; drawn are those of kind `change` in %, not in percentage points or
            counts.
        lang, title, source: as in `visits`.
        left: as in `stated`.

    Returns:
        the finished Axes.

    Raises:
        ValueError: no row to draw, or another language.

    >>> from qz_analysis.charts import example
    >>> changes(example()).texts[0].get_text()
    '−15.98%'
    """
    lang = spoken(lang)
    change, in_percent = panel["kind"].eq("change"), panel["unit"].eq("%")
    # a rate that rose and visits that fell are no bars of one scale
    of_rate = change & in_percent & panel["measure"].eq(RATE_CHANGE)
    counts_moved = change & in_percent & ~of_rate
    drawn_rows = counts_moved if (counts_moved & panel["value"].notna()).any() else of_rate
    rows, missing = pick(panel, drawn_rows, "changes", "a change in %")
    units = [_counted_in(row) for row in rows]
    order = sorted(set(units), key=lambda unit: (unit != "", units.index(unit)))
    known = zip(rows, units, strict=True)
    rows = line_up([row | {"counted": unit} for row, unit in known], "counted", order)
    words = [
        printed(row, lambda value: f"{value:+.6g}%".replace("-", "−"))
        if row["value"] or row["direction"]
        else say("years", "level", lang)
        for row in rows
    ]
    values = [row["value"] for row in rows]
    with dressed():
        ax = frame("changes", row_labels(rows, lang), lang)
        # every bar carries its value: lines would only run through the words
        ax.grid(visible=False)
        for word, colour, sign in (("down", 0, -1), ("up", 1, 1)):
            lengths = [max(0, value * sign) * sign for value in values]
            drawn = say("words", word, lang) if any(lengths) else None
            ax.barh(
                range(len(rows)), lengths, thickness(ax, 0.62), color=colours()[colour], label=drawn
            )
        for y, (value, text) in enumerate(zip(values, words, strict=True)):
            side, shift = ("right", -4) if value < 0 else ("left", 4)
            ax.annotate(
                text, (value, y), (shift, 0), textcoords="offset points", va="center", ha=side
            )
        ax.axvline(0, color=MUTED, linewidth=0.8)
        for y in range(1, len(rows)):
            if rows[y]["counted"] != rows[y - 1]["counted"]:
                ax.axhline(y - 0.5, color=MUTED, linewidth=0.6, linestyle=":")
        low, high = min(0, *values), max(0, *values)
        # room for the longest printed value beyond the bars, as a share of axes that may be 2.8
        # inches wide
        need = (0.1 + 0.075 * max(map(len, words))) / 2.8
        room = max(high - low, 1) * need / (1 - need * ((low < 0) + (high > 0)))
        ax.set_xlim(low - room * (low < 0), high + room * (high > 0))
        legend(ax)
        counts = {
            "down": sum(value < 0 for value in values),
            "up": sum(value > 0 for value in values),
        }
        level = sum(value == 0 for value in values)
        counts["level"] = say("words", "so_many_level", lang, n=level) if level else ""
        facts = {
            **counts,
            **(left or {}),
            "points": int((change & ~in_percent).sum()),
            "of_rates": int((of_rate & ~drawn_rows).sum()),
            **extremes(rows, words, lang),
        }
        kinds = families(row["family"] for row in rows)
        only = kinds[0] if len(kinds) == 1 and kinds[0] != "other" else ""
        facts["about"] = say("words", "of_family", lang, about=say("families", only, lang)) if only else ""  # fmt: skip
        notes = notes_for("changes", rows)
        if len(order) > 1:
            facts["finding"], notes = "changes_mixed", [*notes, "units_apart"]
        finish_chart(ax, "changes", rows, lang, title, source, notes, missing=missing, **facts)
    return ax


#: ends of words for what changed that say how it is counted
_MEASURES = ("批次", "人次", "件次", "立案数", "破案数")


def _counted_in(row: Row) -> str:
    """How the things are counted whose number changed, where the words for it say so."""
    subject = str(row["subject"] or "")
    return next((unit for unit in _MEASURES if subject.endswith(unit)), "")


@redrawn
@of_panel
def funds(
    panel: pd.DataFrame,
    *,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
    left: Mapping[str, int] | None = None,
) -> Axes:
    """What money is spent on what: dots on a scale of powers of ten, sums first, standards per unit
    hollow.

    Args:
        panel: rows of `compare`; drawn are those of kind `money`, and of kind `per` in 元, above 0.
        lang, title, source: as in `visits`.
        left: as in `stated`.

    Returns:
        the finished Axes.

    Raises:
        ValueError: no row to draw, or another language.

    >>> from qz_analysis.charts import example
    >>> funds(example(), lang="zh").texts[0].get_text()
    '156万元'
    """
    lang = spoken(lang)
    fits = panel["kind"].isin(["money", "per"]) & panel["unit"].fillna("").str.startswith("元")
    # nothing at or below zero has a place on this scale
    fits &= ~panel["value"].le(0) & ~panel["low"].le(0)
    rows, missing = pick(panel, fits, "funds", "a sum of money above 0")
    rows = line_up(rows, "kind", ["money", "per"])
    words = [printed_money(row, lang) for row in rows]
    hollow = [row["kind"] == "per" for row in rows]
    with dressed():
        ax = frame("funds", row_labels(rows, lang), lang)
        ax.grid(axis="y")
        dots(ax, rows, hollow, ["funds"] * len(rows))
        for word, face, drawn in (("sum", colours()[0], False), ("standard", "white", True)):
            if drawn in hollow:
                ax.plot(
                    [],
                    [],
                    "o",
                    color=colours()[0],
                    markerfacecolor=face,
                    label=say("words", word, lang),
                )
        column(ax, words, rows)
        decades(ax, reached(rows), lang)
        legend(ax)
        # sums and standards are unlike: the finding speaks of sums alone, where there are any
        told = hollow.count(False) or len(rows)
        facts = {"k": sum(hollow), **(left or {}), **extremes(rows[:told], words[:told], lang)}
        facts["finding"] = ("funds" if False in hollow else "standards") + "_one" * (told == 1)
        finish_chart(ax, "funds", rows, lang, title, source, missing=missing, **facts)
    return ax
