"""What outranks what, and which contradictions are told."""

import pytest

from qz_analysis.errors import ReadError
from qz_analysis.extraction.clean import clean
from qz_analysis.extraction.known import clean_span, genre_of, told_of
from qz_analysis.extraction.pipeline import raw_span, split_document
from qz_analysis.model import Document, Known

BODY = "现在，我代表政府向大会报告工作，请予审议。\n今年受理来访9件，办结8件，群众满意。"
ADDRESS = f"各位代表：\n{BODY}"


def report_of(text, *known, doc="a", file=""):
    """The only report of a page of which something is known."""
    ((report,)) = split_document(Document(doc, text, file=file, known=known))[1]
    return report


def said(**cells):
    """A row of a sidecar."""
    return Known("sidecar", where="documents.csv, row 2", **cells)


RANKS = [
    # a person outranks the text, the text the head of its page, that the name of its file
    (f"唐县2020年政府工作报告\n{ADDRESS}", [said(place="望都县")], "a", "望都县"),
    (
        f"唐县2020年政府工作报告\n{ADDRESS}",
        [Known("html", title="望都县政府工作报告")],
        "a",
        "唐县",
    ),
    (ADDRESS, [Known("html", title="望都县2020年政府工作报告")], "唐县_2020", "望都县"),
    (ADDRESS, [], "唐县_2020", "唐县"),
    # who put a page on the net is asked last, and only for a report of that level
    (f"我县工作\n全县{BODY}", [Known("html", issuer="唐县人民政府办公室")], "a", "唐县"),
    (f"我县工作\n全县{BODY}", [Known("html", issuer="河北省人民政府")], "a", "我县"),
    (
        f"我县工作\n全县{BODY}",
        [Known("html", issuer="唐县人民政府办公室")],
        "望都县_2020",
        "望都县",
    ),
]


def test_a_place_that_only_the_head_of_a_page_names_is_the_documents():
    """How a place is known says whether its text or something outside it tells."""
    known = Known("html", title="望都县2020年政府工作报告")
    assert report_of(ADDRESS, known).place_from == "document"
    assert report_of(f"望都县2020年政府工作报告\n{ADDRESS}", known).place_from == "report"


def test_who_a_person_says_issued_a_report_places_nothing():
    """A body in the table of documents is the report's issuer, and does not make its place."""
    report = report_of(f"我县工作\n全县{BODY}", said(issuer="唐县人民政府办公室"))
    assert (report.issuer, report.place) == ("唐县人民政府办公室", "我县")


@pytest.mark.parametrize(("text", "known", "doc", "place"), RANKS)
def test_what_outranks_what_for_a_place(text, known, doc, place):
    """Sidecar, text, head of the page, name of the file, issuer: in this order a place is believed."""
    assert report_of(text, *known, doc=doc).place == place


def test_a_file_is_named_after_a_body_of_a_county_by_its_short_name():
    """建始法院 is the court of 建始县."""
    assert report_of("全市受理来访9件。", doc="建始法院_2024").place == "建始县"


DATES = [
    (f"唐县2020年政府工作报告\n{ADDRESS}", [said(dated="2019-01-02")], "a", "2019-01-02"),
    (f"唐县2020年政府工作报告\n{ADDRESS}", [Known("html", dated="2020-01-15")], "a", "2020-01-15"),
    (f"唐县2020年政府工作报告\n{ADDRESS}", [Known("html", dated="2022-03-30")], "a", "2020"),
    ("全县受理来访9件。", [Known("html", dated="2020-01-15")], "a", "2020-01-15"),
    (
        "全县受理来访9件。\n乙县信访局\n2012年3月1日",
        [Known("html", dated="2020-01-15")],
        "a",
        "2012-03-01",
    ),
    ("全县受理来访9件。", [], "唐县_2020", "2020"),
    ("全县受理来访9件。", [], "2019年总结", ""),  # the year that it tells of
    ("全县受理来访9件。", [Known("word", made="2021-03-04")], "a", ""),
    (f"唐县2020年政府工作报告\n{ADDRESS}", [said(dated="-")], "a", ""),
    # a file may be named by the year of its figures: what the page says of the next year wins
    (f"唐县政府工作报告\n{ADDRESS}\n唐县人民政府\n2020年1月9日", [], "唐县_2019", "2020-01-09"),
    ("一、2020年工作回顾\n全县受理来访9件。\n二、2021年主要任务\n受理。", [], "唐县_2020", "2021"),
]


@pytest.mark.parametrize(("text", "known", "doc", "dated"), DATES)
def test_what_outranks_what_for_a_date(text, known, doc, dated):
    """The day on which a page was put on the net dates what nothing else dates, or that year's address."""
    assert report_of(text, *known, doc=doc).dated == dated


WARNED = [
    (f"2020年唐县政府工作报告\n{ADDRESS}", [], "唐县_2018", "two years: 2018 in the file's name, 2020"),
    (f"望都县2020年政府工作报告\n{ADDRESS}", [said(place="唐县")], "a",
     "two places: 唐县 in the sidecar, 望都县 in the title"),
    (f"望都县2020年政府工作报告\n{ADDRESS}", [said(dated="2019")], "a", "two years: 2019 in the sidecar, 2020"),
    (f"望都县2020年政府工作报告\n{ADDRESS}", [Known("html", dated="2018-01-01")], "a", "put on the net in 2018"),
    (f"望都县2020年政府工作报告\n{ADDRESS}", [said(level="town")], "a", "two levels: 望都县 is a county"),
    (f"望都县2020年政府工作报告\n{ADDRESS}", [said(place="甲山县")], "a", "no list holds 甲山县"),
    ("全县受理来访9件。", [Known("word", made="2021-03-04")], "a", "no date; the Word file was made on 2021-03-04"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "known", "doc", "warning"), WARNED)
