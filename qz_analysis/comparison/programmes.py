"""The figures of the programmes that a notebook names, how many there are of each, what was done."""

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
from .sentences import clauses, marked

__all__ = ["figures", "overview", "results", "statistics", "telling"]

_SENTENCE = re.compile(r"[^。！？\n]+")
#: a subject of fewer characters (已办结) names the deed alone, and the clause before says of what
_SAYS_WHAT = 6
_HAN = re.compile("[\u4e00-\u9fff]")
#: words for a time that name no year, at the head of a sentence
_RELATIVE = re.compile("[^,，。;；]{0,4}?(?P<when>今年以来|近年来|去年|上年|前年|今年)")


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
                "；".join(one.words for one in words),
                where,
            )
        )
    return pd.DataFrame(rows, columns=["programme", "term", "place", "period", "figures", "where"])


def statistics() -> set[str]:
    """The names of what is only counted, and no work that is done.

    >>> "信访总量" in statistics()
    True
    """
    entries = [one for some in load("programmes").values() for one in some.values()]
    return {one["zh"] for one in entries if one.get("statistic")}


def telling(table: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Of each programme in each place the row that tells most: one that says how much was done before
    any other, then that with most legible figures. What is only counted has none: charts show it.

    Args:
        table: rows of `figures`.
        claims: the claims that they were made of.

    Returns:
        these rows as they stand in the table, with their index.

    >>> from qz_analysis import corpus, extract
    >>> claims = extract(corpus()[1])
    >>> table = figures(claims, [corpus()[1]], "03_mediation")
    >>> len(table), telling(table, claims)["term"].tolist()
    (5, ['领导包案', '三级平台', '诉前联调'])
    """
    best: dict[tuple[str, str], tuple[tuple[bool, int], Any]] = {}
    only_counted = statistics()
    for at, row, mine in _with_claims(table, claims):
        legible = mine["status"].eq("ok")
        rank = bool((legible & _done(mine)).any()), int(legible.sum())
        key = row["term"], row["place"]
        if row["term"] not in only_counted and (key not in best or rank > best[key][0]):
            best[key] = rank, at
    return table.loc[[at for at in table.index if at in {at for _, at in best.values()}]]


def results(table: pd.DataFrame, claims: pd.DataFrame) -> list[dict[str, str]]:
    """What programmes say that was resolved, as printed: of each programme in each place the first
    clause with a legible count of it, with the clause before where its own does not say of what.

    Args:
        table: rows of `figures`.
        claims: the claims that they were made of.

    Returns:
        programme, term, place, period, document, report and clause of each, `printed`, the count of what was resolved, and `relative`: the time that the sentence
        names by a word before it, and that is no part of the clause (去年, 今年以来).

    >>> from qz_analysis import corpus, extract
    >>> claims = extract(corpus()[1])
    >>> results(figures(claims, [corpus()[1]], "03_mediation"), claims)[1]["clause"]
    '县中心受理各类事项467宗，其中成功办结的328宗'
    """
    found: dict[tuple[str, str], dict[str, str]] = {}
    only_counted = statistics()
    for _, row, mine in _with_claims(table, claims):
        done = mine[mine["status"].eq("ok") & _done(mine)]
        key = row["term"], row["place"]
        if done.empty or row["term"] in only_counted or key in found:
            continue
        positions = mine["at"].tolist()
        parts = clauses(claims, positions)
        first = next(n for n, part in enumerate(parts) if int(done["at"].iloc[0]) in part.figures)
        bare = len(_HAN.findall(str(done["subject"].iloc[0]))) < _SAYS_WHAT
        said = parts[max(0, first - bare) : first + 1]
        clause = "，".join(part.words for part in said)
        found[key] = {name: str(row[name]) for name in ("programme", "term", "place", "period")}
        found[key] |= {
            "doc": str(done["doc"].iloc[0]),
            "report": str(done["report"].iloc[0]),
            "clause": clause,
            "printed": str(done["text"].iloc[0]),
            "relative": _relative(claims, int(done["at"].iloc[0]), clause),
        }
    return [*found.values()]


def _relative(claims: pd.DataFrame, at: int, clause: str) -> str:
    """The word for a time at the head of the sentence of a claim; empty where the clause has it."""
    said = _RELATIVE.match(marked(claims, [at])[0].before.strip())
    return "" if said is None or said["when"] in clause else said["when"]


def _done(claims: pd.DataFrame) -> "pd.Series[bool]":
    """Which claims count what was resolved, and are no part of another one that does."""
    actual = claims["modality"].eq("actual") & claims["kind"].eq("count")
    return actual & claims["stage"].eq("resolved")


def _with_claims(
    table: pd.DataFrame, claims: pd.DataFrame
) -> Iterator[tuple[Any, dict[str, Any], pd.DataFrame]]:
    """Each row of a table of programmes with its index and its claims; `at` is where these stand."""
    pairs = zip(claims["doc"], claims["start"], strict=True)
    at = {(str(doc), int(start)): n for n, (doc, start) in enumerate(pairs)}
    for index, row in zip(table.index, table.to_dict("records"), strict=True):
        doc, _, starts = str(row["where"]).rpartition(": ")
        positions = [at[doc, int(start)] for start in starts.split(",")]
        mine = claims.iloc[positions].assign(at=positions)
        yield index, {str(key): value for key, value in row.items()}, mine


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
