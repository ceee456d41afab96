"""How doubtful each claim of a table is, and why.

Doubtful are claims that the page damaged, the audit contradicts, or a narrow rule decided.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from ..arithmetic.audit import audit
from ..model import starts_of
from ..vocabularies.beginnings import quick
from ..vocabularies.labels import Lang, say
from ..vocabularies.session import load

_CLAUSE = re.compile("[,;。!?]")
#: how much each reason weighs; a claim's doubts add up
WEIGHTS = {"spoilt": 10.0, "contradicted": 8.0, "lost": 4.0, "odd": 2.0, "unitless": 2.0,
           "nothing": 1.5, "several": 1.0, "nameless": 1.0}  # fmt: skip
# units of what the reports are about: hardly ever `other`
_COUNTED = ("批", "人次", "件", "宗", "起")
#: so many claims are audited while nobody notices; the rest of a larger table slice by slice
SLICE = 1_000
_Reason = tuple[str, str]


class Doubts:
    """Reasons and weights of the claims of a table, by position.

    Where no relations are given the arithmetic is checked report by report, a slice at once, so
    that a large table is open before it is audited; `left` claims are still to be checked.

    >>> from qz_analysis import extract
    >>> found = Doubts(extract("甲县受理事项43宗，办结36宗，办结率93.7%。"))
    >>> found.why(2), found.left
    ('the arithmetic fails: 36/43 = 83.72%, printed 93.7%', 0)
    """

    def __init__(self, claims: pd.DataFrame, relations: pd.DataFrame | None = None) -> None:
        self._claims = claims
        self.reasons: dict[int, list[_Reason]] = {}
        self.weights = np.zeros(len(claims))
        self._read()
        codes, names = pd.factorize(claims["doc"])
        # documents are audited whole and in their order: where each begins among the claims
        self._docs = np.argsort(codes, kind="stable")
        self._ends = np.cumsum(np.bincount(codes, minlength=len(names))).tolist()
        self._checked = 0
        if relations is not None:
            self._take(relations)
            self._checked = len(claims)
        else:
            self.more(4 * SLICE)

    @property
    def left(self) -> int:
        """How many claims wait for the audit."""
        return len(self._claims) - self._checked

    def more(self, most: int = SLICE) -> None:
        """Audit the next documents, of some so many claims."""
        if self.left:
            wanted = min(self._checked + most, len(self._claims))
            end = next(end for end in self._ends if end >= wanted)
            self._take(audit(self._claims.iloc[np.sort(self._docs[self._checked : end])]))
            self._checked = end

    def why(self, at: int, lang: Lang = "en") -> str:
        """Why a claim is worth a look, in words; nothing where nothing speaks against it."""
        return "; ".join(said(key, detail, lang) for key, detail in self.reasons.get(at, ()))

    def _add(self, positions: Sequence[int], key: str, details: Sequence[str] = ()) -> None:
        for i, at in enumerate(positions):
            self.reasons.setdefault(int(at), []).append((key, details[i] if details else ""))
            self.weights[at] += WEIGHTS[key]

    def _read(self) -> None:
        """Reasons that stand in the table itself."""
        claims = self._claims
        status, unit = claims["status"].to_numpy(object), claims["unit"].fillna("").astype(str)
        value, legible = claims["value"].to_numpy(float), np.isin(status, ["ok"])
        for key, word in (("spoilt", "spoilt"), ("lost", "redacted")):
            at = np.flatnonzero(status == word)
            self._add(at.tolist(), key, list(map(str, claims["note"].iloc[at])))
        odd = claims["kind"].eq("count").to_numpy() & (value != np.floor(value)) & (value == value)
        other = claims["family"].eq("other") & unit.str.startswith(_COUNTED)
        tests: tuple[tuple[str, Any], ...] = (
            ("odd", odd),
            ("unitless", unit.eq("").to_numpy()),
            ("nothing", other.to_numpy(bool)),
            ("nameless", claims["subject"].fillna("").eq("").to_numpy()),
        )
        for key, holds in tests:
            self._add(np.flatnonzero(holds & legible).tolist(), key)
        near = _near_words()
        words = zip(claims["before"].tolist(), claims["after"].tolist(), strict=True)
        for row, (before, after) in enumerate(words):
            if legible[row]:
                clause = _CLAUSE.split(str(before))[-1] + " " + _CLAUSE.split(str(after))[0]
                if len(families := near(clause)) > 1:
                    self._add([row], "several", [";".join(families)])

    def _take(self, relations: pd.DataFrame) -> None:
        """What fails is told of each claim that takes part."""
        bad = relations[relations["verdict"].eq("bad")]
        if bad.empty:
            return
        claims = self._claims
        here = np.flatnonzero(claims["doc"].isin(bad["doc"].unique()).to_numpy())
        cells = (claims[name].iloc[here].tolist() for name in ("doc", "report", "start"))
        at = {key: int(i) for i, key in zip(here, zip(*cells, strict=True), strict=True)}
        for row in bad[["doc", "report", "starts", "note"]].itertuples(index=False):
            found = [at.get((row.doc, row.report, start)) for start in starts_of(row.starts)]
            for one in found:
                if one is not None:
                    self._add([one], "contradicted", [str(row.note)])


def said(key: str, detail: str, lang: Lang) -> str:
    """A reason in words; without a detail, its name."""
    if key == "several" and detail:
        names = (say("families", family, lang) for family in detail.split(";"))
        detail = say("words", "list", lang).join(names)
    return str(say("doubts", key, lang, detail=detail)).rstrip(" :：")


def _near_words() -> Callable[[str], tuple[str, ...]]:
    """A function that tells which families' words a clause holds."""
    words = load("families")["words"].items()
    groups = [f"(?P<{family}>{'|'.join(entry)})" for family, entry in words if family != "other"]
    pattern = re.compile(quick("|".join(groups)))

    @cache
    def near(clause: str) -> tuple[str, ...]:
        return tuple(sorted({str(match.lastgroup) for match in pattern.finditer(clause)}))

    return near


def doubts(claims: pd.DataFrame, relations: pd.DataFrame | None = None) -> pd.DataFrame:
    """How doubtful each claim of a table is, and why, once all of it is checked.

    >>> from qz_analysis import extract
    >>> doubts(extract("甲县受理事项43宗，办结36宗，办结率93.7%。"))["why"].tolist()[2]
    'the arithmetic fails: 36/43 = 83.72%, printed 93.7%'
    """
    found = Doubts(claims.reset_index(drop=True), relations)
    while found.left:
        found.more()
    columns: dict[str, Any] = {
        "doubt": found.weights,
        "why": [found.why(at) for at in range(len(claims))],
    }
    return pd.DataFrame(columns, index=claims.index)
