""" """

import hashlib
import io
import logging
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from threading import Event

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE
from fontTools.ttLib import TTFont
from matplotlib import font_manager
from matplotlib.colors import to_rgb

from qz_analysis.charts import theme
from qz_analysis.charts import theme as fonts


def test_register_makes_matplotlib_draw_with_the_chinese_face(caplog):
    """After `register`, matplotlib finds the dependency's file by its family name and logs nothing."""
    with caplog.at_level(logging.DEBUG, logger="matplotlib.font_manager"):
        found = font_manager.findfont(fonts.register(), fallback_to_default=False)
    assert fonts.font_path().samefile(found)  # the environment may stand behind a link
    assert not [r for r in caplog.records if r.levelno >= logging.WARNING]


def test_register_adds_the_font_once():
    """However often it is called, the font stands in matplotlib's list once."""
    for _ in range(3):
        fonts.register()
    assert (
        sum(entry.fname == str(fonts.font_path()) for entry in font_manager.fontManager.ttflist)
        == 1
    )


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
    assert (
        hashlib.sha256(first).hexdigest() != hashlib.sha256(fonts.subset_woff("群众")).hexdigest()
    )


def test_subset_skips_what_the_font_lacks():
    """A character without glyph does not stop the page."""
    assert set(TTFont(io.BytesIO(fonts.subset_woff("群✗"))).getBestCmap()) == {ord("群")}


SETTERS = [theme.set_font, theme.set_style, theme.set_palette, theme.theme]


@pytest.fixture(autouse=True)
def untouched():
    """Every test begins and ends with matplotlib's own settings."""
    with mpl.rc_context():
        mpl.rcdefaults()
        yield


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("setter", SETTERS)
def test_a_block_undoes_itself(setter):
    """After a `with` block every setting is what it was, and inside something differs."""
    before = dict(mpl.rcParams)
    with setter():
        assert dict(mpl.rcParams) != before
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("setter", SETTERS)
def test_a_block_undoes_itself_after_an_error(setter):
    """An error inside the block leaves nothing behind either."""
    before = dict(mpl.rcParams)
    with pytest.raises(RuntimeError), setter():
        raise RuntimeError
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("setter", SETTERS)
def test_a_plain_call_stays(setter):
    """Without `with` the setting holds until `undo`, and a second `undo` changes nothing."""
    before = dict(mpl.rcParams)
    setting = setter()
    assert dict(mpl.rcParams) != before
    setting.undo()
    mpl.rcParams["lines.linewidth"] = 9
    setting.undo()
    assert mpl.rcParams["lines.linewidth"] == 9


def test_blocks_nest():
    """An inner block gives back what the outer one had set."""
    with theme.theme(palette="tol"):
        with theme.set_palette("okabe-ito"):
            assert theme.colours() == theme.PALETTES["okabe-ito"]
        assert theme.colours() == theme.PALETTES["tol"]


def test_theme_is_the_three_setters():
    """`theme` sets what font, style and palette set one by one."""
    with theme.set_font(), theme.set_style(), theme.set_palette():
        alone = dict(mpl.rcParams)
    with theme.theme():
        assert dict(mpl.rcParams) == alone


def test_text_is_chinese_regular_and_literal():
    """Text is set in the Chinese face, nothing bold, no mathematics in dollar signs."""
    with theme.theme(size=11):
        assert mpl.rcParams["font.family"][0] == fonts.register()
        assert mpl.rcParams["font.size"] == 11
        assert not mpl.rcParams["text.parse_math"]
        assert {
            mpl.rcParams[f"{of}weight"]
            for of in ("font.", "axes.title", "axes.label", "figure.title")
        } == {"normal"}


def test_svg_is_stable_and_text_stays_text():
    """Ids come from a fixed salt and letters are not turned into outlines."""
    with theme.set_style():
        assert mpl.rcParams["svg.hashsalt"] and mpl.rcParams["svg.fonttype"] == "none"


@pytest.mark.parametrize("name", theme.PALETTES)
def test_colours_stand_out_on_white(name):
    """Each colour has a contrast of 3:1 or more with white, and no two are the same."""
    palette = theme.PALETTES[name]
    assert all(1.05 / (luminance(colour) + 0.05) >= 3 for colour in palette)
    assert len(set(palette)) == len(palette) >= 5


def seen(colour, eyes):
    """A colour as eyes without one of the three kinds of cones see it."""
    rgb = np.array(to_rgb(colour))
    if eyes != "all cones":
        rgb = cspace_convert(rgb, {"name": "sRGB1+CVD", "cvd_type": eyes, "severity": 100}, "sRGB1")
    return np.clip(rgb, 0, 1)


@pytest.mark.parametrize("eyes", ["all cones", "deuteranomaly", "protanomaly", "tritanomaly"])
@pytest.mark.parametrize("name", theme.PALETTES)
def test_colours_stay_apart_for_colour_blind_readers(name, eyes):
    """Neighbours of a palette lie 14 or more apart in CAM02-UCS, any two colours 10, with any kind of cones missing."""
    palette = [seen(colour, eyes) for colour in theme.PALETTES[name]]
    far = {
        (i, j): deltaE(palette[i], palette[j], input_space="sRGB1")
        for i, j in combinations(range(len(palette)), 2)
    }
    assert min(far.values()) >= 10
    assert min(far[i, i + 1] for i in range(len(palette) - 1)) >= 14


@pytest.mark.parametrize("eyes", ["all cones", "deuteranomaly", "protanomaly", "tritanomaly"])
def test_the_eyes_of_the_test_can_tell_bad_colours(eyes):
    """Red and green of equal lightness, the classical mistake, fail for those who lack red or green cones."""
    far = deltaE(seen("#b35a00", eyes), seen("#6d7a00", eyes), input_space="sRGB1")
    assert (far < 14) == (eyes in ("deuteranomaly", "protanomaly"))


@pytest.mark.parametrize("colour", [theme.INK, theme.MUTED])
def test_words_are_readable(colour):
    """Colours of text have a contrast of 4.5:1 or more with white."""
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


def test_dressed_respects_what_the_user_set():
    """Charts add what is missing and leave a size or palette of the user's alone."""
    with theme.set_font(13), theme.set_palette("tol"), theme.dressed():
        assert mpl.rcParams["font.size"] == 13
        assert mpl.rcParams["svg.fonttype"] == "none"
        assert theme.colours() == theme.PALETTES["tol"]
    assert theme.colours() == theme.PALETTES["okabe-ito"]


def test_a_chart_of_another_thread_keeps_its_font():
    """A chart that ends in one thread does not undress the one that another thread draws."""
    inside, over = Event(), Event()

    def draw() -> list[str]:
        with theme.dressed():
            inside.set()
            over.wait(5)
            return mpl.rcParams["font.family"]

    with ThreadPoolExecutor() as pool:
        with theme.dressed():
            other = pool.submit(draw)
            inside.wait(0.2)  # without a lock it would be in by now
        over.set()
        assert other.result()[0] == theme.register()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: theme.set_palette("rainbow"), "okabe-ito, tol"),
        (lambda: theme.theme(palette=""), "okabe-ito"),
        (lambda: theme.set_font(0), "above 0"),
    ],
)
def test_a_wrong_wish_is_named(call, words):
    """An unknown palette or a size of 0 raises a ValueError that says what there is, and sets nothing."""
    before = dict(mpl.rcParams)
    with pytest.raises(ValueError, match=words):
        call()
    assert dict(mpl.rcParams) == before
