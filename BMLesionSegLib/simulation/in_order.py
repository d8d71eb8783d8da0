"""Patients on several processes, their results in order and few of them in memory."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

Result = TypeVar("Result")
WAITING_PER_WORKER = 3


def in_order(
    make: Callable[[int], Result], patients: Iterable[int], workers: int
) -> Iterator[Result]:
    """Results in the order of the patients, the same on any number of processes.

    Args:
        make: from a patient's number to a result; it must travel to another process.
        patients: numbers.
        workers: processes; with one, everything is done here.
    """
    if workers == 1:
        yield from map(make, patients)
        return
    numbers = iter(patients)
    # Spawned, not forked: Windows and macOS have no other way, and torch's threads do not fork.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        first = islice(numbers, WAITING_PER_WORKER * workers)
        waiting: deque[Future[Result]] = deque(pool.submit(make, number) for number in first)
        while waiting:
            result = waiting.popleft().result()
            waiting.extend(pool.submit(make, number) for number in islice(numbers, 1))
            yield result
