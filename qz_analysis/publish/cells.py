"""Tables of a page in the words of its readers: heads, values, periods, titles of documents."""

import re
from collections.abc import Iterable, Mapping, Sequence

from bs4.element import NavigableString, Tag

from ..comparison.wording import column, counted_words, title_words, value, word
from ..script import breadth, chinese_marks
from ..vocabularies.labels import Lang
from .links import REFERENCE
from .markup import UNFOLDED, text_of

_DOCUMENTS = {"doc", "where", "same_as", "documents", "evidence", "出处"}
#: columns that name documents with the offsets of figures, of which a reader needs the title
_SPOTS = {"where", "evidence", "出处"}
#: whose and of when a figure is
_WHOSE = frozenset(["place", "level", "period"])
#: columns in the words of reports
_QUOTED = frozenset(["what", "bought", "paid_by", "figures", "words"])
#: a table whose columns take more room than a telephone has (a Chinese character counts two) is set
#: there row by row; no column asks for more than `_COLUMN`
_PHONE, _COLUMN = 44, 22
#: what stands on one line of a head at least
_PIECES = re.compile(r"[^\s：，、（(._]+[：，、（(._]?")
#: the class of tables whose heads and cells are words already
_IN_WORDS = "in-words"
#: columns of names that a person types, and so are no words of a language
_TYPED = {"entry", "file"}
#: what a text that was given without a file is called in tables
_GIVEN = "text"
#: columns of English names, beside which a column has the Chinese ones
_ENGLISH = {"programme", "label", "mechanism"}
#: a document's name before its offsets, its report, or alone
_NAMED = re.compile(r"(?P<doc>[^\s:;,][^:;,]*)(?P<rest>: ?|:\d+)?")


def in_words(heads: Iterable[str], rows: Iterable[Iterable[str]], whole: bool = False) -> str:
    """A table in HTML that `speak` leaves as it is: its heads and cells are words, escaped already;
    a `whole` one is not folded either.

    >>> print(in_words(["n"], [["7"]]).replace("<tbody>", "\\n<tbody>"))
    <table class="in-words"><thead><tr><th>n</th></tr></thead>
    <tbody><tr><td>7</td></tr></tbody></table>
    """
    head = "".join(f"<th>{one}</th>" for one in heads)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    kind = f"{_IN_WORDS} {UNFOLDED}" if whole else _IN_WORDS
    return f'<table class="{kind}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def speak(table: Tag, lang: Lang, titles: Mapping[str, str]) -> None:
    """Put names of columns, values, periods and documents of a table into words.

    It runs when the links of a page are made, which know tables by the names of their columns.

    >>> from bs4 import BeautifulSoup
    >>> html = "<table><thead><tr><th>doc</th></tr></thead><tr><td>000-01: 7</td></tr></table>"
    >>> table = BeautifulSoup(html, "html.parser").table
    >>> speak(table, "zh", {"000-01": "甲县报告"})
    >>> table.get_text()
    '文件甲县报告: 7'
    """
    heads = table.select("thead tr")
    if not heads or _IN_WORDS in table.get_attribute_list("class"):
        return
    cells = heads[-1].find_all(["th", "td"])
    names = [text_of(cell) for cell in cells]
    typed = _TYPED | {"value"} if "entry" in names else _TYPED
    twice = set(_ENGLISH) if lang == "zh" and "term" in names else set()
    if titles and "title" in names:
        twice.add("doc")
    rows = [row.find_all(["th", "td"]) for row in table.select("tr:not(thead tr)")]
    # the number of a report within its file tells nothing where each file holds one
    numbers = [
        text_of(mine[names.index("report")])
        for mine in rows
        if "report" in names and len(mine) == len(names)
    ]
    if titles and numbers and {*numbers} == {"0"}:
        twice.add("report")
    _say_untold(names, [mine for mine in rows if len(mine) == len(names)], lang)
    for mine in rows:
        if len(mine) != len(names):
            continue
        for name, cell in zip(names, mine, strict=True):
            if name in twice:
                cell.decompose()
            elif name in typed:
                _type(cell)
            else:
                _say(cell, name, lang, titles)
    for row in heads:
        for cell in row.find_all(["th", "td"]):
            whole = column(text_of(cell), lang)
            if text_of(cell) in twice:
                cell.decompose()
            elif whole != text_of(cell):
                cell.string = whole


def _say_untold(names: Sequence[str], rows: Sequence[Sequence[Tag]], lang: Lang) -> None:
    """Say in the rows without a place or a time that none is told, where others have one: an empty
    cell leaves open whether it was forgotten.
    """
    for at in (at for at, name in enumerate(names) if name in _WHOSE):
        cells = [row[at] for row in rows]
        if any(map(text_of, cells)):
            for cell in cells:
                if not text_of(cell):
                    cell.string = word("sentences", "no_time", lang)


