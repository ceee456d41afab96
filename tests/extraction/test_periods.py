"""Which period holds at a place is found without going through all words of time before it."""

import pytest
from timing import growth, steps

from qz_analysis import extract
from qz_analysis.extraction.periods import Periods, Reading, periods_of, year_of
from qz_analysis.model import Report


def _read(text: str) -> Periods:
    return periods_of(Reading(text, Report(0, len(text), "", "", ""), "2012", True, ""))


def test_words_of_time_whose_sentence_is_over_are_passed_over_at_once():
    """The year before a thousand single days holds behind them."""

    def work(size: int) -> int:
        text = "2011年受理4件。" + "2012年5月6日受理4件。" * size
        periods = _read(text + "受理4件。")
        assert periods.at(len(text) + 2) == "2011"
        return steps(lambda: [periods.at(at) for at in range(10, len(text), 14)])

    assert work(400) < 2.2 * work(200)


def test_the_words_of_a_long_sentence_end_where_it_does():
    """A day holds to the end of its sentence, which is looked for once for all of its days."""

    def work(size: int) -> Periods:
        return _read("2012年1月5日受理4件," * size)

    assert growth(work, 1500, 12_000, rounds=2) < 24


def test_spans_without_a_year_are_held_against_the_words_near_them():
    """推行服务以来 begins with the report's own span unless a word of time stands beside it."""

    def work(size: int) -> int:
        text = "2010年以来受理4件。" + "上半年受理4件。推行服务以来受理4件。" * size
        return steps(lambda: _read(text))

    assert work(400) < 2.2 * work(200)


def test_the_year_most_spoken_of_is_counted_once():
    """Of the years named most often the first is the report's."""

    def year(size: int) -> tuple[str, bool]:
        text = (
            "".join(f"{1900 + k % 130}年受理4件。" for k in range(size))
            + "2011年。2010年。2011年。2010年。"
        )
        return year_of(text, Report(0, len(text), "", "", ""))

    assert year(0) == ("2011", False)
    assert growth(year, 3000, 24_000, rounds=2) < 24


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("甲县2022年度信访工作总结", "2022"),
        ("甲县2019年上半年信访工作情况汇报", "2019-H1"),
        ("关于2021年1-9月调解工作的通报", "2021-01..2021-09"),
        # a plan, an article, a masked year and a title without a year date nothing
        ("甲县2022年信访工作要点", ""),
        ("走进2022年的甲县", ""),
        ("甲县20xx年信访工作总结", ""),
        ("甲县信访工作总结", ""),
    ],
)
def test_the_title_of_an_account_dates_what_no_word_dates(title, period):
    """Paragraphs without a time of their own are of the time in the title of an account."""
    claims = extract(f"{title}\n认真开展各项工作。\n一、畅通渠道。接待群众来访43批次。")
    assert claims["period"].tolist() == [period]
    assert claims["period_from"].tolist() == ["report" if period else ""]


def test_an_accounts_own_time_is_not_that_of_its_goals_nor_of_what_is_undated():
    """Goals at the end of an account are of no year that its title names."""
    text = "甲县2022年信访工作总结\n一、成效\n办结9件。\n二、下一步工作打算\n力争办结12件。\n多年来共化解300件。"
    assert extract(text)["period"].tolist() == ["2022", "", ""]
