"""Nuclear medicine files as cameras write them, conformant or not; synthetic throughout."""

from collections.abc import Callable
from pathlib import Path

import pydicom
from pydicom import Dataset
from pydicom.datadict import dictionary_VR
from pydicom.dataelem import RawDataElement
from pydicom.tag import Tag

from BMLesionSegLib.exporting.nuclear_medicine import SyntheticIdentity, write_nuclear_medicine
from Testing.library.scans import body_pair

SMALL = (512, 128)
SMALL_SPACING = (4.52, 4.52)
SECRET = "Lastname^Firstname"

Edit = Callable[[Dataset], None]


def nm_file(
    path: Path,
    *edits: Edit,
    counts: dict | None = None,
    spacing: tuple[float, float] = SMALL_SPACING,
    key: str = "test",
) -> Path:
    """A conformant file of small counts (2.3 m in 512 rows), then edited without any validation."""
    identity = SyntheticIdentity(key, "000001", "F", 63)
    write_nuclear_medicine(path, counts or body_pair(SMALL), spacing, identity)
    dataset = pydicom.dcmread(path)
    dataset.PatientName = SECRET
    with pydicom.config.disable_value_validation():
        for edit in edits:
            edit(dataset)
        dataset.save_as(path, enforce_file_format=False)
    return path


def setting(**attributes) -> Edit:
    """Set attributes."""

    def edit(dataset: Dataset) -> None:
        for keyword, value in attributes.items():
            setattr(dataset, keyword, value)

    return edit


def malformed(**attributes: str) -> Edit:
    """Store texts that are no values of the attributes' types."""

    def edit(dataset: Dataset) -> None:
        for keyword, words in attributes.items():
            tag = Tag(keyword)
            value = words.encode() + b" " * (len(words) % 2)
            raw = RawDataElement(tag, dictionary_VR(tag), len(value), value, 0, False, True)
            dataset[tag] = raw

    return edit


def without(*keywords: str) -> Edit:
    """Delete attributes at the top level and in every detector."""

    def edit(dataset: Dataset) -> None:
        for item in [dataset, *dataset.get("DetectorInformationSequence", [])]:
            for keyword in keywords:
                if keyword in item:
                    delattr(item, keyword)

    return edit


def each_detector(**attributes) -> Edit:
    """Set attributes of the detectors, a list of one value a detector for each."""

    def edit(dataset: Dataset) -> None:
        for index, item in enumerate(dataset.DetectorInformationSequence):
            for keyword, values in attributes.items():
                setattr(item, keyword, values[index])

    return edit


def view_codes(*codes: tuple[str, str, str]) -> Edit:
    """Give each detector one view code: value, scheme, meaning."""
    sequences = []
    for value, scheme, meaning in codes:
        item = Dataset()
        with pydicom.config.disable_value_validation():
            item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, scheme, meaning
        sequences.append([item])
    return each_detector(ViewCodeSequence=sequences)


def genie_text(text: str, element: int = 0x30) -> Edit:
    """A picture name in GE's private block, and the block's usual neighbour."""

    def edit(dataset: Dataset) -> None:
        block = dataset.private_block(0x0011, "GEMS_GENIE_1", create=True)
        block.add_new(element, "LO", text.split("\\"))

    return edit


# No view is told by anything but the order of the detectors.
no_view = without("ViewCodeSequence", "StartAngle")


def ge_like(dataset: Dataset) -> None:
    """Empty view codes, one orientation for both detectors, no frame of reference."""
    without("FrameOfReferenceUID", "PositionReferenceIndicator", "StudyID", "StartAngle")(dataset)
    for item in dataset.DetectorInformationSequence:
        item.ViewCodeSequence = []
        item.ImageOrientationPatient = [-1, 0, 0, 0, 0, -1]


def siemens_like(dataset: Dataset) -> None:
    """Local codes, empty positions and totals."""
    dataset.CountsAccumulated = None
    dataset.PatientGantryRelationshipCodeSequence[0].CodeValue = "G-5191"
    dataset.PatientGantryRelationshipCodeSequence[0].CodingSchemeDesignator = "99SDM"
    meanings = ("FACE ANT", "FACE POST")
    frames = zip(dataset.DetectorInformationSequence, meanings, strict=False)
    for item, meaning in frames:
        item.ImagePositionPatient = None
        code = item.ViewCodeSequence[0]
        code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = "42", "99NMG", meaning
