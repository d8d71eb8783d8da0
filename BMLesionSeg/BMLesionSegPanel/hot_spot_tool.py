"""Click a hot spot in a view: it becomes a lesion of that view.

A missed lesion is a reader's fear, so adding one takes a button and a click, no painting.
"""

import slicer
import vtk
from slicer.i18n import tr as _

from BMLesionSegMRML.slice_window import sliceView
from BMLesionSegMRML.view_slots import HOT_SPOT_SLOTS, MAIN_SLOTS, sliceNode

BEFORE_SLICER = 20.0
"""Observer priority: while the tool is in the hand, a click does nothing else."""


class HotSpotTool:
    """The button "Add a hot spot", and the next click in one of our views."""

    def __init__(self, panel):
        self._panel = panel
        self._ui = panel.ui
        self._observed = []
        self._ui.hotSpotButton.toggled.connect(self._toggled)

    def refresh(self):
        """Usable once there is a review and a view to click in."""
        free = self._panel.review is not None and not self._panel.isRunning()
        self._ui.hotSpotButton.enabled = free
        if not free:
            self.putDown()

    def putDown(self):
        """The next click is an ordinary click again."""
        self._ui.hotSpotButton.checked = False
        self._release()

    def _toggled(self, inHand):
        if not inHand:
            self._release()
            return
        self._panel.display.showScan()
        for slot in MAIN_SLOTS + HOT_SPOT_SLOTS:
            view = sliceView(slot)
            if view is not None:
                self._observe(slot, view.renderWindow().GetInteractor())
        self._panel.say(_("Click the hot spot in one of the views."))

    def _observe(self, slot, interactor):
        def clicked(caller, event):
            self._clicked(slot, interactor)

        event = vtk.vtkCommand.LeftButtonPressEvent
        self._observed.append((interactor, interactor.AddObserver(event, clicked, BEFORE_SLICER)))

    def _release(self):
        for interactor, tag in self._observed:
            interactor.RemoveObserver(tag)
        self._observed = []

    def _clicked(self, slot, interactor):
        tag = next(tag for observed, tag in self._observed if observed is interactor)
        interactor.GetCommand(tag).SetAbortFlag(True)
        x, y = interactor.GetEventPosition()
        toRas = sliceNode(slicer.mrmlScene, slot).GetXYToRAS()
        self.putDown()
        self._panel.addHotSpot(slot.viewName, toRas.MultiplyPoint((x, y, 0, 1))[:3])
