import json
from pathlib import Path

import numpy as np
import pytest

from BMLesionSegLib.simulation.frozen import TEST_PATIENTS, TEST_SEED, patient_digests
from BMLesionSegLib.simulation.parameter import LogNormal, Normal, Parameter, Range
from BMLesionSegLib.simulation.parameter_table import digest, markdown, table
from BMLesionSegLib.simulation.version import SIMULATION_VERSION

DOCS = Path(__file__).parents[3] / "docs"


def test_draws_have_the_stated_middle_and_spread():
    rng = np.random.default_rng(3)
    log = np.log([LogNormal(5.0, 0.4, "mm", "x").draw(rng) for _ in range(4000)])
    assert np.median(log) == pytest.approx(np.log(5), abs=0.03)
    assert log.std() == pytest.approx(0.39, abs=0.02)
    normal = [Normal(10.0, 2.0, "mm", "x").draw(rng) for _ in range(4000)]
    assert np.mean(normal) == pytest.approx(10, abs=0.1)
    even = [Range(1.0, 3.0, "mm", "x").draw(rng) for _ in range(2000)]
    assert 1 <= min(even) < 1.02
    assert 2.98 < max(even) <= 3
    happened = [Parameter(0.2, "of patients", "x").happens(rng, 2) for _ in range(4000)]
    assert np.mean(happened) == pytest.approx(0.4, abs=0.03)


def test_every_parameter_has_a_unit_and_a_source():
    rows = [row for rows in table().values() for row in rows]
    assert len(rows) > 150
    for row in rows:
        assert row.name
        assert row.value
        assert row.unit, row
        assert row.source, row


def test_the_document_shows_the_table_as_it_is():
    assert markdown() in (DOCS / "simulation.md").read_text("utf-8")


FROZEN = json.loads((DOCS / "simulation-test-cohort.json").read_text("utf-8"))


def test_the_test_cohort_is_frozen():
    """A changed parameter means another test cohort: freeze it again, and say so."""
    assert FROZEN["simulation_version"] == SIMULATION_VERSION
    assert FROZEN["parameters_sha256"] == digest()
    assert FROZEN["seed"] == TEST_SEED
    assert len(FROZEN["patients_sha256"]) == TEST_PATIENTS


@pytest.mark.parametrize("patients", [1, pytest.param(6, marks=pytest.mark.slow)])
def test_the_first_patients_of_the_test_cohort_are_the_frozen_ones(patients):
    """A changed shape shows here, where no parameter tells of it."""
    assert list(patient_digests(patients)) == FROZEN["patients_sha256"][:patients]
