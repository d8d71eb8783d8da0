"""Write a whole-body bone scan as a DICOM nuclear medicine file, from synthetic patients only.

The attributes are those of the NM Image IOD (DICOM PS3.3 A.5 and C.8.4), each one that a strict
validator asks for. The same input gives the same bytes: no clock and no random UID is used.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib import RESEARCH_USE
from BMLesionSegLib.errors import CountsRefused, ViewsUnclear
from BMLesionSegLib.exporting.atomic import atomic_path
from BMLesionSegLib.scan import ViewName
from BMLesionSegLib.scan.view import check_counts, check_spacing

if TYPE_CHECKING:
    from pydicom import Dataset

SCAN_YEAR = 2026
SCAN_DATE = f"{SCAN_YEAR}0101"
SCAN_TIME = "120000"
SCAN_VELOCITY_MM_S = 2.0
WRITER_UID = f"2.25.{uuid.uuid5(uuid.NAMESPACE_DNS, 'bmlesionseg').int}"

Code = tuple[str, str, str]

# Value, scheme, meaning: DICOM PS3.16 CID 18 to 26.
VIEW_CODES: dict[ViewName, Code] = {
    ViewName.ANTERIOR: ("399321004", "SCT", "Anterior"),
    ViewName.POSTERIOR: ("399001007", "SCT", "Posterior"),
}
TECHNETIUM_99M: Code = ("72454006", "SCT", "^99m^Technetium")
MEDRONATE: Code = ("96390006", "SCT", "Technetium Tc^99m^ medronate")
RECUMBENT: Code = ("102538003", "SCT", "recumbent")
SUPINE: Code = ("40199007", "SCT", "supine")
HEADFIRST: Code = ("102540008", "SCT", "headfirst")

# Degrees from the patient's back, PS3.3 C.8.4.11 Start Angle.
START_ANGLES = {ViewName.ANTERIOR: "180", ViewName.POSTERIOR: "0"}
ORIENTATIONS: dict[ViewName, list[float]] = {
    ViewName.ANTERIOR: [1, 0, 0, 0, 0, -1],
    ViewName.POSTERIOR: [-1, 0, 0, 0, 0, -1],
}


@dataclass(frozen=True)
class SyntheticIdentity:
    """A patient who does not exist.

    Attributes:
        key: any text; every UID follows from it, so distinct scans need distinct keys.
        patient_id: ID, also written as the name after "SIMULATED".
        sex: "F", "M" or "O".
        age: in years on the day of the scan, 1 January 2026.
    """

    key: str
    patient_id: str
    sex: str = "O"
    age: int = 60

    @property
    def study_uid(self) -> str:
        """Study instance UID."""
        return self._uid("study")

    @property
    def series_uid(self) -> str:
        """Series instance UID."""
        return self._uid("series")

    @property
    def frame_of_reference_uid(self) -> str:
        """Frame of reference UID."""
        return self._uid("frame of reference")

    def instance_uid(self, views: tuple[ViewName, ...]) -> str:
        """SOP instance UID of the file that holds these views."""
        return self._uid("instance " + " ".join(views))

    def _uid(self, role: str) -> str:
        # UUID-derived UID, PS3.5 B.2: needs no registered root.
        return f"2.25.{uuid.uuid5(uuid.NAMESPACE_OID, f'bmlesionseg/{self.key}/{role}').int}"


def write_nuclear_medicine(
    path: Path,
    counts: Mapping[ViewName, NDArray[np.uint16]],
    spacing: tuple[float, float],
    identity: SyntheticIdentity,
) -> None:
    """Write one file: two frames, anterior first, or one frame when one view is given.

    Two calls with one view each make a scan of two files in one series.

    Args:
        path: the file to write.
        counts: uint16 ``[row, column]`` a view, row 0 at the head, all of one shape.
        spacing: millimetres between rows and between columns.
        identity: the synthetic patient.

    Raises:
        ViewsUnclear: no view.
        CountsRefused: not uint16, of different shapes, or no counts.
        GeometryRefused: spacing that is not positive.
        OutputRefused: the file cannot be written.
    """
    save(nuclear_medicine_dataset(counts, spacing, identity), path)


def nuclear_medicine_dataset(
    counts: Mapping[ViewName, NDArray[np.uint16]],
    spacing: tuple[float, float],
    identity: SyntheticIdentity,
) -> "Dataset":
    """What ``write_nuclear_medicine`` writes.

    Raises:
        ViewsUnclear: no view.
        CountsRefused: not uint16, of different shapes, or no counts.
        GeometryRefused: spacing that is not positive.
    """
    views = tuple(sorted(counts))
    _check(counts, spacing)
    dataset = _patient_and_study(identity)
    dataset.update(_image(counts, views, spacing))
    dataset.update(_detectors(views))
    dataset.SOPInstanceUID = identity.instance_uid(views)
    dataset.InstanceNumber = "2" if views == (ViewName.POSTERIOR,) else "1"
    return dataset


def _check(counts: Mapping[ViewName, NDArray[np.uint16]], spacing: tuple[float, float]) -> None:
    if not counts:
        raise ViewsUnclear(
            "a file holds one or two views", "none came", "Give the counts of at least one view."
        )
    check_spacing(spacing)
    for view in counts.values():
        check_counts(view)
        if view.dtype != np.uint16:
            raise CountsRefused(
                "counts are written as 16-bit unsigned integers",
                f"pixels of type {view.dtype} came",
                "Convert them to uint16.",
            )
    shapes = {view.shape for view in counts.values()}
    if len(shapes) != 1:
        raise CountsRefused(
            "the views of one file have one shape",
            f"{' and '.join(map(str, sorted(shapes)))} came",
            "Give views of equal size.",
        )


def _patient_and_study(identity: SyntheticIdentity) -> "Dataset":
    from pydicom import Dataset
    from pydicom.uid import NuclearMedicineImageStorage

    dataset = Dataset()
    dataset.SpecificCharacterSet = "ISO_IR 192"
    dataset.SOPClassUID = NuclearMedicineImageStorage
    dataset.Modality = "NM"
    dataset.Manufacturer = "BMLesionSeg"
    dataset.ManufacturerModelName = "Simulated gamma camera"
    dataset.PatientName = f"SIMULATED^{identity.patient_id}"
    dataset.PatientID = identity.patient_id
    dataset.PatientSex = identity.sex
    dataset.PatientAge = f"{identity.age:03d}Y"
    dataset.PatientBirthDate = f"{SCAN_YEAR - identity.age:04d}0101"
    dataset.StudyInstanceUID = identity.study_uid
    dataset.StudyID = "1"
    dataset.StudyDate = dataset.SeriesDate = dataset.AcquisitionDate = SCAN_DATE
    dataset.StudyTime = dataset.SeriesTime = dataset.AcquisitionTime = SCAN_TIME
    dataset.StudyDescription = "Simulated whole-body bone scan"
    dataset.AccessionNumber = ""
    dataset.ReferringPhysicianName = ""
    dataset.SeriesInstanceUID = identity.series_uid
    dataset.SeriesNumber = "1"
    dataset.SeriesDescription = "Whole body"
    dataset.BodyPartExamined = "WHOLEBODY"
    dataset.FrameOfReferenceUID = identity.frame_of_reference_uid
    dataset.PositionReferenceIndicator = ""
    dataset.ImageComments = f"Simulated, no patient. {RESEARCH_USE}"
    return dataset


def _image(
    counts: Mapping[ViewName, NDArray[np.uint16]],
    views: tuple[ViewName, ...],
    spacing: tuple[float, float],
) -> "Dataset":
    from pydicom import Dataset

    frames = np.stack([counts[view] for view in views])
    length_mm = frames.shape[1] * spacing[0]
    total = int(frames.sum(dtype=np.int64))
    dataset = Dataset()
    dataset.ImageType = ["ORIGINAL", "PRIMARY", "WHOLE BODY", "EMISSION"]
    dataset.WholeBodyTechnique = "1PS"
    dataset.CountsAccumulated = str(total) if total < 2**31 else None
    dataset.ActualFrameDuration = str(round(1000 * length_mm / SCAN_VELOCITY_MM_S))
    dataset.ScanVelocity = f"{SCAN_VELOCITY_MM_S:g}"
    dataset.ScanLength = str(round(length_mm))
    dataset.PixelSpacing = [f"{s:.10g}" for s in spacing]
    dataset.NumberOfFrames = str(len(views))
    dataset.Rows, dataset.Columns = frames.shape[1:]
    dataset.SamplesPerPixel = 1
    dataset.PhotometricInterpretation = "MONOCHROME2"
    dataset.BitsAllocated = dataset.BitsStored = 16
    dataset.HighBit = 15
    dataset.PixelRepresentation = 0
    dataset.add_new("PixelData", "OW", frames.astype("<u2").tobytes())
    return dataset


def _detectors(views: tuple[ViewName, ...]) -> "Dataset":
    from pydicom import Dataset
    from pydicom.tag import Tag

    dataset = Dataset()
    dataset.FrameIncrementPointer = [Tag("EnergyWindowVector"), Tag("DetectorVector")]
    dataset.EnergyWindowVector = [1] * len(views)
    dataset.NumberOfEnergyWindows = 1
    dataset.EnergyWindowInformationSequence = [_energy_window()]
    dataset.RadiopharmaceuticalInformationSequence = [_radiopharmaceutical()]
    dataset.DetectorVector = list(range(1, len(views) + 1))
    dataset.NumberOfDetectors = len(views)
    dataset.DetectorInformationSequence = [_detector(view) for view in views]
    recumbent = _code(RECUMBENT)
    recumbent.PatientOrientationModifierCodeSequence = [_code(SUPINE)]
    dataset.PatientOrientationCodeSequence = [recumbent]
    dataset.PatientGantryRelationshipCodeSequence = [_code(HEADFIRST)]
    return dataset


def _energy_window() -> "Dataset":
    from pydicom import Dataset

    limits = Dataset()
    limits.EnergyWindowLowerLimit = "126.5"
    limits.EnergyWindowUpperLimit = "154.6"
    window = Dataset()
    window.EnergyWindowName = "Tc-99m"
    window.EnergyWindowRangeSequence = [limits]
    return window


def _radiopharmaceutical() -> "Dataset":
    from pydicom import Dataset

    item = Dataset()
    item.RadionuclideCodeSequence = [_code(TECHNETIUM_99M)]
    item.RadiopharmaceuticalCodeSequence = [_code(MEDRONATE)]
    return item


def _detector(view: ViewName) -> "Dataset":
    from pydicom import Dataset

    item = Dataset()
    item.CollimatorType = "PARA"
    item.ZoomFactor = ["1", "1"]
    item.StartAngle = START_ANGLES[view]
    item.ImageOrientationPatient = ORIENTATIONS[view]
    item.ImagePositionPatient = None
    item.ViewCodeSequence = [_code(VIEW_CODES[view])]
    return item


def _code(code: Code) -> "Dataset":
    from pydicom import Dataset

    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = code
    return item


def save(dataset: "Dataset", path: Path) -> None:
    """Write a nuclear medicine dataset whole or not at all, with an empty preamble.

    Raises:
        OutputRefused: the file cannot be written.
    """
    from pydicom import dcmwrite
    from pydicom.dataset import FileMetaDataset
    from pydicom.uid import UID, ExplicitVRLittleEndian

    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = dataset.SOPClassUID
    meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.ImplementationClassUID = UID(WRITER_UID)
    meta.ImplementationVersionName = "BMLESIONSEG"
    dataset.file_meta = meta
    with atomic_path(path) as temporary:
        dcmwrite(temporary, dataset, enforce_file_format=True)
