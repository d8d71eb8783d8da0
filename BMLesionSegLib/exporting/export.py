"""A corrected result's DICOM objects, beside whatever lies in its folder."""

from datetime import datetime
from pathlib import Path

from BMLesionSegLib.exporting.atomic import files_together, remove_quietly
from BMLesionSegLib.exporting.dicom_files import DICOM_FILES, write_dicom_files
from BMLesionSegLib.exporting.reported import Reported


def export_dicom(folder: Path, result: Reported, when: datetime) -> list[Path]:
    """Replace the DICOM objects of a folder by those of this result; other files stay.

    Everything is written first and moved then, so a refused export changes nothing. An older
    segmentation of a view that now has no lesion goes.

    Args:
        folder: made if need be.
        result: of a scan read from DICOM.
        when: the moment of the export.

    Returns:
        The files written.

    Raises:
        FileRefused: the scan's file has gone or changed, or does not name itself.
        OutputRefused: they cannot be written there.
    """
    with files_together(folder) as temporary:
        names = {path.name for path in write_dicom_files(temporary, result, when)}
    for name in DICOM_FILES - names:
        remove_quietly(folder / name)
    return [folder / name for name in sorted(names)]
