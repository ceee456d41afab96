"""How time grows with the length of a text: seconds for each size and how many times the half of it, shape by shape.

    python benchmarks/growth.py                        # every shape up to a million characters
    python benchmarks/growth.py rates lists --largest 160000
    python benchmarks/growth.py --stages extract,audit

A shape is a kind of sentence, written over and over with other figures: those below have thousands of figures between two
full stops or in two figures' reach, `mixed` is made of all of `tests/shapes.py`, and `all` names each of these by itself.
Times are of the processor, so that other work beside it counts little; a size that takes longer than `--seconds` ends its
row. The aim is 2.2 at most.
"""

import argparse
import gc
import itertools
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from shapes import SHAPES, Shape

import qz_analysis as qz
from qz_analysis.arithmetic.audit import find_relations
from qz_analysis.comparison.findings import audited
from qz_analysis.extraction.pipeline import describe, split_document
from qz_analysis.model import Claim, Document

AIM, FIRST, LARGEST = 2.2, 62_500, 1_000_000
SEED = 2012
TITLE = "甲山县2012年信访工作总结\n"
#: a sentence with 0 where any figure stands and 3k where three times a figure does, so that its arithmetic holds; without a
#: stop at its end a text is a single sentence
REPEATED = {
    "rates": "受理信访件4k件，办结3k件，办结率为75%。",
    "rates without stops": "受理信访件4k件，办结3k件，办结率为75%，",
    "rates over semicolons": "受理信访件4k件，办结3k件，办结率75%；",
    "rates that are wrong": "受理信访件0件，办结0件，办结率0%。",
    "rates without counts": "群众满意率达到0%。",
    "many counts": "接待群众0人次、",
    "many counts with commas": "走访农户0户，发放资料0份，化解纠纷0件，",
    "dated counts": "2011年1月受理信访件0件，2012年1月受理信访件0件，",
    "dated counts with stops": "2011年来访0批次，2012年来访0批次。",
    "totals": "受理信访件6k件，其中来信1k件、来访2k件、网上投诉3k件。",
    "totals without stops": "受理信访件3k件，其中来信1k件、来访2k件，",
    "totals in brackets": "调处纠纷6k件（土地类1k件，邻里类2k件，其他3k件），",
    "totals behind": "来信1k件、来访2k件，合计3k件，",
    "totals behind with stops": "来信1k件、来访2k件，合计3k件。",
    "changes": "集体访3k批次，同比（4k批次）下降25%。",
    "changes without stops": "集体访3k批次，较上年的4k批次下降25%，",
    "from to": "治安案件由上年的4k件下降到3k件，下降25%，",
    "differences": "最高4k分，最低3k分，相差1k分，",
    "net": "新增低保4k户，取消3k户，净增1k户，",
    "lists": "来信0件、来访0件、网上投诉0件、其他0件，",
    "lists with stops": "来信0件、来访0件、网上投诉0件、其他0件。",
    "one list": "其中来信0件、",
    "brackets alone": "（",
    "brackets that open": "纠纷0件（",
    "brackets that close": "纠纷0件）",
    "repeats": "全县共排查各类矛盾纠纷1234件。",
    "repeats of one year": "2012年全县共排查各类矛盾纠纷1234件。",
    "repeats nearly": "2012年全县排查各类矛盾纠纷0件。",
    "two units": "涉及群众4567户。涉及群众4567人。",
    "shares": "信访总量4k件，来信1k件，占25%，来访3k件，占总量的75%。",
    "shares without stops": "来信占25%，来访占75%，",
    "shares of counts": "信访总量4k件，来信1k件，占总量的25%，",
    "shares of a named whole": "积案4k件，化解积案3k件，占积案总数的75%，",
    "rows of shares": "0%、",
    "rows of rates": "受理4k件，办结3k件，化解1k件，办结率、化解率分别为75%和25%，",
    "ranges": "每支队伍由1k—4k人组成，",
    "points": "群众满意率由0%上升到0%，提高0个百分点。",
    "products": "为1k户困难家庭每户发放补助200元，共计200k元，",
    "column totals": "甲镇受理1k件，办结2k件。乙镇受理3k件，办结4k件。合计受理4k件，办结6k件。",
    "column": "甲镇受理0件。",
    "numbers alone": "0，",
    "Chinese numbers": "三百二十一件、",
    "masked": "受理信访件xx件，办结xx件，办结率xx%，",
    "headings": "一、基本情况\n全县受理信访件0件。\n",
    "reports": "甲山县信访局\n甲山县2012年群众工作总结\n全年受理信访件0件，办结0件。\n",
    "lines": "受理信访件0件\n",
    "furniture": "受理信访件0件。\n上一篇：工作动态\n下一篇：通知公告\n",
    "years written over": "受理信访件12019件，",
    "ranges lost": "每宗奖励1001000元、",
    "words of time": "今年以来，推行服务以来，去年同期，上半年受理信访件0件，",
    "small shares": "来信0件，占0.01%，",
    "columns": "来信0件、来访0件、电话0件、合计受理0件。",
    "blanks": "\xa0",
    "bars": "||||0件",
    "headings of reports": "篇一\n",
}  # fmt: skip
TITLED = {"blanks", "bars"}  # those that stand below the title of a report
_CHOICE = re.compile(r"\[([^\[\]]*)\]")


