"""Lesions and false spots one by one, with a model whose answer is known."""

from dataclasses import replace

import numpy as np
import pytest

from BMLesionSegLib.inference import Segmenter
from BMLesionSegLib.learning.data.case import Case
from BMLesionSegLib.learning.metrics.spot_list import (
    ListedSpot,
    Outcome,
    by_level,
    by_uptake,
    list_spots,
)
from BMLesionSegLib.lesions import Level
from Testing.library.pointwise import PointwiseBundle
from Testing.library.scans import body_pair, scan_of


@pytest.fixture(scope="module")
def found():
    return Segmenter(PointwiseBundle(), "cpu").segment(scan_of(body_pair()))


def truth_of(found):
    return {result.view.name: result.lesions.labels.astype(np.int32) for result in found.views}


def listed(found, truth, other=None):
    return list(list_spots(3, Case(found.scan, truth, other or {}), found.views))


def test_what_was_found_is_measured_as_its_own_finding(found):
    spots = listed(found, truth_of(found))
    assert {spot.outcome for spot in spots} == {Outcome.FOUND}
    expected = [lesion for result in found.views for lesion in result.lesions.lesions]
    assert [spot.measured for spot in spots] == expected
    assert [spot.peak for spot in spots] == [
        result.probability[result.lesions.labels == lesion.number].max()
        for result in found.views
        for lesion in result.lesions.lesions
    ]


def test_a_lesion_elsewhere_is_missed_and_the_call_is_false(found):
    truth = truth_of(found)
    anterior = found.views[0]
    truth[anterior.view.name][:] = 0
    truth[anterior.view.name][10:20, 30:40] = 7
    spots = listed(found, truth)
    missed, false = spots[0], spots[1]
    assert (missed.outcome, false.outcome) == (Outcome.MISSED, Outcome.FALSE)
    assert missed.measured.centroid == (14.5, 34.5)
    assert missed.measured.pixels == 100
    assert false.measured.centroid == anterior.lesions.lesions[0].centroid
    row = missed.row()
    assert (row["case"], row["view"], row["outcome"]) == ("3", "anterior", "lesion missed")
    assert (row["row"], row["column"]) == ("14.5", "34.5")


def test_a_call_on_known_other_uptake_is_told_apart(found):
    truth = truth_of(found)
    name = found.views[0].view.name
    called, truth[name] = truth[name] > 0, np.zeros_like(truth[name])
    assert listed(found, truth, {name: called})[0].outcome is Outcome.FALSE_ON_OTHER
    beside = np.zeros_like(called)
    beside[0, 0] = True
    assert listed(found, truth, {name: beside})[0].outcome is Outcome.FALSE


def test_classes_begin_at_their_lower_edge_and_sum_up(found):
    lesion = found.views[0].lesions.lesions[0]

    def spot(outcome, ratio, level=Level.CHEST):
        site = replace(lesion.site, level=level)
        return ListedSpot(1, outcome, replace(lesion, uptake_ratio=ratio, site=site), 0.5)

    spots = [
        spot(Outcome.FOUND, 1.5),
        spot(Outcome.MISSED, 1.99),
        spot(Outcome.FALSE, 0.0),
        spot(Outcome.FALSE_ON_OTHER, 80.0, Level.SKULL),
    ]
    rows = [tuple(row.values()) for row in by_uptake(spots)]
    assert rows == [
        ("0 to 1", "0", "-", "1", "0"),
        ("1.5 to 2", "2", "0.500", "0", "0"),
        ("5 and more", "0", "-", "0", "1"),
    ]
    assert [tuple(row.values()) for row in by_level(spots)] == [
        ("skull", "0", "-", "0", "1"),
        ("chest", "2", "0.500", "1", "0"),
    ]
    assert by_level([]) == []
