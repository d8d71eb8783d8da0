"""``bmlesionseg export`` as a user types it."""

from pathlib import Path

import pydicom
import pytest

from BMLesionSegLib.cli.main import main
from BMLesionSegLib.exporting.segmentation_import import read_segmentation_dicom
from BMLesionSegLib.exporting.segmentation_nrrd import write_segmentation
from BMLesionSegLib.reading import load_scan
from Testing.library.dicom_sources import ANTERIOR, POSTERIOR, one_file_a_view, source, stored
from Testing.library.nm_files import SECRET


@pytest.fixture
def scan_file(tmp_path: Path) -> Path:
    folder = tmp_path / "DOE^JANE"
    folder.mkdir()
    return source()(folder)[0]


def corrected_folder(tmp_path: Path, scan) -> Path:
    folder = tmp_path / "corrected"
    for view, one in zip(scan, stored(scan, "touching"), strict=True):
        path = folder / f"{view.name}.seg.nrrd"
        write_segmentation(path, one.labels, one.geometry, one.segments)
    return folder


def export(*arguments: object) -> int:
    return main(["export", *map(str, arguments)])


def test_a_corrected_folder_becomes_dicom(tmp_path: Path, scan_file: Path, capsys):
    scan = load_scan(scan_file)
    folder = corrected_folder(tmp_path, scan)
    assert export(folder, "--scan", scan_file, "--output", tmp_path / "out") == 0
    out = tmp_path / "out" / scan.name
    said = capsys.readouterr()
    assert said.out.startswith(f"{out}: lesions in all views: 2 unreviewed")
    for name in (ANTERIOR, POSTERIOR):
        report = out / "measurements.sr.dcm"
        back = read_segmentation_dicom(out / f"{name}.seg.dcm", scan, report)[name]
        assert (back.labels > 0).sum() == 28
        statuses = [segment.tags["BMLesionSeg.Status"] for segment in back.segments]
        assert statuses == ["unreviewed", "metastasis", "benign"]


def test_one_file_of_a_scan_in_two_files(tmp_path: Path):
    files = one_file_a_view(tmp_path)
    scan = load_scan(source()(tmp_path)[0])
    folder = corrected_folder(tmp_path, scan)
    one = folder / "posterior.seg.nrrd"
    assert export(one, "--scan", *files, "--output", tmp_path / "out") == 0
    (out,) = (tmp_path / "out").iterdir()
    dataset = pydicom.dcmread(out / "posterior.seg.dcm")
    assert len(dataset.SegmentSequence) == 3
    assert not (out / "anterior.seg.dcm").exists()


def test_no_name_in_what_is_said_and_named(tmp_path: Path, scan_file: Path, capsys, caplog):
    folder = corrected_folder(tmp_path, load_scan(scan_file))
    assert export(folder, "--scan", scan_file, "--output", tmp_path / "out") == 0
    said = capsys.readouterr()
    names = [path.name for path in (tmp_path / "out").rglob("*")]
    for text in (said.out, said.err, caplog.text, *names):
        assert "DOE" not in text
        assert SECRET not in text


def test_refusals_are_one_line_and_write_nothing(tmp_path: Path, scan_file: Path, capsys):
    out = tmp_path / "out"
    folder = corrected_folder(tmp_path, load_scan(scan_file))
    empty = tmp_path / "empty"
    empty.mkdir()
    other = tmp_path / "other"
    other.mkdir()
    image = source(spacing=(9.0, 9.0))(other)[0]
    for segmentation, scan in ((empty, scan_file), (folder, image), (folder, tmp_path / "none")):
        assert export(segmentation, "--scan", scan, "--output", out) == 1
        (line,) = capsys.readouterr().err.strip().splitlines()
        assert line.startswith("error: ")
    assert not out.exists()
