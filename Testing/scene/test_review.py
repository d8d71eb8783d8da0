"""Review in the scene: by the review itself, by an editor, by undo; the scene is the truth."""

import numpy as np
import pytest
import slicer

from BMLesionSegLib.exporting.segment import STATUS_COLOURS
from BMLesionSegLib.lesions import ReviewStatus
from BMLesionSegMRML.review import Review
from BMLesionSegMRML.segment_tags import tagOf
from BMLesionSegMRML.segmentations import segmentsOf
from BMLesionSegMRML.source_files import SourceFiles
from Testing.scene.review_session import ANTERIOR, POSTERIOR, Session


def test_a_pair_is_one_row(session):
    rows = session.review.rows()
    assert [row.number for row in rows] == [1, 2, 3]
    assert [row.views for row in rows] == [(ANTERIOR, POSTERIOR), (ANTERIOR,), (ANTERIOR,)]
    first = rows[0]
    assert first.status is ReviewStatus.UNREVIEWED
    assert first.areaMm2 == pytest.approx(49 * 4.52**2)
    assert first.probability == pytest.approx(0.9, abs=1e-3)
    square = session.run.views[0].view.counts[90:97, 40:47]
    other = session.run.views[1].view.counts[91:98, 81:88]
    assert first.maxCounts == max(square.max(), other.max())
    assert first.color == pytest.approx(np.divide(STATUS_COLOURS[first.status], 255))


def test_the_findings_are_the_run_s(session):
    for ours, theirs in zip(session.review.findings(), session.run.findings, strict=True):
        assert ours.number == theirs.number
        for one, other in zip(ours.lesions, theirs.lesions, strict=True):
            assert one.centroid == other.centroid
            assert one.total_counts == other.total_counts
            assert one.site == other.site
            assert one.segment_id == other.segment_id


def test_a_status_is_said_in_both_views_by_tag_colour_and_code(session):
    session.review.setStatus(1, ReviewStatus.BENIGN)
    assert session.statuses()[1] is ReviewStatus.BENIGN
    for name, segment_id in ((ANTERIOR, "anterior-1"), (POSTERIOR, "posterior-1")):
        segment = segmentsOf(session.nodes[name])[segment_id]
        assert tagOf(segment, "BMLesionSeg.Status") == "benign"
        assert "Neoplasm" not in tagOf(segment, "TerminologyEntry")
        assert segment.GetColor() == pytest.approx(
            np.divide(STATUS_COLOURS[ReviewStatus.BENIGN], 255), abs=1e-3
        )
        assert tagOf(segment, "DICOM.SegmentAlgorithmType") == "AUTOMATIC"
    assert len(session.saved) == 1


def test_undo_takes_a_status_back_with_colour_and_visibility(session):
    session.review.setStatus(1, ReviewStatus.REJECTED)
    display = session.nodes[ANTERIOR].GetDisplayNode()
    assert not display.GetSegmentVisibility("anterior-1")
    session.undo()
    assert session.statuses()[1] is ReviewStatus.UNREVIEWED
    assert display.GetSegmentVisibility("anterior-1")
    for editor in session.editors.values():
        editor.redo()
    assert session.statuses()[1] is ReviewStatus.REJECTED
    assert not display.GetSegmentVisibility("anterior-1")


def test_accept_all_remaining_is_one_step_and_spares_what_was_reviewed(session):
    session.review.setStatus(2, ReviewStatus.REJECTED)
    assert session.review.acceptRemaining() == 2
    assert list(session.statuses().values()) == [
        ReviewStatus.METASTASIS,
        ReviewStatus.REJECTED,
        ReviewStatus.METASTASIS,
    ]
    assert len(session.saved) == 2
    session.undo()
    assert list(session.statuses().values()) == [
        ReviewStatus.UNREVIEWED,
        ReviewStatus.REJECTED,
        ReviewStatus.UNREVIEWED,
    ]


def test_steps_are_taken_back_one_by_one_in_the_views_that_they_changed(session):
    # The history skips a state that equals the present one: saving a view that does not change
    # would let the first undo take the older step back there.
    session.review.setStatus(1, ReviewStatus.BENIGN)
    session.review.setStatus(2, ReviewStatus.REJECTED)
    assert session.saved == [(ANTERIOR, POSTERIOR), (ANTERIOR,)]
    session.undo()
    front_and_back = [lesion.status for lesion in session.review.findings()[0].lesions]
    assert front_and_back == [ReviewStatus.BENIGN, ReviewStatus.BENIGN]
    assert session.statuses()[2] is ReviewStatus.UNREVIEWED
    session.undo()
    assert set(session.statuses().values()) == {ReviewStatus.UNREVIEWED}


def test_nothing_left_to_accept_is_no_undo_step(session):
    session.review.acceptRemaining()
    assert session.review.acceptRemaining() == 0
    assert len(session.saved) == 1


def test_a_change_is_told_once(session):
    told = []
    session.review.changed.connect(lambda: told.append(session.statuses()))
    session.review.acceptRemaining()
    assert len(told) == 1
    assert set(told[0].values()) == {ReviewStatus.METASTASIS}


def test_forty_findings_are_reviewed_quickly():
    import time

    spots = [(20 + 12 * (n // 8), 10 + 12 * (n % 8), 0.9) for n in range(40)]
    session = Session({ANTERIOR: spots, POSTERIOR: spots})
    began = time.perf_counter()
    session.review.acceptRemaining()
    # Measured 0.3 s on a loaded core; the limit catches work done once an event, not once.
    assert time.perf_counter() - began < 5
    session.review.close()


def test_an_empty_result_has_no_rows():
    session = Session({})
    assert session.review.rows() == []
    assert session.review.acceptRemaining() == 0
    session.review.close()


def test_a_review_is_taken_up_again_from_a_bundle(session, tmp_path):
    session.review.setStatus(1, ReviewStatus.METASTASIS)
    session.review.setStatus(2, ReviewStatus.REJECTED)
    session.editors[ANTERIOR].paint("anterior-3", slice(337, 340), slice(40, 47))
    before = session.review.rows()
    names = {name: node.GetName() for name, node in session.nodes.items()}
    path = str(tmp_path / "scene.mrb")
    session.review.close()
    assert slicer.util.saveScene(path)
    slicer.mrmlScene.Clear(0)
    slicer.util.loadScene(path)
    nodes = {name: slicer.util.getNode(text) for name, text in names.items()}
    review = Review(nodes, SourceFiles())
    assert review.rows() == before
    segment = segmentsOf(nodes[ANTERIOR])["anterior-3"]
    assert tagOf(segment, "DICOM.SegmentAlgorithmType") == "SEMIAUTOMATIC"
    review.close()


def test_quality_and_headline_are_the_library_s(session):
    assert session.review.quality == session.run.quality
    session.review.setStatus(1, ReviewStatus.METASTASIS)
    session.review.setStatus(2, ReviewStatus.REJECTED)
    assert session.review.headline().startswith("lesions in all views: 1 unreviewed, 2 metastasis")
