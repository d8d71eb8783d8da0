"""A corrected result's DICOM objects, beside whatever lies in its folder."""

import secrets
import shutil
from datetime import datetime
from pathlib import Path

from BMLesionSegLib.exporting.atomic import output_refused
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
    temporary = folder / f".{secrets.token_hex(4)}-export"
    try:
        temporary.mkdir(parents=True)
        written = write_dicom_files(temporary, result, when)
        names = {path.name for path in written}
        for path in written:
            path.replace(folder / path.name)
        for name in DICOM_FILES - names:
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise output_refused(folder, error) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return [folder / path.name for path in written]
