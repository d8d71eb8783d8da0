"""Many scans in one process and in two."""

import pytest

from BMLesionSegLib.benchmark.growth import growth
from BMLesionSegLib.resources import resource
from Testing.library.tiny_model import write_tiny_model


@pytest.mark.slow
@pytest.mark.parametrize("processes", [1, 2])
def test_a_row_a_count(tmp_path, processes):
    file = resource("SampleData", "simulated-patient", "scan.dcm")
    model = write_tiny_model(tmp_path / "tiny")
    rows = list(growth(file, str(model), "torch", [2, 1], processes))
    assert [row["scans"] for row in rows] == [1, 2]
    for row in rows:
        assert row["processes"] == processes
        assert row["cpu_s_a_scan"] > 0
