"""Figure 9 of the paper: what the layers of a network make of a tile."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from BMLesionSegLib.bundles import Manifest
from BMLesionSegLib.learning.pictures.contours import Example
from BMLesionSegLib.learning.pictures.figure import save
from BMLesionSegLib.preparation import Normalisation, prepare, shown
from BMLesionSegLib.tiling import tile_grid

Maps = dict[str, NDArray[np.float32]]
COLUMNS = 9
INPUTS = "input", "other view"


def feature_maps(network: nn.Module, image: NDArray[np.float32]) -> Maps:
    """The strength of every layer's answer to a tile, in the order of the data.

    A layer is a module directly in the network, or in a list of such; its strength at a place is
    the root mean square over its channels, each channel's own mean taken off.

    Args:
        network: in eval mode.
        image: prepared tile ``[view, row, column]``.

    Returns:
        By the layer's name, ``[row, column]`` of the layer's own size.
    """
    seen: Maps = {}

    def keep(name: str, output: object) -> None:
        # A network that is asked about the mirror image too is shown with its first answer.
        if isinstance(output, Tensor) and output.ndim == 4 and name not in seen:
            centred = output[0].float() - output[0].float().mean(dim=(1, 2), keepdim=True)
            seen[name] = centred.square().mean(dim=0).sqrt().numpy()

    def watch(name: str) -> "torch.utils.hooks.RemovableHandle":
        return layers[name].register_forward_hook(lambda *called: keep(name, called[2]))

    layers = dict(layers_of(network))
    handles = [watch(name) for name in layers]
    try:
        with torch.inference_mode():
            seen.update(zip(INPUTS, image, strict=False))
            network(torch.from_numpy(image)[None])
    finally:
        for handle in handles:
            handle.remove()
    return seen


def layers_of(network: nn.Module) -> list[tuple[str, nn.Module]]:
    """The modules of a network, those in lists one by one, and those of a body that it wraps."""
    found: list[tuple[str, nn.Module]] = []
    for name, child in network.named_children():
        if isinstance(child, nn.ModuleList):
            found += [(f"{name} {place + 1}", one) for place, one in enumerate(child)]
        elif is_body(child):
            found += layers_of(child)
        else:
            found.append((name, child))
    return [(name, one) for name, one in found if not isinstance(one, nn.Identity | nn.MaxPool2d)]


def is_body(module: nn.Module) -> bool:
    """Whether a module is a whole encoder-decoder: it holds several lists of levels."""
    return sum(isinstance(child, nn.ModuleList) for child in module.children()) > 1


def shown_tile(example: Example, manifest: Manifest) -> NDArray[np.float32]:
    """What a model is shown where an example has most lesion pixels, ``[view, row, column]``."""
    rule, tile = Normalisation(**manifest.normalisation), manifest.tile_shape
    prepared = [prepare(view, rule, tile) for view in example.scan]
    place = [view is example.view for view in example.scan].index(True)
    lesion = prepared[place].grid.mask_to_working(example.truth > 0)
    tiles = tile_grid((lesion.shape[0], lesion.shape[1]), tile)
    most = max(tiles, key=lambda tile: float(lesion[tile.window].sum()))
    pixels: NDArray[np.float32] = shown(prepared, manifest.views)[place][:, *most.window]
    return pixels


def draw_feature_maps(path: Path, cases: Sequence[Maps]) -> None:
    """A block a case, in it a picture a layer.

    Args:
        path: of the picture.
        cases: at least one, all of the same network.

    Raises:
        OutputRefused: the file cannot be written there.
    """
    from matplotlib.figure import Figure

    names = list(cases[0])
    lines = -(-len(names) // COLUMNS)
    figure = Figure(figsize=(1.3 * COLUMNS, 1.5 * lines * len(cases)), layout="constrained")
    blocks = figure.subfigures(len(cases), 1, squeeze=False)[:, 0]
    for number, (block, maps) in enumerate(zip(blocks, cases, strict=True)):
        block.set_facecolor("0.93" if number % 2 else "white")
        places = block.subplots(lines, COLUMNS, squeeze=False).ravel()
        for axes in places:
            axes.set_axis_off()
        for axes, name in zip(places[: len(names)], names, strict=True):
            colours = "gray_r" if name in INPUTS else "magma"
            axes.imshow(maps[name], cmap=colours, vmax=np.percentile(maps[name], 99.5))
            axes.set_title(name.replace("_", " "), fontsize=8)
    save(figure, path)
