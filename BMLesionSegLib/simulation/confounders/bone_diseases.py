"""Benign diseases of bone: collapsed vertebrae, Paget, fibrous dysplasia, osteoarthropathy."""

from collections.abc import Iterator

import numpy as np

from BMLesionSegLib.simulation.anatomy.points import beside
from BMLesionSegLib.simulation.cohort import Person
from BMLesionSegLib.simulation.disease.disease_parameters import (
    BONE_DISEASE,
    COLLAPSE_GAIN,
    DYSPLASIA_GAIN,
    OSTEOARTHROPATHY_GAIN,
    PAGET_GAIN,
)
from BMLesionSegLib.simulation.disease.hot_spots import Bones, HotSpot
from BMLesionSegLib.simulation.disease.sites import Primary

PAGET_SITES = (
    ("left ilium", "left acetabulum", "left ischium", "left pubis"),
    ("right ilium", "right acetabulum", "right ischium", "right pubis"),
    ("left femur", "left femoral head"),
    ("right femur", "right femoral head"),
    ("L3",),
    ("T11",),
    ("skull vault",),
    ("right tibia",),
    ("left scapula", "left glenoid"),
)
SHAFTS = ("femur", "tibia", "fibula", "forearm")


def bone_diseases(
    bones: Bones, person: Person, rng: np.random.Generator
) -> Iterator[HotSpot | None]:
    """Those that this patient has."""
    old = np.clip((person.age - 45) / 25, 0.1, 1.6)
    if BONE_DISEASE["collapse"].happens(rng, old):
        yield from collapse(bones, rng)
    if BONE_DISEASE["Paget"].happens(rng, old):
        yield from paget(bones, rng)
    if BONE_DISEASE["dysplasia"].happens(rng):
        yield dysplasia(bones, rng)
    if person.primary is Primary.LUNG and BONE_DISEASE["osteoarthropathy"].happens(rng):
        yield from osteoarthropathy(bones, rng)


def collapse(bones: Bones, rng: np.random.Generator) -> Iterator[HotSpot | None]:
    """A horizontal band across one to three vertebrae about the thoracolumbar junction."""
    levels = [f"L{i}" for i in range(4, 0, -1)] + [f"T{i}" for i in range(12, 4, -1)]
    first = int(np.clip(rng.normal(4, 2.5), 0, len(levels) - 1))
    for name in levels[first : first + int(rng.choice([1, 1, 1, 2, 3]))]:
        where = bones.skeleton.range_of(bones.skeleton.number[name])
        points = bones.skeleton.points[where]
        plate = beside(points.mean(0), 0, 0.5 * points.std(0)[1], rng.uniform(-0.9, 0.9) * 8)
        yield bones.focus([name], plate, [70, 50, rng.uniform(6, 9)], COLLAPSE_GAIN.draw(rng))


def paget(bones: Bones, rng: np.random.Generator) -> Iterator[HotSpot | None]:
    """A whole bone, evenly and intensely."""
    strength = PAGET_GAIN.draw(rng)
    for name in PAGET_SITES[int(rng.integers(len(PAGET_SITES)))]:
        yield bones.whole(name, strength * rng.uniform(0.8, 1.2))


def dysplasia(bones: Bones, rng: np.random.Generator) -> HotSpot | None:
    """A long stretch of a rib, the femur or the tibia."""
    name = str(rng.choice(bones.skeleton.names(str(rng.choice(["rib", "femur", "tibia"])))))
    return bones.stripe(name, rng.uniform(0.2, 0.8), rng.uniform(30, 80), DYSPLASIA_GAIN.draw(rng))


def osteoarthropathy(bones: Bones, rng: np.random.Generator) -> Iterator[HotSpot | None]:
    """Hypertrophic osteoarthropathy: shafts of all limbs, both sides alike."""
    strength = OSTEOARTHROPATHY_GAIN.draw(rng)
    for name in bones.skeleton.names(*SHAFTS):
        yield bones.whole(name, strength * rng.uniform(0.8, 1.25))
