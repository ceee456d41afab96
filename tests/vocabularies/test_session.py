"""Vocabulary files are checked when loaded; a wrong entry is named.

A user's own vocabulary: checked as strictly as the package's, in force from the call to the reset, here and in every worker.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from running import contents, run
from sparing import sparing

import qz_analysis as qz
from qz_analysis.cli import main
from qz_analysis.comparison.indicators import STRATEGIES
from qz_analysis.errors import VocabularyError
from qz_analysis.publish.page import _environment
from qz_analysis.runs import run as runner
from qz_analysis.schema import VOCABULARY
from qz_analysis.vocabularies import session as registry
from qz_analysis.vocabularies.rules import (
    GROWING,
    THINGS,
    misplaced,
    names,
    own,
    parse,
    together,
    wrong,
)
from qz_analysis.vocabularies.session import (
    Vocabulary,
    begun,
    current,
    files_in_force,
    held,
    kept,
    load,
    put,
    take,
)

pytestmark = pytest.mark.usefixtures("kept_workers")


@pytest.mark.parametrize("name", names())
def test_every_vocabulary_file_loads(name):
    """Each file of the package loads, holds entries and opens by explaining its own grammar."""
    assert all(load(name).values())


def test_wrong_entry_is_named_with_file_and_line():
    """An entry of the wrong shape raises with file, line and entry."""
    with pytest.raises(VocabularyError, match=r"units\.toml, line 3: the entry '件'"):
        parse('[a]\n"宗" = "cases"\n"件" = 5', "units")


def test_broken_toml_and_missing_file_are_named():
    """Broken TOML and a name that does not exist raise with the file's name."""
    with pytest.raises(VocabularyError, match=r"units\.toml"):
        parse("[a", "units")
    with pytest.raises(VocabularyError, match="there is no vocabulary file"):
        load("nothing")


def test_what_is_made_of_the_words_is_kept_as_long_as_they_are_in_force():
    """A kept function runs once a vocabulary and argument; an earlier vocabulary that comes back still has what was made of it."""
    before, ran = current(), []

    @kept
    def made(section):
        ran.append(section)
        return len(load("units")[section])

    other = Vocabulary({"units": {"petition": {"通": "calls"}}})
    try:
        assert made("petition") == made("petition") > 10
        put(other)
        assert (made("petition"), made("petition"), held()) == (1, 1, other)
        put(before)
        assert made("petition") > 10
        assert ran == ["petition", "petition"]
    finally:
        put(before)


def test_what_fails_is_not_kept():
    """An error of a kept function is raised each time, a KeyError like any other."""

    @kept
    def fails():
        raise KeyError("mine")

    for _ in range(2):
        with pytest.raises(KeyError, match="mine"):
            fails()


ROOT = Path(__file__).parents[2]
TEXT = "甲县2011年接听热线320通，提供法律援助45件。设立夜间接待窗口。"
CALLS = '[units.petition]\n"通" = "calls"\n'
MECHANISM = '[mechanisms.reception.{key}]\nzh = "甲"\nen = "a"\nwhat_zh = "甲"\nwhat_en = "a"\naliases = [{aliases}]\n'
INDICATOR = """[indicators.legal_aid]
en = "Legal aid"
zh = "法律援助"
what_en = "Cases of legal aid."
what_zh = "法律援助案件。"
unit = ""
direction = "neither"
not_with_en = "Consultations."
not_with_zh = "咨询。"
families = ["matters"]
kinds = ["count"]
way = "select"
"""
DENOMINATOR = '[denominators.schools]\none = "school"\nzh = "所"\nunit = ""\nmeasures = ["items"]\nfamilies = []\nbefore = "全县"\nafter = "学校"\nsubject = ""\nalone = false\n'


@pytest.fixture(autouse=True)
def _own_session(monkeypatch):
    """Each test begins without a user's words and leaves none behind."""
    monkeypatch.delenv(registry.VARIABLE, raising=False)
    registry.put(None)
    yield
    registry.put(None)


