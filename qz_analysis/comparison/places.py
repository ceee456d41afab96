"""The reports and figures of one place; a masked or generic name is taken apart by report."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

import pandas as pd

from ..errors import QzError
from ..model import Tables
from ..script import simplify
from ..vocabularies.divisions import divisions, name_before
from ..vocabularies.romanised import english_place
from .caveats import identity, nameless

#: how names of towns and villages end, and those of counties; counties whose names are common words
_TOWN, _COUNTY = re.compile("(?:[镇乡村]|街道|社区)$"), re.compile("[县区市旗]")
_QUARTERS = {"", "城区", "郊区", "矿区"}
#: so many figures of a place in others' reports are enough for a page of its own
ENOUGH = 8


@dataclass(frozen=True, slots=True)
class Place:
    """One place with what is said of it: its reports, those of others that speak of it, and the
    figures.
    """

    name: str
    #: `doc:report` where the name alone does not tell which place it is, else empty
    report: str
    own: pd.DataFrame
    others: pd.DataFrame
    claims: pd.DataFrame

    @property
    def key(self) -> str:
        """What to give as the name to get this place and no other."""
        return self.report or self.name

    @property
    def told(self) -> str:
        """The report that tells the place apart as its readers know it, by title; else empty."""
        titles = [str(title) for title in self.own["title"] if self.report and title]
        return titles[0] if titles else self.report

    @property
    def reports(self) -> pd.DataFrame:
        """Its own reports, then those of others that speak of it."""
        return pd.concat([self.own, self.others])

    @property
    def by_report(self) -> bool:
        """Whether a name without identity stands for several reports."""
        return not self.report and len(self.own) > 1 and nameless(self.name)

    @property
    def docs(self) -> list[str]:
        """Documents that its profile needs, the ones that its reports repeat among them."""
        copied = [same.rpartition(":")[0] for same in self.reports["same_as"] if same]
        return list(dict.fromkeys([*self.reports["doc"], *copied]))


def find_place(tables: Tables, name: str) -> Place:
    """The place of a name, with its reports and figures.

    >>> import qz_analysis as qz
    >>> find_place(qz.tables("甲山县受理事项43宗。甲山县信访局"), "甲山縣").claims["text"].tolist()
    ['43宗']
    """
    reports = tables.reports
    ids = _ids(reports)
    if (ids == name).any():
        return _of(tables, str(reports.loc[ids == name, "place"].iloc[0]), name)
    known = {*reports["place"], *tables.claims["place"]} - {""}
    meant = next((n for n in (name, simplify(name), *_english(name, known)) if n in known), None)
    if meant is None:
        raise QzError(f"no report is of or speaks of {name!r}; {_nearest(name, known, ids)}")
    return _of(tables, meant)


def with_figures(tables: Tables) -> list[Place]:
    """Every place of which a figure is stated, in the order of the reports; masked and generic
    names one a report.

    >>> import qz_analysis as qz
    >>> [place.name for place in with_figures(qz.tables("甲山县受理事项43宗。甲山县信访局"))]
    ['甲山县']
    """
    found = [place for name in _names(tables) for place in apart(tables, _of(tables, *name))]
    return [place for place in found if len(place.claims)]


def with_pages(tables: Tables) -> list[Place]:
    """The places that are worth a page of their own: those of which a report is, and those of which
    others state `ENOUGH` figures; all with figures where there are no such places.

    >>> import qz_analysis as qz
    >>> made = qz.tables("甲山县受理事项43宗，其中乙水镇5宗。甲山县信访局")
    >>> [place.name for place in with_pages(made)]
    ['甲山县']
    """
    every = with_figures(tables)
    return [p for p in every if len(p.own) or len(p.claims) >= ENOUGH] or every


def apart(tables: Tables, place: Place) -> list[Place]:
    """A place, or where its name does not tell which place is meant one for each of its reports."""
    if place.report or place.own.empty or not nameless(place.name):
        return [place]
    return [_of(tables, place.name, str(report)) for report in _ids(place.own)]


def is_town(place: str) -> bool:
    """Whether a place lies within a county, by the end of its name.

    >>> is_town("中和镇"), is_town("平安社区"), is_town("永仁县")
    (True, True, False)
    """
    return _TOWN.search(place) is not None


def county_of(text: str, town: str) -> str:
    """The county of a town or village of which a page is: the one that its text names in full; empty where
    it names none or several, or the name of the place has it already.

    >>> county_of("永仁县人民政府 中和镇推行微网格", "中和镇"), county_of("到大姚县、永仁县学习", "中和镇")
    ('永仁县', '')
    """
    if not is_town(town):
        return ""
    ends = (m.end() for m in _COUNTY.finditer(text))
    named = {name for end in ends if (name := name_before(text, end)) not in _QUARTERS}
    found = {name for name in named if {one.level for one in divisions(name)} == {"county"}}
    return found.pop() if len(found) == 1 and not any(name in town for name in found) else ""


def _names(tables: Tables) -> Iterator[tuple[str, str]]:
    """Name and, where needed, report of each place: those of reports, then those that only figures
    speak of.
    """
    rows = tables.reports[["doc", "report", "place"]].to_dict("records")
    yield from dict.fromkeys(identity({str(k): v for k, v in row.items()}) for row in rows)
    known = set(tables.reports["place"])
    yield from (
        (name, "")
        for name in dict.fromkeys(tables.claims["place"])
        if name not in known and not nameless(name)
    )


def _ids(table: pd.DataFrame) -> pd.Series:
    return table["doc"].astype(str) + ":" + table["report"].astype(str)


def _of(tables: Tables, name: str, report: str = "") -> Place:
    ids, claimed = _ids(tables.reports), _ids(tables.claims)
    mine = ids.eq(report) if report else tables.reports["place"].eq(name)
    inside = claimed.isin(ids[mine])
    spoken = tables.claims["place"].eq(name) & ~inside
    # 全县 in another report is another county
    if report or (nameless(name) and mine.any()):
        spoken &= False
    others = tables.reports[ids.isin(claimed[spoken])]
    return Place(name, report, tables.reports[mine], others, tables.claims[inside | spoken])


def _english(name: str, known: Iterable[str]) -> Iterator[str]:
    """Chinese names whose English one on pages and charts is this."""
    wanted = name.strip().lower()
    if wanted.isascii():
        yield from (zh for zh in sorted(known) if english_place(zh).lower() == wanted)


def _nearest(name: str, known: set[str], ids: pd.Series) -> str:
    english = {told: n for n in sorted(known) if (told := english_place(n)) != n}
    near = get_close_matches(
        simplify(name), [*sorted(known), *ids, *sorted(english)], n=5, cutoff=0.3
    )
    meant = list(dict.fromkeys(english.get(n, n) for n in near))
    return (
        f"nearest: {', '.join(map(str, meant))}"
        if meant
        else f"there are: {', '.join(sorted(known)[:8]) or 'none'}"
    )
