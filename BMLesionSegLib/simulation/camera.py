"""The gamma camera: noiseless images of points and of soft tissue, and the counts that come out."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.scan import ViewName
from BMLesionSegLib.simulation.outline import BodyPart
from BMLesionSegLib.simulation.parameters import (
    ATTENUATION,
    BACKGROUND_COUNTS,
    BLUR_FACTOR,
    CAMERA_GAP_MM,
    COLLIMATOR_FWHM,
    COLUMNS,
    INTRINSIC_FWHM,
    PIXEL_MM,
    ROWS,
    SCATTER_SHARE,
    SCATTER_SIGMA_MM,
    TOTAL_COUNTS,
    TOTAL_COUNTS_SPREAD,
    VIEW_RATIO,
    VIEW_RATIO_SPREAD,
)
from BMLesionSegLib.simulation.points import Floats

SLAB_MM = 40.0
SLABS = 6
FWHM_OF_SIGMA = 2.3548


@dataclass(frozen=True)
class Acquisition:
    """How one patient was scanned.

    Attributes:
        counts: posterior view's total.
        view_ratio: anterior over posterior total.
        background: counts a pixel outside the body.
        gap: camera to skin, mm.
        blur: factor on the resolution.
        scatter: scattered over unscattered counts.
        top: row of the vertex.
        shift: of the body's middle from the frame's, mm to the patient's left.
        vertex: height of the vertex, mm.
    """

    counts: float
    view_ratio: float
    background: float
    gap: float
    blur: float
    scatter: float
    top: float
    shift: float
    vertex: float


def draw_acquisition(vertex: float, rng: np.random.Generator) -> Acquisition:
    """Draw the settings of one scan."""
    ratio = VIEW_RATIO.value * np.exp(rng.normal(0, VIEW_RATIO_SPREAD.value))
    return Acquisition(
        counts=float(TOTAL_COUNTS.value * np.exp(TOTAL_COUNTS_SPREAD.value * rng.normal())),
        view_ratio=float(ratio),
        background=float(np.exp(rng.uniform(*np.log(BACKGROUND_COUNTS)))),
        gap=float(rng.uniform(*CAMERA_GAP_MM)),
        blur=float(rng.uniform(*BLUR_FACTOR)),
        scatter=float(rng.uniform(*SCATTER_SHARE)),
        top=float(rng.uniform(8, 75) if rng.random() < 0.6 else rng.uniform(8, 150)),
        shift=float(rng.normal(0, 8)),
        vertex=vertex,
    )


@dataclass(frozen=True, eq=False)
class Rays:
    """Points as one view sees them.

    Attributes:
        row, column: int pixel, clipped to the frame.
        transmission: share of the emission that reaches the camera, 0 outside the frame.
        slab: depth class, 0 nearest.
    """

    row: NDArray[np.int64]
    column: NDArray[np.int64]
    transmission: Floats
    slab: NDArray[np.int64]


def facing(view: ViewName) -> int:
    """Sign of the y axis that points to the camera."""
    return 1 if view is ViewName.ANTERIOR else -1


def rays(points: Floats, part: BodyPart, view: ViewName, scan: Acquisition) -> Rays:
    """Follow points of one part of the body to the camera."""
    sign = facing(view)
    row = np.rint(scan.top + (scan.vertex - points[:, 2]) / PIXEL_MM.value).astype(np.int64)
    across = sign * (points[:, 0] + scan.shift) / PIXEL_MM.value
    column = np.rint(0.5 * (COLUMNS - 1) + across).astype(np.int64)
    middle, half = part.half_thickness(points)
    depth = np.clip(half - sign * (points[:, 1] - middle), 4, 280)
    seen = (row >= 0) & (row < ROWS) & (column >= 0) & (column < COLUMNS)
    return Rays(
        row.clip(0, ROWS - 1),
        column.clip(0, COLUMNS - 1),
        (np.exp(-ATTENUATION.value * depth) * seen).astype(np.float32),
        np.minimum(depth / SLAB_MM, SLABS - 1).astype(np.int64),
    )


def sigma_pixels(slab: int, scan: Acquisition) -> float:
    """Gaussian width (pixels) of the camera's response at the middle of a slab."""
    distance = SLAB_MM * (slab + 0.5) + scan.gap
    collimator = COLLIMATOR_FWHM[0] + COLLIMATOR_FWHM[1] * distance
    fwhm = np.hypot(INTRINSIC_FWHM.value, collimator) * scan.blur
    return float(fwhm / FWHM_OF_SIGMA / PIXEL_MM.value)


