"""Each cause of refusal: one named error, one line, a remedy, and nobody's name."""

import logging
import os
import sys
from pathlib import Path

import numpy as np
import pydicom
import pytest
import SimpleITK
from pydicom.uid import MPEG2MPML, JPEGLSLossless

from BMLesionSegLib.errors import (
    CountsRefused,
    FileRefused,
    GeometryRefused,
    NotABoneScan,
    ViewsUnclear,
)
from BMLesionSegLib.reading import load_scan
from BMLesionSegLib.scan import ViewName
from Testing.library.nm_files import SECRET, SMALL, malformed, nm_file, no_view, setting, without
from Testing.library.scans import body_counts, body_pair

ANTERIOR = ViewName.ANTERIOR
PAIR = body_pair(SMALL)
BODY = PAIR[ANTERIOR]
FRAME_BYTES = 2 * BODY.size


def nm(*edits, **options):
    """A recipe for a DICOM file."""
    return lambda folder: nm_file(folder / "scan.dcm", *edits, **options)


def pixels(array, **attributes):
    """An edit that replaces the pixels of both frames."""
    return setting(PixelData=np.ascontiguousarray(array).tobytes(), **attributes)


def floats(value):
    """An edit that stores floating point pixels, one of them ``value``."""

    def edit(dataset):
        stored = dataset.pixel_array.astype("<f4")
        stored[0, 3, 3] = value
        dataset.FloatPixelData = stored.tobytes()
        dataset.BitsAllocated = 32
        del dataset.PixelData

    return edit


def written(content: bytes, name: str = "scan.dcm"):
    """A recipe for a file of any bytes."""

    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return make


def image(array, name="scan.nrrd", spacing=(4.52, 4.52), vector=False):
    """A recipe for a volume or picture."""

    def make(folder: Path) -> Path:
        plane = SimpleITK.GetImageFromArray(array, isVector=vector)
        plane.SetSpacing((spacing[1], spacing[0], 1.0)[: plane.GetDimension()])
        SimpleITK.WriteImage(plane, str(folder / name))
        return folder / name

    return make


def cut(recipe, keep):
    """A recipe for a file of which only the first bytes are left."""

    def make(folder: Path) -> Path:
        path = recipe(folder)
        path.write_bytes(path.read_bytes()[:keep])
        return path

    return make


def compressed(folder: Path) -> Path:
    """A file that says it holds MPEG2, which no camera writes and nothing here reads."""
    path = nm()(folder)
    dataset = pydicom.dcmread(path)
    dataset.PixelData = pydicom.encaps.encapsulate([b"\xff\xd8" * 8, b"\xff\xd8" * 8])
    dataset["PixelData"].is_undefined_length = True
    dataset.file_meta.TransferSyntaxUID = MPEG2MPML
    dataset.save_as(path)
    return path


def broken_compression(folder: Path) -> Path:
    """A JPEG-LS file of nonsense."""
    path = nm()(folder)
    dataset = pydicom.dcmread(path)
    dataset.PixelData = pydicom.encaps.encapsulate([b"\x01" * 64] * 2)
    dataset["PixelData"].is_undefined_length = True
    dataset.file_meta.TransferSyntaxUID = JPEGLSLossless
    dataset.save_as(path)
    return path


def image_type(value):
    return setting(ImageType=["ORIGINAL", "PRIMARY", value, "EMISSION"])


def side_by_side():
    return np.concatenate([PAIR[view] for view in ViewName], axis=1)


CT = "1.2.840.10008.5.1.4.1.1.2"
ONE_VIEW = {ANTERIOR: BODY}
MINUS = np.where(BODY.max() == BODY, -1, BODY.astype(np.int16))
VIEW = ANTERIOR

