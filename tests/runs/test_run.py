"""Any number of files: the same tables however the work is divided, stopped or repeated."""

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import time
from datetime import datetime

import pandas as pd
import pytest
from running import command, contents, corpus, made, run, same, wait_for, wanted
from sparing import sparing

import qz_analysis as qz
from qz_analysis.errors import QzError
from qz_analysis.extraction.corrections import append, line
from qz_analysis.readers.find import files
from qz_analysis.runs import run as runner
from qz_analysis.runs import workers
from qz_analysis.runs.journal import Journal
from qz_analysis.runs.run import code_hash
from qz_analysis.runs.workers import Limits, _Child
from qz_analysis.vocabularies import session as registry

pytestmark = pytest.mark.usefixtures("kept_workers")


@pytest.fixture
def folder(tmp_path):
    """A small corpus."""
    return corpus(tmp_path / "in")


@pytest.fixture(autouse=True)
def _settled(monkeypatch):
    """The package's own files do not change in the middle of a test."""
    monkeypatch.setattr(runner, "code_hash", lambda: "fixed")


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_parts_make_the_tables_of_one_process(folder, tmp_path, kind):
    """A run in parts gives row for row what qz.tables gives, copies of reports in other parts included."""
    done, _ = run(folder, tmp_path / "out", kind=kind)
    tables = made(tmp_path / "out")
    same(tables, wanted(folder))
    assert done.failed == 1
    copies = tables["reports"][tables["reports"]["same_as"].ne("")]
    assert {"twin", "wrong"} <= set(copies["doc"])
    assert tables["relations"]["note"].str.contains("in its copy").any()


def test_two_workers_write_the_bytes_of_one(plain, tmp_path):
    """The tables do not depend on how many workers made them."""
    source, out = plain
    run(source, tmp_path / "out", workers=2)
    assert contents(tmp_path / "out") == contents(out)


def test_the_size_of_parts_leaves_no_trace(plain, tmp_path):
    """One part, or one for each file: the tables are the same bytes."""
    source, out = plain
    run(source, tmp_path / "out", part_files=1000)
    assert contents(tmp_path / "out") == contents(out)


def test_nothing_is_read_twice(folder, tmp_path):
    """A second run over unchanged files reads none, says so and leaves the same bytes."""
    run(folder, tmp_path / "out")
    before = contents(tmp_path / "out")
    done, told = run(folder, tmp_path / "out")
    assert (done.read, done.failed) == (0, 1)
    assert told == ["10 files unchanged, 0 to read"]
    assert contents(tmp_path / "out") == before


def test_a_touched_file_is_known_by_its_hash(folder, tmp_path):
    """A file with a new time and the old contents is not read again; with --recheck the same size and time do not deceive."""
    run(folder, tmp_path / "out")
    os.utime(folder / "twin.md", ns=(1, 1))
    assert run(folder, tmp_path / "out")[0].read == 0
    text = (folder / "twin.md").read_text(encoding="utf-8")
    (folder / "twin.md").write_text(text.replace("2", "3"), encoding="utf-8")
    os.utime(folder / "twin.md", ns=(1, 1))
    assert run(folder, tmp_path / "out")[0].read == 0
    assert run(folder, tmp_path / "out", recheck=True)[0].read == 1


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_changes_of_the_corpus_are_followed(folder, tmp_path, kind):
    """Only changed and new files are read; rows of the rest of a part are carried over, those of removed files go."""
    run(folder, tmp_path / "out", kind=kind)
    (folder / "twin.md").unlink()
    (folder / "wrong.md").write_text(
        "甲县2011年受理2163宗，办结2028宗，办结率93.8%。", encoding="utf-8"
    )
    (folder / "zz.md").write_text("乙县2012年受理31宗。", encoding="utf-8")
    done, told = run(folder, tmp_path / "out", kind=kind)
    assert done.read == 2
    assert told == ["8 files unchanged, 2 to read"]
    same(made(tmp_path / "out"), wanted(folder))


