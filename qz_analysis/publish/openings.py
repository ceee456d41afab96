"""What a notebook's page begins with, and what heads its sections: findings written from the data.

Each rule takes tables and gives a finding: a title of a few words, and a sentence on the world in
which each figure leads to its own sentence in the report. Where the data give no finding the rule
says that. The words stand in `[openings]` of `vocabularies/profile.toml`.
"""

from collections.abc import Callable

import pandas as pd

from ..errors import QzError
from ..vocabularies.labels import Lang, single
from .opening_audit import audit, checked, heaping, implied, ledger, left, strength, unchecked
from .opening_changes import changes, visits
from .opening_money import annex, funds, programmes, shares, standards
from .opening_rates import intervals, rates
from .opening_reports import against, compared, copies, masked, mechanisms, stock, strict, written
from .opening_words import Finding, Words


def opening(kind: str, *tables: pd.DataFrame, lang: Lang | None = None) -> Finding:
    """The finding of one kind from its tables.

    Args:
        kind: `stock` and `masked` (claims, reports), `written` (claims), `changes` (a panel of
            `compare`; with claims, relations and reports it says what they are against), `visits`,
            `rates` (a panel; with the claims it has the names that reports give, with the reports their times, too), `intervals`, `compared`, `against` and `shares` (panels of `compare`), `funds`
            and `standards` (a table of `money`), `strict` (its refusals), `programmes` (a table of
            programmes; with the claims it tells what was done, with the reports of when they are, too), `annex` (what a page tells of such a table, and the rest), `audit` (findings; with coverage it tells what became of rates and changes, too), `strength` (findings), `unchecked` (the reasons of `tally`),
            `checked` (coverage), `heaping` (last digits), `implied` and `left` (implied figures), `copies`
            (reports), `mechanisms` (evidence of mechanisms, reports),
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
    'The one rate that can be read is 83.7%'
    """
    if kind not in _KINDS:
        raise QzError(f"no opening {kind!r}; there are: {', '.join(_KINDS)}")
    return _KINDS[kind](Words(single(lang)), *tables)


_KINDS: dict[str, Callable[..., Finding]] = {
    "stock": stock,
    "written": written,
    "masked": masked,
    "visits": visits,
    "changes": changes,
    "rates": rates,
    "intervals": intervals,
    "funds": funds,
    "standards": standards,
    "programmes": programmes,
    "annex": annex,
    "compared": compared,
    "against": against,
    "strict": strict,
    "shares": shares,
    "audit": audit,
    "checked": checked,
    "strength": strength,
    "unchecked": unchecked,
    "heaping": heaping,
    "implied": implied,
    "left": left,
    "copies": copies,
    "mechanisms": mechanisms,
    "ledger": ledger,
}
