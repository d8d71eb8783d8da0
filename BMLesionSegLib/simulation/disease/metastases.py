"""Metastases of one patient."""

from collections.abc import Callable

import numpy as np

from BMLesionSegLib.simulation.disease.disease_parameters import (
    LESION_RADIUS,
    LYTIC_SHARE,
    METASTASIS_GAIN,
    NEXT_VERTEBRA,
    PROXIMAL_FEMUR,
    SHAFT_HALF_LENGTH,
    STRIPE_HALF_LENGTH,
    SUPERSCAN_GAIN,
    WHOLE_VERTEBRA,
)
from BMLesionSegLib.simulation.disease.hot_spots import Bones, HotSpot
from BMLesionSegLib.simulation.disease.sites import Extent, Primary, draw_site

MANY = 17
COMPACT_SHARE = 0.4
"""Share of metastases that are compact, the only ones that can be lytic."""

# Groups of bones that a compact lesion of a site lies in, and its size and shape (x, y, z) there.
COMPACT: dict[str, tuple[tuple[str, ...], float, tuple[float, float, float]]] = {
    "sacrum": (("sacrum",), 1.35, (1.2, 1.5, 1.1)),
    "ilium": (("ilium", "iliac spine", "sacroiliac"), 1.5, (1.0, 1.5, 1.1)),
    "low pelvis": (("ischium", "pubis", "acetabulum"), 1.4, (1.1, 1.5, 1.1)),
    "sternum": (("sternum", "manubrium"), 1.2, (1.5, 2.0, 1.2)),
    "shoulder girdle": (("scapula", "glenoid", "clavicle"), 1.2, (1.0, 1.3, 1.0)),
    "skull": (("vault", "skull base", "mandible"), 1.2, (1.0, 1.0, 1.0)),
    "proximal femur": (("femoral head",), 1.4, (1.2, 1.4, 1.2)),
    "joint": (("humeral head", "glenoid", "elbow", "knee", "ankle", "wrist"), 1.8, (1.2, 2.0, 1.1)),
}
# Bones that share a joint with the first.
NEIGHBOURS = {
    "humeral head": ("glenoid",),
    "glenoid": ("humeral head",),
    "elbow": ("radius", "ulna"),
    "knee": ("patella", "tibia"),
    "ankle": ("foot",),
    "wrist": ("hand",),
    "ilium": ("sacroiliac joint", "acetabulum", "iliac spine"),
    "sacroiliac": ("ilium",),
    "iliac spine": ("ilium",),
    "acetabulum": ("ilium", "ischium", "pubis"),
    "ischium": ("acetabulum", "pubis"),
    "pubis": ("acetabulum", "ischium"),
}
SHAFTS = {
    "femur": (("femur",), 1.6),
    "humerus": (("humerus",), 1.5),
    "distal shaft": (("tibia", "tibia", "forearm", "fibula"), 1.0),
}


def metastases(
    bones: Bones, primary: Primary, extent: Extent, rng: np.random.Generator
) -> list[HotSpot]:
    """Place all metastases that an extent asks for."""
    spots: list[HotSpot | None] = []
    if extent.superscan:
        spots += superscan(bones, extent, rng)
    if extent.confluent:
        spots += confluent(bones, extent, rng)
    if extent.rib_rows:
        spots += rib_rows(bones, extent, rng)
    disseminated = extent.lesions > MANY
    for _ in range(extent.lesions):
        site = draw_site(primary, disseminated, rng)
        spots += one_lesion(bones, site, extent.contrast, rng)
    return [spot for spot in spots if spot is not None]


def one_lesion(
    bones: Bones, site: str, contrast: float, rng: np.random.Generator
) -> list[HotSpot | None]:
    """One metastasis at a site; in the spine it may take neighbouring vertebrae too."""
    strength = METASTASIS_GAIN.draw(rng) * contrast
    if site == "rib":
        return [rib_stripe(bones, strength, rng)]
    if site in ("thoracic", "lumbar", "cervical"):
        return vertebral(bones, site, strength, rng)
    if site in SHAFTS:
        return [in_long_bone(bones, site, strength, rng)]
    return [compact(bones, site, strength, rng)]


def rib_stripe(bones: Bones, strength: float, rng: np.random.Generator) -> HotSpot | None:
    """Uptake along a rib, the malignant sign."""
    name = str(rng.choice(bones.skeleton.names("rib")))
    half = min(STRIPE_HALF_LENGTH.draw(rng), 95.0)
    return bones.stripe(name, rng.uniform(0.02, 0.98), half, strength)


def vertebral(
    bones: Bones, site: str, strength: float, rng: np.random.Generator
) -> list[HotSpot | None]:
    """A whole vertebra or a part of one; one in four reaches the next level."""
    levels = bones.skeleton.names(site)
    first = int(rng.integers(len(levels)))
    count = 1 + int(NEXT_VERTEBRA.happens(rng)) + int(NEXT_VERTEBRA.happens(rng, 0.5))
    spots = []
    for name in levels[first : first + count]:
        own = strength * rng.uniform(0.75, 1.3)
        if WHOLE_VERTEBRA.happens(rng):
            spots.append(bones.whole(name, own))
        else:
            radius = np.clip(LESION_RADIUS.draw(rng), 8, 22)
            radii = radius * rng.uniform([0.9, 1.0, 0.8], [1.4, 1.6, 1.2])
            spots.append(bones.focus([name], bones.somewhere(name, rng), radii, own))
    return spots


