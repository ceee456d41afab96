"""What the audit sees, by `python benchmarks/audit.py [--json]`: errors planted one at a time, and harmless edits.

Edits go to the retold corpus first, then to the labelled phrases; sentences that a seeded generator makes up in the manner of the
genre fill the rest, in rows of their own. An error is flagged when a relation that the edited figure takes part in turns bad,
invisible when the edited figures still agree within rounding. `--json` gives every edit by itself.
"""

import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import qz_analysis as qz
from qz_analysis.arithmetic.audit import BLIND
from qz_analysis.arithmetic.intervals import interval_of
from qz_analysis.arithmetic.passages import same_unit
from qz_analysis.extraction.agreement import wilson
from qz_analysis.model import Claim, Document, read_claim
from qz_analysis.readers.read import read

PHRASES = Path(__file__).parent.parent / "tests" / "phrases"
SEED, EDITS, TEXTS, BLOCKS = 2011, 500, 150, ("corpus", "phrases", "generated")
BANDS = {0.0: "below 1 %", 0.01: "1-10 %", 0.1: "10-50 %", BLIND: "blind, 50 % and more"}
ERRORS = ("digits swapped", "wrong denominator", "sum off by one", "sign flipped", "unit ×10000")
WORDED = ("sign flipped", "another verb", "clause inserted", "other order of sentences")
HARMLESS = (
    "unrelated number",
    "same value, other decimals",
    "full-width digits",
    "thousands separators",
    *WORDED[1:],
)
NUMBER, SHARES = re.compile(r"[0-9]+(?:\.[0-9]+)?[万亿千]?(?![0-9.,])"), {"%", "‰", "百分点", "倍"}
OTHER, WIDE = (
    str.maketrans("0123456789", "7548263914"),
    str.maketrans("0123456789.", "０１２３４５６７８９．"),
)
SIGNS = {
    "上升": "下降",
    "下降": "上升",
    "增长": "下降",
    "增加": "减少",
    "减少": "增加",
    "提高": "降低",
    "降低": "提高",
}
SYNONYMS = {"受理": "接收", "办结": "办理完毕", "化解": "解决", "接待": "接访", "上升": "增长", "下降": "降低", "其中": "包括", "排查": "摸排", "达到": "为"}  # fmt: skip
CLAUSES = (
    "各级干部深入一线",
    "群众给予积极评价",
    "工作机制不断健全",
    "有关部门密切配合",
    "社会大局保持稳定",
)
STATED = (
    "受理{it}{whole}{u}，办结{part}{u}，办结率{rate}%", "共排查{it}{whole}{u}，成功化解{part}{u}，化解率达到{rate}%",
    "交办{it}{whole}{u}，按期办结{part}{u}，占交办总数的{rate}%", "登记{it}{whole}{u}，已办结{part}{u}，办结率在{floor}%以上",
    "接待群众来访{now}批次，同比（{base}批次）{way}{change}%", "受理{it}{now}{u}，较上年同期的{base}{u}{way}{change}%",
    "{it}由上年的{base}{u}{way}至{now}{u}，{way}{change}%", "{it}{now}{u}，比上年的{base}{u}{move}{gap}{u}",
    "受理{it}{both}{u}，已办结{a}{u}，尚有{b}{u}正在办理", "受理{it}{total}{u}，其中来信{a}{u}、来访{b}{u}、网上{c}{u}",
    "排查{it}{total}{u}（土地类{a}{u}，邻里类{b}{u}，其他{c}{u}）", "投入资金{total}万元，其中财政{a}万元、自筹{b}万元、捐助{c}万元",
    "为{few}户困难家庭每户发放补助{each}元，共计{product}元", "来信占{s1}%，来访占{s2}%，网上信访占{s3}%",
    "召开会议{few}次，培训骨干{many}人次", "走访群众{many}户，建成工作室{few}个", "开展宣传{few}场次，发放资料{many}份")  # fmt: skip
Row = dict[str, Any]
Change = tuple[int, int, str, set[int]]


@dataclass(frozen=True)
class Source:
    """A text, its figures by offset, and its relations with `starts` as numbers."""

    block: str
    document: Document
    figures: dict[int, Claim]
    relations: list[Row]

    def found(self, verdict: str, touched: Iterable[int] = ()) -> list[Row]:
        """Relations with a verdict, all or those that some of the figures take part in."""
        return [r for r in self.relations if r["verdict"] == verdict and (not touched or set(touched) & set(r["starts"]))]  # fmt: skip

    def numbers(self, starts: Iterable[int]) -> Iterator[tuple[int, re.Match[str]]]:
        """Those of the figures that begin with an Arabic number and are no range, with the match of it."""
        for start in starts:
            m = NUMBER.match(self.document.text, start)
            if m and self.figures[start].known and self.figures[start].low is None:
                yield start, m


