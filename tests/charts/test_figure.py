""" """

from xml.etree import ElementTree

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from invented import ROW
from naming import people
from PIL import Image
from sparing import sparing

from qz_analysis import charts
from qz_analysis.charts import figure as finish
from qz_analysis.charts import theme
from qz_analysis.charts.figure import extremes
from qz_analysis.charts.rows import printed_percent
from qz_analysis.errors import QzError

pytestmark = pytest.mark.usefixtures("clean")


def test_save_writes_the_same_bytes_twice(tmp_path):
    """PNG and SVG do not change from run to run, even for a chart drawn anew."""
    first, second = (
        finish.save(charts.rates(charts.example(), lang="zh").figure, "rates", tmp_path / run)
        for run in "ab"
    )
    assert [path.name for path in first] == ["rates.png", "rates.svg"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_a_picture_of_the_users_is_left_alone(tmp_path):
    """A chart takes the place of an earlier one, and of no other picture."""
    fig = charts.rates(charts.example()).figure
    assert finish.save(fig, "x", tmp_path) == finish.save(fig, "x", tmp_path)
    (tmp_path / "x.svg").write_text("<svg/>", encoding="utf-8")
    stood = (tmp_path / "x.png").read_bytes()
    with pytest.raises(QzError, match=r"x\.svg: was changed since qz made it"):
        finish.save(charts.rates(charts.example(), lang="zh").figure, "x", tmp_path)
    assert (tmp_path / "x.svg").read_text(encoding="utf-8") == "<svg/>"
    assert (tmp_path / "x.png").read_bytes() == stood


@pytest.mark.parametrize("name", ["a\x00b", "../../x", "/x", "a/b", "a\\b", "..", "", "a\nb"])
def test_a_picture_stays_in_its_folder(tmp_path, name):
    """A name that is no file name is refused before anything is written, with the way out."""
    words = {"title": "A", "subtitle": "%", "source": "B", "note": "", "alt": "C"}
    with pytest.raises(QzError, match=r"no name for a picture; .*folder="):
        charts.show(finish.finish(plt.figure(), **words), name, tmp_path / "in" / "side")
    assert [*tmp_path.iterdir()] == []


def test_saved_files_carry_title_and_alternative_text(tmp_path):
    """The SVG has title, desc, text as text and the font it needs; the PNG its words, at twice the size."""
    panel = charts.example().assign(place="桥西区")
    fig = charts.changes(panel, title="A < B & C", lang="zh").figure
    png, svg = finish.save(fig, "x", tmp_path)
    root = ElementTree.fromstring(svg.read_bytes())
    name = "{http://www.w3.org/2000/svg}"
    assert root.find(f"{name}title").text == "A < B & C"
    assert root.find(f"{name}desc").text == finish.alt_text(fig)
    drawn = svg.read_text(encoding="utf-8")
    assert (
        ">桥西区：群众来访<" in drawn
        and "data:font/woff;base64," in drawn
        and "<dc:date>" not in drawn
    )
    with Image.open(png) as picture:
        assert picture.size[0] == round(fig.get_size_inches()[0] * 200)
        assert (
            picture.info["Description"] == finish.alt_text(fig)
            and picture.info["Software"] == "qz_analysis"
        )


def test_show_gives_one_image_with_its_words(tmp_path, monkeypatch):
    """In a notebook one PNG comes out with its alternative text; the figure is saved if named, and closed."""
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    monkeypatch.setattr(finish, "_in_notebook", lambda: True)
    fig = charts.funds(charts.example()).figure
    assert finish.show(fig, "money", tmp_path) is None
    data, about = shown[0]._repr_mimebundle_()
    assert len(shown) == 1 and list(data) == ["image/png"]
    assert about["image/png"]["alt"] == finish.alt_text(fig)
    assert about["image/png"]["width"] == round(fig.get_size_inches()[0] * 100)
    assert {path.name for path in tmp_path.glob("[!.]*")} == {"money.png", "money.svg"}
    assert not plt.get_fignums()


def test_a_picture_may_come_narrow_too(monkeypatch):
    """A chart goes along as metadata as it is drawn for a telephone, with its drawing, and both are closed."""
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    monkeypatch.setattr(finish, "_in_notebook", lambda: True)
    finish.show(charts.rates(charts.example()))
    _, about = shown[0]._repr_mimebundle_()
    assert {"narrow", "narrow_drawing"} <= set(about["image/png"])
    assert not plt.get_fignums()


def test_show_tells_a_script_where_the_picture_is(tmp_path, capsys):
    """Where there is no notebook the files are named; without a name, how to get them. No file is written unasked."""
    finish.show(charts.funds(charts.example()), "money", tmp_path)
    assert capsys.readouterr().out == f"{tmp_path / 'money.png'}, {tmp_path / 'money.svg'}\n"
    finish.show(charts.funds(charts.example()))
    assert "give show a name" in capsys.readouterr().out
    assert {path.name for path in tmp_path.glob("[!.]*")} == {
        "money.png",
        "money.svg",
    } and not plt.get_fignums()


def test_words_added_without_the_theme_have_a_chinese_font(tmp_path):
    """A person's own axes, and what one writes into a chart, are legible where no font is installed."""
    fig, ax = plt.subplots()
    ax.set_title("群众来访", family="DejaVu Serif")
    ax.bar(["桥西区"], [36])
    finish.finish(fig, title="甲", subtitle="件", source="乙", note="", alt="丙")
    ax.annotate("最高", (0, 36))
    drawn = finish.save(fig, "x", tmp_path)[1].read_text(encoding="utf-8")
    assert theme.register() in {text.get_fontfamily()[-1] for text in ax.texts}
    assert ax.title.get_fontfamily()[0] == "DejaVu Serif" and ">最高<" in drawn


def test_finish_grows_the_figure_for_long_words_and_can_be_repeated():
    """A long title is wrapped within the figure and makes it higher; finishing again replaces the words."""
    fig, ax = plt.subplots(figsize=(6, 3))
    words = {"subtitle": "%", "source": "S", "note": "", "alt": "A"}
    with theme.theme():
        short = finish.finish(ax, title="短", **words).get_size_inches()[1]
        assert finish.finish(fig, title="很长的标题" * 30, **words).get_size_inches()[1] > short > 3
        assert all(words.get_window_extent().x1 <= fig.bbox.x1 for words in fig.texts)
        assert finish.finish(ax, title="短", **words).get_size_inches()[1] == pytest.approx(short)
    assert len(fig.texts) == 4


@pytest.mark.parametrize("absent", ["title", "subtitle", "source", "alt"])
def test_finish_wants_its_words(absent):
    """A chart without title, subtitle, source or alternative text is not finished."""
    words = dict.fromkeys(["title", "subtitle", "source", "note", "alt"], "x") | {absent: " "}
    with pytest.raises(ValueError, match=absent):
        finish.finish(plt.figure(), **words)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (
            "群众来访，一季度",
            ["群", "众", "来", "访，", "一", "季", "度"],
        ),  # no line begins with a comma
        ("（桥西区）", ["（桥", "西", "区）"]),
        ("共20个", ["共", "20个"]),  # a number stays with its measure word
        ("a 5 to 9%", ["a", " 5", " to", " 9%"]),
        ("的“两抢”案", ["的", "“两", "抢”", "案"]),  # quotation marks keep to what they hold
        ('x "来访")', ["x", ' "来', '访")']),
    ],
)
def test_lines_break_where_readers_expect(text, pieces):
    """Wrapping never tears a word, a number and its measure word, or a mark and its character apart."""
    assert [piece for piece in theme._TOKEN.findall(text) if piece] == pieces


