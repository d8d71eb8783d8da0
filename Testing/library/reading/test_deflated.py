"""A deflated DICOM file is read, unless it would swell beyond any scan."""

import io
import zlib

import numpy as np
import pydicom
import pytest
from pydicom.uid import DeflatedExplicitVRLittleEndian

from BMLesionSegLib.errors import FileRefused
from BMLesionSegLib.reading import deflated, find_scans, load_scan
from BMLesionSegLib.reading.deflated import check_inflated
from Testing.library.nm_files import SMALL, nm_file
from Testing.library.scans import body_pair


@pytest.fixture
def packed(tmp_path):
    path = nm_file(tmp_path / "scan.dcm")
    dataset = pydicom.dcmread(path)
    dataset.file_meta.TransferSyntaxUID = DeflatedExplicitVRLittleEndian
    dataset.save_as(path)
    return path


def test_an_honest_one_is_read(packed):
    for view in load_scan(packed):
        assert np.array_equal(view.counts, body_pair(SMALL)[view.name])


def test_its_size_is_counted_in_pieces(packed, monkeypatch):
    size = len(zlib.decompress(packed.read_bytes()[144 + header_length(packed) :], -15))
    monkeypatch.setattr(deflated, "LARGEST_INFLATED", size)
    load_scan(packed)
    monkeypatch.setattr(deflated, "LARGEST_INFLATED", size - 1)
    with pytest.raises(FileRefused, match="would unpack to more"):
        load_scan(packed)


def test_a_folder_is_searched_without_unpacking_it(packed, monkeypatch):
    monkeypatch.setattr(deflated, "LARGEST_INFLATED", 1000)
    other = nm_file(packed.parent / "other.dcm", key="other")
    assert find_scans(packed.parent) == [(other,)]


def test_a_missing_preamble_hides_nothing(packed, monkeypatch):
    monkeypatch.setattr(deflated, "LARGEST_INFLATED", 1000)
    packed.write_bytes(packed.read_bytes()[132:])
    with pytest.raises(FileRefused, match="would unpack to more"):
        load_scan(packed)


def test_other_files_are_left_at_their_start(tmp_path):
    stream = io.BytesIO(nm_file(tmp_path / "scan.dcm").read_bytes())
    check_inflated(stream)
    assert stream.tell() == 0


def header_length(path):
    return int.from_bytes(path.read_bytes()[140:144], "little")
