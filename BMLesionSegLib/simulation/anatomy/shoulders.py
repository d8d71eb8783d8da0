"""Clavicles and scapulae."""

import numpy as np

from BMLesionSegLib.simulation.anatomy.bones import SIDES, Bone, bone
from BMLesionSegLib.simulation.anatomy.physique import Physique
from BMLesionSegLib.simulation.anatomy.points import beside, ellipsoid, sheet, tube
from BMLesionSegLib.simulation.anatomy.thorax import STERNUM_DEPTH

SHOULDER_BREADTH = 153.0
SHOULDER_HEIGHT = 1400.0


def shoulder_joint(side: int, body: Physique) -> tuple[float, float, float]:
    """Middle of the humeral head, mm."""
    drop = body.shoulder_drop[0 if side < 0 else 1]
    return side * SHOULDER_BREADTH * body.chest**0.5, -14.0, SHOULDER_HEIGHT - drop


def shoulders(body: Physique, rng: np.random.Generator) -> list[Bone]:
    """Both clavicles and scapulae."""
    bones: list[Bone] = []
    for side, name in SIDES:
        bones += [clavicle(side, name, body, rng), *scapula(side, name, body, rng)]
    return bones


def clavicle(side: int, name: str, body: Physique, rng: np.random.Generator) -> Bone:
    """From the manubrium to the acromion, S-shaped."""
    x, _, z = shoulder_joint(side, body)
    line = [
        [side * 24, STERNUM_DEPTH - 20, 1403],
        [side * 60, STERNUM_DEPTH - 34, 0.65 * 1410 + 0.35 * (z + 20)],
        [side * 108, 20, 0.3 * 1410 + 0.7 * (z + 24)],
        [x - side * 7, -12, z + 22],
    ]
    piece = tube(line, 6.0, rng, profile=(1.6, 0.6, 0.4, 0.4, 0.6, 1.4))
    return bone(f"{name} clavicle", "clavicle", "trunk", piece)


def scapula(side: int, name: str, body: Physique, rng: np.random.Generator) -> list[Bone]:
    """Blade with its borders, spine and lower tip; glenoid, acromion and coracoid."""
    x, _, z = shoulder_joint(side, body)
    out = side * x
    top = np.array([70, -86, z - 18])
    neck = np.array([out - 26, -38, z - 8])
    tip = np.array([92, -92, z - 158])
    acromion = np.array([out + 1, -24, z + 27])
    mirror = np.array([side, 1, 1])
    blade = sheet(
        np.stack([top, 0.6 * top + 0.4 * tip, tip]) * mirror,
        np.stack([neck, beside(0.5 * (neck + tip), -2, 0, 0), beside(tip, 2, 0, 4)]) * mirror,
        5.0,
        rng,
        edge_density=(0.9, 1.7),
        middle_density=0.65,
    )
    ridge = np.stack([0.8 * top + 0.2 * tip, beside(0.5 * (top + acromion), 0, -12, 0), acromion])
    part = "trunk"
    return [
        bone(
            f"{name} scapula",
            "scapula",
            part,
            blade,
            tube(ridge * mirror, 6.0, rng, profile=(0.7, 0.9, 1.2)),
            ellipsoid(beside(tip, 2, 0, 8) * mirror, [10, 5, 16], rng, density=0.6),
        ),
        bone(
            f"{name} glenoid",
            "glenoid",
            part,
            ellipsoid(beside(neck, 3, 8, 6) * mirror, [11, 14, 20], rng),
            ellipsoid(acromion * mirror, [15, 17, 9], rng),
            ellipsoid(np.array([out - 28, 14, z + 10]) * mirror, [10, 14, 9], rng),
        ),
    ]
