"""The classes that run inside Slicer run here too, unchanged, on the bench."""

import importlib.util
import unittest
from types import SimpleNamespace

import pytest
import slicer

from Testing.bench.dicom.install import install_dicom
from Testing.bench.scripted.install import install_scripted
from Testing.bench.views.layout_manager import CONVENTIONAL, offscreen_layout_manager
from Testing.bench.views.offscreen import need_offscreen
from Testing.extension.lists import ROOT, present

FOLDER = "BMLesionSeg/Testing/Python"


@pytest.fixture(autouse=True)
def application(monkeypatch):
    """A window's layout manager, and the modules that Slicer has loaded by then."""
    need_offscreen()
    install_scripted()
    install_dicom()
    manager = offscreen_layout_manager()
    manager.layoutLogic().GetLayoutNode().SetViewArrangement(CONVENTIONAL)
    monkeypatch.setattr(slicer.app, "layoutManager", lambda: manager)
    from DICOMPlanarScintigraphyPlugin import DICOMPlanarScintigraphyPlugin

    DICOMPlanarScintigraphyPlugin(SimpleNamespace())


@pytest.mark.parametrize("name", present(FOLDER, "*Test.py"))
def test_passes(name):
    spec = importlib.util.spec_from_file_location(name.removesuffix(".py"), ROOT / FOLDER / name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    passes(unittest.defaultTestLoader.loadTestsFromModule(module))


@pytest.mark.parametrize("how", ["each test", "runTest, as in the application's list"])
def test_the_modules_own_class_passes(how):
    from BMLesionSeg import BMLesionSegTest

    if how == "each test":
        passes(unittest.defaultTestLoader.loadTestsFromTestCase(BMLesionSegTest))
    else:
        passes(BMLesionSegTest())


def passes(suite):
    """Run it; nothing failed, nothing was skipped, and something was tested."""
    result = unittest.TestResult()
    suite.run(result)
    assert result.testsRun
    assert not [text for _, text in [*result.failures, *result.errors]]
    assert not result.skipped
