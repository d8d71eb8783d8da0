"""PyTorch, through the one door that Slicer has for it: the PyTorch extension.

Whether it is there is told without importing it, which takes seconds.
"""

from importlib.metadata import PackageNotFoundError, version
from typing import Protocol

from BMLesionSegLib.errors import DeviceRefused

REQUIREMENT = ">=2.2,<2.13"
"""Older ones lack what the network uses; 2.13 broke its own installation in Slicer 5.12.2."""
EXPECTED = "PyTorch is installed in 3D Slicer"


class TorchMissing(DeviceRefused):
    """PyTorch is not there, and was declined or cannot be had."""


class Dependencies(Protocol):
    """What the module needs from outside, so that a test can bring its own."""

    def torchVersion(self) -> str | None:
        """The installed version, None without one."""

    def installTorch(self) -> bool:
        """Ask the user and install; whether it is there now."""


class SlicerDependencies:
    """PyTorch as Slicer's PyTorch extension installs it."""

    def torchVersion(self) -> str | None:
        """The installed version, None without one."""
        try:
            return version("torch")
        except PackageNotFoundError:
            return None

    def installTorch(self) -> bool:
        """Let the extension ask the user and install; whether PyTorch is there now.

        Raises:
            TorchMissing: the extension is not installed.
        """
        try:
            import PyTorchUtils
        except ImportError as error:
            raise TorchMissing(
                EXPECTED,
                "neither it nor the PyTorch extension is",
                "Install the extension named PyTorch in the Extensions Manager and restart.",
            ) from error
        torch = PyTorchUtils.PyTorchUtilsLogic().installTorch(
            askConfirmation=True, torchVersionRequirement=REQUIREMENT
        )
        return torch is not None


class TorchDoor:
    """Asks for PyTorch once a session, when a run first needs it."""

    def __init__(self, dependencies: Dependencies) -> None:
        self._dependencies = dependencies
        self._refused = False

    @property
    def open(self) -> bool:
        """Whether PyTorch is there."""
        return self._dependencies.torchVersion() is not None

    def enter(self) -> None:
        """Make sure that PyTorch is there.

        Raises:
            TorchMissing: it is not, and the user does not want it, now or before.
        """
        if self.open:
            return
        if not self._refused and self._dependencies.installTorch():
            return
        self._refused = True
        remedy = "Install it with the module PyTorch Util, then segment again."
        raise TorchMissing(EXPECTED, "its installation was declined", remedy)
