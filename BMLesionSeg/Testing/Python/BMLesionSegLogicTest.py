"""The module's logic inside 3D Slicer, on the shipped simulated scan."""

import tempfile
import unittest
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import slicer


class BMLesionSegLogicTest(unittest.TestCase):
    """From a scan to reviewed and exported findings, by scripts alone."""

    def setUp(self):
        """The shipped scan in an empty scene."""
        from BMLesionSeg import BMLesionSegLogic
        from BMLesionSegLib.reading import load_scan
        from BMLesionSegLib.resources import resource

        slicer.mrmlScene.Clear(0)
        self.logic = BMLesionSegLogic()
        self.scan = load_scan(resource("SampleData", "simulated-patient", "scan.dcm"))
        self.volumes = self.logic.addScan(self.scan)

    def tearDown(self):
        """Leave Slicer as it was."""
        self.logic.close()
        slicer.mrmlScene.Clear(0)

    def drawSpots(self):
        """A segmentation a view, with one hot spot each that was added by a click."""
        import vtk

        from BMLesionSegMRML.segmentations import addSegmentation

        for volume in self.volumes.values():
            addSegmentation(volume)
        review = self.logic.review(*self.volumes.values())
        for name, volume in self.volumes.items():
            counts = slicer.util.arrayFromVolume(volume)[0]
            row, column = np.unravel_index(counts.argmax(), counts.shape)
            matrix = vtk.vtkMatrix4x4()
            volume.GetIJKToRASMatrix(matrix)
            review.addHotSpot(name, matrix.MultiplyPoint((column, row, 0, 1))[:3])
        return review

    def test_aScanComesBackAsItWas(self):
        """The same counts, spacing and place."""
        from BMLesionSegMRML.volumes import scanFromVolumes

        for ours, theirs in zip(scanFromVolumes(*self.volumes.values()), self.scan, strict=True):
            np.testing.assert_array_equal(ours.counts, theirs.counts)
            self.assertEqual(ours.spacing, theirs.spacing)
            self.assertEqual(ours.source, theirs.source)
            self.assertIsNone(ours.file_geometry)

    def test_aClickedSpotIsReviewedAndExported(self):
        """One segment a view, a status in tag and colour, and all files of an export."""
        from BMLesionSegLib.lesions import ReviewStatus

        review = self.drawSpots()
        rows = review.rows()
        self.assertGreater(len(rows), 0)
        for row in rows:
            self.assertEqual(row.status, ReviewStatus.METASTASIS)
            review.setStatus(row.number, ReviewStatus.BENIGN)
        self.assertEqual({row.status for row in review.rows()}, {ReviewStatus.BENIGN})
        with tempfile.TemporaryDirectory() as folder:
            names = {path.name for path in review.export(Path(folder))}
        expected = {"anterior.seg.nrrd", "posterior.seg.dcm", "measurements.sr.dcm", "lesions.csv"}
        self.assertLessEqual(expected, names)

    def test_theSegmentationSurvivesItsFile(self):
        """What Slicer saves is what it loads, to the pixel."""
        from BMLesionSegMRML.segmentations import drawnView, volumeOf

        review = self.drawSpots()
        with tempfile.TemporaryDirectory() as folder:
            for name, node in review.segmentations.items():
                path = str(Path(folder) / f"{name}.seg.nrrd")
                self.assertTrue(slicer.util.saveNode(node, path))
                loaded = slicer.util.loadSegmentation(path)
                loaded.SetReferenceImageGeometryParameterFromVolumeNode(volumeOf(node))
                np.testing.assert_array_equal(drawnView(loaded).labels, drawnView(node).labels)

    @unittest.skipIf(find_spec("torch") is None, "PyTorch is not installed in this Slicer")
    def test_theShippedModelFindsLesions(self):
        """A run from volumes to a review; the scan has simulated metastases."""
        nodes = self.logic.segment(*self.volumes.values(), device="cpu")
        self.assertEqual(sorted(nodes), ["anterior", "posterior"])
        review = self.logic.review(*self.volumes.values())
        self.assertGreater(len(review.rows()), 0)
        self.assertIsNone(review.previewReason())
        self.assertGreater(review.acceptRemaining(), 0)
        self.assertIsNotNone(review.previewReason())
