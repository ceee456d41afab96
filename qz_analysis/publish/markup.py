"""Makes the HTML of a notebook's outputs harmless, and puts its tables and headings in order."""

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import accumulate, islice, pairwise
from operator import add
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from ..privacy import announced, mask_names
from ..script import breadth, dropped
from ..vocabularies.numerals import rounded, significant
from ..vocabularies.patterns import Pattern
from ..vocabularies.units import pieces


def _names(words: str) -> set[str]:
    return set(words.split())


# What may stand in a brief; the rest goes: an output is data, and may be hostile.
TAGS = _names(
    "a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption "
    "figure h1 h2 h3 h4 h5 h6 hr i img ins li mark ol p pre s section small span strong style sub "
    "summary sup table tbody td tfoot th thead time tr u ul"
)
# what goes with everything inside it; of other unknown tags the text stays
ACTING = _names(
    "script iframe object embed svg math form template noscript title textarea select video audio"
)
ATTRIBUTES = _names(
    "alt class colspan data-caption data-where dir href id lang open rowspan src start"
)
SCHEMES = {"http", "https", "mailto", "data"}
NO_PICTURE = re.compile(r"<img(?![^>]* src=)[^>]*>")  # its source was dropped
STYLE = re.compile(r"<style>(.*?)</style>", re.S)
STYLER = re.compile(r"(\s*#T_[^{},<>\\]*(,\s*#T_[^{},<>\\]*)*\{[^{}<>\\]*\})*\s*")
FIGURES = re.compile(r"[<>≤≥≈~±]?\s?[-+−]?\d[\d,.\s]*\s?(%|‰|[万亿])?")
WHOLE = re.compile(r"-?\d+\.0")
# more digits than anybody reads, or a number as programs write it
RAW = re.compile(r"-?\d+(?:\.\d{4,}|(?:\.\d+)?e[+-]\d+)")
NONE = {"NaN", "NaT", "<NA>", "None", "nan"}
# columns of numbers that count nothing: they name a report or a year
NAMING = {"doc", "period", "report", "year"}
# columns whose cells fall apart when broken at a hyphen or between figure and unit
KEPT = {"counts", "doc", "period", "printed"}
# a table of more columns than this may reach beyond the column of text
WIDE = 6
# a table of a brief with more rows than this is folded, unless it bears the class of those that
# stand whole
FOLDED, UNFOLDED = 12, "whole"
# a column with longer cells than this (a Chinese character counts two) is not squeezed to a word
# or two a line; the cells of any other are not broken at all
LONG = 14
# attributes that are read out
SPOKEN = ("alt", "aria-label", "data-caption")
INLINE = _names("a abbr b del em i ins mark s small span strong sub sup u")
# the words that an SVG shows or holds, and the font that it brings
DRAWN = re.compile(r"(?<=>)[^<>{}]*[\w][^<>{}]*(?=<)")
UNDRESSED = re.compile(r"\s*<style>@font-face[^<]*</style>")
#: a number as a title prints it, with hedges, scale and unit
NUMBER = Pattern(
    "units",
    r"[-+−±]?\d(?:[\d.,]*\d)?{inside}?(?:{scales}|千(?![伏瓦米克])|百(?!分))*{inside}?"
    r"(?:个百分点|(?:{known})|‰|成)?(?:{after})?",
    pieces,
)
HAN = re.compile("[㐀-鿿𠀀-𿿽][、-〟㐀-鿿！-～𠀀-𿿽]*")


def inert(html: str) -> str:
    """HTML with nothing left in it that acts, loads or breaks out of its place.

    >>> inert('<p onclick="x()">a<script>x()</script></p>')
    '<p>a</p>'
    """
    if "<" not in html:
        return html
    import nh3

    safe = nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=ACTING,
        attributes={"*": ATTRIBUTES},
        attribute_filter=_kept,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    # a Styler's own rules stay, any other style sheet could change the page round the table
    safe = STYLE.sub(lambda m: m[0] if STYLER.fullmatch(m[1]) else "", safe)
    return NO_PICTURE.sub("", safe)


def _kept(tag: str, attribute: str, value: str) -> str | None:
    """The attribute's value, None to drop it.

    Pictures come from the page itself, and links lead to no data.
    """
    if attribute == "src":
        return value if tag == "img" and value.startswith("data:image/") else None
    return None if attribute == "href" and value.startswith("data:") else value


