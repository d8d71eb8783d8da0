"""Numbers in a margin never cover each other."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from BMLesionSegLib.exporting.margin_labels import MarginLabel, spread


def labels(*places: float) -> list[MarginLabel]:
    return [MarginLabel(str(i), True, 0.0, y, y) for i, y in enumerate(places, start=1)]


def test_labels_far_apart_stay_at_their_lesions():
    assert [one.label_y for one in spread(labels(10, 50, 90), 20, 100)] == [10, 50, 90]


def test_a_crowd_is_moved_down():
    assert [one.label_y for one in spread(labels(10, 12, 14), 20, 100)] == [10, 30, 50]


def test_at_the_lower_end_a_crowd_is_moved_up():
    assert [one.label_y for one in spread(labels(95, 96), 20, 100)] == [70, 90]


@given(st.lists(st.floats(0, 500), max_size=20))
def test_no_two_are_nearer_than_the_gap_and_the_order_is_kept(places: list[float]):
    moved = spread(labels(*places), 20, 500)
    assert [one.y for one in moved] == sorted(places)
    assert all(b.label_y - a.label_y >= 20 - 1e-6 for a, b in pairwise(moved))
    assert all(one.label_y <= 490 + 1e-6 for one in moved)
