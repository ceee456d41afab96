"""The reviewer without its looks: the doubtful claims first, each verdict a line of corrections.

Doubtful are claims that the page damaged, the audit contradicts, or a narrow rule decided.
"""

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, get_args

import pandas as pd

from ..arithmetic.audit import audit
from ..comparison.indicators import records
from ..errors import QzError
from ..extraction.apply import correct
from ..extraction.corrections import COLUMNS, NAME, VERDICT, append, cell, line
from ..model import starts_of
from ..vocabularies.labels import Lang
from ..vocabularies.session import load
from .evidence import rows_of
from .live import Live

__all__ = ["review"]

_CLAUSE = re.compile("[,;。!?]")
# how much each reason weighs; a claim's doubts add up
_CONTRADICTED, _SPOILT, _LOST = 8.0, 10.0, 4.0
# units of what the reports are about: hardly ever `other`
_COUNTED = ("批", "人次", "件", "宗", "起")


def doubts(claims: pd.DataFrame, relations: pd.DataFrame | None = None) -> pd.DataFrame:
    """How doubtful each claim of a table is, and why.

    >>> from qz_analysis import extract
    >>> doubts(extract("甲县受理事项43宗，办结36宗，办结率93.7%。"))["why"].tolist()[2]
    'the arithmetic fails: 36/43 = 83.72%, printed 93.7%'
    """
    failed = _failed(audit(claims) if relations is None else relations)
    near = _near_words()
    found = []
    for row in records(claims):
        notes = failed.get(_key(row), ())
        reasons = [(_CONTRADICTED, f"the arithmetic fails: {note}") for note in notes]
        if row["status"] == "spoilt":
            reasons.append((_SPOILT, f"the page seems to have damaged it: {row['note']}"))
        elif row["status"] == "redacted":
            reasons.append((_LOST, f"no value: {row['note']}"))
        else:
            reasons += _narrow(row, near)
        found.append((sum(weight for weight, _ in reasons), "; ".join(why for _, why in reasons)))
    return pd.DataFrame(found, columns=["doubt", "why"], index=claims.index)


def _failed(relations: pd.DataFrame) -> dict[tuple[str, int, int], list[str]]:
    """What fails, by each claim that takes part; the stated result stands first."""
    notes: dict[tuple[str, int, int], list[str]] = {}
    for row in relations[relations["verdict"].eq("bad")].to_dict("records"):
        for start in starts_of(row["starts"]):
            notes.setdefault((row["doc"], row["report"], start), []).append(str(row["note"]))
    return notes


def _key(row: dict[str, object]) -> tuple[str, int, int]:
    return str(row["doc"]), int(str(row["report"])), int(str(row["start"]))


def _narrow(row: dict[str, object], near: Callable[[str], set[str]]) -> list[tuple[float, str]]:
    """Reasons of a legible claim: where the rules that placed it had little to go by."""
    before, after, unit = str(row["before"]), str(row["after"]), str(row["unit"])
    clause = _CLAUSE.split(before)[-1] + " " + _CLAUSE.split(after)[0]
    families = near(clause)
    value = float(str(row["value"]))
    odd = row["kind"] == "count" and value == value and value != int(value)
    other = row["family"] == "other" and unit.startswith(_COUNTED)
    several = f"words of several subjects stand round it: {', '.join(sorted(families))}"
    tests = [
        (2.0, odd, "a count that is no whole number"),
        (2.0, not unit, "its unit stands nowhere"),
        (1.5, other, "no word says what it is about"),
        (1.0, len(families) > 1, several),
        (1.0, not row["subject"], "no words say what it counts"),
    ]
    return [(weight, why) for weight, holds, why in tests if holds]


def _near_words() -> Callable[[str], set[str]]:
    """A function that tells which families' words a clause holds."""
    words = load("families")["words"].items()
    groups = [f"(?P<{family}>{'|'.join(entry)})" for family, entry in words if family != "other"]
    pattern = re.compile("|".join(groups))
    return lambda clause: {str(match.lastgroup) for match in pattern.finditer(clause)}


