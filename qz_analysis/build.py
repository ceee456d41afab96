"""The whole way in one command: reports → tables → notebooks → figures → briefs."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import QzError

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["build"]


def build(project: Path, *, workers: int | None = None) -> int:
    """Makes tables, figures and briefs of a project folder and prints what it made and how long it took.

    Args:
        project: the folder that holds `data/reports` and `notebooks`.
        workers: notebooks run at once; as many as there are cores unless given.

    Returns:
        0; every failure is raised.

    Raises:
        QzError: the folder is no project, a report cannot be read, or a notebook fails (named with its cell).
    """
    began = time.perf_counter()
    reports, notebooks = project / "data" / "reports", sorted((project / "notebooks").glob("[0-9]*.ipynb"))
    if not reports.is_dir() or not notebooks:
        raise QzError(
            f"{project.resolve()}: no data/reports or no notebooks here; run `qz build` in the project's folder, or name it with --project"
        )
    started = time.time()
    made = [*_tables(reports, project / "tables"), *_briefs(project, notebooks, workers or os.cpu_count() or 1)]
    made += sorted(
        p for p in (project / "figures").glob("*") if p.suffix in {".png", ".svg"} and p.stat().st_mtime >= started - 1
    )
    print(f"\nmade {len(made)} files in {time.perf_counter() - began:.0f} s:")
    for folder, names in _grouped(project, made):
        print(f"  {folder}/: {', '.join(names)}")
    return 0


def _tables(reports: Path, out: Path) -> list[Path]:
    from tqdm import tqdm

    from .extraction import tables, write

    result = tables([reports], progress=lambda items: tqdm(items, desc="reading reports", unit="file"))
    claims, relations = result.claims, result.relations
    print(f"{len(result.reports)} reports, {len(claims)} claims ({(claims['status'] == 'redacted').sum()} redacted), "
          f"{len(relations)} relations ({(relations['verdict'] == 'bad').sum()} bad)")  # fmt: skip
    return write(result, out)


def _briefs(project: Path, notebooks: list[Path], workers: int) -> Iterator[Path]:
    from tqdm import tqdm

    from .brief import export, index, run

    out = project / "briefs"
    entries = []
    with ThreadPoolExecutor(workers) as pool:
        running = pool.map(run, notebooks)
        for path, notebook in tqdm(
            zip(notebooks, running, strict=True), total=len(notebooks), desc="running notebooks", unit="notebook"
        ):
            page = export(notebook, out / f"{path.stem}.html")
            entries.append((page, *_headline(notebook, path)))
    yield index(entries, out)
    yield from (page for page, _, _ in entries)


def _headline(notebook: "NotebookNode", path: Path) -> tuple[str, str]:
    """Title and first paragraph of a notebook: the index shows them."""
    words = [
        line.strip()
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for line in cell.source.splitlines()
        if line.strip()
    ]
    title = next((line.lstrip("# ") for line in words if line.startswith("# ")), path.stem)
    summary = next((line for line in words if not line.startswith(("#", "|", "-", ">"))), "")
    return title, summary


def _grouped(project: Path, made: list[Path]) -> Iterator[tuple[str, list[str]]]:
    folders = sorted({p.parent for p in made})
    for folder in folders:
        yield str(folder.relative_to(project)), [p.name for p in made if p.parent == folder]
