"""Every test here runs on the real MRML of Slicer, in an emptied scene, and without a VTK error."""

import pytest

from BMLesionSegLib.inference.prediction import TileNetwork
from Testing.bench.scene.boot import boot
from Testing.bench.scene.vtk_errors import vtk_errors
from Testing.bench.scripted.install import install_scripted
from Testing.library.tiny_model import write_tiny_model

vtk_errors()
boot()
install_scripted()


@pytest.fixture(autouse=True)
def scene():
    """The application's scene, empty; the test fails if VTK printed anything."""
    import slicer

    slicer.mrmlScene.Clear(0)
    yield slicer.mrmlScene
    slicer.mrmlScene.Clear(0)
    assert vtk_errors().take() == []


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory):
    """Folder of a model with random weights that finds something somewhere."""
    return write_tiny_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture
def logic():
    """The module's logic, from its shipped file."""
    from BMLesionSeg import BMLesionSegLogic

    logic = BMLesionSegLogic()
    yield logic
    logic.close()


@pytest.fixture
def session():
    """A small result under review."""
    from Testing.scene.review_session import Session

    session = Session()
    yield session
    session.review.close()


@pytest.fixture
def quick_network(monkeypatch):
    """A network that calls hot what is hot: only how a run goes is asked, and often."""
    monkeypatch.setattr(TileNetwork, "_forward", lambda _network, tiles: tiles[:, 0] / 4)
