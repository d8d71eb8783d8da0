"""DICOM segmentations from an archive back to ``.seg.nrrd`` files that can be corrected."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from BMLesionSegLib.errors import FileRefused, OutputRefused, ViewsUnclear
from BMLesionSegLib.exporting.atomic import files_together
from BMLesionSegLib.exporting.segmentation_import import (
    SEGMENTATION_STORAGE,
    read_segmentation_dicom,
)
from BMLesionSegLib.exporting.segmentation_nrrd import StoredSegmentation, write_segmentation
from BMLesionSegLib.reading.dicom_file import lenient, read_dataset, text
from BMLesionSegLib.scan import BoneScan, ViewName


def import_files(folder: Path, inputs: Iterable[Path], scan: BoneScan) -> dict[ViewName, int]:
    """Write ``anterior.seg.nrrd`` and ``posterior.seg.nrrd`` of what the inputs hold.

    Args:
        folder: made if need be.
        inputs: DICOM segmentations, and at most one of our reports for the statuses; or folders
            that hold them, where other files are passed over.
        scan: that the segmentations were drawn on, read from DICOM.

    Returns:
        How many segments each view has; a view that nothing speaks of is left out.

    Raises:
        FileRefused: no segmentation, several reports, or a file that is neither.
        ViewsUnclear: drawn on another scan, or two segmentations of one view.
        OutputRefused: a segmentation lies there already, or nothing can be written there.
    """
    segmentations, report = sorted_inputs(inputs)
    found: dict[ViewName, StoredSegmentation] = {}
    for path in segmentations:
        for name, stored in read_segmentation_dicom(path, scan, report).items():
            if name in found:
                raise ViewsUnclear(
                    "each view has one segmentation",
                    f"two speak of the {name} view",
                    "Give the one that you want.",
                )
            found[name] = stored
    check_free(folder, found)
    with files_together(folder) as temporary:
        for name, stored in found.items():
            path = temporary / segmentation_name(name)
            write_segmentation(path, stored.labels, stored.geometry, stored.segments)
    return {name: len(stored.segments) for name, stored in found.items()}


def segmentation_name(name: ViewName) -> str:
    """File name of a view's segmentation."""
    return f"{name}.seg.nrrd"


def sorted_inputs(inputs: Iterable[Path]) -> tuple[Sequence[Path], Path | None]:
    """The segmentations and the report among files and folders."""
    segmentations, reports = [], []
    for path in inputs:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        for file in inside:
            kind = kind_of(file) if file.is_file() or not path.is_dir() else ""
            if kind == "report":
                reports.append(file)
            elif kind == "segmentation" or not path.is_dir():
                segmentations.append(file)
    expected = "the inputs are DICOM segmentations, and one report of ours at most"
    if not segmentations:
        raise FileRefused(expected, "no segmentation came", "Give the files of one result.")
    if len(reports) > 1:
        raise FileRefused(expected, f"{len(reports)} reports came", "Give the latest one alone.")
    return segmentations, reports[0] if reports else None


def kind_of(path: Path) -> str:
    """Segmentation, report, or neither."""
    try:
        with lenient():
            dataset = read_dataset(path, pixels=False)
            if text(dataset, "SOPClassUID") == SEGMENTATION_STORAGE:
                return "segmentation"
            return "report" if text(dataset, "Modality") == "SR" else ""
    except FileRefused:
        return ""


def check_free(folder: Path, names: Iterable[ViewName]) -> None:
    """Refuse to write over a segmentation, which may be corrected."""
    for name in names:
        if (folder / segmentation_name(name)).exists():
            raise OutputRefused(
                f"{segmentation_name(name)} is not there yet",
                "one is",
                "Choose another output folder.",
            )
