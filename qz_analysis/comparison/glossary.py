"""What a figure is of, named in English out of the words of its report."""

import re
from collections.abc import Mapping
from typing import Any

from ..vocabularies.labels import say
from ..vocabularies.session import kept, load
from ..vocabularies.units import measure_of
from .printed import english_unit

#: the sections of `labels.toml` that hold the words of a name, in the order in which they are tried
_SECTIONS = ("things", "deeds", "kinds", "manners", "agents", "unsaid")
#: marks within a report's words that say nothing of what is counted
_MARKS = re.compile("[“”‘’\"'《》 　]")
_LAST = re.compile("[,，、；;|:：]")
#: what is counted where its words only tell what was done with it, by family
_OF_FAMILY = {
    "petition": "petitions",
    "mediation": "disputes",
    "matters": "matters",
    "crime": "cases",
    "satisfaction": "people",
}
#: what deeds are done to, or by, whatever the family: who is satisfied is no matter
_OF_DEED = {
    "people": {
        "satisfied",
        "largely satisfied",
        "not satisfied",
        "in support",
        "against",
        "insured",
    },
    "pledges": {"kept"},
    "suspects": {"arrested"},
    "calls": {"put through"},
}
#: deeds that a body is the object of, where it stands before them
_FOUNDED = {"set up", "built", "added"}
#: a deed that says no more than the one beside it: 开展排查
_EMPTY = "held"
_RATE = "率"
#: what begins the words of a share without its name: 占全年目标, 完成全年任务
_OF_WHOLE = ("占", "完成", "为")
#: a deed that says of another that it was not done alone: 参与调解
_JOINING = "taking part"
#: what makes the words behind it name what is not there: 缺资金14户
_LACKING = frozenset("缺无未不非")
#: characters between a name and its figure
_REACHED = "为达到至在是"
#: words that make a share of what stands before them
_SHARE = re.compile("(?:所?占|占?(?:比例?|比重)|占(?:全[部年体]|总[数量]))[的为达是约到]*$")
#: how many characters the known end of some words has at most
_TAIL = 24
#: measures of mass work itself
_COUNTED = frozenset({"cases", "items", "batches", "item_times"})
_Piece = tuple[str, str]


@kept
def _terms() -> dict[str, dict[str, str]]:
    """The English of each word, by section."""
    known = load("labels")
    return {key: {zh: str(entry["en"]) for zh, entry in known[key].items()} for key in _SECTIONS}


@kept
def _longest() -> int:
    return max(len(word) for words in _terms().values() for word in words)


@kept
def _whole() -> dict[str, str]:
    """The names of rates and counts that are named indicators, which need no composition."""
    return {str(entry["zh"]): str(entry["en"]) for entry in load("named").values()}


def _read(words: str) -> list[_Piece] | None:
    """Words cut into known ones, with the section of each; the fewest pieces, and None where a character
    belongs to none.
    """
    best: list[list[_Piece] | None] = [[]]
    for end in range(1, len(words) + 1):
        found: list[_Piece] | None = None
        for start in range(max(0, end - _longest()), end):
            ahead, piece = best[start], words[start:end]
            if ahead is None or (found is not None and len(ahead) + 1 >= len(found)):
                continue
            section = next((key for key in _SECTIONS if piece in _terms()[key]), "")
            if section:
                found = [*ahead, (section, piece)]
        best.append(found)
    return best[-1]


def english_name(words: str, family: str = "", *, rate: bool = False) -> str:
    """The English name of what a report's words count, put together of the words that the glossary knows;
    empty where it does not know each of them, so that no name says more than the report.

    Args:
        words: the words of the report, without its place.
        family: the family of the figure, which says of what it is where the words tell a deed alone.
        rate: whether the figure is a share.

    >>> english_name("全县共化解矛盾纠纷"), english_name("信访事项按期办结率", rate=True)
    ('Disputes settled', 'Share of petitions resolved on time')
    >>> english_name("办结率", "matters", rate=True), english_name("初次信访办结"), english_name("甲乙丙")
    ('Share of matters resolved', 'First-time petitions resolved', '')
    """
    said = _MARKS.sub("", _LAST.split(words)[-1])
    # words that modify what is counted, and have lost it (…的问题)
    if said.startswith("的"):
        return ""
    said = said.rstrip("的") or said
    named = not rate or said.endswith(_RATE) or said.startswith(_OF_WHOLE)
    name = _whole().get(said) or _terms()["things"].get(said, "") if named else ""
    if name:
        return name[:1].upper() + name[1:]
    rate = rate or said.rstrip(_REACHED).endswith(_RATE)
    bare = said.rstrip(_REACHED).removesuffix(_RATE)
    pieces = _read(bare)
    if not bare or pieces is None:
        return ""
    name = _composed(pieces, family, rate)
    return name[:1].upper() + name[1:]