@pytest.fixture
def file(tmp_path):
    """Writes a user's file and gives its path."""

    def write(text, name="mine.toml"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def measures(text=TEXT):
    """The words of each figure with what it measures."""
    return dict(qz.extract(text)[["text", "measure"]].values.tolist())


# a file, and what its error must say besides the file's name
BROKEN = [
    # the form of the file
    ('"桩" = "cases"', ["line 1", "桩", "no vocabulary file", ", units"]),
    ('[unit.petition]\n"桩" = "cases"', ["line 1", "'unit'", "bounds, caveats", "units"]),
    ('[units]\n"桩" = "cases"', ["line 2", "units.桩", "[units.SECTION]", "petition"]),
    ('units = "cases"', ["line 1", "[units.SECTION]"]),
    ("[units.petition]\n\n[labels.names]\n", ["line 1", "units.petition", "empty"]),
    ("[units.petition\n", ["line 1", "straight quotation marks"]),
    ("[units.petition]\n“桩” = “cases”", ["line 2", "straight quotation marks"]),
    ('[units.petition]\n"桩" = "cases"\n"桩" = "items"', ["line 3", "straight"]),
    # units
    ('# mine\n\n[units.petition]\n"桩" = 5', ["line 4", "units.petition.桩", "cannot be 5", '"cases"']),
    ('[units.petition]\n"桩" = ""', ["line 2", "units.petition.桩", '"cases"']),
    ('[units.petition]\n"" = "cases"', ["line 2", "before the sign ="]),
    ('[units.petiton]\n"桩" = "cases"', ["line 1", "[units.petiton]", "did you mean petition?"]),
    ('[units.petition]\n"樁" = "cases"', ["line 2", "Simplified", "'桩'"]),
    ('[units.share]\n"％" = "percent"', ["line 2", "half-width", "'%'"]),
    ('[units.petition]\n"万桩" = "cases"', ["line 2", "units.petition.万桩", "without a digit, 万"]),
    ('[units.money]\n"元/桩" = "yuan"', ["line 2", "without / in it"]),
    ('[units.aliases]\n"桩子" = "樁"', ["line 2", "units.aliases.桩子", "no unit '樁'", "add it to a section of units"]),
    # hedges and numerals
    ('[bounds.before]\n"快到" = "most"', ["line 2", "bounds.before.快到", '"approx", "min" or "max"']),
    ('[bounds.ahead]\n"快到" = "max"', ["line 1", "[bounds.ahead]", "before, inside, after"]),
    ('[bounds.inside]\n"好几" = "min"', ["line 2", "one character"]),
    ('[bounds.before]\n"一二三四五六七" = "min"', ["line 2", "6 characters"]),
    ('[scales.scale]\n"兆" = 12', ["line 2", "scales.scale.兆", "power of ten"]),
    ('[scales.digit]\n"幺" = 10', ["line 2", "0 to 9"]),
    ('[scales.place]\n"廿一" = 10', ["line 2", "one Chinese character"]),
    # words
    ('[families.words]\nmatters = "诉求"', ["line 2", "families.words.matters", '["词", "词"]']),
    ("[families.words]\nlegal = ['法援']", ["line 2", "families.words.legal", "[labels.families]", "petition, mediation"]),
    ("[families.words]\nmatters = ['法援|法律援助']", ["line 2", "two words", "'法援', '法律援助'"]),
    ("[families.words]\nmatters = ['.援']", ["line 2", "stands for itself"]),
    ("[families.words]\nmatters = ['']", ["line 2", "matches nothing"]),
    ("[families.words]\nmatters = ['(援助']", ["line 2", "no regular expression", "backslash"]),
    ("[families.words]\nmatters = ['(援助)']", ["line 2", "(?:…)"]),
    ("[families.words]\nmatters = ['援助(?i)']", ["line 2", "援助(?i)"]),
    ("[families.words]\nmatters = ['訴求']", ["line 2", "Simplified", "'诉求'"]),
    ("[families.word]\nmatters = ['诉求']", ["line 1", "did you mean words?"]),
    ("[phrases.not_claims]\n'set' = ['一*']", ["line 2", "phrases.not_claims.set", "matches nothing"]),
    ('[names.surnames]\ncommon = "张三"', ["line 2", "names.surnames.common", "single Chinese character"]),
    ('[names.surnames]\nusual = "张"', ["line 2", "no entry 'usual'", "common, rare"]),
    ('[names.stays]\n"mine" = "a|b"', ["line 2", "names.stays.mine", "Chinese word"]),
    # indicators
    (INDICATOR.replace('way = "select"\n', ""), ["line 1", "indicators.legal_aid", "lacks way", "each of en, zh"]),
    (INDICATOR.replace('en = "Legal aid"\n', "").replace('zh = "法律援助"\n', ""), ["line 1", "lacks en, zh"]),
    (INDICATOR.replace('"select"', '"pick"'), ["line 12", "indicators.legal_aid.way", "'pick'", "select, pairs"]),
    (INDICATOR.replace('"neither"', '"up"'), ["line 7", "direction", "higher, lower, neither"]),
    (INDICATOR.replace('["matters"]', '"matters"'), ["line 10", "families", 'write a list']),
    (INDICATOR.replace('["matters"]', '["legal"]'), ["line 10", "indicators.legal_aid.families", "'legal'", "petition"]),
    (INDICATOR.replace('["count"]', '["counts"]'), ["line 11", "kinds", "'counts'", "did you mean count?"]),
    (INDICATOR + 'measures = ["case"]', ["line 13", "measures", "'case'", "did you mean cases?"]),
    (INDICATOR + 'stages = ["done"]', ["line 13", "stages", "'done'", "resolved"]),
    (INDICATOR + 'per = "schools"', ["line 13", "per", "'schools'", "towns"]),
    (INDICATOR + "per = 5", ["line 13", "per cannot be 5", "write text"]),
    (INDICATOR + 'famlies = ["matters"]', ["line 13", "no key 'famlies'", "did you mean families?"]),
    ('indicators.legal_aid = { en = "x" }', ["line 1", "indicators.legal_aid", "lacks zh"]),
    (INDICATOR.replace("legal_aid", "rate"), ["line 1", "[indicators.rate]", "did you mean rates?", "less like it"]),
    # denominators
    (DENOMINATOR.replace("alone = false\n", ""), ["line 1", "denominators.schools", "lacks alone"]),
    (DENOMINATOR.replace("false", '"no"'), ["line 10", "alone", "true or false"]),
    (DENOMINATOR.replace("全县", "全(县"), ["line 7", "denominators.schools.before", "no regular expression"]),
    (DENOMINATOR.replace('["items"]', '["item"]'), ["line 5", "measures", "'item'"]),
    (DENOMINATOR.replace("families = []", 'families = ["x"]'), ["line 6", "families", "'x'"]),
    # mechanisms
    (MECHANISM.format(key="desk", aliases="").replace('en = "a"\n', "", 1), ["line 1", "mechanisms.reception.desk", "lacks en"]),
    (MECHANISM.format(key="desk", aliases=""), ["line 1", "mechanisms.reception.desk", "aliases"]),
    (MECHANISM.format(key="desk", aliases="'夜'"), ["line 1", "mechanisms.reception.desk", "cannot be"]),
    (MECHANISM.format(key="desk", aliases="'夜(间'"), ["mechanisms.reception.desk"]),
    (MECHANISM.format(key="desk", aliases="'夜間'"), ["mechanisms.reception.desk", "'夜间'"]),
    (MECHANISM.format(key="desk", aliases="'亲自接访'"), ["line 1", "'亲自接访'", "one of 'leaders_reception'"]),
    (MECHANISM.format(key="joint_meeting", aliases="'夜间接待'"), ["mechanisms.reception.joint_meeting", "stands in"]),
    (MECHANISM.format(key="a", aliases="'夜间接待'") + MECHANISM.format(key="b", aliases="'夜间接待'"), ["line 7", "reception.b", "'夜间接待'", "one of 'a'"]),
    (MECHANISM.format(key="a", aliases="'夜间接待'").replace("reception", "receptions"), ["line 1", "did you mean reception?"]),
    ('[mechanisms.denied]\nbeyond = ["未"]', ["line 2", "no entry 'beyond'", "before, after"]),
    ('[mechanisms.denied]\nbefore = "未"', ["line 2", "mechanisms.denied.before", "a list of regular"]),
    (MECHANISM.format(key="before", aliases="'夜间接待'").replace("reception", "denied"), ["line 1", "mechanisms.denied.before", "a list"]),
    ('[mechanisms.reception]\ndesk = "夜间接待"', ["line 2", "{ zh = …", "aliases = …"]),
    # words of charts and profiles, caveats, programmes
    ('[labels.names]\n"甲县" = "Jia County"', ["line 2", "labels.names.甲县", "{ en = …, zh = … }"]),
    ('[labels.names]\n"甲县" = { en = "Jia County" }', ["line 2", "lacks zh"]),
    ('[labels.names]\n"甲县" = { en = "Jia", zh = "甲县", fr = "Jia" }', ["line 2", "no key 'fr'", "en, zh, both"]),
    ('[labels.words]\nmasked = { en = "+{k}" }', ["line 2", "nothing fills {k}", "there are: n"]),
    ('[labels.words]\nmasked = { en = "{n" }', ["line 2", "braces"]),
    ('[profile.headings]\nindicator = { en = "Indicators", zh = "指标" }', ["line 2", "no entry 'indicator'", "did you mean indicators?"]),
    ('[caveats.mine]\nen = "x"\nzh = "x"\nstrict = "show"', ["line 1", "[caveats.mine]", "masked place"]),
    ('[named.gdp]\nadds = "months"', ["line 2", "named.gdp.adds", "years, places"]),
    ('[caveats.hedged]\nstrict = "no"', ["line 2", "caveats.hedged.strict", "refuse, show"]),
    ('[programmes.09_mine]\nnight = { en = "x", zh = "x" }', ["line 2", "programmes.09_mine.night", "lacks words"]),
    ('[programmes.09_mine]\nnight = { en = "x", zh = "x", words = ["(夜"] }', ["line 2", "programmes.09_mine.night"]),
    ('[named.mine]\nen = "x"\nzh = "x"\nwords = ["网格率"]\nunits = ["%"]\nkinds = ["rate"]\ncounts = ["gdpp"]', ["line 7", "gdpp", "did you mean gdp?"]),
    ('[named.gdp]\nstock = "yes"', ["line 2", "named.gdp.stock", "true or false"]),
    # encodings
    ('[units.petition]\n"件次" = "cases"'.encode("gb18030"), ["not UTF-8", "save it as UTF-8"]),
    ('[units.petition]\n"桩" = "cases"'.encode("gb18030"), ["line 2", "saved as UTF-8"]),  # bytes that UTF-8 reads by chance
    ('[units.petition]\n"桩" = "cases"'.encode("utf-16"), ["not UTF-8"]),
    ('\ufeff[units.petition]\r\n"桩" = "cases"\r\n"樁" = "cases"\r\n'.encode(), ["line 3", "units.petition.樁"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), BROKEN)
def test_a_broken_file_is_told_with_line_entry_and_way_out(file, text, said):
    """The error of a wrong file names the file, the line, the entry and what to write instead; nothing of the file comes in force."""
    path = file(text)
    with pytest.raises(VocabularyError) as error:
        qz.vocabulary(path)
    assert str(error.value).startswith(f"{path}")
    assert all(part in str(error.value) for part in said), str(error.value)
    assert qz.vocabulary().empty


@pytest.mark.parametrize("name", names())
def test_whatever_a_value_is_the_error_is_the_users(file, name):
    """A value of any kind in any section is taken, or refused with its line; no other error comes out, whatever it is."""
    for section, said in own(name).items():
        entry = next(iter(said))
        for value in ("[1]", "[[]]", "{}", "-1", "1.5", "true", "2011-01-01", '["("]', '"{"', '""'):
            text = f'[{name}."{section}"]\n"{entry}" = {value}\n'
            try:
                qz.vocabulary(file(text))
            except VocabularyError as error:
                assert "mine.toml, line 2: " in str(error) or "mine.toml, line 1: " in str(error), (
                    text
                )
            else:
                assert value in {'["("]', '"{"', '""', "{}", "true"}, text


def test_names_of_ones_own_may_be_alike(file):
    """Two indicators of the user may have names that are like each other's."""
    text = INDICATOR.replace("legal_aid", "visits_2019_a") + INDICATOR.replace(
        "legal_aid", "visits_2019_b"
    )
    assert qz.vocabulary(file(text))["entry"].tolist() == [
        "indicators.visits_2019_a",
        "indicators.visits_2019_b",
    ]


def test_a_missing_file_a_folder_and_a_list_are_told(tmp_path, monkeypatch):
    """A path that leads to no file says where it was looked for; what is no path says how to give one."""
    monkeypatch.chdir(tmp_path)
    for path, said in {
        "mine.toml": f"mine.toml: there is no such file in {tmp_path}",
        ".": "cannot be read",
    }.items():
        with pytest.raises(VocabularyError) as error:
            qz.vocabulary(path)
        assert said in str(error.value)
    for wrong_call in (
        lambda: qz.vocabulary(["a.toml"]),
        lambda: qz.vocabulary("a.toml", reset=True),
    ):
        with pytest.raises(VocabularyError, match=r"one by one|not both"):
            wrong_call()


@pytest.mark.parametrize(
    "text", [CALLS, "\ufeff" + CALLS.replace("\n", "\r\n"), 'units.petition."通" = "calls"']
)
def test_marks_and_line_ends_of_windows_are_fine(file, text):
    """A byte order mark, line ends of two characters and dotted keys are read like any other file."""
    assert qz.vocabulary(file(text))["entry"].tolist() == ["units.petition.通"]
    assert measures()["320通"] == "calls"


def test_words_take_effect_after_extraction_has_run_and_go_again(file):
    """Words are in force from the call to the reset, whatever was extracted before, and the reset leaves no trace of them."""
    before = qz.tables(qz.corpus()[:4])
    text = CALLS + INDICATOR + MECHANISM.format(key="night_desk", aliases="'夜间接待(?:窗口)?'")
    assert (
        "320通" not in measures() and qz.mechanisms(TEXT).query("mechanism == 'night_desk'").empty
    )
    qz.vocabulary(file(text))
    assert measures()["320通"] == "calls" and "legal_aid" in set(qz.indicators()["indicator"])
    assert qz.mechanisms(TEXT).query("mechanism == 'night_desk'")["text"].tolist() == [
        "夜间接待窗口"
    ]
    qz.vocabulary(reset=True)
    assert "320通" not in measures() and "legal_aid" not in set(qz.indicators()["indicator"])
    assert qz.mechanisms(TEXT).query("mechanism == 'night_desk'").empty
    with pytest.raises(qz.QzError, match="no indicator 'legal_aid'"):
        qz.compare(before.claims, indicator="legal_aid")
    for one, other in zip(before, qz.tables(qz.corpus()[:4]), strict=True):
        assert one.equals(other)


# a file for each vocabulary that reading depends on; what it makes of a text, before and after
EFFECTS = [
    ('[bounds.before]\n"赶上" = "approx"', "赶上30件。", "bound", "exact", "approx"),
    ('[bounds.after]\n"光景" = "approx"', "办结30件光景。", "bound", "exact", "approx"),
    ('[scales.scale]\n"兆" = 1000000000000', "投资3兆元。", "value", None, 3e12),
    ('[scales.digit]\n"仨" = 3', "走访仨十户。", "value", 10.0, 30.0),
    ('[units.aliases]\n"个通" = "件"', "接听3个通,", "unit", "个", "件"),
    ('[units.money]\n"角" = "jiao"', "补贴3角。", "kind", None, "money"),
    ("[families.words]\nhealth = ['送药']", "送药上门30次。", "family", "outreach", "health"),
    ("[families.money]\neconomy = ['榨油']", "榨油30万元。", "family", "funds", "economy"),
    ("[phrases.not_claims]\nmine = ['五老干部']", "五老干部30人,五老干部。", "value", 30.0, 30.0),
    ("[phrases.not_claims]\nmine = ['30件事']", "办好30件事。", "value", 30.0, None),
    ("[phrases.not_units]\nmine = ['件套']", "发放30件套。", "unit", "件", None),
]


@pytest.mark.parametrize(("words", "text", "column", "before", "after"), EFFECTS)
def test_every_vocabulary_of_reading_can_be_extended(file, words, text, column, before, after):
    """Units, hedges, numerals, families and phrases of the user change what a text is read as, and back."""

    def read():
        found = qz.extract(text)[column].tolist()
        return found[0] if found else None

    first = read()
    qz.vocabulary(file(words))
    assert (first, read()) == (before, after)
    qz.vocabulary(reset=True)
    assert read() == before


def test_lines_lost_digits_names_and_tables_know_the_users_words(file):
    """A torn unit is joined, a lost number is known by it, a table's head names it, and a name that stays is not masked."""
    torn, table = "接听热线32\n通。\n", "| 项目 | 接听(通) |\n| --- | --- |\n| 热线 | 320 |\n"
    lost = "受理诉求件，办结率达%，满意率达%，接听余通，投资万元。"
    name = "村民张三丰反映。"
    before = [len(qz.extract(text)) for text in (torn, lost)], qz.mask_names(name)
    assert qz.extract(table)["unit"].tolist() != ["通"]
    qz.vocabulary(file(CALLS + '[names.stays]\nnovel = "张三丰"\n'))
    assert qz.extract(torn)["measure"].tolist() == ["calls"] and before[0][0] == 0
    assert len(qz.extract(lost)) > before[0][1]
    assert qz.extract(table)["unit"].tolist() == ["通"]
    assert (before[1], qz.mask_names(name)) == ("村民张**反映。", name)


def test_entries_add_override_or_add_words(file):
    """The table tells for each entry what it does; a table is changed key by key, a list of words grows, a unit moves."""
    told = qz.vocabulary(file(
        '[units.money]\n"件" = "pieces"\n"通" = "calls"\n[caveats.hedged]\nstrict = "refuse"\nen = "loose"\n'
        '[families.words]\nmatters = ["诉求", "法援"]\n[mechanisms.reception.leaders_day]\naliases = ["局长接待日"]\n'
        '[labels.names]\n"河北省" = { en = "Hopei" }\n[names.given]\nlikely = "镕"\n'
    ))  # fmt: skip
    assert told.columns.tolist() == [field.name for field in VOCABULARY]
    assert told[["entry", "does", "line"]].values.tolist() == [
        ["units.money.件", "overrides", 2],
        ["units.money.通", "adds", 3],
        ["caveats.hedged", "overrides", 4],
        ["families.words.matters", "adds words", 8],
        ["mechanisms.reception.leaders_day", "adds words", 9],
        ["labels.names.河北省", "overrides", 12],
        ["names.given.likely", "adds words", 14],
    ]
    assert set(told["file"]) == {"mine.toml"}
    assert qz.extract("办结30件。")[["kind", "measure"]].values.tolist() == [["money", "pieces"]]
    assert load("families")["words"]["matters"] == [*own("families")["words"]["matters"], "法援"]
    assert load("labels")["names"]["河北省"] == own("labels")["names"]["河北省"] | {"en": "Hopei"}
    assert load("caveats")["hedged"] == {
        "en": "loose",
        "zh": own("caveats")["hedged"]["zh"],
        "strict": "refuse",
    }
    assert "件" in own("units")["petition"]


def test_a_call_replaces_an_earlier_one_and_a_broken_one_changes_nothing(file):
    """The files of the last call that went well are in force, two of one call together, the later one first."""
    one, two = (
        file(CALLS, "one.toml"),
        file('[units.petition]\n"通" = "rings"\n"摞" = "piles"', "two.toml"),
    )
    qz.vocabulary(one)
    assert qz.vocabulary(two)["file"].tolist() == ["two.toml", "two.toml"]
    both = qz.vocabulary(two, one)
    assert (measures()["320通"], len(both)) == ("calls", 2)
    with pytest.raises(VocabularyError):
        qz.vocabulary(file("[unit.a]\nb = 1", "bad.toml"))
    assert qz.vocabulary().equals(both)


def test_files_are_read_at_once(file, tmp_path, monkeypatch):
    """A change of folder or of the file itself after the call changes nothing until the next call."""
    path = file(CALLS)
    monkeypatch.chdir(tmp_path)
    qz.vocabulary("mine.toml")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    path.write_text("nonsense", encoding="utf-8")
    assert measures()["320通"] == "calls"
    assert files_in_force()[0].path == str(path)


def test_the_variable_names_the_files_that_a_session_begins_with(file, monkeypatch):
    """Two files apart by the system's separator are in force from the first use; a call replaces them, a reset brings them back."""
    paths = [file(CALLS, "one.toml"), file('[units.things]\n"摞" = "piles"', "two.toml")]
    monkeypatch.setenv(registry.VARIABLE, os.pathsep.join(["", *map(str, paths), ""]))
    assert qz.vocabulary()["file"].tolist() == ["one.toml", "two.toml"]
    assert measures()["320通"] == "calls"
    qz.vocabulary(file('[units.things]\n"捆" = "bundles"', "three.toml"))
    assert "320通" not in measures()
    assert len(qz.vocabulary(reset=True)) == 2


def test_a_broken_variable_is_told_by_name(tmp_path, monkeypatch):
    """A file that the variable names wrongly is an error that names the variable, until it is mended."""
    monkeypatch.setenv(registry.VARIABLE, str(tmp_path / "none.toml"))
    for ask in (begun, lambda: qz.extract("受理3件。")):
        with pytest.raises(
            VocabularyError, match=r"none\.toml: there is no such file .*QZ_VOCABULARY"
        ):
            ask()
    monkeypatch.delenv(registry.VARIABLE)
    assert len(qz.extract("受理3件。")) == 1


def test_importing_reads_no_file():
    """A broken variable does not keep the package from being imported; the error comes with the first use."""
    code = "import qz_analysis as qz, qz_analysis.extraction.quantities, qz_analysis.extraction.missing, qz_analysis.comparison.mechanisms; print('in')"
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, registry.VARIABLE: "none.toml"}, capture_output=True, text=True, check=True)  # fmt: skip
    assert done.stdout == "in\n"


