"""One door of the library, and what happens when a damaged file comes through it."""

import signal
import time
import traceback
import warnings
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from BMLesionSegLib.errors import BMLesionSegError

SECONDS = 5
"""No input may take longer."""


class TooSlow(BaseException):
    """Not an Exception, so that no reader mistakes it for damage."""


@dataclass(frozen=True)
class Target:
    """A door.

    Attributes:
        name: for the record.
        files: the intact input, by its path in a folder.
        damaged: which of them are damaged, one at a time.
        damage: an intact file's bytes, chance and its name to damaged bytes.
        read: goes through the door with the folder and the damaged file's path in it.
        loses: share of inputs where the file is missing instead.
    """

    name: str
    files: dict[str, bytes]
    damaged: tuple[str, ...]
    damage: Callable[[bytes, Random, str], bytes]
    read: Callable[[Path, str], object]
    loses: float = 0.0

    def lay_out(self, folder: Path) -> None:
        """Write the intact input."""
        for name, content in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)

    def input(self, seed: str) -> tuple[str, bytes | None]:
        """The damaged file that belongs to a seed, None for a missing one."""
        rng = Random(f"{self.name} {seed}")
        name = rng.choice(self.damaged)
        if rng.random() < self.loses:
            return name, None
        return name, self.damage(self.files[name], rng, name)


@dataclass(frozen=True)
class Outcome:
    """What came of one input.

    Attributes:
        kind: "accepted", "refused" or "crash".
        seconds: that it took.
        error: the last line of a crash, and where in our sources it happened.
    """

    kind: str
    seconds: float
    error: str = ""
    trace: str = ""


def attempt(target: Target, folder: Path, name: str, content: bytes | None) -> Outcome:
    """Read one damaged input in a folder that is laid out, and put the intact file back."""
    path = folder / name
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    began = time.perf_counter()
    try:
        with warnings.catch_warnings(), time_limit():
            warnings.simplefilter("error")
            target.read(folder, name)
        kind, error, trace = "accepted", "", ""
    except BMLesionSegError as refusal:
        kind, error, trace = "refused", type(refusal).__name__, ""
    except (Exception, TooSlow) as crash:
        kind, error, trace = "crash", told(crash), traceback.format_exc()
    seconds = time.perf_counter() - began
    path.write_bytes(target.files[name])
    return Outcome(kind, seconds, error, trace)


@contextmanager
def time_limit():
    """Stop Python code that takes far too long."""

    def stop(*_) -> None:
        raise TooSlow(f"{2 * SECONDS} seconds were not enough")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(2 * SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def told(crash: BaseException) -> str:
    """Kind and place of a crash: the same cause gives the same words."""
    frames = traceback.extract_tb(crash.__traceback__)
    ours = [frame for frame in frames if "BMLesionSegLib" in frame.filename] or frames[-1:]
    return f"{type(crash).__name__} in {Path(ours[-1].filename).name}:{ours[-1].name}"
