"""One page of a PDF: text, lines, boxes and pictures, placed from the top left corner in points."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from BMLesionSegLib.exporting.report.helvetica import ENCODING, is_latin, text_width
from BMLesionSegLib.exporting.segment import Colour

if TYPE_CHECKING:
    from PIL import Image

WIDTH, HEIGHT = 595.0, 842.0
"""A4."""
BLACK: Colour = (30, 30, 30)


class Page:
    """What is drawn on a page, in drawing order.

    Attributes:
        commands: content stream operators (ISO 32000-1 annex A).
        pictures: by the name that the commands call them.
    """

    def __init__(self) -> None:
        self.commands: list[str] = []
        self.pictures: dict[str, Image.Image] = {}

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        bold: bool = False,
        ink: Colour = BLACK,
    ) -> None:
        """Write a line whose baseline is at ``y``."""
        self.commands += [f"BT {colour(ink)} rg 1 0 0 1 {x:.2f} {HEIGHT - y:.2f} Tm"]
        for font, code in runs(words, bold):
            self.commands.append(f"/{font} {size:g} Tf <{code.hex()}> Tj")
        self.commands.append("ET")

    def text_to(
        self,
        right: float,
        y: float,
        words: str,
        size: float,
        bold: bool = False,
        ink: Colour = BLACK,
    ) -> None:
        """Write a line that ends at ``right``."""
        self.text(right - text_width(words, size, bold), y, words, size, bold, ink)

    def rule(
        self, x: float, y: float, to_x: float, ink: Colour = BLACK, width: float = 0.5
    ) -> None:
        """Draw a level line."""
        level = HEIGHT - y
        ends = f"{x:.2f} {level:.2f} m {to_x:.2f} {level:.2f} l S"
        self.commands.append(f"{colour(ink)} RG {width:g} w {ends}")

    def frame(self, x: float, y: float, side: float, ink: Colour) -> None:
        """Draw the outline of a square; ``y`` is its top."""
        place = f"{x:.2f} {HEIGHT - y - side:.2f} {side:.2f} {side:.2f}"
        self.commands.append(f"{colour(ink)} RG 1.5 w {place} re S")

    def picture(self, x: float, y: float, width: float, image: "Image.Image") -> float:
        """Draw a picture at its own proportion; ``y`` is its top.

        Returns:
            Its height.
        """
        height = width * image.height / image.width
        name = f"Im{len(self.pictures) + 1}"
        self.pictures[name] = image
        place = f"{width:.2f} 0 0 {height:.2f} {x:.2f} {HEIGHT - y - height:.2f}"
        self.commands.append(f"q {place} cm /{name} Do Q")
        return height


def colour(ink: Colour) -> str:
    """Red, green, blue as fractions."""
    return " ".join(f"{channel / 255:.3f}" for channel in ink)


def runs(words: str, bold: bool) -> Iterator[tuple[str, bytes]]:
    """Parts of a line by the font that has their characters: its name, and their codes in it."""
    for font, part in groupby(words, key=lambda one: font_of(one, bold)):
        latin = font in ("Regular", "Bold")
        yield font, "".join(part).encode(ENCODING if latin else "utf-16-be", "replace")


def font_of(character: str, bold: bool) -> str:
    """Helvetica where it has the character, else a font of the viewer's for Korean or Chinese."""
    if is_latin(character):
        return "Bold" if bold else "Regular"
    # Hangul letters and syllables in Unicode.
    korean = "ᄀ" <= character <= "ᇿ" or "㄰" <= character <= "㆏" or "가" <= character <= "힣"
    return "Korean" if korean else "Chinese"
