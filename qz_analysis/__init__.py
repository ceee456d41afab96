"""Figures out of Chinese county reports on mass work (群众工作): extracted, audited, compared, charted.

>>> import qz_analysis as qz
>>> claims = qz.extract("一季度，受理各类事项2163宗，办结2028宗，办结率93.8%。")
>>> qz.audit(claims).loc[0, "note"]
'2028/2163 = 93.76%, printed 93.8%'
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import brief, charts
    from .arithmetic.auditing import audit
    from .arithmetic.deriving import implied
    from .choosing import choose
    from .cleaning import clean
    from .comparison import compare, evidence, indicators
    from .correcting import correct
    from .errors import QzError
    from .exporting import export
    from .extending import vocabulary
    from .extraction import corpus, extract, reports, tables
    from .institutions import mechanism_evidence, mechanism_matrix, mechanisms
    from .interactive.explorer import explore
    from .interactive.reviewer import review
    from .names import mask_names
    from .readers.read import read
    from .reporting import coverage, findings, last_digits
    from .runs.store import open
    from .scoring import score

__all__ = [
    "QzError",
    "audit",
    "brief",
    "charts",
    "choose",
    "clean",
    "compare",
    "corpus",
    "correct",
    "coverage",
    "evidence",
    "explore",
    "export",
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
    "review",
    "score",
    "tables",
    "vocabulary",
]
__version__ = "0.1.0"

# pandas and matplotlib cost seconds: each name loads its module when it is first used
_HOMES = {
    "arithmetic.auditing": ["audit"],
    "arithmetic.deriving": ["implied"],
    "choosing": ["choose"],
    "cleaning": ["clean"],
    "comparison": ["compare", "evidence", "indicators"],
    "correcting": ["correct"],
    "errors": ["QzError"],
    "exporting": ["export"],
    "extending": ["vocabulary"],
    "extraction": ["corpus", "extract", "reports", "tables"],
    "readers.read": ["read"],
    "institutions": ["mechanism_evidence", "mechanism_matrix", "mechanisms"],
    "interactive.explorer": ["explore"],
    "interactive.reviewer": ["review"],
    "names": ["mask_names"],
    "reporting": ["coverage", "findings", "last_digits"],
    "runs.store": ["open"],
    "scoring": ["score"],
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


if not TYPE_CHECKING:  # a type checker must not think that every name is there

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module = import_module(f".{_HOME.get(name, name)}", __name__)
        value = getattr(module, name) if name in _HOME else module
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]


def _introduce() -> None:
    """Lets claims tables show themselves in the notebook that is running, if one is; any other DataFrame stays as pandas has it."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if shell is not None:
        formatter = shell.display_formatter.formatters["text/html"]
        # by name, so that pandas is not loaded for it; its module is called otherwise before pandas 3
        for module in ("pandas", "pandas.core.frame"):
            formatter.for_type_by_name(module, "DataFrame", _shown)


def _shown(table: Any) -> str | None:
    from .interactive.views import shown

    return shown(table)


_introduce()
