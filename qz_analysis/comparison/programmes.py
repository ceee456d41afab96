"""The figures of the programmes that a notebook names, and how many there are of each."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from ..errors import QzError
from ..readers.find import files
from ..readers.read import read
from ..vocabularies.session import load
from .sentences import clauses

__all__ = ["figures", "overview"]

_SENTENCE = re.compile(r"[^。！？\n]+")


def figures(claims: pd.DataFrame, paths: Sequence[Path | str], notebook: str) -> pd.DataFrame:
    """The figures of the programmes that a notebook shows, one row a sentence, as printed.

    Args:
        claims: the claims table of the files.
        paths: the files or folders that the claims come from.
        notebook: a section of `vocabularies/programmes.toml`, such as `02_visits`.

    Returns:
        one row per programme and sentence with the columns programme, term, place, period, figures
        (the clauses that hold figures, in the words of the report, masks included) and where
        (document and raw offsets).

    Raises:
        QzError: no programme is assigned to such a notebook.

    >>> from qz_analysis import corpus, extract
    >>> table = figures(extract(corpus()[1]), [corpus()[1]], "02_visits")
    >>> table[table["term"] == "四访"]["figures"].str.count("；").tolist()
    [4]
    """
    if notebook not in load("programmes"):
        raise QzError(
            f"no programme is assigned to {notebook!r}; there are: {', '.join(load('programmes'))}"
        )
    rows = []
    for programme, found in _selected(claims, _pages(claims, paths), notebook):
        words = clauses(claims, [row["at"] for row in found])
        periods = list(dict.fromkeys(row["period"] for row in found if row["period"]))
        where = f"{found[0]['doc']}: {', '.join(str(row['start']) for row in found)}"
        rows.append(
            (
                programme["en"],
                programme["zh"],
                found[0]["place"],
                ", ".join(periods),
                "；".join("".join(text for text, _ in one.pieces) for one in words),
                where,
            )
        )
    return pd.DataFrame(rows, columns=["programme", "term", "place", "period", "figures", "where"])


def overview(claims: pd.DataFrame, paths: Sequence[Path | str]) -> pd.DataFrame:
    """How many figures there are of each programme, in which documents, and which notebook shows
    them.

    Args:
        claims: the claims table of the files.
        paths: the files or folders that the claims come from.

    Returns:
        one row per programme of the vocabulary with the columns programme, term, figures (a count),
        documents and notebook.

    >>> from qz_analysis import corpus, extract
    >>> table = overview(extract(corpus()[1]), [corpus()[1]])
    >>> table.loc[table["term"] == "四访", ["figures", "documents", "notebook"]].values.tolist()
    [[7, '000-02-county', '02_visits']]
    """
    rows, pages = [], _pages(claims, paths)
    for notebook, programmes in load("programmes").items():
        found: dict[str, list[dict[str, Any]]] = {p["zh"]: [] for p in programmes.values()}
        for programme, claimed in _selected(claims, pages, notebook):
            found[programme["zh"]] += claimed
        for programme in programmes.values():
            mine = found[programme["zh"]]
            docs = ", ".join(dict.fromkeys(row["doc"] for row in mine))
            rows.append((programme["en"], programme["zh"], len(mine), docs, notebook))
    return pd.DataFrame(rows, columns=["programme", "term", "figures", "documents", "notebook"])


def _pages(claims: pd.DataFrame, paths: Sequence[Path | str]) -> dict[str, str]:
    """The texts of the files that have claims."""
    return {
        document.doc: document.text
        for document in map(read, files(paths))
        if (claims["doc"] == document.doc).any()
    }


def _selected(
    claims: pd.DataFrame, pages: dict[str, str], notebook: str
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Each programme of a notebook with the claims of one sentence that names it, sentence by
    sentence; `at` is the row of the table that a claim is.
    """
    claims = claims.assign(at=range(len(claims)))
    by_doc = {doc: part.to_dict("records") for doc, part in claims.groupby("doc", sort=False)}
    # the places of the claims in rising order, each with the number of its row
    places = {
        doc: sorted((row["start"], n) for n, row in enumerate(rows)) for doc, rows in by_doc.items()
    }
    for programme in load("programmes")[notebook].values():
        named = re.compile("|".join(programme["words"]))
        for doc, raw in pages.items():
            if doc in programme.get("docs", [doc]):
                for sentence in filter(lambda m: named.search(m[0]), _SENTENCE.finditer(raw)):
                    first, last = (bisect_left(places[doc], (at, -1)) for at in sentence.span())
                    numbers = sorted(n for _, n in places[doc][first:last])
                    inside = [by_doc[doc][n] for n in numbers]
                    if inside:
                        yield (
                            programme,
                            [{str(key): value for key, value in row.items()} for row in inside],
                        )
