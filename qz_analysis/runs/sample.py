"""A probability sample of the sentences of a corpus, with and without figures.

Pages or a run go in; a `Sample` to be coded comes out. Each sentence gets a lot out of the seed, its
document's text and its place, and of each stratum those with the smallest lots are drawn: so the
order of the files changes nothing, and no more is held in memory than is drawn.
"""

import heapq
import re
import warnings
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import PartError, QzError, ReadError
from ..extraction.clean import clean
from ..extraction.corrections import text_hash
from ..extraction.stops import SENTENCE
from ..model import Document
from ..privacy import mask_names
from ..readers.read import Source, file_documents, paths_of
from ..readers.read import documents as read_documents
from ..readers.sidecar import sidecar
from ..schema import CLAIMS, SAMPLE, VERSION, frame
from ..script import folded
from ..vocabularies.limit import limited
from .coding import CODED, NUMBERED, Sample, definitions, labels_of
from .store import Store
from .tables import gather

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["sample"]

#: what coders are asked unless the user asks for something else
_COLUMNS = ("value", "unit", "kind", "direction", "family", "stage", "period")
#: strata of sentences in which nothing was read: with something like a number, and without
_NUMBER, _BARE = "(no figure, but a number)", "(no number)"
_EMPTY = "(empty)"
#: shares of the sample: sentences with figures, and these two
_SHARES = {_NUMBER: 0.2, _BARE: 0.1}
#: sentences longer than this are divided behind a comma: nobody codes a page without full stops
_LONGEST = 300
_COMMA = re.compile(r"[,、:](?!\d)")
_BEFORE, _AFTER, _AROUND, _HEAD = 160, 60, 40, 80
_WORD = re.compile(r"[\u3400-\u9fff0-9A-Za-z]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class _Page(NamedTuple):
    """A document with what was read in it: claims as start and stratum, and where reports begin."""

    document: Document
    claims: list[tuple[int, str]]
    reports: list[int]


class _Drawn(NamedTuple):
    """A sentence with its lot, and the words round it as the page has them."""

    lot: int
    doc: str
    hash: str
    start: int
    end: int
    head: str
    around: tuple[str, str, str]

    @property
    def shown(self) -> tuple[str, str, str, str]:
        """Head, words before, sentence and words behind, names masked and of the same length."""
        before, sentence, _ = self.around
        whole = _CONTROL.sub(" ", mask_names("".join(self.around)))
        first, last = len(before), len(before) + len(sentence)
        return (
            _CONTROL.sub(" ", mask_names(self.head)).strip(),
            whole[max(0, first - _BEFORE) : first].lstrip(),
            whole[first:last],
            whole[last : last + _AFTER].rstrip(),
        )


def sample(
    source: "Source | Store",
    n: int = 200,
    *,
    seed: int,
    by: str = "family",
    columns: Sequence[str] = _COLUMNS,
) -> Sample:
    """Draws a probability sample of sentences for two people to code.

    Of the sentences 70 % are such in which a figure was read, 20 % hold something like a number and
    no figure, and 10 % hold neither, so that what the extractor missed is met too. The first are
    divided by a column of their first figure, larger strata being drawn from more thinly; the
    probability of each sentence is kept. Coders see neither strata nor anything that was read.

    Args:
        source: pages, as for `qz.tables`, or the tables of a run (`qz.open`), whose
            files are read again, or else the texts that it kept.
        n: how many sentences.
        seed: any whole number: the same pages and seed give the same sample.
        by: a column of claims to stratify by: `family`, `indicator`, `stage`, `level` …
        columns: what is asked of each figure, out of value, unit, bound, kind, direction, family,
            stage, period, place, modality and indicator.

    Returns:
        a `Sample`; its method `save` writes the coding sheet.

    Raises:
        QzError: there is no such column, nothing to draw from, or the files of a run are not as
            they were.

    >>> drawn = sample("全县受理事项43宗，办结36宗。会议强调作风。", n=2, seed=1)
    >>> sorted(drawn.sentences["sentence"])
    ['会议强调作风。', '全县受理事项43宗，办结36宗。']
    """
    if by not in {f.name for f in CLAIMS}:
        raise QzError(f"there is no column {by!r} of claims to stratify by; family is one")
    if wrong := [name for name in columns if name not in CODED]:
        raise QzError(f"{wrong[0]!r} is not coded; there are: {', '.join(CODED)}")
    if n < 1:
        raise QzError(f"a sample of {n} sentences is none; 200 are a good number")
    held: dict[str, list[tuple[int, _Drawn]]] = defaultdict(list)
    sizes: Counter[str] = Counter()
    texts = 0
    for page in _pages(source, by):
        texts += 1
        for stratum, start, end in _sentences(page):
            sizes[stratum] += 1
            mine, lot = held[stratum], _lot(seed, page.document, start)
            # the largest of the lots that are held stands first
            if len(mine) < n or -lot > mine[0][0]:
                (heapq.heappush if len(mine) < n else heapq.heapreplace)(
                    mine, (-lot, _drawn(page, lot, start, end))
                )
    if not sizes:
        raise QzError("no sentence to draw from; give pages with text in them")
    wanted = _allocated(sizes, n)
    strata = sorted(wanted)
    chosen = [
        (one, number, wanted[stratum] / sizes[stratum])
        for number, stratum in enumerate(strata, 1)
        for _, one in sorted(held[stratum], reverse=True)[: wanted[stratum]]
    ]
    chosen.sort(key=lambda entry: entry[0].lot)
    rows = [
        (at, mask_names(one.doc), one.hash, one.start, one.end, stratum, chance, *one.shown)
        for at, (one, stratum, chance) in enumerate(chosen, 1)
    ]
    about = {
        "version": VERSION, "seed": seed, "n": n, "by": by, "documents": texts,
        "strata": [[number, sizes[name], wanted[name]] for number, name in enumerate(strata, 1)],
        **definitions(columns),
    }  # fmt: skip
    labels = {name: labels_of(name) for name in columns}
    return Sample(frame(rows, SAMPLE), _blank(columns), labels, about)


def _blank(columns: Sequence[str]) -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(columns=["id", "figure", "at", *columns])


def _allocated(sizes: Mapping[str, int], n: int) -> dict[str, int]:
    """How many sentences of each stratum are drawn: two at least, where it has as many.

    Inside the sentences with figures by the root of a stratum's size, by highest averages (Webster),
    so that a rare family is seen at all.

    >>> _allocated({"petition": 900, "funds": 100, "(no number)": 50}, 20)
    {'petition': 14, 'funds': 4, '(no number)': 2}
    """
    read = sum(sqrt(size) for name, size in sizes.items() if name not in _SHARES)
    rest = 1 - sum(_SHARES[name] for name in sizes if name in _SHARES)
    weights = {
        name: _SHARES[name] if name in _SHARES else rest * sqrt(size) / read
        for name, size in sizes.items()
    }
    least = 2 if 2 * len(sizes) <= n else 1
    wanted = {name: min(least, size) for name, size in sizes.items()}
    while sum(wanted.values()) < min(n, sum(sizes.values())):
        free = [name for name in sizes if wanted[name] < sizes[name]]
        most = max(free, key=lambda name: weights[name] / (wanted[name] + 0.5))
        wanted[most] += 1
    return wanted


def _lot(seed: int, document: Document, start: int) -> int:
    """The lot of a sentence: 64 bits that nobody can foretell, the same in every run."""
    key = f"{seed}:{document.doc}:{start}:{text_hash(document.text)}"
    return int.from_bytes(sha256(key.encode("utf-8", "surrogatepass")).digest()[:8], "big")


def _sentences(page: _Page) -> Iterator[tuple[str, int, int]]:
    """The sentences of a page with their stratum, in the order of the text."""
    spans = list(_spans(page.document))
    starts = [start for start, _ in spans]
    first: dict[int, tuple[int, str]] = {}
    for claim in page.claims:
        at = max(bisect_right(starts, claim[0]) - 1, 0)
        first[at] = min(first.get(at, claim), claim)
    for at, (start, end) in enumerate(spans):
        if at in first:
            yield first[at][1] or _EMPTY, start, end
        else:
            plain = folded(page.document.text[start:end])
            yield (_NUMBER if NUMBERED.search(plain) else _BARE), start, end


def _drawn(page: _Page, lot: int, start: int, end: int) -> _Drawn:
    text = page.document.text
    begins = [at for at in page.reports if at <= start]
    head = text[begins[-1] if begins else page.document.body : end].lstrip().split("\n", 1)[0]
    far = max(page.document.body, start - _BEFORE - _AROUND)
    around = (text[far:start], text[start:end], text[end : end + _AFTER + _AROUND])
    return _Drawn(lot, page.document.doc, text_hash(text), start, end, head[:_HEAD], around)


def _spans(document: Document) -> Iterator[tuple[int, int]]:
    """The sentences of a document in its raw text, without the blanks round them."""
    page = clean(document.text[document.body :])
    begin = 0
    for stop in [*(m.end() for m in SENTENCE.finditer(page.text)), len(page.text)]:
        while begin < stop:
            end = stop
            if stop - begin > _LONGEST:
                comma = _COMMA.search(page.text, begin + _LONGEST // 2, stop)
                end = comma.end() if comma else stop
            piece = page.text[begin:end]
            if _WORD.search(piece):
                left = begin + len(piece) - len(piece.lstrip())
                right = end - len(piece) + len(piece.rstrip())
                start, last = page.span(left, right)
                yield start + document.body, last + document.body
            begin = end


def _pages(source: "Source | Store", by: str) -> Iterator[_Page]:
    if isinstance(source, Store):
        yield from _stored(source, by)
        return
    known = sidecar(None, paths_of(source))
    for document in read_documents(source, known=known):
        if isinstance(document, ReadError):
            if not isinstance(document, PartError):
                warnings.warn(f"{document}; left out of the sample", stacklevel=3)
            continue
        with limited(document.doc, len(document.text)):
            rows = gather(document)
        claims = [(claim.start, str(getattr(claim, by))) for claim in rows.claims]
        yield _Page(document, claims, [row[2] for row in rows.reports])


def _stored(store: Store, by: str) -> Iterator[_Page]:
    """The documents of a run with what it read in them."""
    claims: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for batch in store.iter_claims(columns=["doc", "hash", "start", by]):
        for doc, hashed, start, cell in batch[["doc", "hash", "start", by]].to_numpy(object):
            claims[doc, hashed].append((start, str(cell)))
    reports = store.reports(columns=["doc", "start"]).groupby("doc")["start"].agg(list).to_dict()
    for document in _texts(store):
        key = document.doc, text_hash(document.text)
        yield _Page(document, claims.get(key, []), reports.get(document.doc, []))


def _texts(store: Store) -> Iterator[Document]:
    """The texts of a run: its files read again, if they are as they were, else what it kept."""
    table = store.documents(columns=["doc", "file", "hash"])
    left: dict[Path, dict[str, str]] = defaultdict(dict)
    for doc, file, hashed in table.to_numpy(object):
        path = Path(file)
        # behind an archive's name stands its name in there
        real = next((one for one in (path, *path.parents) if one.is_file()), path)
        left[real][hashed] = doc
    for real, wanted in left.items():
        for document in file_documents(real) if real.is_file() else ():
            if isinstance(document, Document):
                doc = wanted.pop(text_hash(document.text), None)
                if doc is not None:
                    yield Document(doc, document.text, document.meta, document.body)
        for hashed, doc in wanted.items():
            text = store.text(doc)
            if text is None or text_hash(text) != hashed:
                fault = "is not there any more, or not as the run read it"
                way_out = "run the same `qz extract` again, best with --keep-text"
                raise QzError(f"{real}: {fault}; {way_out}")
            yield Document(doc, text)
