"""The files of a bundle: exactly the listed ones, unaltered, and nothing outside the folder."""

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from BMLesionSegLib.errors import BundleRefused

MANIFEST = "manifest.json"
WEIGHTS = "model.safetensors"
CARD = "MODEL_CARD.md"
GOLDEN = "golden/case.safetensors"

MOST_FILES = 64
LARGEST_FILE = 512 * 1024 * 1024
"""Bytes; the widest network here has 236 MB in float32."""

LARGEST_MANIFEST = 1024 * 1024

SHA256 = re.compile(r"[0-9a-f]{64}")
SAFE_PATH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}(/[A-Za-z0-9][A-Za-z0-9._-]{0,63}){0,3}")

LEFT_BY_THE_SYSTEM = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""Written into any folder that a file manager has shown; never read here."""

REMEDY = "Install the model again."


@dataclass(frozen=True)
class ListedFile:
    """A file as the manifest knows it.

    Attributes:
        sha256: of its bytes, 64 lower-case hexadecimal digits.
        bytes: its length.

    Raises:
        BundleRefused: no such hash, or a length that no file of a bundle has.
    """

    sha256: str
    bytes: int

    def __post_init__(self) -> None:
        """Refuse what is no hash or no length."""
        if not isinstance(self.sha256, str) or SHA256.fullmatch(self.sha256) is None:
            expected = "a file's sha256 is 64 hexadecimal digits"
            raise BundleRefused(expected, f"{self.sha256!r:.80} came", REMEDY)
        if type(self.bytes) is not int or not 0 <= self.bytes <= LARGEST_FILE:
            expected = f"a file of a model has at most {LARGEST_FILE} bytes"
            raise BundleRefused(expected, f"{self.bytes!r:.40} came", REMEDY)


def is_safe_path(path: object) -> bool:
    """Whether this names a file inside the folder on every system: no dots first, no drive."""
    return isinstance(path, str) and SAFE_PATH.fullmatch(path) is not None


def read_manifest_bytes(folder: Path) -> bytes:
    """The bytes of ``manifest.json``.

    Raises:
        BundleRefused: not there, a link, or too long.
    """
    path = folder / MANIFEST
    if path.is_symlink() or not path.is_file():
        came = f"{folder.name} has no file {MANIFEST}"
        raise BundleRefused("a model is a folder with a manifest", came, REMEDY)
    return read_at_most(path, LARGEST_MANIFEST)


def read_listed(folder: Path, path: str, listed: ListedFile) -> bytes:
    """The bytes of one file, checked against the manifest.

    Raises:
        BundleRefused: another length or another hash.
    """
    data = read_at_most(folder / path, listed.bytes)
    if len(data) != listed.bytes:
        came = f"{path} has {len(data)}"
        raise BundleRefused(f"the manifest says {listed.bytes} bytes", came, REMEDY)
    if hashlib.sha256(data).hexdigest() != listed.sha256:
        came = f"{path} is another file or was altered"
        raise BundleRefused("every file has the sha256 of the manifest", came, REMEDY)
    return data


def read_at_most(path: Path, limit: int) -> bytes:
    """A whole file, unless it is longer than ``limit`` bytes."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        expected = f"{path.name} can be read"
        came = f"the system says: {error.strerror or error}"
        raise BundleRefused(expected, came, REMEDY) from error
    if len(data) > limit:
        expected = f"{path.name} has at most {limit} bytes"
        raise BundleRefused(expected, "it is longer", REMEDY)
    return data


def check_folder(folder: Path, files: Mapping[str, ListedFile]) -> None:
    """Refuse a folder that is not exactly what its manifest lists.

    Raises:
        BundleRefused: a link, a missing or an unlisted file, or one that was altered.
    """
    needed = {WEIGHTS, CARD, GOLDEN}
    if not needed <= set(files):
        came = f"the manifest does not list {', '.join(sorted(needed - set(files)))}"
        raise BundleRefused("a model has weights, a card and a self-test", came, REMEDY)
    present = files_within(folder) - {MANIFEST}
    if present != set(files):
        wrong = ", ".join(map(repr, sorted(present ^ set(files))))
        came = f"these are missing or not listed: {wrong:.200}"
        raise BundleRefused("a model's folder holds what its manifest lists", came, REMEDY)
    for path, listed in files.items():
        read_listed(folder, path, listed)


def files_within(folder: Path) -> set[str]:
    """Paths of the files in a folder and its subfolders, with forward slashes.

    Raises:
        BundleRefused: one of them is a link.
    """
    root = folder.resolve()
    found = set()
    for parent, folders, names in os.walk(root):
        for name in (*folders, *names):
            path = Path(parent, name)
            # A junction on Windows is a link that is_symlink() does not see.
            if path.is_symlink() or path.resolve() != path:
                came = f"{path.relative_to(root).as_posix()!r:.80} is a link"
                raise BundleRefused("a model's folder has no links", came, REMEDY)
        inside = (Path(parent, name) for name in names if name not in LEFT_BY_THE_SYSTEM)
        found |= {path.relative_to(root).as_posix() for path in inside}
    return found


def list_folder(folder: Path) -> dict[str, ListedFile]:
    """Every file but the manifest, with hash and length, as a manifest lists them."""
    files = {}
    for path in sorted(files_within(folder) - {MANIFEST}):
        data = read_at_most(folder / path, LARGEST_FILE)
        files[path] = ListedFile(hashlib.sha256(data).hexdigest(), len(data))
    return files
