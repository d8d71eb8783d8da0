"""Volumes and pictures: the view is given, the file's geometry is kept."""

import numpy as np
import pytest
import SimpleITK

from BMLesionSegLib.reading import load_scan
from BMLesionSegLib.scan import EvidenceKind, Geometry, ViewName, view_geometry
from Testing.library.scans import body_counts

ANTERIOR, POSTERIOR = ViewName
COUNTS = body_counts(ANTERIOR, (512, 128))
VOLUMES = ("nrrd", "nii", "nii.gz", "mha", "mhd", "nhdr")


def write_plane(path, counts=COUNTS, spacing=(4.52, 4.5), flat=False):
    """One view as SimpleITK and 3D Slicer write it; ``flat`` for a file of two dimensions."""
    image = SimpleITK.GetImageFromArray(counts if flat else counts[None])
    column, row = spacing[1], spacing[0]
    image.SetSpacing((column, row) if flat else (column, row, 1.0))
    SimpleITK.WriteImage(image, str(path))
    return path


@pytest.mark.parametrize("suffix", VOLUMES)
@pytest.mark.parametrize("flat", [False, True])
def test_volumes(tmp_path, suffix, flat):
    path = write_plane(tmp_path / f"case.one.{suffix}", flat=flat)
    (view,) = load_scan(path, POSTERIOR)
    np.testing.assert_array_equal(view.counts, COUNTS)
    assert view.spacing == pytest.approx((4.52, 4.5), rel=1e-6)
    assert view.name is POSTERIOR
    assert view.evidence.kind is EvidenceKind.USER
    assert view.source is None
    image = SimpleITK.ReadImage(str(path))
    assert view.geometry.spacing[:2] == image.GetSpacing()[:2]
    assert len(view.geometry.origin) == 3
    np.testing.assert_allclose(np.reshape(view.geometry.direction, (3, 3)), np.eye(3), atol=1e-6)


@pytest.mark.parametrize("view", ViewName)
def test_a_volume_placed_by_our_convention_comes_back_in_place(tmp_path, view):
    ours = view_geometry(view, COUNTS.shape, (4.52, 4.5))
    image = SimpleITK.GetImageFromArray(COUNTS[None])
    image.SetSpacing(ours.spacing)
    image.SetOrigin(ours.origin)
    image.SetDirection(ours.direction)
    SimpleITK.WriteImage(image, str(tmp_path / "scan.nrrd"))
    (read,) = load_scan(tmp_path / "scan.nrrd", view)
    assert isinstance(read.file_geometry, Geometry)
    np.testing.assert_allclose(read.geometry.origin, ours.origin)
    np.testing.assert_allclose(read.geometry.direction, ours.direction)
    np.testing.assert_array_equal(read.counts, COUNTS)


@pytest.mark.parametrize("suffix", ["png", "tif", "tiff"])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_pictures_take_the_usual_field(tmp_path, suffix, dtype):
    counts = np.minimum(COUNTS, 255).astype(dtype)
    path = write_plane(tmp_path / f"scan.{suffix}", counts, (0.35, 0.35), flat=True)
    (view,) = load_scan(path, ANTERIOR)
    np.testing.assert_array_equal(view.counts, counts)
    assert view.spacing == pytest.approx((4.52, 4.52))
    assert "4.52 mm assumed" in view.evidence.text
    assert view.file_geometry is None


def test_a_volume_of_exactly_one_millimetre_states_nothing(tmp_path):
    path = write_plane(tmp_path / "scan.nrrd", spacing=(1.0, 1.0))
    (view,) = load_scan(path, ANTERIOR)
    assert view.spacing == pytest.approx((4.52, 4.52))
    assert "assumed" in view.evidence.text
    assert view.geometry.spacing == (1.0, 1.0, 1.0)


@pytest.mark.parametrize("dtype", [np.int16, np.uint16, np.int32, np.float32, np.float64])
def test_pixel_types(tmp_path, dtype):
    (view,) = load_scan(write_plane(tmp_path / "scan.nrrd", COUNTS.astype(dtype)), ANTERIOR)
    np.testing.assert_array_equal(view.counts, COUNTS)


def test_a_view_given_as_text_is_the_view(tmp_path):
    (view,) = load_scan(write_plane(tmp_path / "scan.png", flat=True), "anterior")
    assert view.name is ANTERIOR
    assert view.geometry == view_geometry(ANTERIOR, view.shape, view.spacing)


def test_the_name_is_the_stem(tmp_path):
    for file, name in {"case.one.nii.gz": "case.one", "скан.NRRD": "скан"}.items():
        assert load_scan(write_plane(tmp_path / file), ANTERIOR).name == name


def test_dicom_under_another_suffix_is_dicom(tmp_path):
    from Testing.library.nm_files import nm_file

    assert len(load_scan(nm_file(tmp_path / "scan.png")).views) == 2
