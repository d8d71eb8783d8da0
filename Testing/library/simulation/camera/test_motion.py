import numpy as np

from BMLesionSegLib.simulation.camera.motion import Motion, draw_motion

STILL, MOVED = 1400.0, 200.0


def points(count=1000):
    rng = np.random.default_rng(1)
    return rng.uniform([-100, -100, 0], [100, 100, 1700], (count, 3)).astype(np.float32)


def test_what_was_seen_before_stays_and_what_comes_after_is_displaced():
    here = points()
    there = Motion("all", 800.0, (12.0, 3.0), 1700.0).applied(here, "trunk")
    early, late = here[:, 2] > 800 + 200, here[:, 2] < 800 - 200
    assert np.array_equal(there[early], here[early])
    assert np.allclose((there - here)[late], [12, 0, 3], atol=1e-3)


def test_in_the_field_of_view_the_counts_are_shared():
    here = np.tile(np.array([[0, 0, 900]], np.float32), (4000, 1))
    there = Motion("all", 800.0, (10.0, 0.0), 1700.0).applied(here, "trunk")
    # 100 of 400 mm above the middle: a quarter of the time is left.
    assert abs((there[:, 0] > 5).mean() - 0.25) < 0.01


def test_only_the_moved_part_moves():
    here = points()
    motion = Motion("left arm", 1700.0, (10.0, 0.0), 1700.0)
    assert np.array_equal(motion.applied(here, "trunk"), here)
    assert not np.array_equal(motion.applied(here, "left arm"), here)
    head = Motion("head", 1700.0, (10.0, 0.0), 1700.0).applied(here, "trunk")
    assert np.array_equal((head != here).any(1), (here[:, 2] > 1500) & (head != here).any(1))
    assert (head != here).any()


def test_few_patients_move():
    rng = np.random.default_rng(2)
    moved = [draw_motion(1700.0, rng) is not None for _ in range(2000)]
    assert 0.02 < np.mean(moved) < 0.07
