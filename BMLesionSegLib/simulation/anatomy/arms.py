"""Humeri, forearms, wrists and hands."""

import numpy as np

from BMLesionSegLib.simulation.anatomy.bones import SIDES, Bone, bone
from BMLesionSegLib.simulation.anatomy.physique import Physique
from BMLesionSegLib.simulation.anatomy.points import beside, ellipsoid, tube
from BMLesionSegLib.simulation.anatomy.shoulders import shoulder_joint

UPPER_ARM, FOREARM, HAND = 296.0, 240.0, 150.0


def arm_joints(side: int, body: Physique) -> tuple[tuple[float, float, float], ...]:
    """Shoulder, elbow, wrist and finger tip, mm."""
    which = 0 if side < 0 else 1
    upper, lower = body.arms[which], body.forearms[which]
    x, y, z = shoulder_joint(side, body)
    elbow = (x + side * UPPER_ARM * np.sin(upper), -8.0, z - UPPER_ARM * np.cos(upper))
    wrist = (
        elbow[0] + side * FOREARM * np.sin(lower),
        8.0,
        elbow[2] - FOREARM * np.cos(lower),
    )
    tip = (wrist[0] + side * HAND * np.sin(lower), 14.0, wrist[2] - 20 - HAND * np.cos(lower))
    return (x, y, z), elbow, wrist, tip


def arms(body: Physique, rng: np.random.Generator) -> list[Bone]:
    """Both arms from the humeral head down."""
    return [
        made
        for side, name in SIDES
        for made in (*upper_arm(side, name, body, rng), *lower_arm(side, name, body, rng))
    ]


def upper_arm(side: int, name: str, body: Physique, rng: np.random.Generator) -> list[Bone]:
    """Humeral head, humerus and elbow."""
    shoulder, elbow, _, _ = (np.array(joint) for joint in arm_joints(side, body))
    middle = beside(0.5 * (shoulder + elbow), side * 3, 0, 0)
    part = f"{name} arm"
    return [
        bone(
            f"{name} humeral head",
            "humeral head",
            "trunk",
            ellipsoid(shoulder, [22, 22, 23], rng, shell=0.4),
            ellipsoid(beside(shoulder, side * 8, 0, -14), [13, 13, 16], rng),
        ),
        bone(
            f"{name} humerus",
            "humerus",
            part,
            tube(
                [beside(shoulder, side * 2, 0, -10), middle, beside(elbow, 0, 0, 6)],
                (14, 11, 10, 10, 11),
                rng,
                hollow=0.45,
                profile=(1.7, 1.0, 0.8, 0.8, 1.2),
            ),
        ),
        bone(
            f"{name} elbow",
            "elbow",
            part,
            ellipsoid(beside(elbow, side * 13, 2, 0), [13, 13, 13], rng),
            ellipsoid(beside(elbow, -side * 12, 0, 1), [14, 12, 14], rng),
            ellipsoid(beside(elbow, -side * 4, -12, 3), [10, 9, 14], rng),
        ),
    ]


def lower_arm(side: int, name: str, body: Physique, rng: np.random.Generator) -> list[Bone]:
    """Radius, ulna, wrist and hand."""
    _, elbow, wrist, tip = (np.array(joint) for joint in arm_joints(side, body))
    turn = body.hand_turn[0 if side < 0 else 1]
    part = f"{name} arm"
    across = np.array([side * 10 * turn, 6 * (1 - turn), 0])
    ends = (1.8, 0.9, 0.9, 0.9, 1.9)
    radius = tube([beside(elbow, side * 9, 2, -10), wrist + across], (7, 6, 8), rng, 0.3, ends)
    ulna = tube([beside(elbow, -side * 9, -8, 4), wrist - across], (8, 6, 6), rng, 0.3, ends)
    fingers = []
    for finger in range(5):
        aside = np.array([side * (2 - finger) * 15 * turn, 4 * (2 - finger) * (1 - turn), 0])
        shorter = 1 - 0.1 * abs(finger - 2.4)
        end = wrist + (tip - wrist) * shorter
        line = [
            beside(wrist + 0.6 * aside, 0, 2, -22),
            0.5 * (wrist + end) + aside,
            end + 1.15 * aside,
        ]
        fingers.append(tube(line, 4.5, rng, profile=(1.2, 0.8, 1.4, 0.9, 1.2, 0.8, 0.6)))
    return [
        bone(f"{name} radius", "forearm", part, radius),
        bone(f"{name} ulna", "forearm", part, ulna),
        bone(
            f"{name} wrist",
            "wrist",
            part,
            ellipsoid(beside(wrist, 0, 2, -13), [22 * turn + 6, 11, 15], rng),
        ),
        bone(f"{name} hand", "hand", part, *fingers),
    ]
