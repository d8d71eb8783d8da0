"""The yardstick is bone, and neither lesions nor urine move it."""

import numpy as np
import pytest

from BMLesionSegLib.lesions import find_body, median_skeletal_uptake
from BMLesionSegLib.scan import ViewName
from Testing.library.doll import Block, Doll, view_of


def uptake(doll: Doll, name: ViewName = ViewName.POSTERIOR) -> float:
    view = doll.view(name)
    return median_skeletal_uptake(view, find_body(view))


def test_it_lies_between_soft_tissue_and_the_spine():
    assert 1.5 * 2 < uptake(Doll(scale=1)) < 20


def test_it_follows_the_counts():
    assert uptake(Doll(scale=4)) == pytest.approx(4 * uptake(Doll(scale=1)), rel=0.1)


def test_hot_lesions_and_a_full_bladder_hardly_move_it():
    lesions = tuple(Block(row, row + 12, 25, 40, 150.0) for row in range(200, 440, 30))
    bladder = Block(440, 475, -20, 20, 500.0)
    assert uptake(Doll(spots=(*lesions, bladder))) == pytest.approx(uptake(Doll()), rel=0.15)


def test_a_body_without_contrast_falls_back_to_its_median():
    counts = np.zeros((400, 200))
    counts[20:380, 60:140] = 7
    counts[200, 100] = 7.5
    view = view_of(ViewName.ANTERIOR, counts)
    assert median_skeletal_uptake(view, find_body(view)) == pytest.approx(7, rel=0.1)
