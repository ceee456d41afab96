"""What tells a person by its shape alone: identity and phone numbers, names in Latin letters."""

import re
import unicodedata
from collections.abc import Iterator

from .vocabularies.patterns import words
from .vocabularies.session import kept, load
from .vocabularies.units import grammar

# blanks, hyphens and dots that part the groups of a number
_PART = "[ \t\xa0\u3000·.\\-]{0,2}"
_ALONE, _ENDS = r"(?<![0-9A-Za-z.])", r"(?![0-9A-Za-z])"
_DATE = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
# eighteen places count nothing; of the old fifteen the date of birth must be one
# a certificate of disability has two places more
_IDENTITY = re.compile(
    rf"{_ALONE}(?:\d{{6}}(?:19|20)\d\d{_DATE}\d{{3}}[\dXx]\d\d(?:B\d?)?|\d{{6}}{_PART}\d{{4}}{_PART}\d{{4}}{_PART}\d{{3}}{_PART}[\dXx]"
    rf"|\d{{6}}{_PART}\d\d{_DATE}{_PART}\d{{3}}){_ENDS}"
)
# the same with blanks where they do not belong; its date of birth is looked at without them
_SPLIT = re.compile(
    r"(?<![0-9A-Za-z.,])[1-8](?:[ \xa0\u3000-]{0,2}\d){16}[ \xa0\u3000-]{0,2}[\dXx](?![0-9A-Za-z])"
)
_BORN = re.compile(rf"\d{{6}}(?:19|20)\d\d{_DATE}")
_SLASH = _PART.replace("[", "[/_,")
# letters may stand before it (tel, wx), and the number of an item (1.); no other figures
_BEGINS = r"(?:(?<![0-9.])(?<!\d,)|(?<=[A-Za-z]\.)|(?<=[^\d.]\d\.)|(?<=^\d\.)|(?<=[^\d.]\d\d\.))"
_MOBILE = re.compile(
    rf"{_BEGINS}(?:(?:\+|00)?86{_PART})?"
    rf"(?P<number>1[3-9]\d{_SLASH}\d{{4}}{_SLASH}\d{{4}}|1[3-9]\d{{2}}{_PART}\d{{3}}{_PART}\d{{4}}"
    rf"|1[3-9]\d{_PART}\d{{3}}{_PART}\d{{5}}|1[3-9]\d{{3}}{_PART}\d{{6}}"
    rf"|1[3-9]\d(?P<sign>[-_/])\d\d(?:(?P=sign)\d\d){{3}}|1[3-9]\d{_PART}\d{{7}}{_PART}\d"
    rf"|[(]1[3-9]\d[)]{_PART}\d{{4}}{_PART}\d{{4}})(?!\.?\d)",
    re.MULTILINE,
)
# eleven places in any groups, where a phone number is announced
_LOOSE = _PART.replace("[", "[/()")
_GROUPED = re.compile(
    rf"{_ALONE}(?P<abroad>(?:\+|00)86{_LOOSE})?1{_LOOSE}[3-9](?:{_LOOSE}\d){{9}}(?!\.?\d)"
)
# seven or eight places, likewise; 2011-2012 are years
_LOCAL = re.compile(
    r"(?<![0-9A-Za-z.,])(?!(?:19|20)\d\d-(?:19|20)\d\d)[2-9]\d{2,3}[- ]?\d{4}"
    r"(?:-\d{1,4})?(?![0-9A-Za-z.年]|,\d)"
)
# a number that one may call from anywhere
_FREE = re.compile(r"(?<![0-9A-Za-z.,-])[48]00(?:-\d{3}-\d{4}|-\d{4}-\d{3}|-\d{7})(?![0-9A-Za-z-])")
_MAIL = re.compile(
    r"(?<![\w.%+-])[A-Za-z0-9][\w.%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}",
    re.ASCII,
)
# passports and the like, by what announces them
_PAPER = re.compile(
    r"(?:户口[簿本]|户号|护照|军官证|警官证|士兵证|文职证|残疾证|身份证|身份证件|证件|通行证|驾驶证|居住证|[社医]保卡"
    r"|QQ|扣扣)(?:编?号码?|码)?[为是: ]{0,3}(?:[㐀-鿿]{1,2}字第? ?)?(?P<number>[A-Za-z]{0,3}\d{5,21}[A-Za-z]?)"
    r"(?![0-9A-Za-z])"
)
_CHAT = re.compile(
    r"微信(?:号码?[为是: ]{0,3}|[为是: ]{1,3}|(?=[A-Za-z_-]*\d))(?P<number>[A-Za-z][A-Za-z0-9_-]{5,19})"
)
# cards of banks have sixteen to nineteen places
_CARD = re.compile(
    r"(?<![0-9A-Za-z.,])(?:[3-69]\d{15,18}|62\d\d(?:[- ]\d{4}){3}(?:[- ]\d{1,3})?)(?![0-9A-Za-z]|,\d)"
)
_ACCOUNT = re.compile(
    r"(?:卡号|账号|帐号|账户|帐户|银行卡|存折)[^\d\n]{0,6}"
    r"(?P<number>\d{4}(?:[- ]?\d{4}){3}(?:[- ]?\d{1,3})?|\d{8,30}|\d{3,6}(?:[- ]\d{3,6}){2,6})"
    r"(?![0-9A-Za-z]|[.,]\d)"
)
# of a car: two letters and figures behind the character of a province; new ones have six
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼](?P<number>[A-HJ-NP-Y][ ·•-]?"
    r"(?=(?:[A-Z]*\d){3})[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Y][ ·•-]?\d{4}(?=[学警挂]))(?![A-Za-z0-9号])"
)
_COUNTED = r"[\d〇○零一二两三四五六七八九十百]{1,6}"
_BLOCK = rf"{_COUNTED}(?:号楼|号院|[号栋幢座#]|楼)"
# a flat is of a person; of other rooms and houses only where the words say that one lives there
_FLAT = re.compile(
    rf"{_BLOCK}{_PART}{_COUNTED}单元{_PART}(?:{_COUNTED}[层楼]{_PART})?{_COUNTED}(?:[室号户]|(?!\d))"
)
_HOME = re.compile(
    r"(?:家住|住址|现住|家庭地址|居住地址|户籍地址|户籍地|居住地|租住|暂住|居住在|居住于|住在"
    r"|(?:(?<=[,。;])|^)住(?![房宅院户所保]|建[局部厅委〔\[(]))[:]?[^,。;、!?\n]{0,40}",
    re.MULTILINE,
)
_DOOR = re.compile(rf"{_COUNTED}(?=号楼|号院|单元|[号室栋幢座#](?!线))")
# no count begins with a nought
_LINE = re.compile(
    rf"(?<![0-9A-Za-z.,])(?:(?:\+|00)?86{_PART})?[(]?0(?:10|2\d|[3-9]\d{{2}})[)]?{_PART}"
    rf"[1-9]\d{{2,3}}{_PART}\d{{4}}(?:[转-]\d{{1,5}})?(?![0-9A-Za-z])"
)
_ASKED = re.compile(
    r"(?:电话|手机|微信|热线|传真|联系方式|号码|致电|拨打|[Tt]el|[Pp]hone)[^\d\n]{0,4}$"
)
# without the tones a syllable is one of about four hundred; this holds them and few more
_SYLLABLE = (
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ue|ui"
    "|uo|ve|er|a|e|i|o|u|v|ü)"
)
_HAN = "[㐀-鿿]"


