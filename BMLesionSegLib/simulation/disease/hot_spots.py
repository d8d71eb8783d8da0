"""A hot spot: what emits more than normal, why, and where; and the shapes it takes in bone."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from BMLesionSegLib.simulation.anatomy.points import Floats
from BMLesionSegLib.simulation.anatomy.skeleton import Indices, Skeleton
from BMLesionSegLib.simulation.disease.disease_parameters import LYTIC_LOSS

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
        emission: float32 ``[point]``, added to normal, negative where uptake is lost.
        uptake: highest, over normal, the normal included; 0 outside bone.
    """

    kind: SpotKind
    site: str
    part: str
    points: Floats
    emission: Floats
    uptake: float = 0.0


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
        return self.grown(name, indices, gain * np.exp(-(distance**4)))

    def whole(self, name: str, gain: float) -> HotSpot | None:
        """An entire bone, such as a vertebra."""
        indices = self.skeleton.indices([name])
        return self.grown(name, indices, np.full(len(indices), gain, np.float32))

    def focus(
        self, names: list[str], centre: ArrayLike, radii: ArrayLike, gain: float
    ) -> HotSpot | None:
        """Round or oval, inside the named bones; the first of them names the site."""
        indices = self.skeleton.indices(names)
        share = np.exp(-(self.distance(indices, centre, radii) ** 3))
        return self.grown(names[0], indices, (gain * share).astype(np.float32))

    def ring(
        self, names: list[str], centre: ArrayLike, radii: ArrayLike, gain: float
    ) -> HotSpot | None:
        """Lytic: cold in the middle, with a rim of the gain (0 for a cold lesion)."""
        indices = self.skeleton.indices(names)
        distance = self.distance(indices, centre, radii)
        rim = gain * np.exp(-(((distance - 1.1) / 0.3) ** 2))
        return self.grown(
            names[0], indices, (rim - LYTIC_LOSS.value * np.exp(-(distance**6))).astype(np.float32)
        )

    def distance(self, indices: Indices, centre: ArrayLike, radii: ArrayLike) -> Floats:
        """Of points from a centre, in radii."""
        offset = (self.skeleton.points[indices] - np.asarray(centre)) / np.asarray(radii)
        return np.asarray(np.sqrt((offset**2).sum(1)), np.float32)

    def somewhere(self, name: str, rng: np.random.Generator) -> Floats:
        """A random point of a bone."""
        where = self.skeleton.range_of(self.skeleton.number[name])
        point = rng.integers(where.start, where.stop)
        return np.asarray(self.skeleton.points[point])

    def grown(
        self,
        name: str,
        indices: Indices,
        gain: Floats,
        kind: SpotKind = SpotKind.METASTASIS,
    ) -> HotSpot | None:
        """A hot spot from the gain of each of some points; None when it touches next to none.

        Args:
            name: of the bone that names the site.
            indices: of the points.
            gain: added over normal uptake at each, negative where uptake is lost.
            kind: of the spot.
        """
        touched = np.abs(gain) > FAINTEST_SHARE * max(float(np.abs(gain).max()), 1e-6)
        if touched.sum() < 3:
            return None
        chosen = indices[touched]
        emission = (self.normal[chosen] * gain[touched]).astype(np.float32)
        part = self.skeleton.bones[self.skeleton.number[name]].part
        return HotSpot(
            kind, name, part, self.skeleton.points[chosen], emission, 1 + float(gain.max())
        )
