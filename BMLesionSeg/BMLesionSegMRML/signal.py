"""A signal in plain Python: works without Qt, where one made in PythonQt can crash."""

from collections.abc import Callable


class Signal:
    """Calls everybody who connected, in the order of connecting."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[], None]] = []

    def connect(self, listener: Callable[[], None]) -> None:
        """Call this function, without arguments, on every emit."""
        self._listeners.append(listener)

    def disconnect(self, listener: Callable[[], None]) -> None:
        """Call it no more."""
        self._listeners.remove(listener)

    def emit(self) -> None:
        """Call everybody who is connected now."""
        for listener in tuple(self._listeners):
            listener()
