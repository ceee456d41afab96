"""The reviewer without its looks: the doubtful claims first, each verdict a line of corrections."""

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..comparison.wording import note
from ..errors import QzError
from ..extraction.apply import correct
from ..extraction.corrections import (
    COLUMNS,
    NAME,
    NUMBERS,
    VERDICT,
    append,
    cell,
    known,
    line,
    read_corrections,
    retract,
)
from ..model import Correction
from ..readers.read import Source
from ..vocabularies.labels import SECTIONS, Lang, say, spoken
from .doubts import WEIGHTS, Doubts, said
from .evidence import rows_of
from .live import Live
from .mended_reports import MendedReports, said_column

__all__ = ["review"]

Order = Literal["doubt", "document", "random"]
#: what the claims that wait can be narrowed by
FACETS = ("report", "place", "family", "reason")
#: columns in which claims can be alike; `report` and `reason` as the facets have them
ALIKE = ("unit", "kind", "subject", "family", "indicator", "place", "period", "report", "reason")
_OFFERED = 300  # values that a facet offers at most
_SHOWN = 12  # sentences that a preview shows


class Preview(NamedTuple):
    """What a verdict on all claims that are alike would do: the lines that it writes, one row a claim.

    `table` has the columns doc, start, text, was, now, outcome and reason; what is refused is not
    written.
    """

    table: pd.DataFrame
    positions: list[int]
    lines: list[Correction]


class _Done(NamedTuple):
    """What one press wrote, so that it can be taken back."""

    positions: list[int]
    back: Callable[[], None]
    lines: int


