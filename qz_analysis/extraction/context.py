"""The context of every quantity of a report, from the words round it.

A quantity in its window comes in; kind, direction, family, stage, subject, period, place and role
come out: a count, a rate, a change, money, a measure or a standard per something, and of what.
"""

import re
from bisect import bisect_right
from decimal import Decimal

from ..model import Quantity
from ..privacy import whole_from
from ..script import TORN
from ..vocabularies.numerals import parse
from ..vocabularies.patterns import Pattern, words
from ..vocabularies.units import measure_of, section_of
from .claim_places import item_place, place_of_claim
from .families import Weigh, decide
from .headed_places import Headed
from .modality import is_target, modality_of
from .periods import Periods, periods_of
from .place_codes import code_in
from .reports import opening_place
from .sections import CARRIED_OUT, Sections
from .stops import CLAUSE, SENTENCE, stops_of
from .terms import Terms, in_term, lasting
from .time_meant import AHEAD, Reading, is_account, stated_period
from .time_words import part_before, year_before
from .topics import found_of, stage_of
from .window import HAN, HAN_RUN, NEAR, Context, Window, window_of

# behind 比去年同期 a bare 多 or 少 before the figure is a word of change too
_THAN, _BY = r"{than}[^,。]{0,6}{spans}[^,。]{0,2}", r"(?:{by}|[\u4e00-\u9fff]{2})?$"
_UP = Pattern("context", r"{rise}|{up}|" + _THAN + "多" + _BY)
_DOWN = Pattern("context", r"{fall}|{down}|" + _THAN + "少" + _BY)
_POINTS_UP = Pattern("context", "{points_up}")
_POINTS_DOWN = Pattern("context", "{points_down}")
_LEVEL = Pattern("context", r"(?:{level}|{develop}){to}")
_EACH = Pattern("context", r"{each}")
_INVESTED = Pattern("context", r"{invested}")
_REACHED = Pattern("context", r"{reached}")
_EXTENT = Pattern("context", r"的?{extent}")
_TARIFF = Pattern("context", r"{tariff}")
_SMALL = 10_000  # yuan; a larger sum in a sentence about charges is a total
_YEARLY = Pattern("context", r"{yearly}[^每各]*$")
_COMPARED = Pattern("context", r"(?:{compared}|{window.last_year})[^,。]{0,4}$")
_SHARE = Pattern("context", r"{shares}[^,。;]{0,20}$")
_SATISFIED = Pattern("context", r"{satisfied}")
_LIMIT = Pattern(
    "context",
    r"(?:及?{limits}的?|的)(?:(?!{spent})[\u4e00-\u9fff“”]){0,8}?(?:{limited})|(?:{limited})",
)
_LIMIT_OF_PERSONS = Pattern("context", r"及?{limits}的?(?:{limited_groups})")
_RANK = Pattern("context", r"(?:{ranks_moved})了?$")
_HOLE = Pattern("context", r"[\u4e00-\u9fff]{0,3}(?:{holes})")
_LIMITING = frozenset({"money", "physical", "duration"})  # what things are told apart by
_BEFORE_REMARK = 6  # characters before a bracket that are looked at
_LONGEST = 40  # characters of a subject
_FAR_BACK = 300  # and how far before a sentence its paragraph may have named a body
_NONE = Decimal(0)
_TORN = re.compile(r"^(?:[0-9A-Za-z]+|.)")
_PART = re.compile(r"其中,?([^\d,。;]{2,12})")
_OPENING = Pattern("context", r"^(?:{opening}|[\d年月日xX*-]+(?:以来|份(?![额量数制]))?)[,、]?")
_CLOSING = Pattern("context", r"(?:{closing}|[,、:(])$")
_EDGES = Pattern("window", r"^(?:{and}|[ ,、:()])+|(?:{and}|[ ,、:()])+$")
# marks that held nothing but the figure: 登记为“零”
_EMPTIED = re.compile('“”|‘’|《》|〈〉|（）|【】|""|\\(\\)')
#: a body by its bare kind (工作室共受理), and where its paragraph set it up: 在县法院设立诉前联调工作室
_BODY = Pattern("context", r"^(?P<kind>{set_up_bodies})(?=[共已累受接办开处收调化先目])")
_SET_UP = Pattern(
    "context",
    r"(?:在(?P<seat>[一-鿿]{2,8}?))?{setting_up}了?[“‘]?(?![一二三四五六七八九十百两多各若几])(?P<name>[一-鿿]{2,10}(?:{set_up_bodies}))(?!\d)",
)
_LINKS = Pattern("window", r"以及|{and}|[、,]")
_YEARLY_MEAN = Pattern("context", r"(?:{yearly_means})(?!{own_means})")
_LIST = Pattern("window", r"以及|{and}|、")
_BUDGET = Pattern("modality", "{budgets}")
_NEXT = Pattern("window", r"(?:以及|[、,]?{and}|[、,])")
# the time that a clause begins with, before the place that it tells of
_TIME_FIRST = re.compile(
    r"(?:其中[,:]?)?(?:(?:截[至止]到?)?(?:(?:19|20)\d\d年度?)?(?:[上下]半年|第?[一二三四1-4]季度|前[二两三]季度"
    r"|(?:\d{1,2}[-至])?\d{1,2}月份?[底末]?|[底末](?=,))?(?<=[年度月份底末])"
    r"|今年(?:以来)?|[去上]年(?![同度底末])|全年|目前|年初以来)(?:以来)?,?(?:在(?=[\u4e00-\u9fff]{2,6}[市县区旗镇乡道],)|其中[,:]?)?(?=[\u4e00-\u9fff])"
)
# the mark of an item, no mask of a name: ——唐县接待800人, ●唐县; but **县, ○县
_ITEM_MARK = re.compile(
    r"[\s“]*(?:[·•—–※★☆-]+|[*](?=\s)|[◆◇●■□○◎〇▲△▍](?![◆◇●■□○◎〇▲△▍省市县区旗镇乡村街]))?\s*"
)
_EACH_OF_THEM = re.compile("分别|各|依次|同比|上年|去年")
_OWN_NAMES = re.compile(
    "(?:^|,)(?!.{0,2}[收受办立])[\u4e00-\u9fff]{2,}[和及、](?!结|办)[\u4e00-\u9fff]{2}[^,。;]*分别"
)
_TO_COME = re.compile(r"[明来后下]年|下[半季]|(?:19|20)\d\d年")
_YEAR = re.compile(r"\d{4}|20xx")
_FULL_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|-+(?:19|20)\d\d年)")
# what says that each figure is of a year of its own, with how many years there are: 三年依次为
_BY_YEARS = re.compile(r"(?:(?P<n>[两二三四五])年)?(?:分别|依次|逐年)")
_ABOVE = 200  # characters above a sentence in which the years of its list are named
# what a year's aim is named by: 年目标500件, 年初预算9亿元
_AIM_OF_YEAR = Pattern("modality", "{yearly_aims}(?:[数值额]|总额)?(?:为|是)?$")
# and by the column of a table that tells beside it what was done: 甲县目标任务数为9人,完成8人
_COLUMN_OF_AIMS = Pattern("modality", r"(?<!月){targets}[^,。;:\d]{0,4}数为?$")
# the title of an account of a whole year
_WHOLE_YEAR = re.compile(
    r"((?:19|20)\d\d)年(?![上下]半年|度?前?[一二三四1-4]|第|\d|.{0,8}政府工作报告)"
)
_YEARS = Pattern("window", r"(?:\d{4}年?(?:、|,|{and})){1,9}\d{4}年")
_LAST_YEARS = Pattern(
    "window", r"[,、。(]?(?:{last_year})(?:(?P<part>同期)?{of}?|{half_year}[^,。;\d]{1,6}{of})"
)
_LAST_YEAR = Pattern("window", "{last_year}")
_BARE_THAN = Pattern("window", "(?:^|[,、])(?:{than})$")
_MOVED = Pattern("context", "(?:{rise}|{fall}|[增减多少升降])")
_SPOKEN = 160  # characters in which the year is named that bare figures are held against
_SPAN_OF_YEARS = re.compile(r"(\d{4})\.\.(\d{4})")
# 从2017年的3亿元
_FROM_THERE = re.compile(r"[由从](?:(?:19|20)\d\d年[底末]?的?)?$")
_TO_THERE = re.compile(r"^[^,。;\d]{0,6}[至到](?:(?:19|20)\d\d年[底末]?的?)?$")
_FROM, _TO = re.compile("[由从]$"), re.compile("^[^,。;\\d]{0,6}[至到]$")
# the column of the time before: 本期数9件,上期数8件,环比增长12.5%
_LAST_PERIODS = re.compile("上(?:期|个?月|个?季度?)(?:数|值|累计)?$")
_NAMED_YEAR = Pattern("window", r"\d{4}年|(?:{last_year})")
_JOINED = Pattern("window", r"{and}$")


