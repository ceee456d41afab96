"""What a person should look at first comes first, with the reason.

Each verdict is a line in the corrections file, and what was judged is not shown again.
"""

import pytest

from qz_analysis import QzError, audit, correct, extract, review, tables
from qz_analysis.extraction.corrections import read_corrections as load
from qz_analysis.model import Document

TEXT = "2011年，甲县受理事项43宗，办结36宗，办结率93.7%。接待群众来访12批次。信访总量xx件。"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "corrections.csv"


def lines(file):
    """Column, was and now of each line of the file."""
    return [(c.column, c.was, c.now) for c in load(file)]


def test_the_doubtful_come_first(file):
    """Claims of a failed check are shown before the masked one, and that before those that nothing speaks against."""
    reviewer = review(extract(TEXT), file)
    texts = [reviewer.claims["text"].iloc[i] for i in reviewer.queue]
    assert texts == ["43宗", "36宗", "93.7%", "xx件", "12批次"]
    assert "36/43" in reviewer.why


@pytest.mark.parametrize("order", ["document", "random"])
def test_other_orders_hold_every_claim(file, order):
    """In any order each claim comes once; a random one is the same on every run."""
    reviewer = review(extract(TEXT), file, order=order)
    assert sorted(reviewer.queue) == list(range(5))
    assert reviewer.queue == review(extract(TEXT), file, order=order).queue


def test_each_verdict_is_written_and_the_next_claim_shown(file):
    """Accepting, changing and dropping write a line each and go on; skipping writes none."""
    reviewer = review(extract(TEXT), file, who="甲")
    reviewer.accept()
    reviewer.skip()
    reviewer.change("value", "83.7", "misread")
    reviewer.drop("a form number")
    assert lines(file) == [
        ("claim", "43宗", "43宗"),
        ("value", "93.7", "83.7"),
        ("claim", "xx件", ""),
    ]
    assert reviewer.claim["text"] == "12批次" and reviewer.written == 3


def test_what_was_judged_is_passed_over_the_next_time(file):
    """A second session begins with what has no verdict yet."""
    reviewer = review(extract(TEXT), file, who="甲")
    reviewer.accept()
    reviewer.accept()
    again = review(extract(TEXT), file)
    assert [again.claims["text"].iloc[i] for i in again.queue] == ["93.7%", "xx件", "12批次"]


def test_a_corrected_figure_is_applied_and_audited_again(file):
    """The file that the reviewer wrote mends the figure, and the arithmetic that failed holds."""
    claims = extract(TEXT)
    reviewer = review(claims, file, who="甲")
    reviewer.skip()
    reviewer.skip()
    reviewer.change("value", "83.7")
    mended = correct(claims, file).claims
    assert audit(claims)["verdict"].tolist() == ["bad"] and mended.loc[2, "corrected"] == "value"


def test_a_second_verdict_replaces_the_first(file):
    """Back and a new verdict: the later line holds."""
    claims = extract(TEXT)
    reviewer = review(claims, file, who="甲", order="document")
    reviewer.change("value", "44")
    reviewer.back()
    reviewer.change("value", "45")
    assert correct(claims, file).claims.loc[0, "value"] == 45


@pytest.mark.parametrize(
    ("column", "now"),
    [("value", "many"), ("kind", "nonsense"), ("text", "44宗"), ("period", "soon")],
)
def test_what_a_column_cannot_hold_is_not_written(file, column, now):
    """A wrong entry is refused with the reason, and nothing reaches the file."""
    reviewer = review(extract(TEXT), file, who="甲")
    with pytest.raises(QzError):
        reviewer.change(column, now)
    assert not file.exists() and reviewer.at == 0


def test_a_value_makes_a_masked_figure_legible(file):
    """A value that a reviewer knows goes with the status, so that the line is not refused when it is applied."""
    claims = extract(TEXT)
    reviewer = review(claims, file, who="甲")
    while reviewer.claim["text"] != "xx件":
        reviewer.skip()
    reviewer.change("value", "17", "the paper copy")
    assert lines(file) == [("value", "", "17"), ("status", "redacted", "ok")]
    row = correct(claims, file).claims.loc[4]
    assert (row["value"], row["status"], row["corrected"]) == (17, "ok", "value;status")


