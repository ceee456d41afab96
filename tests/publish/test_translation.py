"""Notebooks in Chinese: paired files in step with their notebooks, one set of code."""

import re
from hashlib import sha256
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from qz_analysis import mask_names
from qz_analysis.errors import QzError
from qz_analysis.publish.translation import paired, spoken_in, texts
from qz_analysis.vocabularies.session import load

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))


def notebook(*cells):
    """A notebook of Markdown (a str) and code (in a list), cells named a-0, a-1, …"""
    made = [
        v4.new_code_cell(c[0]) if isinstance(c, list) else v4.new_markdown_cell(c) for c in cells
    ]
    for number, cell in enumerate(made):
        cell.id = f"a-{number}"
    return v4.new_notebook(cells=made)


def written(folder, text):
    """A paired file with this text."""
    file = folder / "a.md"
    file.write_text(text, encoding="utf-8")
    return file


def digest(words):
    """Eight hex digits that change when the words do."""
    return sha256(words.strip().encode()).hexdigest()[:8]


def out_of_step(notebook, file):
    """What in a paired file does not fit its notebook, and the way out."""
    known = texts(file)
    cells = {cell.id: cell.source for cell in notebook.cells if cell.cell_type == "markdown"}
    for name in known.keys() - cells.keys():
        yield f"{file}: {name}: there is no such cell; take the piece out"
    for name, source in cells.items():
        now = digest(source)
        if name not in known:
            yield f"{file}: {name}: is missing; add it below a line <!-- {name} {now} -->"
        elif known[name].digest != now:
            yield f"{file}: {name}: its original changed; mend it, then write <!-- {name} {now} -->"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_each_notebook_is_in_step_with_its_chinese(path):
    """Every Markdown cell has its Chinese, made of the words that stand there now, and no piece is left over."""
    assert list(out_of_step(nbformat.read(path, as_version=4), paired(path, "zh"))) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_chinese_has_the_same_headings_and_names(path):
    """A piece has as many headings of each rank as its original, and every name that stands in backticks."""
    known = texts(paired(path, "zh"))
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            for pattern in (r"^#+ ", r"`[^`]+`"):
                found = [
                    sorted(re.findall(pattern, words, re.M))
                    for words in (cell.source, known[cell.id].words)
                ]
                assert found[0] == found[1], cell.id


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_word_of_ours_is_masked_as_a_name(path):
    """What the pages themselves say names no person (文末 begins with a surname): nothing is masked."""
    said = paired(path, "zh").read_text(encoding="utf-8")
    assert mask_names(said) == said


@pytest.mark.parametrize("file", ["profile", "caveats", "mechanisms", "programmes"])
def test_no_word_of_the_vocabulary_is_masked_as_a_name(file):
    """The words that pages are written with are never masked."""
    said = [text for text in _chinese(load(file)) if mask_names(text) != text]
    assert said == []


def _chinese(entry, key=""):
    """The Chinese words of a vocabulary, however deep."""
    if isinstance(entry, str):
        return [entry] if key.startswith(("zh", "what_zh")) else []
    if isinstance(entry, dict):
        return [text for name, part in entry.items() for text in _chinese(part, name)]
    return (
        [text for part in entry for text in _chinese(part, key)] if isinstance(entry, list) else []
    )


def test_what_is_out_of_step_is_named_with_the_way_out(tmp_path):
    """A changed original, a missing piece and one too many are each told, with the line to write."""
    file = written(tmp_path, "<!-- a-0 00000000 -->\n旧\n<!-- a-9 -->\n多余\n")
    told = list(out_of_step(notebook("New", "More"), file))
    assert [line.partition("a.md: ")[2] for line in told] == [
        "a-9: there is no such cell; take the piece out",
        f"a-0: its original changed; mend it, then write <!-- a-0 {digest('New')} -->",
        f"a-1: is missing; add it below a line <!-- a-1 {digest('More')} -->",
    ]


@pytest.mark.parametrize("text", ["", "字\n<!-- a-0 -->\n字", "字"])
def test_words_below_no_cell_are_refused(tmp_path, text):
    """A paired file begins with the line of a cell."""
    with pytest.raises(QzError, match="begin each piece with a line"):
        texts(written(tmp_path, text))


def test_two_pieces_of_one_cell_are_refused(tmp_path):
    """A cell has one piece."""
    with pytest.raises(QzError, match="two pieces for the cell a-0"):
        texts(written(tmp_path, "<!-- a-0 -->\n甲\n<!-- a-0 -->\n乙\n"))


@pytest.mark.parametrize(
    ("code", "spoken"),
    [
        ('qz.language("en")', 'qz.language("zh")'),
        ('lang = "en"  # en or zh', 'lang = "zh"  # en or zh'),
        ('show(ax, "a", "../figures")', 'show(ax, "a", "../figures/zh")'),
        ('other_lang = "en"', 'other_lang = "en"'),
    ],
)
def test_the_code_says_its_language(tmp_path, code, spoken):
    """Of the code only the language that it names changes, and the folder of figures."""
    file = written(tmp_path, "<!-- a-0 -->\n题\n")
    made = spoken_in(notebook("Title", [code]), "zh", file)
    assert [cell.source for cell in made.cells] == ["题", spoken]


def test_without_a_paired_file_words_stay(tmp_path):
    """A notebook of one's own without Chinese words keeps its own, and is not changed itself."""
    nb = notebook("Title", ['qz.language("en")'])
    assert spoken_in(nb, "zh", tmp_path / "none.md").cells[0].source == "Title"
    assert nb.cells[1].source == 'qz.language("en")'
