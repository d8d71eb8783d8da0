"""From a seed to a patient: body, uptake, disease, benign foci, tracer outside bone, two views."""

from dataclasses import dataclass

import numpy as np

from BMLesionSegLib.scan import ViewName
from BMLesionSegLib.simulation import camera
from BMLesionSegLib.simulation.cohort import CODES, Person, draw_person, named_cohort
from BMLesionSegLib.simulation.confounders import benign_foci
from BMLesionSegLib.simulation.disease import MANY, metastases
from BMLesionSegLib.simulation.hot_spots import Bones, HotSpot
from BMLesionSegLib.simulation.organs import organs
from BMLesionSegLib.simulation.outline import BodyPart, outline
from BMLesionSegLib.simulation.parameters import PIXEL_MM, SOFT_SPREAD, SOFT_TISSUE
from BMLesionSegLib.simulation.patient import SimulatedPatient, SimulatedView, Spot
from BMLesionSegLib.simulation.physique import (
    REFERENCE_HEIGHT_MM,
    Physique,
    draw_physique,
)
from BMLesionSegLib.simulation.points import Floats
from BMLesionSegLib.simulation.regions import REGION_OF_GROUP, Region
from BMLesionSegLib.simulation.skeleton import Skeleton, build_skeleton
from BMLesionSegLib.simulation.truth import label_map, region_map
from BMLesionSegLib.simulation.uptake import normal_uptake


@dataclass(frozen=True, eq=False)
class Source:
    """Everything in a patient that emits.

    Attributes:
        bones: the skeleton with its normal uptake.
        spots: what emits on top of it.
        parts: the body around, by name.
        soft: concentration in the soft tissue of a limb.
    """

    bones: Bones
    spots: tuple[HotSpot, ...]
    parts: dict[str, BodyPart]
    soft: float


def simulate_patient(seed: int, patient: int, cohort: str = "clinic") -> SimulatedPatient:
    """Simulate one patient; the same arguments give the same bytes.

    Args:
        seed: of the cohort; patients of different seeds never coincide.
        patient: number within the seed, from 0.
        cohort: "clinic" (mixed primaries, some without metastases) or "paper" (lung cancer, all
            metastatic).

    Raises:
        TrainingRefused: no such cohort.
    """
    chosen = named_cohort(cohort)
    sequence = np.random.SeedSequence([seed, patient, CODES[chosen]])
    rooms = [np.random.default_rng(child) for child in sequence.spawn(6)]
    person = draw_person(chosen, rooms[0])
    body = draw_physique(person.sex, person.age, rooms[1])
    source = emission(person, body, rooms[2], rooms[3])
    vertex = REFERENCE_HEIGHT_MM * body.scale[2]
    acquisition = camera.draw_acquisition(vertex, rooms[4])
    views = tuple(take_view(source, name, acquisition, rooms[5]) for name in ViewName)
    return SimulatedPatient(
        seed,
        patient,
        str(chosen),
        person.sex,
        person.age,
        (views[0], views[1]),
        seen_spots(source.spots, views),
        (PIXEL_MM.value, PIXEL_MM.value),
    )


def seen_spots(spots: tuple[HotSpot, ...], views: tuple[SimulatedView, ...]) -> tuple[Spot, ...]:
    """The hot spots that own a pixel in some view."""
    numbers = np.unique(np.concatenate([np.unique(view.spots) for view in views]))
    return tuple(
        Spot(int(number), spots[number - 1].kind, spots[number - 1].site)
        for number in numbers
        if number > 0
    )


def emission(
    person: Person, body: Physique, uptake: np.random.Generator, lesions: np.random.Generator
) -> Source:
    """Fill a body with tracer."""
    skeleton = build_skeleton(body, uptake)
    bones = Bones(skeleton, normal_uptake(skeleton, person.spread, uptake))
    spots = benign_foci(bones, person.age, lesions)
    washout = 1.0
    if person.extent is not None:
        spots += metastases(bones, person.primary, person.extent, lesions)
        # Widespread disease takes up tracer that kidneys and soft tissue then lack.
        washout = 1 / (1 + 2.5 * person.extent.confluent + 0.5 * (person.extent.lesions > MANY))
    spots += organs(body, washout, lesions)
    level = washout**0.5 * np.exp(SOFT_SPREAD.value * np.clip(lesions.standard_normal(), -2.3, 2.3))
    parts = {part.name: part for part in outline(body)}
    return Source(bones, tuple(spots), parts, float(level * SOFT_TISSUE.value))


def take_view(
    source: Source, name: ViewName, scan: camera.Acquisition, rng: np.random.Generator
) -> SimulatedView:
    """One view with its truth."""
    skeleton, normal = source.bones.skeleton, source.bones.normal
    bone_rays = skeleton_rays(source, name, scan)
    spot_images = []
    image = camera.image_of_points(bone_rays, normal, scan)
    for spot in source.spots:
        seen = camera.rays(spot.points, source.parts[spot.part], name, scan)
        window, own = camera.window_of_points(seen, spot.emission, scan)
        image[window] += own
        spot_images.append((window, own))
    tissue = camera.image_of_soft_tissue(source.parts.values(), name, scan)
    image += np.float32(source.soft) * tissue
    image = camera.with_scatter(image, scan)
    total = scan.counts * (scan.view_ratio if name is ViewName.ANTERIOR else 1.0)
    scale = np.float32(total / image.sum())
    expected = image * scale + np.float32(scan.background)
    return SimulatedView(
        name,
        camera.detect(expected, rng),
        label_map(expected, [(window, own * scale) for window, own in spot_images]),
        region_map(expected.shape, region_images(skeleton, bone_rays, scan)),
    )


def skeleton_rays(source: Source, name: ViewName, scan: camera.Acquisition) -> camera.Rays:
    """Rays of all bones, each in its own part of the body."""
    skeleton = source.bones.skeleton
    pieces = [
        camera.rays(skeleton.points[skeleton.range_of(i)], source.parts[bone.part], name, scan)
        for i, bone in enumerate(skeleton.bones)
    ]
    return camera.Rays(
        np.concatenate([piece.row for piece in pieces]),
        np.concatenate([piece.column for piece in pieces]),
        np.concatenate([piece.transmission for piece in pieces]),
        np.concatenate([piece.slab for piece in pieces]),
    )


def region_images(
    skeleton: Skeleton, seen: camera.Rays, scan: camera.Acquisition
) -> list[tuple[Region, camera.Window, Floats]]:
    """Each region alone, every mm3 of bone emitting alike."""
    images = []
    for region in Region:
        groups = [group for group, own in REGION_OF_GROUP.items() if own is region]
        chosen = skeleton.indices(skeleton.names(*groups))
        own = camera.Rays(
            seen.row[chosen], seen.column[chosen], seen.transmission[chosen], seen.slab[chosen]
        )
        images.append((region, *camera.window_of_points(own, skeleton.volume[chosen], scan)))
    return images
