"""Every number of the simulation that is a measurement or a declared choice, with its source.

Sources: ``BS-80K``: population statistics of published result tables of that set. ``table 3.3``:
regional ratios over 69 population-normalised scans. ``look``: chosen by eye. Others by name.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Parameter:
    """One number: its value, unit and source."""

    value: float
    unit: str
    source: str


@dataclass(frozen=True)
class NormalUptake:
    """Normal uptake of a bone group.

    Attributes:
        concentration: relative to a lumbar vertebral body.
        spread: standard deviation of its natural logarithm between patients, before the
            patient's own factor.
        source: of both.
    """

    concentration: float
    spread: float
    source: str = "concentration fitted to table 3.3 medians, spread from its p10-p90"


NORMAL_UPTAKE: dict[str, NormalUptake] = {
    "vault": NormalUptake(0.28, 0.38),
    "skull base": NormalUptake(0.15, 0.30),
    "face": NormalUptake(0.5, 0.28),
    "mandible": NormalUptake(0.4, 0.33),
    "cervical": NormalUptake(0.6, 0.21),
    "thoracic": NormalUptake(0.92, 0.16),
    "lumbar": NormalUptake(1.0, 0.14),
    "sacrum": NormalUptake(0.9, 0.16),
    "sacroiliac": NormalUptake(0.68, 0.26),
    "ilium": NormalUptake(0.80, 0.20),
    "iliac spine": NormalUptake(0.35, 0.22),
    "acetabulum": NormalUptake(0.48, 0.25),
    "pubis": NormalUptake(0.6, 0.28),
    "ischium": NormalUptake(0.9, 0.30),
    "rib": NormalUptake(0.57, 0.20),
    "manubrium": NormalUptake(0.95, 0.20),
    "sternum": NormalUptake(0.66, 0.20),
    "clavicle": NormalUptake(0.55, 0.25),
    "scapula": NormalUptake(0.65, 0.24),
    "glenoid": NormalUptake(0.5, 0.30),
    "humeral head": NormalUptake(0.33, 0.30),
    "humerus": NormalUptake(0.26, 0.30),
    "elbow": NormalUptake(0.155, 0.35),
    "forearm": NormalUptake(0.34, 0.30),
    "wrist": NormalUptake(0.3, 0.38),
    "hand": NormalUptake(0.3, 0.38),
    "femoral head": NormalUptake(0.25, 0.32),
    "femur": NormalUptake(0.59, 0.38),
    "knee": NormalUptake(0.27, 0.34),
    "patella": NormalUptake(0.36, 0.38),
    "tibia": NormalUptake(0.4, 0.32),
    "fibula": NormalUptake(0.40, 0.32),
    "ankle": NormalUptake(0.28, 0.40),
    "foot": NormalUptake(0.36, 0.42),
}

SPINE_SPREAD = Parameter(0.15, "ln", "shared by all vertebrae: look")
LIMB_SPREAD = Parameter(0.22, "ln", "shared by all limb bones: look")
SIDE_SPREAD = Parameter(0.12, "ln", "left against right: sim-to-real notes, section 4")
BONE_SPREAD = Parameter(0.06, "ln", "one bone against its neighbours: look")
PATCHINESS = Parameter(0.18, "ln", "smooth field of 35-220 mm: sim-to-real notes, section 4")
SPREAD_FACTOR = (0.5, 1.3)
"""The patient's factor on every spread, uniform in the clinic cohort: wide calls less, narrow
calls more (sim-to-real notes, section 3)."""

SOFT_TISSUE = Parameter(0.0085, "of lumbar", "thigh .05 of posterior lumbar counts, table 3.3")
TRUNK_TISSUE, HEAD_TISSUE = 3.5, 1.8
"""Relative to limbs: lateral abdomen .17 of posterior lumbar counts, table 3.3; head: look."""
SOFT_SPREAD = Parameter(0.35, "ln", "thigh soft tissue p10-p90, table 3.3")

KIDNEY = Parameter(0.17, "of lumbar", "kidney .35 of posterior lumbar counts, table 3.3")
KIDNEY_SPREAD = Parameter(0.42, "ln", "table 3.3")
BLADDER = Parameter(0.62, "of lumbar", "bladder .78 of posterior lumbar counts, table 3.3")
BLADDER_SPREAD = Parameter(0.80, "ln", "bladder p95 p10-p90, table 3.3; 30-fold in clinic")

PIXEL_MM = Parameter(2.26, "mm", "Xie 2025")
ROWS, COLUMNS = 1024, 256
ATTENUATION = Parameter(0.0098, "1/mm", "effective, so that lumbar ANT/POST is .65, table 3.3")
INTRINSIC_FWHM = Parameter(3.8, "mm", "clinical notes, section 1")
COLLIMATOR_FWHM = (1.8, 0.042)
"""FWHM of the collimator in mm = first + second x distance in mm (low energy, high resolution)."""
CAMERA_GAP_MM = (15.0, 60.0)
BLUR_FACTOR = (0.9, 1.45)
SCATTER_SHARE = (0.20, 0.55)
SCATTER_SIGMA_MM = Parameter(30.0, "mm", "exponential tail of 3-5 cm, clinical notes, section 1")
TOTAL_COUNTS = Parameter(1.15e6, "counts a view", "BS-80K .86-.93 M, EANM aim 1.5 M")
TOTAL_COUNTS_SPREAD = Parameter(0.30, "ln", "5-95 % = .6-2.2 M")
BACKGROUND_COUNTS = (0.002, 0.12)
"""Counts a pixel outside the body."""
VIEW_RATIO = Parameter(0.98, "ANT/POST", "target .93-1.03, clinical notes 3.4")
VIEW_RATIO_SPREAD = Parameter(0.025, "ln", "same")

TRUTH_SHARE_OF_PEAK = Parameter(0.36, "of the spot's own peak", "sim-to-real notes, section 4")
TRUTH_OVER_BACKGROUND = Parameter(0.20, "of the rest", "sim-to-real notes, section 4")
VISIBLE_CONTRAST = Parameter(0.35, "peak over the rest", "sim-to-real notes, section 4")
VISIBLE_SNR = Parameter(4.0, "standard deviations", "sim-to-real notes, section 4")

METASTASIS_GAIN = (1.05, 0.62)
"""Added over normal uptake: mean and standard deviation of the logarithm; ratio about 3.9."""
BENIGN_GAIN = (0.0, 0.50)
"""The same for benign foci; ratio about 2.0 (degenerative 1.8-2.1, clinical notes, section 4)."""
LESION_RADIUS_MM = (11.5, 0.58)
"""Median and standard deviation of the logarithm of a compact lesion's radius."""
STRIPE_HALF_LENGTH_MM = (18.0, 0.72)
"""The same for a metastasis along a rib."""
SHAFT_HALF_LENGTH_MM = (38.0, 0.65)
"""The same for a metastasis along a shaft."""
