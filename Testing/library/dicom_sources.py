"""Whole-body NM sources as they come from cameras and archives, and lesions drawn on them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pydicom

from BMLesionSegLib.exporting.corrected import corrected
from BMLesionSegLib.exporting.origin import MODEL_TAG
from BMLesionSegLib.exporting.reported import Reported
from BMLesionSegLib.exporting.segment import FINDING_TAG, STATUS_TAG, Segment
from BMLesionSegLib.exporting.segmentation_nrrd import StoredSegmentation
from BMLesionSegLib.reading import load_files
from BMLesionSegLib.scan import BoneScan, ViewName
from Testing.library.nm_files import each_detector, ge_like, nm_file, setting, siemens_like, without
from Testing.library.scans import body_pair

SHAPE = (256, 64)
SPACING = (9.04, 9.04)
PAIR = body_pair(SHAPE)
ANTERIOR, POSTERIOR = ViewName
ORIENTATION_AFTER_TURNS = {
    1: [0, 0, 1, 1, 0, 0],
    2: [-1, 0, 0, 0, 0, 1],
    3: [0, 0, -1, -1, 0, 0],
}


def source(*edits, **arguments) -> Callable[[Path], list[Path]]:
    """One file of small counts, edited."""
    arguments = {"counts": PAIR, "spacing": SPACING} | arguments
    return lambda folder: [nm_file(folder / "scan.dcm", *edits, **arguments)]


def turned(turns: int) -> Callable[[Path], list[Path]]:
    """Stored so that this many counter-clockwise quarter turns bring it upright."""
    counts = {name: np.ascontiguousarray(np.rot90(PAIR[name], -turns)) for name in PAIR}
    spacing = (9.1, 9.0) if turns % 2 == 0 else (9.0, 9.1)
    edit = each_detector(ImageOrientationPatient=[ORIENTATION_AFTER_TURNS[turns]] * 2)
    return source(edit, counts=counts, spacing=spacing)


def one_file_a_view(folder: Path) -> list[Path]:
    return [
        nm_file(folder / f"{name}.dcm", counts={name: PAIR[name]}, spacing=SPACING) for name in PAIR
    ]


def posterior_first(dataset: pydicom.Dataset) -> None:
    dataset.DetectorVector = [2, 1]
    frames = np.stack([PAIR[POSTERIOR], PAIR[ANTERIOR]])
    dataset.PixelData = frames.astype("<u2").tobytes()


def foreign_identity(dataset: pydicom.Dataset) -> None:
    """Latin letters in another character set, and values that the standard does not allow."""
    dataset.SpecificCharacterSet = "ISO_IR 100"
    dataset.PatientName = "Müller^Zoë"
    dataset.PatientBirthDate = "1950"
    dataset.PatientSex = "W"
    dataset.StudyTime = "noon"
    dataset.StudyID = "longer than sixteen characters"


SOURCES: dict[str, Callable[[Path], list[Path]]] = {
    "two frames": source(),
    "one file a view": one_file_a_view,
    "posterior alone": source(counts={POSTERIOR: PAIR[POSTERIOR]}),
    "posterior first": source(posterior_first),
    "GE-like": source(ge_like),
    "Siemens-like": source(siemens_like),
    "no frame of reference": source(without("FrameOfReferenceUID", "PositionReferenceIndicator")),
    "stated positions": source(each_detector(ImagePositionPatient=[[-290, -150, 900]] * 2)),
    "oblong pixels": source(spacing=(9.04, 4.52)),
    "rescaled": source(setting(RescaleSlope="0.5", RescaleIntercept="0")),
    "foreign identity": source(foreign_identity),
    "head at the right": turned(1),
    "head at the bottom": turned(2),
    "head at the left": turned(3),
}


def no_lesion() -> np.ndarray:
    return np.zeros(SHAPE, np.int32)


def one_lesion() -> np.ndarray:
    labels = no_lesion()
    labels[60:64, 20:23] = 1
    labels[64, 20] = 1
    return labels


def many_lesions(count: int) -> np.ndarray:
    labels = no_lesion()
    for number in range(count):
        row, column = 40 + 8 * (number // 4), 16 + 8 * (number % 4)
        labels[row : row + 3, column : column + 2] = number + 1
    return labels


def touching_lesions() -> np.ndarray:
    labels = no_lesion()
    labels[60:64, 20:24] = 1
    labels[64:66, 20:24] = 2
    labels[66:68, 24:26] = 3
    return labels


CASES: dict[str, dict[ViewName, Callable[[], np.ndarray]]] = {
    "no lesion": {ANTERIOR: no_lesion, POSTERIOR: no_lesion},
    "one": {ANTERIOR: one_lesion, POSTERIOR: one_lesion},
    "forty": {ANTERIOR: partial(many_lesions, 36), POSTERIOR: partial(many_lesions, 4)},
    "touching": {ANTERIOR: touching_lesions, POSTERIOR: touching_lesions},
    "one empty view": {ANTERIOR: no_lesion, POSTERIOR: one_lesion},
}
STATUSES = ("unreviewed", "metastasis", "benign", "indeterminate")


def segment_of(name: ViewName, number: int, **tags: str) -> Segment:
    """A segment whose status follows from its number."""
    own = {
        STATUS_TAG: STATUSES[(number - 1) % 4],
        MODEL_TAG: "small 1.0.0",
        FINDING_TAG: str(number),
    }
    return Segment(
        number,
        f"{name}-{number}",
        f"{number}{name[0].upper()} left chest",
        (240, 120, 20),
        own | tags,
    )


def stored(scan: BoneScan, case: str) -> list[StoredSegmentation]:
    """A corrected segmentation of each view."""
    found = []
    for view in scan:
        labels = CASES[case][view.name]()
        segments = tuple(segment_of(view.name, number) for number in range(1, labels.max() + 1))
        found.append(StoredSegmentation(labels, view.geometry, segments))
    return found


def source_and_result(folder: Path, variant: str, case: str) -> tuple[BoneScan, Reported]:
    """A scan read from files of its kind, and what leaves of it."""
    scan = load_files(SOURCES[variant](folder))
    return scan, corrected(scan, stored(scan, case))
