"""Every programme that has figures is found by its words and shown by a notebook."""

import json
import re
from pathlib import Path

import pytest
from timing import steps

import qz_analysis as qz
from qz_analysis.comparison import programmes
from qz_analysis.comparison.caveats import nameless
from qz_analysis.errors import QzError
from qz_analysis.model import Document
from qz_analysis.readers.read import read
from qz_analysis.vocabularies.romanised import english_place
from qz_analysis.vocabularies.session import load

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def claims(corpus_tables):
    return corpus_tables.claims


@pytest.fixture(scope="module")
def shown(claims):
    """What each notebook shows."""
    return {name: programmes.figures(claims, qz.corpus(), name) for name in load("programmes")}


@pytest.fixture(scope="module")
def overview(claims):
    return programmes.overview(claims, qz.corpus())


def test_a_programme_is_told_by_the_row_that_tells_most(shown, claims):
    """Each programme in each place has one row: with what was done, else with most figures that can be read; what is
    only counted has none, and no row is changed.
    """
    table = shown["02_visits"]
    found = programmes.telling(table, claims)
    rows = table[~table["term"].isin(programmes.statistics())]
    assert not found.duplicated(["term", "place"]).any()
    assert set(zip(found["term"], found["place"], strict=True)) == set(
        zip(rows["term"], rows["place"], strict=True)
    )
    assert found.equals(table.loc[found.index])
    said = dict(zip(found["term"], found["figures"], strict=True))
    assert "替群众解决困难764个" in said["红色代办"] and "办结的" not in said["大接访"]


def test_every_programme_has_figures(overview):
    """No programme of the vocabulary is without figures in the embedded corpus, and none stands twice."""
    assert len(overview) == sum(map(len, load("programmes").values())) == overview["term"].nunique()
    assert (overview["figures"] > 0).all()


def test_readme_lists_what_is_found(overview):
    """data/README.md shows programme, figures, documents and notebook as they are computed."""
    rows = [" | ".join(map(str, row)) for row in overview.itertuples(index=False)]
    shown = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    assert "\n".join(f"| {row} |" for row in rows) in shown


@pytest.mark.parametrize("notebook", load("programmes"))
def test_a_notebook_shows_its_programmes(notebook, claims, overview):
    """The notebook calls for its own programmes, and what it shows holds every figure of each, with its place in the file."""
    cells = json.loads((ROOT / "notebooks" / f"{notebook}.ipynb").read_text(encoding="utf-8"))[
        "cells"
    ]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    assert f'programmes.figures(claims, qz.corpus(), "{notebook}")' in code
    table = programmes.figures(claims, qz.corpus(), notebook)
    shown = table.groupby("programme")["where"].agg(
        lambda w: sum(len(re.findall(r"[:,] (\d+)", x)) for x in w)
    )
    wanted = overview[overview["notebook"] == notebook].set_index("programme")["figures"]
    assert shown.to_dict() == wanted.to_dict()


