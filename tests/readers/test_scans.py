"""Scans are read when asked for, within limits, and what was not recognised is told."""

import io

import keeping
import making
import pytest
from making import drawn, says
from PIL import Image
from reportlab.lib.utils import ImageReader

import qz_analysis as qz
from qz_analysis.errors import PartError, ReadError
from qz_analysis.readers import recognise, scans
from qz_analysis.readers.read import file_documents

pytestmark = pytest.mark.usefixtures("kept_workers")

LINES = ["全县受理群众来信来访2163宗，办结2028宗。", "接待来访193批次，张小明同志反映12件。"]


@pytest.fixture
def engine():
    pytest.importorskip("rapidocr", reason="the extra scan is not installed")


@pytest.fixture(scope="module")
def page():
    return making.scan(LINES)


def saved(image, form="PNG", **options):
    stream = io.BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()


def scanned(image):
    """A page of a PDF that is a picture."""
    return lambda canvas: canvas.drawImage(ImageReader(image), 40, 400, 346, 266)


def read(path, data, seconds=600.0):
    path.write_bytes(data)
    found = list(file_documents(path, scans=seconds))
    return [d for d in found if not isinstance(d, ReadError)], [
        e for e in found if isinstance(e, ReadError)
    ]


@pytest.mark.parametrize("name", ["a.png", "b.pdf"])
def test_without_being_asked_a_scan_is_an_error_that_says_how(tmp_path, page, name):
    """Neither a picture nor a PDF of pictures is recognised unasked; the error names the option."""
    path = tmp_path / name
    path.write_bytes(saved(page) if name == "a.png" else drawn(scanned(page)))
    with pytest.raises(ReadError, match="add --scans, in Python scans=True"):
        qz.extract(path)


def test_without_the_extra_one_error_names_it(tmp_path, page, monkeypatch):
    """Asked to recognise without the extra, it says what to install and does nothing."""
    monkeypatch.setattr(recognise, "find_spec", lambda name: None)
    (tmp_path / "a.png").write_bytes(saved(page))
    with pytest.raises(qz.QzError, match=r"extra `scan`; pip install"):
        qz.extract(tmp_path, scans=True)
    with pytest.raises(qz.QzError, match=r"extra `scan`; pip install"):
        qz.extract("甲县受理43宗。", scans=True)


def test_pages_with_and_without_text_are_one_document(tmp_path, page, engine):
    """Of a PDF only pages that are pictures are recognised; their figures stand in their order."""
    path = tmp_path / "a.pdf"
    path.write_bytes(drawn(says("办结97件"), scanned(page), says("受理98件")))
    claims = qz.extract(path, scans=True)
    assert claims["text"].tolist() == ["97件", "2163宗", "2028宗", "193批次", "12件", "98件"]
    assert set(claims["status"]) == {"ok"}
    (document,), errors = read(path, path.read_bytes())
    assert (document.scanned, document.doubts, errors) == ((2,), (), [])


def test_figures_of_a_scan_have_their_places_and_pictures(tmp_path, page, engine):
    """A figure's page and edges are those of the picture as it lies; names are covered in its picture."""
    path = tmp_path / "a.png"
    path.write_bytes(saved(page.transpose(Image.Transpose.ROTATE_180), dpi=(200, 200)))
    claims = qz.extract(tmp_path, scans=True)
    found = qz.locate(claims, tmp_path, scans=True)
    left, top, right, bottom = (72 / 200 * edge for edge in making.scanned_at(LINES, 0, 11))
    wide, high = (72 / 200 * side for side in page.size)
    spot = found.iloc[claims["text"].tolist().index("2163宗")]
    assert spot["page"] == 1 and spot["left"] < wide - right < wide - left < spot["right"]
    assert spot["top"] < high - (top + bottom) / 2 < spot["bottom"]
    shown = qz.show(claims, claims["text"].tolist().index("12件"), tmp_path, scans=True)
    picture = Image.open(io.BytesIO(shown.png)).convert("L")
    # three characters of a name in black: no writing has so much of it
    assert picture.histogram()[0] > 0.9 * 2 * making.scan_size() ** 2


