"""The bone-scan layout: both views side by side as a nuclear-medicine physician reads them."""

from collections.abc import Mapping

import numpy as np
import slicer
from numpy.typing import NDArray

from BMLesionSegMRML import dual_intensity, scintigram_display
from BMLesionSegMRML.body_region import wholeBody
from BMLesionSegMRML.contour_display import ContourDisplay
from BMLesionSegMRML.corner_texts import CornerTexts
from BMLesionSegMRML.halo import Spot
from BMLesionSegMRML.layout_description import DUAL_INTENSITY, PAIR, SLOTS, addLayouts
from BMLesionSegMRML.linked_rows import LinkedRows
from BMLesionSegMRML.plane_guard import PlaneGuard
from BMLesionSegMRML.segmentations import masksOf
from BMLesionSegMRML.slice_plane import pixelToRas
from BMLesionSegMRML.slice_window import SliceWindow, sliceView
from BMLesionSegMRML.view_slots import ViewSlot, addOrientations, compositeNode, sliceNode


class BoneScanLayout:
    """Shows one scan at a time. Without a window (``layoutManager()`` is None) it does nothing."""

    def __init__(self, scene: slicer.vtkMRMLScene) -> None:
        self._scene = scene
        self._before: int | None = None
        self._dual = False
        self._volumes: dict[str, slicer.vtkMRMLScalarVolumeNode] = {}
        self._pixels: dict[str, tuple[str, int]] = {}
        self._contours = ContourDisplay(scene)
        self._cornerTexts = CornerTexts()
        self._twins: dict[str, slicer.vtkMRMLScalarVolumeNode] = {}
        self._guards: list[PlaneGuard] = []
        self._rows: LinkedRows | None = None
        self._windows: dict[ViewSlot, SliceWindow] = {}

    @property
    def shown(self) -> bool:
        """Whether the scan's views are on the screen."""
        return bool(self._guards) and self._isOurs()

    def show(
        self,
        volumes: Mapping[str, slicer.vtkMRMLScalarVolumeNode],
        segmentations: Mapping[str, slicer.vtkMRMLSegmentationNode] | None = None,
    ) -> None:
        """Show a scan and its lesions; the user's layout is remembered.

        Args:
            volumes: by "anterior" and "posterior"; one of them may be missing.
            segmentations: the same for the lesions.
        """
        if slicer.app.layoutManager() is None:
            return
        pixels = pixelsOf(volumes)
        if self.shown and self._pixels == pixels and bool(self._twins) == self._dual:
            self._drawContours(segmentations or {})
            return
        self._release()
        self._volumes, self._pixels = dict(volumes), pixels
        for volume in self._volumes.values():
            scintigram_display.showAsScintigram(volume)
        if self._dual:
            self._twins = {
                name: dual_intensity.addHotSpotVolume(self._scene, volume)
                for name, volume in self._volumes.items()
            }
        self._arrange(DUAL_INTENSITY if self._dual else PAIR)
        self._fillViews()
        self._drawContours(segmentations or {})

    def restore(self) -> None:
        """Give the views back: the user's own layout, if the shown one is still ours."""
        if slicer.app.layoutManager() is None:
            return
        self._release()
        layoutNode = self._layoutNode()
        if self._before is not None and self._isOurs():
            layoutNode.SetViewArrangement(self._before)
        self._before = None
        self._cornerTexts.restore()

    def setDualIntensity(self, dual: bool) -> None:
        """Show a second pair of views at a higher upper level, or one pair only."""
        self._dual = dual
        if self._guards:
            self.show(self._volumes, self._contours.segmentations)

    def upperLevel(self, viewName: str) -> float:
        """Counts shown black."""
        return scintigram_display.upper(self._volumes[viewName])

    def setUpperLevel(self, viewName: str | None, counts: float) -> None:
        """Show ``counts`` and more black, in one view or, with None, in both."""
        for name, volume in self._volumes.items():
            if viewName in (None, name):
                scintigram_display.setUpper(volume, counts)
                if name in self._twins:
                    dual_intensity.follow(self._twins[name], volume)

    def setContoursVisible(self, visible: bool) -> None:
        """Show or hide the lesions' contours."""
        self._contours.setVisible(visible)

    def halo(self, segments: Mapping[str, str]) -> None:
        """Ring one finding in each view that shows it, and mark its height in the other view.

        Args:
            segments: the finding's segment ID by view; empty takes the halo away.
        """
        spots = {
            name: spotOf(masksOf(self._contours.segmentations[name])[segment], self._volumes[name])
            for name, segment in segments.items()
        }
        for slot, window in self._windows.items():
            own = spots.get(slot.viewName)
            heights = [] if own else [spot.centre[2] for spot in spots.values() if spot]
            window.halo.show([own] if own else [], heights)
            window.render()

    def _layoutNode(self) -> slicer.vtkMRMLLayoutNode:
        return self._scene.GetFirstNodeByClass("vtkMRMLLayoutNode")

    def _isOurs(self) -> bool:
        return self._layoutNode().GetViewArrangement() in SLOTS

    def _arrange(self, number: int) -> None:
        layoutNode = self._layoutNode()
        if not self._isOurs():
            self._before = layoutNode.GetViewArrangement()
            self._cornerTexts.hide()
        # In this order: a layout's orientation is looked up when its views are made.
        addOrientations(self._scene)
        addLayouts(layoutNode)
        layoutNode.SetViewArrangement(number)

    def _fillViews(self) -> None:
        nodes = []
        region = wholeBody(self._volumes.values())
        for slot in SLOTS[self._layoutNode().GetViewArrangement()]:
            node, composite = sliceNode(self._scene, slot), compositeNode(self._scene, slot)
            volume = (self._twins if slot.hotSpots else self._volumes).get(slot.viewName)
            isolate(composite, volume)
            if volume is None:
                continue
            node.SetOrientation(slot.orientation)
            self._guards.append(PlaneGuard(slot, node, volume, region))
            nodes.append(node)
            view = sliceView(slot)
            if view is not None:
                self._windows[slot] = SliceWindow(slot, node, view, self._scaleLevel)
        self._rows = LinkedRows(nodes)

    def _drawContours(self, segmentations: Mapping[str, slicer.vtkMRMLSegmentationNode]) -> None:
        slots = SLOTS[self._layoutNode().GetViewArrangement()]
        self._contours.show(segmentations, {slot: sliceNode(self._scene, slot) for slot in slots})

    def _scaleLevel(self, factor: float) -> None:
        for name in self._volumes:
            self.setUpperLevel(name, factor * self.upperLevel(name))

    def _release(self) -> None:
        """Let go of the scan that is shown."""
        for guard in self._guards:
            guard.stop()
        if self._rows is not None:
            self._rows.stop()
        for window in self._windows.values():
            window.remove()
        self._contours.release()
        for twin in self._twins.values():
            if twin.GetScene() is not None:
                dual_intensity.removeHotSpotVolume(self._scene, twin)
        self._guards, self._rows, self._windows = [], None, {}
        self._volumes, self._twins = {}, {}