def mask(body: BeautifulSoup, drawings: Mapping[str, str] | None = None) -> None:
    """Mask persons' names in all that a page shows or has read out; drop characters that act.

    A picture whose drawing shows a name gives way to the drawing, masked; `drawings` holds them in
    SVG by the address of the picture.

    The page is read as one text, so that a name known in one place is masked in every other; ids
    and addresses, which are made of the words later, follow. The tags stay as they are.
    """
    shown = [text for text in body.find_all(string=True) if type(text) is NavigableString]
    spoken = [(tag, name) for tag in body.find_all(True) for name in SPOKEN if tag.get(name)]
    pictures = body.find_all("img")
    drawn = [(tag, (drawings or {}).get(str(tag.get("src")), "")) for tag in pictures]
    drawn_words = [word for _, svg in drawn for word in DRAWN.findall(svg)]
    texts = [*map(str, shown), *(str(tag[name]) for tag, name in spoken), *drawn_words]
    texts = list(map(dropped, texts))
    # one sentence may hold a link; two cells are two lines
    blocks, heads = list(map(_block, shown)), _headed(body)
    gaps = [
        "\n\n" + heads.get(id(other), "") if one is not other else ""
        for one, other in pairwise(blocks)
    ]
    gaps += ["\n\n"] * (len(texts) - len(gaps))
    whole = mask_names("".join(map(add, texts, gaps)))
    lengths = [len(text) for text in texts]
    starts = accumulate(map(add, lengths, map(len, gaps)), initial=0)
    parts = iter([whole[start : start + n] for start, n in zip(starts, lengths, strict=False)])
    for node, part in zip(shown, islice(parts, len(shown)), strict=True):
        if part != node:
            node.replace_with(part)
    for (tag, name), part in zip(spoken, islice(parts, len(spoken)), strict=True):
        tag[name] = part
    for tag, svg in drawn:
        masked = DRAWN.sub(lambda _: next(parts), svg)
        if masked != dropped(svg):
            tag["src"] = _address(masked)


def _headed(body: BeautifulSoup) -> dict[int, str]:
    """What announces a person before a cell of a table, such as those under 姓名."""
    found: dict[int, str] = {}
    for table in body.find_all("table"):
        heads: list[str] = []
        for row in table.find_all("tr"):
            cells = row.find_all(["th", "td"])
            said = [announced(text_of(cell)) for cell in cells]
            if any(said):
                heads = said
            elif len(cells) == len(heads):
                found |= {id(cell): head for cell, head in zip(cells, heads, strict=True) if head}
    return found


def _address(svg: str) -> str:
    """The address of a drawing, with the font for the characters that it shows."""
    from ..charts.figure import with_font

    return "data:image/svg+xml;base64," + b64encode(with_font(UNDRESSED.sub("", svg))).decode()


def _block(text: NavigableString) -> Tag | None:
    """The cell or paragraph that a text stands in."""
    return next((tag for tag in text.parents if tag.name not in INLINE), None)


def text_of(tag: Tag) -> str:
    """The text of a tag on one line."""
    return " ".join(tag.get_text().split())


def take_heading(body: BeautifulSoup) -> str:
    """Take the first-level heading out of the text, and mark a plain paragraph that is the first
    thing behind it as what the page begins with.
    """
    h1 = body.find("h1")
    if h1 is None:
        return ""
    after = h1.find_next_sibling()
    cell, heading = h1.parent, text_of(h1.extract())
    if cell is not None and not text_of(cell) and not cell.find("img"):
        following = cell.find_next_sibling()
        cell.extract()
        after = following.find(True) if following is not None and following.name == "div" else None
    if after is not None and after.name == "p" and not after.find("img"):
        after["class"] = "opening"
    return heading


def take_lead(body: BeautifulSoup) -> str:
    """Take the marked first paragraph out of the text, its links in it."""
    lead = body.select_one("p.opening")
    if lead is None:
        return ""
    cell = lead.parent
    words = lead.extract().decode_contents()
    if cell is not None and cell.name == "div" and not text_of(cell) and not cell.find("img"):
        cell.extract()
    return words


def take_basis(body: BeautifulSoup) -> str:
    """Take out of the text the line on what a page is made from, which its head shows."""
    lines = [text_of(line.extract()) for line in body.select("p.basis")]
    return lines[0] if len(lines) == 1 else ""


def fold(body: BeautifulSoup, table: Tag, words: Mapping[str, str]) -> None:
    """Fold a long table of a brief on screen; one that is folded stays, and so does one that stands
    whole: the indicators of a place are what its page is read for.
    """
    n = len(table.select("tbody tr"))
    box = table.parent
    # a class that was set since is one string of several names
    whole = UNFOLDED in " ".join(filter(None, table.get_attribute_list("class"))).split()
    if n <= FOLDED or box is None or whole or table.find_parent("details") or table.find("mark"):
        return
    line = box.find_previous_sibling()
    details = body.new_tag("details")
    details.append(body.new_tag("summary", string=words["unfold"].format(n)))
    box.insert_before(details)
    if line is not None and line.has_attr("data-filter"):
        details.append(line.extract())
    details.append(box.extract())


