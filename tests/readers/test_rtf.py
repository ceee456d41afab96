"""Rich text becomes text with its tables, or one clear error."""

import pytest

from qz_analysis.errors import ReadError
from qz_analysis.readers.rtf import rtf


def refused(reader, data):
    with pytest.raises(ReadError) as caught:
        reader(data, "x")
    assert caught.value.file == "x" and caught.value.way_out
    return caught.value.reason


RICH = [
    (rb"{\rtf1\ansi\ansicpg936 \'ca\'dc\'c0\'ed98\'bc\'fe\par}", "受理98件\n"),
    (rb"{\rtf1\ansi\ansicpg950 \'a8\'fc\'b2z\par}", "受理\n"),  # a second byte that is a letter
    (
        rb"{\rtf1\ansi\ansicpg950 " + "受理成功".encode("big5") + rb"\par}",
        "受理成功\n",
    ),  # raw, with a byte of a backslash
    (rb"{\rtf1{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset136 B;}}\f1 \'a8\'fc\'b2\'7a\par}", "受理\n"),
    (rb"{\rtf1\uc2 \u21463\'ca\'dc\u29702??98\par}", "受理98\n"),
    (rb"{\rtf1\uc0\u-10179\u-9216\par}", "\U0001f400\n"),
    (rb"{\rtf1 1{\*\unknown 2{\b 3}}4{\pict 5\bin3 }}}6}7\par}", "14\ufffc7\n"),
    (rb"{\rtf1 1{\v 2}3\v 4\v0 5{\deleted 6}\par}", "135\n"),
    (rb"{\rtf1{\header 9}{\field{\*\fldinst HYPERLINK x}{\fldrslt 98}}\'bc\'fe\par}", "98件\n"),
    (rb"{\rtf1 98{\footnote\pard 7}\'bc\'fe\par}", "98件\n\n7\n"),
    (rb"{\rtf1 10{\super 3}\par}", "10^3\n"),
    (rb"{\rtf1 10{\up6 3}\par}", "10^3\n"),
    (rb"{\rtf1 10{\dn6 3}\par}", "10\ufffc3\n"),
    (rb"{\rtf1 10{\up0 3}\par}", "103\n"),
    (rb"{\rtf1 1\strike 2\strike0 3\par}", "1\ufffc3\n"),
    (rb"{\rtf1 1{\striked1 2}3\par}", "1\ufffc3\n"),
    (rb"{\rtf1 1{\*\shppict{\pict 5}}{\nonshppict{\pict 5}}3\par}", "1\ufffc3\n"),
    (rb"{\rtf1 1{\object 2}3\par}", "1\ufffc3\n"),
    (rb"{\rtf1 1{\sub 2}3\par}", "1\ufffc23\n"),
    (rb"{\rtf1 1{\ul \~}3\tab 4\par}", "1 \ufffc 3\ufffc4\n"),
    (rb"{\rtf1{\pict 5}12{\ul 3}\tab\'bc\'fe\par}", "123 件\n"),
    (rb"{\rtf1{\upr{1}{\*\ud{2}}}\par}", "2\n"),
    (rb"{\rtf1\{12\}\~\\3\par}", "{12}\xa0\\3\n"),
    (b"{\\rtf1 1\\\n2\\line 3\\par}", "1\n2\n3\n"),
    (b"{" * 200_000 + rb"\rtf1 12\par" + b"}" * 200_000, None),
    (rb"{\rtf1" + b"{" * 200_000 + rb"12\par" + b"}" * 200_000 + b"}", "12\n"),
    (rb"{\rtf1 12\par}}}}98", "12\n"),
]


@pytest.mark.parametrize(("data", "text"), RICH)
def test_rich_text_reads_as_it_is_shown(data, text):
    """RTF's escapes, groups and hidden parts are understood, a pile of braces too."""
    if text is None:
        assert "no RTF" in refused(rtf, data)
    else:
        assert rtf(data) == text


def test_merged_cells_of_rich_text():
    """RTF's merged cells, by flag or by width, are spread like Word's."""
    head = rb"\trowd\clvmgf\cellx1000\cellx3000\pard\intbl A\cell B\cell\row"
    rest = rb"\trowd\clvmrg\cellx1000\cellx2000\cellx3010\pard\intbl\cell C\cell D\cell\row"
    last = rb"\trowd\cellx1000\clmgf\cellx2000\clmrg\cellx3000\pard\intbl E\cell 12\par 34\cell\cell\row\pard F\par"
    want = "| A | B | B |\n| A | C | D |\n| E | 12 34 |  |\n\nF\n"
    assert rtf(rb"{\rtf1 " + head + rest + last + b"}") == want


def test_an_empty_line_keeps_rtf_tables_apart():
    """Two tables of an RTF file with only an empty paragraph between them do not share their heads."""
    row = rb"\trowd\cellx900\cellx1800\pard\intbl a\cell 1\cell\row"
    text = rtf(rb"{\rtf1 " + row + rb"\pard\par " + row + rb"\pard 2\par}")
    assert text == "| a | 1 |\n\n| a | 1 |\n\n2\n"
