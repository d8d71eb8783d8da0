"""Loads planar whole-body scintigrams from the DICOM database: one volume a view, true spacing.

Slicer's own reader makes one volume of both frames, a millimetre apart, the posterior one mirrored.
"""

import logging
from pathlib import Path

import slicer
from DICOMLib import DICOMLoadable, DICOMPlugin
from slicer.i18n import tr as _

from BMLesionSegMRML.library_path import findLibrary

WHOLE_BODY_CONFIDENCE = 0.9
STATIC_CONFIDENCE = 0.7
"""Slicer's own readers claim such a series at 0.5."""


class DICOMPlanarScintigraphyPluginClass(DICOMPlugin):
    """Offers a series of whole-body nuclear medicine images, and loads it."""

    def __init__(self):
        super().__init__()
        self.loadType = _("Planar scintigraphy")
        self.tags["modality"] = "0008,0060"
        self.tags["seriesInstanceUID"] = "0020,000E"

    def examineForImport(self, fileLists):
        """What can be loaded from these series; each list holds the files of one."""
        loadables = []
        for files in fileLists:
            found = self.getCachedLoadables(files)
            if found is None:
                found = self.examineFiles(files)
                self.cacheLoadables(files, found)
            loadables += found
        return loadables

    def examineFiles(self, files):
        """What can be loaded from one series."""
        if not files or slicer.dicomDatabase.fileValue(files[0], self.tags["modality"]) != "NM":
            return []
        findLibrary()
        from BMLesionSegMRML.planar_series import planarScans

        series = slicer.dicomDatabase.fileValue(files[0], self.tags["seriesInstanceUID"])
        name = self.defaultSeriesNodeName(series)
        return [self.offer(scan, name) for scan in planarScans([Path(file) for file in files])]

    def offer(self, scan, name):
        """One line of the DICOM module's list."""
        loadable = DICOMLoadable()
        loadable.files = [str(path) for path in scan.files]
        loadable.name = "{series} - {views}".format(
            series=name, views=", ".join(view.short for view in scan.views)
        )
        loadable.tooltip = "\n".join(
            _("{view} view, known by {evidence}").format(view=view.short, evidence=evidence.text)
            for view, evidence in scan.views.items()
        )
        loadable.warning = warningOf(scan)
        loadable.selected = True
        loadable.confidence = WHOLE_BODY_CONFIDENCE if scan.saysWholeBody else STATIC_CONFIDENCE
        return loadable

    def load(self, loadable):
        """Add a volume a view to the scene, under the study.

        Returns:
            The anterior view's volume, or the only one; None, with the reason in the log, if the
            files are refused.
        """
        findLibrary()
        from BMLesionSegLib.errors import BMLesionSegError
        from BMLesionSegLib.reading import load_files
        from BMLesionSegMRML.scan_partner import joinPartner
        from BMLesionSegMRML.scintigram_display import showAsScintigram
        from BMLesionSegMRML.volumes import addScan

        try:
            scan = load_files([Path(file) for file in loadable.files])
        except BMLesionSegError as refusal:
            logging.error(str(refusal))
            return None
        volumes = addScan(scan)
        self.placeInStudy(loadable, list(volumes.values()))
        joinPartner(volumes)
        for volume in volumes.values():
            showAsScintigram(volume)
        return next(iter(volumes.values()))

    def placeInStudy(self, loadable, volumes):
        """The first volume is the series; a second one stands beside it in the same study."""
        first, *others = volumes
        self.addSeriesInSubjectHierarchy(loadable, first)
        hierarchy = slicer.mrmlScene.GetSubjectHierarchyNode()
        study = hierarchy.GetItemParent(hierarchy.GetItemByDataNode(first))
        for volume in others:
            item = hierarchy.GetItemByDataNode(volume) or hierarchy.CreateItem(study, volume)
            hierarchy.SetItemParent(item, study)


def warningOf(scan):
    """What the user should check after loading; empty if the file is clear."""
    if any(evidence.assumed for evidence in scan.views.values()):
        return _(
            "Nothing in the file says which view is anterior: it is assumed from the order of the "
            "detectors. Check the views after loading, and swap them if they are wrong."
        )
    if any("; but " in evidence.text for evidence in scan.views.values()):
        return _("The file contradicts itself about the views. Check them after loading.")
    return ""


class DICOMPlanarScintigraphyPlugin:
    """Registers the plugin with the DICOM module; not shown to the user."""

    def __init__(self, parent):
        parent.title = _("DICOM Planar Scintigraphy Plugin")
        parent.categories = ["Developer Tools.DICOM Plugins"]
        parent.contributors = ["The BMLesionSeg founders"]
        parent.helpText = _(
            "Loads planar whole-body bone scans as one volume a view. "
            "Research use only. Not a medical device."
        )
        parent.acknowledgementText = ""
        parent.hidden = True
        if not hasattr(slicer.modules, "dicomPlugins"):
            slicer.modules.dicomPlugins = {}
        slicer.modules.dicomPlugins["DICOMPlanarScintigraphyPlugin"] = (
            DICOMPlanarScintigraphyPluginClass
        )
