"""The family that the marking words of `families.toml` give a quantity by rule, and its stage.

The stage says whether what is counted was received, was resolved or is pending.
"""

import re
from typing import NamedTuple

from ..vocabularies.alternatives import numbered
from ..vocabularies.patterns import Pattern, fast
from ..vocabularies.session import kept, load
from ..vocabularies.units import measure_of, section_of
from .window import HAN, HAN_RUN, Window

_PLACES = Pattern("topics", r"{places}(?=$|[,。;、]|{goes_on})")
_VISITED = Pattern("topics", r"{visited}")
_PETITIONED = Pattern("topics", r"{petitioned}")
_RECEPTION = Pattern("topics", r"{reception}")
_RATED = Pattern("topics", r"{rated}")
# what is open still, by a verb of its own or one of an end that has not come: 尚未办结, 待解决
_PENDING = Pattern("topics", r"{pending}|{not_yet}(?:得到|能)?[^,。]{0,4}(?:{done}|{ended})")
_LEFT = Pattern(
    "topics", r"^(?:正在|{not_yet})|{left}|^[^,。、;\d]{1,8}{not_yet}(?:得到|能)?(?:{done}|{ended})"
)
# 尚有7件, 剩余3件: what is open by the words right before the figure alone
_REMAINS = Pattern("topics", r"{remains}[^,。]{0,6}$")
# 办结40件,还有3件: what an end told before has left
_REST = Pattern("topics", r"(?:{rest})[^,。]{0,4}$")
# 排查87起,调处82起: what was done with what came in just before
_DEALT = Pattern("topics", r"(?:{dealt})[^,。;]{0,6}$")
_INTAKE = Pattern("topics", r"(?:{intake})[^,。;]{0,8}$")
# 应办结98件, 转办41件: what came in, whatever became of it
_DUE = Pattern("topics", r"{due}[^,。;\d]{0,2}$")
# 受理审查起诉案件: of the thing that came in, and no deed
_OBJECT = re.compile(r"[^,。;、并和及与或后]{0,6}")
_THING = re.compile("案件|申请|线索|事项")
_BRACKETS = re.compile(r"\([^()]*\)")
PIECES = frozenset({"件", "件次", "条", "封"})  # of what comes in one by one
_DEEDS = Pattern("topics", "{deeds}")
_CASES = {"cases", "batches", "person_times"}  # what comes in, where no verb says what became of it
_WHOLE = Pattern("topics", r"{whole}")
# 729件、提案831件全部办复: the verb behind a list is of all its parts
_ALL = Pattern("topics", r"[、和与及][^,。;]{1,30}(?:{whole})(?P<verb>[^,。;]{1,8})")
# 推动34件积案化解, 将38件矛盾消除: the verb of the figure stands behind it
_MOVED = Pattern("topics", r"{moved}[^,。]{0,4}$")
_NAME = 24  # characters of a name that stands before the comma of its figure
# a thing behind another in a list, and one that stands alone at the head of a line or sentence
_LISTED = Pattern("topics", r"[,、;]?[\u4e00-\u9fff、]{1,14}(?:{things})$")
_KIND = re.compile(r"[^,。;:\d]{2,16}$")
_HEAD = 160  # characters before a sentence in which the head of its list stands
_WORKED_ON = re.compile(r"办理[^,。;]{0,12}$")
_THEN_DONE = re.compile(r"[,、](?:已|共|均|全部|按[期时])*办结(?!率)")
# 移交调委会61件: not what a channel brought
_HANDED = re.compile("(?:移交|提级)[^,。;]{2,}$|有$")
_VERB = 4  # characters behind 正在 in which its own verb stands
_ENDED = Pattern("topics", r"{done}|{resolved}|{ended}")
# verbs say what was done; nouns (来访, 诉求) only what it was done with
_VERBS = {
    "resolved": Pattern("topics", r"{done}|{resolved}"),
    "received": Pattern("topics", r"{received}"),
}
_PIECES_OF_CASES = frozenset({"件", "宗", "起", "案"})
_ACCUSED = Pattern("topics", "{accused}")
_CASES_OF = {"pending": "left_cases", "resolved": "closed_cases", "received": "new_cases"}
_OF_CASES = {stage: Pattern("topics", f"{{{said}}}") for stage, said in _CASES_OF.items()}
_HEADINGS = {
    stage: Pattern("topics", f"^(?:{{{said}}})(?:{{headed}})?$")
    for stage, said in _CASES_OF.items()
}
_NOUNS = Pattern("topics", r"{matters}")
_AVERTED = Pattern("topics", r"{averted}")
_RESOLVED_RATE = Pattern("topics", r"(?:{done}|{resolved_rates})率")
# what says behind a count that it is a part of a whole: 来信23件,占34%; 咨询8件(17%)
_PART = re.compile(r",{0,2}约?占|\((?:约?占)?\d[\d.]*%")
# what says so before them: 按内容分:城建类8件
_DIVIDED = Pattern("topics", "{divided}")
# who deals with matters, not what became of them: 调解委员会12个
_BODIES = Pattern("topics", r"{bodies}[^,。;\d]{0,2}$")
# what a government decided to do, before the figure or behind it
_WORKS = Pattern("topics", "(?:{works})[^,。;\\d]{0,2}$")
_WORKS_BEHIND = Pattern("topics", r"^[^,。;\d]{0,6}?(?:{works})")
_DISPUTES = Pattern("topics", "{disputes}$")
_BODIES_BEHIND = Pattern("topics", r"^[^,。;\d]{0,10}?{bodies}")
_SHARE = re.compile(r"(?:占|\()$")
_STAGED = {"petition", "mediation", "matters", "crime"}
_MAY_END = _STAGED | {"other"}
# a look-around before the first character of a marking word
_LOOK = re.compile(r"^\(\?<?[=!].*?\)")
_OPTIONAL = re.compile(r"[?*+{]")
_WORD = re.compile(r"[\u4e00-\u9fff]{2}")