def test_what_would_be_refused_is_told_and_not_written(file):
    """A change that makes the row contradict itself is told at once; the claim stays."""
    reviewer = review(extract(TEXT), file, who="甲")
    with pytest.raises(QzError):
        reviewer.change("status", "redacted")
    with pytest.raises(QzError, match="already"):
        reviewer.change("value", "43")
    assert not file.exists() and reviewer.at == 0


def test_a_claim_whose_line_is_refused_waits_still(file):
    """A line that does not hold counts as no verdict."""
    claims = extract(TEXT)
    review(claims, file, who="甲").change("value", "44")
    assert len(review(claims, file).queue) == 4
    assert len(review(extract(TEXT.replace("43宗", "53宗")), file).queue) == 5


def test_a_verdict_needs_a_name(file):
    """Without a reviewer's name nothing is written."""
    reviewer = review(extract(TEXT), file)
    with pytest.raises(QzError, match="say who reviews"):
        reviewer.accept()
    assert not file.exists()


def test_behind_the_last_claim_there_is_none_to_judge(file):
    """At the end the reviewer says so; going back is possible."""
    reviewer = review(extract("甲县受理事项43宗。"), file, who="甲")
    reviewer.accept()
    assert reviewer.claim is None and reviewer.state()["claim"] == {}
    with pytest.raises(QzError, match="none to judge"):
        reviewer.accept()
    reviewer.back()
    assert reviewer.claim["text"] == "43宗"


def test_a_file_of_something_else_is_refused(file):
    """A file that is no corrections file is named before anything is judged."""
    file.write_text("a,b\n1,2\n")
    with pytest.raises(QzError, match=r"corrections\.csv"):
        review(extract(TEXT), file)
    with pytest.raises(QzError, match="there are: doubt, document, random"):
        review(extract(TEXT), order="best")


def test_buttons_do_what_the_methods_do(file):
    """A press in the browser writes the same line; a wrong entry is told there and keeps the claim."""
    reviewer = review(extract(TEXT), file)
    widget = reviewer.widget
    press = {"column": "value", "now": "many", "why": "", "who": "甲"}
    widget._receive(None, {"kind": "change", **press}, [])
    assert widget.answer["wrong"] and "many" in widget.answer["told"] and not file.exists()
    widget._receive(None, {"kind": "change", **press, "now": "430"}, [])
    assert (
        lines(file) == [("value", "43", "430")]
        and not widget.answer["wrong"]
        and widget.answer["at"] == 1
    )
    for kind in ("accept", "drop", "skip", "back"):
        widget._receive(None, {"kind": kind, **press}, [])
    assert len(lines(file)) == 3 and widget.answer["at"] == 3


def test_an_exported_page_shows_what_waits(file):
    """Where nothing runs, the most doubtful claims stand as a table, names masked."""
    reviewer = review(extract("村民张小明反映，甲县受理事项xx宗。"), file)
    data, _ = reviewer.still()
    assert "【xx宗】" in data["text/html"] and "张小明" not in data["text/html"]
    assert (
        repr(reviewer) == "Reviewer(corrections.csv): claims to look at: 1, doubtful among them: 1"
    )


MANY = (
    Document("a", "甲县工作总结\n甲县接待群众来访12批次。"),
    Document("b", "乙县工作总结\n乙县接待群众来访13批次。"),
    Document("c", "丙县工作总结\n丙县接待群众来访xx批次。丙县投入资金5万元。"),
)


def texts(reviewer):
    return [reviewer.claims["text"].iloc[i] for i in reviewer.queue[reviewer.at :]]


