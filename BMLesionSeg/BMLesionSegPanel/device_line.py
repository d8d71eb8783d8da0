"""What will really compute, said before the run.

Only torch knows which devices work, and importing it takes seconds. So it is imported once there
is a scan, announced before it blocks, and never when the module is merely opened. The model is
warmed up with it, so that the first run takes no longer than the next.
"""

import sys

from slicer.i18n import tr as _

from BMLesionSegLib.errors import DeviceRefused
from BMLesionSegLib.inference.devices import choose_device, thread_count
from BMLesionSegPanel.sentences import sentenceFor


class DeviceLine:
    """The line "Device:"."""

    def __init__(self, panel):
        self._panel = panel
        self._label = panel.ui.deviceLabel

    def refresh(self):
        """Say what is known without importing anything."""
        self._panel.ui.deviceSelector.enabled = not self._panel.isRunning()
        if not self._panel.logic.torchInstalled():
            self._label.text = _("PyTorch is missing; you are asked before it is installed.")
        elif "torch" not in sys.modules:
            self._label.text = _("Known as soon as PyTorch is loaded.")
        else:
            self._sayDevice()

    def load(self):
        """Import torch and warm the model up, with a word before each blocks."""
        parameters = self._panel.parameters
        # The scene or the module may have been closed since this was asked for.
        if parameters is None:
            return
        if self._panel.logic.torchInstalled() and not self._panel.isRunning():
            if "torch" not in sys.modules:
                self._say(_("Loading PyTorch, a few seconds..."))
                import torch  # noqa: F401
            self._say(_("Loading the model..."))
            self._panel.logic.warmUp(parameters.device.value, parameters.modelFolder or None)
        self.refresh()

    def loadWhereWanted(self):
        """The module is opened: without a scan, only what costs no import of torch is done."""
        if self._panel.volumes() or "torch" in sys.modules:
            self.load()

    def _say(self, text):
        self._label.text = text
        self._label.repaint()

    def _sayDevice(self):
        try:
            device = choose_device(self._panel.parameters.device.value)
        except DeviceRefused as error:
            self._label.text = sentenceFor(error)
            return
        if device.kind == "cpu":
            text = _("CPU (threads: {threads})").format(threads=thread_count())
        else:
            text = device.text
        self._label.text = text