@pytest.mark.parametrize(
    ("notebook", "term", "doc", "printed"),
    [
        ("02_visits", "大接访", "000-02-county", ["6场次", "193批次", "389人次"]),
        ("02_visits", "四访", "000-02-county", ["1032人次", "200批", "458人次", "209宗"]),
        ("02_visits", "信访总量", "000-02-county", ["954件次", "下降21.2%"]),
        ("02_visits", "信访总量", "003-05-tongjiang", ["234件次", "下降55.6%"]),
        (
            "02_visits",
            "桥西区一季度信访",
            "001-01-qiaoxi",
            ["176件", "212批次", "81.25%", "84.62%"],
        ),
        ("02_visits", "镇群众工作站", "001-02-town", ["51件", "173件", "82名"]),
        ("02_visits", "群众诉求服务中心", "002-04-suqiu", ["xxxx批", "xxxx人次", "xx%"]),
        ("02_visits", "红色代办", "002-01-daiban", ["154支", "723人", "3160件"]),
        ("02_visits", "在职党员进社区", "002-02-hongxiuzhang", ["1819名", "1892名"]),
        ("02_visits", "服务企业走访", "002-14-renfang", ["126人次", "100%"]),
        ("02_visits", "四屯镇大走访", "002-18-situn", ["158户", "900份"]),
        ("02_visits", "“三诺一通”与“大走访”", "002-20-aa", ["24600多件", "85%", "294件"]),
        ("02_visits", "通江“四大”", "003-05-tongjiang", ["2112名", "2万余场次", "600余起"]),
        ("03_mediation", "领导包案", "000-02-county", ["43宗", "36宗", "83.7%"]),
        ("03_mediation", "三级平台", "000-02-county", ["243名", "467宗", "2163宗", "93.8%"]),
        ("03_mediation", "诉前联调", "000-02-county", ["201件", "101件", "50.2%"]),
        ("03_mediation", "征地拆迁调解", "002-13-yiliang", ["3484件", "3475件", "99.74%"]),
        ("03_mediation", "刑事案件", "000-02-county", ["1516宗", "下降14.64%", "上升39.21%"]),
        ("04_budgets", "个案奖励", "000-02-county", ["100多万元"]),
        ("04_budgets", "治安联防", "000-02-county", ["156万元", "213人"]),
        ("04_budgets", "红袖章", "000-02-county", ["500多支", "4800多人"]),
        ("04_budgets", "视频监控", "000-02-county", ["4051个", "1011个"]),
        ("04_budgets", "惠农补贴", "000-02-county", ["8872.7万元"]),
        ("04_budgets", "社会保障", "000-02-county", ["245875人", "1033260元"]),
        ("04_budgets", "新农村建设", "000-02-county", ["700多条"]),
        ("04_budgets", "社区卫生", "002-06-changzhou", ["445.46万人次", "51.2%"]),
        ("04_budgets", "服务业", "002-07-services", ["22.16亿元", "136.6万人次"]),
        ("04_budgets", "海岛卫生服务站", "002-09-island", ["3000元", "600元"]),
        ("04_budgets", "文化站", "002-10-taiyuan", ["20个", "30家", "13200册"]),
    ],
)
def test_figures_of_a_programme_stand_as_printed(notebook, term, doc, printed, shown):
    """A programme's figures are found in its document, by its words, signs and masks included."""
    table = shown[notebook]
    mine = table[(table["term"] == term) & table["where"].str.startswith(f"{doc}:")]
    said = "；".join(mine["figures"])
    assert [text for text in printed if text not in said] == []


def test_every_place_has_an_english_name(claims):
    """English charts of the embedded corpus name no place in Chinese."""
    places = {*claims["place"], *qz.reports(qz.corpus())["place"]} - {""}
    named = {place for place in places if not nameless(place)}
    assert not {place for place in named if re.search("[一-龥]", english_place(place))}


def test_an_unknown_notebook_is_refused(claims):
    """A notebook without programmes raises an error that names those that have some."""
    with pytest.raises(QzError, match="02_visits, 03_mediation, 04_budgets"):
        programmes.figures(claims, [], "09_other")


def test_each_file_is_read_once(claims, monkeypatch):
    """However many notebooks show programmes, the overview opens no file twice."""
    opened = []
    monkeypatch.setattr(programmes, "read", lambda path: opened.append(path) or read(path))
    programmes.overview(claims, qz.corpus())
    assert opened == qz.corpus()


def test_sentences_that_name_a_programme_find_their_figures_by_place():
    """Twice the text costs twice the work: no sentence goes through the claims of all others."""

    def work(size):
        page = Document("000-02-county", "领导“四访”接待群众40人次。" * size)
        claims, pages = qz.extract(page), {page.doc: page.text}
        assert len(list(programmes._selected(claims, pages, "02_visits"))) >= size
        return steps(lambda: list(programmes._selected(claims, pages, "02_visits")))

    assert work(400) < 2.2 * work(200)
