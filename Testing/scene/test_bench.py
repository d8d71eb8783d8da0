"""The bench itself: does it start, record, save and load as the application does?"""

import numpy as np
import pytest
import slicer

from Testing.bench.scene.vtk_errors import vtk_errors


@pytest.fixture
def volume():
    counts = np.arange(40 * 30, dtype=np.uint16).reshape(1, 40, 30)
    return slicer.util.addVolumeFromArray(counts, name="counts")


def test_no_error_is_missed():
    slicer.vtkMRMLVolumeArchetypeStorageNode().ReadData(slicer.vtkMRMLScalarVolumeNode())
    assert any("ERROR" in message for message in vtk_errors().take())


def test_a_node_has_an_item_while_it_lives(volume):
    hierarchy = slicer.mrmlScene.GetSubjectHierarchyNode()
    assert hierarchy.GetItemByDataNode(volume)
    slicer.mrmlScene.RemoveNode(volume)
    assert hierarchy.GetNumberOfItems() == 0


def test_a_volume_comes_back_from_its_file(volume, tmp_path):
    path = str(tmp_path / "Prüfung.nrrd")
    counts = slicer.util.arrayFromVolume(volume).copy()
    assert slicer.util.saveNode(volume, path)
    loaded = slicer.util.loadVolume(path)
    np.testing.assert_array_equal(slicer.util.arrayFromVolume(loaded), counts)


def test_a_bundle_comes_back_with_its_hierarchy(volume, tmp_path):
    path = str(tmp_path / "scene.mrb")
    counts = slicer.util.arrayFromVolume(volume).copy()
    assert slicer.util.saveScene(path)
    slicer.mrmlScene.Clear(0)
    slicer.util.loadScene(path)
    loaded = slicer.util.getNode("counts")
    np.testing.assert_array_equal(slicer.util.arrayFromVolume(loaded), counts)
    assert slicer.mrmlScene.GetSubjectHierarchyNode().GetItemByDataNode(loaded)
