"""Parameters of normal uptake: bones, soft tissue, kidneys, bladder."""

from BMLesionSegLib.simulation.parameter import LogNormal, Parameter, Range

LUMBAR = "of lumbar"
FITTED = "fitted to median and p10-p90 of table 3.3"
WITH_OTHERS = "with its neighbour in table 3.3"

# Concentration of each bone group relative to a lumbar vertebral body, with the spread between
# patients before the patient's own factor.
NORMAL_UPTAKE: dict[str, LogNormal] = {
    "vault": LogNormal(0.316, 0.49, LUMBAR, FITTED),
    "skull base": LogNormal(0.157, 0.42, LUMBAR, WITH_OTHERS),
    "face": LogNormal(0.687, 0.36, LUMBAR, FITTED),
    "mandible": LogNormal(0.422, 0.40, LUMBAR, WITH_OTHERS),
    "cervical": LogNormal(0.66, 0.15, LUMBAR, FITTED),
    "thoracic": LogNormal(0.868, 0.11, LUMBAR, FITTED),
    "lumbar": LogNormal(1.0, 0.05, LUMBAR, FITTED),
    "sacrum": LogNormal(1.06, 0.03, LUMBAR, FITTED),
    "sacroiliac": LogNormal(0.497, 0.34, LUMBAR, FITTED),
    "ilium": LogNormal(0.941, 0.05, LUMBAR, FITTED),
    "iliac spine": LogNormal(0.211, 0.05, LUMBAR, FITTED),
    "acetabulum": LogNormal(0.42, 0.28, LUMBAR, WITH_OTHERS),
    "pubis": LogNormal(0.81, 0.28, LUMBAR, WITH_OTHERS),
    "ischium": LogNormal(1.36, 0.42, LUMBAR, FITTED),
    "rib": LogNormal(0.421, 0.07, LUMBAR, FITTED),
    "manubrium": LogNormal(1.2, 0.16, LUMBAR, FITTED),
    "sternum": LogNormal(0.593, 0.21, LUMBAR, FITTED),
    "clavicle": LogNormal(0.6, 0.35, LUMBAR, WITH_OTHERS),
    "scapula": LogNormal(0.9, 0.38, LUMBAR, FITTED),
    "glenoid": LogNormal(0.493, 0.38, LUMBAR, WITH_OTHERS),
    "humeral head": LogNormal(0.345, 0.38, LUMBAR, FITTED),
    "humerus": LogNormal(0.422, 0.3, LUMBAR, FITTED),
    "elbow": LogNormal(0.189, 0.35, LUMBAR, FITTED),
    "forearm": LogNormal(0.464, 0.3, LUMBAR, WITH_OTHERS),
    "wrist": LogNormal(0.341, 0.38, LUMBAR, FITTED),
    "hand": LogNormal(0.341, 0.38, LUMBAR, WITH_OTHERS),
    "femoral head": LogNormal(0.17, 0.4, LUMBAR, FITTED),
    "femur": LogNormal(0.591, 0.47, LUMBAR, FITTED),
    "knee": LogNormal(0.238, 0.29, LUMBAR, FITTED),
    "patella": LogNormal(0.272, 0.34, LUMBAR, WITH_OTHERS),
    "tibia": LogNormal(0.433, 0.32, LUMBAR, FITTED),
    "fibula": LogNormal(0.444, 0.32, LUMBAR, WITH_OTHERS),
    "ankle": LogNormal(0.27, 0.70, LUMBAR, WITH_OTHERS),
    "foot": LogNormal(0.385, 0.70, LUMBAR, FITTED),
}

SPINE_SPREAD = Parameter(0.08, "ln", "shared by all vertebrae: choice")
LIMB_SPREAD = Parameter(0.22, "ln", "shared by all limb bones: choice")
SIDE_SPREAD = Parameter(0.12, "ln", "left against right: transfer")
BONE_SPREAD = Parameter(0.06, "ln", "one bone against its neighbours: choice")
PATCHINESS = Parameter(0.16, "ln", "smooth field of 35-220 mm: transfer")
RIB_PROFILE_SPREAD = Parameter(0.15, "ln", "own profile of each rib: transfer")
SPREAD_FACTOR = Range(0.5, 1.3, "on every spread", "wide calls less, narrow more: transfer")

SOFT_TISSUE = LogNormal(0.0134, 0.35, LUMBAR, "thigh .05 and .03-.13, table 3.3")
TRUNK_TISSUE = Parameter(2.55, "of a limb", "lateral abdomen .17, table 3.3")
HEAD_TISSUE = Parameter(1.6, "of a limb", "choice")
KIDNEY = LogNormal(0.215, 0.42, LUMBAR, "kidney .35 and .22-.55, table 3.3")
KIDNEY_SIDE = LogNormal(1.0, 0.18, "of the other", "choice")
KIDNEY_MISSING = Parameter(0.015, "of kidneys", "choice")
KIDNEY_OBSTRUCTED = Parameter(0.04, "of kidneys", "asymmetry 10 %, section 5")
KIDNEY_IN_PELVIS = Parameter(0.005, "of kidneys", "1 % of patients, section 5")
BLADDER = LogNormal(1.30, 0.57, LUMBAR, "bladder peak 3.8 of ANT lumbar, table 3.2")
BLADDER_RADIUS = Range(15.0, 36.0, "mm", "0-400 ml, section 5")
HOURS_AFTER_INJECTION = Range(2.0, 5.0, "h", "EANM 2016")
WASHOUT_AN_HOUR = Parameter(0.18, "1/h", "half life of tracer outside bone about 4 h: choice")
