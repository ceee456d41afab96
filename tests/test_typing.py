"""A type checker sees of the installed package what a user may rely on."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.long  # a checker that begins without its cache takes long
ROOT = Path(__file__).parent.parent
# what a checker says of each line; a name or an argument that is wrong is told
LINES = {
    "qz.extract('受理43宗。')": "DataFrame",
    "qz.tables('受理43宗。').relations": "DataFrame",
    "qz.corpus()": "list[Path]",
    "qz.read('a.txt')": "Document",
    "qz.open('out').iter_claims(period='2011')": "Iterator[DataFrame]",
    "qz.export(qz.open('out'), 'a.zip', format='parquet')": "Path",
    "qz.export({'claims': qz.extract('受理43宗。')}, Path('a'))": "Path",
    "qz.audit(qz.extract('受理43宗。'))": "DataFrame",
    "qz.mask_names('村民')": "str",
    "qz.charts.rates(qz.compare(qz.extract(''), indicator='rates'))": "Axes",
    "qz.explore(qz.extract('')).claims": "DataFrame",
    "qz.review(qz.extract('')).why": "str",
    "qz.QzError('no')": "QzError",
    "qz.colour": "error",
    "qz.extract(7)": "error",
    "qz.export(qz.extract(''), 'a', format='xlsx')": "error",
    "qz.open('out').nothing()": "error",
}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What mypy says of each line of a script beside which the package is installed, not checked with it."""
    folder = tmp_path_factory.mktemp("user")
    lines = [
        "from pathlib import Path",
        "import qz_analysis as qz",
        *(f"reveal_type({line})" for line in LINES),
    ]
    (folder / "script.py").write_text("\n".join(lines), encoding="utf-8")
    words = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--config-file=",
        "--cache-dir=cache",
        "script.py",
    ]
    env = {key: value for key, value in os.environ.items() if key != "MYPYPATH"} | {
        "PYTHONPATH": str(ROOT)
    }
    said = subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True).stdout
    found: dict[int, list[str]] = {}
    for number, line in re.findall(r"^script\.py:(\d+): (.*)$", said, re.M):
        found.setdefault(int(number), []).append(line)
    return said, found


def test_the_import_is_typed(told):
    """The marker `py.typed` is honoured: nothing is said of the import itself."""
    said, found = told
    assert "py.typed" not in said
    assert not {1, 2} & {*found}


@pytest.mark.parametrize("line", LINES)
def test_a_user_sees_types(told, line):
    """Each use has the type that the documents promise, and each misuse is an error."""
    lines = told[1][3 + [*LINES].index(line)]
    wrong = [one for one in lines if one.startswith("error: ")]
    if LINES[line] == "error":
        assert wrong
        return
    assert not wrong
    [revealed] = [
        match[1] for one in lines if (match := re.search(r'Revealed type is "(.*)"', one))
    ]
    assert re.sub(r"\w+\.", "", revealed).startswith(LINES[line])
