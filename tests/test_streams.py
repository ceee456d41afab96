"""What is exported: tables of any make become columns of four types with one sign for what is missing."""

import datetime

import pandas as pd
import pytest

from qz_analysis.errors import QzError
from qz_analysis.fields import CLAIMS
from qz_analysis.streams import described, hidden, streams

NAN = float("nan")
COLUMNS = [
    ("str", ["a", None, NAN], "str", ["a", "", ""]),
    ("object", [1, "b", None], "str", ["1", "b", ""]),
    ("category", ["a", "b", None], "str", ["a", "b", ""]),
    ("int64", [1, 2, 3], "int", [1, 2, 3]),
    ("Int64", [1, None, 3], "int", [1, None, 3]),
    ("float64", [1.5, 2.0, 3.25], "float", [1.5, 2.0, 3.25]),
    ("Float64", [1.5, 2.0, 3.25], "float", [1.5, 2.0, 3.25]),
    ("bool", [True, False, True], "bool", [True, False, True]),
    ("boolean", [True, None, True], "bool", [True, None, True]),
    ("datetime64[ns]", [datetime.datetime(2011, 6, 30), None, None], "str", ["2011-06-30 00:00:00", "", ""]),
]


@pytest.mark.parametrize(("dtype", "cells", "kind", "wanted"), COLUMNS, ids=[c[0] for c in COLUMNS])
def test_columns_of_any_type(dtype, cells, kind, wanted):
    """A column of pandas is whole numbers, numbers, truths or text, whatever it was."""
    [stream] = streams({"t": pd.DataFrame({"c": pd.Series(cells, dtype=dtype)})})
    assert [field.dtype for field in stream.fields] == [kind]
    assert [cell for (cell,) in stream.rows()] == wanted
    assert [cell for (cell,) in stream.rows()] == wanted, "the rows come anew at each call"


def test_gaps_of_numbers_stay_gaps():
    """A missing number is missing still."""
    [stream] = streams({"t": pd.DataFrame({"c": pd.Series([1.5, None], dtype="Float64")})})
    assert [cell != cell for (cell,) in stream.rows()] == [False, True]


def test_ours_are_described_and_others_named():
    """A column of ours carries its meaning while it has its type; any other its name and type."""
    table = pd.DataFrame({"text": ["43宗"], "value": ["many"], "mine": [1]})
    meaning = {f.name: f.meaning for f in CLAIMS}
    assert [(f.dtype, f.meaning) for f in described("claims", table)] == [("str", meaning["text"]), ("str", meaning["value"]), ("int", "")]  # fmt: skip
    assert [f.meaning for f in described("elsewhere", table)] == ["", "", ""]


def test_labels_of_rows_become_columns():
    """Named labels of rows come first as columns, heads of two levels are joined, and numbers of rows are left out."""
    heads = pd.MultiIndex.from_tuples([("a", "b"), ("a", "c")], names=["x", "y"])
    places = pd.Index(["甲县", "乙县"], name="place")
    [stream] = streams({"t": pd.DataFrame([[1, 2], [3, 4]], index=places, columns=heads)})
    assert [f.name for f in stream.fields] == ["place", "a.b", "a.c"]
    assert [*stream.rows()] == [("甲县", 1, 2), ("乙县", 3, 4)]
    some = pd.DataFrame({"n": [1, 2, 3]})[1:]
    assert [*streams({"t": some})[0].rows()] == [(2,), (3,)]
    with pytest.raises(QzError, match="labels without a name"):
        streams({"t": pd.DataFrame({"n": [1]}, index=["甲县"])})


def test_what_has_no_name_is_refused():
    """Columns without names, or of one name, are told."""
    with pytest.raises(QzError, match="needs a name"):
        streams({"t": pd.DataFrame([[1]])})
    with pytest.raises(QzError, match="two columns have one name"):
        streams({"t": pd.DataFrame([[1, 2]], columns=["a", "a"])})
    with pytest.raises(QzError, match="every column needs a name"):
        streams({"t": pd.DataFrame()})


def test_masking_covers_columns_that_nobody_described():
    """Words of a user's own column are masked, the keys that join tables are not."""
    said = "村民张三丰反映"
    [stream] = streams({"t": pd.DataFrame({"doc": [said], "mine": [said], "subject": [said]})})
    assert next(hidden(stream).rows()) == (said, "村民张**反映", "村民张**反映")