def contents(body: BeautifulSoup) -> list[tuple[str, str, str]]:
    """Give every heading an anchor; level, anchor and text of those that the contents list."""
    taken: dict[str, int] = {"": 1, "text": 1, "contents": 1}
    rows = []
    for tag in body.find_all(["h1", "h2", "h3", "h4"]):
        text = text_of(tag)
        anchor = text.replace(" ", "-")
        taken[anchor] = taken.get(anchor, 0) + 1
        tag["id"] = anchor if taken[anchor] == 1 else f"{anchor}-{taken[anchor]}"
        if tag.name in ("h2", "h3"):
            rows.append((tag.name[1], str(tag["id"]), text))
    return rows


def number_figures(body: BeautifulSoup, word: str) -> None:
    """Begin each figure's caption with `word`, its braces filled with the figure's number."""
    for number, caption in enumerate(body.find_all("figcaption"), 1):
        begin = word.format(number)
        caption.insert(0, begin if caption.get_text() else begin.rstrip())


def tidy_table(body: BeautifulSoup, table: Tag, word: str) -> None:
    """Give a table caption, scopes, figures set to the right, and a box that scrolls."""
    given = table.find_parent(attrs={"data-caption": True})
    text = str(given["data-caption"]) if given else ""
    text = text_of(table.caption.extract()) if table.caption else text
    _tidy_index(table)
    _align(table)
    _break_names(body, table)
    for cell in table.find_all("th"):
        joined = any(cell.get(name, "1") != "1" for name in ("colspan", "rowspan"))
        cell["scope"] = ("col" if cell.find_parent("thead") else "row") + "group" * joined
        if not text_of(cell):
            cell.name, cell.attrs = "td", {"class": cell.get("class") or ""}
    if text:
        caption = body.new_tag("caption")
        caption.append(body.new_tag("span", string=text))
        table.insert(0, caption)
    width = max((len(row.find_all(["th", "td"])) for row in table.find_all("tr")), default=0)
    box = {"class": "scroll wide" if width > WIDE else "scroll", "tabindex": "0"}
    box |= {"role": "region", "aria-label": text or word}
    table.wrap(body.new_tag("div", attrs=box))


def fill_empty(body: BeautifulSoup, table: Tag, word: str) -> None:
    """Say of a table without rows that it has none.

    >>> page = BeautifulSoup("<table><thead><tr><th>a</th></tr></thead></table>", "html.parser")
    >>> fill_empty(page, page.table, "none")
    >>> page.td.get_text()
    'none'
    """
    heads = table.select("thead tr")
    if not heads or table.select("tr:not(thead tr)"):
        return
    width = len(heads[-1].find_all(["th", "td"]))
    row = body.new_tag("tr")
    row.append(body.new_tag("td", string=word, attrs={"colspan": str(width)}))
    (table.tbody or table).append(row)


def _tidy_index(table: Tag) -> None:
    """Put the name of a frame's index beside the column names, and drop a mere running number."""
    heads = table.select("thead tr")
    rows = [row.find_all("th", recursive=False) for row in table.select("tbody tr")]
    if not heads or not rows:
        return
    below = heads[-1].find_all(["th", "td"])
    if len(heads) > 1:
        above, deep = heads[-2].find_all(["th", "td"]), len(rows[0])
        # a crosstab also names what its columns are: that name gives way
        if len(above) == len(below) and not any(text_of(cell) for cell in below[deep:]):
            for old, new in zip(above[:deep], below[:deep], strict=True):
                old.replace_with(new)
            heads[-1].decompose()
            return
    numbers = [text_of(row[0]) for row in rows if len(row) == 1]
    # a frame that was filtered or sorted keeps the numbers that its rows had
    counted = all(re.fullmatch(r"\d{1,3}|\.{3}", text) for text in numbers)
    if counted and len(set(numbers)) == len(rows) and below and not text_of(below[0]):
        for cell in [below[0], *(row[0] for row in rows)]:
            cell.decompose()


