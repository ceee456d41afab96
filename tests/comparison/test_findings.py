"""Findings say for people what was checked, what holds, and what a check could have shown."""

import json

import pandas as pd
import pytest

from qz_analysis import audit, coverage, extract, findings, last_digits, tables, tally
from qz_analysis.comparison.findings import as_json, as_text
from qz_analysis.comparison.wording import note
from qz_analysis.errors import QzError
from qz_analysis.model import Document

TEXT = "甲县受理事项2163宗，办结2028宗，办结率98.3%。发出问卷xx份，满意率98%。投诉xx件，办结xx件，办结率90%。"


def test_each_finding_leads_back_to_its_words():
    """A finding shows what was printed, the arithmetic and the offsets of all its figures, the result first."""
    row = findings(extract(TEXT)).iloc[0]
    assert (row["printed"], row["arithmetic"]) == ("98.3%", "2028/2163 = 93.76%, printed 98.3%")
    offsets = [int(s) for s in row["where"].partition(": ")[2].split(", ")]
    assert [
        TEXT[s:].startswith(t) for s, t in zip(offsets, ("98.3%", "2028", "2163"), strict=True)
    ] == [True] * 3


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("受理事项2163宗，办结2028宗，办结率93.8%。", "strong"),
        ("受理事项27宗，办结20宗，办结率74%。", "strong"),
        ("建成中心27家，其中政府办25家、社会办1家、医院办1家。", "fair"),
        (
            "承诺事项24600多件，已完成21100多件，践诺率85%以上。",
            "blind",
        ),  # nearly any lower bound would have passed
    ],
)
def test_strength_says_what_a_check_could_have_shown(text, strength):
    """The strength of a check follows from the chance that a random figure would have passed."""
    assert findings(extract(text)).loc[0, "strength"] == strength


def test_a_check_that_could_hardly_fail_is_neither_right_nor_wrong():
    """What nearly any figure would have passed is called blind in the table and in the text, not ok."""
    made = tables("承诺事项24600多件，已完成21100多件，践诺率85%以上。")
    assert findings(made.claims)["verdict"].tolist() == ["blind"]
    assert "无从判别" in as_text(made, "zh") and " 成立" not in as_text(made, "zh")


def test_a_printed_figure_stands_with_its_bound():
    """近10亿元 is not the same as 10亿元: the hedge stands in the figure and in its arithmetic."""
    row = findings(extract("提供创业贷款近10亿元，其中农行发放9亿元，邮储发放0.99亿元。")).iloc[0]
    assert row["printed"] == "近10亿元" and row["arithmetic"].endswith("printed 近10亿元")
    loose = findings(extract("承诺事项24600多件，已完成21100多件，践诺率85%以上。")).iloc[0]
    assert loose["arithmetic"] == "≥21100/≥24600 = 85.77%, printed 85%以上"


def test_a_sum_beyond_its_hedge_is_neither_right_nor_wrong():
    """近10亿元 is a little less than 10亿元: parts that make more may only be rounded."""
    text = "共提供创业贷款近10亿元，其中担保公司发放9.1亿元，农商行发放4159万元，邮政银行发放4875万元。"
    row = findings(extract(text)).iloc[0]
    assert row["verdict"] == "blind" and row["remark"].startswith("neither right nor wrong")
    assert row["arithmetic"].endswith("= 100034万, printed 近10亿元")
    assert note(row["remark"], "zh").endswith("计入舍入才在其内，无从判别")
    whole = tally(extract(text)).set_index("check").loc["in all"]
    assert (whole["held"], whole["loose"], whole["failed"]) == (0, 1, 0)


def test_what_is_still_to_come_is_named_in_a_sum():
    """Of parts, or of shares, that make their whole the planned ones are named."""
    table = findings(extract("全县排查隐患100件，其中已整改60件，其余40件今年全部整改。"))
    assert table["arithmetic"].tolist() == [
        "60 + 40 = 100, printed 100件, of it 40件 still to come"
    ]
    shares = findings(extract("机关工资已兑现60%，其余40%今年全部兑现。"))
    assert shares["arithmetic"].tolist() == [
        "60 + 40 = 100%, the shares of one whole, of it 40% still to come"
    ]
    assert shares["verdict"].tolist() == ["blind"]


def test_remarks_tell_mending_and_reasons():
    """A failed check carries the reading that would mend it, an unchecked figure the reason."""
    found = findings(extract(TEXT))
    assert found.loc[0, "remark"] == "would hold with 98.3% as 93.8% (two digits swapped)"
    assert set(found.loc[1:, "verdict"]) == {"unchecked"}
    assert found.loc[1:, "remark"].str.contains("not stated|masked").all()


