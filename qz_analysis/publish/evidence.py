"""The sentences that a page's figures come from: each once, every figure of it marked.

A mark carries the place of its figure, of which `links` makes an anchor: all figures of a page lead
to the very mark that shows them.
"""

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from html import escape
from typing import Any

import pandas as pd

from ..charts.rows import as_rows
from ..comparison.panel import evidence as checked_by_readers
from ..comparison.sentences import whole
from ..comparison.wording import value, word
from ..errors import QzError
from ..model import Document, starts_of
from ..privacy import mask_names
from ..readers.read import Source, documents
from ..script import dropped
from ..vocabularies.labels import Lang, single
from .cells import in_words
from .links import REFERENCE
from .story import linked, noun, reference

Row = dict[str, Any]
#: figures whose sentences stand open; those of more are folded, and left out in print
OPEN = 20
#: where a sentence of a page ends
_ENDS = "。！？\n"
#: figures drawn that are named below a chart
_NAMED = 80


def marked_sentence(
    pieces: Iterable[tuple[str, int | None]],
    where: Callable[[int], str],
    told: Callable[[int], str] = lambda _: "",
) -> str:
    """A sentence in HTML with its figures marked, each with its place.

    Args:
        pieces: words, and figures with the positions of their claims.
        where: document and offset of the claim at a position.
        told: what is said of it behind the figure, in HTML.

    >>> marked_sentence([("受理", None), ("43宗", 0)], lambda _: "a: 7")
    '受理<mark data-where="a: 7">43宗</mark>'
    """
    made = []
    for text, at in pieces:
        shown = escape(text)
        if at is not None:
            shown = f'<mark data-where="{escape(where(at))}">{shown}</mark>{told(at)}'
        made.append(shown)
    return "".join(made)


def folded(table: str, n: int, lang: str) -> str:
    """A table of the sentences of `n` figures, folded where there are many; a line in print says so."""
    if n <= OPEN:
        return table
    figures = noun("figures", n, lang)
    words = (word("sentences", key, lang, figures=figures) for key in ("unfold", "annex"))
    return _fold(table, *words)


def _fold(table: str, unfold: str, annex: str) -> str:
    """A table behind a line that unfolds it, and the line that stands for it in print."""
    table = f"<details><summary>{escape(unfold)}</summary>{table}</details>"
    return f'{table}<p class="annex">{escape(annex)}</p>'


def pictures(png: bytes, figure: str) -> str:
    """The picture of a spot in HTML."""
    data = base64.b64encode(png).decode()
    return f'<br><img alt="{escape(figure)}" src="data:image/png;base64,{data}">'


def evidence(
    panels: pd.DataFrame | Sequence[pd.DataFrame],
    claims: pd.DataFrame,
    reports: pd.DataFrame,
    lang: Lang | None = None,
) -> None:
    """Shows what the figures of panels stand on: what speaks against comparing them once, the
    figures with their counts, and each sentence once with all its figures marked.

    Args:
        panels: one panel of `compare` or several.
        claims: the claims that they were made of.
        reports: the reports of these.
        lang: `en` or `zh`; that in force (see `language`) unless given.

    Raises:
        QzError: a panel has figures that the claims do not hold.

    >>> import qz_analysis as qz
    >>> made = qz.tables("甲县受理事项43宗，办结36宗，办结率83.7%。")
    >>> panel = qz.compare(made.claims, made.relations, indicator="rates")
    >>> evidence(panel, made.claims, made.reports)  # in a notebook it is shown
    <IPython.core.display.HTML object>
    <IPython.core.display.HTML object>
    <IPython.core.display.HTML object>
    """
    from IPython.display import HTML, display

    told = single(lang)
    known = [panels] if isinstance(panels, pd.DataFrame) else [*panels]
    for panel in known:
        if said := against_comparing(panel, told):
            display(HTML(f"<p>{escape(said)}</p>"))
        table = checked_by_readers(panel).drop(columns="caveats")
        display(HTML(table.to_html(index=False, na_rep="", escape=True)))
    keys = list(dict.fromkeys(key for panel in known for key in drawn_from(panel)))
    display(HTML(_sentences(keys, claims, reports, told)))


