"""What a report contains cannot act: not on a page, not in a terminal."""

import json
import os
import re
from html import unescape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from bs4.element import Comment, Doctype, NavigableString

from qz_analysis.cli import main
from qz_analysis.publish import links

pytestmark = pytest.mark.usefixtures("one_font", "kept_kernels", "kept_workers")

# a text that holds them is refused as no text; a name and an escape in the front matter are not
STEERING = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
# each carries the word ACTS where something would act; what must still be legible of it stands beside it
HOSTILE = {
    "script": "<script>ACTS(1)</script>",
    "picture": "<img src=x onerror=ACTS(1)>",
    "address": '<a href="javascript:ACTS(1)">x</a>',
    "style": "</style><style>body{ACTS:1}</style>",
    "end": "</td></table></main><iframe src=ACTS></iframe>",
    "entity": "&lt;script&gt;ACTS(1)&lt;/script&gt;",
    "jinja": "{{ 7*7 }}{% ACTS %}",
    "mathjax": "$\\href{javascript:ACTS}{x}$ \\(ACTS\\)",
    "markdown": "[x](javascript:ACTS) ![x](http://ACTS/x.png) | `ACTS` **x**",
    "bidi": "\u202eACTS\u2066\u200f",
    "ansi": "\x1b[31mACTS\x1b]0;title\x07\x9b2J\x08\x7f",
    "quote": "\" autofocus onfocus=ACTS x='",
}
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def page(words: str) -> str:
    """A report whose heading, place, subject and sentences carry the words."""
    return f"""# 甲山县{words}群众工作报告

甲山县信访局{words}受理{words}事项43宗，办结{words}36宗，办结率83.7%。{words}
甲山县{words}2011年投入{words}资金120万元，比上年增长20%，上年为{words}100万元。
全县共调解纠纷{words}300件，其中邻里纠纷{words}100件、土地纠纷{words}150件、其他50件。

甲山县{words}委
"""


