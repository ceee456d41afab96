"""The reference pages: every public name with its example, and nothing fetched from elsewhere."""

import inspect
import re
import subprocess
import sys
from importlib import util
from pathlib import Path

import pytest

import qz_analysis as qz

# a build of all pages takes minutes of a small machine
pytestmark = pytest.mark.long

SCRIPT = Path(__file__).parent.parent / "docs" / "reference.py"


def module(name):
    """A script of docs/ as a module."""
    spec = util.spec_from_file_location(name, SCRIPT)
    loaded = util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the pages are written."""
    return tmp_path_factory.mktemp("reference")


@pytest.fixture(scope="module")
def pages(folder):
    """The pages, made as the command makes them; a warning of the generator would be an error."""
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
    prose = {path.removesuffix(".md") + ".html" for path in module("reference").PROSE}
    assert {*pages} - prose == {
        "index.html",
        "qz_analysis.html",
        *(f"qz_analysis/{name}.html" for name in modules),
    }
    assert {*qz.__all__} - modules | {"Store", "Tables", "Document"} <= shown["qz_analysis.html"]
    for name in modules:
        assert {*getattr(qz, name).__all__} <= shown[f"qz_analysis/{name}.html"]


def test_every_page_leads_to_every_other(pages):
    """The READMEs, the pages of docs/ and the reference carry one navigation."""
    prose = {path.removesuffix(".md") + ".html" for path in module("reference").PROSE}
    assert {"README.html", "README.zh.html", "docs/audit.html", "data/README.html"} <= prose
    for name in {*pages} - {"index.html"}:
        up = "../" * name.count("/")
        links = set(re.findall(r'href="([^"#]+)"', pages[name]))
        assert {up + page for page in {*prose, "qz_analysis.html"}} <= links, name
    assert "url=README.html" in pages["index.html"]


def test_public_names_lead_to_their_reference(pages):
    """A public name in the prose is a link to its entry."""
    assert '<a href="../qz_analysis.html#findings"><code>qz.findings' in pages["docs/audit.html"]


def test_chinese_lines_join_without_a_space(pages):
    """A line that ends between two Chinese characters leaves no space on the page."""
    assert 'lang="zh-Hans"' in pages["README.zh.html"]
    assert not re.search(r"[，。；]\s+[\u4e00-\u9fff]", pages["README.zh.html"])


@pytest.mark.parametrize("link", ["b.html", "#c", "a.html#c", "../x.png", "docs/"])
def test_dead_links_are_errors(tmp_path, link):
    """A link to no page, no file or no heading is told with its page; other sites are not asked."""
    (tmp_path / "docs").mkdir()
    page = f'<h1 id="b">b</h1><a href="a.html#b">b</a><a href="https://a.b">c</a><a href="{link}">'
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    with pytest.raises(ValueError) as told:
        module("reference").check_links(tmp_path)
    assert str(told.value) == f"links that lead nowhere: a.html: {link}"


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
