"""Tracer that is not in bone: kidneys, bladder, urine where it should not be, injection site."""

import numpy as np

from BMLesionSegLib.simulation.anatomy.arms import arm_joints
from BMLesionSegLib.simulation.anatomy.bones import SIDES
from BMLesionSegLib.simulation.anatomy.physique import Physique
from BMLesionSegLib.simulation.anatomy.points import Piece, beside, ellipsoid, tube
from BMLesionSegLib.simulation.disease.disease_parameters import INJECTION, SPILL, TRACER_OUTSIDE
from BMLesionSegLib.simulation.disease.hot_spots import HotSpot, SpotKind
from BMLesionSegLib.simulation.uptake.uptake_parameters import (
    BLADDER,
    BLADDER_RADIUS,
    KIDNEY,
    KIDNEY_IN_PELVIS,
    KIDNEY_MISSING,
    KIDNEY_OBSTRUCTED,
    KIDNEY_SIDE,
)


def kidneys_and_bladder(body: Physique, washout: float, rng: np.random.Generator) -> list[HotSpot]:
    """What every patient has.

    Args:
        body: the patient.
        washout: tracer outside bone, 1 normally; less late or in disseminated disease.
        rng: of this patient.
    """
    return [*kidneys(body, washout, rng), *bladder(body, washout, rng)]


def tracer_outside(body: Physique, washout: float, rng: np.random.Generator) -> list[HotSpot]:
    """What some have: ureter, thyroid cartilage, urine on the skin, tracer left in the arm."""
    found = []
    if TRACER_OUTSIDE["ureter"].happens(rng):
        found.append(ureter(body, washout, rng))
    if TRACER_OUTSIDE["thyroid cartilage"].happens(rng):
        found.append(thyroid_cartilage(body, rng))
    if TRACER_OUTSIDE["contamination"].happens(rng):
        found.append(contamination(body, rng))
    if TRACER_OUTSIDE["injection site"].happens(rng):
        found.append(injection_site(body, rng))
    return found


def thyroid_cartilage(body: Physique, rng: np.random.Generator) -> HotSpot:
    """Calcified cartilage before the neck."""
    shape = ellipsoid([0, 32, 1478 + rng.normal(0, 4)], [17, 9, 12], rng, shell=0.5)
    return organ("thyroid cartilage", "trunk", shape, body, rng.uniform(0.4, 1.1))


def organ(site: str, part: str, piece: Piece, body: Physique, concentration: float) -> HotSpot:
    """A piece of the reference adult filled with tracer, relative to a lumbar vertebra."""
    emission = (piece.volume * concentration).astype(np.float32)
    return HotSpot(SpotKind.PHYSIOLOGICAL, site, part, body.place(piece.points), emission)


def kidneys(body: Physique, washout: float, rng: np.random.Generator) -> list[HotSpot]:
    """Both kidneys, the right one lower; now and then one is obstructed or missing."""
    shared = KIDNEY.draw(rng) * washout
    spots = []
    for side, name in SIDES:
        if KIDNEY_MISSING.happens(rng):
            continue
        own = shared * KIDNEY_SIDE.draw(rng) * (3.0 if KIDNEY_OBSTRUCTED.happens(rng) else 1.0)
        centre = [side * rng.uniform(56, 70), -48, 1128 + rng.normal(0, 10) - 6 * (1 - side)]
        if KIDNEY_IN_PELVIS.happens(rng):
            centre = [side * rng.uniform(15, 40), 0, 985]  # a kidney that stayed in the pelvis
        shape = ellipsoid(centre, [25, 20, 52], rng, shell=0.35)
        spots.append(organ(f"{name} kidney", "trunk", shape, body, own))
    return spots


def bladder(body: Physique, washout: float, rng: np.random.Generator) -> list[HotSpot]:
    """Urine in the bladder, 20 to 350 ml."""
    radius = BLADDER_RADIUS.draw(rng)
    concentration = BLADDER.draw(rng) * washout
    radii = radius * np.array([rng.uniform(0.9, 1.35), 0.8, rng.uniform(0.65, 1.0)])
    centre = [rng.uniform(-8, 8), 34, 880 + 0.4 * radius]
    return [organ("bladder", "trunk", ellipsoid(centre, radii, rng), body, concentration)]


def ureter(body: Physique, washout: float, rng: np.random.Generator) -> HotSpot:
    """A stretch of one ureter."""
    side = rng.choice([-1, 1])
    top = rng.uniform(980, 1080)
    low = top - rng.uniform(20, 90)
    line = [[side * rng.uniform(30, 44), -20, top], [side * rng.uniform(25, 40), -5, low]]
    return organ("ureter", "trunk", tube(line, 3.5, rng), body, washout * rng.uniform(1, 5))


def contamination(body: Physique, rng: np.random.Generator) -> HotSpot:
    """Urine on the skin or clothes: perineum mostly, thigh or hand sometimes."""
    amount = SPILL.draw(rng)
    if rng.random() < 0.75:
        centre, part = [rng.uniform(-16, 16), 70, rng.uniform(770, 835)], "trunk"
    else:
        centre = [rng.uniform(-110, 110), 70, rng.uniform(560, 800)]
        part = "left leg" if centre[0] > 0 else "right leg"
    radii = [rng.uniform(4, 11), 5, rng.uniform(4, 13)]
    shape = ellipsoid(centre, radii, rng)
    return organ("urine contamination", part, shape, body, amount / float(shape.volume.sum()))


def injection_site(body: Physique, rng: np.random.Generator) -> HotSpot:
    """Tracer left in the arm: elbow crease, forearm or back of the hand."""
    side, name = SIDES[int(rng.random() < 0.5)]
    _, elbow, wrist, tip = (np.array(joint) for joint in arm_joints(side, body))
    where = rng.uniform(0, 1)
    centre = elbow + (wrist - elbow) * where if rng.random() < 0.7 else 0.7 * wrist + 0.3 * tip
    amount = INJECTION.draw(rng)
    shape = ellipsoid(beside(centre, 0, 14, 0), [rng.uniform(3, 8), 5, rng.uniform(4, 12)], rng)
    concentration = amount / float(shape.volume.sum())
    return organ("injection site", f"{name} arm", shape, body, concentration)
