"""Small files that claim, or unpack to, gigabytes.

Run as a program, it opens them and tells the outcomes and the most memory that was taken.
"""

import re
import struct
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pydicom
from pydicom.encaps import encapsulate
from pydicom.uid import UID, DeflatedExplicitVRLittleEndian, JPEGLosslessSV1, JPEGLSLossless
from pydicom.uid import RLELossless as RunLength

from Testing.library.nm_files import nm_file

GIGABYTE = 2**30
ZEROS = bytes(2**22)
NRRD = """NRRD0004
type: unsigned short
dimension: 3
space: left-posterior-superior
sizes: {sizes}
space directions: (4.52,0,0) (0,4.52,0) (0,0,1)
kinds: domain domain domain
endian: little
encoding: gzip
space origin: (0,0,0)
"""
META = """ObjectType = Image
NDims = 3
BinaryData = True
CompressedData = True
DimSize = {sizes}
ElementSpacing = 4.52 4.52 1
ElementType = MET_USHORT
ElementDataFile = LOCAL
"""


def swollen(start: bytes, size: int, wbits: int) -> bytes:
    """``start`` and so many zeros, packed."""
    packer = zlib.compressobj(9, zlib.DEFLATED, wbits)
    begin = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    # After a full flush equal data packs to equal bytes: one block stands for all.
    block = packer.compress(ZEROS) + packer.flush(zlib.Z_FULL_FLUSH)
    return begin + block * (size // len(ZEROS)) + packer.flush()


def deflated(path: Path) -> None:
    """DICOM: a deflated dataset with two gigabytes of padding at its end."""
    dataset = pydicom.dcmread(nm_file(path))
    dataset.file_meta.TransferSyntaxUID = DeflatedExplicitVRLittleEndian
    dataset.save_as(path)
    stored = path.read_bytes()
    begin = 144 + struct.unpack_from("<I", stored, 140)[0]
    plain = zlib.decompress(stored[begin:], -zlib.MAX_WBITS)
    padding = struct.pack("<HH2sHL", 0xFFFC, 0xFFFC, b"OB", 0, 2 * GIGABYTE)
    path.write_bytes(stored[:begin] + swollen(plain + padding, 2 * GIGABYTE, -zlib.MAX_WBITS))


def encapsulated(syntax: UID, frame: bytes) -> Callable[[Path], None]:
    """DICOM: both frames in this compression."""

    def make(path: Path) -> None:
        dataset = pydicom.dcmread(nm_file(path))
        dataset.PixelData = encapsulate([frame, frame])
        dataset["PixelData"].is_undefined_length = True
        dataset.file_meta.TransferSyntaxUID = syntax
        dataset.save_as(path)

    return make


def jpeg(start_of_frame: int) -> bytes:
    """A picture of 65,535 by 65,535 pixels that ends after its header."""
    frame = struct.pack(">2BHBHHB3B", 0xFF, start_of_frame, 11, 16, 65535, 65535, 1, 1, 17, 0)
    scan = struct.pack(">2BH6B", 0xFF, 0xDA, 8, 1, 1, 0, 0, 0, 0)
    return b"\xff\xd8" + frame + scan + bytes(200) + b"\xff\xd9"


def nifti(path: Path, sizes: tuple[int, int], payload: int) -> None:
    """A NIfTI-1 file of unsigned 16-bit numbers, all zero."""
    header = bytearray(352)
    struct.pack_into("<i", header, 0, 348)
    struct.pack_into("<8h", header, 40, 3, *sizes, 1, 1, 1, 1, 1)
    struct.pack_into("<2h", header, 70, 512, 16)
    struct.pack_into("<8f", header, 76, 1, 4.52, 4.52, 1, 1, 1, 1, 1)
    struct.pack_into("<f", header, 108, 352)
    header[344:348] = b"n+1\0"
    packed = swollen(bytes(header), payload, zlib.MAX_WBITS | 16)
    path.write_bytes(packed if path.suffix == ".gz" else bytes(header))


def headed(header: str, sizes: str) -> Callable[[Path], None]:
    """A header of this size, a gigabyte of packed zeros behind it."""

    def make(path: Path) -> None:
        wbits = zlib.MAX_WBITS | 16 if header is NRRD else zlib.MAX_WBITS
        text = header.format(sizes=sizes) + ("\n" if header is NRRD else "")
        path.write_bytes(text.encode() + swollen(b"", GIGABYTE, wbits))

    return make


def png(path: Path) -> None:
    """A picture that claims more pixels than there are bytes in the world."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    claim = struct.pack(">2I5B", 10**6, 10**6, 16, 0, 0, 0, 0)
    parts = chunk(b"IHDR", claim), chunk(b"IDAT", zlib.compress(ZEROS)), chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(parts))


def tiff(path: Path) -> None:
    """A picture of 2^31 - 1 rows and columns."""
    side = 2**31 - 1
    fields = {256: side, 257: side, 258: 16, 259: 8, 262: 1, 273: 200, 277: 1, 278: side, 279: 10}
    body = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in fields.items())
    start = b"II*\0" + struct.pack("<IH", 8, len(fields))
    path.write_bytes(start + body + bytes(300))


BOMBS: dict[str, Callable[[Path], None]] = {
    "deflated.dcm": deflated,
    "run-length.dcm": encapsulated(
        RunLength, struct.pack("<16L", 1, 64, *[0] * 14) + b"\x81\0" * 2**22
    ),
    "lossless-jpeg.dcm": encapsulated(JPEGLosslessSV1, jpeg(0xC3)),
    "jpeg-ls.dcm": encapsulated(JPEGLSLossless, jpeg(0xF7)),
    "unpacks.nii.gz": lambda path: nifti(path, (128, 512), GIGABYTE),
    "claims.nii.gz": lambda path: nifti(path, (32767, 32767), 0),
    "claims.nii": lambda path: nifti(path, (32767, 32767), 0),
    "unpacks.nrrd": headed(NRRD, "128 512 1"),
    "claims.seg.nrrd": headed(NRRD, "60000 60000 1"),
    "unpacks.mha": headed(META, "128 512 1"),
    "claims.mha": headed(META, "60000 60000 1"),
    "claims.png": png,
    "claims.tif": tiff,
}


def outcomes(path: Path) -> list[str]:
    """What every reader says to a file: the name of its refusal, or nothing."""
    from BMLesionSegLib.errors import BMLesionSegError
    from BMLesionSegLib.exporting.segmentation_nrrd import read_segmentation
    from BMLesionSegLib.learning.data.label_map import read_planes
    from BMLesionSegLib.reading import load_scan
    from BMLesionSegLib.scan import ViewName

    dicom = path.suffix == ".dcm"
    said = []
    for read in (load_scan,) if dicom else (load_scan, read_segmentation, read_planes):
        try:
            read(path, *([ViewName.ANTERIOR] if read is load_scan and not dicom else []))
            said.append("")
        except BMLesionSegError as error:
            said.append(type(error).__name__)
    return said


def most_memory() -> int:
    """Megabytes that this process held at most (Linux); getrusage would count its parent's too."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(re.search(r"VmHWM:\s*(\d+) kB", status)[1]) // 1024


if __name__ == "__main__":
    for file in map(Path, sys.argv[1:]):
        said = ",".join(outcomes(file))
        megabytes = most_memory()
        sys.stdout.write(f"{file.name}|{megabytes}|{said}\n")
