"""A NIfTI scan that was cut short is refused, never read as one with empty rows."""

import gzip
import struct

import pytest
import SimpleITK

from BMLesionSegLib.errors import FileRefused
from BMLesionSegLib.reading import load_scan
from BMLesionSegLib.reading.nifti_length import is_cut_short
from BMLesionSegLib.scan import ViewName
from Testing.library.scans import body_counts

COUNTS = body_counts(ViewName.ANTERIOR, (512, 128))


def whole(path):
    image = SimpleITK.GetImageFromArray(COUNTS[None])
    image.SetSpacing((4.5, 4.5, 1.0))
    SimpleITK.WriteImage(image, str(path))
    return path.read_bytes()


@pytest.mark.parametrize("share", [0.2, 0.9, 0.9999])
@pytest.mark.parametrize("suffix", ["nii", "nii.gz"])
def test_cut_anywhere(tmp_path, suffix, share):
    path = tmp_path / f"scan.{suffix}"
    content = whole(path)
    path.write_bytes(content[: int(share * len(content))])
    with pytest.raises(FileRefused, match="intact"):
        load_scan(path, ViewName.ANTERIOR)


def test_cut_before_it_was_packed(tmp_path):
    content = whole(tmp_path / "scan.nii")
    path = tmp_path / "short.nii.gz"
    path.write_bytes(gzip.compress(content[: len(content) // 2]))
    with pytest.raises(FileRefused, match="intact"):
        load_scan(path, ViewName.ANTERIOR)


def test_a_header_that_ends_early(tmp_path):
    path = tmp_path / "scan.nii"
    path.write_bytes(whole(path)[:200])
    assert is_cut_short(path, 1)


@pytest.mark.parametrize("bits", [0, -8, 256])
def test_a_header_that_states_impossible_numbers(tmp_path, bits):
    """A negative size must not ask for everything that can be unpacked."""
    content = bytearray(whole(tmp_path / "scan.nii"))
    struct.pack_into("<h", content, 72, bits)
    path = tmp_path / "odd.nii.gz"
    path.write_bytes(gzip.compress(content))
    assert is_cut_short(path, 512 * 128)
