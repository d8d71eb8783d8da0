"""``bmlesionseg segment`` as a user types it, with a tiny model."""

import csv
import json
import shutil

import numpy as np
import pydicom
import pytest
import SimpleITK
import slicerio

from BMLesionSegLib.cli.main import main
from BMLesionSegLib.cli.segment import unused_name
from Testing.library.nm_files import SECRET, nm_file
from Testing.library.scans import SPACING, body_pair


@pytest.fixture(scope="module")
def scan_file(tmp_path_factory):
    return nm_file(
        tmp_path_factory.mktemp("scan") / "DOE^JANE 1950.dcm", counts=body_pair(), spacing=SPACING
    )


def segment(tiny_model, output, *arguments):
    return main(
        ["segment", *map(str, arguments), "--output", str(output), "--model", str(tiny_model)]
    )


def test_everything_is_written_and_agrees(tiny_model, scan_file, tmp_path, capsys):
    assert segment(tiny_model, tmp_path, scan_file, "--threshold", "0.3") == 0
    (folder,) = tmp_path.iterdir()
    assert {path.name for path in folder.iterdir()} == {
        "anterior.seg.nrrd",
        "posterior.seg.nrrd",
        "lesions.csv",
        "overlay.png",
        "run.json",
        "anterior.gsps.dcm",
        "posterior.gsps.dcm",
        "measurements.sr.dcm",
    } | {f"{name}.seg.dcm" for name in views_with_lesions(folder)}
    assert str(folder) in capsys.readouterr().out
    with (folder / "lesions.csv").open(newline="", encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    for view in ("anterior", "posterior"):
        path = folder / f"{view}.seg.nrrd"
        image = SimpleITK.ReadImage(str(path))
        labels = SimpleITK.GetArrayFromImage(image)
        assert labels.shape == (1, 1024, 256)
        assert image.GetSpacing() == pytest.approx((2.26, 2.26, 1.0))
        areas = [float(row["area_mm2"]) for row in rows if row["view"] == view]
        assert (labels > 0).sum() * 2.26**2 == pytest.approx(sum(areas), abs=0.06 * len(areas))
        segments = slicerio.read_segmentation(str(path))["segments"]
        assert len(segments) == len(areas)


def test_twice_the_same_bytes_but_for_the_times(tiny_model, scan_file, tmp_path):
    for name in ("first", "second"):
        assert segment(tiny_model, tmp_path / name, scan_file) == 0
    (first,), (second,) = ((tmp_path / name).iterdir() for name in ("first", "second"))
    for path in first.iterdir():
        other = second / path.name
        if path.name == "run.json":
            records = [json.loads(file.read_text("utf-8")) for file in (path, other)]
            for record in records:
                assert record.pop("seconds").keys() >= {"read", "network"}
            assert records[0] == records[1]
        elif path.suffix == ".dcm":
            assert timeless(path) == timeless(other), path.name
        else:
            assert path.read_bytes() == other.read_bytes(), path.name


def views_with_lesions(folder):
    with (folder / "lesions.csv").open(newline="", encoding="utf-8") as table:
        return {row["view"] for row in csv.DictReader(table)}


def timeless(path):
    dataset = pydicom.dcmread(path)
    for element in dataset.iterall():
        if element.keyword.endswith(("CreationDate", "CreationTime", "ContributionDateTime")):
            element.value = ""
        if element.keyword in ("ContentDate", "ContentTime"):
            element.value = ""
    return dataset


def test_no_name_of_the_patient_in_names_and_records(tiny_model, scan_file, tmp_path, capsys):
    segment(tiny_model, tmp_path, scan_file)
    (folder,) = tmp_path.iterdir()
    written = (folder / "run.json").read_text("utf-8") + (folder / "lesions.csv").read_text("utf-8")
    for text in (folder.name, written, capsys.readouterr().out):
        assert "DOE" not in text
        assert SECRET not in text


def test_one_refused_input_does_not_stop_the_others(tiny_model, scan_file, tmp_path, capsys):
    broken = tmp_path / "broken.dcm"
    broken.write_bytes(b"no scan")
    out = tmp_path / "out"
    assert segment(tiny_model, out, broken, scan_file, tmp_path / "missing.dcm") == 1
    assert len(list(out.iterdir())) == 1
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 2
    assert [line.partition(": the")[0] for line in lines] == ["error: input 1", "error: input 3"]


def test_a_refused_scan_of_a_folder_is_counted_in_the_order_of_names(
    tiny_model, scan_file, tmp_path, capsys
):
    folder = tmp_path / "folder"
    folder.mkdir()
    shutil.copy(scan_file, folder / "a.dcm")
    broken = pydicom.dcmread(scan_file)
    broken.SOPInstanceUID += "1"
    broken.PixelData = broken.PixelData[:1000]
    broken.save_as(folder / "b.dcm")
    assert segment(tiny_model, tmp_path / "out", folder) == 1
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert line.startswith("error: input 1, scan 2 of 2: ")


def test_a_refused_input_writes_nothing(tiny_model, tmp_path):
    broken = tmp_path / "broken.dcm"
    broken.write_bytes(b"no scan")
    assert segment(tiny_model, tmp_path / "out", broken) == 1
    assert not (tmp_path / "out").exists()


def test_a_folder_of_scans_and_a_picture_with_its_view(tiny_model, scan_file, tmp_path):
    both = tmp_path / "both"
    both.mkdir()
    shutil.copy(scan_file, both / "a.dcm")
    nm_file(both / "b.dcm", counts=body_pair(seed=1), spacing=SPACING, key="another")
    assert segment(tiny_model, tmp_path / "out", both) == 0
    assert len(list((tmp_path / "out").iterdir())) == 2
    image = SimpleITK.GetImageFromArray(next(iter(body_pair().values()))[np.newaxis])
    image.SetSpacing((2.26, 2.26, 1.0))
    SimpleITK.WriteImage(image, str(tmp_path / "ANT-7.nrrd"))
    assert segment(tiny_model, tmp_path / "out", tmp_path / "ANT-7.nrrd", "--view", "anterior") == 0
    result = tmp_path / "out" / "ANT-7"
    assert not (result / "posterior.seg.nrrd").exists()
    back = SimpleITK.ReadImage(str(result / "anterior.seg.nrrd"))
    assert back.GetOrigin() == image.GetOrigin()
    assert back.GetDirection() == image.GetDirection()


def test_equal_names_get_a_number():
    taken: set[str] = set()
    assert [unused_name(name, taken) for name in ("a", "A", "b", "a")] == ["a", "A-2", "b", "a-3"]


@pytest.mark.parametrize("threshold", ["0", "1.5", "-0.1"])
def test_a_threshold_that_is_none(tiny_model, scan_file, tmp_path, threshold, capsys):
    assert segment(tiny_model, tmp_path / "out", scan_file, f"--threshold={threshold}") == 1
    assert "probability between 0 and 1" in capsys.readouterr().err


def test_unknown_model(scan_file, tmp_path, capsys):
    assert segment("no-such-model", tmp_path / "out", scan_file) == 1
    assert "no-such-model" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["segment"], ["segment", "x"], ["fly"]])
def test_wrong_usage_exits_with_two(arguments):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