def read_report(
    reading: Reading, quantities: list[Quantity], weigh: Weigh | None = None
) -> list[Context]:
    """One context for every quantity of a report, in the order of the text.

    `weigh` stands in the place of the model that decides the families.
    """
    text, report = reading.text, reading.report
    begin, end = report.start, report.end
    stops = stops_of(CLAUSE, text, begin, end)
    clauses = [begin, *stops, end + 1]
    sentences = [begin, *stops_of(SENTENCE, text, begin, end), end + 1]
    periods = periods_of(reading)
    sections = reading.terms.sections if reading.terms else Sections(text, begin, end, report.title)
    headed = Headed(text, report, sections)
    made = report.dated[:4] or (reading.year if reading.sure else "")
    ends = _chain_ends(text, quantities)
    found: list[Context] = []
    windows: list[Window] = []
    # the last number of each unit, with its sentence, and the last before this sentence
    counted: dict[str, tuple[int, Context]] = {}
    staged: dict[str, tuple[int, str, Decimal]] = {}
    for i, quantity in enumerate(quantities):
        s = bisect_right(sentences, quantity.start) - 1
        c = bisect_right(clauses, quantity.start) - 1
        first, j = sentences[s], ends[i]
        following = quantities[j + 1].start if j + 1 < len(quantities) else end
        last, context = (quantities[i - 1], found[-1]) if i else (None, None)
        at, same = counted.get(quantity.unit, (-2, None))
        whole = same if at == s or (at == s - 1 and text.startswith("其中", first)) else None
        told, stage, most = staged.get(quantity.unit, (s, "", _NONE))
        earlier = stage if told < s and (quantity.value or 0) <= most else ""
        window = window_of(
            text, quantity, first, clauses[c], last, context, whole, quantities[j].end, following,
            earlier, sections.heading(quantity.start),
        )  # fmt: skip
        windows.append(window)
        # the words of the sentence from the number before to the next one, full stop included
        start = max(first, quantity.start - NEAR, last.end if last is not None else 0)
        after = quantities[i + 1].start if i + 1 < len(quantities) else end + 1
        stop = min(sentences[s + 1], quantity.end + NEAR, after)
        before, behind = text[start : quantity.start], text[quantity.end : max(stop, quantity.end)]
        rest = s, c, before, behind
        found.append(_context(reading, window, periods, sections, headed, made, rest))
        counted[quantity.unit] = s, found[-1]
        if found[-1].kind == "count" and quantity.value and quantity.value >= most:
            staged[quantity.unit] = s, found[-1].stage, quantity.value
    found = _year_by_year(
        text, quantities, sentences, _ends_of_spans(windows, _changes_of_now(windows, found))
    )
    found = (weigh or decide)(windows, found)
    return _list_names(text, quantities, _in_turn(text, quantities, found))


