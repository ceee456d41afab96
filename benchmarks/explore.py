"""How fast the explorer answers on a large claims table, and the reviewer is open.

    python benchmarks/explore.py [--claims 100000]

The claims are extracted from made-up reports (`tests/generating.py`). Printed are milliseconds by the clock and of the
processor, of each answer (choice, marks, sentences, options, as the browser gets them), of what follows when the hand has
come to rest (audit of what is shown, picture of a page that does not run), and of what the reviewer does.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from generating import Options, made

AIM, OPEN = 150, 2000


def table(size: int) -> Any:
    """So many claims of made-up reports."""
    import pandas as pd

    from qz_analysis.model import Document
    from qz_analysis.runs.tables import gather
    from qz_analysis.schema import CLAIMS, frame

    rows: list[Any] = []
    i = 0
    while len(rows) < size:
        page = made(i, Options(tiny=0.0, copies=0.0))
        rows += [claim.row for claim in gather(Document(page.doc, page.text)).claims]
        i += 1
    claims = frame(rows[:size], CLAIMS)
    assert isinstance(claims, pd.DataFrame)
    return claims


def timed(act: Callable[[], Any]) -> tuple[Any, float, float]:
    """What comes of it, with milliseconds by the clock and of the processor."""
    clock, used = time.perf_counter(), time.process_time()
    result = act()
    return result, 1000 * (time.perf_counter() - clock), 1000 * (time.process_time() - used)


def exploring(claims: Any) -> None:
    from qz_analysis.notebook.explorer import explore

    explorer, clock, used = timed(lambda: explore(claims))
    print(f"explorer made ready in {clock:.0f} ms ({used:.0f})\n")
    explorer.answer(), explorer.picture  # the first loads fonts and the tagger of names
    families = explorer._index.options(explorer.choice, "family")
    indicators = explorer._index.options(explorer.choice, "indicator")[:6]
    places = [value for value, _ in explorer._index.options(explorer.choice, "place")[:3]]
    steps: list[dict[str, Any]] = [{"family": family} for family, _ in families]
    steps += [{"family": None, "indicator": one} for one, _ in indicators if one]
    steps += [{"view": "place"}, {"view": "year"}, {"modality": "any"}, {"modality": "planned"}]
    steps += [{"modality": "actual", "view": "years"}, {"lang": "zh"}, {"page": 3}]
    steps += [{"find": "村"}, {"find": "群众"}, {"find": ""}, {"places": places}, {"lang": "both"}]
    steps += [{"indicator": None, "places": [], "view": "place", "lang": "en"}, {"page": 40}]
    steps += [{"family": "satisfaction", "indicator": None, "measure": "rate"}, {"page": 9}]
    print("| choice | figures that fit | marks | ms | of the processor |\n| --- | --- | --- | --- | --- |")  # fmt: skip
    clocks, cost = [], []
    for step in steps:
        answer, clock, used = timed(lambda step=step: explorer.ask(**step, hasty=True))  # type: ignore[misc]
        clocks.append(clock)
        cost.append(used)
        what = ", ".join(f"{key}={value!r}" for key, value in step.items())
        print(
            f"| {what} | {answer.total:,} | {len(answer.chart.marks)} | {clock:.0f} | {used:.0f} |"
        )
    for name, taken in (("by the clock", clocks), ("of the processor", cost)):
        over = sum(one > AIM for one in taken)
        print(f"\n{name}: median {statistics.median(taken):.0f} ms, longest {max(taken):.0f} ms, over {AIM} ms: {over} of {len(taken)}")  # fmt: skip
    for name, act in (("the audit that follows", explorer.settle), ("the picture of a still page", lambda: explorer.picture),
                      ("a sentence under the pointer", lambda: explorer.point(0)), ("behind a mark", lambda: explorer.pick(0))):  # fmt: skip
        _, clock, used = timed(act)
        print(f"{name}: {clock:.0f} ms ({used:.0f})")


def reviewing(claims: Any) -> None:
    from qz_analysis.notebook.reviewer import review

    with tempfile.TemporaryDirectory() as folder:
        file = f"{folder}/corrections.csv"

        def opened() -> Any:
            reviewer = review(claims, file, who="A")
            reviewer.state()
            return reviewer

        reviewer, clock, used = timed(opened)
        print(f"\nreviewer open with its first claim: {clock:.0f} ms ({used:.0f}); aim {OPEN} ms")
        acts: list[tuple[str, Callable[[], Any]]] = [
            ("a verdict and the next claim", lambda: (reviewer.accept(), reviewer.state())),
            ("narrowed by a reason", lambda: (reviewer.narrow(reason="several"), reviewer.state())),
            (
                "preview of all alike",
                lambda: reviewer.previewed("claim", "right", ["unit", "reason"]),
            ),
            ("a slice of the audit", reviewer.more),
        ]
        for name, act in acts:
            _, clock, used = timed(act)
            print(f"{name}: {clock:.0f} ms ({used:.0f})")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000)
    size = parser.parse_args().claims
    import matplotlib

    matplotlib.use("agg")
    claims = table(size)
    print(f"{len(claims):,} claims")
    exploring(claims)
    reviewing(claims)
    return 0


if __name__ == "__main__":
    sys.exit(main())
