"""What a volume or picture states of itself, before its pixels are read.

ITK's readers trust a header more than they should. A long word in a field of an NRRD header ends
the process (its parser writes the word into a fixed buffer for its complaint); so does a MetaImage
of more than ten dimensions; and any size that a header states is allocated. All three are refused
here first.
"""

import math
import re
from pathlib import Path
from typing import Any

from BMLesionSegLib.errors import FileRefused, GeometryRefused

MARK = b"NRRD"
LONGEST_FIELD = 400
"""Bytes of a line; three directions of three numbers take 250."""

DIMENSIONS = re.compile(rb"NDims\s*[=:]?\s*([^\s]*)", re.IGNORECASE)
"""As MetaImage states them, in whatever spelling its reader takes."""

LONGEST_META_HEADER = 2**16

LONGEST_LINE = 2**20
"""Bytes of a comment, or of a key and value, as 3D Slicer stores segments."""

MOST_PIXELS = 64 * 2**20


def image_header(path: Path, expected: str, remedy: str) -> Any:
    """SimpleITK's reader of a file, its header read and its pixels not yet.

    Args:
        path: of the file.
        expected: for a refusal.
        remedy: for a refusal.

    Raises:
        FileRefused: no image, or a damaged header.
    """
    import SimpleITK

    reader = SimpleITK.ImageFileReader()
    try:
        check_nrrd_lines(path)
        check_meta_dimensions(path)
        reader.SetFileName(str(path))
        reader.ReadImageInformation()
    except (OSError, RuntimeError, ValueError) as error:
        raise FileRefused(expected, "it cannot be read as an image", remedy) from error
    return reader


def check_size(reader: Any) -> None:
    """Refuse more pixels than any scan has, before they are allocated.

    Raises:
        GeometryRefused: the header states so many.
    """
    if math.prod(reader.GetSize()) * reader.GetNumberOfComponents() > MOST_PIXELS:
        raise GeometryRefused(
            f"an image has at most {MOST_PIXELS} pixels",
            f"{' x '.join(map(str, reader.GetSize()))} are stated",
            "Give one planar view, or its labels.",
        )


def check_nrrd_lines(path: Path) -> None:
    """Read the lines before the numbers of an NRRD file; other files pass.

    Raises:
        ValueError: one is longer than ITK's parser stands.
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        if file.read(len(MARK)) != MARK:
            return
        while line := file.readline(LONGEST_LINE).rstrip(b"\r\n"):
            free = line.startswith(b"#") or b":=" in line.partition(b": ")[0]
            if len(line) > (LONGEST_LINE - 3 if free else LONGEST_FIELD):
                raise ValueError("a line of the header is too long")


def check_meta_dimensions(path: Path) -> None:
    """Read the number of dimensions of a MetaImage; other files pass.

    Raises:
        ValueError: it is none from 1 to 9.
        OSError: the file cannot be read.
    """
    if not path.name.lower().endswith((".mha", ".mhd")):
        return
    with path.open("rb") as file:
        header = file.read(LONGEST_META_HEADER)
    if any(re.fullmatch(rb"[1-9]", stated) is None for stated in DIMENSIONS.findall(header)):
        raise ValueError("a MetaImage has too many dimensions")