def test_another_version_begins_anew(folder, tmp_path, monkeypatch):
    """With other words or code everything is read again."""
    run(folder, tmp_path / "out")
    monkeypatch.setattr(runner, "code_hash", lambda: "another")
    assert run(folder, tmp_path / "out")[0].read == 10


def test_another_format_replaces_the_first(folder, tmp_path):
    """Tables of the format before do not stay beside the new ones to mislead."""
    run(folder, tmp_path / "out")
    run(folder, tmp_path / "out", kind="parquet")
    assert not list((tmp_path / "out").glob("*.csv"))
    assert len(pd.read_parquet(tmp_path / "out" / "claims.parquet")) == len(
        qz.open(tmp_path / "out")
    )


def test_equal_stems_get_their_folders(tmp_path):
    """A document is named by its stem; where several have it, by folder and stem, and by suffix when that is all that differs."""
    for name in ("a/2011.txt", "a/2011.md", "b/2011.txt", "b/2012.txt", "c/b/2011.txt"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text("甲县受理31宗。", encoding="utf-8")
    run(tmp_path / "in", tmp_path / "out")
    docs = set(qz.open(tmp_path / "out").documents()["doc"])
    assert docs == {"a/2011.txt", "a/2011.md", "in/b/2011", "c/b/2011", "2012"}
    (tmp_path / "in" / "d").mkdir()
    (tmp_path / "in" / "d" / "2012.txt").write_text("乙县受理32宗。", encoding="utf-8")
    run(tmp_path / "in", tmp_path / "out")
    assert {"b/2012", "d/2012"} <= set(qz.open(tmp_path / "out").claims()["doc"])


def test_a_folder_may_hold_its_own_tables(folder):
    """Tables written into the folder that is read are not taken for reports."""
    run(folder, folder)
    done, _ = run(folder, folder)
    assert (done.files, done.read, done.failed) == (10, 0, 1)


@pytest.mark.parametrize(
    ("kind", "kills"),
    [
        ("csv", 1),
        pytest.param("csv", 5, marks=pytest.mark.long),
        pytest.param("parquet", 5, marks=pytest.mark.long),
    ],
)
def test_killed_runs_go_on_where_they_stopped(plain, tmp_path, kind, kills):
    """A run killed at random moments and then let finish gives the tables of an undisturbed one."""
    source, out = plain
    chance, parts = random.Random(6), tmp_path / "out" / ".qz" / "parts"
    for begun in sorted(chance.randint(1, 6) for _ in range(kills)):
        process = subprocess.Popen(
            command(tmp_path, source, tmp_path / "out", kind, wait=600), start_new_session=True
        )
        wait_for(parts, begun, process)
        time.sleep(chance.uniform(0, 0.1))
        os.killpg(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    assert subprocess.run(command(tmp_path, source, tmp_path / "out", kind)).returncode == 0
    same(made(tmp_path / "out"), made(out))
    inside = {p.name for p in (tmp_path / "out" / ".qz").iterdir()}
    assert inside - {"made"} == {"journal.sqlite", "copy.sqlite", "written", "lock", "parts"}


def test_one_run_at_a_time(folder, tmp_path):
    """A second run into the same folder is refused in one line; the lock of a dead one is none."""
    with (
        runner._locked(_made(tmp_path / "out")),
        pytest.raises(QzError, match="another run is writing there"),
    ):
        run(folder, tmp_path / "out")
    assert run(folder, tmp_path / "out")[0].read == 10


def _made(out):
    (out / ".qz").mkdir(parents=True)
    return out


def test_a_full_disk_stops_the_run_cleanly(plain, tmp_path):
    """When nothing more can be written the run ends with one line, no table is half written, and the next run goes on."""
    source, out = plain
    full = subprocess.run(
        command(tmp_path, source, tmp_path / "out"),
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000)),
    )
    assert full.returncode != 0
    assert "goes on where it stopped" in full.stderr
    assert not contents(tmp_path / "out")
    run(source, tmp_path / "out", part_files=2)
    assert contents(tmp_path / "out") == contents(out)


