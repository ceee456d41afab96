"""A picture of a panel knows where its rows stand.

The explorer answers a choice with picture, table, evidence and code that say the same.
"""

import io
import json

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from PIL import Image

import qz_analysis as qz
from qz_analysis import QzError, corpus, explore, extract
from qz_analysis.charts.figure import finished
from qz_analysis.notebook.explorer import PAGE, draw

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
    "choice",
    [{"measure": "yuan"}, {"measure": "rate"}, {"measure": "change"}, {"measure": "items"}],
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


TEXT = "甲县受理事项43宗，办结36宗，办结率83.7%。接待群众来访193批次389人次。乙县接待群众来访12批次，信访总量xx件。"


def test_a_choice_changes_picture_and_evidence(claims):
    """Another subject gives another picture with its own alternative text, and the sentences behind it."""
    explorer = explore(claims, family="petition", measure="change")
    before = explorer.answer()
    after = explorer.change(family="mediation", measure="rate")
    assert before.picture.png != after.picture.png and before.picture.alt != after.picture.alt
    assert {row["family"] for row in after.evidence} == {"mediation"}


def test_a_place_narrows_the_picture(claims):
    """Only the places chosen are drawn and listed."""
    explorer = explore(claims, family="petition", measure="change")
    answer = explorer.change(places=["桥西区"])
    assert {row["place"] for row in answer.evidence} == {"桥西区"}
    assert answer.total == len(explorer.claims) == len(answer.evidence)


def test_every_row_of_the_picture_leads_to_its_claims(claims):
    """Rows lie below each other within the picture, and picking one gives the claims that stand there, its counts too."""
    explorer = explore(claims, family="mediation", measure="rate")
    bands = explorer.answer().picture.bands
    edges = [edge for band in bands for edge in (band.top, band.bottom)]
    assert edges == sorted(edges) and edges[0] > 0 and edges[-1] < 1
    picked = explorer.pick(0)
    assert [row["claim"] for row in picked] == bands[0].claims
    assert [row["figure"] for row in picked] == ["50.2%", "101件", "201件"]


def test_a_row_that_is_not_there_is_refused(claims):
    """Picking beyond the picture says how many rows it has."""
    explorer = explore(claims, family="mediation", measure="rate")
    with pytest.raises(QzError, match="the picture has 3 rows"):
        explorer.pick(99)


@pytest.mark.parametrize(
    "choice",
    [
        {"family": "mediation", "measure": "rate"},
        {"family": "petition", "measure": "change", "places": ["桥西区"]},
        {"family": "funds", "measure": "yuan"},
        {"measure": "items"},
        {"family": "facility", "stage": "", "period": ""},
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_code_makes_the_same_chart(claims, choice, lang, capsys, monkeypatch):
    """The lines that are printed run as they stand and draw what the explorer shows, row for row and word for word."""
    explorer = explore(claims, lang=lang, **choice)
    explorer.answer()
    explorer.code()
    shown = []
    monkeypatch.setattr(qz.charts, "show", shown.append)
    exec(capsys.readouterr().out, {"claims": claims})
    mine = qz.charts.figures(explorer.panel, lang=lang, of=explorer.answer().total)
    texts = [[text.get_text() for text in ax.figure.texts] for ax in (shown[0], mine)]
    assert texts[0] == texts[1]
    assert finished(shown[0].figure).rows == finished(mine.figure).rows or all(
        str(a) == str(b)
        for a, b in zip(finished(shown[0].figure).rows, finished(mine.figure).rows, strict=True)
    )


def test_pages_turn_and_the_code_turns_with_them(claims):
    """Where there are more figures than a picture holds, each page shows its own, and beyond the last there is none."""
    explorer = explore(claims, measure="items")
    first = explorer.answer()
    second = explorer.change(page=1)
    assert not {row["claim"] for row in first.evidence} & {row["claim"] for row in second.evidence}
    assert f"skip={PAGE}, most={PAGE}" in explorer.lines()
    last = explorer.change(page=10_000)
    assert last.evidence and explorer.page == last.pages - 1


def test_the_state_can_be_saved_and_taken_up(claims, tmp_path):
    """A saved choice begins where it was left, page and language too."""
    explorer = explore(claims, measure="items", lang="zh")
    explorer.change(page=1)
    explorer.change(page=1, lang="zh", measure="items")
    again = explore(claims, explorer.save(tmp_path / "choice.json"))
    assert (again.choice, again.lang, again.page) == (explorer.choice, "zh", 1)
    assert again.answer().picture == explorer.answer().picture


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"lang": "fr", "page": 0, "places": []}', '{"lang": "en", "page": 0, "places": [], "x": 1}'])  # fmt: skip
def test_a_file_without_a_choice_is_refused(claims, tmp_path, text):
    """A file that `save` did not write is named, with the way out."""
    path = tmp_path / "choice.json"
    path.write_text(text)
    with pytest.raises(QzError, match=r"choice\.json: holds no choice"):
        explore(claims, path)
    with pytest.raises(QzError, match="cannot be read"):
        explore(claims, tmp_path / "none.json")


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        ({"family": "petitions"}, "no claim has the family 'petitions'"),
        ({"places": ["乙县乙"]}, "no claim has the place"),
        ({"kind": "rate"}, "no control 'kind'"),
    ],
)
def test_a_choice_that_is_not_there_is_named(claims, choice, told):
    """A misspelt value or control is refused with what there is."""
    with pytest.raises(QzError, match=told):
        explore(claims, **choice)
    with pytest.raises(QzError, match=told):
        explore(claims).change(**choice)


def test_masked_figures_are_listed_where_there_is_no_picture():
    """Where every figure is masked there is no picture; the message says why and the sentences stand there all the same."""
    explorer = explore(extract("甲县接待群众来访xx批次。"), measure="batches")
    answer = explorer.answer()
    assert not answer.picture.png and "masked" in answer.picture.told
    assert [row["status"] for row in answer.evidence] == ["redacted"]
    data, _ = explorer.still()
    assert "image/png" not in data and "masked" in data["text/plain"]


def test_no_name_of_a_person_reaches_the_widget():
    """What the widget shows is masked as a brief is."""
    explorer = explore(extract("村民张小明反映问题后，甲县为12户村民解决用水。"))
    assert "张小明" not in json.dumps(explorer.answer().evidence, ensure_ascii=False)


def test_places_offered_are_few_but_the_chosen_are_among_them():
    """Of thousands of places some hundreds are offered, those that are chosen always."""
    base = extract("甲县接待群众来访43批次。")
    many = pd.concat(
        [base.assign(place=f"第{n}县", doc=f"d{n}") for n in range(900)], ignore_index=True
    )
    explorer = explore(many, measure="batches", places=["第899县"])
    offered = [value for value, _, _ in explorer.answer().options["place"]]
    assert len(offered) < 400 and "第899县" in offered
