"""Copies: reports that say what an earlier one said, found without comparing each with all."""

import re
import sqlite3
import struct
from collections.abc import Sequence
from hashlib import blake2b

_CLAUSE = re.compile(r"[,。;:!?\n]")
#: bytes kept of a clause; two different ones meet once in 10^19 pairs
HASH = 8
_LONGER = 5  # a clause of so few characters says too little to be recognised by
_SOME = 4  # how many reports with one clause are looked at first, before longer lists are

_ROOM = 16  # places for each clause where it is noted which were seen

_TABLES = """
CREATE TABLE reports (number INTEGER PRIMARY KEY, name TEXT, signature BLOB);
CREATE TABLE clauses (clause INTEGER, size INTEGER, number INTEGER,
                      PRIMARY KEY (clause, size, number)) WITHOUT ROWID;
"""
_HOLDING = "SELECT number FROM clauses WHERE clause = ? AND size BETWEEN ? AND ? LIMIT ?"


def signature(text: str) -> bytes:
    """What is kept of a clean text to know its copies by: a hash of each clause that is not short.

    A hash is 8 bytes that stay the same from run to run; they stand in rising order.

    >>> len(signature("全县共接待来访群众193批次,同比下降7.2%。完。")), signature("完。")
    (16, b'')
    """
    clauses = {clause for clause in _CLAUSE.split(text) if len(clause) > _LONGER}
    try:
        packed = [clause.encode() for clause in clauses]
    except UnicodeEncodeError:
        # a lone surrogate of a leniently decoded text is hashed like any other character
        packed = [clause.encode("utf-8", "surrogatepass") for clause in clauses]
    return b"".join(sorted([blake2b(clause, digest_size=HASH).digest() for clause in packed]))


def may_be_alike(signatures: Sequence[bytes]) -> list[bool]:
    """Whether each of some reports may be alike to another of them: at least four fifths of its
    clauses stand elsewhere, too. Most reports need not be asked further.

    >>> said = signature("今年受理来访193批次。"), signature("今年受理来访194批次。")
    >>> may_be_alike([*said, said[0]])
    [True, False, True]
    """
    import numpy as np

    size = 1 << (_ROOM * sum(map(len, signatures)) // HASH).bit_length()
    seen, again = np.zeros(size, bool), np.zeros(size, bool)
    # two clauses may share a place, so that a report too many is asked, and none too few
    places = [np.frombuffer(one, ">u8").astype("u8") & np.uint64(size - 1) for one in signatures]
    for mine in places:
        again[mine[seen[mine]]] = True
        seen[mine] = True
    return [bool(5 * again[mine].sum() >= 4 * len(mine)) for mine in places]


class Copies:
    """The originals seen so far, asked about one report after the other.

    A report is a copy of the first earlier original with which it shares at least four fifths of
    the clauses that either holds (Jaccard similarity ≥ 0.8). Nothing is missed: of n clauses a copy
    lacks at most n/5, so it holds one of any ⌊n/5⌋ + 1 of them. The rarest are looked up, which
    leaves footers and stock sentences aside: prefix filtering (Chaudhuri, Ganti and Kaushik 2006),
    the order chosen for each report. MinHash bands (Broder 1997; Indyk and Motwani 1998), 10 of 3,
    find a pair of similarity s with a chance of 1 - (1 - s³)¹⁰: they miss 0.08 % of pairs at
    s = 0.8, and at s = 1/3 (half of either report is stock text) offer a third of all pairs.

    >>> copies, said = Copies(), signature("今年受理来访193批次。")
    >>> copies.earlier("a:0", said), copies.earlier("b:0", said)
    ('', 'a:0')
    """

    def __init__(self) -> None:
        self._count = 0
        self._base = sqlite3.connect(":memory:", isolation_level=None)
        # nothing to roll back to
        self._base.executescript(f"PRAGMA journal_mode = OFF; {_TABLES} BEGIN;")

    def earlier(self, name: str, signature: bytes) -> str:
        """The name of the first earlier original that a report copies.

        Empty when the report is itself an original: it is remembered, and later copies are told its
        name. A report without clauses, whose signature is empty, is neither a copy nor copied.
        """
        clauses = struct.unpack(f">{len(signature) // HASH}q", signature)
        if not clauses:
            return ""
        for number in sorted(self._candidates(clauses)):
            asked = "SELECT name, signature FROM reports WHERE number = ?"
            other, theirs = self._base.execute(asked, (number,)).fetchone()
            if alike(signature, theirs):
                return str(other)
        self._count += 1
        self._base.execute("INSERT INTO reports VALUES (?, ?, ?)", (self._count, name, signature))
        rows = ((clause, len(clauses), self._count) for clause in clauses)
        self._base.executemany("INSERT INTO clauses VALUES (?, ?, ?)", rows)
        return ""

    def close(self) -> None:
        """Lets go of the memory."""
        self._base.close()

    def __enter__(self) -> "Copies":
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def _candidates(self, clauses: tuple[int, ...]) -> set[int]:
        """Originals of about this size with one of its rarest clauses: all that can be alike."""
        enough, limit = len(clauses) // 5 + 1, _SOME
        while True:
            found = sorted(self._lists(clauses, enough, limit), key=len)[:enough]
            if len(found[-1]) < limit:
                return set().union(*found)
            limit *= 8

    def _lists(self, clauses: tuple[int, ...], enough: int, limit: int) -> list[set[int]]:
        """The originals that hold each clause, up to a limit, until enough clauses are new."""
        size, lists = len(clauses), []
        for clause in clauses:
            rows = self._base.execute(_HOLDING, (clause, -(-size * 4 // 5), size * 5 // 4, limit))
            lists.append({number for (number,) in rows})
            enough -= not lists[-1]
            if not enough:
                break
        return lists


def alike(one: bytes, other: bytes) -> bool:
    """Whether two signatures share four fifths of the clauses that either holds."""
    mine, theirs = (set(struct.iter_unpack(">q", packed)) for packed in (one, other))
    return 5 * len(mine & theirs) >= 4 * len(mine | theirs)
