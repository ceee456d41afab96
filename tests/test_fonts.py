import hashlib
import io
import logging

import matplotlib.pyplot as plt
import pytest
from fontTools.ttLib import TTFont
from matplotlib import font_manager

from qz_analysis import fonts


def test_register_makes_matplotlib_draw_with_the_chinese_face(caplog):
    """After `register`, matplotlib finds the dependency's file by its family name and logs nothing."""
    with caplog.at_level(logging.DEBUG, logger="matplotlib.font_manager"):
        found = font_manager.findfont(fonts.register(), fallback_to_default=False)
    assert found == str(fonts.font_path())
    assert not [r for r in caplog.records if r.levelno >= logging.WARNING]


def test_register_adds_the_font_once():
    """However often it is called, the font stands in matplotlib's list once."""
    for _ in range(3):
        fonts.register()
    assert sum(entry.fname == str(fonts.font_path()) for entry in font_manager.fontManager.ttflist) == 1


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("群众工作 群眾工作 访监测 訪監測", ""),  # both scripts
        ("−–…≥≤≈×·（）：，。", ""),  # every sign that the charts print
        ("✗好✘✗", "✗✘"),
        ("两\n行", ""),
        ("", ""),
    ],
)
def test_missing_names_what_the_font_lacks(text, absent):
    """`missing` gives the characters that would come out as boxes, each once."""
    assert fonts.missing(text) == absent


def test_missing_characters_are_those_matplotlib_warns_of():
    """What `missing` lets pass, matplotlib draws without a warning."""
    fig = plt.figure()
    fig.text(0, 0, "群众≥×", family=fonts.register())
    fig.draw_without_rendering()
    plt.close(fig)
    assert fonts.missing("群众≥×") == ""


def test_subset_holds_the_characters_and_little_else():
    """A subset has a glyph for every character of the text and stays small."""
    data = fonts.subset_woff("群众来访 81.25%")
    held = TTFont(io.BytesIO(data)).getBestCmap()
    assert {ord(c) for c in "群众来访 81.25%"} == set(held)
    assert data[:4] == b"wOFF" and len(data) < 12_000


def test_subset_is_the_same_on_every_run():
    """The bytes depend on the set of characters alone: not on the clock, the order or the cache."""
    first = fonts.subset_woff("群众工作")
    fonts._cut.cache_clear()
    assert fonts.subset_woff("作工众群群") == first
    with TTFont(fonts.font_path()) as whole:
        assert TTFont(io.BytesIO(first))["head"].modified == whole["head"].modified
    assert hashlib.sha256(first).hexdigest() != hashlib.sha256(fonts.subset_woff("群众")).hexdigest()


def test_subset_skips_what_the_font_lacks():
    """A character without glyph does not stop the page."""
    assert set(TTFont(io.BytesIO(fonts.subset_woff("群✗"))).getBestCmap()) == {ord("群")}
