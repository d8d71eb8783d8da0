"""Keeps Slicer's data probe from writing into the corners of the views, the patient's name too.

It has one switch for all slice views: off while our layout is shown, and back on leaving if it was.
"""

from typing import Any

import slicer


class CornerTexts:
    """The data probe's texts; without a data probe, in a Slicer without a window, nothing."""

    def __init__(self) -> None:
        self._silenced: Any | None = None

    def hide(self) -> None:
        """No texts from now on."""
        texts = annotations()
        if texts is not None and texts.sliceViewAnnotationsEnabled:
            self._silenced = texts
            switch(texts, False)

    def restore(self) -> None:
        """As the user had it."""
        if self._silenced is not None:
            switch(self._silenced, True)
            self._silenced = None


def annotations() -> Any | None:
    """The data probe's own object for the texts."""
    probe = getattr(slicer.modules, "DataProbeInstance", None)
    return getattr(getattr(probe, "infoWidget", None), "sliceAnnotations", None)


def switch(texts: Any, enabled: bool) -> None:
    """Write them, or wipe them out."""
    texts.sliceViewAnnotationsEnabled = enabled
    texts.updateSliceViewFromGUI()
