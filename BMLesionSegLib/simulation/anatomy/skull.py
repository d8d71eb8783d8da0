"""Cranial vault, skull base, face and mandible, turned as the head lies."""

import numpy as np

from BMLesionSegLib.simulation.anatomy.bones import SIDES, Bone, bone
from BMLesionSegLib.simulation.anatomy.physique import Physique
from BMLesionSegLib.simulation.anatomy.points import Piece, ellipsoid, tube, turned
from BMLesionSegLib.simulation.anatomy.spine import column

PIVOT = (0.0, -10.0, 1535.0)
JAW = (
    (-51, 8, 1566),
    (-49, 16, 1532),
    (-43, 30, 1510),
    (-24, 66, 1499),
    (0, 78, 1496),
    (24, 66, 1499),
    (43, 30, 1510),
    (49, 16, 1532),
    (51, 8, 1566),
)


JAW_PROFILE = (1.2, 0.6, 0.8, 0.9, 1.0, 0.9, 0.8, 0.6, 1.2)


def skull(body: Physique, rng: np.random.Generator) -> list[Bone]:
    """The head's bones."""
    base = [ellipsoid([0, -14, 1564], [48, 56, 19], rng)]
    face = [
        ellipsoid([0, 60, 1562], [27, 18, 24], rng, shell=0.4),
        ellipsoid([0, 70, 1580], [10, 14, 22], rng, density=1.6),
        ellipsoid([0, 62, 1535], [27, 18, 14], rng, density=0.9),
        ellipsoid([0, 72, 1512], [22, 8, 8], rng, density=0.8),
    ]
    for side, _ in SIDES:
        base.append(ellipsoid([side * 58, -4, 1572], [12, 17, 16], rng, density=0.9))
        face.append(ellipsoid([side * 31, 66, 1600], [19, 10, 17], rng, shell=0.75))
        face.append(ellipsoid([side * 38, 56, 1566], [11, 10, 11], rng))
        face.append(tube([[side * 62, 20, 1572], [side * 48, 54, 1570]], 5.0, rng))
        face.append(tube([[side * 46, 40, 1560], [side * 26, 62, 1534]], 6.0, rng))
    shapes = [
        ("skull vault", "vault", [ellipsoid([0, 2, 1619], [71, 88, 83], rng, shell=0.9)]),
        ("skull base", "skull base", base),
        ("face", "face", face),
        ("mandible", "mandible", [tube(JAW, 8.5, rng, profile=JAW_PROFILE)]),
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