def _chain_ends(text: str, quantities: list[Quantity]) -> list[int]:
    """For each quantity the last one of its chain, whose noun is that of all: 11类43项服务."""
    last = list(range(len(quantities)))
    for i in range(len(quantities) - 2, -1, -1):
        first, second = quantities[i : i + 2]
        between = text[first.end : second.start]
        # 3家全国和20家省示范中心
        alike = first.unit == second.unit and len(between) < 5 and _JOINED.search(between)
        if not between or alike:
            last[i] = last[i + 1]
    return last


def _changes_of_now(windows: list[Window], contexts: list[Context]) -> list[Context]:
    """盗窃34起,上年40起,少6起,降15%: behind a figure of the year before the changes are of the later
    one, and that figure is of the same part of its year.
    """
    dated = list(contexts)
    since = -1  # the figure that the last year's one is held against
    for i, (window, said) in enumerate(zip(windows, contexts, strict=True)):
        if window.last is None:
            since = -1
        elif said.kind == "change" and since >= 0 and not _NAMED_YEAR.search(window.lead):
            dated[i] = said._replace(period=dated[since].period)
        else:
            since = -1
            if _held_against(window):  # 来访88人次,比107人次少19人次
                before = year_before(dated[i - 1].period)
                dated[i] = said._replace(period=before or said.period, role="base")
                continue
            if window.last.unit == window.quantity.unit and _LAST_PERIODS.search(window.lead):
                since = i - 1
                before = part_before(dated[since].period, quarter="季" in window.lead[-5:])
                dated[i] = said._replace(period=before or said.period)
                continue
            last = _LAST_YEARS.fullmatch(window.lead)
            if last and window.last.unit == window.quantity.unit and not last["part"]:
                since, before = i - 1, year_before(dated[i - 1].period)
                dated[i] = said._replace(period=before or said.period)
    return dated


