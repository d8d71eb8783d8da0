"""Exceptions in slots: Qt swallows them, in Slicer as here; the bench remembers them."""

import sys
from types import TracebackType


class SlotErrors:
    """Listens while a test runs."""

    def __init__(self) -> None:
        self._errors: list[BaseException] = []
        self._before = sys.excepthook
        sys.excepthook = self._record

    def take(self) -> list[BaseException]:
        """What was raised since the last look, forgotten afterwards."""
        errors, self._errors = self._errors, []
        return errors

    def stop(self) -> None:
        """Give the hook back."""
        sys.excepthook = self._before

    def _record(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        self._errors.append(error)
        sys.__excepthook__(kind, error, trace)
