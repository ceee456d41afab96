"""Figures out of Chinese county reports on mass work (群众工作): extracted, audited, compared,
charted.

>>> import qz_analysis as qz
>>> claims = qz.extract("一季度，受理各类事项2163宗，办结2028宗，办结率93.8%。")
>>> qz.audit(claims).loc[0, "note"]
'2028/2163 = 93.76%, printed 93.8%'
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from .schema import VERSION

if TYPE_CHECKING:
    from . import charts
    from .arithmetic.audit import audit
    from .arithmetic.derive import implied
    from .comparison import programmes
    from .comparison.caveats import refusals
    from .comparison.choose import choose
    from .comparison.coders import agree
    from .comparison.county_years import panel
    from .comparison.definition import indicator
    from .comparison.estimate import estimate
    from .comparison.findings import coverage, findings, last_digits, tally
    from .comparison.ledger import ledger
    from .comparison.mechanisms import (
        known_mechanisms,
        mechanism_evidence,
        mechanism_matrix,
        mechanisms,
    )
    from .comparison.money import money
    from .comparison.panel import compare, evidence, indicators
    from .errors import QzError
    from .extraction.agreement import score
    from .extraction.apply import correct
    from .extraction.clean import clean
    from .extraction.named import named_indicators
    from .extraction.why import why
    from .notebook.explorer import explore
    from .notebook.reviewer import review
    from .notebook.spots import locate, show
    from .privacy import mask_names
    from .publish import page as brief
    from .publish.export import export
    from .publish.replication import replicate
    from .readers.read import read
    from .runs.coding import coding
    from .runs.documents import documents
    from .runs.sample import sample
    from .runs.store import open
    from .runs.tables import corpus, extract, reports, tables
    from .vocabularies.labels import either, language
    from .vocabularies.session import vocabulary

__all__ = [
    "QzError",
    "agree",
    "audit",
    "brief",
    "charts",
    "choose",
    "clean",
    "coding",
    "compare",
    "corpus",
    "correct",
    "coverage",
    "documents",
    "either",
    "estimate",
    "evidence",
    "explore",
    "export",
    "extract",
    "findings",
    "implied",
    "indicator",
    "indicators",
    "known_mechanisms",
    "language",
    "last_digits",
    "ledger",
    "locate",
    "mask_names",
    "mechanism_evidence",
    "mechanism_matrix",
    "mechanisms",
    "money",
    "named_indicators",
    "open",
    "panel",
    "programmes",
    "read",
    "refusals",
    "replicate",
    "reports",
    "review",
    "sample",
    "score",
    "show",
    "tables",
    "tally",
    "vocabulary",
    "why",
]
__version__ = VERSION

# pandas and matplotlib cost seconds: each name loads its module when it is first used
_HOMES = {
    "readers.read": ["read"],
    "arithmetic.audit": ["audit"],
    "arithmetic.derive": ["implied"],
    "comparison.caveats": ["refusals"],
    "comparison.choose": ["choose"],
    "comparison.coders": ["agree"],
    "comparison.county_years": ["panel"],
    "comparison.definition": ["indicator"],
    "comparison.estimate": ["estimate"],
    "comparison.findings": ["coverage", "findings", "last_digits", "tally"],
    "comparison.ledger": ["ledger"],
    "comparison.mechanisms": [
        "known_mechanisms",
        "mechanism_evidence",
        "mechanism_matrix",
        "mechanisms",
    ],
    "comparison.money": ["money"],
    "comparison.panel": ["compare", "evidence", "indicators"],
    "errors": ["QzError"],
    "extraction.agreement": ["score"],
    "extraction.apply": ["correct"],
    "extraction.clean": ["clean"],
    "extraction.named": ["named_indicators"],
    "extraction.why": ["why"],
    "notebook.explorer": ["explore"],
    "notebook.reviewer": ["review"],
    "notebook.spots": ["locate", "show"],
    "privacy": ["mask_names"],
    "publish.export": ["export"],
    "publish.replication": ["replicate"],
    "runs.coding": ["coding"],
    "runs.documents": ["documents"],
    "runs.sample": ["sample"],
    "runs.store": ["open"],
    "runs.tables": ["corpus", "extract", "reports", "tables"],
    "vocabularies.labels": ["either", "language"],
    "vocabularies.session": ["vocabulary"],
}
# public modules by the name that a user writes
_MODULES = {"brief": "publish.page", "charts": "charts", "programmes": "comparison.programmes"}
# their tables show each claim in its clause
_GIVE_CLAIMS = {"choose", "correct", "extract", "open", "tables"}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


if not TYPE_CHECKING:  # a type checker must not think that every name is there

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module = import_module(f".{_HOME.get(name) or _MODULES[name]}", __name__)
        value = getattr(module, name) if name in _HOME else module
        if name in _GIVE_CLAIMS:
            _show_claims()
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]


def _show_claims() -> None:
    """Has claims tables show themselves in the notebook that is running, if one is.

    The names that give back claims call it when they are first used: importing the package
    changes nothing. Any other DataFrame stays as pandas shows it.
    """
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if shell is not None:
        formatter = shell.display_formatter.formatters["text/html"]
        # by name, so that pandas is not loaded for it; before pandas 3 its module has another name
        for module in ("pandas", "pandas.core.frame"):
            formatter.for_type_by_name(module, "DataFrame", _html_of)


def _html_of(table: Any) -> str | None:
    from .notebook.repr import shown

    return shown(table)
