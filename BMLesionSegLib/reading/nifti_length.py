"""Whether a NIfTI file is whole: ITK reads one that was cut short and fills it up with zeros."""

import gzip
import struct
import zlib
from pathlib import Path
from typing import BinaryIO, cast

HEADER_BYTES = 348
CHUNK = 2**20
NUMBER_OF_BITS = 72
"""Place of ``bitpix`` in the header (NIfTI-1, nifti1.h)."""


def is_cut_short(path: Path, pixels: int) -> bool:
    """Whether a ``.nii`` or ``.nii.gz`` holds fewer bytes than its header promises.

    Args:
        path: of the file; any other kind of file is taken as whole.
        pixels: that it should hold.
    """
    name = path.name.lower()
    if not name.endswith((".nii", ".nii.gz")):
        return False
    try:
        with gzip.open(path) if name.endswith(".gz") else path.open("rb") as stream:
            file = cast("BinaryIO", stream)
            content = file.read(HEADER_BYTES)
            if len(content) < HEADER_BYTES:
                return True
            return holds_less(file, promised_bytes(content, pixels))
    except (EOFError, OSError, zlib.error):
        return True


def promised_bytes(header: bytes, pixels: int) -> int:
    """Bytes that so many pixels take, by the header's ``bitpix``."""
    order = "<" if struct.unpack_from("<i", header)[0] == HEADER_BYTES else ">"
    bits: int = struct.unpack_from(f"{order}h", header, NUMBER_OF_BITS)[0]
    return pixels * bits // 8


def holds_less(file: BinaryIO, promised: int) -> bool:
    """Whether a file ends before so many bytes; it is never held in memory whole."""
    while promised > 0:
        part = len(file.read(min(promised, CHUNK)))
        if not part:
            return True
        promised -= part
    # The checksum of a compressed file is compared where it ends.
    file.read(CHUNK)
    return False
