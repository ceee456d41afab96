"""Pages of places: right for every kind of place, in both languages, with no sentence of its own numbers."""

import re
from dataclasses import replace
from pathlib import Path

import making
import matplotlib.pyplot as plt
import pandas as pd
import pytest

import qz_analysis as qz
from qz_analysis.arithmetic.audit import audit
from qz_analysis.comparison.places import apart, find_place, with_figures, with_pages
from qz_analysis.errors import QzError, VocabularyError
from qz_analysis.extraction.corrections import line
from qz_analysis.publish.lead import sentences
from qz_analysis.publish.links import unmarked
from qz_analysis.publish.profile import profile
from qz_analysis.publish.title import title_of
from qz_analysis.vocabularies.rules import parse
from qz_analysis.vocabularies.session import load

SECTIONS = ["head", "chart", "indicators", "others", "targets", "checks", "sources", "evidence"]
PAGE = (
    "# 甲山县情况\n2011年，甲山县共接待来访群众193批次389人次，其中集体访12批次108人次；受理各类事项43宗，办结36宗，"
    "办结率83.7%，群众满意率98%。集体访同比下降12%。全县落实首问责任制，拟建立联席会议制度。投入资金156万元。受理来信xx件。2012年，力争信访总量下降5%。甲山县信访局\n"
)
PAGE_TARGET = PAGE.index("5%。甲山县信访局")


@pytest.fixture
def shown(monkeypatch):
    """Everything that is displayed: Markdown and HTML as texts, pictures by their alt text."""
    found = []
    monkeypatch.setattr(
        "IPython.display.display",
        lambda what, metadata=None: found.append(str(getattr(what, "data", what))),
    )
    return found


def page_of(shown, *given, **more):
    page = profile(*given, **more)
    shown.clear()
    for section in SECTIONS:
        getattr(page, section)()
    return "\n".join(shown)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["The main change is", "Indicators", "Group visits", "Evidence"]),
        ("zh", ["推算相符", "指标", "集体访", "依据"]),
    ],
)
def test_every_section_speaks(shown, lang, words):
    """Every section shows itself in the language asked for, and its figures are those of the page."""
    said = page_of(shown, "甲山县", lang=lang, source=PAGE)
    assert [word for word in words if word not in said] == []
    told = "193 batches" if lang == "en" else "193批次"
    assert f"[{told}][" in said and "{" not in said
    assert re.search(r'<mark data-where="text: \d+">193批次</mark>', said)
    if lang == "zh":
        assert not re.findall("<th>[a-z ]+</th>", said)


MADE_OF = [
    (1, "zh", "数字出自《甲山县情况》（2011年，发文日期未见）。"),
    (1, "en", "The figures come from “甲山县情况” (2011, date not found)."),
    (
        3,
        "zh",
        "数字出自3份报告：《甲山县情况》（2011年，发文日期未见）、《甲山县情况》（2012年，",
    ),
]


@pytest.mark.parametrize("reports, lang, said", MADE_OF)
def test_the_head_says_from_what_report_of_what_date(shown, tmp_path, reports, lang, said):
    """Below the title stand the reports by title, time and date; of many the first, and how many they are."""
    for n in range(reports):
        text = PAGE.replace("2012年", "201x年").replace("2011年", f"{2011 + n}年")
        (tmp_path / f"{n}.txt").write_text(text, encoding="utf-8")
    profile("甲山县", lang=lang, source=tmp_path).head()
    assert shown[1].startswith(f'<p class="basis">{said}')


def test_a_report_without_a_title_is_named_by_its_file():
    """The name of a file is none of a document, and stands in no brackets of titles."""
    page = profile(
        "甲山县",
        lang="zh",
        source="2011年，甲山县受理来信12件。"
        + "全县干部走村入户，听取意见，逐件办理。" * 3
        + "甲山县信访局",
    )
    assert page.reports.basis().startswith("数字出自文件text中的一份报告，标题未见（2011年，")


def test_targets_stand_apart(shown):
    """What is planned is in the table of targets and in no other."""
    page = profile("甲山县", lang="zh", source=PAGE)
    assert [row["change"] for row in page.tables.target_rows()] == [
        f"下降[5%][text: {PAGE_TARGET}]"
    ]
    rest = [*page.tables.indicator_rows(), *page.tables.other_rows()]
    assert not any("[5%]" in str(row) for row in rest)


NO_WORK = [
    ("甲山县为65岁以上老人体检1200人。", "65岁", "1200人"),
    ("甲山县年满60岁的失地农民领取养老金，共300人。", "60岁", "300人"),
    ("甲山县利用下雨天（农闲）、节假日和夜间三个对话“黄金时段”走访56户。", "三个", "56户"),
    ("甲山县为60岁以上村干部体检，平均年龄63岁。", "60岁", "63岁"),
    ("甲山县为65岁以上老人体检，成功举办三届“文化周”。", "65岁", "三届"),
]


@pytest.mark.parametrize("text, bound, work", NO_WORK)
def test_ages_that_are_bounds_and_counts_of_named_lists_are_no_figures_of_work(text, bound, work):
    """They stand in the evidence, and lead nowhere from the table of figures."""
    page = profile("甲山县", lang="zh", source=f"{text}\n甲山县信访局\n")
    told = str(page.tables.other_rows())
    assert f"[{bound}]" not in told and f"[{work}]" in told
    marked = [row["text"] for one in page.evidence_rows() for row in one["claims"].values()]
    assert {bound, work} <= set(marked)


