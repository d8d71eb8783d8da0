"""A hot spot: what emits more than normal, why, and where; and the shapes it takes in bone."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from BMLesionSegLib.simulation.points import Floats
from BMLesionSegLib.simulation.skeleton import Indices, Skeleton

FAINTEST_SHARE = 0.02


class SpotKind(StrEnum):
    """What a hot spot is."""

    METASTASIS = "metastasis"
    BENIGN = "benign"
    PHYSIOLOGICAL = "physiological"


@dataclass(frozen=True, eq=False)
class HotSpot:
    """Emission on top of the normal skeleton.

    Attributes:
        kind: metastasis, benign or physiological.
        site: in words, e.g. "left rib 7", "bladder".
        part: the part of the body around it.
        points: float32 ``[point, 3]`` mm.
        emission: float32 ``[point]``, added to normal.
    """

    kind: SpotKind
    site: str
    part: str
    points: Floats
    emission: Floats


@dataclass(frozen=True, eq=False)
class Bones:
    """A skeleton with its normal uptake: where hot spots grow."""

    skeleton: Skeleton
    normal: Floats

    def stripe(self, name: str, middle: float, half_length: float, gain: float) -> HotSpot | None:
        """Along a rib or a shaft: flat in the middle, ending softly.

        Args:
            name: of the bone.
            middle: 0..1 along it.
            half_length: mm.
            gain: added over normal uptake.
        """
        bone = self.skeleton.bones[self.skeleton.number[name]]
        indices = self.skeleton.indices([name])
        distance = np.abs(self.skeleton.along[indices] - middle) * bone.length / half_length
        return self._grown(name, bone.part, indices, gain * np.exp(-(distance**4)))

    def whole(self, name: str, gain: float) -> HotSpot | None:
        """An entire bone, such as a vertebra."""
        bone = self.skeleton.bones[self.skeleton.number[name]]
        indices = self.skeleton.indices([name])
        return self._grown(name, bone.part, indices, np.full(len(indices), gain))

    def focus(
        self, names: list[str], centre: ArrayLike, radii: ArrayLike, gain: float
    ) -> HotSpot | None:
        """Round or oval, inside the named bones; the first of them names the site."""
        bone = self.skeleton.bones[self.skeleton.number[names[0]]]
        indices = self.skeleton.indices(names)
        offset = (self.skeleton.points[indices] - np.asarray(centre)) / np.asarray(radii)
        share = np.exp(-((offset**2).sum(1) ** 1.5))
        return self._grown(names[0], bone.part, indices, gain * share)

    def somewhere(self, name: str, rng: np.random.Generator) -> Floats:
        """A random point of a bone."""
        where = self.skeleton.range_of(self.skeleton.number[name])
        point = rng.integers(where.start, where.stop)
        return np.asarray(self.skeleton.points[point])

    def _grown(self, site: str, part: str, indices: Indices, gain: Floats) -> HotSpot | None:
        touched = gain > FAINTEST_SHARE * max(float(gain.max()), 1e-6)
        if touched.sum() < 3:
            return None
        chosen = indices[touched]
        emission = (self.normal[chosen] * gain[touched]).astype(np.float32)
        return HotSpot(SpotKind.METASTASIS, site, part, self.skeleton.points[chosen], emission)
