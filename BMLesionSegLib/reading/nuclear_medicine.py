"""DICOM nuclear medicine files to views: header first, pixels last."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from BMLesionSegLib.errors import FileRefused, GeometryRefused, NotABoneScan, ViewsUnclear
from BMLesionSegLib.reading.dicom_file import lenient, numbers, read_dataset, text, whole
from BMLesionSegLib.reading.orientation import quarter_turns
from BMLesionSegLib.reading.pixels import decode_frames
from BMLesionSegLib.reading.view_evidence import Frame, header_frames
from BMLesionSegLib.reading.view_rule import tell_views
from BMLesionSegLib.reading.whole_body import check_field, check_matrix, check_one_body
from BMLesionSegLib.scan import BoneScan, Counts, SourceFrame, View, ViewEvidence, ViewName

if TYPE_CHECKING:
    from pydicom import Dataset

NM_STORAGE = "1.2.840.10008.5.1.4.1.1.20"
NOT_PLANAR = ("TOMO", "GATED", "DYNAMIC")


def read_scan(files: Sequence[Path], given: ViewName | None = None) -> BoneScan:
    """The scan in one file of one or two frames, or in several files of one frame.

    Args:
        files: DICOM files of one study.
        given: the user's choice, for a scan of one view.

    Raises:
        FileRefused: unreadable, not DICOM, damaged, truncated, or an unknown compression.
        NotABoneScan: another modality, tomographic, dynamic or gated, or no whole body.
        ViewsUnclear: not one or two views, or views that cannot be told.
        GeometryRefused: an impossible matrix or spacing, or a body on its side.
        CountsRefused: pixels that are not counts.
    """
    with lenient():
        datasets = [read_dataset(file) for file in files]
        if given is not None and len(files) > 1:
            raise _given_for_several(len(files))
        views = [
            view
            for dataset, file in zip(datasets, files, strict=True)
            for view in _views(dataset, file, given)
        ]
        study = text(datasets[0], "StudyInstanceUID")
        series = text(datasets[0], "SeriesInstanceUID")
        # File names carry patients' names, so the scan is named by a hash.
        named_by = study or text(datasets[0], "SOPInstanceUID")
        secret = named_by.encode() if named_by else views[0].counts.tobytes()
        name = hashlib.sha256(secret).hexdigest()[:12]
        return BoneScan(tuple(views), name, study or None, series or None)


def _views(dataset: "Dataset", file: Path, given: ViewName | None) -> list[View]:
    shape, spacing, frames = check_header(dataset)
    if given is not None and frames > 1:
        raise _given_for_several(frames)
    headers = header_frames(dataset, frames)
    told = tell_views(headers, given)
    turns = [quarter_turns(shape, spacing, frame.detector) for frame in headers]
    counts = decode_frames(dataset, frames, file)
    return [
        _view(frame, file, counts[frame.index], turns[frame.index], spacing, *told[frame.index])
        for frame in headers
    ]


def _given_for_several(views: int) -> ViewsUnclear:
    return ViewsUnclear(
        "the view is given for a scan of one view",
        f"{views} views came",
        "Leave --view out, or give each view as its own file.",
    )


def check_header(dataset: "Dataset") -> tuple[tuple[int, int], tuple[float, float], int]:
    """Refuse by the header alone.

    Returns:
        Rows and columns; mm between rows and columns; number of frames.

    Raises:
        NotABoneScan: another modality, tomographic, dynamic or gated, or no whole-body field.
        GeometryRefused: no or impossible spacing or matrix.
        ViewsUnclear: not one or two frames.
        FileRefused: no matrix at all.
    """
    _check_kind(dataset)
    frames = _frames(dataset)
    shape = _matrix(dataset)
    check_matrix(shape, frames)
    if frames > 2:
        raise ViewsUnclear(
            "a whole-body scan has one or two frames",
            f"{frames} came",
            "Give only the anterior and the posterior emission frame.",
        )
    _check_claim(dataset, frames)
    spacing = _spacing(dataset)
    check_field(shape, spacing)
    return shape, spacing, frames


def _check_kind(dataset: "Dataset") -> None:
    expected = "the input is a planar whole-body nuclear medicine image"
    remedy = "Give the whole-body bone scan of the study."
    modality = text(dataset, "Modality")
    if modality != "NM" and text(dataset, "SOPClassUID") != NM_STORAGE:
        # A modality is a short code; anything else there is not ours to repeat.
        shown = modality if modality.isalpha() and len(modality) <= 4 else "another kind"
        raise NotABoneScan(expected, f"{shown} came", remedy)
    image_type = text(dataset, "ImageType").upper()
    for kind in NOT_PLANAR:
        if kind in image_type:
            raise NotABoneScan(expected, f"a {kind} acquisition came", remedy)


def _frames(dataset: "Dataset") -> int:
    if text(dataset, "NumberOfFrames"):
        return whole(dataset, "NumberOfFrames") or 0
    return max(1, len(numbers(dataset, "DetectorVector")))


def _matrix(dataset: "Dataset") -> tuple[int, int]:
    rows, columns = whole(dataset, "Rows"), whole(dataset, "Columns")
    if rows is None or columns is None:
        raise FileRefused(
            "the file states its rows and columns",
            "it ends before them or states none",
            "Copy or export the scan again.",
        )
    return rows, columns


def _check_claim(dataset: "Dataset", frames: int) -> None:
    claimed = len(numbers(dataset, "DetectorVector"))
    if claimed > frames:
        raise ViewsUnclear(
            f"the file holds the {claimed} frames that its detector vector lists",
            f"it states {frames}",
            "Export the scan again, with one or two whole-body frames.",
        )


def _spacing(dataset: "Dataset") -> tuple[float, float]:
    found = numbers(dataset, "PixelSpacing")
    if len(found) != 2:
        raise GeometryRefused(
            "the file states PixelSpacing, mm between rows and between columns",
            "it does not",
            "Export the scan again with its pixel size, for a whole-body scan about 2.26 mm.",
        )
    return found


def _view(
    frame: Frame,
    file: Path,
    stored: Counts,
    turns: int,
    spacing: tuple[float, float],
    name: ViewName,
    evidence: ViewEvidence,
) -> View:
    counts = np.rot90(stored, turns)
    check_one_body(counts)
    uid = text(frame.dataset, "SOPInstanceUID")
    return View(
        name=name,
        counts=counts,
        spacing=(spacing[1], spacing[0]) if turns % 2 else spacing,
        evidence=evidence,
        source=SourceFrame(uid, frame.index + 1, turns, file) if uid else None,
    )