def test_every_figure_stands_in_one_table_and_in_the_evidence():
    """Each claim of the place is in exactly one of the tables, and has one row of evidence with its whole sentence."""
    page = profile("甲山县", lang="zh", source=PAGE)
    tables = [*page.tables.indicator_rows(), *page.tables.other_rows(), *page.tables.target_rows()]
    cells = [str(row[name]) for row in tables for name in row if name != "counts"]
    for start in page.page.claims["start"]:
        assert sum(f"[text: {start}]" in cell for cell in cells) == 1
    evidence = page.evidence_rows()
    marked = [claim["start"] for row in evidence for claim in row["claims"].values()]
    assert marked == page.page.claims["start"].tolist()
    assert all("…" not in text for row in evidence for text, _ in row["sentence"])


def test_a_sentence_of_several_figures_stands_once(shown):
    """Two figures of one sentence are two marks of one row, each with a place of its own."""
    said = "2021年，甲山县受理事项43宗，办结36宗。甲山县信访局"
    page = page_of(shown, "甲山县", lang="zh", source=said)
    assert page.count("受理事项<mark") == 1 and page.count("<mark data-where=") == 2


def test_evidence_names_the_document_by_its_title(shown):
    """A row of evidence shows the title of the report, its date and the sentence with the figure marked."""
    row = profile("甲山县", lang="zh", source=PAGE).evidence_rows()[0]
    assert row["document"] == "甲山县情况"
    pieces = [(text, at is not None) for text, at in row["sentence"]]
    assert ("193批次", True) in pieces and not pieces[-1][1]


def test_evidence_names_the_page_of_a_document_that_has_pages(tmp_path):
    """A figure of a PDF bears the number of the page that prints it; one of a text bears none."""
    lines = ["甲山县2021年工作情况", "2021年，甲山县接待群众来访193批次。"]
    lines += ["全县干部深入基层。"] * 60 + ["甲山县全年排查纠纷1050件。", "甲山县信访局"]
    (tmp_path / "a.pdf").write_bytes(making.pdf(lines))
    rows = profile("甲山县", lang="zh", source=[tmp_path / "a.pdf"]).evidence_rows()
    told = [(claim["text"], row["spot"]) for row in rows for claim in row["claims"].values()]
    assert told == [("193批次", "第1页"), ("1050件", "第2页")]
    assert {row["spot"] for row in profile("甲山县", source=PAGE).evidence_rows()} == {""}


ADDRESS = "https://www.example.org/a.html"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.docx", "第2段"), ("a.ofd", "第1页"), ("a.html", f'href="{ADDRESS}#:~:text=')],
)
def test_evidence_leads_to_the_place_in_the_file(tmp_path, shown, name, expected):
    """A figure of a Word file has its paragraph, one of an OFD file its page, one of a web page
    whose address is known a link, and none leads into the machine's own folders.
    """
    lines = ["甲山县2021年工作情况", "2021年，甲山县接待群众来访193批次。", "甲山县信访局"]
    page = making.web(lines).replace("<title>", f'<meta name=url content="{ADDRESS}"><title>')
    written = {"a.docx": making.docx(lines), "a.ofd": making.ofd(lines), "a.html": page.encode()}
    (tmp_path / name).write_bytes(written[name])
    said = page_of(shown, "甲山县", lang="zh", source=[tmp_path / name])
    assert expected in said and "file:" not in said
    (tmp_path / name).write_bytes(making.web(lines).encode())
    said = page_of(shown, "甲山县", lang="zh", source=[tmp_path / name])
    assert expected not in said and "file:" not in said


def test_evidence_of_a_pdf_shows_the_spot_within_the_room_of_a_page(tmp_path, shown, monkeypatch):
    """A figure of a PDF has its picture under its sentence, as long as the page has room for them."""
    path = tmp_path / "a.pdf"
    path.write_bytes(making.pdf(["甲山县2021年工作情况", "甲山县接待群众来访193批次，受理43宗。"]))
    said = page_of(shown, "甲山县", lang="zh", source=[path])
    assert said.count('src="data:image/png;base64,') == 2 and 'alt="193批次"' in said
    monkeypatch.setattr("qz_analysis.publish.place_page._ROOM", 100)
    assert "data:image" not in page_of(shown, "甲山县", lang="zh", source=[path])


@pytest.mark.parametrize(
    ("n", "full", "folds", "annexed"),
    [
        (30, False, True, False),
        (30, True, False, False),
        (170, False, True, True),
        (170, True, False, False),
    ],
)
def test_long_evidence_is_folded_and_printed_as_far_as_two_sheets_hold_it(
    shown, n, full, folds, annexed
):
    """Of more than twenty figures all sentences but those of the first lines are folded on screen unless all
    is asked for; paper has those that two sheets hold, and a line says where the rest is.
    """
    many = "2011年，甲山县接待来访193批，同比下降16%。" + "".join(
        f"走访{k}户。" for k in range(101, 101 + n)
    )
    said = page_of(shown, "甲山县", lang="zh", source=f"{many}甲山县信访局", full=full)
    evidence = said.rpartition("## 依据")[2]
    assert ("<details>" in evidence, 'class="annex">其余' in evidence) == (folds, annexed)
    assert said.count("<mark ") == n + 2
    # what the first lines say stands open
    assert not folds or "193批</mark>" in evidence.partition("<details>")[0]


