"""Copies of reports: the rule, whatever the order and the number of reports."""

import random
import re

import pytest
from copying import draw
from timing import growth

from qz_analysis import corpus
from qz_analysis.extraction import duplicates as cp
from qz_analysis.extraction.duplicates import Copies, may_be_alike, signature
from qz_analysis.extraction.pipeline import pages


def by_all_pairs(texts: list[str]) -> list[str]:
    """The rule in its plainest form: each report against every original before it."""
    originals: list[tuple[str, set[str]]] = []
    found = []
    for number, text in enumerate(texts):
        mine = {c for c in re.split(r"[,。;:!?\n]", text) if len(c) > 5}
        same = next(
            (n for n, other in originals if mine and len(mine & other) / len(mine | other) >= 0.8),
            "",
        )
        if not same:
            originals.append((str(number), mine))
        found.append(same)
    return found


def by_copies(texts: list[str]) -> list[str]:
    with Copies() as known:
        return [known.earlier(str(number), signature(text)) for number, text in enumerate(texts)]


@pytest.mark.parametrize("stock", [0.0, 0.3, 0.7])
@pytest.mark.parametrize("seed", range(8))
def test_finds_what_comparing_all_pairs_finds(seed: int, stock: float) -> None:
    """Every copy, and no other report, is told its first original, with or without stock clauses."""
    texts = draw(seed, 300, stock)
    expected = by_all_pairs(texts)
    assert sum(map(bool, expected)) > 50
    assert by_copies(texts) == expected


@pytest.mark.parametrize("seed", range(4))
def test_reports_that_need_not_be_asked_are_no_part_of_a_copy(seed: int) -> None:
    """Who shares too few clauses with others is left out, and the answers stay those of all pairs."""
    texts = [*draw(seed, 300, 0.3), "", "完。", "只有这一篇里说过的一句话。"]
    asked = may_be_alike([signature(text) for text in texts])
    with Copies() as known:
        found = [
            known.earlier(str(number), signature(text)) if alike else ""
            for number, (text, alike) in enumerate(zip(texts, asked, strict=True))
        ]
    assert found == by_all_pairs(texts)
    assert any(found) and not all(asked)


def test_long_lists_hide_no_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports that share most of their clauses with hundreds of others still find their originals."""
    texts = draw(1, 500, 0.95)
    assert by_copies(texts) == by_all_pairs(texts)
    monkeypatch.setattr(cp, "_SOME", 1)  # every list is longer than what is looked at first
    assert by_copies(texts) == by_all_pairs(texts)


@pytest.mark.parametrize(
    ("size", "missing", "added", "copied"),
    [
        (1, 0, 0, True),
        (1, 0, 1, False),
        (3, 0, 1, False),  # 3 of 4
        (4, 0, 1, True),  # 4 of 5
        (5, 1, 0, True),
        (5, 1, 1, False),  # 4 of 6
        (9, 1, 1, True),  # 8 of 10
        (10, 2, 0, True),
        (10, 1, 1, True),  # 9 of 11
        (10, 2, 1, False),  # 8 of 11
        (20, 2, 2, True),  # 18 of 22
        (20, 3, 2, False),  # 17 of 22
        (50, 10, 0, True),
        (50, 11, 0, False),
    ],
)
def test_four_fifths(size: int, missing: int, added: int, copied: bool) -> None:
    """A report is a copy from four fifths of the common clauses on, exactly."""
    clauses = [f"这是原来的第{i}句话" for i in range(size)]
    other = clauses[missing:] + [f"这是添上的第{i}句话" for i in range(added)]
    assert by_copies(["。".join(clauses), "。".join(other)])[1] == ("0" if copied else "")


def test_all_embedded_reports() -> None:
    """The embedded reports and changed doubles of them are matched as by comparing all pairs."""
    texts = [clean.text[r.start : r.end] for _, clean, parts in pages(corpus()) for r in parts]
    texts += [text[len(text) // 8 :] for text in texts] + [text[len(text) // 3 :] for text in texts]
    expected = by_all_pairs(texts)
    assert any(expected) and by_copies(texts) == expected


def test_first_original_is_named() -> None:
    """Of two originals alike the earlier is named, and a copy is never named as an original."""
    ten = [f"这是原来的第{i}句话" for i in range(10)]
    first, second = ten[:9], [*ten[2:], "第二份自己的话"]
    assert by_copies(["。".join(t) for t in (first, second, ten, [*ten, "又添了一句话"])]) == [
        "",
        "",
        "0",
        "0",
    ]


def test_texts_without_clauses() -> None:
    """A report with nothing to know it by is neither a copy nor copied."""
    assert by_copies(["完。", "完。", "", "。,。"]) == ["", "", "", ""]


def test_signature_is_stable() -> None:
    """A signature is the same on every machine, in every run, whatever the order of the clauses."""
    assert signature("今年受理来访193批次。") == bytes.fromhex(STABLE)
    assert signature("全县办结率达到九成。今年受理来访193批次") == signature(
        "今年受理来访193批次\n全县办结率达到九成!"
    )
    assert signature("今年\ud800受理来访193批次")  # decoded leniently, still a text


STABLE = "138afd462ee09727"


def test_shared_footer_costs_no_square() -> None:
    """Four times as many reports under one footer and from one stock of sentences take about four times as long."""

    def packed(count: int) -> list[bytes]:
        lots = random.Random(9)
        return [
            signature(
                "。".join(
                    [
                        "本页由县委群众工作部主办",
                        "未经许可不得转载",
                        *(f"常备的一句话第{lots.randrange(30)}号" for _ in range(8)),
                    ]
                    + [f"受理第{n}号的{i}件事情" for i in range(12)]
                )
            )
            for n in range(count)
        ]

    def compare(signatures: list[bytes]) -> None:
        with Copies() as known:
            assert not any(known.earlier(str(n), one) for n, one in enumerate(signatures))

    assert growth(compare, packed(1000), packed(4000), rounds=2) < 8
