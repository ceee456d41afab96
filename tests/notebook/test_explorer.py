"""The explorer answers a choice with chart, table, evidence and code that say the same."""

import json

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from sparing import sparing

import qz_analysis as qz
from qz_analysis import QzError, explore, extract
from qz_analysis.charts.figure import finished
from qz_analysis.model import Document
from qz_analysis.notebook.explorer import PAGE, draw

pytestmark = pytest.mark.usefixtures("clean")


@pytest.fixture(scope="module")
def claims(corpus_tables):
    return corpus_tables.claims


def test_drawing_leaves_no_figure_and_no_setting_behind(claims):
    """The user's own matplotlib is as it was."""
    before = dict(plt.rcParams)
    draw(qz.choose(claims, family="funds", most=5))
    assert plt.get_fignums() == [] and dict(plt.rcParams) == before


def test_nothing_to_draw_is_told():
    """A panel without values gives no picture but the reason."""
    picture = draw(qz.choose(extract("甲县接待群众来访xx批次。")))
    assert picture.png == b"" and "masked" in picture.told


TEXT = "甲县受理事项43宗，办结36宗，办结率83.7%。接待群众来访193批次389人次。乙县接待群众来访12批次，信访总量xx件。"


def test_a_choice_changes_picture_and_evidence(claims):
    """Another subject gives another picture with its own alternative text, and the sentences behind it."""
    explorer = explore(claims, family="petition", measure="change")
    before = explorer.picture
    after = explorer.change(family="mediation", measure="rate")
    assert before.png != explorer.picture.png and before.alt != explorer.picture.alt
    assert {row["family"] for row in after.evidence} == {"mediation"}


def test_a_place_narrows_the_picture(claims):
    """Only the places chosen are drawn and listed."""
    explorer = explore(claims, family="petition", measure="change")
    answer = explorer.change(places=["桥西区"])
    assert {row["place"] for row in answer.evidence} == {"桥西区"}
    assert answer.total == len(explorer.claims) == len(answer.evidence)


def test_every_mark_leads_to_its_claims(claims):
    """Picking a mark gives the claims that stand there, its counts too; pointing at it their sentences."""
    explorer = explore(claims, family="mediation", measure="rate")
    marks = explorer.answer().chart.marks
    picked = explorer.pick(0)
    assert [row["claim"] for row in picked] == marks[0].claims
    assert [row["figure"] for row in picked] == ["50.2%", "101件", "201件"]
    assert [row["figure"] for row in explorer.point(0)] == ["50.2%", "101件", "201件"]
    with pytest.raises(QzError, match="the chart has 4 marks"):
        explorer.pick(99)


YEARS = (
    Document(
        "a",
        "桥西区2011年工作总结\n2011年，桥西区调解成功率97%。2012年桥西区调解成功率98%。2013年桥西区力争调解成功率达到99%。",
    ),
    Document(
        "b", "中牟县2011年工作总结\n2011年，中牟县调解成功率95%。2012年一季度中牟县调解成功率96%。"
    ),
)


def test_years_stand_on_the_axis_and_targets_apart():
    """One indicator over years is a line a place; targets come only when asked for, marked as such."""
    explorer = explore(extract(YEARS), indicator="调解成功率")
    answer = explorer.answer()
    assert answer.view == "years" and answer.chart.series == ["Qiaoxi District", "Zhongmu County"]
    assert [label for _, label in answer.chart.years] == ["2011", "2012"]
    assert not any(mark.target for mark in answer.chart.marks)
    assert any("part of a year" in note for note in answer.chart.notes)
    both = explorer.change(modality="any").chart
    assert [mark.figure for mark in both.marks if mark.target] == ["99% (target)"]
    assert [label for _, label in both.years] == ["2011", "2012", "2013"]


