"""The legend under an overlay: colours, hatching, grey scale, and for what it may be used."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from BMLesionSegLib import RESEARCH_USE
from BMLesionSegLib.exporting.page_text import FAINT_INK, INK, WARNING_INK, TextLine, draw_text
from BMLesionSegLib.exporting.segment import STATUS_COLOURS, Colour
from BMLesionSegLib.exporting.view_picture import HATCH_COLOUR, PIXELS_PER_MM
from BMLesionSegLib.inference import Segmentation

if TYPE_CHECKING:
    from PIL import ImageDraw

SCALE_BAR_MM = 100
SIGN = 16
"""Side of the square sign before a line."""


@dataclass(frozen=True)
class LegendLine:
    """A line of the legend; ``framed`` or ``hatched`` is the colour of the sign before it."""

    line: TextLine
    framed: Colour | None = None
    hatched: Colour | None = None


def legend_lines(segmentation: Segmentation, uppers: list[float]) -> list[LegendLine]:
    """What needs saying for this result, the research-use line always last.

    Args:
        segmentation: what is drawn.
        uppers: counts shown black, by view.
    """
    present = {lesion.status for result in segmentation.views for lesion in result.lesions.lesions}
    lines = [
        LegendLine(TextLine(f"lesion, {status}; numbered by finding"), framed=colour)
        for status, colour in STATUS_COLOURS.items()
        if status in present
    ]
    if any(result.capped.any() for result in segmentation.views):
        text = "capped before the search: hotter than three times bright bone, often urine"
        lines.append(LegendLine(TextLine(text), hatched=HATCH_COLOUR))
    black = ", ".join(
        f"{result.view.name.short} {upper:.0f}"
        for result, upper in zip(segmentation.views, uppers, strict=True)
    )
    lines.append(LegendLine(TextLine(f"black: {black} counts and more", ink=FAINT_INK)))
    lines.append(LegendLine(TextLine(RESEARCH_USE, ink=WARNING_INK)))
    return lines


def draw_legend(
    draw: "ImageDraw.ImageDraw", place: tuple[int, int], lines: list[LegendLine]
) -> None:
    """Draw the lines from ``place`` down, text aligned behind the signs."""
    x, y = place
    for item in lines:
        if item.framed:
            draw.rectangle((x, y + 2, x + SIGN, y + 2 + SIGN), outline=item.framed, width=3)
        if item.hatched:
            draw_hatching(draw, x, y + 2, item.hatched)
        draw_text(draw, (x + (SIGN + 10 if item.framed or item.hatched else 0), y), item.line)
        y += item.line.height


def draw_hatching(draw: "ImageDraw.ImageDraw", x: int, y: int, colour: Colour) -> None:
    """A square of diagonal lines."""
    for offset in range(4, 2 * SIGN, 6):
        near, far = max(offset - SIGN, 0), min(offset, SIGN)
        draw.line((x + near, y + far, x + far, y + near), fill=colour, width=2)


def draw_scale_bar(draw: "ImageDraw.ImageDraw", right: int, bottom: int) -> None:
    """A bar of 100 mm that ends at ``right``, its length written above it."""
    left = right - round(SCALE_BAR_MM * PIXELS_PER_MM)
    draw.line((left, bottom, right, bottom), fill=INK, width=3)
    draw_text(draw, ((left + right) // 2, bottom - 8), TextLine(f"{SCALE_BAR_MM} mm"), anchor="mb")
