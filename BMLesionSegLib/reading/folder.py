"""The scans in a folder: which files belong together, told by their headers alone."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from BMLesionSegLib.errors import BMLesionSegError, FileRefused, NotABoneScan
from BMLesionSegLib.reading.dicom_file import lenient, read_dataset, text
from BMLesionSegLib.reading.files import check_file, is_picture_or_volume, unreadable
from BMLesionSegLib.reading.nuclear_medicine import check_header
from BMLesionSegLib.reading.view_evidence import header_frames
from BMLesionSegLib.reading.view_rule import tell_views
from BMLesionSegLib.scan import ViewName

SEGMENTATION_SUFFIX = ".seg.nrrd"


@dataclass(frozen=True)
class Found:
    """One NM file, as far as its header tells.

    Attributes:
        path: the file.
        study: study instance UID, or the path where the file has none.
        series: series instance UID, likewise.
        instance: SOP instance UID, likewise.
        view: of a file of one frame; None for a file that stands alone: two frames, or refused.
    """

    path: Path
    study: str
    series: str
    instance: str
    view: ViewName | None


def find_scans(path: Path) -> list[tuple[Path, ...]]:
    """The files of each scan, in the order of their paths.

    A file is a scan of its own. In a folder, searched through and through, every whole-body NM file
    of two frames is one; files of one frame belong together by series, and else two of one study
    that show different views. A folder without any NM scan gives its volumes and pictures.

    Raises:
        FileRefused: the file or folder cannot be read.
        NotABoneScan: a folder without scans.
    """
    if not path.is_dir():
        check_file(path)
        return [(path,)]
    files = _files(path)
    scans = _grouped(_nuclear_medicine(files)) or [
        (file,)
        for file in files
        if is_picture_or_volume(file) and not file.name.lower().endswith(SEGMENTATION_SUFFIX)
    ]
    if not scans:
        raise NotABoneScan(
            "the folder holds whole-body bone scans",
            f"none of its {len(files)} files is one",
            "Give the folder that holds the whole-body NM series.",
        )
    return scans


def _files(folder: Path) -> list[Path]:
    try:
        next(folder.iterdir(), None)
        paths = (path for path in folder.rglob("*") if path.is_file())
        return sorted(path for path in paths if not is_hidden(path.relative_to(folder)))
    except OSError as error:
        raise unreadable("the input is a folder that can be read", error) from error


def is_hidden(path: Path) -> bool:
    """Whether a name in it begins with a dot, as those of files do that are still being written."""
    return any(part.startswith(".") for part in path.parts)


def _nuclear_medicine(files: Iterable[Path]) -> list[Found]:
    """The NM files among them, each instance once."""
    found: dict[str, Found] = {}
    for path in files:
        file = _look(path)
        if file is not None:
            found.setdefault(file.instance, file)
    return list(found.values())


def _look(path: Path) -> Found | None:
    """A header's summary; None for a file that does not even claim to be a whole-body NM image."""
    try:
        check_file(path)
        if is_picture_or_volume(path):
            return None
        with lenient():
            dataset = read_dataset(path, pixels=False)
            try:
                _, _, frames = check_header(dataset)
                told = tell_views(header_frames(dataset, frames)) if frames == 1 else None
            except NotABoneScan:
                return None
            except BMLesionSegError:
                # It claims to be one: loading it says what is wrong.
                told = None
            return Found(
                path,
                study=text(dataset, "StudyInstanceUID") or str(path),
                series=text(dataset, "SeriesInstanceUID") or str(path),
                instance=text(dataset, "SOPInstanceUID") or str(path),
                view=told[0][0] if told else None,
            )
    except FileRefused:
        return None


def _grouped(files: list[Found]) -> list[tuple[Path, ...]]:
    scans = [[file] for file in files if file.view is None]
    series = defaultdict(list)
    for file in files:
        if file.view is not None:
            series[file.study, file.series].append(file)
    lonely = defaultdict(list)
    for (study, _), group in series.items():
        if len(group) == 1:
            lonely[study].append(group[0])
        else:
            scans.append(group)
    for group in lonely.values():
        pair = len(group) == 2 and group[0].view is not group[1].view
        scans += [group] if pair else [[file] for file in group]
    return sorted(tuple(file.path for file in scan) for scan in scans)
