"""The main job: a bone scan in, its lesions out."""

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.bundles import Bundle, BundleInput, Manifest, find_bundle, load_bundle
from BMLesionSegLib.errors import BundleRefused, Cancelled, ThresholdRefused
from BMLesionSegLib.inference.devices import choose_device, thread_count
from BMLesionSegLib.inference.engines import on_engine
from BMLesionSegLib.inference.prediction import TileNetwork
from BMLesionSegLib.inference.segmentation import RunRecord, Segmentation, ViewResult
from BMLesionSegLib.lesions import find_body, find_lesions, pair_findings
from BMLesionSegLib.preparation import Normalisation, PreparedView, WorkingGrid, prepare, shown
from BMLesionSegLib.quality import assess
from BMLesionSegLib.scan import BoneScan, View
from BMLesionSegLib.tiling import Stitcher, Tile, cut, tile_grid

if TYPE_CHECKING:
    from torch import nn


@dataclass(frozen=True)
class Step:
    """Progress: ``done`` of ``total`` steps are behind, ``label`` comes next."""

    done: int
    total: int
    label: str


@dataclass
class Clock:
    """Seconds by stage."""

    seconds: dict[str, float] = field(default_factory=dict)
    _last: float = field(default_factory=time.perf_counter)

    def lap(self, stage: str) -> None:
        """Give the time since the last lap to this stage."""
        now = time.perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now


