"""How a profile speaks: its words in two languages, its paragraphs, tables and charts in a notebook, its panels of figures.

Figures as the tables of a profile print them: with what a reviewer says that they are, and where each stands.

One place in two pages: what its reports state, what the audit found, what is missing, and the evidence.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from .. import charts
from ..arithmetic.audit import audit
from ..charts.figure import show
from ..charts.rows import as_rows, listed
from ..charts.rows import place as known_as
from ..comparison.caveats import nameless
from ..comparison.findings import findings
from ..comparison.indicators import marks
from ..comparison.mechanisms import mechanism_evidence, mechanisms
from ..comparison.panel import compare
from ..comparison.places import Place, find_place
from ..errors import QzError
from ..extraction.corrections import Given, cell
from ..model import Tables, starts_of
from ..readers.read import Source
from ..runs.tables import corpus, tables
from ..vocabularies.labels import Lang, say
from ..vocabularies.session import load

Row = dict[str, Any]
#: what Markdown would take for a sign, a link or an entity of its own: masks are made of asterisks
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$]|:(?=//)|&(?=#?\w+;))")


def word(section: str, key: str, lang: str, **fillers: Any) -> str:
    """A word or sentence of `vocabularies/profile.toml`; the key itself where the section has no such entry.

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
    one = lang == "en" and n == 1
    return str(load("profile")["nouns"][key]["one" if one else lang]).format(n=f"{n:,}")


def plain(text: str) -> str:
    """A text of a page as Markdown shows it, none of its signs taken for mark-up.

    >>> print(plain("*县"))
    \\*县
    """
    return _SIGNS.sub(r"\\\1", text)


