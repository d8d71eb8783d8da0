"""The file meta information of a DICOM file (PS3.10 section 7.1), read before all else."""

from typing import TYPE_CHECKING, Any, BinaryIO

from BMLesionSegLib.errors import FileRefused

if TYPE_CHECKING:
    from pydicom import Dataset


def meta_information(stream: BinaryIO) -> "Dataset":
    """Group 2, as the DICOM library finds it.

    Args:
        stream: at its start; left behind the group.

    Raises:
        FileRefused: it holds a sequence, which the standard does not know there. The library
            writes one that is nested deep into its log, which takes minutes and gigabytes.
    """
    from pydicom.filereader import read_dataset, read_preamble

    def is_over(tag: Any, *_: object) -> bool:
        return bool(tag.group != 2)

    read_preamble(stream, force=True)
    found = read_dataset(stream, is_implicit_VR=False, is_little_endian=True, stop_when=is_over)
    if any(element.VR == "SQ" for element in found.values()):
        raise FileRefused(
            "the file begins as DICOM files do",
            "its meta information is damaged",
            "Export it again from the camera or archive.",
        )
    return found
