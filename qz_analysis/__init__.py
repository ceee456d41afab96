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
    from .errors import QzError
    from .extraction import corpus, extract, reports, tables
    from .implied import implied
    from .reading import read

__all__ = [
    "QzError",
    "audit",
    "brief",
    "charts",
    "clean",
    "compare",
    "corpus",
    "evidence",
    "extract",
    "implied",
    "indicators",
    "read",
    "reports",
    "tables",
]
__version__ = "0.1.0"

# pandas and matplotlib cost seconds: each name loads its module when it is first used
_HOME = {"QzError": "errors", "audit": "auditing", "clean": "cleaning", "compare": "comparison", "evidence": "comparison", "indicators": "comparison",
         "corpus": "extraction", "implied": "implied", "extract": "extraction", "reports": "extraction", "tables": "extraction", "read": "reading"}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f".{_HOME.get(name, name)}", __name__)
    value = getattr(module, name) if name in _HOME else module
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
