"""The bone-scan layout on real slice views: what a reader sees, pixel by pixel where it matters."""

from collections.abc import Callable

import numpy as np
import pytest
import slicer

from BMLesionSegLib.exporting.segment import STATUS_COLOURS, Segment
from BMLesionSegLib.lesions import ReviewStatus
from BMLesionSegLib.scan import BoneScan
from BMLesionSegMRML.body_region import bodyMask
from BMLesionSegMRML.layout import BoneScanLayout
from BMLesionSegMRML.segmentations import addSegment, addSegmentation
from BMLesionSegMRML.slice_plane import centre, pixelToRas, rasToScreen
from BMLesionSegMRML.view_slots import HOT_SPOT_SLOTS, MAIN_SLOTS, compositeNode, sliceNode
from BMLesionSegMRML.volumes import addScan
from Testing.bench.views.layout_manager import CONVENTIONAL, offscreen_layout_manager
from Testing.bench.views.offscreen import need_offscreen
from Testing.scene.scans_in_scene import small_scan

ANT, POST = MAIN_SLOTS
SIZE = (240, 600)
SPOT = (slice(150, 162), slice(30, 38))
"""Rows and columns of a drawn lesion, at the left of the image."""
INK = np.array(STATUS_COLOURS[ReviewStatus.UNREVIEWED])


@pytest.fixture
def manager(monkeypatch):
    need_offscreen()
    made = offscreen_layout_manager()
    made.layoutLogic().GetLayoutNode().SetViewArrangement(CONVENTIONAL)
    monkeypatch.setattr(slicer.app, "layoutManager", lambda: made)
    return made


@pytest.fixture
def layout(manager):
    made = BoneScanLayout(slicer.mrmlScene)
    yield made
    made.restore()


@pytest.fixture
def volumes():
    return addScan(small_scan())


def lesion(volume):
    """A segmentation of one lesion at SPOT."""
    node = addSegmentation(volume)
    mask = np.zeros(slicer.util.arrayFromVolume(volume).shape[1:], bool)
    mask[SPOT] = True
    addSegment(node, Segment(1, "spot", "1A", tuple(INK)), mask)
    return node


def resized(manager):
    for widget in manager.shown():
        widget.sliceView().resize(*SIZE)


def pictures(manager):
    resized(manager)
    return [widget.sliceView().picture().astype(int) for widget in manager.shown()]


def node(slot):
    return sliceNode(slicer.mrmlScene, slot)


def orange(picture):
    """Pixels in the colour of an unreviewed lesion."""
    return np.abs(picture - INK).max(axis=2) < 40


def blue(picture):
    """Pixels of the halo."""
    return (picture[..., 2] > picture[..., 0] + 60) & (picture[..., 2] > 150)


def sampled(slot, volume, picture):
    """Grey of the picture and darkness of the counts at the same places of the patient."""
    counts = slicer.util.arrayFromVolume(volume)[0]
    greys, darkness = [], []
    for row in range(10, counts.shape[0] - 30, 6):
        for column in range(14, counts.shape[1] - 14, 3):
            x, y = rasToScreen(node(slot), pixelToRas(volume, row, column))
            if 0 <= x < SIZE[0] and 0 <= y < SIZE[1]:
                greys.append(picture[SIZE[1] - 1 - int(y), int(x), 0])
                darkness.append(counts[row, column])
    return np.array(greys), np.array(darkness)


def test_without_a_window_nothing_happens(volumes, monkeypatch):
    monkeypatch.setattr(slicer.app, "layoutManager", lambda: None)
    before = slicer.mrmlScene.GetNumberOfNodes()
    layout = BoneScanLayout(slicer.mrmlScene)
    layout.show(volumes, {"anterior": lesion(volumes["anterior"])})
    layout.setDualIntensity(True)
    layout.halo({})
    layout.restore()
    assert not layout.shown
    assert slicer.mrmlScene.GetNumberOfNodes() - before <= 2  # the segmentation and its display