@pytest.mark.parametrize("cluster", sparing(["", "local"], 2))
def test_workers_read_with_the_users_words_wherever_they_are(file, tmp_path, monkeypatch, cluster):
    """The words travel as text: workers find no file and heed no variable of their own; the tables are those of one process."""
    if cluster:
        pytest.importorskip("distributed")
    monkeypatch.setattr(runner, "code_hash", lambda: "fixed")
    (tmp_path / "in").mkdir()
    for name in "ab":
        (tmp_path / "in" / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    path = file(CALLS)
    qz.vocabulary(path)
    path.unlink()
    monkeypatch.setenv(registry.VARIABLE, str(tmp_path / "none.toml"))
    run(tmp_path / "in", tmp_path / "out", workers=2, part_files=1, cluster=cluster)
    claims = qz.open(tmp_path / "out").claims()
    assert claims["measure"].tolist().count("calls") == 2
    assert claims["text"].tolist() == qz.extract(tmp_path / "in")["text"].tolist()


def test_a_changed_vocabulary_makes_the_next_run_read_again(file, tmp_path, monkeypatch):
    """A run goes on where nothing changed, and begins anew when the words did; without them the bytes are as at first."""
    monkeypatch.setattr(runner, "code_hash", lambda: "fixed")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    reads = []

    def again(*paths):
        qz.vocabulary(*paths, reset=not paths)
        reads.append(run(tmp_path / "in", tmp_path / "out")[0].read)
        return contents(tmp_path / "out")

    plain = again()
    assert again(file(CALLS)) != plain
    assert again(file(CALLS, "of_another_name.toml")) != plain
    assert again(file(CALLS.replace("calls", "rings"))) != plain
    assert again() == plain
    assert again() == plain
    assert reads == [1, 1, 0, 1, 1, 0]


def test_what_travels_is_taken_whole_or_not_at_all(file, monkeypatch):
    """Files from another process are put in force, none when there are none, whatever the variable says on this machine."""
    monkeypatch.setenv(registry.VARIABLE, "none.toml")
    qz.vocabulary(file(CALLS))
    sent = [list(one) for one in files_in_force()]
    for before in (registry.held(), None):
        registry.put(before)
        take([])
        assert "320通" not in measures()
    take(sent)
    assert measures()["320通"] == "calls"


def test_notebooks_begin_with_the_words_in_force(file, monkeypatch):
    """A kernel is given the whole paths of the files in force and never the variable as it stands."""
    monkeypatch.setenv(registry.VARIABLE, "none.toml")
    paths = [file(CALLS, "one.toml"), file('[units.things]\n"摞" = "piles"', "two.toml")]
    qz.vocabulary(*paths)
    assert _environment("scratch")[registry.VARIABLE] == os.pathsep.join(map(str, paths))
    take([])
    assert registry.VARIABLE not in _environment("scratch")


def test_the_command_line_takes_several_files_and_leaves_none(file, tmp_path, capsys):
    """--vocabulary may be given several times, is told like any mistake in one line, and holds for its own command only."""
    (tmp_path / "a.txt").write_text("甲县接听热线320通，其中夜间20摞。", encoding="utf-8")
    given = ["--vocabulary", str(file(CALLS, "one.toml")), "--vocabulary", str(file('[units.things]\n"摞" = "piles"', "two.toml"))]  # fmt: skip
    assert main(["extract", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"), *given]) == 0
    assert qz.open(tmp_path / "out").claims()["measure"].tolist() == ["calls", "piles"]
    assert main(["audit", str(tmp_path / "a.txt"), *given]) == 0
    assert "2 figures" in capsys.readouterr().out
    assert qz.vocabulary().empty
    assert (
        main(
            [
                "audit",
                str(tmp_path / "a.txt"),
                "--vocabulary",
                str(file("[unit.a]\nb = 1", "bad.toml")),
            ]
        )
        == 1
    )
    said = capsys.readouterr().err
    assert said.startswith("qz: ") and "bad.toml, line 1: unit" in said and said.count("\n") == 1


@pytest.mark.usefixtures("kept_kernels", "one_font")
def test_a_profile_is_made_with_the_users_words(file, tmp_path):
    """The kernel of a brief begins with the words that are in force here."""
    page = tmp_path / "a.txt"
    page.write_text("甲山县2011年接听热线320通。甲山县信访局", encoding="utf-8")
    out = tmp_path / "briefs"
    assert (
        main(
            [
                "brief",
                str(page),
                "--place",
                "甲山县",
                "--out",
                str(out),
                "--vocabulary",
                str(file(CALLS)),
            ]
        )
        == 0
    )
    assert '320<span lang="zh">通<' in next(out.glob("place-*.html")).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", names())
def test_the_package_keeps_the_rules_that_it_makes(name):
    """Every entry of the package would be taken from a user's file; only the gap of the charts is a blank."""
    for section, said in own(name).items():
        for entry, value in said.items():
            path = (name, section, entry)
            assert misplaced(path, own(name)) == ""
            assert wrong(path, value) == "" or path == ("labels", "words", "gap")


def test_the_package_holds_together():
    """No entry of the package names a family, measure, stage or unit that is not there, and the ways are those of the code."""
    assert list(together(own)) == []
    path = ("indicators", "a", "way")
    assert all(wrong(path, way) == "" for way in STRATEGIES)
    assert wrong(path, "none").endswith("there are: " + ", ".join(STRATEGIES))
    assert set(names()) >= GROWING | THINGS
    assert qz.compare(qz.extract("受理3件。"), indicator="received")["text"].tolist() == ["3件"]


def test_nothing_of_a_module_depends_on_the_words():
    """No module loads a vocabulary while it is imported, so that no pattern can be older than the words in force."""
    code = (
        "import importlib, pkgutil, qz_analysis; from qz_analysis.vocabularies import session as registry\n"
        "for m in pkgutil.walk_packages(qz_analysis.__path__, 'qz_analysis.'): importlib.import_module(m.name)\n"
        "assert registry.held() is None, registry.held()"
    )
    subprocess.run(
        [sys.executable, "-c", code], check=True, env={**os.environ, "MPLBACKEND": "agg"}
    )
