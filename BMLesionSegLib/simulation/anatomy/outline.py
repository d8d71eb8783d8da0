"""The body around the bones: five stacks of ellipses that hold soft tissue and attenuate."""

from dataclasses import dataclass

import numpy as np

from BMLesionSegLib.simulation.anatomy.arms import arm_joints
from BMLesionSegLib.simulation.anatomy.bones import SIDES
from BMLesionSegLib.simulation.anatomy.legs import leg_joints
from BMLesionSegLib.simulation.anatomy.physique import Physique
from BMLesionSegLib.simulation.anatomy.points import Floats, beside
from BMLesionSegLib.simulation.camera.camera_parameters import LUNG_OPACITY
from BMLesionSegLib.simulation.uptake.uptake_parameters import HEAD_TISSUE, TRUNK_TISSUE

# Height, half breadth, half depth of head and trunk of the reference adult, mm.
TRUNK = np.array(
    [
        (770, 20, 20),
        (800, 90, 56),
        (840, 150, 78),
        (890, 174, 88),
        (950, 172, 94),
        (1030, 154, 92),
        (1110, 150, 93),
        (1200, 162, 100),
        (1300, 168, 102),
        (1380, 178, 92),
        (1420, 150, 76),
        (1446, 94, 60),
        (1466, 60, 54),
        (1495, 60, 58),
        (1510, 62, 66),
        (1550, 68, 84),
        (1610, 75, 93),
        (1660, 68, 84),
        (1690, 42, 50),
        (1702, 14, 16),
    ]
)
TISSUE = (
    np.array([800, 880, 1000, 1400, 1460, 1540]),
    np.array([1, 1.5, TRUNK_TISSUE.value, TRUNK_TISSUE.value, 3.0, HEAD_TISSUE.value]),
)
OPACITY = (
    np.array([1060, 1160, 1220, 1350, 1400, 1430]),
    np.array([1, 0.95, LUNG_OPACITY.value, LUNG_OPACITY.value, 0.9, 1.0]),
)
ARM_WIDTH = (
    (1410, 14),
    (1393, 34),
    (1350, 48),
    (1090, 40),
    (1060, 40),
    (850, 26),
    (820, 34),
    (680, 18),
)
# Buttocks: the trunk's middle lies this far behind the axis (height, mm).
TRUNK_BEHIND = ((790, 1000, 1120, 1250, 1420), (12.0, 9.0, 1.0, 3.0, 4.0))
# Calf, ham and heel lie behind the bones: mm, hip to toes.
LEG_BEHIND = np.array((0.0, 10, 12, 14, 18, 20, 20))
ELBOW_BEFORE = 6.0
"""The elbow's bones lie behind the middle of the arm, mm."""
LEG_WIDTH = (82.0, 84.0, 62.0, 60.0, 36.0, 40.0, 20.0)


@dataclass(frozen=True, eq=False)
class BodyPart:
    """A stack of horizontal ellipses, in the patient's mm.

    Attributes:
        name: "trunk", "left arm", "right leg", ...
        height: rising, mm.
        x, y: middle of the ellipse at each height.
        breadth, depth: half axes at each height.
        tissue: concentration in soft tissue at each height, relative to a limb.
        opacity: attenuation at each height, relative to soft tissue; less where there is lung.
    """

    name: str
    height: Floats
    x: Floats
    y: Floats
    breadth: Floats
    depth: Floats
    tissue: Floats
    opacity: Floats

    def section(self, height: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """Middle x, middle y, half breadth, half depth at heights; zero breadth beyond the ends."""
        stations = (self.x, self.y, self.breadth, self.depth)
        x, y, breadth, depth = (
            np.interp(height, self.height, values).astype(np.float32) for values in stations
        )
        breadth[(height < self.height[0]) | (height > self.height[-1])] = 0
        return x, y, breadth, depth

    def half_thickness(self, points: Floats) -> tuple[Floats, Floats]:
        """Middle depth and half thickness (mm) of the part along y at each point."""
        x, y, breadth, depth = self.section(points[:, 2])
        side = np.minimum(np.abs(points[:, 0] - x) / np.maximum(breadth, 1.0), 0.92)
        return y, depth * np.sqrt(1 - side**2)


def outline(body: Physique) -> tuple[BodyPart, ...]:
    """Trunk with head, arms and legs of this patient."""
    return (
        trunk(body),
        *(arm(side, name, body) for side, name in SIDES),
        *(leg(side, name, body) for side, name in SIDES),
    )


def stack(name: str, rows: np.ndarray, body: Physique) -> BodyPart:
    """A part from rows of (height, x, y, half breadth, half depth) of the reference adult."""
    rows = rows[np.argsort(rows[:, 0])].astype(np.float32)
    tissue = np.interp(rows[:, 0], *TISSUE) if name == "trunk" else np.ones(len(rows))
    opacity = np.interp(rows[:, 0], *OPACITY) if name == "trunk" else np.ones(len(rows))
    placed = body.place(rows[:, [1, 2, 0]])
    wide, deep, _ = body.scale
    return BodyPart(
        name,
        placed[:, 2],
        placed[:, 0],
        placed[:, 1],
        (rows[:, 3] * wide).astype(np.float32),
        (rows[:, 4] * deep).astype(np.float32),
        tissue.astype(np.float32),
        opacity.astype(np.float32),
    )


def trunk(body: Physique) -> BodyPart:
    """Head, neck and trunk; build changes the trunk only."""
    height, breadth, depth = TRUNK.T
    fat = np.where(height < 1440, body.build, 1 + 0.3 * (body.build - 1))
    thick = 1 + 0.8 * (fat - 1)
    belly = np.interp(height, [840, 1000, 1150, 1300], [0, body.belly, body.belly, 0])
    middle = belly - np.interp(height, *TRUNK_BEHIND) * (height < 1430)
    zero = np.zeros(len(TRUNK))
    return stack("trunk", np.stack([height, zero, middle, breadth * fat, depth * thick], 1), body)


def arm(side: int, name: str, body: Physique) -> BodyPart:
    """An arm along its joints."""
    joints = np.array(arm_joints(side, body))
    height, width = np.array(ARM_WIDTH, float).T
    lift = np.interp(height, *sorted_pairs(np.array([680, 850, 1090, 1390]), joints[::-1, 2]))
    x = np.interp(lift, joints[::-1, 2], joints[::-1, 0])
    y = np.interp(lift, joints[::-1, 2], joints[::-1, 1]) + ELBOW_BEFORE
    width = width * body.build**0.5
    return stack(f"{name} arm", np.stack([lift, x, y, width, 0.95 * width], 1), body)


def sorted_pairs(reference: np.ndarray, actual: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Reference heights of the joints and where they really are, both rising."""
    return reference, np.maximum.accumulate(actual)


def leg(side: int, name: str, body: Physique) -> BodyPart:
    """A leg along hip, knee, ankle and toes."""
    hip, knee, ankle, toe = (np.array(joint) for joint in leg_joints(side, body))
    stations = np.array(
        [
            hip,
            0.8 * hip + 0.2 * knee,
            knee,
            0.7 * knee + 0.3 * ankle,
            ankle,
            0.7 * ankle + 0.3 * toe,
            beside(toe, 0, 0, -8),
        ]
    )
    width = np.array(LEG_WIDTH) * np.array([*[body.build**0.7] * 4, 1, 1, 1])
    behind = stations[:, 1] - LEG_BEHIND
    rows = np.column_stack([stations[:, 2], stations[:, 0], behind, width, 0.95 * width])
    return stack(f"{name} leg", rows, body)