def test_a_place_with_one_figure_is_short(shown):
    """One figure makes three sentences, one table and one row of evidence: no chart, no section that only says there is nothing."""
    said = page_of(shown, "甲山县", lang="zh", source="甲山县受理事项43宗。甲山县信访局")
    assert said.count("<table ") == 3 and "data:image" not in said
    assert "目标" not in said and "不相符之处" not in said


def test_names_of_persons_are_masked(shown):
    """The sentence of evidence shows no private person."""
    text = "甲山县情况\n村民张小明反映后，甲山县为12户村民解决用水。\n甲山县信访局"
    said = page_of(shown, "甲山县", lang="zh", source=text)
    assert "12户" in said and "张小明" not in said


def test_a_place_without_figures_says_so_and_draws_nothing(shown):
    """A report without figures makes a page that says so, without an empty table or chart."""
    said = page_of(shown, "乙桥镇", source="乙桥镇党委重视群众工作，干部常到村里。乙桥镇党委")
    assert "without a single figure" in said
    assert "Evidence" not in said and "data:image" not in said


YEARS = "".join(
    f"甲山县{year}年工作总结\n{year}年，甲山县调解成功率{rate}%。\n甲山县信访局\n{year}年12月30日\n\n"
    for year, rate in ((2019, 97.1), (2020, 97.9), (2021, 98.4))
)


def test_the_chart_is_over_time_where_years_are_there():
    """With two years and more the best-covered indicator is drawn over time; else the rates, with their names."""
    over_time = profile("甲山县", lang="zh", source=YEARS).picture.drawing()
    assert over_time.get_xticks().tolist() == [2019, 2020, 2021]
    counted = "2021年，甲山县受理信访事项100件，办结99件，"
    rates = counted + "信访办结率99%，调解成功率98%，群众满意率97%。甲山县信访局"
    ax = profile("甲山县", lang="zh", source=rates).picture.drawing()
    assert [t.get_text() for t in ax.get_yticklabels()] == ["信访办结率", "调解成功率", "满意率"]
    plt.close("all")


def test_the_chart_leads_to_the_sentences_of_what_it_draws(shown):
    """Below the chart each rate that is drawn stands with its place."""
    counted = "2021年，甲山县受理信访事项100件，办结99件，"
    text = counted + "信访办结率99%，群众满意率97%，调解成功率98.1%。甲山县信访局"
    said = page_of(shown, "甲山县", lang="zh", source=text)
    [line] = re.findall(r'<p class="drawn">(.*?)</p>', said)
    assert re.findall(r"\[([\d.]+%)\]\[text: \d+\]", line) == ["99%", "97%", "98.1%"]


def test_masks_are_no_mark_up(shown):
    """The asterisks of a masked name reach the page as asterisks."""
    page = profile("**县", source="**县受理各类事项43宗。**县信访局")
    page.head()
    assert r"\*\*县" in shown[0]


def test_masked_names_are_kept_apart_by_report(corpus_tables):
    """Two reports with one mask are two places; a real name is one, in whichever script it is given."""
    tables = corpus_tables
    assert [p.key for p in apart(tables, find_place(tables, "**县"))] == [
        "002-01-daiban:0",
        "002-08-daiban:0",
    ]
    assert find_place(tables, "橋西區").key == find_place(tables, "Qiaoxi District").key == "桥西区"
    assert set(find_place(tables, "002-04-suqiu:0").claims["doc"]) == {"002-04-suqiu"}


def test_figures_of_other_reports_that_speak_of_a_place(corpus_tables):
    """A place without a report of its own has the figures that other reports give for it."""
    tables = corpus_tables
    place = find_place(tables, "沐石河镇")
    assert place.own.empty and len(place.others) == 1
    assert set(place.claims["place"]) == {"沐石河镇"}


def test_every_figure_of_a_report_stands_in_some_profile(corpus_tables):
    """The profiles of all places together hold every figure of the corpus that has a place or a report of one."""
    tables = corpus_tables
    held = {index for place in with_figures(tables) for index in place.claims.index}
    assert held == set(tables.claims.index)


@pytest.mark.parametrize(
    ("name", "near"),
    [("桥东区", "桥西区"), ("Qiaoxi", "桥西区"), ("002-04-suqiu:9", "002-04-suqiu:0")],
)
def test_an_unknown_place_lists_the_nearest(name, near):
    """A name that no report knows is answered with the nearest ones."""
    with pytest.raises(QzError, match="nearest: .*" + re.escape(near)):
        profile(name)


def test_another_language_is_refused():
    """Only English and Chinese are spoken."""
    with pytest.raises(QzError, match="en or zh"):
        profile("桥西区", lang="fr")


