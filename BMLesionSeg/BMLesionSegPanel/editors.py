"""Correcting by hand: one embedded Segment Editor a view, stacked, and their common undo.

One editor that is switched between the views would lose its undo steps at every switch; and the
editor does not share its history, so every change by the logic asks it to remember first.
"""

import slicer
from slicer.i18n import tr as _

from BMLesionSegLib.exporting.segment import SECONDARY_NEOPLASM, terminology_entry
from BMLesionSegLib.scan import ViewName
from BMLesionSegPanel.hand_edits import HandEdits
from BMLesionSegPanel.words import viewWord

EFFECTS = ["Paint", "Erase", "Scissors", "Islands"]
UNDO_STEPS = 50


class Editors:
    """Two editors; the one of the view that was chosen last is shown and has the keys."""

    def __init__(self, panel):
        self._panel = panel
        self._ui = panel.ui
        self._entered = False
        self._edits = HandEdits()
        self._editors = {view: makeEditor(view) for view in ViewName}
        for view, editor in self._editors.items():
            self._ui.editPlace.layout().addWidget(editor)
            self._ui.editView.addItem(viewWord(view))
        self._ui.editView.currentIndexChanged.connect(self._activate)
        self._ui.editBox.contentsCollapsed.connect(self._activate)
        self._activate()

    def show(self, review, volumes):
        """Edit the segmentations of this review; None: nothing."""
        segmentations = review.segmentations if review else {}
        for view, editor in self._editors.items():
            node = segmentations.get(view)
            if editor.segmentationNode() is not node:
                editor.setSegmentationNode(node)
                editor.setSourceVolumeNode(volumes.get(view) if node else None)
                self._edits.observe(view, node)
        self._ui.editBox.enabled = bool(segmentations) and not self._panel.isRunning()

    def enter(self):
        """The module is open: keys and mouse."""
        self._entered = True
        for editor in self._editors.values():
            editor.setupViewObservations()
        self._activate()

    def exit(self):
        """The module is left: no keys, no mouse, no tool in the hand."""
        self._entered = False
        for editor in self._editors.values():
            editor.setActiveEffect(None)
            editor.removeViewObservations()
        self._activate()

    def letGo(self):
        """Before the scene closes."""
        self.show(None, {})

    def close(self):
        """Before the module is unloaded."""
        self.letGo()
        self.exit()
        for editor in self._editors.values():
            editor.setMRMLScene(None)
            editor.setParent(None)
            editor.deleteLater()

    def saveState(self, views):
        """Remember the segmentations of these views: one step, taken back by one undo.

        Only what is about to change: an editor skips a state that equals the present one, so that
        an undo in both views would take an older step back in the view that did not change.
        """
        for view in views:
            self._editors[view].saveStateForUndo()
        self._edits.saved(views)

    def undo(self):
        """Take back the last step of the review in the views that it changed."""
        with self._edits.paused():
            for view in self._edits.undone():
                self._editors[view].undo()

    def undoBlockedReason(self):
        """Why the review's last step cannot be taken back; empty if it can."""
        if self._edits.sinceSaved:
            return _("You painted since: take that back with the editor's own Undo.")
        return "" if self._edits.steps else _("Nothing to take back.")

    def ownChange(self):
        """A context in which changes of the segmentations are not the user's painting."""
        return self._edits.paused()

    def _activate(self, _caller=None, _event=None):
        """Show one editor; only that one, unfolded, has the keys."""
        for place, editor in enumerate(self._editors.values()):
            chosen = place == self._ui.editView.currentIndex
            editor.visible = chosen
            editor.uninstallKeyboardShortcuts()
            if not chosen:
                editor.setActiveEffect(None)
            elif self._entered and not self._ui.editBox.collapsed:
                editor.installKeyboardShortcuts()


def makeEditor(view):
    """An editor with an editor node of its own: one in a .ui file would join the shared node."""
    node = slicer.vtkMRMLSegmentEditorNode()
    node.SetSingletonTag(f"BMLesionSeg-{view.short}")
    editor = slicer.qMRMLSegmentEditorWidget()
    editor.setMRMLSegmentEditorNode(slicer.mrmlScene.AddNode(node))
    editor.setMRMLScene(slicer.mrmlScene)
    editor.autoShowSourceVolumeNode = False
    editor.jumpToSelectedSegmentEnabled = False
    editor.show3DButtonVisible = False
    editor.unorderedEffectsVisible = False
    editor.setEffectNameOrder(EFFECTS)
    editor.maximumNumberOfUndoStates = UNDO_STEPS
    # The empty key first: else the user's own default terminology is overwritten.
    editor.defaultTerminologyEntrySettingsKey = ""
    editor.defaultTerminologyEntry = terminology_entry(SECONDARY_NEOPLASM)
    # The findings are the one list of lesions.
    slicer.util.findChild(editor, "SegmentsTableResizableFrame").visible = False
    return editor
