"""Shipped data is found from a source tree, inside Slicer and from a wheel."""

import pytest

import BMLesionSegLib.resources
from BMLesionSegLib.resources import resource


def test_from_the_source_tree():
    assert resource("SampleData", "simulated-patient", "scan.dcm").is_file()


@pytest.mark.parametrize(
    "place",
    ["lib/qt-scripted-modules/Resources", "lib/qt-scripted-modules/BMLesionSegLib/Resources"],
    ids=["beside the package, as in Slicer", "inside the package, as in a wheel"],
)
def test_installed(tmp_path, monkeypatch, place):
    package = tmp_path / "lib" / "qt-scripted-modules" / "BMLesionSegLib"
    package.mkdir(parents=True)
    model = tmp_path / place / "Models" / "small"
    model.mkdir(parents=True)
    monkeypatch.setattr(BMLesionSegLib.resources, "__file__", str(package / "resources.py"))
    assert resource("Models", "small") == model


def test_an_incomplete_installation_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(BMLesionSegLib.resources, "__file__", str(tmp_path / "a" / "resources.py"))
    with pytest.raises(FileNotFoundError, match="Resources/Models/none is missing"):
        resource("Models", "none")
