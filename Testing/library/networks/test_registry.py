"""The registry: presets build, and nothing unknown does."""

import subprocess
import sys

import pytest
import torch

from BMLesionSegLib.errors import BundleRefused
from BMLesionSegLib.networks import (
    ARCHITECTURES,
    build_network,
    network_arguments,
    preset_arguments,
)


@pytest.mark.parametrize(
    ("architecture", "preset", "count"),
    [
        ("multi_attention", "base32", 29_244_801),
        ("multi_attention", "base64", 59_032_833),
        ("multi_attention", "small", 7_357_057),
        ("cmunext", "base", 3_148_897),
        ("cmunext", "small", 417_361),
        ("cmunext", "large", 8_286_145),
    ],
)
def test_presets_have_the_published_counts(architecture, preset, count):
    with torch.device("meta"):
        network = build_network(architecture, preset_arguments(architecture, preset))
    assert sum(parameter.numel() for parameter in network.parameters()) == count


@pytest.mark.parametrize(
    ("architecture", "preset"),
    [(name, preset) for name, row in ARCHITECTURES.items() for preset in row.presets],
)
def test_every_preset_builds(architecture, preset):
    with torch.device("meta"):
        build_network(architecture, preset_arguments(architecture, preset))


def test_small_has_heads_of_32():
    arguments = preset_arguments("multi_attention", "small")
    assert arguments["vit_dim"] == 256
    assert arguments["vit_heads"] == 8
    assert arguments["vit_mlp"] == 1024


def test_a_preset_names_every_argument():
    arguments = preset_arguments("multi_attention", "base32")
    assert arguments["vit_fusion"] == "add"
    assert arguments["kernels"] == (1, 3, 5)
    assert network_arguments("multi_attention", arguments) == arguments


def test_lists_from_json_become_tuples():
    arguments = network_arguments("multi_attention", {"features": [8, 16, 32, 64]})
    assert arguments["features"] == (8, 16, 32, 64)


@pytest.mark.parametrize("name", ["unet", "", "torch.nn.Linear", "os:system", "MultiAttentionNet"])
def test_refuses_unknown_architectures(name):
    with pytest.raises(BundleRefused, match="an architecture is one of multi_attention"):
        build_network(name, {})


def test_refuses_unknown_presets():
    with pytest.raises(BundleRefused, match="one of base32, base32-view, base64, small"):
        preset_arguments("multi_attention", "tiny")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"width": 3}, "'width' came"),
        ({"vit": 1}, "vit is true or false"),
        ({"vit_depth": True}, "vit_depth is a whole number"),
        ({"vit_depth": 0}, "from 1 to 4096"),
        ({"vit_depth": 4097}, "from 1 to 4096"),
        ({"vit_depth": 2.0}, "vit_depth is a whole number"),
        ({"vit_dropout": 1.0}, "vit_dropout is a fraction"),
        ({"vit_dropout": float("nan")}, "vit_dropout is a fraction"),
        ({"vit_dropout": "0.1"}, "vit_dropout is a fraction"),
        ({"vit_fusion": None}, "vit_fusion is a name"),
        ({"features": 32}, "features is a list"),
        ({"features": []}, "features is a list"),
        ({"features": [1] * 17}, "features is a list"),
        ({"features": [32, 64, 128, 1e3]}, "features is a list"),
    ],
)
def test_refuses_unfit_arguments(arguments, words):
    with pytest.raises(BundleRefused, match=words):
        build_network("multi_attention", arguments)


def test_importing_the_room_does_not_import_torch():
    code = "import sys, BMLesionSegLib.networks; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("architecture", "arguments", "words"),
    [
        ("u_net", {"features": [8]}, "channels of 2 to 8 levels"),
        ("u_net", {"features": [8] * 9}, "channels of 2 to 8 levels"),
        ("attention_u_net", {"features": [8, 8, 8, 8, 1]}, "each at least 2"),
        ("multi_inception_u_net", {"features": [3, 8, 8, 8, 8]}, "each at least 4"),
        ("ic_u_net_plus_plus", {"features": [3, 8, 8, 8, 8]}, "each at least 4"),
        ("res_u_net_a", {"width": 6}, "a multiple of 4"),
        ("amsunet", {"width": 2}, "a multiple of 4"),
        ("liu_2022", {"width": 8}, "a multiple of 16"),
        ("cmunext", {"depths": [1, 1]}, "those of 5 levels"),
        ("cmunext", {"kernels": [3, 3, 7, 7, 8]}, "kernels are odd"),
        ("u_net", {"width": 32}, "'width' came"),
    ],
)
def test_refuses_what_cannot_be_built(architecture, arguments, words):
    with pytest.raises(BundleRefused, match=words):
        build_network(architecture, arguments)
