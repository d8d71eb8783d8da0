"""Cervical, thoracic and lumbar vertebrae one by one, and the curve they follow."""

import numpy as np

from BMLesionSegLib.simulation.anatomy.bones import Bone, bone
from BMLesionSegLib.simulation.anatomy.physique import Physique
from BMLesionSegLib.simulation.anatomy.points import cylinder, ellipsoid, tube

# Heights (mm) and depths of the column's curve in the reference adult, sacrum to atlas.
CURVE_HEIGHT = np.array([980, 1020, 1070, 1120, 1180, 1260, 1330, 1395, 1440, 1490, 1540])
CURVE_DEPTH = np.array([-38, -28, -17, -19, -35, -48, -50, -40, -26, -14, -10], float)
FIRST_HEIGHT = 1004.0
LORDOSIS_MM = 34.0
"""How far the mid-lumbar spine comes forward when lordosis doubles."""

# Level: count, pitch mm (first, last, from below), half breadth, half depth, processes.
LEVELS = (
    ("L", "lumbar", 5, (35.0, 33.0), (24.5, 21.5), (17.0, 16.0), 33.0, 7.0),
    ("T", "thoracic", 12, (27.0, 19.5), (20.0, 14.0), (16.0, 10.5), 27.0, 6.0),
    ("C", "cervical", 7, (15.5, 14.0), (13.5, 12.5), (10.0, 9.0), 20.0, 5.5),
)


def column(height: float, body: Physique) -> tuple[float, float]:
    """Where the column's middle lies at a height: x and y in mm."""
    up = (height - 980) / 560
    sideways = body.scoliosis * np.sin(1.4 * np.pi * up + body.scoliosis_phase)
    depth = float(np.interp(height, CURVE_HEIGHT, CURVE_DEPTH))
    if height > 1150:
        depth = -38 + (depth + 38) * body.kyphosis
    else:
        depth = -26 + (depth + 26) * body.lordosis
        depth += LORDOSIS_MM * (body.lordosis - 1) * np.sin(np.pi * np.clip(up / 0.3, 0, 1))
    return float(sideways), depth


def vertebral_heights() -> dict[str, tuple[float, float]]:
    """Middle height and pitch of every vertebra by name, L5 first, mm."""
    heights: dict[str, tuple[float, float]] = {}
    at = FIRST_HEIGHT - LEVELS[0][3][0] / 2
    for letter, _, count, pitches, *_ in LEVELS:
        for step, pitch in enumerate(np.linspace(*pitches, count)):
            heights[f"{letter}{count - step}"] = (at + pitch / 2, float(pitch))
            at += pitch
    return heights


def spine(body: Physique, rng: np.random.Generator) -> list[Bone]:
    """The 24 vertebrae, L5 to C1."""
    heights = vertebral_heights()
    return [
        vertebra(f"{letter}{count - step}", group, sizes, heights, body, rng)
        for letter, group, count, _, breadths, depths, reach, thick in LEVELS
        for step, sizes in enumerate(
            zip(
                np.linspace(*breadths, count),
                np.linspace(*depths, count),
                [reach] * count,
                [thick] * count,
                strict=True,
            )
        )
    ]


def vertebra(
    name: str,
    group: str,
    sizes: tuple[float, float, float, float],
    heights: dict[str, tuple[float, float]],
    body: Physique,
    rng: np.random.Generator,
) -> Bone:
    """Body, transverse processes with facet joints, spinous process."""
    breadth, depth, reach, thick = sizes
    z, pitch = heights[name]
    x, y = column(z, body)
    back = y - depth - 13
    wings = [
        [x - reach, back - 2, z],
        [x - 0.6 * reach, back + 3, z + 2],
        [x, back - 4, z],
        [x + 0.6 * reach, back + 3, z + 2],
        [x + reach, back - 2, z],
    ]
    pieces = [
        cylinder([x, y, z], [breadth, depth, 0.46 * pitch], rng),
        tube(wings, thick, rng, profile=(0.6, 1.3, 1.0, 1.3, 0.6)),
        tube([[x, back - 2, z], [x, back - 22, z - 0.5 * pitch]], 0.7 * thick, rng),
    ]
    for side in (-1, 1):
        joint = [x + side * 0.55 * reach, back + 2, z - 0.5 * pitch]
        pieces.append(ellipsoid(joint, [0.9 * thick, thick, 0.3 * pitch], rng))
    return bone(name, group, "trunk", *pieces)
