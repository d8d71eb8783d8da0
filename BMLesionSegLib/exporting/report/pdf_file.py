"""Pages to the bytes of a PDF file (ISO 32000-1): small, its text searchable, no font embedded.

Written by hand because what runs inside 3D Slicer brings no PDF library along, and pages drawn as
pictures could neither be searched nor copied from. The same pages give the same bytes.
"""

import zlib
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from BMLesionSegLib.exporting.report.pdf_page import HEIGHT, WIDTH, Page

if TYPE_CHECKING:
    from PIL import Image

LATIN_FONTS = {"Regular": "Helvetica", "Bold": "Helvetica-Bold"}
ASIAN_FONTS = {
    "Chinese": ("STSong-Light", "UniGB-UTF16-H", "GB1"),
    "Korean": ("HYSMyeongJo-Medium", "UniKS-UTF16-H", "Korea1"),
}
"""Name, encoding and character collection; a viewer takes its own font for them (section 9.7.5).
The Chinese collection also holds Japanese, Greek and Cyrillic letters."""


class Body:
    """The numbered objects of a file."""

    def __init__(self) -> None:
        self.objects: list[bytes] = []

    def reserve(self) -> int:
        """The number of an object that is written later."""
        self.objects.append(b"")
        return len(self.objects)

    def add(self, content: str | bytes) -> int:
        """Add an object and get its number."""
        number = self.reserve()
        self.set(number, content)
        return number

    def set(self, number: int, content: str | bytes) -> None:
        """Write a reserved object."""
        self.objects[number - 1] = content.encode("ascii") if isinstance(content, str) else content

    def add_stream(self, entries: str, data: bytes) -> int:
        """Add compressed data under the entries of its dictionary."""
        packed = zlib.compress(data)
        head = f"<< {entries} /Filter /FlateDecode /Length {len(packed)} >>\nstream\n"
        return self.add(head.encode("ascii") + packed + b"\nendstream")


def pdf_bytes(pages: Sequence[Page], title: str, when: datetime) -> bytes:
    """A whole file.

    Args:
        pages: in order, at least one.
        title: of the document, in ASCII; viewers show it, and other programs index it.
        when: it was made.
    """
    body = Body()
    catalogue, tree = body.reserve(), body.reserve()
    fonts = add_fonts(body)
    numbers = [add_page(body, page, tree, fonts) for page in pages]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    body.set(catalogue, f"<< /Type /Catalog /Pages {tree} 0 R >>")
    body.set(tree, f"<< /Type /Pages /Kids [{kids}] /Count {len(numbers)} >>")
    made = when.strftime("D:%Y%m%d%H%M%S")
    named = title.encode("ascii").hex()
    info = body.add(f"<< /Title <{named}> /Producer (BMLesionSeg) /CreationDate ({made}) >>")
    return assembled(body, catalogue, info)


def add_fonts(body: Body) -> str:
    """Add the fonts.

    Returns:
        The entries of a font resource dictionary.
    """
    entries = []
    for name, base in LATIN_FONTS.items():
        number = body.add(
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{base} /Encoding /WinAnsiEncoding >>"
        )
        entries.append(f"/{name} {number} 0 R")
    for name, (base, encoding, collection) in ASIAN_FONTS.items():
        descriptor = body.add(
            f"<< /Type /FontDescriptor /FontName /{base} /Flags 6 /FontBBox [-25 -254 1000 880]"
            " /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
        )
        system = f"<< /Registry (Adobe) /Ordering ({collection}) /Supplement 0 >>"
        descendant = body.add(
            f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{base} /CIDSystemInfo {system}"
            f" /FontDescriptor {descriptor} 0 R /DW 1000 >>"
        )
        number = body.add(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{base}-{encoding} /Encoding /{encoding}"
            f" /DescendantFonts [{descendant} 0 R] >>"
        )
        entries.append(f"/{name} {number} 0 R")
    return " ".join(entries)


def add_page(body: Body, page: Page, tree: int, fonts: str) -> int:
    """Add a page with its pictures."""
    pictures = " ".join(
        f"/{name} {add_picture(body, image)} 0 R" for name, image in page.pictures.items()
    )
    content = body.add_stream("", "\n".join(page.commands).encode("ascii"))
    return body.add(
        f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {WIDTH:g} {HEIGHT:g}]"
        f" /Resources << /Font << {fonts} >> /XObject << {pictures} >> >>"
        f" /Contents {content} 0 R >>"
    )


def add_picture(body: Body, image: "Image.Image") -> int:
    """Add an RGB picture, each row stored as its difference from the one above it."""
    pixels = np.asarray(image.convert("RGB")).reshape(image.height, -1)
    rows = np.full((image.height, pixels.shape[1] + 1), 2, np.uint8)
    rows[:, 1:] = np.diff(pixels, axis=0, prepend=np.uint8(0))
    return body.add_stream(
        f"/Type /XObject /Subtype /Image /Width {image.width} /Height {image.height}"
        " /ColorSpace /DeviceRGB /BitsPerComponent 8"
        f" /DecodeParms << /Predictor 12 /Colors 3 /Columns {image.width} >>",
        rows.tobytes(),
    )


def assembled(body: Body, catalogue: int, info: int) -> bytes:
    """The file: header, objects, the table of their places, trailer."""
    # Bytes above 127 in the second line tell programs that the file is binary.
    data = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(body.objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    for place in places:
        data += b"%010d 00000 n \n" % place
    data += b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(places) + 1,
        catalogue,
        info,
        table,
    )
    return bytes(data)
