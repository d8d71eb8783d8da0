"""Both views of a scan side by side, each under its name: the picture that a reader knows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from BMLesionSegLib.exporting.page_text import TextLine, draw_text
from BMLesionSegLib.exporting.view_picture import ShownView, draw_view, window_upper

if TYPE_CHECKING:
    from PIL import Image

AIR_MM = 50.0
"""Shown above the vertex and below the feet; the empty rest of the frame is left out."""


def draw_scan(views: Sequence[ShownView]) -> "Image.Image":
    """Anterior left, posterior right, the same rows of both.

    Args:
        views: one or two.
    """
    from PIL import Image, ImageDraw

    rows = shown_rows(views)
    pictures = [draw_view(shown, rows, window_upper(shown)) for shown in views]
    title = TextLine("").height
    size = (sum(picture.width for picture in pictures), title + pictures[0].height)
    together = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(together)
    x = 0
    for shown, picture in zip(views, pictures, strict=True):
        name = TextLine(shown.view.name.upper())
        draw_text(draw, (x + picture.width // 2, 0), name, anchor="ma")
        together.paste(picture, (x, title))
        x += picture.width
    return together


def shown_rows(views: Sequence[ShownView]) -> slice:
    """The rows of all bodies and all lesions, and a little air; the same for both views."""
    occupied = np.zeros(len(views[0].body), dtype=bool)
    for shown in views:
        occupied |= (shown.body | (shown.labels > 0)).any(axis=1)
    filled = np.flatnonzero(occupied)
    air = round(AIR_MM / views[0].view.spacing[0])
    return slice(max(int(filled[0]) - air, 0), min(int(filled[-1]) + 1 + air, len(occupied)))