def test_what_is_not_sure_is_spoilt_with_its_readings(tmp_path, page, engine, monkeypatch):
    """A figure below the threshold has no value, and a note with what it may read."""
    monkeypatch.setattr(recognise.settled, "__defaults__", (2.0, 1.0))
    monkeypatch.setattr(recognise.recognise, "__defaults__", (2.0, float("inf")))
    path = tmp_path / "c.png"
    path.write_bytes(saved(page))
    claims = qz.extract(path, scans=True)
    assert claims["value"].isna().all() and set(claims["status"]) == {"spoilt"}
    assert claims["note"].tolist()[0] == "the scan is not clear, it may read 2163"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.png", lambda page: saved(Image.new("1", (10_000, 10_000))), "100 million pixels"),
        ("b.jpg", lambda page: saved(page, "JPEG")[:3000], "damaged or cut short"),
        ("c.png", lambda page: saved(Image.new("L", (1, 1))), "nothing was recognised"),
        ("d.tif", lambda page: b"II*\0" + b"\1" * 60, "damaged or cut short"),
    ],
)
def test_hostile_pictures_are_refused_with_the_reason(tmp_path, page, engine, name, data, reason):
    """What is too large, cut, empty or no picture at all is one error row and no document."""
    found, (error,) = read(tmp_path / name, data(page))
    assert found == [] and reason in error.reason


def test_a_huge_picture_in_a_pdf_is_not_unpacked(tmp_path, page, engine):
    """A page whose picture is too large is told, and the other pages are read."""
    data = drawn(says("办结97件"), scanned(Image.new("L", (10_000, 10_000))))
    (document,), (error,) = read(tmp_path / "a.pdf", data)
    assert isinstance(error, PartError) and "page 2 is not recognised" in error.reason
    assert document.text.strip() == "办结97件" and document.scanned == ()


def test_when_the_time_is_over_the_rest_is_told(tmp_path, page, engine, monkeypatch):
    """Of 500 pages those are read for which there is time; the error names the others."""
    clock = iter([0.0, 0.0, *[99.0] * 2_000])
    monkeypatch.setattr(scans.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(
        scans,
        "recognise",
        lambda image, until: recognise.Recognised([], [], [], image, (9, 9), frozenset(), 0, 0.0),
    )
    data = saved(
        Image.new("1", (60, 80), 1),
        "TIFF",
        save_all=True,
        append_images=[Image.new("1", (60, 80), 1)] * 499,
    )
    found, (error,) = read(tmp_path / "a.tif", data, seconds=50.0)
    assert found == [] and "page 2-500 is not recognised: the time" in error.reason


def test_a_run_recognises_in_its_workers(tmp_path, page, engine, monkeypatch, capsys):
    """`qz extract --scans` reads pictures of a folder; the same run without it begins anew."""
    from qz_analysis.cli import main

    keeping.dismiss()  # one that has read much has less room left than a new one
    folder, out = tmp_path / "pages", tmp_path / "out"
    folder.mkdir()
    (folder / "a.png").write_bytes(saved(page))
    (folder / "b.txt").write_text("甲县受理98件。", encoding="utf-8")
    command = ["extract", str(folder), "--out", str(out), "--workers", "1"]
    assert main([*command, "--scans"]) == 0
    assert qz.open(out).claims()["text"].tolist() == ["2163宗", "2028宗", "193批次", "12件", "98件"]
    main(command)
    assert qz.open(out).claims()["text"].tolist() == ["98件"]
    assert "add --scans" in capsys.readouterr().err


def test_nothing_is_imported_where_no_scan_is_asked_for():
    """The package, and its readers, load neither the recogniser nor what it stands on."""
    import subprocess
    import sys

    code = (
        "import sys, qz_analysis as qz; qz.extract('甲县受理43宗。'); import qz_analysis.readers.scans;"
        "print({'rapidocr', 'onnxruntime', 'cv2'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_the_makers_are_told_nothing(engine, monkeypatch):
    """The runtime's reports of use are off before it is loaded, and no model is fetched."""
    import os

    monkeypatch.delenv("ORT_DISABLE_TELEMETRY", raising=False)
    recognise._engine.cache_clear()
    from rapidocr.utils.download_file import DownloadFile

    def fetched(*_):
        raise AssertionError("a model is fetched")

    monkeypatch.setattr(DownloadFile, "run", fetched)
    recognise.recognise(Image.new("L", (300, 300), 255))
    assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"
    recognise._engine.cache_clear()
