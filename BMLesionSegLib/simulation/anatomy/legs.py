"""Femora, knees, tibiae, fibulae, ankles and feet."""

import numpy as np

from BMLesionSegLib.simulation.anatomy.bones import SIDES, Bone, bone
from BMLesionSegLib.simulation.anatomy.physique import Physique
from BMLesionSegLib.simulation.anatomy.points import beside, ellipsoid, tube

HIP = (90.0, 5.0, 889.0)
KNEE_HEIGHT, ANKLE_HEIGHT = 474.0, 82.0


def leg_joints(side: int, body: Physique) -> tuple[tuple[float, float, float], ...]:
    """Hip, knee, ankle and toe tip, mm."""
    which = 0 if side < 0 else 1
    out, down = body.feet_out[which], body.feet_down[which]
    knee = 76 + 0.5 * body.knees
    ankle = 62 + body.knees
    toe_x = ankle + 8 + 130 * np.sin(out) * np.cos(down)
    toe_z = ANKLE_HEIGHT - 34 - 150 * np.sin(down)
    return (
        (side * HIP[0] * body.hips, HIP[1], HIP[2]),
        (side * knee * body.hips, 4.0, KNEE_HEIGHT),
        (side * ankle * body.hips, -4.0, ANKLE_HEIGHT),
        (side * toe_x, 110.0 * np.cos(out), toe_z),
    )


def legs(body: Physique, rng: np.random.Generator) -> list[Bone]:
    """Both legs from the femoral head down."""
    bones: list[Bone] = []
    for side, name in SIDES:
        bones += thigh(side, name, body, rng)
        bones += shin(side, name, body, rng)
        bones += foot(side, name, body, rng)
    return bones


def thigh(side: int, name: str, body: Physique, rng: np.random.Generator) -> list[Bone]:
    """Femoral head and neck with the trochanters, femur, knee and patella."""
    hip, knee, _, _ = (np.array(joint) for joint in leg_joints(side, body))
    trochanter = beside(hip, side * 46 * body.hips, -16, -24)
    head = [
        ellipsoid(hip, [23, 23, 23], rng),
        tube([hip, beside(trochanter, -side * 8, 4, 0)], 14, rng),
        ellipsoid(trochanter, [14, 16, 22], rng, density=1.2),
        ellipsoid(beside(hip, side * 22, -14, -56), [11, 11, 13], rng),
    ]
    start = beside(trochanter, -side * 12, 8, 4)
    middle = beside(0.5 * (start + knee), side * 4, 12, 0)
    shaft = tube(
        [start, middle, beside(knee, 0, 2, 30)],
        (15, 11.5, 10.5, 10.5, 12, 23),
        rng,
        hollow=0.4,
        profile=(0.7, 0.95, 0.85, 0.8, 0.8, 0.8, 0.75, 0.55, 0.28, 0.2),
    )
    joint = [
        ellipsoid(beside(knee, -17, -2, 15), [19, 25, 22], rng),
        ellipsoid(beside(knee, 17, -2, 15), [19, 25, 22], rng),
        ellipsoid(beside(knee, 0, 2, 24), [26, 20, 24], rng, density=0.5),
        ellipsoid(beside(knee, 0, 2, -13), [37, 23, 17], rng),
        tube([beside(knee, 0, 2, -10), beside(knee, 0, 2, -52)], (32, 20), rng, 0, (0.55, 0.3)),
    ]
    return [
        bone(f"{name} femoral head", "femoral head", "trunk", *head),
        bone(f"{name} femur", "femur", f"{name} leg", shaft),
        bone(f"{name} knee", "knee", f"{name} leg", *joint),
        bone(
            f"{name} patella",
            "patella",
            f"{name} leg",
            ellipsoid(beside(knee, side * 2, 42, 22), [18, 9, 19], rng),
        ),
    ]


def shin(side: int, name: str, body: Physique, rng: np.random.Generator) -> list[Bone]:
    """Tibia and fibula."""
    _, knee, ankle, _ = (np.array(joint) for joint in leg_joints(side, body))
    bow = beside(0.5 * (knee + ankle), side * 2, 12, 0)
    tibia = tube(
        [beside(knee, 0, 2, -24), bow, beside(ankle, 0, 0, 14)],
        (19, 13, 10.5, 9.5, 9.5, 13),
        rng,
        hollow=0.45,
        profile=(0.6, 0.7, 0.85, 0.85, 0.85, 0.8, 1.0),
    )
    fibula = tube(
        [
            beside(knee, side * 33, -16, -34),
            beside(bow, side * 27, -22, 0),
            beside(ankle, side * 25, -8, -8),
        ],
        (8, 5.5, 5.5, 7),
        rng,
        hollow=0.3,
        profile=(1.4, 0.8, 0.8, 1.5),
    )
    part = f"{name} leg"
    return [
        bone(f"{name} tibia", "tibia", part, tibia),
        bone(f"{name} fibula", "fibula", part, fibula),
    ]


def foot(side: int, name: str, body: Physique, rng: np.random.Generator) -> list[Bone]:
    """Ankle, heel, midfoot and five rays."""
    _, _, ankle, toe = (np.array(joint) for joint in leg_joints(side, body))
    ahead = (toe - ankle) / np.linalg.norm(toe - ankle)
    across = np.cross(ahead, [0, 0, 1.0])
    across /= np.linalg.norm(across)
    middle = beside(ankle + 0.42 * (toe - ankle), 0, 0, -6)
    heel = beside(ankle - 36 * ahead, 0, -16, -34)
    under = beside(ankle + 22 * ahead, 0, 0, -26)
    rays = [
        tube(
            [
                ankle + 24 * ahead + 0.5 * aside,
                middle + 0.6 * aside,
                middle + 0.5 * (toe - middle) + aside,
                toe + 1.1 * aside - cut,
            ],
            (6, 7, 5.5, 5, 6, 5, 4.5),
            rng,
            profile=(1.0, 1.2, 0.8, 0.7, 1.1, 0.7, 0.6),
        )
        for ray in range(-2, 3)
        for aside, cut in [(ray * 13 * across, abs(ray) * 7 * ahead)]
    ]
    part = f"{name} leg"
    return [
        bone(
            f"{name} ankle",
            "ankle",
            part,
            ellipsoid(beside(ankle, side * 2, 0, 0), [24, 19, 15], rng),
            ellipsoid(beside(ankle, side * 24, -6, -4), [7, 9, 13], rng),
            ellipsoid(beside(ankle, -side * 24, 2, 2), [7, 9, 12], rng),
        ),
        bone(
            f"{name} foot",
            "foot",
            part,
            tube([under, 0.5 * (under + heel), heel], (12, 14, 17), rng, profile=(0.7, 0.8, 1.3)),
            *rays,
        ),
    ]
