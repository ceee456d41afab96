"""Seeded damage to texts and files, and the smallest input that still fails: what the fuzz tests and the fuzzer share."""

import io
import random
import zipfile
from collections.abc import Callable
from typing import Any

__all__ = ["broken_bytes", "broken_page", "broken_text", "broken_zip", "smallest"]

Random = random.Random
_DIGITS = ["0", "1", "7", "10", "2011", "000", "９", "３.５", "1,234", "1.2.3", "9" * 30, "1" * 400, "0." + "3" * 40, "1e9", "-5", "①", "Ⅳ", "٣"]  # fmt: skip
_NUMERALS = ["一", "十", "百", "万亿", "亿亿", "两三", "几十", "半", "零零", "廿", "壹佰", "二〇一一", "百分之", "三分之", "点五", "成", "万万万"]  # fmt: skip
_UNITS = ["件", "人次", "批次", "万元", "亿元", "%", "％", "个百分点", "户", "元/年", "倍", "成", "‰", "平方公里", "(次)", "人·月", "年", "月", "日"]  # fmt: skip
_MASKS = [
    "x",
    "xx",
    "**",
    "*",
    "X.X",
    "??",
    "？",
    "×",
    "ＸＸ",
    "某",
    "□",
    "1x",
    "x1",
    "○",
    "●",
    "■",
    "#",
    "_",
    "…",
    "х",
    "²",
    "③",
    "1某3",
]
_MARKS = ["，", "。", "；", "、", "（", "）", "(", ")", "“", "”", "-", "—", "～", "至", ":", "/", ".", ",", "\n", "\n12、", "\n# ", "\n第一篇：", "|", "\n| 1 | x |\n", "---\n"]  # fmt: skip
_CONTROLS = [chr(c) for c in (*range(1, 32), 127, 133)] + [
    "\u2007",
    "\u2009",
    "\u2028",
    "\u202e",
    "\u2066",
    "\u061c",
    "\ufe0f",
    "\ufeff",
    "\u200b",
    "\u00ad",
    "\ufffd",
]
_ODD = ["\u0301", "\u20dd", "\ufe0f", "\ud800", "\udfff", "\ue000", "\U0002f800", "\U0001f600", "龘", "ﬁ", "㎡", "km²", "(wù)", "<b>", "</b>", "<", "&#0;", "&nbsp;", "&", "&mdash;", "&middot;", "&#49;", "</td><td>", "·", "•", "’", "−", "负", "⼗", "Ⅲ"]  # fmt: skip
_WORDS = ["近", "约", "超过", "不足", "余", "多", "以上", "左右", "同比", "（去年同期", "下降", "上升", "其中", "共计", "每户", "分别", "占", "率", "由", "到", "为", "比"]  # fmt: skip
_KINDS = [_DIGITS, _NUMERALS, _UNITS, _MASKS, _MARKS, _CONTROLS, _ODD, _WORDS]


def broken_text(rng: Random, text: str, other: str) -> str:
    """The text after one to six mutations; `other` is what it may be spliced with."""
    for _ in range(rng.randint(1, 6)):
        at = rng.randint(0, len(text))
        upto = min(len(text), at + rng.choice((1, 1, 1, 2, 5, 20)))
        match rng.randint(0, 7):
            case 0:
                text = text[:at] + text[upto:]
            case 1 | 2:
                text = text[:at] + rng.choice(rng.choice(_KINDS)) + text[at:]
            case 3:
                text = text[:at] + rng.choice(rng.choice(_KINDS)) + text[upto:]
            case 4:
                text = text[:at] + text[at:upto] * rng.choice((2, 2, 3, 40)) + text[upto:]
            case 5:
                to = rng.randint(0, len(text))
                cut = text[:at] + text[upto:]
                text = cut[:to] + text[at:upto] + cut[to:]
            case 6 if rng.random() < 0.3:
                text = text[:at]
            case 6:
                text = (
                    text[:at] + rng.choice(rng.choice(_KINDS)) * rng.choice((1, 2, 60)) + text[at:]
                )
            case 7:
                text = text[:at] + other[rng.randint(0, len(other)) :][:80] + text[upto:]
    return text[:1500]


def broken_bytes(rng: Random, data: bytes) -> bytes:
    """The bytes after one to eight flips, cuts, copies or overwritten runs."""
    new = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        at, length = rng.randrange(len(new) + 1), rng.choice((1, 1, 2, 4, 16, 200))
        match rng.randint(0, 5):
            case 0 | 1 if at < len(new):
                new[at] ^= 1 << rng.randrange(8)
            case 2:
                new[at : at + length] = rng.randbytes(length)
            case 3:
                del new[at : at + length]
            case 4:
                new[at:at] = new[at : at + length]
            case 5 if rng.random() < 0.2:
                del new[at:]
    return bytes(new)


_TAGS = ["<table>", "</table>", "<tr>", "</td>", "<td rowspan=99>", "<td colspan=0>", "<td colspan='x'>", "<div>", "</div>", "<p", "<!--", "-->", "<![CDATA[", "<?x>", "<script>", "<style>", "<br>", "&lt;", "&#x0;", "&#xD800;", "&nbsp;", "<svg>", "<title>", "<base href='//a'>", "<meta charset=big5>", "<frameset>", "<form><input value=", "\0"]  # fmt: skip


def broken_page(rng: Random, data: bytes) -> bytes:
    """A page whose tags and words are damaged while its encoding stays sound; at times the bytes."""
    if rng.random() < 0.3:
        return broken_bytes(rng, data)
    page = data.decode()
    for _ in range(rng.randint(1, 10)):
        at, upto = sorted((rng.randint(0, len(page)), rng.randint(0, len(page))))
        upto = min(upto, at + 40)
        match rng.randint(0, 3):
            case 0:
                page = page[:at] + page[upto:]
            case 1:
                page = page[:at] + rng.choice(_TAGS) * rng.choice((1, 1, 1, 30)) + page[at:]
            case 2:
                page = page[:at] + page[at:upto] * 3 + page[upto:]
            case 3:
                page = page[:at] + rng.choice(rng.choice(_KINDS)) + page[at:]
    return page.encode("utf-8", "replace")


def broken_zip(rng: Random, data: bytes) -> bytes:
    """A zip whose members are damaged, missing, doubled or renamed while the container stays sound; at times the container too."""
    if rng.random() < 0.3:
        return broken_bytes(rng, data)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        victim = rng.choice(old.namelist() + ["word/document.xml"] * 8)
        for name in old.namelist():
            body = old.read(name)
            if name != victim:
                new.writestr(name, body)
                continue
            fate = rng.random()
            if fate < 0.8:
                new.writestr(name, broken_bytes(rng, body))
            elif fate < 0.9:
                new.writestr("../" + name, body)
    return out.getvalue()


def smallest(failing: Any, fails: Callable[[Any], bool], tries: int = 400) -> Any:
    """A small part of a text or of bytes that still fails: halves, quarters and so on are taken out as long as it does."""
    size = max(1, len(failing) // 2)
    while tries > 0:
        at, shorter = 0, False
        while at < len(failing) and tries > 0:
            tries -= 1
            candidate = failing[:at] + failing[at + size :]
            if candidate and fails(candidate):
                failing, shorter = candidate, True
            else:
                at += size
        if size == 1 and not shorter:
            break
        size = max(1, size // 2)
    return failing