def sentences(
    where: Iterable[str],
    claims: pd.DataFrame,
    reports: pd.DataFrame,
    lang: Lang | None = None,
) -> None:
    """Shows the sentences of figures, each sentence once with all these figures marked.

    Args:
        where: places as a column `where` names them, such as `a: 7, 12`.
        claims: the claims that hold these figures.
        reports: the reports of these.
        lang: `en` or `zh`; that in force (see `language`) unless given.

    Raises:
        QzError: a figure is not among the claims.

    >>> import qz_analysis as qz
    >>> made = qz.tables("甲县受理事项43宗，办结36宗，办结率83.7%。")
    >>> found = qz.findings(made.claims, made.relations)
    >>> sentences(found["where"], made.claims, made.reports)  # in a notebook it is shown
    <IPython.core.display.HTML object>
    """
    from IPython.display import HTML, display

    keys = list(dict.fromkeys(places_of(where)))
    if keys:
        display(HTML(_sentences(keys, claims, reports, single(lang))))


def mentions(
    cases: pd.DataFrame, source: Source, reports: pd.DataFrame, lang: Lang | None = None
) -> None:
    """Shows the sentences that name mechanisms, each sentence once with the names marked.

    Args:
        cases: rows of `mechanism_evidence`.
        source: the pages, folders of pages, or text that they were found in.
        reports: the reports of these, for their titles.
        lang: `en` or `zh`; that in force (see `language`) unless given.

    >>> import qz_analysis as qz
    >>> text = "甲县拟建立首问责任制。"
    >>> cases = qz.mechanism_evidence(qz.mechanisms(text))
    >>> mentions(cases, text, qz.reports(text))  # in a notebook it is shown
    <IPython.core.display.HTML object>
    """
    from IPython.display import HTML, display

    told = single(lang)
    titles = {(one["doc"], one["report"]): one["title"] for one in as_rows(reports)}
    texts = {one.doc: one.text for one in documents(source) if isinstance(one, Document)}
    found: dict[tuple[str, int, int, int], list[tuple[int, int]]] = {}
    for row in as_rows(cases):
        start, end = (int(one) for one in row["where"].rpartition(": ")[2].split("–"))
        text = texts[row["doc"]]
        first = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
        last = min((at for mark in _ENDS if (at := text.find(mark, end)) >= 0), default=len(text))
        found.setdefault((row["doc"], row["report"], first, last), []).append((start, end))
    cells = []
    for (doc, report, first, last), spans in found.items():
        shown = mask_names(texts[doc][first : last + 1])  # one character for one: the places stay
        pieces: list[tuple[str, int | None]] = []
        at = first
        for start, end in sorted(set(spans)):
            if start >= at:
                pieces += [(dropped(shown[at - first : start - first]), None)]
                pieces += [(dropped(shown[start - first : end - first]), start)]
                at = end
        pieces.append((dropped(shown[at - first :]), None))
        sentence = marked_sentence(pieces, partial("{}: {}".format, doc))
        cells.append([sentence.strip(), escape(str(titles.get((doc, report)) or doc))])
    if cells:
        heads = [escape(word("columns", name, told)) for name in ("sentence", "document")]
        names = word("sentences", "unfold_names", told, n=len(cells))
        annex = word("sentences", "annex_names", told, n=len(cells))
        display(HTML(_fold(in_words(heads, cells), names, annex)))


def drawn_from(panel: pd.DataFrame) -> list[tuple[str, int]]:
    """Document and start of each claim behind the rows of a panel, in its order.

    >>> drawn_from(pd.DataFrame({"doc": ["a"], "claims": ["19;12"]}))
    [('a', 19), ('a', 12)]
    """
    pairs = zip(panel["doc"], panel["claims"].astype(str), strict=True)
    return [(str(doc), start) for doc, starts in pairs for start in starts_of(starts)]


