"""What a notebook's page begins with, and what heads its sections: findings written from the data.

Each rule takes tables and gives a finding: a title of a few words, and a sentence on the world in
which each figure leads to its own sentence in the report. Where the data give no finding the rule
says that. The words stand in `[openings]` of `vocabularies/profile.toml`.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..charts.rows import as_rows, place_label, subject_of
from ..comparison.wording import indicator, note, when, word
from ..errors import QzError
from ..model import starts_of
from ..vocabularies.labels import Lang, single
from .evidence import places_of
from .profile import plain
from .story import linked, noun

if TYPE_CHECKING:
    from IPython.display import Markdown

Row = dict[str, Any]
#: yuan of 万 and of 亿
_WAN, _YI = 1e4, 1e8


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding: a title, and the sentence that a page begins with; in a notebook it shows that."""

    title: str
    sentence: str

    def _repr_markdown_(self) -> str:
        return plain(self.sentence)

    def heading(self) -> "Markdown":
        """The title as the heading of a section."""
        from IPython.display import Markdown

        return Markdown(f"## {plain(self.title)}")


def opening(kind: str, *tables: pd.DataFrame, lang: Lang | None = None) -> Finding:
    """The finding of one kind from its tables.

    Args:
        kind: `masked` (claims, reports), `visits`, `changes`, `rates`, `funds` and `compared`
            (panels of `compare`), `audit` (findings), `checked` (coverage), `mechanisms`
            (evidence of mechanisms), `ledger` (a ledger).
        tables: the tables that the kind asks for.
        lang: `en` or `zh`; that in force (see `language`) unless given.

    Returns:
        the finding: its `title`, its `sentence`, and its `heading()`.

    Raises:
        QzError: there is no such kind.

    >>> import qz_analysis as qz
    >>> made = qz.tables("甲县受理事项43宗，办结36宗，办结率83.7%。")
    >>> panel = qz.compare(made.claims, made.relations, indicator="rates")
    >>> opening("rates", panel, lang="en").title
    'The one legible rate is 83.7%'
    """
    if kind not in _KINDS:
        raise QzError(f"no opening {kind!r}; there are: {', '.join(_KINDS)}")
    return _KINDS[kind](_Words(single(lang)), *tables)


class _Words:
    """The words of the openings in one language."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang

    def say(self, key: str, **fillers: Any) -> str:
        return word("openings", key, self.lang, **fillers)

    def finding(self, key: str, **fillers: Any) -> Finding:
        """The title and the sentence of one entry."""
        plain_ = {name: _unlinked(text) for name, text in fillers.items()}
        title = self.say(f"{key}_title", **plain_)
        sentence = self.say(key, **fillers)
        return Finding(*(text[:1].upper() + text[1:] for text in (title, sentence)))

    def listed(self, parts: Iterable[str]) -> str:
        return word("story", "comma", self.lang).join(parts)

    def whose(self, row: Row) -> str:
        """Place and subject of a row of a panel; a report's own words are quoted in English."""
        place = str(place_label(row["place"], self.lang))
        subject = subject_of(row).removeprefix(str(row["place"]))
        return self.quoted(place, subject) if subject else place

    def quoted(self, place: str, what: str) -> str:
        """A place and the words of its report, as a quotation."""
        inner = what.replace("“", "‘").replace("”", "’")
        return self.say("whose", place=place, what=inner)

    def figure(self, row: Row, text: str = "") -> str:
        """The figure of a row as printed, or as told, with the place that it leads to."""
        start = starts_of(str(row["claims"]))[0]
        return linked(text or str(row["text"]), {"doc": row["doc"], "start": start}, {})


def _unlinked(text: Any) -> Any:
    from .links import unmarked

    return unmarked(text) if isinstance(text, str) else text


def _legible(panel: pd.DataFrame) -> list[Row]:
    return as_rows(panel[panel["value"].notna() & ~panel["status"].isin(["redacted", "spoilt"])])


def _masked(words: _Words, claims: pd.DataFrame, reports: pd.DataFrame) -> Finding:
    """How much of what reports state is masked, and in which report most."""
    lost = claims[claims["status"].eq("redacted")]
    told: Row = {"reports": noun("reports", len(reports), words.lang)}
    told["figures"] = noun("figures", len(claims), words.lang)
    if lost.empty:
        return words.finding("masked_none", **told)
    counts = Counter(zip(lost["doc"], lost["report"], strict=True))
    [(report, n)] = counts.most_common(1)
    mine = reports[reports["doc"].eq(report[0]) & reports["report"].eq(report[1])]
    whole = int((claims["doc"].eq(report[0]) & claims["report"].eq(report[1])).sum())
    told |= {"n": len(lost), "share": f"{len(lost) / len(claims):.0%}", "most": n, "of": whole}
    title = next(iter(mine["title"]), "") or report[0]
    return words.finding("masked", title=title, **told)


