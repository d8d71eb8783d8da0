"""Whole-body NM files of several makers and matrices, pixel for pixel."""

import hashlib
import time

import numpy as np
import pydicom
import pytest
import SimpleITK
from pydicom.uid import ExplicitVRBigEndian, ImplicitVRLittleEndian, JPEGLosslessSV1, RLELossless

from BMLesionSegLib.reading import load_scan
from BMLesionSegLib.scan import SourceFrame, ViewName
from Testing.library.nm_files import SMALL, malformed, nm_file, setting, siemens_like, without
from Testing.library.scans import body_counts, body_pair

ANTERIOR, POSTERIOR = ViewName
PAIR = body_pair(SMALL)


def resaved(path, syntax, encode=None):
    """The same file in another transfer syntax."""
    dataset = pydicom.dcmread(path)
    if encode:
        dataset.compress(syntax)
    else:
        words = dataset.pixel_array.astype(">u2" if syntax == ExplicitVRBigEndian else "<u2")
        dataset.PixelData = words.tobytes()
        dataset.file_meta.TransferSyntaxUID = syntax
    pydicom.dcmwrite(
        path,
        dataset,
        implicit_vr=syntax == ImplicitVRLittleEndian,
        little_endian=syntax != ExplicitVRBigEndian,
    )
    return path


def assert_same_counts(scan, pair=PAIR):
    assert [view.name for view in scan] == list(pair)
    for view in scan:
        np.testing.assert_array_equal(view.counts, pair[view.name])


@pytest.mark.parametrize(
    ("shape", "spacing"),
    [
        ((1024, 256), (2.26, 2.26)),
        ((1024, 512), (2.26, 1.13)),
        ((1024, 512), (2.21, 1.105)),
        ((2048, 512), (1.13, 1.13)),
        ((1024, 256), (2.3976, 2.3976)),
        ((512, 128), (4.795, 4.795)),
    ],
)
def test_matrices_and_spacings(tmp_path, shape, spacing):
    pair = body_pair(shape)
    scan = load_scan(nm_file(tmp_path / "scan.dcm", counts=pair, spacing=spacing))
    assert_same_counts(scan, pair)
    assert {view.spacing for view in scan} == {spacing}
    assert {view.file_geometry for view in scan} == {None}


def test_source_frames_and_names(tmp_path):
    path = nm_file(tmp_path / "Lastname_Firstname.dcm")
    dataset = pydicom.dcmread(path)
    scan = load_scan(str(path))
    assert [view.source for view in scan] == [
        SourceFrame(dataset.SOPInstanceUID, 1),
        SourceFrame(dataset.SOPInstanceUID, 2),
    ]
    assert scan.name == hashlib.sha256(dataset.StudyInstanceUID.encode()).hexdigest()[:12]
    assert scan.study_uid == dataset.StudyInstanceUID
    assert scan.series_uid == dataset.SeriesInstanceUID


def test_posterior_first_in_the_file_keeps_its_true_frame(tmp_path):
    def swap(dataset):
        dataset.DetectorVector = [2, 1]

    scan = load_scan(nm_file(tmp_path / "scan", swap))
    assert [(view.name, view.source.frame) for view in scan] == [(ANTERIOR, 2), (POSTERIOR, 1)]
    np.testing.assert_array_equal(scan.views[0].counts, PAIR[POSTERIOR])


def test_one_view(tmp_path):
    scan = load_scan(nm_file(tmp_path / "scan", counts={POSTERIOR: PAIR[POSTERIOR]}))
    assert_same_counts(scan, {POSTERIOR: PAIR[POSTERIOR]})


@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, ExplicitVRBigEndian])
def test_other_encodings(tmp_path, syntax):
    assert_same_counts(load_scan(resaved(nm_file(tmp_path / "scan"), syntax)))


def test_run_length_compression_is_read(tmp_path):
    path = resaved(nm_file(tmp_path / "scan"), RLELossless, encode=True)
    assert_same_counts(load_scan(path))


