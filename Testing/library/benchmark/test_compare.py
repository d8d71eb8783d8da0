"""The whole comparison with a tiny model: every way answers alike, and the figures fit together."""

import json
import sys

import pytest

from BMLesionSegLib.benchmark import compare as room
from BMLesionSegLib.benchmark import paths
from BMLesionSegLib.cli.main import main
from BMLesionSegLib.inference.devices import choose_device
from BMLesionSegLib.networks import build_network, preset_arguments
from Testing.library.nm_files import nm_file
from Testing.library.scans import body_pair, scan_of
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
    network = room.untrained(preset_arguments("multi_attention", "small"))
    assert sum(parameter.numel() for parameter in network.parameters()) == 7_357_057
    assert not network.training


def test_with_a_preset_the_network_alone_is_timed(tmp_path, few_engines, monkeypatch):
    """On a machine without MONAI."""
    monkeypatch.setitem(sys.modules, "monai.inferers", None)
    asked = []

    def tiny_network(arguments):
        asked.append(arguments)
        return build_network("multi_attention", TINY).eval()

    monkeypatch.setattr(room, "untrained", tiny_network)
    model = write_tiny_model(tmp_path / "tiny")
    scan = nm_file(tmp_path / "a.dcm", counts=body_pair((256, 64)), spacing=(9.04, 9.04))
    report = room.compare(scan, str(model), "base32", "cpu", rounds=1)
    assert report["model"] == "base32"
    assert asked
    assert all(arguments["features"] == (32, 64, 128, 256) for arguments in asked)
    assert report["end_to_end"] == {}
    assert report["end_to_end_s"] is None
    assert report["peak_mb"] is None
    assert [row["name"] for row in report["paths"]] == ["ours", "paper"]
    assert report["ratio_over_monai"] is None
    assert set(report["missing"]) == {"openvino", "monai"}
    assert "Install bmlesionseg[test]" in report["missing"]["monai"]


def test_the_papers_way_asks_once(few_engines, monkeypatch):
    asked, build = [], room.untrained
    monkeypatch.setattr(room, "untrained", lambda given: asked.append(given) or build(given))
    twice = preset_arguments("multi_attention", "small-pair") | TINY
    room.the_paths(lambda: build(twice), twice, choose_device("cpu"), scan_of(body_pair()))
    (paper,) = asked
    assert (paper["mirrored"], paper["views"], paper["fold"]) == (False, 1, 1)


def test_a_model_of_whole_views_is_held_against_the_papers_tiles_too(few_engines):
    """The plain way is the same network; the paper's is one of the same widths on its tiles."""
    arguments = preset_arguments("multi_attention", "small") | TINY
    whole = {**arguments, "tile_shape": (1024, 256), "fold": 2}
    device, scan = choose_device("cpu"), scan_of(body_pair())
    scene, ways, _ = room.the_paths(lambda: room.untrained(whole), whole, device, scan)
    assert scene.tiles.shape == (2, 1, 1024, 256)
    assert [way.name for way in ways] == ["ours", "plain", "paper", "monai"]
    rows = {row["name"]: row for row in room.timed(ways, scene, 0.5, rounds=1)}
    assert rows["paper"]["pixels_changed"] is None
    assert rows["paper"]["ratio_over_paper"] == 1
    assert rows["paper"]["text"].endswith("a network of these widths, untrained")
    for name in ("ours", "plain", "monai"):
        assert rows[name]["largest_logit_difference"] < 1e-4
    assert ways[2].run().shape == (14, 256, 256)
