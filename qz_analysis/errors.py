"""The one family of errors that the package raises on purpose."""

__all__ = ["QzError", "ReadError", "VocabularyError"]


class QzError(ValueError):
    """Something the reader of the message can mend: it names the file, the place and the way out."""


class ReadError(QzError):
    """A file that could not be read as a report."""


class VocabularyError(QzError):
    """An entry of a vocabulary file that breaks the file's own grammar."""
