"""One body: sex, age, size, build and the way it lies under the camera."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from BMLesionSegLib.simulation.points import Floats

REFERENCE_HEIGHT_MM = 1702.0
"""Soles to vertex of the reference adult in which every bone is described."""


class Sex(StrEnum):
    """Sex of the patient, which sets size, hips and chest."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True)
class Physique:
    """Size and posture; lengths in mm of the reference adult, angles in radians.

    Attributes:
        scale: patient over reference, ``(x, y, z)``.
        build: 0.8 slim to 1.45 obese; soft tissue only.
        belly: how far the middle of the abdomen lies to the front, mm.
        hips, chest: breadth relative to the reference.
        lean, bow: sideways tilt (radians) and bow (mm) of the whole body on the table.
        arms, forearms: abduction, ``(right, left)``.
        feet_out, feet_down: splay and plantar flexion, ``(right, left)``.
    """

    sex: Sex
    age: int
    scale: tuple[float, float, float]
    build: float
    belly: float
    hips: float
    chest: float
    scoliosis: float
    scoliosis_phase: float
    kyphosis: float
    lordosis: float
    pelvic_tilt: float
    head_yaw: float
    head_tilt: float
    head_nod: float
    shoulder_drop: tuple[float, float]
    arms: tuple[float, float]
    forearms: tuple[float, float]
    hand_turn: tuple[float, float]
    knees: float
    feet_out: tuple[float, float]
    feet_down: tuple[float, float]
    rib_slope: float
    lean: float
    bow: float
    bow_phase: float

    def place(self, points: Floats) -> Floats:
        """Reference points to this patient's size and position on the table, mm."""
        placed = points * np.asarray(self.scale, np.float32)
        placed[:, 0] += self.sideways(placed[:, 2])
        return placed

    def sideways(self, height: Floats) -> Floats:
        """How far the body lies to its left at a height, mm."""
        sway = self.lean * (height - 900) + self.bow * np.sin(height / 400 + self.bow_phase)
        return np.asarray(sway, np.float32)


def draw_physique(sex: Sex, age: int, rng: np.random.Generator) -> Physique:
    """Draw a body. Spreads: clinical notes on whole-body scans, see the parameter table."""

    def between(low: float, high: float) -> float:
        return float(rng.uniform(low, high))

    def about(mean: float, spread: float) -> float:
        return mean + spread * float(np.clip(rng.standard_normal(), -2.5, 2.5))

    male = sex is Sex.MALE
    tall = about(1.0 if male else 0.945, 0.045)
    wide = tall**0.5 * between(0.95, 1.06)
    scoliosis = about(0, 5) + (about(0, 12) if rng.random() < 0.15 else 0)
    drop = about(8, 6)
    arm, bend = between(0.05, 0.25), between(0.0, 0.4)
    splay, point = between(0.05, 0.9), between(0.25, 0.8)
    return Physique(
        sex=sex,
        age=age,
        scale=(wide, wide, tall),
        build=float(np.clip(about(1.06, 0.13), 0.82, 1.45)),
        belly=about(0, 8),
        hips=1.0 if male else 1.05,
        chest=(1.0 if male else 0.955) * between(0.95, 1.05),
        scoliosis=scoliosis,
        scoliosis_phase=between(0, 2 * np.pi),
        kyphosis=between(0.6, 1.4) + max(0, age - 60) * between(0, 0.02),
        lordosis=between(0.6, 1.4),
        pelvic_tilt=about(0, 0.09),
        head_yaw=about(0, 0.17),
        head_tilt=about(0, 0.06),
        head_nod=about(-0.04, 0.12),
        shoulder_drop=(about(drop, 4), about(drop, 4)),
        arms=(about(arm, 0.03), about(arm, 0.03)),
        forearms=(about(arm - bend, 0.07), about(arm - bend, 0.07)),
        hand_turn=(between(0.35, 1), between(0.35, 1)),
        knees=between(-10, 22),
        feet_out=(about(splay, 0.15), about(splay, 0.15)),
        feet_down=(about(point, 0.08), about(point, 0.08)),
        rib_slope=between(0.85, 1.2),
        lean=about(0, 0.011),
        bow=about(0, 4),
        bow_phase=between(0, 2 * np.pi),
    )
