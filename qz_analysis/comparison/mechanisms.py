"""Which institutions a report names, where, and whether as in place or as planned or absent."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Any

from ..schema import MECHANISMS, frame
from ..vocabularies.limit import limited
from ..vocabularies.rules import Mechanism, checked
from ..vocabularies.session import kept, load

if TYPE_CHECKING:
    import pandas as pd

    from ..extraction.clean import Clean
    from ..model import Document, Report
    from ..readers.read import Source
    from ..readers.sidecar import Given

__all__ = ["known_mechanisms", "mechanism_evidence", "mechanism_matrix", "mechanisms"]

_STOP = re.compile(r"[,。;:!?\n]")
# the way to a page, whose steps are no words of it
_MENU, _STOPPED = re.compile(r"\S ?(?:>+|›|»|->) ?\S"), re.compile("[。;]")
#: characters around a place that can say something about it, in a clause without end
_NEAR = 60
# headings of the first rank, behind a line end or, on pages that lost theirs, behind a full stop
_HEADING = re.compile(
    r"(?:^|(?<=[\n。;:]))[ ]*(?:[一二三四五六七八九十]{1,3}、|#{1,6} )(?P<title>[^\n。;,(]{2,40})",
    re.MULTILINE,
)
Found = tuple[int, int, "Mechanism"]


@kept
def known_mechanisms() -> dict[str, Mechanism]:
    """The mechanisms of `vocabularies/mechanisms.toml` by key, in the order of the file.

    Returns:
        a dictionary of `Mechanism`, groups one after the other.

    Raises:
        VocabularyError: a group is unknown, or a key or an alias stands twice; the entry is named.

    >>> known_mechanisms()["first_asked"].zh
    '首问责任制'
    """
    return checked(load("mechanisms"))


def mechanisms(source: "Source", *, documents: "Given" = None) -> "pd.DataFrame":
    """Mechanisms that reports name: institutions such as 联席会议 or 首问责任制, with the words
    that name them.

    Args:
        source: a report's text, a path to a file or folder, a `Document`, or several of these, as
            for `extract`.
        documents: tables that say whose reports these are, as for `tables`.

    Returns:
        one row per report, mechanism and place of evidence, with the columns of
        `schema.MECHANISMS`; offsets count
        characters of the raw text, so that `raw[start:end]` is what the page printed.

    Raises:
        ReadError: a file is missing or holds no text that can be read.
        VocabularyError: the vocabulary holds a wrong entry.

    >>> found = mechanisms("全县落实首问责任制，尚未建立联席会议制度。")
    >>> found[["mechanism", "text", "negated"]].values.tolist()
    [['first_asked', '首问责任制', False], ['joint_meeting', '联席会议制度', True]]
    """
    from ..extraction.pipeline import pages

    rows: list[tuple[Any, ...]] = []
    for document, page, parts in pages(source, documents):
        with limited(document.doc, len(page.text)):
            for number, report in enumerate(parts):
                rows += _named(document, page, number, report)
    return frame(rows, MECHANISMS)


def _named(
    document: "Document", page: "Clean", number: int, report: "Report"
) -> Iterator[tuple[Any, ...]]:
    """The rows of one report: each place that names a mechanism."""
    negation, standing = _Negation(page.text, report.start, report.end), set[str]()
    for start, end, m in find(page.text, report.start, report.end):
        if _in_menu(page.text, start):
            continue
        first, last = page.span(start, end)
        # what a report has shown to be there stays there when it goes on to its plans
        proposed = m.key not in standing and negation.proposed(start, end)
        negated = proposed or negation.denied(start, end)
        if not negated:
            standing.add(m.key)
        yield (document.doc, number, report.place, report.level, m.key, m.group, m.en, m.zh,
               first + document.body, last + document.body, page.text[start:end], negated)  # fmt: skip


def _in_menu(text: str, at: int) -> bool:
    """Whether a place stands in the line of a page that leads to it: 政务公开 > 简报."""
    end = text.find("\n", at)
    line = text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)]
    return bool(_MENU.search(line)) and not _STOPPED.search(line)


def find(text: str, start: int = 0, end: int | None = None) -> list[Found]:
    """Places of a clean text that name a mechanism, in rising order.

    >>> [m.key for _, _, m in find("人民调解个案奖励办法")]
    ['per_case_reward']
    """
    until = len(text) if end is None else end
    hits = [
        (*match.span(), mechanism)
        for mechanism in known_mechanisms().values()
        for alias in mechanism.aliases
        for match in alias.finditer(text, start, until)
    ]
    return list(_outermost(sorted(hits, key=lambda hit: (hit[0], -hit[1]))))


def _outermost(hits: Iterable[Found]) -> Iterator[Found]:
    """The hits that lie in no other; of one mechanism's that overlap only the first."""
    reached, ends = -1, dict[str, int]()
    for start, end, mechanism in hits:
        if end > reached and start >= ends.get(mechanism.key, 0):
            yield start, end, mechanism
            reached, ends[mechanism.key] = end, end


@kept
def _signs(name: str) -> re.Pattern[str]:
    """One pattern for an entry of the section [denied]."""
    return re.compile(
        "|".join(f"(?:{sign})" for sign in load("mechanisms")["denied"][name]), re.MULTILINE
    )


