"""Engines answer as the network does, or are refused."""

import numpy as np
import pytest
import torch

from BMLesionSegLib.bundles import load_bundle
from BMLesionSegLib.errors import DeviceRefused, PackagesMissing
from BMLesionSegLib.inference import Segmenter
from BMLesionSegLib.inference.devices import choose_device
from BMLesionSegLib.inference.engines import check_parity, largest_difference, on_engine
from BMLesionSegLib.networks import build_network
from BMLesionSegLib.networks.tile_check import input_shape
from Testing.library.pointwise import Pointwise
from Testing.library.scans import body_pair, scan_of
from Testing.library.tiny_model import write_tiny_model, write_tiny_pair


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    return load_bundle(write_tiny_model(tmp_path_factory.mktemp("models") / "tiny"))


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    return load_bundle(write_tiny_pair(tmp_path_factory.mktemp("models") / "pair"))


@pytest.mark.parametrize("engine", ["torch", "openvino"])
@pytest.mark.parametrize("model", ["bundle", "pair"])
def test_an_engine_answers_as_the_network_does(model, engine, request):
    if engine == "openvino":
        pytest.importorskip("openvino")
    network = request.getfixturevalue(model).network()
    fast, device = on_engine(network, choose_device("cpu"), engine, tolerance=1e-3)
    assert largest_difference(fast, network, input_shape(network), seed=1) < 1e-5
    assert ("OpenVINO" in device.text) is (engine == "openvino")


@pytest.mark.parametrize("engine", ["torch", "openvino"])
def test_an_engine_asks_twice_as_the_network_does(bundle, engine):
    if engine == "openvino":
        pytest.importorskip("openvino")
    arguments = dict(bundle.manifest.arguments) | {"mirrored": True}
    network = build_network(bundle.manifest.architecture, arguments).eval()
    network.load_state_dict(bundle.network().state_dict())
    fast, _ = on_engine(network, choose_device("cpu"), engine, tolerance=1e-3)
    shape = input_shape(network)
    assert largest_difference(fast, network, shape, seed=1) < 1e-5
    assert largest_difference(fast, bundle.network(), shape, seed=1) > 1e-4


def test_openvino_finds_the_same_map(bundle):
    pytest.importorskip("openvino")
    scan = scan_of(body_pair())
    expected, came = (
        Segmenter(bundle, "cpu", engine).segment(scan) for engine in ("torch", "openvino")
    )
    for one, other in zip(expected.views, came.views, strict=True):
        np.testing.assert_allclose(one.probability, other.probability, atol=1e-5)
    assert "OpenVINO" in came.record.device


def test_an_engine_that_answers_otherwise_is_refused():
    network = Pointwise()
    check_parity(network, network, 0.0)
    for wrong in (lambda tiles: network(tiles) + 0.1, lambda tiles: network(tiles) * torch.nan):
        with pytest.raises(DeviceRefused, match="differ by"):
            check_parity(wrong, network, 1e-3)


def test_unknown_engine_and_wrong_device(bundle):
    cpu = choose_device("cpu")
    with pytest.raises(DeviceRefused, match="torch, openvino"):
        on_engine(bundle.network(), cpu, "abacus", 1e-3)
    card = cpu.__class__("cuda", "A card", "bfloat16", 14)
    with pytest.raises(DeviceRefused, match="computes on the CPU"):
        on_engine(bundle.network(), card, "openvino", 1e-3)


def test_without_the_package_it_is_refused(bundle, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "openvino", None)
    with pytest.raises(PackagesMissing, match=r"bmlesionseg\[engine\]"):
        on_engine(bundle.network(), choose_device("cpu"), "openvino", 1e-3)


def test_the_reference_is_the_network_itself(bundle):
    network, cpu = bundle.network(), choose_device("cpu")
    assert on_engine(network, cpu, "reference", 0.0) == (network, cpu)


def test_openvino_answers_for_any_number_of_tiles(bundle):
    """Fewer than are computed side by side, and more."""
    pytest.importorskip("openvino")
    from BMLesionSegLib.networks.openvino_network import OpenVinoNetwork

    network = bundle.network()
    fast = OpenVinoNetwork(network, at_once=2)
    tiles = torch.from_numpy(np.random.default_rng(0).random((5, 1, 256, 256), np.float32))
    with torch.inference_mode():
        expected = network(tiles)
    for given in (1, 5):
        np.testing.assert_allclose(fast(tiles[:given]), expected[:given], atol=1e-4)
