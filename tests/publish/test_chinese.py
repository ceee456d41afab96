"""What is told in Chinese."""

import pytest
from told import facts_of

from qz_analysis.publish.chinese import line_name
from qz_analysis.publish.choice import own_lines

OWN_WORDS = [
    ("甲山县处理群众来信来访234件次。", "“处理群众来信来访”"),
    ("甲山县全县共排查化解矛盾纠纷600余起。", "“排查化解矛盾纠纷”"),
    ("甲山县受理群众来信来访234件次。", "受理信访件"),  # the same deed
    ("甲山县排查矛盾纠纷600余起。", "排查纠纷"),
    ("甲山县接待群众来访193批。", "来访批次"),  # the indicator names no deed
]


@pytest.mark.parametrize(("text", "name"), OWN_WORDS)
def test_a_figure_is_called_by_its_report_where_this_tells_another_deed(text, name):
    """Who deals with petitions need not have received them: where the deed is another, the report's own words stand."""
    one = facts_of(text)
    assert [line_name(one, line) for line in own_lines(one)][:1] == [name]
