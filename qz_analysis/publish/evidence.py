"""The sentences that a page's figures come from: each once, every figure of it marked.

A mark carries the place of its figure, of which `links` makes an anchor: all figures of a page lead
to the very mark that shows them.
"""

import base64
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..charts.figure import figure_of, finished
from ..charts.rows import as_rows, families, row_labels, subject_of
from ..comparison.indicators import as_hedged
from ..comparison.panel import evidence as checked_by_readers
from ..comparison.printed import english_printed, english_time
from ..comparison.sentences import Whole, marked, unbroken, whole
from ..comparison.wording import (
    capital,
    inner_marks,
    not_found,
    not_found_words,
    source_words,
    subject_words,
    title_words,
    value,
    when,
    word,
)
from ..errors import QzError
from ..model import Document, starts_of
from ..privacy import mask_names
from ..readers.read import Source, documents
from ..runs.tables import corpus
from ..script import chinese_marks, dropped
from ..vocabularies.labels import Lang, say, single
from ..vocabularies.patterns import Pattern
from .cells import in_words
from .facts import Facts
from .figures import linked, noun, reference
from .links import REFERENCE, pieces
from .phrases import against

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .opening_words import Finding

Row = dict[str, Any]
#: figures whose sentences stand open; those of more are folded
OPEN = 20
#: levels of reports from the highest down, then reports of none
_LEVELS = ("province", "city", "county", "town", "village", "bureau", "")
#: the years that a period names
_YEARS = re.compile(r"(?:19|20)\d\d")
_RELATIVE = Pattern("evidence", "{relative}")
#: where a sentence of a page ends
_ENDS = "。！？\n"
#: figures drawn that are named below a chart, and of a subject
_NAMED, _NAMED_ROW = 200, 5
_NAN = float("nan")
_HAN, _ENGLISH = re.compile(r"[\u4e00-\u9fff]"), re.compile("[A-Za-z]{3} ")
_BAR = re.compile(r"\s*\|\s*$")


def in_chinese_marks(pieces: Iterable[tuple[str, int | None]]) -> list[tuple[str, int | None]]:
    """The pieces of a sentence with the commas and brackets of Chinese print, which cleaning narrows.

    >>> in_chinese_marks([("受理(含复查)", None), ("43宗", 0), (",办结", None)])
    [('受理（含复查）', None), ('43宗', 0), ('，办结', None)]
    >>> in_chinese_marks([("In a table (by rows): ", None), ("受理,办结", None)])
    [('In a table (by rows): ', None), ('受理，办结', None)]
    """
    kept = list(pieces)
    whole_ = chinese_marks("".join(text for text, _ in kept))
    made, at = [], 0
    for text, position in kept:
        # what the page says in English before a sentence keeps its own
        own = _ENGLISH.search(text) and not _HAN.search(text)
        made.append((text if own else whole_[at : at + len(text)], position))
        at += len(text)
    return made


def told_pieces(one: Whole, lang: Lang) -> tuple[tuple[str, int | None], ...]:
    """The pieces of a sentence as a page shows it: one that was put together from a table says so, for it
    is no quotation.

    >>> told_pieces(Whole((("甲镇受理", None), ("12件", 0)), True), "zh")[0]
    ('表中（按行、列连读）：', None)
    """
    said = ((word("sentences", "in_table", lang), None),) if one.of_table else ()
    *ahead, (last, at) = unbroken(one).pieces
    # the bar of a table that its page tore apart
    last = _BAR.sub("", last) if at is None else last
    return (*said, *ahead, *([(last, at)] if last else []))


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
    for text, at in in_chinese_marks(pieces):
        shown = escape(text)
        if at is not None:
            shown = f'<mark data-where="{escape(where(at))}">{shown}</mark>{told(at)}'
        made.append(shown)
    return "".join(made)


def folded(table: str, n: int, lang: str) -> str:
    """A table of the sentences of `n` figures, folded where there are many."""
    figures = noun("figures", n, lang)
    return table if n <= OPEN else fold(table, word("sentences", "unfold", lang, figures=figures))


def fold(table: str, unfold: str, annex: str = "") -> str:
    """A table behind a line that unfolds it; in print it stands whole, or the line for it if there is
    one.
    """
    table = f"<details><summary>{escape(unfold)}</summary>{table}</details>"
    return table + (f'<p class="annex">{escape(annex)}</p>' if annex else "")


def pictures(png: bytes, figure: str) -> str:
    """The picture of a spot in HTML."""
    data = base64.b64encode(png).decode()
    return f'<br><img alt="{escape(figure)}" src="data:image/png;base64,{data}">'


