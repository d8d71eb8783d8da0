"""Headers that ITK must not see. Each cause was found by `make fuzz`; both ended the process."""

from pathlib import Path

import numpy as np
import pytest

from BMLesionSegLib.errors import FileRefused
from BMLesionSegLib.reading import load_scan
from BMLesionSegLib.reading.image_header import open_image
from BMLesionSegLib.reading.itk_hazards import LONGEST_FIELD, LONGEST_TEXT, endangers_itk
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


def headed(tmp_path: Path, line: bytes) -> Path:
    path = tmp_path / "headed.nrrd"
    path.write_bytes(b"NRRD0004\n" + line + b"\n\n" + b"\0" * 16)
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


@pytest.mark.parametrize(
    ("start", "longest"), [(b"type: ", LONGEST_FIELD), (b"Segment0_Name:=", LONGEST_TEXT - 3)]
)
def test_the_longest_line_passes_and_one_byte_more_does_not(tmp_path, start, longest):
    line = start + b"x" * (longest - len(start))
    assert not endangers_itk(headed(tmp_path, line))
    assert endangers_itk(headed(tmp_path, line + b"x"))


def test_numbers_are_no_lines(tmp_path):
    path = headed(tmp_path, b"dimension: 2")
    path.write_bytes(path.read_bytes() + b"x" * (LONGEST_FIELD + 1))
    assert not endangers_itk(path)


def test_long_keys_and_comments_are_read(volume):
    edited(volume, b"endian", b"# " + LONG + b"\nSegment0_Tags:=a: " + LONG + b"\nendian")
    assert open_image(volume).GetMetaData("Segment0_Tags").startswith("a: AAA")


def test_the_longest_field_that_is_written_passes(tmp_path):
    directions = b"(1.2345678901234567e-100,-2.2345678901234567e-100,3.2345678901234567e-100) " * 3
    assert not endangers_itk(headed(tmp_path, b"space directions: " + directions))
