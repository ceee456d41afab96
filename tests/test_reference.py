"""The reference pages: what is public, whole, and nothing from elsewhere."""

import sys
from importlib import util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent.parent / ".ci" / "reference.py"


def _script():
    spec = util.spec_from_file_location("reference", SCRIPT)
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REFERENCE = _script()


def test_inner_modules_show_their_public_classes_alone():
    """A class that comes back from a public function has a page; of its module nothing else is shown, save what it inherits."""
    found = REFERENCE.pages()
    assert found["qz_analysis.runs.store"] == ["Store"]
    assert set(found["qz_analysis.extraction"]) == {"Tables", "_Tables"}
    assert not {"qz_analysis", "qz_analysis.brief", "qz_analysis.charts", "qz_analysis.errors"} & {*found}
    for module, names in found.items():
        assert all(getattr(sys.modules[module], name).__module__ == module for name in names)


def test_finding_the_names_leaves_the_modules_as_they_are():
    """Only the process that writes the pages hides what is not public."""
    import qz_analysis.extraction as extraction

    REFERENCE.pages()
    assert "write" in extraction.__all__


def test_other_things_are_left_alone(tmp_path, capsys):
    """A folder that holds other things than reference pages is not written over, and the exit code says so."""
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    assert REFERENCE.main(str(tmp_path)) == 1
    assert "name another folder" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ('<a href="#there" id="there">x</a>', []),
        ('<a href="inner/other.html#it">x</a><a href="inner/other.html">x</a>', []),
        ('<a href="https://example.org">x</a><img src="data:image/png;base64,AAAA">', []),
        ('<a href="#nowhere">x</a>', ["index.html: #nowhere leads nowhere"]),
        ('<a href="inner/other.html#gone">x</a>', ["index.html: inner/other.html#gone leads nowhere"]),
        ('<a href="missing.html">x</a>', ["index.html: missing.html leads nowhere"]),
        ('<script src="https://example.org/a.js"></script>', ["index.html: loads https://example.org/a.js"]),
        ("<img src=//example.org/a.png>", ["index.html: loads //example.org/a.png"]),
        ('<link rel="stylesheet" href="http://example.org/a.css">', ["index.html: loads http://example.org/a.css"]),
        ("<style>p { background: url('http://example.org/b') }</style>", ["index.html: loads http://example.org/b"]),
        ('<style>@import "https://example.org/c.css";</style>', ["index.html: loads https://example.org/c.css"]),
    ],
)
def test_what_is_amiss_with_pages(tmp_path, page, told):
    """A page that loads something from elsewhere, or a link that leads nowhere, is told; links to elsewhere are the reader's choice."""
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "other.html").write_text('<p id="it">', encoding="utf-8")
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    assert REFERENCE.amiss(tmp_path) == told