def _ends_of_spans(windows: list[Window], contexts: list[Context]) -> list[Context]:
    """2017年至2021年,立案由24万起减至15万起: the first of two levels is of the first year of a span, the
    second of the last; and so are those of the next pairs of its sentence, of which only the first names
    its years: 产值从2017年的3亿元增长到2022年的4亿元,收入从9万元增长到12万元.
    """
    dated = list(contexts)
    named = ("", "", -1)  # the years of a pair, and the sentence that names them
    for i in range(1, len(contexts)):
        of, to = contexts[i - 1], contexts[i]
        if windows[i].last != windows[i - 1].quantity:
            continue
        if not (_FROM_THERE.search(windows[i - 1].lead) and _TO_THERE.search(windows[i].lead)):
            continue
        years = _SPAN_OF_YEARS.fullmatch(of.period)
        bare = _FROM.search(windows[i - 1].lead) and _TO.search(windows[i].lead)
        if years and bare and to.period == of.period:
            dated[i - 1] = of._replace(period=years[1], role="base")
            dated[i] = to._replace(period=years[2])
        elif not bare and of.period[:4] < to.period[:4] and of.period.isdigit():
            named = (of.period, to.period, of.sentence)
        elif bare and named[1:] == (of.period, of.sentence) == (to.period, to.sentence):
            dated[i - 1] = of._replace(period=named[0], role="base", period_from="words")
    return dated


def _held_against(window: Window) -> bool:
    """Whether a figure is that of a year before that was named further back: 比107人次少19人次."""
    if window.last is None or window.last.unit != window.quantity.unit:
        return False
    begin = max(0, window.quantity.start - _SPOKEN)
    return bool(
        _BARE_THAN.search(window.lead)
        and _MOVED.match(window.tail)
        and _LAST_YEAR.search(window.text, begin, window.quantity.start)
    )


def _year_by_year(
    text: str, quantities: list[Quantity], sentences: list[int], contexts: list[Context]
) -> list[Context]:
    """2011年至2013年安全感分别为96%、97%和98%: of as many years as figures each has its own."""
    dated, i = list(contexts), 0
    units = [one.unit for one in quantities]
    while i < len(quantities):
        j = _list_end(text, quantities, i, units)
        if j - i > 1:
            begin = sentences[contexts[i].sentence]
            before = text[begin : quantities[i].start]
            turn = _BY_YEARS.search(before[-20:])
            years = _years(before, contexts[i].period) if turn else []
            if turn and len(years) != j - i:
                years = _years_above(text[max(0, begin - _ABOVE) : begin], turn, j - i)
            if len(years) == j - i:
                for k, year in enumerate(years, i):
                    dated[k] = dated[k]._replace(period=year, period_from="words")
        i = j
    return dated


def _list_end(text: str, quantities: list[Quantity], i: int, signs: list[str]) -> int:
    """Behind the last figure of the list that one opens: of its sign, 、 or 和 alone between them."""
    j = i + 1
    while (
        j < len(quantities)
        and signs[j] == signs[i]
        and _NEXT.fullmatch(text, quantities[j - 1].end, quantities[j].start)
    ):
        j += 1
    return j


def _in_turn(text: str, quantities: list[Quantity], contexts: list[Context]) -> list[Context]:
    """收案98件,结案91件,比上年分别多8%、9%: of as many changes as counts before them each has the stage
    of its own.
    """
    staged = list(contexts)
    kinds = [one.kind for one in contexts]
    for i, said in enumerate(contexts):
        if said.kind != "change" or (i and contexts[i - 1].kind == "change"):
            continue
        j = _list_end(text, quantities, i, kinds)
        counts = contexts[max(0, 2 * i - j) : i]
        lead = text[quantities[i - 1].end : quantities[i].start] if i else ""
        told = all(one.kind == "count" and one.sentence == said.sentence for one in counts)
        apart = len({one.stage for one in counts}) > 1
        # 信访总量和越级访分别下降 says itself of what they are
        apart = apart and not _OWN_NAMES.search(lead)
        if apart and len(counts) == j - i > 1 and told and _EACH_OF_THEM.search(lead):
            for k, one in enumerate(counts, i):
                staged[k] = staged[k]._replace(stage=one.stage)
    return staged


