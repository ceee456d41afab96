"""Coverage-guided fuzzing, by hand: `python benchmarks/fuzz_atheris.py text|html|docx|pdf [FOLDER] [-max_total_time=3600]`.

Needs `pip install atheris` and the package with its `files` extra in one environment. FOLDER keeps what was learnt between runs; inputs
that fail are written to the working directory as `crash-*`, and one of them is tried again by giving its path alone. What counts as a
failure is what `tests/test_fuzz.py` checks: any exception but ReadError, and claims whose places or numbers do not hold.
"""

import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
with atheris.instrument_imports(include=["qz_analysis", "docx", "charset_normalizer"]):
    import test_fuzz

    from qz_analysis.errors import QzError
    from qz_analysis.readers.detect import decode

WORD, BODY = test_fuzz.a_document(), "word/document.xml"
LONGEST = 3000  # characters of a text that are extracted: more only cost time


def text(data: bytes) -> None:
    """Bytes of a text file, decoded and extracted; every second one also with its digits masked."""
    words = decode(data)[:LONGEST]
    told(test_fuzz.check(words))
    if len(data) % 2:
        told(test_fuzz.invented(words, "x*"[len(data) // 2 % 2]))


def through(module: str, name: str) -> Callable[[bytes], None]:
    """A file's bytes through one reader, what it gives extracted."""
    import importlib

    with atheris.instrument_imports(include=["qz_analysis"]):
        read = getattr(importlib.import_module(f"qz_analysis.readers.{module}"), name)
    read(
        next(make for _, kind, make, _ in test_fuzz.FILES if kind == name)(), "sample"
    )  # a missing library shows here

    def work(data: bytes) -> None:
        told(test_fuzz.check(read(with_body(data) if name == "docx" else data, "fuzz")[:LONGEST]))

    return work


def with_body(data: bytes) -> bytes:
    """A Word file whose text part is the data: flips in the zip itself would only fail its checksums."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORD)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            new.writestr(part, data if part == BODY else old.read(part))
    return out.getvalue()


def told(problem: str) -> None:
    """Turns a finding into a crash that the fuzzer keeps."""
    if problem:
        raise AssertionError(problem)


def seeds(kind: str, folder: Path) -> None:
    """First inputs, where the folder has none."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        return
    if kind == "text":
        for n, passage in enumerate(test_fuzz.passages()):
            encoding = ("utf-8", "utf-8", "gb18030", "utf-16")[n % 4]
            (folder / f"{n}.txt").write_bytes(passage.encode(encoding))
    else:
        sample = next(make for _, name, make, _ in test_fuzz.FILES if name == kind)
        data = zipfile.ZipFile(io.BytesIO(WORD)).read(BODY) if kind == "docx" else sample()
        (folder / f"sample.{kind}").write_bytes(data)


def main() -> None:
    """Fuzzes one way in until stopped."""
    kind, *rest = sys.argv[1:]
    work = (
        text
        if kind == "text"
        else through(*next((m, n) for m, n, _, _ in test_fuzz.FILES if n == kind))
    )
    for argument in rest:
        if not argument.startswith("-") and not Path(argument).is_file():
            seeds(kind, Path(argument))

    def one(data: bytes) -> None:
        try:
            work(data)
        except QzError:  # refused with a reason
            return

    atheris.Setup([sys.argv[0], "-timeout=10", "-rss_limit_mb=3000", "-max_len=60000", *rest], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
