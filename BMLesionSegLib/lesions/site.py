"""Where on the body a spot lies: level and the patient's side, from the outline alone.

Levels are fractions of the length from vertex to foot tip. Head base .129, iliac crest .377, lower
end of the pelvis .517, knee .672 to .737, upper end of the ankle .924 are medians of 20 open
whole-body scans (BS-80K); the others are standard anthropometry (biacromial breadth .25,
vertebral pitch 35 mm in the lumbar spine). A level says where to look, not which bone it is.
"""

from dataclasses import dataclass
from enum import StrEnum

from BMLesionSegLib.lesions.body import Body


class Level(StrEnum):
    """Part of the body."""

    SKULL = "skull"
    NECK = "neck"
    SHOULDER_GIRDLE = "shoulder girdle"
    CHEST = "chest"
    LUMBAR = "lumbar region"
    PELVIS = "pelvis"
    THIGH = "thigh"
    KNEE = "knee"
    LOWER_LEG = "lower leg"
    FOOT = "foot"
    ARM = "arm"
    UNKNOWN = "level not known"


class Side(StrEnum):
    """Side of the patient, not of the picture."""

    LEFT = "left"
    RIGHT = "right"
    MIDLINE = "midline"


LOWER_ENDS = {
    Level.SKULL: 0.118,
    Level.NECK: 0.160,
    Level.CHEST: 0.310,
    Level.LUMBAR: 0.377,
    Level.PELVIS: 0.517,
    Level.THIGH: 0.672,
    Level.KNEE: 0.737,
    Level.LOWER_LEG: 0.924,
}
"""Lower end of each level, as a fraction of the length from vertex to foot tip."""

SHOULDER_ROWS, SHOULDER_FROM = (0.155, 0.205), 0.055
"""Rows, and distance from the midline, both as fractions of the length."""
LOWER_RIB_ROWS, LOWER_RIBS_FROM = (0.310, 0.350), 0.035
"""Beside the upper lumbar spine hang the last ribs; transverse processes end at .026."""
LAST_VERTEBRA_END, SPINE_TO = 0.410, 0.026
"""The last lumbar vertebra lies below the level of the iliac crests, one and a half pitches."""
ARM_ROWS, ARM_FROM = (0.205, 0.450), 0.092
HAND_ROWS, HAND_FROM = (0.450, 0.600), 0.110
"""Ribs end at .08 from the midline, the greater trochanters at .09."""
MIDLINE_MM = 20.0
"""Half the width of a vertebra, 25 mm, less the uncertainty of the midline."""


@dataclass(frozen=True)
class Site:
    """Level and side of a spot.

    Attributes:
        level: part of the body.
        side: of the patient.
    """

    level: Level
    side: Side

    def __str__(self) -> str:
        """For example "left chest"."""
        return f"{self.side} {self.level}"


def locate(body: Body, row: float, left_of_midline_mm: float) -> Site:
    """Level and side of a point.

    Args:
        body: of the point's view.
        row: of the point, pixel.
        left_of_midline_mm: distance to the patient's left, right is negative.
    """
    if abs(left_of_midline_mm) <= MIDLINE_MM:
        side = Side.MIDLINE
    else:
        side = Side.LEFT if left_of_midline_mm > 0 else Side.RIGHT
    if body.cut_at_head and body.cut_at_feet:
        return Site(Level.UNKNOWN, side)
    height = body.height_fraction(row)
    return Site(level_of(height, abs(left_of_midline_mm) / body.length_mm), side)


def level_of(height: float, lateral: float) -> Level:
    """Level from the height fraction and the distance from the midline, both of body length."""
    for rows, beyond in ((ARM_ROWS, ARM_FROM), (HAND_ROWS, HAND_FROM)):
        if rows[0] <= height < rows[1] and lateral > beyond:
            return Level.ARM
    if SHOULDER_ROWS[0] <= height < SHOULDER_ROWS[1] and lateral > SHOULDER_FROM:
        return Level.SHOULDER_GIRDLE
    if LOWER_RIB_ROWS[0] <= height < LOWER_RIB_ROWS[1] and lateral > LOWER_RIBS_FROM:
        return Level.CHEST
    if LOWER_ENDS[Level.CHEST] <= height < LAST_VERTEBRA_END and lateral < SPINE_TO:
        return Level.LUMBAR
    return next((level for level, end in LOWER_ENDS.items() if height < end), Level.FOOT)
