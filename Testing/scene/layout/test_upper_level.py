"""The upper level: at first, by the wheel, and a second one beside it."""

import pytest
import slicer

from Testing.scene.layout.pictures import lesion, orange, pictures


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
