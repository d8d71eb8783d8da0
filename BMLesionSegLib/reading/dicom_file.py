"""Read DICOM leniently: an attribute that is absent, empty or malformed is simply not known."""

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from BMLesionSegLib.errors import BMLesionSegError, FileRefused
from BMLesionSegLib.reading.deflated import check_inflated
from BMLesionSegLib.reading.files import check_file, unreadable

if TYPE_CHECKING:
    from pydicom import Dataset


# Warnings and log levels belong to the whole process, so one reader at a time.
ONE_READER = RLock()
SILENT = logging.CRITICAL + 1


@contextmanager
def lenient() -> Iterator[None]:
    """Read without complaints on the way; what is worth refusing is refused in our own words.

    Complaints of the DICOM library quote header values, a patient's name among them, so they are
    kept from the log as well. What it cannot read at all leaves as one refusal.

    Raises:
        FileRefused: the file is damaged in a way that no rule of ours names.
    """
    with ONE_READER, warnings.catch_warnings(), silent("pydicom"):
        warnings.simplefilter("ignore")
        try:
            yield
        except BMLesionSegError:
            raise
        except Exception:
            # Not "from" it: the original message may quote the header.
            raise FileRefused(
                "the file holds an intact DICOM image",
                "it is damaged",
                "Export it again from the camera or archive.",
            ) from None


@contextmanager
def silent(library: str) -> Iterator[None]:
    """Keep what a library logs, identities among it, from every log."""
    log = logging.getLogger(library)
    level = log.level
    log.setLevel(SILENT)
    try:
        yield
    finally:
        log.setLevel(level)


def read_dataset(path: Path, pixels: bool = True) -> "Dataset":
    """Parse a DICOM file, with or without its pixels; a missing preamble is forgiven.

    Raises:
        FileRefused: unreadable, or not DICOM.
    """
    from pydicom import dcmread

    check_file(path)
    with lenient():
        try:
            # In memory, so that an absurd length in a damaged file cannot ask for gigabytes.
            with BytesIO(path.read_bytes()) if pixels else path.open("rb") as source:
                check_inflated(source)
                dataset = dcmread(source, force=True, stop_before_pixels=not pixels)
        except OSError as error:
            raise unreadable("the input is a file that can be read", error) from error
        _complete_syntax(dataset)
        if text(dataset, "SOPClassUID") or text(dataset, "Modality"):
            return dataset
    raise FileRefused(
        "the input is a DICOM file, or a volume or picture (.nrrd .nii .mha .png .tif)",
        "it is neither",
        "Give the scan as the camera or archive exports it.",
    )


def _complete_syntax(dataset: "Dataset") -> None:
    """State the encoding that was found by reading, where the file meta information is missing."""
    from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

    if "TransferSyntaxUID" not in dataset.file_meta:
        implicit, little = dataset.original_encoding
        explicit = ExplicitVRLittleEndian if little else ExplicitVRBigEndian
        dataset.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian if implicit else explicit


def value(dataset: "Dataset", key: str | int) -> Any:
    """The value at a keyword or tag; None where it is absent, empty or malformed."""
    try:
        found = dataset[key].value
        return None if found == "" else found
    except Exception:  # pydicom raises many kinds for a malformed or absent value
        return None


def text(dataset: "Dataset", key: str | int) -> str:
    r"""An attribute as text, several values joined by a backslash; else empty."""
    from pydicom.sequence import Sequence as Items

    found = value(dataset, key)
    # A sequence is no text, and one nested deep takes minutes and gigabytes to write as one.
    if found is None or isinstance(found, Items):
        return ""
    if isinstance(found, bytes):
        found = found.decode("latin-1")
    several = isinstance(found, Sequence) and not isinstance(found, str)
    return "\\".join(map(str, found) if several else [str(found)]).strip(" \0")


def numbers(dataset: "Dataset", keyword: str) -> tuple[float, ...]:
    """An attribute as numbers; empty where any of them is unknown."""
    try:
        return tuple(float(part) for part in text(dataset, keyword).split("\\"))
    except ValueError:
        return ()


def whole(dataset: "Dataset", keyword: str) -> int | None:
    """An attribute as one whole number."""
    found = numbers(dataset, keyword)
    if len(found) != 1 or not found[0].is_integer():
        return None
    return int(found[0])


def items(dataset: "Dataset", keyword: str) -> "list[Dataset]":
    """The items of a sequence; none where it is absent or not a sequence."""
    from pydicom.sequence import Sequence as Items

    found = value(dataset, keyword)
    return list(found) if isinstance(found, Items) else []
