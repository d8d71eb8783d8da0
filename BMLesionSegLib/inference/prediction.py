"""Tiles through the network: batches, precision, and what to do when memory runs out."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.errors import BundleRefused, DeviceRefused
from BMLesionSegLib.inference.devices import Device, choose_device, is_out_of_memory, move

if TYPE_CHECKING:
    import torch


class TileNetwork:
    """A network on a device; gives lesion probabilities for tiles.

    Attributes:
        device: what is really used; it changes when memory runs out.
        notes: every fall-back taken, in words for the user and the record.
    """

    def __init__(self, network: "torch.nn.Module", device: Device) -> None:
        """Put the network, in eval mode, on the device."""
        self.network = move(network.eval(), device)
        self.device = device
        self.notes: list[str] = []

    def batches(self, tiles: NDArray[np.float32]) -> Iterator[tuple[slice, NDArray[np.float32]]]:
        """Probabilities, one batch at a time.

        Args:
            tiles: prepared, ``[tile, view, row, column]``.

        Yields:
            Which tiles, and their probabilities ``[tile, row, column]``.

        Raises:
            BundleRefused: the network gives NaN or infinity even in float32.
            DeviceRefused: one tile does not fit into the machine's memory.
        """
        first = 0
        while first < len(tiles):
            part = slice(first, min(first + self.device.batch, len(tiles)))
            try:
                probabilities = self._forward(tiles[part])
            except RuntimeError as error:
                if not is_out_of_memory(error):
                    raise
                self._use_less_memory()
                continue
            if not np.isfinite(probabilities).all():
                self._use_full_precision(part.start)
                continue
            yield part, probabilities
            first = part.stop

    def logits(self, tiles: NDArray[np.float32]) -> NDArray[np.float32]:
        """One call of the network, ``[tile, view, row, column]`` to ``[tile, row, column]``."""
        import torch

        precise = self.device.precision == "float32"
        with (
            torch.inference_mode(),
            torch.autocast(self.device.kind, torch.bfloat16, enabled=not precise),
        ):
            batch = torch.from_numpy(tiles).to(self.device.kind)
            logits = self.network(batch.contiguous(memory_format=torch.channels_last))
        values: NDArray[np.float32] = logits.float().cpu().numpy()[:, 0]
        return values

    def _forward(self, tiles: NDArray[np.float32]) -> NDArray[np.float32]:
        """Probabilities of one call."""
        import torch

        values: NDArray[np.float32] = torch.sigmoid(torch.from_numpy(self.logits(tiles))).numpy()
        return values

    def _use_less_memory(self) -> None:
        """Halve the batch; with single tiles already, go to the CPU; there, give up."""
        if self.device.batch > 1:
            self.device = replace(self.device, batch=self.device.batch // 2)
            self.notes.append(f"Memory ran out: {self.device.batch} at a time.")
        elif self.device.kind != "cpu":
            self.device = replace(choose_device("cpu"), batch=1)
            self.network = move(self.network, self.device)
            self.notes.append(f"Memory ran out: continued on {self.device.text}.")
        else:
            expected = "one tile fits into memory"
            raise DeviceRefused(expected, "memory ran out", "Close other programs and try again.")

    def _use_full_precision(self, tile: int) -> None:
        """Repeat in float32; there, the model itself is at fault."""
        if self.device.precision == "float32":
            raise BundleRefused(
                "the network gives finite probabilities",
                f"tile {tile} gave NaN or infinity",
                "Choose another model, and report this one.",
            )
        self.device = replace(self.device, precision="float32")
        self.notes.append("The fast precision gave no finite result: repeated in float32.")
