"""Claims tables as a notebook shows them: each figure in its clause, with marks of the audit."""

from html import escape
from typing import Any

import pandas as pd

from ..comparison.caveats import own_word
from ..comparison.sentences import Marked, marked
from ..comparison.wording import note, place_words, value, when
from ..errors import QzError
from ..vocabularies.labels import MARKS, SIGNS, Lang, say, single

#: what a table must have to be shown as claims; any other DataFrame shows itself as pandas has it
_NEEDED = {"doc", "report", "start", "end", "text", "value", "bound", "unit", "kind", "family"}
_NEEDED |= {"stage", "period", "place", "status", "sentence", "before", "after"}
_AROUND = 24  # characters of the sentence on either side
_STYLE = """<style>
table.qz-claims td, table.qz-claims th {text-align: left; vertical-align: top; \
font-family: var(--jp-content-font-family, sans-serif), "Noto Sans SC"}
table.qz-claims td.number {text-align: right; white-space: nowrap; \
font-variant-numeric: tabular-nums}
table.qz-claims td.clause {max-width: 34em; white-space: normal}
table.qz-claims mark {background: #ffe9a8; color: #222; font-weight: 600}
table.qz-claims small {opacity: .75}
</style>"""
_HEADS = ("clause", "value", "unit", "about", "period", "place", "audit", "where")


def is_claims(table: Any) -> bool:
    """Whether a table has the columns that show where its claims stand.

    >>> from qz_analysis import extract
    >>> is_claims(extract("受理43宗。")), is_claims(pd.DataFrame({"a": [1]}))
    (True, False)
    """
    unique = isinstance(table, pd.DataFrame) and table.columns.is_unique
    return unique and set(table.columns) >= _NEEDED


def as_html(claims: pd.DataFrame) -> str:
    """A claims table as HTML: as many rows as pandas would show, names of persons masked, in the
    language in force.

    >>> from qz_analysis import extract
    >>> "<mark>43宗</mark>" in as_html(extract("甲县受理事项43宗。"))
    True
    """
    lang, drawn = single(), _rows_drawn(len(claims))
    sentences = dict(zip(drawn, marked(claims, drawn), strict=True))
    audited = _marks(claims, drawn)
    body, last = [], -1
    for at in drawn:
        if at != last + 1:
            body.append(f'<tr><td colspan="{len(_HEADS)}">…</td></tr>')
        row, last = claims.iloc[at], at
        key = (str(row["doc"]), int(row["report"]), int(row["start"]))
        body.append(_row(row, sentences[at].within(_AROUND), audited.get(key, ""), lang))
    head = "".join(f"<th>{say('claims', name, lang)}</th>" for name in _HEADS)
    lost = int(claims["status"].eq("redacted").sum())
    count = say("claims", "one" if len(claims) == 1 else "count", lang, n=f"{len(claims):,}")
    count += say("claims", "lost", lang, n=f"{lost:,}") * bool(lost)
    table = f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"
    return f'<div>{_STYLE}<table class="dataframe qz-claims">{table}<p>{count}</p></div>'


def _rows_drawn(count: int) -> list[int]:
    """Positions of the rows that pandas' own options let through."""
    most = pd.get_option("display.max_rows")
    if most is None or most == 0 or count <= most:
        return list(range(count))
    few = min(pd.get_option("display.min_rows") or most, most)
    return [*range((few + 1) // 2), *range(count - few // 2, count)]


def _marks(claims: pd.DataFrame, rows: list[int]) -> dict[tuple[str, int, int], str]:
    """Verdicts on the claims of some rows; only their documents are audited."""
    from ..arithmetic.audit import audit
    from ..comparison.indicators import marks

    docs = claims["doc"].iloc[rows].unique()
    try:
        return marks(audit(claims[claims["doc"].isin(docs)]))
    # a table cut so that it cannot be audited is shown all the same
    except (QzError, KeyError, ValueError):
        return {}


def _row(row: "pd.Series[Any]", sentence: Marked, verdict: str, lang: Lang) -> str:
    mark = MARKS.get(verdict, "")
    corrected = str(row.get("corrected", "") or "")
    if corrected:
        told = say("claims", "corrected", lang, columns=corrected)
        mark += f'<span title="{escape(told)}">†</span>'
    about = " · ".join(
        value(name, str(row[name]), lang) for name in ("family", "stage") if row[name]
    )
    said = [value("status", str(row["status"]), lang), note(str(row.get("note", "") or ""), lang)]
    fault = say("claims", "colon", lang).join(filter(None, said))
    status = "" if row["status"] == "ok" else f"<br><small>{escape(fault)}</small>"
    before, figure, after = map(escape, sentence)
    place = str(row["place"] or "")
    # 我县 is nobody else's name for a place
    place = str(place_words(place, lang)) if own_word(place) else place
    texts = (row["unit"], about, when(str(row["period"] or ""), lang), place)
    cells = [
        f'<td class="clause">{before}<mark>{figure}</mark>{after}{status}</td>',
        f'<td class="number">{escape(_value(row))}</td>',
        *(f"<td>{escape(str(text))}</td>" for text in texts),
        f"<td>{mark}</td>",
        f"<td><small>{escape(str(row['doc']))}: {row['start']}–{row['end']}</small></td>",
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _value(row: "pd.Series[Any]") -> str:
    """The value in the base unit with its bound; a dash where the page gives none."""
    arrow = {"up": "↑ ", "down": "↓ "}.get(str(row.get("direction", "")), "")
    if pd.notna(row.get("low")) and pd.notna(row.get("high")):
        return f"{arrow}{row['low']:,.10g}–{row['high']:,.10g}"
    if pd.isna(row["value"]):
        return "—"
    sign = SIGNS.get(str(row["bound"]), "")
    return f"{arrow}{sign}{' ' * bool(sign)}{row['value']:,.10g}"


def shown(table: pd.DataFrame) -> str | None:
    """What a notebook shows of a DataFrame: claims in their clauses, anything else as pandas does.

    Nothing where pandas' options say so.
    """
    wanted = is_claims(table) and pd.get_option("display.notebook_repr_html")
    return as_html(table) if wanted else table._repr_html_()  # type: ignore[operator]
