"""The sentence round a claim, in the page's own words, names masked."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from operator import add
from typing import Any, NamedTuple

import pandas as pd

from ..privacy import mask_names
from ..script import dropped
from ..vocabularies.patterns import Pattern

_GAP = " … "
#: where a clause ends; the comma of 2,163件 is none
_END = re.compile(r"(?:(?<!\d),|,(?!\d{3}(?!\d))|[，;；。！？!?\n])")
# what stands between quotation marks is one name, whatever stands in it
_QUOTED = re.compile(r"“[^“”]*”|‘[^‘’]*’|《[^《》]*》")
_BRACKETS = {"(": ")", "（": "）"}
_HAN = re.compile(r"[\u4e00-\u9fff]")
_IDLE = Pattern("sentences", "{times}|{idle}")
_GOES_ON = Pattern("sentences", r"[ 、]*(?:{times})*(?:{goes_on})")
_OF_WHAT = Pattern("sentences", r"(?:{topics}|^[ 、]*(?:{speaks_of})(?!.*\d).*)$")
_PAID_FOR = Pattern(
    "money",
    "{difference}|{loan}|{wage}|{benefit}|{raised}|{invested}|{charge}|{quota}|{debt}|{goods}|{income}|{grant}",
)
_RATE = Pattern("indicators", "{rates}|占")
# the number of an item: (2)市级事项, 3.计划生育家庭
_ITEM = re.compile(r"(?:[(（]\d{1,2}[)）]|\d{1,2}[.、．]|[①-⑳])[ 　]*(?=[\u4e00-\u9fff“《])")
_EACH_ONE = re.compile("^[ 、]*每?[\u4e00-\u9fff]?$")


class Marked(NamedTuple):
    """A sentence in three pieces: the words before a figure, the figure, and those behind."""

    before: str
    figure: str
    after: str

    def within(self, most: int) -> "Marked":
        """The same with at most so many characters on either side, dots where words were left out.

        >>> Marked("甲县全年受理事项", "43宗", "。").within(4)
        Marked(before='…受理事项', figure='43宗', after='。')
        """
        before, after = self.before, self.after
        cut = "…" + before[-most:] if len(before) > most else before
        return Marked(cut, self.figure, after[:most] + "…" if len(after) > most else after)


def marked(claims: pd.DataFrame, positions: Iterable[int]) -> list[Marked]:
    """The sentences round some claims, whole as far as the table holds the sentence's claims.

    >>> from qz_analysis import extract
    >>> marked(extract("甲县受理事项43宗，办结36宗。"), [1])
    [Marked(before='甲县受理事项43宗,办结', figure='36宗', after='。')]
    """
    numbers = [claims[name].to_numpy() for name in ("sentence", "report")]
    wanted = [int(at) for at in positions]
    around = [_around(claims["doc"], numbers, at) for at in wanted]
    cells = _cells(claims, around)
    return [_marked(cells, own, at) for own, at in zip(around, wanted, strict=True)]


class Whole(NamedTuple):
    """A sentence in pieces: words, and between them figures with the positions of their claims; and whether
    it was put together from the heads and cells of a table, so that no page holds it in these words.
    """

    pieces: tuple[tuple[str, int | None], ...]
    of_table: bool = False

    @property
    def figures(self) -> list[int]:
        """The positions of the claims whose figures are pieces of it."""
        return [at for _, at in self.pieces if at is not None]

    @property
    def words(self) -> str:
        """The sentence as it is read."""
        return "".join(text for text, _ in self.pieces)

    @property
    def between(self) -> str:
        """Its words without the figures."""
        return "".join(text for text, at in self.pieces if at is None)


def whole(claims: pd.DataFrame, positions: Iterable[int]) -> list[Whole]:
    """The sentences of some claims, each once, in which these claims are pieces of their own.

    >>> from qz_analysis import extract
    >>> [one] = whole(extract("甲县受理事项43宗，办结36宗。"), [0, 1])
    >>> one.pieces
    (('甲县受理事项', None), ('43宗', 0), (',办结', None), ('36宗', 1), ('。', None))
    >>> whole(extract("| 乡镇 | 受理（件） |\\n| 甲镇 | 12 |"), [0])[0].of_table
    True
    """
    wanted = [int(at) for at in positions]
    numbers = [claims[name].to_numpy() for name in ("sentence", "report")]
    groups = dict.fromkeys(tuple(_around(claims["doc"], numbers, at)) for at in wanted)
    cells = _cells(claims, groups)
    return [_pieces(cells, own, set(wanted)) for own in groups]


def clauses(claims: pd.DataFrame, positions: Iterable[int]) -> list[Whole]:
    """The clauses of some claims, each once: a figure in its own words, without the rest of the
    sentence. A figure whose own clause does not say of what it is stands behind the clause before.

    >>> from qz_analysis import extract
    >>> [one] = clauses(extract("全县齐心，10日内兑现工资300元，群众满意。"), [0, 1])
    >>> one.pieces
    (('10日', 0), ('内兑现工资', None), ('300元', 1))
    """
    found: list[list[_Piece]] = []
    for sentence in map(unbroken, whole(claims, positions)):
        found += _joined(_parted(sentence), claims)
    made = [Whole(tuple(_trimmed(part))) for part in found]
    return [one for one in made if one.figures]


def unbroken(sentence: Whole) -> Whole:
    """A sentence that its page breaks off, up to its last mark, with the sign for what is left out; any
    other as it is. A heading has no stop and is whole.

    >>> unbroken(Whole((("全县设站", None), ("4个", 0), ("，建立行业性、专", None)))).words
    '全县设站4个，建立行业性……'
    >>> unbroken(Whole((("全县设站", None), ("4个", 0), ("。", None)))).words
    '全县设站4个。'
    """
    *ahead, (last, at) = sentence.pieces
    whole_ = _STOPPED.search(last) or not _MARK.search("".join(text for text, _ in ahead) + last)
    if at is not None or whole_ or sentence.of_table or not _MARK.search(last):
        return sentence
    cut = [*_MARK.finditer(last)][-1].start()
    return Whole((*ahead, (last[:cut] + "……", None)))


_STOPPED, _MARK = re.compile(r"[。；;！!？?：:.”’）)》…]\s*$"), re.compile("[、，,]")
_Piece = tuple[str, int | None]
#: characters that the name of what a figure counts has at least, of who pays a share at most, and
#: kinds of figures in money
_NAMED, _SHORT, _MONEY = 2, 3, frozenset(["money", "per"])


def in_clauses(sentence: Whole) -> list[Whole]:
    """The clauses of a sentence, those without figures among them.

    >>> one = Whole((("全县齐心,兑现工资", None), ("300元", 0), (",群众满意。", None)))
    >>> [clause.words for clause in in_clauses(one)]
    ['全县齐心', '兑现工资300元', '群众满意']
    """
    made = (Whole(tuple(_trimmed(part))) for part in _parted(sentence))
    return [one for one in made if one.pieces]


def _parted(sentence: Whole) -> list[list[_Piece]]:
    """The pieces of a sentence by its clauses; a figure is never cut."""
    parts: list[list[_Piece]] = [[]]
    quoted = [found.span() for found in _QUOTED.finditer(sentence.words)]
    begin = 0
    for text, at in sentence.pieces:
        cuts = [] if at is not None else [found.span() for found in _END.finditer(text)]
        last = 0
        for start, end in cuts:
            if not any(opens < begin + start < closes for opens, closes in quoted):
                parts[-1].append((text[last:start], at))
                parts.append([])
                last = end
        parts[-1].append((text[last:], at))
        begin += len(text)
    return parts


def _joined(parts: Iterable[list[_Piece]], claims: pd.DataFrame) -> list[list[_Piece]]:
    """The clauses of a sentence; 降幅达7%, 同比增长7% and 达到12家 join the one that says of what."""
    found: list[list[_Piece]] = []
    for part in parts:
        if found and leans(part, found[-1], claims):
            found[-1] += [("，", None), *part]
        else:
            found.append(part)
    return found


def leans(part: Sequence[_Piece], before: Sequence[_Piece], claims: pd.DataFrame) -> bool:
    """Whether a clause with a figure leaves it to the one before to say what the figure counts.

    >>> from qz_analysis import extract
    >>> claims = extract("医疗支出降得最多，降幅达33.5%。")
    >>> leans([("降幅达", None), ("33.5%", 0)], [("医疗支出降得最多", None)], claims)
    True
    """
    first, at = next(((text, at) for text, at in part if at is not None), ("", None))
    said, words = _words(before), _words(part)
    if at is None or not said:
        return False
    kind, subject = (str(claims[name].iloc[at]) for name in ("kind", "subject"))
    # 降得最多,降幅: what the figure is of begins before its clause
    if (kind == "change" and subject[-2:] not in words) or "," in subject:
        return True
    rest = _IDLE.sub("", "".join(text for text, one in part if one is None))
    if len(_HAN.findall(rest)) < _NAMED or _GOES_ON.match(words):
        return True
    lead, tail = words.split(first, 1)
    if kind == "rate":  # 每年收120元,个人出10%,85%归团队
        return len(_HAN.findall(lead)) <= _SHORT and not _RATE.search(lead)
    # 缩宫素,0.1元/支的没有; 次均费用,二级医院8000元; 自行拆房的,每平方米奖50元
    bare = bool(_EACH_ONE.match(lead)) and tail.startswith("的")
    goes_on = not _PAID_FOR.search(words) and bool(_PAID_FOR.search(said))
    return kind in _MONEY and (bare or goes_on or bool(_OF_WHAT.search(said)))


def _words(part: Iterable[_Piece]) -> str:
    return "".join(text for text, _ in part)


def _trimmed(part: Iterable[_Piece]) -> list[_Piece]:
    """A clause without the spaces at its ends, the number of its item, and brackets whose other half is
    elsewhere.
    """
    pieces = [piece for piece in part if piece[0]]
    text = "".join(piece[0] for piece in pieces)
    for opens, closes in _BRACKETS.items():
        if text.count(opens) != text.count(closes):
            pieces = [
                (words if at is not None else words.replace(opens, "，").replace(closes, ""), at)
                for words, at in pieces
            ]
    if pieces and pieces[0][1] is None:
        words = pieces[0][0].lstrip(" 、，")
        item = _ITEM.match(words)
        pieces[0] = (words[item.end() if item else 0 :], None)
    if pieces and pieces[-1][1] is None:
        pieces[-1] = (pieces[-1][0].rstrip(" 、，"), None)
    return [piece for piece in pieces if piece[0]]


def _cells(claims: pd.DataFrame, around: Iterable[Iterable[int]]) -> dict[int, tuple[Any, ...]]:
    """Start, text, before, after and end of the claims of some sentences, by position; a table of many
    columns is taken apart once, not for each sentence.
    """
    held = sorted({i for own in around for i in own})
    names = ("start", "text", "before", "after", "end")
    columns = [claims[name].take(held).tolist() for name in names]
    return dict(zip(held, zip(*columns, strict=True), strict=True))


def _pieces(cells: Mapping[int, tuple[Any, ...]], around: Iterable[int], wanted: set[int]) -> Whole:
    """A sentence out of the claims in it, those that are wanted as pieces of their own."""
    order, texts, gaps = _in_order(cells, around)
    gaps[0] = gaps[0].lstrip(" ,、;")
    shown = mask_names("".join(map(add, gaps, [*texts, ""])))
    pieces: list[tuple[str, int | None]] = []
    words, at = "", 0
    for gap, text, i in zip(gaps, texts, order, strict=False):
        words += shown[at : at + len(gap)]
        at += len(gap) + len(text)
        if i in wanted:
            pieces += [(dropped(words), None), (dropped(text), i)]
            words = ""
        else:
            words += shown[at - len(text) : at]
    pieces.append((dropped(words + shown[at:]), None))
    return Whole(tuple(piece for piece in pieces if piece[0]), _of_table(cells, order))


def _of_table(cells: Mapping[int, tuple[Any, ...]], order: Sequence[int]) -> bool:
    """Whether a sentence is a row of a table: a figure is told with a unit that stands elsewhere, in a head or a
    caption, or more words stand between two figures than the page has characters there.
    """
    rows = [cells[i] for i in order]
    if any(len(str(text)) > end - start for start, text, _, _, end in rows):
        return True
    neighbours = pairwise(rows)
    return any(
        one[3] == next_[2] and len(str(one[3])) > next_[0] - one[4] for one, next_ in neighbours
    )


def _around(docs: "pd.Series[str]", numbers: list[Any], at: int) -> list[int]:
    """Positions of the claims in the sentence of a claim; they are neighbours in the table."""

    def same(i: int) -> bool:
        return all(column[i] == column[at] for column in numbers) and docs.iloc[i] == docs.iloc[at]

    first = last = at
    while first > 0 and same(first - 1):
        first -= 1
    while last + 1 < len(docs) and same(last + 1):
        last += 1
    return list(range(first, last + 1))


def _marked(cells: Mapping[int, tuple[Any, ...]], around: list[int], at: int) -> Marked:
    """One sentence out of the start, text, before and after of each of its claims."""
    order, texts, gaps = _in_order(cells, around)
    i = order.index(at)
    left = "".join(map(add, gaps[:i], texts[:i])) + gaps[i]
    right = gaps[i + 1] + "".join(map(add, texts[i + 1 :], gaps[i + 2 :]))
    return _masked(left, texts[i], right)


def _in_order(
    cells: Mapping[int, tuple[Any, ...]], around: Iterable[int]
) -> tuple[list[int], list[str], list[str]]:
    """The claims of a sentence as they stand in it, their figures, and the words round these."""
    order = sorted(around, key=lambda i: int(cells[i][0]))
    texts, before, after = ([str(cells[i][n] or "") for i in order] for n in (1, 2, 3))
    return order, texts, [before[0], *map(_bridged, after, before[1:]), after[-1]]


def _bridged(ahead: str, behind: str) -> str:
    """The words between two claims; dots where other claims stood between them."""
    return ahead if ahead == behind else ahead + _GAP + behind


def _masked(before: str, figure: str, after: str) -> Marked:
    """The pieces without characters that act, names masked as the whole sentence shows them."""
    whole = mask_names(before + figure + after)  # one character for one: the places stay
    first, last = len(before), len(before) + len(figure)
    pieces = (whole[:first].lstrip(" ,、;"), figure, whole[last:])
    return Marked(*(dropped(piece) for piece in pieces))
