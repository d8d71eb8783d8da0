"""One view as a physician reads it: inverted grey, contours, finding numbers in the margins."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.exporting.margin_labels import MarginLabel, spread
from BMLesionSegLib.exporting.page_text import FAINT_INK, INK
from BMLesionSegLib.exporting.segment import STATUS_COLOURS, Colour
from BMLesionSegLib.lesions import Labels, Lesion
from BMLesionSegLib.scan import View, ViewName

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

PIXELS_PER_MM = 0.9
MARGIN = 56
"""Pixels at each side of a view for the numbers."""
CONTOUR_WIDTH = 2
HATCH_STEP = 7
HATCH_COLOUR: Colour = (45, 110, 200)
LEADER_COLOUR: Colour = (150, 165, 185)
SUPERSAMPLING = 2
"""Contours are drawn this much larger and reduced, so that their edges are smooth."""
WINDOW_PERCENTILE = 99.0
LETTER_SIZE, NUMBER_SIZE = 30, 19


@dataclass(frozen=True, eq=False)
class ShownView:
    """What the picture of a view shows.

    Attributes:
        view: as read.
        body: bool ``[row, column]``, its outline.
        labels: ``[row, column]``, a lesion's number where it lies.
        lesions: those that are drawn.
        finding_of: finding's number by the lesion's number.
        capped: bool ``[row, column]``, pixels whose counts were capped before the search.
    """

    view: View
    body: NDArray[np.bool_]
    labels: Labels
    lesions: tuple[Lesion, ...]
    finding_of: Mapping[int, int]
    capped: NDArray[np.bool_]


def window_upper(shown: ShownView) -> float:
    """Counts shown black: the 99th percentile of the body, capped pixels left out."""
    bone = shown.body & ~shown.capped
    counts = shown.view.counts[bone if bone.any() else shown.body]
    return max(float(np.percentile(counts, WINDOW_PERCENTILE)), 1.0)


def draw_view(shown: ShownView, rows: slice, upper: float) -> "Image.Image":
    """Picture of a view, body at the same scale in both directions.

    Args:
        shown: the view with its lesions.
        rows: of the view that are shown.
        upper: counts shown black.

    Returns:
        RGB picture with a margin at either side.
    """
    from PIL import Image, ImageDraw

    scan = grey_picture(shown, rows, upper)
    hatch(scan, shown.capped[rows])
    picture = Image.new("RGB", (scan.width + 2 * MARGIN, scan.height), "white")
    picture.paste(scan, (MARGIN, 0))
    draw = ImageDraw.Draw(picture)
    labels = margin_labels(shown, rows, scan.size)
    draw_leaders(draw, labels, scan.width)
    draw_contours(picture, shown, rows, scan.size)
    draw_numbers(draw, labels, picture.width)
    draw_sides(draw, shown.view.name, picture.width)
    return picture


def grey_picture(shown: ShownView, rows: slice, upper: float) -> "Image.Image":
    """Inverted grey: no counts white, ``upper`` and more black."""
    from PIL import Image

    counts = shown.view.counts[rows]
    darkness = np.clip(counts / upper, 0, 1)
    grey = Image.fromarray(np.round(255 * (1 - darkness)).astype(np.uint8))
    return grey.resize(picture_size(shown, rows), Image.Resampling.BICUBIC).convert("RGB")


def picture_size(shown: ShownView, rows: slice) -> tuple[int, int]:
    """Width and height in pixels of the shown part of a view."""
    height, width = shown.view.counts[rows].shape
    row_mm, column_mm = shown.view.spacing
    return round(width * column_mm * PIXELS_PER_MM), round(height * row_mm * PIXELS_PER_MM)


def enlarged(mask: NDArray[np.bool_], size: tuple[int, int]) -> NDArray[np.bool_]:
    """A mask at another size, its steps rounded; ``size`` is width, height."""
    from PIL import Image

    picture = Image.fromarray(mask.astype(np.uint8) * 255)
    return np.asarray(picture.resize(size, Image.Resampling.BILINEAR)) >= 128


def hatch(scan: "Image.Image", capped: NDArray[np.bool_]) -> None:
    """Mark the pixels that were capped before the search with diagonal lines."""
    from PIL import Image

    row, column = np.indices((scan.height, scan.width), sparse=True)
    lines = (row + column) % HATCH_STEP < 2
    mask = enlarged(capped, scan.size) & lines
    scan.paste(HATCH_COLOUR, mask=Image.fromarray(mask.astype(np.uint8) * 255))


def draw_contours(
    picture: "Image.Image", shown: ShownView, rows: slice, size: tuple[int, int]
) -> None:
    """A line around each lesion in the colour of its status; the lesion itself stays visible."""
    from PIL import Image
    from scipy import ndimage

    labels = shown.labels[rows]
    large = (size[0] * SUPERSAMPLING, size[1] * SUPERSAMPLING)
    for status, colour in STATUS_COLOURS.items():
        numbers = [item.number for item in shown.lesions if item.status is status]
        if not numbers:
            continue
        inside = enlarged(np.isin(labels, numbers), large)
        outside = ndimage.binary_dilation(inside, iterations=CONTOUR_WIDTH * SUPERSAMPLING)
        ring = Image.fromarray((outside & ~inside).astype(np.uint8) * 255)
        picture.paste(colour, (MARGIN, 0), ring.resize(size, Image.Resampling.BOX))


def margin_labels(shown: ShownView, rows: slice, size: tuple[int, int]) -> list[MarginLabel]:
    """Where each lesion's number stands: in the nearer margin, none over another."""
    labels = []
    row_scale = shown.view.spacing[0] * PIXELS_PER_MM
    column_scale = shown.view.spacing[1] * PIXELS_PER_MM
    for lesion in shown.lesions:
        left = lesion.centroid[1] * column_scale < size[0] / 2
        edge = edge_column(shown.labels, lesion, left)
        y = (lesion.centroid[0] + 0.5 - rows.start) * row_scale
        text = str(shown.finding_of[lesion.number])
        labels.append(MarginLabel(text, left, edge * column_scale, y, y))
    return [
        label
        for side in (True, False)
        for label in spread([one for one in labels if one.left is side], NUMBER_SIZE, size[1])
    ]


