"""A paper doll as a bone scan: every part where the test put it, with the uptake it was given.

1024 x 256 pixels of 2 mm, vertex at row 50, tip of the feet at row 899 (1,700 mm), midline between
columns 127 and 128. Distances across are in pixels to the patient's left, so one description
serves both views.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.scan import BoneScan, EvidenceKind, View, ViewEvidence, ViewName

SHAPE, PIXEL_MM = (1024, 256), 2.0
VERTEX, LENGTH = 50, 850
SPINE_COUNTS = {ViewName.ANTERIOR: 13.0, ViewName.POSTERIOR: 20.0}
HEAD_COUNTS = {ViewName.ANTERIOR: 10.0, ViewName.POSTERIOR: 8.0}
KNEE_COUNTS = {ViewName.ANTERIOR: 14.0, ViewName.POSTERIOR: 11.0}


@dataclass(frozen=True)
class Block:
    """A rectangle: first row, row after the last, pixels to the patient's left, counts a pixel."""

    top: int
    bottom: int
    right_edge: int
    left_edge: int
    counts: float


@dataclass(frozen=True)
class Doll:
    """What may be changed about the doll.

    Attributes:
        scale: of all counts.
        spine: factor on the spine's and the pelvis' uptake.
        limbs: factor on everything below the pelvis.
        kidneys: counts a pixel, posterior.
        spots: further blocks, added to both views.
    """

    scale: float = 2.0
    spine: float = 1.0
    limbs: float = 1.0
    kidneys: float = 7.0
    spots: tuple[Block, ...] = field(default=())

    def mean(self, name: ViewName) -> NDArray[np.float64]:
        """Expected counts ``[row, column]``."""
        soft = 2.0
        anterior = name is ViewName.ANTERIOR
        kidneys = 3.0 if anterior else self.kidneys
        spine = SPINE_COUNTS[name] * self.spine
        blocks = [
            Block(50, 150, -35, 35, HEAD_COUNTS[name]),
            Block(150, 190, -25, 25, soft),
            Block(190, 490, -80, 80, soft),
            Block(190, 330, -60, 60, 5.0),
            Block(300, 360, 20, 43, kidneys),
            Block(300, 360, -43, -20, kidneys),
            Block(160, 380, -10, 10, spine),
            Block(380, 480, -55, 55, 0.7 * spine),
        ]
        for side in (-60, 15):
            blocks += [
                Block(490, 900, side, side + 45, soft * self.limbs),
                Block(490, 620, side + 17, side + 28, 8.0 * self.limbs),
                Block(620, 680, side + 5, side + 40, KNEE_COUNTS[name] * self.limbs),
                Block(680, 900, side + 17, side + 28, 8.0 * self.limbs),
            ]
        mean = np.full(SHAPE, 0.02)
        for block in blocks:
            mean[place(block, name)] = block.counts
        for block in self.spots:
            mean[place(block, name)] += block.counts
        return mean * self.scale

    def view(self, name: ViewName, seed: int = 0) -> View:
        """One view, with Poisson noise."""
        rng = np.random.default_rng([seed, list(ViewName).index(name)])
        evidence = ViewEvidence(EvidenceKind.VIEW_CODE, "doll")
        return view_of(name, rng.poisson(self.mean(name)), evidence)

    def scan(self) -> BoneScan:
        """Both views."""
        return BoneScan(tuple(self.view(name) for name in ViewName), "doll")


def place(block: Block, name: ViewName) -> tuple[slice, slice]:
    """Rows and columns of a block in a view."""
    if name is ViewName.ANTERIOR:
        return slice(block.top, block.bottom), slice(128 + block.right_edge, 128 + block.left_edge)
    return slice(block.top, block.bottom), slice(128 - block.left_edge, 128 - block.right_edge)


def view_of(
    name: ViewName, counts: NDArray[np.generic], evidence: ViewEvidence | None = None
) -> View:
    """A view with the doll's spacing."""
    evidence = evidence or ViewEvidence(EvidenceKind.USER, "test")
    return View(name, counts.astype(np.float32), (PIXEL_MM, PIXEL_MM), evidence)


def painted(name: ViewName, *blocks: Block) -> NDArray[np.float32]:
    """A probability map of a view: each block's counts are its probability."""
    probability = np.zeros(SHAPE, np.float32)
    for block in blocks:
        probability[place(block, name)] = block.counts
    return probability
