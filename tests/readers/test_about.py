"""What a page or a Word file says of itself beside its text is taken from where it stands."""

from io import BytesIO

import pytest

from qz_analysis.readers.about import about
from qz_analysis.readers.read import read

TEXT = "唐县信访工作总结\n全县受理来访9件。"

PAGES = [
    ('<meta name="ArticleTitle" content="唐县信访工作总结">', "title", "唐县信访工作总结"),
    ('<meta property="og:title" content="唐县信访工作总结">', "title", "唐县信访工作总结"),
    ("<title>唐县信访工作总结_唐县人民政府网</title>", "title", "唐县信访工作总结"),
    ("<h1>唐县信访工作总结</h1>", "title", "唐县信访工作总结"),
    # a title that the text does not have is one when the page states it, not when it only shows it
    ('<meta name="ArticleTitle" content="甲县工作">', "title", "甲县工作"),
    ("<title>唐县信访工作总结</title><meta name='ArticleTitle' content='甲县工作'>", "title", "甲县工作"),
    ("<title>首页</title>", "title", ""),
    ("<h1>甲</h1><h1>乙</h1>", "title", ""),
    ('<meta name="PubDate" content="2020-01-15 09:30">', "dated", "2020-01-15"),
    ('<meta name="publishdate" content="2020年1月15日">', "dated", "2020-01-15"),
    ('<meta property="article:published_time" content="2020-01-15T09:30:00Z">', "dated", "2020-01-15"),
    ('<meta name="PubDate" content="昨天">', "dated", ""),
    ('<!-- <meta name="PubDate" content="2020-01-15"> -->', "dated", ""),
    ('<link rel="canonical" href="http://a.cn/1.html">', "url", "http://a.cn/1.html"),
    ('<meta name="Url" content="http://a.cn/1.html">', "url", "http://a.cn/1.html"),
    ('<link rel="canonical" href="/1.html">', "url", ""),
    ("<!-- saved from url=(0018)http://a.cn/1.html -->", "url", "http://a.cn/1.html"),
    ('<meta name="ContentSource" content="唐县人民政府办公室">', "issuer", "唐县人民政府办公室"),
    ('<meta name="author" content="admin">', "issuer", ""),
]  # fmt: skip


@pytest.mark.parametrize(("head", "name", "said"), PAGES)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_head_of_a_page(head, name, said, encoding):
    """Title, date, address and issuer stand in the head of a page, under the names that sites use."""
    page = f'<html><head><meta charset="{encoding}">{head}</head><p>{TEXT}</p>'
    found = about(page.encode(encoding), "html", TEXT, {})
    assert [getattr(one, name) for one in found if getattr(one, name)] == [said] * bool(said)


def test_a_page_saved_as_one_file_has_its_address():
    """The address that a browser notes in an archive of a page is that of the page."""
    mail = (
        "From: <Saved>\nSnapshot-Content-Location: http://a.cn/1.html\nMIME-Version: 1.0\n"
        "Content-Type: text/html; charset=utf-8\n\n<meta name='PubDate' content='2020-01-15'><p>a"
    )
    (known,) = about(mail.encode(), "mhtml", "a", {})
    assert (known.url, known.dated) == ("http://a.cn/1.html", "2020-01-15")


def test_the_properties_of_a_word_file():
    """Its title counts where the text has it; the day on which it was made is no date of a report."""
    from datetime import datetime

    from docx import Document

    document, stream = Document(), BytesIO()
    document.core_properties.title = "唐县信访工作总结"
    document.core_properties.created = datetime(2021, 3, 4)
    document.save(stream)
    (known,) = about(stream.getvalue(), "docx", TEXT, {})
    assert (known.title, known.made, known.dated) == ("唐县信访工作总结", "2021-03-04", "")
    (other,) = about(stream.getvalue(), "docx", "另一篇", {})
    assert other.title == ""


@pytest.mark.parametrize("form", ["html", "mhtml", "docx"])
@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"<meta name=" + b"\xff" * 99, b"<meta " * 5000])
def test_what_is_damaged_says_nothing(form, data):
    """Broken heads and properties never stop a file from being read."""
    assert about(data, form, TEXT, {}) == ()


def test_front_matter_outranks_the_rest(tmp_path):
    """What stands between two lines --- comes first, as its own source."""
    path = tmp_path / "a.md"
    path.write_text("---\nplace: 唐县\nurl: http://a.cn\n---\n受理3件。", encoding="utf-8")
    assert read(path).told("url").source == "front matter"