# stands still where the first part is done, its workers alive, until the signal comes
_HELD = """
import signal, sys, time
from qz_analysis import cli
from qz_analysis.runs.journal import Journal

def held(*_):
    print("held", flush=True)
    time.sleep(600)

Journal.done = held
# a command in the background of a shell begins with the signal ignored
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(cli.main(sys.argv[1:]))
"""


def test_ctrl_c_ends_with_130(tmp_path):
    """Ctrl-C stops the run and its workers with one line, however busy the machine is."""
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.txt").write_text("甲县2011年受理2163宗。", encoding="utf-8")
    python = command(tmp_path, source, tmp_path)[0]
    words = [python, "-c", _HELD, "extract", str(source), "--out", str(tmp_path / "out")]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout.readline() == "held\n"
        os.killpg(process.pid, signal.SIGINT)
        # both ends are closed only when no worker holds them any more
        told = process.communicate()[1]
    assert process.returncode == 130
    assert told.rpartition("\r")[2].strip() == "qz: stopped"


def test_formulas_are_harmless_in_csv(tmp_path):
    """Text cells that a spreadsheet would compute get an apostrophe, which reading back takes off; raw cells stay."""
    (tmp_path / "=cmd.txt").write_text("甲县受理31宗，同比下降-3.2%。", encoding="utf-8")
    for raw_cells, first in ((False, "'=cmd"), (True, "=cmd")):
        out = tmp_path / f"out-{raw_cells}"
        run(tmp_path / "=cmd.txt", out, raw_cells=raw_cells)
        assert pd.read_csv(out / "claims.csv")["doc"].iloc[0] == first
        assert qz.open(out).claims()["doc"].iloc[0] == "=cmd"


@pytest.mark.parametrize("keep_text", [False, True])
def test_a_lone_carriage_return_stops_no_run(tmp_path, keep_text):
    """A title, a place and a text with an old Mac's line end come back as they were."""
    row = {"doc": "a", "text": "甲县\r受理2163宗。", "title": "年报\r一", "place": "甲\r县"}
    (tmp_path / "in.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    run(tmp_path / "in.jsonl", tmp_path / "out", keep_text=keep_text)
    reports = qz.open(tmp_path / "out").reports(columns=["title", "place"])
    assert reports.values.tolist() == [["年报\r一", "甲\r县"]]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_kept_texts_are_what_offsets_count_in(tmp_path, kind):
    """With --keep-text each claim is found again at its offsets, line ends and encodings whatever they were."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(
        "甲县\r\n2011年受理2163宗，\r办结2028宗。".encode("gb18030")
    )
    run(tmp_path / "in", tmp_path / "out", kind=kind, keep_text=True)
    if kind == "csv":
        text = (tmp_path / "out" / "texts" / "a.txt").read_bytes().decode("utf-8")
    else:
        text = pd.read_parquet(tmp_path / "out" / "texts.parquet")["text"][0]
    claims = qz.open(tmp_path / "out").claims()
    assert (
        [text[c.start : c.end] for c in claims.itertuples()]
        == claims["text"].tolist()
        == ["2163宗", "2028宗"]
    )


def test_a_failure_is_tried_again_when_it_may_go_well(tmp_path, monkeypatch):
    """What failed on a limit is read again once the limit is raised; the rest is not."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").write_text("甲县受理31宗。", encoding="utf-8")
    (tmp_path / "in" / "slow.txt").write_text(
        "甲县2011年受理2163宗，办结2028宗，办结率93.8%。\n" * 600, encoding="utf-8"
    )

    class Aged(_Child):
        """A child that began the first file only now, and the second an hour ago."""

        @property
        def _progress(self):
            item, stage, begun = self.said
            return item, stage, begun + {0: 3600, 1: -3600}.get(item, 0)

        @_progress.setter
        def _progress(self, said):
            self.said = said

    with monkeypatch.context() as patch:
        patch.setattr(workers, "_Child", Aged)
        done, _ = run(tmp_path / "in", tmp_path / "out", limits=Limits(seconds=0.1))
    assert [row[2] for row in done.errors] == ["took longer than 0.1 s"]
    assert len(qz.open(tmp_path / "out")) == 1
    done, _ = run(tmp_path / "in", tmp_path / "out", limits=Limits(seconds=7200))
    assert (done.read, done.failed, len(qz.open(tmp_path / "out"))) == (1, 0, 1801)


