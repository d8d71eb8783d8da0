"""Normal uptake: how much each point of the skeleton emits in a patient without disease."""

from dataclasses import dataclass

import numpy as np

from BMLesionSegLib.simulation.anatomy.points import Floats
from BMLesionSegLib.simulation.anatomy.skeleton import Skeleton
from BMLesionSegLib.simulation.uptake.uptake_parameters import (
    BONE_SPREAD,
    LIMB_SPREAD,
    NORMAL_UPTAKE,
    PATCHINESS,
    RIB_PROFILE_SPREAD,
    SIDE_SPREAD,
    SPINE_SPREAD,
)

SPINE = ("cervical", "thoracic", "lumbar")
LIMBS = ("humerus", "elbow", "forearm", "wrist", "hand", "femur", "knee", "patella", "tibia",
         "fibula", "ankle", "foot")  # fmt: skip
WAVES = 10


@dataclass(frozen=True)
class Spread:
    """Draws log-normal factors, all widened by the patient's own factor."""

    factor: float
    rng: np.random.Generator

    def draw(self, spread: float) -> float:
        """One factor with median 1."""
        limited = float(np.clip(self.rng.standard_normal(), -2.6, 2.6))
        return float(np.exp(limited * spread * self.factor))


def normal_uptake(skeleton: Skeleton, factor: float, rng: np.random.Generator) -> Floats:
    """Emission of every point: concentration x volume x the patient's own variations.

    Args:
        skeleton: of the patient.
        factor: multiplies every spread; 1 is the population's.
        rng: of this patient.
    """
    spread = Spread(factor, rng)
    groups = {name: spread.draw(row.spread) for name, row in NORMAL_UPTAKE.items()}
    spine, limbs = spread.draw(SPINE_SPREAD.value), spread.draw(LIMB_SPREAD.value)
    sides: dict[tuple[str, str], float] = {}
    emission = skeleton.volume.copy()
    for number, bone in enumerate(skeleton.bones):
        side = bone.name.split()[0]
        if (bone.group, side) not in sides:
            lateral = side in ("left", "right")
            sides[bone.group, side] = spread.draw(SIDE_SPREAD.value) if lateral else 1.0
        gain = NORMAL_UPTAKE[bone.group].median * groups[bone.group]
        gain *= sides[bone.group, side] * spread.draw(BONE_SPREAD.value)
        gain *= spine if bone.group in SPINE else limbs if bone.group in LIMBS else 1.0
        where = skeleton.range_of(number)
        emission[where] *= gain
        if bone.group == "rib":
            knots = [spread.draw(RIB_PROFILE_SPREAD.value) for _ in range(6)]
            emission[where] *= np.interp(bone.along, np.linspace(0, 1, 6), knots)
    return (emission * patches(skeleton.points, factor, rng)).astype(np.float32)


def patches(points: Floats, factor: float, rng: np.random.Generator) -> Floats:
    """A smooth log-normal random field over space: waves of 35 to 220 mm in all directions."""
    field = np.zeros(len(points), np.float32)
    for _ in range(WAVES):
        length = np.exp(rng.uniform(np.log(35), np.log(220)))
        direction = rng.standard_normal(3)
        direction *= 2 * np.pi / length / np.linalg.norm(direction)
        field += np.cos(points @ direction.astype(np.float32) + np.float32(rng.uniform(0, 6.28)))
    depth = PATCHINESS.value * factor**0.5 * np.exp(rng.normal(0, 0.3))
    return np.asarray(np.exp(depth * field / np.sqrt(WAVES / 2)), np.float32)
