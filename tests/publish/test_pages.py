"""All pages that are built: they hold no codes, every link of them leads somewhere, all evidence is there.

Each run builds a brief, a manual and two places; `pytest -m long` builds all of them.
"""

import re
import shutil
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

import qz_analysis as qz
from qz_analysis.publish.build import build, profiles

ROOT = Path(__file__).parents[2]
SOME = {"04_budgets", "05_counties", "12_how_right"}
PLACES = [("桥西区", "zh"), ("002-04-suqiu:0", "en")]
LANGS = ("en", "zh")
#: names of files, keys of tables, periods and numbers as programs write them
CODE = re.compile(
    r"\b\d{3}-\d\d-[a-z]+|\b[a-z]+(?:_[a-z0-9]+)+\b|\b[a-z]+\.[a-z]*\.[a-z]+\b|\.ipynb"
    r"|\d(?:\.\d+)?e[+-]\d+|\d{4}-(?:Q\d|H\d)|[\dx]{4}-(?:Q\d|H\d|\d\d)\b|\d\.\d{5,}|\d;\d"
)
#: a mask of digits, which only a sentence of a report may print
MASKED = re.compile(r"20xx")
#: heads and cells of tables in English; x and X are masks of the pages
ENGLISH = re.compile(r"(?<![A-Za-z])(?![xX]+(?![A-Za-z]))[A-Za-z][a-z]{2,}")


@pytest.fixture(
    scope="module", params=["some", pytest.param("all", marks=pytest.mark.long)], name="pages"
)
def _pages(request, tmp_path_factory, corpus_tables, plain_font, kept_kernels):
    """The pages by their names, of some or of all notebooks and places."""
    project = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "data", project / "data")
    whole = request.param == "all"
    (project / "notebooks" / "zh").mkdir(parents=True)
    for path in (ROOT / "notebooks").glob("[0-9]*.ipynb"):
        if whole or path.stem in SOME:
            shutil.copy(path, project / "notebooks")
            shutil.copy(path.parent / "zh" / f"{path.stem}.md", project / "notebooks" / "zh")
    with pytest.MonkeyPatch.context() as patch:
        # to cut a font for each page takes longer than to make it
        patch.setattr("qz_analysis.charts.theme.subset_woff", lambda text: plain_font)
        build(project, langs=LANGS, workers=1)
        out, given = project / "briefs", {"embedded": True, "workers": 1}
        for place, lang in [(None, lang) for lang in LANGS] if whole else PLACES:
            profiles(corpus_tables, qz.corpus(), out, place=place, lang=lang, **given)
    files = sorted((project / "briefs").glob("*.html"))
    return {one.name: BeautifulSoup(one.read_text("utf-8"), "html.parser") for one in files}


def shown(page, *, tables=False):
    """The words that a page shows and has read out, without code and the sentences of reports."""
    for text in page.body.find_all(string=True):
        parents = {tag.name for tag in text.parents}
        cell = text.find_parent("td")
        sentence = cell is not None and cell.find("mark") is not None
        if parents & {"script", "style", "code", "pre"} or sentence:
            continue
        if not tables or parents & {"th", "td", "caption", "summary", "h2", "h3"}:
            yield str(text)
    if not tables:
        yield from (str(image["alt"]) for image in page.select("img"))


def test_no_page_shows_a_code(pages):
    """Neither names of files and keys of tables nor raw periods and numbers stand in a page."""
    found = {
        (name, hit[0])
        for name, page in pages.items()
        for text in shown(page)
        for hit in (*CODE.finditer(text), *(MASKED.finditer(text) if ".zh." in name else ()))
    }
    assert found == set()


#: what has no other name in Chinese
NAMES = {"GDP", "Excel", "Stata", "Word", "JupyterLab"}


def test_tables_of_chinese_pages_are_chinese(pages):
    """Heads, cells and headings of a Chinese page hold no English word."""
    found = {
        (name, hit[0])
        for name, page in pages.items()
        if ".zh." in name
        for text in shown(page, tables=True)
        for hit in ENGLISH.finditer(text)
        if hit[0] not in NAMES
    }
    assert found == set()


def test_every_link_leads_somewhere(pages):
    """Each link of each page ends at another page, or at a thing that is there once."""
    for name, page in pages.items():
        ids = [str(tag["id"]) for tag in page.select("[id]")]
        assert len(set(ids)) == len(ids), name
        for link in page.select("a[href]"):
            file, _, anchor = str(link["href"]).partition("#")
            if file.startswith(("http://", "https://")):
                continue
            there = pages[unquote(file) or name]
            assert not anchor or there.find(id=unquote(anchor)) is not None, (name, link)


def test_figures_lead_to_the_figure(pages):
    """A link to a marked figure shows that figure's digits."""
    n = 0
    for page in pages.values():
        for link in page.select("main a[href^='#e-'], .lead a[href^='#e-'], .story a"):
            mark = page.find(id=unquote(str(link["href"])[1:]))
            # 243名；15个: of a quotient the first is led to
            digits = set(re.findall(r"\d", re.split("[;；]", link.get_text())[0]))
            # a numbered link of a source has no figure of its own
            if mark.name == "mark" and not re.fullmatch(r"\d", link.get_text()):
                n += 1
                # of two counts in one cell the first is led to
                near = mark.find_parent("tr").get_text()
                # 上千人 has none
                printed = set(re.findall(r"\d", near))
                assert digits <= printed or re.search(
                    "[一二三四五六七八九十百千万亿]", mark.get_text()
                ), link
    assert n > 50