def test_both_languages_fill_the_same_words():
    """Every sentence of the vocabulary uses in Chinese no filler that its English does not have."""
    for section in ("nouns", "headings", "story", "periods", "sentences"):
        for key, entry in load("profile")[section].items():
            fillers = {lang: set(re.findall(r"{(\w+)}", text)) for lang, text in entry.items()}
            # English tells the number of checks within what holds, has no 我县, and no words of the report
            within = {
                "lacking_none": {"checks"},
                "own_word_nameless": {"place"},
                "resolved_part": {"of", "name", "done"},
                "as_worded": {"said"},
                "against_both": {"said"},
                "of_court": {"court"},
                "unsized_up": {"what", "base", "way"},
                "unsized_down": {"what", "base", "way"},
                "lacking_sum": {"unit"},
                "bad_sum": {"unit"},
            }.get(key, set())
            assert fillers["zh"] - within <= fillers["en"], key


@pytest.mark.parametrize(
    "entry",
    [
        '"a" = "x"',
        '"a" = { en = "x" }',
        '"a" = { en = "{x", zh = "y" }',
        '"a" = { en = "", zh = "y" }',
    ],
)
def test_a_wrong_entry_is_named(entry):
    """A wrong entry of profile.toml is refused when it is loaded."""
    with pytest.raises(VocabularyError, match=r"profile\.toml, line 2"):
        parse(f"[sentences]\n{entry}", "profile")


def test_the_notebook_is_the_one_of_the_package():
    """notebooks/brief_county.ipynb and the copy that the package ships are the same."""
    root = Path(__file__).parents[2]
    shipped = root / "qz_analysis" / "publish" / "templates" / "brief_county.ipynb"
    assert (root / "notebooks" / "brief_county.ipynb").read_bytes() == shipped.read_bytes()


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "a reviewer corrected 3 figures"), ("zh", "本简报有3个数字经人工更正")],
)
def test_corrected_figures_are_marked(shown, lang, said):
    """A page says how many figures were corrected, marks each where it stands, and tells in the evidence what holds."""
    claims = qz.extract(PAGE)

    def to(text, column, now):
        return line(claims[claims["text"] == text].iloc[0], column, now, "乙")

    given = [
        to("83.7%", "value", 83.72),
        to("389人次", "value", 398),
        to("xx件", "family", "matters"),
    ]
    text = page_of(shown, "甲山县", lang=lang, source=PAGE, corrections=given)
    assert said in text
    assert "83.7% → 83.72%†" in text and "389人次 → 398人次†" in text and "193批次†" not in text
    told = re.findall(r"<small>\[[^<]*†([^<]*)\]</small>", text)
    assert len(told) == 3 and any("83.72" in one for one in told)
    assert "†" not in page_of(shown, "甲山县", lang=lang, source=PAGE)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("", "本简报只限文件text中的一份报告，标题未见，"),
        ("# *县情况\n", "本简报只限《*县情况》，"),
    ],
)
def test_a_report_without_a_title_is_told_by_its_file(head, said):
    """A number of a report within its file is no title: it stands in no brackets of one."""
    page = profile("text:0", lang="zh", source=f"{head}*县受理来访43批次，办结36件。\n")
    assert said in "".join(page.reports.notes())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("受理来访43批次，办结36件。\n", "The report gives no place name: "),
        (
            "# *县情况\n*县受理来访43批次，办结36件。\n",
            "The report does not name the place (it has *县): ",
        ),
    ],
)
def test_an_english_page_says_that_no_place_is_named(text, said):
    """A place that is nowhere named has no mask that the page could show."""
    assert said in "".join(profile("text:0", lang="en", source=text).reports.notes())


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("积案化解率达到98%", "Share of backlog cases settled"),
        ("甲乙丙台账建立率达到98%", "Share of ledgers set up (计划甲乙丙台账建立率)"),
    ],
)
def test_targets_are_named_in_english_where_the_glossary_knows_them(words, named):
    """The words of the report stay where it does not."""
    page = profile("text:0", lang="en", source=f"甲县2022年工作打算\n2022年，计划{words}。\n")
    assert [row["indicator"] for row in page.tables.target_rows()] == [named]


def test_a_report_of_april_is_not_said_to_be_of_its_year(shown, tmp_path):
    """Of a report that was dated before its year was over the date is told, and no whole year."""
    text = "甲山县群众工作情况\n2011年4月25日\n全县各类矛盾纠纷化解率达96%以上。\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert (
        profile("甲山县", lang="zh", source=tmp_path)
        .reports.basis()
        .endswith("（2011年4月25日发布）。")
    )


def test_a_page_is_made_of_places_with_a_report_or_enough_figures():
    """A village of one figure has no page of its own."""
    made = qz.tables("甲山县工作总结\n2021年，甲山县受理事项43宗。乙水镇修路5公里。甲山县信访局")
    assert all(len(place.own) for place in with_pages(made))


def test_a_check_that_is_found_twice_stops_no_page(monkeypatch):
    """A rate that two prints of one total bear out is one finding, and the page is made all the same."""
    from qz_analysis.publish import place_page as pages

    def twice(*args, **kwargs):
        found = audit(*args, **kwargs)
        return pd.concat([found, found], ignore_index=True)

    monkeypatch.setattr(pages, "audit", twice)
    text = "甲山县2020年信访工作总结\n受理43件，办结36件，办结率93.7%。\n甲山县信访局"
    assert len(qz.brief.profile("甲山县", source=text, lang="zh").page.failing) == 1


