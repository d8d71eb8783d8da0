"""Outlines along pixel edges, by hand and by area."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from BMLesionSegLib.exporting.region_outline import region_outlines


def mask_of(*rows: str) -> np.ndarray:
    return np.array([[letter == "#" for letter in row] for row in rows])


def test_one_pixel_is_a_square_walked_clockwise():
    assert region_outlines(mask_of("...", ".#.")) == [[(1, 1), (1, 2), (2, 2), (2, 1), (1, 1)]]


def test_straight_edges_have_no_corner_between():
    assert region_outlines(mask_of("##", "##", "#.")) == [
        [(0, 0), (0, 2), (2, 2), (2, 1), (3, 1), (3, 0), (0, 0)]
    ]


def test_pixels_that_touch_at_a_corner_are_outlined_apart():
    assert region_outlines(mask_of("#.", ".#")) == [
        [(0, 0), (0, 1), (1, 1), (1, 0), (0, 0)],
        [(1, 1), (1, 2), (2, 2), (2, 1), (1, 1)],
    ]
    assert [len(outline) for outline in region_outlines(mask_of(".#", "#."))] == [5, 5]


def test_a_hole_has_an_outline_of_its_own():
    outer, hole = region_outlines(mask_of("###", "#.#", "###"))
    assert outer == [(0, 0), (0, 3), (3, 3), (3, 0), (0, 0)]
    assert sorted(set(hole)) == [(1, 1), (1, 2), (2, 1), (2, 2)]


def test_nothing_has_no_outline():
    assert region_outlines(np.zeros((3, 3), bool)) == []


@settings(max_examples=60)
@given(arrays(bool, st.tuples(st.integers(1, 7), st.integers(1, 7))))
def test_outlines_enclose_exactly_the_area(mask: np.ndarray):
    enclosed = 0.0
    for outline in region_outlines(mask):
        assert outline[0] == outline[-1]
        row, column = np.array(outline).T
        enclosed += (column[:-1] * row[1:] - column[1:] * row[:-1]).sum() / 2
    assert enclosed == mask.sum()
