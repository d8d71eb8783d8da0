"""A corrected result beside whatever lies in its folder."""

from datetime import datetime
from pathlib import Path

import pytest

from BMLesionSegLib.errors import FileRefused, OutputRefused
from BMLesionSegLib.exporting.export import export_dicom
from Testing.library.dicom_sources import source_and_result

WHEN = datetime(2026, 11, 22)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_other_files_stay_and_an_emptied_view_loses_its_segmentation(tmp_path: Path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "anterior.seg.nrrd").write_text("corrected by hand")
    _, both = source_and_result(tmp_path, "two frames", "one")
    export_dicom(out, both, WHEN)
    assert {"anterior.seg.nrrd", "anterior.seg.dcm", "posterior.seg.dcm"} < names(out)
    _, back = source_and_result(tmp_path, "two frames", "one empty view")
    written = export_dicom(out, back, WHEN)
    assert names(out) == {path.name for path in written} | {"anterior.seg.nrrd"}
    assert "anterior.seg.dcm" not in names(out)
    assert (out / "anterior.seg.nrrd").read_text() == "corrected by hand"


def test_a_refused_export_changes_nothing(tmp_path: Path):
    out = tmp_path / "out"
    _, result = source_and_result(tmp_path, "two frames", "one")
    export_dicom(out, result, WHEN)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    (tmp_path / "scan.dcm").unlink()
    with pytest.raises(FileRefused):
        export_dicom(out, result, WHEN)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path):
    _, result = source_and_result(tmp_path, "two frames", "one")
    (tmp_path / "taken").touch()
    with pytest.raises(OutputRefused):
        export_dicom(tmp_path / "taken", result, WHEN)