def _visits(words: _Words, panel: pd.DataFrame) -> Finding:
    """The fewest and the most people in one visit."""
    rows = _legible(panel)
    if not rows:
        return words.finding("visits_none")
    told: Row = {}
    for key, row in (
        ("low", min(rows, key=lambda row: row["value"])),
        ("high", max(rows, key=lambda row: row["value"])),
    ):
        counts = f"{row['numerator']:,.0f}", f"{row['denominator']:,.0f}"
        start = starts_of(str(row["claims"]))
        heads, batches = (
            linked(text, {"doc": row["doc"], "start": at}, {})
            for text, at in zip(counts, (start[-1], start[0]), strict=True)
        )
        told |= {key: f"{row['value']:.1f}", f"{key}_whose": words.whose(row)}
        told[f"{key}_of"] = words.say("heads", heads=heads, batches=batches)
    return words.finding("visits" if len(rows) > 1 else "visits_one", **told)


def _changes(words: _Words, panel: pd.DataFrame) -> Finding:
    """How many counts went up and how many down, the largest of either, and how many were checked."""
    rows = [row for row in _legible(panel) if row["direction"] in ("up", "down")]
    if not rows:
        return words.finding("changes_none")
    parts, counts = [], []
    for way in ("down", "up"):
        mine = [row for row in rows if row["direction"] == way]
        if mine:
            most = max(mine, key=lambda row: row["value"])
            counts.append(words.say(f"so_many_{way}", n=len(mine)))
            told = {"whose": words.whose(most), "figure": words.figure(most)}
            parts.append(words.say(f"most_{way}", **told))
    n = sum(row["audit"] == "ok" for row in rows)
    checked = words.say("changes_checked" if n else "changes_unchecked", n=n)
    changes = noun("changes", len(rows), words.lang)
    return words.finding(
        "changes", changes=changes, counts=words.listed(counts),
        most=word("story", "semicolon", words.lang).join(parts), checked=checked,
    )  # fmt: skip


def _rates(words: _Words, panel: pd.DataFrame) -> Finding:
    """The lowest and the highest rate, and which of them can be recomputed."""
    rows = _legible(panel)
    if not rows:
        return words.finding("rates_none")
    low, high = (pick(rows, key=lambda row: row["value"]) for pick in (min, max))
    told: Row = {"n": len(rows), "rates": noun("rates", len(rows), words.lang)}
    for key, row in (("low", low), ("high", high)):
        stated = row["how"] != "recomputed"
        text = str(row["text"]) if stated else words.say("recomputed", n=f"{row['value']:.1f}")
        told |= {key: words.figure(row, text), f"{key}_whose": words.whose(row)}
    good, bad = (sum(row["audit"] == verdict for row in rows) for verdict in ("ok", "bad"))
    ours = sum(row["how"] == "recomputed" for row in rows)
    counts = [("held", good), ("broken", bad), ("ours", ours)]
    counts += [("bare", len(rows) - good - bad - ours)]
    said = [words.say(f"rates_{key}", n=n) for key, n in counts if n]
    key = "rates" if len(rows) > 1 else "rates_one"
    return words.finding(key, checked=words.listed(said), **told)


def _funds(words: _Words, panel: pd.DataFrame) -> Finding:
    """The largest sum, and what half of all sums stay below."""
    rows = _legible(panel)
    if not rows:
        return words.finding("funds_none")
    most = max(rows, key=lambda row: row["value"])
    median = float(pd.Series([row["value"] for row in rows]).median())
    told = {"sums": noun("amounts", len(rows), words.lang), "median": _money(median, words.lang)}
    text = str(most["text"]) if words.lang == "zh" else _money(most["value"], "en")
    return words.finding(
        "funds", whose=words.whose(most), figure=words.figure(most, text), **told
    )  # fmt: skip


def _money(value: float, lang: str) -> str:
    if lang == "en":
        scale, sign = next((s for s in ((1e9, "bn"), (1e6, "m")) if value >= s[0]), (1, ""))
        return f"RMB {value / scale:,.3g}{sign}" if sign else f"RMB {value:,.0f}"
    scale, sign = next((s for s in ((_YI, "亿元"), (_WAN, "万元")) if value >= s[0]), (1, "元"))
    return f"{value / scale:,.4g}{sign}" if scale > 1 else f"{value:,.0f}{sign}"


