"""Networks by name, changed and narrowed."""

from dataclasses import replace

import pytest
import torch

from BMLesionSegLib.errors import BMLesionSegError
from BMLesionSegLib.inference.devices import choose_device
from BMLesionSegLib.learning.training.network_choice import (
    NetworkChoice,
    named_network,
    narrowed,
)
from BMLesionSegLib.learning.training.recipe import RECIPES
from BMLesionSegLib.learning.training.trainer import Trainer
from BMLesionSegLib.networks import ARCHITECTURES, build_network
from BMLesionSegLib.networks.facts import facts_of


@pytest.mark.parametrize(
    ("text", "architecture", "preset"),
    [
        ("small", "multi_attention", "small"),
        ("base64", "multi_attention", "base64"),
        ("multi_attention", "multi_attention", "base32"),
        ("u_net", "u_net", "base64"),
        ("u_net/base32", "u_net", "base32"),
    ],
)
def test_names(text, architecture, preset):
    choice = named_network(text)
    assert (choice.architecture, choice.preset) == (architecture, preset)
    typed = choice.typed.split()
    assert named_network(typed[1]) == choice


def test_changes_are_typed_as_they_are_read():
    texts = ("features=16,16,32,32", "vit=false", "vit_fusion=tokens", "vit_dropout=0.2")
    choice = named_network("small", texts)
    assert choice.arguments["features"] == (16, 16, 32, 32)
    assert choice.arguments["vit"] is False
    assert choice.arguments["vit_dropout"] == 0.2
    assert choice.typed == "--network small --set " + " ".join(texts)
    assert choice.name == "small-features-16.16.32.32-vit-false-vit_fusion-tokens-vit_dropo"
    assert len(choice.name) <= 64


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("v_net", ()),
        ("u_net/base7", ()),
        ("small", ("vit=maybe",)),
        ("small", ("depth=3",)),
        ("small", ("features=a,b",)),
        ("small", ("vit_heads=7",)),
        ("small", ("features=0,1,2,3",)),
    ],
)
def test_refusals(text, changes):
    def built():
        choice = named_network(text, changes)
        return build_network(choice.architecture, choice.arguments)

    with pytest.raises(BMLesionSegError):
        built()


def test_narrow_divides_widths_and_nothing_else():
    choice = narrowed(NetworkChoice("multi_attention", "base32"), 2)
    assert choice.arguments["features"] == (16, 32, 64, 128)
    assert choice.arguments["vit_dim"] == 256
    assert choice.arguments["vit_depth"] == 6
    assert narrowed(choice, 1) is choice


@pytest.mark.parametrize("architecture", list(ARCHITECTURES))
def test_divided_by_four_every_network_keeps_a_sixteenth_of_its_parameters(architecture):
    full = named_network(architecture)
    before, after = (
        facts_of(one.architecture, one.arguments).parameters for one in (full, narrowed(full, 4))
    )
    assert 13 < before / after < 17


@pytest.mark.parametrize("architecture", list(ARCHITECTURES))
def test_all_twelve_train(architecture, phantom_views):
    choice = narrowed(named_network(architecture), 64)
    recipe = replace(RECIPES["paper"], batch=2)
    torch.manual_seed(0)
    network = build_network(choice.architecture, choice.arguments)
    before = {name: p.detach().clone() for name, p in network.named_parameters()}
    trainer = Trainer(network, recipe, 1, 0, choose_device("cpu"))
    trainer.run(phantom_views)
    moved = sum(not torch.equal(p, before[name]) for name, p in network.named_parameters())
    assert moved > 0.5 * len(before)
    assert trainer.curve[0].loss > 0
