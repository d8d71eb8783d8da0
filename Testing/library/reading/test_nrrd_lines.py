"""Headers that would end the process are never handed to ITK."""

import pytest

from BMLesionSegLib.errors import FileRefused
from BMLesionSegLib.reading import load_scan
from BMLesionSegLib.reading.nrrd_lines import LONGEST_FIELD, LONGEST_TEXT, has_long_line
from BMLesionSegLib.scan import ViewName

FIELD = b"type: "
TEXT = b"Segment0_Name:="


def header(tmp_path, line):
    path = tmp_path / "scan.nrrd"
    path.write_bytes(b"NRRD0004\n" + line + b"\n\n" + b"\0" * 16)
    return path


@pytest.mark.parametrize(("start", "longest"), [(FIELD, LONGEST_FIELD), (TEXT, LONGEST_TEXT - 3)])
def test_the_longest_line_passes_and_one_byte_more_does_not(tmp_path, start, longest):
    line = start + b"x" * (longest - len(start))
    assert not has_long_line(header(tmp_path, line))
    assert has_long_line(header(tmp_path, line + b"x"))


def test_numbers_are_no_lines(tmp_path):
    path = header(tmp_path, b"dimension: 2")
    path.write_bytes(path.read_bytes() + b"x" * (LONGEST_FIELD + 1))
    assert not has_long_line(path)


def test_other_files_have_none(tmp_path):
    path = tmp_path / "scan.mha"
    path.write_bytes(b"x" * (LONGEST_FIELD + 1))
    assert not has_long_line(path)


def test_such_a_scan_is_refused(tmp_path):
    with pytest.raises(FileRefused):
        load_scan(header(tmp_path, FIELD + b"x" * 10_000), ViewName.ANTERIOR)