class Found(NamedTuple):
    """What the rules say of a family: the family, the step that gave it, and the word that marks it."""

    family: str
    step: str
    word: str = ""


class _Marks(NamedTuple):
    """The marking words of a section as one pattern, a group each, with their families."""

    pattern: re.Pattern[str]
    words: tuple[tuple[str, str], ...]  # family and entry, by the number of the group
    of: tuple[str, ...]  # the families alone

    def families(self, text: str) -> list[str]:
        """The families of the words in a text, in its order."""
        found = self.of
        return [found[m.lastindex or 0] for m in self.pattern.finditer(text)]


@kept
def _marks(section: str) -> _Marks:
    """The marking words of a section: of those with one first character the longest entry first."""
    entries = load("families")[section].items()
    every = [(family, word) for family, entry in entries for word in entry]
    every.sort(key=lambda pair: len(pair[1]), reverse=True)
    expression, order = numbered([_with_its_first(word) for _, word in every])
    said = (("", ""), *(every[at] for at in order))
    return _Marks(fast(expression or "(?!)"), said, tuple(family for family, _ in said))


def _with_its_first(word: str) -> str:
    """A word as it is looked for: only where its first character stands, though that be optional."""
    said = _LOOK.sub("", word)
    return f"(?={re.escape(said[0])}){word}" if _OPTIONAL.match(said, 1) else word


def _mark(text: str, section: str = "words", first: bool = False) -> tuple[str, str]:
    """Family of the last (or first) marking word of a text, with the word's entry."""
    pattern, words, _ = _marks(section)
    last = None
    if first:
        last = pattern.search(text)
    else:
        for m in pattern.finditer(text):
            last = m
    return words[last.lastindex or 0] if last else words[0]


def marked(text: str) -> list[str]:
    """The families of the marking words of a text, in its order.

    >>> marked("调解纠纷")
    ['mediation', 'mediation']
    """
    return _marks("words").families(text)


def subjects(text: str) -> list[str]:
    """The families of the nouns in a text that name what it is about, in its order.

    >>> subjects("信访事项和纠纷")
    ['petition', 'matters', 'mediation']
    """
    return _marks("subject").families(text)


