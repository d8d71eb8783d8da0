"""A deflated DICOM file is measured before it is unpacked: a megabyte may hold gigabytes."""

import zlib
from typing import BinaryIO

from BMLesionSegLib.errors import FileRefused
from BMLesionSegLib.reading.meta_information import meta_information

LARGEST_INFLATED = 128 * 2**20
"""Bytes; two views of the largest matrix take 64 MiB."""
PIECE = 2**16


def check_inflated(stream: BinaryIO) -> None:
    """Refuse a file whose deflated dataset (PS3.5 A.5) would swell beyond any scan.

    Args:
        stream: at its start; left there. Files of other encodings pass.

    Raises:
        FileRefused: it would, or its meta information holds a sequence.
    """
    from pydicom.uid import DeflatedExplicitVRLittleEndian

    syntax = meta_information(stream).get("TransferSyntaxUID")
    if syntax == DeflatedExplicitVRLittleEndian and _is_swollen(stream):
        raise FileRefused(
            f"a scan file unpacks to {LARGEST_INFLATED >> 20} MiB at most",
            "it would unpack to more",
            "Export the scan without compression.",
        )
    stream.seek(0)


def _is_swollen(stream: BinaryIO) -> bool:
    """Unpack piece by piece, keeping none."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    size = 0
    while not inflater.eof and (piece := stream.read(PIECE)):
        while piece and not inflater.eof:
            size += len(inflater.decompress(piece, PIECE))
            piece = inflater.unconsumed_tail
            if size > LARGEST_INFLATED:
                return True
    return False
