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

from ..arithmetic.audit import BLIND
from ..charts.rows import as_rows, families, money, rate_name
from ..comparison.caveats import FEW
from ..comparison.indicators import RATE_CHANGE
from ..comparison.wording import indicator, note, place_words, subject_words, value, when, word
from ..errors import QzError
from ..model import starts_of
from ..vocabularies.labels import Lang, say, single
from ..vocabularies.session import load
from .evidence import places_of
from .profile import plain
from .story import Story, key_of, linked, noun

if TYPE_CHECKING:
    from IPython.display import Markdown

Row = dict[str, Any]
#: per cent of counts that end in 0 or 5 by chance
_BY_CHANCE = 20
#: a report that names no more mechanisms names few
_FEW = 3


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
        kind: `stock` and `masked` (claims, reports), `written` (claims), `changes` (a panel of
            `compare`; with claims, relations and reports it says what they are against), `visits`,
            `rates`, `intervals`, `funds`, `standards`, `compared`, `against` and `shares` (panels
            of `compare`), `strict` (its refusals), `programmes` (a table of programmes), `audit`
            and `strength` (findings), `unchecked` (reasons with how many figures have them),
            `checked` (coverage), `heaping` (last digits), `implied` (implied figures), `copies`
            (reports), `mechanisms` and `shared` (evidence of mechanisms), `named` (that, reports),
            `ledger` (a ledger).
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
        """Place and subject of a row of a panel; a report's own words are quoted, and whole."""
        place = place_words(str(row["place"]), self.lang, prose=True)
        subject = subject_words(str(row["subject"] or ""), str(row["place"])).replace(",", "，")
        # words that hang on the number itself name nothing (0.1元/支的没有)
        named = subject and not subject.startswith("的")
        return self.quoted(place, subject) if named else place

    def quoted(self, place: str, what: str) -> str:
        """A place and the words of its report, as a quotation."""
        inner = what.replace("“", "‘").replace("”", "’")
        return self.say("whose", place=place, what=inner)

    def time(self, row: Row) -> str:
        """The time of a row, in brackets; nothing where it has none."""
        told = when(str(row["period"] or ""), self.lang)
        return self.say("in_time", when=told) if told else ""

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
        told |= {key: f"{row['value']:.1f}", f"{key}_whose": words.whose(row) + words.time(row)}
        told[f"{key}_of"] = words.say("heads", heads=heads, batches=batches)
    return words.finding("visits" if len(rows) > 1 else "visits_one", **told)


#: of what visits are counted twice
_TWICE = ("批次", "人次")


def _changes(
    words: _Words,
    panel: pd.DataFrame,
    claims: pd.DataFrame | None = None,
    relations: pd.DataFrame | None = None,
    reports: pd.DataFrame | None = None,
) -> Finding:
    """How many counts went up and how many down, the largest of either, and how many were checked;
    changes of rates are another thing and stand apart. With claims, relations and reports each of
    the two says of when it is, what it is against and whether it was recomputed from that.
    """
    moved = [row for row in _legible(panel) if row["direction"] in ("up", "down")]
    rows = [row for row in moved if row["measure"] != RATE_CHANGE]
    of_rates = [row for row in moved if row["measure"] == RATE_CHANGE]
    if not rows:
        return words.finding("changes_none")
    against = None
    if claims is not None and relations is not None and reports is not None:
        against = _Against(words, claims, relations, reports)
    parts, counts = [], []
    for way in ("down", "up"):
        mine = [row for row in rows if row["direction"] == way]
        if mine:
            most = max(mine, key=lambda row: row["value"])
            counts.append(words.say(f"so_many_{way}", n=len(mine)))
            if against is None:
                told = {"whose": words.whose(most), "figure": words.figure(most)}
                parts.append(words.say(f"most_{way}", **told))
            else:
                told = {"whose": words.whose(most), "when": against.time(most)}
                said = words.say(f"most_{way}_held", held=against.held(most), **told)
                parts.append(said + against.other_way(most, rows))
    n = sum(row["audit"] == "ok" for row in rows)
    key = "changes_all" if n == len(rows) else "changes_checked" if n else "changes_unchecked"
    changes = noun("changes", len(rows), words.lang)
    apart = ""
    if of_rates:
        told = {"whose": words.whose(of_rates[0]), "figure": words.figure(of_rates[0])}
        way = words.say(f"rate_{of_rates[0]['direction']}", **told)
        apart = words.say("changes_of_rates", n=len(of_rates), first=way)
    return words.finding(
        "changes", changes=changes, counts=words.listed(counts), apart=apart,
        most=word("story", "semicolon", words.lang).join(parts), checked=words.say(key, n=n),
    )  # fmt: skip


