"""What the logic remembers between its calls: the run, the review, loaded models, files."""

from collections.abc import Callable
from contextlib import suppress

import slicer
from slicer.util import VTKObservationMixin

from BMLesionSegLib.errors import BMLesionSegError, Cancelled, DeviceRefused
from BMLesionSegLib.inference import Segmentation
from BMLesionSegLib.scan import BoneScan, ViewName
from BMLesionSegMRML.models import Models
from BMLesionSegMRML.result import SaveState
from BMLesionSegMRML.review import Review
from BMLesionSegMRML.run import Run, RunState
from BMLesionSegMRML.segmentations import SegmentationNode, segmentationsOf
from BMLesionSegMRML.source_files import SourceFiles
from BMLesionSegMRML.stock_volume import (
    convertStockVolume,
    isStockVolume,
    scanFromStockVolume,
)
from BMLesionSegMRML.torch_door import Dependencies, SlicerDependencies, TorchDoor
from BMLesionSegMRML.volumes import VolumeNode, addScan, scanFromVolumes, viewsOf


class Sessions(VTKObservationMixin):
    """One run and one review at a time."""

    def __init__(self, dependencies: Dependencies | None = None) -> None:
        super().__init__()
        self._door = TorchDoor(dependencies or SlicerDependencies())
        self._models = Models()
        self._files = SourceFiles()
        self._run: Run | None = None
        self._review: Review | None = None
        self._kept: dict[tuple[str, ...], Segmentation] = {}
        scene = slicer.mrmlScene
        self.addObserver(scene, scene.StartCloseEvent, self._sceneCloses)

    def close(self) -> None:
        """Stop whatever goes on, and watch nothing more."""
        if self._run is not None:
            self._run.cancel()
            self._run.step()
        self._sceneCloses()
        self.removeObservers()

    def addScan(self, scan: BoneScan, name: str) -> dict[ViewName, VolumeNode]:
        """Add a scan, and remember where its files lie."""
        self._files.remember(scan)
        return addScan(scan, name)

    def convertStockVolume(self, volume: VolumeNode) -> dict[ViewName, VolumeNode]:
        """Add the pair of views that a volume of two slices holds."""
        return convertStockVolume(volume, self._files)

    def torchInstalled(self) -> bool:
        """Whether PyTorch is there."""
        return self._door.open

    def warmUp(self, device: str, modelPath: str | None) -> None:
        """Load the model before it is needed; what keeps it from that, the run will say."""
        with suppress(BMLesionSegError):
            self._models.warmUp(modelPath, device)

    def start(
        self,
        anterior: VolumeNode | None,
        posterior: VolumeNode | None,
        device: str,
        threshold: float | None,
        modelPath: str | None,
        saveState: SaveState | None,
    ) -> Run:
        """A run of these volumes, not begun yet.

        Raises:
            DeviceRefused: another run goes.
            BMLesionSegError: the volumes are no bone scan.
        """
        if self._run is not None and not self._run.finished:
            expected, came = "one run goes at a time", "another one has not ended"
            raise DeviceRefused(expected, came, "Wait for it, or cancel it.")
        if isStockVolume(anterior) and posterior is None:
            scan, volumes = scanFromStockVolume(anterior, self._files), {}
            self._files.remember(scan)
        else:
            volumes = named(anterior, posterior)
            scan = scanFromVolumes(*map(volumes.get, ViewName))
        run = Run(scan, volumes, self._door, self._models, device, threshold, modelPath, saveState)
        run.changed.connect(lambda: self._keep(run))
        self._run = run
        return run

    def finish(
        self,
        run: Run,
        progress: Callable[[Run], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> dict[ViewName, SegmentationNode]:
        """Drive a run to its end.

        Raises:
            BMLesionSegError: it failed or was cancelled.
        """
        while not run.finished:
            if cancelled is not None and cancelled():
                run.cancel()
            elif progress is not None:
                progress(run)
            run.step()
        if run.state is RunState.CANCELLED:
            raise Cancelled
        if isinstance(run.error, BMLesionSegError):
            raise run.error
        if run.error is not None:
            raise RuntimeError(run.message) from run.error
        return run.segmentations

    def review(
        self,
        anterior: VolumeNode | None,
        posterior: VolumeNode | None = None,
        saveState: SaveState | None = None,
    ) -> Review | None:
        """The review of the newest segmentations, None where there are none.

        Raises:
            BMLesionSegError: the volumes are no bone scan, or a segment lies on another grid.
        """
        nodes = newest(named(anterior, posterior))
        if self._review is not None and self._review.segmentations == nodes:
            return self._review
        self._closeReview()
        if nodes:
            kept = self._kept.get(identities(nodes))
            self._review = Review(nodes, self._files, kept, saveState)
        return self._review

    def _keep(self, run: Run) -> None:
        """Keep the probabilities of a run that is done; a review of its nodes begins anew."""
        if run.state is not RunState.DONE:
            return
        self._kept[identities(run.segmentations)] = run.segmentation
        if self._review is not None and self._review.segmentations == run.segmentations:
            self._closeReview()

    def _closeReview(self) -> None:
        if self._review is not None:
            self._review.close()
        self._review = None

    def _sceneCloses(self, _caller: object = None, _event: object = None) -> None:
        self._closeReview()
        self._kept.clear()


def named(anterior: VolumeNode | None, posterior: VolumeNode | None) -> dict[ViewName, VolumeNode]:
    """The volumes by the views they show; one view of a pair stands for both."""
    given = {ViewName.ANTERIOR: anterior, ViewName.POSTERIOR: posterior}
    nodes = {name: node for name, node in given.items() if node is not None}
    if len(nodes) == 1:
        (only,) = nodes.values()
        return viewsOf(only) or nodes
    return nodes


def newest(volumes: dict[ViewName, VolumeNode]) -> dict[ViewName, SegmentationNode]:
    """The newest segmentation of each view that has one."""
    found = {name: segmentationsOf(volume) for name, volume in volumes.items()}
    return {name: nodes[-1] for name, nodes in found.items() if nodes}


def identities(nodes: dict[ViewName, SegmentationNode]) -> tuple[str, ...]:
    """What tells one scan's segmentations from another's."""
    return tuple(node.GetID() for node in nodes.values())
