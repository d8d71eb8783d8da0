"""Open a volume or picture by its header alone: what is too large or lies elsewhere is not read."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from BMLesionSegLib.errors import FileRefused, GeometryRefused
from BMLesionSegLib.reading.files import LARGEST_FILE, check_file
from BMLesionSegLib.reading.itk_hazards import endangers_itk
from BMLesionSegLib.reading.itk_warnings import without_itk_warnings

READERS = {
    ".nrrd": "NrrdImageIO",
    ".nhdr": "NrrdImageIO",
    ".nii": "NiftiImageIO",
    ".nii.gz": "NiftiImageIO",
    ".mha": "MetaImageIO",
    ".mhd": "MetaImageIO",
    ".png": "PNGImageIO",
    ".tif": "TIFFImageIO",
    ".tiff": "TIFFImageIO",
}
"""One reader a suffix: a file is what its name says, or refused."""

MOST_PIXELS = 2 * 4096**2
LARGEST_HEADER = 8 * 2**20
LONGEST_NAME = 255
"""Bytes, on the usual file systems."""
DATA_FILE = {
    "NrrdImageIO": re.compile(rb"^[ \t]*data ?file[ \t]*:(?!=)([^\r\n]*)", re.IGNORECASE | re.M),
    "MetaImageIO": re.compile(rb"ElementDataFile[ \t]*[=:]([^\r\n]*)"),
}
"""Where a header names the file with its pixels (NRRD section 5, MetaIO)."""


@without_itk_warnings()
def open_image(path: Path) -> Any:
    """SimpleITK's reader of a file, its header read and no pixel yet.

    Raises:
        FileRefused: no file that can be read, or a header that points out of its folder.
        GeometryRefused: more pixels than any scan has.
        RuntimeError: as SimpleITK's own, for what is no image of that format.
    """
    import SimpleITK

    check_file(path)
    name = path.name.lower()
    suffix = next((suffix for suffix in reversed(READERS) if name.endswith(suffix)), "")
    named = READERS.get(suffix, "")
    check_data_files(path, named)
    if endangers_itk(path):
        raise RuntimeError("ITK must not read this header")
    reader = SimpleITK.ImageFileReader()
    if reader.GetImageIOFromFileName(str(path)) != named:
        raise RuntimeError("the file is not what its name says")
    reader.SetImageIO(named)
    reader.SetFileName(str(path))
    reader.ReadImageInformation()
    pixels = reader.GetNumberOfComponents()
    for extent in reader.GetSize():
        pixels *= extent
    if pixels > MOST_PIXELS:
        raise GeometryRefused(
            f"a volume or picture of a scan has at most {MOST_PIXELS} pixels",
            f"{' x '.join(map(str, reader.GetSize()))} are stated",
            "Give one planar view, or its label map.",
        )
    return reader


def check_data_files(path: Path, reader: str) -> None:
    """Refuse a header whose pixels lie anywhere but beside it.

    Raises:
        FileRefused: a path, a list, a pattern, a link out of the folder, or too large a file.
    """
    for name in data_files(path, reader):
        beside = path.parent / name
        plain = re.fullmatch(r"[\w .()+-]+", name) is not None and name not in (".", "..", "LIST")
        short = len(name.encode()) <= LONGEST_NAME
        if not plain or not short or beside.resolve().parent != path.parent.resolve():
            raise FileRefused(
                "a header names one file with its pixels, in its own folder",
                "it points elsewhere",
                "Save the scan again as one file, for example from 3D Slicer as .nrrd.",
            )
        if beside.is_file() and beside.stat().st_size > LARGEST_FILE:
            raise FileRefused(
                f"the pixels of a scan take less than {LARGEST_FILE >> 20} MiB",
                "the file that the header names is larger",
                "Give the planar whole-body scan alone.",
            )


def data_files(path: Path, reader: str) -> Iterator[str]:
    """The names of other files in a header, as it spells them."""
    if reader not in DATA_FILE:
        return
    with path.open("rb") as stream:
        header = stream.read(LARGEST_HEADER)
    for found in DATA_FILE[reader].finditer(header):
        yield found[1].decode("utf-8", errors="replace").strip()
