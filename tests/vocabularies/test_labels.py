"""Words in two languages."""

from qz_analysis.charts import theme as fonts
from qz_analysis.vocabularies.labels import Both, bilingual, in_lines, say
from qz_analysis.vocabularies.session import load


def test_every_label_speaks_both_languages_in_the_font():
    """Each entry of labels.toml has en and zh, and only characters that the font has."""
    for section, entries in load("labels").items():
        for key, words in entries.items():
            assert {"en", "zh"} <= set(words) <= {"en", "zh", "both"} and (
                key == "gap" or all(words.values())
            ), f"[{section}] {key}"
            assert not fonts.missing("".join(words.values())), f"[{section}] {key}"


def test_a_word_in_both_languages_keeps_its_sides():
    """As a string it shows both, in a sentence of one language that one alone, and equal sides once."""
    word = say("stages", "resolved", "both")
    assert (word, word.en, word.zh) == ("resolved 办结", "resolved", "办结")
    told = say("words", "counted", "both", name=Both("A Town", "甲镇"), n=word)
    assert (told, told.en, told.zh) == (
        "A Town 甲镇 (resolved 办结)",
        "A Town (resolved)",
        "甲镇（办结）",
    )
    assert Both("aa", "aa") == "aa" == in_lines(Both("aa", "aa"))
    assert in_lines(word) == "resolved\n办结"


def test_a_bilingual_function_puts_lists_and_tables_together():
    """What a function returns in one language it returns in both, part by part; numbers stay numbers."""

    @bilingual
    def facts(words, *, lang):
        return {"n": len(words), "first": words[0], "lang": lang}

    found = facts([Both("rate", "比率")], lang="both")
    assert found == {"n": 1, "first": "rate 比率", "lang": "en zh"}
    assert found["first"].zh == "比率"