def test_no_sentence_stands_twice_in_one_table_of_evidence(pages):
    """A sentence is one row of a brief, however many figures it has; manuals show tables as they are."""
    for name, page in pages.items():
        if re.match(r"(?:00|08|09|11|12)_", name):
            continue
        for table in page.select("table:has(mark)"):
            # a copy says what its original says: the report is part of the row
            rows = [row.get_text("|") for row in table.select("tr:has(mark)")]
            assert len(rows) == len(set(rows)), name


def test_briefs_and_manuals_say_what_they_are(pages):
    """A brief begins with a sentence of the data and says that it is one; the index lists manuals apart."""
    for name, page in pages.items():
        if name.startswith(("index", "places")):
            continue
        kind = page.select_one(".kind").get_text()
        brief = not re.match(r"(?:00|08|09|11|12)_", name)
        assert ("本页是简报" in kind or kind.startswith("A brief")) == brief, name
        if brief and not name.startswith("place-"):
            assert page.select_one(".lead") is not None


def test_each_document_of_a_figure_is_a_source(pages):
    """A brief lists every document of which a figure stands anywhere on it, in a chart, a table or a sentence, and says at its head how many they are."""
    titles = dict(qz.reports(qz.corpus())[["doc", "title"]].itertuples(index=False))
    for name, page in pages.items():
        # the reports of the ledger are made up, a place has a table of its reports
        if re.match(r"(?:00|08|09|10|11|12)_|index|place", name):
            continue
        anchors = " ".join(str(tag["id"]) for tag in page.select("[id^='e-']"))
        # a quotation within an English one has single marks
        marks = str.maketrans("‘’", "“”")
        listed = [one.get_text().translate(marks) for one in page.select("ol.sources > li")]
        cited = [title for doc, title in titles.items() if f"e-{doc}-" in anchors]
        assert cited and all(any(title in one for one in listed) for title in cited), name
        assert f"{len(listed)}份报告" in (said := page.select_one(".basis").get_text()) or (
            f"{len(listed)} reports" in said
        )


def test_a_bound_stands_with_every_figure_that_is_led_to(pages):
    """近10亿元 is nowhere told as 10亿元: a link to a figure with a bound shows its hedge or a sign for it, or stands in its clause, which does."""
    claims = qz.extract(qz.corpus())
    loose = claims[claims["bound"].isin(["approx", "min", "max"]) & claims["status"].eq("ok")]
    anchors = set("#e-" + loose["doc"] + "-" + loose["start"].astype(str))
    for name, page in pages.items():
        for link in page.select("main a[href^='#e-'], .lead a[href^='#e-']"):
            told = link.get_text()
            # a numbered link of a source and a title tell no figure
            figure = re.search(r"\d.|[千百]", told) and not re.search("[一-鿿]{6}", told)
            if figure and unquote(str(link["href"])) in anchors:
                near = (link.previous_sibling, link.next_sibling)
                before, after = (one.get_text() if one else "" for one in near)
                clause = before[-4:] + told + after[:3]
                hedges = "[多余来几近约将超过逾至少不到足低高于上下左右内为≥≤≈]|over|under|nearly|about|most|least|or more|or less"
                assert re.search(hedges, clause + told), (
                    name,
                    told,
                )


def test_every_figure_of_a_lead_leads_to_its_sentence(pages):
    """What a page begins with is proved by sentences, not by rows of other tables."""
    for name, page in pages.items():
        for link in page.select(".lead a[href^='#e-']"):
            assert page.find(id=unquote(str(link["href"])[1:])).name == "mark", (name, link)


def test_reasons_against_comparing_are_of_one_number_in_all_tables(pages):
    """A page that counts reasons by indicator, names those that refuse and sums them up before its
    evidence gives each the same number everywhere.
    """
    page = pages["05_counties.zh.html"]
    read = [
        [[text.get_text() for text in row.find_all(["th", "td"])] for row in table.find_all("tr")]
        for table in page.find_all("table")
    ]
    counted = next(rows for rows in read if rows[0][-1] == "严格比较")
    heads = counted[0][1:-2]
    by_reason = {
        name: dict(zip(heads, map(int, cells[:-2]), strict=True)) for name, *cells in counted[1:]
    }
    assert all(sum(by_reason[row[0]].values()) == int(row[-2]) for row in counted[1:])
    refused = next(rows for rows in read if rows[0][-1] == "涉及地方")[1:]
    assert all(by_reason[reason][what] == int(n) for what, reason, n, _ in refused)
    assert {row[0] for row in counted if row[-1] == "不予比较"} == {row[1] for row in refused}
    asked = next(rows for rows in read if rows[0][-1].startswith("从严不可比"))[1:]
    assert {row[0]: int(row[-1]) for row in asked} == Counter(row[0] for row in refused)
    said = re.findall(r"([^；：。]+)（(\d+)个）", page.find(string=re.compile("^这25个数字都不宜")))
    assert {name: int(n) for name, n in said} == {row[0]: int(row[-2]) for row in counted[1:]}
