"""``bmlesionseg report``, ``import`` and ``export --training`` as a user types them."""

from pathlib import Path

import pytest

from BMLesionSegLib.cli.main import main
from BMLesionSegLib.exporting.segment import STATUS_TAG
from BMLesionSegLib.exporting.segmentation_nrrd import write_segmentation
from BMLesionSegLib.reading import load_scan
from Testing.library.dicom_sources import source
from Testing.library.dicom_sources import stored as stored_segmentations
from Testing.library.doll import Block
from Testing.library.exporting_results import drawn


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    return source()(tmp_path)[0]


@pytest.fixture
def unreviewed(tmp_path: Path, scan: Path) -> Path:
    folder = tmp_path / "unreviewed"
    loaded = load_scan(scan)
    for view, one in zip(loaded, stored_segmentations(loaded, "touching"), strict=True):
        path = folder / f"{view.name}.seg.nrrd"
        write_segmentation(path, one.labels, one.geometry, one.segments)
    return folder


@pytest.fixture
def reviewed(tmp_path: Path, scan: Path) -> Path:
    folder = tmp_path / "reviewed"
    for view in load_scan(scan):
        one = drawn(view, (Block(60, 64, -108, -104, 0.0), {STATUS_TAG: "metastasis"}))
        path = folder / f"{view.name}.seg.nrrd"
        write_segmentation(path, one.labels, one.geometry, one.segments)
    return folder


def test_draft_edit_final(tmp_path: Path, scan: Path, reviewed: Path, capsys):
    arguments = ["report", str(reviewed), "--scan", str(scan), "--output", str(tmp_path / "out")]
    assert main(arguments) == 0
    assert ": draft report. " in capsys.readouterr().out
    (folder,) = (tmp_path / "out").iterdir()
    assert folder.name == load_scan(scan).name
    impression = folder / "impression.txt"
    impression.write_text(impression.read_text("utf-8") + "Progression.\n", "utf-8")
    assert main([*arguments, "--final"]) == 0
    assert ": final report. " in capsys.readouterr().out
    assert "Progression." in impression.read_text("utf-8")
    assert main(arguments) == 1
    assert "never replaces a final report" in capsys.readouterr().err


def test_a_final_report_and_a_case_need_a_review(
    tmp_path: Path, scan: Path, unreviewed: Path, capsys
):
    out = tmp_path / "out"
    for command, flag in (("report", "--final"), ("export", "--training")):
        arguments = [command, str(unreviewed), "--scan", str(scan), "--output", str(out), flag]
        assert main(arguments) == 1
        (line,) = capsys.readouterr().err.strip().splitlines()
        assert line.startswith("error: a ")
        assert "Give each a status" in line
    assert not out.exists()


def test_a_training_case_has_a_name_of_its_own(tmp_path: Path, scan: Path, reviewed: Path, capsys):
    out = tmp_path / "out"
    arguments = ["export", str(reviewed), "--scan", str(scan), "--output", str(out), "--training"]
    assert main(arguments) == 0
    (case,) = out.iterdir()
    assert case.name.startswith("case-")
    assert str(case) in capsys.readouterr().out
    assert (case / "scan.dcm").is_file()


def test_out_as_dicom_and_in_again(tmp_path: Path, scan: Path, unreviewed: Path, capsys):
    assert main(["export", str(unreviewed), "--scan", str(scan), "--output", str(tmp_path)]) == 0
    name = load_scan(scan).name
    back = ["import", str(tmp_path / name), "--scan", str(scan), "--output", str(tmp_path / "b")]
    assert main(back) == 0
    assert "segments by view: anterior 3, posterior 3" in capsys.readouterr().out
    assert {path.name for path in (tmp_path / "b" / name).iterdir()} == {
        "anterior.seg.nrrd",
        "posterior.seg.nrrd",
    }
    assert main(back) == 1
    assert "Choose another output folder." in capsys.readouterr().err
