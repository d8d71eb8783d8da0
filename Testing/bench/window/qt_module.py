"""``qt``: PySide6's classes in one flat module, those of the contract and no others."""

import sys
from types import ModuleType
from typing import Any

from PySide6 import QtCore, QtGui, QtWidgets

from Testing.bench.scripted import i18n
from Testing.bench.window.contract import contract_names
from Testing.bench.window.dialogs import QFileDialog, QInputDialog
from Testing.bench.window.pythonqt import behave_as_pythonqt
from Testing.bench.window.ui_loader import QUiLoader

SLICER_UTIL_NEEDS = (
    "QFile",
    "QUiLoader",
    "QMessageBox",
    "QTimer",
    "QDialog",
    "QVBoxLayout",
    "QLabel",
)
"""``slicer.util`` itself, not the module, asks for these."""


class QSettings:
    """The application's settings, kept in memory: a test leaves no trace on the machine."""

    values: dict[str, Any] = {}  # noqa: RUF012

    def value(self, key: str, default: Any = None) -> Any:
        """What was stored, or the default."""
        return self.values.get(key, default)

    def setValue(self, key: str, value: Any) -> None:  # noqa: N802
        """Store."""
        self.values[key] = value


def make_qt() -> ModuleType:
    """The module ``qt``; PySide6 behaves as PythonQt from now on."""
    behave_as_pythonqt()
    qt = ModuleType("qt")
    own = {
        "QUiLoader": QUiLoader,
        "QSettings": QSettings,
        "QFileDialog": QFileDialog,
        "QInputDialog": QInputDialog,
    }
    for name in (*contract_names("qt"), *SLICER_UTIL_NEEDS):
        qt_class = own.get(name) or next(
            (getattr(room, name) for room in (QtCore, QtGui, QtWidgets) if hasattr(room, name)),
            None,
        )
        if qt_class is None:
            raise LookupError(f"Qt has no {name}: mend the contract")
        setattr(qt, name, qt_class)
    return qt


class Translator(QtCore.QTranslator):
    """Texts of .ui files in the language that ``slicer.i18n`` speaks."""

    def translate(self, _context: str, text: str, *_: Any) -> str | None:
        """None is: no translation."""
        spoken = i18n.tr(text) if text else text
        return None if spoken == text else spoken


def application() -> QtWidgets.QApplication:
    """The one QApplication, off-screen, with the style and the fonts that Slicer's look needs."""
    app = QtWidgets.QApplication.instance()
    if app is None:
        QtCore.QCoreApplication.setAttribute(QtCore.Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
        app = QtWidgets.QApplication([sys.argv[0], "-platform", "offscreen"])
        app.setStyle("fusion")
        translator = Translator(app)
        app.installTranslator(translator)
    return app
