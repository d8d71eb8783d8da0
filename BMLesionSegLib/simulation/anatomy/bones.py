"""A named bone, or a named part of one, before it is given any uptake."""

from dataclasses import dataclass

import numpy as np

from BMLesionSegLib.simulation.anatomy.points import Floats, Piece

SIDES = ((-1, "right"), (1, "left"))
"""Sign of x and name of each side of the patient."""


@dataclass(frozen=True, eq=False)
class Bone:
    """Points of one bone.

    Attributes:
        name: for example "left rib 7", "L4".
        group: bones that share one normal uptake, for example "rib".
        part: the part of the body around it: "trunk", "left arm", "right leg".
        points: float32 ``[point, 3]`` mm.
        volume: float32 ``[point]`` mm3.
        along: float32 ``[point]`` 0..1 along a long bone.
        length: mm along a long bone, 0 for a compact one.
    """

    name: str
    group: str
    part: str
    points: Floats
    volume: Floats
    along: Floats
    length: float


def bone(name: str, group: str, part: str, *pieces: Piece) -> Bone:
    """Join pieces to one bone."""
    return Bone(
        name,
        group,
        part,
        np.concatenate([piece.points for piece in pieces]),
        np.concatenate([piece.volume for piece in pieces]),
        np.concatenate([piece.along for piece in pieces]),
        max(piece.length for piece in pieces),
    )
