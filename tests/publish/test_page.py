"""Outputs of cells: the form shown, the words beside it, what is refused.

The brief: what a notebook's run and its HTML page owe to the people who read them.
"""

import base64
import hashlib
import io
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import pytest
from bs4 import BeautifulSoup
from naming import people
from nbformat import NotebookNode, v4
from PIL import Image
from printing import printed, prints

from qz_analysis.charts import figure
from qz_analysis.errors import BriefError
from qz_analysis.publish import page as pages
from qz_analysis.publish.page import about, caption, check, export, index, run, shown_as, unquoted

pytestmark = pytest.mark.usefixtures("one_font")

WIDGET = "application/vnd.jupyter.widget-view+json"


def _output(data, metadata=None):
    return v4.new_output("display_data", data=data, metadata=metadata or {})


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"text/plain": "x", "text/html": "<b>x</b>"}, "text/html"),
        ({"text/plain": "<Axes>", "image/png": "AAAA"}, "image/png"),
        ({"text/plain": "'x'"}, "text/plain"),
        (
            {"text/plain": "a slider", WIDGET: {}},
            "",
        ),  # its text stands in for controls that a page has not
        ({"text/plain": "<Slider>", WIDGET: {}}, "text/plain"),  # which is refused
        ({"application/json": {}}, ""),
    ],
)
def test_the_richest_form_is_shown(data, expected):
    """Of the forms of an output the richest that a page can show is taken."""
    assert shown_as(_output(data)) == expected


