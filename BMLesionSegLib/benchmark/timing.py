"""Fair times: every way takes its turn in every round, and the median of its rounds counts."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """How long one piece of work takes.

    Attributes:
        first: seconds of its first call.
        wall: median seconds on the clock, of the rounds after it.
        cpu: median processor seconds of all threads, of the same rounds; what else the machine
            does disturbs them less.
    """

    first: float
    wall: float
    cpu: float


def interleaved(work: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Timing]:
    """Time several pieces of work in turn.

    Args:
        work: by name.
        rounds: after the first call of each.
    """
    turns: dict[str, list[tuple[float, float]]] = {name: [] for name in work}
    for _ in range(1 + rounds):
        for name, do in work.items():
            wall, cpu = time.perf_counter(), time.process_time()
            do()
            turns[name].append((time.perf_counter() - wall, time.process_time() - cpu))
    return {name: timing(seconds) for name, seconds in turns.items()}


def timing(turns: list[tuple[float, float]]) -> Timing:
    """Of all turns, wall and processor seconds each; the first is apart."""
    (first, _), *later = turns
    wall, cpu = (statistics.median(column) for column in zip(*later, strict=True))
    return Timing(first, wall, cpu)
