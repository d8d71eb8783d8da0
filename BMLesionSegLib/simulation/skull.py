"""Cranial vault, skull base, face and mandible, turned as the head lies."""

import numpy as np

from BMLesionSegLib.simulation.bones import SIDES, Bone, bone
from BMLesionSegLib.simulation.physique import Physique
from BMLesionSegLib.simulation.points import Piece, ellipsoid, tube, turned
from BMLesionSegLib.simulation.spine import column

PIVOT = (0.0, -10.0, 1535.0)
JAW = (
    (-50, 12, 1570),
    (-47, 26, 1538),
    (-30, 58, 1525),
    (0, 76, 1521),
    (30, 58, 1525),
    (47, 26, 1538),
    (50, 12, 1570),
)


def skull(body: Physique, rng: np.random.Generator) -> list[Bone]:
    """The head's bones."""
    base = [ellipsoid([0, -14, 1564], [48, 56, 19], rng)]
    face = [
        ellipsoid([0, 60, 1560], [29, 18, 22], rng, shell=0.4),
        ellipsoid([0, 68, 1584], [11, 14, 24], rng, density=1.6),
        ellipsoid([0, 68, 1541], [25, 11, 12], rng, density=0.9),
    ]
    for side, _ in SIDES:
        base.append(ellipsoid([side * 58, -4, 1572], [12, 17, 16], rng, density=0.9))
        face.append(ellipsoid([side * 31, 66, 1600], [18, 10, 16], rng, shell=0.75))
        face.append(ellipsoid([side * 38, 58, 1568], [11, 10, 10], rng))
        face.append(tube([[side * 62, 20, 1574], [side * 48, 54, 1574]], 5.0, rng))
    shapes = [
        ("skull vault", "vault", [ellipsoid([0, 2, 1619], [71, 88, 83], rng, shell=0.9)]),
        ("skull base", "skull base", base),
        ("face", "face", face),
        ("mandible", "mandible", [tube(JAW, 7.5, rng, profile=(1.1, 0.9, 1.1, 1, 1.1, 0.9, 1.1))]),
    ]
    return [
        bone(name, group, "trunk", *(nodded(piece, body) for piece in pieces))
        for name, group, pieces in shapes
    ]


def nodded(piece: Piece, body: Physique) -> Piece:
    """Turn a piece of the head about the top of the neck and set it on the spine."""
    for axis, angle in ((2, body.head_yaw), (1, body.head_tilt), (0, body.head_nod)):
        piece = turned(piece, PIVOT, axis, angle)
    shift = np.array([column(1530, body)[0], 0, 0], np.float32)
    return Piece(piece.points + shift, piece.volume, piece.along, piece.length)
