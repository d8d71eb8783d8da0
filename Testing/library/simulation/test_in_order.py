"""Results in order, a few at a time."""

import pytest

from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.simulation.in_order import WAITING_PER_WORKER, in_order


def square(number: int) -> int:
    return number**2


def refuse(number: int) -> int:
    raise TrainingRefused("a patient", f"{number} came", "Go on.")


@pytest.mark.parametrize("workers", [1, 2])
def test_in_order_on_any_number_of_processes(workers: int):
    assert list(in_order(square, range(20), workers)) == [n**2 for n in range(20)]
    assert list(in_order(square, [], workers)) == []


def test_no_more_are_begun_than_can_wait():
    begun = []

    def numbers():
        for number in range(100):
            begun.append(number)
            yield number

    results = in_order(square, numbers(), 2)
    next(results)
    assert len(begun) <= 2 * WAITING_PER_WORKER + 1
    results.close()


def test_a_refusal_comes_through():
    with pytest.raises(TrainingRefused, match="0 came"):
        list(in_order(refuse, range(3), 2))