def test_no_name_leads_out_of_the_folder(tmp_path):
    """Texts of documents with hostile names stay under texts/, each in a file of its own."""
    names = ["../../x", "/etc/x", "a", "a.txt/b", "a:b", "长" * 300]
    lines = [
        json.dumps({"doc": name, "text": f"甲县受理{n}宗。"}) + "\n" for n, name in enumerate(names)
    ]
    (tmp_path / "in.jsonl").write_text("".join(lines), encoding="utf-8")
    run(tmp_path / "in.jsonl", tmp_path / "out", keep_text=True)
    kept = [p for p in (tmp_path / "out" / "texts").rglob("*") if p.is_file()]
    assert len(kept) == len(names)
    assert {p.name for p in tmp_path.iterdir()} == {"in.jsonl", "out"}


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_table_that_no_run_wrote_is_left_alone(folder, tmp_path, kind):
    """A file of the user's that bears the name of a table is not written over."""
    out = tmp_path / "out"
    out.mkdir()
    (out / f"claims.{kind}").write_text("my,own,table\n")
    with pytest.raises(QzError, match="was not made by qz"):
        run(folder, out, kind=kind)
    assert (out / f"claims.{kind}").read_text() == "my,own,table\n"


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_tables_without_the_notes_of_their_run_are_left_alone(folder, tmp_path, kind):
    """Tables whose notes (.qz) were thrown away may be anybody's: they are not written over."""
    run(folder, tmp_path / "out", kind=kind)
    shutil.rmtree(tmp_path / "out" / ".qz")
    with pytest.raises(QzError, match="was not made by qz"):
        run(folder, tmp_path / "out", kind=kind)
    assert len(qz.open(tmp_path / "out"))


@pytest.mark.parametrize("kind", ["csv", "parquet"])
@pytest.mark.parametrize("later", [False, True])
def test_texts_of_the_user_are_left_alone(folder, tmp_path, kind, later):
    """A folder texts/ with something of the user's is not written over, nor one added later."""
    out = tmp_path / "out"
    if later:
        run(folder, out, kind=kind, keep_text=True)
        (folder / "more.txt").write_text("丙县受理7宗。", encoding="utf-8")
    mine = out / ("texts" if kind == "csv" else "texts.parquet") / "mine.txt"
    mine.parent.mkdir(parents=True, exist_ok=True)
    mine.write_text("my notes", encoding="utf-8")
    with pytest.raises(QzError, match=r"texts.*: is there and was not made by qz"):
        run(folder, out, kind=kind, keep_text=True)
    assert mine.read_text(encoding="utf-8") == "my notes"


def test_texts_of_the_run_are_written_anew(folder, tmp_path):
    """The run's own texts follow the corpus: what is gone there is gone here."""
    run(folder, tmp_path / "out", keep_text=True)
    (folder / "twin.md").unlink()
    (folder / "more.txt").write_text("丙县受理7宗。", encoding="utf-8")
    run(folder, tmp_path / "out", keep_text=True)
    kept = {path.name for path in (tmp_path / "out" / "texts").iterdir()}
    assert "more.txt" in kept and "twin.txt" not in kept


