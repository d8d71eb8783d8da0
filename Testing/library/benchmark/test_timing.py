"""Every piece of work takes its turn; the first turn is apart."""

import time

import pytest

from BMLesionSegLib.benchmark.timing import interleaved, timing


def test_turns_are_taken_in_order():
    order = []
    work = {name: lambda name=name: order.append(name) for name in "ab"}
    assert list(interleaved(work, rounds=2)) == ["a", "b"]
    assert order == ["a", "b"] * 3


def test_first_and_medians():
    found = timing([(9.0, 8.0), (1.0, 0.5), (5.0, 4.0), (2.0, 1.0)])
    assert (found.first, found.wall, found.cpu) == (9.0, 2.0, 1.0)


def test_sleep_costs_the_clock_and_not_the_processor():
    found = interleaved({"sleep": lambda: time.sleep(0.05)}, rounds=1)["sleep"]
    assert found.wall >= 0.05
    assert found.cpu == pytest.approx(0, abs=0.04)