def _align(table: Tag) -> None:
    """Set figures to the right and write whole ones without `.0`, show a missing value as a dash.

    A first column of names comes to head its rows, and cells that must not be broken are marked.
    """
    rows = [row.find_all("td") for row in table.select("tbody tr")]
    width = len(rows[0]) if rows else 0
    heads = table.select("thead tr")
    head = heads[-1].find_all(["th", "td"])[-width:] if heads and width else []
    if any(len(row) != width for row in [*rows, head]):
        return
    for number, cells in enumerate(zip(*rows, strict=True)):
        for cell in cells:
            if text_of(cell) in NONE:
                cell.string = "–"
            elif RAW.fullmatch(text_of(cell)):
                cell.string = _readable(float(text_of(cell)))
        known, named = (
            {text_of(cell) for cell in cells} - {"", "–", "-", "…", "..."},
            text_of(head[number]),
        )
        if known and all(FIGURES.fullmatch(text) for text in known) and named not in NAMING:
            for cell in cells:
                if WHOLE.fullmatch(text_of(cell)):
                    cell.string = f"{int(text_of(cell)[:-2]):,}"
            _mark([*cells, head[number]], "n")
            continue
        # a sentence with figures heads no row
        if number == 0 and not table.select("tbody th, tbody mark"):
            for cell in cells:
                cell.name = "th"
        if named not in KEPT and max((breadth(text) for text in known), default=0) > LONG:
            _mark(cells, "w")
        elif known:
            _mark(cells, "k")


def _readable(number: float) -> str:
    """A number with as many digits as say something.

    >>> _readable(2.03e10), _readable(0.313738), _readable(32758.62069), _readable(1.0)
    ('20,300,000,000', '0.3137', '32,759', '1')
    """
    whole = abs(number) >= 1000
    return f"{Decimal(rounded(number, 0)):,}" if whole else significant(number, 4)


def _break_names(body: BeautifulSoup, table: Tag) -> None:
    """Let `a.b_c` in a head break after dots and lines; below, keep names with hyphens whole."""
    for cell in table.select("thead th, tbody td.w"):
        text = cell.string
        if text is None:
            continue
        parts: list[Any]
        if cell.name == "th":
            parts = re.split(r"(?<=[a-z][._])(?=[a-z._])", text)
            for number in range(len(parts) - 1, 0, -1):
                parts.insert(number, body.new_tag("wbr"))
        else:
            parts = re.split(r"(\w+(?:-\w+)+:?)", text)
            for number in range(1, len(parts), 2):
                parts[number] = body.new_tag("span", string=parts[number], attrs={"class": "k"})
        if len(parts) > 1:
            cell.clear()
            cell.extend(parts)


def _mark(cells: Iterable[Tag], word: str) -> None:
    """Add a class; a Styler's own classes, which carry its rules, stay."""
    for cell in cells:
        cell["class"] = " ".join([*filter(None, cell.get_attribute_list("class")), word])


def keep_numbers(page: BeautifulSoup) -> None:
    """Keep each number of a title and of what a page begins with on one line with its unit.

    >>> page = BeautifulSoup("<h1>甲县：办结1352件</h1>", "html.parser")
    >>> keep_numbers(page)
    >>> str(page)
    '<h1>甲县：办结<span class="k">1352件</span></h1>'
    """
    for block in page.select("h1, .lead, .story li"):
        for text in block.find_all(string=True):
            ends = [0, *(end for found in NUMBER.finditer(text) for end in found.span()), len(text)]
            parts: list[Any] = [text[start:end] for start, end in pairwise(ends)]
            for at in range(1, len(parts), 2):
                parts[at] = page.new_tag("span", string=parts[at], attrs={"class": "k"})
            text.replace_with(*filter(None, parts))


def mark_chinese(page: BeautifulSoup, body: Tag) -> bool:
    """Tell browsers and screen readers which words of a page in another language are Chinese;
    whether there are any in its text.
    """
    found = False
    for text in body.find_all(string=HAN):
        if type(text) is not NavigableString or text.parent is None:
            continue
        found = found or text.find_parent("main") is not None
        if HAN.fullmatch(text.strip()) and len(text.parent.contents) == 1:
            text.parent["lang"] = "zh"
            continue
        parts: list[Any] = re.split(f"({HAN.pattern})", text)
        for number in range(1, len(parts), 2):
            parts[number] = page.new_tag("span", string=parts[number], attrs={"lang": "zh"})
        text.replace_with(*parts)
    return found


#: what Markdown would take for a sign, a link or an entity of its own: masks are made of asterisks
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$]|:(?=//)|&(?=#?\w+;))")


def plain(text: str) -> str:
    """A text of a page as Markdown shows it, none of its signs taken for mark-up.

    >>> print(plain("*县"))
    \\*县
    """
    return _SIGNS.sub(r"\\\1", text)
