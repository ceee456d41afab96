"""Figures out of Chinese county reports on mass work (群众工作): extracted, audited, compared, charted.

>>> import qz_analysis as qz
>>> claims = qz.extract("一季度，受理各类事项2163宗，办结2028宗，办结率93.8%。")
>>> qz.audit(claims).loc[0, "note"]
'2028/2163 = 93.76%, printed 93.8%'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import brief, charts
    from .auditing import audit
    from .cleaning import clean
    from .comparison import compare, evidence, indicators
    from .correcting import correct
    from .deriving import implied
    from .errors import QzError
    from .extraction import corpus, extract, reports, tables
    from .institutions import mechanism_evidence, mechanism_matrix, mechanisms
    from .names import mask_names
    from .reading import read
    from .reporting import coverage, findings, last_digits
    from .scoring import score
    from .store import open

__all__ = [
    "QzError",
    "audit",
    "brief",
    "charts",
    "clean",
    "compare",
    "corpus",
    "correct",
    "coverage",
    "evidence",
    "extract",
    "findings",
    "implied",
    "indicators",
    "last_digits",
    "mask_names",
    "mechanism_evidence",
    "mechanism_matrix",
    "mechanisms",
    "open",
    "read",
    "reports",
    "score",
    "tables",
]
__version__ = "0.1.0"

# pandas and matplotlib cost seconds: each name loads its module when it is first used
_HOME = {"open": "store", "QzError": "errors", "audit": "auditing", "clean": "cleaning", "compare": "comparison", "evidence": "comparison", "indicators": "comparison",
         "corpus": "extraction", "correct": "correcting", "score": "scoring", "implied": "deriving", "findings": "reporting", "coverage": "reporting", "last_digits": "reporting", "extract": "extraction", "reports": "extraction", "tables": "extraction", "read": "reading", "mask_names": "names",
         "mechanism_evidence": "institutions", "mechanism_matrix": "institutions", "mechanisms": "institutions"}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f".{_HOME.get(name, name)}", __name__)
    value = getattr(module, name) if name in _HOME else module
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
