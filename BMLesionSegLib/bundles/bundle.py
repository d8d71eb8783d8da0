"""A model on disk: verified when found, built from our own code, read without pickle."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.bundles.golden import parse_golden
from BMLesionSegLib.bundles.listing import (
    CARD,
    GOLDEN,
    WEIGHTS,
    check_folder,
    read_listed,
    read_manifest_bytes,
)
from BMLesionSegLib.bundles.manifest import Manifest, parse_manifest
from BMLesionSegLib.bundles.safetensors import parse_tensors
from BMLesionSegLib.errors import BundleRefused, GeometryRefused
from BMLesionSegLib.networks import build_network

if TYPE_CHECKING:
    import torch
    from torch import nn


@dataclass(frozen=True)
class Bundle:
    """A folder whose files are what its manifest says.

    Attributes:
        folder: where it lies.
        manifest: what it says.
    """

    folder: Path
    manifest: Manifest

    @property
    def sha256(self) -> str:
        """Of the weights file."""
        return self.manifest.files[WEIGHTS].sha256

    def card(self) -> str:
        """The model card, Markdown.

        Raises:
            BundleRefused: altered since the bundle was loaded.
        """
        return self._read(CARD).decode("utf-8", errors="replace")

    def network(self) -> "nn.Module":
        """The network with its weights in float32, in eval mode, on the CPU.

        Raises:
            BundleRefused: an unknown architecture, unfit arguments, or weights of another network.
        """
        return loaded_network(self.manifest, parse_tensors(self._read(WEIGHTS)))

    def check_golden(self) -> float:
        """Run the self-test.

        Returns:
            The largest difference of a probability from the expected.

        Raises:
            BundleRefused: it is beyond the manifest's tolerance.
        """
        expected = f"the self-test differs by at most {self.manifest.golden_tolerance:g}"
        remedy = "Install the model again; if that does not help, report this machine."
        try:
            difference = parse_golden(self._read(GOLDEN)).largest_difference(self.network())
        except GeometryRefused as error:
            raise BundleRefused(expected, f"it cannot be run: {error}", remedy) from error
        # Written so that NaN is refused.
        if not difference <= self.manifest.golden_tolerance:
            raise BundleRefused(expected, f"it differs by {difference:g}", remedy)
        return difference

    def _read(self, path: str) -> bytes:
        """A listed file, verified again: it may have changed since the bundle was loaded."""
        return read_listed(self.folder, path, self.manifest.files[path])


def load_bundle(folder: Path) -> Bundle:
    """Verify a model's folder: manifest, list of files, every sha256.

    Raises:
        BundleRefused: anything missing, added, altered, linked or not understood.
    """
    manifest = parse_manifest(read_manifest_bytes(folder))
    check_folder(folder, manifest.files)
    return Bundle(folder, manifest)


def loaded_network(manifest: Manifest, tensors: Mapping[str, NDArray[Any]]) -> "nn.Module":
    """A manifest's network with these weights, in float32 and eval mode.

    Raises:
        BundleRefused: an unknown architecture, unfit arguments, or weights of another network.
    """
    import torch

    # Laid out without memory first: a manifest that asks for too much is refused by its weights.
    with torch.device("meta"):
        network = build_network(manifest.architecture, manifest.arguments)
    wanted = network.state_dict()
    check_names(set(wanted), set(tensors))
    state = {name: as_wanted(name, tensors[name], wanted[name]) for name in wanted}
    network.load_state_dict(state, assign=True)
    return network.eval()


def check_names(wanted: set[str], came: set[str]) -> None:
    """Refuse weights that lack or add a name."""
    if wanted != came:
        wrong = sorted(wanted ^ came)
        raise BundleRefused(
            "the weights are those of the manifest's network",
            f"{len(wrong)} names are missing or unknown, the first is {wrong[0]!r:.80}",
            "Install the model again.",
        )


def as_wanted(name: str, array: NDArray[Any], wanted: "torch.Tensor") -> "torch.Tensor":
    """One array as the tensor that the network wants: half precision widened, nothing else."""
    import torch

    kind = np.float32 if wanted.is_floating_point() else np.int64
    fits = array.dtype.kind == np.dtype(kind).kind and array.shape == tuple(wanted.shape)
    if not fits or not np.isfinite(array).all():
        raise BundleRefused(
            f"{name} is {tuple(wanted.shape)} finite numbers of type {np.dtype(kind)}",
            f"{array.shape} of type {array.dtype} came{'' if not fits else ', some not finite'}",
            "Install the model again.",
        )
    return torch.from_numpy(array.astype(kind))