def identifiers(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of a text whose letters and figures tell a person.

    A number with a measure behind it is a count, unless the words before it ask for a phone number.

    >>> [*identifiers("电话13800000000，来访13812345678件")]
    [(2, 13)]
    >>> text = "信访人ZHANG Jianguo"
    >>> [text[start:end] for start, end in identifiers(text)]
    ['Jianguo']
    """
    plain = _level(text)
    # several shapes may fit the same number
    yield from dict.fromkeys(_numbers(plain))
    if re.search(f"[{_SPOKEN}]", plain) and re.search(rf"(?:[\d{_SPOKEN}]{_LOOSE}){{7}}", plain):
        figures = plain.translate(_FIGURES)
        spoken = (
            span for span in _numbers(figures) if plain[slice(*span)] != figures[slice(*span)]
        )
        yield from spoken
    yield from _homes(plain)
    yield from (match.span("number") for match in _PLATE.finditer(plain))
    yield from _broken(plain)
    if "@" in plain:
        yield from (match.span() for match in _MAIL.finditer(plain))
    if "微信" in plain:
        yield from (match.span("number") for match in _CHAT.finditer(plain))
    if re.search("[A-Za-zü]{2}", plain):
        spelled, foreign = _patterns()[1:]
        # several ways of writing may find the same name
        found = dict.fromkeys(
            match.span("given") for pattern in spelled for match in pattern.finditer(plain)
        )
        yield from found
        for pattern in foreign:
            for match in pattern.finditer(plain):
                start, end = match.span("given")
                if not any(first < end and start < last for first, last in found):
                    yield start, end


def _numbers(plain: str) -> Iterator[tuple[int, int]]:
    """Numbers of persons in a text of plain figures."""
    if re.search(r"(?:\d[^\d\n㐀-鿿]{0,3}){5}", plain) is None:
        return
    for pattern in (_IDENTITY, _LINE, _FREE):
        yield from (match.span() for match in pattern.finditer(plain))
    counted = _patterns()[0]
    for match in _ACCOUNT.finditer(plain):
        if not counted.match(plain, match.end()):
            yield match.span("number")
    for match in _SPLIT.finditer(plain):
        if _BORN.match(re.sub(r"\D", "", match[0])) and not counted.match(plain, match.end()):
            yield match.span()
    for match in _PAPER.finditer(plain):
        if not counted.match(plain, match.end()):
            yield match.span("number")

    def asked(match: re.Match[str]) -> bool:
        return _ASKED.search(plain, max(0, match.start() - 12), match.start()) is not None

    for match in _MOBILE.finditer(plain):
        whole = match["number"].isdigit()
        if asked(match) or not whole or not counted.match(plain, match.end()):
            yield match.span()
    for match in _GROUPED.finditer(plain):
        if match["abroad"] or asked(match):
            yield match.span()
    for match in _LOCAL.finditer(plain):
        if asked(match) and not counted.match(plain, match.end()):
            yield match.span()
    for match in _CARD.finditer(plain):
        if not counted.match(plain, match.end()):
            yield match.span()


def _homes(plain: str) -> Iterator[tuple[int, int]]:
    """Numbers of houses and flats that persons live in."""
    if "号" not in plain and "单元" not in plain and "室" not in plain:
        return
    for match in _FLAT.finditer(plain):
        for figure in re.finditer(_COUNTED, match[0]):
            yield match.start() + figure.start(), match.start() + figure.end()
    for match in _HOME.finditer(plain):
        for door in _DOOR.finditer(plain, *match.span()):
            yield door.span()


# figures at the end of a line and at the beginning of the next
_BREAK = re.compile(r"(?<=[\d-])[ \t]*\r?\n[ \t\u3000]*(?=\d)")
_FIGURES_ALONE = re.compile(r"[\d., \t-]*")


def _broken(plain: str) -> Iterator[tuple[int, int]]:
    """Numbers of persons that the end of a line breaks in two.

    A column of figures, one a line, is none; a phone number with nothing before it that asks for
    one is broken where its groups end.
    """
    for gap in _BREAK.finditer(plain):
        before, behind = plain[max(0, gap.start() - 60) : gap.start()], plain[gap.end() :][:40]
        *above, first = before.split("\n")
        second, *below = behind.split("\n")
        around = [line for line in (*above[-1:], *below[:1]) if line.strip()]
        if any(_FIGURES_ALONE.fullmatch(line) for line in around):
            continue
        joined, cut = first + second, len(first)
        for start, end in _numbers(joined):
            if not start < cut < end:
                continue
            left, number = cut - start, re.sub(r"\D", "", joined[start:end])
            asked = _ASKED.search(joined, max(0, start - 12), start)
            if len(number) == 11 and left not in (3, 7) and not asked:
                continue
            yield gap.start() - left, gap.end() + end - cut


def _level(text: str) -> str:
    """The text in half-width signs, letters without their tones; one character for one."""
    if text.isascii():
        return text
    text = text.translate(_HALF)
    return "".join(map(_toneless, text)) if _TONES.search(text) else text


#: figures that are spoken or drawn, and what each is
_SPOKEN = "〇○零一幺二两三四五六七八九⓪①②③④⑤⑥⑦⑧⑨❶❷❸❹❺❻❼❽❾壹贰叁肆伍陆柒捌玖"
_FIGURES = str.maketrans(_SPOKEN, "000112234567890123456789123456789123456789")
_TONES = re.compile("[À-ɏ]")
_HALF = {c + 0xFEE0: c for c in range(0x21, 0x7F)} | dict.fromkeys(
    map(ord, "\u2002\u2003\u2009\u202f\u200b"), " "
)
_HALF |= dict.fromkeys(map(ord, "\u2010\u2011\u2012—–―〜"), "-")


def _toneless(char: str) -> str:
    return unicodedata.normalize("NFD", char)[0] if _TONES.match(char) else char


@kept
def _patterns() -> tuple[re.Pattern[str], tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]:
    """What counts behind a number, and the ways to write a name in Latin letters: ours, others."""
    pieces = grammar().pieces
    counted = re.compile(f" ?[多余几]?(?:{pieces['scales']}|{pieces['known']}|%|‰|,\\d)")
    surnames = words("privacy", "latin_surnames")
    capital = "|".join(sorted(surnames, key=len, reverse=True))
    upper, lower = capital.upper(), capital.lower()
    no_place = f"(?! ?-?(?:{'|'.join(words('privacy', 'latin_places'))}))"
    no_name = "|".join(words("privacy", "latin_words"))
    # two syllables at most; the end of the letters is the end of the name
    ends = r"(?![A-Za-z]|'(?!s\b))"
    given = f"(?!(?i:{no_name})\\b)(?i:{_SYLLABLE}(?:[-' ]?{_SYLLABLE})?){ends}"
    one = f"(?!(?i:{no_name})\\b)(?i:{_SYLLABLE}(?:[-']?{_SYLLABLE})?){ends}"
    two = f"(?i:{_SYLLABLE}[-']?{_SYLLABLE}){ends}"
    alone, gap = r"(?<![A-Za-z'&/@.-])", "[ \xa0\t,·]{1,3}"
    titles = "|".join(words("privacy", "latin_titles"))
    spelled: tuple[str, ...] = (
        # Zhang Wei, ZHANG Jianguo, ZHANG JIANGUO, Zhang Jian Guo, Zhang, Wei, ZhangWei
        f"{alone}(?:{capital}|{upper}){gap}(?P<given>(?=[A-Z]){one}(?: (?=[A-Z]){one})?){no_place}",
        f"{alone}(?:{capital})(?P<given>(?=[A-Z]){one}){no_place}",
        # Jianguo Zhang
        f"{alone}(?=[A-Z])(?P<given>{two}) (?:{capital}|{upper}){ends}{no_place}",
        # small letters between Chinese words, or after a title
        f"(?:{_HAN}|(?:{titles})\\.?) ?(?i:{lower}){gap}(?P<given>{given}){no_place}",
        f"{_HAN} ?(?i:{lower})(?P<given>{one})(?= ?(?:{_HAN}|[,。、;:)]|$)){no_place}",
    )
    names = load("names")
    role = f"(?:{'|'.join(sorted(names['before']['private'].split(), key=len, reverse=True))})[: ]?"
    behind = [*names["after"]["title"].split(), *names["after"]["deed"].split()]
    then = f"(?= ?(?:{'|'.join(re.escape(word) for word in behind if len(word) > 1)}))"
    guest = f"(?:{'|'.join(words('privacy', 'latin_roles'))})[: ]?"
    firms = "|".join(words("privacy", "latin_firms"))
    word, more = "[A-Z](?P<given>[a-z]+", "(?:[ ·.-]{1,2}[A-Z][a-z]+)"
    spelled += (
        # ZHANGJIANGUO where a person is announced
        f"{role}(?:{upper})(?P<given>{two}|{one})",
        f"{alone}(?:{upper})(?P<given>{two}|{one}){then}",
    )
    foreign = (
        f"{role}{word}{more}{{1,3}})(?![A-Za-z])",
        f"{role}[A-Z](?P<given>[A-Z]{{2,}}(?:[ ·.-]{{1,2}}[A-Z]{{3,}}){{1,2}})(?![A-Za-z])",
        f"(?:(?<=[^A-Za-z])|^){word}{more}{{0,3}}){then}",
        rf"{guest}(?!(?:[A-Z][a-z]+[ ·.-]{{1,2}})*(?:{firms})\b){word}{more}{{1,3}})(?![A-Za-z])",
    )
    return counted, tuple(map(re.compile, spelled)), tuple(map(re.compile, foreign))