def audited(block: str, document: Document) -> Source:
    """A text as the audit reads it, with the relations that stay unchecked."""
    claims = qz.extract(document)
    rows: Any = claims.to_dict("records")
    relations: Any = qz.audit(claims, unchecked=True).to_dict("records")
    for row in relations:
        row["starts"] = [int(start) for start in row["starts"].split(";")]
        row["type"] = "shares" if row["note"].endswith("the shares of one whole") else row["type"]
    return Source(block, document, {r["start"]: read_claim(r) for r in rows}, relations)


def texts() -> list[Source]:
    """The corpus, the labelled phrases and the made-up texts, in this order."""
    rng, found = random.Random(SEED), [("corpus", read(path)) for path in qz.corpus()]
    for path in sorted(PHRASES.glob("*.tsv")):
        phrases = [
            line.partition("\t")[0] for line in path.read_text(encoding="utf-8").splitlines()
        ]
        found += [
            ("phrases", Document(f"{path.stem}:{n}", phrase))
            for n, phrase in enumerate(phrases[1:], 2)
        ]
    for n in range(TEXTS):  # the last three templates state no arithmetic
        sentences = rng.sample(STATED[:-3], 3) + rng.sample(STATED[-3:], 2)
        made = "".join(f"{s.format(**blanks(rng))}。" for s in rng.sample(sentences, 5))
        found.append(("generated", Document(f"made:{n}", made)))
    return [audited(block, document) for block, document in found]


