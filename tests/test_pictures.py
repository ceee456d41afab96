"""A picture of a panel knows where its rows stand."""

import io

import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

import qz_analysis as qz
from qz_analysis import corpus, extract
from qz_analysis.interactive.pictures import draw

pytestmark = pytest.mark.usefixtures("clean")


@pytest.fixture(scope="module")
def claims():
    return extract(corpus())


def test_drawing_leaves_no_figure_and_no_setting_behind(claims):
    """The user's own matplotlib is as it was."""
    before = dict(plt.rcParams)
    draw(qz.choose(claims, family="funds", most=5))
    assert plt.get_fignums() == [] and dict(plt.rcParams) == before


@pytest.mark.parametrize(
    "choice", [{"measure": "yuan"}, {"measure": "rate"}, {"measure": "change"}, {"measure": "items"}]
)
def test_each_band_holds_the_ink_of_its_row(claims, choice):
    """Where a band says that a row stands, the picture is not blank, and bands of neighbours touch."""
    picture = draw(qz.choose(claims, most=12, **choice))
    ink = np.asarray(Image.open(io.BytesIO(picture.png)).convert("L")) < 128
    height = ink.shape[0]
    for band in picture.bands:
        assert ink[round(band.top * height) : round(band.bottom * height)].any()
    for above, below in zip(picture.bands, picture.bands[1:], strict=False):
        assert above.bottom == pytest.approx(below.top, abs=2e-5)
    assert all(band.label and band.claims for band in picture.bands)


def test_nothing_to_draw_is_told():
    """A panel without values gives no picture but the reason."""
    picture = draw(qz.choose(extract("甲县接待群众来访xx批次。")))
    assert (picture.png, picture.bands) == (b"", []) and "masked" in picture.told
