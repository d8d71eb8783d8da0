"""Solid shapes as weighted points: what every bone and organ is made of.

Coordinates are ``[x, y, z]`` in mm: x to the patient's left, y to the front, z to the head. Points
follow a quasi-random (additive recurrence) sequence, which fills a shape far more evenly than
independent draws and so adds no grain of its own to the image.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float32]

# Powers of the inverse of the root of x^4 = x + 1: the additive recurrence in three dimensions.
RECURRENCE = np.array([0.8191725134, 0.6710436067, 0.5497004779])
VOLUME_OF_A_POINT_MM3 = 45.0
FEWEST_POINTS, MOST_POINTS = 160, 9000
JITTER = 0.45
"""Standard deviation of each point's own displacement, in mean distances between points: enough
to hide the lattice of the recurrence."""


def beside(point: ArrayLike, x: float, y: float, z: float) -> Floats:
    """A point so many mm to the left, front and head of another."""
    return np.asarray(point, np.float32) + np.array([x, y, z], np.float32)


@dataclass(frozen=True, eq=False)
class Piece:
    """A sampled solid.

    Attributes:
        points: float32 ``[point, 3]``, mm.
        volume: float32 ``[point]``, mm3 that each point stands for, times its relative density.
        along: float32 ``[point]``, 0 to 1 along the piece's axis, 0 where it has none.
        length: of the axis, mm, 0 where it has none.
    """

    points: Floats
    volume: Floats
    along: Floats
    length: float = 0.0


def spread(volume: float, rng: np.random.Generator) -> Floats:
    """Evenly spread triples in the unit cube, as many as the volume (mm3) asks for."""
    count = int(np.clip(volume / VOLUME_OF_A_POINT_MM3, FEWEST_POINTS, MOST_POINTS))
    steps = np.arange(1, count + 1)[:, None] * RECURRENCE
    return np.asarray((rng.random(3) + steps) % 1.0, np.float32)


def halton(volume: float, rng: np.random.Generator) -> Floats:
    """The same by the Halton sequence, which shows no lattice on long shapes."""
    count = int(np.clip(volume / VOLUME_OF_A_POINT_MM3, FEWEST_POINTS, MOST_POINTS))
    return np.asarray((halton_table()[:count] + rng.random(3)) % 1.0, np.float32)


@lru_cache(maxsize=1)
def halton_table() -> NDArray[np.float64]:
    """The Halton sequence in bases 2, 3, 5, ``[point, 3]``."""
    table = np.zeros((MOST_POINTS, 3))
    for axis, base in enumerate((2, 3, 5)):
        left, weight = np.arange(1, MOST_POINTS + 1), 1.0
        while left.any():
            weight /= base
            left, digit = np.divmod(left, base)
            table[:, axis] += weight * digit
    return table


def jittered(points: Floats, volume: float, rng: np.random.Generator) -> Floats:
    """Move each point a little, so that no lattice shows."""
    distance = np.float32(JITTER * (volume / len(points)) ** (1 / 3))
    return points + distance * rng.standard_normal(points.shape, dtype=np.float32)


def shared(volume: float, count: int, share: Floats | None = None) -> Floats:
    """Divide a volume over points, evenly or by a relative density (not renormalised)."""
    each = np.full(count, volume / count, np.float32)
    return each if share is None else (each * share).astype(np.float32)


def ellipsoid(
    centre: ArrayLike,
    radii: ArrayLike,
    rng: np.random.Generator,
    shell: float = 0.0,
    density: float = 1.0,
) -> Piece:
    """A solid ellipsoid, or the shell outside ``shell`` times its radii."""
    radii = np.asarray(radii, np.float32)
    volume = float(4 / 3 * np.pi * radii.prod() * (1 - shell**3))
    cube = spread(volume, rng)
    height, angle = 1 - 2 * cube[:, 0], 2 * np.pi * cube[:, 1]
    ring = np.sqrt(1 - height**2)
    radius = (shell**3 + (1 - shell**3) * cube[:, 2]) ** (1 / 3)
    unit = np.stack([ring * np.cos(angle), ring * np.sin(angle), height], 1) * radius[:, None]
    points = np.asarray(centre, np.float32) + unit * radii
    return Piece(
        jittered(points.astype(np.float32), volume, rng),
        shared(volume * density, len(cube)),
        np.zeros(len(cube), np.float32),
    )


def cylinder(
    centre: ArrayLike, half: ArrayLike, rng: np.random.Generator, density: float = 1.0
) -> Piece:
    """An upright elliptic cylinder, denser towards its two end plates as vertebrae are."""
    half = np.asarray(half, np.float32)
    volume = float(2 * np.pi * half.prod())
    cube = spread(volume, rng)
    radius, angle = np.sqrt(cube[:, 0]), 2 * np.pi * cube[:, 1]
    height = 2 * cube[:, 2] - 1
    unit = np.stack([radius * np.cos(angle), radius * np.sin(angle), height], 1)
    points = np.asarray(centre, np.float32) + unit * half
    share = (0.85 + 0.45 * height**2).astype(np.float32)
    return Piece(
        points.astype(np.float32),
        shared(volume * density, len(cube), share),
        np.zeros(len(cube), np.float32),
    )


def smooth_line(corners: ArrayLike, samples: int = 48) -> Floats:
    """A smooth line (Catmull-Rom) through corner points, sampled evenly by arc length."""
    corners = np.asarray(corners, np.float32)
    padded = np.concatenate([corners[:1], corners, corners[-1:]])
    at = np.linspace(0, len(corners) - 1, 4 * samples)
    first = np.minimum(at.astype(int), len(corners) - 2)
    t = (at - first)[:, None]
    p0, p1, p2, p3 = (padded[first + step] for step in range(4))
    line = 0.5 * (
        2 * p1
        + (p2 - p0) * t
        + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2
        + (3 * p1 - p0 - 3 * p2 + p3) * t**3
    )
    walked = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    even = np.linspace(0, walked[-1], samples)
    return np.stack([np.interp(even, walked, line[:, axis]) for axis in range(3)], 1).astype(
        np.float32
    )


def on_line(line: Floats, along: Floats) -> Floats:
    """Points of an evenly sampled line at ``along`` in 0..1."""
    position = along * (len(line) - 1)
    first = np.minimum(position.astype(int), len(line) - 2)
    rest = (position - first)[:, None]
    return np.asarray(line[first] * (1 - rest) + line[first + 1] * rest, np.float32)


def line_length(line: Floats) -> float:
    """Length of a sampled line in mm."""
    return float(np.linalg.norm(np.diff(line, axis=0), axis=1).sum())


def tube(
    corners: ArrayLike,
    radius: ArrayLike,
    rng: np.random.Generator,
    hollow: float = 0.0,
    profile: ArrayLike = (1.0,),
) -> Piece:
    """A round bar along a smooth line.

    Args:
        corners: ``[corner, 3]`` the line passes through, mm.
        radius: mm, one value or values spread evenly from start to end.
        rng: shifts the points.
        hollow: inner radius over outer radius, for a cortical shaft.
        profile: relative density, values spread evenly from start to end.
    """
    line = smooth_line(corners)
    length = line_length(line)
    radius = np.atleast_1d(np.asarray(radius, np.float32))
    profile = np.atleast_1d(np.asarray(profile, np.float32))
    volume = float(np.pi * (radius**2).mean() * (1 - hollow**2) * length)
    cube = halton(volume, rng)
    along = cube[:, 0]
    here = np.interp(along, np.linspace(0, 1, len(radius)), radius).astype(np.float32)
    share = np.interp(along, np.linspace(0, 1, len(profile)), profile) * here**2
    share /= (here**2).mean()
    out = np.sqrt(hollow**2 + (1 - hollow**2) * cube[:, 1]) * here
    angle = 2 * np.pi * cube[:, 2]
    ahead = np.gradient(line, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    tangent = on_line(ahead.astype(np.float32), along)
    reference = np.where(np.abs(tangent[:, 1:2]) > 0.8, [[1.0, 0, 0]], [[0, 1.0, 0]])
    side = np.cross(tangent, reference)
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    other = np.cross(tangent, side)
    offset = side * (out * np.cos(angle))[:, None] + other * (out * np.sin(angle))[:, None]
    points = (on_line(line, along) + offset).astype(np.float32)
    return Piece(
        jittered(points, volume, rng),
        shared(volume, len(cube), share.astype(np.float32)),
        along,
        length,
    )


def sheet(
    first_edge: ArrayLike,
    second_edge: ArrayLike,
    thickness: float,
    rng: np.random.Generator,
    edge_density: tuple[float, float] = (1.0, 1.0),
    middle_density: float = 1.0,
) -> Piece:
    """A plate between two smooth edges, such as the iliac wing: dense edges, thin middle.

    Args:
        first_edge: ``[corner, 3]`` of one edge, mm; ``along`` runs on it.
        second_edge: ``[corner, 3]`` of the other.
        thickness: mm.
        rng: shifts the points.
        edge_density: relative density at the first and the second edge.
        middle_density: relative density half-way.
    """
    one, two = smooth_line(first_edge), smooth_line(second_edge)
    breadth = np.linalg.norm(two - one, axis=1)
    volume = float(0.5 * (line_length(one) + line_length(two)) * breadth.mean() * thickness)
    cube = spread(volume, rng)
    along, across = cube[:, 0], cube[:, 1]
    points = on_line(one, along) * (1 - across)[:, None] + on_line(two, along) * across[:, None]
    points += ((cube[:, 2:] - 0.5) * thickness * np.array([0.5, 0.8, 0.5])).astype(np.float32)
    local = np.interp(along, np.linspace(0, 1, len(breadth)), breadth / breadth.mean())
    dense = (
        middle_density
        + (edge_density[0] - middle_density) * np.exp(-across / 0.14)
        + (edge_density[1] - middle_density) * np.exp(-(1 - across) / 0.14)
    )
    share = (local * dense).astype(np.float32)
    return Piece(points.astype(np.float32), shared(volume, len(cube), share), along)


def turned(piece: Piece, pivot: ArrayLike, axis: int, angle: float) -> Piece:
    """Turn a piece about an axis (0 x, 1 y, 2 z) through a pivot by an angle in radians."""
    points = piece.points - np.asarray(pivot, np.float32)
    i, j = (axis + 1) % 3, (axis + 2) % 3
    cosine, sine = np.float32(np.cos(angle)), np.float32(np.sin(angle))
    result = points.copy()
    result[:, i] = cosine * points[:, i] - sine * points[:, j]
    result[:, j] = sine * points[:, i] + cosine * points[:, j]
    return Piece(result + np.asarray(pivot, np.float32), piece.volume, piece.along, piece.length)
