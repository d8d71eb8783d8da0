"""The views stay on the scan, level with each other, and show the whole body."""

from collections.abc import Callable

import numpy as np
import pytest
import slicer

from BMLesionSegMRML.body_region import bodyMask
from BMLesionSegMRML.slice_plane import centre, pixelToRas, rasToScreen
from BMLesionSegMRML.view_slots import MAIN_SLOTS
from Testing.scene.layout.pictures import ANT, POST, node, pictures, resized

LEAVE_THE_PLANE: dict[str, Callable] = {
    "wheel or arrow key": lambda one: one.SetSliceOffset(one.GetSliceOffset() + 2.26),
    "slider": lambda one: one.SetSliceOffset(0),
    "jump": lambda one: one.JumpSliceByOffsetting(0, -300, 40),
    "shift and move": lambda one: one.JumpSlice(-120, 55, 3),
    "centred jump": lambda one: one.JumpSliceByCentering(4000, 90, 9000),
    "another orientation": lambda one: one.SetOrientation("Axial"),
    "rotation": lambda one: one.GetSliceToRAS().SetElement(0, 0, 0.6) or one.UpdateMatrices(),
}


@pytest.mark.parametrize("leave", LEAVE_THE_PLANE.values(), ids=LEAVE_THE_PLANE)
def test_never_blank(manager, layout, volumes, leave):
    layout.show(volumes)
    resized(manager)
    for slot in MAIN_SLOTS:
        leave(node(slot))
        assert node(slot).GetOrientation() == slot.orientation
        plane = 100 if slot is ANT else -100
        assert centre(node(slot))[1] == pytest.approx(plane, abs=1e-6)
    for picture in pictures(manager):
        assert (picture[..., 0] < 128).sum() > 500


def test_loading_another_volume_changes_nothing(manager, layout, volumes, tmp_path):
    layout.show(volumes)
    before = pictures(manager)
    stranger = slicer.util.addVolumeFromArray(np.full((20, 20, 20), 9, np.uint8), name="stranger")
    path = str(tmp_path / "stranger.nrrd")
    assert slicer.util.saveNode(stranger, path)
    slicer.util.loadVolume(path)
    red = slicer.vtkMRMLSliceLogic.GetSliceCompositeNode(
        slicer.mrmlScene.GetNodeByID("vtkMRMLSliceNodeRed")
    )
    assert red.GetBackgroundVolumeID() is not None, "the user's own views do follow"
    for one, other in zip(before, pictures(manager), strict=True):
        np.testing.assert_array_equal(one, other)


def test_rows_stay_level(manager, layout, volumes):
    layout.show(volumes)
    resized(manager)
    one, other = node(ANT), node(POST)
    r = centre(other)[0]
    width, height, depth = one.GetFieldOfView()
    one.SetFieldOfView(width / 3, height / 3, depth)
    one.SetSliceOrigin(10, 55, 0)
    assert other.GetFieldOfView()[1] == pytest.approx(height / 3)
    assert centre(other)[2] == pytest.approx(centre(one)[2])
    assert centre(other)[2] != pytest.approx(0, abs=1)
    assert centre(other)[0] == pytest.approx(r), "sideways each view is its own"
    assert centre(other)[1] == pytest.approx(-100)


def test_a_resized_view_shows_the_whole_body_again(manager, layout, volumes):
    layout.show(volumes)
    for size in ((150, 500), (600, 300)):
        for widget in manager.shown():
            widget.sliceView().resize(*size)
        for slot in MAIN_SLOTS:
            for row, column in np.argwhere(bodyMask(volumes[slot.viewName]))[::50]:
                x, y = rasToScreen(node(slot), pixelToRas(volumes[slot.viewName], row, column))
                assert 0 <= x <= size[0]
                assert 0 <= y <= size[1]
            mm = node(slot).GetFieldOfView()
            assert mm[0] / size[0] == pytest.approx(mm[1] / size[1]), "never stretched"
