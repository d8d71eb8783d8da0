"""The contract is exactly what the module's sources use, and what Qt and MRML have."""

import ast
import logging
import re
import unittest
from pathlib import Path

import pytest
import slicer
import vtk
from PySide6 import QtCore, QtGui, QtWidgets

from Testing.bench.window.contract import read_contract
from Testing.bench.window.module_window import FOLDER

SOURCES = sorted([FOLDER / "BMLesionSeg.py", *(FOLDER / "BMLesionSegPanel").glob("*.py")])
ROOTS = ("qt", "ctk", "slicer")
NOT_CLASSES = {"slicer.app", "slicer.mrmlScene", "slicer.modules", "slicer.util"}


def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}


def dotted(node: ast.AST) -> str | None:
    """``qt.QTimer`` of ``qt.QTimer.singleShot``."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"{node.value.id}.{node.attr}" if node.value.id in ROOTS else None
    return None


def used_classes() -> set[str]:
    names = {dotted(node) for tree in trees().values() for node in ast.walk(tree)}
    return {name for name in names if name} - NOT_CLASSES


def used_members() -> set[str]:
    """Every attribute that any source reads, sets or calls."""
    return {
        node.attr
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and dotted(node) is None
    }


def own_names() -> set[str]:
    """Whatever our own packages define: functions, attributes, fields, enum members, widgets."""
    names = set()
    packages = [FOLDER.parent / "BMLesionSegLib", FOLDER]
    for path in (path for package in packages for path in package.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names.add(node.name)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                if isinstance(node.value, ast.Name) and node.value.id == "self":
                    names.add(node.attr)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.add(node.id)
    ui = (FOLDER / "Resources" / "UI" / "BMLesionSeg.ui").read_text(encoding="utf-8")
    return names | set(re.findall(r'name="(\w+)"', ui))


def contract_members() -> set[str]:
    return {member for members in read_contract().values() for member in members}


PYTHON = {
    *dir(str),
    *dir(dict),
    *dir(list),
    *dir(Path),
    *dir(unittest.TestCase),
    *dir(logging),
    *("Enum", "__mro__", "__name__", "modules"),
}
"""Of Python's own types and modules."""
FROM_IMPORTS = {"VTKObservationMixin"}


def test_every_class_used_is_in_the_contract():
    assert used_classes() - set(read_contract()) == set()


def test_every_member_used_is_ours_pythons_or_in_the_contract():
    assert used_members() - own_names() - PYTHON - contract_members() == set()


def test_every_member_in_the_contract_is_used():
    assert contract_members() - used_members() - FROM_IMPORTS == set()


@pytest.mark.parametrize("name", [name for name in read_contract() if name.startswith("qt.")])
def test_qt_has_what_the_contract_says(window, name):
    room = next(
        room for room in (QtCore, QtGui, QtWidgets) if hasattr(room, name.removeprefix("qt."))
    )
    kind = getattr(room, name.removeprefix("qt."))
    assert [member for member in read_contract()[name] if not hasattr(kind, member)] == []


@pytest.mark.parametrize(
    "name", [n for n in read_contract() if n.startswith(("slicer.vtk", "slicer.q", "ctk.", "vtk."))]
)
def test_mrml_and_the_stand_ins_have_what_the_contract_says(window, name):
    import ctk

    module, kind = name.split(".")
    owner = getattr({"slicer": slicer, "ctk": ctk, "vtk": vtk}[module], kind)
    instance = set(dir(owner)) | set(vars(owner)) | set(INSTANCE_ATTRIBUTES.get(name, ()))
    assert [member for member in read_contract()[name] if member not in instance] == []


INSTANCE_ATTRIBUTES = {
    "slicer.qMRMLSegmentEditorWidget": (
        "autoShowSourceVolumeNode",
        "jumpToSelectedSegmentEnabled",
        "show3DButtonVisible",
        "unorderedEffectsVisible",
        "defaultTerminologyEntry",
        "defaultTerminologyEntrySettingsKey",
    )
}