def evidence(
    shown: "pd.DataFrame | Finding | Sequence[pd.DataFrame | Finding]",
    claims: pd.DataFrame,
    reports: pd.DataFrame,
    lang: Lang | None = None,
) -> None:
    """Shows what the figures of a page stand on: of panels what speaks against comparing them once,
    the figures with their counts; and of all that is given each sentence once with its figures marked,
    and its report among the sources.

    Args:
        shown: all that the page shows of figures, one or several: panels of `compare`, tables whose
            column `where` says where figures stand, findings of `opening`.
        claims: the claims that they were made of.
        reports: the reports of these.
        lang: `en` or `zh`; that in force (see `language`) unless given.

    Raises:
        QzError: something has figures that the claims do not hold.

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
    known = [*shown] if isinstance(shown, Sequence) else [shown]
    for panel in known:
        if not isinstance(panel, pd.DataFrame) or "caveats" not in panel:
            continue
        if said := against_comparing(panel, told):
            display(HTML(f"<p>{escape(said)}</p>"))
        table = _with_times(
            panel, checked_by_readers(panel).drop(columns="caveats"), claims, reports, told
        )
        display(HTML(table.to_html(index=False, na_rep="", escape=True)))
    keys = list(dict.fromkeys(key for one in known for key in _shown_by(one)))
    display(HTML(_sentences(keys, claims, reports, told)))


def _shown_by(one: "pd.DataFrame | Finding") -> list[tuple[str, int]]:
    """Document and start of each figure that a panel, a table or a finding shows."""
    if isinstance(one, pd.DataFrame):
        return [place for row in rows_of(one) for place in row["places"]]
    return [place for _, place in pieces(one.sentence) if place]


def _with_times(
    panel: pd.DataFrame,
    table: pd.DataFrame,
    claims: pd.DataFrame,
    reports: pd.DataFrame,
    lang: Lang,
) -> pd.DataFrame:
    """The table with what the figures of no dated time say of theirs, the period of their report
    beside it; and with what changes are against.
    """
    pairs = zip(claims["doc"], claims["start"], strict=True)
    at = {(str(doc), int(start)): n for n, (doc, start) in enumerate(pairs)}
    keys = zip(panel["doc"], panel["claims"].astype(str), strict=True)
    first = [at.get((str(doc), starts_of(starts)[0])) for doc, starts in keys]
    periods = {(row["doc"], row["report"]): str(row["period"]) for row in as_rows(reports)}
    times = []
    for row, n in zip(as_rows(panel), first, strict=True):
        time = str(row["period"])
        if not time and n is not None:
            time = _own_time(marked(claims, [n])[0].before, lang)
            if known := when(periods.get((row["doc"], row["report"]), ""), lang):
                time = word("sentences", "time_of_report", lang, time=time, when=known)
        times.append(time)
    table = table.assign(period=times)
    if panel["kind"].eq("change").any():
        rows, facts = as_rows(claims), Facts("", claims, claims.head(0), lang, {})
        told = (against(facts, rows[n]).strip() if n is not None else "" for n in first)
        table.insert(list(table).index("direction"), "against", list(told))
    return table


def timed(
    table: pd.DataFrame, claims: pd.DataFrame, reports: pd.DataFrame, lang: Lang | None = None
) -> pd.DataFrame:
    """A table of figures with what those of no year say of their time (“去年”), and the period of their
    report beside it, in the place of an empty `period`.

    Args:
        table: rows with the columns `period` and `where`, which says where figures stand.
        claims: the claims that hold these figures.
        reports: the reports of these.
        lang: `en` or `zh`; that in force (see `language`) unless given.

    Returns:
        a copy of the table.

    >>> import qz_analysis as qz
    >>> made = qz.tables("甲县信访工作总结\\n去年，全县共投入资金30万元。")
    >>> timed(qz.money(made), made.claims, made.reports, lang="zh")["period"].tolist()
    ['“去年”']
    """
    told = single(lang)
    pairs = zip(claims["doc"], claims["start"], strict=True)
    at = {(str(doc), int(start)): n for n, (doc, start) in enumerate(pairs)}
    periods = {(row["doc"], row["report"]): str(row["period"]) for row in as_rows(reports)}
    times = []
    for where, period in zip(table["where"], table["period"].fillna("").astype(str), strict=True):
        # of the figures of a sentence the first stands behind its words of time
        n = min((at[key] for key in places_of([str(where)]) if key in at), default=None)
        if n is None or (period and "x" not in period):
            times.append(period)
            continue
        own = _own_time(marked(claims, [n])[0].before, told)
        report = periods.get((claims["doc"].iloc[n], claims["report"].iloc[n]), "")
        said = own != word("sentences", "no_time", told)
        if period:
            masked = when(period, told)
            key = "time_masked" if said else "time_alone"
            times.append(word("sentences", key, told, time=own, when=masked))
        else:
            # that neither says when is said once
            known = when(report, told) if said or "x" not in report else ""
            key = "time_of_report" if known else "time_alone"
            times.append(word("sentences", key, told, time=own, when=known or own))
    return table.assign(period=times)


def _own_time(ahead: str, lang: Lang) -> str:
    """The words before a figure that tell its time without a year: in English in its own words, where it
    has some for them, else as a quotation.
    """
    found = [*_RELATIVE.finditer(ahead)]
    if not found:
        return word("sentences", "no_time", lang)
    said = found[-1][0]
    if lang == "en" and (told := english_time(said)):
        return told
    return word("sentences", "time_quoted", lang, words=inner_marks(said))


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


#: marks of a heading in a plain text, which are none of its words
_MARKS = "#＃* \t"


def mentions(
    cases: pd.DataFrame, source: Source, reports: pd.DataFrame, lang: Lang | None = None
) -> None:
    """Shows the sentences that name mechanisms, each sentence once with the names marked, and their
    sources.

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
        pieces[0] = (pieces[0][0].lstrip(_MARKS), pieces[0][1])
        sentence = marked_sentence(pieces, partial("{}: {}".format, doc))
        cells.append(
            [sentence.strip(), escape(title_words(titles.get((doc, report)) or "") or doc)]
        )
    if cells:
        cited = {key[:2] for key in found}
        rows = [row for row in as_rows(reports) if (row["doc"], row["report"]) in cited]
        heads = [escape(word("columns", name, told)) for name in ("sentence", "document")]
        names = word("sentences", "unfold_names", told, n=len(cells))
        table = fold(in_words(heads, cells), names)
        display(HTML(basis(rows, told) + table + sources(rows, told)))


