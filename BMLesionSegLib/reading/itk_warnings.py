"""ITK's warnings tell the file's name, which may be the patient's: none is shown while we read."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any

ONE_READER = RLock()
"""ITK has one switch for the whole process; two threads would put it back in the wrong order."""


@contextmanager
def without_itk_warnings() -> Iterator[None]:
    """Keep ITK's warnings off the screen and out of Slicer's log."""
    from SimpleITK import ProcessObject

    with ONE_READER:
        shown = ProcessObject.GetGlobalWarningDisplay()
        ProcessObject.GlobalWarningDisplayOff()
        try:
            yield
        finally:
            ProcessObject.SetGlobalWarningDisplay(shown)


def read_quietly(reader: Any) -> Any:
    """The image of a SimpleITK reader, pixels read.

    Raises:
        RuntimeError: as SimpleITK's own.
    """
    with without_itk_warnings():
        return reader.Execute()