Order = Literal["doubt", "document", "random"]


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
    >>> folder.cleanup()
    """

    def __init__(
        self,
        claims: pd.DataFrame,
        file: str | Path = NAME,
        who: str = "",
        relations: pd.DataFrame | None = None,
        order: Order = "doubt",
        lang: Lang = "en",
    ) -> None:
        if order not in get_args(Order):
            known = ", ".join(get_args(Order))
            raise QzError(f"cannot review in the order {order!r}; there are: {known}")
        needed = ("hash", "doc", "start", "end", "text", "status", "before")
        if lacking := ", ".join(name for name in needed if name not in claims):
            fault = f"this is no claims table: it lacks {lacking}"
            raise QzError(f"{fault}; give what qz.extract returns")
        self.claims, self.file = claims.reset_index(drop=True), Path(file)
        self.who, self.lang = who, lang
        self._doubts = doubts(self.claims, relations)
        done = _judged(self.claims, self.file)
        waiting = [i for i, key in enumerate(self._keys()) if key not in done]
        self.queue: list[int] = self._ordered(waiting, order)
        self.at, self.written, self.told, self.wrong = 0, 0, "", False

    def _made(self) -> Any:
        from .widgets import ReviewerWidget  # needs a library that the table does without

        return ReviewerWidget(self)

    def _keys(self) -> list[tuple[str, int, int]]:
        starts, ends = (map(int, self.claims[name]) for name in ("start", "end"))
        return list(zip(self.claims["hash"], starts, ends, strict=True))

    def _ordered(self, waiting: list[int], order: Order) -> list[int]:
        if order == "random":
            return random.Random(0).sample(waiting, len(waiting))
        weights = self._doubts["doubt"].to_numpy()
        return sorted(waiting, key=lambda i: -weights[i]) if order == "doubt" else waiting

    # ---- what is shown

    @property
    def claim(self) -> "pd.Series[Any] | None":
        """The claim that is looked at; None when all are."""
        return self.claims.iloc[self.queue[self.at]] if self.at < len(self.queue) else None

    @property
    def why(self) -> str:
        """Why it is worth a look; empty where nothing speaks against it."""
        if self.claim is None:
            return ""
        return str(self._doubts["why"].iloc[self.queue[self.at]])

    def state(self) -> dict[str, Any]:
        """Everything that the widget shows of the claim."""
        claim = self.claim
        facts: dict[str, str] = {}
        evidence: dict[str, Any] = {}
        if claim is not None:
            facts = {column: cell(claim[column]) for column in COLUMNS}
            evidence = rows_of(self.claims, [self.queue[self.at]])[0]
        counts = {"at": self.at, "all": len(self.queue), "done": self.written}
        file = {"file": self.file.name, "who": self.who, "told": self.told, "wrong": self.wrong}
        return {"claim": evidence, "facts": facts, "why": self.why, **counts, **file}

    # ---- verdicts

    def accept(self, why: str = "") -> None:
        """Right as it is: noted, so that it counts as reviewed."""
        self._write([(VERDICT, str(self._now()["text"]))], why)

    def change(self, column: str, now: str, why: str = "") -> None:
        """Wrong in one column.

        A value that is known from elsewhere makes a masked or lost figure legible: its status is
        corrected too.
        """
        lost = self._now()["status"] == "redacted"
        lines = [(column, now)]
        if lost and column in ("value", "low", "high") and str(now).strip():
            lines.append(("status", "ok"))
        self._write(lines, why)

    def drop(self, why: str = "") -> None:
        """Not a claim: a date, a number of a rule, a heading."""
        self._write([(VERDICT, "")], why)

    def skip(self) -> None:
        """Leave it for later."""
        self.at, self.told, self.wrong = min(self.at + 1, len(self.queue)), "", False

    def back(self) -> None:
        """The one before; a second verdict on it replaces the first when they are applied."""
        self.at, self.told, self.wrong = max(self.at - 1, 0), "", False

    def _now(self) -> "pd.Series[Any]":
        if self.claim is None:
            raise QzError("all claims are looked at; there is none to judge")
        return self.claim

    def _write(self, lines: list[tuple[str, str]], why: str) -> None:
        if not self.who.strip():
            raise QzError("say who reviews: a correction without a name helps nobody")
        claim = {str(name): value for name, value in self._now().items()}
        new = [line(claim, column, now, self.who.strip(), why.strip()) for column, now in lines]
        if new[0].column != VERDICT and new[0].was == new[0].now:
            fault = f"{new[0].column} is {new[0].was!r} already"
            raise QzError(f"{fault}; if all is well, say that it is right as it is")
        # what would be refused when the file is applied is told here, and not written
        outcomes = correct(self.claims.iloc[[self.queue[self.at]]], new).table
        refused = outcomes.loc[outcomes["outcome"].eq("refused"), "reason"]
        if len(refused):
            raise QzError(refused.iloc[0])
        append(self.file, new)
        self.written += len(new)
        self.skip()
        self.refresh()
        changes = ", ".join(f"{one.column} {one.was!r} → {one.now!r}" for one in new)
        self.told = f"{self.file.name}: {new[0].doc}, {new[0].start}: {changes}"

    # ---- showing itself

    def __repr__(self) -> str:
        doubtful = int(self._doubts["doubt"].iloc[self.queue[self.at :]].gt(0).sum())
        waiting = f"claims to look at: {len(self.queue) - self.at:,}"
        return f"Reviewer({self.file.name}): {waiting}, doubtful among them: {doubtful:,}"

    def still(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The most doubtful of the claims that wait, as a table."""
        return {"text/plain": "", "text/html": self._as_html()}, {}

    def _as_html(self, most: int = 10) -> str:
        first = self.queue[self.at : self.at + most]
        rows = rows_of(self.claims, first)
        sentences = [f"{row['before']}【{row['figure']}】{row['after']}" for row in rows]
        table = pd.DataFrame({"sentence": sentences})
        table["why it is shown"] = self._doubts["why"].iloc[first].tolist()
        table["where"] = [row["where"] for row in rows]
        return f"<p>{self!r}</p>{table.to_html(index=False, border=0)}"