def leave_out_empty(table: Tag) -> None:
    """Take out of a table of several rows the columns in which no row says anything.

    >>> from bs4 import BeautifulSoup
    >>> row = "<tr><td>7</td><td></td></tr>"
    >>> html = f"<table><thead><tr><th>a</th><th>b</th></tr></thead>{row}{row}</table>"
    >>> table = BeautifulSoup(html, "html.parser").table
    >>> leave_out_empty(table)
    >>> table.get_text(" ")
    'a 7 7'
    """
    heads = [row.find_all(["th", "td"]) for row in table.select("thead tr")]
    rows = [row.find_all(["th", "td"]) for row in table.select("tr:not(thead tr)")]
    cells = [cell for row in (*heads, *rows) for cell in row]
    joined = any(cell.get("colspan") or cell.get("rowspan") for cell in cells)
    # of one row, that a cell is empty may be what it says
    if len(heads) != 1 or len(rows) < 2 or joined or {*map(len, rows)} != {len(heads[0])}:
        return
    for at, head in enumerate(heads[0]):
        column_ = [row[at] for row in rows]
        if text_of(head) and not any(text_of(cell) or cell.find("img") for cell in column_):
            for cell in (head, *column_):
                cell.decompose()


def _say(cell: Tag, name: str, lang: Lang, titles: Mapping[str, str]) -> None:
    """One cell in words; its links stay."""
    if name in _DOCUMENTS and titles:
        # a title is longer than the name of a file, and may break
        kept = [one for one in cell.get_attribute_list("class") if one not in (None, "k")]
        cell["class"] = " ".join(kept)
    if name in _SPOTS and titles and _cite(cell, lang, titles):
        return
    texts = [text for text in cell.find_all(string=True) if str(text).strip()]
    for text in texts:
        said = str(text)
        if name in _DOCUMENTS:
            new = _NAMED.sub(
                lambda found: _title(found["doc"].strip(), lang, titles) + (found["rest"] or ""),
                said,
            )
        else:
            # the words alone: 'down ' stands before a link
            words = said.strip()
            new = said.replace(words, value(name, words, lang), 1)
            new = chinese_marks(new) if name in _QUOTED else new
            new = counted_words(new) if name == "what" else new
        if new != said:
            text.replace_with(NavigableString(new))
    if name == "period" and breadth(text_of(cell)) > _COLUMN:
        # a time that is told in words may break
        kept = [one for one in cell.get_attribute_list("class") if one not in (None, "k")]
        cell["class"] = " ".join(kept)


def _type(cell: Tag) -> None:
    """The cell as code: words that stand in a file of the reader's."""
    for text in [text for text in cell.find_all(string=True) if str(text).strip()]:
        text.wrap(Tag(name="code"))


def _title(doc: str, lang: Lang, titles: Mapping[str, str]) -> str:
    """The title of a document, its name where it has none."""
    return title_words(titles.get(doc, "")) or (
        word("values", "given", lang) if doc == _GIVEN else doc
    )


def _cite(cell: Tag, lang: Lang, titles: Mapping[str, str]) -> bool:
    """Titles for documents and offsets; the offsets that led somewhere are numbered links, or the
    title itself is the one link.
    """
    docs = dict.fromkeys(found["doc"].strip() for found in REFERENCE.finditer(text_of(cell)))
    if not docs:
        return False
    links = [link.extract() for link in cell.find_all("a")]
    cell.string = {"en": "; ", "zh": "；"}[lang].join(_title(doc, lang, titles) for doc in docs)
    cell["class"] = " ".join([*filter(None, cell.get_attribute_list("class")), "w"])
    if len(links) == 1 and cell.string is not None:
        links[0].string = str(cell.string)
        cell.clear()
        cell.append(links[0])
        return True
    for number, link in enumerate(links, 1):
        link.string = str(number)
        cell.extend([" ", link])
    return True


def label(table: Tag) -> None:
    """Tell the cells of a table that is too wide for a telephone what they are, so that it can be
    read there row by row.

    >>> from bs4 import BeautifulSoup
    >>> heads, cells = "<th>n</th>" * 4, f"<td>{'x' * 50}</td>" * 4
    >>> html = f"<table><thead><tr>{heads}</tr></thead><tr>{cells}</tr></table>"
    >>> table = BeautifulSoup(html, "html.parser").table
    >>> label(table)
    >>> table.find_all("td")[0]["data-h"]
    'n'
    """
    heads = table.select("thead tr")
    names = [text_of(cell) for cell in heads[-1].find_all(["th", "td"])] if heads else []
    rows = [
        row.find_all(["th", "td"]) for row in table.select("tr") if not row.find_parent("thead")
    ]
    # a row of one cell stands for those left out
    rows = [row for row in rows if len(row) > 1 or len(names) == 1]
    if len(names) < 2 or any(len(row) != len(names) for row in rows):
        return
    # words of a head are not torn
    widest = [max(map(breadth, _PIECES.findall(name)), default=0) for name in names]
    for row in rows:
        widest = [max(wide, breadth(text_of(cell))) for wide, cell in zip(widest, row, strict=True)]
    if sum(min(wide, _COLUMN) + 2 for wide in widest) <= _PHONE:
        return
    table["class"] = " ".join([*filter(None, table.get_attribute_list("class")), "stack"])
    for row in rows:
        for name, cell in zip(names, row, strict=True):
            if text_of(cell) and name:
                cell["data-h"] = name
