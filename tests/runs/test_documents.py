"""A table of documents is written, mended and given back; what is not mended changes nothing."""

import warnings
from pathlib import Path

import pandas as pd
import pytest
from sparing import sparing

import qz_analysis as qz
from qz_analysis import QzError, cli
from qz_analysis.comparison.wording import source_words
from qz_analysis.readers.sidecar import read_sidecar
from qz_analysis.runs import run as runner

pytestmark = pytest.mark.usefixtures("kept_workers")

BODY = "各位代表：\n现在，我代表政府报告工作，请予审议。\n今年，全县受理来访9件，办结8件。\n"
PAGES = {
    "唐县_2020.txt": f"2020年唐县政府工作报告\n{BODY}",
    "town/甲.txt": "我镇今年受理来访12件，办结11件，办结率91.7%。\n",
    "town/乙.txt": "篇一:甲县总结\n"
    + "全县受理事项7件。" * 9
    + "\n篇二:乙县总结\n"
    + "全县办结6件。" * 12,
    "page.html": '<meta name="PubDate" content="2021-03-04"><title>望都县信访工作总结</title>'
    "<p>2020年，全县受理来访30件。</p>",
}


@pytest.fixture(autouse=True)
def _quiet():
    """What is said of tables that are found is no fault here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@pytest.fixture
def folder(tmp_path):
    """A folder of pages of several kinds."""
    for name, text in PAGES.items():
        path = tmp_path / "pages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "pages"


def same(one, other):
    """Whether the tables are the same, cell by cell."""
    for left, right in zip(one, other, strict=True):
        pd.testing.assert_frame_equal(left, right)


def mended(table, file, report=0, **cells):
    """The table with other cells in the row of a report."""
    at = table.index[(table["file"] == file) & (table["report"] == report)][0]
    table = table.astype(object)
    for name, cell in cells.items():
        table.loc[at, name] = cell
    return table


def report_of(made, doc, number=0):
    """Row of a report and its claims."""
    (row,) = made.reports[
        (made.reports["doc"] == doc) & (made.reports["report"] == number)
    ].to_dict("records")
    claims = made.claims[(made.claims["doc"] == doc) & (made.claims["report"] == number)]
    return row, claims


def test_every_report_has_a_row(folder):
    """Each report stands in a row with its file as seen from the folder, its stretch and what is known of it."""
    table = qz.documents(folder)
    assert table[["file", "report"]].values.tolist() == [
        ["page.html", 0],
        ["town/乙.txt", 0],
        ["town/乙.txt", 1],
        ["town/甲.txt", 0],
        ["唐县_2020.txt", 0],
    ]
    assert table["place"].tolist() == ["望都县", "甲县", "乙县", "我镇", "唐县"]
    assert table["dated"].tolist() == ["2021-03-04", "", "", "", "2020"]
    assert table["genre"].tolist() == ["工作总结", "总结", "总结", "", "政府工作报告"]


@pytest.mark.parametrize("name", ["documents.csv", "documents.xlsx"])
def test_a_table_given_back_as_it_is_changes_nothing(folder, name, capsys):
    """Written beside the files and found there, the table leaves every cell of every table as it was."""
    before = qz.tables(folder)
    assert cli.main(["documents", str(folder), "--out", str(folder / name)]) == 0
    same(qz.tables(folder), before)
    same([qz.documents(folder)], [qz.documents(folder, documents=False)])


def test_the_embedded_corpus_comes_back_as_it_is():
    """The same holds of the retold reports with their front matter, with a table in memory."""
    pages = qz.corpus()[:12]
    table = qz.documents(pages)
    same(qz.tables(pages, documents=table), qz.tables(pages))


def test_who_issued_a_report_can_be_said(folder):
    """The body that a person writes stands with the report and in its source, places nothing, and is
    written again; `-` takes it away.
    """
    table = mended(qz.documents(folder), "town/甲.txt", issuer="唐县信访局")
    made = qz.tables(folder, documents=table)
    row, _ = report_of(made, "甲")
    assert (row["issuer"], row["place"]) == ("唐县信访局", "我镇")
    assert "发文单位：唐县信访局。" in source_words(row, "zh")
    again = qz.documents(folder, documents=table)
    assert again.loc[again["file"].eq("town/甲.txt"), "issuer"].tolist() == ["唐县信访局"]
    table = mended(again, "town/甲.txt", issuer="-")
    assert report_of(qz.tables(folder, documents=table), "甲")[0]["issuer"] == ""


EDITS = [
    ({"place": "望都县"}, {"place": "望都县", "level": "county", "adcode": "130631"}),
    ({"level": "city"}, {"level": "city"}),
    ({"place": "-"}, {"place": "", "adcode": ""}),
]


@pytest.mark.parametrize(("cells", "expected"), EDITS)
def test_a_mended_place_or_level_changes_the_report_and_its_claims(folder, cells, expected):
    """Place, level and code of the row are those of the report and of each claim of its own."""
    table = mended(qz.documents(folder), "唐县_2020.txt", **cells)
    made = qz.tables(folder, documents=table)
    row, claims = report_of(made, "唐县_2020")
    assert {name: row[name] for name in expected} == expected
    assert {name: set(claims[name]) for name in ("place", "level")} == {
        name: {row[name]} for name in ("place", "level")
    }


@pytest.mark.parametrize(
    ("file", "doc", "cells", "period"),
    [
        ("唐县_2020.txt", "唐县_2020", {"dated": "2012"}, "2012"),
        ("town/甲.txt", "甲", {"dated": "2013/3/1"}, "2013"),
        ("town/甲.txt", "甲", {"period": "2014"}, "2014"),
    ],
)
def test_a_mended_date_or_period_dates_the_claims(folder, file, doc, cells, period):
    """今年 is the year of the date, or of the period, that the table states."""
    made = qz.tables(folder, documents=mended(qz.documents(folder), file, **cells))
    row, claims = report_of(made, doc)
    assert period in set(claims["period"]) and row["period"] == period
    assert row["dated"] == {"2013/3/1": "2013-03-01"}.get(
        cells.get("dated"), cells.get("dated", "")
    )


def test_a_mended_title_and_address_stand_in_the_report(folder):
    """Title and address are taken as they are written."""
    cells = {"title": "乙桥镇信访总结", "url": "http://example.org/1"}
    made = qz.tables(folder, documents=mended(qz.documents(folder), "town/甲.txt", **cells))
    row, _ = report_of(made, "甲")
    assert (row["title"], row["url"]) == (cells["title"], cells["url"])


def test_a_mended_boundary_divides_the_claims_anew(folder):
    """Two rows made one are one report with the claims of both; one cut in two is two."""
    table = qz.documents(folder)
    two = table[table["file"] == "town/乙.txt"]
    one = mended(table, "town/乙.txt", 0, end=int(two["end"].max())).drop(two.index[1])
    made = qz.tables(folder, documents=one)
    row, claims = report_of(made, "乙")
    assert row["end"] == two["end"].max()
    before = qz.tables(folder, documents=False).claims
    assert len(claims) == len(before[before["doc"] == "乙"])
    text = (folder / "town/甲.txt").read_text(encoding="utf-8")
    cut = text.index("办结11")
    first = mended(table, "town/甲.txt", 0, end=cut)
    second = {"file": "town/甲.txt", "start": cut, "end": len(text), "place": "乙桥镇"}
    made = qz.tables(folder, documents=pd.concat([first, pd.DataFrame([second])]))
    assert report_of(made, "甲")[1]["text"].tolist() == ["12件"]
    assert report_of(made, "甲", 1)[0]["place"] == "乙桥镇"
    assert report_of(made, "甲", 1)[1]["text"].tolist() == ["11件", "91.7%"]


def test_a_row_without_a_number_is_of_all_reports_of_its_file(folder):
    """A place given to a file is that of each report in it, unless a row of the report says otherwise."""
    rows = [
        {"file": "town/乙.txt", "place": "唐县"},
        {"file": "town/乙.txt", "report": 1, "place": "望都县"},
    ]
    made = qz.tables(folder, documents=pd.DataFrame(rows))
    assert [report_of(made, "乙", at)[0]["place"] for at in (0, 1)] == ["唐县", "望都县"]


def test_writing_keeps_what_a_person_wrote(folder, capsys):
    """A second writing keeps mended cells and rows of files that are gone; --anew forgets them."""
    path = folder / "documents.csv"
    qz.documents(folder)
    assert cli.main(["documents", str(folder)]) == 0
    text = path.read_text(encoding="utf-8-sig").replace("我镇", "乙桥镇")
    path.write_text(text + "gone.txt,,,,满城区,,,,,,,,\n", encoding="utf-8")
    assert cli.main(["documents", str(folder)]) == 0
    rows = read_sidecar(path)
    assert rows["town/甲.txt"][0].place == "乙桥镇" and rows["gone.txt"][0].place == "满城区"
    again = path.read_bytes()
    assert cli.main(["documents", str(folder)]) == 0 and path.read_bytes() == again
    assert cli.main(["documents", str(folder), "--anew"]) == 0
    assert "gone.txt" not in read_sidecar(path)


def test_another_file_of_that_name_is_left_alone(folder, capsys):
    """What is no table of documents is neither read as one nor written over."""
    path = folder / "list.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    assert cli.main(["documents", str(folder), "--out", str(path), "--anew"]) == 1
    assert "no table of documents" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "a,b\n1,2\n"


@pytest.mark.parametrize("cluster", sparing(["", "local"], 2))
def test_a_run_reads_only_files_again_whose_rows_changed(folder, tmp_path, cluster):
    """A mended row has its file read again and no other; the tables are those of `tables`, on Dask too."""
    out = tmp_path / "out"

    def run():
        return runner.run([folder], out, workers=1, cluster=cluster)

    assert run().read == 4
    assert cli.main(["documents", str(folder)]) == 0
    run()
    path = folder / "documents.csv"
    path.write_text(
        path.read_text(encoding="utf-8-sig").replace("我镇,town", "乙桥镇,town"), encoding="utf-8"
    )
    assert run().read == 1
    assert run().read == 0
    store, wanted = qz.open(out), qz.tables(folder)
    pd.testing.assert_frame_equal(store.reports(), wanted.reports)
    pd.testing.assert_frame_equal(store.claims(), wanted.claims)
    assert "乙桥镇" in set(wanted.reports["place"])
    path.unlink()
    assert run().read == 4
    pd.testing.assert_frame_equal(qz.open(out).reports(), qz.tables(folder).reports)


def test_a_table_of_texts_is_told_by_its_names_too(tmp_path):
    """Rows of a table of documents name the texts of JSON lines by their `doc`."""
    lines = tmp_path / "texts.jsonl"
    lines.write_text('{"doc": "甲", "text": "我县今年受理来访12件。"}\n', encoding="utf-8")
    table = pd.DataFrame([{"file": "甲", "place": "唐县", "dated": "2015"}])
    runner.run([lines], tmp_path / "out", workers=1, documents=table)
    claims = qz.open(tmp_path / "out").claims()
    assert claims[["place", "period"]].values.tolist() == [["唐县", "2015"]]


def test_a_stretch_behind_the_text_is_told_with_its_row(folder):
    """A row that speaks of what the file does not have is an error of that file, and names the row."""
    table = pd.DataFrame([{"file": "town/甲.txt", "report": 4, "place": "唐县"}])
    with pytest.raises(QzError, match="row 2: speaks of report 4"):
        qz.tables(folder, documents=table)
    kept = qz.tables(folder, documents=table, on_error="keep")
    assert kept.errors["file"].str.endswith("甲.txt").any() and "唐县_2020" in set(
        kept.reports["doc"]
    )


def test_archives_name_their_files_behind_their_own(tmp_path):
    """A file in an archive has a row behind the archive's name, and is mended by it."""
    import zipfile

    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for name in ("甲/1.txt", "乙/1.txt"):
            archive.writestr(name, "我县受理来访12件。")
    table = qz.documents(tmp_path)
    assert table["file"].tolist() == ["all.zip/甲/1.txt", "all.zip/乙/1.txt"]
    table.loc[1, "place"] = "唐县"
    made = qz.tables(tmp_path, documents=table)
    assert made.reports["place"].tolist() == ["我县", "唐县"]


def test_the_folder_of_a_test_is_not_changed(folder):
    """Nothing is written unless a table is asked for."""
    before = sorted(Path(folder).rglob("*"))
    qz.documents(folder)
    assert sorted(Path(folder).rglob("*")) == before


def test_the_command_tells_of_reports_without_a_place_or_a_time(tmp_path, capsys):
    """What a user has to fill in is counted, with the columns and the file to do it in."""
    from qz_analysis.cli import main

    (tmp_path / "a.txt").write_text("我县受理来访9件。\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("2020年唐县信访工作总结\n唐县受理来访9件。\n", encoding="utf-8")
    assert main(["documents", str(tmp_path)]) == 0
    told = capsys.readouterr().err
    assert "1 without a place of their own, 1 without a time" in told
    assert "documents.csv" in told
