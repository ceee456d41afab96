"""The typed objects: a claim and its row, in memory and back from a file."""

import io
import struct
from dataclasses import FrozenInstanceError
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest

from qz_analysis import extract
from qz_analysis.model import Claim, Relation, by_report, claim_of
from qz_analysis.schema import CLAIMS, RELATIONS, frame

TEXT = "投入31.5万元，为xx户发放10-20元，办结率83.7%，三分之二的群众满意。"
NUMBERS = {"value", "low", "high"}


def bits(row):
    """A row's cells with their types, numbers bit by bit, so that NaN equals itself."""
    return [
        (type(cell), struct.pack("d", cell) if isinstance(cell, float) else cell) for cell in row
    ]


@pytest.fixture
def table():
    """Claims with a value, a masked one, a range, a rate and a share that has no end of digits."""
    return extract(TEXT)


def test_a_claim_has_a_field_for_every_column(table):
    """The fields of a claim are the columns of the table, in their order."""
    (claim, *_) = by_report(table)["text", 0]
    assert list(Claim.__dataclass_fields__) == [column.name for column in CLAIMS]
    assert len(claim.row) == len(CLAIMS)


def test_a_claim_of_a_row_gives_that_row(table):
    """From a row to a claim and back, every cell is the same, bit for bit, NaN and empty ones included."""
    rows = list(table.itertuples(index=False, name=None))
    assert sum(row[5] != row[5] for row in rows) == 2
    assert [bits(claim_of(row).row) for row in rows] == [bits(row) for row in rows]


def test_a_claim_is_the_same_however_its_row_is_given(table):
    """A row alone, a table, and a table that was a file in between give one claim."""
    back = pd.read_csv(io.StringIO(table.to_csv(index=False)))
    alone = [bits(claim_of(row).row) for row in table.itertuples(index=False, name=None)]
    assert [bits(claim.row) for claim in by_report(table)["text", 0]] == alone
    assert [bits(claim.row) for claim in by_report(back)["text", 0]] == alone


def test_claims_make_the_table_that_they_are_of(table):
    """The rows of a table's claims are that table."""
    pd.testing.assert_frame_equal(
        frame((c.row for c in by_report(table)["text", 0]), CLAIMS), table
    )


def test_a_claim_cannot_be_changed(table):
    """A claim stays what it was made."""
    with pytest.raises(FrozenInstanceError):
        by_report(table)["text", 0][0].value = Decimal(1)


def test_empty_cells_of_a_file_are_read_as_no_words():
    """NaN in a column of words is an empty string, NaN in a number is none."""
    (row,) = extract("受理98件。").to_dict("records")
    nan = float("nan")
    words = dict.fromkeys(
        ["before", "after", "subject", "period", "role", "direction", "stage"], nan
    )
    claim = claim_of([*(row | words | {"low": nan, "high": nan}).values()])
    assert {getattr(claim, name) for name in words} == {""}
    assert (claim.value, claim.low, claim.high) == (98, None, None)


LARGE = [(9007199254740993.0, 9007199254740992), (1e23, 10**23), (0.1, Fraction(1, 10)), (-4.0, -4)]


@pytest.mark.parametrize(("value", "expected"), LARGE)
def test_numbers_are_the_shortest_that_the_table_can_mean(value, expected):
    """A value is read by its shortest digits, however large or small."""
    (row,) = extract("受理98件。").to_dict("records")
    assert Fraction(claim_of([*(row | {"value": value}).values()]).value) == expected


def test_a_relation_holds_its_claims(table):
    """The row of a relation names the starts of its claims, the result first."""
    whole, part, *_ = by_report(table)["text", 0]
    row = Relation("sum", (part, whole), "ok", 2.0, "1 + 1 = 2")
    assert len(row.row) == len(RELATIONS) - 2
    named = dict(zip([column.name for column in RELATIONS][2:], row.row, strict=True))
    assert named["starts"] == f"{part.start};{whole.start}"
    assert [named[name] for name in ("type", "verdict", "computed")] == ["sum", "ok", 2.0]
