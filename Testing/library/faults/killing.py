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
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from BMLesionSegLib.errors import BMLesionSegError
from Testing.library.faults.disk import dying, watched
from Testing.library.faults.writers import Writer, visible, writers


def in_child(work: Callable[[], object], seconds: float | None = None) -> bool:
    """Run in a process of its own, killed after so many seconds. Whether it ended by itself."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    return not os.WIFSIGNALED(os.waitpid(child, 0)[1])


def kill(writer: Writer, place: Path, moments: list[float], at_change: bool) -> Counter[str]:
    """Kill once a moment, then look at what is visible, then write again."""
    whole = place / "whole"
    writer.write(whole)
    names = set(visible(whole))
    tally: Counter[str] = Counter()
    for number, moment in enumerate(moments):
        out = place / f"killed-{number}"
        if writer.again:
            writer.write(out)
        before = visible(out)
        watch = watched(out, dying(int(moment))) if at_change else nullcontext()

        def work(out=out, watch=watch) -> None:
            with watch:
                writer.write(out)

        survived = in_child(work, None if at_change else moment)
        tally["ended before the kill" if survived else "killed"] += 1
        tally[judged(writer, out, before, names)] += 1
        tally[rewritten(writer, out, names)] += 1
        shutil.rmtree(out, ignore_errors=True)
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
        with watched(place / "first", lambda _: None) as changes:
            writer.write(place / "first")
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
