"""Everything in a patient that emits or shades: bones, hot spots, soft tissue, metal."""

from dataclasses import dataclass

import numpy as np

from BMLesionSegLib.simulation.anatomy.outline import BodyPart, outline
from BMLesionSegLib.simulation.anatomy.physique import Physique
from BMLesionSegLib.simulation.anatomy.skeleton import Skeleton, build_skeleton
from BMLesionSegLib.simulation.cohort import Person
from BMLesionSegLib.simulation.confounders.benign_foci import benign_foci
from BMLesionSegLib.simulation.confounders.implants import Shade, prostheses, shades
from BMLesionSegLib.simulation.disease.disease_parameters import SUPERSCAN_WASHOUT
from BMLesionSegLib.simulation.disease.hot_spots import Bones, HotSpot
from BMLesionSegLib.simulation.disease.metastases import MANY, metastases
from BMLesionSegLib.simulation.uptake.normal_uptake import normal_uptake
from BMLesionSegLib.simulation.uptake.organs import kidneys_and_bladder, tracer_outside
from BMLesionSegLib.simulation.uptake.uptake_parameters import (
    HOURS_AFTER_INJECTION,
    SOFT_TISSUE,
    WASHOUT_AN_HOUR,
)


@dataclass(frozen=True, eq=False)
class Source:
    """What the camera looks at.

    Attributes:
        skeleton: all bones.
        normal: emission of every point of the skeleton without disease.
        spots: what emits on top of it, or (metal, lytic metastases) takes away from it.
        parts: the body around, by name.
        soft: concentration in the soft tissue of a limb.
        shades: what attenuates before one camera head.
    """

    skeleton: Skeleton
    normal: np.ndarray
    spots: tuple[HotSpot, ...]
    parts: dict[str, BodyPart]
    soft: float
    shades: tuple[Shade, ...] = ()


def emission(
    person: Person, body: Physique, uptake: np.random.Generator, lesions: np.random.Generator
) -> Source:
    """Fill a body with tracer, healthy and ill."""
    skeleton = build_skeleton(body, uptake)
    whole = Bones(skeleton, normal_uptake(skeleton, person.spread, uptake))
    metal, bones = prostheses(whole, person.age, lesions)
    spots = [*metal, *benign_foci(bones, person, lesions)]
    washout = delay(lesions)
    if person.extent is not None:
        spots += metastases(bones, person.primary, person.extent, lesions)
        # Widespread disease takes up tracer that kidneys and soft tissue then lack.
        washout /= 1 + 2.5 * person.extent.confluent + 0.5 * (person.extent.lesions > MANY)
        washout /= SUPERSCAN_WASHOUT.value if person.extent.superscan else 1
    spots += kidneys_and_bladder(body, washout, lesions) + tracer_outside(body, washout, lesions)
    return Source(
        skeleton,
        whole.normal,
        tuple(spots),
        {part.name: part for part in outline(body)},
        washout**0.5 * SOFT_TISSUE.draw(lesions),
        tuple(shades(body, lesions)),
    )


def healthy(
    person: Person, body: Physique, uptake: np.random.Generator, rest: np.random.Generator
) -> Source:
    """The same body with normal uptake, kidneys and bladder alone."""
    skeleton = build_skeleton(body, uptake)
    normal = normal_uptake(skeleton, person.spread, uptake)
    washout = delay(rest)
    organs = tuple(kidneys_and_bladder(body, washout, rest))
    parts = {part.name: part for part in outline(body)}
    return Source(skeleton, normal, organs, parts, washout**0.5 * SOFT_TISSUE.draw(rest))


def delay(rng: np.random.Generator) -> float:
    """Tracer outside bone against that three hours after injection."""
    hours = HOURS_AFTER_INJECTION.draw(rng)
    return float(np.exp(-WASHOUT_AN_HOUR.value * (hours - 3)))
