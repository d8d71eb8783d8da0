"""The button "Segment metastases", which is Cancel while a run goes; progress and status."""

import qt
from slicer.i18n import tr as _

from BMLesionSegMRML.run import FINISHED, RunState
from BMLesionSegPanel.sentences import sentenceFor


class RunBox:
    """Drives one run at a time, one step a turn of the event loop."""

    def __init__(self, panel):
        self._panel = panel
        self._ui = panel.ui
        self._run = None
        self._before = {}
        self._segmentText = self._ui.segmentButton.text
        self._ui.segmentButton.clicked.connect(self._clicked)
        self._ui.progressBar.visible = False

    @property
    def running(self):
        """Whether a run goes."""
        return self._run is not None

    def refresh(self):
        """Button, and why it cannot be pressed."""
        reason = self._reason()
        self._ui.segmentButton.text = _("Cancel") if self.running else self._segmentText
        self._ui.segmentButton.enabled = self.running or not reason
        self._ui.segmentButton.toolTip = reason
        self._ui.progressBar.visible = self.running

    def say(self, text, details=""):
        """The status line; painted at once, because what follows may block."""
        self._ui.statusLabel.text = text
        self._ui.statusLabel.toolTip = details
        self._ui.statusLabel.visible = bool(text)
        self._ui.statusLabel.repaint()

    def stop(self):
        """Cancel at once, without waiting for the event loop."""
        if self._run is not None:
            self._run.cancel()
            self._run.step()

    def _reason(self):
        if not self._panel.volumes():
            return _("Open a bone scan first.")
        return "" if self._panel.model.bundle else _("Choose a model first.")

    def _clicked(self):
        if self._run is not None:
            self._run.cancel()
            return
        run = self._panel.attempt(self._start)
        if run is None:
            return
        self._run = run
        review = self._panel.review
        self._before = dict(review.segmentations) if review else {}
        run.changed.connect(self._changed)
        self._changed()
        self._panel.refresh()
        qt.QTimer.singleShot(0, self._step)

    def _start(self):
        parameters = self._panel.parameters
        return self._panel.logic.start(
            *self._panel.pair(),
            device=parameters.device.value,
            modelPath=parameters.modelFolder or None,
            saveState=self._panel.editors.saveState,
        )

    def _step(self):
        if self._run is None:
            return
        self._run.step()
        if self._run is not None:
            qt.QTimer.singleShot(0, self._step)

    def _changed(self):
        run = self._run
        self._ui.progressBar.maximum = max(run.total, 1)
        self._ui.progressBar.value = run.done
        self.say(sentence(run), str(run.error or ""))
        self._ui.progressBar.repaint()
        if run.state in FINISHED:
            self._run = None
            if run.state is RunState.DONE:
                self._sayTheEnd(run)
            self._panel.runEnded(run)

    def _sayTheEnd(self, run):
        """Done; what the run fell back to or had to do without; what it did not replace."""
        said, details = [_("Done.")], []
        record = run.segmentation.record
        if record.notes:
            fallBack = _("A fall-back was needed; computed on {device}.")
            said.append(fallBack.format(device=record.device))
            details += record.notes
        if record.alone:
            said.append(_("One view came: it was searched without the other one."))
        if self._before and self._before != run.segmentations:
            said.append(_("The result that you worked on stays in the scene."))
            details += [node.GetName() for node in self._before.values()]
        self.say(" ".join(said), "\n".join(details))


def sentence(run):
    """What the run does, before it does it."""
    if run.state is RunState.FAILED:
        return sentenceFor(run.error)
    texts = {
        RunState.IDLE: "",
        RunState.PREPARING: preparation(run),
        RunState.RUNNING: _("Searching: step {done} of {total}"),
        RunState.IMPORTING: _("Putting the findings into the scene"),
        RunState.DONE: _("Done."),
        RunState.CANCELLED: _("Cancelled; nothing was changed."),
    }
    return texts[run.state].format(done=run.done, total=run.total)


def preparation(run):
    """What blocks for a few seconds next; each is done at most once a session."""
    if "torch" not in run.seconds:
        return _("Loading PyTorch, a few seconds...")
    if "model" not in run.seconds:
        return _("Loading the model...")
    return _("Putting the model to work on the device...")
