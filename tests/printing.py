"""What a page of HTML prints, by Chromium."""

import shutil
import subprocess
from pathlib import Path

import pytest

from qz_analysis.readers.pdf_page import library

#: a test that prints needs a browser
prints = pytest.mark.skipif(not shutil.which("chromium"), reason="no browser to print with")


def printed(page: Path, wide: int = 1280) -> list[str]:
    """The text of each sheet of A4, without blanks: a PDF may set each character alone. It is printed from a
    window so many pixels wide.
    """
    pdfium = library()  # by the door of the readers, which gives it its fonts
    target = page.with_suffix(".pdf")
    argv = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    argv += [f"--window-size={wide},900", f"--print-to-pdf={target}", page.as_uri()]
    subprocess.run(argv, check=True, capture_output=True, timeout=180)
    with pdfium.PdfDocument(target) as document:
        return ["".join(sheet.get_textpage().get_text_range().split()) for sheet in document]
