"""A folder from which every number of a study is made again by one command."""

import json
import platform
from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from string import Template

import pandas as pd

from ..comparison.county_years import panel
from ..errors import QzError
from ..model import Tables
from ..outputs import replaced, write
from ..readers.find import files
from ..readers.sidecar import beside
from ..runs.tables import tables
from ..schema import VERSION
from ..vocabularies.session import files_in_force
from .panel_files import codebook
from .panel_files import write as write_panel

__all__ = ["replicate"]

#: what the numbers depend on, beside Python itself
_LIBRARIES = ("pandas", "numpy", "scipy", "opencc", "charset-normalizer", "selectolax", "pypdfium2")
_TEMPLATES = Path(__file__).parent / "templates" / "replication"


def replicate(
    paths: Path | str | Sequence[Path | str],
    out: Path | str,
    *,
    corrections: Sequence[Path] = (),
    documents: Sequence[Path] | None = None,
    indicators: Sequence[str] | None = None,
    texts: bool = False,
) -> Path:
    """Writes a replication package: hashes of the texts, what was decided, tables, codebook, README.

    `python rebuild.py FOLDER-OF-TEXTS` in it checks the texts by their hashes, makes all tables anew
    and compares them, file by file. The README follows the template of the data editors of social
    science journals (https://social-science-data-editors.github.io/template_README/). Texts may be
    under copyright and name persons: they are left out unless asked for.

    Args:
        paths: files or folders of pages, as `tables` reads them.
        out: the folder to write; it must be new, empty, or an earlier package.
        corrections: corrections files that were applied; copied.
        documents: tables of documents that were applied; copied. Those beside the files are taken
            by themselves.
        indicators: the indicators of the panel; all that occur without it.
        texts: whether to put copies of the texts into the package.

    Returns:
        the folder.

    Raises:
        QzError: two files have one name, so that hashes could not tell them apart; the folder holds
            other things; or a page cannot be read, and the message names it.

    >>> import tempfile
    >>> home = Path(tempfile.mkdtemp())
    >>> _ = (home / "a.txt").write_text("望都县2011年工作总结\\n2011年，调解成功率98%。", encoding="utf-8")
    >>> made = replicate(home / "a.txt", home / "package")
    >>> sorted(path.name for path in made.iterdir() if path.name[0] != ".")[:4]
    ['README.md', 'codebook.csv', 'panel.csv', 'panel.metadata.json']
    """
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    found = files([Path(one) for one in given])
    out = Path(out)
    _refuse(out, found)
    known = list(documents) if documents is not None else beside(given)
    made = tables(found, corrections=list(corrections), documents=known or False)
    county_years = panel(made, list(indicators) if indicators else None)
    hashes = [
        (path.name, sha256(path.read_bytes()).hexdigest(), path.stat().st_size) for path in found
    ]
    _csv(pd.DataFrame(hashes, columns=["file", "sha256", "bytes"]), out / "texts.csv")
    for folder, kept in (("corrections", corrections), ("documents", known)):
        for path in kept:
            write(out / folder / Path(path).name, Path(path).read_bytes())
    for number, file in enumerate(files_in_force(), 1):
        name = f"{number:02d}_{Path(file.path).name}"
        write(out / "vocabulary" / name, file.text.encode())
    if texts:
        for path in found:
            write(out / "texts" / path.name, path.read_bytes())
    for name in ("claims", "relations", "reports", "errors"):
        _csv(getattr(made, name), out / "tables" / f"{name}.csv")
    filled = not county_years.wide.empty
    if filled:
        write_panel(county_years, out / "panel.csv")
        _csv(codebook(county_years), out / "codebook.csv")
    about = {"indicators": list(indicators or []), "version": VERSION, "panel": filled}
    write(out / "study.json", (json.dumps(about, ensure_ascii=False, indent=2) + "\n").encode())
    pins = "\n".join(f"{name}=={number}" for name, number in _versions())
    write(out / "requirements.txt", f"qz-analysis=={VERSION}\n{pins}\n".encode())
    write(out / "rebuild.py", (_TEMPLATES / "rebuild.py").read_bytes())
    write(out / "README.md", _readme(made, len(found), texts=texts, filled=filled).encode())
    return out


def _refuse(out: Path, found: Sequence[Path]) -> None:
    names = [path.name for path in found]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise QzError(f"{twice[0]}: two files have this name; rename one, so that each has its own")
    if out.exists() and not out.is_dir():
        raise QzError(f"{out}: is a file; give --out the name of a new folder")
    if out.is_dir() and any(out.iterdir()) and not (out / "study.json").is_file():
        raise QzError(f"{out}: holds other things; give --out the name of a new folder")


def _csv(table: pd.DataFrame, path: Path) -> None:
    with replaced(path) as part:
        table.to_csv(part, index=False, lineterminator="\n", encoding="utf-8")


def _versions() -> list[tuple[str, str]]:
    """The versions of the libraries that are there."""
    known = []
    for name in _LIBRARIES:
        try:
            known.append((name, version(name)))
        except PackageNotFoundError:
            continue
    return known


def _readme(made: Tables, files: int, *, texts: bool, filled: bool) -> str:
    """The README of the package, filled in from what was read."""
    periods = sorted({str(period)[:4] for period in made.reports["period"] if period})
    template = Template((_TEMPLATES / "README.md").read_text(encoding="utf-8"))
    return template.substitute(
        files=files,
        reports=len(made.reports),
        claims=f"{len(made.claims):,}",
        places=made.reports["place"].nunique(),
        years=f"{periods[0]} to {periods[-1]}" if periods else "no year that is stated",
        errors=len(made.errors),
        texts="The texts are in `texts/`." if texts else "The texts are not in this package.",
        panel="`panel.csv`, described in `codebook.csv` and `panel.metadata.json`, is made of the "
        "claims that are named indicators."
        if filled
        else "No figure of the texts is a named indicator with place and year: there is no panel.",
        python=platform.python_version(),
        system=platform.system(),
        version=VERSION,
    )
