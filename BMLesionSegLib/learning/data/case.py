"""A case: a bone scan with the metastases that a truth, simulated or labelled, gives it."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.scan import BoneScan, View, ViewName


@dataclass(frozen=True, eq=False)
class Case:
    """A scan and its truth.

    Attributes:
        scan: one or two views.
        metastases: for each view an int label map ``[row, column]``: 0 none, one value a lesion.
        other_uptake: for each view the pixels ``[row, column]`` of hot spots that are known to be
            no metastasis; a view of which nothing is known is left out.
        sex: "male", "female" or None.
        age: years at the scan, or None.
    """

    scan: BoneScan
    metastases: dict[ViewName, NDArray[np.int32]]
    other_uptake: dict[ViewName, NDArray[np.bool_]] = field(default_factory=dict)
    sex: str | None = None
    age: int | None = None

    @property
    def normal(self) -> bool:
        """True when no view shows a metastasis."""
        return not any(labels.any() for labels in self.metastases.values())

    def other_in(self, view: View) -> NDArray[np.bool_]:
        """Hot spots of a view that are no metastasis ``[row, column]``; none where unknown."""
        return self.other_uptake.get(view.name, np.zeros(view.shape, bool))