@pytest.mark.parametrize(
    ("facet", "value", "left"),
    [
        ("place", "丙县", ["xx批次", "5万元"]),
        ("family", "funds", ["5万元"]),
        ("reason", "lost", ["xx批次"]),
        ("report", "a:0", ["12批次"]),
    ],
)
def test_a_facet_narrows_what_waits(file, facet, value, left):
    """Claims of one place, family, report or reason; the numbers offered are those that wait."""
    reviewer = review(extract(MANY), file, who="甲")
    offered = {key: n for key, _, n in reviewer.facets()[facet]}
    reviewer.narrow(**{facet: value})
    assert texts(reviewer) == left and offered[value] == len(left)
    reviewer.narrow(**{facet: None})
    assert len(texts(reviewer)) == 4
    with pytest.raises(QzError, match="no facet"):
        reviewer.narrow(colour="red")


def test_alike_claims_are_previewed_before_they_are_written(file):
    """The preview shows was and now of each and writes nothing; applying writes just that."""
    claims = extract(MANY)
    reviewer = review(claims, file, who="甲", order="document")
    made = reviewer.preview("family", "matters", ["unit"])
    assert made.table[["text", "was", "now"]].values.tolist() == [
        ["12批次", "petition", "matters"],
        ["13批次", "petition", "matters"],
        ["xx批次", "petition", "matters"],
    ]
    assert not file.exists() and reviewer.at == 0
    reviewer.apply_to_alike("family", "matters", ["unit"], "of another kind")
    assert correct(claims, file).claims["family"].tolist() == ["matters"] * 3 + ["funds"]
    assert texts(reviewer) == ["5万元"] and reviewer.written == 3


def test_what_cannot_be_is_left_out_of_what_is_applied(file):
    """A change that would make one of the rows contradict itself is told for that row and not written."""
    reviewer = review(extract(MANY), file, who="甲", order="document")
    made = reviewer.preview("bound", "range", ["unit"])
    assert made.table["outcome"].tolist()[:2] == ["refused", "refused"]
    assert "range" in made.table["reason"].iloc[0]
    with pytest.raises(QzError, match="none of the claims"):
        reviewer.apply_to_alike("value", "12", ["unit"])
    assert not file.exists()


def test_alike_means_what_is_ticked_and_the_same_cell(file):
    """With nothing ticked all that say the same in that column are alike; a facet bounds them."""
    reviewer = review(extract(MANY), file, who="甲", order="document")
    assert len(reviewer.alike("family", [])) == 3 and len(reviewer.alike("claim", [])) == 4
    assert len(reviewer.alike("claim", ["place"])) == 1
    reviewer.narrow(place="丙县")
    assert len(reviewer.alike("claim", [])) == 2
    with pytest.raises(QzError, match="alike in"):
        reviewer.alike("claim", ["colour"])


def test_verdicts_on_all_alike(file):
    """Right as they are, or no claims at all: one verdict for all that are alike."""
    claims = extract(MANY)
    reviewer = review(claims, file, who="甲", order="document")
    reviewer.apply_to_alike("claim", "right", ["unit"])
    assert [(column, now) for column, _, now in lines(file)] == [
        ("claim", "12批次"),
        ("claim", "13批次"),
        ("claim", "xx批次"),
    ]
    reviewer.apply_to_alike("claim", "", [])
    assert len(correct(claims, file).claims) == 3 and reviewer.claim is None


def test_undo_takes_back_one_press_at_a_time(file):
    """The last press leaves the file, all its lines together, and its claims wait again."""
    reviewer = review(extract(MANY), file, who="甲", order="document")
    reviewer.accept()
    before = file.read_bytes()
    reviewer.apply_to_alike("claim", "right", ["unit"])
    reviewer.undo()
    assert file.read_bytes() == before and texts(reviewer) == ["13批次", "xx批次", "5万元"]
    reviewer.undo()
    assert lines(file) == [] and texts(reviewer)[0] == "12批次" and reviewer.written == 0
    with pytest.raises(QzError, match="nothing was written"):
        reviewer.undo()