@pytest.mark.parametrize(("name", "expected"), [("stdout", "stdout"), ("stderr", "")])
def test_what_is_printed_is_shown_and_warnings_are_not(name, expected):
    """Printed lines are shown, warnings are not."""
    assert shown_as(v4.new_output("stream", name=name, text="x")) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"alt": "Visits fell. All of them."}, "Visits fell."),
        ({"alt": "来访下降。其余不变。"}, "来访下降。"),
        ({"alt": "Down 3.5 points"}, "Down 3.5 points"),
        ({"alt": "Visits fell.", "caption": "My own"}, "My own"),
        ({"alt": "Visits fell.", "drawing": "AAAA"}, ""),
        ({"alt": "Visits fell.", "narrow": "AAAA"}, ""),
        ({"alt": "Visits fell.", "drawing": "AAAA", "caption": "My own"}, "My own"),
    ],
)
def test_the_caption_is_the_first_sentence_unless_given(told, expected):
    """A caption is the one that was given, else the first sentence of the alternative text; none repeats a chart."""
    output = _output({"image/png": "AAAA"}, {"image/png": told})
    assert (caption(output), about(output, "alt")) == (expected, told["alt"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [("'43宗'", "43宗"), ('"a\\nb"', "a\nb"), ("43", "43"), ("'open", "'open"), ("", "")],
)
def test_words_lose_their_quotation_marks(text, expected):
    """A string as Python writes it becomes its words; anything else stays."""
    assert unquoted(text) == expected


def test_a_picture_that_cannot_be_packed_stays():
    """A picture that is damaged, or not a PNG, is put on the page as it is."""
    data = base64.b64encode(b"\x89PNG damaged").decode()
    assert pages.picture(_output({"image/png": data + "\n"})) == f"data:image/png;base64,{data}"
    assert (
        pages.picture(_output({"image/svg+xml": "<svg/>"})) == "data:image/svg+xml;base64,PHN2Zy8+"
    )


def test_the_refusal_names_notebook_and_cell():
    """What a brief cannot show is refused with notebook and cell, counted from 1; what it can show passes."""
    good, bad = (
        v4.new_markdown_cell("# T"),
        v4.new_code_cell("x", outputs=[_output({"text/plain": "<Axes: >"})]),
    )
    check(v4.new_notebook(cells=[good]), "a.ipynb")
    with pytest.raises(
        BriefError, match=r"^a\.ipynb, cell 2: shows a bare <Axes: >; end the last line with ;$"
    ):
        check(v4.new_notebook(cells=[good, bad]), "a.ipynb")


PIXEL = base64.b64encode(b"\x89PNG stands for a picture").decode()
ALT = "Batches fell by 36.3% in 渠县. In 綦江县 they rose."
FRAME = """<div><style scoped>.dataframe tbody tr th { vertical-align: top; }</style>
<table border="1" class="dataframe"><thead><tr style="text-align: right;"><th></th><th>place</th>
<th>rate</th></tr></thead><tbody><tr><th>0</th><td>渠县</td><td>83.7%</td></tr><tr><th>1</th><td>綦江县</td><td>NaN</td></tr></tbody></table></div>"""


def shown(
    data: dict[str, str], metadata: dict[str, dict[str, str]] | None = None, last: bool = False
) -> NotebookNode:
    """A code cell with one output, as `display(...)` or as the value of its last line."""
    kind = "execute_result" if last else "display_data"
    output = v4.new_output(
        kind, data, metadata=metadata or {}, **({"execution_count": 1} if last else {})
    )
    return v4.new_code_cell("secret_code()", outputs=[output])


def picture(**about: str) -> NotebookNode:
    return shown({"image/png": PIXEL, "text/plain": "<Figure>"}, {"image/png": about})


def page(folder: Path, *cells: NotebookNode, **how: str) -> BeautifulSoup:
    target = export(v4.new_notebook(cells=list(cells)), folder / "county.html", **how)
    return BeautifulSoup(target.read_text(encoding="utf-8"), "html.parser")


def text(source: str) -> NotebookNode:
    return v4.new_markdown_cell(source)


def write(path: Path, *sources: str) -> Path:
    cells = [text("# Petitions"), *(v4.new_code_cell(source) for source in sources)]
    nbformat.write(v4.new_notebook(cells=cells), path)
    return path


def test_run(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Notebooks run at once in their own folder, silently, and cut no cell short; a failure names notebook, cell and last line."""
    (tmp_path / "beside.txt").write_text("群众", encoding="utf-8")
    read = "word = open('beside.txt', encoding='utf-8').read()"
    frame = f"import pandas as pd\n{read}\npd.DataFrame({{'word': [word], 'n': [193], 'long': ['w' * 99]}})"
    good = write(tmp_path / "good.ipynb", "import sys; print('noise', file=sys.stderr)", frame)
    bad = write(tmp_path / "bad.ipynb", "1 + 1", "raise ValueError('first line\\nno such county')")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with ThreadPoolExecutor() as pool:
        done, failed = pool.submit(run, good), pool.submit(run, bad)
        with pytest.raises(BriefError, match=r"^bad\.ipynb, cell 3: no such county$"):
            failed.result()
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert capfd.readouterr() == ("", "")
    nb = done.result()
    assert "execution" not in nb.cells[1].metadata
    got = export(nb, tmp_path / "out" / "good.html").read_text(encoding="utf-8")
    assert "群众</th>" in got and ">193</td>" in got
    assert "w" * 99 in got
    assert "noise" not in got and "good.ipynb" not in got


@pytest.mark.parametrize(
    "content", [None, "{", '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{}]}']
)
def test_run_of_something_else(tmp_path: Path, content: str | None) -> None:
    """A file that is missing or is no notebook is named, before any kernel starts."""
    path = tmp_path / "other.ipynb"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(BriefError, match=r"^other\.ipynb: cannot be read"):
        run(path)


def test_nothing_is_loaded(tmp_path: Path) -> None:
    """The page forbids every request and every script, and has no addresses to load from."""
    soup = page(tmp_path, text("# T\n\n## A\n\n## B sorts"), picture(alt=ALT))
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert policy is not None
    assert str(policy["content"]).startswith(
        "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'"
    )
    assert "script-src" not in str(policy["content"])
    assert not soup.find_all(["script", "link", "iframe"])
    assert all(str(img["src"]).startswith("data:") for img in soup.find_all("img"))
    assert all(
        address.startswith("data:") for address in re.findall(r"url\(([^)]*)", str(soup.style))
    )


def test_script(tmp_path: Path) -> None:
    """A page with a table has one script, and its policy lets no other run: it names it by the hash of its characters."""
    hostile = "<table data-sorts=''><tr><td data-v='1' data-filter=''>x</td></tr></table>"
    page(tmp_path, shown({"text/html": FRAME + hostile}))
    html = (tmp_path / "county.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", html, re.S)
    assert len(scripts) == html.count("<script") == 1
    named = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    assert re.findall(r"script-src ([^;]*);", html) == [f"'sha256-{named}'"]
    assert (
        html.count(' data-sorts=""') == 1
        and html.count('data-v="1"') == html.count("<p data-filter") == 0
    )


def test_evidence_is_linked(tmp_path: Path) -> None:
    """A figure leads to the row of the page that shows its words and where they stand."""
    head, row = (
        "<tr><th>printed</th><th>where</th></tr>",
        "<tr><td>83.7%</td><td>county: 748, 740</td></tr>",
    )
    proof = f"<table><thead>{head}</thead><tbody>{row}</tbody></table>"
    short = "<table><thead><tr><th>rate</th></tr></thead><tbody><tr><td>83.7% [county: 748]</td></tr></tbody></table>"
    soup = page(tmp_path, shown({"text/html": short}), shown({"text/html": proof}))
    assert [(a["href"], a.get_text()) for a in soup.select("td a, tbody th a")] == [
        ("#e-county-748", "83.7%")
    ]
    assert [tag.name for tag in soup.select("#e-county-748")] == ["tr"]
    assert [cell.get("class") for cell in soup.select("td:has(a)")] == [["n"]]


def test_pictures_are_packed(tmp_path: Path) -> None:
    """A PNG reaches the page with every pixel, in fewer bytes."""
    image, png = Image.new("RGBA", (300, 200), "white"), io.BytesIO()
    image.putpixel((7, 7), (1, 2, 3, 128))
    image.save(png, "PNG")
    nb = shown(
        {"image/png": base64.b64encode(png.getvalue()).decode()}, {"image/png": {"alt": ALT}}
    )
    img = page(tmp_path, nb).img
    assert img is not None
    kind, _, data = str(img["src"]).partition(";base64,")
    packed = base64.b64decode(data)
    assert kind == "data:image/webp" and len(packed) < len(png.getvalue())
    assert Image.open(io.BytesIO(packed)).convert("RGBA").tobytes() == image.tobytes()


def test_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty brief weighs less than 32 kB, its font of Latin letters included."""
    monkeypatch.undo()  # the real font
    export(v4.new_notebook(cells=[text("# T")]), tmp_path / "empty.html")
    assert (tmp_path / "empty.html").stat().st_size < 32_000


def test_font(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The embedded font comes first, and grows with the characters that the page uses."""
    monkeypatch.undo()  # the real font
    few, more = (page(tmp_path, text(f"# {words}")) for words in ("群", "群众工作"))
    css = few.style.get_text() if few.style else ""
    assert re.search(r"font-face \{ font-family: Brief; src: url\(data:font/woff;base64,d09GR", css)
    assert re.search(r"font: \S+ Brief,", css)
    assert len(str(few.style)) < len(str(more.style))


def test_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same notebook gives the same bytes."""
    monkeypatch.undo()  # the real font
    nb = v4.new_notebook(
        cells=[text("# 信访\n\n## A\n\n## A"), picture(alt=ALT), shown({"text/html": FRAME})]
    )
    first, second = (
        export(nb, tmp_path / name / "county.html").read_bytes() for name in ("one", "two")
    )
    assert first == second


@pytest.mark.parametrize(
    ("lang", "made", "cited"),
    [
        ("zh", "于2020年1月15日自动生成", "“资料来源”所列的1份报告"),
        ("en", "Made on 15 January 2020 by a program", "the 1 under Sources"),
    ],
)
def test_a_page_says_what_it_was_made_from_and_when(tmp_path, monkeypatch, lang, made, cited):
    """The foot names the day and the sources in words of a stranger, and no number of a notebook."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1579046400")
    listed = '<ol class="sources"><li>甲县：《甲县信访情况》。</li></ol>'
    for cells, told in (
        ([text("# 信访")], False),
        ([text("# 信访"), shown({"text/html": listed})], True),
    ):
        nb = v4.new_notebook(cells=cells, metadata={"qz": {"notebook": "02_visits.ipynb"}})
        page = export(nb, tmp_path / f"{told}.html", lang=lang).read_text(encoding="utf-8")
        foot = BeautifulSoup(page, "html.parser").footer.get_text()
        assert made in foot and (cited in foot) == told
        assert "笔记" not in foot and "notebook" not in foot


def test_a_column_without_a_value_is_left_out(tmp_path):
    """What no row of a table tells has no column; one row's empty cell stays."""
    for rows, heads in (
        ([["7", ""], ["8", ""]], 1),
        ([["7", ""], ["8", "甲"]], 2),
        ([["7", ""]], 2),
    ):
        body = "".join(
            "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows
        )
        html = f"<table><thead><tr><th>甲</th><th>乙</th></tr></thead><tbody>{body}</tbody></table>"
        nb = v4.new_notebook(cells=[text("# 信访"), shown({"text/html": html})])
        page = export(nb, tmp_path / "county.html", lang="zh").read_text(encoding="utf-8")
        assert len(BeautifulSoup(page, "html.parser").select("thead th")) == heads


def test_code_is_hidden(tmp_path: Path) -> None:
    """Neither code nor prompts nor warnings nor errors are shown; what was printed is."""
    cell = shown({"text/plain": "193 batches"}, last=True)
    cell.outputs += [
        v4.new_output("stream", name="stderr", text="a warning"),
        v4.new_output("stream", name="stdout", text="4 counties & more"),
        v4.new_output("error", ename="KeyError", evalue="no", traceback=["trace"]),
    ]
    got = page(tmp_path, cell).get_text()
    assert "193 batches" in got and "4 counties & more" in got
    assert not [
        word for word in ("secret_code", "a warning", "trace", "In [", "Out[") if word in got
    ]


def test_heading_and_contents(tmp_path: Path) -> None:
    """First heading and paragraph open the page, and each entry of the contents has an anchor."""
    soup = page(
        tmp_path,
        text("# Title\n\nLead.\n\n## Same\n\n### 群众 <i>x</i>"),
        text("## Same\n\nBody."),
        lang="en",
    )
    assert [tag.get_text() for tag in soup.select("header h1, header p")] == ["Title", "Lead."]
    assert soup.title is not None and soup.title.get_text() == "Title"
    assert [a.get_text() for a in soup.select("nav a")] == ["Same", "群众 x", "Same"]
    assert [h["id"] for h in soup.select("main h2, main h3")] == ["Same", "群众-x", "Same-2"]
    assert [a["href"] for a in soup.select("nav a")] == [
        "#Same",
        "#%E7%BE%A4%E4%BC%97-x",
        "#Same-2",
    ]
    assert len(soup.find_all(["main", "header", "footer"])) == 3


@pytest.mark.parametrize(
    ("lang", "word"), [("en", "Contents"), ("zh-Hans", "目录"), ("fr", "Contents")]
)
def test_language(tmp_path: Path, lang: str, word: str) -> None:
    """The page says its language, uses it for its own few words, and marks Chinese words in another."""
    soup = page(tmp_path, text("## A\n\nPetitions (信访) fell.\n\n## B"), lang=lang)
    assert soup.html is not None and soup.html["lang"] == lang
    assert soup.nav is not None and soup.nav.h2 is not None and soup.nav.h2.get_text() == word
    assert [tag.get_text() for tag in soup.select("main [lang]")] == (
        [] if lang.startswith("zh") else ["信访"]
    )


@pytest.mark.parametrize(
    ("about", "caption"),
    [
        ({"alt": ALT}, "Batches fell by 36.3% in 渠县."),  # the point of a decimal ends no sentence
        ({"alt": "批次下降。渠县最多。"}, "批次下降。"),
        ({"alt": "No full stop"}, "No full stop"),
        ({"alt": ALT, "caption": "Its own."}, "Its own."),
        ({"alt": 'A "quoted" <alt>'}, 'A "quoted" <alt>'),
    ],
)
def test_figure(tmp_path: Path, about: dict[str, str], caption: str) -> None:
    """A picture is a figure with alt text and a caption: its own, or the alt text's first sentence."""
    figure = page(tmp_path, picture(**about)).figure
    assert figure is not None and figure.img is not None and figure.figcaption is not None
    assert figure.img["alt"] == about["alt"]
    assert figure.img["src"] == f"data:image/png;base64,{PIXEL}"
    assert figure.figcaption.get_text() == f"Figure 1. {caption}"
    assert figure.div is not None and (figure.div["tabindex"], figure.div["aria-label"]) == (
        "0",
        caption,
    )


def test_a_chart_has_a_number_and_no_second_subtitle(tmp_path: Path) -> None:
    """What a chart says of itself does not stand below it once more; its frame keeps a name."""
    figure = page(tmp_path, picture(alt=ALT, narrow=PIXEL), lang="zh").figure
    assert figure is not None and figure.figcaption is not None and figure.div is not None
    assert figure.figcaption.get_text() == "图1" and figure.div["aria-label"]


def test_figures_are_numbered(tmp_path: Path) -> None:
    """Figures count from 1 in the page's language; one wider than the text may reach beyond it."""
    cells = [picture(alt=ALT, caption="A"), text("## B"), picture(alt=ALT, caption="C")]
    cells[0].outputs[0].metadata["image/png"]["width"] = 1220
    for lang, captions in (("en", ["Figure 1. A", "Figure 2. C"]), ("zh", ["图1 A", "图2 C"])):
        figures = page(tmp_path, *cells, lang=lang).find_all("figure")
        assert [figure.get_text().strip() for figure in figures] == captions
        assert [
            (figure.get("class"), figure.img and figure.img.get("width")) for figure in figures
        ] == [
            (["wide"], "1220"),
            (None, None),
        ]


@pytest.mark.parametrize(
    ("plain", "words"),
    [
        ("'34 reports'", "34 reports"),
        ('"don\'t"', "don't"),
        ("34", "34"),
        ("['a']", "['a']"),
        ("'a", "'a"),
    ],
)
def test_text_of_a_last_line(tmp_path: Path, plain: str, words: str) -> None:
    """A text that ends a cell is shown without Python's quotation marks; anything else as it is."""
    pre = page(tmp_path, shown({"text/plain": plain}, last=True)).pre
    assert pre is not None and pre.get_text() == words


def test_a_widget_leaves_the_still_beside_it(tmp_path: Path) -> None:
    """The words that stand for a widget's controls are left out of a page, which has none."""
    view = {
        "application/vnd.jupyter.widget-view+json": {"model_id": "a"},
        "text/plain": "Explorer(): 3 claims",
    }
    body = page(tmp_path, shown(view))
    assert "3 claims" not in body.get_text()


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        (picture(), "no alt text"),
        (picture(caption="Only a caption."), "no alt text"),
        (shown({"text/html": f'<img src="data:image/png;base64,{PIXEL}">'}), "no alt text"),
        (text("![](attachment:x.png)"), "no alt text"),
        (text("![a chart](../figures/chart.png)"), "a file of its own"),
        (shown({"text/plain": "<Axes: xlabel='year'>"}, last=True), "bare <Axes"),
        (
            shown(
                {"text/plain": "<Slider at 0x1>", "application/vnd.jupyter.widget-view+json": {}}
            ),
            "bare <Slider",
        ),
    ],
)
def test_refused(tmp_path: Path, cell: NotebookNode, says: str) -> None:
    """What a reader could not use is an error that names notebook and cell, and no page is written."""
    nb = v4.new_notebook(cells=[text("# T"), cell], metadata={"qz": {"notebook": "county.ipynb"}})
    with pytest.raises(BriefError, match=rf"^county\.ipynb, cell 2: .*{says}"):
        export(nb, tmp_path / "county.html")
    assert not (tmp_path / "county.html").exists()


@pytest.mark.parametrize("last", [True, False])
def test_table(tmp_path: Path, last: bool) -> None:
    """A frame loses its running number and gains caption, scopes, alignment and a box to scroll in."""
    table = page(
        tmp_path, shown({"text/html": FRAME}, {"text/html": {"caption": "Rates."}}, last)
    ).table
    assert table is not None and table.caption is not None and table.parent is not None
    assert table.caption.get_text() == "Rates."
    assert [(th.get_text(), th["scope"]) for th in table.find_all("th")] == [
        ("place", "col"),
        ("rate", "col"),
        ("Qu County", "row"),
        ("Qijiang County", "row"),
    ]
    assert [(td.get_text(), td.get("class")) for td in table.find_all("td")] == [
        ("83.7%", ["n"]),
        ("–", ["n"]),
    ]
    assert (table.parent["class"], table.parent["tabindex"]) == (["scroll"], "0")
    assert table.parent["aria-label"] == "Rates."


def test_styler(tmp_path: Path) -> None:
    """The rules of a styled table stay, as long as they speak of that table alone."""
    html = (
        "<style>{}</style><table id='T_a'><tbody><tr><td id='T_a_row0'>x</td></tr></tbody></table>"
    )
    good, bad = "#T_a_row0, #T_a_row1 { color: red; }", "#T_a_row0, body { display: none; }"
    for rules, kept in [(good, 1), (bad, 0), ("@import 'x';", 0)]:
        soup = page(tmp_path, shown({"text/html": html.format(rules)}))
        assert len(soup.select("main style")) == kept, rules
        assert soup.find(id="T_a_row0") is not None


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<td onclick='alert(1)'>x</td>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href=' java\nscript:alert(1)'>x</a>",
        "<img alt='alert(1)' src='https://example.org/x.png'>",
        "<iframe srcdoc='alert(1)'></iframe>",
        "<svg><script>alert(1)</script></svg>",
        "<form action='alert(1)'><input></form>",
        "<!-- alert(1) --><?alert(1)?><![CDATA[alert(1)]]>",
        "<p style='background: url(alert(1))'>x</p>",
    ],
)
def test_inert(tmp_path: Path, html: str) -> None:
    """Whatever an output would do, it does nothing on the page; what stands around it stays."""
    around = f"<div>before {html}<p>after</p></div></main>"
    outputs = [shown({kind: around}) for kind in ("text/html", "text/markdown")]
    soup = page(tmp_path, *outputs)
    main = soup.main
    assert main is not None
    assert main.get_text().count("before") == main.get_text().count("after") == 2
    assert "alert(1)" not in str(main)
    assert soup.footer is not None and soup.footer.find_parent("main") is None


