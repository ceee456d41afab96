"""Other bases and longer lists are tried before figures are called wrong."""

import pytest

import qz_analysis as qz
from qz_analysis.arithmetic.audit import find_relations
from qz_analysis.model import by_report

# a rate that does not fit the count before it, and the base that it is of
BASES = [
    ("收案500件，旧存50件，结案480件，结案率87.3%。", "480/(500 + 50) = 87.27%"),
    ("遗留案件50件，新收500件，办结480件，办结率87.3%。", "480/(500 + 50) = 87.27%"),
    ("上年旧存50件。今年收案500件，结案480件，结案率87.3%。", "480/(500 + 50) = 87.27%"),
    ("旧存120件，新收880件，审结900件，结案率90%。", "900/(880 + 120) = 90.00%"),
    ("积案100件，新增10件，化解90件，化解率81.8%。", "90/(100 + 10) = 81.82%"),
    ("热线受理诉求1200件，退单100件，办结1000件，办结率90.9%。", "1000/(1200 − 100) = 90.91%"),
    ("回访500件，满意470件，不满意10件，满意率97.9%。", "470/(470 + 10) = 97.92%"),
    ("投票300人，同意270人，弃权10人，同意率93.1%。", "270/(300 − 10) = 93.10%"),
    ("抽检500批次，合格450批次，未检30批次，合格率95.7%。", "450/(500 − 30) = 95.74%"),
    ("安排资金500万元，调减50万元，支出405万元，支出率90%。", "405万/(500万 − 500000) = 90.00%"),
    ("问题500个，整改390个，整改率97.5%，其余100个为长期坚持类。", "390/(500 − 100) = 97.50%"),
    ("毕业生500人，参训100人，就业375人，就业率95%。", "(375 + 100)/500 = 95.00%"),
]
# a list that goes on behind what is done and what is in progress
LISTS = [
    *(
        (f"信访案件500件，其中已办结300件，正在办理150件，{last}50件。", "300 + 150 + 50 = 500")
        for last in ("不予受理", "转送", "退回", "中止")
    ),
    ("信访案件500件，其中已办结300件，未办结150件，撤诉50件。", "300 + 150 + 50 = 500"),
    ("提案50件，其中已解决40件，占80%，正在解决8件，占16%，其他2件，占4%。", "40 + 8 + 2 = 50"),
    ("调解纠纷500件，调解成功450件，调解不成功20件，正在调解30件。", "450 + 20 + 30 = 500"),
]
# several readings, of which none holds, or that hold for any figures
OPEN = [
    "信访案件500件，其中已办结300件，正在办理150件，不予受理60件。",
    "新收500件，旧存50件，已结480件，未结70件。",
    "收案500件，旧存50件，结案480件，结案率78.3%。",
    "受理诉求500件，办结480件，退单10单，办结率98%。",
    "受理300件，办结285件，正在办理15件，办结率100%。",
]
# other counts that leave no other reading
PLAIN = [
    "受理100件，办结95件，同比减少10件，办结率98.3%。",
    "受理156件，其中来信48件、来访62件、其他44件，累计接待20件。",
]


@pytest.mark.parametrize(("text", "note"), [*BASES, *LISTS])
def test_a_reading_that_holds_is_the_relation(text, note):
    """The relation says of which base or list it is, once, and nothing in its sentence is bad."""
    table = qz.audit(qz.extract(text))
    assert "bad" not in table["verdict"].tolist()
    assert [said.partition(",")[0] for said in table["note"]].count(note) == 1


@pytest.mark.parametrize("text", OPEN)
def test_several_readings_accuse_nothing(text):
    """Where words leave several readings and none holds, the question is unchecked."""
    assert "bad" not in qz.audit(qz.extract(text))["verdict"].tolist()


@pytest.mark.parametrize("text", PLAIN)
def test_what_takes_no_part_is_no_reading(text):
    """A change against last year, or a count behind a closed list, saves no figure."""
    assert "bad" in qz.audit(qz.extract(text))["verdict"].tolist()


def test_a_relation_names_every_figure_of_its_base():
    """The starts of a rate are the rate, what stands above, and all that makes up the base."""
    claims = qz.extract("收案500件，旧存50件，结案480件，结案率87.3%。")
    (one,) = (r for mine in by_report(claims).values() for r in find_relations(mine))
    assert [claim.text for claim in one.claims] == ["87.3%", "480件", "500件", "50件"]
