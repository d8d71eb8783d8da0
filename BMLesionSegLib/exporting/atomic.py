"""Write a file whole or not at all."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from BMLesionSegLib.errors import OutputRefused


@contextmanager
def atomic_path(final: Path) -> Iterator[Path]:
    """A temporary path beside ``final``, moved onto it when the block ends well.

    The temporary name keeps the suffixes of ``final``, because image writers choose the format by
    them. Whatever ``final`` held before stays until the moment of the move.

    Args:
        final: where the file is wanted; its folder is made if need be.

    Raises:
        OutputRefused: the folder or the file cannot be written.
    """
    temporary = final.with_name(f".{secrets.token_hex(4)}-{final.name}")
    try:
        final.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        temporary.replace(final)
    except OSError as error:
        raise output_refused(final, error) from error
    finally:
        remove_quietly(temporary)


def output_refused(final: Path, error: OSError) -> OutputRefused:
    """The refusal for a place that the operating system does not let us write to."""
    return OutputRefused(
        f"{final.name} was to be written to {final.parent}",
        f"the system says: {error.strerror or error}",
        "Choose a folder that can be written, with free space, and close programs that use it.",
    )


def remove_quietly(path: Path) -> None:
    """Delete a left-over; a second failure must not hide the first."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