@pytest.mark.parametrize(
    ("view", "groups"),
    [
        ("place", ["桥西区", "桥西区", "中牟县", "中牟县"]),
        ("year", ["2011年", "2011年", "2012年", "2012年一季度"]),
    ],
)
def test_rows_stand_together_by_place_or_by_year(view, groups):
    """A row a figure, under the head of its place or of its year."""
    explorer = explore(extract(YEARS), indicator="调解成功率", view=view, lang="zh")
    assert [mark.group for mark in explorer.answer().chart.marks] == groups


def test_years_need_an_indicator_that_has_several():
    """Where nothing can stand on an axis of years, figures are put together by place instead."""
    explorer = explore(extract(YEARS), family="mediation")
    assert explorer.answer().view == "place" and explorer.view == "years"
    assert explore(extract("2011年甲县调解成功率97%。")).answer().view == "place"
    with pytest.raises(QzError, match="lays out by"):
        explore(extract(YEARS), view="months")


@pytest.mark.parametrize(
    ("words", "places"),
    [("桥西", {"桥西区"}), ("qiaoxi", {"桥西区"}), ("調解", {"桥西区", "中牟县"}), ("税", set())],
)
def test_words_are_found_in_places_and_subjects(words, places):
    """A place is found under its English name too, words in either script; the place list follows."""
    explorer = explore(extract(YEARS), indicator="调解成功率")
    answer = explorer.change(find=words)
    assert set(explorer.claims["place"]) == places
    assert {value for value, _, _ in answer.options["place"]} == places
    assert bool(answer.told) == (not places)


def test_a_search_gives_no_choice_up():
    """What was chosen before a search is there when it is cleared again."""
    explorer = explore(extract(YEARS), indicator="调解成功率", places=["中牟县"])
    assert explorer.change(find="桥西").total == 0
    assert explorer.change(find="").total == 2


def test_indicators_bear_the_names_of_the_panel():
    """The control offers the named indicators by the titles that `named_indicators` gives."""
    for lang in ("en", "zh"):
        known = qz.named_indicators(lang).set_index("indicator")["title"]
        offered = explore(extract(YEARS), lang=lang).answer().options["indicator"]
        assert [(value, label) for value, label, _ in offered] == [
            ("mediation_success_rate", known["mediation_success_rate"])
        ]


def test_a_hasty_answer_is_audited_when_the_hand_rests(claims):
    """In haste no report is audited; settling adds the counts and marks, once."""
    explorer = explore(claims, family="petition", measure="change")
    hasty = explorer.ask(family="mediation", measure="rate", hasty=True)
    assert {row["counts"] for row in hasty.evidence} == {""}
    assert explorer.settle() and not explorer.settle()
    assert "101 / 201" in {row["counts"] for row in explorer.answer().evidence}


@pytest.mark.parametrize(
    "choice",
    sparing(
        [
            {"family": "mediation", "measure": "rate"},
            {"family": "petition", "measure": "change", "places": ["桥西区"]},
            {"family": "funds", "measure": "yuan"},
            {"measure": "items"},
            {"family": "facility", "stage": "", "period": ""},
            {"measure": "items", "view": "year"},
            {"indicator": "petition_total", "view": "years", "modality": "any"},
        ],
        2,
    ),
)
@pytest.mark.parametrize("lang", sparing(["zh", "en"], 2))
def test_the_code_makes_the_same_chart(claims, choice, lang, capsys, monkeypatch):
    """The lines that are printed run as they stand and draw what the explorer shows, row for row and word for word."""
    explorer = explore(claims, lang=lang, **choice)
    explorer.answer()
    explorer.code()
    shown = []
    monkeypatch.setattr(qz.charts, "show", shown.append)
    exec(capsys.readouterr().out, {"claims": claims})
    monkeypatch.setattr("qz_analysis.notebook.explorer.show", lambda ax, *_: shown.append(ax))
    explorer.show()
    mine = shown[1]
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
    assert again.answer().chart == explorer.answer().chart


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
        ({"family": "petishuns"}, "no claim has the family 'petishuns'"),
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
    assert "masked" in answer.told and [mark.at for mark in answer.chart.marks] == [None]
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
