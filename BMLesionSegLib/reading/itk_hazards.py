"""Headers that end the whole process inside ITK: they are refused before ITK sees them.

A long word in a field of an NRRD header does (ITK's parser writes the word into a fixed buffer for
its complaint), and so does a MetaImage of more than ten dimensions. `make fuzz` found both.
"""

import re
from pathlib import Path

NRRD = b"NRRD"
LONGEST_FIELD = 400
"""Bytes of a line; three directions of three numbers take 250."""
LONGEST_TEXT = 2**20
"""Bytes of a comment, or of a key and value, as 3D Slicer stores segments."""
DIMENSIONS = re.compile(rb"NDims\s*[=:]?\s*([^\s]*)", re.IGNORECASE)
"""As MetaImage states them, in whatever spelling its reader takes."""
LONGEST_META_HEADER = 2**16


def endangers_itk(path: Path) -> bool:
    """Whether ITK must not read this file.

    Raises:
        OSError: the file cannot be read.
    """
    if path.name.lower().endswith((".mha", ".mhd")):
        return has_odd_dimensions(path)
    return has_long_line(path)


def has_long_line(path: Path) -> bool:
    """Whether a line before the numbers of an NRRD file is longer than ITK's parser stands."""
    with path.open("rb") as file:
        if file.read(len(NRRD)) != NRRD:
            return False
        while line := file.readline(LONGEST_TEXT).rstrip(b"\r\n"):
            text = line.startswith(b"#") or b":=" in line.partition(b": ")[0]
            if len(line) > (LONGEST_TEXT - 3 if text else LONGEST_FIELD):
                return True
    return False


def has_odd_dimensions(path: Path) -> bool:
    """Whether a MetaImage states any number of dimensions but 1 to 9."""
    with path.open("rb") as file:
        header = file.read(LONGEST_META_HEADER)
    return any(re.fullmatch(rb"[1-9]", stated) is None for stated in DIMENSIONS.findall(header))
