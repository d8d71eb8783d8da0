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
    "vault": NormalUptake(0.332, 0.49),
    "skull base": NormalUptake(0.155, 0.42),
    "face": NormalUptake(0.734, 0.33),
    "mandible": NormalUptake(0.451, 0.38),
    "cervical": NormalUptake(0.702, 0.09),
    "thoracic": NormalUptake(0.862, 0.12),
    "lumbar": NormalUptake(1.0, 0.05),
    "sacrum": NormalUptake(1.1, 0.05),
    "sacroiliac": NormalUptake(0.548, 0.25),
    "ilium": NormalUptake(0.974, 0.05),
    "iliac spine": NormalUptake(0.266, 0.05),
    "acetabulum": NormalUptake(0.617, 0.37),
    "pubis": NormalUptake(0.81, 0.28),
    "ischium": NormalUptake(1.27, 0.41),
    "rib": NormalUptake(0.423, 0.05),
    "manubrium": NormalUptake(1.24, 0.09),
    "sternum": NormalUptake(0.61, 0.18),
    "clavicle": NormalUptake(0.642, 0.43),
    "scapula": NormalUptake(0.758, 0.42),
    "glenoid": NormalUptake(0.558, 0.33),
    "humeral head": NormalUptake(0.391, 0.33),
    "humerus": NormalUptake(0.41, 0.30),
    "elbow": NormalUptake(0.203, 0.35),
    "forearm": NormalUptake(0.451, 0.30),
    "wrist": NormalUptake(0.361, 0.38),
    "hand": NormalUptake(0.361, 0.38),
    "femoral head": NormalUptake(0.102, 0.46),
    "femur": NormalUptake(0.758, 0.41),
    "knee": NormalUptake(0.265, 0.23),
    "patella": NormalUptake(0.3, 0.29),
    "tibia": NormalUptake(0.482, 0.32),
    "fibula": NormalUptake(0.494, 0.32),
    "ankle": NormalUptake(0.306, 0.72),
    "foot": NormalUptake(0.394, 0.72),
}

SPINE_SPREAD = Parameter(0.08, "ln", "shared by all vertebrae: look")
LIMB_SPREAD = Parameter(0.22, "ln", "shared by all limb bones: look")
SIDE_SPREAD = Parameter(0.12, "ln", "left against right: sim-to-real notes, section 4")
BONE_SPREAD = Parameter(0.06, "ln", "one bone against its neighbours: look")
PATCHINESS = Parameter(0.18, "ln", "smooth field of 35-220 mm: sim-to-real notes, section 4")
SPREAD_FACTOR = (0.5, 1.3)
"""The patient's factor on every spread, uniform in the clinic cohort: wide calls less, narrow
calls more (sim-to-real notes, section 3)."""

SOFT_TISSUE = Parameter(0.0114, "of lumbar", "thigh .05 of posterior lumbar counts, table 3.3")
TRUNK_TISSUE, HEAD_TISSUE = 2.51, 1.6
"""Relative to limbs: lateral abdomen .17 of posterior lumbar counts, table 3.3; head: look."""
SOFT_SPREAD = Parameter(0.35, "ln", "thigh soft tissue p10-p90, table 3.3")

KIDNEY = Parameter(0.215, "of lumbar", "kidney .35 of posterior lumbar counts, table 3.3")
KIDNEY_SPREAD = Parameter(0.42, "ln", "table 3.3")
BLADDER = Parameter(1.30, "of lumbar", "bladder .78 of posterior lumbar counts, table 3.3")
BLADDER_SPREAD = Parameter(0.57, "ln", "bladder p95 p10-p90, table 3.3; 30-fold in clinic")

