"""Files to volume nodes: through the DICOM database where there is one, else read by the library."""

from pathlib import Path

import slicer

from BMLesionSegLib.errors import ViewsUnclear
from BMLesionSegLib.reading import load_files
from BMLesionSegMRML import volumes


def openScan(paths, askView):
    """The views of one scan as volume nodes, by view name.

    Args:
        paths: one file, or two DICOM files of one view each.
        askView: called without arguments where the file does not tell its view; a ViewName, or None
            if the user does not know either.

    Raises:
        BMLesionSegError: the library refuses the files.
    """
    files = [Path(path) for path in paths]
    # The library looks first: nothing that is no bone scan gets into the database.
    try:
        scan = load_files(files)
    except ViewsUnclear:
        view = askView() if len(files) == 1 else None
        if view is None:
            raise
        return volumes.addScan(load_files(files, view))
    return throughDatabase(scan, files) or volumes.addScan(scan)


def throughDatabase(scan, files):
    """The views loaded by the DICOM plugin; None where there is no database or no DICOM."""
    database = getattr(slicer, "dicomDatabase", None)
    if scan.series_uid is None or database is None or not database.isOpen:
        return None
    from DICOMLib import DICOMUtils

    for file in files:
        database.insert(str(file), False, False)
    loaded = [slicer.mrmlScene.GetNodeByID(i) for i in DICOMUtils.loadSeriesByUID(seriesOf(files))]
    nodes = next((volumes.viewsOf(node) for node in loaded if volumes.isView(node)), {})
    return nodes if len(nodes) == len(scan.views) else None


def seriesOf(files):
    """The series that the files belong to."""
    import pydicom

    tag = "SeriesInstanceUID"
    return sorted({str(pydicom.dcmread(f, specific_tags=[tag])[tag].value) for f in files})


