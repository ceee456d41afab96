"""Web pages give the text of their body: nothing of it lost, nothing of the site around it kept."""

import time

import pytest

from qz_analysis.errors import ReadError
from qz_analysis.readers.detect import kind
from qz_analysis.readers.html import html, mhtml

BODY = (
    "<p>全县共受理群众来信来访1,243件次，办结率97.6%。</p><p>（一）落实责任。</p><p>办结率98%</p>"
)
TEXT = "全县共受理群众来信来访1,243件次，办结率97.6%。\n（一）落实责任。\n办结率98%"
AROUND = [
    '<ul><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li></ul>',
    "<nav>今日值班12人</nav>",
    '<div class="position">当前位置：<a href="/">首页</a> &gt; 正文</div>',
    '<div>浏览次数：<span id="n">1532</span></div>',
    "<div>【字体：大 中 小】【<a href='#'>打印本页</a>】【关闭窗口】</div>",
    '<div>上一篇：<a href="/b">某乡上半年接访13件</a></div>',
    '<h3>相关链接</h3><p><a href="/c">某镇上半年接访12件</a></p>',
    '<div class="foot-nav">站内共有88条</div>',
    "<div><p>主办单位：某县人民政府</p><p>联系电话：0831-1234567</p><p>版权所有 ICP备05012345号</p></div>",
    "<script>var n = 12;</script><style>p { x: 1 }</style><!-- 12件 --><template>12件</template>",
    "<p style='color:red; display : none'>12件</p><div hidden>13件</div>",
]


def table(rows, extra=""):
    cells = "".join("<tr>" + "".join(row) + "</tr>" for row in rows)
    return f"<p>前文。</p><table>{extra}{cells}</table><p>后文。</p>"


def text(page):
    return html(page.encode())


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("frame", ["{0}{1}", "{1}{0}", "<table><tr><td>{0}<td>{1}</table>"])
def test_what_is_around_the_body_goes(around, frame):
    """Menus, counters, tools, links to other pages, footers, scripts and what is hidden go; the body stays whole."""
    assert text("<html><body>" + frame.format(around, BODY)) == TEXT


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>网站浏览次数达12万次，点击量8万。</p>", "网站浏览次数达12万次，点击量8万。"),
        (
            "<p>受理12件，<a href='/x'>详见某县信访局网站公布的情况</a>。</p>",
            "受理12件，详见某县信访局网站公布的情况。",
        ),
        ("<a href='#'><p>受理12件。</p><p>办结9件。</p>", "受理12件。\n办结9件。"),
        (
            "<nav><p>受理12件，办结9件，全县群众满意率98%。</p></nav>",
            "受理12件，办结9件，全县群众满意率98%。",
        ),
        (
            "<form><p>受理12件，办结9件，全县群众满意率98%。</p></form>",
            "受理12件，办结9件，全县群众满意率98%。",
        ),
        ("<p>受理<b>1</b><span>2</span>件</p>", "受理12件"),
        ("<p>受理12件<br>办结9件", "受理12件\n办结9件"),
        ("<div>受理12件<div>办结9件</div>结案3件</div>", "受理12件\n办结9件\n结案3件"),
        ("<p>受理&#49;2件&nbsp;&lt;办结&gt;</p>", "受理12件\xa0<办结>"),
        ("<p>信<ruby>访<rp>(</rp><rt>fǎng</rt></ruby>12件</p>", "信访12件"),
        (
            "<p>受理12<sup>1</sup>件<sup>[2]</sup>，面积30m<sup>2</sup>，3×10<sup>4</sup>元</p>",
            "受理12¹件，面积30m²，3×10⁴元",
        ),
        ("<pre>受理12件\n办结9件</pre>", "受理12件\n办结9件"),
        ("<p>受理12件&#xD800;</p>", "受理12件\ufffd"),
    ],
)
def test_lines_and_characters(page, expected):
    """Blocks and line breaks end a line, inline elements do not; entities, readings and footnote marks are resolved."""
    assert text(page) == expected