def reports(folder: Path, hostile: dict[str, str]) -> Path:
    """Two reports for each kind: the words in the text of both, in the front matter and the name of one."""
    folder.mkdir()
    for kind, words in hostile.items():
        named = re.sub(r"[/\x00]", "_", words)
        meta = json.dumps({"place": f"甲{words}县", "title": f"题{words}", "level": "county"})
        (folder / f"{kind} {named}.md").write_text(
            f"---\n{meta}\n---\n{page(STEERING.sub('', words))}", encoding="utf-8"
        )
        (folder / f"{kind}-plain.txt").write_text(page(STEERING.sub("", words)), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile reports."""
    return reports(tmp_path_factory.mktemp("made") / "hostile", HOSTILE)


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Such reports with a harmless word, and with none, which show what a page is made of."""
    words = {"a": "与“ACTS”", "b": "与“ACTS”", "c": "", "d": ""}
    return reports(tmp_path_factory.mktemp("made") / "harmless", words)


def tags(*files: Path) -> set[tuple[str, ...]]:
    """The kinds of elements of some pages: each tag with the names of its attributes."""
    soups = [BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser") for file in files]
    return {
        (tag.name, name)
        for soup in soups
        for tag in soup.find_all(True)
        for name in ("", *tag.attrs)
    }


def checked(file: Path, known: set[tuple[str, ...]]) -> str:
    """The text of a page after making sure that nothing on it comes from a report but text."""
    html = file.read_text(encoding="utf-8")
    soup = BeautifulSoup(html, "html.parser")
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert policy is not None and str(policy["content"]).startswith("default-src 'none'")
    # what is amiss with a figure stands in small letters, whether or not the harmless page has any
    assert tags(file) <= known | {("small", "")}
    for tag in soup.find_all(True):
        assert not [
            name
            for name in tag.attrs
            if name.startswith("on") or name in ("autofocus", "srcdoc", "style")
        ], tag
        assert tag.name == "img" or not tag.get("src")
        assert (
            not str(tag.get("src", "data:"))
            .replace("data:", "", 1)
            .startswith(("http", "javascript", "x"))
        )
        assert re.match(r"#|places?[-.]|$", str(tag.get("href", ""))), tag
        if tag.name in ("script", "style"):
            assert "ACTS" not in re.sub(r"base64,[\w+/=]*", "", tag.get_text())
    assert (
        len(soup.find_all("script")) <= 1
        and len(soup.find_all("main")) == 1
        and len(soup.find_all("footer")) == 1
    )
    odd = [
        text
        for text in soup.find_all(string=True)
        if isinstance(text, Comment) or type(text) not in _PLAIN
    ]
    assert not [text for text in odd if not isinstance(text, Doctype)]
    assert not CONTROLS.search(html)
    return soup.get_text()


_PLAIN = {NavigableString, *(type(text) for text in BeautifulSoup("<style>a</style><script>b</script>", "html.parser").find_all(string=True)), Doctype}  # fmt: skip


def test_audit_page(folder: Path, harmless: Path, tmp_path: Path) -> None:
    """The HTML of an audit shows the words of a report as words, and none of them becomes a tag, an attribute or a script."""
    for made, name in ((folder, "audit.html"), (harmless, "known.html")):
        main(["audit", str(made), "--format", "html", "--out", str(tmp_path / name)])
    said = checked(tmp_path / "audit.html", tags(tmp_path / "known.html"))
    # the report's title stands with its figures: as text, whatever is in it
    half = said.translate(str.maketrans("（）", "()"))  # titles have the marks of Chinese print
    for kind in ("script", "picture", "jinja"):
        assert f"题{unescape(HOSTILE[kind])}" in half, kind
    assert "entity &lt;script&gt;ACTS(1)" in half  # a title that is spoilt gives way to the file
    assert "javascript:ACTS}{x}" in said
    assert "javascript:ACTS" in said and "`ACTS`" in said
    assert "7*7" in said and "题49" not in said


@pytest.mark.parametrize(
    "kinds",
    [
        pytest.param(("script", "jinja"), id="two", marks=pytest.mark.long),
        pytest.param(tuple(HOSTILE), id="all", marks=pytest.mark.long),
    ],
)
def test_profiles(
    kinds: tuple[str, ...], harmless: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So do the profiles of the places and their index."""
    pytest.importorskip("nbclient")
    monkeypatch.setattr(os, "cpu_count", lambda: 1)  # one kernel makes them all
    folder = reports(tmp_path / "in", {kind: HOSTILE[kind] for kind in kinds})
    for made, name in ((folder, "hostile"), (harmless, "known")):
        main(["brief", str(made), "--all", "--lang", "zh", "--out", str(tmp_path / name)])
    pages = sorted((tmp_path / "hostile").glob("*.html"))
    assert len(pages) > len(kinds)
    # marks of the template's own, which the harmless pages have no figure and no long table for
    field = links._field(BeautifulSoup("", "html.parser"), {"filter": "", "shown": "{} {}"}, 1)
    own = {(tag.name, name) for tag in [field, *field.find_all(True)] for name in ("", *tag.attrs)}
    known = tags(*(tmp_path / "known").glob("*.html")) | {("span", "class")} | own
    said = [checked(file, known) for file in pages]
    assert any("<script>ACTS(1)</script>" in text for text in said)
    assert any("{{ 7*7 }}" in text for text in said)


def test_terminal(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No control character of a text, a name of a place or a file reaches the terminal or the files of an audit."""
    (folder / "broken\x1b[31m\n\u202e.txt").write_bytes(b"\x00\xff\x01" * 99)
    try:
        for how in (
            ["audit"],
            ["audit", "--format", "json"],
            ["extract", "--out", str(tmp_path / "t")],
        ):
            main([how[0], str(folder), *how[1:]])
            out, err = capsys.readouterr()
            err = err[err.rfind("\r") + 1 :]  # behind what the progress bar wrote
            assert not CONTROLS.search(out) and not CONTROLS.search(err)
            assert "broken" in err and all(
                line.startswith("qz: ") for line in err.splitlines() if line.strip()
            )
            if "json" in how:
                assert {"bidi", "ansi"} <= {
                    found["doc"].split(" ")[0] for found in json.loads(out)["documents"]
                }
        assert (
            main(
                ["brief", str(folder), "--place", "no\x1b[31mwhere\n", "--out", str(tmp_path / "b")]
            )
            == 1
        )
        out, err = capsys.readouterr()
        assert not CONTROLS.search(out + err[err.rfind("\r") + 1 :])
    finally:
        (folder / "broken\x1b[31m\n\u202e.txt").unlink()


def test_names_leave_no_machine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A made-up person's name in a report is in none of the audit's texts and pages nor in a profile; the tables keep the words."""
    name = "欧阳春海"
    words = f"甲山县信访局调处信访人{name}反映事项43宗，办结{name}事项36宗，办结率83.7%。{name}满意。甲山县信访局\n"
    (tmp_path / f"信访人{name}.txt").write_text(words, encoding="utf-8")
    (tmp_path / "out").mkdir()
    path = str(tmp_path / f"信访人{name}.txt")
    for kind in ("text", "json"):
        main(["audit", path, "--format", kind])
        assert name not in (out := capsys.readouterr().out) and "欧阳**" in out
    main(["audit", path, "--format", "html", "--out", str(tmp_path / "out" / "audit.html")])
    main(["brief", path, "--place", "甲山县", "--out", str(tmp_path / "out")])
    pages = [file.read_text(encoding="utf-8") for file in (tmp_path / "out").glob("*.html")]
    assert len(pages) == 2
    for html in pages:
        said = BeautifulSoup(html, "html.parser").get_text()
        assert name not in html and name not in said and "欧阳**" in said
    main(["extract", path, "--out", str(tmp_path / "tables")])
    assert name in (tmp_path / "tables" / "claims.csv").read_text(encoding="utf-8")
