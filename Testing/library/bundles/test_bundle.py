"""A loaded model: its network, its self-test, and weights that do not fit."""

import hashlib
import json
import subprocess
import sys

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file, save_file

from BMLesionSegLib.bundles import load_bundle
from BMLesionSegLib.bundles.listing import GOLDEN, MANIFEST, WEIGHTS
from BMLesionSegLib.errors import BundleRefused


def rewrite(folder, path=None, change=None, **members):
    """Alter a bundle as its maker could: the manifest's hashes follow."""
    manifest = json.loads((folder / MANIFEST).read_bytes()) | members
    if path:
        tensors = load_file(folder / path)
        save_file(change(tensors) or tensors, folder / path)
        data = (folder / path).read_bytes()
        listed = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        manifest["files"][path] = listed
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    return load_bundle(folder)


def test_the_network_is_the_trained_one_in_half_precision(bundle, network, image):
    loaded = bundle.network()
    assert not loaded.training
    assert {tensor.dtype for tensor in loaded.parameters()} == {torch.float32}
    tile = torch.from_numpy(image)[None, None]
    with torch.inference_mode():
        torch.testing.assert_close(loaded(tile), network(tile), rtol=0.02, atol=0.02)
    for name, tensor in network.state_dict().items():
        stored = tensor.half().float() if tensor.ndim > 1 else tensor
        assert torch.equal(loaded.state_dict()[name], stored), name


def test_loaded_numbers_can_be_trained_further(bundle, image):
    network = bundle.network().train()
    network(torch.from_numpy(image)[None, None]).mean().backward()
    assert network.get_parameter("head.weight").grad is not None


def test_the_self_test_passes(bundle):
    assert bundle.check_golden() < 1e-3


def test_the_hash_is_that_of_the_weights(bundle):
    data = (bundle.folder / WEIGHTS).read_bytes()
    assert bundle.sha256 == hashlib.sha256(data).hexdigest()


def test_the_card_says_research_use(bundle):
    assert bundle.card() == "# Tiny\n\nTrained on nothing.\n\n" + (
        "Research use only. Not a medical device.\n"
    )


def test_an_altered_weight_fails_the_self_test(folder):
    def change(tensors):
        tensors["head.bias"] = tensors["head.bias"] + 1

    bundle = rewrite(folder, WEIGHTS, change)
    with pytest.raises(BundleRefused, match="it differs by 0"):
        bundle.check_golden()


def test_nan_fails_the_self_test(folder):
    def change(tensors):
        tensors["probabilities"] = np.full((256, 256), np.nan, np.float16)

    with pytest.raises(BundleRefused, match="it differs by nan"):
        rewrite(folder, GOLDEN, change).check_golden()


def test_a_self_test_of_another_size(folder):
    def change(tensors):
        return {name: tensor[:128] for name, tensor in tensors.items()}

    with pytest.raises(BundleRefused, match="it cannot be run: a network takes tiles"):
        rewrite(folder, GOLDEN, change).check_golden()


def test_a_self_test_of_two_sizes(folder):
    def change(tensors):
        tensors["probabilities"] = tensors["probabilities"][:128].copy()

    with pytest.raises(BundleRefused, match="it differs by inf"):
        rewrite(folder, GOLDEN, change).check_golden()


@pytest.mark.parametrize("wrong", [{"image": 0}, {"image": 0, "probabilities": 0, "more": 0}])
def test_a_self_test_with_other_tensors(folder, wrong):
    def change(tensors):
        return {name: np.zeros((2, 2), np.float16) for name in wrong}

    with pytest.raises(BundleRefused, match="one image and its probabilities"):
        rewrite(folder, GOLDEN, change).check_golden()


def drop(tensors):
    del tensors["head.bias"]


def add(tensors):
    tensors["more"] = np.zeros(1, np.float32)


def reshape(tensors):
    tensors["head.bias"] = np.zeros(2, np.float32)


def spoil(tensors):
    tensors["head.bias"] = np.full(1, np.inf, np.float32)


def retype(tensors):
    tensors["head.bias"] = np.zeros(1, np.int64)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (drop, "1 names are missing or unknown, the first is 'head.bias'"),
        (add, "1 names are missing or unknown, the first is 'more'"),
        (reshape, r"head.bias is \(1,\) finite numbers of type float32, but \(2,\)"),
        (spoil, "some not finite"),
        (retype, "of type int64 came"),
    ],
)
def test_weights_that_do_not_fit(folder, change, words):
    bundle = rewrite(folder, WEIGHTS, change)
    with pytest.raises(BundleRefused, match=words):
        bundle.network()


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"architecture": "unet"}, "an architecture is one of multi_attention"),
        ({"arguments": {"width": 3}}, "'width' came"),
        ({"arguments": {"features": [4096] * 4}}, "names|finite numbers of type"),
        ({"arguments": {"vit_fusion": "x"}}, "vit_fusion is one of"),
    ],
)
def test_manifests_of_another_network(folder, members, words):
    bundle = rewrite(folder, **members)
    with pytest.raises(BundleRefused, match=words):
        bundle.network()


def test_weights_altered_after_loading_are_seen(bundle):
    data = bytearray((bundle.folder / WEIGHTS).read_bytes())
    data[-1] ^= 1
    (bundle.folder / WEIGHTS).write_bytes(data)
    with pytest.raises(BundleRefused, match="was altered"):
        bundle.network()


def test_loading_needs_neither_torch_nor_safetensors(written):
    code = (
        "import sys, pathlib, BMLesionSegLib.bundles as b\n"
        "b.load_bundle(pathlib.Path(sys.argv[1]))\n"
        "sys.exit('torch' in sys.modules or 'safetensors' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, written], check=False).returncode == 0


def test_running_does_not_need_safetensors(written):
    code = (
        "import sys, pathlib; sys.modules['safetensors'] = None\n"
        "import BMLesionSegLib.bundles as b\n"
        "b.load_bundle(pathlib.Path(sys.argv[1])).check_golden()"
    )
    assert subprocess.run([sys.executable, "-c", code, written], check=False).returncode == 0
