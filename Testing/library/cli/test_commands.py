"""The other commands, in CI size."""

import json

import pytest

from BMLesionSegLib import RESEARCH_USE
from BMLesionSegLib.cli.evaluate import as_lines
from BMLesionSegLib.cli.main import main
from BMLesionSegLib.simulation.acceptance import report

FIGURES = {
    "pooled_dsc",
    "recall",
    "precision",
    "mean_image_dsc",
    "lesion_sensitivity",
    "false_spots_per_view",
}


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cohort") / "out"
    assert main(["simulate", "--patients", "2", "--seed", "3", "--output", str(folder)]) == 0
    return folder


def test_networks(capsys):
    assert main(["networks", "--json"]) == 0
    row, *others = json.loads(capsys.readouterr().out)
    assert row["name"] == "multi_attention"
    assert len(others) == 11
    assert set(row) == {"name", "parameters", "gmac", "source"}
    assert main(["networks"]) == 0
    assert "29,244,801" in capsys.readouterr().out


def test_simulate_lists_its_patients(cohort):
    manifest = json.loads((cohort / "cohort.json").read_text("utf-8"))
    assert manifest["research_use"] == RESEARCH_USE
    assert [entry["name"] for entry in manifest["patients"]] == ["patient-000001", "patient-000002"]
    assert (cohort / "patient-000002" / "posterior.regions.seg.nrrd").is_file()


def test_simulate_refuses_a_folder_with_files(cohort, capsys):
    assert main(["simulate", "--patients", "1", "--output", str(cohort)]) == 1
    assert "empty folder" in capsys.readouterr().err


def test_evaluate_on_a_written_cohort_and_in_memory(cohort, tiny_model, capsys):
    model = ["--model", str(tiny_model), "--json"]
    assert main(["evaluate", "--cases", str(cohort), *model]) == 0
    written = json.loads(capsys.readouterr().out)
    assert main(["evaluate", "--patients", "2", "--seed", "3", *model]) == 0
    assert json.loads(capsys.readouterr().out) == written
    assert set(written) >= FIGURES | {"false_spots_per_normal_scan", "positives_only"}
    assert set(written["positives_only"]) >= FIGURES
    assert main(["evaluate", "--cases", str(cohort), "--model", str(tiny_model)]) == 0
    assert "pooled_dsc" in capsys.readouterr().out


def test_figures_for_a_person():
    figures = {"recall": None, "scans": 12, "pooled_dsc": 0.51251, "positives_only": {"views": 1}}
    assert [line.split() for line in as_lines(figures).splitlines()] == [
        ["recall", "-"],
        ["scans", "12"],
        ["pooled_dsc", "0.513"],
        ["positives_only:"],
        ["views", "1"],
    ]


def test_a_report_of_the_simulation_shows_its_lines_and_counts_its_patients(
    tmp_path, monkeypatch, capsys
):
    asked = []

    def write_report(*arguments):
        asked.append(arguments)
        return iter(["patient"] * 6 + ["AUC 0.9 pass", "ACCEPTED"])

    monkeypatch.setattr(report, "write_report", write_report)
    arguments = ["--patients", "2", "--seed", "3", "--workers", "4"]
    assert main(["simulate", "--report", str(tmp_path), *arguments]) == 0
    assert asked == [(tmp_path, 3, 2, 4)]
    assert capsys.readouterr().out == "AUC 0.9 pass\nACCEPTED\n"


def test_evaluate_without_cases(tmp_path, tiny_model, capsys):
    assert main(["evaluate", "--cases", str(tmp_path), "--model", str(tiny_model)]) == 1
    assert "PATIENT/scan" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", ["0", "-1", "two"])
def test_numbers_are_checked(wrong, tmp_path):
    with pytest.raises(SystemExit) as stopped:
        main(["simulate", "--patients", wrong, "--output", str(tmp_path / "out")])
    assert stopped.value.code == 2
