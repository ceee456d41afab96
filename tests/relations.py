"""The relations that the audit finds in a text, as lines that a test can compare."""

from qz_analysis import audit, extract
from qz_analysis.model import by_report


def told(text, **options):
    """The relations of a text, a line each: kind, verdict, its figures with the stated result first, and the reason."""
    claims = extract(text)
    printed = dict(zip(claims["start"], claims["text"], strict=True))
    rows = audit(claims, **options).itertuples()
    figures = {
        row: " ".join(printed[int(start)] for start in row.starts.split(";")) for row in rows
    }
    return [
        f"{r.type} {r.verdict} {said}" + (f": {r.reason}" if r.reason else "")
        for r, said in figures.items()
    ]


def claims_of(text):
    """The claims of a text that is one report."""
    return next(iter(by_report(extract(text)).values()))
