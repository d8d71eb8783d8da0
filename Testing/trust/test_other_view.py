"""The measurement of what the other view is worth."""

import numpy as np
import pytest

from BMLesionSegLib.inference import Segmenter
from BMLesionSegLib.learning.data.simulated import simulated_cases
from BMLesionSegLib.learning.metrics.evaluation import evaluate
from BMLesionSegLib.scan import BoneScan
from Testing.library.tiny_model import write_tiny_pair
from Testing.trust.other_view import masks, moved, other_views, scores, table


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    return Segmenter(write_tiny_pair(tmp_path_factory.mktemp("model") / "pair"))


@pytest.fixture(scope="module")
def cases():
    return list(simulated_cases(770001, [0, 1]))


def test_moved_counts_leave_on_one_side_and_none_come_in_on_the_other():
    counts = np.array([[1, 2, 3], [4, 5, 6]], np.float32)
    assert moved(counts, 1, 2).tolist() == [[0, 0, 0], [0, 0, 1]]
    assert moved(counts, 0, 0).tolist() == counts.tolist()


def test_every_other_view_keeps_its_name_and_size(cases):
    view, stranger = cases[0].scan.views[1], cases[1].scan.views[1]
    others = other_views(view, stranger)
    assert others.pop("none") is None
    assert {(other.name, other.shape) for other in others.values()} == {(view.name, view.shape)}
    assert np.array_equal(others["another patient's"].counts, stranger.counts)
    assert np.array_equal(others["left and right exchanged"].counts[:, 0], view.counts[:, -1])


def test_beside_its_own_other_view_a_view_is_read_as_always(pair, cases):
    measured = scores(pair, cases, cases[1])
    assert measured["as it was taken"] == list(evaluate(pair, cases).cases)
    lines = list(table(measured))
    assert [line["the other view"] for line in lines] == list(measured)
    assert len({line["DSC"] for line in lines}) > 1


def test_a_view_is_read_beside_the_view_it_is_shown(pair, cases):
    found = masks(pair, cases[0], cases[1])
    alone = pair.segment(BoneScan((cases[0].scan.views[0],), "alone"))
    assert np.array_equal(found["none"][0], alone.views[0].lesions.labels > 0)
    assert not np.array_equal(found["another patient's"][0], found["as it was taken"][0])
