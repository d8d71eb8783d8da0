"""What a training begins with."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
import torch

from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.learning.training.network_choice import OWN, NetworkChoice
from BMLesionSegLib.learning.training.start import begun_with
from BMLesionSegLib.networks import build_network
from Testing.library.tiny_model import TINY, tiny_manifest

SEEN_WHOLE = {"tile_shape": (512, 512), "fold": 2}


def tiny_start(seed=2, **changes):
    """A model with random weights, its normalisations' statistics too."""
    torch.manual_seed(seed)
    network = build_network(OWN, TINY | changes).eval()
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            torch.nn.init.uniform_(module.running_mean, -0.3, 0.1)
            torch.nn.init.uniform_(module.running_var, 0.5, 2.0)
    manifest = replace(tiny_manifest(), arguments=TINY | changes)
    return SimpleNamespace(manifest=manifest, network=lambda: network)


def test_of_the_same_network_it_has_the_weights():
    start = tiny_start()
    assert begun_with([start], NetworkChoice(OWN, "small", TINY)) is start.network()


def test_calibration_is_undone():
    """Logits were halved and lowered by 1: they come back as they were trained."""
    start = tiny_start()
    head = start.network().head
    plain = head.weight.detach().clone(), head.bias.detach().clone()
    with torch.no_grad():
        head.weight.mul_(0.5)
        head.bias.mul_(0.5).sub_(1)
    told = {"logits_scaled_by": 0.5, "logits_shifted_by": -1.0}
    start.manifest = replace(start.manifest, training=start.manifest.training | told)
    begun = begun_with([start], NetworkChoice(OWN, "small", TINY))
    torch.testing.assert_close((begun.head.weight, begun.head.bias), plain)


@pytest.mark.parametrize("told", [(0, 0), (-0.5, 0), ("much", 0), (1, None)])
def test_a_calibration_that_cannot_be_undone_is_refused(told):
    start = tiny_start()
    said = dict(zip(("logits_scaled_by", "logits_shifted_by"), told, strict=True))
    start.manifest = replace(start.manifest, training=start.manifest.training | said)
    with pytest.raises(TrainingRefused, match="a number above 0"):
        begun_with([start], NetworkChoice(OWN, "small", TINY))


def test_of_several_it_has_the_mean():
    first, second = tiny_start(seed=2), tiny_start(seed=3)
    one = {name: value.clone() for name, value in first.network().state_dict().items()}
    two = second.network().state_dict()
    mean = begun_with([first, second], NetworkChoice(OWN, "small", TINY)).state_dict()
    assert not torch.equal(one["head.weight"], two["head.weight"])
    for name, value in mean.items():
        expected = (one[name] + two[name]) / 2 if value.is_floating_point() else one[name]
        torch.testing.assert_close(value, expected)


def test_one_of_several_that_is_of_another_network_is_refused():
    with pytest.raises(TrainingRefused, match="is of another one"):
        begun_with([tiny_start(), tiny_start(vit_depth=2)], NetworkChoice(OWN, "small", TINY))


@pytest.mark.parametrize("views", [1, 2])
def test_folded_it_says_of_squares_what_the_start_says_of_their_means(views):
    start = tiny_start(views=views)
    choice = NetworkChoice(OWN, "small", TINY | SEEN_WHOLE | {"views": views})
    folded = begun_with([start], choice).eval()
    squares = torch.rand(1, views, 256, 256)
    image = torch.repeat_interleave(torch.repeat_interleave(squares, 2, -1), 2, -2)
    with torch.inference_mode():
        expected = start.network()(squares)
        came = folded(image)
    assert expected.std() > 0.001, "the network answers to what it is shown"
    for row in (0, 1):
        for column in (0, 1):
            torch.testing.assert_close(
                came[:, :, row::2, column::2], expected, atol=1e-5, rtol=1e-4
            )


def test_of_a_model_that_is_asked_once_it_may_be_asked_twice():
    start = tiny_start()
    begun = begun_with([start], NetworkChoice(OWN, "small", TINY | {"mirrored": True})).eval()
    tiles = torch.rand(1, 1, 256, 256)
    with torch.inference_mode():
        turned = start.network()(tiles.flip(-1)).flip(-1)
        torch.testing.assert_close(begun(tiles), (start.network()(tiles) + turned) / 2)


@pytest.mark.parametrize("fold", [1, 2])
def test_of_one_view_it_is_shown_two_and_heeds_the_first(fold):
    """Begun with a model of one view, and even of unfolded tiles."""
    shape = (256 * fold, 256 * fold)
    pair = TINY | {"tile_shape": shape, "fold": fold, "views": 2}
    alone = begun_with([tiny_start()], NetworkChoice(OWN, "small", pair | {"views": 1})).eval()
    begun = begun_with([tiny_start()], NetworkChoice(OWN, "small", pair)).eval()
    first, other = torch.rand(2, 1, 1, *shape)
    with torch.inference_mode():
        expected = alone(first)
        torch.testing.assert_close(begun(torch.cat([first, other], dim=1)), expected)
        assert not torch.allclose(begun(torch.cat([other, first], dim=1)), expected)


@pytest.mark.parametrize(
    ("changes", "choice"),
    [
        ({}, NetworkChoice("u_net", "base32")),
        ({}, NetworkChoice(OWN, "small", TINY | SEEN_WHOLE | {"vit_depth": 2})),
        ({}, NetworkChoice(OWN, "small", TINY | SEEN_WHOLE | {"tile_shape": (512, 256)})),
        (SEEN_WHOLE, NetworkChoice(OWN, "small", TINY)),
        ({"views": 2}, NetworkChoice(OWN, "small", TINY)),
    ],
    ids=["another", "deeper", "other patches", "unfolded", "fewer views"],
)
def test_anything_else_is_refused(changes, choice):
    with pytest.raises(TrainingRefused, match="is of another one"):
        begun_with([tiny_start(**changes)], choice)
