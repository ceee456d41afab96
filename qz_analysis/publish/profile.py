"""The profile of one place: what its reports state, what the audit found, and what is missing."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from .. import charts
from ..arithmetic.audit import audit
from ..charts.figure import show
from ..charts.rows import as_rows, listed
from ..charts.rows import place_label as known_as
from ..comparison.caveats import nameless
from ..comparison.findings import findings
from ..comparison.indicators import marks
from ..comparison.mechanisms import mechanism_evidence, mechanisms
from ..comparison.panel import compare
from ..comparison.places import Place, find_place
from ..errors import QzError
from ..extraction.corrections import Given, cell
from ..model import Tables, starts_of
from ..readers import sidecar
from ..readers.read import Source
from ..runs.tables import corpus, tables
from ..vocabularies.labels import Lang, say
from ..vocabularies.session import load

Row = dict[str, Any]
#: whether a sentence is needed, its key in the vocabulary, and what fills it
Note = tuple[Any, str, Row]
#: what Markdown would take for a sign, a link or an entity of its own: masks are made of asterisks
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$]|:(?=//)|&(?=#?\w+;))")
#: statuses of claims whose figure cannot be used
LOST = ("redacted", "spoilt")
#: sections that a place without figures has no need of
_FIGURED = {"visits", "rates", "changes", "funds", "audit", "evidence"}


def profile(
    place: str,
    *,
    lang: Lang = "en",
    source: Source | None = None,
    embedded: bool = False,
    corrections: Given = (),
    documents: sidecar.Given = None,
) -> "Profile":
    """Profile of one place out of the embedded corpus or of other pages, for a notebook.

    Args:
        place: its name, or `document:report` for one report.
        lang: `en` or `zh`.
        source: pages, folders of pages, or a text; the embedded corpus when None.
        embedded: whether the pages are those of the embedded corpus, whose texts are retold.
        corrections: corrections to apply, as `tables` takes them.
        documents: tables that say whose reports these are, as `tables` takes them.

    Returns:
        a `Profile`: each of its methods shows one section.

    Raises:
        QzError: another language, or no such place; the message lists the nearest names.

    >>> import qz_analysis as qz
    >>> qz.brief.profile("甲山县", source="甲山县受理事项43宗。甲山县信访局").summary()
    'This page draws on 1 report with 1 figure: legible 1, masked or lost 0, damaged 0.'
    """
    if lang not in ("en", "zh"):
        raise QzError(f"a profile speaks en or zh, not {lang!r}")
    pages = corpus() if source is None else source
    result = tables(pages, corrections=corrections, documents=documents)
    named = mechanisms(pages, documents=documents)
    embedded = embedded or source is None
    return Profile(find_place(result, place), result, named, lang, embedded=embedded)


def word(section: str, key: str, lang: str, **fillers: Any) -> str:
    """A word or sentence of `vocabularies/profile.toml`; the key itself where there is no entry.

    >>> word("headings", "visits", "zh"), word("headings", "title", "en", place="甲县")
    ('来访', '甲县: what its reports state')
    """
    entry = load("profile")[section].get(key)
    return key if entry is None else str(entry[lang]).format(**fillers)


def noun(key: str, n: int, lang: str) -> str:
    """How many of something, in the singular where English wants it.

    >>> noun("reports", 1, "en"), noun("figures", 2019, "en")
    ('1 report', '2,019 figures')
    """
    form = "one" if lang == "en" and n == 1 else lang
    return str(load("profile")["nouns"][key][form]).format(n=f"{n:,}")


def plain(text: str) -> str:
    """A text of a page as Markdown shows it, none of its signs taken for mark-up.

    >>> print(plain("*县"))
    \\*县
    """
    return _SIGNS.sub(r"\\\1", text)


def counts_of(claims: pd.DataFrame) -> dict[str, int]:
    """How many figures some claims are, and how many of them are legible, masked and spoilt."""
    status = claims["status"].value_counts()
    names = {"legible": "ok", "masked": "redacted", "spoilt": "spoilt"}
    counts = {name: int(status.get(key, 0)) for name, key in names.items()}
    return {"figures": len(claims), **counts}


def legible(panel: pd.DataFrame) -> list[Row]:
    """Rows that have a value or the ends of a range, and are not suspected of damage."""
    there = (panel["value"].notna() | panel["low"].notna()) & ~panel["status"].isin(LOST)
    return as_rows(panel[there])


def as_printed(row: Row) -> str:
    """A figure as printed, with a mark when a reviewer corrected it.

    Where the number itself is corrected and the figure is a stated one, what holds follows it.
    """
    if not row["corrected"]:
        return str(row["text"])
    changed = {"value", "low", "high", "unit"} & set(row["corrected"].split(";"))
    ends = "–".join(filter(None, (cell(row[name]) for name in ("value", "low", "high"))))
    another = f" → {ends}{row['unit']}" if row["how"] != "recomputed" and changed and ends else ""
    return f"{row['text']}{another}†"


def cited(text: str, row: Row, k: int = 0) -> str:
    """A figure with document and offset of its claim, of which the brief makes a link."""
    starts = starts_of(row["claims"])
    return f"{text} [{row['doc']}: {starts[k]}]" if k < len(starts) else text


def inside(table: pd.DataFrame, reports: pd.DataFrame) -> "pd.Series[bool]":
    """Which rows belong to one of the reports."""
    keys = set(zip(reports["doc"], reports["report"], strict=True))
    mine = [key in keys for key in zip(table["doc"], table["report"], strict=True)]
    return pd.Series(mine, index=table.index, dtype=bool)


def among(relations: pd.DataFrame, claims: pd.DataFrame) -> "pd.Series[bool]":
    """Which relations have all their figures among the claims."""
    known = set(zip(claims["doc"], claims["report"], claims["start"], strict=True))
    mine = [known.issuperset(_keys(row, "starts")) for row in as_rows(relations)]
    return pd.Series(mine, index=relations.index, dtype=bool)


def _keys(row: Row, column: str) -> list[tuple[str, int, int]]:
    """Document, report and start of each claim that a column of a row names."""
    return [(row["doc"], row["report"], start) for start in starts_of(row[column])]


def _amount(row: Row) -> float:
    return float(row["low"] if pd.isna(row["value"]) else row["value"])


class Profile:
    """The sections of a place's profile, each shown by a method; all their numbers are computed."""

    def __init__(
        self, place: Place, result: Tables, named: pd.DataFrame, lang: Lang, *, embedded: bool
    ) -> None:
        self.place, self.lang, self.embedded, self.claims = place, lang, embedded, place.claims
        relations = audit(result.claims, result.reports, unchecked=True)
        mine = among(relations, self.claims)
        relevant = relations[mine]
        self.checked = relevant[relevant["verdict"] != "unchecked"]
        self.found = findings(result.claims, relations)[mine.to_numpy()]
        self.named = named[inside(named, place.own)]
        self.several = len(place.reports) > 1

    # ---- sections

    def summary(self) -> str:
        """How many figures of how many reports, in one sentence; an index shows it."""
        reports = self._noun("reports", len(self.place.reports))
        figures = self._noun("figures", len(self.claims))
        counts = counts_of(self.claims) | {"reports": reports, "figures": figures}
        return self._sentence("lead" if len(self.claims) else "lead_none", **counts)

    def head(self) -> None:
        """Heading, summary and what the name tells and does not tell."""
        place, claims = self.place, self.claims
        own = inside(claims, place.own)
        elsewhere = claims[own & ~claims["place"].isin(["", place.name])]
        names = listed(list(dict.fromkeys(elsewhere["place"])), self.lang)
        figures = self._noun("figures", len(elsewhere))
        others = self._noun("reports", len(place.others))
        corrected = int((claims["corrected"] != "").sum())
        both = len(place.own) > 0 and len(place.others) > 0
        notes: list[Note] = [
            (place.by_report, "by_report", {"n": len(place.own)}),
            (place.report and nameless(place.name), "nameless", {"report": place.report}),
            (place.own.empty, "not_own", {}),
            (both, "also_others", {"reports": others}),
            (len(elsewhere), "inside", {"figures": figures, "places": names}),
            (corrected, "corrected", {"figures": self._noun("figures", corrected)}),
        ]
        title = word("headings", "title", self.lang, place=self._name())
        self._write(self.summary(), heading=title, rank=1)
        known = place.name or say("words", "no_place", self.lang)
        if sentences := self._sentences(notes, place=known):
            self._write(*sentences)

    def reports(self) -> None:
        """Document, period and level of each report, with how many of its figures can be read."""
        rows = []
        for row in as_rows(self.place.reports):
            counts = counts_of(self.claims[inside(self.claims, pd.DataFrame([row]))])
            del counts["legible"]
            about = {"doc": f"{row['doc']}:{row['report']}", "title": row["title"]}
            about |= {"place": row["place"], "level": self._value(row["level"])}
            about["period"] = row["period"]
            rows.append({**about, **counts, "same_as": row["same_as"]})
        copies = sum(row["same_as"] != "" for row in rows)
        note = (copies, "copies", {"reports": self._noun("reports", copies)})
        self._section("reports", self._sentences([note]), rows)

    def families(self) -> None:
        """How many figures on each subject, and how many of them are masked or spoilt."""
        claims = dict(iter(self.claims.groupby("family")))
        order = [family for family in load("labels")["families"] if family in claims]
        labels = self._families(order)
        rows: list[Row] = [
            {"family": label, **counts_of(claims[family])}
            for family, label in zip(order, labels, strict=True)
        ]
        most = max((row["figures"] for row in rows), default=0)
        top = [row["family"] for row in rows if row["figures"] == most]
        key = ("families" if len(top) == 1 else "families_tied") if rows else "families_none"
        fillers = {"top": listed(top, self.lang), "n": most, "all": len(self.claims)}
        self._section("families", [self._sentence(key, **fillers)], rows)

    def visits(self) -> None:
        """Visitors in batches and persons, and persons per batch."""
        panel = self._compared("visits")
        stated = as_rows(panel[panel["value"].notna()])
        corrected = as_rows(self.claims[self.claims["corrected"] != ""])
        touched = {(row["doc"], row["report"], row["start"]) for row in corrected}
        rows = []
        for row in stated:
            batch, person, *_ = ("†" * (key in touched) for key in _keys(row, "claims"))
            batches = cited(f"{row['denominator']:,.0f}{batch}", row)
            people = cited(f"{row['numerator']:,.0f}{person}", row, 1)
            ratio = f"{row['value']:.2f}"
            counts = {"batches": batches, "people": people, "per_batch": ratio}
            rows.append({**self._about(row), **counts})
        fillers = {"tallies": self._noun("tallies", len(rows))}
        if rows:
            values = [row["value"] for row in stated]
            fillers |= {"low": f"{min(values):.2f}", "high": f"{max(values):.2f}"}
            fillers |= {"value": rows[-1]["per_batch"], **rows[-1]}
        key = ("visits" if len(rows) > 1 else "visits_one") if rows else "visits_none"
        lost = len(panel) - len(rows)
        masked = (lost, "visits_masked", {"tallies": self._noun("tallies", lost)})
        self._section("visits", self._sentences([(True, key, fillers), masked]), rows)
        self._chart(charts.visits, panel, len(rows))

    def rates(self) -> None:
        """Rates with the counts behind them, the interval of these and the audit's mark."""
        panel = self._all_rates()
        rows = []
        for row in legible(panel):
            recomputed, known = row["how"] == "recomputed", row["denominator"] == row["denominator"]
            printed = as_printed(row) + f" = {row['value']:.1f}%" * recomputed
            counts = f"{row['numerator']:,.0f} / {row['denominator']:,.0f}" if known else ""
            low, high = row["ci_low"], row["ci_high"]
            interval: str = "" if pd.isna(low) else f"{low:.1f}–{high:.1f}"
            cells = {"printed": cited(printed, row), "counts": counts, "interval": interval}
            rows.append({**self._about(row), **cells, "audit": self._value(row["audit"])})
        counted = sum(row["counts"] != "" for row in rows)
        key = "rates" if counted else "rates_bare" if rows else "rates_none"
        said = self._sentence(key, rates=self._noun("rates", len(rows)), counted=counted)
        self._section("rates", [said], rows)
        self._chart(charts.rates, panel, len(rows))

    def changes(self) -> None:
        """Changes in % against an earlier period, with the audit's mark."""
        panel = self._stated(["change"])
        panel = panel[panel["unit"] == "%"]
        rows = self._figure_rows(panel)
        directions = [row["direction"] for row in legible(panel)]
        fillers = {"down": directions.count("down"), "up": directions.count("up")}
        key, changes = "changes" if rows else "changes_none", self._noun("changes", len(rows))
        self._section("changes", [self._sentence(key, changes=changes, **fillers)], rows)
        self._chart(charts.changes, panel, len(rows))

    def funds(self) -> None:
        """Sums of money and standards per person, case or the like."""
        panel = self._stated(["money", "per"])
        panel = panel[panel["unit"].str.startswith("元")]
        order = sorted(legible(panel), key=_amount)
        fillers = {"low": as_printed(order[0]), "high": as_printed(order[-1])} if order else {}
        key = ("funds_one" if len(order) == 1 else "funds") if order else "funds_none"
        rows = self._figure_rows(panel)
        sums = self._noun("sums", len(rows))
        self._section("funds", [self._sentence(key, sums=sums, **fillers)], rows)
        self._chart(charts.funds, panel, len(rows))

    def audit(self) -> None:
        """What could be recomputed from the reports' own figures, and why the rest could not."""
        unchecked = self.found["verdict"].eq("unchecked")
        made, left, rows = as_rows(self.found[~unchecked]), self.found[unchecked], []
        for row in made:
            check = {"check": self._value(row["check"]), "what": row["what"]}
            arithmetic = self._arithmetic(row["arithmetic"]) + "†" * bool(row["corrected"])
            verdict, strength = self._value(row["verdict"]), self._value(row["strength"])
            result = {"arithmetic": arithmetic, "verdict": verdict, "strength": strength}
            rows.append({**self._report(row), **check, **result})
        verdicts = [row["verdict"] for row in made]
        fillers = {"ok": verdicts.count("ok"), "bad": verdicts.count("bad"), "unchecked": len(left)}
        fillers["blind"] = sum(row["strength"] == "blind" for row in made)
        key = "audit" if made else "audit_unchecked" if len(left) else "audit_none"
        checks = self._noun("checks", len(made))
        self._section("audit", [self._sentence(key, checks=checks, **fillers)], rows)
        reasons = left["remark"].map(self._reason).value_counts(sort=False)
        counted = [{"reason": reason, "times": n} for reason, n in reasons.items()]
        caption = word("captions", "unchecked" if made else "unchecked_all", self.lang)
        self._table(counted, caption)

    def mechanisms(self) -> None:
        """Institutions that its own reports name, by group, as in place or only planned."""
        found = mechanism_evidence(self.named)
        names = found["term"] if self.lang == "zh" else found["label"] + " " + found["term"]
        found = found.assign(name=names, there=found["standing"] == "in place")
        rows = []
        for group, each in found.groupby("group", sort=False):
            row = {"group": say("groups", str(group), self.lang)}
            for key, mine in (("in_place", each["there"]), ("planned", ~each["there"])):
                row[key] = listed(list(dict.fromkeys(each.loc[mine, "name"])), self.lang)
            rows.append(row)
        there = set(found.loc[found["there"], "mechanism"])
        planned = len({*found["mechanism"]} - there)
        fillers = {"mechanisms": self._noun("mechanisms", len(there)), "planned": planned}
        key = "mechanisms" if rows else "mechanisms_none"
        self._section("mechanisms", [self._sentence(key, **fillers)], rows)

    def missing(self) -> None:
        """What the pages mask, leave out or state without what a reader needs."""
        claims, rates = self.claims, self._all_rates()
        masked, spoilt = (claims[claims["status"] == status] for status in LOST)
        known = rates["value"].notna()
        bare = int((rates["denominator"].isna() & known).sum())
        undated = int((claims["period"] == "").sum())
        veiled = int(claims["period"].str.contains("xx").sum())
        present = {*claims["family"], "other"}
        silent = [family for family in load("labels")["families"] if family not in present]
        of_masked = listed(self._families(dict.fromkeys(masked["family"])), self.lang)
        of_silent = listed(self._families(silent), self.lang)
        figures = {n: self._noun("figures", n) for n in (len(claims), len(masked), len(spoilt))}
        of_all, of_rates = figures[len(claims)], self._noun("rates", int(known.sum()))
        masked_fillers = {"figures": figures[len(masked)], "families": of_masked}
        notes: list[Note] = [
            (len(masked), "missing_masked", masked_fillers),
            (len(spoilt), "missing_spoilt", {"figures": figures[len(spoilt)]}),
            (nameless(self.place.name), "missing_place", {}),
            (undated, "missing_period", {"n": undated, "figures": of_all}),
            (veiled, "missing_year", {"n": veiled, "figures": of_all}),
            (bare, "missing_counts", {"n": bare, "rates": of_rates}),
        ]
        said = self._sentences(notes) or self._sentences([(len(claims), "missing_none", {})])
        said += self._sentences([(silent, "missing_families", {"families": of_silent})])
        self._write(*said, heading=word("headings", "missing", self.lang), bullets=True)

    def limits(self) -> None:
        """What the page cannot show."""
        keys = ["limits_always", "limits_compare", "limits_words"]
        keys += ["limits_many"] * self.several + ["limits_retold"] * self.embedded
        heading = word("headings", "limits", self.lang)
        self._write(*map(self._sentence, keys), heading=heading, bullets=True)

    def evidence(self) -> None:
        """Every figure as printed, with the characters of the raw text where it stands."""
        rows = []
        for row in as_rows(self.claims):
            place = row["place"] if row["place"] != self.place.name else ""
            status = self._value(row["status"]) if row["status"] in LOST else ""
            rows.append(
                {
                    "what": row["subject"],
                    "printed": row["text"],
                    "corrected": self._corrections(row),
                    "period": row["period"],
                    "place": place,
                    "family": say("families", row["family"], self.lang),
                    "status": status,
                    "where": f"{row['doc']}: {row['start']}–{row['end']}",
                }
            )
        self._section("evidence", [self._sentence("evidence")], rows)

    # ---- words

    def _sentence(self, key: str, **fillers: Any) -> str:
        return word("sentences", key, self.lang, **fillers)

    def _sentences(self, notes: Iterable[Note], **fillers: Any) -> list[str]:
        """The sentences of those notes that are needed."""
        return [self._sentence(key, **fillers | more) for needed, key, more in notes if needed]

    def _noun(self, key: str, n: int) -> str:
        return noun(key, n, self.lang)

    def _value(self, text: Any) -> str:
        """What stands in a cell for a value of the tables."""
        return word("values", str(text), self.lang)

    def _families(self, families: Iterable[str]) -> list[str]:
        """Names of families in the page's language."""
        return [say("families", family, self.lang) for family in families]

    def _name(self) -> str:
        """The place in the page's language, and its report where that tells it apart.

        In English its own name stands beside it.
        """
        own = self.place.name
        name = str(known_as(own, self.lang))
        if self.lang == "en" and own and name != own:
            name = f"{name} {own}"
        brackets = {"en": " ({})", "zh": "（{}）"}[self.lang]
        return name + brackets.format(self.place.report) * bool(self.place.report)

    def _arithmetic(self, note: str) -> str:
        """The audit's arithmetic in the page's language."""
        for entry in load("profile")["arithmetic"].values() if self.lang == "zh" else ():
            note = note.replace(entry["en"], entry["zh"])
        return note

    def _reason(self, remark: str) -> str:
        """Why a figure is unchecked, in the page's language."""
        lost = remark.endswith(" is masked or lost") and remark not in load("profile")["reasons"]
        return word("reasons", "a figure of it is masked or lost" if lost else remark, self.lang)

    # ---- showing

    def _section(self, key: str, sentences: Sequence[str], rows: Sequence[Row]) -> None:
        """Heading, prose and table of a section.

        Without any figure, those sections that would only say so are left out.
        """
        if len(self.claims) == 0 and key in _FIGURED:
            return
        self._write(*sentences, heading=word("headings", key, self.lang))
        self._table(rows, word("captions", key, self.lang))

    def _write(
        self, *sentences: str, heading: str = "", rank: int = 2, bullets: bool = False
    ) -> None:
        """Shows a heading and sentences, none of them taken for mark-up."""
        from IPython.display import Markdown, display

        texts = [plain(text) for text in sentences if text]
        gap = " " if self.lang == "en" else ""
        body = "\n".join(f"- {text}" for text in texts) if bullets else gap.join(texts)
        head = f"{'#' * rank} {plain(heading)}" if heading else ""
        display(Markdown("\n\n".join(filter(None, [head, body]))))

    def _table(self, rows: Sequence[Row], caption: str) -> None:
        """Shows rows as a table; a column that is empty throughout is left out."""
        from IPython.display import display

        frame = pd.DataFrame(list(rows)).astype(object)
        if frame.empty:
            return
        filled = [key for key in frame if not frame[key].isin(["", 0]).all()]
        kept = [key for key in frame if key in filled or key in {"figures", "legible"}]
        heads = {key: word("columns", str(key), self.lang) for key in kept}
        about = {"text/html": {"caption": caption}}
        display(frame[kept].rename(columns=heads), metadata=about)

    def _chart(self, draw: Callable[..., Axes], panel: pd.DataFrame, n: int) -> None:
        """Shows a chart of a panel of which `n` rows have a value, from three on."""
        # two rows say in the table what they would say in a picture
        if n < 3:
            return
        try:
            ax = draw(panel, lang=self.lang)
        except QzError:
            self._write(self._sentence("not_drawn"))
        else:
            show(ax)

    # ---- rows

    def _report(self, row: Row) -> Row:
        """The report of a row as a column, where the page draws on several."""
        return {"doc": f"{row['doc']}:{row['report']}"} if self.several else {}

    def _about(self, row: Row) -> Row:
        """What a figure is of, and when; its report, where the page draws on several."""
        return {**self._report(row), "what": row["subject"], "period": row["period"]}

    def _figure_rows(self, panel: pd.DataFrame) -> list[Row]:
        """Legible rows of a panel: what, when, which way, as printed, audited."""
        rows = []
        for row in legible(panel):
            direction, verdict = self._value(row["direction"]), self._value(row["audit"])
            figure = {"direction": direction, "printed": cited(as_printed(row), row)}
            rows.append({**self._about(row), **figure, "audit": verdict})
        return rows

    def _corrections(self, row: Row) -> str:
        """What a reviewer says that the cells of a claim are."""
        values = {
            name: self._value(cell(row[name])) for name in row["corrected"].split(";") if name
        }
        cells = [
            f"{word('columns', name, self.lang)}: {value or '–'}" for name, value in values.items()
        ]
        return "†" * bool(cells) + listed(cells, self.lang)

    def _compared(self, indicator: str) -> pd.DataFrame:
        return compare(self.claims, self.checked, indicator=indicator)

    def _all_rates(self) -> pd.DataFrame:
        """Rates of the indicators that tie them to their counts, then all others as stated."""
        parts = [self._compared("rates"), self._compared("satisfaction")]
        counted = pd.concat(parts, ignore_index=True)
        taken = {key for row in as_rows(counted) for key in _keys(row, "claims")}
        others = self._stated(["rate"])
        rows = as_rows(others)
        new = [row["unit"] == "%" and taken.isdisjoint(_keys(row, "claims")) for row in rows]
        parts = [part for part in (counted, others[new]) if len(part)]
        return pd.concat(parts, ignore_index=True) if parts else counted

    def _stated(self, kinds: Sequence[str]) -> pd.DataFrame:
        """A panel of the claims of these kinds, whatever they are about."""
        claims = self.claims
        mine = claims[claims["kind"].isin(kinds) & ~claims["role"].isin(["base", "share"])]
        verdicts = marks(self.checked)
        keys = zip(mine["doc"], mine["report"], mine["start"], strict=True)
        columns: dict[str, Any] = {
            "how": "stated",
            "audit": [verdicts.get(key, "") for key in keys],
            "caveats": "",
            "claims": mine["start"].astype(str),
            "indicator": mine["family"] + "." + mine["stage"] + "." + mine["measure"],
        }
        unknown = ("numerator", "denominator", "ci_low", "ci_high")
        return mine.assign(**columns, **dict.fromkeys(unknown, float("nan")))