def against_comparing(panel: pd.DataFrame, lang: str) -> str:
    """What speaks against comparing the figures of a panel: of all of them, then of how many.

    >>> panel = pd.DataFrame({"caveats": ["masked place; no period", "no period"]})
    >>> against_comparing(panel, "zh")
    '这2个数字不宜直接比较：未写明年份；其中一部分：地名被隐去（1个）。'
    >>> against_comparing(pd.DataFrame({"caveats": ["masked place", "no period"]}), "zh")
    '这2个数字都不宜直接比较，理由不一：地名被隐去（1个）；未写明年份（1个）。'
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
    # each for a reason of its own: then none of them can be compared
    key = "against_each" if not whole_ and panel["caveats"].ne("").all() else key
    return word("sentences", key, lang, **fillers) if parts else ""


def _sentences(
    keys: Sequence[tuple[str, int]], claims: pd.DataFrame, reports: pd.DataFrame, lang: Lang
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
    cells, in_table = [], False
    for one in whole(claims, [at[key] for key in keys]):
        first = rows[one.figures[0]]
        title = title_words(titles.get((first["doc"], first["report"])) or "") or first["doc"]
        sentence = marked_sentence(told_pieces(one, lang), lambda n: reference(rows[n], {}))
        cells.append([sentence, escape(str(title))])
        in_table = in_table or one.of_table
    names = ("sentence_or_table" if in_table else "sentence", "document")
    heads = [escape(word("columns", name, lang)) for name in names]
    cited = dict.fromkeys((rows[at[key]]["doc"], rows[at[key]]["report"]) for key in keys)
    told = [one for one in as_rows(reports) if (one["doc"], one["report"]) in cited]
    table = folded(in_words(heads, cells), len(set(keys)), lang)
    return basis(told, lang) + table + sources(told, lang)


def basis(reports: Sequence[Row], lang: Lang) -> str:
    """The line in HTML that says what a page is made from: how many reports, of which levels and
    years. A page shows it at its head.

    >>> basis([{"level": "county", "period": "2011-Q1"}, {"level": "", "period": "2014+"}], "zh")
    '<p class="basis">本页所引出自2份报告（见文末“资料来源”）：县区1份、层级未明1份；所述为2011—2014年。</p>'
    """
    levels = Counter(str(row.get("level") or "") for row in reports)
    counted = [
        word("sources", "so_many", lang, n=levels[level], level=value("level", level, lang) if level else word("sources", "no_level", lang))
        for level in _LEVELS
        if levels[level]
    ]  # fmt: skip
    years = [_YEARS.findall(str(row.get("period") or "")) for row in reports]
    known = sorted(year for some in years for year in some)
    ends = "..".join(dict.fromkeys([known[0], known[-1]])) if known else ""
    bare = sum(not some for some in years)
    told = [word("sources", "years", lang, when=when(ends, lang))] if ends else []
    told += [word("sources", "no_years" if ends else "never_years", lang, n=bare)] if bare else []
    fillers = {"reports": noun("reports", len(reports), lang), "years": "".join(told)}
    said = word("sources", "basis", lang, levels=word("sources", "list", lang).join(counted), **fillers)  # fmt: skip
    return f'<p class="basis">{escape(said)}</p>' if reports else ""


def sources(reports: Iterable[Row], lang: Lang) -> str:
    """The list of sources in HTML: whose report each is, its title, its time, its date and its
    address, and which of these it does not state.

    >>> print(sources([{"title": "甲县信访情况", "place": "甲县", "period": "2011"}], "zh").replace("<ol", "\\n<ol"))
    <p class="sources"><strong>资料来源</strong> （“未见”指程序未从文本中识别出，引用时请查原件。）</p>
    <ol class="sources"><li>甲县：《甲县信访情况》。所述时段：2011年。发文单位、发文日期、网址：文中未见。</li></ol>
    """
    rows = list(reports)
    every, note = lacking_in(rows, lang)
    retold = [is_retold(str(row.get("doc") or "")) for row in rows]
    if retold and all(retold) and every:
        # the retelling left it out, whatever the original tells
        named = word("sources", "list", lang).join(word("sources", key, lang) for key in every)
        note = word("sources", "retold_without", lang, named=named)
    elif any(retold):
        note = (" " if lang == "en" else "").join([note, word("sources", "retold", lang)])
    told = [source_words(row, lang, every) for row in rows]
    heading = f"<strong>{escape(word('sources', 'heading', lang))}</strong>"
    line = " ".join(filter(None, [heading, escape(note)]))
    items = "".join(f"<li>{escape(mask_names(capital(text, lang)))}</li>" for text in told)
    return f'<p class="sources">{line}</p><ol class="sources">{items}</ol>' if items else ""


def is_retold(doc: str) -> bool:
    """Whether a document is of the embedded corpus, whose texts and titles are retold."""
    try:
        return doc in {path.stem for path in corpus()}
    except QzError:
        return False


def lacking_in(reports: Sequence[Row], lang: Lang) -> tuple[list[str], str]:
    """What none of several reports tells of itself, and the sentence that says so once.

    >>> lacking_in([{"period": "2011"}, {"period": "2012"}], "zh")[0]
    ['issuer', 'date', 'url']
    """
    lacking = [set(not_found(row)) for row in reports]
    common = set.intersection(*lacking) if len(reports) > 1 else set()
    every = [key for key in not_found({}) if key in common]
    said = [not_found_words(every, lang, "all_lacking")]
    said.append(word("sources", "note", lang) if any(lacking) else "")
    return every, (" " if lang == "en" else "").join(filter(None, said))


def drawn(
    panel: "pd.DataFrame | Axes | Figure | np.ndarray",
    claims: pd.DataFrame | None = None,
    lang: Lang | None = None,
) -> None:
    """Shows below a chart where its figures stand: its rows in their order, each figure leading to its
    sentence on the same page; rows of a panel that have no figure to draw come last, and apart.

    Args:
        panel: the chart, as its function gives it, so that its own rows are told; or the rows that are
            drawn, with `doc` and `claims`, `doc` and `starts`, or `where` (and if wanted `label`). A claims table is told by
            subject, as `charts.coverage` draws it.
        claims: the claims, so that each is named as printed; the panel's own `text` unless given.
        lang: `en` or `zh`; that in force (see `language`) unless given.

    >>> drawn(pd.DataFrame({"doc": ["a"], "claims": ["7"], "text": ["43宗"]}), lang="en")
    <IPython.core.display.HTML object>
    """
    from IPython.display import HTML, display

    told = single(lang)
    rows = rows_of(panel)
    printed: Mapping[tuple[str, int], str] = {}
    if claims is not None:
        cells = claims[["doc", "start", "text", "bound", "before", "after"]]
        printed = {(str(row["doc"]), int(row["start"])): as_hedged(row) for row in as_rows(cells)}
    parts = []
    for key, some in (
        ("drawn", [r for r in rows if not _unseen(r)]),
        ("undrawn", [r for r in rows if _unseen(r)]),
    ):
        if items := told_rows(some, printed, told):
            parts.append(word("sentences", key, told, figures=items))
    said = escape((" " if told == "en" else "").join(parts), quote=False)
    html, n = f'<p class="drawn">{said}</p>', said.count("][")
    if n > OPEN:  # a wall of figures that nobody reads; who looks for one unfolds it
        summary = escape(word("sentences", "unfold_drawn", told, n=n))
        html = f'<details class="drawn"><summary>{summary}</summary>{html}</details>'
    display(HTML(html))


def rows_of(panel: "pd.DataFrame | Axes | Figure | np.ndarray") -> list[Row]:
    """The rows behind a chart or in a table, each with the documents and starts of its figures (`places`)."""
    if not isinstance(panel, pd.DataFrame):
        rows = list(finished(figure_of(panel)).rows)
    elif "family" in panel and "start" in panel and "claims" not in panel:
        return _by_family(panel)
    else:
        rows = as_rows(panel)
    for row in rows:
        if {"text", "bound", "before", "after"} <= set(row):
            row["text"] = as_hedged(row)
        if "claims" not in row and "starts" in row:
            row["claims"] = row["starts"]
        places = [] if "claims" in row else places_of([row["where"]])
        row["places"] = places or [(row["doc"], start) for start in starts_of(str(row["claims"]))]
    return rows


def _by_family(claims: pd.DataFrame) -> list[Row]:
    """A row for each subject of figures, the one with most of them first."""
    counts = claims["family"].value_counts()
    order = sorted(families(claims["family"]), key=lambda family: -counts[family])
    found = []
    for family in order:
        mine = claims[claims["family"].eq(family) & claims["status"].eq("ok")]
        places = list(zip(mine["doc"], mine["start"].astype(int), strict=True))
        found.append({"family": family, "places": places, "count": int(counts[family])})
    return found


def _unseen(row: Row) -> bool:
    """Whether a row has no figure that could be drawn."""
    lost = row.get("status") in {"redacted", "spoilt"}
    return lost or ("value" in row and pd.isna(row["value"]) and pd.isna(row.get("low", _NAN)))


def told_rows(
    rows: Sequence[Row],
    printed: Mapping[tuple[str, int], str],
    lang: Lang,
    called: Mapping[str, str] | None = None,
) -> str:
    """Rows of a chart, each by its name with its figures, which lead to their sentences; documents are
    `called` by other names in marks where these say so.
    """
    comma, semicolon, more = (
        word("story", key, lang) for key in ("comma", "semicolon", "and_more")
    )
    told: dict[str, list[str]] = {}
    left = _NAMED
    for at, (row, label) in enumerate(zip(rows, _labels(rows, lang), strict=True)):
        # a subject has too many figures, a panel without claims knows only the first as printed
        most = _NAMED_ROW if "count" in row else len(row["places"]) if printed else 1
        names = []
        for doc, start in row["places"][: min(most, left)]:
            # 持平 leads to the count that it is of, and is none itself
            own = row.get("kind") == "change" and not row["value"] and not row["direction"]
            text = str((not own and printed.get((doc, start))) or row.get("text") or "")
            text = english_printed(text) if lang == "en" else text
            names += [linked(text, {"doc": doc, "start": start}, called or {})] * bool(text)
        left -= len(names)
        names = list(dict.fromkeys(names))
        names[-1:] = [one + more * (len(row["places"]) > most > 1) for one in names[-1:]]
        if names:
            # what has one name is one row of the chart; without names each stands for itself
            told.setdefault(label or f"\0{at}", []).extend(names)
    items = (
        comma.join(dict.fromkeys(names))
        if label.startswith("\0")
        else word("sentences", "row", lang, row=label, figures=comma.join(dict.fromkeys(names)))
        for label, names in told.items()
    )
    return semicolon.join(dict.fromkeys(items)) + more * (left == 0)


def _labels(rows: Sequence[Row], lang: Lang) -> list[str]:
    """The names of rows as a chart has them; nothing where they have none."""
    if all("count" in row for row in rows):
        return [str(say("families", row["family"], lang)) for row in rows]
    if all({*row} == {"label", "where", "places"} for row in rows):
        return [str(row["label"]) for row in rows]
    if all({"mechanism", "term", "label"} <= set(row) for row in rows):
        return [str(row["term" if lang == "zh" else "label"]) for row in rows]
    if not all({"place", "subject", "period", "doc", "report"} <= set(row) for row in rows):
        return [""] * len(rows)
    known = zip(rows, row_labels(rows, lang), strict=True)
    return [str(row.get("label") or _whole(row, label)) for row, label in known]


def _whole(row: Row, label: str) -> str:
    """The name of a row with the words that a chart has no room for."""
    short = subject_of(row)
    whole_ = subject_words(str(row["subject"]), str(row["place"]))
    return label.replace(short, whole_) if "…" in short else label


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
