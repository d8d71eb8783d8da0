"""Slicer's start loads the module's file: nothing heavier than numpy may come with it."""

import os
import subprocess
import sys

HEAVY = {"scipy", "SimpleITK", "pydicom", "highdicom", "PIL", "torch", "tqdm", "matplotlib"}
CODE = f"""
import sys
from Testing.bench.window.install import Window
Window()
import BMLesionSeg, BMLesionSegPanel.panel, BMLesionSegMRML.sessions, BMLesionSegLib.inference
print("loaded", *({HEAVY!r} & set(sys.modules)))
"""


def test_the_module_and_its_panel_load_nothing_heavy(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1].split() == ["loaded"]