def test_what_another_wrote_since_is_not_taken_back(file):
    """Lines that somebody appended behind ours keep ours where they are."""
    claims = extract(MANY)
    reviewer = review(claims, file, who="甲", order="document")
    reviewer.accept()
    other = review(claims, file, who="乙")
    other.accept()
    with pytest.raises(QzError, match="other lines were written behind"):
        reviewer.undo()
    assert len(lines(file)) == 2


def test_a_large_table_is_open_before_it_is_audited(file, monkeypatch):
    """The first claims wait while the audit goes on in slices; what it finds comes next."""
    monkeypatch.setattr("qz_analysis.notebook.doubts.SLICE", 1)
    claims = extract([Document("z", "甲县受理事项xx宗。"), *MANY, Document("y", "甲县受理事项43宗，办结36宗，办结率93.7%。")])  # fmt: skip
    reviewer = review(claims, file)
    assert reviewer.state()["left"] > 0 and reviewer.claim["text"] == "xx宗"
    while reviewer.more():
        pass
    assert texts(reviewer)[:4] == ["xx宗", "43宗", "36宗", "93.7%"]  # what is looked at stays


def test_a_report_is_mended_once_for_all_its_claims(tmp_path, file):
    """What is said of a report goes into the table of documents, and the next reading follows it."""
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "a.txt").write_text("我县2011年受理事项43宗，办结36宗。", encoding="utf-8")
    made = tables(pages)
    table = pages / "documents.csv"
    reviewer = review(made.claims, file, reports=made.reports, documents=table, pages=pages)
    reviewer.mend_report(place="唐县", level="county")
    assert "我县" in reviewer.told and not reviewer.wrong
    again = tables(pages, documents=table)
    assert set(again.claims["place"]) == {"唐县"} and set(again.claims["adcode"]) == {"130627"}
    reviewer.undo()
    assert not table.exists()
    with pytest.raises(QzError, match="give both"):
        review(made.claims, file, reports=made.reports)
    with pytest.raises(QzError, match="table of documents"):
        review(made.claims, file).mend_report(place="唐县")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_read_on_the_screen_is_in_its_language(file, lang):
    """Reasons, facets and names of columns are those of the language asked for."""
    reviewer = review(extract("甲县受理事项43宗，办结36宗，办结率93.7%。"), file, lang=lang)
    answer = reviewer.widget.answer
    fails = {"en": "the arithmetic fails", "zh": "核算不符"}[lang]
    assert answer["why"].startswith(fails)
    assert answer["facets"]["reason"][0][1] == fails
    assert answer["columns"]["unit"] == {"en": "unit", "zh": "单位"}[lang]
    assert fails in reviewer.still()[0]["text/html"]


def test_the_browser_previews_applies_and_takes_back(file):
    """The messages of the buttons do what the methods do; a preview is sent and nothing redrawn."""
    reviewer = review(extract(MANY), file, who="甲", order="document")
    widget, sent = reviewer.widget, []
    widget.send = sent.append
    form = {"column": "family", "now": "matters", "why": "", "who": "甲", "same": ["unit"]}
    turn = widget.answer["turn"]
    widget._receive(None, {"kind": "preview", "verdict": "change", **form}, [])
    assert (sent[0]["n"], len(sent[0]["rows"]), widget.answer["turn"]) == (3, 3, turn)
    widget._receive(None, {"kind": "apply", "verdict": "change", **form}, [])
    assert len(lines(file)) == 3 and "3" in widget.answer["told"]
    widget._receive(None, {"kind": "undo", **form}, [])
    assert lines(file) == []
    widget._receive(None, {"kind": "narrow", "facet": "place", "value": "丙县", **form}, [])
    assert widget.answer["all"] == 2 and widget.answer["chosen"] == {"place": "丙县"}
    widget._receive(None, {"kind": "lines", **form}, [])
    assert widget.answer["wrong"] and "documents" in widget.answer["told"]
    widget._receive(None, {"kind": "more"}, [])
    assert sent[-1] == {"kind": "left", "left": 0, "size": 4}