class Page:
    """What the pages say of one place, with the means to say it; `Profile` makes sections of it."""

    def __init__(
        self, place: Place, result: Tables, named: pd.DataFrame, lang: Lang, *, embedded: bool
    ) -> None:
        self.place, self.lang, self.embedded, self.claims = place, lang, embedded, place.claims
        relations = audit(result.claims, result.reports, unchecked=True)
        mine = among(relations, self.claims)
        self.relations, self.found = (
            relations[mine],
            findings(result.claims, relations)[mine.to_numpy()],
        )
        self.checked = self.relations[self.relations["verdict"] != "unchecked"]
        self.named = named[inside(named, place.own)]
        self.several = len(place.reports) > 1

    # ---- words

    def sentence(self, key: str, **fillers: Any) -> str:
        """A sentence of the vocabulary in the page's language."""
        return word("sentences", key, self.lang, **fillers)

    def number_of(self, key: str, n: int) -> str:
        """How many of something, in the page's language."""
        return noun(key, n, self.lang)

    def value(self, text: Any) -> str:
        """What stands in a cell for a value of the tables."""
        return word("values", str(text), self.lang)

    def families_of(self, families: Iterable[str]) -> list[str]:
        """Names of families in the page's language."""
        return [say("families", family, self.lang) for family in families]

    def name(self) -> str:
        """The place in the page's language, in English with its own name beside it; its report where that tells it apart."""
        own = self.place.name
        shown = str(known_as(own, self.lang))
        shown = f"{shown} {own}" if self.lang == "en" and own and shown != own else shown
        brackets = {"en": " ({})", "zh": "（{}）"}[self.lang]
        return shown + brackets.format(self.place.report) * bool(self.place.report)

    # ---- showing

    def write(
        self, *sentences: str, heading: str = "", rank: int = 2, bullets: bool = False
    ) -> None:
        """Shows a heading and sentences, none of them taken for mark-up."""
        from IPython.display import Markdown, display

        said = [plain(text) for text in sentences if text]
        gap = " " if self.lang == "en" else ""
        body = "\n".join(f"- {text}" for text in said) if bullets else gap.join(said)
        head = f"{'#' * rank} {plain(heading)}" if heading else ""
        display(Markdown("\n\n".join(filter(None, [head, body]))))

    def table(self, rows: Sequence[Row], caption: str) -> None:
        """Shows rows as a table with heads in the page's language; a column that is empty throughout is left out."""
        from IPython.display import display

        frame = pd.DataFrame(list(rows)).astype(object)
        if frame.empty:
            return
        kept = [
            key
            for key in frame
            if key in {"figures", "legible"} or not frame[key].isin(["", 0]).all()
        ]
        frame = frame[kept].rename(
            columns={key: word("columns", str(key), self.lang) for key in kept}
        )
        display(frame, metadata={"text/html": {"caption": caption}})

    def chart(self, draw: Callable[..., Axes], panel: pd.DataFrame, n: int) -> None:
        """Shows a chart of a panel of which `n` rows have a value, from three on."""
        # two rows say in the table what they would say in a picture
        if n < 3:
            return None
        try:
            ax = draw(panel, lang=self.lang)
        except QzError:
            return self.write(self.sentence("not_drawn"))
        return show(ax)

    def from_where(self, row: Row) -> Row:
        """The report of a row as a column, where the page draws on several."""
        return {"doc": f"{row['doc']}:{row['report']}"} if self.several else {}

    # ---- figures

    def compared(self, indicator: str) -> pd.DataFrame:
        """Panel of one indicator."""
        return compare(self.claims, self.checked, indicator=indicator)

    def all_rates(self) -> pd.DataFrame:
        """Rates of the indicators that tie them to their counts, then all others as stated."""
        counted = pd.concat(
            [self.compared("rates"), self.compared("satisfaction")], ignore_index=True
        )
        taken = {
            (row["doc"], row["report"], start)
            for row in as_rows(counted)
            for start in starts_of(row["claims"])
        }
        others = self.stated(["rate"])
        new = [
            row["unit"] == "%" and (row["doc"], row["report"], int(row["claims"])) not in taken
            for row in as_rows(others)
        ]
        parts = [part for part in (counted, others[new]) if len(part)]
        return pd.concat(parts, ignore_index=True) if parts else counted

    def stated(self, kinds: Sequence[str]) -> pd.DataFrame:
        """A panel of the claims of these kinds, whatever they are about."""
        mine = self.claims[
            self.claims["kind"].isin(kinds) & ~self.claims["role"].isin(["base", "share"])
        ]
        verdicts = marks(self.checked)
        keys = zip(mine["doc"], mine["report"], mine["start"], strict=True)
        audited = [verdicts.get(key, "") for key in keys]
        more = dict.fromkeys(("numerator", "denominator", "ci_low", "ci_high"), float("nan"))
        indicator = mine["family"] + "." + mine["stage"] + "." + mine["measure"]
        starts = mine["start"].astype(str)
        return mine.assign(
            how="stated", audit=audited, caveats="", claims=starts, indicator=indicator, **more
        )


def inside(table: pd.DataFrame, reports: pd.DataFrame) -> pd.Series:
    """Which rows belong to one of the reports."""
    keys = set(zip(reports["doc"], reports["report"], strict=True))
    mine = [key in keys for key in zip(table["doc"], table["report"], strict=True)]
    return pd.Series(mine, index=table.index, dtype=bool)


def among(relations: pd.DataFrame, claims: pd.DataFrame) -> pd.Series:
    """Which relations have all their figures among the claims."""
    known = set(zip(claims["doc"], claims["report"], claims["start"], strict=True))
    mine = [
        all((r["doc"], r["report"], start) in known for start in starts_of(r["starts"]))
        for r in as_rows(relations)
    ]
    return pd.Series(mine, index=relations.index, dtype=bool)


#: status of a claim whose figure cannot be used
LOST = ("redacted", "spoilt")


def about(page: Page, row: Row) -> Row:
    """What a figure is of, and when; its report, where the page draws on several."""
    return {**page.from_where(row), "what": row["subject"], "period": row["period"]}


def figure_rows(page: Page, panel: pd.DataFrame) -> list[Row]:
    """Legible rows of a panel: what, when, which way, as printed, audited."""
    return [
        {
            **about(page, row),
            "direction": page.value(row["direction"]),
            "printed": cited(as_printed(row), row),
            "audit": page.value(row["audit"]),
        }
        for row in legible(panel)
    ]