def against_comparing(panel: pd.DataFrame, lang: str) -> str:
    """What speaks against comparing the figures of a panel: of all of them, then of how many.

    >>> panel = pd.DataFrame({"caveats": ["masked place; no period", "no period"]})
    >>> against_comparing(panel, "zh")
    '这2个数字不宜直接比较：未写明时间；其中一部分：地名被隐去（1个）。'
    """
    parts = [part for text in panel["caveats"] for part in str(text).split("; ") if part]
    counts = pd.Series(parts, dtype=str).value_counts(sort=False)
    names = {name: value("caveats", str(name), lang) for name in counts.index}  # type: ignore[arg-type]
    semicolon = word("story", "semicolon", lang)
    whole_ = [names[name] for name, n in counts.items() if n == len(panel)]
    some = [
        word("sentences", "so_many", lang, what=names[name], n=n)
        for name, n in counts.sort_values(ascending=False, kind="stable").items()
        if n < len(panel)
    ]
    fillers = {"figures": noun("figures", len(panel), lang)}
    fillers |= {"all": semicolon.join(whole_), "some": semicolon.join(some)}
    key = "against_" + "_".join(["all"] * bool(whole_) + ["some"] * bool(some))
    return word("sentences", key, lang, **fillers) if parts else ""


def _sentences(
    keys: Sequence[tuple[str, int]], claims: pd.DataFrame, reports: pd.DataFrame, lang: str
) -> str:
    """The sentences of some figures as a table in HTML, each with its report; folded when long."""
    pairs = zip(claims["doc"], claims["start"], strict=True)
    at = {(str(doc), int(start)): n for n, (doc, start) in enumerate(pairs)}
    unknown = [key for key in keys if key not in at]
    if unknown:
        doc, start = unknown[0]
        raise QzError(f"{doc}: {start}: no such claim; give the claims that the panel was made of")
    rows = as_rows(claims)
    titles = {(one["doc"], one["report"]): one["title"] for one in as_rows(reports)}
    cells = []
    for one in whole(claims, [at[key] for key in keys]):
        first = rows[one.figures[0]]
        title = titles.get((first["doc"], first["report"])) or first["doc"]
        sentence = marked_sentence(one.pieces, lambda n: reference(rows[n], {}))
        cells.append([sentence, escape(str(title))])
    heads = [escape(word("columns", name, lang)) for name in ("sentence", "document")]
    return folded(in_words(heads, cells), len(set(keys)), lang)


def drawn(
    panel: pd.DataFrame, claims: pd.DataFrame | None = None, lang: Lang | None = None
) -> None:
    """Shows below a chart where its figures stand: each leads to its sentence on the same page.

    Args:
        panel: the rows that are drawn, with `doc` and `claims`, `doc` and `starts`, or `where`.
        claims: the claims, so that each is named as printed; the panel's own `text` unless given.
        lang: `en` or `zh`; that in force (see `language`) unless given.

    >>> drawn(pd.DataFrame({"doc": ["a"], "claims": ["7"], "text": ["43宗"]}), lang="en")
    <IPython.core.display.HTML object>
    """
    from IPython.display import HTML, display

    told = single(lang)
    if "claims" not in panel and "starts" in panel:
        panel = panel.rename(columns={"starts": "claims"})
    elif "claims" not in panel:
        at = [places_of([text]) for text in panel["where"]]
        joined = [";".join(str(start) for _, start in places) for places in at]
        panel = panel.assign(claims=joined, doc=[places[0][0] for places in at])
    printed: Mapping[tuple[str, int], str] = {}
    if claims is not None:
        pairs = zip(claims["doc"], claims["start"], claims["text"], strict=True)
        printed = {(str(doc), int(start)): str(text) for doc, start, text in pairs}
    names = []
    for row in as_rows(panel):
        starts = starts_of(str(row["claims"]))
        for start in starts if printed else starts[:1]:
            text = str(printed.get((row["doc"], start)) or row.get("text") or "")
            names.append(linked(text, {"doc": row["doc"], "start": start}, {}) if text else "")
    names = [*dict.fromkeys(filter(None, names))]
    more = word("story", "and_more", told) if len(names) > _NAMED else ""
    figures = word("story", "comma", told).join(names[:_NAMED]) + more
    said = escape(word("sentences", "drawn", told, figures=figures), quote=False)
    display(HTML(f'<p class="drawn">{said}</p>'))


def places_of(where: Iterable[str]) -> list[tuple[str, int]]:
    """Document and start of each figure that references such as `a: 7, 12` name.

    >>> places_of(["a: 7, 12", "b: 3"])
    [('a', 7), ('a', 12), ('b', 3)]
    """
    found = []
    for text in where:
        if m := REFERENCE.fullmatch(str(text)):
            starts = [int(part.split("–")[0]) for part in m["starts"].replace(";", ",").split(",")]
            found += [(m["doc"].strip(), start) for start in starts]
    return found
