"""What earlier work depends on: the package's code, the words in force, and what reads files on this machine."""

import hashlib
import re
import shutil
from pathlib import Path

from ..vocabularies.session import files_in_force
from .workers import Limits

__all__ = ["means", "package", "words"]

#: programs and packages that read kinds of files: with a new one, what failed is tried again
_TOOLS = ("antiword", "catdoc", "soffice", "libreoffice")


def package() -> str:
    """Hash of the code and the words that make the tables."""
    hashed = hashlib.sha256()
    for path in sorted(Path(__file__).parent.parent.rglob("*")):
        if path.suffix in {".py", ".toml"}:
            hashed.update(path.name.encode() + path.read_bytes())
    return hashed.hexdigest()[:16]


def words() -> str:
    """Hash of the user's vocabulary in force, nothing without one."""
    texts = [file.text for file in files_in_force()]
    return hashlib.sha256(repr(texts).encode()).hexdigest()[:16] if texts else ""


def means(limits: Limits) -> str:
    """What decides whether a file that failed may be read now: the limits, the packages and programs that read it."""
    from importlib.metadata import PackageNotFoundError, version

    found = []
    for line in _wanted():
        try:
            found.append(f"{line} {version(line)}")
        except PackageNotFoundError:
            found.append(f"{line} none")
    tools = [tool for tool in _TOOLS if shutil.which(tool)]
    return repr((tuple(limits), sorted(set(found)), tools))


def _wanted() -> list[str]:
    """Names of the packages of the extra `files`."""
    from importlib.metadata import requires

    try:
        lines = requires("qz-analysis") or []
    except ModuleNotFoundError:
        return []
    return [m[0] for line in lines if "files" in line.partition(";")[2] and (m := re.match(r"[\w.-]+", line))]