def test_index(tmp_path: Path) -> None:
    """The index links each brief relative to its folder, with title and summary as plain text."""
    target = index(
        [(tmp_path / "briefs" / "a b.html", "Who <resolves>", "信访 & more")], tmp_path / "briefs"
    )
    soup = BeautifulSoup(target.read_text(encoding="utf-8"), "html.parser")
    assert target == tmp_path / "briefs" / "index.html"
    assert [(a["href"], a.get_text()) for a in soup.select("main a")] == [
        ("a%20b.html", "Who <resolves>")
    ]
    assert [p.get_text() for p in soup.select("main p")] == ["信访 & more"]


def test_the_index_lists_manuals_apart(tmp_path):
    """Pages on how to use the package stand below a heading of their own."""
    brief, manual = (tmp_path / "a.html", "A", "a"), (tmp_path / "b.html", "B", "b")
    for lang, words in (("en", "How-to"), ("zh", "使用说明")):
        page = BeautifulSoup(
            index([brief], tmp_path, lang=lang, manuals=[manual]).read_text("utf-8"), "html.parser"
        )
        assert [a.get_text() for a in page.select("main h2 ~ ul a")] == ["B"]
        assert page.select_one("main h2").get_text() == words
    page = BeautifulSoup(index([brief], tmp_path).read_text("utf-8"), "html.parser")
    assert page.select_one("main h2") is None


