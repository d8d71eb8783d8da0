"""The paper's steps 1 and 2: working grid, count normalisation, capping of hot urine."""

from BMLesionSegLib.preparation.body import body_mask
from BMLesionSegLib.preparation.grid import WorkingGrid
from BMLesionSegLib.preparation.normalisation import Normalisation
from BMLesionSegLib.preparation.prepare import PreparedView, prepare

__all__ = ["Normalisation", "PreparedView", "WorkingGrid", "body_mask", "prepare"]
