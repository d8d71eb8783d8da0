"""One process at a time writes into a folder that it writes to again and again."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from BMLesionSegLib.errors import FolderBusy
from BMLesionSegLib.exporting.atomic import output_refused

LOCK = ".writing"


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Hold a folder until the block ends; the system frees it when the process is killed.

    Args:
        folder: made if need be.

    Raises:
        FolderBusy: another process holds it.
        OutputRefused: nothing can be written there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / LOCK).open("a")
    except OSError as error:
        raise output_refused(folder, error) from error
    try:
        take(file, folder)
        yield
    finally:
        # Nothing was written to it, so that whatever closing it says spoils nothing.
        with suppress(OSError):
            file.close()


def take(file: IO[str], folder: Path) -> None:
    """Lock the folder by its open file.

    Raises:
        FolderBusy: another process holds it.
    """
    try:
        lock(file)
    except (BlockingIOError, PermissionError) as error:
        expected = "one process at a time trains in a folder"
        remedy = "Wait until it ends, or choose another folder."
        raise FolderBusy(expected, f"another is at work in {folder.name}", remedy) from error


def lock(file: IO[str]) -> None:
    """Lock a file that is open, or raise at once; closing it unlocks it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