@pytest.mark.parametrize(
    ("lang", "second", "expected"),
    [
        ("en", {"place": "彝良县"}, ["Qiaoxi District", "Yiliang County"]),
        ("zh", {"place": "彝良县"}, ["桥西区：群众来访", "彝良县：集体访"]),
        (
            "en",
            {},
            ["batches of visitors “群众来访”", "group visits “集体访”"],
        ),  # one place at both ends: the subject tells them apart
        ("zh", {}, ["群众来访", "集体访"]),
    ],
)
def test_the_ends_are_told_apart_in_few_words(lang, second, expected):
    """Titles name the smallest and the largest value by what distinguishes them."""
    both = [ROW, ROW | {"value": 24.5, "subject": "集体访"} | second]
    facts = extremes(both, ["2.0", "24.5 ×"], lang)
    assert [facts["low_end"], facts["high_end"]] == expected
    assert [facts["low_value"], facts["high_value"], facts["only"]] == ["2.0", "24.5", False]


def test_a_recomputed_value_has_no_brackets_in_running_text():
    """Where a column prints (47.7%), a sentence says that it is recomputed."""
    row = ROW | {"value": 47.72, "how": "recomputed"}
    told = [extremes([row], [printed_percent(row)], lang)["low_value"] for lang in ("en", "zh")]
    assert told == ["47.7% (recomputed)", "推算值47.7%"]


PEOPLE = people(200)


@pytest.mark.parametrize("part", sparing(range(10), 10))
def test_no_picture_shows_a_name(tmp_path, part):
    """Of 200 names in subjects, titles, labels and file names none is in the files of a picture."""
    names = PEOPLE[part::10]
    rows = [
        charts.example().iloc[[1]].assign(subject=f"村民{n}反映事项", doc=f"村民{n}来信")
        for n in names
    ]
    panel = pd.concat(rows, ignore_index=True).assign(value=range(50, 50 + len(names)))
    ax = charts.rates(panel, lang="zh", title=f"信访人{names[0]}和{names[1]}来访")
    ax.set_xlabel(f"居民{names[2]}")
    ax.annotate(f"群众{names[3]}说", (50, 1))
    finished = finish.finished(ax.figure)
    png, svg = finish.save(ax.figure, "x", tmp_path)
    with Image.open(png) as picture:
        held = " ".join(map(str, picture.info.values()))
    held += svg.read_text(encoding="utf-8") + finished.alt + finished.source + finished.title
    assert [name for name in names if name in held] == []


def test_a_name_known_in_the_title_is_masked_in_the_labels(tmp_path):
    """The words of a figure are read as one text."""
    with theme.theme():
        fig, ax = plt.subplots()
    ax.set_yticks([0, 1], ["张丽华", "其他"])
    words = {"subtitle": "%", "source": "S", "note": "", "alt": "张丽华：36件。"}
    finish.finish(fig, title="信访人张丽华来访", **words)
    assert finish.alt_text(fig) == "张**：36件。"
    drawn = finish.save(fig, "x", tmp_path)[1].read_text(encoding="utf-8")
    assert ">张**<" in drawn and "张丽华" not in drawn


def test_places_and_families_are_drawn_as_they_are(tmp_path):
    """What looks like a name and is none stays: places, measures, the words of the package."""
    panel = charts.example().assign(place="高阳县", subject="群众满意度")
    for lang in ("en", "zh", "both"):
        fig = charts.rates(panel, lang=lang).figure
        drawn = finish.save(fig, "x", tmp_path)[1]
        assert "*" not in finish.finished(fig).alt
        place = "Gaoyang County" if lang == "en" else "高阳县"
        assert place in drawn.read_text(encoding="utf-8")
