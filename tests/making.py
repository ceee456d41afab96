"""One retold report with a table in every format that the readers know."""

import html
import re
import zipfile
from io import BytesIO
from pathlib import Path

FILES = Path(__file__).parent / "files"
REPORTS = Path(__file__).parent.parent / "data" / "reports"
#: a paragraph is a text, a table a list of rows
Block = str | list[list[str]]

TABLE = [
    ["乡镇", "受理（件）", "办结（件）", "办结率（%）", "救助资金"],
    ["东河镇", "120", "118", "98.3", "12.5"],
    ["西坪乡", "86", "79", "91.9", "3.75"],
    ["南溪街道办事处", "1045", "1003", "96.0", "108.2"],
    ["合计", "1251", "1200", "95.9", "124.45"],
]


def report() -> list[Block]:
    """Paragraphs of an embedded report, then a made-up table of its towns under a caption, then a last sentence."""
    text = (REPORTS / "003-05-tongjiang.md").read_text(encoding="utf-8").split("---\n")[2]
    paragraphs: list[Block] = [line.lstrip("# ") for line in text.splitlines() if line.strip()]
    after = "上表由各乡镇上报，全县另接待群众来访37批次、412人次。"
    return [*paragraphs, "2011年各乡镇信访事项办理情况", "单位：万元", TABLE, after]


def plain(blocks: list[Block]) -> str:
    """The text that every reader should give."""
    lines = []
    for block in blocks:
        rows = [] if isinstance(block, str) else [f"| {' | '.join(row)} |" for row in block]
        lines += [block] if isinstance(block, str) else ["", *rows, ""]
    return "\n".join(lines).strip("\n") + "\n"


def docx(blocks: list[Block]) -> bytes:
    from docx import Document

    document = Document()
    for block in blocks:
        if isinstance(block, str):
            paragraph = document.add_paragraph()
            # Word cuts runs anywhere, inside numbers too
            for piece in re.findall(r".{1,7}", block):
                paragraph.add_run(piece)
        else:
            table = document.add_table(len(block), len(block[0]))
            table.style = "Table Grid"
            for cells, row in zip(table.rows, block, strict=True):
                for cell, text in zip(cells.cells, row, strict=True):
                    cell.text = text
    return saved(document)


def saved(document) -> bytes:
    """Bytes of a python-docx document."""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def rtf(blocks: list[Block], escape: str = "bytes") -> bytes:
    """RTF with Chinese as escaped GBK bytes or, with `escape="unicode"`, as \\u escapes."""

    def told(text: str) -> str:
        if escape == "unicode":
            return "".join(
                c if c < "\x80" else f"\\u{ord(c) - (0x10000 if ord(c) > 0x7FFF else 0)}?"
                for c in text
            )
        return "".join(
            c if c < "\x80" else "".join(f"\\'{b:02x}" for b in c.encode("gb18030")) for c in text
        )

    out = [
        r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce\'cc\'e5;}}{\info{\title 9}}\uc1 "
    ]
    for block in blocks:
        if isinstance(block, str):
            out.append(rf"\pard\plain\f0 {told(block)}\par")
            continue
        for row in block:
            edges = "".join(rf"\cellx{1500 * n}" for n in range(1, len(row) + 1))
            cells = "".join(rf"\pard\intbl {told(text)}\cell" + "\r\n" for text in row)
            out.append(rf"\trowd{edges}{cells}\row")
    return ("\r\n".join(out) + "}").encode("ascii")