def pixelsOf(
    volumes: Mapping[str, slicer.vtkMRMLScalarVolumeNode],
) -> dict[str, tuple[str, int]]:
    """Which volume shows each view, and when its pixels last changed (a view may be turned)."""
    return {
        name: (volume.GetID(), volume.GetImageData().GetMTime()) for name, volume in volumes.items()
    }


def isolate(
    composite: slicer.vtkMRMLSliceCompositeNode, volume: slicer.vtkMRMLScalarVolumeNode | None
) -> None:
    """One volume alone, which no other loading or linking replaces."""
    composite.SetDoPropagateVolumeSelection(False)
    composite.SetLinkedControl(False)
    composite.SetHotLinkedControl(False)
    composite.SetForegroundVolumeID(None)
    composite.SetLabelVolumeID(None)
    composite.SetBackgroundVolumeID(volume.GetID() if volume is not None else None)


def spotOf(mask: NDArray[np.bool_], volume: slicer.vtkMRMLScalarVolumeNode) -> Spot | None:
    """A lesion's place and half its longer side; None if nothing is left of it."""
    rows, columns = np.nonzero(mask)
    if not len(rows):
        return None
    columnMm, rowMm, _ = volume.GetSpacing()
    radius = max(np.ptp(rows) * rowMm, np.ptp(columns) * columnMm) / 2
    middle = (rows.min() + rows.max()) / 2, (columns.min() + columns.max()) / 2
    return Spot(pixelToRas(volume, *middle), float(radius))
