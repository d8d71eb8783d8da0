"""What simulated scans must show: each statistic with its box, range and source.

"must" statistics all have to lie in range, of the rest nine in ten. Ranges are those of section 3.4
of the clinical notes: medians of regional uptake within 25 % of the published median, ratios of the
two views within 15 %, spreads (p90 over p10) no wider than the published and not under half of it.
"""

from dataclasses import dataclass

import numpy as np

from BMLesionSegLib.simulation.acceptance.boxes import ANT, POST, Box

SCANS_69 = "69 population-normalised scans, table 3.3"
BS_80K = "BS-80K, 2,925 patients, table 3.1"
CHEST_RIBS = tuple(f"{side} rib {n}" for side in ("left", "right") for n in range(3, 11))
LATERAL_RIBS = ("left rib 6", "left rib 7", "left rib 8")


@dataclass(frozen=True)
class Regional:
    """Uptake of a region over that of the posterior lumbar spine: p10, median, p90 (0 unknown)."""

    name: str
    box: Box
    low: float
    median: float
    high: float
    percentile: bool = False

    @property
    def median_range(self) -> tuple[float, float]:
        """Allowed median."""
        return 0.75 * self.median, 1.25 * self.median

    @property
    def spread_range(self) -> tuple[float, float] | None:
        """Allowed ln(p90 / p10)."""
        if self.low == 0 or self.low == self.high:
            return None
        width = float(np.log(self.high / self.low))
        return 0.5 * width, 1.1 * width


LIMB = (0.2, 0.8)
REGIONAL = (
    Regional("manubrium ANT", Box(ANT, ("manubrium",)), 0.83, 1.07, 1.40),
    Regional("sternum ANT", Box(ANT, ("sternum",)), 0.68, 0.88, 1.11),
    Regional("face ANT", Box(ANT, ("face",)), 0.56, 0.87, 1.19),
    Regional("neck ANT", Box(ANT, ("cervical",)), 0.49, 0.66, 0.88),
    Regional("vault ANT", Box(ANT, ("vault",), rows=(0.0, 0.6)),
             0.21, 0.34, 0.57),
    Regional("shoulder ANT", Box(ANT, ("humeral head", "glenoid"), "left"), 0.33, 0.52, 0.73),
    Regional("lumbar ANT", Box(ANT, ("lumbar",), columns=(0.1, 0.9)), 0.46, 0.65, 0.83),
    Regional("iliac spine p95 ANT", Box(ANT, ("ilium", "iliac spine"), "left"),
             0.76, 1.09, 1.35, percentile=True),
    Regional("iliac mean ANT", Box(ANT, ("ilium",), "left"), 0.37, 0.50, 0.61),
    Regional("lateral ribs ANT", Box(ANT, ("rib",), names=LATERAL_RIBS, columns=(0.4, 1.0)),
             0.23, 0.30, 0.43),
    Regional("femoral head ANT", Box(ANT, ("femoral head",), "left", columns=(0.3, 1.0)),
             0.26, 0.40, 0.61),
    Regional("femur ANT", Box(ANT, ("femur",), "left", rows=LIMB), 0.10, 0.19, 0.31),
    Regional("knee ANT", Box(ANT, ("knee",), "left"), 0.28, 0.45, 0.70),
    Regional("tibia ANT", Box(ANT, ("tibia",), "left", rows=LIMB), 0, 0.20, 0),
    Regional("foot ANT", Box(ANT, ("foot", "ankle"), "left"), 0, 0.28, 0),
    Regional("elbow ANT", Box(ANT, ("elbow",), "left"), 0, 0.23, 0),
    Regional("wrist ANT", Box(ANT, ("wrist",), "left"), 0, 0.27, 0),
    Regional("humerus ANT", Box(ANT, ("humerus",), "left", rows=LIMB), 0, 0.14, 0),
    Regional("thigh soft tissue ANT", Box(ANT, ("femur",), "left", (0.4, 0.6), (-2.2, -1.2)),
             0, 0.05, 0),
    Regional("lateral abdomen ANT", Box(ANT, ("lumbar",), "", (0.1, 0.6), (2.2, 2.5)),
             0, 0.17, 0),
    Regional("mid lung ANT", Box(ANT, ("rib",), "left", names=(
        "left rib 5", "left rib 6", "left rib 7"), rows=(0.2, 0.7), columns=(0.35, 0.8)),
             0, 0.27, 0),
    Regional("thoracic POST", Box(POST, ("thoracic",), columns=(0.1, 0.9)), 0.82, 1.01, 1.24),
    Regional("sacroiliac POST", Box(POST, ("sacroiliac",), "left"), 0.62, 0.95, 1.27),
    Regional("sacrum POST", Box(POST, ("sacrum",), rows=(0.0, 0.7)), 0.78, 0.94, 1.14),
    Regional("vault POST", Box(POST, ("vault",), rows=(0.0, 0.6)),
             0.18, 0.33, 0.58),
    Regional("cervical POST", Box(POST, ("cervical",)), 0.45, 0.63, 0.77),
    Regional("scapula POST", Box(POST, ("scapula", "glenoid"), "left"), 0.23, 0.40, 0.56),
    Regional("ischium POST", Box(POST, ("ischium", "acetabulum"), "left"), 0.36, 0.59, 0.81),
    Regional("ribs POST", Box(POST, ("rib",), names=LATERAL_RIBS, columns=(0.0, 0.8)),
             0.26, 0.34, 0.42),
    Regional("knee POST", Box(POST, ("knee",), "left"), 0.22, 0.36, 0.57),
    Regional("femur POST", Box(POST, ("femur",), "left", rows=LIMB), 0.08, 0.15, 0.24),
    Regional("foot POST", Box(POST, ("foot", "ankle"), "left"), 0.06, 0.25, 0.40),
    Regional("thigh soft tissue POST", Box(POST, ("femur",), "left", (0.4, 0.6), (-2.2, -1.2)),
             0.03, 0.06, 0.13),
)  # fmt: skip
LUMBAR = Box(POST, ("lumbar",), columns=(0.1, 0.9))
ORGANS = {
    "left kidney": (0.22, 0.34, 0.53),
    "right kidney": (0.23, 0.36, 0.59),
    "bladder": (0.36, 0.78, 1.34),
}