def test_parts_of_a_table_of_the_users_stay(folder, tmp_path):
    """A run that writes CSV takes nothing out of a folder of Parquet parts beside it."""
    mine = tmp_path / "out" / "claims.parquet" / "part-7.parquet"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"mine")
    run(folder, tmp_path / "out")
    assert mine.read_bytes() == b"mine"


def test_a_table_put_there_between_two_runs_stays(folder, tmp_path):
    """A table of a kind that no run has written yet is the user's, also where a run was before."""
    run(folder, tmp_path / "out")
    (tmp_path / "out" / "claims.parquet").write_bytes(b"mine")
    with pytest.raises(QzError, match=r"claims\.parquet: is there and was not made by qz"):
        run(folder, tmp_path / "out", kind="parquet")
    assert (tmp_path / "out" / "claims.parquet").read_bytes() == b"mine"


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_what_another_run_wrote_is_no_input(folder, tmp_path, kind):
    """The folder of another run inside the input is left out, with its texts, and it is said."""
    run(folder, folder / "earlier", kind=kind, keep_text=True)
    with pytest.warns(UserWarning, match="earlier: what qz wrote there is not read"):
        done, _ = run(folder, tmp_path / "out")
    assert (done.files, done.failed) == (10, 1)
    with pytest.warns(UserWarning, match="earlier: what qz wrote there is not read"):
        assert len(qz.tables(folder, on_error="keep").claims) == len(qz.open(tmp_path / "out"))


def test_pages_are_read_where_a_run_wrote_beside_them(tmp_path):
    """A folder texts/ of the user's is read, though the tables of a run stand beside it."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("甲县受理31宗。", encoding="utf-8")
    for _ in range(2):
        done, _ = run(tmp_path / "texts", tmp_path)
        assert (done.files, done.failed) == (1, 0)
    with pytest.warns(UserWarning, match="what qz wrote there"):
        assert len(qz.tables(tmp_path).claims) == 1


# ---- damage


def _cut(path):
    """Takes the second half of a file away."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


DAMAGES = [
    (lambda out: _cut(next(out.glob(".qz/parts/*/claims.csv"))), "csv"),
    (lambda out: next(out.glob(".qz/parts/*/relations.csv")).unlink(), "csv"),
    (lambda out: _cut(next(out.glob(".qz/parts/*/signatures"))), "csv"),
    (lambda out: next(out.glob(".qz/parts/*/signatures")).unlink(), "parquet"),
    (lambda out: _cut(next(out.glob(".qz/parts/*/index.json"))), "csv"),
    (lambda out: shutil.rmtree(next(out.glob(".qz/parts/*"))), "csv"),
    (lambda out: _cut(next(out.glob("claims.parquet/part-0*"))), "parquet"),
    (lambda out: _cut(next(out.glob("reports.parquet/part-0*"))), "parquet"),
    (lambda out: next(out.glob("documents.parquet/part-0*")).unlink(), "parquet"),
]


@pytest.mark.parametrize(("harm", "kind"), sparing(DAMAGES, 4))
@pytest.mark.parametrize("change", [False, pytest.param(True, marks=pytest.mark.long)])
def test_a_damaged_part_is_read_again(folder, tmp_path, harm, kind, change):
    """Whatever was done to the files of a part, its documents are read again, and no row is lost."""
    out = tmp_path / "out"
    run(folder, out, kind=kind)
    before = made(out)
    harm(out)
    (out / "errors.csv").unlink(missing_ok=True)
    if change:
        (folder / "zz.txt").write_text("没有数字。", encoding="utf-8")
    done, told = run(folder, out, kind=kind)
    assert any("the documents of this part are read again" in line for line in told)
    assert 0 < done.read < done.files
    after = made(out)
    if not change:
        same(after, before)
    same({"claims": after["claims"]}, before)


