"""Twenty-four ribs, manubrium and sternal body."""

import numpy as np

from BMLesionSegLib.simulation.anatomy.bones import SIDES, Bone, bone
from BMLesionSegLib.simulation.anatomy.physique import Physique
from BMLesionSegLib.simulation.anatomy.points import ellipsoid, tube
from BMLesionSegLib.simulation.anatomy.spine import column, vertebral_heights

# Rib 1 to 12 of the reference adult: greatest half breadth of the cage (mm), fall from the spine
# to the front end (mm), depth of the front end relative to the sternum, share of the half hoop
# that is bone.
BREADTH = (56, 86, 107, 123, 135, 143, 148, 150, 148, 141, 126, 100)
FALL = (36, 60, 80, 98, 112, 124, 134, 140, 134, 116, 80, 46)
REACH = (0.62, 0.78, 0.88, 0.95, 1.0, 1.02, 1.02, 1.0, 0.9, 0.75, 0.42, 0.25)
HOOP = (1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.92, 0.84, 0.76, 0.5, 0.32)
STERNUM_DEPTH = 98.0
RIB_RADIUS = 5.5


def thorax(body: Physique, rng: np.random.Generator) -> list[Bone]:
    """Ribs of both sides and the sternum."""
    ribs = [
        bone(
            f"{name} rib {number}",
            "rib",
            "trunk",
            tube(rib_line(number, side, body), RIB_RADIUS, rng, profile=RIB_PROFILE),
        )
        for number in range(1, 13)
        for side, name in SIDES
    ]
    return ribs + sternum(body, rng)


# Relative uptake of a rib from its head to the front end.
RIB_PROFILE = (1.3, 1.15, 1.0, 0.95, 0.9, 0.9, 0.9, 0.95, 1.05)


def rib_line(number: int, side: int, body: Physique) -> list[list[float]]:
    """Corners of a rib from its head at the vertebra to its front end, mm."""
    i = number - 1
    z0 = vertebral_heights()[f"T{number}"][0] + 6
    x0, y0 = column(z0, body)
    breadth = BREADTH[i] * body.chest
    back, front = y0 - 16, STERNUM_DEPTH * REACH[i] - 4
    corners = []
    for step in np.linspace(0, 1, 12):
        angle = step * 0.9 * np.pi * HOOP[i]
        out = 14 + (breadth - 14) * max(np.sin(0.97 * angle), 0.0) ** 0.75
        bulge = 20 * np.sin(2 * angle) if angle < np.pi / 2 else 0.0
        y = back - bulge + (front - back) * (0.5 - 0.5 * np.cos(angle))
        z = z0 - FALL[i] * body.rib_slope * (angle / np.pi) ** 1.1
        corners.append([x0 * (1 - step) + side * out, y, z])
    return corners


def sternum(body: Physique, rng: np.random.Generator) -> list[Bone]:
    """Manubrium with the sternoclavicular joints' inner halves, and the body."""
    depth = STERNUM_DEPTH
    manubrium = [
        ellipsoid([0, depth - 17, 1388], [27 * body.chest, 9, 24], rng),
        *(ellipsoid([s * 23, depth - 20, 1402], [10, 9, 11], rng, density=1.3) for s, _ in SIDES),
    ]
    line = [[0, depth - 11, 1366], [0, depth - 2, 1310], [0, depth + 2, 1255], [0, depth, 1232]]
    blade = tube(line, (15.0, 13.0, 12.0, 9.0), rng, profile=(1.25, 0.9, 1, 0.9))
    flat = np.array([1.2, 0.6, 1.0], np.float32)
    middle = np.array([0, depth - 3, 0], np.float32)
    points = (blade.points - middle) * flat + middle
    body_of_sternum = bone("sternal body", "sternum", "trunk", blade)
    return [
        bone("manubrium", "manubrium", "trunk", *manubrium),
        Bone(
            "sternal body",
            "sternum",
            "trunk",
            points.astype(np.float32),
            body_of_sternum.volume,
            body_of_sternum.along,
            body_of_sternum.length,
        ),
    ]
