"""A scan's folder of results: all of it, or what was there before."""

import secrets
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from glob import escape
from pathlib import Path

from BMLesionSegLib.errors import OutputRefused
from BMLesionSegLib.exporting.atomic import output_refused
from BMLesionSegLib.exporting.dicom_files import DICOM_FILES, write_dicom_files
from BMLesionSegLib.exporting.lesion_table import write_lesion_table
from BMLesionSegLib.exporting.overlay import write_overlay
from BMLesionSegLib.exporting.reported import reported, view_segments
from BMLesionSegLib.exporting.run_record import corrected_since, write_run_record
from BMLesionSegLib.exporting.segmentation_nrrd import write_segmentation
from BMLesionSegLib.exporting.source_instance import can_be_referenced
from BMLesionSegLib.inference import Segmentation

OLD = "-old"
OUR_FILES = {"anterior.seg.nrrd", "posterior.seg.nrrd", "lesions.csv", "overlay.png", "run.json"}


def write_results(folder: Path, segmentation: Segmentation, name: str | None = None) -> Path:
    """Write ``folder/name/`` with segmentations, table, picture and record.

    A scan read from DICOM gives DICOM objects too, where its files name study and series.

    Everything is written beside the final place first and moved there at the end, so a failed run
    leaves neither half a folder nor a mixture with an older one.

    Args:
        folder: holds one folder a scan; made if need be.
        segmentation: a run's outcome.
        name: of the scan's folder, ``segmentation.scan.name`` if None.

    Returns:
        The folder written.

    Raises:
        OutputRefused: it cannot be written there, the name is no folder name, or what lies there
            is not only an older result, untouched.
    """
    name = segmentation.scan.name if name is None else name
    if name in ("", ".", "..") or Path(name).name != name:
        expected = "a scan's name is one folder name"
        raise OutputRefused(expected, f"{name!r} came", "Rename the input file.")
    final = folder / name
    restore_interrupted(final)
    check_replaceable(final)
    temporary = folder / f".{secrets.token_hex(4)}-{name}"
    try:
        temporary.mkdir(parents=True)
        write_files(temporary, segmentation)
        replace_folder(temporary, final)
    except OSError as error:
        raise output_refused(final, error) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return final


def check_replaceable(final: Path) -> None:
    """Refuse to replace anything but an older result: a user's files are not ours to delete."""
    if not final.exists():
        return
    expected = f"{final.name} is free, or holds an older result"
    remedy = "Choose another output folder."
    if not final.is_dir():
        raise OutputRefused(expected, "it is a file", remedy)
    others = {path.name for path in final.iterdir()} - OUR_FILES - DICOM_FILES
    if others:
        raise OutputRefused(expected, "it holds other files too", remedy)
    corrected = corrected_since(final)
    if corrected:
        expected = "a result that is replaced is as the program wrote it"
        came = f"somebody corrected {' and '.join(corrected)}"
        raise OutputRefused(expected, came, remedy)


def write_files(folder: Path, segmentation: Segmentation) -> None:
    """Write every file of a result into an existing folder.

    The picture is drawn in a thread beside the rest, which takes about as long.
    """
    with ThreadPoolExecutor(max_workers=1) as beside:
        picture = beside.submit(write_overlay, folder / "overlay.png", segmentation)
        write_data_files(folder, segmentation)
        picture.result()
    write_run_record(folder / "run.json", segmentation)


def write_data_files(folder: Path, segmentation: Segmentation) -> None:
    """Segmentations, table and DICOM objects."""
    segments = view_segments(segmentation)
    for result in segmentation.views:
        name = result.view.name
        path = folder / f"{name}.seg.nrrd"
        write_segmentation(path, result.lesions.labels, result.view.geometry, segments[name])
    write_lesion_table(folder / "lesions.csv", segmentation.findings)
    if can_be_referenced(segmentation.scan):
        write_dicom_files(folder, reported(segmentation), datetime.now())


def restore_interrupted(final: Path) -> None:
    """Put an older result back that a killed run had moved aside and not yet replaced."""
    if final.exists() or not final.parent.is_dir():
        return
    for old in final.parent.glob(f".*-{escape(final.name)}{OLD}"):
        try:
            old.replace(final)
        except OSError as error:
            raise output_refused(final, error) from error
        return


def replace_folder(new: Path, final: Path) -> None:
    """Move a finished folder to its place; an older one there goes only when that has worked."""
    if not final.exists():
        new.replace(final)
        return
    old = new.with_name(f"{new.name}{OLD}")
    final.replace(old)
    try:
        new.replace(final)
    except OSError:
        old.replace(final)
        raise
    shutil.rmtree(old, ignore_errors=True)