def _years(before: str, period: str) -> list[str]:
    """The years that words name one by one, or the first and the last of."""
    listed = _YEARS.findall(before)
    if listed:
        return _YEAR.findall(listed[-1])
    first, _, last = period.partition("..")
    if len(first) == len(last) == 4 and first.isdigit() and last.isdigit():
        return [str(year) for year in range(int(first), int(last) + 1)]
    return []


def _years_above(above: str, turn: re.Match[str], n: int) -> list[str]:
    """The years of a list by words that count them, named further up: 2019年…,2020年…; 三年依次为."""
    named = sorted({*_FULL_YEAR.findall(above)})
    counted = int(parse(turn["n"])) if turn["n"] else 0
    if not named or counted not in {0, n} or (not counted and turn[0] == "分别"):
        return []
    first, last = int(named[0]), int(named[-1])
    whole = last - first < n if counted else last - first == n - 1 and len(named) in {2, n}
    return [str(first + k) for k in range(n)] if whole else []


def _list_names(text: str, quantities: list[Quantity], contexts: list[Context]) -> list[Context]:
    """批次和人次分别下降33.7%和21.6%: each figure gets its own name of the list before it."""
    named = list(contexts)
    for i, said in enumerate(contexts):
        names = _LIST.split(said.subject)
        run = range(i, i + len(names))
        if len(names) < 2 or run.stop > len(quantities) or min(map(len, names)) < 2:
            continue
        start = quantities[i].start
        between = [text[quantities[k].end : quantities[k + 1].start] for k in run[:-1]]
        told = "分别" in text[max(0, start - 20) : start]
        # 信访总量、越级访同期下降55.6%、54.8%: as many changes as names, no more
        alike = {(quantities[k].unit, contexts[k].kind) for k in run} == {("%", "change")}
        behind = text[quantities[run[-1]].end : quantities[run[-1]].end + 1]
        alike &= not i or not _LIST.fullmatch(text, quantities[i - 1].end, start)
        if all(map(_LIST.fullmatch, between)) and (told or (alike and behind != "、")):
            for k, name in zip(run, names, strict=True):
                named[k] = contexts[k]._replace(subject=name)
    return named


def _begun(words: str) -> str:
    """The words of a clause behind the mark of its item and the time that it begins with: 2023年肇东市受理,
    在肇东市,去年受理.

    >>> _begun("其中2023年上半年肇东市受理"), _begun("今年以来,东关镇"), _begun("--今年受理")
    ('肇东市受理', '东关镇', '受理')
    """
    begins = _ITEM_MARK.match(words).end()  # type: ignore[union-attr]
    m = _TIME_FIRST.match(words, begins)
    return words[m.end() if m else begins :]


