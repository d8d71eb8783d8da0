"""The whole skeleton as one set of points."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.simulation.anatomy.arms import arms
from BMLesionSegLib.simulation.anatomy.bones import Bone
from BMLesionSegLib.simulation.anatomy.legs import legs
from BMLesionSegLib.simulation.anatomy.pelvis import pelvis
from BMLesionSegLib.simulation.anatomy.physique import Physique
from BMLesionSegLib.simulation.anatomy.points import Floats
from BMLesionSegLib.simulation.anatomy.shoulders import shoulders
from BMLesionSegLib.simulation.anatomy.skull import skull
from BMLesionSegLib.simulation.anatomy.spine import spine
from BMLesionSegLib.simulation.anatomy.thorax import thorax

Indices = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Skeleton:
    """All bones, in the patient's own size and position.

    Attributes:
        bones: each with its points in patient mm.
        points: float32 ``[point, 3]``, all bones one after the other.
        volume: float32 ``[point]`` mm3.
        along: float32 ``[point]`` 0..1.
        start: first point of each bone, and the number of points at the end.
    """

    bones: tuple[Bone, ...]
    points: Floats
    volume: Floats
    along: Floats
    start: Indices

    @cached_property
    def number(self) -> dict[str, int]:
        """Bone number by name."""
        return {bone.name: number for number, bone in enumerate(self.bones)}

    def range_of(self, number: int) -> slice:
        """Where the points of a bone lie."""
        return slice(int(self.start[number]), int(self.start[number + 1]))

    def indices(self, names: list[str]) -> Indices:
        """Points of the named bones."""
        ranges = [self.range_of(self.number[name]) for name in names]
        return np.concatenate([np.arange(where.start, where.stop) for where in ranges])

    def names(self, *groups: str) -> list[str]:
        """Names of the bones of some groups."""
        return [bone.name for bone in self.bones if bone.group in groups]


def build_skeleton(body: Physique, rng: np.random.Generator) -> Skeleton:
    """Build every bone of the reference adult, then bring them to the patient's size."""
    makers = (spine, skull, thorax, shoulders, arms, pelvis, legs)
    bones = tuple(bone for maker in makers for bone in maker(body, rng))
    count = [0, *(len(bone.points) for bone in bones)]
    return Skeleton(
        bones,
        body.place(np.concatenate([bone.points for bone in bones])),
        np.concatenate([bone.volume for bone in bones]),
        np.concatenate([bone.along for bone in bones]),
        np.cumsum(count),
    )
