"""One thing about a scan that its reader has to know."""

from dataclasses import dataclass
from enum import StrEnum

from BMLesionSegLib.scan import ViewName


class FlagKind(StrEnum):
    """What was noticed, as a physician would call it."""

    NOT_WHOLE_BODY = "not a whole-body bone scan"
    BODY_CUT = "body cut off by the frame"
    ARM_CUT = "arm cut off by the frame"
    ONE_VIEW = "one view only"
    LOW_COUNTS = "low counts"
    COUNTS_DIFFER = "views differ in counts"
    DIFFUSE_AXIAL = "diffuse axial uptake"
    KIDNEYS_NOT_SEEN = "kidneys not seen"
    VERY_HOT_SPOT = "very hot spot"
    VIEW_ASSUMED = "view assumed"
    VIEWS_SWAPPED = "views perhaps swapped"


@dataclass(frozen=True)
class QualityFlag:
    """A remark about one view, or about the scan.

    Attributes:
        kind: what was noticed.
        view: where, None for the scan as a whole.
        text: one sentence with the numbers behind it.
        blocks_normal: with this flag, "none found" must not be said.
    """

    kind: FlagKind
    view: ViewName | None
    text: str
    blocks_normal: bool = True
