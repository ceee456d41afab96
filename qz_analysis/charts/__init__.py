"""Pictures of a panel, one function per question; each says its finding, its source and what is
missing.
"""

from .amounts import funds, stated
from .audit import agreement, checkable, checks, heaping
from .corpus import coverage, mechanisms
from .counts import funnel, visits
from .figure import finish, save, show
from .indicators import figures
from .maps import outlines
from .one_year import places
from .percents import changes, rates
from .rows import example, example_years
from .series import ledger
from .side_by_side import counties
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
