"""Files to volume nodes: through the DICOM database if there is one, else by the library."""

from pathlib import Path

import slicer

from BMLesionSegLib.errors import ViewsUnclear
from BMLesionSegLib.reading import load_files
from BMLesionSegMRML import volumes

PLUGIN = "DICOMPlanarScintigraphyPlugin"


def openScan(paths, askView, addScan):
    """The views of one scan as volume nodes, by view name.

    Args:
        paths: one file, or two DICOM files of one view each.
        askView: called without arguments where the file does not tell its view; a ViewName, or None
            if the user does not know either.
        addScan: of the logic, which remembers where the scan lies, for the export.

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
        scan = load_files(files, view)
    return throughDatabase(scan, files) or addScan(scan)


def throughDatabase(scan, files):
    """The views loaded by our DICOM plugin; None where there is no database or no DICOM."""
    database = getattr(slicer, "dicomDatabase", None)
    plugins = getattr(slicer.modules, "dicomPlugins", {})
    if scan.series_uid is None or database is None or PLUGIN not in plugins:
        return None
    import ctk

    indexer = ctk.ctkDICOMIndexer()
    for file in files:
        indexer.addFile(database, str(file))
    indexer.waitForImportFinished()
    plugin = plugins[PLUGIN]()
    for loadable in plugin.examineForImport([[str(file) for file in files]]):
        node = plugin.load(loadable)
        if node is not None and len(volumes.viewsOf(node)) == len(scan.views):
            return volumes.viewsOf(node)
    return None
