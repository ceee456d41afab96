"""Makes every table of this package anew from the texts, and says whether it is the same.

    python rebuild.py FOLDER_OF_TEXTS

The texts are known by their SHA-256 (texts.csv). What is made anew goes into rebuilt/; the exit code
is 0 when every file is equal, byte by byte.
"""

import csv
import json
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

import qz_analysis as qz

HOME = Path(__file__).resolve().parent


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    folder = Path(sys.argv[1])
    study = json.loads((HOME / "study.json").read_text(encoding="utf-8"))
    if qz.__version__ != study["version"]:
        print(f"made with qz_analysis {study['version']}, this is {qz.__version__}")
    paths, wrong = [], 0
    with (HOME / "texts.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            path = folder / row["file"]
            if not path.is_file():
                print(f"{row['file']}: is not in {folder}")
                wrong += 1
            elif sha256(path.read_bytes()).hexdigest() != row["sha256"]:
                print(f"{row['file']}: is another text than the one that was read")
                wrong += 1
            else:
                paths.append(path)
    if wrong:
        return 1
    if words := sorted((HOME / "vocabulary").glob("*.toml")):
        qz.vocabulary(*words)
    with tempfile.TemporaryDirectory() as scratch:
        made = qz.replicate(
            paths,
            Path(scratch) / "rebuilt",
            corrections=sorted((HOME / "corrections").glob("*")),
            documents=sorted((HOME / "documents").glob("*.[cx]*")),
            indicators=study["indicators"],
        )
        names = ["panel.csv", "codebook.csv", *(f"tables/{n}.csv" for n in TABLES)]
        for name in names:
            old, new = HOME / name, made / name
            if old.exists() or new.exists():
                same = old.exists() and new.exists() and old.read_bytes() == new.read_bytes()
                print(f"{name}: {'the same' if same else 'DIFFERS'}")
                if not same and new.exists():
                    (HOME / "rebuilt" / name).parent.mkdir(parents=True, exist_ok=True)
                    (HOME / "rebuilt" / name).write_bytes(new.read_bytes())
                wrong += not same
    return int(wrong > 0)


TABLES = ("claims", "relations", "reports", "errors")

if __name__ == "__main__":
    sys.exit(main())
