"""Outline, extent and midline of the doll are where the doll was put."""

import numpy as np
import pytest

from BMLesionSegLib.lesions import find_body
from BMLesionSegLib.scan import ViewName
from Testing.library.doll import LENGTH, PIXEL_MM, VERTEX, Block, Doll, view_of


@pytest.mark.parametrize("name", ViewName)
def test_extent_and_midline_are_found_within_the_blur(name: ViewName):
    body = find_body(Doll().view(name))
    assert body.vertex == pytest.approx(VERTEX, abs=8)
    assert body.length_mm == pytest.approx(LENGTH * PIXEL_MM, abs=32)
    assert np.abs(body.midline - 127.5).max() < 2
    assert not body.cut_at_head
    assert not body.cut_at_feet


def test_one_arm_held_away_does_not_pull_the_midline():
    arm = Block(250, 420, 80, 124, 2.0)
    body = find_body(Doll(spots=(arm,)).view(ViewName.ANTERIOR))
    assert abs(body.midline[200] - 127.5) < 3


def test_a_superscan_keeps_its_faint_legs():
    body = find_body(Doll(spine=3, limbs=0.3).view(ViewName.POSTERIOR))
    assert body.length_mm == pytest.approx(LENGTH * PIXEL_MM, abs=40)


def test_height_fraction_and_rows_are_inverse():
    body = find_body(Doll().view(ViewName.ANTERIOR))
    rows = body.rows(0.25, 0.75)
    assert body.height_fraction(rows.start) == pytest.approx(0.25, abs=0.001)
    assert body.height_fraction(rows.stop) == pytest.approx(0.75, abs=0.001)


def test_rows_end_with_the_frame():
    body = find_body(Doll().view(ViewName.ANTERIOR))
    assert body.rows(-1, 2) == slice(0, 1024)
    assert body.rows(3, 4) == slice(1024, 1024)


@pytest.mark.parametrize("name", ViewName)
def test_left_is_the_patients_left_in_both_views(name: ViewName):
    body = find_body(Doll().view(name))
    column_at_the_patients_left = 200 if name is ViewName.ANTERIOR else 55
    distance = body.left_of_midline_mm(name, 300, column_at_the_patients_left)
    assert distance == pytest.approx(72.5 * PIXEL_MM, abs=4)


def test_distances_broadcast_over_rows_and_columns():
    body = find_body(Doll().view(ViewName.ANTERIOR))
    rows, columns = np.indices((10, 20), sparse=True)
    distance = body.left_of_midline_mm(ViewName.ANTERIOR, rows, columns)
    assert distance.shape == (10, 20)
    assert distance[4, 5] == body.left_of_midline_mm(ViewName.ANTERIOR, 4, 5)


def test_cut_feet_are_seen_and_the_length_is_the_median():
    counts = Doll().view(ViewName.ANTERIOR).counts
    body = find_body(view_of(ViewName.ANTERIOR, counts[:600]))
    assert (body.cut_at_head, body.cut_at_feet) == (False, True)
    assert body.length_mm == 1720


def test_a_cut_head_puts_the_vertex_above_the_frame():
    counts = Doll().view(ViewName.ANTERIOR).counts
    body = find_body(view_of(ViewName.ANTERIOR, counts[120:]))
    assert (body.cut_at_head, body.cut_at_feet) == (True, False)
    assert body.vertex == pytest.approx(VERTEX - 120, abs=16)


def test_a_single_count_still_has_a_body():
    counts = np.zeros((64, 64))
    counts[30, 20] = 1
    body = find_body(view_of(ViewName.ANTERIOR, counts))
    assert body.mask[30, 20]
    assert np.isfinite(body.midline).all()
