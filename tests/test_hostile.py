"""Whatever lies in a folder becomes rows of the tables or one row of the errors."""

import hostile
import pandas as pd
import pytest

from qz_analysis.cli import main

#: what is read all the same; of the rest one error says why not, and a link to the own folder is walked once
READ = {
    "a good page", "another of the same stem", "NUL bytes in a page", "a page cut inside a character",
    "a few broken bytes in a long page", "2 MB on one line", "digits without end", "a million brackets",
    "a table of a million columns", "script and markup", "a page that is a Word file", "a member that climbs out",
    "a member named in GBK", "a name with a line end", "a name in GBK", "a name that is a formula", "an OFD file of endless steps",
}  # fmt: skip
EITHER = {"entities in a Word file"}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    names = dict(hostile.write(folder / "in", line=2, wide=4_000))
    code = main(
        ["extract", str(folder / "in"), "--out", str(folder / "out"), "--file-seconds", "600"]
    )
    tables = {
        path.stem: pd.read_csv(path, keep_default_na=False)
        for path in (folder / "out").glob("*.csv")
    }
    return folder, names, code, tables


def what_became(names, tables):
    """For each thing in the folder: read as how many characters and claims, or the reason."""
    told = {}
    for what, name in names.items():
        document = tables["documents"][
            tables["documents"]["file"].str.contains(f"/{name}", regex=False)
        ]
        error = tables["errors"][tables["errors"]["file"].str.contains(f"/{name}", regex=False)]
        claims = tables["claims"]["doc"].isin(document["doc"]).sum()
        told[what] = f"read, {claims} claims" if len(document) else "; ".join(error["reason"])
    return told


def test_each_file_is_read_or_told(run):
    """Every file is a document or an error row with reason and way out; the run ends with exit code 1."""
    _, names, code, tables = run
    told = what_became(names, tables)
    assert code == 1
    assert {what for what, became in told.items() if became.startswith("read")} - EITHER == READ
    assert not [
        what for what, became in told.items() if not became and what != "a link to its own folder"
    ]
    assert tables["errors"]["reason"].all()
    assert tables["errors"]["way_out"].all()


def test_good_files_beside_bad_ones_keep_their_claims(run):
    """Each readable copy of the page gives its three figures, and the two of one stem stand apart."""
    _, _, _, tables = run
    counts = tables["claims"].groupby("doc").size()
    good = [doc for doc in counts.index if "good" in doc]
    assert len(good) == 2
    assert all(counts[doc] == 3 for doc in good)


def test_nothing_escapes_and_nothing_is_expanded(run):
    """No member is written outside the output folder; no entity and no file of the machine comes into a table."""
    folder, _, _, tables = run
    assert not list(folder.parent.glob("**/out.txt"))
    everything = " ".join(table.to_csv() for table in tables.values())
    assert "root:" not in everything
    assert "aaaaaaaaaa" not in everything
    assert "alert(1)" not in everything


def test_formulas_in_names_are_harmless(run):
    """No cell of a CSV table begins with a character that a spreadsheet takes for a formula."""
    _, _, _, tables = run
    for table in tables.values():
        for column in table.select_dtypes("str"):
            assert not table[column].str.match(r"[=+\-@\t\r]").any()