def edge_column(labels: Labels, lesion: Lesion, left: bool) -> int:
    """The lesion's outermost column, at one side, in the row of its centroid."""
    columns = np.flatnonzero(labels[round(lesion.centroid[0])] == lesion.number)
    if not len(columns):  # one segment painted in two pieces, its centroid between them
        return lesion.box[1] if left else lesion.box[3]
    return int(columns[0] if left else columns[-1] + 1)


def draw_leaders(draw: "ImageDraw.ImageDraw", labels: list[MarginLabel], scan_width: int) -> None:
    """A thin line from each number to its lesion."""
    for label in labels:
        start = MARGIN if label.left else MARGIN + scan_width
        elbow = start + (14 if label.left else -14)
        points = [(start - 4 if label.left else start + 4, label.label_y), (elbow, label.y)]
        draw.line([*points, (MARGIN + label.x, label.y)], fill=LEADER_COLOUR)


def draw_numbers(draw: "ImageDraw.ImageDraw", labels: list[MarginLabel], width: int) -> None:
    """The finding numbers, right-aligned at the left, left-aligned at the right."""
    from PIL import ImageFont

    font = ImageFont.load_default(NUMBER_SIZE)
    for label in labels:
        x = MARGIN - 10 if label.left else width - MARGIN + 10
        anchor = "rm" if label.left else "lm"
        draw.text((x, label.label_y), label.text, fill=INK, font=font, anchor=anchor)


def draw_sides(draw: "ImageDraw.ImageDraw", name: ViewName, width: int) -> None:
    """R and L, the patient's sides: in a posterior view, seen from behind, R is at the right."""
    from PIL import ImageFont

    letters = ("R", "L") if name is ViewName.ANTERIOR else ("L", "R")
    font = ImageFont.load_default(LETTER_SIZE)
    for letter, x, anchor in zip(letters, (MARGIN + 12, width - MARGIN - 12), "lr", strict=True):
        draw.text((x, 8), letter, fill=FAINT_INK, font=font, anchor=f"{anchor}a")
