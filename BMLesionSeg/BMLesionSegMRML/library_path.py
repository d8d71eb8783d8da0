"""Where Slicer finds the library: installed beside the module, or above it in a source tree."""

import sys
from importlib.util import find_spec
from pathlib import Path


def findLibrary() -> None:
    """Append the source tree's root to the module search path if the library is not on it.

    Slicer adds only the module's own folder. An installed extension has the library there, so this
    does nothing; a library that is already importable stays in front. A bare folder of that name
    (what is left of an uninstalled library) is not one.
    """
    spec = find_spec("BMLesionSegLib")
    if spec is None or spec.origin is None:
        sys.path.append(str(Path(__file__).parents[2]))