def blanks(rng: random.Random) -> Row:
    """Figures for every blank of a made-up sentence; they agree with each other."""
    whole, digits, up = rng.randint(*rng.choice(((20, 99), (100, 999), (1000, 9999)))), rng.choice((0, 1, 1, 2, 2)), rng.random() < 0.5  # fmt: skip
    part, base, gap, few, each = rng.randint(whole // 2, whole - 1), rng.randint(100, 2000), rng.randint(1, 90), rng.randint(12, 99), 100 * rng.randint(2, 30)  # fmt: skip
    (a, b, c), s1, s2 = rng.sample(range(2, 900), 3), rng.randint(10, 50), rng.randint(10, 40)
    return {"it": rng.choice(("信访事项", "矛盾纠纷", "群众诉求", "历史积案")), "u": rng.choice("件宗起"), "whole": whole, "part": part, "base": base,
            "rate": f"{100 * part / whole:.{digits}f}", "floor": 100 * part // whole // 5 * 5, "now": base + gap if up else base - gap, "gap": gap,
            "change": f"{100 * gap / base:.{digits}f}", "way": "上升" if up else "下降", "move": "增加" if up else "减少",
            "a": a, "b": b, "c": c, "both": a + b, "total": a + b + c, "few": few, "each": each, "product": few * each, "s1": s1, "s2": s2,
            "s3": 100 - s1 - s2, "many": rng.randint(100, 3000)}  # fmt: skip


def refigured(kind: str, source: Source, relation: Row) -> Iterator[Change]:
    """Edits of a figure in the light of a relation: (start, end, new text, the figures that are wrong then)."""
    linked = {s for r in source.relations if r["verdict"] != "unchecked" or len(r["starts"]) > 1 for s in r["starts"]}  # fmt: skip
    starts = (
        sorted(source.figures.keys() - linked) if kind == "unrelated number" else relation["starts"]
    )
    for start, m in source.numbers(starts):
        new = dict.fromkeys(reprinted(kind, source, relation, start, m[0]))
        yield from (
            (m.start(), m.end(), n, {start} if kind in ERRORS else set()) for n in new if n != m[0]
        )


def reprinted(kind: str, source: Source, relation: Row, start: int, old: str) -> Iterable[str]:
    """What may be printed in place of a figure of a relation."""
    number, scale = old.rstrip("万亿千"), old[-1].strip("0123456789")
    first, *_, last = relation["starts"] if relation["type"] in {"rate", "yoy"} else (None, None)
    match kind:
        case "digits swapped":
            pairs = [
                i
                for i in range(len(number) - 1)
                if "." not in number[i : i + 2] and (i, number[1]) != (0, "0")
            ]
            return [old[:i] + old[i + 1] + old[i] + old[i + 2 :] for i in pairs]
        case "wrong denominator" if start == last:
            others = (
                s
                for s, c in source.figures.items()
                if c.counts and same_unit(c, source.figures[start])
            )
            return [m[0] for s, m in source.numbers(others) if s not in relation["starts"]]
        case "sum off by one" if relation["type"] in {"sum", "shares", "diff"}:
            one = Decimal(1).scaleb(-len(number.partition(".")[2]))
            return [f"{n}{scale}" for n in (Decimal(number) + one, Decimal(number) - one) if n > 0]
        case "unit ×10000" if source.figures[start].unit not in SHARES and scale in {"", "万"}:
            return [number if scale else f"{old}万"]
        case "same value, other decimals" if start == first and relation["low"] == relation["high"]:
            return [
                f"{relation['computed']:.{digits}f}"
                for digits in range(4)
                if relation["rounding"] == "half-up"
            ]
        case "thousands separators":
            return [f"{Decimal(number):,}{scale}"]
        case "full-width digits" | "unrelated number":
            return [old.translate(WIDE if kind == "full-width digits" else OTHER)]
    return []


def reworded(kind: str, source: Source, relation: Row) -> Iterator[Change]:
    """A sign or a verb changed, a clause without figures put in, or two neighbouring sentences the other way round."""
    text, first, last = source.document.text, min(relation["starts"]), max(relation["starts"])
    if kind == "sign flipped" and source.figures[result := relation["starts"][0]].kind == "change":
        for m in [*re.compile("|".join(SIGNS)).finditer(text, max(0, result - 12), result)][-1:]:
            # one word may be the sign of several changes in a row
            row = {r["starts"][0] for r in source.found("ok") if r["type"] in {"yoy", "diff"}}
            yield m.start(), m.end(), SIGNS[m[0]], row & {result, *range(m.end(), m.end() + 12)}
    elif kind == "another verb":
        for m in re.compile("|".join(SYNONYMS)).finditer(text, max(0, first - 16), last):
            yield m.start(), m.end(), SYNONYMS[m[0]], set()
    elif kind == "clause inserted":
        for m in re.compile("，").finditer(text, first, last):
            yield from ((m.start(), m.start(), f"，{clause}", set()) for clause in CLAUSES)
    elif kind == "other order of sentences":
        for m in re.finditer(
            "(?<![^。\n])([^其另还此。\n][^。\n]*。)(?=([^其另还此。\n][^。\n]*。))", text
        ):
            # 1 in the first sentence, -1 in the second: no relation may run over them
            places = [{(s in range(*m.span(1))) - (s in range(*m.span(2))) for s in r["starts"]} for r in (relation, *source.found("ok"))]  # fmt: skip
            if places[0] != {0} and all(len(p) == 1 for p in places):
                yield m.start(1), m.end(2), m[2] + m[1], set()


def outcomes(kinds: Sequence[str], found: list[Source]) -> Iterator[Row]:
    """What came of as many edits of each kind, those of the corpus first."""
    rng, (each, more) = random.Random(SEED), divmod(EDITS, len(kinds))
    for n, kind in enumerate(kinds):
        edit = reworded if kind in WORDED else refigured
        blocks: dict[str, dict[tuple[object, ...], tuple[Source, Change]]] = {
            block: {} for block in BLOCKS
        }
        for source, change in (
            (s, c) for s in found for relation in s.found("ok") for c in edit(kind, s, relation)
        ):
            blocks[source.block][source.document.doc, *change[:3]] = source, change
        edits = [
            pair for mine in blocks.values() for pair in rng.sample(list(mine.values()), len(mine))
        ]
        yield from (outcome(kind, *pair) for pair in edits[: each + (n < more)])


def outcome(kind: str, source: Source, change: Change) -> Row:
    """One edit: the flags it raised, those on the edited figure, why an error was missed, whether all checks are still there."""
    start, end, new, touched = change
    text, checks = source.document.text, source.found("ok", touched)
    after = audited(source.block, replace(source.document, text=text[:start] + new + text[end:]))
    flags = [
        r
        for r in after.found("bad")
        if r["note"] not in {known["note"] for known in source.found("bad")}
    ]
    right = sum(bool(touched & set(r["starts"])) for r in flags)
    groups = [f"{block}: {k}" for block in (source.block, "all") for k in (kind, "all")] + [f"check: {r['type']}" for r in checks]  # fmt: skip
    groups += [f"{name} {BANDS[max(b for b in BANDS if not b > min(r[name] for r in checks))]}" for name in ("chance", "power")]  # fmt: skip
    why = missed(kind, checks, after, change) if touched and not right else ""
    return {"doc": source.document.doc, "start": start, "old": text[start:end], "new": new, "groups": groups, "right": right, "why": why,
            "kept": len(after.found("ok")) >= len(source.found("ok")), "checks": [r["note"] for r in checks], "flags": [r["note"] for r in flags]}  # fmt: skip


def missed(kind: str, checks: list[Row], after: Source, change: Change) -> str:
    """Why no relation of an edited figure turned bad."""
    start, end, new, touched = change
    moved = [
        [s if s <= start else s + len(new) - (end - start) for s in r["starts"]] for r in checks
    ]
    whole = [(r, [after.figures[s] for s in at]) for r, at in zip(checks, moved, strict=True) if set(at) <= set(after.figures)]  # fmt: skip
    if kind != "sign flipped" and len(whole) == len(checks) and all(agree(*pair) for pair in whole):
        return "invisible"
    if after.found("ok", touched):
        return "fits other figures, or another rounding"
    return next(
        (f"unchecked: {r['reason']}" for r in after.found("unchecked", touched)), "no longer linked"
    )


def agree(relation: Row, figures: list[Claim]) -> bool:
    """Whether figures satisfy a relation within the rounding of their printed digits, apart from the audit's own arithmetic."""
    spans = [(float(i.low or 0), float("inf") if i.high is None else float(i.high)) for i in (interval_of(f) for f in figures)]  # fmt: skip
    (low, high), *rest = spans if relation["type"] != "shares" else [(100.0, 100.0), *spans]
    (a, most), (b, least) = rest[0], rest[-1]
    ratio, total = (
        (a * 100 / least, most * 100 / (b or 1e-9)),
        (sum(x for x, _ in rest), sum(y for _, y in rest)),
    )
    change = (
        (100 - ratio[1], 100 - ratio[0])
        if figures[0].direction == "down"
        else (ratio[0] - 100, ratio[1] - 100)
    )
    found = {"rate": ratio, "yoy": change, "diff": (a - least, most - b), "product": (a * b, most * least), "repeat": (a, most)}.get(relation["type"], total)  # fmt: skip
    return found[0] <= high + 1e-9 and low - 1e-9 <= found[1]


def share(hits: int, of: int) -> str:
    """A share in per cent with its 95 % Wilson interval."""
    return f"{100 * hits / of:.1f} ({' to '.join(f'{end:.1f}' for end in wilson(hits, of))})"


def grouped(head: str, rows: list[Row], names: Iterable[str]) -> str:
    """A Markdown table of edits by group; of errors, how many left the arithmetic as it was and how many were missed otherwise."""
    lines = [f"| {head} |", "| --- " * (head.count("|") + 1) + "|"]
    for name in names:
        if mine := [r for r in rows if name in r["groups"]]:
            hits, hidden = (
                sum(r["right"] > 0 for r in mine),
                sum(r["why"] == "invisible" for r in mine),
            )
            errors = [hits, share(hits, len(mine)), hidden, len(mine) - hits - hidden]
            cells = (
                [sum(bool(r["flags"]) for r in mine), sum(r["kept"] for r in mine)]
                if "alarm" in head
                else errors
            )
            lines.append(f"| {' | '.join(map(str, [name, len(mine), *cells]))} |")
    return "\n".join([*lines, ""])


def report(found: list[Source], planted: list[Row], harmless: list[Row]) -> str:
    """All tables, the blind checks by name, and how many flags are right."""
    checks = [(s, r) for s in found for r in s.found("ok")]
    blind = [(s, r) for s, r in checks if max(r["chance"], r["power"]) >= BLIND]
    blocks, tail = (
        (*BLOCKS, "all"),
        "planted | flagged | share, % (95 %) | invisible | missed otherwise",
    )
    base = sum(len(s.found("bad")) for s in found if s.block != "corpus")
    flags, right = (
        sum(len(r["flags"]) for r in planted + harmless) + base,
        sum(r["right"] for r in planted),
    )
    return "\n".join([
        grouped(f"texts: error | {tail}", planted, [f"{b}: {k}" for b in blocks for k in (*ERRORS, "all")]),
        grouped(f"strongest check | {tail}", planted, [*(f"{name} {b}" for name in ("chance", "power") for b in BANDS.values()), *sorted({g for r in planted for g in r["groups"] if "check" in g})]),
        grouped("texts: harmless edit | edits | with an alarm | all checks kept", harmless, [f"{b}: {k}" for b in blocks for k in (*HARMLESS, "all")]),
        "Missed because:", *(f"- {why}: {n}" for why, n in Counter(r["why"] for r in planted if r["why"]).most_common()),
        f"\nBlind: {len(blind)} of {len(checks)} checks (chance or power ≥ {BLIND:.0%}), those outside the made-up texts:",
        *(f"- {s.document.doc}: {r['note']}, chance {r['chance']:.2g}, power {r['power']:.2g}" for s, r in blind if s.block != "generated"),
        f"\nFalse alarms on phrases and made-up texts as they are: {base}. Flags that are right: {right} of {flags}, {share(right, flags)} %."])  # fmt: skip


if __name__ == "__main__":
    sources = texts()
    errors, edits = list(outcomes(ERRORS, sources)), list(outcomes(HARMLESS, sources))
    as_json = json.dumps({"planted": errors, "harmless": edits}, ensure_ascii=False, indent=1)
    print(as_json if "--json" in sys.argv else report(sources, errors, edits))