def test_anterior_left_posterior_right_and_nothing_propagates(manager, layout, volumes):
    layout.show(volumes)
    shown = [widget.mrmlSliceNode().GetLayoutName() for widget in manager.shown()]
    assert shown == [ANT.tag, POST.tag]
    for slot in MAIN_SLOTS:
        composite = compositeNode(slicer.mrmlScene, slot)
        assert composite.GetBackgroundVolumeID() == volumes[slot.viewName].GetID()
        assert not composite.GetDoPropagateVolumeSelection()
        assert not composite.GetLinkedControl()
        assert node(slot).GetOrientation() == slot.orientation
    assert node(ANT).GetViewGroup() != node(POST).GetViewGroup()


def test_the_users_layout_comes_back(manager, layout, volumes):
    arrangement = manager.layoutLogic().GetLayoutNode()
    layout.show(volumes)
    layout.show(addScan(small_scan()))
    assert layout.shown
    layout.restore()
    assert arrangement.GetViewArrangement() == CONVENTIONAL
    assert not layout.shown


def test_a_layout_chosen_meanwhile_stays(manager, layout, volumes):
    arrangement = manager.layoutLogic().GetLayoutNode()
    layout.show(volumes)
    red_only = slicer.vtkMRMLLayoutNode.SlicerLayoutOneUpRedSliceView
    arrangement.SetViewArrangement(red_only)
    layout.restore()
    assert arrangement.GetViewArrangement() == red_only


@pytest.mark.parametrize("slot", MAIN_SLOTS, ids=["anterior", "posterior"])
def test_upright_as_acquired_and_inverted_grey(manager, layout, volumes, slot):
    layout.show(volumes)
    picture = pictures(manager)[MAIN_SLOTS.index(slot)]
    greys, counts = sampled(slot, volumes[slot.viewName], picture)
    assert np.corrcoef(greys, counts)[0, 1] < -0.8
    # Head up: the first rows of the view hold the head, the last the feet's empty margin.
    x, y = rasToScreen(node(slot), pixelToRas(volumes[slot.viewName], 0, 0))
    assert y > SIZE[1] / 2
    assert x < SIZE[0] / 2, "the first column is at the left of the screen, in both views"


