"""The weights that a training begins with: of one model, the mean of several, or of less input."""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn

from BMLesionSegLib.bundles import Bundle
from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.learning.training.calibrating import Scaling, rescaled
from BMLesionSegLib.learning.training.network_choice import NetworkChoice
from BMLesionSegLib.networks import build_network, network_arguments
from BMLesionSegLib.networks.arguments import Argument

ENTRY, HEAD = "encoder.0.0.0.weight", ("head.weight", "head.bias")
SEEN = {"tile_shape": None, "fold": None, "views": None, "mirrored": None}
USUAL = (("scaled", 1.0), ("shifted", 0.0))
"""Of a model that was never calibrated."""


def begun_with(starts: Sequence[Bundle], choice: NetworkChoice) -> nn.Module:
    """The chosen network with the weights of a model, or with the mean weights of several.

    Models that were trained further from the same weights may be averaged (Wortsman et al. 2022);
    the normalisations' statistics of the mean are only roughly right until it is trained on.

    Args:
        starts: at least one model; see ``begun_with_one``.
        choice: what is trained.

    Raises:
        TrainingRefused: a start is of another network.
        BundleRefused: its weights were altered.
    """
    networks = [begun_with_one(start, choice) for start in starts]
    states = [network.state_dict() for network in networks]
    if len(states) > 1:
        networks[0].load_state_dict(
            {name: mean_of([state[name] for state in states]) for name in states[0]}
        )
    return networks[0]


def mean_of(tensors: list[Tensor]) -> Tensor:
    """The mean; of whole numbers, which count batches, the first."""
    if not tensors[0].is_floating_point():
        return tensors[0]
    return torch.stack(tensors).mean(dim=0)


def begun_with_one(start: Bundle, choice: NetworkChoice) -> nn.Module:
    """The chosen network with the weights of a model.

    Args:
        start: of the same network, or of one that differs only in seeing unfolded tiles, one view
            instead of two, or in being asked once instead of twice.
        choice: what is trained.

    Raises:
        TrainingRefused: the start is of another network.
        BundleRefused: its weights were altered.
    """
    manifest = start.manifest
    came = network_arguments(manifest.architecture, manifest.arguments)
    same = manifest.architecture == choice.architecture
    if same and came == choice.arguments:
        return uncalibrated(start)
    if same and came | SEEN == choice.arguments | SEEN:
        network = build_network(choice.architecture, choice.arguments)
        wanted = network.state_dict()
        state = seeing_more(uncalibrated(start).state_dict(), came, choice.arguments)
        if all(state[name].shape == wanted[name].shape for name in wanted):
            network.load_state_dict(state)
            return network
    raise TrainingRefused(
        f"training starts from a model of the network {choice.name}",
        f"{manifest.name} is of another one",
        "Name its network, or start from nothing.",
    )


def uncalibrated(start: Bundle) -> nn.Module:
    """A model's network with the logits that it was trained with, before they were scaled.

    Learnt on, scaled logits would first have to be learnt back.

    Raises:
        TrainingRefused: the manifest says no numbers by which logits can be scaled.
        BundleRefused: its weights were altered.
    """
    network = start.network()
    told = start.manifest.training
    slope, intercept = (told.get(f"logits_{how}_by", usual) for how, usual in USUAL)
    numbers = isinstance(slope, int | float) and isinstance(intercept, int | float)
    if not numbers or not slope > 0:
        expected = "a model's logits were scaled by a number above 0 and shifted by a number"
        came = f"{start.manifest.name} says {slope!s:.20} and {intercept!s:.20}"
        raise TrainingRefused(expected, came, "Install the model again.")
    scaling = Scaling(slope, intercept).undone()
    network.load_state_dict(rescaled(network, network.state_dict(), scaling))
    return network


def seeing_more(
    state: Mapping[str, Tensor], came: Mapping[str, Argument], wanted: Mapping[str, Argument]
) -> Mapping[str, Tensor]:
    """Weights of a network that is shown squares of pixels, or the other view, besides."""
    fold, views = wanted["fold"], wanted["views"]
    assert isinstance(fold, int)
    assert isinstance(views, int)
    if came["fold"] == 1 and fold > 1:
        state = folded(state, fold)
    return with_other_view(state) if came["views"] == 1 and views > 1 else state


def folded(state: Mapping[str, Tensor], fold: int) -> dict[str, Tensor]:
    """Weights of an unfolded network for squares of ``fold`` x ``fold`` pixels.

    The network then sees, at each coarser pixel, the mean of a square, and says the same of each
    of its pixels; training tells them apart. Positions of the transformer keep their reading order.
    """
    pixels = fold**2
    entry = state[ENTRY].repeat_interleave(pixels, dim=1) / pixels
    heads = {name: state[name].repeat(pixels, *[1] * (state[name].ndim - 1)) for name in HEAD}
    return {**state, ENTRY: entry, **heads}


def with_other_view(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Weights of a network of one view for two; the other one counts nothing until it is learnt."""
    entry = state[ENTRY]
    return {**state, ENTRY: torch.cat([entry, torch.zeros_like(entry)], dim=1)}