def image_of_points(seen: Rays, emission: Floats, scan: Acquisition) -> Floats:
    """Noiseless, unscattered image ``[row, column]`` of many points."""
    from scipy.ndimage import gaussian_filter

    flat = (seen.slab * ROWS + seen.row) * COLUMNS + seen.column
    weight = emission * seen.transmission
    slabs = np.bincount(flat, weight, SLABS * ROWS * COLUMNS).reshape(SLABS, ROWS, COLUMNS)
    image = np.zeros((ROWS, COLUMNS), np.float32)
    for slab, plane in enumerate(slabs):
        if plane.any():
            blurred = gaussian_filter(
                plane.astype(np.float32), sigma_pixels(slab, scan), mode="constant", truncate=3.0
            )
            image += blurred
    return image


Window = tuple[slice, slice]


def window_of_points(seen: Rays, emission: Floats, scan: Acquisition) -> tuple[Window, Floats]:
    """The same for the few points of a hot spot: its window in the frame and the image there."""
    from scipy.ndimage import gaussian_filter

    sigma = sigma_pixels(int(np.rint(seen.slab.mean())), scan)
    margin = int(np.ceil(3 * sigma)) + 2
    top, left = max(0, seen.row.min() - margin), max(0, seen.column.min() - margin)
    bottom = min(ROWS, seen.row.max() + margin + 1)
    right = min(COLUMNS, seen.column.max() + margin + 1)
    shape = (bottom - top, right - left)
    flat = (seen.row - top) * shape[1] + seen.column - left
    plane = np.bincount(flat, emission * seen.transmission, shape[0] * shape[1]).reshape(shape)
    image = gaussian_filter(plane.astype(np.float32), sigma, mode="constant", truncate=3.0)
    return (slice(top, bottom), slice(left, right)), image


def image_of_soft_tissue(parts: Iterable[BodyPart], view: ViewName, scan: Acquisition) -> Floats:
    """Noiseless image of soft tissue of limb concentration 1, attenuated by itself.

    Along a ray through a thickness t the camera sees (1 - exp(-mu t)) / mu of it. Where parts
    overlap, the ray is given to the brightest.
    """
    from scipy.ndimage import gaussian_filter

    height = scan.vertex - (np.arange(ROWS) - scan.top) * PIXEL_MM.value
    across = (np.arange(COLUMNS) - 0.5 * (COLUMNS - 1)) * PIXEL_MM.value * facing(view)
    image = np.zeros((ROWS, COLUMNS), np.float32)
    mu = ATTENUATION.value
    for part in parts:
        x, _, breadth, depth = (value[:, None] for value in part.section(height))
        side = (across - scan.shift - x) / np.maximum(breadth, 1e-3)
        thickness = 2 * depth * np.sqrt(np.maximum(1 - side**2, 0)) * (breadth > 0)
        tissue = np.interp(height, part.height, part.tissue)[:, None]
        seen = tissue * (1 - np.exp(-mu * thickness)) / mu * PIXEL_MM.value**2
        np.maximum(image, seen.astype(np.float32), out=image)
    return np.asarray(gaussian_filter(image, sigma_pixels(2, scan), truncate=3.0), np.float32)


def with_scatter(image: Floats, scan: Acquisition) -> Floats:
    """Add scattered counts: a broad copy of the image, made on a grid four times coarser."""
    from scipy.ndimage import gaussian_filter, zoom

    coarse = image.reshape(ROWS // 4, 4, COLUMNS // 4, 4).mean((1, 3))
    sigma = SCATTER_SIGMA_MM.value / PIXEL_MM.value / 4
    broad = zoom(gaussian_filter(coarse, sigma, mode="constant"), 4, order=1, grid_mode=True,
                 mode="nearest")  # fmt: skip
    return np.asarray(image + np.float32(scan.scatter) * broad, np.float32)


def detect(expected: Floats, rng: np.random.Generator) -> NDArray[np.uint16]:
    """Poisson counts of an expected image."""
    return np.minimum(rng.poisson(expected), 65535).astype(np.uint16)