def _context(
    reading: Reading,
    window: Window,
    periods: Periods,
    sections: Sections,
    headed: Headed,
    made: str,
    rest: tuple[int, int, str, str],
) -> Context:
    """What a window says; `made` is the year in which the report was made, `rest` are sentence and clause,
    and the words before and behind.
    """
    quantity, role = window.quantity, _role(window)
    kind, direction = _kind(window)
    if kind == "rate" and role != "base" and _is_share(window):
        role = "share"
    elif role != "base" and _is_yearly_mean(window, kind):
        role = "mean"
    if role in {"", "part"} and _is_limit(window):
        role = "threshold"
    below = quantity.value is not None and quantity.value < 0
    if below and kind in {"change", "rate"}:  # no share of anything is below nothing
        kind, direction = "change", "down"
    # the clause's own place, else the sentence's, else the report's
    before = _begun(window.clause_lead), _begun(window.sentence_lead)
    named = (
        opening_place(before[0])
        or (before[0] != before[1] and opening_place(before[1]))
        or headed.listed(before[0], quantity.start)
        or headed.listed(before[1], quantity.start)
    )
    # 镇43个 counts the towns
    if named and before[0] == named[0] and quantity.unit in words("places", "counts_places"):
        named = None
    place, level, place_from = place_of_claim(
        reading.report, *before, window.lead, window.tail, named, headed.at(quantity.start),
        window.last_context.place if window.last_context else "",
        window.text[max(reading.report.start, window.sentence - NEAR) : window.sentence],
    )  # fmt: skip
    if item := item_place(reading.report, before[0], quantity.unit):
        place, level, place_from = *item, "words"
    family, step, mark = found_of(window, reading.topic)
    stage, measure = stage_of(window, family, kind), _measure(window)
    period, known = periods.told(quantity.start)
    plan, account = sections.planned(quantity.start), sections.account(quantity.start)
    if role == "base":  # 由2010年的96封: a base has the year that it names itself, no other
        period = _base_period(window, periods, period)
        known = "words" if period else ""
    elif not plan and (span := _lasting(window, reading.terms, period)):
        period, known = span, "words"
    elif reading.terms and ".." in period:
        said = window.last_context.period if window.last_context else ""
        behind = window.text[quantity.end : quantity.end + 14]
        period = in_term(period, window.lead, behind, kind, said)
    if role == "mean" and reading.terms and period.isdigit():
        span = reading.terms.at(quantity.start)[0]  # 2020年实现9亿元、年均增长8%
        if ".." in span and span[:4] <= period <= span[-4:]:
            period, known = span, "section"
    # the sums of a budget, and their shares, are those that are set
    title = reading.report.title
    budget = _BUDGET.search(title) is not None and not CARRIED_OUT.search(title)
    plan = plan or (budget and kind in {"money", "rate"})
    begins = _plans_begin(reading, sections, quantity.start, made) if plan else ""
    modality = modality_of(window, kind, plan, account, made, begins)
    # an account's own time is not that of its plans, unless they are aims beside what was done or
    # set by its title; and what a word means is so at all times
    column = _COLUMN_OF_AIMS.search(window.lead) and not AHEAD.search(title)
    yearly = sections.beside(quantity.start) or column or _AIM_OF_YEAR.search(window.lead)
    if modality == "planned" and yearly and _YEAR.match(period) and ".." not in period[:6]:
        period, known = period[:4], "words"  # what is to be done is so by the end of its year
    whole = known == "report" or (known == "document" and stated_period(reading.report))
    ahead = modality == "planned" and bool(whole) and not (reading.terms or budget)
    own = is_target(window) or sections.titled(title) or sections.whole
    ahead = ahead and is_account(title) and not own
    # what an account expects is of its own time: 预计完成9亿元, and no 预计明年完成9亿元
    expected = "预计" in window.lead and not _TO_COME.search(window.lead)
    ahead = ahead and not (expected or sections.listed(quantity.start))
    if ahead or (quantity.start >= sections.notes and modality == "required"):
        period, known = "", ""
    return Context(
        kind, direction, family, stage, measure, _in_whole(_subject(window), window), period, place, level, role, *rest,
        modality, code_in(reading.report, place, period or reading.year), place_from, known,
        heading=window.heading, step=step, mark=mark,
    )  # fmt: skip


def _plans_begin(reading: Reading, sections: Sections, offset: int, made: str) -> str:
    """The year with which the plans at an offset begin: the one of their heading, else that behind the
    year accounted for, else the one in which the report was made.
    """
    if since := sections.since(offset):
        return since
    if reading.terms:
        return str(reading.terms.calendar.plans)
    told = _WHOLE_YEAR.search(reading.report.title)
    if told is None or not is_account(reading.report.title):
        return made
    return max(made, str(int(told[1]) + 1))


def _lasting(window: Window, terms: Terms | None, told: str) -> str:
    """The years of 连续9年 up to the year of the account, or from or up to the one told of; empty for
    other figures.
    """
    q = window.quantity
    if terms:
        return lasting(window.lead, q.unit, q.value, terms.calendar.account)
    if not told.rstrip("+").isdigit():
        return ""
    last = int(told.rstrip("+"))
    if told.endswith("+") and q.value is not None and q.unit == "年":  # 自2017年起连续6年
        last += int(q.value) - 1
    return lasting(window.lead, q.unit, q.value, last)


