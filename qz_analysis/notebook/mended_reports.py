"""What a person says of a whole report: its place, level, date, period, and where it begins."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from ..comparison.wording import column
from ..errors import QzError, ReadError
from ..privacy import mask_texts
from ..readers.mending import divide, mend, restore
from ..readers.read import Source
from ..readers.read import documents as read_documents
from ..script import dropped
from ..vocabularies.labels import Lang, say

#: what can be said of a report here
ANSWERS = ("place", "level", "dated", "period", "title")
_LINES = 12  # lines before a figure among which a report may begin
_LONG = 60  # characters of a line that are shown
_Undo = Callable[[], None]
_Span = tuple[int, int, int]  # start, end, number before


def said_column(name: str, lang: Lang) -> str:
    """A column as what was written is told: in Chinese by its name there, else as the file has it.

    >>> said_column("value", "zh"), said_column("value", "en")
    ('数值', 'value')
    """
    return column(name, "zh") if lang == "zh" else name


class MendedReports:
    """The reports of a claims table, and the table of documents into which they are mended.

    Args:
        reports: the table of reports, as `tables` gives it.
        table: the file of the table of documents.
        pages: what the claims were read from; without it no line can be shown at which a report
            begins.
        lang: of what is told.
    """

    def __init__(
        self, reports: pd.DataFrame, table: str | Path, pages: Source | None, lang: Lang = "en"
    ) -> None:
        self.table, self._pages, self.lang = Path(table), pages, lang
        self._reports = reports.reset_index(drop=True)
        self._texts: dict[str, str] = {}

    def _say(self, key: str, **fillers: object) -> str:
        return str(say("reviewer", key, self.lang, **fillers))

    def _fault(self, key: str, **fillers: object) -> QzError:
        return QzError(self._say(f"fault_{key}", **fillers))

    def of(self, doc: str, start: int) -> dict[str, str]:
        """What is known of the report in which a figure stands."""
        row = self._reports.iloc[self._at(doc, start)]
        return {name: str(row[name] or "") for name in ANSWERS}

    def _at(self, doc: str, start: int) -> int:
        """Which row: found by place, since numbers change where a report is divided."""
        table = self._reports
        fits = table["doc"].eq(doc) & table["start"].le(start) & table["end"].gt(start)
        if not fits.any():
            raise self._fault("report", doc=doc, start=start)
        return int(fits.to_numpy().argmax())

    def change(self, doc: str, start: int, said: dict[str, str]) -> tuple[str, _Undo]:
        """Say anew what is known of a report: what changed, in words, and the way back."""
        if strange := set(said) - set(ANSWERS):
            raise QzError(f"of a report can be said: {', '.join(ANSWERS)}; not {min(strange)}")
        before, at, frame = self.of(doc, start), self._at(doc, start), self._reports
        new = {name: now.strip() for name, now in said.items() if now.strip() != before[name]}
        report = int(frame["report"].iloc[at])
        if not new:
            raise self._fault("unchanged", doc=doc, report=report)
        # an empty cell says nothing: that there is none is said by a dash
        kept = mend(self.table, doc, report, {name: now or "-" for name, now in new.items()})
        self._reports = frame.copy()
        for name, now in new.items():
            self._reports.loc[at, name] = now
        words = ", ".join(
            f"{said_column(name, self.lang)} {before[name]!r} → {now!r}"
            for name, now in new.items()
        )
        return f"{doc}:{report}: {words}", self._undo(kept, frame)

    def lines(self, doc: str, start: int) -> list[dict[str, Any]]:
        """The last lines before a figure, where they begin in the raw text; names masked.

        The line of the figure itself is the last; `begins` marks those at which a report begins
        already.
        """
        text, found, at = self._text(doc), [], 0
        begins = {first for first, _, _ in self._spans(doc)}
        end = text.find("\n", start)
        for words in text[: end if end >= 0 else len(text)].splitlines(keepends=True):
            found += [(at, words.strip())] if words.strip() else []
            at += len(words)
        found = found[-_LINES:]
        shown = mask_texts([words for _, words in found])
        return [
            {"at": at, "words": dropped(words)[:_LONG], "begins": at in begins}
            for (at, _), words in zip(found, shown, strict=True)
        ]

    def _text(self, doc: str) -> str:
        if self._pages is None:
            raise self._fault("pages")
        if doc not in self._texts:
            for one in read_documents(self._pages):
                if not isinstance(one, ReadError) and one.doc == doc:
                    self._texts[doc] = one.text
                    break
            else:
                raise self._fault("document", doc=doc)
        return self._texts[doc]

    def _spans(self, doc: str) -> list[_Span]:
        rows = self._reports[self._reports["doc"].eq(doc)]
        cells = (rows[name].tolist() for name in ("start", "end", "report"))
        return sorted(zip(*cells, strict=True))

    def begin(self, doc: str, start: int, at: int) -> tuple[str, _Undo]:
        """Let the report of a figure begin at a character of the raw text.

        Within the report it is divided there; before it, the report before gives way.
        """
        report, new = self._number(doc, start), list[_Span]()
        for first, end, number in self._spans(doc):
            if number != report:
                new += [(first, min(end, at) if number < report else end, number)]
            elif at > first:
                new += [(first, at, number), (at, end, -1)]
            elif at < first:
                new.append((at, end, number))
            else:
                raise self._fault("begins", doc=doc, report=report)
        new = [span for span in new if span[0] < span[1]]
        return self._say("begins_at", doc=doc, at=at), self._divided(doc, new)

    def join(self, doc: str, start: int) -> tuple[str, _Undo]:
        """Make the report of a figure one with the report before it."""
        report, spans = self._number(doc, start), self._spans(doc)
        at = next(i for i, span in enumerate(spans) if span[2] == report)
        if not at:
            raise self._fault("first", doc=doc, report=report)
        (first, _, number), (_, end, _) = spans[at - 1 : at + 1]
        new = [*spans[: at - 1], (first, end, number), *spans[at + 1 :]]
        return self._say("joined_to", doc=doc, number=number, report=report), self._divided(
            doc, new
        )

    def _number(self, doc: str, start: int) -> int:
        return int(self._reports["report"].iloc[self._at(doc, start)])

    def _divided(self, doc: str, spans: list[_Span]) -> _Undo:
        kept = divide(self.table, doc, [(*span, {}) for span in spans])
        before = self._reports
        rows = []
        for number, (start, end, old) in enumerate(spans):
            fits = before["doc"].eq(doc) & before["report"].eq(old)
            known = before[fits].iloc[0].to_dict() if fits.any() else {}
            rows.append({**known, "doc": doc, "report": number, "start": start, "end": end})
        new = pd.DataFrame(rows).reindex(columns=before.columns).fillna("")
        self._reports = pd.concat([before[before["doc"].ne(doc)], new], ignore_index=True)
        return self._undo(kept, before)

    def _undo(self, kept: bytes | None, reports: pd.DataFrame) -> _Undo:
        written = self.table.read_bytes()

        def back() -> None:
            if not self.table.exists() or self.table.read_bytes() != written:
                raise self._fault("since", file=self.table)
            restore(self.table, kept)
            self._reports = reports

        return back
