"""Who changed the segmentations last: the review or the user's brush.

The review remembers the views that a step changes, the brush the view that it paints in. Taking
back a step of the review is right only while nobody has painted since, so that is watched.
"""

from contextlib import contextmanager


class HandEdits:
    """Steps of the review, and whether strokes came after the last one.

    Attributes:
        steps: for each step of the review, whether strokes came before it, and its views.
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

    def saved(self, views):
        """The review is about to change something in these views."""
        self.steps.append((self.sinceSaved, tuple(views)))
        self.sinceSaved = False

    def undone(self):
        """The review's last step is taken back: the views that it changed."""
        if not self.steps:
            return ()
        self.sinceSaved, views = self.steps.pop()
        return views

    @contextmanager
    def paused(self):
        """Changes in here are the review's own."""
        before, self._paused = self._paused, True
        try:
            yield
        finally:
            self._paused = before

    def _modified(self, _caller=None, _event=None):
        if not self._paused:
            self.sinceSaved = True
