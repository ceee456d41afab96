"""An extractor's rows against the truth of made-up documents: what was found exactly, missed, invented."""

from collections import Counter
from collections.abc import Iterable, Mapping
from math import isclose
from typing import Any

from generating import Made
from shapes import Figure

__all__ = ["compared", "table"]

Row = Mapping[str, Any]
#: status of the truth → what the claim's status must be
_STATUS = {"ok": {"ok", "spoilt"}, "redacted": {"redacted"}, "lost": {"redacted"}}

_TYPES = ("rate", "yoy", "diff", "sum", "product")


def compared(
    doc: Made, claims: Iterable[Row], relations: Iterable[Row] = (), placed: bool = True
) -> Counter[str]:
    """Counts of agreement between a document's truth and what was extracted from it.

    Args:
        doc: the document.
        claims: its rows of the claims table (start, end, value, low, high, unit, kind, bound, status).
        relations: its rows of the relations table (type, starts, verdict).
        placed: whether offsets count characters of `doc.text`; else figures are compared in their order alone.
    """
    counts: Counter[str] = Counter(documents=1, characters=len(doc.text))
    rows = sorted(claims, key=lambda r: (r["start"], r["end"]))
    found = {(r["start"], r["end"]): r for r in rows} if placed else _in_order(doc, rows)
    for figure in doc.figures:
        counts[f"truth {figure.status}"] += 1
        row = found.pop((figure.start, figure.end), None)
        if row is not None and _same(figure, row):
            counts[f"found {figure.status}"] += 1
            counts["right bound"] += row["bound"] == figure.bound
            counts["right kind"] += row["kind"] == figure.kind
        elif row is not None:
            counts["wrong"] += 1
            counts["invented"] += figure.status != "ok" and row["status"] == "ok"
    counts["extra"] += len(found)
    hidden = [f for f in doc.figures if f.status != "ok"]
    counts["invented"] += sum(r["status"] == "ok" and s < f.end and f.start < e for (s, e), r in found.items() for f in hidden)  # fmt: skip
    if placed:
        _links(doc, relations, counts)
    return counts


def _in_order(doc: Made, rows: list[Row]) -> dict[tuple[int, int], Row]:
    """Rows given the places of the figures with the same value, where the text was laid out anew; others keep no place."""
    left = list(rows)
    found: dict[tuple[int, int], Row] = {}
    for figure in doc.figures:
        if (hit := next((r for r in left if _same(figure, r)), None)) is not None:
            found[figure.start, figure.end] = hit
            left.remove(hit)
    return found | {(-1 - n, -1 - n): r for n, r in enumerate(left)}


def _same(figure: Figure, row: Row) -> bool:
    numbers = [(figure.value, row["value"]), (figure.low, row["low"]), (figure.high, row["high"])]
    return row["unit"] == figure.unit and row["status"] in _STATUS[figure.status] and all(_close(a, b) for a, b in numbers)  # fmt: skip


def _close(a: float | None, b: float | None) -> bool:
    if a is None or b is None or b != b:
        return a is None and (b is None or b != b)
    return isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)


def _links(doc: Made, relations: Iterable[Row], counts: Counter[str]) -> None:
    """Planted arithmetic found with its verdict; figures called wrong that are not."""
    rows = {(r["type"], frozenset(r["starts"].split(";"))): r["verdict"] for r in relations if "in its copy" not in r["note"]}  # fmt: skip
    planted = set()
    for link in doc.links:
        key = link.type, frozenset(str(doc.figures[n].start) for n in link.figures)
        planted.add(key)
        counts[f"planted {link.verdict}"] += 1
        counts[f"planted {link.verdict} {link.type}"] += 1
        counts[f"judged {link.verdict}"] += rows.get(key) == link.verdict
        counts[f"judged {link.verdict} {link.type}"] += rows.get(key) == link.verdict
        counts["called wrong"] += link.verdict == "ok" and rows.get(key) == "bad"
    counts["called wrong"] += sum(
        verdict == "bad" and key not in planted for key, verdict in rows.items()
    )
    counts["relations bad"] += sum(verdict == "bad" for verdict in rows.values())


def table(counts: Counter[str]) -> list[tuple[str, str, str]]:
    """Rows of a report: what, how many of how many, share."""
    found = sum(counts.get(f"found {s}", 0) for s in _STATUS)
    stated = found + counts.get("extra", 0) + counts.get("wrong", 0)
    hidden = counts.get("truth redacted", 0) + counts.get("truth lost", 0)
    pairs = [
        (
            "printed figures found with place, value and unit",
            counts.get("found ok", 0),
            counts.get("truth ok", 0),
        ),
        ("claims that are true", found, stated),
        (
            "masked figures found as redacted",
            counts.get("found redacted", 0),
            counts.get("truth redacted", 0),
        ),
        (
            "lost figures found as redacted",
            counts.get("found lost", 0),
            counts.get("truth lost", 0),
        ),
        ("values invented where digits are masked or lost", counts.get("invented", 0), hidden),
        ("right bound among those found", counts.get("right bound", 0), found),
        ("right kind among those found", counts.get("right kind", 0), found),
        ("true arithmetic confirmed", counts.get("judged ok", 0), counts.get("planted ok", 0)),
        ("planted errors flagged", counts.get("judged bad", 0), counts.get("planted bad", 0)),
        *(
            (f"- of type `{t}`", counts[f"judged bad {t}"], counts[f"planted bad {t}"])
            for t in _TYPES
            if counts[f"planted bad {t}"]
        ),
        ("flags that are false", counts.get("called wrong", 0), counts.get("relations bad", 0)),
    ]
    return [(what, f"{a:,} of {b:,}", f"{a / b:.4f}" if b else "-") for what, a, b in pairs]
