"""Who changed the segmentations last: the review or the user's brush.

The review remembers both views at every step, the brush only the view that it paints in. Taking
back a step of the review is right only while nobody has painted since, so that is watched.
"""

from contextlib import contextmanager


class HandEdits:
    """Steps of the review, and whether strokes came after the last one.

    Attributes:
        steps: for each step of the review, whether strokes came before it.
        sinceSaved: whether strokes came after the last step.
    """

    def __init__(self):
        self.steps = []
        self.sinceSaved = False
        self._paused = False
        self._observed = {}

    def observe(self, view, node):
        """Watch this view's segmentation, and forget all steps: the editor has forgotten them."""
        self.steps, self.sinceSaved = [], False
        if view in self._observed:
            segmentation, tag = self._observed.pop(view)
            segmentation.RemoveObserver(tag)
        if node is not None:
            segmentation = node.GetSegmentation()
            event = segmentation.SourceRepresentationModified
            self._observed[view] = segmentation, segmentation.AddObserver(event, self._modified)

    def saved(self):
        """The review is about to change something."""
        self.steps.append(self.sinceSaved)
        self.sinceSaved = False

    def undone(self):
        """The review's last step was taken back."""
        if self.steps:
            self.sinceSaved = self.steps.pop()

    @contextmanager
    def paused(self):
        """Changes in here are the review's own."""
        before, self._paused = self._paused, True
        try:
            yield
        finally:
            self._paused = before

    def _modified(self, *_ignored):
        if not self._paused:
            self.sinceSaved = True
