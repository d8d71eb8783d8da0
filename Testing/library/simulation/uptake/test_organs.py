"""Tracer outside of bone that every patient has."""

import numpy as np
import pytest

from BMLesionSegLib.simulation.anatomy.physique import Sex, draw_physique
from BMLesionSegLib.simulation.uptake.organs import kidneys
from BMLesionSegLib.simulation.uptake.uptake_parameters import KIDNEY_MISSING


def test_now_and_then_a_kidney_is_missing():
    rng = np.random.default_rng(4)
    body = draw_physique(Sex.MALE, 60, rng)
    found = [[spot.site for spot in kidneys(body, 1.0, rng)] for _ in range(400)]
    assert {tuple(sorted(sites)) for sites in found} >= {
        ("left kidney", "right kidney"),
        ("left kidney",),
        ("right kidney",),
    }
    missing = 2 - np.mean([len(sites) for sites in found])
    assert missing / 2 == pytest.approx(KIDNEY_MISSING.value, abs=0.012)
