"""What holds for any text: dirt changes no figure, offsets lead back, nothing is invented."""

import re
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from qz_analysis import extract
from qz_analysis.extraction.clean import clean

SENTENCES = [
    "全县共接待来访群众193批次389人次。",
    "受理各类事项2163宗，办结2028宗，办结率93.8%。",
    "发放补贴资金8872.7万元，惠及群众三百余户。",
    "信访总量同比下降21.2%，回访满意率达98.6%以上。",
    "组建10-20人的专业队伍，共有队员213人。",
]
# what the web leaves between two characters of a page; none of it says anything
DIRT = ["\u200b", "\u00ad", "\ufeff", "\u2066", "\ufe0f", "(wù)", "<b>", "</span>"]
INSIDE = [d for d in DIRT if d[0] not in "(<"]  # between two digits a tag may part two numbers
ALPHABET = "0123456789一二三十百千万亿两几数半零多余近约以上左右至到-~.,，。；：（）x*?%件人次批户个元年月分之成倍番下降上升办结率受理2011 \n“”"


def figures(claims):
    """Value, ends and unit of every claim, in order."""
    rows = claims[["value", "low", "high", "unit", "status"]]
    return rows.astype(object).where(rows.notna(), None).values.tolist()


whole = cache(extract)


@given(st.sampled_from(SENTENCES), st.data())
def test_dirt_changes_no_figure_and_moves_no_claim(sentence, data):
    """Dirt between any characters leaves every figure as it was, and raw[start:end] cleans to the same expression."""
    places = data.draw(st.lists(st.integers(1, len(sentence) - 1), max_size=6, unique=True))
    raw = sentence
    for at in sorted(places, reverse=True):
        before, after = sentence[at - 1 : at + 1]
        within = before in "0123456789." and after in "0123456789."
        pieces = [
            d for d in DIRT if d != "(wù)" or "\u4e00" <= before <= "\u9fff"
        ]  # a reading follows a character
        raw = raw[:at] + data.draw(st.sampled_from(INSIDE if within else pieces)) + raw[at:]
    claims = extract(raw)
    assert figures(claims) == figures(whole(sentence))
    for claim in claims.itertuples():
        assert clean(raw[claim.start : claim.end]).text == claim.text


@given(st.text(ALPHABET, max_size=80))
def test_any_text_gives_claims_that_stand_in_it(raw):
    """No text makes the extractor fail; every claim lies inside the text, in order, with a value or a reason for none."""
    claims = extract(raw)
    assert (claims["start"].diff().dropna() >= 0).all()
    for claim in claims.itertuples():
        assert 0 <= claim.start <= claim.end <= len(raw)
        numbered = claim.value == claim.value or claim.low == claim.low
        assert numbered == (claim.status == "ok")
        assert numbered or claim.note


@given(st.sampled_from(SENTENCES), st.sampled_from(["x", "*"]))
def test_masked_sentence_states_no_number(sentence, mask):
    """When every digit is masked, every claim is redacted: nothing is invented."""
    raw = re.sub(r"\d+(?:\.\d+)?(?:-\d+)?", mask * 2, sentence).replace("三百余", f"{mask}{mask}余")
    claims = extract(raw)
    assert (claims["status"] == "redacted").all()
    assert claims[["value", "low", "high"]].isna().all(axis=None)


@given(st.integers(0, 10**9), st.sampled_from(["件", "批次", "人次", "元", "户"]))
def test_printed_whole_number_is_read_as_it_is(number, unit):
    """Any whole number before a measure word is read exactly, with and without thousands commas."""
    for printed in (str(number), f"{number:,}"):
        (claim,) = extract(f"全县共有{printed}{unit}。").to_dict("records")
        assert (claim["value"], claim["unit"]) == (number, unit)
