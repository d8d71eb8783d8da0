"""Attributes read leniently, and files that the system does not hand over."""

from pathlib import Path

import pytest
from pydicom import Dataset
from pydicom.sequence import Sequence

from BMLesionSegLib.errors import FileRefused
from BMLesionSegLib.reading.dicom_file import items, numbers, read_dataset, text, whole
from Testing.library.nm_files import nm_file


def test_bytes_become_text():
    dataset = Dataset()
    dataset.add_new(0x00110030, "UN", b"ANT \xe9\0")
    assert text(dataset, 0x00110030) == "ANT \xe9"


def test_what_is_absent_is_not_known():
    nothing = Dataset()
    assert (text(nothing, "Modality"), numbers(nothing, "PixelSpacing")) == ("", ())
    assert whole(nothing, "Rows") is None
    assert items(nothing, "DetectorInformationSequence") == []


def test_a_sequence_nested_deep_is_no_text():
    # `make fuzz` found one whose text took 18 s and 1.2 GB.
    inside = Dataset()
    for _ in range(600):
        outer = Dataset()
        outer.add_new("ViewCodeSequence", "SQ", Sequence([inside]))
        inside = outer
    assert text(inside, "ViewCodeSequence") == ""
    assert len(items(inside, "ViewCodeSequence")) == 1


@pytest.mark.parametrize("pixels", [True, False])
def test_a_sequence_in_the_meta_information_is_refused_before_it_is_written_out(tmp_path, pixels):
    # `make fuzz` found one, nested deep in the group's length, that took minutes and gigabytes.
    path = nm_file(tmp_path / "scan.dcm")
    whole = path.read_bytes()
    assert whole[132:138] == b"\2\0\0\0UL"
    nested = b""
    for _ in range(300):
        item = b"\xfe\xff\x00\xe0" + len(nested).to_bytes(4, "little") + nested
        nested = b"\x54\x00\x20\x02SQ\0\0" + len(item).to_bytes(4, "little") + item
    path.write_bytes(whole[:136] + b"SQ\0\0" + len(nested).to_bytes(4, "little") + nested)
    with pytest.raises(FileRefused, match="meta information is damaged"):
        read_dataset(path, pixels=pixels)


@pytest.mark.parametrize("pixels", [True, False])
def test_a_file_that_goes_away_while_it_is_read(tmp_path, monkeypatch, pixels):
    path = nm_file(tmp_path / "scan.dcm")
    monkeypatch.setattr("BMLesionSegLib.reading.dicom_file.check_file", lambda _path: None)

    def gone(*_, **__):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "read_bytes", gone)
    monkeypatch.setattr(Path, "open", gone)
    with pytest.raises(FileRefused, match="Input/output error"):
        read_dataset(path, pixels=pixels)
