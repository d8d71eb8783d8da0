"""Review with an editor: edits, drawn lesions, hot spots added by a click."""

import numpy as np
import pytest

from BMLesionSegLib.errors import CountsRefused, ViewsUnclear
from BMLesionSegLib.lesions import ReviewStatus
from BMLesionSegLib.scan import ViewName
from BMLesionSegMRML.result import putIntoScene
from BMLesionSegMRML.review import Review
from BMLesionSegMRML.segmentations import drawnView
from BMLesionSegMRML.source_files import SourceFiles
from BMLesionSegMRML.volumes import addScan
from Testing.scene.review_session import ANTERIOR, POSTERIOR
from Testing.scene.scans_in_scene import segmentation_of, small_scan


class TestEditing:
    """By the logic behind Slicer's own Segment Editor."""

    def test_an_edit_makes_semi_automatic_of_automatic(self, session):
        editor = session.editors[ANTERIOR]
        editor.paint("anterior-1", slice(97, 100), slice(40, 47))
        assert session.origin(ANTERIOR, "anterior-1") == "SEMIAUTOMATIC"
        assert session.origin(ANTERIOR, "anterior-2") == "AUTOMATIC"
        assert session.origin(POSTERIOR, "posterior-1") == "AUTOMATIC"
        row = session.review.rows()[0]
        assert row.areaMm2 == pytest.approx((49 + 21) * 4.52**2)

    def test_undo_and_redo_take_the_origin_with_them(self, session):
        editor = session.editors[ANTERIOR]
        before = drawnView(session.nodes[ANTERIOR]).labels.copy()
        editor.paint("anterior-1", slice(97, 100), slice(40, 47))
        edited = drawnView(session.nodes[ANTERIOR]).labels.copy()
        editor.undo()
        np.testing.assert_array_equal(drawnView(session.nodes[ANTERIOR]).labels, before)
        assert session.origin(ANTERIOR, "anterior-1") == "AUTOMATIC"
        editor.redo()
        np.testing.assert_array_equal(drawnView(session.nodes[ANTERIOR]).labels, edited)
        assert session.origin(ANTERIOR, "anterior-1") == "SEMIAUTOMATIC"

    def test_an_edited_outline_has_no_probability(self, session):
        session.editors[ANTERIOR].erase("anterior-2", slice(200, 202), slice(0, 128))
        assert [row.probability is None for row in session.review.rows()] == [False, True, False]

    def test_an_erased_lesion_is_no_finding(self, session):
        session.editors[ANTERIOR].erase("anterior-2", slice(190, 220), slice(0, 128))
        assert [row.number for row in session.review.rows()] == [1, 3]

    def test_a_deleted_segment_is_no_finding(self, session):
        session.nodes[ANTERIOR].GetSegmentation().RemoveSegment("anterior-1")
        assert session.review.rows()[0].views == (POSTERIOR,)

    def test_a_drawn_lesion_gets_a_number_that_stays(self, session):
        segmentation = session.nodes[ANTERIOR].GetSegmentation()
        drawn = segmentation.AddEmptySegment("Segment_1")
        session.editors[ANTERIOR].paint(drawn, slice(20, 27), slice(60, 67))
        assert [row.number for row in session.review.rows()] == [1, 2, 3, 4]
        assert session.origin(ANTERIOR, drawn) == "MANUAL"
        assert session.tag(ANTERIOR, drawn, "BMLesionSeg.Finding") == "4"
        assert segmentation.GetSegment(drawn).GetName().startswith("4A ")
        segmentation.RemoveSegment("anterior-2")
        assert [row.number for row in session.review.rows()] == [1, 3, 4]

    def test_overlap_is_the_first_lesion_s(self, session):
        drawn = session.nodes[ANTERIOR].GetSegmentation().AddEmptySegment("over")
        editor = session.editors[ANTERIOR]
        editor.editorNode.SetOverwriteMode(editor.editorNode.OverwriteNone)
        editor.paint(drawn, slice(90, 104), slice(40, 47))
        sizes = np.bincount(drawnView(session.nodes[ANTERIOR]).labels.ravel())
        assert list(sizes[1:]) == [49, 49, 49, 49]


class TestHotSpot:
    """A click on what the model missed."""

    def click(self, session, name, row, column):
        import vtk

        matrix = vtk.vtkMatrix4x4()
        session.volumes[name].GetIJKToRASMatrix(matrix)
        return matrix.MultiplyPoint((column, row, 0, 1))[:3]

    def rib(self, session, name):
        counts = session.run.scan.view(name).counts
        return np.unravel_index(counts.argmax(), counts.shape)

    def test_it_is_added_as_a_metastasis_in_one_step(self, session):
        row, column = self.rib(session, ANTERIOR)
        ras = self.click(session, ANTERIOR, row + 1, column - 1)
        number = session.review.addHotSpot(ANTERIOR, ras)
        assert number == 4
        assert len(session.saved) == 1
        added = session.review.rows()[3]
        assert added.status is ReviewStatus.METASTASIS
        assert added.probability is None
        counts = session.run.scan.view(ANTERIOR).counts
        assert added.maxCounts == counts.max()
        assert session.origin(ANTERIOR, added.lesions[0].segment_id) == "SEMIAUTOMATIC"
        assert "hot-spot" in session.tag(
            ANTERIOR, added.lesions[0].segment_id, "DICOM.SegmentAlgorithmName"
        )
        session.undo()
        assert [r.number for r in session.review.rows()] == [1, 2, 3]

    def test_the_same_spot_in_the_other_view_is_the_same_finding(self, session):
        numbers = [
            session.review.addHotSpot(name, self.click(session, name, *self.rib(session, name)))
            for name in ViewName
        ]
        assert numbers == [4, 4]
        assert session.review.rows()[3].views == (ANTERIOR, POSTERIOR)

    def test_a_second_click_on_it_is_refused_or_adds_no_pixel_twice(self, session):
        ras = self.click(session, ANTERIOR, *self.rib(session, ANTERIOR))
        session.review.addHotSpot(ANTERIOR, ras)
        before = drawnView(session.nodes[ANTERIOR]).labels.copy()
        try:
            session.review.addHotSpot(ANTERIOR, ras)
        except CountsRefused:
            return
        after = drawnView(session.nodes[ANTERIOR]).labels
        np.testing.assert_array_equal(after[before > 0], before[before > 0])

    def test_outside_of_the_view_it_is_refused_and_nothing_is_saved(self, session):
        with pytest.raises(CountsRefused):
            session.review.addHotSpot(ANTERIOR, (0.0, 100.0, 5000.0))
        assert session.saved == []

    def test_in_a_view_that_was_not_segmented_it_is_refused(self):
        run = segmentation_of(small_scan(), {})
        nodes = putIntoScene(run, addScan(run.scan))
        review = Review({ANTERIOR: nodes[ANTERIOR]}, SourceFiles())
        with pytest.raises(ViewsUnclear):
            review.addHotSpot(POSTERIOR, (0.0, 0.0, 0.0))
        review.close()
