"""Opening, leaving and unloading the module: nothing of it stays behind."""

import pytest
import slicer

from Testing.bench.window.module_window import ModuleWindow
from Testing.widget.user import User


def parameter_node():
    return slicer.mrmlScene.GetSingletonNode("BMLesionSeg", "vtkMRMLScriptedModuleNode")


@pytest.mark.usefixtures("views", "known_network")
def test_the_parameter_node_is_watched_while_the_module_lives_and_no_longer(scan_file):
    window = ModuleWindow()
    User(window).open(scan_file)
    for _ in range(3):
        window.widget.exit()
        window.widget.enter()
    assert parameter_node().HasObserver("ModifiedEvent")
    window.close()
    assert not parameter_node().HasObserver("ModifiedEvent")


def test_a_closed_scene_is_let_go_and_the_next_one_watched(user, scan_file):
    user.open(scan_file)
    widget = user.window.widget
    seen = []
    scene = slicer.mrmlScene
    tag = scene.AddObserver(
        scene.EndCloseEvent,
        lambda *_: seen.append(parameter_node().HasObserver("ModifiedEvent")),
        1000.0,
    )
    scene.Clear(0)
    scene.RemoveObserver(tag)
    assert seen == [0], "between closing and opening"
    assert parameter_node().HasObserver("ModifiedEvent")
    assert widget.panel.volumes() == {}
