"""The threshold preview, and a second run over a review."""

import numpy as np
import pytest

from BMLesionSegLib.errors import ThresholdRefused
from BMLesionSegLib.lesions import ReviewStatus
from BMLesionSegMRML.result import putIntoScene
from BMLesionSegMRML.review import Review
from BMLesionSegMRML.segmentations import drawnView
from BMLesionSegMRML.source_files import SourceFiles
from Testing.scene.review_session import ANTERIOR, POSTERIOR
from Testing.scene.scans_in_scene import segmentation_of, small_scan


class TestThreshold:
    """The preview from kept probabilities."""

    def test_it_draws_what_the_run_would_have_found(self, session):
        assert session.review.previewReason() is None
        session.review.previewThreshold(0.65)
        assert session.review.threshold == 0.65
        assert len(session.review.rows()) == 2
        session.review.previewThreshold(0.85)
        assert [row.views for row in session.review.rows()] == [(ANTERIOR,)]
        session.review.previewThreshold(0.5)
        assert [row.number for row in session.review.rows()] == [1, 2, 3]
        assert session.origin(ANTERIOR, "anterior-3") == "AUTOMATIC"
        assert session.saved == []

    def test_a_reviewed_finding_freezes_it(self, session):
        session.review.setStatus(2, ReviewStatus.BENIGN)
        assert "reviewed" in session.review.previewReason()
        with pytest.raises(ThresholdRefused, match="frozen"):
            session.review.previewThreshold(0.6)
        session.undo()
        assert session.review.previewReason() is None

    def test_an_edited_lesion_freezes_it(self, session):
        editor = session.editors[ANTERIOR]
        editor.paint("anterior-1", slice(97, 100), slice(40, 47))
        assert "edited" in session.review.previewReason()
        editor.undo()
        assert session.review.previewReason() is None

    def test_a_deleted_lesion_freezes_it(self, session):
        session.nodes[ANTERIOR].GetSegmentation().RemoveSegment("anterior-3")
        assert "edited" in session.review.previewReason()

    def test_without_probabilities_there_is_none(self, session):
        review = Review(session.nodes, SourceFiles())
        assert "not kept" in review.previewReason()
        review.close()

    def test_no_probability_is_refused(self, session):
        with pytest.raises(ThresholdRefused):
            session.review.previewThreshold(1.5)
        assert len(session.review.rows()) == 3


class TestSecondRun:
    """What nobody has touched is replaced; everything else stays beside the new result."""

    def again(self, session):
        run = segmentation_of(small_scan(), {ANTERIOR: [(250, 60, 0.9)]})
        return putIntoScene(run, session.volumes, session.save)

    def test_an_untouched_result_is_replaced_and_can_be_taken_back(self, session):
        assert self.again(session) == session.nodes
        assert len(session.saved) == 1
        assert len(session.review.rows()) == 1
        session.undo()
        assert len(session.review.rows()) == 3

    @pytest.mark.parametrize("how", ["review", "edit", "delete", "hot spot"])
    def test_a_touched_one_stays(self, session, how):
        if how == "review":
            session.review.setStatus(2, ReviewStatus.METASTASIS)
        elif how == "edit":
            session.editors[ANTERIOR].paint("anterior-1", slice(97, 100), slice(40, 47))
        elif how == "delete":
            session.nodes[POSTERIOR].GetSegmentation().RemoveSegment("posterior-1")
        else:
            session.review.addHotSpot(ANTERIOR, (0.0, 100.0, 200.0))
        before = {name: drawnView(node).labels for name, node in session.nodes.items()}
        saves = list(session.saved)
        nodes = self.again(session)
        assert set(nodes.values()).isdisjoint(session.nodes.values())
        assert session.saved == saves
        names = {node.GetName() for node in (*nodes.values(), *session.nodes.values())}
        assert len(names) == 4
        for name, node in session.nodes.items():
            np.testing.assert_array_equal(drawnView(node).labels, before[name])

    def test_a_failure_while_replacing_brings_the_old_result_back(self, session, monkeypatch):
        from BMLesionSegMRML import result

        real, calls = result.fill, []

        def failing(node, segments):
            real(node, segments)
            calls.append(node)
            if len(calls) == 2:
                raise MemoryError("full")

        before = {name: drawnView(node).labels for name, node in session.nodes.items()}
        monkeypatch.setattr(result, "fill", failing)
        with pytest.raises(MemoryError):
            self.again(session)
        for name, node in session.nodes.items():
            np.testing.assert_array_equal(drawnView(node).labels, before[name])
        assert session.review.previewReason() is None
