"""Figures as a profile prints them.

Profiles of places: right for every kind of place, in both languages, with no sentence of its own numbers.
"""

import re
from pathlib import Path

import pandas as pd
import pytest

import qz_analysis as qz
from qz_analysis.comparison.places import apart, find_place, with_figures
from qz_analysis.errors import QzError, VocabularyError
from qz_analysis.extraction.corrections import line
from qz_analysis.publish.profile import as_printed, cited, legible, profile
from qz_analysis.vocabularies.rules import parse
from qz_analysis.vocabularies.session import load

NONE = float("nan")


@pytest.mark.parametrize(
    ("corrected", "how", "now", "expected"),
    [
        ("", "stated", (43.0, NONE, NONE), "43宗"),
        ("value", "stated", (46.0, NONE, NONE), "43宗 → 46宗†"),
        ("low;high", "stated", (NONE, 40.0, 46.0), "43宗 → 40–46宗†"),
        ("family", "stated", (43.0, NONE, NONE), "43宗†"),  # the number is as printed
        ("value", "recomputed", (83.7, NONE, NONE), "43宗†"),
        ("value", "stated", (NONE, NONE, NONE), "43宗†"),  # corrected to none
    ],
)
def test_a_corrected_figure_says_what_holds(corrected, how, now, expected):
    """A corrected figure carries a mark, and what holds instead where the number itself is corrected and stated."""
    value, low, high = now
    row = {
        "text": "43宗",
        "unit": "宗",
        "corrected": corrected,
        "how": how,
        "value": value,
        "low": low,
        "high": high,
    }
    assert as_printed(row) == expected


@pytest.mark.parametrize(
    ("claims", "k", "expected"),
    [
        ("748", 0, "43宗 [a: 748]"),
        ("748;740", 1, "43宗 [a: 740]"),
        ("748", 1, "43宗"),
        ("", 0, "43宗"),
    ],
)
def test_a_figure_leads_to_its_claim(claims, k, expected):
    """A figure is followed by document and offset of its claim, by nothing where it has none."""
    assert cited("43宗", {"doc": "a", "claims": claims}, k) == expected


def test_only_legible_figures_are_printed():
    """Rows with a value or a range are legible, those that are masked, damaged or empty are not."""
    rows = [
        ("ok", 1.0, NONE),
        ("ok", NONE, 2.0),
        ("ok", NONE, NONE),
        ("redacted", NONE, NONE),
        ("spoilt", 9.0, NONE),
    ]
    panel = pd.DataFrame(rows, columns=["status", "value", "low"])
    assert [row["status"] for row in legible(panel)] == ["ok", "ok"]


SECTIONS = ["head", "reports", "families", "visits", "rates", "changes", "funds", "audit", "mechanisms", "missing", "limits", "evidence"]  # fmt: skip
PAGE = (
    "# 甲山县情况\n2011年，甲山县共接待来访群众193批次389人次，其中集体访12批次108人次；受理各类事项43宗，办结36宗，"
    "办结率83.7%，群众满意率98%。全县落实首问责任制，拟建立联席会议制度。投入资金156万元。受理来信xx件。甲山县信访局\n"
)


@pytest.fixture
def shown(monkeypatch):
    """Everything that is displayed: texts as they are, tables as frames with their captions, pictures by their alt text."""
    found = []

    def display(what, metadata=None):
        found.append(
            getattr(what, "data", what) if not hasattr(what, "columns") else (metadata, what)
        )

    monkeypatch.setattr("IPython.display.display", display)
    return found


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "people to a batch at the least"), ("zh", "每批人次最少")]
)
def test_every_section_speaks(shown, lang, words):
    """Every section shows itself in the language asked for, and its numbers are those of the page."""
    page = profile("甲山县", lang=lang, source=PAGE)
    for section in SECTIONS:
        getattr(page, section)()
    prose = "\n".join(part for part in shown if isinstance(part, str))
    assert words in prose
    assert "2.02" in prose and "9.00" in prose
    assert "{" not in prose
    tables = {
        meta["text/html"]["caption"]: frame
        for meta, frame in (p for p in shown if isinstance(p, tuple))
    }
    assert any("36 / 43" in frame.astype(str).to_numpy() for frame in tables.values())
    if lang == "zh":
        heads = [head for frame in tables.values() for head in frame]
        assert not [head for head in heads if re.fullmatch(r"[a-z ]+", head)]


