"""How sure a figure is: patients drawn again and again, with replacement (Efron 1979).

A patient's two views, and all lesions in them, hang together, so the patient is what is drawn.
Two models are compared on the same draws (paired).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.learning.metrics.view_score import ViewScore

Tally = NDArray[np.int64]
"""``[patient, 6]``: true and false positive, false negative pixels; lesions, hit, false spots."""
Statistic = Callable[[NDArray[np.int64]], NDArray[np.float64]]
"""Sums over patients ``[draw, 6]`` to one figure a draw."""

DRAWS = 2000
SEED = 0
BOUNDS = (2.5, 97.5)


@dataclass(frozen=True)
class Interval:
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        """As a table shows it."""
        return f"{self.value:.3f} ({self.low:.3f} to {self.high:.3f})"


def tally_patient(views: Iterable[ViewScore]) -> list[int]:
    """One patient's row of a tally."""
    return [
        sum(column)
        for column in zip(
            *(
                (
                    view.true_positive,
                    view.false_positive,
                    view.false_negative,
                    view.lesions,
                    view.hit,
                    view.false_spots,
                )
                for view in views
            ),
            strict=True,
        )
    ]


def pooled_dsc(sums: NDArray[np.int64]) -> NDArray[np.float64]:
    """Equation 24; 1 where truth and prediction are both empty."""
    tp, fp, fn = sums[..., 0], sums[..., 1], sums[..., 2]
    return ratio(2 * tp, 2 * tp + fp + fn, nothing=1.0)


def recall(sums: NDArray[np.int64]) -> NDArray[np.float64]:
    """Equation 25; not a number without truth."""
    return ratio(sums[..., 0], sums[..., 0] + sums[..., 2], nothing=np.nan)


def precision(sums: NDArray[np.int64]) -> NDArray[np.float64]:
    """Equation 26; not a number where nothing was called."""
    return ratio(sums[..., 0], sums[..., 0] + sums[..., 1], nothing=np.nan)


def sensitivity(sums: NDArray[np.int64]) -> NDArray[np.float64]:
    """Share of lesions found; not a number without lesions."""
    return ratio(sums[..., 4], sums[..., 3], nothing=np.nan)


def false_spots(count: int) -> Statistic:
    """False spots a view, or a scan, of which all patients together have ``count``.

    Each patient is taken to have as many as any other.
    """
    return lambda sums: np.asarray(sums[..., 5] / count, np.float64)


def without_lesions(tally: Tally) -> Tally:
    """The patients who have none."""
    normal: Tally = tally[tally[:, 3] == 0]
    return normal


def ratio(part: NDArray[np.int64], whole: NDArray[np.int64], nothing: float) -> NDArray[np.float64]:
    """Part / whole, and ``nothing`` where there is no whole."""
    there = whole > 0
    quotient = part / np.where(there, whole, 1)
    filled: NDArray[np.float64] = np.where(there, quotient, nothing)
    return filled


def interval(tally: Tally, statistic: Statistic = pooled_dsc) -> Interval:
    """A figure over all patients, with its bootstrap interval."""
    values = statistic(draws_of(tally))
    return bounds(float(statistic(tally.sum(axis=0))), values)


def paired_difference(ours: Tally, theirs: Tally, statistic: Statistic = pooled_dsc) -> Interval:
    """Our figure minus theirs on the same patients, with its paired bootstrap interval.

    Args:
        ours: ``[patient, 6]``.
        theirs: the same patients in the same order.
        statistic: what is compared.
    """
    values = statistic(draws_of(ours)) - statistic(draws_of(theirs))
    value = statistic(ours.sum(axis=0)) - statistic(theirs.sum(axis=0))
    return bounds(float(value), values)


def draws_of(tally: Tally) -> NDArray[np.int64]:
    """Sums of each draw ``[draw, 6]``; the same draws for the same number of patients."""
    count = len(tally)
    times = np.random.default_rng(SEED).multinomial(count, np.full(count, 1 / count), size=DRAWS)
    sums: NDArray[np.int64] = times @ tally
    return sums


def bounds(value: float, values: NDArray[np.float64]) -> Interval:
    """The interval that holds 95 % of the draws in which the figure exists."""
    present = values[np.isfinite(values)]
    if not len(present):
        return Interval(value, float("nan"), float("nan"))
    low, high = np.percentile(present, BOUNDS)
    return Interval(value, float(low), float(high))
