"""Review by keys while the module is open: N, P, A, D, and H held down.

Slicer's editor owns Space, Z, Y, I, Q, W and the digits, its views g, t, v, r, f and b.
"""

import qt

from BMLesionSegPanel.held_key import HeldKey


class ReviewKeys:
    """Shortcuts of the main window, made on entering the module and removed on leaving it."""

    def __init__(self, findings, setContoursVisible, application, window):
        pressed = {
            "N": lambda: findings.step(1),
            "P": lambda: findings.step(-1),
            "A": findings.accept,
            "D": findings.reject,
        }
        self._shortcuts = []
        for key, action in pressed.items():
            shortcut = qt.QShortcut(qt.QKeySequence(key), window)
            shortcut.activated.connect(action)
            self._shortcuts.append(shortcut)
        self._hide = HeldKey("H", lambda held: setContoursVisible(not held), application, window)

    def setEnabled(self, enabled):
        """Keys answer only where there is something to review."""
        for shortcut in (*self._shortcuts, self._hide.shortcut):
            shortcut.enabled = enabled

    def remove(self):
        """The keys are the application's again."""
        self._hide.stop()
        for shortcut in self._shortcuts:
            shortcut.setParent(None)
            shortcut.deleteLater()
        self._shortcuts = []
