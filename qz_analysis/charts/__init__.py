"""Pictures of a panel, one function per question; each says its finding, its source and what is
missing.
"""

from .audit import agreement, checkable, checks, heaping
from .corpus import coverage, mechanisms
from .figure import finish, save, show
from .indicators import changes, counties, figures, funds, funnel, rates, stated, visits
from .rows import example
from .series import ledger
from .theme import colours, dressed

__all__ = [
    "agreement",
    "changes",
    "checkable",
    "checks",
    "colours",
    "counties",
    "coverage",
    "dressed",
    "example",
    "figures",
    "finish",
    "funds",
    "funnel",
    "heaping",
    "ledger",
    "mechanisms",
    "rates",
    "save",
    "show",
    "stated",
    "visits",
]
