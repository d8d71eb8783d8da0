"""Sacrum, sacroiliac joints, ilium, acetabulum, ischium and pubis."""

import numpy as np

from BMLesionSegLib.simulation.anatomy.bones import SIDES, Bone, bone
from BMLesionSegLib.simulation.anatomy.physique import Physique
from BMLesionSegLib.simulation.anatomy.points import Piece, ellipsoid, sheet, tube, turned

PIVOT = (0.0, -30.0, 950.0)
# Right half mirrored from the left. The crest runs from the posterior to the anterior spine, the
# brim (arcuate line) from the sacroiliac joint to the acetabulum.
CREST = (
    (42, -86, 982),
    (58, -82, 1016),
    (90, -52, 1037),
    (118, -4, 1036),
    (134, 40, 1010),
    (129, 68, 976),
    (110, 56, 930),
)
BRIM = (
    (46, -62, 958),
    (52, -54, 936),
    (64, -38, 922),
    (80, -14, 910),
    (94, 8, 902),
    (100, 22, 898),
    (101, 28, 896),
)
SACRUM = ((0, -62, 990), (0, -84, 950), (0, -90, 910), (0, -74, 874))


def pelvis(body: Physique, rng: np.random.Generator) -> list[Bone]:
    """All pelvic bones, tilted as the patient lies."""
    bones = [made("sacrum", "sacrum", [sacrum(rng)], body)]
    for side, name in SIDES:
        mirror = np.array([side, 1, 1], np.float32)
        bones += [
            made(f"{name} {title}", group, pieces, body)
            for title, group, pieces in hip_bone(mirror, rng)
        ]
    return bones


def made(name: str, group: str, pieces: list[Piece], body: Physique) -> Bone:
    """Tilt and widen the pieces of one bone and join them."""
    breadth = np.array([body.hips, 1, 1], np.float32)
    shaped = []
    for piece in pieces:
        piece = turned(piece, PIVOT, 0, body.pelvic_tilt)
        shaped.append(Piece(piece.points * breadth, piece.volume, piece.along, piece.length))
    return bone(name, group, "trunk", *shaped)


def sacrum(rng: np.random.Generator) -> Piece:
    """A wedge, broad above, from a round bar flattened sideways."""
    bar = tube(SACRUM, (20, 18, 14, 9, 5), rng, profile=(1.1, 1.1, 1, 0.9, 0.7))
    broad = np.array([2.3, 0.75, 1], np.float32)
    middle = np.array([0, -78, 0], np.float32)
    volume = bar.volume * np.float32(2.3 * 0.75)
    return Piece((bar.points - middle) * broad + middle, volume, bar.along, bar.length)


Shape = tuple[str, str, list[Piece]]


def hip_bone(mirror: np.ndarray, rng: np.random.Generator) -> list[Shape]:
    """Pieces of one hip bone."""

    def bar(corners: list[list[float]], radius: object, profile: tuple[float, ...] = (1,)) -> Piece:
        return tube(np.array(corners) * mirror, np.asarray(radius), rng, profile=profile)

    wing = sheet(
        np.array(CREST) * mirror,
        np.array(BRIM) * mirror,
        9.0,
        rng,
        edge_density=(1.9, 1.9),
        middle_density=0.55,
    )
    return [
        ("ilium", "ilium", [wing, bar([list(c) for c in BRIM], 7.0, (0.6,))]),
        (
            "iliac spine",
            "iliac spine",
            [bar([[133, 44, 1004], [129, 66, 974], [112, 54, 932], [101, 34, 902]], (7, 10, 9, 9))],
        ),
        (
            "sacroiliac joint",
            "sacroiliac",
            [bar([[45, -74, 990], [51, -66, 962], [47, -56, 930]], 10)],
        ),
        (
            "acetabulum",
            "acetabulum",
            [ellipsoid(np.array([92, 4, 888]) * mirror, [31, 28, 31], rng, shell=0.78)],
        ),
        (
            "pubis",
            "pubis",
            [
                bar([[80, 26, 884], [46, 54, 876], [9, 62, 858]], (9, 8, 10), (1, 0.9, 1.4)),
                bar([[9, 60, 852], [22, 40, 832], [40, 8, 818]], 7),
            ],
        ),
        (
            "ischium",
            "ischium",
            [
                bar([[88, -18, 874], [74, -38, 838], [64, -34, 814]], (14, 14, 12)),
                bar([[64, -32, 814], [52, -12, 812], [40, 8, 818]], 8),
            ],
        ),
    ]
