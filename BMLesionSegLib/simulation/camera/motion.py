"""A patient who moves while the camera travels: what is seen late lies elsewhere."""

from dataclasses import dataclass

import numpy as np

from BMLesionSegLib.simulation.anatomy.points import Floats
from BMLesionSegLib.simulation.camera.camera_parameters import (
    FIELD_OF_VIEW,
    MOTION,
    MOTION_ACROSS,
    MOTION_FREQUENCY,
)

GOLDEN = 0.6180339887
PARTS = ("head", "left arm", "right arm", "left leg", "right leg", "all")
NECK_MM = 200.0
"""The head, measured from the vertex."""


@dataclass(frozen=True)
class Motion:
    """One movement.

    Attributes:
        part: of the body, "head" or "all".
        height: where the middle of the field of view was, mm.
        shift: to the left and to the head, mm.
        vertex: height of the vertex, mm.
    """

    part: str
    height: float
    shift: tuple[float, float]
    vertex: float

    def applied(self, points: Floats, part: str) -> Floats:
        """Points as the camera collects them.

        A point passes through the field of view; the share of that time after the movement is the
        share of its counts at the new place. Points are dealt to the two places in that share.
        """
        concerned = np.full(len(points), self.part in (part, "all"))
        if self.part == "head":
            concerned = points[:, 2] > self.vertex - NECK_MM
        late = np.clip(0.5 + (self.height - points[:, 2]) / FIELD_OF_VIEW.value, 0, 1)
        dealt = (np.arange(len(points)) * GOLDEN) % 1.0
        moved = points.copy()
        chosen = concerned & (dealt < late)
        moved[chosen, 0] += self.shift[0]
        moved[chosen, 2] += self.shift[1]
        return moved


def draw_motion(vertex: float, rng: np.random.Generator) -> Motion | None:
    """Most patients lie still."""
    moves, part = MOTION_FREQUENCY.happens(rng), str(rng.choice(PARTS))
    height = vertex - 100 if part == "head" else rng.uniform(0.1, 0.85) * vertex
    shift = float(MOTION.draw(rng) * rng.choice([-1, 1])), MOTION_ACROSS.draw(rng)
    return Motion(part, float(height), shift, vertex) if moves else None
