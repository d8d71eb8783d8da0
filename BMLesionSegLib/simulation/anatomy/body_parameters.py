"""Parameters of the body: size, build and the way it lies. Bones are described in the code."""

from BMLesionSegLib.simulation.parameter import AnyParameter, Normal, Parameter, Range

CHOICE = "choice, so that landmarks and sizes of section 2.1 come out"
POSTURE = "choice by eye; variety of posture: transfer"

REFERENCE_HEIGHT_MM = 1702.0
"""Soles to vertex of the reference adult in which every bone is described."""

BODY: dict[str, AnyParameter] = {
    "male height": Normal(1.0, 0.045, "of 1702 mm", "176 +- 7 cm, section 2.2, feet flexed"),
    "female height": Normal(0.945, 0.045, "of 1702 mm", "163 +- 6 cm, section 2.2"),
    "breadth": Range(0.95, 1.06, "of height's root", CHOICE),
    "build": Normal(1.06, 0.13, "soft tissue of the reference", CHOICE),
    "belly": Normal(-3.5, 4.5, "mm to the front", "lumbar ANT/POST .46-.83, table 3.3"),
    "female hips": Parameter(1.03, "of male breadth", "choice"),
    "female chest": Parameter(0.955, "of male breadth", "choice"),
    "chest": Range(0.95, 1.05, "of the reference", CHOICE),
    "curve": Normal(0.0, 5.0, "mm sideways", "choice"),
    "scoliosis": Normal(0.0, 12.0, "mm sideways, more", "choice"),
    "scoliosis, share": Parameter(0.15, "of patients", "10-15 %, section 5"),
    "kyphosis": Range(0.6, 1.4, "of the reference", "20-45 degrees, section 2.2"),
    "kyphosis a year over 60": Range(0.0, 0.02, "of the reference", "choice"),
    "lordosis": Range(0.6, 1.4, "of the reference", "40-60 degrees, section 2.2"),
    "pelvic tilt": Normal(0.0, 0.09, "rad", POSTURE),
    "head yaw": Normal(0.0, 0.17, "rad", POSTURE),
    "head tilt": Normal(0.0, 0.06, "rad", POSTURE),
    "head nod": Normal(-0.04, 0.12, "rad", POSTURE),
    "shoulder drop": Normal(4.0, 8.0, "mm", POSTURE),
    "shoulder drop, side": Normal(0.0, 4.0, "mm", POSTURE),
    "arm abduction": Range(0.05, 0.25, "rad", POSTURE),
    "arm abduction, side": Normal(0.0, 0.03, "rad", POSTURE),
    "elbow bend": Range(0.0, 0.4, "rad", POSTURE),
    "elbow bend, side": Normal(0.0, 0.07, "rad", POSTURE),
    "hand turn": Range(0.35, 1.0, "1 flat, 0 on edge", POSTURE),
    "knees apart": Range(-10.0, 22.0, "mm", POSTURE),
    "feet splayed": Range(0.05, 0.9, "rad", POSTURE),
    "feet splayed, side": Normal(0.0, 0.15, "rad", POSTURE),
    "feet pointed": Range(0.25, 0.8, "rad", "plantar-flexed, section 2.1"),
    "feet pointed, side": Normal(0.0, 0.08, "rad", POSTURE),
    "rib slope": Range(0.85, 1.2, "of the reference", "30-45 degrees, section 2.2"),
    "lean": Normal(0.0, 0.011, "rad", POSTURE),
    "bow": Normal(0.0, 4.0, "mm", POSTURE),
}
