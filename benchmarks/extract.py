"""How fast the extractor is, as ratios to one regular-expression scan of the same text in the same run.

    python benchmarks/extract.py [--folder NAME=FOLDER ...] [--before TREE]

It reads the embedded corpus over and over up to 28,000 characters, and the reports (.txt) of folders. `--before` names an
older state of the project (`git worktree add TREE COMMIT`): both are measured in turn, in processes of their own, and
stand side by side. Peers are timed when they are installed (pip install "qz-analysis[bench]"). Ratios travel between
machines, seconds do not.
"""

import argparse
import gc
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import qz_analysis as qz
from qz_analysis.extraction.clean import clean
from qz_analysis.extraction.pipeline import describe, split_document
from qz_analysis.extraction.quantities import find
from qz_analysis.readers.read import read
from qz_analysis.vocabularies.session import load

SIZE = 28_000
SENTENCE = "2020年,甲山县受理信访事项312件,办结298件,办结率95.5%。"
ROUNDS = 3  # processes of each state
UNITS = [u for name, units in load("units").items() if name != "aliases" for u in units][:60]
PASS = re.compile(
    "|".join(
        [r"\d+(?:\.\d+)?|[一二三四五六七八九十百千万两]+", *sorted(UNITS, key=len, reverse=True)]
    )
)


def best(work: Callable[[], object], rounds: int = 7) -> float:
    """Shortest of several runs in seconds, the collector off."""
    gc.collect()
    gc.disable()
    try:
        times = []
        for _ in range(rounds):
            began = time.thread_time()
            work()
            times.append(time.thread_time() - began)
        return min(times)
    finally:
        gc.enable()


