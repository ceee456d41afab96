"""The reference pages: every public name with its example, and nothing fetched from elsewhere."""

import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import qz_analysis as qz

SCRIPT = Path(__file__).parent.parent / "docs" / "reference.py"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The pages, made as the command makes them; a warning of the generator would be an error."""
    folder = tmp_path_factory.mktemp("reference")
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(folder)], capture_output=True, text=True
    )
    assert done.returncode == 0 and not done.stderr, done.stderr
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*.html")
    }


def test_every_name_has_its_place(pages):
    """Each public name, each function of a public module and each class that users get stands on a page."""
    shown = {name: set(re.findall(r'<section id="([\w.]+)"', text)) for name, text in pages.items()}
    modules = {name for name in qz.__all__ if inspect.ismodule(getattr(qz, name))}
    assert {*pages} == {
        "index.html",
        "qz_analysis.html",
        *(f"qz_analysis/{name}.html" for name in modules),
    }
    assert {*qz.__all__} - modules | {"Store", "Tables", "Document"} <= shown["qz_analysis.html"]
    for name in modules:
        assert {*getattr(qz, name).__all__} <= shown[f"qz_analysis/{name}.html"]


def test_examples_are_shown(pages):
    """The pages show the examples, with the Chinese characters in a font of their own."""
    text = pages["qz_analysis.html"]
    assert len(re.findall(r"&gt;&gt;&gt;", text)) > 3 * len(qz.__all__)
    assert "@font-face{font-family:qz;src:url(data:font/woff;base64," in text


def test_nothing_is_fetched(pages):
    """No page asks for anything but what lies beside it, and none names a folder of the machine."""
    for name, text in pages.items():
        asked = re.findall(
            r"""(?:\bsrc=|url\(|@import |<link[^>]*?href=|fetch\()["']?([^"')\s>]+)""", text
        )
        assert not [one for one in asked if not one.startswith(("data:", "#")) and "//" in one], (
            name
        )
        assert str(SCRIPT.parent.parent) not in text
