"""Claims with their words, in lines, as the audit's finders see them."""

from fractions import Fraction

import pandas as pd
import pytest
from timing import Counted

from qz_analysis import extract
from qz_analysis.arithmetic.passages import alike, earlier, grams, lines, same_unit, unit_word
from qz_analysis.model import by_report, claim_of, read_claim


def read(text):
    """The claims of a text as the audit reads them."""
    return [read_claim(row) for row in extract(text).to_dict("records")]


def printed(claims):
    """Their expressions."""
    return [claim.text for claim in claims]


LINES = [
    ("受理98件，办结97件，办结率99%。", [["98件", "97件", "99%"]]),
    ("受理98件；办结97件。", [["98件", "97件"]]),  # a semicolon goes on
    ("受理98件。办结97件。", [["98件"], ["97件"]]),
    ("受理98件\n办结97件", [["98件"], ["97件"]]),
    ("受理98件。形势稳定。办结97件。", [["98件"], ["97件"]]),
    ("形势稳定。", []),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_full_stops_divide_claims_into_lines(text, expected):
    """A line runs to a full stop or the paragraph's end, over commas and semicolons."""
    assert [printed(run) for run in lines(read(text))] == expected


@pytest.mark.parametrize(
    ("reach", "expected"),
    [(0, ["3件"]), (1, ["3件", "2件"]), (9, ["3件", "2件", "1件"])],
)
def test_earlier_claims_come_nearest_first(reach, expected):
    """Claims before a place are given nearest first, and no further back than the reach."""
    runs = lines(read("来信1件。来访2件。网上3件，转办4件，办结5件。"))
    assert printed(earlier(runs, 2, 1, reach)) == expected


def test_values_are_read_by_their_printed_digits():
    """A value is the fraction that its digits say, not the nearest binary one."""
    assert [c.value for c in read("办结率83.7%，投资8872.7万元。")] == [
        Fraction(837, 10),
        Fraction(88_727_000),
    ]


def test_empty_cells_of_a_file_are_read_as_no_words():
    """NaN in a column of words is an empty string, NaN in a number is none."""
    (row,) = extract("受理98件。").to_dict("records")
    nan = float("nan")
    words = dict.fromkeys(
        ["before", "after", "subject", "period", "role", "direction", "stage"], nan
    )
    claim = read_claim(row | words | {"low": nan, "high": nan})
    assert {getattr(claim, name) for name in words} == {""}
    assert (claim.value, claim.low, claim.high) == (98, None, None)


def fields_of(claims):
    """All that is known of claims, to compare them by."""
    return [vars(claim) for claim in claims]


def test_a_claim_is_the_same_however_its_row_is_given():
    """A row as a dictionary, as a tuple in the order of the columns and in a table give one claim."""
    table = extract("投入31.5万元，为xx户发放10-20元，办结率83.7%。")
    rows = table.to_dict("records")
    tuples = table.itertuples(index=False, name=None)
    assert (
        fields_of(map(claim_of, tuples))
        == fields_of(map(read_claim, rows))
        == fields_of(by_report(table)["text", 0])
    )


def test_claims_come_by_report_in_their_order():
    """The claims of a table are grouped by document and report, each group in the order of the table."""
    table = pd.concat([extract("受理3件，办结2件。").assign(doc=doc) for doc in "乙甲"]).iloc[::-1]
    assert {key: printed(claims) for key, claims in by_report(table).items()} == {
        ("甲", 0): ["2件", "3件"],
        ("乙", 0): ["2件", "3件"],
    }


LARGE = [(9007199254740993.0, 9007199254740992), (1e23, 10**23), (0.1, Fraction(1, 10)), (-4.0, -4)]


@pytest.mark.parametrize(("value", "expected"), LARGE)
def test_numbers_are_the_shortest_that_the_table_can_mean(value, expected):
    """A value is read by its shortest digits, however large or small."""
    (row,) = extract("受理98件。").to_dict("records")
    assert read_claim(row | {"value": value}).value == expected


def test_a_masked_figure_has_no_number():
    """Asking a figure without value for its number names the figure."""
    (claim,) = read("受理xx件。")
    assert not claim.known
    with pytest.raises(ValueError, match="xx件"):
        _ = claim.number


WORDS = [
    ("去年以来，受理信访98件已办结，全部回访。", "受理信访", "已办结", "受理信访已办结"),
    ("排查积案，98件化解、其余转办。", "", "化解", "化解"),
    (
        "排查积案，98件。",
        "",
        "",
        "排查积案,",
    ),  # a clause that is a number only speaks of the clause before
    ("回访10件满意率高。", "回访", "满意", "回访满意"),  # a rate's name is the rate's
]


@pytest.mark.parametrize(("text", "lead", "tail", "words"), WORDS)
def test_words_of_a_claim_are_those_of_its_clause(text, lead, tail, words):
    """Lead and tail end at the clause's bounds; a bare number takes the words of the clause before it."""
    claim = read(text)[-1]
    assert (claim.lead, claim.tail, claim.words) == (lead, tail, words)


COUNTS = [
    ("受理98件。", True),
    ("投资98万元。", True),
    ("办结率98%。", False),
    ("平均年龄48岁。", False),
    ("历时98天。", False),
    ("信访量同比减少98件。", False),
    ("每户补贴98元。", False),
    ("接待群众日均98人次。", False),
    ("提高9.8个百分点。", False),
]


@pytest.mark.parametrize(("text", "expected"), COUNTS)
def test_only_numbers_of_things_count(text, expected):
    """Shares, ages, spans of time, changes and standards are no number of things that a sum or a rate may be made of."""
    (claim,) = read(text)
    assert claim.counts is expected


def test_last_years_figure_is_no_count_of_now():
    """The figure of an earlier time in a bracket is no count of now."""
    assert [c.counts for c in read("来访212批次，同比（180批次）上升17.78%。")] == [
        True,
        False,
        False,
    ]


UNITS = [
    ("起", "件", True),
    ("名", "人", True),
    ("批", "批次", True),
    ("人", "人次", False),
    ("户", "人", False),
]


@pytest.mark.parametrize(("first", "second", "expected"), UNITS)
def test_units_of_one_kind_are_one(first, second, expected):
    """起 and 件 or 名 and 人 stand above and below one line, heads and visits do not."""
    a, b = (read(f"全县共有98{unit}。")[0] for unit in (first, second))
    assert (a.unit, b.unit) == (first, second)
    assert same_unit(a, b) is same_unit(b, a) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("来访总人次的", "人次"),
        ("总批次的", "批次"),
        ("其总件数的比例", "件"),
        ("全县总户数", "户"),
        ("来访总量的", ""),
        ("积案总数的", ""),
    ],
)
def test_words_of_a_whole_may_end_in_its_unit(words, expected):
    """A whole that is named by its measure word alone gives that unit, one that names a thing gives none."""
    assert unit_word(words) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("信访积案", "积案化解", 1),
        ("积案总数", "事项总数", 0),
        ("受理", "来访", 0),
        ("村党组织", "基层党组织", 2),
    ],
)
def test_likeness_counts_shared_pairs_of_characters(first, second, expected):
    """Phrases are as alike as they share pairs of characters, words for all and total left out."""
    assert alike(first, second) == alike(second, first) == expected


def test_pairs_never_cross_punctuation():
    """Characters on two sides of a mark make no pair."""
    assert grams("来信、来访98件次") == {"来信", "来访", "件次"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("受理98件。", 2), ("受理9800件。", 2), ("受理1.02万件。", 3), ("受理0件。", 0)],
)
def test_zeros_at_the_end_are_no_digits(text, expected):
    """A figure has as many digits as are left without the zeros that it ends in."""
    (claim,) = read(text)
    assert claim.digits == expected


def test_lines_out_of_reach_are_not_asked_for():
    """Of ten thousand lines before a place only those with the nearest claims are looked at."""
    claim = read_claim(extract("受理4件。").iloc[0])
    runs = Counted([[claim]] * 10_000)
    assert len(list(earlier(runs, 9_999, 0, len(runs)))) < runs.taken < 400
