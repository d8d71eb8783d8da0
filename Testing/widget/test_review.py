"""Every button and key of the review, display, editing and export."""

import numpy as np
import pytest
import slicer
from PySide6 import QtCore, QtTest

from BMLesionSegLib.lesions import ReviewStatus
from BMLesionSegLib.scan import ViewName
from Testing.bench.scene.vtk_errors import vtk_errors
from Testing.widget.spotted_scan import BEHIND, COLUMN, FINDINGS, ROWS


@pytest.fixture
def reviewer(user, scan_file):
    """A user in front of ten findings."""
    user.open(scan_file)
    user.segment()
    assert user.window.ui.findingsTable.rowCount == FINDINGS
    return user


def statuses(user):
    return [row.status.value for row in user.window.widget.panel.review.rows()]


def column(user, place):
    table = user.window.ui.findingsTable
    return [table.item(row, place).text() for row in range(table.rowCount)]


def test_table_pairs_keys_buttons_and_undo(reviewer):
    ui = reviewer.window.ui
    table, panel = ui.findingsTable, reviewer.window.widget.panel
    assert column(reviewer, 0) == [str(number) for number in range(1, 11)]
    assert column(reviewer, 1).count("ANT\nPOST") == 3
    assert column(reviewer, 1).count("POST") == len(BEHIND)
    assert {text.splitlines()[1] for text in column(reviewer, 2)} == {"unreviewed"}
    assert {text.splitlines()[1] for text in column(reviewer, 3)} == {"400"}

    assert table.currentRow() == 0
    reviewer.key("N")
    assert table.currentRow() == 1
    reviewer.key("P")
    reviewer.key("P")
    assert table.currentRow() == 9
    reviewer.key("N")

    reviewer.click(ui.acceptButton)
    reviewer.click(ui.rejectButton)
    assert statuses(reviewer)[:3] == ["metastasis", "rejected", "unreviewed"]
    assert table.currentRow() == 2
    ui.statusSelector.currentIndex = list(ReviewStatus).index(ReviewStatus.BENIGN)
    ui.statusSelector.activated.emit(ui.statusSelector.currentIndex)
    assert statuses(reviewer)[2] == "benign"
    assert ui.headlineLabel.text == "10 findings, 7 unreviewed"

    reviewer.click(ui.acceptAllButton)
    assert statuses(reviewer).count("metastasis") == 8
    reviewer.click(ui.undoButton)
    assert statuses(reviewer).count("unreviewed") == 7
    for _ in range(3):
        reviewer.click(ui.undoButton)
    assert set(statuses(reviewer)) == {"unreviewed"}
    assert not ui.undoButton.isEnabled()
    assert panel.review.previewReason() is None


def test_a_clicked_row_is_haloed_in_both_views(reviewer, application):
    from BMLesionSegMRML.slice_plane import pixelToRas, rasToScreen
    from Testing.scene.layout.pictures import blue

    table, panel = reviewer.window.ui.findingsTable, reviewer.window.widget.panel
    views = column(reviewer, 1)
    rows = panel.review.rows()
    for place in (views.index("ANT"), views.index("POST"), views.index("ANT\nPOST")):
        table.scrollToItem(table.item(place, 0))
        rect = table.visualItemRect(table.item(place, 0))
        button = QtCore.Qt.MouseButton.LeftButton
        QtTest.QTest.mouseClick(table.viewport(), button, pos=rect.center())
        reviewer.wait()
        assert table.currentRow() == place
        marked = {lesion.view: lesion.centroid for lesion in rows[place].lesions}
        for view, volume in panel.volumes().items():
            tag = f"BMLesionSeg{view.value.capitalize()}"
            widget = application.layout_manager.sliceWidget(tag)
            picture = widget.sliceView().picture().astype(int)
            drawn_rows, drawn_columns = np.nonzero(blue(picture))
            row, pixel_column = marked.get(view, next(iter(marked.values())))
            point = pixelToRas(volume, row, pixel_column)
            x, y = rasToScreen(widget.mrmlSliceNode(), point)
            middle = (drawn_rows.min() + drawn_rows.max()) / 2
            assert middle == pytest.approx(picture.shape[0] - y, abs=3)
            wide = np.ptp(drawn_columns) > 0.9 * picture.shape[1]
            assert wide == (view not in marked), "a ring, or a line at the height of one"
            if view in marked:
                assert (drawn_columns.min() + drawn_columns.max()) / 2 == pytest.approx(x, abs=3)


def test_contours_are_hidden_while_h_is_held(reviewer):
    main = reviewer.window.main
    displays = [
        node.GetDisplayNode() for node in reviewer.window.widget.panel.review.segmentations.values()
    ]
    QtTest.QTest.keyPress(main, QtCore.Qt.Key.Key_H)
    assert [display.GetVisibility() for display in displays] == [0, 0]
    QtTest.QTest.keyRelease(main, QtCore.Qt.Key.Key_H)
    assert [display.GetVisibility() for display in displays] == [1, 1]


def test_a_clicked_hot_spot_becomes_a_finding(reviewer, application):
    ui, panel = reviewer.window.ui, reviewer.window.widget.panel
    # Hot in the counts, but rejected by the model: take one lesion away first.
    node = panel.review.segmentations[ViewName.ANTERIOR]
    lesion = panel.review.rows()[0].lesions[0]
    node.GetSegmentation().RemoveSegment(lesion.segment_id)
    reviewer.wait()
    count = ui.findingsTable.rowCount
    reviewer.click(ui.hotSpotButton)
    assert ui.statusLabel.text == "Click the hot spot in one of the views."
    press(application, "BMLesionSegAnterior", panel.volumes()[ViewName.ANTERIOR], ROWS[0], COLUMN)
    reviewer.wait()
    assert ui.findingsTable.rowCount >= count
    added = [
        lesion
        for row in panel.review.rows()
        for lesion in row.lesions
        if lesion.view is ViewName.ANTERIOR and abs(lesion.centroid[0] - ROWS[0]) < 3
    ]
    assert [lesion.status.value for lesion in added] == ["metastasis"]
    assert 30 <= added[0].pixels <= 80
    assert not ui.hotSpotButton.checked


