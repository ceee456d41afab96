"""A probability sample of sentences: who is drawn, how likely, and what the coder sees of it."""

import pytest
from sparing import sparing

import qz_analysis as qz
from qz_analysis import QzError
from qz_analysis.model import Document
from qz_analysis.runs.run import run

pytestmark = pytest.mark.usefixtures("kept_workers")

PAGES = [
    Document(
        f"{n}",
        f"乙县{2000 + n}年受理来访{n + 11}件。办结{n + 5}件。会议强调作风。拨付资金{n + 3}万元。",
    )
    for n in range(20)
]


def test_the_same_seed_draws_the_same_whatever_the_order():
    """The sample follows from pages and seed; the order of the files changes nothing."""
    one, other = qz.sample(PAGES, n=20, seed=4), qz.sample(PAGES[::-1], n=20, seed=4)
    assert one.hash == other.hash
    assert qz.sample(PAGES, n=20, seed=5).hash != one.hash


def test_chances_add_up_to_the_corpus():
    """One by the probability of each sentence drawn adds up to the sentences of each stratum."""
    made = qz.sample(PAGES, n=30, seed=1)
    sizes = {number: size for number, size, _ in made.about["strata"]}
    found = (1 / made.sentences["chance"]).groupby(made.sentences["stratum"]).sum()
    assert found.to_dict() == pytest.approx(sizes) and sum(sizes.values()) == 80


@pytest.mark.parametrize("seeds", sparing([100, 300], 2))
def test_each_sentence_is_drawn_as_often_as_it_says(seeds):
    """Over many seeds a sentence is drawn in the share of samples that its probability states."""
    chance, hits = 0.0, 0
    for seed in range(seeds):
        made = qz.sample(PAGES[:4], n=6, seed=seed).sentences
        mine = made[(made["doc"] == "0") & made["sentence"].str.startswith("办结")]
        hits += len(mine)
        chance = max([chance, *mine["chance"]])
    assert hits / seeds == pytest.approx(chance, abs=1.56 / seeds**0.5)


def test_sentences_without_figures_are_drawn_too():
    """Of the sample some sentences hold nothing that was read, so that what was missed is met."""
    made = qz.sample(PAGES, n=20, seed=1).sentences
    assert (
        made["sentence"].str.contains("会议").any() and made["sentence"].str.contains("资金").any()
    )


def test_offsets_point_into_the_raw_text():
    """A sentence is its stretch of the raw text, character for character where no name is masked."""
    text = {page.doc: page.text for page in PAGES}
    for row in qz.sample(PAGES, n=20, seed=1).sentences.to_dict("records"):
        assert text[row["doc"]][row["start"] : row["end"]] == row["sentence"]


def test_a_sentence_without_stops_is_divided():
    """A page that knows no full stop is coded in pieces that a person can read."""
    made = qz.sample("，".join(f"第{n}村修路{n}公里" for n in range(9, 400)), n=5, seed=1).sentences
    assert made["sentence"].str.len().max() <= 330


def test_a_run_gives_the_sample_of_its_pages(tmp_path):
    """From a run's tables the same is drawn as from its pages; changed files are refused."""
    pages = tmp_path / "pages"
    pages.mkdir()
    for page in PAGES[:5]:
        (pages / f"{page.doc}.txt").write_text(page.text, encoding="utf-8")
    run([pages], tmp_path / "out", workers=1)
    run([pages], tmp_path / "kept", workers=1, keep_text=True)
    whole = qz.sample(pages, n=8, seed=2)
    assert qz.sample(qz.open(tmp_path / "out"), n=8, seed=2).hash == whole.hash
    (pages / "3.txt").write_text("丙县受理9件。", encoding="utf-8")
    assert qz.sample(qz.open(tmp_path / "kept"), n=8, seed=2).hash == whole.hash
    with pytest.raises(QzError, match=r"3\.txt: is not there any more, or not as the run read it"):
        qz.sample(qz.open(tmp_path / "out"), n=8, seed=2)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"by": "colour"}, "no column 'colour'"),
        ({"columns": ["value", "subject"]}, "'subject' is not coded; there are: value"),
        ({"n": 0}, "is none; 200"),
    ],
)
def test_what_cannot_be_drawn(asked, said):
    """A wrong column or size is named with what there is."""
    with pytest.raises(QzError, match=said):
        qz.sample(PAGES, seed=1, **asked)
    with pytest.raises(QzError, match="no sentence to draw from"):
        qz.sample("\n\n", seed=1)
