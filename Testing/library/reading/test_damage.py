"""Whatever happens to a file on its way: a scan or a refusal, nothing else, and soon."""

import warnings

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from BMLesionSegLib.errors import BMLesionSegError
from BMLesionSegLib.reading import load_scan
from BMLesionSegLib.scan import ViewName
from Testing.library.nm_files import nm_file
from Testing.library.reading.test_raster import write_plane
from Testing.library.scans import body_pair

HEADER = 3200
PAIR = body_pair((64, 16))


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("intact")
    nm_file(folder / "scan.dcm", counts=PAIR, spacing=(30.0, 30.0))
    for name in ("scan.nrrd", "scan.nii", "scan.mha", "scan.png", "scan.tif"):
        flat = name.endswith(("png", "tif"))
        write_plane(folder / name, PAIR[ViewName.ANTERIOR], (30.0, 30.0), flat=flat)
    return folder


def attempt(path):
    """A scan or a refusal; any warning that leaves is a failure too."""
    view = None if path.suffix == ".dcm" else ViewName.ANTERIOR
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return load_scan(path, view)
        except BMLesionSegError as refusal:
            return refusal


@settings(
    max_examples=400, deadline=2000, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    places=st.lists(st.tuples(st.integers(0, HEADER), st.integers(0, 255)), max_size=8),
    keep=st.one_of(st.none(), st.integers(0, 8000)),
)
def test_dicom_with_wrong_bytes_or_cut(files, tmp_path, places, keep):
    content = bytearray((files / "scan.dcm").read_bytes())
    for place, byte in places:
        content[place] = byte
    path = tmp_path / "scan.dcm"
    path.write_bytes(content[:keep])
    attempt(path)


@pytest.mark.parametrize("name", ["scan.nrrd", "scan.nii", "scan.mha", "scan.png", "scan.tif"])
@settings(
    max_examples=40, deadline=2000, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    places=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=4),
    keep=st.one_of(st.none(), st.floats(0, 1)),
)
def test_images_with_wrong_bytes_or_cut(files, tmp_path, name, places, keep):
    content = bytearray((files / name).read_bytes())
    for place, byte in places:
        # Most damage to the header, where it matters.
        content[int(place**3 * (len(content) - 1))] = byte
    path = tmp_path / name
    path.write_bytes(content[: None if keep is None else int(keep * len(content))])
    attempt(path)


def test_the_intact_files_are_read(files):
    for path in sorted(files.iterdir()):
        assert not isinstance(attempt(path), BMLesionSegError), path.name
