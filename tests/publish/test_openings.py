"""What pages begin with: findings that follow the data, in words of either language."""

import re

import pandas as pd
import pytest
from told import RATES, opened, panel

import qz_analysis as qz
from qz_analysis.comparison.printed import printed_in
from qz_analysis.errors import QzError
from qz_analysis.publish.links import pieces, unmarked
from qz_analysis.publish.openings import _KINDS, opening
from qz_analysis.vocabularies.session import load

NONE = qz.tables("甲山县。")


@pytest.mark.parametrize(
    ("kind", "tables", "title"),
    [
        ("stock", lambda made: (made.claims, made.reports), "1份报告都列有数字"),
        ("written", lambda made: (made.claims,), "写得最多的是事项，6个数字中的3个"),
        ("intervals", lambda made: (qz.compare(made, indicator="rates"),), "列有件数的比率，至少由43件得出"),
        ("against", lambda made: (qz.compare(made, indicator="rates"),), "2个数字不能直接比较，首先因为未写明年份（2个）"),
        ("strength", lambda made: (qz.findings(made.claims),), "2项核对都有可能不成立"),
        ("heaping", lambda made: (qz.last_digits(made.claims),), "末位数字：以0结尾的占100%，以5结尾的占0%；若全凭偶然，各约10%"),
        ("implied", lambda made: (qz.implied(made.claims),), "还可以推出：甲山县“受理事项”，43宗减去办结36宗，余7；共1个未办结数"),
        ("copies", lambda made: (made.reports,), "1份报告互不抄录"),
    ],
)  # fmt: skip
def test_sections_are_headed_by_what_was_found(kind, tables, title):
    """Each rule makes a title of its table that says what there is, not what the table is about."""
    found = opening(kind, *tables(qz.tables(RATES)), lang="zh")
    assert found.title == title and unmarked(found.sentence)


def test_programmes_reasons_and_refusals_are_counted():
    """The programme with most figures, the reason that most unchecked figures have, and how many indicators are refused."""
    table = pd.DataFrame({"term": ["四访", "大接访"], "programme": ["a", "b"], "where": ["a: 1, 2", "a: 7"]})  # fmt: skip
    assert opened("programmes", table)[0] == "2项工作列有数字，最多的是四访（2个）"
    reasons = pd.DataFrame({"reason": ["no base is stated", "x", "in all"], "legible_rates": [3, 1, 4], "masked_rates": [0, 2, 2], "other_figures": [0, 0, 0]})  # fmt: skip
    assert list(opened("unchecked", reasons)) == [
        "4个比率与变化无从核对，多因未找到所比的基数",
        "4个可读的比率与变化无从核对，最多的（3个）是因为未找到所比的基数；此外还有被隐去的比率与变化2个。",
    ]
    asked = pd.DataFrame({"indicator": ["visits", "rates"], "strict": ["no", ""]})
    assert opened("strict", asked)[0] == "严格比较拒绝了2项指标中的1项"
    assert opened("strict", asked.head(1))[0] == "群众来访，从严都不能作地区之间的比较"


def test_every_figure_leads_to_its_claim():
    """Figures of a sentence carry document and start; a title, which heads a section, carries none."""
    made = qz.tables(qz.corpus()[:3])
    starts = set(zip(made.claims["doc"], made.claims["start"], strict=True))
    for kind, indicator in (("changes", "changes"), ("rates", "rates"), ("visits", "visits")):
        table = qz.compare(made.claims, made.relations, indicator=indicator)
        for lang in ("en", "zh"):
            found = opening(kind, table, lang=lang)
            places = [place for _, place in pieces(found.sentence) if place]
            assert places and starts.issuperset(places)
            assert "[" not in found.title


EMPTY = {
    "stock": (NONE.claims, NONE.reports),
    "written": (NONE.claims,),
    "intervals": (panel("甲山县。", "rates"),),
    "standards": (qz.money(qz.extract("甲山县。")),),
    "programmes": (pd.DataFrame(columns=["programme", "term", "where"]),),
    "against": (panel("甲山县。", "rates"),),
    "strict": (pd.DataFrame({"strict": []}, dtype=str),),
    "annex": (pd.DataFrame(columns=["term"]), pd.DataFrame(columns=["term"])),
    "shares": (panel("甲山县。", "staff_per_town"),),
    "strength": (qz.findings(qz.extract("甲山县。")),),
    "unchecked": (qz.tally(qz.extract("甲山县。"), of="reasons"),),
    "left": (qz.implied(qz.extract("甲山县。")),),
    "heaping": (qz.last_digits(qz.extract("甲山县。")),),
    "implied": (qz.implied(qz.extract("甲山县。")),),
    "copies": (NONE.reports,),
    "masked": (qz.tables("甲山县。").claims, qz.tables("甲山县。").reports),
    "visits": (panel("甲山县。", "visits"),),
    "changes": (panel("甲山县。", "changes"),),
    "rates": (panel("甲山县。", "rates"),),
    "funds": (qz.money(qz.extract("甲山县。")),),
    "compared": (panel("甲山县。", "rates"),),
    "audit": (qz.findings(qz.extract("甲山县。")),),
    "checked": (qz.coverage(qz.extract("甲山县。")),),
    "mechanisms": (qz.mechanism_evidence(qz.mechanisms("甲山县。")), NONE.reports),
    "ledger": (qz.ledger(qz.extract("甲山县。")),),
}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("kind", sorted(_KINDS))
def test_without_data_a_page_says_that_there_are_none(kind, lang):
    """No rule breaks on empty tables, and none leaves a filler or an empty sentence."""
    for text in opened(kind, *EMPTY[kind], lang=lang):
        assert text and not re.search(r"[{}]|nan", text)


def test_an_unknown_kind_is_refused():
    """The error names the kinds that there are."""
    with pytest.raises(QzError, match="no opening 'x'; there are: stock, written"):
        opening("x", pd.DataFrame())


def test_both_languages_fill_the_same_words():
    """A sentence in Chinese uses no filler that its English lacks, unless the English tells it within another."""
    for key, entry in load("profile")["openings"].items():
        fillers = {lang: set(re.findall(r"{(\w+)}", entry[lang])) for lang in ("en", "zh")}
        within = {"of", "about", "changes"} if {"counted", "counts"} & fillers["en"] else set()
        within |= {"n"} if key.endswith("_all") or key == "places_several" else set()
        within |= {"unit"}  # English has no measure words
        assert fillers["zh"] - within <= fillers["en"], key


@pytest.mark.parametrize(
    ("printed", "en"),
    [
        ("156万元", "1.56m yuan"),
        ("800多万元", "over 8m yuan"),
        ("近10亿元", "nearly 1bn yuan"),
        ("50余份", "over 50"),
        ("85%以上", "≥85%"),
        ("10元/次", "10 yuan per visit"),
        ("xx万元", "xx万元"),
    ],
)
def test_a_printed_figure_is_told_in_english(printed, en):
    """Who reads no Chinese has the figure before the words that hold it; a mask stays one."""
    assert printed_in(printed, "en") == en
    assert printed_in(printed, "zh") == printed
