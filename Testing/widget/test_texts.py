"""Every visible string is translatable, and nothing is cut when translations are longer."""

import shutil
import sys
from contextlib import contextmanager

import pytest
from PySide6 import QtWidgets

from Testing.bench.scripted.i18n import pseudo, speak
from Testing.bench.window.module_window import FOLDER, ModuleWindow
from Testing.widget.user import User

MINIMUM_WIDTH = 320
UNTRANSLATED = {"Paint", "Erase", "Scissors", "Islands", ""}
"""Buttons of Slicer's own editor; and nothing."""


@pytest.fixture
def pseudo_language():
    speak(pseudo)
    yield
    speak(None)


@pytest.fixture(params=[None, pseudo], ids=["English", "longer strings"])
def language(request):
    speak(request.param)
    yield request.param
    speak(None)


def texts(root: QtWidgets.QWidget) -> set[str]:
    """Whatever a user can read below this widget, tooltips included."""
    found = set()
    for widget in root.findChildren(QtWidgets.QWidget):
        found.add(widget.toolTip)
        if isinstance(widget, QtWidgets.QLabel | QtWidgets.QAbstractButton):
            found.add(widget.text)
        elif isinstance(widget, QtWidgets.QComboBox) and is_ours(widget):
            found |= {widget.itemText(place) for place in range(widget.count)}
        elif isinstance(widget, QtWidgets.QTableWidget):
            found |= table_texts(widget)
    return found


def is_ours(box: QtWidgets.QComboBox) -> bool:
    """Not inside a node selector: its texts are names of nodes."""
    return bool(box.objectName)


def table_texts(table: QtWidgets.QTableWidget) -> set[str]:
    found = {table.horizontalHeaderItem(place).text() for place in range(table.columnCount)}
    for row in range(table.rowCount):
        found |= {table.item(row, place).text() for place in range(table.columnCount)}
    return found


def unmarked(found: set[str]) -> set[str]:
    """Texts with a letter outside of any pair of brackets."""
    return {
        text
        for text in found - UNTRANSLATED
        if any(letter.isalpha() for letter in outside_brackets(text))
    }


def outside_brackets(text: str) -> str:
    kept, depth = [], 0
    for letter in text:
        depth += (letter == "[") - (letter == "]")
        if depth == 0:
            kept.append(letter)
    return "".join(kept)


def test_the_check_itself_finds_an_unmarked_string():
    assert unmarked({pseudo("Cancel"), "Cancel", "12", f"{pseudo('{n} of')} small 0.1"}) == {
        "Cancel",
        f"{pseudo('{n} of')} small 0.1",
    }


@pytest.mark.usefixtures("pseudo_language")
def test_every_visible_string_is_marked_for_translation(user, scan_file, tmp_path):
    root = user.window.main
    found = texts(root)
    user.open(scan_file)
    found |= texts(root)
    user.click(user.window.ui.segmentButton)
    user.wait_for_run(lambda: found.update(texts(root)))
    user.key("A")
    user.click(user.window.ui.exportButton, tmp_path)
    found |= texts(root)
    # What the library says in English stands in the tooltip, below our own sentence.
    details = {user.window.ui.statusLabel.toolTip, user.window.ui.qualityLabel.toolTip}
    assert unmarked(found - details - {str(tmp_path)}) == set()


UNMARKED = {
    "the panel's source": ("BMLesionSegPanel/run_box.py", '_("Cancel")', '"Cancel"', "Cancel"),
    "the .ui file": (
        "Resources/UI/BMLesionSeg.ui",
        "<string>Swap views</string>",
        '<string notr="true">Swap views</string>',
        "Swap views",
    ),
}


@pytest.mark.parametrize("where", UNMARKED)
@pytest.mark.usefixtures("pseudo_language", "views", "known_network")
def test_one_unmarked_string_is_found(where, scan_file, tmp_path):
    """The module itself, with a mark taken away, from a folder as users have them."""
    path, marked, plain, text = UNMARKED[where]
    folder = tmp_path / "Erweiterung ö" / "BMLesionSeg"
    shutil.copytree(FOLDER, folder)
    source = (folder / path).read_text(encoding="utf-8")
    assert source.count(marked) == 1
    (folder / path).write_text(source.replace(marked, plain), encoding="utf-8")
    with fresh_packages():
        window = ModuleWindow(folder=folder)
        user = User(window)
        found = texts(window.main)
        user.open(scan_file)
        user.click(window.ui.segmentButton)
        found |= texts(window.main)
        user.wait_for_run()
        window.close()
    assert unmarked(found) == {text}


@contextmanager
def fresh_packages():
    """The module's own packages are imported anew inside, and are the old ones again outside."""
    names = ("BMLesionSegMRML", "BMLesionSegPanel")
    before = {name: one for name, one in sys.modules.items() if name.split(".")[0] in names}
    for name in before:
        del sys.modules[name]
    yield
    for name in [name for name in sys.modules if name.split(".")[0] in names]:
        del sys.modules[name]
    sys.modules.update(before)


@pytest.mark.usefixtures("pseudo_language")
def test_the_panel_fits_into_320_pixels_with_longer_strings(user, scan_file):
    user.open(scan_file)
    user.segment()
    for box in ("editBox", "advancedBox"):
        getattr(user.window.ui, box).collapsed = False
    user.wait()
    root = user.window.ui.BMLesionSeg
    wide = {
        widget.objectName: widget.minimumSizeHint().width()
        for widget in root.findChildren(QtWidgets.QWidget)
        if widget.objectName and widget.minimumSizeHint().width() > MINIMUM_WIDTH
    }
    assert wide == {}
    assert root.minimumSizeHint().width() <= MINIMUM_WIDTH


@pytest.mark.parametrize("width", [320, 400])
def test_the_table_shows_every_column_without_scrolling(language, user, scan_file, width):
    user.window.main.resize(width, 900)
    user.open(scan_file)
    user.segment()
    table = user.window.ui.findingsTable
    widths = [table.columnWidth(place) for place in range(table.columnCount)]
    assert sum(widths) <= table.viewport().width
    hints = [table.sizeHintForColumn(place) for place in range(table.columnCount)]
    site = 2
    cut = [place for place, width in enumerate(widths) if width < hints[place] and place != site]
    assert cut == []
    longest = table.item(0, site)
    assert longest.toolTip() == longest.text()
    if language is None and width == 400:
        assert hints[site] <= widths[site], "not even a site is cut"


def test_the_texts_of_every_error_kind_differ(application):
    from BMLesionSegLib import errors
    from BMLesionSegPanel.sentences import sentenceFor

    kinds = [
        errors.FileRefused,
        errors.NotABoneScan,
        errors.ViewsUnclear,
        errors.CountsRefused,
        errors.GeometryRefused,
        errors.BundleRefused,
        errors.DeviceRefused,
        errors.ThresholdRefused,
        errors.OutputRefused,
    ]
    sentences = {sentenceFor(kind("a", "b", "c")) for kind in kinds}
    assert len(sentences) == len(kinds)
    assert "details" in sentenceFor(OSError("x"))
