"""A case to learn from: the same pixels and masks, nobody's name, read by the trainer."""

import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pydicom
import pytest

from BMLesionSegLib.errors import ReviewIncomplete
from BMLesionSegLib.exporting.corrected import corrected
from BMLesionSegLib.exporting.reported import Reported
from BMLesionSegLib.exporting.segment import CLASS_TAG, STATUS_TAG
from BMLesionSegLib.exporting.segmentation_nrrd import read_segmentation
from BMLesionSegLib.exporting.training_case import write_training_case
from BMLesionSegLib.reading import load_scan
from BMLesionSegLib.scan import BoneScan, View
from Testing.library.dicom_sources import SOURCES, source_and_result, stored
from Testing.library.doll import Block, Doll
from Testing.library.exporting_results import drawn
from Testing.library.tools import need_tool
from Testing.library.trainer import cases_of, training_changes_the_weights


def reviewed(folder: Path, variant: str = "two frames", case: str = "touching") -> Reported:
    """A corrected scan: metastasis, benign, indeterminate in turn."""
    scan, _ = source_and_result(folder, variant, case)
    statuses = ("metastasis", "benign", "indeterminate")
    judged = []
    for one in stored(scan, case):
        segments = tuple(
            replace(segment, tags={STATUS_TAG: statuses[index % 3]}, name="Doe^Jane")
            for index, segment in enumerate(one.segments)
        )
        judged.append(replace(one, segments=segments))
    return corrected(scan, judged)


@pytest.mark.parametrize("variant", SOURCES)
def test_the_trainer_reads_the_same_pixels_and_metastases(tmp_path: Path, variant: str):
    result = reviewed(tmp_path, variant)
    write_training_case(tmp_path / "cases", result)
    (case,) = cases_of(tmp_path / "cases")
    assert [view.name for view in case.scan] == [one.view.name for one in result.views]
    for view, one in zip(case.scan, result.views, strict=True):
        np.testing.assert_array_equal(view.counts, one.view.counts)
        assert view.spacing == pytest.approx(one.view.spacing)
        np.testing.assert_array_equal(case.metastases[view.name] > 0, one.labels == 1)


def test_classes_are_kept_and_names_are_new(tmp_path: Path):
    folder = write_training_case(tmp_path / "cases", reviewed(tmp_path))
    segments = read_segmentation(folder / "anterior.seg.nrrd").segments
    said = [segment.tags[CLASS_TAG] for segment in segments]
    assert said == ["metastasis", "benign", "indeterminate"]
    assert [segment.segment_id for segment in segments] == ["spot-1", "spot-2", "spot-3"]
    assert not any("Doe" in segment.name for segment in segments)


def test_a_view_without_lesions_has_an_empty_truth(tmp_path: Path):
    write_training_case(tmp_path / "cases", reviewed(tmp_path, case="one empty view"))
    (case,) = cases_of(tmp_path / "cases")
    assert [labels.any() for labels in case.metastases.values()] == [False, True]


def test_counts_that_are_no_whole_numbers_keep_five_digits(tmp_path: Path):
    result = reviewed(tmp_path)
    views = tuple(
        View(one.name, one.counts * np.float32(0.37), one.spacing, one.evidence)
        for one in result.scan
    )
    scan = BoneScan(views, "scaled")
    folder = write_training_case(tmp_path / "cases", corrected(scan, []))
    back = load_scan(folder / "scan.dcm")
    highest = max(view.counts.max() for view in views)
    for view, one in zip(back, views, strict=True):
        np.testing.assert_allclose(view.counts, one.counts, atol=0.51 * highest / 65535)


def test_the_file_is_conformant(tmp_path: Path):
    validator = need_tool("dciodvfy", "dicom3tools")
    for variant in ("two frames", "posterior alone"):
        (tmp_path / variant).mkdir()
        folder = write_training_case(tmp_path / "cases", reviewed(tmp_path / variant, variant))
        said = subprocess.run([validator, folder / "scan.dcm"], capture_output=True, text=True)
        lines = (said.stdout + said.stderr).splitlines()
        assert [line for line in lines if line.startswith("Error")] == []
        assert lines[-1] == "NMImage"


def test_every_value_is_from_the_list_or_new(tmp_path: Path):
    """Whatever differs between two cases of unlike scans is counts, spacing, views or new."""
    files = []
    for variant in ("Siemens-like", "oblong pixels"):
        (tmp_path / variant).mkdir()
        result = reviewed(tmp_path / variant, variant)
        files.append(write_training_case(tmp_path / "cases" / variant, result) / "scan.dcm")
    first, second = map(pydicom.dcmread, files)
    differing = {element.keyword for element in first if element != second.get(element.tag)}
    new = {"PatientID", "StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"}
    assert differing == new | {"FrameOfReferenceUID", "PixelSpacing"}
    source = pydicom.dcmread(tmp_path / "Siemens-like" / "scan.dcm")
    for keyword in new | {"FrameOfReferenceUID"}:
        assert first[keyword].value != source[keyword].value
    assert not any(element.tag.is_private for element in first.iterall())
    assert files[0].read_bytes()[:128] == bytes(128)


def test_the_same_scan_is_the_same_case_whatever_its_file_says(tmp_path: Path):
    names = []
    for variant in ("two frames", "Siemens-like"):
        (tmp_path / variant).mkdir()
        result = reviewed(tmp_path / variant, variant)
        names.append(write_training_case(tmp_path / "cases", result).name)
    assert names[0] == names[1]
    assert len(list((tmp_path / "cases").iterdir())) == 1


def test_an_unreviewed_lesion_is_nothing_to_learn_from(tmp_path: Path):
    _, result = source_and_result(tmp_path, "two frames", "forty")
    with pytest.raises(ReviewIncomplete, match="10 of 40 are not"):
        write_training_case(tmp_path / "cases", result)
    assert not (tmp_path / "cases").exists()


def test_a_network_learns_from_it(tmp_path: Path):
    scan = Doll().scan()
    for view in scan:
        spots = drawn(view, (Block(250, 270, 50, 70, 0.0), {STATUS_TAG: "metastasis"}))
        alone = BoneScan((view,), "one view")
        write_training_case(tmp_path / "cases", corrected(alone, [spots]))
    assert training_changes_the_weights(tmp_path / "cases", tmp_path / "checkpoint.pt")
