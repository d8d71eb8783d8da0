"""Write a file, or several that belong together, whole or not at all."""

import secrets
import shutil
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


@contextmanager
def files_together(folder: Path) -> Iterator[Path]:
    """A temporary folder whose files come to ``folder`` when the block ends well.

    A new folder comes at once. In one that is there, files of other names stay; where a move fails,
    the files that were moved before it go and the older ones come back. A process that is killed
    between two moves leaves some files new and some older, each of them whole.

    Args:
        folder: made if need be.

    Raises:
        OutputRefused: it cannot be written.
    """
    token = secrets.token_hex(4)
    new = not folder.exists()
    temporary = folder.with_name(f".{token}-{folder.name}") if new else folder / f".{token}-new"
    try:
        temporary.mkdir(parents=True)
        yield temporary
        if new and not folder.exists():
            temporary.replace(folder)
        else:
            move_all(sorted(temporary.iterdir()), folder, temporary)
    except OSError as error:
        raise output_refused(folder, error) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


@contextmanager
def atomic_folder(final: Path) -> Iterator[Path]:
    """A path beside ``final`` for a folder that takes its place when the block ends well.

    A process that is killed leaves the new one, or what ``final`` held, under a hidden name.

    Args:
        final: where the folder is wanted; what it holds goes when the new one is there.

    Raises:
        OutputRefused: one of the moves fails; ``final`` is then as it was.
    """
    token = secrets.token_hex(4)
    new, older = (final.with_name(f".{token}-{which}-{final.name}") for which in ("new", "older"))
    try:
        yield new
        if final.exists():
            final.replace(older)
        try:
            new.replace(final)
        except OSError:
            if older.exists():
                older.replace(final)
            raise
        shutil.rmtree(older, ignore_errors=True)
    except OSError as error:
        raise output_refused(final, error) from error
    finally:
        shutil.rmtree(new, ignore_errors=True)


def move_all(new: list[Path], folder: Path, temporary: Path) -> None:
    """Move files into a folder, all or none; older ones of the same names wait meanwhile."""
    older, done = temporary / "older", []
    older.mkdir()
    try:
        for path in new:
            final = folder / path.name
            if final.exists():
                # A second name of the same file, so that the first is there at every moment.
                copy_or_link(final, older / path.name)
            path.replace(final)
            done.append(final)
    except OSError:
        for final in done:
            before = older / final.name
            if before.exists():
                before.replace(final)
            else:
                remove_quietly(final)
        raise


def copy_or_link(path: Path, second: Path) -> None:
    """A second name of a file; a copy where the file system knows no second names."""
    try:
        second.hardlink_to(path)
    except OSError:
        shutil.copy2(path, second)


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
