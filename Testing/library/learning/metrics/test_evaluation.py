"""Figures over whole scans, with a model whose answer is known."""

import numpy as np
import pytest

from BMLesionSegLib.inference import Segmenter
from BMLesionSegLib.learning.data.case import Case
from BMLesionSegLib.learning.metrics.calibration import Reliability
from BMLesionSegLib.learning.metrics.evaluation import Evaluation, evaluate, figures, score_case
from Testing.library.pointwise import PointwiseBundle
from Testing.library.scans import body_pair, scan_of


@pytest.fixture(scope="module")
def scan():
    return scan_of(body_pair())


def nothing(scan):
    return {view.name: np.zeros(view.shape, np.int32) for view in scan}


def test_a_perfect_and_a_normal_case(scan):
    found = Segmenter(PointwiseBundle(), "cpu").segment(scan)
    ill = Case(scan, {result.view.name: result.lesions.labels for result in found.views})
    well = Case(scan, nothing(scan))
    evaluation = evaluate(Segmenter(PointwiseBundle(), "cpu"), [ill, well])
    table = evaluation.figures()
    assert table["lesion_sensitivity"] == 1.0
    assert table["false_spots_per_view"] == 0.5
    assert table["false_spots_per_normal_scan"] == 2.0
    assert (table["scans"], table["normal_scans"], table["views"]) == (2, 1, 4)
    assert table["positives_only"]["pooled_dsc"] == 1.0
    assert table["positives_only"]["views"] == 2
    assert table["pooled_dsc"] < 1.0
    assert table["mean_hd95_mm"] == 0.0
    assert table["expected_calibration_error"] > 0.1
    assert evaluation.tally().shape == (2, 6)
    ends = evaluation.intervals()
    # Drawn are both, or one of them twice; the only normal scan has both false spots.
    assert ends["lesion_sensitivity"] == (1.0, 1.0)
    assert ends["false_spots_per_view"] == (0.0, 1.0)
    assert ends["false_spots_per_normal_scan"] == (2.0, 2.0)
    assert ends["pooled_dsc"] == (0.0, 1.0)
    own = next(point for point in evaluation.curve if point.threshold == 0.5)
    assert own.lesion_sensitivity == 1.0
    assert own.false_spots_per_view == 0.5


def test_what_cannot_be_measured_has_no_interval(scan):
    well = Case(scan, nothing(scan))
    mask = [np.zeros(view.shape, bool) for view in scan]
    one = score_case(well, mask)
    ends = Evaluation((one,), (), Reliability.empty()).intervals()
    assert ends["lesion_sensitivity"] is None
    assert ends["false_spots_per_normal_scan"] == (0.0, 0.0)


def test_no_normal_scan_is_said_as_none(scan):
    truth = nothing(scan)
    for labels in truth.values():
        labels[10:20, 10:20] = 1
    table = figures([score_case(Case(scan, truth), [np.zeros(scan.views[0].shape, bool)] * 2)])
    assert table["false_spots_per_normal_scan"] is None
    assert table["recall"] == 0.0
    assert table["precision"] is None
