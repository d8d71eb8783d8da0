"""Measured statistics beside their allowed ranges."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from BMLesionSegLib.simulation.acceptance import targets
from BMLesionSegLib.simulation.acceptance.measures import Measures
from BMLesionSegLib.simulation.acceptance.targets import BS_80K, SCANS_69
from BMLesionSegLib.simulation.camera.camera_parameters import (
    COLLIMATOR_FWHM,
    COLLIMATOR_SLOPE,
    INTRINSIC_FWHM,
)

REST_SHARE = 0.90
FIVE = "five anterior scans, table 3.2"
AIM = "clinical notes 3.4"


@dataclass(frozen=True)
class Statistic:
    """One value beside its range.

    Attributes:
        name: what was measured.
        value: measured.
        low, high: allowed.
        source: of the range.
        must: counts towards those that all have to pass.
    """

    name: str
    value: float
    low: float
    high: float
    source: str
    must: bool = False

    @property
    def passed(self) -> bool:
        """True when the value lies in its range."""
        return self.low <= self.value <= self.high


def of_healthy(patients: Sequence[Measures]) -> Iterator[Statistic]:
    """Statistics of lesion-free patients at spread 1.0."""

    def percentile(name: str, rank: float) -> float:
        return float(np.percentile([p[name] for p in patients if name in p], rank))

    yield from of_counts(percentile)
    yield from of_bodies(percentile)
    for band, shares in targets.BANDS.items():
        for view, share in zip(("anterior", "posterior"), shares, strict=True):
            full = f"band {view}: {band}"
            allowed = about(share, targets.BAND_TOLERANCE)
            yield Statistic(f"{full}, %", percentile(full, 50), *allowed, SCANS_69)
    for region in targets.REGIONAL:
        yield from of_region(f"uptake: {region.name}", region, percentile)
    for name, published in targets.ORGANS.items():
        organ = targets.Regional(name, targets.LUMBAR, *published)
        yield from of_region(f"{name} / lumbar POST", organ, percentile)
    yield from resolution()


Percentile = Callable[[str, float], float]


def about(value: float, tolerance: float) -> tuple[float, float]:
    """A range of a share around a value."""
    return value * (1 - tolerance), value * (1 + tolerance)


def of_counts(percentile: Percentile) -> Iterator[Statistic]:
    """Totals, noise, levels and ratios of the two views."""
    for view in ("anterior", "posterior"):
        name = f"counts {view}, million"
        for rank, allowed in VIEW_COUNTS.items():
            yield Statistic(f"{name}, p{rank}", percentile(name, rank), *allowed, AIM, must=True)
        name = f"noise variance / mean {view}"
        yield Statistic(name, percentile(name, 50), 0.95, 1.1, AIM, must=True)
    for rank, allowed in VIEW_TOTAL.items():
        name = "ANT / POST total"
        yield Statistic(f"{name}, p{rank}", percentile(name, rank), *allowed, AIM, must=True)
    for name, _, _, ratio in targets.VIEW_RATIOS:
        full = f"POST / ANT: {name}"
        allowed = about(ratio, targets.RATIO_TOLERANCE)
        yield Statistic(full, percentile(full, 50), *allowed, BS_80K, must=True)
    for name, (allowed, source) in LEVELS.items():
        yield Statistic(name, percentile(name, 50), *allowed, source)


def of_bodies(percentile: Percentile) -> Iterator[Statistic]:
    """Landmarks and sizes."""
    for name, allowed in targets.LANDMARKS.items():
        full = f"landmark: {name}"
        yield Statistic(full, percentile(full, 50), *allowed, "20 real scans, 2.1", must=True)
    for name, allowed in targets.SIZES.items():
        full = f"size: {name}"
        yield Statistic(f"{full}, px", percentile(full, 50), *allowed, "BS-80K, 2.1 and 3.2")


# Million counts a view: all of the 5th to 95th percentile within .6-2.4, the middle near 1.2.
VIEW_COUNTS = {5: (0.6, 1.0), 50: (0.9, 1.5), 95: (1.3, 2.4)}
# Whole-view ANT / POST: the target is .93-1.03 for 5-95 %; .02 for the sample.
VIEW_TOTAL = {5: (0.91, 1.05), 50: (0.93, 1.03), 95: (0.91, 1.05)}
LEVELS = {
    "p99 / p50 anterior": ((4.0, 8.0), AIM),
    "pixels over 2 counts anterior, %": ((23.0, 32.0), FIVE),
    "bladder peak / lumbar ANT": ((1.5, 9.0), AIM),
    "thigh bone / soft tissue": ((3.0, 10.0), AIM),
}


def of_region(name: str, region: targets.Regional, percentile: Percentile) -> Iterator[Statistic]:
    """Median and spread of a regional uptake."""
    yield Statistic(f"{name}, median", percentile(name, 50), *region.median_range, SCANS_69)
    if region.spread_range is not None:
        spread = float(np.log(percentile(name, 90) / percentile(name, 10)))
        yield Statistic(f"{name}, ln p90/p10", spread, *region.spread_range, SCANS_69)


def resolution() -> Iterator[Statistic]:
    """Width of a thin rib by its distance from the camera, at blur factor 1."""
    for distance, fwhm in targets.RESOLUTION.items():
        collimator = COLLIMATOR_FWHM.value + COLLIMATOR_SLOPE.value * distance
        value = float(np.hypot(INTRINSIC_FWHM.value, collimator))
        allowed = about(fwhm, targets.RESOLUTION_TOLERANCE)
        yield Statistic(f"rib FWHM at {distance:g} mm, mm", value, *allowed, "section 1")


def of_paper(patients: Sequence[dict[str, Any]], groups: dict[str, str]) -> Iterator[Statistic]:
    """Statistics of the cohort ``paper``."""
    for view, mean, spread, most in (("anterior", 2.86, 2.43, 13), ("posterior", 3.18, 3.47, 17)):
        counts = np.array([p[f"lesions {view}"] for p in patients])
        source = "Xie 2025, table 2, corrected"
        yield Statistic(
            f"lesions {view}, mean", float(counts.mean()), 0.85 * mean, 1.15 * mean, source
        )
        yield Statistic(
            f"lesions {view}, SD", float(counts.std()), 0.75 * spread, 1.25 * spread, source
        )
        yield Statistic(
            f"lesions {view}, most", float(counts.max()), 0.5 * most, 1.5 * most, source
        )
    sites = [groups[site] for p in patients for site in p["sites"]]
    for name, (share, members) in targets.SITE_SHARES.items():
        value = 100 * sum(site in members for site in sites) / len(sites)
        low, high = max(share - targets.SITE_TOLERANCE, 0.5), share + targets.SITE_TOLERANCE
        yield Statistic(f"site: {name}, %", value, low, high, "lung, n=246, section 4")


def of_clinic(patients: Sequence[dict[str, Any]]) -> Iterator[Statistic]:
    """Statistics of the cohort ``clinic``."""
    metastatic = [uptake for p in patients for uptake in p["metastatic uptake"]]
    benign = [uptake for p in patients for uptake in p["benign uptake"]]
    value = auc(np.array(metastatic), np.array(benign))
    yield Statistic("AUC of uptake alone", value, 0.80, 0.88, "AUC .84, section 4", must=True)
    middle = median(metastatic)
    yield Statistic("uptake of metastases, median", middle, 3.0, 4.4, "3.4-4.0, section 4")
    middle = median(benign)
    yield Statistic("uptake of benign foci, median", middle, 1.4, 2.3, "1.45-2.0, section 4")
    hit, false, missed = np.sum([p["floor"] for p in patients], axis=0)
    floor = float(2 * hit / (2 * hit + false + missed))
    yield Statistic("floor: hottest 0.7 %, pooled DSC", floor, 0.30, 0.50, "ten real scans")
    without = float(np.mean([not p["sites"] for p in patients]))
    yield Statistic("share without metastases", without, 0.2, 0.4, "choice")
    share = 100 * float(np.mean([p["share"] for p in patients]))
    yield Statistic("metastatic pixels of a view, %", share, 0.3, 0.8, "ten real scans .57")


def auc(higher: np.ndarray, lower: np.ndarray) -> float:
    """Chance that one of the first exceeds one of the second; not a number where one is empty."""
    if not len(higher) or not len(lower):
        return float("nan")
    order = np.sort(lower)
    below = np.searchsorted(order, higher, "left") + np.searchsorted(order, higher, "right")
    return float(below.mean() / 2 / len(lower))


def median(values: Sequence[float]) -> float:
    """The middle value; not a number, which passes no range, where there is none."""
    return float(np.median(values)) if values else float("nan")


def verdict(statistics: Sequence[Statistic]) -> str:
    """How many passed, and whether that is enough."""
    must = [s.passed for s in statistics if s.must]
    rest = [s.passed for s in statistics if not s.must]
    enough = all(must) and np.mean(rest) >= REST_SHARE
    return (
        f"{'ACCEPTED' if enough else 'NOT ACCEPTED'}: {sum(must)} of {len(must)} that must pass, "
        f"{sum(rest)} of {len(rest)} of the rest ({100 * np.mean(rest):.0f} %)"
    )
