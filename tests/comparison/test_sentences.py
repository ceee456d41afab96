"""A claim is shown in the sentence that it stands in, in the page's own words, with names masked."""

import re

import pytest

from qz_analysis import corpus, extract
from qz_analysis.comparison.sentences import Marked, clauses, marked, unbroken, whole
from qz_analysis.readers.read import read

TEXT = "甲县受理事项43宗，办结36宗，办结率83.7%。乙县接待群众来访12批次。"


@pytest.fixture(scope="module")
def claims(corpus_tables):
    return corpus_tables.claims


def test_every_claim_is_marked_in_its_sentence(claims):
    """The figure in the middle is the claim's text, and the sentence holds the words that the claim is between."""
    for row, found in zip(claims.itertuples(), marked(claims, range(len(claims))), strict=True):
        assert found.figure == row.text
        assert len("".join(found)) >= len(row.text)


def test_claims_of_one_sentence_show_the_same_sentence():
    """Put together, the pieces are the same words for each figure of the sentence, whichever is marked."""
    first, second, third, other = ("".join(found) for found in marked(extract(TEXT), range(4)))
    assert first == second == third == "甲县受理事项43宗,办结36宗,办结率83.7%。"
    assert other == "乙县接待群众来访12批次。"


def test_dots_stand_where_claims_were_taken_out():
    """A filtered table shows where it lacks words, and never joins what did not stand together."""
    claims = extract(TEXT).drop(index=1)
    assert marked(claims, [0])[0] == Marked("甲县受理事项", "43宗", ",办结 … ,办结率83.7%。")


def test_sentences_are_the_pages_own_words(claims):
    """What stands round a figure stands in the raw text too, white space and punctuation aside."""
    raw = {path.stem: "".join(c for c in read(path).text if c.isalnum()) for path in corpus()}
    for at in range(0, len(claims), 7):
        found = marked(claims, [at])[0]
        words = re.search("[\u4e00-\u9fff]*$", found.before)
        assert words is not None and words[0] in raw[claims["doc"].iloc[at]]


def test_names_are_masked_and_places_stay():
    """A person's name gives way to stars, the figure stays where it was."""
    found = marked(extract("村民张小明反映问题后，甲县为12户村民解决用水。"), [0])[0]
    assert "张小明" not in "".join(found) and found.figure == "12户"


def test_characters_that_act_are_dropped():
    """A page cannot turn the direction of writing in a widget."""
    claims = extract("甲县受理事项43宗。").assign(before="甲县\u202e受理")
    assert "\u202e" not in "".join(marked(claims, [0])[0])


@pytest.mark.parametrize(
    ("most", "expected"),
    [(4, "…受理事项43宗,办结3…"), (99, "甲县受理事项43宗,办结36宗,办结率83.7%。")],
)
def test_a_long_sentence_can_be_cut(most, expected):
    """On either side so many characters are kept, and dots tell of the rest."""
    assert "".join(marked(extract(TEXT), [0])[0].within(most)) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # the words on either side of a figure stay in their order
        ("矿业整顿后，10日内共兑现工资2700余万元，群众满意。", ["10日内共兑现工资2700余万元"]),
        ("甲县受理事项43宗，办结36宗。", ["甲县受理事项43宗", "办结36宗"]),
        # what a change is of stands in the clause before
        ("景区门票收入2368万元，同比增长7%。", ["景区门票收入2368万元，同比增长7%"]),
        ("来访220批，来访批次下降33.7%。", ["来访220批", "来访批次下降33.7%"]),
        # a bracket whose other half is in another clause is none
        ("集中评议申请12件（召开大会3次，到会群众90人）。", ["集中评议申请12件，召开大会3次", "到会群众90人"]),
        ("发放问卷2,163份，回收900份。", ["发放问卷2,163份", "回收900份"]),
        # a clause that only says that something was reached, fell or is a share says not of what
        (
            "全县适时提高了低保补助标准，提高幅度达30%和20%。",
            ["全县适时提高了低保补助标准，提高幅度达30%和20%"],
        ),
        (
            "城镇居民人均消费支出为5793元，其中医疗保健支出降得最多，降幅达33.5%。",
            ["城镇居民人均消费支出为5793元", "其中医疗保健支出降得最多，降幅达33.5%"],
        ),
        ("餐饮住宿业告别了快速增长，1-6月份增长9.9%。", ["餐饮住宿业告别了快速增长，1-6月份增长9.9%"]),
        ("投入开发的房地产企业有所增加，达到12家。", ["投入开发的房地产企业有所增加，达到12家"]),
        ("服务业总值22亿元，占全县GDP的比重为52%。", ["服务业总值22亿元，占全县GDP的比重为52%"]),
        ("签约率在重点人群中为81.04%，在居民中为28.55%。", ["签约率在重点人群中为81.04%，在居民中为28.55%"]),
        ("每名居民每年收120元，个人出10%、财政出25%。", ["每名居民每年收120元，个人出10%、财政出25%"]),
        ("社区机构的全科医生共458名，其中合格的232名。", ["社区机构的全科医生共458名，其中合格的232名"]),
        ("受理事项43宗，办结36宗，办结率为83.7%。", ["受理事项43宗", "办结36宗", "办结率为83.7%"]),
    ],
)  # fmt: skip
def test_a_clause_is_the_words_of_its_figures(text, told):
    """A clause holds its figures in the words of the report, without the rest of the sentence."""
    claims = extract(text)
    found = [
        "".join(piece for piece, _ in one.pieces) for one in clauses(claims, range(len(claims)))
    ]
    assert found == told


