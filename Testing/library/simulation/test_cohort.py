"""Who comes to the camera."""

import numpy as np
import pytest

from BMLesionSegLib.simulation.cohort import clinic_extent
from BMLesionSegLib.simulation.disease.disease_parameters import SUPERSCAN
from BMLesionSegLib.simulation.disease.sites import Primary


def test_one_in_ten_metastatic_prostate_cancers_is_a_superscan_and_nothing_beside_it():
    rng = np.random.default_rng(2)
    extents = [clinic_extent(Primary.PROSTATE, rng) for _ in range(4000)]
    superscans = [extent for extent in extents if extent.superscan]
    share = len(superscans) / len(extents)
    assert share == pytest.approx(SUPERSCAN[Primary.PROSTATE].value, abs=0.015)
    assert {(one.lesions, one.confluent, one.rib_rows) for one in superscans} == {(0, 0.0, False)}
    others = [extent for extent in extents if not extent.superscan]
    assert all(extent.lesions or extent.confluent for extent in others)
