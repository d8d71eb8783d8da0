"""What the logic remembers between its calls."""

import pytest
import slicer

from BMLesionSegLib.lesions import ReviewStatus
from BMLesionSegLib.reading import load_scan
from BMLesionSegLib.scan import ViewName
from BMLesionSegMRML.segmentations import drawnView
from BMLesionSegMRML.volumes import addScan
from Testing.library.nm_files import nm_file
from Testing.scene.scans_in_scene import small_scan

pytestmark = pytest.mark.usefixtures("quick_network")

ANTERIOR, POSTERIOR = ViewName.ANTERIOR, ViewName.POSTERIOR


@pytest.fixture
def nodes():
    return addScan(small_scan())


def segment(logic, nodes, tiny_model, **named):
    return logic.segment(*nodes.values(), device="cpu", modelPath=str(tiny_model), **named)


def test_before_a_run_there_is_no_review(logic, nodes):
    assert logic.review(*nodes.values()) is None
    assert logic.review(None) is None


def test_one_review_as_long_as_it_is_the_same_result(logic, nodes, tiny_model):
    segment(logic, nodes, tiny_model, threshold=0.45)
    review = logic.review(*nodes.values())
    assert logic.review(*nodes.values()) is review
    assert logic.review(nodes[POSTERIOR]) is review
    assert review.previewReason() is None
    assert review.threshold == 0.45


def test_one_view_of_a_pair_stands_for_the_scan(logic, nodes, tiny_model):
    segmented = logic.segment(nodes[POSTERIOR], device="cpu", modelPath=str(tiny_model))
    assert list(segmented) == ["anterior", "posterior"]


def test_a_second_run_of_an_untouched_scan_fills_the_same_nodes(logic, nodes, tiny_model):
    first = segment(logic, nodes, tiny_model, threshold=0.45)
    old = logic.review(*nodes.values())
    assert segment(logic, nodes, tiny_model, threshold=0.48) == first
    review = logic.review(*nodes.values())
    assert review is not old
    assert review.threshold == 0.48


def test_a_second_run_after_review_leaves_it_and_is_shown(logic, nodes, tiny_model):
    first = segment(logic, nodes, tiny_model, threshold=0.45)
    review = logic.review(*nodes.values())
    number = review.rows()[0].number
    review.setStatus(number, ReviewStatus.METASTASIS)
    labels = drawnView(first[ANTERIOR]).labels
    second = segment(logic, nodes, tiny_model, threshold=0.45)
    assert set(first.values()).isdisjoint(second.values())
    assert (drawnView(first[ANTERIOR]).labels == labels).all()
    assert logic.review(*nodes.values()).segmentations == second


def test_two_scans_are_reviewed_in_turn(logic, nodes, tiny_model):
    other = addScan(small_scan(), "Other scan")
    for scan in (nodes, other):
        segment(logic, scan, tiny_model, threshold=0.45)
    first = logic.review(*nodes.values())
    first.setStatus(first.rows()[0].number, ReviewStatus.BENIGN)
    assert {row.status for row in logic.review(*other.values()).rows()} == {ReviewStatus.UNREVIEWED}
    again = logic.review(*nodes.values())
    assert again.rows()[0].status is ReviewStatus.BENIGN
    assert again.threshold == 0.45


def test_a_closed_scene_is_forgotten(logic, nodes, tiny_model):
    segment(logic, nodes, tiny_model)
    review = logic.review(*nodes.values())
    slicer.mrmlScene.Clear(0)
    assert logic.review(None) is None
    nodes = addScan(small_scan())
    segment(logic, nodes, tiny_model)
    assert logic.review(*nodes.values()) is not review


def test_a_scan_from_dicom_is_exported_without_asking_for_its_file(logic, tiny_model, tmp_path):
    scan = load_scan(nm_file(tmp_path / "scan.dcm"))
    nodes = logic.addScan(scan)
    segment(logic, nodes, tiny_model, threshold=0.45)
    review = logic.review(*nodes.values())
    assert review.sourceReason() is None
    written = review.export(tmp_path / "out")
    assert "measurements.sr.dcm" in [path.name for path in written]
