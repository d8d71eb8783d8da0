"""Whether ITK can be trusted with an NRRD header.

A long word in a field ends the whole process: ITK's parser writes the word into a fixed buffer for
its complaint. Such a header is refused before ITK sees it.
"""

from pathlib import Path

MARK = b"NRRD"
LONGEST_FIELD = 400
"""Bytes of a line; three directions of three numbers take 250."""
LONGEST_TEXT = 2**20
"""Bytes of a comment, or of a key and value, as 3D Slicer stores segments."""


def has_long_line(path: Path) -> bool:
    """Whether a line before the numbers is longer than ITK's parser stands.

    Args:
        path: of the file; any other kind of file has none.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        if file.read(len(MARK)) != MARK:
            return False
        while line := file.readline(LONGEST_TEXT).rstrip(b"\r\n"):
            text = line.startswith(b"#") or b":=" in line
            if len(line) > (LONGEST_TEXT - 3 if text else LONGEST_FIELD):
                return True
    return False