def sample(paths: list[Path], size: int = SIZE) -> str:
    """Text of the files, repeated up to a size."""
    text = "\n".join(read(p).text[read(p).body :] for p in paths)
    return (text * (size // len(text) + 1))[:size]


def stages(folders: dict[str, Path]) -> dict[str, float]:
    """Times the single scan that each stage takes on the same text; of a sentence, milliseconds."""
    found = {"a sentence, ms": 1000 * best(lambda: qz.extract(SENTENCE), 101)}
    texts = {"embedded": sorted(qz.corpus())}
    texts |= {
        name: sorted(folder.glob("*.txt"))[:: 8 if name == "corpus" else 1]
        for name, folder in folders.items()
    }
    for name, paths in texts.items():
        read_in = [read(path) for path in paths]
        split = [(document, *split_document(document)) for document in read_in]
        single = best(lambda s=split: [PASS.findall(page.text) for _, page, _ in s])

        def described(split: list = split) -> None:  # type: ignore[type-arg]
            for document, page, reports in split:
                for number, report in enumerate(reports):
                    describe(document, number, page, report, "")

        works: dict[str, Callable[[], object]] = {
            "quantities": lambda s=split: [find(page.text) for _, page, _ in s],
            "describe": described,
            "`qz.extract`": lambda d=read_in: qz.extract(d),
            "`qz.tables`": lambda d=read_in: qz.tables(d),
        }
        for stage, work in works.items():
            found[f"{stage}, {name}"] = best(work, 3) / single
    return found


def compared(folders: dict[str, Path], before: Path | None) -> str:
    """The stages as a table: medians of processes, those of an older state beside them."""
    trees = {"after": Path(__file__).parents[1], **({"before": before} if before else {})}
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in trees}
    told = [f"--folder={name}={folder}" for name, folder in folders.items()]
    for _ in range(ROUNDS):
        for name, tree in trees.items():
            done = subprocess.run(
                [sys.executable, __file__, "--once", *told],
                env={**os.environ, "PYTHONPATH": str(tree)},
                capture_output=True,
                text=True,
                check=True,
            )
            runs[name].append(json.loads(done.stdout))
    lines = [
        "| what, times the single scan | before | after | before / after |",
        "| --- | --- | --- | --- |",
    ]
    for stage in runs["after"][0]:
        after, *old = (median(run[stage] for run in runs[name]) for name in trees)
        was, gain = (f"{old[0]:.1f}", f"{old[0] / after:.2f}") if old else ("", "")
        lines.append(f"| {stage} | {was} | {after:.1f} | {gain} |")
    return "\n".join(lines)


def hostile(size: int) -> str:
    """One line of what makes number grammars slow: digits, scales, commas, brackets, masks, hedges."""
    piece = "1,234,567万亿余xx.x**近约(1(2(3%、9-8-7一二三十百千万两几多至到分之成元/"
    return (piece * (size // len(piece) + 1))[:size]


def ratios(paths: list[Path]) -> list[tuple[str, str, str]]:
    """Rows of the table: what, how it compares with the single pass, the aim."""
    text = sample(paths)
    cleaned = clean(text).text
    single = best(lambda: PASS.findall(cleaned))
    rows = [("one scan with a number and 60 units", "1.0", "")]
    quantities, whole = best(lambda: find(cleaned)), best(lambda: qz.tables(text))
    rows.append(("quantities alone", f"{quantities / single:.1f}", "≤ 2"))
    rows.append(("cleaning alone", f"{best(lambda: clean(text)) / single:.1f}", ""))
    rows.append(
        (
            "all of `qz.tables`: clean, split, quantities, context, audit, DataFrames",
            f"{whole / single:.1f}",
            "≤ 5",
        )
    )
    four = sample(paths, 4 * SIZE)
    rows.append(
        (
            "four times the text against once, all of it",
            f"{best(lambda: qz.tables(four), 3) / whole:.1f}",
            "≤ 4.4",
        )
    )
    small, large = (
        best(lambda n=n: find(clean(hostile(n)).text), 3) for n in (2_500_000, 5_000_000)
    )
    rows.append(
        (
            "a hostile line of 5 million characters against one of 2.5 million",
            f"{large / small:.2f}",
            "≤ 2.3",
        )
    )
    rows += peers(cleaned, single)
    return rows


def peers(text: str, single: float) -> list[tuple[str, str, str]]:
    """Other extractors on the same text, those that are installed."""
    rows = []
    try:
        import jionlp  # type: ignore[import-not-found]

        sentences = [s for s in re.split("[。;\n]", text) if s]
        rows.append(
            (
                "JioNLP `ner.extract_money`",
                f"{best(lambda: [jionlp.ner.extract_money(s) for s in sentences], 1) / single:.0f}",
                "",
            )
        )
    except ImportError:
        pass
    try:
        from recognizers_number import Culture, recognize_number  # type: ignore[import-not-found]

        rows.append(
            (
                "Recognizers-Text numbers",
                f"{best(lambda: recognize_number(text, Culture.Chinese), 1) / single:.0f}",
                "",
            )
        )
    except ImportError:
        pass
    return rows


def start_up() -> tuple[str, str, str]:
    """Seconds that importing the package takes beyond a bare interpreter, and its memory."""
    code = "import resource, time; t = time.perf_counter(); m = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; import qz_analysis; "
    code += "print(time.perf_counter() - t, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - m) / 1024)"
    seconds, megabytes = min(
        tuple(
            map(
                float,
                subprocess.run(
                    [sys.executable, "-c", code], capture_output=True, text=True, check=True
                ).stdout.split(),
            )
        )
        for _ in range(5)
    )
    return "import of the package", f"{seconds:.3f} s, {megabytes:.1f} MB", "< 0.15 s, < 15 MB"


def table(rows: list[tuple[str, str, str]]) -> str:
    """The rows as the table of docs/speed.md."""
    return "\n".join(
        [
            "| what | times the single scan | aim |",
            "| --- | --- | --- |",
            *(f"| {a} | {b} | {c} |" for a, b, c in rows),
        ]
    )


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--folder", action="append", default=[])
    asked.add_argument("--before", type=Path)
    asked.add_argument("--once", action="store_true")
    given = asked.parse_args()
    named = {name: Path(folder) for name, folder in (one.split("=", 1) for one in given.folder)}
    if given.once:
        print(json.dumps(stages(named)))
    else:
        print(compared(named, given.before), flush=True)
        print(table([*ratios(qz.corpus()), start_up()]))
