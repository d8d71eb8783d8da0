"""The weights that a training begins with: a model's own, or a tile model's, folded."""

from collections.abc import Mapping

from torch import Tensor, nn

from BMLesionSegLib.bundles import Bundle
from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.learning.training.network_choice import NetworkChoice
from BMLesionSegLib.networks import build_network, network_arguments

ENTRY, HEAD = "encoder.0.0.0.weight", ("head.weight", "head.bias")
SEEN = {"tile_shape": None, "fold": None}


def begun_with(start: Bundle, choice: NetworkChoice) -> nn.Module:
    """The chosen network with the weights of a model.

    Args:
        start: of the same network, or of one that differs only in seeing unfolded tiles.
        choice: what is trained.

    Raises:
        TrainingRefused: the start is of another network.
        BundleRefused: its weights were altered.
    """
    manifest = start.manifest
    came = network_arguments(manifest.architecture, manifest.arguments)
    same = manifest.architecture == choice.architecture
    if same and came == choice.arguments:
        return start.network()
    if same and came | SEEN == choice.arguments | SEEN and came.get("fold") == 1:
        network = build_network(choice.architecture, choice.arguments)
        wanted = network.state_dict()
        fold = choice.arguments["fold"]
        assert isinstance(fold, int)
        state = folded(start.network().state_dict(), fold)
        if all(state[name].shape == wanted[name].shape for name in wanted):
            network.load_state_dict(state)
            return network
    raise TrainingRefused(
        f"training starts from a model of the network {choice.name}",
        f"{manifest.name} is of another one",
        "Name its network, or start from nothing.",
    )


def folded(state: Mapping[str, Tensor], fold: int) -> dict[str, Tensor]:
    """Weights of an unfolded network for squares of ``fold`` x ``fold`` pixels.

    The network then sees, at each coarser pixel, the mean of a square, and says the same of each
    of its pixels; training tells them apart. Positions of the transformer keep their reading order.
    """
    pixels = fold**2
    entry = state[ENTRY].repeat(1, pixels, 1, 1) / pixels
    heads = {name: state[name].repeat(pixels, *[1] * (state[name].ndim - 1)) for name in HEAD}
    return {**state, ENTRY: entry, **heads}
