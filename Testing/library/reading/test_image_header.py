"""A volume's header may name the file with its pixels: only one beside it, never one elsewhere."""

import numpy as np
import pytest
import SimpleITK

from BMLesionSegLib.errors import FileRefused
from BMLesionSegLib.reading import image_header, load_scan
from BMLesionSegLib.reading.image_header import data_files, open_image
from BMLesionSegLib.scan import ViewName
from Testing.library.nm_files import SMALL
from Testing.library.scans import body_counts

POINTING = ["nhdr", "mhd"]


@pytest.fixture(params=POINTING)
def header(tmp_path, request):
    image = SimpleITK.GetImageFromArray(body_counts(shape=SMALL)[np.newaxis])
    image.SetSpacing((4.52, 4.52, 1.0))
    path = tmp_path / "inside" / f"scan.{request.param}"
    path.parent.mkdir()
    SimpleITK.WriteImage(image, str(path))
    return path


def point_to(header, target):
    (name,) = data_files(header, image_header.READERS[header.suffix])
    text = header.read_text("utf-8")
    header.write_text(text.replace(name, str(target)), "utf-8")


def test_pixels_beside_the_header_are_read(header):
    assert (
        load_scan(header, ViewName.ANTERIOR).views[0].counts.sum() == body_counts(shape=SMALL).sum()
    )


@pytest.mark.parametrize(
    "elsewhere",
    [
        "/etc/services",
        "../secret.raw",
        "a/b.raw",
        "..",
        "LIST",
        "part%03d.raw 1 2 1",
        "C:\\x.raw",
        "x" * 256,
    ],
)
def test_pixels_elsewhere_are_refused(header, elsewhere):
    (header.parent.parent / "secret.raw").write_bytes(bytes(10**6))
    point_to(header, elsewhere)
    with pytest.raises(FileRefused, match="points elsewhere") as refused:
        load_scan(header, ViewName.ANTERIOR)
    assert elsewhere not in str(refused.value)


def test_a_link_out_of_the_folder_is_refused(header):
    secret = header.parent.parent / "secret.raw"
    secret.write_bytes(bytes(10**6))
    (header.parent / "link.raw").symlink_to(secret)
    point_to(header, "link.raw")
    with pytest.raises(FileRefused, match="points elsewhere"):
        load_scan(header, ViewName.ANTERIOR)


def test_pixels_larger_than_any_scan_are_refused(header, monkeypatch):
    monkeypatch.setattr(image_header, "LARGEST_FILE", 60_000)
    header.write_bytes(header.read_bytes()[:50_000])
    with pytest.raises(FileRefused, match="the file that the header names is larger"):
        open_image(header)


def test_a_file_is_read_as_what_its_name_says(tmp_path):
    path = tmp_path / "scan.nrrd"
    SimpleITK.WriteImage(
        SimpleITK.GetImageFromArray(body_counts(shape=SMALL)), str(tmp_path / "a.png")
    )
    path.write_bytes((tmp_path / "a.png").read_bytes())
    with pytest.raises(FileRefused, match="format that its name says"):
        load_scan(path, ViewName.ANTERIOR)
