"""One run of the model: its states, and one batch a step, so that nothing blocks for long.

The library's generator ``Segmenter.steps`` does the work; this names the stages around it before
they block, and changes the scene once, at the end.
"""

import logging
import time
from collections.abc import Callable, Generator
from enum import Enum
from typing import Any

import slicer
from slicer.util import VTKObservationMixin

from BMLesionSegLib.errors import BMLesionSegError, Cancelled, ViewsUnclear
from BMLesionSegLib.inference import Segmentation, Step
from BMLesionSegLib.scan import BoneScan, ViewName
from BMLesionSegMRML.models import Models
from BMLesionSegMRML.result import SaveState, putIntoScene
from BMLesionSegMRML.segmentations import SegmentationNode
from BMLesionSegMRML.signal import Signal
from BMLesionSegMRML.torch_door import TorchDoor
from BMLesionSegMRML.volumes import VolumeNode


class RunState(Enum):
    """Where a run stands."""

    IDLE = "idle"
    PREPARING = "preparing"
    RUNNING = "running"
    IMPORTING = "importing"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


FINISHED = (RunState.DONE, RunState.CANCELLED, RunState.FAILED)


class Run(VTKObservationMixin):
    """A run that is driven from outside, by a timer or a loop.

    Attributes:
        changed: emitted when any of the following has changed.
        state: where it stands.
        done: steps behind it.
        total: steps in all; 0 while that is not known.
        message: what comes next, in one sentence, said before it blocks.
        device: what really computes, in words; empty until that is known.
        seconds: by stage: loading PyTorch, loading the model, first use of the device, the run's
            own stages, importing.
        error: why it failed.
        segmentation: the library's outcome, once done.
        segmentations: the nodes of each view, once done.
    """

    def __init__(
        self,
        scan: BoneScan,
        volumes: dict[ViewName, VolumeNode],
        door: TorchDoor,
        models: Models,
        device: str,
        threshold: float | None,
        modelPath: str | None,
        saveState: SaveState | None,
    ) -> None:
        """Nothing is loaded yet.

        Args:
            scan: to segment.
            volumes: of its views; empty where the scan is to be added with its result.
            door: to PyTorch.
            models: loaded ones are kept there.
            device: "auto", "cpu", "cuda" or "mps".
            threshold: the model's own if None.
            modelPath: folder or name of a model, None for the shipped one.
            saveState: remembers the segmentations of these views, about to be replaced.
        """
        super().__init__()
        self.changed = Signal()
        self.state = RunState.IDLE
        self.done, self.total = 0, 0
        self.message, self.device = "", ""
        self.seconds: dict[str, float] = {}
        self.error: Exception | None = None
        self.segmentation: Segmentation | None = None
        self.segmentations: dict[ViewName, SegmentationNode] = {}
        self._scan, self._volumes = scan, volumes
        self._door, self._models = door, models
        self._device, self._threshold, self._modelPath = device, threshold, modelPath
        self._saveState = saveState
        self._work = self._stages()
        self._stepping = self._cancelAsked = False
        scene = slicer.mrmlScene
        self.addObserver(scene, scene.StartCloseEvent, self._sceneCloses)

    @property
    def finished(self) -> bool:
        """Whether it has come to any end."""
        return self.state in FINISHED

    def cancel(self) -> None:
        """Ask it to stop; the next step does."""
        self._cancelAsked = True

    def step(self) -> None:
        """Do the next piece of work; never raises: the state says what came of it."""
        if self.finished or self._stepping:
            return
        self._stepping = True
        try:
            if self._cancelAsked:
                raise Cancelled
            next(self._work, None)
        except Cancelled:
            self._end(RunState.CANCELLED, "Cancelled; nothing was changed.")
        except BMLesionSegError as error:
            self.error = error
            self._end(RunState.FAILED, str(error))
        except Exception as error:
            # Whatever it was: the user reads a sentence, the log has the rest.
            logging.exception("BMLesionSeg: the run failed")
            self.error = error
            self._end(RunState.FAILED, "The run failed for a reason that was not foreseen.")
        finally:
            self._stepping = False

    def _stages(self) -> Generator[None, None, None]:
        """All the work; yields before and between whatever takes long."""
        yield self._say(RunState.PREPARING, "Loading PyTorch")
        self._timed("torch", self._importTorch)
        yield self._say(RunState.PREPARING, "Loading the model")
        bundle = self._timed("model", lambda: self._models.bundle(self._modelPath))
        yield self._say(RunState.PREPARING, f"Putting the model {bundle.manifest.name} to work")
        segmenter = self._timed("device", lambda: self._models.segmenter(bundle, self._device))
        self.device = segmenter.device
        self.segmentation = yield from self._search(segmenter.steps(self._scan, self._threshold))
        self.seconds |= self.segmentation.record.seconds
        yield self._say(RunState.IMPORTING, "Putting the findings into the scene")
        self.segmentations = self._timed("import", self._import)
        findings = len(self.segmentation.findings)
        self._end(RunState.DONE, self.segmentation.quality.headline(findings))

    def _search(
        self, steps: Generator[Step, None, Segmentation]
    ) -> Generator[None, None, Segmentation]:
        """The library's steps, one at a time; left early, it closes them."""
        try:
            while True:
                try:
                    step = next(steps)
                except StopIteration as end:
                    return end.value
                self.done, self.total = step.done, step.total
                yield self._say(RunState.RUNNING, step.label)
        finally:
            steps.close()

    def _importTorch(self) -> None:
        self._door.enter()
        import torch  # noqa: F401

    def _import(self) -> dict[ViewName, SegmentationNode]:
        if not all(map(slicer.mrmlScene.IsNodePresent, self._volumes.values())):
            raise ViewsUnclear(
                "a scan stays in the scene while it is searched",
                "one of its views was removed",
                "Open the scan again.",
            )
        return putIntoScene(self.segmentation, self._volumes, self._saveState)

    def _timed(self, stage: str, work: Callable[[], Any]) -> Any:
        began = time.perf_counter()
        result = work()
        self.seconds[stage] = time.perf_counter() - began
        return result

    def _say(self, state: RunState, message: str) -> None:
        self.state, self.message = state, message
        self.changed.emit()

    def _end(self, state: RunState, message: str) -> None:
        self.removeObservers()
        if state is not RunState.DONE:
            self.segmentation = None
            self._work.close()
        self._say(state, message)

    def _sceneCloses(self, _caller: object, _event: object) -> None:
        """Its volumes go: it stops at once, unless it is in the middle of a step."""
        self.cancel()
        self.step()