def corrections(page: Page, row: Row) -> str:
    """What a reviewer says that the cells of a claim are."""
    names = filter(None, row["corrected"].split(";"))
    told = (
        f"{word('columns', name, page.lang)}: {page.value(cell(row[name])) or '–'}"
        for name in names
    )
    return "†" * bool(row["corrected"]) + listed(list(told), page.lang)


def legible(panel: pd.DataFrame) -> list[Row]:
    """Rows that have a value or the ends of a range, and are not suspected of damage."""
    there = (panel["value"].notna() | panel["low"].notna()) & ~panel["status"].isin(LOST)
    return as_rows(panel[there])


def as_printed(row: Row) -> str:
    """A figure as printed; marked when a reviewer corrected it, with what holds where it is stated and the number itself is another."""
    if not row["corrected"]:
        return str(row["text"])
    changed = {"value", "low", "high", "unit"} & set(row["corrected"].split(";"))
    ends = "–".join(filter(None, (cell(row[name]) for name in ("value", "low", "high"))))
    another = f" → {ends}{row['unit']}" if row["how"] != "recomputed" and changed and ends else ""
    return f"{row['text']}{another}†"


def cited(text: str, row: Row, k: int = 0) -> str:
    """A figure with the document and offset of its claim: the brief makes a link to the evidence of it."""
    starts = starts_of(row["claims"])
    return f"{text} [{row['doc']}: {starts[k]}]" if k < len(starts) else text


#: sections that a place without figures has no need of
_FIGURED = {"visits", "rates", "changes", "funds", "audit", "evidence"}


def profile(
    place: str,
    *,
    lang: Lang = "en",
    source: Source | None = None,
    embedded: bool = False,
    corrections: Given = (),
) -> "Profile":
    """Profile of one place out of the embedded corpus or of other pages, for showing in a notebook.

    >>> profile("甲山县", source="甲山县受理事项43宗。甲山县信访局").summary()
    'This page draws on 1 report with 1 figure: legible 1, masked or lost 0, damaged 0.'
    """
    if lang not in ("en", "zh"):
        raise QzError(f"a profile speaks en or zh, not {lang!r}")
    pages = corpus() if source is None else source
    result = tables(pages, corrections=corrections)
    return Profile(
        find_place(result, place),
        result,
        mechanisms(pages),
        lang,
        embedded=embedded or source is None,
    )