def test_contradictions_are_told(text, known, doc, warning):
    """Where two sources say two things, both stand in the warnings."""
    assert any(warning in told for told in report_of(text, *known, doc=doc).warnings)


AGREED = [
    ("全县受理来访9件。\n乙县信访局\n2012年1月9日", [], "2011年总结"),  # written in the year after
    (
        f"唐县2020年政府工作报告\n{ADDRESS}",
        [said(place="唐县", level="county", dated="2020")],
        "唐县_2020",
    ),
    (f"唐县2020年政府工作报告\n{ADDRESS}", [Known("html", dated="2022-03-30")], "a"),
    (f"唐县2020年政府工作报告\n{ADDRESS}", [], "唐县_2019"),  # named by the year of its figures
    # named without the peoples of an autonomous county
    (f"丰宁满族自治县2020年政府工作报告\n{ADDRESS}", [], "丰宁县_2020"),
]


@pytest.mark.parametrize(("text", "known", "doc"), AGREED)
def test_what_agrees_is_not_warned_of(text, known, doc):
    """Sources that may well both be right raise no warning."""
    assert report_of(text, *known, doc=doc).warnings == ()


def test_a_sidecar_that_says_a_place_settles_a_doubt():
    """The warning of two places in the text goes when a person says which it is."""
    text = f"唐县2020年政府工作报告\n在望都县第三届人民代表大会上\n{ADDRESS}"
    assert report_of(text).warnings
    told = report_of(text, said(place="望都县")).warnings
    assert told == ("two places: 望都县 in the sidecar, 唐县 in the title",)


CODES = [
    ("石家庄市桥西区", "130104"),
    ("張家口市橋西區", "130703"),
    ("乾县", "610424"),
    ("**县", ""),
]


@pytest.mark.parametrize(("place", "code"), CODES)
def test_a_place_may_be_named_with_those_above_it(place, code):
    """A city before a district tells which is meant; a name keeps its own characters."""
    report = report_of(f"2020年政府工作报告\n{ADDRESS}", said(place=place))
    assert (report.adcode, report.level, report.place_from) == (code, "county", "document")


@pytest.mark.parametrize("line", ["来源URL：http://a.cn/1.html", "网址：http://a.cn/1.html"])
def test_the_address_may_stand_above_the_text(line):
    """A line that gives the address of a page is where its report stood."""
    assert report_of(f"政府工作报告\n{line}\n{ADDRESS}").url == "http://a.cn/1.html"


def test_a_title_of_the_page_is_that_of_the_report():
    """Where the text has the title that its page states, the first line is not taken for it."""
    page = f"您现在的位置\n唐县2020年政府工作报告\n{ADDRESS}"
    known = Known("html", title="唐县2020年政府工作报告")
    assert report_of(page).title == "您现在的位置"
    assert report_of(page, known).title == "唐县2020年政府工作报告"


def test_a_title_that_says_nothing_gives_way():
    """A page's own title is taken where the first line is none that says what sort of text it is."""
    known = Known("html", title="唐县2020年政府工作报告")
    assert report_of(f"信息公开\n{ADDRESS}", known).title == known.title
    assert report_of(f"唐县工作总结\n{ADDRESS}", known).title == "唐县工作总结"


def test_absent_reports_and_stretches_are_refused():
    """A row that speaks of what the document does not have is an error that names it."""
    for row in (said(report=3, place="唐县"), said(start=0, end=9999)):
        with pytest.raises(ReadError, match=r"documents.csv, row 2.*(report 3|ends at 9999)"):
            report_of(ADDRESS, row)


def test_stretches_go_to_the_clean_page_and_back():
    """Every report's raw stretch leads to its clean one."""
    text = (
        "來訪(fǎng)43批次。\r\n篇一:甲县总结\n"
        + "受理事项7件。" * 12
        + "\n篇二:乙县总结\n"
        + "办结6件。" * 15
    )
    page, parts = split_document(Document("a", text))
    assert len(parts) == 2
    for part in parts:
        assert clean_span(page, *raw_span(page, 0, part.start, part.end)) == (part.start, part.end)
    assert clean_span(clean("9件"), 0, 2) == (0, 2)


def test_rows_with_stretches_are_numbered_by_them():
    """Which report a row is of, its start says."""
    page = Document(
        "a", "", known=(said(start=5, end=9, place="乙县"), said(start=0, end=4, place="甲县"))
    )
    assert [told_of(page, at).place for at in (0, 1)] == ["甲县", "乙县"]


@pytest.mark.parametrize(
    ("title", "genre"),
    [("唐县信访工作总结", "工作总结"), ("关于调解的情况汇报", "汇报"), ("2020年唐县政府工作报告", "政府工作报告"), ("唐县", "")],
)  # fmt: skip
def test_a_genre_is_the_last_word_of_a_title_that_names_one(title, genre):
    """The title says what a text is; where it does not, nothing does."""
    report = report_of(f"{title}\n全县受理来访9件。")
    assert genre_of(report, title) == genre
