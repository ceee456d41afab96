"""What was chosen in an explorer → a file, and back."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple, cast, get_args

from ..choosing import Choice
from ..errors import QzError
from ..languages import Lang

__all__ = ["Kept", "keep", "take_up"]


class Kept(NamedTuple):
    """A choice with the language and the page that it was looked at in; no figures."""

    choice: Choice
    lang: Lang
    page: int


def keep(path: Path, kept: Kept) -> Path:
    """Write it into a file, JSON whatever its name, and give the file back.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "choice.json"
    >>> take_up(keep(path, Kept(Choice(family="matters"), "zh", 2)))
    Kept(choice=Choice(family='matters', stage=None, measure=None, period=None, places=()), lang='zh', page=2)
    """
    state = asdict(kept.choice) | {"lang": kept.lang, "page": kept.page}
    path.write_text(json.dumps(state, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def take_up(path: Path) -> Kept:
    """What stands in such a file.

    Raises:
        QzError: the file cannot be read, or holds something else.
    """
    try:
        state = json.loads(path.read_text(encoding="utf-8"))
        lang, page = state.pop("lang"), state.pop("page")
        choice = Choice(**state | {"places": tuple(state["places"])})
        if lang not in get_args(Lang) or not isinstance(page, int):
            raise ValueError
    except OSError as error:
        raise QzError(f"{path}: cannot be read ({error.strerror}); give a file that Explorer.save wrote") from None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise QzError(f"{path}: holds no choice of an explorer; give a file that Explorer.save wrote") from None
    return Kept(choice, cast(Lang, lang), page)
