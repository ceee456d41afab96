"""What the claims imply without stating it, with the interval that the printed digits leave."""

import io

import pandas as pd
import pytest

from qz_analysis import extract, implied
from qz_analysis.arithmetic.derive import undecided
from qz_analysis.schema import IMPLIED


def derived(text):
    """What is derived from a text: what, value, its two ends and the unit."""
    return [
        (r.what, *(round(x, 1) for x in (r.value, r.low, r.high)), r.unit)
        for r in implied(extract(text)).itertuples()
    ]


DERIVED = [
    ("全县来访954人次，同比下降21.2%。", [("earlier level", 1210.7, 1209.9, 1211.4, "人次")]),
    ("全县来访954人次，同比上升21.2%。", [("earlier level", 787.1, 786.8, 787.5, "人次")]),
    ("受理信访500件，同比减少80件。", [("earlier level", 580, 580, 580, "件")]),
    ("受理信访500件，同比增加80件。", [("earlier level", 420, 420, 420, "件")]),
    ("受理信访500件，同比减少20多件。", [("earlier level", 520, 520, 530, "件")]),
    ("信访总量3.4万件，同比下降20%。", [("earlier level", 42500, 41614.9, 43396.2, "件")]),
    (
        "来访1256批3890人次，同比分别下降10.3%和7.4%。",
        [
            ("earlier level", 1400.2, 1399.4, 1401.0, "批"),
            ("earlier level", 4200.9, 4198.6, 4203.1, "人次"),
        ],
    ),
    ("受理43件，办结36件，办结率83.7%。", [("remainder", 7, 7, 7, "件")]),
    ("受理3.4万件，办结3.3万件，办结率97.1%。", [("remainder", 1000, 0, 2000, "件")]),
    ("受理事项467宗，其中成功办结的328宗；", [("remainder", 139, 139, 139, "宗")]),
    ("受理积案100件，其中办结60件，正在办理40件。", []),  # what is left is stated
    (
        "受理纠纷201件，调结101件，调结率50.2%。",
        [],
    ),  # what was not mediated is not unsettled thereby
    ("调解纠纷3484件，调解成功3475件，调解成功率99.74%。", []),
    ("县政府每年增拨156万元，为学校配备保安130名。", []),  # what is added is no whole cost
    (
        "县政府每年拨付156万元，为学校配备保安130名。",
        [("cost per unit", 12000, 11961.5, 12038.5, "元/名")],
    ),
    ("为450户困难户发放补助31.5万元。", [("cost per unit", 700, 698.9, 701.1, "元/户")]),
    ("发放补助31.5万元，惠及450户。", [("cost per unit", 700, 698.9, 701.1, "元/户")]),
    ("发放补助31.5万元，惠及450户低保户、80户五保户。", []),  # they share it
]


@pytest.mark.parametrize(("text", "expected"), DERIVED)
def test_levels_remainders_and_costs_are_derived(text, expected):
    """The level before a change, what is left of a whole and money per head follow with their intervals."""
    assert derived(text) == expected


NOTHING = [
    "全县受理98件。",
    "来访820人次，较上年的976人次下降16%。",  # the earlier level is stated
    "受理信访约500件，同比下降20%。",  # a hedged figure
    "受理xx件，同比下降20%。",
    "受理500件，同比下降xx%。",
    "全县受理100件，同比下降100%。",  # nothing can be said of what was before
    "全县受理100件，同比下降近100%。",
    "全县受理5件，同比增加80件。",  # fewer than none
    "信访总量同比下降21.2%。",
    "受理xx件，办结36件，办结率83.7%。",
    "受理约43件，办结36件，办结率83.7%。",
    "发放补助31.5万元，走访450户。",  # not said to go to them
    "为450户困难户发放补助约31.5万元。",
    "为450户困难户发放补助xx万元。",
    "发放补助31.5万元，其中为450户发放米面。",
]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_derived_from_what_is_hedged_masked_or_stated(text):
    """Where a figure is missing, hedged, stated anyway or not tied to the other, nothing is derived."""
    assert derived(text) == []


