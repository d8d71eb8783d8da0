"""Whether both views are there, and each is what it is called."""

from collections.abc import Iterator, Mapping

from BMLesionSegLib.quality.flag import FlagKind, QualityFlag
from BMLesionSegLib.quality.regional_uptake import RegionalUptake
from BMLesionSegLib.scan import BoneScan, ViewName

SWAPPED_BELOW = 1.0
"""Of the index in ``spine_forward_index``: 1.7 in the medians of 2,925 patients (BS-80K), so 0.6
when the views are swapped; 1 lies midway on the logarithm."""


def view_flags(scan: BoneScan, uptakes: Mapping[ViewName, RegionalUptake]) -> Iterator[QualityFlag]:
    """One view only, a view that is a guess, views that look exchanged.

    Args:
        scan: one or two views.
        uptakes: of the views whose body is whole.
    """
    if len(scan.views) == 1:
        name = scan.views[0].name
        text = f"Only the {name} view is given: what the {name.other} one shows is not seen."
        yield QualityFlag(FlagKind.ONE_VIEW, None, text)
    for view in scan:
        if view.evidence.assumed:
            text = (
                f"Nothing in the file says that this is the {view.name} view; it was assumed from "
                f"the {view.evidence.kind} ({view.evidence.text}). Check it, and swap if need be."
            )
            yield QualityFlag(FlagKind.VIEW_ASSUMED, view.name, text, blocks_normal=False)
    if set(uptakes) == set(ViewName):
        index = spine_forward_index(uptakes[ViewName.ANTERIOR], uptakes[ViewName.POSTERIOR])
        if index < SWAPPED_BELOW:
            text = (
                "The spine is clearer in the view called anterior, face and knees in the one "
                f"called posterior (index {index:.2f}, usually 1.7). A hint only: look whether "
                "the views are swapped."
            )
            yield QualityFlag(FlagKind.VIEWS_SWAPPED, None, text, blocks_normal=False)


def spine_forward_index(anterior: RegionalUptake, posterior: RegionalUptake) -> float:
    """How much more the spine stands out against head and knees behind than in front.

    The geometric mean of the two double ratios, so that the views' total counts cancel.
    """
    against_head = (posterior.spine / posterior.head) / (anterior.spine / anterior.head)
    against_knees = (posterior.spine / posterior.knees) / (anterior.spine / anterior.knees)
    return float((against_head * against_knees) ** 0.5)
