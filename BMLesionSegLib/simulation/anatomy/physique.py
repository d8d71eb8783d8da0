"""One body: sex, age, size, build and the way it lies under the camera."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from BMLesionSegLib.simulation.anatomy.body_parameters import BODY
from BMLesionSegLib.simulation.anatomy.points import Floats
from BMLesionSegLib.simulation.parameter import Parameter


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
    """Draw a body from the parameters of ``body_parameters``."""

    def draw(name: str) -> float:
        parameter = BODY[name]
        return parameter.value if isinstance(parameter, Parameter) else parameter.draw(rng)

    def sides(name: str, shared: float) -> tuple[float, float]:
        return shared + draw(name), shared + draw(name)

    tall = draw(f"{sex} height")
    wide = tall**0.5 * draw("breadth")
    curve = draw("curve") + (draw("scoliosis") if rng.random() < draw("scoliosis, share") else 0)
    arm = draw("arm abduction")
    return Physique(
        sex=sex,
        age=age,
        scale=(wide, wide, tall),
        build=float(np.clip(draw("build"), 0.82, 1.45)),
        belly=draw("belly"),
        hips=1.0 if sex is Sex.MALE else draw("female hips"),
        chest=(1.0 if sex is Sex.MALE else draw("female chest")) * draw("chest"),
        scoliosis=curve,
        scoliosis_phase=float(rng.uniform(0, 2 * np.pi)),
        kyphosis=draw("kyphosis") + max(0, age - 60) * draw("kyphosis a year over 60"),
        lordosis=draw("lordosis"),
        pelvic_tilt=draw("pelvic tilt"),
        head_yaw=draw("head yaw"),
        head_tilt=draw("head tilt"),
        head_nod=draw("head nod"),
        shoulder_drop=sides("shoulder drop, side", draw("shoulder drop")),
        arms=sides("arm abduction, side", arm),
        forearms=sides("elbow bend, side", arm - draw("elbow bend")),
        hand_turn=(draw("hand turn"), draw("hand turn")),
        knees=draw("knees apart"),
        feet_out=sides("feet splayed, side", draw("feet splayed")),
        feet_down=sides("feet pointed, side", draw("feet pointed")),
        rib_slope=draw("rib slope"),
        lean=draw("lean"),
        bow=draw("bow"),
        bow_phase=float(rng.uniform(0, 2 * np.pi)),
    )
