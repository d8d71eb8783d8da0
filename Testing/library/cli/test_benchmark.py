"""``bmlesionseg benchmark`` for a person: what was measured, line by line."""

import json

import pytest

from BMLesionSegLib.benchmark import compare, growth
from BMLesionSegLib.cli.benchmark import growth_line, lines
from BMLesionSegLib.cli.main import main

ROW = {"scans": 10, "processes": 2, "cpu_s_a_scan": 1.25, "cpu_s_a_scan_now": 1.5}
ROW |= {"seconds": 12.4, "peak_mb": 512.5}
REPORT = {
    "model": "small",
    "tiles": 14,
    "tile_shape": [256, 256],
    "rounds": 3,
    "paths": [
        {
            "name": "ours",
            "text": "CPU, float32",
            "seconds": 0.5,
            "cpu_seconds": 1.0,
            "ratio_over_paper": 2.25,
            "cpu_ratio_over_paper": 1.5,
            "largest_logit_difference": 2e-5,
            "pixels_changed": 3,
        }
    ],
    "end_to_end": {"torch": {"cold": {"read": 0.02, "whole": 1.5}}},
    "missing": {"monai": "it is not installed"},
    "peak_mb": 700.5,
    "machine": {"system": "Linux", "cores": 2},
}


def test_the_comparison_names_ways_stages_and_what_did_not_run():
    shown = lines(REPORT)
    assert shown[0] == "Model small, 14 tiles of 256 x 256 pixels, medians of 3 rounds."
    assert shown[1].split()[:2] == ["way", "ms"]
    figures = ["ours", "500", "1000", "2.25", "1.50", "2.0e-05", "3", "CPU,", "float32"]
    assert shown[2].split() == figures
    assert shown[3:] == [
        "A scan, torch, cold, in ms: read 20, whole 1500",
        "Not run: monai: it is not installed",
        "Peak memory 700.5 MB",
        "system Linux, cores 2",
    ]


def test_another_networks_answer_is_not_compared():
    other = REPORT["paths"][0] | {"largest_logit_difference": None, "pixels_changed": None}
    assert lines(REPORT | {"paths": [other]})[2].split()[5:7] == ["-", "-"]


def test_memory_that_nobody_knows_is_left_out():
    assert "MB" not in "".join(lines(REPORT | {"peak_mb": None}))


def test_a_line_a_number_of_scans():
    assert growth_line(ROW).strip() == (
        "10 scans in each of 2 processes: 1.25 CPU s a scan, the last 1.50, 12 s, 512.5 MB"
    )


@pytest.fixture
def asked(monkeypatch):
    """What was to be measured; nothing is."""
    calls = []

    def measure(answer):
        return lambda *arguments: calls.append(arguments[1:]) or answer

    monkeypatch.setattr(growth, "growth", measure([ROW]))
    monkeypatch.setattr(compare, "compare", measure(REPORT))
    return calls


def test_many_scans_as_lines_and_as_one_object(asked, capsys):
    command = ["benchmark", "--scans", "1", "10", "--processes", "2", "--engine", "reference"]
    assert main(command) == 0
    assert capsys.readouterr().out == growth_line(ROW) + "\n"
    assert main([*command, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["growth"] == [ROW]
    assert said["machine"]["cores"] >= 1
    assert asked == [(None, "reference", [1, 10], 2)] * 2


def test_the_comparison_as_lines(asked, capsys):
    assert main(["benchmark", "--device", "cpu", "--rounds", "3"]) == 0
    assert capsys.readouterr().out.splitlines() == lines(REPORT)
    assert asked == [(None, None, "cpu", 3)]
