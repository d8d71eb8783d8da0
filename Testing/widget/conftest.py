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
    import slicer

    from Testing.bench.views.layout_manager import OffscreenLayoutManager

    manager = OffscreenLayoutManager(slicer.mrmlScene)
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
