"""Volumes of two slices, as Slicer's own DICOM reader makes them of a scan's two frames.

Such a volume's place in space is fiction, and its islands join both views; it becomes our pair.
"""

from pathlib import Path

import slicer

from BMLesionSegLib.errors import BMLesionSegError, ViewsUnclear
from BMLesionSegLib.reading import load_files
from BMLesionSegLib.scan import BoneScan, EvidenceKind, View, ViewEvidence, ViewName
from BMLesionSegMRML.geometry import geometryOf
from BMLesionSegMRML.source_files import SourceFiles
from BMLesionSegMRML.volumes import INSTANCE_UIDS, VolumeNode, addScan, isView

ASSUMED = "first slice taken as anterior, second as posterior"


def isStockVolume(node: VolumeNode | None) -> bool:
    """Whether a volume holds both frames of a scan as its two slices."""
    image = node.GetImageData() if node is not None and not isView(node) else None
    return image is not None and image.GetDimensions()[2] == 2


def scanFromStockVolume(node: VolumeNode, files: SourceFiles) -> BoneScan:
    """The scan that such a volume holds; the scene is left alone.

    Its DICOM file says which frame is which; without the file the usual order is assumed.

    Raises:
        ViewsUnclear: it has not two slices.
        CountsRefused: pixels that cannot be counts.
        GeometryRefused: impossible spacing.
    """
    if not isStockVolume(node):
        expected = "a scan loaded by Slicer's own reader is a volume of two slices"
        raise ViewsUnclear(expected, "another volume came", "Choose the bone scan.")
    path = fileOf(node, files)
    if path is not None:
        try:
            scan = load_files([path])
        except BMLesionSegError:
            scan = None
        if scan is not None and scan.views[0].source is not None:
            return scan
    row, column = geometryOf(node).spacing[1::-1]
    evidence = ViewEvidence(EvidenceKind.DETECTOR_NUMBER, ASSUMED)
    frames = slicer.util.arrayFromVolume(node)
    views = tuple(
        View(name, counts, (row, column), evidence)
        for name, counts in zip(ViewName, frames, strict=True)
    )
    return BoneScan(views, "bone-scan")


def convertStockVolume(node: VolumeNode, files: SourceFiles) -> dict[ViewName, VolumeNode]:
    """Add the pair of views that such a volume holds; the volume itself stays.

    Raises:
        BMLesionSegError: as ``scanFromStockVolume``.
    """
    scan = scanFromStockVolume(node, files)
    files.remember(scan)
    return addScan(scan)


def fileOf(node: VolumeNode, files: SourceFiles) -> Path | None:
    """The file that a volume was loaded from."""
    uids = (node.GetAttribute(INSTANCE_UIDS) or "").split()
    found = files.find(uids[0]) if len(uids) == 1 else None
    storage = node.GetStorageNode()
    name = storage.GetFileName() if storage is not None else None
    loaded = Path(name) if name else None
    return found or (loaded if loaded is not None and loaded.is_file() else None)