def test_coverage_counts_legible_rates_only():
    """Coverage is the share of legible stated rates that could be recomputed, with its interval."""
    row = coverage(extract(TEXT)).iloc[0]
    assert row[["stated", "checked", "bad"]].tolist() == [3, 1, 1]
    assert row["ci_low"] < row["share"] < row["ci_high"]


def test_shares_that_make_a_hundred_count_as_checked():
    """Shares that were checked together are covered."""
    row = coverage(extract("费用由个人10%、财政25%、医保65%分担。")).iloc[0]
    assert row["checked"] == row["stated"] == 3


def test_last_digits_take_exact_counts_only():
    """Rounded, hedged and small figures do not enter the count of last digits."""
    digits = last_digits(
        extract("走访120户，慰问215人，接待1.2万人次，发放300多份，座谈8次，补助133元。")
    )
    assert digits.loc[digits["count"] > 0, "digit"].tolist() == [0, 5]
    assert digits.attrs["docs"] == ["text"]


def test_text_puts_what_fails_first():
    """The report for the terminal tells failures before what holds, and that arithmetic is not truth."""
    text = as_text(tables(TEXT + "乙村43宗，办结36宗，办结率83.7%。"))
    assert (
        text.index("does not hold (1)")
        < text.index("holds (1)")
        < text.index("could not be checked")
    )
    assert "may still be false" in text


def test_json_is_complete():
    """The JSON holds every finding and no NaN."""
    document = json.loads(as_json(tables(TEXT)), parse_constant=lambda name: pytest.fail(name))[
        "documents"
    ][0]
    assert document["bad"] == 1
    assert len(document["findings"]) == len(audit(extract(TEXT), unchecked=True))


def test_checks_and_reasons_make_up_what_is_stated():
    """Checks by kind and reasons by rate add up to the rates that coverage counts: a check of shares
    settles several, a total none.
    """
    claims = extract(
        TEXT + "费用由个人10%、财政25%、医保65%分担。建成中心27家，其中政府办26家、社会办1家。"
    )
    relations = audit(claims, unchecked=True)
    checks, reasons = tally(claims, relations), tally(claims, relations, of="reasons")
    covered = coverage(claims, relations)
    whole, open_ = checks.iloc[-1], reasons.iloc[-1]
    assert checks["check"].tolist() == ["rate", "sum", "in all"]
    assert whole["rates_settled"] == covered["checked"].sum() == 4
    assert whole["rates_settled"] + open_["legible_rates"] == covered["stated"].sum()
    assert whole["checks"] == (relations["verdict"] != "unchecked").sum()
    assert (whole["held"] + whole["loose"] + whole["failed"]) == whole["checks"]


def test_nothing_else_is_tallied():
    """Anything but checks and reasons is refused with what there is."""
    with pytest.raises(QzError, match="checks, reasons"):
        tally(extract(TEXT), of="rates")


def _visiting():
    """A city's report that tells of another city's district."""
    text = "常州市卫生工作调研报告\n常州市签约率81%，随访率70%。杭州江干区个人出10%、财政出25%、医保出65%。"
    return tables(text)


def test_a_row_of_another_place_says_whose_report_tells_it():
    """With the reports a finding of a place that is not the report's own names the report's."""
    made = _visiting()
    found = findings(made.claims, made.relations, made.reports)
    told = found.set_index("place")["told_by"]
    assert told["江干区"] == "常州市"
    assert findings(made.claims, made.relations).columns.isin(["told_by"]).sum() == 0


def test_coverage_is_of_the_place_that_the_report_is_about():
    """A row of coverage is a report: its place is the report's, not that of its first rate."""
    made = _visiting()
    claims = made.claims.iloc[::-1].reset_index(drop=True)
    covered = coverage(claims, audit(claims), made.reports)
    assert covered["place"].tolist() == ["常州市"]


def test_copies_have_no_last_digits_of_their_own():
    """The figures of a copy are the same figures once more and are not counted again."""
    pages = [Document(doc, "走访120户，慰问215人，接待133批。") for doc in ("a", "b")]
    claims = extract(pages)
    reports = pd.DataFrame({"doc": ["a", "b"], "report": [0, 0], "same_as": ["", "a:0"]})
    assert last_digits(claims)["count"].sum() == 6
    digits = last_digits(claims, reports)
    assert digits["count"].sum() == len(digits.attrs["where"]) == 3


def test_a_total_that_is_printed_twice_is_checked_once():
    """A share of a total that the page prints twice is one finding, not two."""
    text = "全年受理诉求9230件。按类型，投诉类4733件，占51.28%。按渠道，受理的9230件中网上15件。"
    made = tables(text)
    shown = findings(made.claims, made.relations)
    assert not shown.duplicated(["check", "printed", "arithmetic"]).any()