def pdf(
    blocks: list[Block], columns: list[float] | None = None, stamp: str = "", width: float = 420
) -> bytes:
    """PDF of pages with numbers; `stamp` is printed on top of each, `columns` are widths in points."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle(
        "body", fontName="STSong-Light", fontSize=12, leading=18, wordWrap="CJK", firstLineIndent=24
    )
    small = ParagraphStyle("cell", fontName="STSong-Light", fontSize=10, leading=14, wordWrap="CJK")

    def every(canvas, template):
        canvas.setFont("STSong-Light", 9)
        canvas.drawString(90, 810, stamp)
        canvas.drawCentredString(297, 30, f"- {template.page} -")

    flow = []
    for block in blocks:
        if isinstance(block, str):
            flow.append(Paragraph(html.escape(block), style))
        else:
            rows = [[Paragraph(html.escape(text), small) for text in row] for row in block]
            flow.append(
                Table(
                    rows,
                    colWidths=columns,
                    style=[("GRID", (0, 0), (-1, -1), 0.5, "black")],
                    repeatRows=1,
                )
            )
    stream = BytesIO()
    margin = (595 - width) / 2
    SimpleDocTemplate(
        stream, pagesize=(595, 842), leftMargin=margin, rightMargin=margin, invariant=1
    ).build(flow, every, every)
    return stream.getvalue()


def web(blocks: list[Block], style: str = "") -> str:
    """The report as a web page."""
    body = []
    for block in blocks:
        if isinstance(block, str):
            body.append(f"<p>{html.escape(block)}</p>")
        else:
            rows = ("".join(f"<td>{html.escape(text)}</td>" for text in row) for row in block)
            body.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
    head = f"<meta charset=utf-8><title>report</title><style>table{{border-collapse:collapse}}td{{border:1px solid}}{style}</style>"
    return f"<!doctype html><html lang=zh><head>{head}</head><body>{''.join(body)}</body></html>"


def doc() -> bytes:
    """The report as an old Word file: `soffice --headless --convert-to doc report.docx` of what `docx(report())` gives."""
    return (FILES / "report.doc").read_bytes()


def printed() -> bytes:
    """The report as Chromium prints `web(report())`, with `font-family` a subset of the bundled font."""
    return (FILES / "report.pdf").read_bytes()


def drawn(*pages, **options) -> bytes:
    """A PDF; each page is a function that draws on a canvas, with a Chinese font set."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842), **options)
    for page in pages:
        canvas.setFont("STSong-Light", 12)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def says(text: str, y: float = 700, x: float = 90):
    """A page of one line, for `drawn`."""
    return lambda canvas: canvas.drawString(x, y, text)


def squeezed(text: str) -> list[str]:
    """The lines of a text with any words, spaces left out."""
    return [line.replace(" ", "") for line in text.splitlines() if line]


def ofd_page(*things: str, template: str = "") -> str:
    """A page of an OFD file, with a template under it if its ID is given."""
    under = f'<ofd:Template TemplateID="{template}" ZOrder="Background"/>' if template else ""
    layer = f'<ofd:Layer ID="2">{"".join(things)}</ofd:Layer>'
    return f"<ofd:Page {_OFD}>{under}<ofd:Content>{layer}</ofd:Content></ofd:Page>"


def ofd_text(text: str, x: float, y: float, size: float = 4, more: str = "", **given: str) -> str:
    """A line of text whose left end and baseline are given in millimetres, as OFD writes it."""
    steps = " ".join(str(size if c > "\x7f" else size / 2) for c in text[:-1])
    code = {"X": "0", "Y": str(size), "DeltaX": given.pop("DeltaX", steps)}
    attributes = {"Boundary": f"{x} {y - size} 200 {size * 1.2}", "Size": str(size)} | given
    stated = " ".join(f'{key}="{value}"' for key, value in attributes.items())
    placed = " ".join(f'{key}="{value}"' for key, value in code.items() if value)
    return f"<ofd:TextObject {stated}>{more}<ofd:TextCode {placed}>{html.escape(text)}</ofd:TextCode></ofd:TextObject>"


def ofd_line(x: float, y: float, to_x: float, to_y: float) -> str:
    """A ruling line in millimetres."""
    way = f"M 0 0 L {to_x - x} {to_y - y}"
    return f'<ofd:PathObject Boundary="{x} {y} {to_x - x} {to_y - y}" LineWidth="0.25"><ofd:AbbreviatedData>{way}</ofd:AbbreviatedData></ofd:PathObject>'


