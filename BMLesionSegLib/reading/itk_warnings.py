"""ITK's warnings tell the file's name, which may be the patient's: none is shown while we read."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_itk_warnings() -> Iterator[None]:
    """Keep ITK's warnings off the screen and out of Slicer's log."""
    from SimpleITK import ProcessObject

    shown = ProcessObject.GetGlobalWarningDisplay()
    ProcessObject.GlobalWarningDisplayOff()
    try:
        yield
    finally:
        ProcessObject.SetGlobalWarningDisplay(shown)