def test_a_page_that_holds_reports_against_each_other_says_so():
    """What is compared is the figures of one report, and those of several where the lead tells of these."""
    page = profile("甲山县", lang="zh", source="甲山县信访工作总结\n2020年，甲山县受理信访件90件。")
    assert "核对只比较同一报告内的数字" in page.reports.limits()[0]
    page.page.facts = replace(page.page.facts, between=[{"verdict": "ok"}])
    assert "核对只比较所列报告内和报告之间的数字" in page.reports.limits()[0]


@pytest.mark.parametrize(
    ("head", "basis"),
    [
        ("甲山县工作汇报\n甲山县信访局\n", "（甲山县信访局，"),
        ("某某日报\n\n甲山县办结信访件\n\n", "（转自某某日报，"),
        ("某某文库 首页\n\n甲山县工作汇报\n甲山县信访局\n", "（甲山县信访局，转自某某文库，"),
    ],
)
def test_a_newspaper_or_a_site_of_samples_issued_nothing(head, basis):
    """What passed a text on is told as that; for whom a text was written no page claims to know."""
    page = profile("甲山县", lang="zh", source=f"{head}2020年，甲山县受理信访件90件，办结88件。")
    assert basis in page.reports.basis()
    assert not any("上级" in said for said in page.reports.limits())


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("甲山县2019年地区生产总值80亿元。2020年地区生产总值90亿元。", ["80亿元", "90亿元"]),
        # a level line shows nothing
        ("甲山县2019年信访办结率100%。2020年信访办结率100%。", []),
        # one year alone, the other being foreseen or a mere bound beside its value
        ("甲山县2019年地区生产总值80亿元。2020年地区生产总值预计90亿元。", []),
        (
            "甲山县2018年地区生产总值突破70亿元大关。2018年地区生产总值预计76亿元。2020年地区生产总值90亿元。",
            [],
        ),
    ],
)  # fmt: skip
def test_a_chart_over_time_has_two_values(text, drawn):
    """No chart is made of one point, and none draws a bound where the value itself is listed."""
    page = profile("甲山县", lang="zh", source=f"甲山县情况\n{text}甲山县信访局")
    assert [row["text"] for row in (page.picture.drawn() if page.picture.best else [])] == drawn


REPORTS = {
    "a": (
        "政府工作报告\n（2018年12月26日在甲山县第十六届人民代表大会第四次会议上）\n2018年工作回顾\n"
        "2018年，是极不平凡的一年。预计：全县地区生产总值76亿元、增长9%；城镇新增就业2163人。\n甲山县人民政府"
    ),
    "b": (
        "政府工作报告\n（2020年12月27日在甲山县第十六届人民代表大会第六次会议上）\n2020年工作回顾\n"
        "全县地区生产总值2018年突破70亿元大关，2020年实现90亿元、增长8%。\n甲山县人民政府"
    ),
}


def test_a_bound_in_a_later_report_hides_no_value_of_the_chart(tmp_path):
    """That a sum was passed gives way to the sum itself, whichever report tells it."""
    for name, text in REPORTS.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    page = profile("甲山县", lang="zh", source=tmp_path)
    assert [row["text"] for row in page.picture.drawn()] == ["76亿元", "90亿元"]


def test_rates_of_several_times_say_theirs_in_the_chart():
    """The half of a year and its month stand by name beside each rate."""
    text = (
        "2022年上半年，甲山县受理事项90件，办结81件，办结率90%。2022年6月，受理来信20件，办结15件，办结率75%。"
        "2022年6月，调解纠纷10件，调解成功9件，调解成功率90%。"
    )
    labels = profile("甲山县", lang="zh", source=f"甲山县情况\n{text}").picture.rates["label"]
    assert all("2022年" in label for label in labels)


@pytest.mark.parametrize(
    ("second", "told", "untold"),
    [
        # 172 to 206 is up 19.77 %, 155 to 183 up 18.06 %
        ("审执结18300件，同比分别上升19.77%和20.96%", "法院受理案件上升19.77%，与两份报告的件数（17200件、20600件）相符", "无"),
        ("审执结18300件，同比分别上升25.77%和20.96%", "另有1处", "相符"),
    ],
)  # fmt: skip
def test_a_change_that_fits_is_told_beside_one_that_does_not(tmp_path, second, told, untold):
    """Of two changes of one sentence, one of which does not fit two reports, both are told."""
    for year, text in ((2022, "审执结15500件"), (2023, second)):
        received = 17200 if year == 2022 else 20600
        words = f"甲山县人民法院{year}年工作报告\n{year}年，甲山县人民法院共受理案件{received}件，{text}。\n"
        (tmp_path / f"甲山县法院_{year}.txt").write_text(words, encoding="utf-8")
    said = unmarked("".join(sentences(profile("甲山县", lang="zh", source=tmp_path).page.facts)))
    assert told in said and untold not in said


@pytest.mark.parametrize(
    ("signed", "head", "untold"),
    [
        ("201*年4月14日", "甲山县（201*年一季度，末位被隐去）", "年份被隐去"),
        ("20**年4月14日", "甲山县（一季度，年份被隐去）", "末位被隐去"),
    ],
)
def test_a_year_of_which_a_page_masks_the_last_digit_is_shown_as_printed(signed, head, untold):
    """What the page still prints of a year that it masks stands in title, table and date."""
    text = f"# 甲山县信访工作情况\n一季度，全县受理信访件9件，办结8件，办结率88.9%。\n甲山县信访局\n{signed}"
    page = profile("甲山县", lang="zh", source=text)
    told = [
        title_of(page.page.facts),
        page.reports.basis(),
        *(row["period"] for row in page.tables.indicator_rows()),
    ]
    assert told[0].startswith(head) and not any(untold in one for one in told)


