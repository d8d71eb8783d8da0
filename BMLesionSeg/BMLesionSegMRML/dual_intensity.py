"""The same scintigram at a second, higher upper level, where hot spots keep their shape.

A volume has one window in Slicer, so a second volume shares the counts: hidden from lists, never
saved, gone when the layout is left.
"""

import slicer

from BMLesionSegMRML.scintigram_display import INVERTED_GREY, setUpper, upper

HOT_SPOT_FACTOR = 3.0
"""Upper level of the second picture over that of the first."""


def addHotSpotVolume(
    scene: slicer.vtkMRMLScene, volume: slicer.vtkMRMLScalarVolumeNode
) -> slicer.vtkMRMLScalarVolumeNode:
    """A volume node over the same counts."""
    twin = slicer.vtkMRMLScalarVolumeNode()
    # Before the scene knows it, or the subject hierarchy lists it.
    twin.SetHideFromEditors(True)
    twin.SetSaveWithScene(False)
    twin.SetName(scene.GenerateUniqueName("BMLesionSegHotSpots"))
    twin.CopyOrientation(volume)
    twin.SetAndObserveImageData(volume.GetImageData())
    display = slicer.vtkMRMLScalarVolumeDisplayNode()
    display.SetSaveWithScene(False)
    scene.AddNode(display)
    display.SetAndObserveColorNodeID(INVERTED_GREY)
    scene.AddNode(twin)
    twin.SetAndObserveDisplayNodeID(display.GetID())
    follow(twin, volume)
    return twin


def follow(twin: slicer.vtkMRMLScalarVolumeNode, volume: slicer.vtkMRMLScalarVolumeNode) -> None:
    """Set the second level from the first."""
    setUpper(twin, HOT_SPOT_FACTOR * upper(volume))


def removeHotSpotVolume(scene: slicer.vtkMRMLScene, twin: slicer.vtkMRMLScalarVolumeNode) -> None:
    """Take it and its display away; the counts belong to the scan."""
    display = twin.GetDisplayNode()
    scene.RemoveNode(twin)
    if display is not None:
        scene.RemoveNode(display)