def _base_period(window: Window, periods: Periods, told: str) -> str:
    """The period that a figure of an earlier time names: 由2019年一季度的86件, 去年同期的9件."""
    year = window.base["year"] if window.base else ""
    if year:
        return told if told.startswith(f"{year}-") and ".." not in told else year
    return _year_before(window, periods)


def _year_before(window: Window, periods: Periods) -> str:
    """The year before the one told of, where a base is said to be its: 去年同期的9件."""
    said = window.base[0] if window.base else ""
    if "上年" not in said and "去年" not in said:
        return ""
    year = periods.year(window.quantity.start)
    if year.isdigit():
        return str(int(year) - 1)
    told = periods.at(window.quantity.start - len(said))
    return year_before(told if "同期" in said else told[:4])


def _role(window: Window) -> str:
    """`base` for an earlier time's figure, `part` behind 其中, `share` in brackets of a whole."""
    text, q = window.text, window.quantity
    opened = text.rfind("(", window.sentence, q.start)
    inside = opened >= 0 and text.find(")", opened, q.start) < 0
    if window.base or (inside and _COMPARED.search(text, window.sentence, opened)):
        return "base"
    if window.among_parts:
        return "part"
    return "share" if inside else ""


def _is_share(window: Window) -> bool:
    """Whether a rate says what part of a whole its subject is (占31.7%), and so is no rate of it."""
    if _SHARE.search(window.lead):
        return not _SATISFIED.search(window.clause_lead)  # 满意的占98% is how many are content
    said = window.last_context
    goes_on = said is not None and said.role == "share" and said.kind == "rate"
    return goes_on and not _LINKS.sub("", window.lead)


def _measure(window: Window) -> str:
    """What a figure measures, by its unit; 上升4位 are places of a ranking and 2059口水窖 are wells."""
    unit = window.quantity.unit
    if unit == "位" and _RANK.search(window.lead):
        return "ranks"
    if unit == "口" and (_HOLE.search(window.lead) or _HOLE.match(window.tail)):
        return "items"
    return measure_of(unit)


def _is_limit(window: Window) -> bool:
    """Whether a figure only says which things are meant: 500万元以上项目, 65岁以上老人, 5人以上集体访."""
    q, tail = window.quantity, window.tail
    if q.bound not in {"min", "max"} or not tail:
        return False
    if q.unit == "岁" or section_of(q.unit) in _LIMITING:
        return _LIMIT.match(tail) is not None
    return q.unit in {"人", "名"} and _LIMIT_OF_PERSONS.match(tail) is not None


def _is_yearly_mean(window: Window, kind: str) -> bool:
    """Whether it is the mean of the years of a span, as is each figure of a list that one opens:
    年均增长8.2%、9.3%.
    """
    lead = window.lead
    if ")" in lead and "(" not in lead:  # 年均(与2016年比,下同)增长: the comma ends no clause
        opened = max(window.sentence, window.text.rfind("(", 0, window.quantity.start))
        lead = window.text[max(window.sentence, opened - _BEFORE_REMARK) : opened] + lead
    if _YEARLY_MEAN.search(lead):
        return True
    said = window.last_context
    goes_on = said is not None and said.role == "mean" and said.kind == kind
    return goes_on and not _LINKS.sub("", window.lead)


def _kind(window: Window) -> tuple[str, str]:
    """Kind and direction: of a change where a change word governs the number, else by its unit."""
    q, lead = window.quantity, window.lead
    section = section_of(q.unit)
    change = _change(lead, section) or _carried(window, section)
    if measure_of(q.unit) == "points":  # a difference of two rates, whatever word leads to it
        return "change", change or _of_points(lead)
    if section in {"share", "multiple"}:
        return ("change", change) if change or q.unit == "番" else ("rate", "")
    if q.unit and _EXTENT.match(window.tail):
        return "change", "up" if "增" in window.tail else "down"
    if change and (section != "money" or not _INVESTED.search(lead)):
        return "change", change
    if _per(window, section):
        return "per", ""
    if section == "money":
        return "money", ""
    return ("measure" if section in {"physical", "duration"} else "count"), ""