@pytest.mark.parametrize("body", ["甲山县信访局", "甲山县人民政府办公室"])
def test_a_report_without_a_title_is_named_by_its_body(body):
    """Whose report it is stands before the file that it stands in."""
    text = f"2020年，甲山县受理信访件9件，办结8件，办结率88.9%。\n{body}\n2021年3月1日"
    page = profile("甲山县", lang="zh", source=text)
    assert page.reports.basis().startswith(f"数字出自{body}的报告（文件text，标题未见，")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "2020年，县司法局调解纠纷9件。",
            "一份讲定安县司法局工作的报告（文件one，标题未见，",
        ),
        (
            "2020年，定安县人民法院受理案件9件。",
            "一份讲定安县人民法院工作的报告（文件one，",
        ),
        (
            "2020年，全县信访工作有新进展，受理9件。",
            "一份讲定安县信访工作的报告（文件one，",
        ),
        ("2020年，定安县共调解纠纷9件。县司法局有9人。", "文件one中的一份报告，标题未见（"),
    ],
)
def test_a_report_that_nobody_signs_is_named_by_the_body_of_its_first_sentence(
    tmp_path, text, told
):
    """Of whom a report tells is said where its text says so at once, not by whom it was issued."""
    (tmp_path / "one.txt").write_text(f"{text}\n定安县有乡镇9个。", encoding="utf-8")
    page = profile("定安县", lang="zh", source=tmp_path)
    assert page.reports.basis().startswith(f"数字出自{told}")
    assert "未见" in page.reports.letterhead()[0]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "据介绍，甲山县人民检察院设立窗口。近两年里，该院办结信访案件110余件，满意率100%。2024年起，新设窗口2个。",
            "甲山县近两年：甲山县人民检察院办结信访件110余件",
        ),
        # the court of the same county is another body
        (
            "甲山县人民检察院设立窗口。甲山县人民法院设庭。近三年，该院办结信访案件110余件，满意率100%。",
            "甲山县近三年：甲山县人民法院办结信访件110余件",
        ),
        # no body was named, and no span told
        ("2024年，甲山县办结信访案件110余件，满意率100%。", "甲山县2024年：办结信访件110余件"),
    ],
)
def test_the_title_names_the_body_and_the_span_that_the_text_tells(text, title, tmp_path):
    """该院 is the body that the text named last, and 近两年 stands as it is told."""
    (tmp_path / "a.txt").write_text(f"甲山县工作情况\n{text}\n", encoding="utf-8")
    page = profile("甲山县", lang="zh", source=tmp_path)
    assert title_of(page.page.facts) == title
    assert not any("该院" in said for said in sentences(page.page.facts))


VOTES = {
    "公园绿化": 95,
    "乡村公路": 175,
    "农家饮水": 161,
    "学校食堂": 187,
    "县级医院": 177,
    "养老中心": 158,
    "城区车位": 165,
    "消防新站": 145,
    "环卫设施": 159,
    "文化礼堂": 168,
}


def told(folder, text: str):
    (folder / "a.txt").write_text(f"甲山县2021年工作总结\n{text}\n", encoding="utf-8")
    return profile("甲山县", lang="zh", source=folder)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        # the heading of its item, the head of its list, the head of its row, the clause before
        ("一、民生\n1.乡村房屋保险。全县投保2295户。", "乡村房屋保险全县投保2295户"),
        ("一、治安\n打击网骗“三降”：\n刑事立案 | 下降8.4%\n财产损失 | 下降3.3%", "打击网骗刑事立案下降8.4%"),
        ("一、民生\n护路保险：清退8户；全县投保95户。", "护路保险全县投保95户"),
        ("一、民生\n1.城乡低保。农村低保重新核定，全县共调出425人。", "农村低保重新核定全县共调出425人"),
        # what names no thing says nothing, and the words of a figure that name theirs need no more
        ("一、主要情况\n1.总体情况。全县护路95公里。", "全县护路95公里"),
        ("一、民生\n1.护路保险。全县护路95公里。", "全县护路95公里"),
        # all figures below a forecast are forecasts
        ("一、回顾\n（一）主要指标（全年预计）\n1.地区生产总值60亿元，增长5%；", "地区生产总值预计60亿元，预计增长5%"),
        ("一、回顾\n初步预计全年主要指标为：\n地区生产总值 | 60亿元 | 增长5%", "地区生产总值预计60亿元，预计增长5%"),
    ],
)  # fmt: skip
def test_a_figure_takes_its_subject_from_what_stands_above_it(tmp_path, text, title):
    """Where its own words lack it, heading, list, row or the clause before say of what a figure is."""
    found = told(tmp_path, text).page.facts
    lead = unmarked("".join(sentences(found)))
    assert title in lead or title_of(found) == f"甲山县2021年：{title}"