class Reviewer(Live):
    """A claims table that waits for verdicts, and the file they go into.

    >>> import tempfile
    >>> from qz_analysis import extract
    >>> folder = tempfile.TemporaryDirectory()
    >>> file = Path(folder.name) / "corrections.csv"
    >>> claims = extract("受理事项43宗，办结36宗。走访12户，慰问9人。")
    >>> reviewer = Reviewer(claims, file, who="A", order="document")
    >>> reviewer.claim["text"], reviewer.why, reviewer.state()["all"]
    ('43宗', '', 4)
    >>> reviewer.still()[0]["text/html"].count("<tr>")  # the claims that wait
    4
    >>> reviewer.accept()
    >>> reviewer.change("value", "360", "a digit was lost")
    >>> reviewer.skip()
    >>> reviewer.back()
    >>> reviewer.drop("a rule's number")
    >>> reviewer.told, reviewer.widget is reviewer.widget
    ("corrections.csv: text, 16: claim '12户' → ''", True)

    What was written last is taken back; all that are alike are judged at once, after a preview.

    >>> reviewer.undo()
    >>> reviewer.at, [reviewer.claims["text"][i] for i in reviewer.queue[reviewer.at :]]
    (2, ['12户', '9人'])
    >>> reviewer.narrow(report="text:0", reason=None)
    >>> reviewer.facets()["report"], reviewer.more()
    ([('text:0', 'text:0', 2)], 0)
    >>> len(reviewer.alike("family", same=["place"]))
    2
    >>> reviewer.preview("family", "welfare", same=["place"]).table["now"].tolist()
    ['welfare', 'welfare']
    >>> reviewer.previewed("family", "welfare", ["place"])["n"]
    2
    >>> reviewer.apply_to_alike("family", "welfare", same=["place"]).positions
    [2, 3]

    Whole reports are mended in the table of documents, given their table and their pages.

    >>> from qz_analysis import tables
    >>> page = Path(folder.name) / "a.txt"
    >>> size = page.write_text("工作总结\\n我县受理3件。\\n办结2件。", encoding="utf-8")
    >>> made = tables([page])
    >>> mended = MendedReports(made.reports, Path(folder.name) / "documents.csv", [page])
    >>> reviewer = Reviewer(made.claims, file, order="document", lang="en", mended=mended)
    >>> reviewer.mend_report(place="唐县", level="county")
    >>> reviewer.skip()
    >>> [line["at"] for line in reviewer.lines()]
    [0, 5, 13]
    >>> reviewer.begin_report(13)
    >>> reviewer.join_report()
    >>> reviewer.told
    'documents.csv: a: reports 0 and 1 are one. Read the pages again to see it in the figures.'
    >>> folder.cleanup()
    """

    def __init__(
        self,
        claims: pd.DataFrame,
        file: str | Path = NAME,
        who: str = "",
        relations: pd.DataFrame | None = None,
        order: Order = "doubt",
        lang: Lang | None = None,
        mended: MendedReports | None = None,
    ) -> None:
        if order not in get_args(Order):
            ways = ", ".join(get_args(Order))
            raise QzError(f"cannot review in the order {order!r}; there are: {ways}")
        needed = ("hash", "doc", "start", "end", "text", "status", "before")
        if lacking := ", ".join(name for name in needed if name not in claims):
            fault = f"this is no claims table: it lacks {lacking}"
            raise QzError(f"{fault}; give what qz.extract returns")
        self.claims, self.file = claims.reset_index(drop=True), Path(file)
        self.who, self.lang, self.mended = who, spoken(lang), mended
        self._order: Order = order
        self._doubts = Doubts(self.claims, relations)
        self._facets: dict[str, tuple[npt.NDArray[np.intp], list[str]]] = {}
        self.chosen: dict[str, str] = {}
        self._waits = ~_judged(self.claims, self.file)
        self._undone: list[_Done] = []
        self._passed: list[int] = []
        self._ahead = self._ordered()
        self.written, self.told, self.wrong = 0, "", False

    def _made(self) -> Any:
        from .widgets import ReviewerWidget  # needs a library that the table does without

        return ReviewerWidget(self)

    # ---- which claims

    @property
    def queue(self) -> list[int]:
        """Positions of the claims: those that were looked at, then those that wait."""
        return [*self._passed, *self._ahead]

    @property
    def at(self) -> int:
        """How many of them were looked at."""
        return len(self._passed)

    def _ordered(self, passed: Sequence[int] = ()) -> list[int]:
        """The claims that wait and that the facets leave, in the order that was asked for."""
        here = self._waits & self._fits()
        here[list(passed)] = False
        waiting = np.flatnonzero(here)
        if self._order == "random":
            return random.Random(0).sample(waiting.tolist(), len(waiting))
        if self._order == "doubt":
            waiting = waiting[np.argsort(-self._doubts.weights[waiting], kind="stable")]
        found: list[int] = waiting.tolist()
        return found

    def _fits(self, besides: str = "") -> npt.NDArray[np.bool_]:
        """Which claims the facets leave, one of them aside."""
        fits = np.ones(len(self.claims), bool)
        for facet, value in self.chosen.items():
            if facet != besides:
                fits &= self._of(facet, value)
        return fits

    def _of(self, facet: str, value: str) -> npt.NDArray[np.bool_]:
        """The claims of one value of a facet, or of any column."""
        if facet == "reason":
            holds = np.zeros(len(self.claims), bool)
            told = self._doubts.reasons.items()
            holds[[at for at, why in told if any(key == value for key, _ in why)]] = True
            return holds
        codes, values = self._codes(facet)
        return np.asarray(codes == (values.index(value) if value in values else -1))

    def _codes(self, facet: str) -> tuple[npt.NDArray[np.intp], list[str]]:
        """A column as numbers, made when it is first asked for."""
        if facet not in self._facets:
            column = self.claims["doc" if facet == "report" else facet].fillna("").astype(str)
            if facet == "report":
                column = column + ":" + self.claims["report"].astype(str)
            codes, values = pd.factorize(column)
            self._facets[facet] = codes, list(map(str, values))
        return self._facets[facet]

    def narrow(self, **facets: str | None) -> None:
        """Look at the claims of one report, place, family or reason; None for all of them."""
        for facet, value in facets.items():
            if facet not in FACETS:
                raise QzError(f"there is no facet {facet!r}; there are: {', '.join(FACETS)}")
            if value is None:
                self.chosen.pop(facet, None)
            elif not self._of(facet, value).any():
                raise QzError(f"no claim has the {facet} {value!r}")
            else:
                self.chosen[facet] = value
        self._passed, self._ahead = [], self._ordered()
        self.told, self.wrong = "", False

    def facets(self) -> dict[str, list[tuple[str, str, int]]]:
        """For each facet its values with their names and the numbers of claims that wait."""
        found: dict[str, list[tuple[str, str, int]]] = {}
        for facet in FACETS:
            here = self._waits & self._fits(facet)
            if facet == "reason":
                counts = dict.fromkeys(WEIGHTS, 0)
                for at, why in self._doubts.reasons.items():
                    for key in {key for key, _ in why} if here[at] else ():
                        counts[key] += 1
            else:
                codes, values = self._codes(facet)
                number = np.bincount(codes[here], minlength=len(values))
                most = np.argsort(-number, kind="stable")[:_OFFERED]
                counts = {values[i]: int(number[i]) for i in most}
            kept = {key: n for key, n in counts.items() if n or self.chosen.get(facet) == key}
            found[facet] = [(key, self._name(facet, key), n) for key, n in kept.items()]
        return found

    def _name(self, facet: str, value: str) -> str:
        if not value:
            return str(say("words", "none_stated", self.lang))
        if facet == "reason":
            return said(value, "", self.lang)
        return str(say("families", value, self.lang)) if facet == "family" else value

    def more(self) -> int:
        """Check the arithmetic of some more claims, and put those that fail first.

        Gives back how many are left to check.
        """
        self._doubts.more()
        if self._order == "doubt" and self._ahead:
            now = self._ahead[0]  # what is being looked at stays
            self._ahead = [now, *self._ordered([*self._passed, now])]
        return self._doubts.left

    # ---- what is shown

    @property
    def claim(self) -> "pd.Series[Any] | None":
        """The claim that is looked at; None when all are."""
        return self.claims.iloc[self._ahead[0]] if self._ahead else None

    @property
    def why(self) -> str:
        """Why it is worth a look; empty where nothing speaks against it."""
        return self._doubts.why(self._ahead[0], self.lang) if self._ahead else ""

    def state(self) -> dict[str, Any]:
        """Everything that the widget shows of the claim."""
        claim = self.claim
        facts: dict[str, str] = {}
        evidence: dict[str, Any] = {}
        report: dict[str, str] = {}
        if claim is not None:
            facts = {column: cell(claim[column]) for column in COLUMNS}
            evidence = rows_of(self.claims, self._ahead[:1], None, self.lang)[0]
            if self.mended is not None:
                report = self.mended.of(str(claim["doc"]), int(claim["start"]))
        return {
            "claim": evidence, "facts": facts, "why": self.why, "report": report,
            "at": self.at, "all": len(self._passed) + len(self._ahead), "done": self.written,
            "file": self.file.name, "who": self.who, "told": self.told, "wrong": self.wrong,
            "facets": self.facets(), "chosen": self.chosen, "left": self._doubts.left,
            "size": len(self.claims), "undo": len(self._undone),
            "alike": list(ALIKE), "choices": choices(self.lang),
        }  # fmt: skip

    # ---- verdicts

    def accept(self, why: str = "") -> None:
        """Right as it is: noted, so that it counts as reviewed."""
        self._write([(VERDICT, str(self._now()["text"]))], why)

    def change(self, column: str, now: str, why: str = "") -> None:
        """Wrong in one column.

        A value that is known from elsewhere makes a masked or lost figure legible: its status is
        corrected too.
        """
        self._write(_changes(self._now(), column, now), why)

    def drop(self, why: str = "") -> None:
        """Not a claim: a date, a number of a rule, a heading."""
        self._write([(VERDICT, "")], why)

    def skip(self) -> None:
        """Leave it for later."""
        self._passed, self._ahead = [*self._passed, *self._ahead[:1]], self._ahead[1:]
        self.told, self.wrong = "", False

    def back(self) -> None:
        """The one before; a second verdict on it replaces the first when they are applied."""
        self._passed, self._ahead = self._passed[:-1], [*self._passed[-1:], *self._ahead]
        self.told, self.wrong = "", False

    def undo(self) -> None:
        """Take back what was written last: the lines leave the file, and the claims wait again."""
        if not self._undone:
            raise self._fault("undo")
        last = self._undone[-1]
        last.back()
        self._undone.pop()
        self.written -= last.lines
        if last.positions:
            self._waits[last.positions] = True
            first = last.positions[0]
            self._passed = [at for at in self._passed if at not in set(last.positions)]
            self._ahead = [first, *self._ordered([*self._passed, first])]
        self.told, self.wrong = say("reviewer", "undone", self.lang, n=last.lines), False

    def _fault(self, key: str, **fillers: Any) -> QzError:
        """What is amiss, in the reviewer's language."""
        return QzError(say("reviewer", f"fault_{key}", self.lang, **fillers))

    def _now(self) -> "pd.Series[Any]":
        if self.claim is None:
            raise self._fault("end")
        return self.claim

    def _name_given(self) -> str:
        if not self.who.strip():
            raise self._fault("who")
        return self.who.strip()

    def _write(self, changes: list[tuple[str, str]], why: str) -> None:
        who = self._name_given()
        claim = {str(name): value for name, value in self._now().items()}
        new = [line(claim, column, now, who, why.strip()) for column, now in changes]
        if new[0].column != VERDICT and new[0].was == new[0].now:
            known = said_column(new[0].column, self.lang)
            raise self._fault("same", column=known, was=new[0].was)
        # what would be refused when the file is applied is told here, and not written
        outcomes = correct(self.claims.iloc[self._ahead[:1]], new).table
        refused = outcomes.loc[outcomes["outcome"].eq("refused"), "reason"]
        if len(refused):
            raise QzError(note(refused.iloc[0], "zh" if self.lang == "zh" else "en"))
        self._add(new, self._ahead[:1])
        changed = ", ".join(
            f"{said_column(one.column, self.lang)} {one.was!r} → {one.now!r}" for one in new
        )
        self.told = f"{self.file.name}: {new[0].doc}, {new[0].start}: {changed}"

    def _add(self, new: list[Correction], positions: list[int]) -> None:
        """Write lines, and go on behind the claims that they judge."""
        append(self.file, new)
        self._undone.append(_Done(positions, lambda: retract(self.file, new), len(new)))
        self.written += len(new)
        self._waits[positions] = False
        gone = set(positions[1:])
        self.skip()
        self._ahead = [at for at in self._ahead if at not in gone] if gone else self._ahead
        self.refresh()

    # ---- all that are alike

    def alike(self, column: str, same: Sequence[str] = ("unit", "subject")) -> list[int]:
        """Positions of the waiting claims that say the same as this one, this one first.

        Args:
            column: what is to be changed: the same must stand there.
            same: what else must be the same, of `ALIKE`.
        """
        claim, at = self._now(), self._ahead[0]
        fits = self._waits & self._fits()
        if column in NUMBERS:
            value, values = claim[column], self.claims[column].to_numpy(float)
            fits &= np.isnan(values) if value != value else values == value
        elif column != VERDICT:
            fits &= self._of(column, str(claim[column] or ""))
        for name in same:
            if name not in ALIKE:
                raise QzError(f"claims can be alike in {', '.join(ALIKE)}; not in {name!r}")
            if name == "reason":
                mine = [key for key, _ in self._doubts.reasons.get(at, ())]
                for key in mine:
                    fits &= self._of("reason", key)
            else:
                codes, _ = self._codes(name)
                fits &= codes == codes[at]
        fits[at] = False
        found: list[int] = np.flatnonzero(fits).tolist()
        return [at, *found]

    def preview(
        self, column: str, now: str, same: Sequence[str] = ("unit", "subject"), why: str = ""
    ) -> Preview:
        """What a verdict would do to all claims that are alike; nothing is written.

        Args:
            column: the column that is wrong, or `claim` for a verdict on the whole row.
            now: what holds; for a verdict the text (right as it is) or nothing (no claim).
            same: as in `alike`.
            why: on what grounds.
        """
        who, positions = self._name_given(), self.alike(column, same)
        rows = self.claims.iloc[positions]
        new: dict[int, list[Correction]] = {}
        for at, claim in zip(positions, rows.to_dict("records"), strict=True):
            holds = str(claim["text"]) if column == VERDICT and now else now
            changes = [(column, holds)] if column == VERDICT else _changes(claim, column, now)
            said_of = {str(name): value for name, value in claim.items()}
            new[at] = [
                line(said_of, name, cell_now, who, why.strip()) for name, cell_now in changes
            ]
        lines = [one for found in new.values() for one in found]
        outcomes = correct(rows, lines).table
        refused = outcomes[outcomes["outcome"].isin(["refused", "already"])]
        cells = (refused[name].tolist() for name in ("hash", "start", "end", "outcome", "reason"))
        faults = {(hashed, start, end): (kind, why) for hashed, start, end, kind, why in zip(*cells, strict=True)}  # fmt: skip
        told = [(faults.get((one[0].hash, one[0].start, one[0].end), ("", "")), one[0]) for one in new.values()]  # fmt: skip
        table = pd.DataFrame(
            [(one.doc, one.start, one.was, one.now, kind, reason) for (kind, reason), one in told],
            columns=["doc", "start", "was", "now", "outcome", "reason"],
        )
        table.insert(2, "text", rows["text"].tolist())
        kept = [at for at, kind in zip(positions, table["outcome"], strict=True) if not kind]
        return Preview(table, kept, [one for at in kept for one in new[at]])

    def apply_to_alike(
        self, column: str, now: str, same: Sequence[str] = ("unit", "subject"), why: str = ""
    ) -> Preview:
        """Write what `preview` shows: one line a claim, taken back by one `undo`."""
        made = self.preview(column, now, same, why)
        if not made.positions:
            raise self._fault("none")
        self._add(made.lines, made.positions)
        self.told = say(
            "reviewer", "applied", self.lang, file=self.file.name, n=len(made.positions),
            left=len(made.table) - len(made.positions),
        )  # fmt: skip
        return made

    def previewed(self, *given: Any) -> dict[str, Any]:
        """A preview as the widget shows it: the first claims in their sentences."""
        made = self.preview(*given)
        shown = made.positions[:_SHOWN]
        changes = made.table[made.table["outcome"].eq("")].head(_SHOWN).to_dict("records")
        rows = [
            {**row, "was": change["was"], "now": change["now"]}
            for row, change in zip(rows_of(self.claims, shown), changes, strict=True)
        ]
        refused = made.table.loc[made.table["outcome"].ne(""), "reason"]
        return {"n": len(made.positions), "rows": rows,
                "refused": [[note(str(why), "zh" if self.lang == "zh" else "en"), int(n)] for why, n in refused.value_counts().items()]}  # fmt: skip

    # ---- whole reports

    def mend_report(self, **said_of: str) -> None:
        """Say anew the place, level, date, period or title of the claim's report, for all its claims."""
        claim = self._now()
        self._mend(lambda of: of.change(str(claim["doc"]), int(claim["start"]), said_of))

    def begin_report(self, at: int) -> None:
        """Let a report begin at a character of the raw text, as `lines` offers them."""
        claim = self._now()
        self._mend(lambda of: of.begin(str(claim["doc"]), int(claim["start"]), at))

    def join_report(self) -> None:
        """Make the claim's report one with the report before it."""
        claim = self._now()
        self._mend(lambda of: of.join(str(claim["doc"]), int(claim["start"])))

    def lines(self) -> list[dict[str, Any]]:
        """The lines before the claim at which its report may begin."""
        claim = self._now()
        return self._of_reports().lines(str(claim["doc"]), int(claim["start"]))

    def _of_reports(self) -> MendedReports:
        if self.mended is None:
            way_out = 'give review(…, reports=made.reports, documents="documents.csv")'
            raise QzError(f"reports are mended in a table of documents: {way_out}")
        return self.mended

    def _mend(self, say_so: Callable[[MendedReports], tuple[str, Callable[[], None]]]) -> None:
        mended = self._of_reports()
        words, back = say_so(mended)
        self._undone.append(_Done([], back, 0))
        self.wrong = False
        self.told = f"{mended.table.name}: {words}. {say('reviewer', 'again', self.lang)}"

    # ---- showing itself

    def __repr__(self) -> str:
        doubtful = int((self._doubts.weights[self._ahead] > 0).sum())
        about = {"file": self.file.name, "n": f"{len(self._ahead):,}", "doubtful": f"{doubtful:,}"}
        return str(say("reviewer", "waiting", self.lang, **about))

    def still(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The most doubtful of the claims that wait, as a table."""
        return {"text/plain": "", "text/html": self._as_html()}, {}

    def _as_html(self, most: int = 10) -> str:
        first = self._ahead[:most]
        rows = rows_of(self.claims, first)
        sentences = [f"{row['before']}【{row['figure']}】{row['after']}" for row in rows]
        why = [self._doubts.why(at, self.lang) for at in first]
        cells = {"sentence": sentences, "doubts": why, "where": [row["where"] for row in rows]}
        table = pd.DataFrame(
            {say("reviewer", name, self.lang): words for name, words in cells.items()}
        )
        return f"<p>{self!r}</p>{table.to_html(index=False, border=0)}"


def _changes(claim: Any, column: str, now: str) -> list[tuple[str, str]]:
    """The columns that a change concerns: a value makes a lost figure legible."""
    found = [(column, now)]
    if claim["status"] == "redacted" and column in NUMBERS and str(now).strip():
        found.append(("status", "ok"))
    return found


def choices(lang: Lang) -> dict[str, list[tuple[str, str]]]:
    """For the columns of few values what they may hold, with its name."""
    return {
        column: [(value, str(say(SECTIONS.get(column, "choices"), value, lang))) for value in found]
        for column in COLUMNS
        if (found := [value for value in known(column) if value])
    }


def _judged(claims: pd.DataFrame, file: Path) -> npt.NDArray[np.bool_]:
    """Claims with a verdict that holds; one whose every line is refused waits still."""
    done = np.zeros(len(claims), bool)
    if not file.exists():
        return done
    corrections = read_corrections(file)
    # of a large table only the claims that lines speak of
    columns = {"hash": claims["hash"].isin({one.hash for one in corrections}),
               "start": claims["start"].isin({one.start for one in corrections})}  # fmt: skip
    here = np.flatnonzero((columns["hash"] & columns["start"]).to_numpy())
    concerned = claims.iloc[here]
    table = correct(concerned, corrections).table
    held = table[~table["outcome"].isin(["refused", "elsewhere"])]
    keys = {*zip(*(held[name].tolist() for name in ("hash", "start", "end")), strict=True)}
    cells = (concerned[name].tolist() for name in ("hash", "start", "end"))
    done[[at for at, key in zip(here, zip(*cells, strict=True), strict=True) if key in keys]] = True
    return done


def review(
    claims: pd.DataFrame,
    file: str | Path = NAME,
    *,
    who: str = "",
    relations: pd.DataFrame | None = None,
    reports: pd.DataFrame | None = None,
    documents: str | Path | None = None,
    pages: Source | None = None,
    order: Order = "doubt",
    lang: Lang | None = None,
) -> Reviewer:
    """Review a claims table in JupyterLab: one claim after the other, the doubtful first.

    Each claim is shown in its sentence; verdicts are appended to a file. What is narrowed by
    report, place, family or reason can be judged at once where it is alike, after a preview.

    Args:
        claims: a claims table, as `extract` gives it.
        file: the corrections, made when missing; claims that it has a verdict on are passed over.
            `correct` applies it.
        who: who reviews; can be written in the widget too.
        relations: the relations found in the claims; audited anew when not given, of a large table
            a part at once and the rest while it is looked at.
        reports, documents, pages: the table of reports, the table of documents (a file, made when
            missing) into which their places, levels, dates, periods and boundaries are mended, and
            what the claims were read from, out of which the lines are shown at which a report may
            begin. All figures of a mended report follow when the pages are read again.
        order: `doubt` (spoilt figures, failed arithmetic, masked ones, then those that a narrow
            rule decided), `document`, or `random`, by which `score` tells the accuracy without
            bias.
        lang: language of the widget; that in force (see `language`) unless given.

    Returns:
        a `Reviewer`: put it on the last line of a cell. `accept`, `change`, `drop`, `skip`, `back`,
        `undo`, `narrow`, `preview`, `apply_to_alike` and `mend_report` do the same without a mouse.

    Raises:
        QzError: this is no claims table, another order, the file is no corrections file, or only
            one of `reports` and `documents` is given.

    >>> import tempfile
    >>> from qz_analysis import extract
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     claims = extract("甲县受理事项43宗，办结36宗，办结率93.7%。")
    ...     reviewer = review(claims, f"{folder}/corrections.csv", who="A")
    ...     reviewer.change("value", "430", "a digit was lost")
    ...     print(reviewer.told)
    corrections.csv: text, 6: value '43' → '430'
    """
    if (reports is None) != (documents is None):
        raise QzError("to mend reports give both the table `reports` and the file `documents`")
    mended = None
    if reports is not None and documents is not None:
        mended = MendedReports(reports, documents, pages, spoken(lang))
    return Reviewer(claims, file, who, relations, order, spoken(lang), mended)
