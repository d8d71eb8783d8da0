from pathlib import Path

import numpy as np
import pytest

from BMLesionSegLib.errors import OutputRefused
from BMLesionSegLib.simulation.acceptance.acceptance import of_clinic
from BMLesionSegLib.simulation.acceptance.measures import hottest, measure_cohort, measure_healthy
from BMLesionSegLib.simulation.acceptance.report import write_report


def test_the_report_prints_values_beside_ranges_and_draws_them(tmp_path: Path):
    told = list(write_report(tmp_path / "out", 3, 2))
    assert told[:6] == ["patient"] * 6
    assert "ACCEPTED" in told[-1]
    text = (tmp_path / "out" / "report.txt").read_text()
    for name in ("AUC of uptake alone", "landmark: iliac crest", "POST / ANT: spine",
                 "lesions posterior, mean", "noise variance / mean anterior"):  # fmt: skip
        line = next(line for line in text.splitlines() if line.startswith(name))
        assert " in " in line
        assert "pass" in line or "FAIL" in line
    assert "rows" in (tmp_path / "out" / "boxes.txt").read_text()
    for picture in ("statistics.png", "lesions.png", "patients.png"):
        assert (tmp_path / "out" / picture).read_bytes().startswith(b"\x89PNG")


def test_what_too_few_patients_do_not_show_passes_no_range():
    patient = {"metastatic uptake": [], "benign uptake": [], "floor": np.array([1, 2, 3]),
               "sites": [], "share": 0.5}  # fmt: skip
    told = {statistic.name: statistic for statistic in of_clinic([patient])}
    for name in ("AUC of uptake alone", "uptake of benign foci, median"):
        assert np.isnan(told[name].value)
        assert not told[name].passed


def test_a_healthy_patient_is_measured_the_same_each_time():
    first, again = measure_healthy(4, 7), measure_healthy(4, 7)
    assert first == again
    assert first["noise variance / mean anterior"] == pytest.approx(1, abs=0.05)
    assert first["uptake: lumbar ANT"] < 1


def test_the_floor_is_the_hottest_pixels():
    counts = np.zeros((100, 100), np.uint16)
    counts[:7, :10] = 9
    assert np.array_equal(hottest(counts, np.random.default_rng(0)), counts > 0)


def test_lesions_of_a_patient_are_those_of_its_truth():
    measured = measure_cohort(4, "paper", 1)
    assert max(measured["lesions anterior"], measured["lesions posterior"]) <= len(
        measured["sites"]
    )
    assert len(measured["metastatic uptake"]) <= len(measured["sites"])


def test_a_folder_that_cannot_be_made_is_refused_before_anything_is_measured(tmp_path: Path):
    (tmp_path / "taken").touch()
    told = write_report(tmp_path / "taken", 3, 1)
    with pytest.raises(OutputRefused, match="Choose another folder"):
        next(told)
