"""The one family of errors that the package raises on purpose."""

from collections.abc import Iterable

__all__ = ["QzError"]


class QzError(ValueError):
    """Something the reader of the message can mend: it names the file, the place and the way out.

    >>> import qz_analysis as qz
    >>> try:
    ...     qz.read("nowhere.txt")
    ... except qz.QzError as error:
    ...     print(error)
    nowhere.txt: there is no such file or folder; check the spelling or give another path
    """


class ReadError(QzError):
    """A file that could not be read as a report: which one, at what stage, why, and the way out."""

    def __init__(self, file: object, reason: str, way_out: str, stage: str = "read") -> None:
        super().__init__(str(file), reason, way_out, stage)
        self.file, self.reason, self.way_out, self.stage = str(file), reason, way_out, stage

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}; {self.way_out}"

    @property
    def row(self) -> tuple[str, str, str, str]:
        """The error as a row of the errors table (columns of `schema.ERRORS`)."""
        return self.file, self.stage, self.reason, self.way_out


class TableError(QzError, KeyError):
    """A table that is not the one that was asked for: which columns it lacks, and what has them."""

    def __init__(self, lacking: Iterable[str], way_out: str) -> None:
        super().__init__(tuple(lacking), way_out)
        self.lacking, self.way_out = tuple(lacking), way_out

    def __str__(self) -> str:
        more = len(self.lacking) - 4
        named = ", ".join(self.lacking[:4]) + (f" and {more} more" if more > 0 else "")
        return f"this table has no column {named}; {self.way_out}"


class PartError(ReadError):
    """A part of a file that could not be read; the rest was, and is in the tables."""


class VocabularyError(QzError):
    """An entry of a vocabulary file that breaks the file's own grammar."""


class BriefError(QzError):
    """A notebook that does not run through, or shows something that a brief cannot.

    >>> from pathlib import Path
    >>> from qz_analysis import brief
    >>> try:
    ...     brief.run(Path("nowhere.ipynb"))
    ... except BriefError as error:
    ...     print(error)
    nowhere.ipynb: cannot be read as a notebook: [Errno 2] No such file or directory: 'nowhere.ipynb'
    """
