"""The bone-scan layout and the DICOM plugin inside 3D Slicer, on the shipped simulated scan."""

import unittest

import slicer


def simulatedScan():
    """Both views in the scene, without the Sample Data module."""
    from BMLesionSegLib.reading import load_scan
    from BMLesionSegLib.resources import resource
    from BMLesionSegMRML.volumes import addScan

    return addScan(load_scan(resource("SampleData", "simulated-patient", "scan.dcm")))


class BMLesionSegLayoutTest(unittest.TestCase):
    """What a reader's screen shows, as far as the scene knows it."""

    def setUp(self):
        """The scan, in the layout; a Slicer without a window has none."""
        from BMLesionSegMRML.layout import BoneScanLayout

        if slicer.app.layoutManager() is None:
            self.skipTest("Slicer runs without a window")
        slicer.mrmlScene.Clear(0)
        self.arrangement = slicer.app.layoutManager().layoutLogic().GetLayoutNode()
        self.before = self.arrangement.GetViewArrangement()
        self.volumes = simulatedScan()
        self.layout = BoneScanLayout(slicer.mrmlScene)
        self.layout.show(self.volumes)

    def tearDown(self):
        """Leave Slicer as it was."""
        self.layout.restore()
        slicer.mrmlScene.Clear(0)

    def sliceNodes(self):
        """Of the two views, anterior first."""
        from BMLesionSegMRML.view_slots import MAIN_SLOTS, sliceNode

        return [sliceNode(slicer.mrmlScene, slot) for slot in MAIN_SLOTS]

    def test_eachViewShowsItsVolume(self):
        """Anterior and posterior, each in its own orientation."""
        self.assertTrue(self.layout.shown)
        for node, volume in zip(self.sliceNodes(), self.volumes.values(), strict=True):
            composite = slicer.vtkMRMLSliceLogic.GetSliceCompositeNode(node)
            self.assertEqual(composite.GetBackgroundVolumeID(), volume.GetID())
            self.assertIn(node.GetOrientation(), ("Anterior", "Posterior"))

    def test_aViewStaysOnItsPlane(self):
        """Neither an offset nor a jump leaves the scan."""
        for node in self.sliceNodes():
            offset = node.GetSliceOffset()
            node.SetSliceOffset(offset + 10)
            node.JumpSliceByOffsetting(0, 0, 0)
            self.assertAlmostEqual(node.GetSliceOffset(), offset)

    def test_rowsStayLevel(self):
        """Zooming one view zooms the other."""
        one, other = self.sliceNodes()
        width, height, depth = one.GetFieldOfView()
        one.SetFieldOfView(width / 2, height / 2, depth)
        self.assertAlmostEqual(other.GetFieldOfView()[1], height / 2, places=3)

    def test_theUsersLayoutComesBack(self):
        """On leaving."""
        self.layout.restore()
        self.assertEqual(self.arrangement.GetViewArrangement(), self.before)


class DICOMPlanarScintigraphyPluginTest(unittest.TestCase):
    """The plugin in the DICOM module's list."""

    def test_registered(self):
        """Under its own name."""
        self.assertIn("DICOMPlanarScintigraphyPlugin", slicer.modules.dicomPlugins)
