"""The gamma camera: noiseless images of points and of soft tissue, and the counts that come out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.scan import ViewName
from BMLesionSegLib.simulation.anatomy.outline import BodyPart
from BMLesionSegLib.simulation.anatomy.points import Floats
from BMLesionSegLib.simulation.camera.camera_parameters import (
    ATTENUATION,
    BACKGROUND_COUNTS,
    BLUR_FACTOR,
    CAMERA_GAP,
    COLLIMATOR_FWHM,
    COLLIMATOR_SLOPE,
    INTRINSIC_FWHM,
    SCATTER_SHARE,
    SCATTER_SIGMA,
    SECOND_VIEW_SHIFT,
    SIDE_SHIFT,
    TOP_MARGIN,
    TOTAL_COUNTS,
    USUAL_TOP_MARGIN,
    WIDE_TOP_MARGIN,
)
from BMLesionSegLib.simulation.camera.matrix import DETECTOR_MM, PAPER_MATRIX, Matrix
from BMLesionSegLib.simulation.camera.motion import Motion, draw_motion

SLAB_MM = 40.0
SLABS = 6
FWHM_OF_SIGMA = 2.3548


@dataclass(frozen=True)
class Acquisition:
    """How one patient was scanned.

    Attributes:
        counts: mean of the two views' totals; their ratio follows from the body.
        background: counts a pixel outside the body.
        gap: camera to skin, mm.
        blur: factor on the resolution.
        scatter: scattered over unscattered counts.
        top: row of the vertex.
        shift: of the body's middle from the frame's, mm to the patient's left.
        vertex: height of the vertex, mm.
        matrix: the grid.
        motion: of the patient during the scan.
    """

    counts: float
    background: float
    gap: float
    blur: float
    scatter: float
    top: float
    shift: float
    vertex: float
    matrix: Matrix = PAPER_MATRIX
    motion: Motion | None = None


def draw_acquisition(
    vertex: float, rng: np.random.Generator, matrix: Matrix = PAPER_MATRIX
) -> Acquisition:
    """Draw the settings of one scan."""
    usual = USUAL_TOP_MARGIN.happens(rng)
    return Acquisition(
        counts=TOTAL_COUNTS.draw(rng),
        background=BACKGROUND_COUNTS.draw(rng),
        gap=CAMERA_GAP.draw(rng),
        blur=BLUR_FACTOR.draw(rng),
        scatter=SCATTER_SHARE.draw(rng),
        top=(TOP_MARGIN if usual else WIDE_TOP_MARGIN).draw(rng),
        shift=SIDE_SHIFT.draw(rng),
        vertex=vertex,
        matrix=matrix,
        motion=draw_motion(vertex, rng),
    )


def second_view(scan: Acquisition, rng: np.random.Generator) -> Acquisition:
    """The other view of a camera with one head, taken later: the patient has shifted a little."""
    return replace(
        scan,
        top=scan.top + SECOND_VIEW_SHIFT.draw(rng) / scan.matrix.pixel_mm,
        shift=scan.shift + SECOND_VIEW_SHIFT.draw(rng),
        motion=draw_motion(scan.vertex, rng),
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
    if scan.motion is not None:
        points = scan.motion.applied(points, part.name)
    sign, pixel = facing(view), scan.matrix.pixel_mm
    rows, columns = scan.matrix.shape
    row = np.rint(scan.top + (scan.vertex - points[:, 2]) / pixel).astype(np.int64)
    across = sign * (points[:, 0] + scan.shift)
    column = np.rint(0.5 * (columns - 1) + across / pixel).astype(np.int64)
    middle, half = part.half_thickness(points)
    depth = np.clip(half - sign * (points[:, 1] - middle), 4, 280)
    opacity = ATTENUATION.value * np.interp(points[:, 2], part.height, part.opacity)
    seen = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
    seen &= np.abs(across) < 0.5 * DETECTOR_MM
    return Rays(
        row.clip(0, rows - 1),
        column.clip(0, columns - 1),
        (np.exp(-opacity * depth) * seen).astype(np.float32),
        np.minimum(depth / SLAB_MM, SLABS - 1).astype(np.int64),
    )


def sigma_pixels(slab: int, scan: Acquisition) -> float:
    """Gaussian width (pixels) of the camera's response at the middle of a slab."""
    distance = SLAB_MM * (slab + 0.5) + scan.gap
    collimator = COLLIMATOR_FWHM.value + COLLIMATOR_SLOPE.value * distance
    fwhm = np.hypot(INTRINSIC_FWHM.value, collimator) * scan.blur
    return float(fwhm / FWHM_OF_SIGMA / scan.matrix.pixel_mm)


def image_of_points(seen: Rays, emission: Floats, scan: Acquisition) -> Floats:
    """Noiseless, unscattered image ``[row, column]`` of many points."""
    from scipy.ndimage import gaussian_filter

    rows, columns = scan.matrix.shape
    flat = (seen.slab * rows + seen.row) * columns + seen.column
    weight = emission * seen.transmission
    slabs = np.bincount(flat, weight, SLABS * rows * columns).reshape(SLABS, rows, columns)
    image = np.zeros((rows, columns), np.float32)
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
    bottom = min(scan.matrix.rows, seen.row.max() + margin + 1)
    right = min(scan.matrix.columns, seen.column.max() + margin + 1)
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

    rows, columns = scan.matrix.shape
    pixel = scan.matrix.pixel_mm
    height = scan.vertex - (np.arange(rows) - scan.top) * pixel
    frame = (np.arange(columns) - 0.5 * (columns - 1)) * pixel
    across = frame * facing(view)
    image = np.zeros((rows, columns), np.float32)
    for part in parts:
        x, _, breadth, depth = (value[:, None] for value in part.section(height))
        side = (across - scan.shift - x) / np.maximum(breadth, 1e-3)
        thickness = 2 * depth * np.sqrt(np.maximum(1 - side**2, 0)) * (breadth > 0)
        tissue = np.interp(height, part.height, part.tissue)[:, None]
        mu = ATTENUATION.value * np.interp(height, part.height, part.opacity)[:, None]
        seen = tissue * (1 - np.exp(-mu * thickness)) / mu * pixel**2
        np.maximum(image, seen.astype(np.float32), out=image)
    image *= np.abs(frame) < 0.5 * DETECTOR_MM
    return np.asarray(gaussian_filter(image, sigma_pixels(2, scan), truncate=3.0), np.float32)


def with_scatter(image: Floats, scan: Acquisition) -> Floats:
    """Add scattered counts: a broad copy of the image, made on a grid four times coarser."""
    from scipy.ndimage import gaussian_filter, zoom

    rows, columns = image.shape
    coarse = image.reshape(rows // 4, 4, columns // 4, 4).mean((1, 3))
    sigma = SCATTER_SIGMA.value / scan.matrix.pixel_mm / 4
    broad = zoom(gaussian_filter(coarse, sigma, mode="constant"), 4, order=1, grid_mode=True,
                 mode="nearest")  # fmt: skip
    return np.asarray(image + np.float32(scan.scatter) * broad, np.float32)


def detect(expected: Floats, rng: np.random.Generator) -> NDArray[np.uint16]:
    """Poisson counts of an expected image."""
    return np.minimum(rng.poisson(expected), 65535).astype(np.uint16)