@pytest.mark.parametrize(
    ("kind", "said"), [("brief", "本页是简报"), ("manual", "不是简报"), ("", "")]
)
def test_a_page_says_for_whom_it_is(tmp_path, kind, said):
    """The line at the head tells briefs and manuals apart; a page of neither has none."""
    nb = v4.new_notebook(cells=[v4.new_markdown_cell("# 甲")], metadata={"qz": {"kind": kind}})
    page = BeautifulSoup(
        export(nb, tmp_path / "a.html", lang="zh").read_text("utf-8"), "html.parser"
    )
    line = page.select_one(".kind")
    assert (said in line.get_text()) if said else line is None


def test_english_pages_say_whose_the_chinese_words_are(tmp_path):
    """A page with Chinese in its text tells that these are the reports' words; one without does not."""
    for text, told in (("信访总量", True), ("petitions", False)):
        nb = v4.new_notebook(cells=[v4.new_markdown_cell(f"# T\n\n## S\n\n{text}")])
        page = export(nb, tmp_path / f"{told}.html", lang="en").read_text("utf-8")
        assert ("Words in Chinese are the reports’ own" in page) == told


def _drawn(monkeypatch, fig):
    """The output of a cell that shows a figure."""
    shown = []
    monkeypatch.setattr(figure, "_in_notebook", lambda: True)
    monkeypatch.setattr("IPython.display.display", shown.append)
    figure.show(fig)
    data, metadata = shown[0]._repr_mimebundle_()
    return v4.new_output("display_data", data=data, metadata=metadata)