@pytest.mark.parametrize("slope", [None, "0.5"])
def test_lossless_jpeg_of_archives_is_read(tmp_path, slope):
    path = nm_file(tmp_path / "scan", *([setting(RescaleSlope=slope)] if slope else []))
    dataset = pydicom.dcmread(path)
    jpeg = tmp_path / "jpeg.dcm"
    writer = SimpleITK.ImageFileWriter()
    writer.SetFileName(str(jpeg))
    writer.SetImageIO("GDCMImageIO")
    writer.UseCompressionOn()
    writer.SetCompressor("JPEG")
    writer.Execute(SimpleITK.GetImageFromArray(dataset.pixel_array))
    encoded = pydicom.dcmread(jpeg)
    dataset.PixelData = encoded.PixelData
    dataset["PixelData"].is_undefined_length = True
    dataset.file_meta.TransferSyntaxUID = encoded.file_meta.TransferSyntaxUID
    assert dataset.file_meta.TransferSyntaxUID == JPEGLosslessSV1
    dataset.save_as(path)
    scale = float(slope or 1)
    assert_same_counts(load_scan(path), {view: PAIR[view] * scale for view in PAIR})


def test_a_missing_preamble_is_forgiven(tmp_path):
    path = nm_file(tmp_path / "scan")
    dataset = pydicom.dcmread(path)
    bare = tmp_path / "bare"
    with bare.open("wb") as stream:
        pydicom.filewriter.write_dataset(pydicom.filebase.DicomFileLike(stream), _explicit(dataset))
    assert bare.read_bytes()[128:132] != b"DICM"
    assert_same_counts(load_scan(bare))


def _explicit(dataset):
    plain = pydicom.Dataset()
    plain.update(dataset)
    plain.set_original_encoding(False, True)
    return plain


@pytest.mark.parametrize(
    "edit",
    [
        without("FrameOfReferenceUID", "PositionReferenceIndicator"),
        without("ImageType", "PatientID", "StudyDate", "BodyPartExamined"),
        without("ImageOrientationPatient", "ImagePositionPatient"),
        without("NumberOfFrames"),
        without("EnergyWindowVector", "FrameIncrementPointer"),
        without("PhotometricInterpretation", "SamplesPerPixel", "BitsStored", "HighBit"),
        without("PixelRepresentation", "Modality"),
        without("StudyInstanceUID", "SeriesInstanceUID"),
        setting(PhotometricInterpretation="MONOCHROME1"),
        setting(ImageType=["DERIVED", "SECONDARY", "STATIC", "EMISSION"]),
        setting(RescaleSlope="1", RescaleIntercept="0"),
        malformed(CountsAccumulated="many", PatientAge="sixty", StudyDate="last week"),
        siemens_like,
    ],
)
def test_what_is_missing_or_odd_elsewhere_does_not_matter(tmp_path, edit):
    assert_same_counts(load_scan(nm_file(tmp_path / "scan", edit)))


def test_without_an_instance_uid_there_is_no_source(tmp_path):
    scan = load_scan(nm_file(tmp_path / "scan", without("SOPInstanceUID", "StudyInstanceUID")))
    assert {view.source for view in scan} == {None}
    assert scan.study_uid is None
    assert len(scan.name) == 12


def test_rescale_is_applied(tmp_path):
    scan = load_scan(nm_file(tmp_path / "scan", setting(RescaleSlope="0.5", RescaleIntercept="2")))
    np.testing.assert_array_equal(scan.views[0].counts, PAIR[ANTERIOR] * 0.5 + 2)


@pytest.mark.parametrize(
    ("dtype", "bits", "sign"), [("<i2", 16, 1), ("u1", 8, 0), ("<u4", 32, 0), ("<i4", 32, 1)]
)
def test_other_pixel_types(tmp_path, dtype, bits, sign):
    def retype(dataset):
        dataset.PixelData = np.minimum(dataset.pixel_array, 255).astype(dtype).tobytes()
        dataset.BitsAllocated = dataset.BitsStored = bits
        dataset.HighBit = bits - 1
        dataset.PixelRepresentation = sign

    expected = {view: np.minimum(PAIR[view], 255) for view in PAIR}
    assert_same_counts(load_scan(nm_file(tmp_path / "scan", retype)), expected)


def test_floating_point_pixels(tmp_path):
    def retype(dataset):
        dataset.FloatPixelData = dataset.pixel_array.astype("<f4").tobytes()
        dataset.BitsAllocated = 32
        del dataset.PixelData

    assert_same_counts(load_scan(nm_file(tmp_path / "scan", retype)))


def test_trailing_padding_is_forgiven(tmp_path):
    def pad(dataset):
        dataset.PixelData += bytes(10)

    assert_same_counts(load_scan(nm_file(tmp_path / "scan", pad)))


def test_reading_is_quick(tmp_path):
    counts = {view: body_counts(view) for view in ViewName}
    path = nm_file(tmp_path / "scan", counts=counts, spacing=(2.26, 2.26))
    load_scan(path)
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        load_scan(path)
        seconds.append(time.perf_counter() - start)
    assert min(seconds) < 0.05
