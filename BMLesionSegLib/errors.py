"""Every error that leaves the library: what was expected, what came, what to do."""


class BMLesionSegError(Exception):
    """Base of all refusals. Its text is one line: expected, but came; then the remedy.

    Args:
        expected: the rule, e.g. "a bone scan has one or two views".
        came: what was found instead, never a patient's name.
        remedy: what the reader can do, as an imperative.
    """

    def __init__(self, expected: str, came: str, remedy: str) -> None:
        super().__init__(expected, came, remedy)
        self.expected = expected
        self.came = came
        self.remedy = remedy

    def __str__(self) -> str:
        """One line, whatever the parts contained."""
        text = f"{self.expected}, but {self.came}. {self.remedy}"
        line = " ".join(text.split())
        return line if line.endswith((".", "!", "?")) else line + "."


class FileRefused(BMLesionSegError):
    """A file that cannot be read as what it claims to be."""


class NotABoneScan(BMLesionSegError):
    """A readable image that is not a planar whole-body bone scan."""


class ViewsUnclear(BMLesionSegError):
    """Anterior and posterior cannot be told, or there are not one or two of them."""


class CountsRefused(BMLesionSegError):
    """Pixels that cannot be counts: none, constant, NaN, infinite, negative, colour."""


class GeometryRefused(BMLesionSegError):
    """A matrix size or pixel spacing that no camera has."""


class BundleRefused(BMLesionSegError):
    """A model bundle that is missing, incomplete, altered or not understood."""


class DeviceRefused(BMLesionSegError):
    """The computing device asked for cannot do the work."""


class ThresholdRefused(BMLesionSegError):
    """A threshold that is no probability."""


class OutputRefused(BMLesionSegError):
    """A result cannot be written where it was wanted."""


class FolderBusy(OutputRefused):
    """Another process writes into the folder."""


class ReviewIncomplete(BMLesionSegError):
    """Something asks for a physician's word on every finding, and it is not all there."""


class ArchiveRefused(BMLesionSegError):
    """An image archive said no, or was asked in a way that cannot work."""


class ArchiveUnreachable(BMLesionSegError):
    """An image archive that is silent, closed, not trusted, or does not let us in."""


class PackagesMissing(BMLesionSegError):
    """Something was asked for whose packages are not installed."""


class TrainingRefused(BMLesionSegError):
    """Cases or settings that nothing can be learnt from."""


class Cancelled(BMLesionSegError):
    """The user asked to stop; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("the run was to finish", "it was cancelled", "Start it again when ready.")

    def __reduce__(self) -> tuple[type["Cancelled"], tuple[()]]:
        """Rebuild without arguments, so that it travels between processes."""
        return Cancelled, ()
