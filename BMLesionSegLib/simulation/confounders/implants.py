"""Metal and other shades: joint prostheses, pacemakers, buckles, breasts."""

from dataclasses import dataclass

import numpy as np

from BMLesionSegLib.scan import ViewName
from BMLesionSegLib.simulation.anatomy.physique import Physique, Sex
from BMLesionSegLib.simulation.anatomy.points import Floats
from BMLesionSegLib.simulation.camera.camera import Acquisition, facing
from BMLesionSegLib.simulation.disease.disease_parameters import IMPLANTS, PROSTHESIS_UPTAKE
from BMLesionSegLib.simulation.disease.hot_spots import Bones, HotSpot, SpotKind

# Bones of a replaced joint, and the stretch of each (0..1 along it) that is metal.
REPLACED: dict[str, tuple[tuple[str, float, float], ...]] = {
    "hip": (("femoral head", 0.0, 1.0), ("femur", 0.0, 0.3)),
    "knee": (("femur", 0.93, 1.0), ("knee", 0.0, 1.0), ("patella", 0.0, 1.0), ("tibia", 0.0, 0.08)),
}


@dataclass(frozen=True)
class Shade:
    """Something dense before one camera head.

    Attributes:
        kind, site: what it is.
        view: in which it is seen.
        centre: x and z, mm.
        radii: half axes, mm.
        lets: share of the counts that pass its middle.
        edge: sharpness; 8 has a border, 2 none.
        uptake: none.
    """

    kind: SpotKind
    site: str
    view: ViewName
    centre: tuple[float, float]
    radii: tuple[float, float]
    lets: float
    edge: float
    uptake: float = 0.0

    def transmission(self, name: ViewName, scan: Acquisition) -> Floats:
        """Share that passes at each pixel ``[row, column]`` of a view."""
        if name is not self.view:
            return np.ones(scan.matrix.shape, np.float32)
        rows, columns = scan.matrix.shape
        height = scan.vertex - (np.arange(rows) - scan.top) * scan.matrix.pixel_mm
        frame = (np.arange(columns) - 0.5 * (columns - 1)) * scan.matrix.pixel_mm
        x = frame * facing(name) - scan.shift
        across = (x[None, :] - self.centre[0]) / self.radii[0]
        along = (height[:, None] - self.centre[1]) / self.radii[1]
        inside = np.exp(-((across**2 + along**2) ** (self.edge / 2)))
        return (1 - (1 - self.lets) * inside).astype(np.float32)


def prostheses(bones: Bones, age: int, rng: np.random.Generator) -> tuple[list[HotSpot], Bones]:
    """Replaced hips and knees: bone that is gone, and the bones that are left."""
    spots: list[HotSpot] = []
    normal = bones.normal.copy()
    for joint, metal in REPLACED.items():
        for side in ("left", "right"):
            older = np.clip((age - 40) / 25, 0, 1.6)
            if not IMPLANTS[joint].happens(rng, 0.5 * older):
                continue
            for group, start, end in metal:
                name = f"{side} {group}"
                along = bones.skeleton.bones[bones.skeleton.number[name]].along
                gone = -(1 - PROSTHESIS_UPTAKE.value) * ((along >= start) & (along <= end))
                spot = bones.grown(name, bones.skeleton.indices([name]), gone, SpotKind.BENIGN)
                spots += [spot] if spot else []
                normal[bones.skeleton.indices([name])] *= (1 + gone).astype(np.float32)
    return spots, Bones(bones.skeleton, normal)


def shades(body: Physique, rng: np.random.Generator) -> list[Shade]:
    """Pacemaker, buckle, breasts."""
    found = []
    wide, _, tall = body.scale

    def shade(
        site: str, x: float, z: float, radii: tuple[float, float], lets: float, edge: float
    ) -> Shade:
        centre = (
            float(x * wide + body.sideways(np.array([z * tall], np.float32))[0]),
            float(z * tall),
        )
        kind = SpotKind.PHYSIOLOGICAL
        return Shade(kind, site, ViewName.ANTERIOR, centre, radii, lets, edge)

    if IMPLANTS["pacemaker"].happens(rng):
        side = 1 if rng.random() < 0.8 else -1
        found.append(shade("pacemaker", side * 95, 1345, (27, 24), 0.25, 8))
    if IMPLANTS["buckle"].happens(rng):
        found.append(shade("buckle", rng.normal(0, 12), 1000 + rng.normal(0, 20), (25, 19), 0.3, 8))
    if body.sex is Sex.FEMALE and IMPLANTS["breast"].happens(rng):
        lets = rng.uniform(0.75, 0.9)
        radii = (rng.uniform(50, 68), rng.uniform(45, 60))
        height = 1225 + rng.normal(0, 12)
        found += [shade("breast", side * 82, height, radii, lets, 4) for side in (-1, 1)]
    return found
