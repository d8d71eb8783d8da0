"""Headers that ITK must not see; fuzzing found each, and the first two ended the process."""

from pathlib import Path

import numpy as np
import pytest

from BMLesionSegLib.errors import FileRefused, GeometryRefused
from BMLesionSegLib.reading import load_scan
from BMLesionSegLib.reading.image_header import LONGEST_FIELD, check_size, image_header
from BMLesionSegLib.scan import ViewName
from Testing.library.reading.test_raster import write_plane

LONG = b"A" * 5000
SMALL = np.ones((64, 16), np.uint16)


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    return write_plane(tmp_path / "scan.nrrd", SMALL, (30.0, 30.0))


def edited(path: Path, old: bytes, new: bytes) -> Path:
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new))
    return path


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"type: unsigned short", b"type: " + LONG),
        (b"dimension: 3", b"dimension: " + b"9" * 1000),
        (b"space: left", b"space: " + LONG + b":=left"),
        (b"space directions: ", b"space " + LONG),
        (b"kinds: ", b"kinds: " + LONG),
        (b"encoding: ", b"encoding: " + LONG),
    ],
    ids=["type", "dimension", "looks like a key", "no colon", "kinds", "encoding"],
)
def test_a_long_word_in_an_nrrd_header_is_refused(volume, old, new):
    edited(volume, old, new)
    with pytest.raises(FileRefused, match="cannot be read"):
        load_scan(volume, ViewName.ANTERIOR)


@pytest.mark.parametrize("stated", [b"255", b"65535", b"4294967296", b"-1", b"0", b""])
def test_a_meta_image_of_many_dimensions_is_refused(tmp_path, stated):
    path = write_plane(tmp_path / "scan.mha", SMALL, (30.0, 30.0))
    edited(path, b"NDims = 3", b"NDims = " + stated)
    with pytest.raises(FileRefused, match="cannot be read"):
        load_scan(path, ViewName.ANTERIOR)


def test_long_keys_and_comments_are_read(volume):
    edited(volume, b"endian", b"# " + LONG + b"\nSegment0_Tags:=a: " + LONG + b"\nendian")
    assert image_header(volume, "", "").GetMetaData("Segment0_Tags").startswith("a: AAA")


def test_the_longest_field_that_is_written_is_read(volume):
    directions = b"(1.2345678901234567e-100,-2.2345678901234567e-100,3.2345678901234567e-100) " * 3
    assert len(b"space directions: " + directions) < LONGEST_FIELD


def test_a_size_that_is_never_allocated(volume):
    edited(volume, b"sizes: 16 64 1", b"sizes: 16 64 99999999")
    with pytest.raises(GeometryRefused, match="16 x 64 x 99999999 are stated"):
        check_size(image_header(volume, "", ""))


def test_a_file_that_has_gone(tmp_path):
    with pytest.raises(FileRefused):
        image_header(tmp_path / "none.nrrd", "", "")
