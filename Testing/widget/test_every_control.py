"""Whatever the .ui file lets a user press, pull, fold or choose is used by a test."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from Testing.bench.window.module_window import FOLDER

CONTROLS = {
    "QPushButton": r"click\([\w.]*\bui\.{name}\b|click\({name}\b|{name}[,}}]",
    "QToolButton": r"click\([\w.]*\bui\.{name}\b",
    "QComboBox": r"\b{name}\.currentIndex = ",
    "ctkSliderWidget": r"\b{name}\.value = ",
    "qMRMLNodeComboBox": r"\b{name}\.setCurrentNode\(",
}


def controls() -> list[tuple[str, str]]:
    """Class and name of every control."""
    tree = ElementTree.parse(FOLDER / "Resources" / "UI" / "BMLesionSeg.ui")
    widgets = [(tag.get("class", ""), tag.get("name", "")) for tag in tree.iter("widget")]
    return [(kind, name) for kind, name in widgets if kind in CONTROLS]


TESTS = "".join(
    path.read_text(encoding="utf-8")
    for path in sorted(Path(__file__).parent.glob("test_*.py"))
    if path != Path(__file__)
)


@pytest.mark.parametrize(("kind", "name"), controls(), ids=[name for _, name in controls()])
def test_is_used(kind, name):
    assert re.search(CONTROLS[kind].format(name=name), TESTS)


def test_there_are_controls():
    assert len(controls()) >= 20