def _pictures(page):
    """The words of the pictures of a page, and what is read out of them."""
    images = BeautifulSoup(page, "html.parser").find_all("img")
    packed = [img["src"].partition("base64,") for img in images]
    drawings = [base64.b64decode(data).decode() for kind, _, data in packed if "svg" in kind]
    return " ".join([*drawings, *(img["alt"] for img in images)])


@pytest.mark.long
def test_pictures_show_no_name_that_the_page_masks(tmp_path, monkeypatch):
    """200 names, which the figures alone do not give away, are masked in the page's text, in its
    pictures, in what is read out and in names of files.
    """
    names = people(200, 2)
    outputs = []
    for part in range(10):
        fig, ax = plt.subplots()
        mine = names[part::10]
        ax.set_yticks(range(len(mine)), [f"某{name}某" for name in mine])
        words = {"subtitle": "%", "source": f"{mine[0]}来信.txt", "note": "", "alt": "甲县的图。"}
        outputs.append(_drawn(monkeypatch, figure.finish(fig, title="甲县", **words)))
    told = "\n\n".join(f"村民{name}反映道路失修。" for name in names)
    cells = [v4.new_markdown_cell(f"# 甲县\n\n{told}"), v4.new_code_cell(outputs=outputs)]
    nb = v4.new_notebook(cells=cells)
    nb.metadata["qz"] = {"notebook": f"村民{names[0]}来信.ipynb"}
    page = export(nb, tmp_path / "a.html").read_text(encoding="utf-8")
    assert len(re.findall("<img", page)) == 10
    assert [name for name in names if name in page + _pictures(page)] == []
    assert "data:image/svg+xml" in page  # the figures mask most of them themselves


