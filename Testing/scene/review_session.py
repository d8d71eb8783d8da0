"""A result under review in the scene, with an editor a view, as the panel has it."""

from BMLesionSegLib.scan import ViewName
from BMLesionSegMRML.result import putIntoScene
from BMLesionSegMRML.review import Review
from BMLesionSegMRML.segment_tags import tagOf
from BMLesionSegMRML.segmentations import segmentsOf
from BMLesionSegMRML.source_files import SourceFiles
from BMLesionSegMRML.volumes import addScan
from Testing.scene.editor import Editor
from Testing.scene.scans_in_scene import segmentation_of, small_scan

ANTERIOR, POSTERIOR = ViewName.ANTERIOR, ViewName.POSTERIOR
# One pair (columns are mirrored in the other view) and two spots that one view alone shows.
SPOTS = {
    ANTERIOR: [(90, 40, 0.9), (200, 60, 0.7), (330, 40, 0.6)],
    POSTERIOR: [(91, 81, 0.8)],
}


class Session:
    """A result under review, with an editor a view, as the panel has it."""

    def __init__(self, spots=SPOTS):
        self.run = segmentation_of(small_scan(), spots)
        self.volumes = addScan(self.run.scan)
        self.nodes = putIntoScene(self.run, self.volumes)
        self.editors = {name: Editor(node) for name, node in self.nodes.items()}
        self.saved = []
        self.review = Review(self.nodes, SourceFiles(), self.run, self.save)

    def save(self, views):
        self.saved.append(views)
        for view in views:
            self.editors[view].save()

    def undo(self):
        for view in self.saved.pop():
            self.editors[view].undo()

    def tag(self, name, segment_id, key):
        return tagOf(segmentsOf(self.nodes[name])[segment_id], key)

    def statuses(self):
        return {row.number: row.status for row in self.review.rows()}

    def origin(self, name, segment_id):
        return self.tag(name, segment_id, "DICOM.SegmentAlgorithmType")
