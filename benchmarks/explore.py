"""How fast the explorer answers on a large claims table, and where the time goes.

    python benchmarks/explore.py [--claims 100000]

The claims are extracted from made-up reports (`tests/generating.py`). Printed are milliseconds of each answer (choice, panel, picture,
evidence, options) and, as a ratio in the same run, the picture alone against `savefig` of the same chart.
"""

import argparse
import io
import statistics
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from generating import Options, made

AIM = 200


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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000)
    size = parser.parse_args().claims
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    from qz_analysis import charts
    from qz_analysis.notebook.explorer import explore

    claims = table(size)
    begun = time.perf_counter()
    explorer = explore(claims)
    ready = time.perf_counter() - begun
    explorer.answer()  # the first picture loads fonts and the tagger of names
    steps: list[dict[str, Any]] = [
        {"family": family} for family, _ in explorer._index.options(explorer.choice, "family")
    ]
    places = [value for value, _ in explorer._index.options(explorer.choice, "place")[:3]]
    steps += [
        {"family": "mediation", "measure": "rate"},
        {"lang": "zh"},
        {"page": 3},
        {"places": places},
        {"lang": "both"},
    ]
    steps += [
        {"family": None, "stage": None, "measure": None, "places": [], "lang": "en"},
        {"page": 40},
    ]
    print(
        f"{len(claims):,} claims; made ready in {1000 * ready:.0f} ms\n\n| choice | figures that fit | drawn | ms |\n| --- | --- | --- | --- |"
    )
    taken = []
    for step in steps:
        answer = explorer.change(**step)
        taken.append(1000 * answer.seconds)
        what = ", ".join(f"{key}={value!r}" for key, value in step.items())
        print(f"| {what} | {answer.total:,} | {len(answer.picture.bands)} | {taken[-1]:.0f} |")
    print(f"\nmedian {statistics.median(taken):.0f} ms, longest {max(taken):.0f} ms; aim {AIM} ms")
    ax = charts.figures(explorer.panel)
    begun = time.perf_counter()
    ax.figure.savefig(io.BytesIO(), dpi=150)
    print(
        f"the whole last answer against `savefig` of its chart alone: {taken[-1] / 1000 / (time.perf_counter() - begun):.1f}"
    )
    plt.close("all")
    return 0


if __name__ == "__main__":
    sys.exit(main())