class Profile(Page):
    """The sections of a place's profile, each shown by a method; all their numbers are computed."""

    def summary(self) -> str:
        """How many figures of how many reports, in one sentence; an index shows it."""
        status = self.claims["status"].value_counts()
        counts = {
            "legible": status.get("ok", 0),
            "masked": status.get("redacted", 0),
            "spoilt": status.get("spoilt", 0),
        }
        reports = self.number_of("reports", len(self.place.reports))
        figures = self.number_of("figures", len(self.claims))
        return self.sentence(
            "lead" if len(self.claims) else "lead_none", reports=reports, figures=figures, **counts
        )

    def head(self) -> None:
        """Heading, summary and what the name tells and does not tell."""
        place, others = self.place, self.number_of("reports", len(self.place.others))
        elsewhere = self.claims[
            inside(self.claims, place.own) & ~self.claims["place"].isin(["", place.name])
        ]
        names = listed(list(dict.fromkeys(elsewhere["place"])), self.lang)
        figures, corrected = (
            self.number_of("figures", len(elsewhere)),
            int((self.claims["corrected"] != "").sum()),
        )
        notes: list[tuple[bool, str, Row]] = [
            (place.by_report, "by_report", {"n": len(place.own)}),
            (bool(place.report) and nameless(place.name), "nameless", {"report": place.report}),
            (place.own.empty, "not_own", {}),
            (len(place.own) > 0 and len(place.others) > 0, "also_others", {"reports": others}),
            (len(elsewhere) > 0, "inside", {"figures": figures, "places": names}),
            (corrected > 0, "corrected", {"figures": self.number_of("figures", corrected)}),
        ]
        self.write(
            self.summary(), heading=word("headings", "title", self.lang, place=self.name()), rank=1
        )
        known = place.name or say("words", "no_place", self.lang)
        said = [
            self.sentence(key, **{"place": known, **more}) for there, key, more in notes if there
        ]
        if said:
            self.write(*said)

    def reports(self) -> None:
        """Document, period and level of each report, with how many of its figures can be read."""
        rows = []
        for row in as_rows(self.place.reports):
            status = self.claims.loc[
                inside(self.claims, pd.DataFrame([row])), "status"
            ].value_counts()
            about = {
                "doc": f"{row['doc']}:{row['report']}",
                "title": row["title"],
                "place": row["place"],
            }
            about |= {
                "level": self.value(row["level"]),
                "period": row["period"],
                "figures": int(status.sum()),
            }
            lost = {
                key: int(status.get(name, 0))
                for key, name in (("masked", "redacted"), ("spoilt", "spoilt"))
            }
            rows.append({**about, **lost, "same_as": row["same_as"]})
        copies = sum(row["same_as"] != "" for row in rows)
        said = [self.sentence("copies", reports=self.number_of("reports", copies))] * bool(copies)
        self._section("reports", said, rows)

    def families(self) -> None:
        """How many figures on each subject, and how many of them are masked or spoilt."""
        counts = self.claims.groupby(["family", "status"]).size().unstack(fill_value=0)
        numbers = {
            str(family): [int(row.get(s, 0)) for s in ("ok", *LOST)]
            for family, row in counts.to_dict("index").items()
        }
        order = [family for family in load("labels")["families"] if family in numbers]
        rows: list[Row] = []
        for family, label in zip(order, self.families_of(order), strict=True):
            ok, masked, spoilt = numbers[family]
            all_ = {"family": label, "figures": ok + masked + spoilt, "legible": ok}
            rows.append({**all_, "masked": masked, "spoilt": spoilt})
        most = max((row["figures"] for row in rows), default=0)
        top = [row["family"] for row in rows if row["figures"] == most]
        key = ("families" if len(top) == 1 else "families_tied") if rows else "families_none"
        said = self.sentence(key, top=listed(top, self.lang), n=most, all=len(self.claims))
        self._section("families", [said], rows)

    def visits(self) -> None:
        """Visitors in batches and persons, and persons per batch."""
        panel = self.compared("visits")
        shown = as_rows(panel[panel["value"].notna()])
        corrected = as_rows(self.claims[self.claims["corrected"] != ""])
        touched = {(row["doc"], row["report"], row["start"]) for row in corrected}
        rows = []
        for row in shown:
            marks = [
                "†" * ((row["doc"], row["report"], start) in touched)
                for start in starts_of(row["claims"])
            ]
            counts = {
                "batches": cited(f"{row['denominator']:,.0f}" + marks[0], row),
                "people": cited(f"{row['numerator']:,.0f}" + marks[1], row, 1),
            }
            rows.append({**about(self, row), **counts, "per_batch": f"{row['value']:.2f}"})
        values = sorted(row["value"] for row in shown)
        facts = {"low": f"{values[0]:.2f}", "high": f"{values[-1]:.2f}"} if values else {}
        facts |= {"value": row["per_batch"], **row} if (row := rows[-1] if rows else {}) else {}
        key = ("visits" if len(rows) > 1 else "visits_one") if rows else "visits_none"
        said = [self.sentence(key, tallies=self.number_of("tallies", len(rows)), **facts)]
        if lost := len(panel) - len(rows):
            said.append(self.sentence("visits_masked", tallies=self.number_of("tallies", lost)))
        self._section("visits", said, rows)
        self.chart(charts.visits, panel, len(rows))

    def rates(self) -> None:
        """Rates with the counts behind them, the interval of these and the audit's mark."""
        panel = self.all_rates()
        rows = []
        for row in legible(panel):
            recomputed, known = row["how"] == "recomputed", row["denominator"] == row["denominator"]
            printed = as_printed(row) + f" = {row['value']:.1f}%" * recomputed
            counts = f"{row['numerator']:,.0f} / {row['denominator']:,.0f}" if known else ""
            interval: str = (
                "" if pd.isna(row["ci_low"]) else f"{row['ci_low']:.1f}–{row['ci_high']:.1f}"
            )
            told = {
                "printed": cited(printed, row),
                "counts": counts,
                "interval": interval,
                "audit": self.value(row["audit"]),
            }
            rows.append({**about(self, row), **told})
        counted = sum(row["counts"] != "" for row in rows)
        key = "rates" if counted else "rates_bare" if rows else "rates_none"
        said = self.sentence(key, rates=self.number_of("rates", len(rows)), counted=counted)
        self._section("rates", [said], rows)
        self.chart(charts.rates, panel, len(rows))

    def changes(self) -> None:
        """Changes in % against an earlier period, with the audit's mark."""
        panel = self.stated(["change"])
        panel = panel[panel["unit"] == "%"]
        rows, ways = figure_rows(self, panel), [row["direction"] for row in legible(panel)]
        facts = {"down": ways.count("down"), "up": ways.count("up")}
        said = self.sentence(
            "changes" if rows else "changes_none",
            changes=self.number_of("changes", len(rows)),
            **facts,
        )
        self._section("changes", [said], rows)
        self.chart(charts.changes, panel, len(rows))

    def funds(self) -> None:
        """Sums of money and standards per person, case or the like."""
        panel = self.stated(["money", "per"])
        panel = panel[panel["unit"].str.startswith("元")]
        order = sorted(
            legible(panel), key=lambda row: row["low"] if pd.isna(row["value"]) else row["value"]
        )
        facts = {"low": as_printed(order[0]), "high": as_printed(order[-1])} if order else {}
        key = ("funds_one" if len(order) == 1 else "funds") if order else "funds_none"
        rows = figure_rows(self, panel)
        self._section(
            "funds", [self.sentence(key, sums=self.number_of("sums", len(rows)), **facts)], rows
        )
        self.chart(charts.funds, panel, len(rows))

    def audit(self) -> None:
        """What could be recomputed from the reports' own figures, and why the rest could not."""
        open_ = self.found["verdict"].eq("unchecked")
        made, left, rows = as_rows(self.found[~open_]), self.found[open_], []
        for row in made:
            arithmetic = self._arithmetic(row["arithmetic"]) + "†" * bool(row["corrected"])
            told = {"arithmetic": arithmetic, "verdict": self.value(row["verdict"])}
            about = {"check": self.value(row["check"]), "what": row["what"]}
            rows.append(
                {**self.from_where(row), **about, **told, "strength": self.value(row["strength"])}
            )
        verdicts = [row["verdict"] for row in made]
        facts = {"ok": verdicts.count("ok"), "bad": verdicts.count("bad"), "unchecked": len(left)}
        facts["blind"] = sum(row["strength"] == "blind" for row in made)
        key = "audit" if made else "audit_unchecked" if len(left) else "audit_none"
        self._section(
            "audit", [self.sentence(key, checks=self.number_of("checks", len(made)), **facts)], rows
        )
        reasons = left["remark"].map(self._reason).value_counts(sort=False)
        counted = [{"reason": reason, "times": n} for reason, n in reasons.items()]
        self.table(counted, word("captions", "unchecked" if made else "unchecked_all", self.lang))

    def mechanisms(self) -> None:
        """Institutions that its own reports name, by group, as in place or only planned."""
        evidence = mechanism_evidence(self.named)
        names = (
            evidence["term"] if self.lang == "zh" else evidence["label"] + " " + evidence["term"]
        )
        evidence = evidence.assign(name=names, there=evidence["standing"] == "in place")
        rows = []
        for group, each in evidence.groupby("group", sort=False):
            parts = (("in_place", each["there"]), ("planned", ~each["there"]))
            told = {
                key: listed(list(dict.fromkeys(each.loc[mine, "name"])), self.lang)
                for key, mine in parts
            }
            rows.append({"group": say("groups", str(group), self.lang), **told})
        there = set(evidence.loc[evidence["there"], "mechanism"])
        named, planned = (
            self.number_of("mechanisms", len(there)),
            len({*evidence["mechanism"]} - there),
        )
        said = self.sentence(
            "mechanisms" if rows else "mechanisms_none", mechanisms=named, planned=planned
        )
        self._section("mechanisms", [said], rows)

    def missing(self) -> None:
        """What the pages mask, leave out or state without what a reader needs."""
        claims, rates = self.claims, self.all_rates()
        masked, spoilt = (claims[claims["status"] == status] for status in LOST)
        all_, legible = self.number_of("figures", len(claims)), rates["value"].notna()
        bare = int((rates["denominator"].isna() & legible).sum())
        undated, veiled = (
            int((claims["period"] == "").sum()),
            int(claims["period"].str.contains("xx").sum()),
        )
        silent = [
            family
            for family in load("labels")["families"]
            if family not in {*claims["family"], "other"}
        ]
        of_masked, of_silent = (
            listed(self.families_of(f), self.lang)
            for f in (dict.fromkeys(masked["family"]), silent)
        )
        notes: list[tuple[Any, str, Row]] = [
            (
                len(masked),
                "missing_masked",
                {"figures": self.number_of("figures", len(masked)), "families": of_masked},
            ),
            (len(spoilt), "missing_spoilt", {"figures": self.number_of("figures", len(spoilt))}),
            (nameless(self.place.name), "missing_place", {}),
            (undated, "missing_period", {"n": undated, "figures": all_}),
            (veiled, "missing_year", {"n": veiled, "figures": all_}),
            (
                bare,
                "missing_counts",
                {"n": bare, "rates": self.number_of("rates", int(legible.sum()))},
            ),
        ]
        said = [self.sentence(key, **more) for there, key, more in notes if there]
        said = said or [self.sentence("missing_none")] * bool(len(claims))
        silence = [self.sentence("missing_families", families=of_silent)] * bool(silent)
        self.write(*said, *silence, heading=word("headings", "missing", self.lang), bullets=True)

    def limits(self) -> None:
        """What the page cannot show."""
        keys = ["limits_always", "limits_compare", "limits_words"]
        keys += ["limits_many"] * self.several + ["limits_retold"] * self.embedded
        self.write(
            *map(self.sentence, keys), heading=word("headings", "limits", self.lang), bullets=True
        )

    def evidence(self) -> None:
        """Every figure as printed, with the characters of the raw text where it stands."""
        rows = []
        for row in as_rows(self.claims):
            place = row["place"] if row["place"] != self.place.name else ""
            status = self.value(row["status"]) if row["status"] in LOST else ""
            told = {
                "what": row["subject"],
                "printed": row["text"],
                "corrected": corrections(self, row),
            }
            told |= {"period": row["period"], "place": place}
            told |= {"family": say("families", row["family"], self.lang), "status": status}
            rows.append({**told, "where": f"{row['doc']}: {row['start']}–{row['end']}"})
        self._section("evidence", [self.sentence("evidence")], rows)

    def _section(self, key: str, said: list[str], rows: list[Row]) -> None:
        """Heading, prose and table of a section; without any figure those that would only say so are left out."""
        if len(self.claims) == 0 and key in _FIGURED:
            return
        self.write(*said, heading=word("headings", key, self.lang))
        self.table(rows, word("captions", key, self.lang))

    def _arithmetic(self, note: str) -> str:
        """The audit's arithmetic in the page's language."""
        for entry in load("profile")["arithmetic"].values() if self.lang == "zh" else ():
            note = note.replace(entry["en"], entry["zh"])
        return note

    def _reason(self, remark: str) -> str:
        """Why a figure is unchecked, in the page's language."""
        lost = remark.endswith(" is masked or lost") and remark not in load("profile")["reasons"]
        return word("reasons", "a figure of it is masked or lost" if lost else remark, self.lang)