HEAD = ("vault", "skull base", "face", "mandible")
PELVIS = ("sacrum", "sacroiliac", "ilium", "iliac spine", "acetabulum", "pubis", "ischium")
# Regions of both views and their published ratio, posterior over anterior (BS-80K).
VIEW_RATIOS: tuple[tuple[str, tuple[str, ...], str, float], ...] = (
    ("spine", ("thoracic", "lumbar"), "", 1.34),
    ("head", HEAD, "", 0.78),
    ("pelvis", PELVIS, "", 1.10),
    ("left chest", ("rib",), "left", 1.15),
    ("right chest", ("rib",), "right", 1.07),
    ("shoulder", ("glenoid", "humeral head", "clavicle"), "left", 1.15),
    ("elbow", ("elbow",), "left", 1.18),
    ("knee", ("knee", "patella"), "left", 0.78),
    ("foot", ("ankle", "foot"), "left", 0.84),
)
RATIO_TOLERANCE = 0.15

# Fractions of vertex-to-foot length, p10 and p90 of 20 real scans (section 2.1).
LANDMARKS: dict[str, tuple[float, float]] = {
    "head base": (0.115, 0.137),
    "iliac crest": (0.367, 0.393),
    "pelvis bottom": (0.504, 0.530),
    "knee": (0.660, 0.737),
    "ankle top": (0.902, 0.939),
    "pelvis width": (0.145, 0.176),
}
# Pixels of 2.26 mm: 5 and 95 % of BS-80K for boxes, ranges of five scans for the whole body.
SIZES: dict[str, tuple[float, float]] = {
    "vertex to foot": (609, 852),
    "body width": (174, 227),
    "head width": (57, 74),
    "spine height": (157, 221),
    "pelvis height": (88, 124),
    "pelvis breadth": (108, 142),
}
# Per cent of a view's counts in bands of height, anterior and posterior (table 3.3).
BANDS: dict[str, tuple[float, float]] = {
    "head": (8.6, 6.8),
    "neck and shoulder": (16.5, 13.8),
    "chest": (16.1, 20.0),
    "abdomen": (11.7, 15.3),
    "pelvis": (20.1, 20.2),
    "thigh": (8.7, 8.4),
    "knee": (7.4, 5.9),
    "shin": (4.7, 4.0),
    "foot": (4.0, 3.5),
}
BAND_EDGES = (0.0, 0.111, 0.212, 0.310, 0.389, 0.497, 0.655, 0.75, 0.905, 1.01)
BAND_TOLERANCE = 0.25

# Lung cancer, lesions by site in per cent (PLoS One 2015, section 4).
SITE_SHARES: dict[str, tuple[float, tuple[str, ...]]] = {
    "vertebrae": (28.9, ("cervical", "thoracic", "lumbar")),
    "pelvis": (19.1, PELVIS),
    "thoracic bones": (39.4, ("rib", "sternum", "manubrium", "scapula", "clavicle", "glenoid")),
    "skull": (2.4, HEAD),
    "extremities": (10.2, ("humeral head", "humerus", "elbow", "forearm", "wrist", "hand",
                           "femoral head", "femur", "knee", "patella", "tibia", "fibula",
                           "ankle", "foot")),
}  # fmt: skip
SITE_TOLERANCE = 5.0

# System resolution in mm over camera distance in mm, blur factor 1 (section 1).
RESOLUTION: dict[float, float] = {0: 4.2, 50: 5.6, 100: 7.3, 150: 9.2, 200: 11.3, 250: 13.3}
RESOLUTION_TOLERANCE = 0.10
