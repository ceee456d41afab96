"""CITATION.cff says what is to be cited, and says of the package what the package says of itself."""

import re
import tomllib
from pathlib import Path

import yaml

import qz_analysis as qz

ROOT = Path(__file__).parent.parent
CITED = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_keys_that_the_format_requires():
    """Citation File Format 1.2.0 requires four keys, and knows the others that stand there."""
    assert CITED["cff-version"] == "1.2.0"
    assert all(isinstance(CITED[key], str) and CITED[key] for key in ("message", "title"))
    assert [*CITED] == ["cff-version", "message", "type", "title", "abstract", "authors", "version", "license", "keywords"]  # fmt: skip
    assert CITED["type"] == "software"
    assert all(isinstance(word, str) for word in CITED["keywords"])


def test_it_agrees_with_the_package():
    """Version, licence and keywords are the package's own; the version is a string, as the format wants it."""
    assert CITED["version"] == qz.__version__ == PROJECT["version"]
    assert CITED["license"] == PROJECT["license"]
    assert CITED["keywords"] == PROJECT["keywords"]


def test_it_names_no_person_and_no_day():
    """The author is an entity, and no date or address can go stale."""
    assert CITED["authors"] == [{"name": "qz_analysis contributors"}]
    assert not re.search(
        r"\d{4}-\d{2}-\d{2}|https?:", (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    )
