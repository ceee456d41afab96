"""A comparison says what is unlike in it, and a strict one refuses by name."""

import pytest

from qz_analysis import QzError, compare, extract, refusals
from qz_analysis.comparison.caveats import identity
from qz_analysis.comparison.wording import place_words
from qz_analysis.vocabularies.session import load

A = "2011年，平山县受理来访200批次。"


def panel(tmp_path, *texts, indicator="batches", **options):
    for i, text in enumerate(texts):
        (tmp_path / f"{i}.txt").write_text(text, encoding="utf-8")
    return compare(extract(tmp_path), indicator=indicator, **options)


MIXES = [
    ("2012年，安乐县受理来访100批次。", "different periods"),
    ("2009年以来，安乐县受理来访100批次。", "cumulative against annual"),
    ("2011年一季度，安乐县受理来访100批次。", "part of a year against a year"),
    ("2011年，安乐镇受理来访100批次。", "levels differ"),
    ("2011年，安乐县集体访100批次。", "different subjects"),
    ("2011年，安乐县受理来访近100批次。", "hedged"),
    ("2011年，安乐县受理来访xx批次。", "masked figure"),
    ("2011年，**县受理来访100批次。", "masked place"),
    ("20xx年，安乐县受理来访100批次。", "masked year"),
    ("安乐县受理来访100批次。", "no period"),
]


@pytest.mark.parametrize(("other", "name"), MIXES)
def test_what_is_unlike_is_named_and_refused(tmp_path, other, name):
    """A second report that means another thing gives its caveat to the panel, and strict refuses with it."""
    assert (
        panel(tmp_path, A, other)["caveats"].str.split("; ").map(lambda names: name in names).any()
    )
    with pytest.raises(QzError, match=f"batches: .*{name}"):
        panel(tmp_path, A, other, strict=True)


def test_like_figures_pass(tmp_path):
    """Two counties that count one thing in one year are compared, strictly and without a caveat."""
    table = panel(tmp_path, A, "2011年，安乐县受理来访100批次。", strict=True)
    assert table["value"].tolist() == [200, 100]
    assert table["caveats"].eq("").all()


@pytest.mark.parametrize("period", ["2011年一季度", "2009年以来"])
def test_quarters_among_quarters_pass(tmp_path, period):
    """Part of a year is a caveat beside years, not beside the same part; likewise what is cumulative."""
    assert (
        len(
            panel(
                tmp_path,
                *(f"{period}，{c}县受理来访100批次。" for c in ("平山", "安乐")),
                strict=True,
            )
        )
        == 2
    )


def test_other_matters_stages_and_measures_are_told():
    """Rows on several families, stages or measures say so; alone they do not."""
    text = "2011年，平山县受理事项40宗，办结30宗；调解纠纷50件，调解成功40件。"
    first = compare(extract(text), indicator="received").iloc[0]["caveats"].split("; ")
    assert {"different families", "different measures"} <= set(first)
    alone = compare(extract("2011年，平山县受理事项40宗，办结30宗。"), indicator="received")
    assert alone["caveats"].tolist() == [""]


def test_parts_beside_wholes_are_told():
    """其中 opens a part, which is not set beside the whole in silence."""
    text = "2011年，全县刑事案件立案1516宗，其中盗窃案件立案985宗。"
    assert (
        compare(extract(text), indicator="received")["caveats"]
        .str.contains("part against whole")
        .all()
    )


def test_a_rate_is_of_its_denominator():
    """其中 before what was resolved makes no part of the rate: the whole stands below the line."""
    text = "2011年，受理事项467宗，其中办结328宗；受理事项40宗，办结30宗。"
    panel = compare(extract(text), indicator="rates")
    assert panel["value"].round(1).tolist() == [70.2, 75.0]
    assert not panel["caveats"].str.contains("part against whole").any()


@pytest.mark.parametrize(
    ("by", "name"), [("period", "different periods"), ("level", "levels differ")]
)
def test_what_was_asked_for_is_no_caveat(tmp_path, by, name):
    """Lined up by period the periods may differ, by level the levels; that is what the reader asked to see."""
    texts = A, "2012年，安乐镇受理来访100批次。"
    assert panel(tmp_path, *texts)["caveats"].str.contains(name).all()
    assert not panel(tmp_path, *texts, by=by)["caveats"].str.contains(name).any()


def test_a_place_that_states_nothing_is_refused(tmp_path):
    """Strict names the place that was asked for and states nothing."""
    with pytest.raises(QzError, match=r"nothing stated .丙县"):
        panel(tmp_path, A, places=["平山县", "丙县"], strict=True)


def test_every_caveat_is_worded():
    """Each caveat has both languages and says whether strict refuses it."""
    for name, caveat in load("caveats").items():
        assert caveat["en"], name
        assert caveat["zh"], name
        assert caveat["strict"] in {"refuse", "show"}


def test_refusals_are_a_row_each(tmp_path):
    """What strict would refuse stands in a table, a reason a row with its places."""
    table = refusals(panel(tmp_path, A, "2012年，**县受理来访100批次。"))
    assert table["caveat"].tolist() == ["masked place", "different periods"]
    assert table["places"].tolist() == ["**县", "平山县;**县"]
    assert refusals(panel(tmp_path, A, "2011年，安乐县受理来访100批次。")).empty


def test_a_zone_is_that_of_its_report():
    """Every city may have a zone of the same kind: two reports that speak of one do not mean the same."""
    rows = [{"doc": doc, "report": 0, "place": "高新区"} for doc in ("a", "b")]
    assert identity(rows[0]) != identity(rows[1])
    assert place_words("高新区", "zh", prose=True) == "高新区"
