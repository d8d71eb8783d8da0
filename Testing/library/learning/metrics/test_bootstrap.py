"""Intervals whose ends are known."""

import numpy as np
import pytest

from BMLesionSegLib.learning.metrics.bootstrap import (
    false_spots,
    interval,
    paired_difference,
    pooled_dsc,
    precision,
    recall,
    sensitivity,
    tally_patient,
    without_lesions,
)
from BMLesionSegLib.learning.metrics.view_score import ViewScore

PERFECT = [10, 0, 0, 2, 2, 0]
BLIND = [0, 0, 10, 2, 0, 0]
CALLS_TOO_MUCH = [10, 10, 0, 2, 2, 5]
NORMAL = [0, 0, 0, 0, 0, 0]


def tally(*rows):
    return np.array(rows, np.int64)


def test_a_patients_views_are_summed():
    views = [ViewScore(1, 2, 3, 4, 5, 6, 1.5), ViewScore(10, 20, 30, 40, 50, 60)]
    assert tally_patient(views) == [11, 22, 33, 44, 55, 66]


def test_figures_of_sums():
    sums = tally(CALLS_TOO_MUCH).sum(axis=0)
    assert pooled_dsc(sums) == pytest.approx(20 / 30)
    assert (recall(sums), precision(sums), sensitivity(sums)) == (1.0, 0.5, 1.0)
    nothing = np.array(NORMAL)
    assert pooled_dsc(nothing) == 1.0
    assert np.isnan([recall(nothing), precision(nothing), sensitivity(nothing)]).all()


def test_patients_who_are_alike_leave_no_doubt():
    same = interval(tally(*[CALLS_TOO_MUCH] * 5))
    assert (same.value, same.low, same.high) == pytest.approx((2 / 3, 2 / 3, 2 / 3))


def test_one_of_two_patients_found_is_any_recall():
    doubtful = interval(tally(PERFECT, BLIND), recall)
    assert (doubtful.value, doubtful.low, doubtful.high) == (0.5, 0.0, 1.0)


def test_the_interval_is_that_of_the_binomial():
    many = interval(tally(*[PERFECT] * 70, *[BLIND] * 30), recall)
    error = 1.96 * np.sqrt(0.7 * 0.3 / 100)
    assert many.value == pytest.approx(0.7)
    assert many.low == pytest.approx(0.7 - error, abs=0.02)
    assert many.high == pytest.approx(0.7 + error, abs=0.02)


def test_pairing_sees_a_small_steady_gain_that_patients_would_hide():
    rng = np.random.default_rng(0)
    hits = rng.integers(10, 90, 50)
    ours = tally(*[[hit + 5, 0, 95 - hit, 1, 1, 0] for hit in hits])
    theirs = tally(*[[hit, 0, 100 - hit, 1, 1, 0] for hit in hits])
    gain = paired_difference(ours, theirs, recall)
    assert (gain.value, gain.low, gain.high) == pytest.approx((0.05, 0.05, 0.05))
    assert gain.low > 0
    assert interval(ours, recall).low < interval(theirs, recall).value
    assert paired_difference(ours, ours).low == paired_difference(ours, ours).high == 0


def test_false_spots_are_counted_on_views_and_on_normal_scans():
    one_of_two = tally(CALLS_TOO_MUCH, NORMAL)
    drawn = interval(one_of_two, false_spots(4))
    assert (drawn.value, drawn.low, drawn.high) == (5 / 4, 0.0, 10 / 4)
    assert without_lesions(one_of_two).tolist() == [NORMAL]


def test_what_cannot_be_asked_has_no_interval():
    assert np.isnan(interval(tally(NORMAL, NORMAL), sensitivity).low)


def test_it_reads_like_a_table():
    assert str(interval(tally(PERFECT))) == "1.000 (1.000 to 1.000)"