def _change(lead: str, section: str) -> str:
    """The direction of the change word that governs a number of a section of units, where it leads
    to no level.
    """
    if not _says_change(lead):  # as most words do not
        return ""
    up, down = list(_UP.finditer(lead)), list(_DOWN.finditer(lead))
    last = max([*up, *down], key=lambda m: m.end())
    level = _LEVEL.search(lead, max(0, last.start() - 1))
    share = section == "share"
    if last[0] in words("context", "deeds") and section not in {"share", "multiple"}:
        return ""
    # 新增案件占比10.2% is a share
    if (level and level.end() >= last.end()) or (share and "占" in lead[last.end() :]):
        return ""
    # 增幅比去年同期减少10个百分点: the later word decides; a far one governs its own object only
    reach = 12 if section in {"share", "multiple"} else 6
    if len(lead) - last.end() > reach or (_REACHED.search(lead, last.end()) and not share):
        return ""
    return "up" if last in up else "down"


def _of_points(lead: str) -> str:
    """The direction of a word that leads to percentage points, empty for none: 比2006年高3个百分点."""
    return "up" if _POINTS_UP.search(lead) else "down" if _POINTS_DOWN.search(lead) else ""


def _carried(window: Window, section: str) -> str:
    """The change word before the number before: 分别下降33.7%和21.6%, 增加2343户3954人."""
    last, said = window.last, window.last_context
    if last is None or said is None or said.kind != "change" or _LINKS.sub("", window.lead):
        return ""
    return said.direction if (section == "share") == (section_of(last.unit) == "share") else ""


def _per(window: Window, section: str) -> bool:
    """Whether a number is a standard per something: 元/次, 每件, 各镇; 每年 only says when."""
    q, said, money = window.quantity, window.last_context, section == "money"
    goes_on = money and not window.lead and said is not None and said.kind == "per"
    small = money and q.value is not None and q.value < _SMALL
    if "/" in q.unit or goes_on or (small and _TARIFF.search(window.sentence_lead)):
        return True
    each = _EACH.search(window.clause_lead) or (money and window.tail.startswith("的标准"))
    return bool(each) and not _YEARLY.search(window.clause_lead)


def _says_change(lead: str) -> bool:
    """Whether words say that something went up or down.

    >>> _says_change("同比下降"), _says_change("共受理")
    (True, False)
    """
    return bool(_UP.search(lead) or _DOWN.search(lead))


def _subject(window: Window) -> str:
    """What a number is of: the words of its clause before it, with the noun behind the unit."""
    lead = _trimmed(window.lead.strip(" ,、:()"), window.noun)
    words = _EDGES.sub("", lead + (window.noun or ("" if HAN_RUN.search(lead) else window.tail)))
    words = _EMPTIED.sub("", words)
    words = words.replace(TORN, " ")  # a phone number in groups is known as one by its blanks
    if window.last_context is not None and len(HAN.findall(words)) < 2:
        return window.last_context.subject
    short = len(words) < 6 and "其中" in window.sentence_lead and _says_change(window.lead)
    part = _PART.search(window.sentence_lead) if short else None
    if part and words not in part[1]:
        words = f"{part[1]},{words}"  # 立案数 of which part: “两抢一盗”案件
    if len(words) <= _LONGEST:
        return words
    # a number or a name that the cut would tear is left out whole: what is left of it would be
    # known as none, and stay legible
    cut = len(words) - len(_TORN.sub("", words[-_LONGEST - 1 :]))
    return words[whole_from(words, cut) :].lstrip(" ,、:)")


def _in_whole(subject: str, window: Window) -> str:
    """A subject whose body has the name, and stands at the body, that its paragraph gave it before: 工作室
    alone is anybody's.
    """
    short = _BODY.match(subject)
    if short is None:
        return subject
    text, sentence = window.text, window.sentence
    begin = max(text.rfind("\n", 0, sentence) + 1, sentence - _FAR_BACK)
    named = [
        m for m in _SET_UP.finditer(text, begin, sentence) if m["name"].endswith(short["kind"])
    ]
    if not named:
        return subject
    whole = (named[-1]["seat"] or "") + named[-1]["name"] + subject[short.end() :]
    return whole if len(whole) <= _LONGEST else subject


def _trimmed(lead: str, noun: str) -> str:
    """A lead without its words of time and, where no noun follows, its last verb of change."""
    while (shorter := lead[_opened(lead) :].strip(" ,、:(")) != lead:
        lead = shorter
    while not noun and (shorter := _CLOSING.sub("", lead)) != lead:
        lead = shorter
    return lead


def _opened(lead: str) -> int:
    """Where the words behind an opening begin."""
    m = _OPENING.match(lead)
    return m.end() if m else 0
