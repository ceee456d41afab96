"""What defines a named indicator, and which claims it takes or just misses."""

from dataclasses import dataclass

import pandas as pd

from ..extraction.named import stands_against
from ..model import NEEDED, Tables, claims_columns, read_claim
from ..schema import MATCHES, frame
from ..vocabularies.session import load
from .county_years import named

__all__ = ["Indicator", "indicator"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A named indicator: its key, its titles, and the units and kinds of its figures.

    >>> from qz_analysis import indicator
    >>> one = indicator("调解成功率")
    >>> one.key, one.zh, one.units, one.kinds
    ('mediation_success_rate', '调解成功率', ('%',), ('rate',))
    """

    key: str
    en: str
    zh: str
    units: tuple[str, ...]
    kinds: tuple[str, ...]
    words: tuple[str, ...]

    def matches(self, claims: pd.DataFrame | Tables) -> pd.DataFrame:
        """Which claims the indicator takes, and which it just misses by what.

        A claim is just missed where one of the indicator's names stands near it. Growth and share
        of a level, which bear its name, are no misses.

        Args:
            claims: a claims table, as `extract` gives it under the words in force, or the tables
                of a run.

        Returns:
            one row per claim with the columns of `schema.MATCHES`: doc, report, start, end, text,
            unit, kind, period, verdict, against and sentence; those taken first.

        Raises:
            QzError: the table has no column `indicator`.

        >>> from qz_analysis import extract
        >>> claims = extract("全县调解成功率98%。调解成功率考核的村有9个。")
        >>> indicator("mediation_success_rate").matches(claims)[
        ...     ["text", "verdict", "against"]].values.tolist()
        [['98%', 'taken', ''], ['9个', 'unit', '个']]
        """
        claims = claims.claims if isinstance(claims, Tables) else claims
        claims_columns(claims, [*NEEDED, "indicator"])
        known = load("named")
        of = known[self.key].get("of")
        kin = {of, *(k for k, said in known.items() if said.get("of") in {self.key, of} - {None})}
        kin -= {None, self.key}
        rows = []
        for row in claims.to_dict("records"):
            claim = read_claim({str(k): v for k, v in row.items()})
            if claim.indicator == self.key:
                verdict, against = "taken", ""
            elif claim.indicator in kin or not (said := stands_against(claim, self.key)):
                continue
            else:
                verdict, against = said
            words = claim.before + claim.text + claim.after
            rows.append((claim.doc, claim.report, claim.start, claim.end, claim.text, claim.unit,
                         claim.kind, claim.period, verdict, against, words))  # fmt: skip
        rows.sort(key=lambda row: row[8] != "taken")
        return frame(rows, MATCHES)


def indicator(name: str) -> Indicator:
    """One named indicator, of the package or of a user's vocabulary file.

    Args:
        name: its key, its title in English or Chinese, or a Chinese word of it.

    Raises:
        QzError: there is none of that name; the message has near ones.

    >>> indicator("GDP").key
    'gdp'
    """
    [key] = named(name)
    said = load("named")[key]
    words = tuple(w for part in ("words", "short", "shared", "behind") for w in said.get(part, []))
    return Indicator(key, said["en"], said["zh"], tuple(said["units"]), tuple(said["kinds"]), words)
