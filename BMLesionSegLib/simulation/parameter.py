"""What a parameter of the simulation is: a value or a spread, with its unit and its source.

Sources: ``BS-80K``, ``table 3.3``, ``section n``: the project's clinical notes and the papers
named there. ``transfer``: what was seen to carry over to real scans. ``choice``: ours, by eye or
by habit.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Parameter:
    """One number."""

    value: float
    unit: str
    source: str

    def happens(self, rng: np.random.Generator, more: float = 1.0) -> bool:
        """True in this share of draws (times ``more``)."""
        return bool(rng.random() < self.value * more)


@dataclass(frozen=True)
class Range:
    """Any value between two, all alike."""

    low: float
    high: float
    unit: str
    source: str

    def draw(self, rng: np.random.Generator) -> float:
        """One value."""
        return float(rng.uniform(self.low, self.high))


@dataclass(frozen=True)
class Normal:
    """A mean with a standard deviation, cut at 2.5 of them."""

    mean: float
    spread: float
    unit: str
    source: str

    def draw(self, rng: np.random.Generator) -> float:
        """One value."""
        return self.mean + self.spread * float(np.clip(rng.standard_normal(), -2.5, 2.5))


@dataclass(frozen=True)
class LogNormal:
    """A median with a standard deviation of the natural logarithm, cut at 2.3 of them."""

    median: float
    spread: float
    unit: str
    source: str

    def draw(self, rng: np.random.Generator) -> float:
        """One value."""
        limited = float(np.clip(rng.standard_normal(), -2.3, 2.3))
        return float(self.median * np.exp(self.spread * limited))


AnyParameter = Parameter | Range | Normal | LogNormal
