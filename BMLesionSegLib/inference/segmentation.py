"""What a run gives back."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.lesions import Body, Finding, ViewLesions
from BMLesionSegLib.quality import QualityReport
from BMLesionSegLib.scan import BoneScan, View, ViewName


@dataclass(frozen=True)
class RunRecord:
    """How a result was made, for the audit.

    Attributes:
        model_name: of the bundle.
        model_version: of the bundle, apart from the software's.
        model_sha256: of the weights file.
        device: as named to the user.
        precision: of the network.
        threads: CPU threads that torch used.
        threshold: probability that a lesion's peak has at least.
        extent: probability from which pixels belong to a lesion, never above the threshold.
        minimum_area_mm2: smaller components were dropped.
        seconds: by stage.
        notes: every fall-back that was taken, in words.
        alone: one view came, where the model compares two.
    """

    model_name: str
    model_version: str
    model_sha256: str
    device: str
    precision: str
    threads: int
    threshold: float
    extent: float
    minimum_area_mm2: float
    seconds: dict[str, float]
    notes: tuple[str, ...] = ()
    alone: bool = False


@dataclass(frozen=True, eq=False)
class ViewResult:
    """One view's outcome.

    Attributes:
        view: as read.
        body: its outline and midline.
        probability: float32 ``[row, column]`` on the view's own grid, kept for threshold previews.
        capped: bool ``[row, column]``, pixels whose counts were capped.
        lesions: the label map and its lesions.
    """

    view: View
    body: Body
    probability: NDArray[np.float32]
    capped: NDArray[np.bool_]
    lesions: ViewLesions


@dataclass(frozen=True, eq=False)
class Segmentation:
    """A scan with its lesions.

    Attributes:
        scan: as read.
        views: one result a view, anterior first.
        findings: lesions of both views that are one spot, as one.
        quality: what a reader asks first.
        record: how it was made.
    """

    scan: BoneScan
    views: tuple[ViewResult, ...]
    findings: tuple[Finding, ...]
    quality: QualityReport
    record: RunRecord

    def view(self, name: ViewName) -> ViewResult | None:
        """The result of that view, or None."""
        return next((result for result in self.views if result.view.name is name), None)
