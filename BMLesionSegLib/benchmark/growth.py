"""What a scan costs when there are many: processor seconds and memory, in one or more processes."""

import statistics
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from BMLesionSegLib.benchmark.machine import peak_megabytes
from BMLesionSegLib.benchmark.stages import one_scan
from BMLesionSegLib.inference import Segmenter
from BMLesionSegLib.inference.memory import give_back_memory

LAST = 10
"""Scans whose mean stands for "a scan now"."""


def growth(
    file: Path, model: str | None, engine: str, counts: list[int], processes: int
) -> Iterator[dict[str, Any]]:
    """Segment the same scan again and again, files written each time.

    Args:
        file: of the scan.
        model: name or folder, the shipped one if None.
        engine: see ``inference.engines``.
        counts: numbers of scans, in each process, at which to look.
        processes: side by side, each with an equal part of torch's threads.

    Yields:
        A row a count, in one process as soon as it is known: ``scans``, ``processes``,
        ``cpu_s_a_scan`` over all, ``cpu_s_a_scan_now`` over the last ten, ``seconds``, ``peak_mb``
        of a process; means over the processes.
    """
    import torch

    threads = max(1, torch.get_num_threads() // processes)
    job = (file, model, engine, sorted(set(counts)), threads)
    if processes == 1:
        yield from ({"processes": 1, **row} for row in in_one_process(*job))
        return
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        jobs = [pool.submit(table_of_one_process, *job) for _ in range(processes)]
        tables = [one.result() for one in jobs]
    for rows in zip(*tables, strict=True):
        yield {"processes": processes, **{key: mean_of(rows, key) for key in rows[0]}}


def table_of_one_process(*job: Any) -> list[dict[str, Any]]:
    """The same at the end, as it travels between processes."""
    return list(in_one_process(*job))


def in_one_process(
    file: Path, model: str | None, engine: str, counts: list[int], threads: int
) -> Iterator[dict[str, Any]]:
    """The rows of one process, the loading of the model apart."""
    import torch

    torch.set_num_threads(threads)
    segmenter = Segmenter(model, "cpu", engine)
    spent: list[float] = []
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(1, counts[-1] + 1):
            before = time.process_time()
            one_scan(file, segmenter, Path(folder))
            give_back_memory()
            spent.append(time.process_time() - before)
            if number in counts:
                yield {
                    "scans": number,
                    "cpu_s_a_scan": round(statistics.mean(spent), 3),
                    "cpu_s_a_scan_now": round(statistics.mean(spent[-LAST:]), 3),
                    "seconds": round(time.perf_counter() - began, 1),
                    "peak_mb": peak_megabytes(),
                }


def mean_of(rows: tuple[dict[str, Any], ...], key: str) -> float | None:
    """Of one column over the processes; None where nobody could tell."""
    values = [row[key] for row in rows]
    return None if None in values else round(statistics.mean(values), 3)