def in_long_bone(
    bones: Bones, site: str, strength: float, rng: np.random.Generator
) -> HotSpot | None:
    """Along a shaft, the upper third preferred, or compact at the upper end of the femur."""
    groups, upwards = SHAFTS[site]
    if site == "femur" and PROXIMAL_FEMUR.happens(rng):
        return compact(bones, "proximal femur", strength, rng)
    name = str(rng.choice(bones.skeleton.names(str(rng.choice(groups)))))
    middle = rng.random() ** upwards
    return bones.stripe(name, middle, min(SHAFT_HALF_LENGTH.draw(rng), 130.0), strength)


def compact(bones: Bones, site: str, strength: float, rng: np.random.Generator) -> HotSpot | None:
    """A round or oval lesion in a site's bones, spilling into the bones that touch."""
    groups, larger, shape = COMPACT[site]
    name = str(rng.choice(bones.skeleton.names(*groups)))
    radius = min(LESION_RADIUS.draw(rng), 45.0) * larger
    if site == "joint":
        radius, strength = max(radius, 20.0), strength * 1.3
    radii = radius * np.array(shape) * rng.uniform(0.8, 1.35, 3)
    names = [name, *touching(bones, name)]
    if LYTIC_SHARE.happens(rng, 1 / COMPACT_SHARE):
        rim = rng.choice([0.0, 0.7]) * strength
        return bones.ring(names, bones.somewhere(name, rng), 1.2 * radii, rim)
    return bones.focus(names, bones.somewhere(name, rng), radii, strength)


def touching(bones: Bones, name: str) -> list[str]:
    """Bones of the same side that share a joint with this one."""
    side, _, _ = name.partition(" ")
    group = bones.skeleton.bones[bones.skeleton.number[name]].group
    return [f"{side} {other}" for other in NEIGHBOURS.get(group, ())]


def confluent(bones: Bones, extent: Extent, rng: np.random.Generator) -> list[HotSpot | None]:
    """Most of the spine, much of the pelvis, many ribs."""
    strength = METASTASIS_GAIN.draw(rng) * extent.contrast
    spots: list[HotSpot | None] = []
    for site, share in (("lumbar", 1.0), ("thoracic", 1.0), ("cervical", 0.4)):
        for name in bones.skeleton.names(site):
            if rng.random() < extent.confluent * share:
                spots.append(bones.whole(name, strength * np.exp(rng.normal(0, 0.35))))
    place: list[tuple[Callable[..., list[HotSpot | None]], str, int]] = [
        (one_lesion, "ilium", int(rng.integers(2, 8))),
        (one_lesion, "low pelvis", int(rng.integers(1, 6))),
        (one_lesion, "sacrum", int(rng.integers(0, 4))),
        (one_lesion, "rib", int(rng.integers(2, 24))),
        (one_lesion, "shoulder girdle", int(rng.integers(0, 4))),
        (one_lesion, "femur", int(rng.integers(0, 3))),
        (one_lesion, "humerus", int(rng.integers(0, 2))),
        (one_lesion, "sternum", int(rng.integers(0, 2))),
        (one_lesion, "skull", int(rng.integers(0, 3))),
    ]
    for grow, site, count in place:
        for _ in range(count):
            spots += grow(bones, site, extent.contrast * rng.uniform(0.6, 1.2), rng)
    return spots


# Share of a superscan's uptake that each group of bones takes.
SUPERSCAN = {
    "lumbar": 1.0,
    "thoracic": 1.0,
    "cervical": 0.8,
    "sacrum": 1.0,
    "sacroiliac": 0.9,
    "ilium": 0.9,
    "acetabulum": 0.9,
    "pubis": 0.8,
    "ischium": 0.8,
    "rib": 0.9,
    "sternum": 0.9,
    "manubrium": 0.9,
    "scapula": 0.8,
    "clavicle": 0.8,
    "glenoid": 0.8,
    "humeral head": 0.8,
    "femoral head": 0.8,
    "vault": 0.5,
}


def superscan(bones: Bones, extent: Extent, rng: np.random.Generator) -> list[HotSpot | None]:
    """The whole axial skeleton three to five times as bright, and the upper ends of limbs."""
    strength = SUPERSCAN_GAIN.draw(rng) * extent.contrast
    uneven = rng.uniform(0.1, 0.3)
    spots = [
        bones.whole(bone.name, strength * SUPERSCAN[bone.group] * np.exp(rng.normal(0, uneven)))
        for bone in bones.skeleton.bones
        if bone.group in SUPERSCAN
    ]
    for name in bones.skeleton.names("femur", "humerus"):
        spots.append(bones.stripe(name, 0.0, rng.uniform(60, 160), 0.8 * strength))
    return spots


def rib_rows(bones: Bones, extent: Extent, rng: np.random.Generator) -> list[HotSpot | None]:
    """Short foci in rows over many ribs of both sides."""
    middle = rng.uniform(0.2, 1)
    return [
        bones.stripe(
            name,
            float(np.clip(middle + rng.normal(0, 0.12), 0, 1)),
            rng.uniform(6, 16),
            METASTASIS_GAIN.draw(rng) * extent.contrast,
        )
        for name in bones.skeleton.names("rib")
        if rng.random() < 0.5
    ]
