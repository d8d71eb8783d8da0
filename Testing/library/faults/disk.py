"""A disk that fails, or a process that dies, at one chosen write; and files that may not grow."""

import builtins
import errno
import io
import os
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

CHANGES = ("mkdir", "rename", "replace", "link")
FULL, FORBIDDEN = errno.ENOSPC, errno.EACCES


@contextmanager
def watched(folder: Path, act: Callable[[int], None]) -> Iterator[list[str]]:
    """Call ``act`` with the number of each change below a folder, before it happens.

    Changes are folders made, files opened for writing, written and moved. What a library writes in
    C is not seen here; ``files_at_most`` is for that.

    Yields:
        The names of the changes so far.
    """
    seen: list[str] = []
    inside = str(folder)

    def change(what: str, path: object) -> None:
        if str(path).startswith(inside):
            seen.append(what)
            act(len(seen) - 1)

    real = {name: getattr(os, name) for name in CHANGES}
    real_open = io.open

    def watched_change(name: str) -> Callable[..., object]:
        def call(path, *others, **named):
            change(name, path)
            return real[name](path, *others, **named)

        return call

    def watched_open(file, mode="r", *others, **named):
        if not set(mode) & set("wax+"):
            return real_open(file, mode, *others, **named)
        change("open", file)
        stream = real_open(file, mode, *others, **named)
        # The first bytes go in; the disk is full when the file is to be closed.
        return Written(stream, lambda: change("write", file))

    for name in CHANGES:
        setattr(os, name, watched_change(name))
    io.open = builtins.open = watched_open
    try:
        yield seen
    finally:
        for name in CHANGES:
            setattr(os, name, real[name])
        io.open = builtins.open = real_open


class Written:
    """A file whose last bytes are written under watch."""

    def __init__(self, stream, change: Callable[[], None]) -> None:
        self._stream, self._change = stream, change

    def __getattr__(self, name: str):
        return getattr(self._stream, name)

    def __iter__(self):
        return iter(self._stream)

    def __enter__(self):
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def close(self) -> None:
        if self._stream.closed:
            return
        try:
            self._change()
        finally:
            self._stream.close()


def failing(number: int, code: int) -> Callable[[int], None]:
    """From that change on everything fails, as on a full disk or a folder that was closed."""

    def act(now: int) -> None:
        if now >= number:
            raise OSError(code, os.strerror(code))

    return act


def failing_once(number: int, code: int) -> Callable[[int], None]:
    """That one change fails."""

    def act(now: int) -> None:
        if now == number:
            raise OSError(code, os.strerror(code))

    return act


def dying(number: int) -> Callable[[int], None]:
    """The process is killed before that change."""

    def act(now: int) -> None:
        if now == number:
            os.kill(os.getpid(), signal.SIGKILL)

    return act


@contextmanager
def files_at_most(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes: the system's own refusal, in every library."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
