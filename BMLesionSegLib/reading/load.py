"""Files to bone scans: the door of this room."""

from collections.abc import Sequence
from pathlib import Path

from BMLesionSegLib.errors import NotABoneScan
from BMLesionSegLib.reading.files import check_file, is_picture_or_volume, stem
from BMLesionSegLib.reading.folder import find_scans
from BMLesionSegLib.reading.nuclear_medicine import read_scan
from BMLesionSegLib.reading.raster import read_view
from BMLesionSegLib.scan import BoneScan, ViewName


def load_scan(path: Path | str, view: ViewName | None = None) -> BoneScan:
    """The one scan of a file or folder.

    Args:
        path: NM DICOM, a volume (.nrrd .nii .mha), a picture (.png .tif), or a folder.
        view: which view it shows; needed where the file cannot say it.

    Raises:
        FileRefused: unreadable, damaged, or of no known format.
        NotABoneScan: an image, but not one planar whole-body scan.
        ViewsUnclear: anterior and posterior cannot be told, or not one or two views.
        CountsRefused: pixels that cannot be counts.
        GeometryRefused: a matrix or pixel size that no camera has, or a body on its side.
    """
    scans = find_scans(Path(path))
    if len(scans) != 1:
        raise NotABoneScan(
            "one scan is asked for", f"{len(scans)} came", "Give the files of one scan."
        )
    return load_files(scans[0], view)


def load_scans(path: Path | str, view: ViewName | None = None) -> list[BoneScan]:
    """Every scan of a file or folder; the first refusal ends the reading.

    To go on after a refusal, or to hold one scan at a time, load the result of `find_scans` one by
    one with `load_files`.

    Raises:
        BMLesionSegError: as `load_scan`.
    """
    return [load_files(files, view) for files in find_scans(Path(path))]


def load_files(files: Sequence[Path], view: ViewName | None = None) -> BoneScan:
    """The scan that these files make up: one file, or two DICOM files of one view each.

    Raises:
        BMLesionSegError: as `load_scan`.
    """
    # The geometry tells views by identity: a plain "anterior" must not pass as something else.
    view = None if view is None else ViewName(view)
    for file in files:
        check_file(file)
    if len(files) == 1 and is_picture_or_volume(files[0]):
        return BoneScan((read_view(files[0], view),), name=stem(files[0]))
    return read_scan(files, view)