CAUSES = {
    # what: (recipe, view given, error, words of the message)
    "no such file": (lambda folder: folder / "absent.dcm", None, FileRefused, "no such file"),
    "a path no system has": (lambda folder: folder / "a\0b", None, FileRefused, "no such file"),
    "empty file": (written(b""), None, FileRefused, "is empty"),
    "a text": (written(b"minutes of the meeting\n" * 30), None, FileRefused, "neither"),
    "random bytes": (written(bytes(range(256)) * 8), None, FileRefused, "neither"),
    "a text named as a picture": (
        written(b"minutes\n" * 90, "scan.png"),
        VIEW,
        FileRefused,
        "cannot be read",
    ),
    "a text named as a volume": (
        written(b"NRRD0004\nnonsense\n\n", "scan.nrrd"),
        VIEW,
        FileRefused,
        "cannot be read",
    ),
    "CT": (nm(setting(SOPClassUID=CT, Modality="CT")), None, NotABoneScan, "CT came"),
    "an odd modality": (
        nm(setting(SOPClassUID=CT, Modality=SECRET)),
        None,
        NotABoneScan,
        "another kind came",
    ),
    "tomography": (nm(image_type("TOMO")), None, NotABoneScan, "TOMO"),
    "reconstructed tomography": (nm(image_type("RECON TOMO")), None, NotABoneScan, "TOMO"),
    "dynamic": (nm(image_type("DYNAMIC")), None, NotABoneScan, "DYNAMIC"),
    "gated": (nm(image_type("GATED")), None, NotABoneScan, "GATED"),
    "spot view": (
        nm(counts={ANTERIOR: body_counts(ANTERIOR, (256, 256))}),
        None,
        NotABoneScan,
        "at least 2 times as long as wide",
    ),
    "two bodies in one view": (
        nm(counts={ANTERIOR: side_by_side()}),
        None,
        NotABoneScan,
        "side by side",
    ),
    "no frame": (nm(setting(NumberOfFrames=0)), None, GeometryRefused, "0 frames"),
    "three views": (
        nm(setting(NumberOfFrames=3, PixelData=bytes(3 * FRAME_BYTES))),
        None,
        ViewsUnclear,
        "3 came",
    ),
    "one frame stated where two are listed": (
        nm(setting(DetectorVector=[1, 2]), counts=ONE_VIEW),
        None,
        ViewsUnclear,
        "it states 1",
    ),
    "one frame's pixels where two are claimed": (
        nm(pixels(BODY)),
        None,
        ViewsUnclear,
        "pixels for 1",
    ),
    "three frames' pixels where two are claimed": (
        nm(pixels(np.stack([BODY] * 3))),
        None,
        ViewsUnclear,
        "pixels for 3",
    ),
    "no view known": (
        nm(no_view, without("DetectorVector"), counts=ONE_VIEW),
        None,
        ViewsUnclear,
        "neither does",
    ),
    "one view for a file of two": (nm(), VIEW, ViewsUnclear, "2 views came"),
    "volume without a view": (image(BODY[None]), None, ViewsUnclear, "--view anterior"),
    "volume of two slices": (image(np.stack([BODY] * 2)), None, ViewsUnclear, "which is which"),
    "volume of two slices with a view": (
        image(np.stack([BODY] * 2)),
        VIEW,
        ViewsUnclear,
        "which is which",
    ),
    "volume of many slices": (image(np.stack([BODY] * 5)), VIEW, NotABoneScan, "128 x 512 x 5"),
    "a plane along another axis": (image(BODY[:, None]), VIEW, NotABoneScan, "third axis"),
    "zero": (nm(pixels(np.zeros((2, *SMALL), "<u2"))), None, CountsRefused, "zero"),
    "constant": (nm(pixels(np.full((2, *SMALL), 7, "<u2"))), None, CountsRefused, "is 7"),
    "NaN": (nm(floats(np.nan)), None, CountsRefused, "NaN"),
    "infinite": (nm(floats(np.inf)), None, CountsRefused, "infinite"),
    "negative": (
        nm(pixels(np.stack([MINUS] * 2), PixelRepresentation=1)),
        None,
        CountsRefused,
        "negative",
    ),
    "negative after rescale": (
        nm(setting(RescaleSlope="1", RescaleIntercept="-1000")),
        None,
        CountsRefused,
        "negative",
    ),
    "no rescale slope": (nm(setting(RescaleSlope="0")), None, CountsRefused, "rescale slope"),
    "absurd counts": (nm(floats(1e30)), None, CountsRefused, "the largest is 1e+30"),
    "colour": (
        nm(setting(PhotometricInterpretation="RGB", SamplesPerPixel=3)),
        None,
        CountsRefused,
        "colour",
    ),
    "palette": (
        nm(setting(PhotometricInterpretation="PALETTE COLOR")),
        None,
        CountsRefused,
        "colour",
    ),
    "colour picture": (
        image(np.dstack([np.minimum(BODY, 255).astype(np.uint8)] * 3), "scan.png", vector=True),
        VIEW,
        CountsRefused,
        "colour",
    ),
    "NaN in a volume": (
        image(np.where(BODY == 0, np.nan, BODY).astype(np.float32)[None]),
        VIEW,
        CountsRefused,
        "NaN",
    ),
    "negative in a volume": (image(MINUS[None]), VIEW, CountsRefused, "negative"),
    "inverted picture": (
        image(255 - np.minimum(BODY, 255).astype(np.uint8), "scan.png"),
        VIEW,
        CountsRefused,
        "background is bright",
    ),
    "no pixels": (nm(without("PixelData")), None, FileRefused, "has none"),
    "cut within the header": (cut(nm(), 1200), None, FileRefused, "ends before"),
    "cut within the pixels": (cut(nm(), -1000), None, FileRefused, "cut short"),
    "cut volume": (cut(image(BODY[None], "scan.mha"), 5000), VIEW, FileRefused, "cannot be read"),
    "no bits": (nm(without("BitsAllocated")), None, FileRefused, "bits a pixel"),
    "unknown compression": (compressed, None, FileRefused, "without compression"),
    "damaged compression": (broken_compression, None, FileRefused, "damaged"),
    "no spacing": (nm(without("PixelSpacing")), None, GeometryRefused, "PixelSpacing"),
    "spacing that is no number": (
        nm(malformed(PixelSpacing="wide\\narrow")),
        None,
        GeometryRefused,
        "PixelSpacing",
    ),
    "zero spacing": (nm(setting(PixelSpacing=["0", "0"])), None, GeometryRefused, "positive"),
    "negative spacing": (
        nm(setting(PixelSpacing=["-4.52", "4.52"])),
        None,
        GeometryRefused,
        "positive",
    ),
    "spacing in metres": (
        nm(setting(PixelSpacing=["0.00452", "0.00452"])),
        None,
        GeometryRefused,
        "m long",
    ),
    "a giant": (nm(setting(PixelSpacing=["9", "9"])), None, GeometryRefused, "4.61 m came"),
    "absurd rows": (nm(setting(Rows=65535)), None, GeometryRefused, "65535 rows"),
    "no columns": (nm(setting(Columns=0)), None, GeometryRefused, "0 columns"),
    "absurd frames": (
        nm(setting(NumberOfFrames=2**31 - 1)),
        None,
        GeometryRefused,
        "2147483647 frames",
    ),
    "absurd volume": (
        written(
            b"NRRD0004\ntype: uint16\ndimension: 2\nsizes: 1000000 1000000\n"
            b"endian: little\nencoding: raw\n\n",
            "scan.nrrd",
        ),
        VIEW,
        GeometryRefused,
        "1000000 x 1000000",
    ),
    "on its side": (
        nm(
            without("ImageOrientationPatient"),
            counts={ANTERIOR: np.ascontiguousarray(BODY.T)},
        ),
        None,
        GeometryRefused,
        "lies on its side",
    ),
    "a volume on its side": (image(BODY.T[None]), VIEW, GeometryRefused, "lies on its side"),
}


