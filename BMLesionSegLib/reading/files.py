"""Which files may be opened at all, and what they look like from outside."""

from pathlib import Path

from BMLesionSegLib.errors import FileRefused

LARGEST_FILE = 512 * 2**20
IMAGE_SUFFIXES = (
    ".nrrd",
    ".nhdr",
    ".nii",
    ".nii.gz",
    ".mha",
    ".mhd",
    ".png",
    ".tif",
    ".tiff",
)


def check_file(path: Path) -> None:
    """Refuse what is not a file that can be read.

    Raises:
        FileRefused: missing, not a file, empty, too large, or closed to this user.
    """
    expected = "the input is a scan file that can be read"
    try:
        if not path.exists():
            raise FileRefused(expected, "there is no such file", "Check the path.")
        if not path.is_file():
            raise FileRefused(expected, "it is not a regular file", "Give a file or a folder.")
        size = path.stat().st_size
        with path.open("rb") as stream:
            stream.read(1)
    except (OSError, ValueError) as error:
        raise unreadable(expected, error) from error
    if size == 0:
        raise FileRefused(expected, "the file is empty", "Export or copy the scan again.")
    if size > LARGEST_FILE:
        raise FileRefused(
            f"a bone scan file is smaller than {LARGEST_FILE >> 20} MiB",
            f"{size >> 20} MiB came",
            "Give the planar whole-body scan alone.",
        )


def unreadable(expected: str, error: Exception) -> FileRefused:
    """The refusal for what the operating system does not let us read."""
    reason = error.strerror if isinstance(error, OSError) else None
    return FileRefused(
        expected,
        f"the system says: {reason or 'the path is not valid'}",
        "Check the path and your right to read it.",
    )


def is_picture_or_volume(path: Path) -> bool:
    """True for a readable file named like a volume or picture that is not DICOM inside.

    DICOM is known by the mark after its 128-byte preamble (PS3.10 section 7.1).
    """
    if not path.name.lower().endswith(IMAGE_SUFFIXES):
        return False
    with path.open("rb") as stream:
        return stream.read(132)[128:] != b"DICM"


def stem(path: Path) -> str:
    """The file's name without the suffix of its format."""
    name = path.name.lower()
    suffix = next((s for s in IMAGE_SUFFIXES if name.endswith(s)), path.suffix)
    return path.name[: len(path.name) - len(suffix)] or path.name