def test_a_picture_without_names_stays_as_it_was_drawn(tmp_path, monkeypatch):
    """Only a picture that shows a name gives way to its masked drawing."""
    fig, _ = plt.subplots()
    words = {"subtitle": "%", "source": "S", "note": "", "alt": "甲县的图。"}
    output = _drawn(monkeypatch, figure.finish(fig, title="甲县", **words))
    cells = [v4.new_markdown_cell("# 甲县"), v4.new_code_cell(outputs=[output])]
    page = export(v4.new_notebook(cells=cells), tmp_path / "a.html").read_text(encoding="utf-8")
    assert "data:image/webp" in page and "data:image/svg+xml" not in page


@pytest.mark.parametrize(("lang", "told"), [("en", "without the tagger"), ("zh", "未安装")])
def test_without_the_tagger_the_page_says_so(tmp_path, monkeypatch, lang, told):
    """A page whose names were masked by the rules alone says so; any other does not."""
    nb = v4.new_notebook(cells=[v4.new_markdown_cell("# 甲县")])
    words = _text(export(nb, tmp_path / "a.html", lang=lang))
    assert told not in words
    monkeypatch.setattr("qz_analysis.privacy._tagger", lambda: None)
    assert told in _text(export(nb, tmp_path / "b.html", lang=lang))


