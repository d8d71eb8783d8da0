"""The threshold under "Advanced": draws the findings again without running the network."""

from slicer.i18n import tr as _


class ThresholdBox:
    """Slider over the kept probability map; frozen, with the reason, once the review has begun."""

    def __init__(self, panel):
        self._panel = panel
        self._ui = panel.ui
        self._refreshing = False
        self._ui.thresholdSlider.valueChanged.connect(self._changed)

    def refresh(self):
        """Whether it can be moved, and the review's own value."""
        reason = self._reason()
        self._ui.thresholdSlider.enabled = not reason
        self._ui.thresholdHint.text = reason
        self._ui.thresholdHint.visible = bool(reason)
        if self._panel.review is not None and self._panel.review.threshold is not None:
            self._refreshing = True
            self._panel.parameters.threshold = self._panel.review.threshold
            self._refreshing = False

    def _reason(self):
        review = self._panel.review
        if self._panel.isRunning():
            return _("Not while a run goes.")
        if review is None:
            return _("The threshold can be moved after segmenting.")
        if review.previewReason():
            return review.previewReason()
        return ""

    def _changed(self, value):
        review = self._panel.review
        if self._refreshing or review is None or self._reason() or value == review.threshold:
            return
        self._panel.attempt(lambda: self._panel.change(review.previewThreshold, value))
        self._panel.refresh()