def test_a_place_without_figures_says_so_and_draws_nothing(shown):
    """A report without figures makes a page that says so, without an empty table or chart."""
    page = profile("乙桥镇", source="乙桥镇党委重视群众工作，干部常到村里。乙桥镇党委")
    for section in SECTIONS:
        getattr(page, section)()
    assert "without a single figure" in str(shown[0])
    assert not any(frame.empty for _, frame in (p for p in shown if isinstance(p, tuple)))
    assert not any(isinstance(part, bytes) for part in shown)


def test_masks_are_no_mark_up(shown):
    """The asterisks of a masked name reach the page as asterisks."""
    page = profile("**县", source="**县受理各类事项43宗。**县信访局")
    page.head()
    assert r"\*\*县" in shown[0]


def test_masked_names_are_kept_apart_by_report():
    """Two reports with one mask are two places; a real name is one, in whichever script it is given."""
    tables = qz.tables(qz.corpus())
    assert [p.key for p in apart(tables, find_place(tables, "**县"))] == [
        "002-01-daiban:0",
        "002-08-daiban:0",
    ]
    assert find_place(tables, "橋西區").key == find_place(tables, "Qiaoxi District").key == "桥西区"
    assert set(find_place(tables, "002-04-suqiu:0").claims["doc"]) == {"002-04-suqiu"}


def test_figures_of_other_reports_that_speak_of_a_place():
    """A place without a report of its own has the figures that other reports give for it."""
    tables = qz.tables(qz.corpus())
    place = find_place(tables, "沐石河镇")
    assert place.own.empty and len(place.others) == 1
    assert set(place.claims["place"]) == {"沐石河镇"}


def test_every_figure_of_a_report_stands_in_some_profile():
    """The profiles of all places together hold every figure of the corpus that has a place or a report of one."""
    tables = qz.tables(qz.corpus())
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
    for section in ("nouns", "headings", "sentences"):
        for key, entry in load("profile")[section].items():
            fillers = {lang: set(re.findall(r"{(\w+)}", text)) for lang, text in entry.items()}
            assert fillers["zh"] <= fillers["en"], key


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
    ("lang", "said"), [("en", "a reviewer corrected 3 figures"), ("zh", "本页有3个数字经人工更正")]
)
def test_corrected_figures_are_marked(shown, lang, said):
    """A profile says how many figures were corrected, marks each where it stands, and tells in the evidence what holds."""
    claims = qz.extract(PAGE)

    def to(text, column, now):
        return line(claims[claims["text"] == text].iloc[0], column, now, "乙")

    given = [
        to("83.7%", "value", 83.72),
        to("389人次", "value", 398),
        to("xx件", "family", "matters"),
    ]
    page = profile("甲山县", lang=lang, source=PAGE, corrections=given)
    for section in SECTIONS:
        getattr(page, section)()
    assert said in "\n".join(part for part in shown if isinstance(part, str))
    cells = [
        str(cell)
        for part in shown
        if isinstance(part, tuple)
        for cell in part[1].to_numpy().ravel()
    ]
    assert {"83.7% → 83.72%†", "398†"} <= {cell.partition(" [")[0] for cell in cells} and not any(
        "193†" in c for c in cells
    )
    corrected = page.claims[page.claims["corrected"] != ""]
    evidence = shown[-1][1].iloc[:, 2]
    assert (evidence != "").sum() == len(corrected) == 3 and evidence.str.contains(
        "83.72", regex=False
    ).any()
    plain = profile("甲山县", lang=lang, source=PAGE)
    shown.clear()
    for section in SECTIONS:
        getattr(plain, section)()
    assert "†" not in "".join(
        part if isinstance(part, str) else part[1].to_string() for part in shown
    )
