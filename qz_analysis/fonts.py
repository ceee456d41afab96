"""The Chinese font that pictures and briefs share: found, registered once, cut down for embedding."""

import io
from functools import cache
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from matplotlib import font_manager
from pylopdf_fonts_zh_cn import sans_path

__all__ = ["font_path", "missing", "register", "subset_woff"]


def font_path() -> Path:
    """Path of the Regular face of Noto Sans SC that comes with the dependency `pylopdf-fonts-zh-cn`.

    Raises:
        FileNotFoundError: the dependency is installed without its font file.

    >>> font_path().suffix
    '.otf'
    """
    path = Path(sans_path())
    if not path.is_file():
        raise FileNotFoundError(f"no Chinese font at {path.name}: reinstall the package pylopdf-fonts-zh-cn")
    return path


@cache
def register() -> str:
    """Family name of the Chinese font, known to matplotlib from the first call on.

    Raises:
        FileNotFoundError: as in `font_path`.

    >>> register()
    'Noto Sans SC'
    """
    path = font_path()
    font_manager.fontManager.addfont(path)
    return font_manager.get_font(str(path)).family_name


@cache
def _characters() -> frozenset[int]:
    with TTFont(font_path(), lazy=True) as font:
        return frozenset(font.getBestCmap())


def missing(text: str) -> str:
    """Characters of a text that the font cannot draw, each once, sorted; line ends are no characters.

    Args:
        text: any text.

    >>> missing("群眾 ✗")
    '✗'
    """
    return "".join(sorted({c for c in text if ord(c) not in _characters() and c not in "\r\n\t"}))


def subset_woff(text: str) -> bytes:
    """A woff font with the characters of a text, for embedding in a page; the same text gives the same bytes.

    Args:
        text: what the page says; order and repeats do not matter, characters that the font lacks are skipped.

    Returns:
        the font file, some 4-40 kB for up to a few hundred characters.

    Raises:
        FileNotFoundError: as in `font_path`.

    >>> subset_woff("群众")[:4]
    b'wOFF'
    """
    return _cut("".join(sorted(set(text))))


@cache
def _cut(characters: str) -> bytes:
    # hinting is for small sizes on old screens; pwid keeps quotation marks narrow between Latin letters
    options = subset.Options(flavor="woff", hinting=False, layout_features=["kern", "pwid"], notdef_outline=True)
    out = io.BytesIO()
    with TTFont(font_path(), recalcTimestamp=False) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text=characters)
        cutter.subset(font)
        font.flavor = "woff"
        font.save(out)
    return out.getvalue()
