"""Readers of files: text, web pages, Word, RTF, PDF, OFD, and archives of these.

A file goes in; documents come out, each a text with where it is from, or an error that says why
not. `read` is where to start. Each module below registers the kinds of files that it reads; the
libraries behind it are loaded when the first file of such a kind is read.
"""

from . import html, ofd, pdf, rtf, word  # noqa: F401
