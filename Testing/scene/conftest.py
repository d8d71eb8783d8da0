"""Every test here runs on the real MRML of Slicer, in an emptied scene, and without a VTK error."""

import pytest

from Testing.bench.scene.boot import boot
from Testing.bench.scene.vtk_errors import vtk_errors

vtk_errors()
boot()


@pytest.fixture(autouse=True)
def scene():
    """The application's scene, empty; the test fails if VTK printed anything."""
    import slicer

    slicer.mrmlScene.Clear(0)
    yield slicer.mrmlScene
    slicer.mrmlScene.Clear(0)
    assert vtk_errors().take() == []
