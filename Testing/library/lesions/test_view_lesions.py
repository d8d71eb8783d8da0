"""From a probability map to measured lesions in one call."""

import numpy as np

from BMLesionSegLib.lesions import find_body, find_lesions
from BMLesionSegLib.scan import ViewName
from Testing.library.doll import Block, Doll, painted


def test_labels_and_lesions_agree():
    name = ViewName.POSTERIOR
    probability = painted(
        name, Block(200, 210, 30, 40, 0.9), Block(250, 252, 0, 2, 0.9), Block(300, 330, -5, 5, 0.7)
    )
    view = Doll().view(name)
    found = find_lesions(view, find_body(view), probability, 0.5, 50.0)
    assert [lesion.number for lesion in found.lesions] == [1, 2]
    areas = np.bincount(found.labels.ravel())[1:]
    assert [lesion.pixels for lesion in found.lesions] == areas.tolist() == [100, 300]


def test_a_higher_threshold_finds_less():
    name = ViewName.ANTERIOR
    probability = painted(name, Block(200, 210, 30, 40, 0.9), Block(300, 330, -5, 5, 0.7))
    view = Doll().view(name)
    assert len(find_lesions(view, find_body(view), probability, 0.5, 0.0).lesions) == 2
    assert len(find_lesions(view, find_body(view), probability, 0.8, 0.0).lesions) == 1
    assert find_lesions(view, find_body(view), probability, 0.95, 0.0).lesions == ()
