"""Every refusal is one line that says what was expected, what came, what to do."""

import pickle

import pytest

from BMLesionSegLib import errors
from BMLesionSegLib.errors import BMLesionSegError, Cancelled, ViewsUnclear

KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, BMLesionSegError) and kind is not Cancelled
]


@pytest.mark.parametrize("kind", KINDS)
def test_one_line_with_its_three_parts(kind):
    error = kind("a scan\nhas two views", "three came", "Give\n two")
    assert str(error) == "a scan has two views, but three came. Give two."
    assert (error.came, error.remedy) == ("three came", "Give\n two")


def test_they_travel_between_processes():
    error = pickle.loads(pickle.dumps(ViewsUnclear("one", "two", "three.")))
    assert isinstance(error, ViewsUnclear)
    assert str(error) == "one, but two. three."
    assert isinstance(pickle.loads(pickle.dumps(Cancelled())), Cancelled)


def test_all_have_one_base():
    assert len(KINDS) >= 8
    assert issubclass(Cancelled, BMLesionSegError)
