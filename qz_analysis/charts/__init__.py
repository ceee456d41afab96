"""Pictures of a panel, one function per question; each says its finding, its source and what is
missing.
"""

from .audit import agreement, checkable, checks, heaping
from .corpus import coverage, mechanisms
from .figure import finish, save, show
from .indicators import changes, counties, figures, funds, funnel, rates, stated, visits
from .maps import outlines
from .one_year import places
from .rows import example, example_years
from .series import ledger
from .theme import colours, dressed, redrawn, width
from .tiles import provinces
from .years import multiples, slope, trend

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
    "example_years",
    "figures",
    "finish",
    "funds",
    "funnel",
    "heaping",
    "ledger",
    "mechanisms",
    "multiples",
    "outlines",
    "places",
    "provinces",
    "rates",
    "redrawn",
    "save",
    "show",
    "slope",
    "stated",
    "trend",
    "visits",
    "width",
]
