"""Superscan, kidneys, urine: what the distribution of uptake says about a scan.

These are hints by rule from body proportions, not diagnoses. A superscan takes the activity from
kidneys, limbs and soft tissue, and may look deceptively clean.
"""

from collections.abc import Iterator

from BMLesionSegLib.quality.flag import FlagKind, QualityFlag
from BMLesionSegLib.quality.regional_uptake import RegionalUptake
from BMLesionSegLib.scan import ViewName

LOWEST_LEGS_SHARE = {ViewName.ANTERIOR: 0.12, ViewName.POSTERIOR: 0.11}
"""Half of the median share of thigh, knee, shin and foot, 24.8 and 21.8 % (69 averaged scans)."""
LOWEST_KIDNEYS = 0.11
"""Kidney over spine, posterior: half of the tenth percentile, 0.22 (same 69 scans)."""
HOTTEST_OF_SPINE = 10.0
"""Bladders reach 1.9 to 8.9 times the lumbar spine (five whole-body scans)."""


def uptake_flags(name: ViewName, uptake: RegionalUptake) -> Iterator[QualityFlag]:
    """What the regions of one view give away.

    Args:
        name: anterior or posterior.
        uptake: of its regions.
    """
    if uptake.legs_share < LOWEST_LEGS_SHARE[name]:
        text = (
            f"In the {name} view only {uptake.legs_share:.0%} of the counts lie below the pelvis: "
            "suspected superscan (diffuse disease), or legs with poor blood supply."
        )
        yield QualityFlag(FlagKind.DIFFUSE_AXIAL, name, text)
    if name is ViewName.POSTERIOR and uptake.kidneys < LOWEST_KIDNEYS * uptake.spine:
        text = (
            f"The kidney regions hold {uptake.kidneys / uptake.spine:.2f} of the spine's uptake, "
            "usually 0.2 to 0.5: a sign of a superscan, or of failing kidneys."
        )
        yield QualityFlag(FlagKind.KIDNEYS_NOT_SEEN, name, text)
    if uptake.hottest > HOTTEST_OF_SPINE * uptake.spine:
        text = (
            f"In the {name} view a spot ({uptake.hottest_site}) has "
            f"{uptake.hottest / uptake.spine:.0f} times the spine's uptake: urine, contamination "
            "or the injection site; it may hide bone."
        )
        yield QualityFlag(FlagKind.VERY_HOT_SPOT, name, text)
