"""Which claims a named indicator takes, and which it just misses."""

import pytest

import qz_analysis as qz
from qz_analysis.vocabularies.session import held, put


@pytest.mark.parametrize(
    ("name", "text", "verdict", "against"),
    [
        ("调解成功率", "全县调解成功率达到98%。", "taken", ""),
        ("调解成功率", "调解成功率为零的村有9个。", "unit", "个"),
        ("gdp", "全县生产总值增长的贡献来自工业的9亿元。", "words between", "贡献来自工业的"),
        ("来访批次", "接待集体来访9批次。", "word", "集体"),
        ("urbanisation_rate", "城镇化率提高9%。", "kind", "change"),
    ],
)
def test_what_stood_against_a_figure(name, text, verdict, against):
    """Each figure near a name is taken, or the word, unit or kind that kept it out is told."""
    found = qz.indicator(name).matches(qz.extract(text))
    assert found[["verdict", "against"]].values.tolist() == [[verdict, against]]


def test_growth_is_no_miss_of_its_level():
    """增长6% is the growth of GDP and not a GDP just missed; figures far from the name are no miss."""
    claims = qz.extract("全县生产总值95亿元，增长6%，接待来访9批次。")
    assert qz.indicator("gdp").matches(claims)["text"].tolist() == ["95亿元"]
    assert qz.indicator("gdp_growth").matches(claims)["text"].tolist() == ["6%"]


def test_an_indicator_of_the_users_own(tmp_path):
    """A vocabulary file defines an indicator, and its matches are seen at once."""
    own = tmp_path / "own.toml"
    own.write_text(
        '[named.grid_staff]\nen = "Grid workers"\nzh = "网格员"\nwords = ["网格员"]\n'
        'units = ["名", "人"]\nkinds = ["count"]\n',
        encoding="utf-8",
    )
    before = held()
    try:
        qz.vocabulary(own)
        claims = qz.extract("全县共有网格员1200名。网格员补助9万元。")
        found = qz.indicator("网格员").matches(claims)
    finally:
        put(before)
    assert found[["text", "verdict", "against"]].values.tolist() == [
        ["1200名", "taken", ""],
        ["9万元", "unit", "元"],
    ]


def test_what_cannot_be_asked():
    """An unknown name, and a table without indicators, are errors that say what to do."""
    with pytest.raises(qz.QzError, match="did you mean"):
        qz.indicator("gdb")
    with pytest.raises(qz.QzError, match="extract anew"):
        qz.indicator("gdp").matches(qz.extract("受理9件。").drop(columns="indicator"))