def _judged(claims: pd.DataFrame, file: Path) -> set[tuple[str, int, int]]:
    """Claims with a verdict that holds; one whose every line is refused waits still."""
    if not file.exists():
        return set()
    table = correct(claims, file).table
    held = table[~table["outcome"].isin(["refused", "elsewhere"])]
    return {(row.hash, int(row.start), int(row.end)) for row in held.itertuples()}  # type: ignore[arg-type,misc]


def review(
    claims: pd.DataFrame,
    file: str | Path = NAME,
    *,
    who: str = "",
    relations: pd.DataFrame | None = None,
    order: Order = "doubt",
    lang: Lang = "en",
) -> Reviewer:
    """Review a claims table in JupyterLab: one claim after the other, the doubtful first.

    Each claim is shown in its sentence; verdicts are appended to a file.

    Args:
        claims: a claims table, as `extract` gives it.
        file: the corrections, made when missing; claims that it has a verdict on are passed over.
            `correct` applies it.
        who: who reviews; can be written in the widget too.
        relations: the relations found in the claims; audited anew when not given.
        order: `doubt` (spoilt figures, failed arithmetic, masked ones, then those that a narrow
            rule decided), `document`, or `random`, by which `score` tells the accuracy without
            bias.
        lang: language of the widget.

    Returns:
        a `Reviewer`: put it on the last line of a cell. `accept`, `change`, `drop`, `skip` and
        `back` do the same without a mouse.

    Raises:
        QzError: this is no claims table, another order, or the file is no corrections file.

    >>> import tempfile
    >>> from qz_analysis import extract
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     claims = extract("甲县受理事项43宗，办结36宗，办结率93.7%。")
    ...     reviewer = review(claims, f"{folder}/corrections.csv", who="A")
    ...     reviewer.change("value", "430", "a digit was lost")
    ...     print(reviewer.told)
    corrections.csv: text, 6: value '43' → '430'
    """
    return Reviewer(claims, file, who, relations, order, lang)