class Segmenter:
    """A model on a device: loads once, then segments any number of scans."""

    def __init__(
        self,
        bundle: Bundle | Path | str | None = None,
        device: str = "auto",
        engine: str = "torch",
    ) -> None:
        """Verify and load the model.

        Args:
            bundle: a loaded bundle, a bundle's name, a folder, or None for the shipped model.
            device: "auto", "cpu", "cuda" or "mps".
            engine: "torch", "openvino" on a CPU, or "reference", the network step by step.

        Raises:
            BundleRefused: no such model, or an altered one.
            DeviceRefused: the device or the engine is not there, or answers wrongly.
        """
        self.bundle = bundle if isinstance(bundle, Bundle) else load_bundle(find_bundle(bundle))
        manifest = self.bundle.manifest
        plain = self.bundle.network()
        check_input(manifest, plain)
        network, chosen = on_engine(plain, choose_device(device), engine, manifest.golden_tolerance)
        self._network = TileNetwork(network, chosen)
        self._tile, self._tile_steps = manifest.tile_shape, manifest.steps
        self._views = manifest.views
        self._seen = "tiles" if manifest.input is BundleInput.TILES else "views"
        self._normalisation = Normalisation(**manifest.normalisation)

    @property
    def device(self) -> str:
        """What is really used, in words."""
        return self._network.device.text

    def warm_up(self) -> None:
        """Do once what only the first scan costs: libraries to load, the device's first use."""
        from scipy import interpolate, ndimage  # noqa: F401

        empty = np.zeros((self._network.device.batch, self._views, *self._tile), np.float32)
        self._network.logits(empty)

    def segment(
        self,
        scan: BoneScan,
        threshold: float | None = None,
        progress: Callable[[Step], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Segmentation:
        """Find the lesions of a scan.

        Args:
            scan: one or two views.
            threshold: probability that a lesion's peak has at least; the model's own if None.
            progress: told before every step.
            cancelled: asked before every step.

        Raises:
            Cancelled: ``cancelled`` answered True.
            ThresholdRefused: the threshold is no probability.
        """
        steps = self.steps(scan, threshold)
        while True:
            try:
                step = next(steps)
            except StopIteration as end:
                segmentation: Segmentation = end.value
                return segmentation
            if cancelled is not None and cancelled():
                steps.close()
                raise Cancelled
            if progress is not None:
                progress(step)

    def steps(
        self, scan: BoneScan, threshold: float | None = None
    ) -> Generator[Step, None, Segmentation]:
        """The same run as a generator: one step a batch, the segmentation as its return value.

        Closing it cancels; nothing was changed then. Arguments and errors as in ``segment``.
        """
        threshold = self.bundle.manifest.threshold if threshold is None else threshold
        check_threshold(threshold)
        layouts = [self._layout(view.shape, view.spacing) for view in scan]
        count = sum(len(layout) for layout in layouts)
        batches = -(-count // self._network.device.batch)
        clock, earlier_notes = Clock(), len(self._network.notes)

        yield Step(0, batches + 2, "Preparing the scan")
        prepared = [
            prepare(view, self._normalisation, self._tile, self._tile_steps) for view in scan
        ]
        clock.lap("prepare")

        yield Step(1, batches + 2, f"Searching {count} {self._seen}")
        images = shown(prepared, self._views)
        tiles = np.concatenate(
            [cut(image, layout) for image, layout in zip(images, layouts, strict=True)]
        )
        values = np.empty_like(tiles[:, 0])
        for part, probabilities in self._network.batches(tiles):
            values[part] = probabilities
            done = part.stop * batches // count
            yield Step(1 + done, batches + 2, f"Searched {part.stop} of {count} {self._seen}")
        clock.lap("network")
        maps = [
            stitch(ready, layout, part)
            for ready, layout, part in zip(
                prepared, layouts, split_by(values, layouts), strict=True
            )
        ]
        clock.lap("stitch")
        return self._measure(scan, prepared, maps, threshold, clock, earlier_notes)

    def _layout(self, shape: tuple[int, int], spacing: tuple[float, float]) -> tuple[Tile, ...]:
        """The tiles of one view."""
        grid = WorkingGrid.of(shape, spacing, self._tile, self._tile_steps)
        return tile_grid(grid.padded_shape, self._tile, self._tile_steps)

    def _measure_view(
        self,
        view: View,
        ready: PreparedView,
        probability: NDArray[np.float32],
        threshold: float,
    ) -> ViewResult:
        """Lesions of one view."""
        body = find_body(view)
        area, extent = self.bundle.manifest.minimum_area_mm2, self.bundle.manifest.extent
        lesions = find_lesions(view, body, probability, threshold, area, extent)
        return ViewResult(view, body, probability, ready.capped, lesions)

    def _measure(
        self,
        scan: BoneScan,
        prepared: list[PreparedView],
        maps: list[NDArray[np.float32]],
        threshold: float,
        clock: Clock,
        earlier_notes: int,
    ) -> Segmentation:
        """Lesions, findings and quality from the probability maps."""
        manifest = self.bundle.manifest
        views = tuple(
            self._measure_view(view, ready, probability, threshold)
            for view, ready, probability in zip(scan, prepared, maps, strict=True)
        )
        findings = pair_findings(tuple((result.view, result.lesions) for result in views))
        quality = assess(scan, {result.view.name: result.body for result in views})
        clock.lap("lesions")
        record = RunRecord(
            model_name=manifest.name,
            model_version=manifest.version,
            model_sha256=self.bundle.sha256,
            device=self.device,
            precision=self._network.device.precision,
            threads=thread_count(),
            threshold=threshold,
            extent=manifest.extent,
            minimum_area_mm2=manifest.minimum_area_mm2,
            seconds=clock.seconds,
            notes=tuple(self._network.notes[earlier_notes:]),
            alone=len(scan.views) < self._views,
        )
        return Segmentation(scan, views, findings, quality, record)


def stitch(
    ready: PreparedView, layout: tuple[Tile, ...], values: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Tile probabilities ``[tile, row, column]`` as one map on the view's own grid."""
    stitcher = Stitcher(ready.grid.padded_shape, layout)
    stitcher.add(layout, values)
    return ready.grid.to_source(stitcher.image())


def split_by(
    values: NDArray[np.float32], layouts: list[tuple[Tile, ...]]
) -> list[NDArray[np.float32]]:
    """The tiles of all views, as one part a view."""
    ends = np.cumsum([len(layout) for layout in layouts])
    return np.split(values, ends[:-1])


def check_input(manifest: Manifest, network: "nn.Module") -> None:
    """Refuse a manifest that would show the network tiles of a size that it does not take."""
    from BMLesionSegLib.networks.tile_check import input_shape

    takes = input_shape(network)
    said = manifest.views, *manifest.tile_shape
    if said != takes:
        raise BundleRefused(
            f"the network of {manifest.name} sees {' x '.join(map(str, takes))} pixels at once"
            " (views, rows, columns)",
            f"its manifest says {' x '.join(map(str, said))}",
            "Install the model again.",
        )


def check_threshold(threshold: float) -> None:
    """Refuse what is no probability."""
    if not 0 < threshold < 1:
        expected = "the threshold is a probability between 0 and 1"
        raise ThresholdRefused(expected, f"{threshold:g} came", "Give, for example, 0.5.")