@pytest.mark.parametrize("harm", [_cut, lambda path: path.write_bytes(b"no journal" * 500), lambda path: path.write_bytes(b"")])  # fmt: skip
def test_a_damaged_journal_costs_no_finished_run(folder, tmp_path, harm):
    """A journal that is none any more is set aside; the run goes on from the copy of the last one."""
    out = tmp_path / "out"
    run(folder, out)
    before = contents(out)
    harm(out / ".qz" / "journal.sqlite")
    with pytest.raises(QzError, match=r"journal\.sqlite: cannot be read.*run the same"):
        qz.open(out)
    done, told = run(folder, out)
    assert any("is damaged and was moved to damaged.sqlite" in line for line in told)
    assert (done.read, contents(out)) == (0, before)


def test_a_damaged_journal_without_a_copy_begins_anew(folder, tmp_path):
    """Where no copy is whole, all is read again, and the run's own tables are replaced."""
    out = tmp_path / "out"
    run(folder, out)
    before = contents(out)
    (out / ".qz" / "copy.sqlite").unlink()
    (out / ".qz" / "journal.sqlite").write_bytes(b"no journal")
    done, told = run(folder, out)
    assert any("everything is read again" in line for line in told)
    assert (done.read, contents(out)) == (done.files, before)


def test_a_journal_of_another_version_is_told(folder, tmp_path):
    """A journal with other columns, or of a later form, is left as it is, with what can be done."""
    run(folder, tmp_path / "out")
    path = tmp_path / "out" / ".qz" / "journal.sqlite"
    whole = path.read_bytes()
    for change in ("ALTER TABLE files DROP COLUMN failed", "PRAGMA user_version = 9"):
        path.write_bytes(whole)
        with Journal(path) as journal:
            journal.base.execute(change)
        other = path.read_bytes()
        with pytest.raises(QzError, match=r"of another version of qz-analysis.*give another --out"):
            run(folder, tmp_path / "out")
        assert path.read_bytes() == other


def test_parquet_without_its_library_is_said_at_once(folder, tmp_path, monkeypatch):
    """Without pyarrow a run for Parquet ends before it begins, with the way out, and leaves no folder."""
    monkeypatch.setattr(runner, "find_spec", lambda name: None)
    with pytest.raises(QzError, match=r"qz-analysis\[parquet\]"):
        runner.run([folder], tmp_path / "out", kind="parquet")
    assert not (tmp_path / "out").exists()


# ---- corrections


