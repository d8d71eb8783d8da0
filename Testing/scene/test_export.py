"""Export of a review: what the command line writes of the same segmentations, and no more."""

import csv
from pathlib import Path

import numpy as np
import pydicom
import pytest
import slicer

from BMLesionSegLib.cli.main import main
from BMLesionSegLib.errors import FileRefused
from BMLesionSegLib.exporting.segmentation_nrrd import read_segmentation
from BMLesionSegLib.lesions import ReviewStatus
from BMLesionSegLib.reading import load_scan
from BMLesionSegLib.scan import ViewName
from BMLesionSegMRML.result import putIntoScene
from BMLesionSegMRML.review import Review
from BMLesionSegMRML.segmentations import segmentsOf
from BMLesionSegMRML.source_files import SourceFiles
from BMLesionSegMRML.volumes import addScan
from Testing.library.nm_files import SECRET, nm_file
from Testing.scene.editor import Editor
from Testing.scene.scans_in_scene import segmentation_of, small_scan

ANTERIOR, POSTERIOR = ViewName.ANTERIOR, ViewName.POSTERIOR
SPOTS = {
    ANTERIOR: [(90, 40, 0.9), (200, 60, 0.7), (330, 40, 0.6)],
    POSTERIOR: [(91, 81, 0.8), (250, 30, 0.8)],
}


@pytest.fixture
def path(tmp_path):
    return nm_file(tmp_path / "scan.dcm")


@pytest.fixture
def review(path):
    """Of a DICOM scan whose file is remembered: reviewed, and edited once."""
    scan = load_scan(path)
    files = SourceFiles()
    files.remember(scan)
    run = segmentation_of(scan, SPOTS)
    nodes = putIntoScene(run, addScan(scan))
    review = Review(nodes, files, run)
    Editor(nodes[ANTERIOR]).paint("anterior-1", slice(97, 100), slice(40, 47))
    review.setStatus(1, ReviewStatus.METASTASIS)
    review.setStatus(2, ReviewStatus.REJECTED)
    review.setStatus(3, ReviewStatus.BENIGN)
    yield review
    review.close()


def names(paths):
    return sorted(path.name for path in paths)


def test_everything_is_written_and_nothing_left_lying(review, tmp_path):
    written = review.export(tmp_path / "Ausgänge")
    folder = tmp_path / "Ausgänge" / review.scan.name
    assert all(path.parent == folder for path in written)
    assert names(written) == names(folder.iterdir())
    assert names(written) == [
        "anterior.gsps.dcm",
        "anterior.seg.dcm",
        "anterior.seg.nrrd",
        "impression.txt",
        "lesions.csv",
        "measurements.sr.dcm",
        "posterior.gsps.dcm",
        "posterior.seg.dcm",
        "posterior.seg.nrrd",
        "report.csv",
        "report.json",
        "report.pdf",
    ]
    assert review.exportReason() is None
    assert review.sourceReason() is None


def test_it_is_what_the_command_line_makes_of_the_saved_segmentations(review, path, tmp_path):
    review.export(tmp_path / "module")
    saved = []
    for name, node in review.segmentations.items():
        saved.append(str(tmp_path / f"{name}.seg.nrrd"))
        assert slicer.util.saveNode(node, saved[-1])
    output = tmp_path / "command"
    assert main(["export", *saved, "--scan", str(path), "--output", str(output)]) == 0
    made = sorted((output / review.scan.name).iterdir())
    assert len(made) == 5
    for theirs in made:
        ours = tmp_path / "module" / review.scan.name / theirs.name
        one, other = pydicom.dcmread(ours), pydicom.dcmread(theirs)
        # The UID follows from everything that the object says, its time apart.
        assert one.SOPInstanceUID == other.SOPInstanceUID
        assert one.get("PixelData") == other.get("PixelData")


