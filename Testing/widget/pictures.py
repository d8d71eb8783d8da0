"""Pictures of the panel on the bench, for the documentation.

``python -m Testing.widget.pictures docs/images`` draws them with the shipped model and scan.
"""

import sys
from pathlib import Path

from PySide6 import QtGui

from BMLesionSegLib.resources import resource
from Testing.bench.scene.vtk_errors import vtk_errors
from Testing.bench.views.layout_manager import offscreen_layout_manager
from Testing.bench.views.offscreen import need_offscreen
from Testing.bench.window.install import Window
from Testing.bench.window.module_window import ModuleWindow
from Testing.widget.user import User

CAPTION = "test bench"


def take(window: ModuleWindow, path: Path) -> None:
    """The whole panel, with the caption below."""
    root = window.ui.BMLesionSeg
    rect = root.rect
    rect.setHeight(min(rect.height(), root.sizeHint().height()))
    panel = root.grab(rect).toImage()
    picture = QtGui.QImage(panel.width(), panel.height() + 18, QtGui.QImage.Format.Format_RGB32)
    picture.fill(QtGui.QColor("white"))
    painter = QtGui.QPainter(picture)
    painter.drawImage(0, 0, panel)
    painter.setPen(QtGui.QColor("black"))
    painter.drawText(6, panel.height() + 14, CAPTION)
    painter.end()
    picture.save(str(path))


def main(folder: Path) -> None:
    """Before, running, findings, and with everything unfolded."""
    need_offscreen()
    vtk_errors()
    installed = Window()
    installed.app.layout_manager = offscreen_layout_manager()
    window = ModuleWindow(width=360, height=1400)
    user = User(window)
    take(window, folder / "panel-before.png")
    user.open(resource("SampleData", "simulated-patient", "scan.dcm"))
    box = window.widget.panel.run
    say = box.say

    def saying(text: str, details: str = "") -> None:
        say(text, details)
        if text.startswith("Searching"):
            take(window, folder / "panel-running.png")

    box.say = saying
    user.segment()
    for letter in "ADNA":
        user.key(letter)
    take(window, folder / "panel-findings.png")
    window.ui.editBox.collapsed = window.ui.advancedBox.collapsed = False
    user.wait()
    take(window, folder / "panel-advanced.png")
    window.close()
    installed.app.layout_manager = None


if __name__ == "__main__":
    main(Path(sys.argv[1]))
