"""The paper's steps 1 and 2: working grid, count normalisation, capping of hot urine."""

from BMLesionSegLib.preparation.body import body_mask
from BMLesionSegLib.preparation.grid import WorkingGrid
from BMLesionSegLib.preparation.normalisation import Normalisation
from BMLesionSegLib.preparation.prepare import PreparedView, prepare
from BMLesionSegLib.preparation.shown import beside, shown

__all__ = [
    "Normalisation",
    "PreparedView",
    "WorkingGrid",
    "beside",
    "body_mask",
    "prepare",
    "shown",
]
