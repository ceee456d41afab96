"""How a profile speaks: its words in two languages, its paragraphs, tables and charts in a notebook, its panels of figures."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from .arithmetic.auditing import audit
from .comparison import compare
from .errors import QzError
from .extraction import Tables
from .finish import show
from .languages import Lang, say
from .places import Place
from .registry import load
from .reporting import findings
from .rows import as_rows
from .ways import marks
from .wording import place as known_as

__all__ = ["Page", "Row", "noun", "plain", "word"]

Row = dict[str, Any]
#: what Markdown would take for a sign, a link or an entity of its own: masks are made of asterisks
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$]|:(?=//)|&(?=#?\w+;))")


def word(section: str, key: str, lang: str, **fillers: Any) -> str:
    """A word or sentence of `vocabulary/profile.toml`; the key itself where the section has no such entry.

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

    def __init__(self, place: Place, result: Tables, named: pd.DataFrame, lang: Lang, *, embedded: bool) -> None:
        self.place, self.lang, self.embedded, self.claims = place, lang, embedded, place.claims
        relations = audit(result.claims, result.reports, unchecked=True)
        mine = among(relations, self.claims)
        self.relations, self.found = relations[mine], findings(result.claims, relations)[mine.to_numpy()]
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

    def write(self, *sentences: str, heading: str = "", rank: int = 2, bullets: bool = False) -> None:
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
        kept = [key for key in frame if key in {"figures", "legible"} or not frame[key].isin(["", 0]).all()]
        frame = frame[kept].rename(columns={key: word("columns", str(key), self.lang) for key in kept})
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
        counted = pd.concat([self.compared("rates"), self.compared("satisfaction")], ignore_index=True)
        taken = {(row["doc"], row["report"], start) for row in as_rows(counted) for start in row["claims"].split(";")}
        others = self.stated(["rate"])
        new = [
            row["unit"] == "%" and (row["doc"], row["report"], row["claims"]) not in taken for row in as_rows(others)
        ]
        parts = [part for part in (counted, others[new]) if len(part)]
        return pd.concat(parts, ignore_index=True) if parts else counted

    def stated(self, kinds: Sequence[str]) -> pd.DataFrame:
        """A panel of the claims of these kinds, whatever they are about."""
        mine = self.claims[self.claims["kind"].isin(kinds) & ~self.claims["role"].isin(["base", "share"])]
        verdicts = marks(self.checked)
        keys = zip(mine["doc"], mine["report"], mine["start"], strict=True)
        audited = [verdicts.get(key, "") for key in keys]
        more = dict.fromkeys(("numerator", "denominator", "ci_low", "ci_high"), float("nan"))
        indicator = mine["family"] + "." + mine["stage"] + "." + mine["measure"]
        starts = mine["start"].astype(str)
        return mine.assign(how="stated", audit=audited, caveats="", claims=starts, indicator=indicator, **more)


def inside(table: pd.DataFrame, reports: pd.DataFrame) -> pd.Series:
    """Which rows belong to one of the reports."""
    keys = set(zip(reports["doc"], reports["report"], strict=True))
    mine = [key in keys for key in zip(table["doc"], table["report"], strict=True)]
    return pd.Series(mine, index=table.index, dtype=bool)


def among(relations: pd.DataFrame, claims: pd.DataFrame) -> pd.Series:
    """Which relations have all their figures among the claims."""
    known = set(zip(claims["doc"], claims["report"], claims["start"], strict=True))
    mine = [
        all((r["doc"], r["report"], int(start)) in known for start in str(r["starts"]).split(";"))
        for r in as_rows(relations)
    ]
    return pd.Series(mine, index=relations.index, dtype=bool)
