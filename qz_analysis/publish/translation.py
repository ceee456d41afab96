"""Notebooks in Chinese: their Markdown out of a paired file, their code as it is.

`notebooks/zh/01_corpus.md` holds the Chinese of `notebooks/01_corpus.ipynb`. Each piece stands below
a line `<!-- ID DIGEST -->`: the cell's id, and eight hex digits of the words that it translates, so
that a text whose original has changed is known.
"""

import re
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import QzError

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from ..vocabularies.labels import Lang

_HEAD = re.compile(r"^<!-- (?P<id>[\w-]+)(?: (?P<digest>[0-9a-f]{8}))? -->\n", re.M)
#: the code that says which language is spoken, and where figures go
_SAID = re.compile(r'(?<=qz\.language\(")(?:en|zh|both)(?="\))|(?<=^lang = ")(?:en|zh)(?=")', re.M)
_FIGURES = '"../figures"'


@dataclass(frozen=True, slots=True)
class Text:
    """The words of one cell, and the digest of those that they translate."""

    words: str
    digest: str


def paired(notebook: Path, lang: str) -> Path:
    """The file with the words of a notebook in another language.

    >>> paired(Path("notebooks/01_corpus.ipynb"), "zh").as_posix()
    'notebooks/zh/01_corpus.md'
    """
    return notebook.parent / lang / f"{notebook.stem}.md"


def texts(file: Path) -> dict[str, Text]:
    """The pieces of a paired file by the ids of their cells.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "a.md"
    >>> _ = file.write_text("<!-- a-00 -->\\n# 图\\n", encoding="utf-8")
    >>> texts(file)["a-00"].words
    '# 图'
    """
    raw = file.read_text(encoding="utf-8")
    heads = list(_HEAD.finditer(raw))
    if not heads or raw[: heads[0].start()].strip():
        remedy = "begin each piece with a line <!-- ID --> that names its cell"
        raise QzError(f"{file}: no piece for a cell, or words before the first; {remedy}")
    ends = [*(head.start() for head in heads[1:]), len(raw)]
    found: dict[str, Text] = {}
    for head, end in zip(heads, ends, strict=True):
        if head["id"] in found:
            raise QzError(f"{file}: two pieces for the cell {head['id']}; put them into one")
        found[head["id"]] = Text(raw[head.end() : end].strip(), head["digest"] or "")
    return found


def spoken_in(notebook: "NotebookNode", lang: "Lang", file: Path) -> "NotebookNode":
    """A copy of a notebook that speaks a language: its words, what its code says, its figures.

    Args:
        notebook: the notebook, whose own words are English.
        lang: `en` or `zh`.
        file: its paired file; without one its words stay English.

    >>> from nbformat import v4
    >>> nb = v4.new_notebook(cells=[v4.new_code_cell('qz.language("en")')])
    >>> spoken_in(nb, "zh", Path("none.md")).cells[0].source
    'qz.language("zh")'
    """
    changed = deepcopy(notebook)
    known = texts(file) if lang != "en" and file.is_file() else {}
    for cell in changed.cells:
        if cell.cell_type == "markdown" and cell.id in known:
            cell.source = known[cell.id].words
        elif cell.cell_type == "code":
            cell.source = _SAID.sub(lang, cell.source)
            if lang != "en":
                cell.source = cell.source.replace(_FIGURES, f'{_FIGURES[:-1]}/{lang}"')
    return changed
