"""Start MRML without the application: ``slicer.mrmlScene``, ``slicer.app``, ``slicer.modules``.

The wheel ``slicer-core`` has the classes and ``slicer.util``; the application makes the objects.
Once a process, as in the application; a test begins with ``slicer.mrmlScene.Clear(0)``.
"""

import atexit
import shutil
import tempfile
from pathlib import Path

import slicer
import vtk

from Testing.bench.scene.application import Application
from Testing.bench.scene.hierarchy import HierarchyKeeper
from Testing.bench.scene.modules import load_modules

SHARE = Path(__file__).parent / "share"
"""Stand-ins for the application's terminology lists: the lists' names, and the codes used here."""


def boot() -> None:
    """Put scene, application and modules into ``slicer``; a second call does nothing."""
    if hasattr(slicer, "mrmlScene"):
        return
    temporary = Path(tempfile.mkdtemp(prefix="bench-scene-"))
    atexit.register(shutil.rmtree, temporary, ignore_errors=True)
    scene = slicer.vtkMRMLScene()
    slicer.mrmlScene = scene
    logic = slicer.vtkSlicerApplicationLogic()
    logic.SetTemporaryPath(str(temporary))
    # The application's own files: there are none, but the colour logic looks for them.
    logic.SetHomeDirectory(str(temporary))
    logic.SetShareDirectory("share")
    (temporary / "share" / "ColorFiles").mkdir(parents=True)
    join_files(scene, temporary)
    add_default_nodes(scene)
    logic.SetMRMLScene(scene)
    logic.SetSliceLogics(vtk.vtkCollection())
    logic.SetViewLogics(vtk.vtkCollection())
    slicer.app = Application(scene, logic, temporary)
    slicer.modules = load_modules(scene, logic, str(SHARE))
    logic.SetColorLogic(slicer.modules.colors.logic())
    slicer.bench_keeper = HierarchyKeeper(scene)
    atexit.register(shut_down)


def join_files(scene: slicer.vtkMRMLScene, temporary: Path) -> None:
    """Without data transfer logic and a cache folder no scene bundle can be read."""
    remote = slicer.vtkMRMLRemoteIOLogic()
    remote.SetMRMLScene(scene)
    cache = temporary / "cache"
    cache.mkdir()
    remote.GetCacheManager().SetRemoteCacheDirectory(str(cache))
    remote.AddDataIOToScene()
    data = slicer.vtkDataIOManagerLogic()
    data.SetAndObserveDataIOManager(remote.GetDataIOManager())
    slicer.bench_remote = (remote, data)


def add_default_nodes(scene: slicer.vtkMRMLScene) -> None:
    """Nodes that the application makes for every scene."""
    slicer.vtkMRMLSliceNode.AddDefaultSliceOrientationPresets(scene)
    crosshair = slicer.vtkMRMLCrosshairNode()
    crosshair.SetCrosshairName("default")
    scene.AddNode(crosshair)


def shut_down() -> None:
    """Let go of the scene before Python lets go of VTK, or VTK reports leaks at exit."""
    slicer.mrmlScene.Clear(1)
