"""The model of families: its table, its answers, and that a user's own words stand above it."""

import math
from pathlib import Path

import pytest

import qz_analysis as qz
from qz_analysis.extraction import context, families

# sentence, families of its figures in order: what the marking words alone do not decide
SENTENCES = [
    ("全年规上工业增加值增长7.1%", ["economy"]),
    ("全县粮食播种面积稳定在62万亩", ["economy"]),
    ("新建农村公路46公里", ["facility"]),
    ("信访局接待来访人员52批", ["petition"]),
    ("村调委会调解纠纷61起", ["mediation"]),
    ("投入资金210万元,新建服务站9个", ["funds", "facility"]),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_families_of_sentences(sentence, expected):
    claims = qz.extract(sentence + "。")
    assert claims["family"].tolist() == expected
    assert claims["family_p"].between(0, 1).all()


def test_every_claim_has_a_probability(corpus_tables):
    assert corpus_tables.claims["family_p"].notna().all()


def test_the_table_is_small_and_names_families_that_have_labels():
    known = families.model()
    assert set(known.families) <= set(families.load("families")["words"])
    text = families.files("qz_analysis.vocabularies") / families.WEIGHTS
    assert len(text.read_bytes()) < 1_000_000


def test_a_users_word_decides_alone(tmp_path):
    """A word that the package gives to no family, and one that it gives to another."""
    mine = tmp_path / "mine.toml"
    mine.write_text("[families.words]\nparty = ['红色驿站', '招商引资']\n", encoding="utf-8")
    try:
        qz.vocabulary(mine)
        claims = qz.extract("建成红色驿站14个。全县招商引资项目12个。")
        assert claims["family"].tolist() == ["party", "party"]
        assert claims["family_p"].tolist() == [1.0, 1.0]
    finally:
        qz.vocabulary(reset=True)


def test_the_probability_is_that_of_the_best_answer():
    two = families.read_model("!temperature\t1\n!margin\t0.4\na\tcrime\t0\nb\tparty\t0\n")
    assert families.best(two, ["a", "b"])[1] == 0.5
    assert math.isclose(families.best(two._replace(temperature=2.0), [])[1], 0.5)


def test_labels_of_work_reports_hold_figures_and_no_sentences():
    path = Path(__file__).parents[1] / "gold" / "work_reports.tsv"
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    rows = [dict(zip(head.split("\t"), line.split("\t"), strict=True)) for line in lines]
    known = {*families.load("families")["words"], "none"}
    assert len({row["doc"] for row in rows}) > 60
    assert {name for row in rows for name in row["family"].split("|")} <= known
    assert max(len(row["figure"]) for row in rows) < 24 and all(
        len(r["sha256"]) == 64 for r in rows
    )


def test_features_stand_in_the_order_of_the_text(monkeypatch):
    """Each feature comes once, where the text has it first: an order that changes from process to
    process would change the last digit of a sum, and with it the answer between level families."""
    seen = _seen(monkeypatch, "全县共调解矛盾纠纷和民间借贷纠纷61起。")
    [named] = list(families.observe(*seen[0]))
    pairs = [name.removeprefix("lead:") for name in named if name.startswith("lead:")]
    assert pairs == ["全县", "县共", "共调", "调解", "解矛", "矛盾", "盾纠", "纠纷", "纷和", "和民",
                     "民间", "间借", "借贷", "贷纠"]  # fmt: skip
    assert len(set(named)) == len(named)


def test_the_quick_sum_gives_the_answer_of_the_features(monkeypatch):
    """Weights held as whole numbers decide as the features do one by one, also where two families
    are level."""
    known = families.model()
    for windows, contexts in _seen(monkeypatch, qz.corpus()):
        named = families.observe(windows, contexts)
        expected = [families.best(known, features) for features in named]
        decided = families.decide(windows, contexts)
        told = [(context.family, context.family_p) for context in decided]
        # by how much the figure before it moved, or a plan was fulfilled, is of that one's family
        moves = [
            families._moves(window, context) or families._plans(window)
            for window, context in zip(windows, contexts, strict=True)
        ]
        rows = zip(told, expected, moves, strict=True)
        assert all(said == best for said, best, moved in rows if not moved)


def test_level_families_have_no_quick_answer():
    """Where two families are level the whole numbers leave the choice to the features one by one."""
    level = families.read_model("!temperature\t1\n!margin\t0.4\na\tcrime\t-1\na\tparty\t-1\n")
    assert families._likeliest(level, level.packed["a"]) == ("", 0.5)
    one = families.read_model("!temperature\t1\n!margin\t0.4\na\tcrime\t-1\nb\tparty\t-2\n")
    assert families._likeliest(one, one.packed["b"])[0] == "crime"


@pytest.mark.parametrize(
    "text",
    [
        "民生工程\n项目 | 任务数 | 已完成 | 完成率\n农村黑臭水体治理（条） | 126 | 120 | 95%\n",
        "建成农村公路144公里，为年度任务的119%。",
        "新建农村沼气池131口，完成计划的109.7%。",
        "新建公厕10座，任务9座，超任务11%。",
    ],
)
def test_how_much_of_a_plan_was_done_is_of_the_family_of_what_it_plans(text):
    """A figure that no words but those of a plan lead to has the family of the figure before it."""
    assert len(set(qz.extract(text)["family"])) == 1


def _seen(monkeypatch, source):
    """The windows and the rules' contexts of every report of a source."""
    seen = []
    monkeypatch.setattr(context, "decide", lambda *given: seen.append(given) or given[1])
    qz.extract(source)
    return seen