def filled(sentence: str, rng: random.Random) -> str:
    """The sentence with a figure in each of its blanks, percentages below a hundred."""
    k = rng.randint(12, 1000)
    sentence = re.sub(r"(\d+)k", lambda m: str(int(m[1]) * k), sentence)
    percent = re.sub(r"(?<!\d)0(?=%|个百分点)", lambda _: f"{rng.uniform(1, 99):.1f}", sentence)
    return re.sub(r"(?<![\d.])0(?![\d.])", lambda _: str(rng.randint(12, 4000)), percent)


def shaped(shape: Shape, rng: random.Random) -> str:
    """One sentence of a shape of the made-up reports."""
    words, figures, _ = shape(rng)
    words = _CHOICE.sub(lambda m: rng.choice(m[1].split("|")), words)
    return re.sub(r"\{(\w)\}", lambda m: figures[m[1]].text, words) + rng.choice("。。；")


def table(rng: random.Random) -> str:
    """A row of a table."""
    return f"| 甲{rng.choice('山水河桥石江')}镇 | {rng.randint(3, 900)} | {rng.randint(3, 900)} |\n"


Sentences = Callable[[random.Random], str]


def shapes() -> dict[str, Sentences]:
    """Every shape by its name, as what writes its next sentence."""
    found: dict[str, Sentences] = {
        name: partial(filled, sentence) for name, sentence in REPEATED.items()
    }
    found["table"] = table
    found["mixed"] = lambda rng: shaped(rng.choice(SHAPES), rng)
    found |= {shape.__name__: partial(shaped, shape) for shape in SHAPES}
    return found


def text_of(write: Sentences, size: int) -> str:
    """A text of a size, the same each time."""
    rng, pieces, length = random.Random(SEED), [], 0
    if write is table:
        pieces.append("各乡镇工作情况表\n\n| 乡镇 | 受理（件） | 化解（件） |\n")
    while length < size:
        pieces.append(write(rng))
        length += len(pieces[-1])
    return "".join(pieces)[:size]


def read(text: str) -> list[list[Claim]]:
    """The claims of a text's reports."""
    document = Document("made", text)
    page, parts = split_document(document)
    return [describe(document, n, page, part, "") for n, part in enumerate(parts)]


def stages(text: str, wanted: list[str]) -> Iterator[tuple[str, Callable[[], Any]]]:
    """The works to be timed, each as what does it; what one needs of another is made before."""
    yield "extract", lambda: read(text)
    if "audit" in wanted:
        claims = read(text)
        yield "audit", lambda: [find_relations(mine, unchecked=True) for mine in claims]
    if not {"findings", "profile"} & set(wanted):
        return
    tables = qz.tables(text)
    yield "findings", lambda: (audited(tables), qz.implied(tables.claims))
    yield "profile", lambda: (qz.mechanisms(text), [qz.compare(tables.claims, tables.relations, indicator=name) for name in ("visits", "rates")])  # fmt: skip


def main() -> None:
    """Reads the command line and prints a row for each shape and stage."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shapes", nargs="*", help="names of shapes; all of them when none is given")
    parser.add_argument("--first", type=int, default=FIRST, help="the smallest size")
    parser.add_argument("--largest", type=int, default=LARGEST, help="the largest size")
    parser.add_argument("--seconds", type=float, default=60, help="where a row ends")
    parser.add_argument("--stages", default="extract,audit,findings,profile")
    given = parser.parse_args()
    known = shapes()
    if unknown := set(given.shapes) - known.keys():
        parser.error(f"no shape {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    for name in given.shapes or known:
        grown(name, known[name], given)


def grown(name: str, write: Sentences, given: argparse.Namespace) -> None:
    """Prints the rows of one shape: seconds at the largest size, and the ratio of each doubling."""
    times: dict[str, list[float]] = {}
    size = given.first
    slow = False
    while size <= given.largest and not slow:
        text = TITLE * (name in TITLED) + text_of(write, size)
        for stage, work in stages(text, given.stages.split(",")):
            if stage not in given.stages.split(","):
                continue
            gc.collect()
            gc.disable()
            began = time.process_time()
            work()
            times.setdefault(stage, []).append(time.process_time() - began)
            gc.enable()
            slow |= times[stage][-1] > given.seconds
        size *= 2
    for stage, mine in times.items():
        ratios = [b / max(a, 0.01) for a, b in itertools.pairwise(mine)]
        worst = max(ratios, default=0)
        told = " ".join(f"{ratio:.2f}" for ratio in ratios)
        print(f"| {name} | {stage} | {mine[-1]:.2f} s | {told} | {'' if worst <= AIM else '>'} |", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