def test_hot_rib_of_the_patients_right(manager, layout, volumes):
    """Screen-left in the anterior view, screen-right in the posterior one."""
    layout.show(volumes)
    layout.setUpperLevel(None, 150)
    for picture, expected in zip(pictures(manager), ("left", "right"), strict=True):
        dark = picture[:, SIZE[0] // 20 : -SIZE[0] // 20, 0] < 100
        dark[SIZE[1] * 45 // 100 : SIZE[1] * 55 // 100] = False  # letters
        dark[SIZE[1] * 90 // 100 :] = False  # the view's name
        columns = np.nonzero(dark)[1] + SIZE[0] // 20
        assert len(columns) > 10
        assert ("left" if np.median(columns) < SIZE[0] / 2 else "right") == expected


def test_paper_is_white_around_the_scan(manager, layout, volumes):
    layout.show(volumes)
    for picture in pictures(manager):
        assert picture[2, 2].tolist() == [255, 255, 255]
        assert picture[-3, -3].min() > 240


def test_letters_and_names(manager, layout, volumes):
    layout.show(volumes)
    resized(manager)
    expected = [("R", "L", "ANT"), ("L", "R", "POST")]
    for widget, words in zip(manager.shown(), expected, strict=True):
        view = widget.sliceView()
        renderer = view.renderWindow().GetRenderers().GetFirstRenderer()
        actors = renderer.GetViewProps()
        found = [actors.GetItemAsObject(index) for index in range(actors.GetNumberOfItems())]
        texts = [actor for actor in found if actor.IsA("vtkTextActor")]
        assert tuple(actor.GetInput() for actor in texts) == words
        with_letters = view.picture().astype(int)
        for actor in texts:
            actor.SetVisibility(False)
        drawn = np.abs(with_letters - view.picture()).max(axis=2) > 60
        middle = slice(SIZE[1] * 2 // 5, SIZE[1] * 3 // 5)
        assert drawn[middle, : SIZE[0] // 5].any()
        assert drawn[middle, -SIZE[0] // 5 :].any()
        assert drawn[-SIZE[1] // 10 :].any()


@pytest.mark.parametrize("own", ["anterior", "posterior"])
def test_contours_only_in_their_own_view(manager, layout, volumes, own):
    layout.show(volumes, {own: lesion(volumes[own])})
    for slot, picture in zip(MAIN_SLOTS, pictures(manager), strict=True):
        assert orange(picture).any() == (slot.viewName == own)


def test_a_contour_is_a_line_at_its_place(manager, layout, volumes):
    layout.show(volumes, {"anterior": lesion(volumes["anterior"])})
    picture = pictures(manager)[0]
    rows, _ = np.nonzero(orange(picture))
    for row, column, edge in ((SPOT[0].start, 34, "min"), (SPOT[0].stop, 34, "max")):
        _, y = rasToScreen(node(ANT), pixelToRas(volumes["anterior"], row - 0.5, column))
        assert getattr(rows, edge)() == pytest.approx(SIZE[1] - y, abs=3)
    x, y = rasToScreen(node(ANT), pixelToRas(volumes["anterior"], 156, 34))
    assert not orange(picture)[int(SIZE[1] - y), int(x)], "nothing fills the lesion"


def test_hidden_contours_and_shown_again(manager, layout, volumes):
    layout.show(volumes, {"anterior": lesion(volumes["anterior"])})
    layout.setContoursVisible(False)
    assert not orange(pictures(manager)[0]).any()
    layout.setContoursVisible(True)
    assert orange(pictures(manager)[0]).any()


def test_leaving_lets_contours_be_drawn_everywhere_again(layout, volumes):
    segmentation = lesion(volumes["anterior"])
    layout.show(volumes, {"anterior": segmentation})
    assert segmentation.GetDisplayNode().GetNumberOfViewNodeIDs() == 1
    layout.restore()
    assert segmentation.GetDisplayNode().GetNumberOfViewNodeIDs() == 0


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


def test_upper_level(manager, layout, volumes):
    layout.show(volumes)
    first = layout.upperLevel("anterior")
    assert 0 < first < slicer.util.arrayFromVolume(volumes["anterior"]).max()
    light = pictures(manager)[0].mean()
    layout.setUpperLevel("anterior", first / 3)
    assert pictures(manager)[0].mean() < light
    assert layout.upperLevel("posterior") != pytest.approx(first / 3)
    layout.restore()
    layout.show(volumes)
    assert layout.upperLevel("anterior") == pytest.approx(first / 3), "the reader's level stays"


def test_wheel_sets_the_level_of_both_views(manager, layout, volumes):
    layout.show(volumes)
    before = {name: layout.upperLevel(name) for name in volumes}
    interactor = manager.shown()[1].sliceView().renderWindow().GetInteractor()
    heard = []
    interactor.AddObserver("MouseWheelForwardEvent", lambda *_: heard.append("forward"))
    interactor.InvokeEvent("MouseWheelForwardEvent")
    assert all(layout.upperLevel(name) < before[name] for name in volumes)
    assert heard == [], "Slicer's own handler would leave the plane"
    interactor.InvokeEvent("MouseWheelBackwardEvent")
    assert all(layout.upperLevel(name) == pytest.approx(before[name]) for name in volumes)
    interactor.SetControlKey(1)
    interactor.InvokeEvent("MouseWheelForwardEvent")
    interactor.SetControlKey(0)
    assert heard == ["forward"], "with Ctrl it is Slicer's zoom"
    layout.restore()
    interactor.InvokeEvent("MouseWheelForwardEvent")
    assert len(heard) == 2


def test_dual_intensity(manager, layout, volumes, tmp_path):
    layout.show(volumes, {"anterior": lesion(volumes["anterior"])})
    layout.setDualIntensity(True)
    ant, post, ant_hot, post_hot = pictures(manager)
    assert ant_hot.mean() > ant.mean()
    assert post_hot.mean() > post.mean()
    assert orange(ant_hot).any()
    assert not orange(post_hot).any()
    twins = [
        one
        for one in slicer.util.getNodesByClass("vtkMRMLScalarVolumeNode")
        if one.GetHideFromEditors()
    ]
    assert len(twins) == 2
    for twin, volume in zip(twins, volumes.values(), strict=True):
        assert twin.GetImageData() is volume.GetImageData()
    hierarchy = slicer.mrmlScene.GetSubjectHierarchyNode()
    assert not any(hierarchy.GetItemByDataNode(one) for one in twins)
    slicer.util.saveScene(str(tmp_path / "scene.mrml"))
    assert "BMLesionSegHotSpots" not in (tmp_path / "scene.mrml").read_text("utf-8")
    layout.setUpperLevel("anterior", 10)
    assert ant_hot.mean() > pictures(manager)[2].mean(), "both windows move together"
    layout.setDualIntensity(False)
    assert len(manager.shown()) == 2
    assert len(slicer.util.getNodesByClass("vtkMRMLScalarVolumeNode")) == 2


def test_halo_rings_the_lesion_and_marks_its_row_in_the_other_view(manager, layout, volumes):
    layout.show(volumes, {"anterior": lesion(volumes["anterior"])})
    assert not any(blue(picture).any() for picture in pictures(manager))
    field = node(ANT).GetFieldOfView()
    layout.halo({"anterior": "spot"})
    ring, line = map(blue, pictures(manager))
    x, y = rasToScreen(node(ANT), pixelToRas(volumes["anterior"], 155.5, 33.5))
    rows, columns = np.nonzero(ring)
    assert (rows.min() + rows.max()) / 2 == pytest.approx(SIZE[1] - y, abs=2)
    assert (columns.min() + columns.max()) / 2 == pytest.approx(x, abs=2)
    assert not ring[int(SIZE[1] - y), int(x)]
    line_rows, line_columns = np.nonzero(line)
    assert line_rows.mean() == pytest.approx(SIZE[1] - y, abs=2)
    assert len(set(line_columns)) > 0.95 * SIZE[0]
    assert node(ANT).GetFieldOfView() == field, "the whole body stays in sight"
    layout.halo({})
    assert not any(blue(picture).any() for picture in pictures(manager))


def test_halo_stays_on_its_lesion_when_the_view_moves(manager, layout, volumes):
    layout.show(volumes, {"anterior": lesion(volumes["anterior"])})
    resized(manager)
    layout.halo({"anterior": "spot"})
    width, height, depth = node(ANT).GetFieldOfView()
    node(ANT).SetFieldOfView(width / 2, height / 2, depth)
    x, y = rasToScreen(node(ANT), pixelToRas(volumes["anterior"], 155.5, 33.5))
    rows, columns = np.nonzero(blue(manager.shown()[0].sliceView().picture().astype(int)))
    assert (rows.min() + rows.max()) / 2 == pytest.approx(SIZE[1] - y, abs=2)
    assert (columns.min() + columns.max()) / 2 == pytest.approx(x, abs=2)


def test_one_view_alone(manager, layout):
    scan = small_scan()
    volumes = addScan(BoneScan((scan.views[1],), "one-view"))
    layout.show(volumes, {"posterior": lesion(volumes["posterior"])})
    layout.halo({"posterior": "spot"})
    empty, posterior = pictures(manager)
    assert (posterior[..., 0] < 128).sum() > 500
    assert (empty[..., 0] < 128).sum() < 500


def test_another_scan_in_turn(manager, layout, volumes):
    """All scans lie in the same two planes: no ghost of the one that was shown before."""
    first = lesion(volumes["anterior"])
    layout.show(volumes, {"anterior": first})
    other = addScan(small_scan())
    layout.show(other)
    assert not orange(pictures(manager)[0]).any()
    assert compositeNode(slicer.mrmlScene, ANT).GetBackgroundVolumeID() == other["anterior"].GetID()
    layout.show(volumes, {"anterior": first})
    assert orange(pictures(manager)[0]).any()


def test_an_older_result_of_the_same_scan_is_no_ghost(manager, layout, volumes):
    older, newer = lesion(volumes["anterior"]), addSegmentation(volumes["anterior"])
    layout.show(volumes, {"anterior": newer})
    assert not orange(pictures(manager)[0]).any()
    shown_in = older.GetDisplayNode()
    assert shown_in.IsDisplayableInView("vtkMRMLSliceNodeRed")
    layout.restore()
    assert shown_in.GetNumberOfViewNodeIDs() == 0


def test_scene_closed_while_shown(manager, layout, volumes):
    layout.setDualIntensity(True)
    layout.show(volumes, {"anterior": lesion(volumes["anterior"])})
    layout.halo({"anterior": "spot"})
    slicer.mrmlScene.Clear(0)
    layout.restore()
    assert len(pictures(manager)) == 3  # Slicer's own three slice views
    assert {slot.tag for slot in HOT_SPOT_SLOTS}.isdisjoint(
        widget.mrmlSliceNode().GetLayoutName() for widget in manager.shown()
    )
