"""A layout over off-screen views, and a small scan to show in it."""

import pytest
import slicer

from BMLesionSegMRML.layout import BoneScanLayout
from BMLesionSegMRML.volumes import addScan
from Testing.bench.views.layout_manager import CONVENTIONAL, offscreen_layout_manager
from Testing.bench.views.offscreen import need_offscreen
from Testing.scene.scans_in_scene import small_scan


@pytest.fixture
def manager(monkeypatch):
    """The application's layout manager, at the user's own layout."""
    need_offscreen()
    made = offscreen_layout_manager()
    made.layoutLogic().GetLayoutNode().SetViewArrangement(CONVENTIONAL)
    monkeypatch.setattr(slicer.app, "layoutManager", lambda: made)
    return made


@pytest.fixture
def layout(manager):
    made = BoneScanLayout(slicer.mrmlScene)
    yield made
    made.restore()


@pytest.fixture
def volumes():
    return addScan(small_scan())