def _text(page):
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").get_text()


def _table(name, rows):
    said = [f"{name}{n}</td><td>" + "群众来访" * (1 if n else 90) for n in range(rows)]
    cells = "".join(f"<tr><td>{one}</td></tr>" for one in said)
    head = f"<thead><tr><th>{name}</th><th>内容</th></tr></thead>"
    about = {"text/html": {"caption": "题目"}}
    return _output({"text/html": f"<table>{head}<tbody>{cells}</tbody></table>"}, about)


@prints
@pytest.mark.parametrize("lines", [21, 38])
def test_a_brief_prints_all_its_tables_whole(tmp_path, lines):
    """What is folded on screen is printed to its last row, the head again on each sheet and never alone;
    a table of six rows is not torn; an annex leaves its line alone.
    """
    text = v4.new_markdown_cell("# 简报\n\n" + "正文。\n\n" * lines)
    annex = '<details><summary>展开</summary><table><tr><td>附表</td></tr></table></details><p class="annex">附表见屏幕版。</p>'
    outputs = [_table("短", 6), _table("长", 150), _output({"text/html": annex})]
    cells = [text, *(v4.new_code_cell(outputs=[one]) for one in outputs)]
    notebook = v4.new_notebook(cells=cells, metadata={"qz": {"kind": "brief"}})
    page = export(notebook, tmp_path / "a.html", lang="zh")
    assert "展开全表（150行）" in page.read_text("utf-8")
    sheets = printed(page)
    assert [f"长{n}" in "".join(sheets) for n in range(150)] == [True] * 150
    long = [sheet for sheet in sheets if re.search(r"长\d", sheet)]
    assert len(long) > 1 and all("长内容" in sheet for sheet in long)
    assert sum("长内容" in sheet for sheet in sheets) == len(long)
    assert sum(bool(re.search(r"短\d", sheet)) for sheet in sheets) == 1
    assert "展开" not in "".join(sheets) and "附表见屏幕版" in "".join(sheets)
    assert not re.search("附表(?!见)", "".join(sheets))


