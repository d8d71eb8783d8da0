"""Benign foci: degenerative joints and spine, fractures, dental and costochondral uptake."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from BMLesionSegLib.simulation.anatomy.points import Floats, beside
from BMLesionSegLib.simulation.cohort import Person
from BMLesionSegLib.simulation.confounders.bone_diseases import bone_diseases
from BMLesionSegLib.simulation.disease.disease_parameters import (
    ANTERIOR_FRACTURES,
    BENIGN_GAIN,
    BOTH_SIDES,
    COSTOCHONDRAL,
    DENTAL,
    RIB_FRACTURES,
    UNEVEN,
    WEAR,
)
from BMLesionSegLib.simulation.disease.hot_spots import Bones, HotSpot, SpotKind


@dataclass(frozen=True)
class Joint:
    """A place where wear shows.

    Attributes:
        group: bone group.
        place: "middle", "start" or "end" of the bone's axis, "lowest", "medial", "lateral".
        radius: mm.
        frequency: share of such joints that show it at 60 years.
    """

    group: str
    place: str
    radius: float
    frequency: float


# Frequencies: clinical notes, section 5 (marked there as estimates), halved for one side.
JOINTS = (
    Joint("clavicle", "start", 11, 0.14),
    Joint("clavicle", "end", 12, 0.25),
    Joint("humeral head", "middle", 18, 0.16),
    Joint("elbow", "middle", 16, 0.08),
    Joint("wrist", "middle", 14, 0.13),
    Joint("hand", "start", 10, 0.16),
    Joint("hand", "somewhere", 7, 0.10),
    Joint("sternum", "start", 11, 0.20),
    Joint("manubrium", "middle", 16, 0.06),
    Joint("scapula", "lowest", 12, 0.14),
    Joint("sacroiliac", "middle", 14, 0.10),
    Joint("iliac spine", "middle", 13, 0.07),
    Joint("femoral head", "middle", 17, 0.10),
    Joint("femoral head", "lateral", 14, 0.07),
    Joint("ischium", "lowest", 13, 0.05),
    Joint("pubis", "medial", 12, 0.06),
    Joint("patella", "middle", 18, 0.14),
    Joint("knee", "medial", 16, 0.18),
    Joint("knee", "lateral", 16, 0.10),
    Joint("knee", "middle", 30, 0.12),
    Joint("ankle", "middle", 18, 0.12),
    Joint("foot", "start", 14, 0.16),
    Joint("foot", "somewhere", 10, 0.16),
)


def benign_foci(bones: Bones, person: Person, rng: np.random.Generator) -> list[HotSpot]:
    """All benign foci of a patient."""
    wear = np.clip((person.age - 30) / 30, 0.15, 1.6) * WEAR[int(rng.integers(2))].value
    spots = [
        *worn_joints(bones, wear, rng),
        *degenerative_spine(bones, wear, rng),
        *rib_fractures(bones, rng),
        *costochondral(bones, rng),
        *dental(bones, rng),
        *uneven(bones, rng),
        *bone_diseases(bones, person, rng),
    ]
    return [replace(spot, kind=SpotKind.BENIGN) for spot in spots if spot is not None]


def gain(rng: np.random.Generator) -> float:
    """Added over normal uptake."""
    return BENIGN_GAIN.draw(rng)


def worn_joints(bones: Bones, wear: float, rng: np.random.Generator) -> Iterator[HotSpot | None]:
    """Joints, often on both sides."""
    for joint in JOINTS:
        names = bones.skeleton.names(joint.group)
        affected = [name for name in names if rng.random() < joint.frequency * wear]
        if affected and BOTH_SIDES.happens(rng):
            affected = names
        strength = gain(rng)
        for name in affected:
            centre = place_of(bones, name, joint.place, rng)
            radius = joint.radius * rng.uniform(0.75, 1.15)
            yield bones.focus(
                [name, *neighbours(bones, name, centre, 2.5 * radius)],
                centre,
                [radius] * 3,
                strength * rng.uniform(0.7, 1.2),
            )


def place_of(bones: Bones, name: str, place: str, rng: np.random.Generator) -> Floats:
    """A point of a bone."""
    skeleton = bones.skeleton
    where = skeleton.range_of(skeleton.number[name])
    points, along = skeleton.points[where], skeleton.along[where]
    away = np.abs(points[:, 0])
    order = {
        "start": along,
        "end": -along,
        "lowest": points[:, 2],
        "medial": away,
        "lateral": -away,
    }
    if place == "somewhere":
        return np.asarray(points[rng.integers(len(points))])
    if place == "middle":
        return np.asarray(points.mean(0))
    nearest = np.argsort(order[place], kind="stable")[: max(8, len(points) // 12)]
    return np.asarray(points[nearest].mean(0))


def neighbours(bones: Bones, name: str, centre: Floats, reach: float) -> list[str]:
    """Other bones that come within reach of a point."""
    near = (np.abs(bones.skeleton.points - centre) < reach).all(1)
    numbers = np.unique(np.searchsorted(bones.skeleton.start, np.nonzero(near)[0], "right") - 1)
    names = [bones.skeleton.bones[number].name for number in numbers]
    return [other for other in names if other != name]


# Share of vertebrae with an osteophyte on one side, and with a facet joint, at 60 years.
SPINE_WEAR = {"lumbar": (0.055, 0.05), "cervical": (0.025, 0.03), "thoracic": (0.012, 0.008)}


def degenerative_spine(
    bones: Bones, wear: float, rng: np.random.Generator
) -> Iterator[HotSpot | None]:
    """Osteophytes beside the body, facet joints behind it, rarely a collapsed end plate."""
    for group, (osteophyte, facet) in SPINE_WEAR.items():
        for name in bones.skeleton.names(group):
            where = bones.skeleton.range_of(bones.skeleton.number[name])
            points = bones.skeleton.points[where]
            middle, extent = points.mean(0), points.std(0)
            for side in (-1, 1):
                if rng.random() < osteophyte * wear:
                    centre = beside(
                        middle, side * 1.5 * extent[0], 0.6 * extent[1], -1.3 * extent[2]
                    )
                    yield bones.focus([name], centre, [8, 14, 7], 1.5 * gain(rng))
                if rng.random() < facet * wear:
                    centre = beside(
                        middle, side * 1.1 * extent[0], -0.9 * extent[1], -1.2 * extent[2]
                    )
                    yield bones.focus([name], centre, [8, 10, 10], 1.3 * gain(rng))


def rib_fractures(bones: Bones, rng: np.random.Generator) -> Iterator[HotSpot | None]:
    """Short round foci in a row over adjacent ribs, mostly near the front end."""
    if not RIB_FRACTURES.happens(rng):
        return
    side = str(rng.choice(["left", "right"]))
    first = int(rng.integers(2, 9))
    middle = rng.uniform(0.7, 0.98) if ANTERIOR_FRACTURES.happens(rng) else rng.uniform(0.2, 0.7)
    for number in range(first, min(first + int(rng.integers(1, 5)), 12)):
        at = float(np.clip(middle + rng.normal(0, 0.025), 0, 1))
        yield bones.stripe(f"{side} rib {number}", at, rng.uniform(5, 8.5), 1.8 * gain(rng))


def costochondral(bones: Bones, rng: np.random.Generator) -> Iterator[HotSpot | None]:
    """Front ends of several ribs."""
    if not COSTOCHONDRAL.happens(rng):
        return
    for name in bones.skeleton.names("rib"):
        if int(name.split()[-1]) < 10 and rng.random() < 0.25:
            yield bones.stripe(name, 1.0, rng.uniform(8, 14), 0.8 * gain(rng))


def dental(bones: Bones, rng: np.random.Generator) -> Iterator[HotSpot | None]:
    """Teeth and sinuses."""
    if DENTAL.happens(rng):
        name = str(rng.choice(["face", "mandible"]))
        radius = rng.uniform(8, 16)
        yield bones.focus([name], bones.somewhere(name, rng), [radius] * 3, 1.4 * gain(rng))


def uneven(bones: Bones, rng: np.random.Generator) -> Iterator[HotSpot | None]:
    """Faint uneven uptake anywhere, of no meaning."""
    for _ in range(int(rng.poisson(UNEVEN.value))):
        name = str(rng.choice([bone.name for bone in bones.skeleton.bones]))
        centre = bones.somewhere(name, rng)
        radius = rng.uniform(9, 28)
        names = [name, *neighbours(bones, name, centre, 2 * radius)]
        yield bones.focus(names, centre, [radius] * 3, rng.uniform(0.2, 0.5))
