"""Text on a page picture: lines, inks, wrapping."""

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from BMLesionSegLib.exporting.segment import Colour

if TYPE_CHECKING:
    from PIL import ImageDraw

INK: Colour = (30, 30, 30)
FAINT_INK: Colour = (120, 120, 120)
WARNING_INK: Colour = (170, 20, 30)
TITLE_SIZE, TEXT_SIZE = 30, 19
LEADING = 7
"""Pixels between two lines."""
CHARACTER_WIDTH = 0.52
"""Mean width of a character over the font's size."""


@dataclass(frozen=True)
class TextLine:
    """A line of the page's text."""

    text: str
    size: int = TEXT_SIZE
    ink: Colour = INK

    @property
    def height(self) -> int:
        """Pixels that the line takes, the space below it included."""
        return self.size + LEADING


def wrapped(text: str, width: int, size: int = TEXT_SIZE, ink: Colour = INK) -> list[TextLine]:
    """A paragraph as lines of at most ``width`` pixels."""
    characters = int(width / (CHARACTER_WIDTH * size))
    return [TextLine(part, size, ink) for part in textwrap.wrap(text, characters)]


def draw_text(
    draw: "ImageDraw.ImageDraw", place: tuple[int, int], line: TextLine, anchor: str = "la"
) -> None:
    """Draw one line at ``place``: column, row."""
    from PIL import ImageFont

    font = ImageFont.load_default(line.size)
    draw.text(place, line.text, fill=line.ink, font=font, anchor=anchor)


def draw_lines(draw: "ImageDraw.ImageDraw", place: tuple[int, int], lines: list[TextLine]) -> None:
    """Draw lines from ``place`` down."""
    x, y = place
    for line in lines:
        draw_text(draw, (x, y), line)
        y += line.height