def found_of(window: Window, topic: str) -> Found:
    """The family that the words nearest to a number mark, else that of the report's own topic."""
    q, lead, noun = window.quantity, window.lead, window.noun
    said = window.last_context.family if window.last_context else ""
    if section_of(q.unit) == "money":
        if said and not HAN_RUN.search(lead):
            return Found(said, "said")
        family, word = _mark(lead or window.clause_lead, "money")
        return Found(family or "funds", "money" if family else "sum", word)
    if said and section_of(q.unit) == "share":
        goes_on = lead.startswith("、") and not _RATED.search(lead)  # 个人10%、财政25%
        family, word = ("", "") if goes_on else _mark(lead)
        return Found(family, "lead", word) if family else Found(said, "said")
    if said and not window.tail and not _WORD.search(lead):
        return Found(said, "said")
    if _VISITED.search(lead) and not _PETITIONED.search(lead):
        return Found("outreach", "visited")
    # 意见683项,其中基础设施类241项: a part counts the same thing as the whole
    if window.whole is not None and window.among_parts:
        return Found(window.whole.family, "whole")
    if measure_of(q.unit) in {"batches", "person_times"} and _RECEPTION.search(lead):
        return Found("petition", "reception")
    if _PLACES.match(noun):
        return Found("other", "places")
    for step, words, section in (("noun", noun, "words"), ("lead", lead, "words"),
                                 ("weak noun", noun, "weak"), ("weak lead", lead, "weak")):  # fmt: skip
        if words:
            family, word = _mark(words, section)
            if family:
                return Found(family, step, word)
    if window.tail:
        family, word = _mark(window.tail, first=True)
        if family:
            return Found(family, "tail", word)
    if said:
        return Found(said, "said")
    looked = lead
    for step, words in (("clause", window.clause_lead), ("sentence", window.sentence_lead)):
        if words == looked:  # as where no figure stands before it
            continue
        family, word = _mark(words)
        if family:
            return Found(family, step, word)
        looked = words
    return Found(topic, "topic") if topic else Found("other", "none")


def stage_of(window: Window, family: str, kind: str) -> str:
    """The stage by the verb nearest before a number; empty where its family knows no stages."""
    lead, said = window.lead, window.last_context
    # 正在解决的为B类,38件: its name is a clause of its own
    if said is None and not HAN.search(lead):
        lead = window.sentence_lead[-_NAME:]
    if kind == "count" and family in _MAY_END and (ended := _of_list(window)):
        return ended
    if family == "other" and (kept := _of_cases(window, kind) or _of_what_came_in(window, kind)):
        return kept
    if family not in _STAGED or measure_of(window.quantity.unit) == "sessions" or kind == "measure":
        return ""
    bodies = _BODIES.search(lead) or _BODIES_BEHIND.search(window.noun)
    unit = window.quantity.unit
    brought = unit in PIECES and not _HANDED.search(lead)  # by a channel: 预警平台6件
    pieces = measure_of(unit) in _CASES or brought
    if bodies and kind in {"count", "change"} and not pieces:
        return ""
    if _open_still(lead, window.tail):
        return "pending"
    if _RESOLVED_RATE.search(lead):
        return "resolved"
    if _AVERTED.search(lead):
        return ""
    if kind == "count" and _DUE.search(lead):
        return "received"
    # 办理事项98件,办结97件: what was done with what came in is told behind it
    if (
        kind == "count"
        and _WORKED_ON.search(lead)
        and _THEN_DONE.match(window.text, window.quantity.end)
    ):
        return "received"
    listed = _ALL.match(window.text, window.quantity.end)
    moved = _MOVED.search(lead) and _ENDED.search(window.tail)
    if moved or (listed and _ENDED.search(listed["verb"])):
        return "resolved"
    # 信访件33个全部整改: the verb behind a figure that no verb stands before
    if _WHOLE.match(window.tail) and _ENDED.search(window.tail) and not _deeds_in(lead):
        return "resolved"
    if told := _told_beside(window):
        return told
    if said is not None and said.stage in {"received", "resolved"}:
        if said.stage == "resolved" and _REST.search(lead):
            return "pending"
        if said.stage == "received" and _DEALT.search(lead) and _came_in(window):
            return "resolved"
    # 审结12265件。其中:涉黑恶案件71件: a part that no deed is told of is what its whole is
    if window.whole is not None and window.whole.stage and kind == "count" and not _deeds_in(lead):
        return window.whole.stage
    # 9件化解8件: the verb between two numbers is of the second
    ahead = window.quantity.end + len(window.tail)
    apart = not window.text[ahead : ahead + 1].isdigit()
    behind = (len(lead) < 2 and apart) or _WHOLE.match(window.tail)
    for text in (lead, window.tail if behind else "", _BRACKETS.sub("", window.clause_lead)):
        if done := _deeds_in(text):
            return max(done)[1]
        if _NOUNS.search(text):
            return _stage_of_heading(window, kind) or "received"
    if headed := _stage_of_heading(window, kind):
        return headed
    # 办理建议685件,政协提案1209件: of one measure, a few words may name another of its kind
    same = window.last is not None and window.last.unit == window.quantity.unit
    share = kind == "change" or section_of(window.quantity.unit) == "share"
    part = _PART.match(window.text, window.quantity.end) is not None
    near = (
        share
        or part
        or window.base
        or window.among_parts
        or len(HAN.findall(lead)) < (9 if same else 4)
    )
    # a share is of the figure before it, whatever the two are counted among
    any_family = share and _SHARE.search(lead)
    sum_ = section_of(window.quantity.unit) == "money"  # 纠纷84件,牵涉900万元
    if (
        near
        and not sum_
        and said is not None
        and said.stage
        and (said.family == family or any_family)
    ):
        return said.stage
    # what comes in is divided by where it comes from and what it is about
    divided = part or (kind == "count" and _DIVIDED.search(window.sentence_lead))
    came = _comes(window, kind) or (family in {"petition", "matters"} and divided)
    # 来信35件,占14%: a share or a change without a verb is that of what it is named beside
    beside = family in {"petition", "crime"} and (kind == "change" or any_family)
    came = came or (beside and (said is None or said.stage in {"", "received"}))
    # 收到434件。公共服务16件,文体65件: kinds of what came in
    came = came or (_divides(window, kind) and not _DEEDS.search(lead))
    came = came or (family == "mediation" and kind == "count" and _DISPUTES.search(lead))
    return "received" if came else ""


