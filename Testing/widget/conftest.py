"""The shipped module, unchanged, on the bench: no VTK error, no exception lost in a slot."""

import pytest

from Testing.bench.scene.boot import boot
from Testing.bench.scene.vtk_errors import vtk_errors

vtk_errors()
boot()


@pytest.fixture(scope="package")
def window():
    """qt, ctk, qMRML and slicer.app with windows; gone again for the other rings."""
    from Testing.bench.window.install import Window

    installed = Window()
    yield installed
    installed.remove()


@pytest.fixture
def application(window):
    """An empty scene; fails on whatever went wrong unseen."""
    import slicer

    from Testing.bench.window.dialogs import answers
    from Testing.bench.window.slot_errors import SlotErrors

    slicer.mrmlScene.Clear(0)
    errors = SlotErrors()
    yield window.app
    errors.stop()
    slicer.mrmlScene.Clear(0)
    assert errors.take() == []
    assert vtk_errors().take() == []
    unused, answers.waiting = answers.waiting, []
    assert unused == []


@pytest.fixture
def views(application):
    """Real slice views off the screen, in the user's own layout."""
    from Testing.bench.views.layout_manager import CONVENTIONAL, offscreen_layout_manager
    from Testing.bench.views.offscreen import need_offscreen

    need_offscreen()
    manager = offscreen_layout_manager()
    manager.layoutLogic().GetLayoutNode().SetViewArrangement(CONVENTIONAL)
    application.layout_manager = manager
    yield manager
    application.layout_manager = None


@pytest.fixture
def opened(views):
    """The module, opened in a main window."""
    from Testing.bench.window.module_window import ModuleWindow

    module = ModuleWindow()
    yield module
    module.close()


@pytest.fixture
def user(opened, known_network):
    """At the opened module."""
    from Testing.widget.user import User

    return User(opened)


@pytest.fixture
def known_network(monkeypatch):
    """A network whose answer is known and which takes no time; torch itself is real."""
    import torch  # noqa: F401

    from BMLesionSegMRML.models import Models
    from Testing.library.pointwise import PointwiseBundle

    bundle = PointwiseBundle()
    monkeypatch.setattr(Models, "bundle", lambda _self, _path: bundle)
    return bundle.module


@pytest.fixture(scope="session")
def scan_file(tmp_path_factory):
    """Ten hot spots; a file name as users have them."""
    from Testing.widget.spotted_scan import spotted_file

    return spotted_file(tmp_path_factory.mktemp("Szintigrafie größe") / "Müller 骨扫描.dcm")