@pytest.mark.parametrize("cause", CAUSES)
def test_each_cause_has_its_error(tmp_path, cause, caplog, capfd):
    recipe, view, kind, words = CAUSES[cause]
    path = recipe(tmp_path)
    before = sorted(tmp_path.iterdir())
    capfd.readouterr()
    with caplog.at_level(logging.DEBUG), pytest.raises(kind) as refusal:
        load_scan(path, view)
    assert type(refusal.value) is kind
    message = str(refusal.value)
    assert words in message
    assert "\n" not in message
    assert refusal.value.remedy
    heard = "".join(capfd.readouterr())
    for secret in (SECRET, "Lastname", str(tmp_path)):
        assert secret not in message + heard
    assert not caplog.records
    assert sorted(tmp_path.iterdir()) == before


def test_every_message_is_its_own():
    texts = {(kind, words) for _, _, kind, words in CAUSES.values()}
    assert len(texts) > 40


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    path = nm_file(tmp_path / "scan.dcm")

    def closed(self, *args, **kwargs):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", closed)
    with pytest.raises(FileRefused, match="Permission denied"):
        load_scan(path)


def test_a_folder_that_may_not_be_read(tmp_path, monkeypatch):
    def closed(self):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "iterdir", closed)
    with pytest.raises(FileRefused, match="Permission denied"):
        load_scan(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "scan.dcm")
    with pytest.raises(FileRefused, match="not a regular file"):
        load_scan(tmp_path / "scan.dcm")


def test_a_file_larger_than_any_scan(tmp_path):
    path = tmp_path / "scan.dcm"
    with path.open("wb") as stream:
        stream.truncate(600 * 2**20)
    with pytest.raises(FileRefused, match="600 MiB came"):
        load_scan(path)


def test_a_malformed_name_is_not_told_to_the_log(tmp_path, caplog, recwarn):
    path = nm_file(tmp_path / "scan.dcm", malformed(PatientBirthDate=SECRET, StudyDate=SECRET))
    with caplog.at_level(logging.DEBUG):
        load_scan(path)
    assert "Lastname" not in caplog.text
    assert not recwarn.list