class _Negation:
    """Tells for a place of a report whether its words only deny or plan what they name."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.stops = [m.start() for m in _STOP.finditer(text, start, end)]
        #: full stops, and the places from which a sentence says what is to come or ought to be
        self.full = [at for at in self.stops if text[at] not in ",:;"]
        self.wishes = list(self._wishes())
        heads = list(_HEADING.finditer(text, start, end))
        bounds = [*(m.start() for m in heads), end]
        begins = [m.start() for m in heads if _signs("heading").search(m["title"])]
        begins += [m.start() for m in _signs("lead").finditer(text, start, end)]
        #: stretches that propose rather than report: where they begin, and how far those that
        #: begin before a place reach
        self.proposals = sorted(begins)
        ends = (bounds[bisect_right(bounds, at, hi=len(heads))] for at in self.proposals)
        self.reach = list(accumulate(ends, max))

    def denied(self, start: int, end: int) -> bool:
        """Whether the clause denies the mechanism or announces it."""
        left, right = self._clause(start, end)
        return bool(
            _signs("before").search(self.text[left:start])
            or _signs("after").match(self.text, end, right)
        )

    def proposed(self, start: int, end: int) -> bool:
        """Whether the place stands among proposals, and its clause does not say that the mechanism
        is there already.
        """
        if _signs("unless").search(self.text, *self._clause(start, end)):
            return False
        before, wished = bisect_left(self.full, start), bisect_right(self.wishes, start)
        sentence = self.full[before - 1] + 1 if before else self.start
        if wished and self.wishes[wished - 1] >= sentence:
            return True
        last = bisect_right(self.proposals, start) - 1
        return last >= 0 and start < self.reach[last]

    def _wishes(self) -> Iterator[int]:
        """Clauses that begin with what is to come (下一步, also behind a semicolon) or with what ought
        to be (要, 应当): all that follows in the sentence is wished for, too.
        """
        for at in (self.start, *(stop + 1 for stop in self.stops)):
            clause = self.text[at : at + _NEAR].lstrip()
            item = at == self.start or self.text[at - 1] not in ",:"
            if _signs("ought").match(clause) or (item and _signs("opening").match(clause)):
                yield at

    def _clause(self, start: int, end: int) -> tuple[int, int]:
        """The clause around a place, as far as it is near."""
        before, after = bisect_left(self.stops, start), bisect_left(self.stops, end)
        left = self.stops[before - 1] + 1 if before else self.start
        right = self.stops[after] if after < len(self.stops) else self.end
        return max(left, start - _NEAR), min(right, end + _NEAR)


def mechanism_evidence(found: "pd.DataFrame") -> "pd.DataFrame":
    """Mechanisms as a reader checks them: one row per report and mechanism, with the words that
    name it first.

    Args:
        found: rows of `mechanisms`.

    Returns:
        the columns doc, report, place, group, mechanism, label, term, standing (`in place`, or
        `planned` when all places only
        deny or plan it), times (how often it is named), words, and where (document and raw offsets
        of these words).

    >>> mechanism_evidence(mechanisms("拟建立首问责任制。"))[["term", "standing", "where"]].values.tolist()
    [['首问责任制', 'planned', 'text: 3–8']]
    """
    keys = ["doc", "report", "mechanism"]
    # the words that say that it is there come before words that only plan it
    first = found.sort_values([*keys, "negated"], kind="stable").drop_duplicates(keys).sort_index()
    times = found.groupby(keys, sort=False).size().rename("times")
    shown = first.join(times, on=keys).rename(columns={"text": "words"})
    shown["standing"] = shown["negated"].map({False: "in place", True: "planned"})
    shown["where"] = (
        shown["doc"] + ": " + shown["start"].astype(str) + "–" + shown["end"].astype(str)
    )
    columns = [
        "doc",
        "report",
        "place",
        "group",
        "mechanism",
        "label",
        "term",
        "standing",
        "times",
        "words",
        "where",
    ]
    return shown[columns].reset_index(drop=True)


def mechanism_matrix(found: "pd.DataFrame") -> "pd.DataFrame":
    """How often each report names each mechanism.

    Args:
        found: rows of `mechanisms`; leave out those that are `negated` to count only what is said
            to be there.

    Returns:
        a table of counts: one row per report (index `doc`, `report`, `place`, in the order of
        `found`), one column per
        mechanism that occurs (two levels, `group` and `mechanism`, in the order of the vocabulary).

    >>> matrix = mechanism_matrix(mechanisms("全县落实首问责任制，领导包案43宗，包案处理36宗。甲山县信访局"))
    >>> matrix["responsibility"].values.tolist()
    [[2, 1]]
    """
    import pandas as pd

    rows = pd.MultiIndex.from_frame(found[["doc", "report", "place"]].drop_duplicates())
    present = set(found["mechanism"])
    ordered = [m for m in known_mechanisms().values() if m.key in present]
    columns = pd.MultiIndex.from_tuples(
        [(group, m.key) for group, each in groupby(ordered, lambda m: m.group) for m in each],
        names=["group", "mechanism"],
    )
    counts = found.groupby(["doc", "report", "place", "mechanism"]).size()
    cells = [[int(counts.get((*row, key), 0)) for _, key in columns] for row in rows]
    return pd.DataFrame(cells, index=rows, columns=columns, dtype="int64")