class _Against:
    """Of when changes are, what they are against, and how they came out."""

    def __init__(
        self, words: _Words, claims: pd.DataFrame, relations: pd.DataFrame, reports: pd.DataFrame
    ) -> None:
        self._words = words
        self._claims = {key_of(row): row for row in as_rows(claims)}
        self._story = Story("", claims, relations, words.lang, {})
        self._periods = {
            (row["doc"], row["report"]): str(row["period"]) for row in as_rows(reports)
        }

    def held(self, row: Row) -> str:
        """The change with what it is against, and whether it was recomputed from that."""
        key = row["doc"], row["report"], starts_of(str(row["claims"]))[0]
        return self._story.held(self._claims[key])

    def time(self, row: Row) -> str:
        """The time of a change, else that of its report, in brackets."""
        told = self._words.time(row)
        period = when(self._periods.get((row["doc"], row["report"]), ""), self._words.lang)
        return told or self._words.say("of_report" if period else "of_no_time", when=period)

    def other_way(self, row: Row, rows: list[Row]) -> str:
        """That person-times went the other way than batches, or these than those: told alone, the
        one would mislead.
        """
        same = ("doc", "report", "place", "period")
        for mine, other in (_TWICE, _TWICE[::-1]):
            for one in rows:
                if (
                    str(row["subject"]).endswith(mine)
                    and one["subject"] == str(row["subject"]).removesuffix(mine) + other
                    and one["direction"] != row["direction"]
                    and all(one[name] == row[name] for name in same)
                ):
                    what = subject_words(str(one["subject"]), str(one["place"]))
                    return self._words.say("other_way", what=what, held=self.held(one))
        return ""


def _rates(words: _Words, panel: pd.DataFrame) -> Finding:
    """Of each kind of rate the one with most cases, or of one kind alone the lowest and the highest;
    and which of them can be recomputed.
    """
    rows = _legible(panel)
    if not rows:
        return words.finding("rates_none")
    told: Row = {"n": len(rows), "rates": noun("rates", len(rows), words.lang)}
    verdicts = ("ok", "blind", "bad")
    good, loose, bad = (sum(row["audit"] == verdict for row in rows) for verdict in verdicts)
    ours = sum(row["how"] == "recomputed" for row in rows)
    counts = [("held", good), ("loose", loose), ("broken", bad), ("ours", ours)]
    counts += [("bare", len(rows) - good - loose - bad - ours)]
    told["checked"] = words.listed(words.say(f"rates_{key}", n=n) for key, n in counts if n)
    kinds = families(row["family"] for row in rows)
    if len(kinds) > 1:
        return _rates_by_kind(words, rows, kinds, told)
    low, high = (pick(rows, key=lambda row: row["value"]) for pick in (min, max))
    for key, row in (("low", low), ("high", high)):
        told |= {key: words.figure(row, _rate(words, row)), f"{key}_whose": words.whose(row)}
    return words.finding("rates" if len(rows) > 1 else "rates_one", **told)


def _rate(words: _Words, row: Row) -> str:
    """A rate as printed, or as recomputed."""
    if row["how"] != "recomputed":
        return str(row["text"])
    return words.say("recomputed", n=f"{row['value']:.1f}")


def _rates_by_kind(words: _Words, rows: list[Row], kinds: list[str], told: Row) -> Finding:
    """Of each kind the rate with most cases, among those that rest on exact counts if there are any:
    a share of crimes solved and one of disputes mediated are ends of no range.
    """

    def weight(row: Row) -> tuple[bool, bool, float]:
        counted = row["denominator"] == row["denominator"]
        return counted, row["audit"] not in ("blind", "bad"), row["denominator"] if counted else 0.0

    titles, parts = [], []
    for family in kinds:
        most = max((row for row in rows if row["family"] == family), key=weight)
        ours = most["how"] == "recomputed"
        text = f"{most['value']:.1f}%" if ours else str(most["text"])
        figure, name = words.figure(most, text), rate_name(family, words.lang)
        of = ""
        if weight(most)[0]:
            below, above = (f"{most[name]:,.0f}" for name in ("denominator", "numerator"))
            of = words.say("rate_of_ours" if ours else "rate_of", below=below, above=above)
        fillers = {"name": name, "whose": words.whose(most) + words.time(most), "figure": figure}
        parts.append(words.say("rate_of_kind", of=of, **fillers))
        titles.append(words.say("kind_and_rate", **fillers))
    semicolon = word("story", "semicolon", words.lang)
    return words.finding(
        "rates_by_kind", titles=words.listed(titles), parts=semicolon.join(parts), kinds=len(kinds), **told
    )  # fmt: skip


