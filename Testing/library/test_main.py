"""``python -m BMLesionSegLib`` is the command ``bmlesionseg``."""

import importlib
import runpy
import sys

import pytest

from BMLesionSegLib import __version__


def test_the_package_runs_as_the_command(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["bmlesionseg", "--version"])
    monkeypatch.delitem(sys.modules, "BMLesionSegLib.__main__", raising=False)
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("BMLesionSegLib", run_name="__main__")
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"bmlesionseg {__version__}\n"


def test_its_exit_code_is_the_command_s(monkeypatch, capsys, tmp_path):
    arguments = ["segment", str(tmp_path / "none"), "--output", str(tmp_path / "out")]
    monkeypatch.setattr(sys, "argv", ["bmlesionseg", *arguments])
    monkeypatch.delitem(sys.modules, "BMLesionSegLib.__main__", raising=False)
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("BMLesionSegLib", run_name="__main__")
    assert ended.value.code == 1
    assert capsys.readouterr().err.startswith("error: ")


def test_importing_it_runs_nothing(monkeypatch, capsys):
    monkeypatch.delitem(sys.modules, "BMLesionSegLib.__main__", raising=False)
    importlib.import_module("BMLesionSegLib.__main__")
    assert capsys.readouterr().out == ""
