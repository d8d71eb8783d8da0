"""A scan's findings under review: statuses, added hot spots, another threshold, export.

The scene is the truth: everything is read from the segmentations, whoever has changed them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from slicer.i18n import tr as _

from BMLesionSegLib.errors import BMLesionSegError, ThresholdRefused, ViewsUnclear
from BMLesionSegLib.exporting.segment import FINDING_TAG, lesion_segment
from BMLesionSegLib.inference import Segmentation, at_threshold
from BMLesionSegLib.lesions import Finding, ReviewStatus, number_findings
from BMLesionSegLib.quality import QualityReport, assess
from BMLesionSegLib.scan import BoneScan, ViewName
from BMLesionSegMRML.export import exportScan, resultOf
from BMLesionSegMRML.finding_row import FindingRow, rowOf
from BMLesionSegMRML.hot_spot import addHotSpot
from BMLesionSegMRML.measured_view import MeasuredView
from BMLesionSegMRML.result import SaveState, fill, readySegments
from BMLesionSegMRML.segment_tags import describe, tagOf
from BMLesionSegMRML.segmentation_watch import SegmentationWatch
from BMLesionSegMRML.segmentations import SegmentationNode, segmentsOf, volumeOf
from BMLesionSegMRML.signal import Signal
from BMLesionSegMRML.source_files import SourceFiles
from BMLesionSegMRML.untouched import Touched, touched
from BMLesionSegMRML.volumes import VolumeNode, scanFromVolumes


class Review:
    """The findings of one scan.

    Attributes:
        changed: emitted after every change, whoever made it.
        segmentations: one node a view.
        volumes: the views themselves.
        scan: the library's.
    """

    def __init__(
        self,
        segmentations: Mapping[ViewName, SegmentationNode],
        files: SourceFiles,
        kept: Segmentation | None = None,
        saveState: SaveState | None = None,
    ) -> None:
        """Begin, or take up again.

        Args:
            segmentations: one node a view, each on its volume.
            files: where the scan's DICOM files may be found.
            kept: the run's outcome with its probabilities, for the threshold preview.
            saveState: called before every change with the views that will change, so that the
                editors' Undo can take it back.
        """
        self.changed = Signal()
        self.segmentations = dict(segmentations)
        self.volumes: dict[ViewName, VolumeNode] = {
            name: volumeOf(node) for name, node in self.segmentations.items()
        }
        self.scan: BoneScan = scanFromVolumes(
            self.volumes.get(ViewName.ANTERIOR), self.volumes.get(ViewName.POSTERIOR)
        )
        self._files, self._kept = files, kept
        self._saveState = saveState or nothing
        self._views = {
            view.name: MeasuredView(view, self.segmentations[view.name]) for view in self.scan
        }
        self._watch = SegmentationWatch(self._views.values(), self._segmentationsChanged)
        self._giveNumbers()

    def close(self) -> None:
        """Watch the segmentations no more."""
        self._watch.stop()

    @cached_property
    def quality(self) -> QualityReport:
        """What a reader asks first."""
        return assess(self.scan, {name: view.body for name, view in self._views.items()})

    def findings(self) -> tuple[Finding, ...]:
        """The findings as they are now, measured, in the order of their numbers."""
        lesions = [one for view in self._views.values() for one in view.lesions()]
        return number_findings(lesions, self.scan.views[0].spacing[0])

    def rows(self) -> list[FindingRow]:
        """The findings for a table: a pair is one row."""
        return [rowOf(finding) for finding in self.findings()]

    def headline(self) -> str:
        """The result in one line, as exported files say it."""
        return resultOf(self.scan, self._views).headline

    def setStatus(self, number: int, status: ReviewStatus) -> None:
        """Say what a finding is, in both views; one undo step."""
        self._setStatuses([one for one in self.findings() if one.number == number], status)

    def acceptRemaining(self) -> int:
        """Call every unreviewed finding a metastasis, in one undo step; how many there were."""
        unreviewed = [
            finding
            for finding in self.findings()
            if rowOf(finding).status is ReviewStatus.UNREVIEWED
        ]
        self._setStatuses(unreviewed, ReviewStatus.METASTASIS)
        return len(unreviewed)

    def addHotSpot(self, name: ViewName, ras: tuple[float, float, float]) -> int:
        """Add the spot at a click as a metastasis; one undo step.

        Args:
            name: of the view that was clicked.
            ras: of the click, in millimetres.

        Returns:
            The number of its finding.

        Raises:
            CountsRefused: nothing is there to be outlined.
            ViewsUnclear: that view was not segmented.
        """
        if name not in self._views:
            came = f"the {name} view has none"
            raise ViewsUnclear("a hot spot is added to a segmentation", came, "Segment it first.")
        with self._watch.quiet():
            return addHotSpot(name, ras, self._views, self._saveState)

    def previewReason(self) -> str | None:
        """Why the threshold cannot be changed any more, None if it can."""
        if self._kept is None:
            return _("The probabilities of this result were not kept: segment again.")
        reasons = {
            Touched.EDITED: _("Lesions were edited: another threshold would undo that."),
            Touched.REVIEWED: _("Findings were reviewed: another threshold would undo that."),
            None: None,
        }
        return reasons[touched(self.segmentations.values())]

    @property
    def threshold(self) -> float | None:
        """Of the result that is shown, None where that is not known."""
        return self._kept.record.threshold if self._kept else None

    def previewThreshold(self, value: float) -> None:
        """Draw the lesions anew at another threshold; the network is not asked again.

        Raises:
            ThresholdRefused: no probability, or the preview is frozen.
        """
        reason = self.previewReason()
        if reason is not None:
            expected = "another threshold is tried before the review"
            raise ThresholdRefused(expected, "the result is frozen", reason)
        preview = at_threshold(self._kept, value)
        ready = readySegments(preview, self.volumes)
        with self._watch.quiet():
            for name, segments in ready.items():
                fill(self.segmentations[name], segments)
        self._kept = preview

    def exportReason(self) -> str | None:
        """Why nothing can be exported, None if it can."""
        try:
            for view in self._views.values():
                view.drawn()
        except BMLesionSegError as error:
            return str(error)
        return None

    def sourceReason(self) -> str | None:
        """Why no DICOM objects can be written, None if they can or the scan is not from DICOM."""
        if self._files.missing(self.scan):
            return _("The scan's DICOM file was not found: choose it.")
        return None

    def export(self, folder: Path, sourceFiles: Iterable[Path] = ()) -> list[Path]:
        """Write what was found and reviewed; rejected findings stay out.

        Args:
            folder: gets one folder named like the scan, never like the patient.
            sourceFiles: of the scan, where they are not found otherwise.

        Returns:
            The files written.

        Raises:
            BMLesionSegError: a segmentation or a file is refused; no file has changed then.
        """
        self._files.offer(sourceFiles)
        scan = self._files.completed(self.scan)
        return exportScan(folder, scan, self._views, self.findings(), datetime.now())

    def _setStatuses(self, findings: Iterable[Finding], status: ReviewStatus) -> None:
        findings = list(findings)
        if not findings:
            return
        changing = {lesion.view for finding in findings for lesion in finding.lesions}
        self._saveState(tuple(name for name in ViewName if name in changing))
        with self._watch.quiet():
            for finding in findings:
                for lesion in finding.lesions:
                    segment = segmentsOf(self.segmentations[lesion.view])[lesion.segment_id]
                    describe(
                        segment, lesion_segment(replace(lesion, status=status), finding.number)
                    )

    def _segmentationsChanged(self) -> None:
        self._giveNumbers()
        self.changed.emit()

    def _giveNumbers(self) -> None:
        """Name what an editor has added, so that its number stays."""
        with self._watch.silent():
            for finding in self.findings():
                for lesion in finding.lesions:
                    segment = segmentsOf(self.segmentations[lesion.view])[lesion.segment_id]
                    if tagOf(segment, FINDING_TAG) != str(finding.number):
                        describe(segment, lesion_segment(lesion, finding.number))


def nothing(_views: tuple[ViewName, ...]) -> None:
    """Remember nothing."""
