"""The quality of a scan, as a reader would ask for it before looking at lesions."""

from collections.abc import Mapping

from BMLesionSegLib.lesions import Body
from BMLesionSegLib.quality.body_shape import shape_flags, side_flags
from BMLesionSegLib.quality.counts import count_flags, total_counts
from BMLesionSegLib.quality.flag import QualityFlag
from BMLesionSegLib.quality.regional_uptake import RegionalUptake, regional_uptake
from BMLesionSegLib.quality.report import QualityReport
from BMLesionSegLib.quality.uptake import uptake_flags
from BMLesionSegLib.quality.views import view_flags
from BMLesionSegLib.scan import BoneScan, ViewName


def assess(scan: BoneScan, bodies: Mapping[ViewName, Body]) -> QualityReport:
    """Look at a scan's shape, counts, uptake and views; no network is asked.

    A view whose body is cut off or is no body is not searched for kidneys and the like: its
    proportions say nothing, and it is flagged already.

    Args:
        scan: as read.
        bodies: one a view.
    """
    flags: list[QualityFlag] = []
    uptakes: dict[ViewName, RegionalUptake] = {}
    for view in scan:
        body = bodies[view.name]
        wrong = list(shape_flags(view.name, body))
        if not wrong:
            uptakes[view.name] = regional_uptake(view, body)
        flags += wrong
        flags += side_flags(view.name, body)
    flags += count_flags(scan)
    for name, uptake in uptakes.items():
        flags += uptake_flags(name, uptake)
    flags += view_flags(scan, uptakes)
    return QualityReport(tuple(flags), {view.name: total_counts(view) for view in scan})