def _funds(words: _Words, panel: pd.DataFrame) -> Finding:
    """The largest sum, and what half of all sums stay below."""
    rows = _legible(panel)
    if not rows:
        return words.finding("funds_none")
    most = max(rows, key=lambda row: row["value"])
    median = float(pd.Series([row["value"] for row in rows]).median())
    told = {"sums": noun("amounts", len(rows), words.lang), "median": money(median, words.lang, 4)}
    text = str(most["text"]) if words.lang == "zh" else str(money(most["value"], "en", 3))
    return words.finding(
        "funds", whose=words.whose(most), figure=words.figure(most, text), **told
    )  # fmt: skip


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
    loose = int((settled["verdict"].eq("ok") & settled["chance"].ge(BLIND)).sum())
    held = len(settled) - len(bad) - loose
    counts = [("held", held), ("blind", loose), ("broken", len(bad))]
    told["counts"] = words.listed(words.say(f"audit_{key}", n=n) for key, n in counts if n)
    if settled.empty or bad.empty:
        key = "audit_none" if settled.empty else "audit_loose" if loose else "audit_ok"
        return words.finding(key, **told)
    first = as_rows(bad)[0]
    place = place_words(str(first["place"]), words.lang, prose=True)
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


def _stock(words: _Words, claims: pd.DataFrame, reports: pd.DataFrame) -> Finding:
    """How many reports state no figure at all, and how many repeat another one."""
    stated = set(zip(claims["doc"], claims["report"], strict=True))
    silent = [
        key for key in zip(reports["doc"], reports["report"], strict=True) if key not in stated
    ]
    told = {"n": len(silent), "reports": noun("reports", len(reports), words.lang)}
    told["copies"] = int(reports["same_as"].ne("").sum())
    return words.finding("stock" if silent else "stock_full", **told)


def _written(words: _Words, claims: pd.DataFrame) -> Finding:
    """What reports write most figures about."""
    known = claims[claims["family"].ne("other")]
    if known.empty:
        return words.finding("written_none")
    counts = known["family"].value_counts()
    most = str(counts.index[0])
    told = {"what": say("families", most, words.lang), "n": int(counts.iloc[0]), "of": len(claims)}
    told["docs"] = int(known.loc[known["family"].eq(most), "doc"].nunique())
    return words.finding("written", **told)


def _intervals(words: _Words, panel: pd.DataFrame) -> Finding:
    """The rate of the fewest cases, and by how much one case more or less would move it."""
    rows = [row for row in _legible(panel) if row["ci_low"] == row["ci_low"]]
    if not rows:
        return words.finding("intervals_none")
    least = min(rows, key=lambda row: row["denominator"])
    told = {"figure": words.figure(least, f"{least['value']:.4g}%"), "whose": words.whose(least)}
    told |= {"step": f"{100 / least['denominator']:.2g}", "cases": f"{least['denominator']:,.0f}"}
    told["rest"] = f"{len(rows):,}"
    few = least["denominator"] < FEW
    return words.finding("intervals" if few else "intervals_many", **told)


def _standards(words: _Words, panel: pd.DataFrame) -> Finding:
    """The lowest and the highest standard per unit."""
    rows = _legible(panel)
    if not rows:
        return words.finding("standards_none")
    low, high = (pick(rows, key=lambda row: row["value"]) for pick in (min, max))
    told: Row = {"standards": noun("standards", len(panel), words.lang)}
    for key, row in (("low", low), ("high", high)):
        text = str(row["text"]) if words.lang == "zh" else str(money(row["value"], "en", 3))
        told |= {key: words.figure(row, text), f"{key}_whose": words.whose(row)}
    return words.finding("standards" if len(rows) > 1 else "standards_one", **told)


def _programmes(words: _Words, table: pd.DataFrame) -> Finding:
    """The programme with most figures."""
    if table.empty:
        return words.finding("programmes_none")
    column = "term" if words.lang == "zh" else "programme"
    entries = [one for some in load("programmes").values() for one in some.values()]
    counted = {one["zh"] for one in entries if one.get("statistic")}
    # what is only counted is no work
    table = table[~table["term"].isin(counted)]
    if table.empty:
        return words.finding("programmes_none")
    figures = [len(places_of([where])) for where in table["where"]]
    counts = pd.Series(figures).groupby(table[column].to_list()).sum()
    name = str(counts.idxmax())
    return words.finding("programmes", name=name, n=int(counts.max()), programmes=len(counts))


def _strength(words: _Words, found: pd.DataFrame) -> Finding:
    """How many checks could hardly have failed."""
    settled = found[found["verdict"].isin(["ok", "bad"])]
    told: Row = {"checks": noun("checks", len(settled), words.lang)}
    told["n"] = int(settled["chance"].ge(BLIND).sum())
    key = "audit_none" if settled.empty else "strength" if told["n"] else "strength_all"
    return words.finding(key, **told)


