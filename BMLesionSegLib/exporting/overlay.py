"""``overlay.png``: the scan with its lesions on one page, to look at and to show."""

from pathlib import Path
from typing import TYPE_CHECKING

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
    wrapped,
)
from BMLesionSegLib.exporting.scan_picture import draw_scan
from BMLesionSegLib.exporting.view_picture import MARGIN, ShownView, window_upper
from BMLesionSegLib.inference import Segmentation
from BMLesionSegLib.scan import ViewName

if TYPE_CHECKING:
    from PIL import Image

BORDER = 24
COMPRESSION = 3
"""Of the PNG file: one hundredth larger than at the usual 6, in less than half of the time."""
NARROWEST = 720
"""Least width of the content; one view alone must not squeeze the text."""


def write_overlay(path: Path, segmentation: Segmentation) -> None:
    """Draw the page: headline and flags, anterior left, posterior right, legend.

    Raises:
        OutputRefused: the file cannot be written there.
    """
    with atomic_path(path) as temporary:
        draw_overlay(segmentation).save(temporary, format="PNG", compress_level=COMPRESSION)


def draw_overlay(segmentation: Segmentation) -> "Image.Image":
    """The page as an RGB picture."""
    from PIL import Image, ImageDraw

    shown = shown_views(segmentation)
    uppers = [window_upper(one) for one in shown]
    views = draw_scan(shown)
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


def shown_views(segmentation: Segmentation) -> list[ShownView]:
    """The views of a run as they are drawn."""
    numbers: dict[ViewName, dict[int, int]] = {name: {} for name in ViewName}
    for finding in segmentation.findings:
        for lesion in finding.lesions:
            numbers[lesion.view][lesion.number] = finding.number
    return [
        ShownView(
            view=result.view,
            body=result.body.mask,
            labels=result.lesions.labels,
            lesions=result.lesions.lesions,
            finding_of=numbers[result.view.name],
            capped=result.capped,
        )
        for result in segmentation.views
    ]


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
