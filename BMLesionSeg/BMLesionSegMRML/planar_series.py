"""Which files of a DICOM series are whole-body planar scans, told by their headers alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from BMLesionSegLib.errors import BMLesionSegError
from BMLesionSegLib.reading.dicom_file import lenient, read_dataset, text
from BMLesionSegLib.reading.nuclear_medicine import check_header
from BMLesionSegLib.reading.view_evidence import header_frames
from BMLesionSegLib.reading.view_rule import tell_views
from BMLesionSegLib.scan import ViewEvidence, ViewName


@dataclass(frozen=True)
class PlanarScan:
    """A scan, or one view of it, as its headers state it.

    Attributes:
        files: one file of one or two frames, or two files of one frame.
        views: which views, anterior first, and how each was known.
        saysWholeBody: by its image type; else only its field is as long as a body.
    """

    files: tuple[Path, ...]
    views: dict[ViewName, ViewEvidence]
    saysWholeBody: bool


def planarScans(files: Sequence[Path]) -> list[PlanarScan]:
    """The whole-body planar scans of one series; what is none, or cannot be told, is left out."""
    found = [scan for scan in map(examineFile, files) if scan is not None]
    single = [scan for scan in found if len(scan.views) == 1]
    if len(single) == 2 and single[0].views.keys() != single[1].views.keys():
        views = single[0].views | single[1].views
        pair = PlanarScan(
            files=tuple(path for scan in single for path in scan.files),
            views={name: views[name] for name in ViewName},
            saysWholeBody=all(scan.saysWholeBody for scan in single),
        )
        return [*(scan for scan in found if scan not in single), pair]
    return found


def examineFile(path: Path) -> PlanarScan | None:
    """What a file's header says; None for a file that the library would refuse by its header."""
    try:
        with lenient():
            dataset = read_dataset(path, pixels=False)
            _, _, frames = check_header(dataset)
            told = dict(tell_views(header_frames(dataset, frames)))
            wholeBody = "WHOLE BODY" in text(dataset, "ImageType").upper()
    except BMLesionSegError:
        return None
    return PlanarScan((path,), {name: told[name] for name in ViewName if name in told}, wholeBody)