def press(application, tag, volume, row, column_):
    """The left mouse button at a pixel of the scan."""
    from BMLesionSegMRML.slice_plane import pixelToRas, rasToScreen

    widget = application.layout_manager.sliceWidget(tag)
    node = slicer.mrmlScene.GetSingletonNode(tag, "vtkMRMLSliceNode")
    x, y = rasToScreen(node, pixelToRas(volume, row, column_))
    interactor = widget.sliceView().renderWindow().GetInteractor()
    interactor.SetEventPosition(round(x), round(y))
    interactor.InvokeEvent("LeftButtonPressEvent")


def test_threshold_preview_draws_again_and_freezes(reviewer):
    ui, panel = reviewer.window.ui, reviewer.window.widget.panel
    ui.advancedBox.collapsed = False
    reviewer.wait()
    assert ui.thresholdSlider.isEnabled()
    before = sum(row.areaMm2 for row in panel.review.rows())
    ui.thresholdSlider.value = 0.02
    reviewer.wait()
    assert panel.review.threshold == pytest.approx(0.02)
    assert sum(row.areaMm2 for row in panel.review.rows()) >= before
    reviewer.key("A")
    assert not ui.thresholdSlider.isEnabled()
    assert "reviewed" in ui.thresholdHint.text


def test_painting_is_seen_and_blocks_the_reviews_undo(reviewer):
    ui, panel = reviewer.window.ui, reviewer.window.widget.panel
    ui.editBox.collapsed = False
    reviewer.wait()
    reviewer.key("A")
    row = panel.review.rows()[0]
    lesion = row.lesions[0]
    node, volume = panel.review.segmentations[lesion.view], panel.volumes()[lesion.view]
    editor = panel.editors._editors[lesion.view]
    assert editor.shortcuts_installed == (lesion.view is ViewName.ANTERIOR)
    mask = slicer.util.arrayFromSegmentBinaryLabelmap(node, lesion.segment_id, volume)
    painted = np.roll(mask, 3, axis=2) | mask
    editor.saveStateForUndo()
    slicer.util.updateSegmentBinaryLabelmapFromArray(painted, node, lesion.segment_id, volume)
    # slicer.util makes a label volume for this, which asks for colours that only Slicer has.
    vtk_errors().take()
    reviewer.wait()
    assert panel.review.rows()[0].areaMm2 > row.areaMm2
    assert not ui.undoButton.isEnabled()
    assert ui.undoButton.toolTip.startswith("You painted since")
    editor.undo()
    reviewer.wait()
    assert panel.review.rows()[0].areaMm2 == pytest.approx(row.areaMm2)


def test_the_view_that_is_corrected_has_the_editor_and_its_keys(reviewer):
    ui, editors = reviewer.window.ui, reviewer.window.widget.panel.editors._editors
    ui.editBox.collapsed = False
    for place, view in enumerate(ViewName):
        ui.editView.currentIndex = place
        reviewer.wait()
        assert [name for name, editor in editors.items() if editor.isVisible()] == [view]
        assert [name for name, editor in editors.items() if editor.shortcuts_installed] == [view]
    ui.editBox.collapsed = True
    reviewer.wait()
    assert not any(editor.shortcuts_installed for editor in editors.values())


def test_display_follows_the_panel_and_the_users_layout_returns(reviewer, application):
    ui, panel = reviewer.window.ui, reviewer.window.widget.panel
    node = slicer.mrmlScene.GetFirstNodeByClass("vtkMRMLLayoutNode")
    ours = node.GetViewArrangement()
    ui.levelSlider.value = 50
    from BMLesionSegMRML.scintigram_display import upper

    assert {upper(volume) for volume in panel.volumes().values()} == {50}
    reviewer.click(ui.dualButton)
    assert node.GetViewArrangement() not in (2, ours)
    reviewer.click(ui.dualButton)
    assert node.GetViewArrangement() == ours
    interactor = (
        application.layout_manager.sliceWidget("BMLesionSegAnterior")
        .sliceView()
        .renderWindow()
        .GetInteractor()
    )
    interactor.InvokeEvent("MouseWheelBackwardEvent")
    assert ui.levelSlider.value == pytest.approx(55)
    reviewer.click(ui.layoutButton)
    assert node.GetViewArrangement() == 2
    reviewer.click(ui.layoutButton)
    assert node.GetViewArrangement() == ours
    reviewer.window.widget.exit()
    assert node.GetViewArrangement() == 2
    reviewer.window.widget.enter()


def test_keys_are_the_applications_again_outside_the_module(reviewer):
    reviewer.window.widget.exit()
    reviewer.key("A")
    assert set(statuses(reviewer)) == {"unreviewed"}
    reviewer.window.widget.enter()


def test_export_of_nothing_says_why(user):
    assert not user.window.ui.exportButton.isEnabled()
    said = user.window.ui.exportLabel.text
    assert said == "Nothing to export yet: segment the scan first."


def test_export_into_a_file_is_refused(reviewer, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    reviewer.click(reviewer.window.ui.exportButton, tmp_path / "file")
    said = reviewer.window.ui.statusLabel.text
    assert said == "The result cannot be written there: choose another folder."