_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd_of(*pages: str, templates: tuple[str, ...] = (), **parts: str) -> bytes:
    """An OFD file of pages; templates have the IDs `t0`, `t1`; other parts go in by their paths."""
    named = [f'<ofd:TemplatePage ID="t{n}" BaseLoc="Tpls/{n}.xml"/>' for n in range(len(templates))]
    listed = [f'<ofd:Page ID="{n}" BaseLoc="Pages/{n}/Content.xml"/>' for n in range(len(pages))]
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    members = {
        "OFD.xml": f"<ofd:OFD {_OFD}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_OFD}><ofd:CommonData>{area}{''.join(named)}</ofd:CommonData>"
        f"<ofd:Pages>{''.join(listed)}</ofd:Pages></ofd:Document>",
        **{f"Doc_0/Tpls/{n}.xml": template for n, template in enumerate(templates)},
        **{f"Doc_0/Pages/{n}/Content.xml": page for n, page in enumerate(pages)},
        **parts,
    }
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def ofd(blocks: list[Block]) -> bytes:
    """The report as an OFD file: lines of 37 characters, ruled tables, numbered pages of 36 lines."""
    pages: list[list[str]] = [[]]
    y = 30.0

    def down(step: float) -> float:
        nonlocal y
        y += step
        if y > 265:
            pages.append([])
            y = 30.0 + step
        return y

    for block in blocks:
        if isinstance(block, str):
            for n, piece in enumerate(_wrapped("　　" + block, 37)):
                low = down(6.5)
                pages[-1].append(ofd_text(piece if n else piece[2:], 30 + 8 * (not n), low))
            continue
        wide = 148 / len(block[0])
        for row in block:
            low = down(8)
            for n, cell in enumerate(row):
                pages[-1].append(ofd_text(cell, 31 + n * wide, low - 2, 3.5))
            pages[-1] += [ofd_line(30, edge, 178, edge) for edge in (low - 8, low)]
            edges = (30 + n * wide for n in range(len(row) + 1))
            pages[-1] += [ofd_line(x, low - 8, x, low) for x in edges]
    numbered = enumerate(pages, 1)
    return ofd_of(*(ofd_page(*page, ofd_text(f"- {n} -", 100, 285, 3)) for n, page in numbered))


def _wrapped(text: str, most: int) -> list[str]:
    """A text in lines no wider than so many Chinese characters."""
    lines, width = [""], 0.0
    for char in text:
        broad = 1.0 if char > "\x7f" else 0.5
        if width + broad > most and char not in "，。、；：）":
            lines.append("")
            width = 0.0
        lines[-1] += char
        width += broad
    return lines


#: how a scan is printed: pixels at 200 dpi
_SIZE, _EDGE, _STEP = 36, 60, 70


def scan(lines: list[str]):
    """A page of lines as a picture of 200 dpi.

    A side shorter than 736 pixels would be drawn out to that before lines are looked for, and take
    several times as long.
    """
    from PIL import Image, ImageDraw

    page = Image.new("L", (960, 740), 255)
    draw = ImageDraw.Draw(page)
    for at, line in enumerate(lines):
        draw.text((_EDGE, 80 + _STEP * at), line, font=_printed_in(), fill=20)
    return page


def scan_size() -> int:
    """Pixels of a character of such a page."""
    return _SIZE


def scanned_at(lines: list[str], line: int, at: int) -> tuple[float, float, float, float]:
    """The edges of a character of a page that `scan` made."""
    font = _printed_in()
    left = _EDGE + font.getlength(lines[line][:at])
    top = 80 + _STEP * line
    return left, top, left + font.getlength(lines[line][at]), top + 1.3 * _SIZE


def _printed_in():
    import pylopdf_fonts_zh_cn
    from PIL import ImageFont

    path = Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf"
    return ImageFont.truetype(str(path), _SIZE)