def test_what_is_left_is_of_what_came_in():
    """A remainder is named after the count that it is left of: 已经解决 names nothing."""
    (row,) = implied(extract("全区发生上访案件176件，已经解决143件，解决率81.25%。")).to_dict(
        "records"
    )
    assert (row["what"], row["subject"]) == ("remainder", "全区发生上访案件")


SAID = [
    # the one whole number between 331.6 and 332.1
    ("来访220批，同比下降33.7%。", "220批 down 33.7%: before it 332"),
    ("全县来访954人次，同比下降21.2%。", "954人次 down 21.2%: before it 1210 to 1211"),
    # four digits do not tell the ends apart
    ("门急诊445.46万人次，同比增长8.83%。", "445.46万人次 up 8.83%: before it about 409.3万"),
    ("客运量290万吨，同比增长3.5%。", "290万吨 up 3.5%: before it 279.6万 to 280.8万"),
]


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_a_derived_level_is_written_as_a_person_counts(text, expected):
    """There are no parts of a person: of what is counted in whole numbers a level is one of them;
    ends that the digits do not tell apart are one figure.
    """
    assert implied(extract(text))["note"].tolist() == [expected]


def test_a_change_that_no_whole_number_gives_is_told():
    """When no whole number lies in the interval of the earlier level, the note says that the two do not fit."""
    impossible, possible = (
        implied(extract(f"全县受理信访{n}件，同比上升12.5%。")).loc[0, "note"] for n in (3, 9)
    )
    assert "no whole number lies there" in impossible
    assert "no whole number" not in possible


def test_a_derived_figure_leads_back_to_its_claims():
    """Place, subject, period and starts are those of the claims that it is derived from."""
    text = "甲山县信访局。2019年，甲山县接待来访954人次，同比下降21.2%。"
    claims = extract(text)
    (row,) = implied(claims).to_dict("records")
    source = claims[claims["text"] == "954人次"].iloc[0]
    assert [row[k] for k in ("place", "subject", "period")] == [
        source[k] for k in ("place", "subject", "period")
    ]
    assert (row["place"], row["period"]) == ("甲山县", "2019")
    assert row["starts"] == f"{text.index('954')};{text.index('21.2')}"


@pytest.mark.parametrize("text", ["全县来访954人次，同比下降21.2%。", "全县受理98件。", ""])
def test_table_has_the_described_columns(text):
    """The columns are those of the contract in their order and types, with rows and without."""
    types = {"str": "str", "int": "int64", "float": "float64"}
    found = [(name, dtype.name) for name, dtype in implied(extract(text)).dtypes.items()]
    assert found == [(f.name, types[f.dtype]) for f in IMPLIED]


def test_claims_from_a_file_imply_the_same():
    """A claims table that was written to CSV and read back gives the same derived figures."""
    claims = extract("".join(text for text, _ in DERIVED)).assign(doc="甲")
    back = pd.read_csv(io.StringIO(claims.to_csv(index=False)))
    assert len(implied(claims)) > 10
    pd.testing.assert_frame_equal(implied(back), implied(claims))


def test_a_missing_column_is_told():
    """Without the column place there is no telling whose figure it is."""
    with pytest.raises(KeyError, match="place"):
        implied(extract("全县受理98件。").drop(columns="place"))


def test_nothing_is_left_of_another_years_total():
    """What is left is of the total of now, even where the stated rate would fit last year's."""
    table = implied(extract("今年受理120件，去年受理100件，同比上升20%，办结90件，办结率90%。"))
    assert table.loc[table["what"] == "remainder", "note"].tolist() == [
        "120件 less 办结90件: 30 left"
    ]


UNDECIDED = [
    ("集体访26件、39批次、508人次，同比下降25%。", ("件", "批次", "人次")),
    ("来访220批617人次，批次和人次同比分别下降33.7%和21.6%。", None),  # each has its own
    ("来访4批98人次，人次下降5.8%。", None),  # its words say which
    ("来访39批次，同比下降25%。", None),
    ("来访212批次、820人次，同比（180批次）上升17.78%。", None),  # its base says which
]


@pytest.mark.parametrize(("text", "units"), UNDECIDED)
def test_a_change_behind_counts_of_several_kinds_is_of_none_of_them(text, units):
    """Where neither words nor a base say of which count a change is, the units of all are told."""
    assert list(undecided(extract(text)).values()) == [units] * (units is not None)
