"""Which views are shown, of which scan, and whose layout it is in the end."""

import numpy as np
import pytest
import slicer

from BMLesionSegLib.scan import BoneScan
from BMLesionSegMRML.body_region import wholeBody
from BMLesionSegMRML.layout import BoneScanLayout
from BMLesionSegMRML.segmentations import addSegmentation
from BMLesionSegMRML.slice_plane import centre
from BMLesionSegMRML.view_check import flipView
from BMLesionSegMRML.view_slots import HOT_SPOT_SLOTS, MAIN_SLOTS, compositeNode
from BMLesionSegMRML.volumes import addScan
from Testing.bench.views.layout_manager import CONVENTIONAL
from Testing.scene.layout.pictures import (
    ANT,
    POST,
    lesion,
    node,
    orange,
    pictures,
    resized,
    sampled,
)
from Testing.scene.scans_in_scene import small_scan


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


def test_a_view_turned_while_it_is_shown(manager, layout, volumes):
    layout.setDualIntensity(True)
    layout.show(volumes)
    flipView(volumes["anterior"])
    layout.show(volumes)
    drawn = pictures(manager)
    assert centre(node(ANT))[2] == pytest.approx(sum(wholeBody(volumes.values()).s) / 2)
    for slot, picture in ((ANT, drawn[0]), (HOT_SPOT_SLOTS[0], drawn[2])):
        greys, counts = sampled(slot, volumes["anterior"], picture)
        assert np.corrcoef(greys, counts)[0, 1] < -0.8


def test_showing_the_same_scan_again_leaves_the_zoom(manager, layout, volumes):
    layout.show(volumes)
    resized(manager)
    width, height, depth = node(ANT).GetFieldOfView()
    node(ANT).SetFieldOfView(width / 2, height / 2, depth)
    layout.show(volumes, {"anterior": lesion(volumes["anterior"])})
    assert node(ANT).GetFieldOfView()[1] == pytest.approx(height / 2)
    assert orange(manager.shown()[0].sliceView().picture().astype(int)).any()