@pytest.fixture
def pages(tmp_path):
    """Six pages of one shape, one of them in an archive, a table of texts, and a correction of the rate of each of the first two."""
    import zipfile

    source = tmp_path / "pages"
    source.mkdir()
    for n in range(4):
        (source / f"p{n}.txt").write_text(
            f"第{n}县受理事项43宗，办结36宗，办结率88.7%。来访1{n}3批次。", encoding="utf-8"
        )
    with zipfile.ZipFile(source / "z.zip", "w") as archive:
        for name in ("a", "b"):
            archive.writestr(f"{name}.txt", f"{name}县受理事项43宗，办结36宗，办结率88.7%。")
    lines = [
        json.dumps({"doc": f"t{n}", "text": f"第{n}镇受理事项43宗，办结36宗，办结率88.7%。"})
        for n in range(3)
    ]
    (tmp_path / "texts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return source, tmp_path / "texts.jsonl"


def mended(claims, *docs, value=83.7):
    rows = [claims[(claims["doc"] == doc) & (claims["unit"] == "%")].iloc[0] for doc in docs]
    return [line(row, "value", value, "乙", when=datetime(2011, 6, 30)) for row in rows]


def verdicts(out):
    relations = qz.open(out).relations()
    return {
        doc
        for doc, verdict in zip(relations["doc"], relations["verdict"], strict=True)
        if verdict == "ok"
    }


@pytest.mark.parametrize("kind", ["csv", pytest.param("parquet", marks=pytest.mark.long)])
def test_other_corrections_read_only_the_documents_concerned(pages, tmp_path, kind, monkeypatch):
    """A changed corrections file has the files of the texts that it speaks of read again and no others; the tables are those of a run anew."""
    out, jobs, work = tmp_path / "out", [], runner._extract_parts

    def watched(journal, layout, *args):
        jobs.extend(
            [file["doc"] for job in journal.pending() for file in job.files if not file["keep"]]
        )
        work(journal, layout, *args)

    monkeypatch.setattr(runner, "_extract_parts", watched)
    again = {"kind": kind, "workers": 1, "part_files": 2}
    runner.run(pages, out, **again)
    claims = qz.open(out).claims()
    steps = [
        (mended(claims, "p1", "z/b"), {"p1", "z"}),
        (mended(claims, "p1", "z/b"), set()),
        (mended(claims, "p1", "z/b", "p2"), {"p2"}),
        (mended(claims, "p1", "z/b", "p2", "t1"), {"texts"}),
        ([*mended(claims, "p1", "p2", "t1"), *mended(claims, "p1", value=83.72)], {"p1", "z"}),
        ([], {"p1", "p2", "texts"}),
    ]
    for corrections, reread in steps:
        jobs.clear()
        runner.run(pages, out, corrections=corrections, **again)
        assert set(jobs) == reread
        docs = {one.doc for one in corrections}
        assert verdicts(out) == docs
        corrected = qz.open(out).corrected()
        assert set(corrected.loc[corrected["outcome"] == "applied", "doc"]) == docs
        assert (out / f"corrected.{kind}").exists() == bool(corrections)
        shutil.rmtree(tmp_path / "anew", ignore_errors=True)
        runner.run(pages, tmp_path / "anew", corrections=corrections, **again)
        one, other = qz.open(out), qz.open(tmp_path / "anew")
        for name in ("claims", "relations", "reports", "documents", "corrected", "errors"):
            pd.testing.assert_frame_equal(getattr(one, name)(), getattr(other, name)(), obj=name)


def test_refused_and_absent_corrections_of_a_corpus(pages, tmp_path):
    """What is refused is an error with its file and line, told at every run; what is elsewhere is told once; the rest is applied."""
    out, said = tmp_path / "out", []
    claims = qz.extract([*sorted(pages[0].glob("*.txt"))])
    good, stale, absent = mended(claims, "p0", "p1", "p2")
    (pages[0] / "p1.txt").write_text("第1县受理事项43宗。", encoding="utf-8")
    (pages[0] / "p2.txt").unlink()
    append(tmp_path / "c.csv", [good, stale, absent])
    with (tmp_path / "c.csv").open("a") as file:
        file.write("half")
    for _ in range(2):
        done = runner.run(
            [pages[0]],
            out,
            corrections=tmp_path / "c.csv",
            workers=1,
            part_files=1,
            tell=said.append,
        )
        assert [row[:2] for row in done.errors] == [
            (f"{tmp_path / 'c.csv'}, line {n}", "correct") for n in (3, 5)
        ]
        assert "the text of p1 changed since" in done.errors[0][2]
        assert qz.open(out).corrected()["outcome"].tolist() == [
            "applied",
            "refused",
            "elsewhere",
            "refused",
        ]
        assert f"{tmp_path / 'c.csv'}: 1 applied, 2 refused, 1 elsewhere" in said
    assert len(qz.open(out).errors()) == 2


def test_a_run_gives_what_one_process_gives_with_corrections(folder, tmp_path):
    """Corrections in parts and workers come to the tables of qz.tables, relations of copies included."""
    claims = qz.extract(files([folder / "south", folder / "north"]))
    rows = claims[
        (claims["kind"] == "count") & (claims["status"] == "ok") & claims["value"].notna()
    ]
    given = [line(row, "value", row["value"] + 1, "乙") for row in rows[::7].to_dict("records")]
    given += [line(row, "claim", "", "乙") for row in rows[3::7].to_dict("records")]
    runner.run([folder], tmp_path / "out", corrections=given, workers=2, part_files=3)
    wanted = qz.tables(files([folder]), corrections=given, on_error="keep")
    for name in ("claims", "relations", "reports"):
        pd.testing.assert_frame_equal(
            getattr(qz.open(tmp_path / "out"), name)(), getattr(wanted, name), obj=name
        )
    by = ["doc", "start", "column"]
    one, other = (
        t.sort_values(by, ignore_index=True)
        for t in (qz.open(tmp_path / "out").corrected(), wanted.corrected)
    )
    pd.testing.assert_frame_equal(one, other)


def test_a_run_that_was_stopped_goes_on_with_the_corrections_of_now(pages, tmp_path, monkeypatch):
    """A stop after some of the documents were read again leaves nothing of the old corrections behind."""
    out, done = tmp_path / "out", Journal.done
    runner.run([pages[0]], out, workers=1, part_files=1)
    claims = qz.open(out).claims()
    left = [2]

    def stopping(self, number, result):
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        done(self, number, result)

    monkeypatch.setattr(Journal, "done", stopping)
    with pytest.raises(KeyboardInterrupt):
        runner.run(
            [pages[0]],
            out,
            workers=1,
            part_files=1,
            corrections=mended(claims, "p0", "p1", "p2", "p3"),
        )
    monkeypatch.setattr(Journal, "done", done)
    runner.run([pages[0]], out, workers=1, part_files=1, corrections=mended(claims, "p1", "p3"))
    assert verdicts(out) == {"p1", "p3"}
    assert qz.open(out).corrected()["doc"].tolist() == ["p1", "p3"]


def test_a_table_called_corrected_that_no_run_made_stays(pages, tmp_path):
    """Somebody else's corrected.csv in the folder of the tables is neither written over nor taken away."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "corrected.csv").write_text("mine\n")
    given = mended(qz.extract(pages[0] / "p0.txt"), "p0")
    with pytest.raises(QzError, match=r"corrected\.csv: is there and was not made by qz"):
        runner.run([pages[0]], out, corrections=given, workers=1)
    runner.run([pages[0]], out, workers=1)
    assert (out / "corrected.csv").read_text() == "mine\n"


@pytest.fixture
def _own_session(monkeypatch):
    """The test begins without a user's words and leaves none behind."""
    monkeypatch.delenv(registry.VARIABLE, raising=False)
    registry.put(None)
    yield
    registry.put(None)


@pytest.mark.usefixtures("_own_session")
def test_words_of_the_user_have_a_stamp_of_their_text(tmp_path):
    """A user's words in force have a stamp that goes by their text and not by the file; without any it is empty."""
    made = []
    for name, unit in (("a", "垛"), ("b", "垛"), ("c", "摞")):
        file = tmp_path / f"{name}.toml"
        file.write_text(f'[units.petition]\n"{unit}" = "items"\n', encoding="utf-8")
        qz.vocabulary(file)
        made.append(runner.vocabulary_hash())
    assert made[0] == made[1] != made[2]
    registry.put(None)
    assert (len(made[0]), runner.vocabulary_hash()) == (16, "")


@pytest.mark.parametrize("tool", ["antiword", "soffice"])
def test_another_program_or_limit_may_read_what_failed(monkeypatch, tool):
    """A program that reads files, newly there, and other limits are other means; the same ones are the same."""
    monkeypatch.setattr(runner.shutil, "which", lambda name: None)
    without = runner.reading_conditions(Limits())
    assert runner.reading_conditions(Limits()) == without != runner.reading_conditions(Limits(1))
    monkeypatch.setattr(runner.shutil, "which", lambda name: name if name == tool else None)
    assert runner.reading_conditions(Limits()) != without


def test_the_stamp_of_the_package_is_that_of_its_files():
    """As long as no file of the package changes its stamp is the same."""
    assert code_hash() == code_hash()
    assert len(code_hash()) == 16