def test_a_figure_that_no_words_give_a_subject_is_in_no_title(tmp_path):
    """全县投保 below a heading that names no thing is told neither in the title nor in the lead."""
    page = told(tmp_path, "一、基本情况\n全县投保2295户。\n护路95公里。")
    assert "护路" in "".join(sentences(page.page.facts))
    assert "投保" not in "".join(sentences(page.page.facts))
    grown = told(
        tmp_path, "一、基本情况\n接听来电68万个。四年增幅126%。\n3 | 公路大修70公里 | 90% | 交通局"
    )
    assert "四年" not in title_of(grown.page.facts) and "|" not in title_of(grown.page.facts)


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("城市低保9户，农村低保18户。", "城市低保9户；农村低保18户"),
        ("省本级热线受理9件，市（州）热线受理18件。", "9件|18件"),
    ],
)
def test_figures_of_unlike_scope_are_told_apart_in_the_table(tmp_path, text, stated):
    """Several figures of one indicator stand with their own words, or in rows of their own."""
    page = told(tmp_path, text)
    plain = (
        re.sub(r"\[([^]]*)\]\[[^]]*\]", r"\1", row["stated"])
        for row in page.tables.indicator_rows()
    )
    assert "|".join(plain) == stated


def test_one_name_stands_once_in_the_chart(tmp_path):
    """Two rates of one name are told apart by whose they are."""
    text = "县本级接待来访群众21人次，信访结案率98%；村（社区）接待来访群众45人次，信访结案率90%。调解成功率96%。"
    labels = list(told(tmp_path, text).picture.rates["place"])
    assert labels == ["县本级信访结案率", "村(社区)信访结案率", "调解成功率"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("全县受理事项9万件，好评率98%。", "“好评率”"),
        ("全县城镇登记失业率3.5%。", "“城镇登记失业率”"),
        ("农村居民人均可支配收入13436元，增长10.5%。", "农村居民人均可支配收入"),
        ("群众满意率98%。", "满意率"),
    ],
)
def test_a_rate_goes_by_the_name_that_its_report_gives_it(tmp_path, text, name):
    """Where the report's own name is another than the indicator's, the page says that."""
    names = [row["indicator"] for row in told(tmp_path, text).tables.indicator_rows()]
    assert name in names


@pytest.mark.parametrize(
    ("text", "said", "unsaid"),
    [
        ("全县受理来信来访9件。", "自称“全县”", "我县"),
        ("本县受理来信来访9件，全县办结8件。", "自称“本县”", "我县"),
    ],
)
def test_a_report_is_said_to_call_itself_only_what_it_does(tmp_path, text, said, unsaid):
    """What stands in quotation marks as the report's own word occurs in it."""
    (tmp_path / "a.txt").write_text(f"信访工作总结\n县信访局\n{text}\n", encoding="utf-8")
    notes = "".join(profile("a:0", lang="zh", source=tmp_path).reports.notes())
    assert said in notes and unsaid not in notes


def test_what_rose_or_fell_from_one_figure_to_another_is_told_so(tmp_path):
    """由9件减至8件 is one figure and where it came from, in the lead and in the table."""
    page = told(
        tmp_path,
        "2017年至2021年，全县：\n1.刑事立案由241起减至158起，降幅34.4%；\n2.破案率由41%升至64.6%。",
    )
    lead = [unmarked(said) for said in sentences(page.page.facts)]
    assert "由241起减至158起" in lead[0]
    assert "破案率为64.6%" in lead[1]
    stated = [unmarked(row["stated"]) for row in page.tables.indicator_rows()]
    assert list(filter(None, stated)) == ["由241起减至158起", "由41%升至64.6%"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        # targets stand as targets
        ("一、目标\n指标 | 目标\n城镇新增就业 | 1.2万人\n城镇登记失业率 | 控制在3.5%以内",
         "所列目标有：城镇新增就业1.2万人；城镇登记失业率控制在3.5%以内。"),
        # what a rate is of stands before it
        ("审结民商事案件157件，服判息诉率94.5%。培训调解员52人次。", "审结民商事案件157件，服判息诉率94.5%"),
        # all that a court took in before one kind of it
        ("全年受理各类案件1477件，同比下降7%。一、刑事\n刑事案件受理56件，同比下降25%；审结54件。",
         "受理各类案件1477件，同比下降7%"),
        # what stands in sentences before one of many rows of a table
        ("票决民生实事项目10项。\n一、满意度测评\n项目 | 满意 | 不满意\n"
         + "\n".join(f"{name} | {n}票 | 0票" for name, n in VOTES.items()),
         "所列的有：票决民生实事项目10项"),
    ],
)  # fmt: skip
def test_a_title_takes_what_the_report_is_about_first(tmp_path, text, title):
    """Totals and targets come before a part, a kind and a row of a table."""
    found = told(tmp_path, text).page.facts
    lead = unmarked("".join(sentences(found)))
    assert lead.startswith(title) or title_of(found) == f"甲山县2021年：{title}"


def test_the_title_of_a_report_is_no_figure(tmp_path):
    """What no more than repeats the title is not told in the page's lead."""
    (tmp_path / "a.txt").write_text(
        "甲山县为民办实事完成情况（一至七项）\n护路95公里。\n", encoding="utf-8"
    )
    found = profile("甲山县", lang="zh", source=tmp_path).page.facts
    assert "一至七项" not in "".join(sentences(found))