GAPS = [
    ("1<s>2</s>3", "1\ufffc3"),
    ("<del>1</del>3", "\ufffc3"),
    ("1<strike>3</strike>", "1\ufffc"),
    ("1<span style='text-decoration: line-through'>2</span>3", "1\ufffc3"),
    ("1<span style='vertical-align:super'>2</span>3", "1²3"),
    ("1<img src=2.png>3", "1\ufffc3"),
    ("1 <img src=2.png> 3", "1 \ufffc 3"),
    ("1<input value=2>3", "1\ufffc3"),
    ("1<input type=hidden>3", "13"),
    ("1<select><option>2</select>3", "1\ufffc3"),
    ("1<svg/>3", "1\ufffc3"),
    ("1<canvas></canvas>3", "1\ufffc3"),
    ("1<object></object>3", "1\ufffc3"),
    ("1<math><mn>2</mn></math>3", "1\ufffc3"),
    ("1<script>document.write(2)</script>3", "1\ufffc3"),
    ("1<i class=icon-num2></i>3", "1\ufffc3"),
    ("1<u>&nbsp;</u>3", "1 \ufffc 3"),
    ("1<bdo dir=rtl>23</bdo>", "1\ufffc"),
    ("1<span style='visibility:hidden'>2</span>3", "1\ufffc3"),
    ("1<span style='font-size:0'>2</span>3", "13"),
    ("1<sup>2</sup>3", "1²3"),
    ("1<sub>2</sub>3", "1₂3"),
    ("12<sup>[1]</sup>", "12"),
    ("1<wbr><!-- 2 --><b>3</b>", "13"),
]


@pytest.mark.parametrize(("number", "expected"), GAPS)
def test_what_is_no_text_inside_a_number_leaves_a_mark(number, expected):
    """Struck-out digits, pictures, controls and blanks do not join the digits round them, in a cell either."""
    assert text(f"<p>受理{number}件") == f"受理{expected}件"
    rows = f"<table><tr><td>乡镇<td>受理<tr><td>甲镇<td>{number}</table>"
    assert f"| {expected} |" in text(rows)


def test_what_is_no_text_elsewhere_leaves_none():
    """A picture before a line or behind a word, and words that are struck out, do not show."""
    page = "<p><img src=a>12个<s>旧</s>乡镇<img src=b>，<del>来访19件</del>办结3件"
    assert text(page) == "12个乡镇，办结3件"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (table([["<td>乡镇", "<td>受理"], ["<td>甲镇", "<td>12"]]), "| 乡镇 | 受理 |\n| 甲镇 | 12 |"),
        (table([["<th rowspan=2>乡镇", "<th colspan=2>受理"], ["<th>来信", "<th>来访"], ["<td>甲镇", "<td>1", "<td>2"]]),
         "| 乡镇 | 受理 | 受理 |\n| 乡镇 | 来信 | 来访 |\n| 甲镇 | 1 | 2 |"),
        (table([["<td>乡镇", "<td>受理", "<td>办结"], ["<td>甲镇", "<td colspan=2>12"], ["<td>乙镇", "<td>3", "<td>4"]]),
         "| 乡镇 | 受理 | 办结 |\n| 甲镇 | 12 |  |\n| 乙镇 | 3 | 4 |"),
        (table([["<td>甲", "<td rowspan=9>12"], ["<td>乙"]]), "| 甲 | 12 |\n| 乙 |  |"),
        (table([["<td>甲", "<td>12", "<td rowspan=2>全县"], ["<td>乙"]]), "| 甲 | 12 | 全县 |\n| 乙 |  | 全县 |"),
        (table([["<td><p>办结<br>率", "<td><p><span>97</span></p>"]]), "| 办结率 | 97 |"),
        (table([["<td>甲", "<td>12<br>34"]]), "| 甲 | 12；34 |"),
        (table([["<td>甲|乙", "<td>12"]]), "| 甲¦乙 | 12 |"),
    ],
)  # fmt: skip
def test_tables(page, expected):
    """A table of data comes as a grid between empty lines; words are repeated over merged cells, numbers are not."""
    assert text(page) == f"前文。\n\n{expected}\n\n后文。"


def test_caption_unit_and_note_stand_round_the_table():
    """A caption and a unit in a row over the whole width stand before the table, a note in the last row behind it."""
    rows = [
        ["<td colspan=2>单位：万元"],
        ["<td>乡镇", "<td>资金"],
        ["<td>甲镇", "<td>12"],
        ["<td colspan=2>注：不含乡村"],
    ]
    assert text(table(rows, "<caption>投入情况</caption>")) == (
        "前文。\n投入情况\n单位：万元\n\n| 乡镇 | 资金 |\n| 甲镇 | 12 |\n\n注：不含乡村\n后文。"
    )


def test_layout_tables_give_paragraphs_and_their_data_tables_stay():
    """A table that lays out the page gives paragraphs, and a table of data in it a grid."""
    inner = "<table><tr><td>甲镇<td>12</table>"
    assert (
        text(f"<table><tr><td>左边<td><p>前文。</p>{inner}</table>")
        == "左边\n前文。\n\n| 甲镇 | 12 |"
    )
    assert text(f"<table><tr><td>一<td>{'长' * 200}</table>") == "一\n" + "长" * 200


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("某县工作总结_某县人民政府网", "某县工作总结\n"),
        ("某县工作总结 - 中国某县", "某县工作总结\n"),
        ("某县门户网站|某县工作总结", "某县工作总结\n"),
        ("无标题文档", ""),
        ("办结率98%", ""),
    ],
)
def test_title_comes_first_when_the_body_lacks_it(title, expected):
    """The title without the site's name is the first line, unless the body says it or it says nothing."""
    assert text(f"<title>{title}</title>{BODY}") == expected + TEXT


