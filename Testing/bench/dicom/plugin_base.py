"""``DICOMLib``: what a DICOM plugin inherits and fills in. Not Slicer's code, the same manners."""

import slicer

ATTRIBUTES = {
    "GetDICOMSeriesModalityAttributeName": "0008,0060",
    "GetDICOMSeriesNumberAttributeName": "0020,0011",
}


class DICOMLoadable:
    """One thing that can be loaded from some files."""

    def __init__(self):
        self.files = []
        self.name = "Unknown"
        self.tooltip = "No further information available"
        self.warning = ""
        self.selected = False
        self.confidence = 0.5
        self.referencedInstanceUIDs = []


class DICOMPlugin:
    """Base of all plugins."""

    def __init__(self):
        self.loadType = "Generic DICOM"
        self.tags = {"seriesDescription": "0008,103E", "seriesNumber": "0020,0011"}
        self._cache = {}

    def getCachedLoadables(self, files):  # noqa: N802
        """An earlier answer for these files."""
        return self._cache.get(tuple(files))

    def cacheLoadables(self, files, loadables):  # noqa: N802
        """Remember an answer."""
        self._cache[tuple(files)] = loadables

    def defaultSeriesNodeName(self, series):  # noqa: N802
        """Number and description of a series."""
        files = slicer.dicomDatabase.filesForSeries(series)
        if not files:
            return "Unnamed Series"
        number = slicer.dicomDatabase.fileValue(files[0], self.tags["seriesNumber"])
        words = slicer.dicomDatabase.fileValue(files[0], self.tags["seriesDescription"])
        return f"{number}: {words or 'Unnamed Series'}" if number else words or "Unnamed Series"

    def addSeriesInSubjectHierarchy(self, loadable, node):  # noqa: N802
        """Put a node under its patient and study, which are made if need be."""
        names = slicer.vtkMRMLSubjectHierarchyConstants
        hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
        item = hierarchy.CreateItem(hierarchy.GetSceneItemID(), node)
        value = slicer.dicomDatabase.fileValue
        first = loadable.files[0]
        series = value(first, "0020,000E")
        hierarchy.SetItemUID(item, names.GetDICOMUIDName(), series)
        instances = " ".join(value(file, "0008,0018") for file in loadable.files)
        hierarchy.SetItemUID(item, names.GetDICOMInstanceUIDName(), instances)
        for name, tag in ATTRIBUTES.items():
            hierarchy.SetItemAttribute(item, getattr(names, name)(), value(first, tag))
        slicer.vtkSlicerSubjectHierarchyModuleLogic.InsertDicomSeriesInHierarchy(
            hierarchy, value(first, "0010,0020"), value(first, "0020,000D"), series
        )
