"""``overlay.png``: the scan with its lesions on one page, to look at and to show."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib import RESEARCH_USE, __version__
from BMLesionSegLib.exporting.atomic import atomic_path
from BMLesionSegLib.exporting.segment import STATUS_COLOURS, Colour
from BMLesionSegLib.exporting.view_picture import (
    FAINT_INK,
    HATCH_COLOUR,
    INK,
    MARGIN,
    PIXELS_PER_MM,
    draw_view,
    window_upper,
)
from BMLesionSegLib.inference import Segmentation
from BMLesionSegLib.lesions import find_body

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

BORDER = 24
AIR_MM = 50.0
"""Shown above the vertex and below the feet; the empty rest of the frame is left out."""
WARNING_INK: Colour = (170, 20, 30)
TITLE_SIZE, TEXT_SIZE = 30, 19
CHARACTER_WIDTH = 0.52
"""Mean width of a character over the font's size."""
LINE = 26
"""Height of a line of text."""
SCALE_BAR_MM = 100
NARROWEST = 720
"""Width of the page; one view alone must not squeeze the text."""


@dataclass(frozen=True)
class TextLine:
    """A line of the page's text."""

    text: str
    size: int = TEXT_SIZE
    ink: Colour = INK


def write_overlay(path: Path, segmentation: Segmentation) -> None:
    """Draw the page: headline and flags, anterior left, posterior right, legend.

    Raises:
        OutputRefused: the file cannot be written there.
    """
    with atomic_path(path) as temporary:
        draw_overlay(segmentation).save(temporary, format="PNG")


def draw_overlay(segmentation: Segmentation) -> "Image.Image":
    """The page as an RGB picture."""
    from PIL import Image, ImageDraw

    bodies = [find_body(result.view).mask for result in segmentation.views]
    rows = shown_rows(segmentation, bodies)
    finding_of = {
        lesion.segment_id: finding.number
        for finding in segmentation.findings
        for lesion in finding.lesions
    }
    uppers = [
        window_upper(result, body) for result, body in zip(segmentation.views, bodies, strict=True)
    ]
    pictures = [
        draw_view(result, finding_of, rows, upper)
        for result, upper in zip(segmentation.views, uppers, strict=True)
    ]
    views_width = sum(picture.width for picture in pictures)
    width = max(views_width, NARROWEST) + 2 * BORDER
    head = header_lines(segmentation, width - 2 * BORDER)
    top = BORDER + sum(line.size + LINE - TEXT_SIZE for line in head) + 2 * LINE
    height = top + pictures[0].height + 5 * LINE + BORDER
    page = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(page)
    draw_lines(draw, head)
    x = (width - views_width) // 2
    for result, picture in zip(segmentation.views, pictures, strict=True):
        page.paste(picture, (x, top))
        title = TextLine(result.view.name.upper())
        draw_text(draw, (x + picture.width // 2, top - LINE), title, anchor="ma")
        x += picture.width
    draw_legend(draw, segmentation, uppers, top + pictures[0].height + LINE, width)
    return page


def shown_rows(segmentation: Segmentation, bodies: Sequence[NDArray[np.bool_]]) -> slice:
    """The rows of all bodies and all lesions, and a little air; the same for both views."""
    occupied = np.zeros(len(bodies[0]), dtype=bool)
    for result, body in zip(segmentation.views, bodies, strict=True):
        occupied |= (body | (result.lesions.labels > 0)).any(axis=1)
    filled = np.flatnonzero(occupied)
    air = round(AIR_MM / segmentation.views[0].view.spacing[0])
    return slice(max(int(filled[0]) - air, 0), min(int(filled[-1]) + 1 + air, len(occupied)))


def header_lines(segmentation: Segmentation, width: int) -> list[TextLine]:
    """Headline, where it comes from, and what to know about the scan."""
    quality, record = segmentation.quality, segmentation.record
    headline = quality.headline(len(segmentation.findings))
    ink = WARNING_INK if quality.blocks_normal else INK
    origin = (
        f"{segmentation.scan.name}   BMLesionSeg {__version__}, model {record.model_name} "
        f"{record.model_version}, threshold {record.threshold:g}"
    )
    lines = wrapped(headline, width, TITLE_SIZE, ink) + wrapped(origin, width, ink=FAINT_INK)
    for flag in quality.flags:
        lines += wrapped(flag.text, width, ink=WARNING_INK if flag.blocks_normal else INK)
    return lines


def wrapped(text: str, width: int, size: int = TEXT_SIZE, ink: Colour = INK) -> list[TextLine]:
    """A paragraph as lines that fit."""
    characters = int(width / (CHARACTER_WIDTH * size))
    return [TextLine(part, size, ink) for part in textwrap.wrap(text, characters)]


def draw_lines(draw: "ImageDraw.ImageDraw", lines: list[TextLine]) -> None:
    """Text from the page's upper left corner down."""
    y = BORDER
    for line in lines:
        draw_text(draw, (BORDER, y), line)
        y += line.size + LINE - TEXT_SIZE


def draw_text(
    draw: "ImageDraw.ImageDraw", place: tuple[int, int], line: TextLine, anchor: str = "la"
) -> None:
    """One line of text."""
    from PIL import ImageFont

    font = ImageFont.load_default(line.size)
    draw.text(place, line.text, fill=line.ink, font=font, anchor=anchor)


def draw_legend(
    draw: "ImageDraw.ImageDraw",
    segmentation: Segmentation,
    uppers: list[float],
    y: int,
    width: int,
) -> None:
    """Colours, hatching, grey scale, scale bar and the research-use line."""
    present = {lesion.status for result in segmentation.views for lesion in result.lesions.lesions}
    x = BORDER
    for status, colour in STATUS_COLOURS.items():
        if status in present:
            draw.rectangle((x, y + 2, x + 16, y + 16), outline=colour, width=3)
            draw_text(draw, (x + 26, y), TextLine(f"{status} lesion, numbered by finding"))
            y += LINE
    if any(result.capped.any() for result in segmentation.views):
        for offset in range(0, 17, 5):
            draw.line((x, y + 16 - offset, x + 16 - offset, y), fill=HATCH_COLOUR, width=2)
        text = "hatched: too hot to be bone (urine, injection), capped before the search"
        draw_text(draw, (x + 26, y), TextLine(text))
        y += LINE
    black = ", ".join(
        f"{result.view.name.short} {upper:.0f}"
        for result, upper in zip(segmentation.views, uppers, strict=True)
    )
    draw_text(draw, (x, y), TextLine(f"black: {black} counts and more", ink=FAINT_INK))
    draw_text(draw, (x, y + LINE), TextLine(RESEARCH_USE, ink=WARNING_INK))
    draw_scale_bar(draw, width - BORDER - MARGIN, y + LINE)


def draw_scale_bar(draw: "ImageDraw.ImageDraw", right: int, y: int) -> None:
    """A bar of 100 mm that ends at ``right``."""
    left = right - round(SCALE_BAR_MM * PIXELS_PER_MM)
    draw.line((left, y + 12, right, y + 12), fill=INK, width=3)
    label = TextLine(f"{SCALE_BAR_MM} mm")
    draw_text(draw, ((left + right) // 2, y - 14), label, anchor="ma")