def _of_list(window: Window) -> str:
    """The stage of a thing of a list that was brought to its end: 审结商事案件900件,金融纠纷80件,破产案件7件;
    or of a line below the head of one: 审结98件,分项看: 婚姻家庭54件.
    """
    last, said, lead = window.last, window.last_context, window.lead
    unit = window.quantity.unit
    if unit not in _PIECES_OF_CASES:
        return ""
    if last is None or said is None:
        above = window.text[max(0, window.sentence - _HEAD) : window.sentence].rpartition("。")[2]
        told, colon, _ = above.partition(":")
        listed = _KIND.match(lead) if colon else None
    else:
        told = window.sentence_lead[: -len(lead)]
        goes_on = last.unit == unit and said.kind == "count"
        listed = _LISTED.match(lead) if goes_on else None
    # 来信12件 came in, whatever was closed before; 还有3件, 移交调委会61件 were not
    if not listed or _DEEDS.search(lead) or _NOUNS.search(lead.removesuffix("案件")):
        return ""
    if _open_still(lead, window.tail) or any(
        one.search(lead) for one in (_REST, _HANDED, _AVERTED)
    ):
        return ""
    ended = not _deeds_in(lead) and {stage for _, stage in _deeds_in(told)} == {"resolved"}
    return "resolved" if ended else ""


def _deeds_in(text: str) -> list[tuple[int, str]]:
    """The deeds that a text tells, each with where it ends and its stage."""
    came = list(_VERBS["received"].finditer(text))
    done = [(m.end(), "received") for m in came]
    for m in _VERBS["resolved"].finditer(text):
        of_thing = _THING.match(text, m.end()) and any(
            deed.end() <= m.start() and _OBJECT.fullmatch(text, deed.end(), m.start())
            for deed in came
        )
        if not of_thing:
            done.append((m.end(), "resolved"))
    return done


