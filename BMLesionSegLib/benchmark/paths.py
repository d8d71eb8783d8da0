"""The ways to compute the network on a scan that are held against each other."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.benchmark.parity import Parity, mean_map, parity
from BMLesionSegLib.errors import DeviceRefused
from BMLesionSegLib.inference.devices import Device, move
from BMLesionSegLib.inference.engines import on_engine
from BMLesionSegLib.inference.prediction import TileNetwork
from BMLesionSegLib.preparation import prepare, shown
from BMLesionSegLib.scan import BoneScan
from BMLesionSegLib.tiling import Tile, cut, tile_grid

if TYPE_CHECKING:
    from torch import nn

Images = NDArray[np.float32]
Answer = NDArray[np.float32]
ENGINE_TOLERANCE = 1e-3
MONAI_BATCHES_CPU, MONAI_BATCHES_CARD = (1, 2, 4), (4, 7, 14)


@dataclass(frozen=True, eq=False)
class Scene:
    """What every way is shown: the views of one scan, prepared.

    Attributes:
        images: of each view what the network is shown, ``[image, view, row, column]``.
        layout: the tiles of a view.
        tiles: of all views, ``[tile, view, row, column]``.
    """

    images: Images
    layout: tuple[Tile, ...]
    tiles: Images

    @classmethod
    def of(cls, scan: BoneScan, shape: tuple[int, int, int]) -> "Scene":
        """A scan in tiles that overlap by half.

        Args:
            scan: to show.
            shape: views, rows, columns that a network is shown at once.
        """
        views, *tile = shape
        size = tile[0], tile[1]
        steps = tile[0] // 2, tile[1] // 2
        images = np.stack(shown([prepare(view, None, size, steps) for view in scan], views))
        layout = tile_grid((images.shape[-2], images.shape[-1]), size, steps)
        return cls(images, layout, np.concatenate([cut(image, layout) for image in images]))

    def maps(self, logits: Answer) -> Answer:
        """Logits of the tiles as one map a view ``[view, row, column]``, by plain means."""
        parts = np.split(logits, len(self.images))
        shape = self.images.shape[-2], self.images.shape[-1]
        return np.stack([mean_map(part, self.layout, shape) for part in parts])


@dataclass(frozen=True, eq=False)
class Path:
    """One way.

    Attributes:
        name: of the way.
        text: what it does.
        run: gives the logits of all tiles, or of all views where ``stitched``.
        stitched: the tiles are put together by it.
        other: it computes another network, whose answer is another.
    """

    name: str
    text: str
    run: Callable[[], Answer]
    stitched: bool = False
    other: bool = False


def own_path(network: "nn.Module", device: Device, scene: Scene, engine: str) -> Path:
    """Ours, as ``segment`` computes it.

    Raises:
        DeviceRefused: the engine answers otherwise.
        PackagesMissing: it is not installed.
    """
    fast, device = on_engine(network, device, engine, ENGINE_TOLERANCE)
    tiles = TileNetwork(fast, device)

    def run() -> Answer:
        firsts = range(0, len(scene.tiles), device.batch)
        return np.concatenate([tiles.logits(scene.tiles[i : i + device.batch]) for i in firsts])

    text = f"{device.text}, {device.precision}, {device.batch} tiles a call"
    return Path("ours" if engine == "torch" else engine, text, run)


def plain_path(network: "nn.Module", device: Device, scene: Scene) -> Path:
    """One tile a call, float32, torch's default layout: on the paper's tiles, the paper's way."""
    import torch

    plain = network.to(device.kind, memory_format=torch.contiguous_format)  # type: ignore[call-overload]

    def run() -> Answer:
        with torch.inference_mode():
            tiles = [torch.from_numpy(tile[None]).to(device.kind) for tile in scene.tiles]
            return np.concatenate([plain(tile)[:, 0].cpu().numpy() for tile in tiles])

    rows, columns = scene.layout[0].shape
    name = "paper" if rows == columns else "plain"
    return Path(name, f"one {rows} x {columns} tile a call, float32, default layout", run)


def monai_path(network: "nn.Module", device: Device, scene: Scene) -> Path:
    """MONAI's sliding window at its best here: channels_last, the fastest batch of several.

    Raises:
        DeviceRefused: MONAI is not installed.
    """
    try:
        from monai.inferers import sliding_window_inference
    except ImportError as error:
        raise DeviceRefused(
            "the package monai is installed", "it is not", "Install bmlesionseg[test]."
        ) from error
    import torch

    from BMLesionSegLib.benchmark.timing import interleaved

    fast = move(network, device)
    images = torch.from_numpy(scene.images).to(device.kind)

    def predict(windows: torch.Tensor) -> torch.Tensor:
        logits: torch.Tensor = fast(windows.contiguous(memory_format=torch.channels_last))
        return logits

    def with_batch(batch: int) -> Callable[[], Answer]:
        def run() -> Answer:
            precise = device.precision == "float32"
            with (
                torch.inference_mode(),
                torch.autocast(device.kind, torch.bfloat16, enabled=not precise),
            ):
                size = scene.layout[0].shape
                stitched: Any = sliding_window_inference(images, size, batch, predict, overlap=0.5)
            answer: Answer = stitched.float().cpu().numpy()[:, 0]
            return answer

        return run

    batches = MONAI_BATCHES_CPU if device.kind == "cpu" else MONAI_BATCHES_CARD
    runs = {str(batch): with_batch(batch) for batch in batches}
    timings = interleaved(runs, rounds=1)
    best = min(timings, key=lambda batch: timings[batch].wall)
    text = f"sliding_window_inference, channels_last, {best} tiles a call"
    return Path("monai", text, runs[best], stitched=True)


def parity_of(path: Path, reference: Answer, scene: Scene, threshold: float) -> Parity:
    """How a way differs from the reference's logits of all tiles."""
    expected = scene.maps(reference) if path.stitched else reference
    return parity(path.run(), expected, threshold)
