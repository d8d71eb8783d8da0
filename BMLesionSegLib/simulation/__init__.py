"""A bone scan from a seed: anatomy, uptake, disease, confounders, camera, exact truth."""

from BMLesionSegLib.simulation.anatomy.physique import Sex
from BMLesionSegLib.simulation.anatomy.regions import Region
from BMLesionSegLib.simulation.cohort import Cohort
from BMLesionSegLib.simulation.disease.hot_spots import SpotKind
from BMLesionSegLib.simulation.patient import SimulatedPatient, SimulatedView, Spot
from BMLesionSegLib.simulation.simulate import simulate_patient
from BMLesionSegLib.simulation.version import SIMULATION_VERSION

__all__ = [
    "SIMULATION_VERSION",
    "Cohort",
    "Region",
    "Sex",
    "SimulatedPatient",
    "SimulatedView",
    "Spot",
    "SpotKind",
    "simulate_patient",
]
