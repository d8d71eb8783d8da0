"""Whether a NIfTI file is whole: ITK reads one that was cut short and fills it up with zeros."""

import gzip
import struct
import zlib
from pathlib import Path

HEADER_BYTES = 348
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
    content = path.read_bytes()
    if name.endswith(".gz"):
        try:
            content = gzip.decompress(content)
        except (EOFError, OSError, zlib.error):
            return True
    if len(content) < HEADER_BYTES:
        return True
    order = "<" if struct.unpack_from("<i", content)[0] == HEADER_BYTES else ">"
    (bits,) = struct.unpack_from(f"{order}h", content, NUMBER_OF_BITS)
    promised: int = HEADER_BYTES + pixels * bits // 8
    return len(content) < promised
