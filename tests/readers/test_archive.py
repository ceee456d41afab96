"""Archives give their members, and nothing that they hold does harm."""

import bz2
import gzip
import io
import random
import tarfile
import zipfile

import pytest

from qz_analysis.errors import ReadError
from qz_analysis.readers.archive import LIMITS, Limits, members, skipped

TEXT = "全县共受理群众信访事项98件，办结率达到97.6%。\n".encode()
NOISE = random.Random(1).randbytes(300_000)


def zipped(parts, packing=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(parts, mode="w:gz", links=()):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for link in links:
            archive.addfile(link)
        for name, data in parts.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def inside(data, kind="zip", **limits):
    """Members and errors of an archive, apart."""
    found = list(members(data, "x", kind, Limits(**limits)))
    return dict(m for m in found if not isinstance(m, ReadError)), [
        m for m in found if isinstance(m, ReadError)
    ]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (zipped({"甲/a.txt": TEXT, "b.txt": TEXT}), "zip"),
        (zipped({"甲/a.txt": TEXT, "b.txt": TEXT}, zipfile.ZIP_LZMA), "zip"),
        *(
            (tarred({"甲/a.txt": TEXT, "b.txt": TEXT}, mode), "tar")
            for mode in ("w", "w:gz", "w:bz2", "w:xz")
        ),
    ],
)
def test_members_come_in_order(data, kind):
    """Each file of an archive comes with its path and bytes, in the archive's order."""
    found, errors = inside(data, kind)
    assert list(found.items()) == [("甲/a.txt", TEXT), ("b.txt", TEXT)]
    assert not errors


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress])
def test_one_packed_file(pack):
    """A file packed alone gives that file."""
    assert list(members(pack(TEXT), "d/r.txt.gz", "gz", LIMITS.left())) == [("r.txt", TEXT)]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "big5"])
def test_names_without_the_flag_are_read(encoding):
    """A zip's name in GBK, Big5 or UTF-8 without the flag that says so reads as it was meant."""
    name = "某縣工作總結.txt".encode(encoding)
    data = zipped({"n" * len(name): TEXT}).replace(b"n" * len(name), name)
    assert list(inside(data)[0]) == ["某縣工作總結.txt"]


@pytest.mark.parametrize(
    "name", ["../../etc/a.txt", "/etc/a.txt", "..\\etc\\a.txt", "./etc//a.txt", "etc/\na.txt"]
)
def test_no_path_leads_out(name):
    """Parts of a path that lead out, doubled slashes and control characters are gone."""
    (path,) = inside(zipped({name: TEXT}))[0]
    assert path.replace(" ", "") == "etc/a.txt"


def test_a_bad_member_leaves_the_good_ones():
    """A locked member and one with a wrong checksum are errors; the others are read."""
    data = bytearray(zipped({"a.txt": TEXT, "b.txt": NOISE, "c.txt": TEXT}, zipfile.ZIP_STORED))
    data[data.index(NOISE[:50]) + 9] ^= 255
    third = data.rindex(b"PK\1\2")
    data[third + 8] |= 1
    found, errors = inside(bytes(data))
    assert list(found) == ["a.txt"]
    assert [(e.file, e.stage) for e in errors] == [("x/b.txt", "unpack"), ("x/c.txt", "unpack")]
    assert "password" in errors[1].reason


@pytest.mark.parametrize("name", ["", "\0a.txt"])
def test_a_member_without_a_name_is_told(name):
    """A member that has no name is an error of the archive, and the others are read."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("a.txt")
        info.filename = name
        archive.writestr(info, TEXT)
        archive.writestr("b.txt", TEXT)
    found, errors = inside(out.getvalue())
    assert list(found) == ["b.txt"]
    assert [error.reason for error in errors] == ["has a file without a name"]


def test_unknown_packing_is_an_error_of_the_member():
    """A member packed by an unknown method is named with the way out."""
    data = bytearray(zipped({"a.txt": TEXT}))
    data[8], data[data.rindex(b"PK\1\2") + 10] = 99, 99
    (error,) = inside(bytes(data))[1]
    assert "packed in a way" in error.reason


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_a_cut_archive_says_so(kind):
    """A cut archive ends in an error; what a cut tar holds whole before it is read."""
    parts = {"a.txt": TEXT, "b.txt": NOISE}
    data = zipped(parts) if kind == "zip" else tarred(parts)
    found, errors = inside(data[: len(data) // 2], kind)
    assert errors
    assert "b.txt" not in found
    assert list(found) == (["a.txt"] if kind == "tar" else [])


def test_a_cut_plain_tar_says_so():
    """A tar without its end is read as far as it goes, and said to be cut."""
    data = tarred({"a.txt": TEXT, "b.txt": TEXT}, "w")
    found, errors = inside(data[:1024], "tar")
    assert list(found) == ["a.txt"]
    assert len(errors) == 1


@pytest.mark.parametrize("kind", ["zip", "tar", "gz"])
def test_a_bomb_stops_early(kind):
    """What grows by more than the ratio allows is an error, whatever size its header states."""
    bomb = bytes(30 << 20)
    data = {
        "zip": zipped({"a.txt": bomb}),
        "tar": tarred({"a.txt": bomb}),
        "gz": gzip.compress(bomb),
    }[kind]
    found, errors = inside(data, kind)
    assert not found
    assert "too much" in errors[0].reason


@pytest.mark.parametrize(
    ("limits", "kept"),
    [
        ({"members": 2}, 2),
        ({"total": 700_000}, 2),
        ({"member": 200_000}, 0),
        ({"free": 10, "ratio": 0}, 0),
    ],
)
def test_limits_can_be_given(limits, kept):
    """Number of members, size together, size of one and ratio are each kept to."""
    parts = {f"{i}.txt": NOISE for i in range(4)}
    for data, kind in ((zipped(parts), "zip"), (tarred(parts), "tar")):
        found, errors = inside(data, kind, **limits)
        assert len(found) == (0 if kind == "tar" and limits.get("ratio") == 0 else kept)
        assert errors


def test_links_and_devices_are_not_followed():
    """A link in an archive is an error row, never a file of this machine."""
    links = []
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
        link = tarfile.TarInfo("l.txt")
        link.type, link.linkname = kind, "/etc/hosts"
        links.append(link)
    found, errors = inside(tarred({"a.txt": TEXT}, links=links), "tar")
    assert list(found) == ["a.txt"]
    assert len(errors) == 4


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("__MACOSX/._a.doc", True),
        ("a/.DS_Store", True),
        ("a/Thumbs.db", True),
        ("README.txt", True),
        ("~$a.docx", True),
        ("page_files/x.html", True),
        ("page.files/x.png", True),
        ("other_files/x.html", False),
        ("a/b.xlsx", False),
    ],
)
def test_what_is_left_out_in_silence(path, expected):
    """Files that systems and browsers put beside reports are left out, documents never."""
    assert skipped(path, {"page"}) is expected


def test_a_saved_page_in_a_zip_is_read_without_its_pictures():
    """The folder of a saved page is left out when the page is in the archive."""
    found, errors = inside(zipped({"p_files/a.html": TEXT, "p.html": TEXT, "q_files/a.html": TEXT}))
    assert (list(found), errors) == (["p.html", "q_files/a.html"], [])
