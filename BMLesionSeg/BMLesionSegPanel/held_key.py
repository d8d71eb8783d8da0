"""A key that does something for as long as it is held down.

A shortcut tells of the press wherever the focus is. Only until the release, an event filter watches
the whole application; at all other times it costs nothing.
"""

import qt


class HeldKey(qt.QWidget):
    """Calls ``held(True)`` when the key goes down and ``held(False)`` when it comes up.

    A widget that is never shown: the form of event filter that Slicer's own documentation uses.
    """

    def __init__(self, key, held, application, window):
        qt.QWidget.__init__(self)
        self._held = held
        self._application = application
        self._down = False
        self.shortcut = qt.QShortcut(qt.QKeySequence(key), window)
        self.shortcut.autoRepeat = False
        self.shortcut.activated.connect(self._press)

    def stop(self):
        """Let go of key and window."""
        self.release()
        self.shortcut.setParent(None)
        self.shortcut.deleteLater()

    def release(self):
        """As if the key had come up."""
        if self._down:
            self._down = False
            self._application.removeEventFilter(self)
            self._held(False)

    def eventFilter(self, watched, event):
        """Nothing is ever kept from anybody."""
        released = event.type() == qt.QEvent.KeyRelease and not event.isAutoRepeat()
        if released or event.type() == qt.QEvent.ApplicationDeactivate:
            self.release()
        return False

    def _press(self):
        if not self._down:
            self._down = True
            self._application.installEventFilter(self)
            self._held(True)
