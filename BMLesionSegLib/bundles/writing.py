"""Write a model's folder: whole, verified and tested, or not at all."""

import secrets
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib import RESEARCH_USE
from BMLesionSegLib.bundles.bundle import Bundle, load_bundle, loaded_network
from BMLesionSegLib.bundles.golden import probabilities_of
from BMLesionSegLib.bundles.listing import CARD, GOLDEN, MANIFEST, WEIGHTS, list_folder
from BMLesionSegLib.bundles.manifest import Manifest
from BMLesionSegLib.bundles.safetensors import parse_tensors
from BMLesionSegLib.errors import BundleRefused, OutputRefused
from BMLesionSegLib.networks import network_arguments

if TYPE_CHECKING:
    import torch


def write_bundle(
    folder: Path,
    weights: "Mapping[str, torch.Tensor]",
    manifest: Manifest,
    card: str,
    golden_image: NDArray[np.float32],
) -> Bundle:
    """Write a model into a new folder.

    The folder appears only when everything is in it and its self-test passes.

    Args:
        folder: must not exist yet.
        weights: the trained network's state dict.
        manifest: without files; arguments that it leaves out are written at their defaults.
        card: Markdown; what the model was trained on comes first. The research-use statement is
            added where it is missing.
        golden_image: prepared input of the self-test, as in ``GoldenCase``, synthetic.

    Raises:
        OutputRefused: the folder exists or cannot be written.
        BundleRefused: weights, arguments and image do not fit together.
    """
    if folder.exists():
        came = f"{folder} exists"
        raise OutputRefused("a model is written into a new folder", came, "Remove it first.")
    temporary = folder.with_name(f".{secrets.token_hex(4)}-{folder.name}")
    try:
        (temporary / GOLDEN).parent.mkdir(parents=True)
        fill(temporary, weights, manifest, card, golden_image)
        load_bundle(temporary).check_golden()
        temporary.replace(folder)
    except OSError as error:
        raise OutputRefused(
            f"a model was to be written to {folder.parent}",
            f"the system says: {error.strerror or error}",
            "Choose a folder that can be written, with free space.",
        ) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return load_bundle(folder)


def fill(
    folder: Path,
    weights: "Mapping[str, torch.Tensor]",
    manifest: Manifest,
    card: str,
    golden_image: NDArray[np.float32],
) -> None:
    """Write the files of a bundle, the manifest last."""
    from safetensors.numpy import save

    arguments = network_arguments(manifest.architecture, manifest.arguments)
    stored = save({name: stored_array(name, tensor) for name, tensor in weights.items()})
    network = loaded_network(manifest, parse_tensors(stored))
    image = golden_image.astype(np.float16)
    expected = probabilities_of(network, image.astype(np.float32)).astype(np.float16)
    if RESEARCH_USE not in card:
        card = f"{card.rstrip()}\n\n{RESEARCH_USE}\n"
    (folder / WEIGHTS).write_bytes(stored)
    (folder / GOLDEN).write_bytes(save({"image": image, "probabilities": expected}))
    (folder / CARD).write_bytes(card.encode())
    complete = replace(manifest, arguments=arguments, files=list_folder(folder))
    (folder / MANIFEST).write_bytes(complete.to_json())


def stored_array(name: str, tensor: "torch.Tensor") -> NDArray[Any]:
    """One tensor as it is stored: matrices in float16, vectors and counters as they are.

    Vectors stay in float32 because variances of a batch normalisation may leave the range of half
    precision; they are a few thousandths of the file.

    Raises:
        BundleRefused: a number that is not finite, or beyond half precision.
    """
    array = tensor.detach().cpu().numpy()
    if array.ndim > 1:
        with np.errstate(over="ignore"):
            array = array.astype(np.float16)
    if not np.isfinite(array).all():
        came = f"{name} has others"
        raise BundleRefused("weights are finite, at most 65504", came, "Train the model again.")
    return array.copy(order="C")