NAMED = [
    ("乙村鼓励“一事一议”。", "写明已有的做法（原文用语）：“一事一议”。"),
    ("“一把手”负总责，属地管理,分级负责。", "写明已有的做法（原文用语）：“‘一把手’负总责”“属地管理，分级负责”。"),
    ("检察服务进驻县综治中心，设“一站式”平台。", "写明已有的做法（原文用语）：“综治中心”“一站式”。"),
    (
        "按复查、复核、终结的程序办事。下一步打算:完善信访事项“三级终结”办法。",
        "写明已有的做法（原文用语）：“复查、复核、终结”。只是要求、打算或尚缺的：“三级终结”。",
    ),
    ("全县已排查化解矛盾纠纷600余起。", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), NAMED)
def test_mechanisms_are_told_in_the_words_of_the_report(text, said):
    """What a report says is in place, or only to come, stands there in its own words; deeds name nothing."""
    page = profile("甲山县", lang="zh", source=f"甲山县情况\n受理信访12件。{text}\n甲山县信访局")
    assert "".join(page.reports.mechanisms()) == said


ELSEWHERE = [
    # one town or village stands for an example, and its own village is no second one
    ("如葛坡镇某户因排水淹没了邻居的4亩瓜菜。", ""),
    ("全县推行下访。葛坡镇林桂村5户村民没有照明用电，葛坡镇派人10天修好。", ""),
    # several are a division of the whole, and a city is another place
    ("葛坡镇受理事项46件，新竹镇受理事项24件。", "有2个数字属于其他地方：葛坡镇、新竹镇。"),
    ("其中，桂林市受理46件。", "有1个数字属于其他地方：桂林市。"),
]


@pytest.mark.parametrize(("text", "said"), ELSEWHERE)
def test_figures_of_other_places_are_noted_where_these_are_told_of(text, said):
    """A page notes figures of other counties and cities, and of several towns; a town that one example names is none."""
    page = profile(
        "富川瑶族自治县",
        lang="zh",
        source=f"# 富川瑶族自治县信访工作总结\n2011年，富川瑶族自治县受理信访12件，办结11件。{text}\n富川瑶族自治县信访局",
    )
    notes = [note for note in page.reports.notes() if "其他地方" in note]
    assert "".join(notes).removeprefix("另") == said


ALIKE = [
    ("甲山县受理信访40件，办结40件，办结率100%。受理纠纷30件，调解成功30件，调解成功率100%。受理工单50件，工单办结率100%。",
     "所列3个比率都是100%，不作图："),
    ("甲山县受理信访40件，办结38件，办结率95%。受理纠纷30件，调解成功30件，调解成功率100%。受理工单50件，工单办结率100%。", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), ALIKE)
def test_rates_of_one_value_are_told_and_not_drawn(shown, text, said):
    """Where all marks would stand at one place the page says so in words, and leads to each figure."""
    page = profile("甲山县", lang="zh", source=f"# 甲山县情况\n{text}\n甲山县信访局")
    assert (page.picture.drawing() is None) is bool(said)
    shown.clear()
    page.chart()
    assert said in "".join(shown) and shown


TOWNS = [
    # in the name of a body, in the name of the town
    ("永仁县人民政府\n", "", "永仁县中和镇"),
    ("", "永仁县中和镇推行微网格。", "永仁县中和镇"),
    # two counties tell nothing, nor does a city that has none between
    ("永仁县人民政府\n", "组织到大姚县学习。", "中和镇"),
    ("楚雄彝族自治州人民政府\n", "", "中和镇"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "told", "name"), TOWNS)
def test_a_town_is_named_with_the_county_that_its_text_names(tmp_path, head, told, name):
    """There are many towns of one name: title and source name the one county that stands in the text."""
    text = f"{head}中和镇:深耕“微网格”\n日期:2025年03月11日   来源:中和镇人民政府\n今年以来,中和镇推行网格化,配备网格员432名,网格长108名。{told}\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    page = profile("中和镇", lang="zh", source=tmp_path)
    assert title_of(page.page.facts).startswith(name + "2025年")
    assert f"（{name}人民政府，" in page.reports.basis()


def test_a_plan_that_was_passed_is_no_share_in_the_chart(tmp_path):
    """102% of a plan is a rate that its counts bear out, and has no place on a scale of shares."""
    rows = "\n".join(
        f"{name} | {n}条 | {n + 2}条 | {100 + 200 // n}%"
        for name, n in [("线路", 100), ("步道", 50)]
    )
    text = f"项目 | 年度计划 | 完成 | 占全年计划\n{rows}\n调解成功率96%。信访办结率97%。群众满意率98%。"
    assert set(told(tmp_path, text).picture.rates["value"]) == {96, 97, 98}


def test_a_figure_that_holds_vouches_for_no_other_of_its_cell(shown):
    """Two totals of one thing, of which one is the sum of a table, are not both said to hold."""
    page = profile(
        "甲山县",
        lang="zh",
        source=(
            "甲山县2021年投诉举报情况\n全县办结事项4991件。\n单位 | 办结事项（件）\n青石镇 | 2789\n"
            "白桥镇 | 1203\n柳河镇 | 1052\n合计 | 5044\n"
        ),
    )
    page.indicators()
    assert "2个中1个相符，其余未核对" in unmarked("".join(shown))
