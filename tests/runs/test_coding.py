"""The coding sheet goes out and comes back; what was changed or cannot be is refused."""

import openpyxl
import pytest

import qz_analysis as qz
from qz_analysis import QzError
from qz_analysis.runs.coding import labels_of, located, value_code

PAGE = "甲县2011年受理事项43宗，其中1.2万件为来信。办结36宗。会议强调作风，村民张三丰反映路灯不亮。"


@pytest.fixture(scope="module")
def drawn():
    """All four sentences of a page."""
    return qz.sample(PAGE, n=9, seed=1)


def _numbers(sample):
    return dict(zip(sample.sentences["sentence"], sample.sentences["id"], strict=True))


def _code(drawn, **more):
    number = next(n for said, n in _numbers(drawn).items() if "36宗" in said)
    return {"id": number, "figure": "36宗", "value": 36, "unit": "宗", "kind": "count",
            "family": "matters", "stage": "resolved"} | more  # fmt: skip


def _edited(path, change):
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def test_codes_come_back_as_they_were_written(drawn, tmp_path):
    """A filled sheet holds the same scheme and the same codes when it is read again."""
    filled = drawn.coded([_code(drawn)])
    back = qz.coding(filled.save(tmp_path / "a.xlsx"))
    assert back.hash == drawn.hash and back.codes.equals(filled.codes)


def test_nothing_that_was_read_stands_in_the_sheet(drawn, tmp_path):
    """The coder sees sentences and empty cells: no stratum, no probability, and the scheme is hidden."""
    book = openpyxl.load_workbook(drawn.save(tmp_path / "a.xlsx"))
    heads = [cell.value.split("\n")[0] for cell in book["coding"][1]]
    assert heads[:6] == ["id", "head", "before", "sentence", "after", "figure"]
    assert not {"stratum", "chance"} & {*heads}
    assert book["scheme"].sheet_state == "veryHidden"
    written = [cell.value for row in book["coding"].iter_rows(min_row=2, min_col=6) for cell in row]
    assert set(written) == {None}


def test_names_of_persons_are_masked(drawn, tmp_path):
    """No cell of the workbook holds a private person's name."""
    book = openpyxl.load_workbook(drawn.save(tmp_path / "a.xlsx"))
    cells = [str(cell) for sheet in book for row in sheet.values for cell in row]
    assert "张三丰" not in "".join(cells) and "张**" in "".join(cells)


def test_a_changed_scheme_or_sentence_is_refused(drawn, tmp_path):
    """The hash is frozen with the sheet, and the sentences are those that were drawn."""

    def scheme(book):
        book["scheme"]["A2"] = book["scheme"]["A2"].value.replace("36", "37")

    def sentence(book):
        book["coding"]["D2"] = "办结63宗。"

    for change, said in ((scheme, "its scheme was changed"), (sentence, "row 2: the sentence is")):
        path = _edited(drawn.save(tmp_path / f"{change.__name__}.xlsx"), change)
        with pytest.raises(QzError, match=said):
            qz.coding(path)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"id": 99}, "row 1: `id` is '99'"),
        ({"figure": "37宗"}, "has no '37宗' left"),
        ({"figure": "6宗"}, "has no '6宗' left"),  # the end of another number
        ({"figure": ""}, "has codes and no `figure`"),
        ({"family": "petitions"}, "`family` is 'petitions'; it may be: petition"),
        ({"value": "some"}, "`value` is 'some'; write digits"),
        ({"period": "2011年"}, "no period such as 2011"),
    ],
)
def test_what_cannot_be_is_named(drawn, more, said):
    """A code that cannot be is refused with its row, its column and what may stand there."""
    with pytest.raises(QzError, match=said):
        drawn.coded([_code(drawn, **more)])


@pytest.mark.parametrize(
    ("written", "held"),
    [
        (36, "36"),
        ("1.2万", "12000"),
        ("１,２００", "1200"),
        ("10-20", "10..20"),
        ("3~5万", "30000..50000"),
        ("83.7%", "83.7"),
        ("", ""),
    ],
)
def test_values_as_coders_write_them(drawn, written, held):
    """Values are held in the base unit, ranges by their ends, masked ones empty."""
    assert drawn.coded([_code(drawn, value=written)]).codes["value"].tolist() == [held]


def test_signs_for_no_figure(drawn):
    """A sentence without a figure is coded by any of several signs."""
    for sign in ("-", "无", "none", "—"):
        assert drawn.coded([{"id": 1, "figure": sign}]).codes["figure"].tolist() == ["-"]


def test_a_figure_stated_twice_is_found_twice():
    """The second of two same figures of a sentence is the second there; a third is none."""
    text = "受理43件，办结43 件"
    first = located(text, "43件")
    second = located(text, "43件", [first])
    assert (first, second) == ((2, 5), (8, 12)) and located(text, "43件", [first, second]) is None


def test_labels_that_may_be_given():
    """Columns of few values are chosen from a list, the others take free words."""
    assert "petition" in labels_of("family") and "" in labels_of("stage")
    assert labels_of("modality") == ("actual", "planned", "required") and not labels_of("unit")
    assert "gdp" in labels_of("indicator") and value_code(83.7) == "83.7"


def test_other_files_are_no_sheets(drawn, tmp_path):
    """What is no coding sheet, or is to be none, is named with the way out."""
    (tmp_path / "a.xlsx").write_text("no workbook", encoding="utf-8")
    with pytest.raises(QzError, match=r"a\.xlsx: is no coding sheet"):
        qz.coding(tmp_path / "a.xlsx")
    with pytest.raises(QzError, match=r"a\.csv: a coding sheet is a workbook"):
        drawn.save(tmp_path / "a.csv")
