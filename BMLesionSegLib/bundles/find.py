"""Where models lie: a folder that the user names, the user's own, the shipped ones."""

import os
import sys
from pathlib import Path

from BMLesionSegLib.bundles.listing import MANIFEST
from BMLesionSegLib.bundles.manifest_rules import NAME
from BMLesionSegLib.errors import BundleRefused
from BMLesionSegLib.resources import resource

DEFAULT = "small-pair"


def find_bundle(wanted: Path | str | None = None) -> Path:
    """The folder of a model; the first that has a manifest.

    Args:
        wanted: a folder, or a model's name (looked for in the user's folder, then among the
            shipped models); None is the shipped default.

    Raises:
        BundleRefused: no such model; the refusal says where it was looked for.
    """
    for folder in candidates(wanted):
        if (folder / MANIFEST).is_file():
            return folder
    places = " or ".join(str(folder) for folder in candidates(wanted))
    raise BundleRefused(
        f"a model {str(wanted or DEFAULT)!r} with a {MANIFEST} exists",
        f"there is none at {places}",
        "Give the folder of a model, or the name of an installed one.",
    )


def candidates(wanted: Path | str | None) -> list[Path]:
    """Folders to look into, in this order."""
    name = str(wanted or DEFAULT)
    explicit = [Path(wanted)] if wanted else []
    # Only a plain name is looked for by name: nothing leads out of the models' folders.
    if NAME.fullmatch(name) is None:
        return explicit
    return [*explicit, user_models_folder() / name, *shipped_models(name)]


def shipped_models(name: str) -> list[Path]:
    """The shipped model of that name, if this installation has models at all."""
    try:
        return [resource("Models") / name]
    except FileNotFoundError:
        return []


def user_models_folder() -> Path:
    """The user's own models, outside the installed extension; it need not exist yet.

    Windows: ``%LOCALAPPDATA%``; macOS: ``~/Library/Application Support``; elsewhere
    ``$XDG_DATA_HOME``, else ``~/.local/share``.
    """
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        default = Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base, default = None, Path.home() / "Library" / "Application Support"
    else:
        base, default = os.environ.get("XDG_DATA_HOME"), Path.home() / ".local" / "share"
    # A relative path in these variables is to be ignored (XDG Base Directory Specification).
    root = Path(base) if base and Path(base).is_absolute() else default
    return root / "BMLesionSeg" / "Models"
