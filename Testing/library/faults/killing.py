"""Kill writers at every change they make, and at random moments; count what was left whole.

    python -m Testing.library.faults.killing WRITER every|random NUMBER

Prints one JSON object. Each death is that of a child process of its own, so nothing is cleaned up.
"""

import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from BMLesionSegLib.errors import BMLesionSegError
from Testing.library.faults.disk import dying, watched
from Testing.library.faults.writers import Writer, visible, writers


def in_child(work: Callable[[], object], seconds: float | None = None) -> int:
    """Run in a process of its own, killed after so many seconds.

    Returns:
        0 where it ended well, 1 where it raised, -9 where it was killed.
    """
    with warnings.catch_warnings():
        # Python 3.12 warns of threads that a child has not; ours only writes files.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill(writer: Writer, place: Path, moments: list[float], at_change: bool) -> Counter[str]:
    """Kill once a moment, then look at what is visible, then write again."""
    whole = place / "whole"
    writer.write(whole)
    names = set(visible(whole))
    tally: Counter[str] = Counter()
    for number, moment in enumerate(moments):
        out = place / f"killed-{number}" / "out"
        if writer.again:
            writer.write(out)
        before = visible(out)
        watch = watched(out.parent, dying(int(moment))) if at_change else nullcontext()

        def work(out=out, watch=watch) -> None:
            with watch:
                writer.write(out)

        code = in_child(work, None if at_change else moment)
        tally["killed" if code == -signal.SIGKILL else "ended before the kill"] += 1
        tally[judged(writer, out, before, names)] += 1
        tally[rewritten(writer, out, names)] += 1
        shutil.rmtree(out.parent, ignore_errors=True)
    return tally


def judged(writer: Writer, out: Path, before: dict[str, bytes], names: set[str]) -> str:
    """What a user finds after the kill."""
    now = visible(out)
    try:
        writer.check(out)
    except (AssertionError, OSError, ValueError, KeyError, BMLesionSegError) as fault:
        return f"LOST: {type(fault).__name__} {fault}"
    if now == before:
        return "as before"
    if set(before) - set(now):
        return "older result set aside"
    changed = {name for name in now if now[name] != before.get(name)}
    return "new" if names <= changed | set(before) and len(changed) >= len(names) else "in part"


def rewritten(writer: Writer, out: Path, names: set[str]) -> str:
    """What the next run makes of it."""
    try:
        writer.write(out)
    except BMLesionSegError:
        return "next run: refused with a remedy"
    return "next run: whole" if names <= set(visible(out)) else "LOST: next run is not whole"


def main() -> None:
    name, how, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        writer = writers(place / "inputs")[name]
        began = time.perf_counter()
        if writer.again:
            writer.write(place / "first" / "out")
        with watched(place / "first", lambda _: None) as changes:
            writer.write(place / "first" / "out")
        seconds = time.perf_counter() - began
        if how == "every":
            moments = [float(number) for number in range(0, len(changes), count)]
        else:
            began = time.perf_counter()
            writer.write(place / "second")
            seconds = time.perf_counter() - began
            rng = random.Random(1)
            moments = [rng.uniform(0, 1.2 * seconds) for _ in range(count)]
        tally = kill(writer, place, moments, how == "every")
        sys.stdout.write(json.dumps({"writer": name, "how": how, **tally}) + "\n")


if __name__ == "__main__":
    main()
