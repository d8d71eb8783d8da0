import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from BMLesionSegLib.simulation.anatomy.points import (
    beside,
    cylinder,
    ellipsoid,
    line_length,
    sheet,
    smooth_line,
    tube,
    turned,
)


def rng():
    return np.random.default_rng(7)


@given(st.floats(5, 40), st.floats(5, 40), st.floats(5, 40))
def test_an_ellipsoid_carries_its_volume_and_is_centred(a, b, c):
    piece = ellipsoid([1, 2, 3], [a, b, c], rng())
    assert piece.volume.sum() == pytest.approx(4 / 3 * np.pi * a * b * c, rel=1e-3)
    assert np.abs(piece.points.mean(0) - [1, 2, 3]).max() < 0.12 * max(a, b, c)


def test_a_shell_leaves_its_middle_empty():
    piece = ellipsoid([0, 0, 0], [70, 70, 70], rng(), shell=0.9)
    assert np.linalg.norm(piece.points, axis=1).min() > 50


def test_a_straight_tube_has_length_volume_and_profile():
    piece = tube([[0, 0, 0], [0, 0, 100]], 5.0, rng(), profile=(2.0, 0.0))
    assert piece.length == pytest.approx(100)
    assert piece.volume.sum() == pytest.approx(np.pi * 25 * 100, rel=0.02)
    upper = piece.volume[piece.along > 0.5].sum() / piece.volume.sum()
    assert upper == pytest.approx(0.25, abs=0.02)


def test_along_follows_arc_length_round_a_bend():
    line = smooth_line([[0, 0, 0], [0, 0, 30], [100, 0, 30]])
    steps = np.linalg.norm(np.diff(line, axis=0), axis=1)
    assert steps.min() > 0.7 * steps.max()
    assert 115 < line_length(line) < 140


def test_a_cylinder_stays_between_its_end_plates():
    piece = cylinder([0, 0, 50], [20, 15, 10], rng())
    assert np.percentile(np.abs(piece.points[:, 2] - 50), 99) < 12


def test_a_sheet_is_denser_at_its_edges():
    first, second = [[0, 0, 0], [0, 0, 100]], [[50, 0, 0], [50, 0, 100]]
    piece = sheet(first, second, 6, rng(), edge_density=(3.0, 1.0), middle_density=0.5)
    bands = [piece.volume[np.abs(piece.points[:, 0] - x) < 4].sum() for x in (4, 25, 46)]
    assert bands[0] > 1.5 * bands[2] > 1.5 * bands[1]


def test_a_quarter_turn_about_z_takes_left_to_front():
    piece = turned(ellipsoid([10, 0, 0], [2, 2, 2], rng()), [0, 0, 0], 2, np.pi / 2)
    assert np.allclose(piece.points.mean(0), [0, 10, 0], atol=0.4)


def test_beside_adds_left_front_head():
    assert np.allclose(beside([1, 2, 3], 10, 20, 30), [11, 22, 33])