@pytest.mark.parametrize(
    ("encoding", "stated"),
    [
        ("gb18030", "gb2312"),
        ("gb18030", "utf-8"),
        ("utf-8", "gb2312"),
        ("big5", "big5"),
        ("utf-16", "utf-8"),
    ],
)
def test_the_stated_encoding_is_a_hint(encoding, stated):
    """A page that states a wrong encoding is read by its bytes."""
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={stated}"><p>縣委接待群眾來訪12件，辦結率九成。</p>'
    assert html(page.encode(encoding)) == "縣委接待群眾來訪12件，辦結率九成。"


@pytest.mark.parametrize(
    "page", ["<html><body></body>", "<html><title>标题</title><script>x</script>", "<p>&nbsp;</p>"]
)
def test_a_page_without_text_is_an_error(page):
    """A page that a script would fill says so."""
    with pytest.raises(ReadError, match="no text of its own"):
        text(page)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<div>" * 100_000 + "受理12件", None),
        ("<table><tr><td>" * 50_000 + "受理12件", None),
        ("<div " + " ".join(f"a{i}=1" for i in range(50_000)) + ">受理12件", None),
        ("<div>" * 2_000 + "受理12件", "受理12件"),
        ("<html><script>" + "<div>" * 100_000 + "</script>受理12件", "受理12件"),
        ("<!-- " + "<div>" * 100_000 + "-->受理12件", "受理12件"),
        ("<p>" + "受理12件，" * 400_000 + "</p>", "受理12件，" * 400_000),
        (
            "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/hosts'>]><p>受理12件&a;</p>",
            "]>\n受理12件&a;",
        ),
    ],
)
def test_hostile_pages_take_little_time(page, expected):
    """Deep nesting, crowds of attributes and endless lines are read or refused within seconds; no entity is fetched."""
    start = time.process_time()
    if expected is None:
        with pytest.raises(ReadError, match="nested"):
            text(page)
    else:
        assert text(page) == expected
    # what grew with the square of such a page would take hours
    assert time.process_time() - start < 60


def test_spans_that_would_fill_the_memory_are_not_expanded():
    """Spans over millions of cells count as one cell each."""
    rows = [["<td colspan=1000 rowspan=60000>12", "<td>甲"]] * 2_000
    assert len(text(table(rows))) < 40_000


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_pages_saved_as_one_file(transfer, encoding):
    """The page in an .mht file is read whatever the transfer encoding, its pictures and frames are not."""
    import base64
    import quopri

    page = BODY.encode(encoding)
    coded = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes, "8bit": bytes}[
        transfer
    ](page)
    head = f"Content-Type: text/html; charset={encoding}\r\nContent-Transfer-Encoding: {transfer}\r\n\r\n".encode()
    data = (
        b'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="=b"\r\n\r\n--=b\r\n'
        + head + coded + b"\r\n--=b\r\nContent-Type: image/png\r\n\r\n12\r\n--=b--\r\n"
    )  # fmt: skip
    assert mhtml(data) == TEXT


@pytest.mark.parametrize("before", [b"", b"\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"])
@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("transfer", ["quoted-printable", "base64"])
def test_pages_saved_by_word_are_known(transfer, order, before):
    """Whichever header comes first, a mark or an empty line before it, the file is a saved page."""
    import base64
    import quopri

    code = quopri.encodestring if transfer == "quoted-printable" else base64.encodebytes
    heads = [b"MIME-Version: 1.0", b'Content-Type: multipart/related; boundary="=b"'][::order]
    part = f"Content-Transfer-Encoding: {transfer}\r\nContent-Type: text/html; charset=utf-8\r\n"
    data = before + b"\r\n".join([*heads, b"", b"one file", b"", b"--=b", part.encode()])
    data += b"\r\n" + code("<p>办结率98%，受理23件。</p>".encode()) + b"\r\n--=b--\r\n"
    assert kind(data) == "mhtml"
    assert mhtml(data) == "办结率98%，受理23件。"


def test_a_mail_without_a_page_is_an_error():
    """A file of mail headers alone is an error with a way out."""
    with pytest.raises(ReadError, match="save it anew"):
        mhtml(b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n")


def test_elements_of_word_stand_within_the_line():
    """A page saved by Word has o:p and st1:chsdate in the middle of a sentence; they end no line."""
    page = "<p>自<st1:chsdate>2011</st1:chsdate>年<o:p></o:p>起，受理<span>193<o:p>&nbsp;</o:p></span>批次。</p>"
    assert html(page.encode()).replace("\xa0", "") == "自2011年起，受理193批次。"