def _compared(words: _Words, panel: pd.DataFrame) -> Finding:
    """Which indicator most places state, and how many figures can be compared as they are."""
    known = panel[panel["value"].notna()]
    places = known.groupby("indicator", sort=False)["place"].nunique()
    free = int((panel["caveats"] == "").sum())
    clear = words.say("compared_free" if free else "compared_not", n=free)
    told: Row = {"figures": noun("figures", len(panel), words.lang), "clear": clear}
    if places.empty or places.max() < 2:
        return words.finding("compared_none", **told)
    name = str(places.idxmax())
    values = known.loc[known["indicator"].eq(name), "value"]
    what = indicator(name, words.lang)
    unit = "%" * bool(known.loc[known["indicator"].eq(name), "unit"].eq("%").all())
    return words.finding(
        "compared", what=what, places=int(places.max()), several=int((places > 1).sum()),
        indicators=panel["indicator"].nunique(), low=f"{values.min():,.4g}{unit}", high=f"{values.max():,.4g}{unit}", **told,
    )  # fmt: skip


def _audit(words: _Words, found: pd.DataFrame) -> Finding:
    """How much of the arithmetic holds, and the first piece that does not."""
    settled = found[found["verdict"].isin(["ok", "bad"])]
    bad = settled[settled["verdict"].eq("bad")]
    told: Row = {"n": len(bad), "checks": noun("checks", len(settled), words.lang)}
    told["ok"] = len(settled) - len(bad)
    if settled.empty or bad.empty:
        return words.finding("audit_none" if settled.empty else "audit_ok", **told)
    first = as_rows(bad)[0]
    place = str(place_label(first["place"], words.lang))
    doc, start = places_of([first["where"]])[0]
    told["figure"] = linked(str(first["printed"]), {"doc": doc, "start": start}, {})
    told["whose"] = words.quoted(place, str(first["what"]))
    told["arithmetic"] = note(str(first["arithmetic"]), words.lang)
    return words.finding("audit", **told)


def _checked(words: _Words, covered: pd.DataFrame) -> Finding:
    """How many of the stated rates and changes come with figures to recompute them."""
    told = {"n": int(covered["checked"].sum()), "of": int(covered["stated"].sum())}
    told["docs"] = int((covered["checked"] == 0).sum())
    return words.finding("checked", **told)


def _mechanisms(words: _Words, cases: pd.DataFrame) -> Finding:
    """The mechanisms that most reports name as in place, and those that are mostly planned."""
    column = "term" if words.lang == "zh" else "label"
    there = cases[cases["standing"].eq("in place")].groupby(column, sort=False)["doc"].nunique()
    planned = cases[cases["standing"].eq("planned")]
    if there.empty:
        return words.finding("mechanisms_none")
    names = [str(name) for name in there[there.eq(there.max())].index][:3]
    told: Row = {
        "names": words.listed(names),
        "reports": noun("reports", int(there.max()), words.lang),
    }
    told["planned"] = words.say("mechanisms_planned", n=len(planned)) if len(planned) else ""
    return words.finding("mechanisms", **told)


def _ledger(words: _Words, found: pd.DataFrame) -> Finding:
    """How many figures of one report do not fit those of others, and where most of them are."""
    breaks = found[found["verdict"].eq("open")]
    told: Row = {"checks": noun("checks", len(found), words.lang), "n": len(breaks)}
    if breaks.empty:
        return words.finding("ledger_ok", **told)
    counts = Counter(zip(breaks["place"], breaks["indicator"], strict=True))
    [((place, name), most)] = counts.most_common(1)
    mine = breaks[breaks["place"].eq(place) & breaks["indicator"].eq(name)]
    years = [
        word("periods", "span", words.lang, first=str(row).split(";")[0], last=when(str(row).split(";")[-1], words.lang))
        for row in mine["years"]
    ]  # fmt: skip
    whose = words.say(
        "whose_indicator",
        place=str(place_label(place, words.lang)),
        what=indicator(name, words.lang),
    )
    return words.finding("ledger", whose=whose, most=most, years=words.listed(years), **told)


_KINDS: dict[str, Callable[..., Finding]] = {
    "masked": _masked,
    "visits": _visits,
    "changes": _changes,
    "rates": _rates,
    "funds": _funds,
    "compared": _compared,
    "audit": _audit,
    "checked": _checked,
    "mechanisms": _mechanisms,
    "ledger": _ledger,
}