PIXEL_MM = Parameter(2.26, "mm", "Xie 2025")
ATTENUATION = Parameter(0.0087, "1/mm", "effective, so that lumbar ANT/POST is .65, table 3.3")
LUNG_OPACITY = Parameter(
    0.75, "of soft tissue", "lung .040 of .154/cm over half of the chest's depth, section 1"
)
INTRINSIC_FWHM = Parameter(3.8, "mm", "clinical notes, section 1")
COLLIMATOR_FWHM = (1.8, 0.044)
"""FWHM of the collimator in mm = first + second x distance in mm (low energy, high resolution)."""
CAMERA_GAP_MM = (15.0, 60.0)
BLUR_FACTOR = (0.9, 1.45)
SCATTER_SHARE = (0.20, 0.55)
SCATTER_SIGMA_MM = Parameter(30.0, "mm", "exponential tail of 3-5 cm, clinical notes, section 1")
TOTAL_COUNTS = Parameter(1.15e6, "counts a view", "BS-80K .86-.93 M, EANM aim 1.5 M")
TOTAL_COUNTS_SPREAD = Parameter(0.30, "ln", "5-95 % = .6-2.2 M")
BACKGROUND_COUNTS = (0.002, 0.12)
"""Counts a pixel outside the body."""
SINGLE_HEAD = {"clinic": 0.15, "paper": 1.0}
"""Share of patients scanned view after view: Xie 2025 used a camera with one head; clinic: look."""
SECOND_VIEW_SHIFT_MM = Parameter(4.0, "mm", "patient shifts between two views of one head: look")
SECOND_VIEW_DECAY = Parameter(0.96, "of the first", "20 minutes of 99mTc")
SECOND_VIEW_BLADDER = (1.0, 1.6)
"""Bladder of the second view over that of the first: it fills in 20 minutes (look)."""
MOTION_FREQUENCY = Parameter(0.04, "of scans", "clinical notes, section 5, counts motion rare")
MOTION_MM = (6.0, 22.0)
FIELD_OF_VIEW_MM = Parameter(400.0, "mm", "length of the detector, clinical notes, section 1")

TRUTH_SHARE_OF_PEAK = Parameter(0.36, "of the spot's own peak", "sim-to-real notes, section 4")
TRUTH_OVER_BACKGROUND = Parameter(0.20, "of the rest", "sim-to-real notes, section 4")
VISIBLE_CONTRAST = Parameter(0.35, "peak over the rest", "sim-to-real notes, section 4")
VISIBLE_SNR = Parameter(4.0, "standard deviations", "sim-to-real notes, section 4")

METASTASIS_GAIN = (0.92, 0.62)
"""Added over normal uptake: mean and standard deviation of the logarithm; ratio about 3.9."""
BENIGN_GAIN = (-0.35, 0.64)
"""The same for benign foci; ratio about 2.0 (degenerative 1.8-2.1, clinical notes, section 4)."""
LESION_RADIUS_MM = (11.5, 0.58)
"""Median and standard deviation of the logarithm of a compact lesion's radius."""
STRIPE_HALF_LENGTH_MM = (18.0, 0.72)
"""The same for a metastasis along a rib."""
SHAFT_HALF_LENGTH_MM = (38.0, 0.65)
"""The same for a metastasis along a shaft."""

LYTIC_LOSS = Parameter(0.9, "of normal", "cold middle of a lytic metastasis: look")
LYTIC_SHARE = Parameter(0.04, "of metastases", "3-5 % cold or ring-shaped, section 4")
SUPERSCAN_WASHOUT = Parameter(5.0, "divides kidneys", "3-10, section 4")
HOURS_AFTER_INJECTION = (2.0, 5.0)
"""EANM 2016."""
WASHOUT_AN_HOUR = Parameter(0.18, "1/h", "half life of tracer outside bone about 4 h: choice")
PROSTHESIS_UPTAKE = Parameter(0.05, "of normal", "metal in place of bone: choice")
IMPLANT_FREQUENCY = {
    "hip": 0.02,
    "knee": 0.02,
    "pacemaker": 0.012,
    "buckle": 0.012,
    "breast": 0.10,
}
"""Share of patients, of the joints at 65 years; prosthesis, pacemaker, buckle 5-8 % together."""
BONE_DISEASE_FREQUENCY = {
    "collapse": 0.05,
    "Paget": 0.01,
    "dysplasia": 0.005,
    "osteoarthropathy": 0.04,
}
"""Share of patients (collapse, Paget: at 70 years; osteoarthropathy: of lung cancers), section 5."""
