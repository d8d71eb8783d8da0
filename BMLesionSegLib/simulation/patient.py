"""What a simulated patient is: two views of counts with their exact truth."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.scan import ViewName
from BMLesionSegLib.simulation.anatomy.physique import Sex
from BMLesionSegLib.simulation.disease.hot_spots import SpotKind


@dataclass(frozen=True)
class Spot:
    """A hot spot that can be seen in at least one view.

    Attributes:
        number: its value in the label maps of both views, from 1.
        kind: metastasis, benign or physiological.
        site: in words, e.g. "left rib 7".
        uptake: highest, over the normal uptake there; 0 outside bone.
    """

    number: int
    kind: SpotKind
    site: str
    uptake: float = 0.0


@dataclass(frozen=True, eq=False)
class SimulatedView:
    """One view, all arrays ``[row, column]``, 1024 x 256.

    Attributes:
        name: anterior or posterior.
        counts: uint16.
        spots: int16 label map: 0 none, else the spot's number.
        regions: uint8 map of ``Region``, 0 none.
    """

    name: ViewName
    counts: NDArray[np.uint16]
    spots: NDArray[np.int16]
    regions: NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class SimulatedPatient:
    """A patient who does not exist.

    Attributes:
        seed, patient, cohort: what the patient was drawn from.
        sex, age: in words and years.
        views: anterior, posterior.
        spots: every hot spot seen in a view, in order of number.
        spacing: mm between rows, between columns.
    """

    seed: int
    patient: int
    cohort: str
    sex: Sex
    age: int
    views: tuple[SimulatedView, SimulatedView]
    spots: tuple[Spot, ...]
    spacing: tuple[float, float]

    def view(self, name: ViewName) -> SimulatedView:
        """The view of that name."""
        return self.views[0] if name is ViewName.ANTERIOR else self.views[1]

    def metastasis_mask(self, name: ViewName) -> NDArray[np.bool_]:
        """Metastases of a view, bool ``[row, column]``."""
        numbers = [spot.number for spot in self.spots if spot.kind is SpotKind.METASTASIS]
        return np.isin(self.view(name).spots, numbers)
