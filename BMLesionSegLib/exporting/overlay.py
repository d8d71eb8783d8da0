"""``overlay.png``: the scan with its lesions on one page, to look at and to show."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib import __version__
from BMLesionSegLib.exporting.atomic import atomic_path
from BMLesionSegLib.exporting.legend import draw_legend, draw_scale_bar, legend_lines
from BMLesionSegLib.exporting.page_text import (
    FAINT_INK,
    INK,
    TITLE_SIZE,
    WARNING_INK,
    TextLine,
    draw_lines,
    draw_text,
    wrapped,
)
from BMLesionSegLib.exporting.view_picture import MARGIN, draw_view, window_upper
from BMLesionSegLib.inference import Segmentation

if TYPE_CHECKING:
    from PIL import Image

BORDER = 24
AIR_MM = 50.0
"""Shown above the vertex and below the feet; the empty rest of the frame is left out."""
NARROWEST = 720
"""Least width of the content; one view alone must not squeeze the text."""


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

    bodies = [result.body.mask for result in segmentation.views]
    uppers = [
        window_upper(result, body) for result, body in zip(segmentation.views, bodies, strict=True)
    ]
    views = draw_views(segmentation, shown_rows(segmentation, bodies), uppers)
    width = max(views.width, NARROWEST)
    head = header_lines(segmentation, width)
    legend = legend_lines(segmentation, uppers)
    views_top = 2 * BORDER + sum(line.height for line in head)
    legend_top = views_top + views.height + BORDER
    height = legend_top + sum(item.line.height for item in legend) + BORDER

    page = Image.new("RGB", (width + 2 * BORDER, height), "white")
    draw = ImageDraw.Draw(page)
    draw_lines(draw, (BORDER, BORDER), head)
    page.paste(views, ((page.width - views.width) // 2, views_top))
    draw_legend(draw, (BORDER, legend_top), legend)
    draw_scale_bar(draw, page.width - BORDER - MARGIN, height - BORDER - 8)
    return page


def draw_views(segmentation: Segmentation, rows: slice, uppers: list[float]) -> "Image.Image":
    """The views side by side, each under its name."""
    from PIL import Image, ImageDraw

    finding_of = {
        lesion.segment_id: finding.number
        for finding in segmentation.findings
        for lesion in finding.lesions
    }
    pictures = [
        draw_view(result, finding_of, rows, upper)
        for result, upper in zip(segmentation.views, uppers, strict=True)
    ]
    title = TextLine("").height
    size = (sum(picture.width for picture in pictures), title + pictures[0].height)
    together = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(together)
    x = 0
    for result, picture in zip(segmentation.views, pictures, strict=True):
        name = TextLine(result.view.name.upper())
        draw_text(draw, (x + picture.width // 2, 0), name, anchor="ma")
        together.paste(picture, (x, title))
        x += picture.width
    return together


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