def english_label(words: str, family: str = "", *, rate: bool = False) -> str:
    """The English name of a row whose words the glossary knows in part: of the longest end of them that it
    knows, for in Chinese what is counted stands last. The words themselves belong beside it, for what
    the name leaves out; empty where the glossary does not know how they end.

    Args:
        words: the words of the report, without its place.
        family: the family of the figure.
        rate: whether the figure is a share.

    >>> english_label("甲乙丙困难群众"), english_label("民族乡占比", rate=True), english_label("甲乙丙")
    ('Residents in hardship', 'Ethnic townships, share', '')
    """
    # a bracket tells of the words before it, a row's head stands before its cell
    said = re.sub(r"[(（][^()（）]*[)）]?", "", _LAST.split(words.strip(" |.。:："))[-1])
    said = _MARKS.sub("", said.split("·")[-1])
    of = _SHARE.sub("", said)
    if rate and not said.rstrip(_REACHED).endswith(_RATE):
        told = _tail(of, family)
        return f"{told}, {'share' if of != said else 'percentage'}" if told else ""
    if told := _tail(said, family, rate):
        return told
    for at in range(max(len(said) - _TAIL, 0), len(said) - 1):
        if who := channel_name(said[at:]):
            who = who.removeprefix("the ")
            return who[:1].upper() + who[1:]
    return ""


def _tail(said: str, family: str, rate: bool = False) -> str:
    """The name of the longest end of some words that has one."""
    for at in range(max(len(said) - _TAIL, 0), len(said) - 1):
        if at and said[at - 1] in _LACKING:
            return ""
        if name := english_name(said[at:], family, rate=rate):
            return name
    return ""


def _composed(pieces: list[_Piece], family: str, rate: bool) -> str:
    """A name of words that are all known; empty where they do not tell of what it is."""
    told: dict[str, list[str]] = {key: [] for key in _SECTIONS}
    for n, (section, piece) in enumerate(pieces):
        rest = [(key, word) for key, word in pieces[n + 1 :] if key != "unsaid"]
        if section == "things" and piece in _terms()["agents"] and _acts(rest):
            section = "agents"
        # 重点办好实事 is no 办好重点实事
        if section == "kinds" and (not rest or rest[0][0] not in ("kinds", "things")):
            if piece not in _terms()["manners"]:
                return ""
            section = "manners"
        told[section].append(_terms()[section][piece])
    things, deeds = told["things"], list(dict.fromkeys(told["deeds"]))
    deeds = [deed for deed in deeds if deed != _EMPTY] or deeds
    if _JOINING in deeds and len(deeds) > 1:
        return ""
    if len(things) > 1 or len(deeds) > 2 or len(told["agents"]) > 1:
        return ""
    if not things and deeds:
        own = next((noun for noun, done in _OF_DEED.items() if set(deeds) <= done), "")
        things = [own or _OF_FAMILY.get(family, "")]
    if not any(things) or (not deeds and (rate or told["manners"])):
        return ""
    kinds = [kind for kind in told["kinds"] if not things[0].startswith(kind)]
    parts = [*kinds, *things, *([" and ".join(deeds)] if deeds else [])]
    parts += told["manners"]
    parts += [f"by {who}" if deeds else f"({who})" for who in told["agents"]]
    return ("share of " if rate else "") + " ".join(parts)


def _acts(rest: list[_Piece]) -> bool:
    """Whether a body does what the words behind it tell: 群众工作室解决问题, 调委会调解."""
    deeds = [_terms()[key][word] for key, word in rest if key == "deeds"]
    return any(key == "things" for key, _ in rest) or (bool(deeds) and not set(deeds) <= _FOUNDED)


def family_name(row: Mapping[str, Any]) -> str:
    """What a figure is of as far as its family and its stage tell; empty where they tell nothing that a
    reader could use: another family, or one that is no mass work without a stage.

    >>> row = {"family": "petition", "stage": "resolved", "unit": "件", "kind": "count"}
    >>> family_name(row), family_name({**row, "family": "other", "stage": ""})
    ('Petitions resolved', '')
    """
    family, stage = str(row["family"] or ""), str(row["stage"] or "")
    # what 满意 is said of is told by its deed alone
    if family in ("", "other", "satisfaction") or not (stage or family in _OF_FAMILY):
        return ""
    # of 个 and 种 nobody can say that they are petitions, nor of people that they are disputes
    counted = english_unit(str(row["unit"])) and (stage or measure_of(str(row["unit"])) in _COUNTED)
    if row["kind"] == "count" and not counted:
        return ""
    of = _OF_FAMILY.get(family) or str(say("families", family, "en"))
    of += f" {say('stages', stage, 'en')}" * bool(stage)
    if row["kind"] == "rate":
        return f"Share of {of}"
    return of[:1].upper() + of[1:]


def channel_name(words: str) -> str:
    """The channel, activity or court that a report names, in English; empty where it is not known.

    >>> channel_name("市长信箱"), channel_name("某某平台")
    ('the mayor’s mailbox', '')
    """
    pieces = _read(_MARKS.sub("", words)) or []
    known = [_terms()["agents"][piece] for _, piece in pieces if piece in _terms()["agents"]]
    rest = [
        piece
        for section, piece in pieces
        if piece not in _terms()["agents"] and section != "unsaid"
    ]
    return known[0] if len(known) == 1 and not rest else ""