def _of_cases(window: Window, kind: str) -> str:
    """The stage of cases of courts and the like, which are of no family: 收案198件,结18件,结案率9.09%."""
    said, share = window.last_context, section_of(window.quantity.unit) == "share"
    if not share and not _is_case(window):
        return ""
    if share and kind == "rate":
        return "resolved" if _RESOLVED_RATE.search(window.lead) else ""
    if share and said is not None and not _DEEDS.search(window.lead):
        return said.stage  # 收案6380件,同比多3.85%
    done = [
        (m.end(), stage) for stage, verb in _OF_CASES.items() for m in verb.finditer(window.lead)
    ]
    if done:
        return max(done)[1]
    if window.among_parts and window.whole is not None:
        return window.whole.stage  # 审结21件,其中诉讼案件13件、执行案件8件
    return _told_beside(window) or _stage_of_heading(window, kind)


def _told_beside(window: Window) -> str:
    """The stage of the figure that one stands right behind: 审结17件20人."""
    last, said = window.last, window.last_context
    beside = last is not None and last.end == window.quantity.start
    return said.stage if beside and said is not None else ""


def _is_case(window: Window) -> bool:
    """Whether a figure counts cases, or persons who are accused in them: 71件91人."""
    unit, said = window.quantity.unit, window.last_context
    if unit in _PIECES_OF_CASES:
        return True
    beside = not window.lead and said is not None and bool(said.stage)
    return unit in {"人", "名"} and (beside or bool(_ACCUSED.search(window.lead + window.noun)))


def _stage_of_heading(window: Window, kind: str) -> str:
    """The stage that the heading above names, for the cases below it: 2.未结。刑事79件,升27.42%."""
    cases = _is_case(window) or section_of(window.quantity.unit) == "share"
    if not cases or kind not in {"count", "change"}:
        return ""
    return next((s for s, said in _HEADINGS.items() if said.search(window.heading)), "")


def _of_what_came_in(window: Window, kind: str) -> str:
    """The stage of what a figure of no family divides, by words that say so, and of its share:
    受理71件。按方式分:写信16件,占22.5%.
    """
    said = window.last_context
    if said is not None and said.stage and _SHARE.search(window.lead):
        return said.stage
    if not _divides(window, kind):
        return ""
    short = 0 < len(HAN.findall(window.lead)) < 5 and not _DEEDS.search(window.lead)
    return "received" if short or _DIVIDED.search(window.sentence_lead) else ""


def _divides(window: Window, kind: str) -> bool:
    """Whether a count may be of a kind of what was said to have come in before its sentence."""
    return kind == "count" and window.earlier == "received" and window.quantity.unit in PIECES


def _came_in(window: Window) -> bool:
    """Whether the number before is what came in, and this one is a part of it in the same unit."""
    q, last = window.quantity, window.last
    if last is None or last.unit != q.unit or last.value is None or q.value is None:
        return False
    return q.value <= last.value and bool(_INTAKE.search(window.text[window.sentence : last.start]))


def _comes(window: Window, kind: str) -> bool:
    """Whether a count is of what comes in (信访件 5120件, 三类纠纷 98起), whatever was done with it."""
    unit = window.quantity.unit
    counted = measure_of(unit) in _CASES or unit in PIECES
    if kind not in {"count", "change"} or not counted or _DEEDS.search(window.lead):
        return False
    # 20件民生实事, 民生实事65件: works that were decided on
    return not (_WORKS.search(window.lead) or _WORKS_BEHIND.match(window.tail))


def _open_still(lead: str, tail: str) -> bool:
    """Whether what is counted is not done yet: by the last verb before it, or by words behind it."""
    begun = list(_PENDING.finditer(lead))
    # 正在侦办 is open, whatever its verb would say alone; an end told further on is another's
    open_ = begun and not _ENDED.search(lead, begun[-1].end() + _VERB)
    behind = tail.partition("、")[0]
    return bool(open_ or _LEFT.search(behind) or _REMAINS.search(lead))


def stage_word(window: Window, stage: str) -> str:
    """The word nearest before a number that says a stage, empty where none does."""
    pattern = _PENDING if stage == "pending" else _VERBS.get(stage)
    for text in (window.lead, window.clause_lead, window.tail):
        for words in (pattern, _NOUNS if stage == "received" else None):
            found = [m[0] for m in words.finditer(text)] if words else []
            if found:
                return found[-1]
    return ""
