"""The whole comparison with a tiny model: every way answers alike, and the figures fit together."""

import json
import sys

import pytest

from BMLesionSegLib.benchmark import compare as room
from BMLesionSegLib.benchmark import paths
from BMLesionSegLib.cli.main import main
from BMLesionSegLib.networks import build_network
from Testing.library.nm_files import nm_file
from Testing.library.scans import body_pair
from Testing.library.tiny_model import TINY, write_tiny_model


@pytest.fixture
def few_engines(monkeypatch):
    """Without OpenVINO, as on most machines; MONAI's search is cut short."""
    monkeypatch.setitem(__import__("sys").modules, "openvino", None)
    monkeypatch.setattr(paths, "MONAI_BATCHES_CPU", (2,))


def test_the_command_says_what_others_read(tmp_path, few_engines, capsys):
    model = write_tiny_model(tmp_path / "tiny")
    arguments = ["benchmark", "--model", str(model), "--device", "cpu", "--rounds", "1", "--json"]
    assert main(arguments) == 0
    report = json.loads(capsys.readouterr().out)
    rows = {row["name"]: row for row in report["paths"]}
    assert list(rows) == ["ours", "paper", "monai"]
    assert rows["paper"]["largest_logit_difference"] == 0
    for row in rows.values():
        assert row["largest_logit_difference"] < 1e-4
        assert row["pixels_changed"] == 0
    assert report["network_ms"] == pytest.approx(1000 * rows["ours"]["seconds"], abs=0.1)
    ratio = rows["paper"]["seconds"] / rows["ours"]["seconds"]
    assert report["ratio_over_paper"] == pytest.approx(ratio, rel=0.02, abs=0.01)
    assert report["end_to_end_s"] == report["end_to_end"]["torch"]["warm"]["whole"]
    stages = {"read", "prepare", "network", "stitch", "lesions", "write", "whole"}
    assert set(report["end_to_end"]["torch"]["cold"]) == stages
    assert "openvino" in report["missing"]
    assert report["peak_mb"] > 100


def test_a_preset_is_the_papers_network_untrained():
    network = room.random_network("small")
    assert sum(parameter.numel() for parameter in network.parameters()) == 7_357_057
    assert not network.training


def test_with_a_preset_the_network_alone_is_timed(tmp_path, few_engines, monkeypatch):
    """On a machine without MONAI."""
    monkeypatch.setitem(sys.modules, "monai.inferers", None)
    asked = []

    def tiny_network(preset):
        asked.append(preset)
        return build_network("multi_attention", TINY).eval()

    monkeypatch.setattr(room, "random_network", tiny_network)
    model = write_tiny_model(tmp_path / "tiny")
    scan = nm_file(tmp_path / "a.dcm", counts=body_pair((256, 64)), spacing=(9.04, 9.04))
    report = room.compare(scan, str(model), "base32", "cpu", rounds=1)
    assert report["model"] == "base32"
    assert set(asked) == {"base32"}
    assert report["end_to_end"] == {}
    assert report["end_to_end_s"] is None
    assert report["peak_mb"] is None
    assert [row["name"] for row in report["paths"]] == ["ours", "paper"]
    assert report["ratio_over_monai"] is None
    assert set(report["missing"]) == {"openvino", "monai"}
    assert "Install bmlesionseg[test]" in report["missing"]["monai"]
