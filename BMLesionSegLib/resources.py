"""Where the shipped data lies: from a source tree, inside Slicer, or from a wheel."""

from pathlib import Path


def resource(*parts: str) -> Path:
    """Path of a shipped resource, e.g. ``resource("Models", "small")``.

    A wheel carries ``Resources`` inside the package; a source tree and an installed Slicer
    extension have it beside the package.

    Raises:
        FileNotFoundError: the resource is in neither place: the installation is incomplete.
    """
    package = Path(__file__).parent
    for root in (package / "Resources", package.parent / "Resources"):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"BMLesionSeg is incomplete: Resources/{'/'.join(parts)} is missing")