def test_rejected_findings_stay_out(review, tmp_path):
    review.export(tmp_path)
    folder = tmp_path / review.scan.name
    rejected = next(row for row in review.rows() if row.number == 2).lesions[0]
    labels = read_segmentation(folder / f"{rejected.view}.seg.nrrd")
    assert rejected.segment_id not in [one.segment_id for one in labels.segments]
    row, column = map(round, rejected.centroid)
    assert labels.labels[row, column] == 0
    with (folder / "lesions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["finding"] for row in rows} == {"1", "3", "4"}
    seg = pydicom.dcmread(folder / f"{rejected.view}.seg.dcm")
    assert rejected.segment_id not in [item.TrackingID for item in seg.SegmentSequence]


def test_edited_and_benign_are_said_to_be_so(review, tmp_path):
    review.export(tmp_path)
    seg = pydicom.dcmread(tmp_path / review.scan.name / "anterior.seg.dcm")
    kinds = {item.TrackingID: item.SegmentAlgorithmType for item in seg.SegmentSequence}
    assert kinds["anterior-1"] == "SEMIAUTOMATIC"
    for row in review.rows():
        for lesion in row.lesions:
            file = pydicom.dcmread(tmp_path / review.scan.name / f"{lesion.view}.seg.dcm")
            for item in file.SegmentSequence:
                if item.TrackingID == lesion.segment_id:
                    code = item.SegmentedPropertyTypeCodeSequence[0].CodeValue
                    benign = row.status is ReviewStatus.BENIGN
                    assert (code == "14799000") is not benign


def test_slicer_s_own_tags_agree_with_the_exported_object(review, tmp_path):
    from BMLesionSegMRML.segment_tags import tagOf

    review.export(tmp_path)
    for name, node in review.segmentations.items():
        segments = segmentsOf(node)
        seg = pydicom.dcmread(tmp_path / review.scan.name / f"{name}.seg.dcm")
        for item in seg.SegmentSequence:
            segment = segments[item.TrackingID]
            assert tagOf(segment, "DICOM.TrackingUniqueIdentifier") == item.TrackingUID
            assert tagOf(segment, "DICOM.SegmentAlgorithmType") == item.SegmentAlgorithmType


def test_no_file_names_the_patient(review, tmp_path):
    lastname = SECRET.split("^")[0]
    for path in review.export(tmp_path / "out"):
        assert lastname.lower() not in str(path).lower()
        # DICOM objects carry the patient's identity, as they must; nothing else does.
        assert (lastname.encode() in path.read_bytes()) is (path.suffix == ".dcm")


class TestSource:
    """The DICOM file behind the scan."""

    def lost(self, review):
        again = Review(review.segmentations, SourceFiles())
        review.close()
        return again

    def test_without_it_the_rest_is_written_and_the_reason_said(self, review, tmp_path):
        again = self.lost(review)
        assert "not found" in again.sourceReason()
        assert names(again.export(tmp_path)) == [
            "anterior.seg.nrrd",
            "impression.txt",
            "lesions.csv",
            "posterior.seg.nrrd",
            "report.csv",
            "report.json",
            "report.pdf",
        ]
        again.close()

    def test_it_may_be_offered(self, review, path, tmp_path):
        again = self.lost(review)
        (tmp_path / "note.txt").write_text("no DICOM")
        written = again.export(tmp_path, [tmp_path / "note.txt", path])
        assert "posterior.seg.dcm" in names(written)
        assert again.sourceReason() is None
        again.close()

    def test_another_scan_s_file_is_not_taken_for_it(self, review, tmp_path):
        again = self.lost(review)
        again.export(tmp_path, [nm_file(tmp_path / "other.dcm", key="another")])
        assert again.sourceReason() is not None
        again.close()

    def test_the_database_knows_it(self, review, path, tmp_path, monkeypatch):
        class Database:
            def fileForInstance(self, _uid):  # noqa: N802
                return str(path)

        monkeypatch.setattr(slicer, "dicomDatabase", Database(), raising=False)
        again = self.lost(review)
        assert again.sourceReason() is None
        assert "measurements.sr.dcm" in names(again.export(tmp_path))
        again.close()

    def test_a_file_that_has_changed_is_refused_before_anything_is_written(
        self, review, path, tmp_path
    ):
        path.write_bytes(b"no longer DICOM")
        with pytest.raises(FileRefused):
            review.export(tmp_path / "out")
        assert [p for p in (tmp_path / "out").rglob("*") if p.is_file()] == []

    def test_a_scan_that_is_not_from_dicom_misses_nothing(self, tmp_path):
        run = segmentation_of(small_scan(), SPOTS)
        review = Review(putIntoScene(run, addScan(run.scan)), SourceFiles(), run)
        assert review.sourceReason() is None
        assert not any(path.suffix == ".dcm" for path in review.export(tmp_path))
        review.close()


def test_a_segment_of_another_grid_blocks_the_export_and_says_why(review):
    node = review.segmentations[ANTERIOR]
    image = slicer.vtkOrientedImageData()
    image.SetExtent(0, 9, 0, 9, 0, 0)
    image.AllocateScalars(3, 1)
    image.GetPointData().GetScalars().Fill(1)
    segment = slicer.vtkSegment()
    segment.AddRepresentation("Binary labelmap", image)
    # Added unseen: an import, or a script that does not know the view's grid.
    review.close()
    node.GetSegmentation().AddSegment(segment, "foreign")
    assert "another grid" in review.exportReason()
    node.GetSegmentation().RemoveSegment("foreign")
    assert review.exportReason() is None


def test_an_export_is_repeated_over_itself(review, tmp_path):
    review.export(tmp_path)
    review.setStatus(4, ReviewStatus.REJECTED)
    review.export(tmp_path)
    folder = Path(tmp_path / review.scan.name)
    stored = read_segmentation(folder / "posterior.seg.nrrd")
    assert [one.name[:2] for one in stored.segments] in (["1P"], ["1P", "3P"])
    assert np.count_nonzero(stored.labels) == 49 * len(stored.segments)