def _png(wide: int, high: int) -> str:
    made = io.BytesIO()
    Image.new("RGB", (wide, high), "navy").save(made, "PNG")
    return base64.b64encode(made.getvalue()).decode()


def _drawn_twice():
    """A cell with a flat picture, and a steep one for telephones."""
    about = {"alt": "甲县的图。", "narrow": _png(700, 4000)}
    return v4.new_code_cell(outputs=[_output({"image/png": _png(1500, 300)}, {"image/png": about})])


def test_a_chart_is_drawn_for_wide_and_narrow_pages(tmp_path):
    """It comes twice, each with its words, and the style sheet shows one of them."""
    path = export(v4.new_notebook(cells=[_drawn_twice()]), tmp_path / "a.html")
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    wide, small = soup.select_one("figure img.desk"), soup.select_one("figure img.phone")
    assert wide["src"] != small["src"] and wide["alt"] == small["alt"]
    assert "figure .phone { display: none; }" in soup.style.get_text()


@prints
@pytest.mark.parametrize("lines", [38, 39])
def test_a_chart_prints_on_the_sheet_of_its_heading(tmp_path, lines):
    """A heading and the two pieces of text that lead to a chart are on its sheet, however full the one before."""
    cells = [
        v4.new_markdown_cell("# 简报\n\n" + "正文。\n\n" * lines),
        v4.new_markdown_cell("## 图的标题"),
        v4.new_markdown_cell("发现。"),
        v4.new_markdown_cell("说明。"),
        _drawn_twice(),
        v4.new_markdown_cell("结尾。"),
    ]
    sheets = printed(export(v4.new_notebook(cells=cells), tmp_path / "a.html", lang="zh"))
    last = sheets[-1]
    assert len(sheets) == 2 and all(said in last for said in ("图的标题", "发现", "说明", "结尾"))


@prints
def test_a_page_prints_alike_from_every_window(tmp_path):
    """From a window as narrow as a telephone the wide chart is printed: the one that is drawn for telephones would fill
    a sheet.
    """
    cells = [
        v4.new_markdown_cell("# 简报\n\n正文。"),
        _drawn_twice(),
        v4.new_markdown_cell("结尾。"),
    ]
    path = export(v4.new_notebook(cells=cells), tmp_path / "a.html", lang="zh")
    sheets = printed(path, wide=390)
    assert sheets == printed(path) and len(sheets) == 1
