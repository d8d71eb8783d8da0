"""Whether a NIfTI file is whole: ITK reads one that was cut short and fills it up with zeros."""

import gzip
import struct
import zlib
from pathlib import Path

HEADER_BYTES = 348
NUMBER_OF_BITS = 72
"""Place of ``bitpix`` in the header (NIfTI-1, nifti1.h)."""
MOST_BITS = 128
CHUNK = 2**20
SLACK = 2**12


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
        # No more is unpacked than was promised: what follows is not looked at.
        with gzip.open(path) if name.endswith(".gz") else path.open("rb") as stream:
            header = stream.read(HEADER_BYTES)
            if len(header) < HEADER_BYTES:
                return True
            order = "<" if struct.unpack_from("<i", header)[0] == HEADER_BYTES else ">"
            (bits,) = struct.unpack_from(f"{order}h", header, NUMBER_OF_BITS)
            if not 0 < bits <= MOST_BITS:
                return True
            promised: int = pixels * bits // 8
            while promised > 0:
                part = len(stream.read(min(promised, CHUNK)))
                if not part:
                    return True
                promised -= part
            # The few bytes after them: where they are the last, their checksum is looked at.
            stream.read(SLACK)
            return False
    except (EOFError, OSError, zlib.error):
        return True
