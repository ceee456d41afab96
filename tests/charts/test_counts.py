"""Two counts are told by the words of their report."""

import pytest
from invented import panel

import qz_analysis as qz
from qz_analysis import charts
from qz_analysis.charts.figure import figure_of, finished

pytestmark = pytest.mark.usefixtures("clean")


def test_titles_speak_of_visits_without_brackets():
    """People per batch stand bare in the title and in the column, though every quotient is recomputed."""
    table = panel(
        "visits",
        2,
        how="recomputed",
        place=["桥西区", "彝良县"],
        value=[1.66, 24.5],
        bound="exact",
        audit="",
        subject="群众来访",
        indicator="petition.received.persons_per_batch",
    )
    ax = charts.visits(table)
    unlike = charts.visits(table.assign(subject=["群众来访", "到市越级上访"]))
    title = finished(figure_of(unlike)).title.replace("\n", " ")
    assert title.startswith("1.7 people to a batch") and title.endswith("unlike things, not ranked")
    assert (
        finished(figure_of(ax)).title
        == "People come in batches of 1.7 (Qiaoxi District) to 24.5 (Yiliang County)"
    )
    assert [text.get_text().split()[0] for text in ax.texts] == ["1.7", "24.5"]


@pytest.mark.parametrize(
    ("done", "said"), [("调解成功1030件，调解成功率", "共1,050，调解成功1,030"), ("已调结1030件，调结率", "共1,050，调结1,030")]
)  # fmt: skip
def test_what_was_mediated_well_is_called_so(done, said):
    """调解成功 of a report is not told as 调结, which is an end of any kind."""
    made = qz.tables(f"甲山县受理纠纷1050件，{done}98.1%。")
    ax = charts.funnel(qz.compare(made, indicator="rates"), lang="zh", claims=made.claims)
    assert said in [text.get_text() for text in ax.texts]