def _unchecked(words: _Words, reasons: pd.DataFrame) -> Finding:
    """How many figures could not be checked, and the reason that most of them have."""
    if reasons.empty:
        return words.finding("unchecked_none")
    first = as_rows(reasons)[0]
    why = note(str(first["reason"]), words.lang)
    n = int(reasons["figures"].sum())
    return words.finding("unchecked", n=n, most=int(first["figures"]), why=why)


def _heaping(words: _Words, digits: pd.DataFrame) -> Finding:
    """Whether counts end in 0 and 5 more often than by chance."""
    if not digits["count"].sum():
        return words.finding("heaping_none")
    low, high = digits.attrs["round"]
    key = "more" if low > _BY_CHANCE else "less" if high < _BY_CHANCE else "alike"
    share = digits.loc[digits["digit"].isin([0, 5]), "share"].sum()
    return words.finding(f"heaping_{key}", share=f"{share:.0f}%", n=int(digits["count"].sum()))


def _implied(words: _Words, table: pd.DataFrame) -> Finding:
    """How many earlier levels and other figures follow from what is stated."""
    n = int(table["what"].eq("earlier level").sum())
    return words.finding("implied" if len(table) else "implied_none", n=n, rest=len(table) - n)


def _copies(words: _Words, reports: pd.DataFrame) -> Finding:
    """How many reports repeat an earlier one."""
    told: Row = {"reports": noun("reports", len(reports), words.lang)}
    told["n"] = int(reports["same_as"].ne("").sum())
    return words.finding("copies" if told["n"] else "copies_none", **told)


def _shared(words: _Words, cases: pd.DataFrame) -> Finding:
    """How many mechanisms more than one report names."""
    reports = cases.groupby("mechanism")["doc"].nunique()
    told: Row = {"n": int((reports > 1).sum()), "of": len(reports)}
    return words.finding("shared" if len(reports) else "mechanisms_none", **told)


def _named(words: _Words, cases: pd.DataFrame, reports: pd.DataFrame) -> Finding:
    """Which report names most mechanisms, and how many name few."""
    counts = cases.groupby("doc")["mechanism"].nunique()
    if counts.empty:
        return words.finding("mechanisms_none")
    titles = dict(zip(reports["doc"], reports["title"], strict=True))
    most = str(counts.idxmax())
    told: Row = {"title": titles.get(most) or most, "n": int(counts.max())}
    told["few"] = int((counts <= _FEW).sum())
    return words.finding("named", reports=noun("reports", len(counts), words.lang), **told)


def _against(words: _Words, panel: pd.DataFrame) -> Finding:
    """What speaks most often against comparing figures."""
    parts = [part for text in panel["caveats"] for part in str(text).split("; ") if part]
    told: Row = {"figures": noun("figures", len(panel), words.lang)}
    if not parts:
        return words.finding("against_none", **told)
    [(name, n)] = Counter(parts).most_common(1)
    return words.finding("against", what=value("caveats", name, words.lang), n=n, **told)


def _strict(words: _Words, asked: pd.DataFrame) -> Finding:
    """How many indicators a strict comparison refuses."""
    refused = int(asked["strict"].ne("").sum())
    told: Row = {"n": refused, "of": len(asked)}
    return words.finding("strict_all" if refused == len(asked) else "strict", **told)


def _shares(words: _Words, panel: pd.DataFrame) -> Finding:
    """The fewest and the most per unit of what was divided."""
    rows = [row for row in as_rows(panel) if row["value"] == row["value"]]
    if not rows:
        return words.finding("shares_none")
    low, high = (pick(rows, key=lambda row: row["value"]) for pick in (min, max))
    told: Row = {"n": len(rows), "of": len(panel)}
    for key, row in (("low", low), ("high", high)):
        text = f"{row['value']:.3g}{str(row['unit']).split('/')[0] if words.lang == 'zh' else ''}"
        told |= {key: words.figure(row, text), f"{key}_whose": words.whose(row)}
    return words.finding("shares", **told)


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
        place=place_words(str(place), words.lang, prose=True),
        what=indicator(name, words.lang),
    )
    return words.finding("ledger", whose=whose, most=most, years=words.listed(years), **told)


_KINDS: dict[str, Callable[..., Finding]] = {
    "stock": _stock,
    "written": _written,
    "masked": _masked,
    "visits": _visits,
    "changes": _changes,
    "rates": _rates,
    "intervals": _intervals,
    "funds": _funds,
    "standards": _standards,
    "programmes": _programmes,
    "compared": _compared,
    "against": _against,
    "strict": _strict,
    "shares": _shares,
    "audit": _audit,
    "checked": _checked,
    "strength": _strength,
    "unchecked": _unchecked,
    "heaping": _heaping,
    "implied": _implied,
    "copies": _copies,
    "mechanisms": _mechanisms,
    "shared": _shared,
    "named": _named,
    "ledger": _ledger,
}