QUOTED = [
    ("开展为期1个月的“深入沉下去、融洽干群情，做深做细”活动，2112名干部参加。", "开展为期1个月的“深入沉下去、融洽干群情,做深做细”活动"),
    ("印发《甲、乙，丙办法》5万份，书写标语300幅。", "印发《甲、乙,丙办法》5万份"),
    # what is never closed is no quotation
    ("开展“大走访，走访3个村，收集意见20条。", "走访3个村"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "clause"), QUOTED)
def test_a_clause_does_not_end_within_a_quotation(text, clause):
    """What stands between quotation marks is one name, whatever stands in it."""
    claims = extract(text)
    assert clause in [one.words for one in clauses(claims, range(len(claims)))]


ROWS = [
    ("| 乡镇 | 受理（件） |\n| 东山镇 | 120 |", True),
    ("乡镇\t受理\t办结率（%）\n东山镇\t120件\t91.7", True),
    # the units stand in the cells: the words between them are more than the page has there
    ("| 乡镇 | 受理群众来信 | 办结群众来信 |\n| 东山镇 | 120件 | 110件 |", True),
    ("东山镇受理120件，办结110件，办结率91.7%。", False),
    ("受理____件，补助⒈5万元，建成100㎡，占２０％。", False),
    ("來訪(fǎng)43批次,辦結(jié)36件。", False),
]


@pytest.mark.parametrize(("text", "of_table"), ROWS)
def test_a_row_of_a_table_is_told_from_a_sentence(text, of_table):
    """A row that was put together from heads and cells is known as one; what a page writes out is not, whatever
    cleaning did to it.
    """
    claims = extract(text)
    assert {one.of_table for one in whole(claims, range(len(claims)))} == {of_table}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("全县设站4个，改造危房9户、土坯房", "全县设站4个，改造危房9户……"),
        ("全县设站4个，群众满意", "全县设站4个……"),
        ("全县设站4个，群众满意。", "全县设站4个，群众满意。"),
        ("全县设站4个", "全县设站4个"),
    ],
)
def test_a_sentence_that_its_page_breaks_off_ends_at_a_mark(text, told):
    """What stands behind the last mark of a broken sentence is left out, and the sign says so."""
    claims = extract(text)
    [one] = whole(claims, range(len(claims)))
    assert unbroken(one).words.replace(",", "，") == told


@pytest.mark.parametrize("mark", ["(2)", "（2）", "3.", "3、", "②"])
def test_the_number_of_an_item_is_no_word_of_its_clause(mark):
    claims = extract(f"唐县情况\n一、办理\n{mark}市级事项836项进驻大厅。")
    assert [one.words for one in clauses(claims, range(len(claims)))] == ["市级事项836项进驻大厅"]
