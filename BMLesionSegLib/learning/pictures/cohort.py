"""Figures 6 and 10 of the paper for any cohort: lesions by age and sex, sizes of lesions."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from BMLesionSegLib.learning.data.statistics import PatientCount, lesion_sizes
from BMLesionSegLib.learning.pictures.figure import save

DECADE = 10
TICKS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500)


def draw_cohort(path: Path, patients: Sequence[PatientCount]) -> None:
    """One page: lesions by age group, lesion areas, lesion lengths.

    Raises:
        OutputRefused: the file cannot be written there.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(11, 3.4), layout="constrained")
    ages, areas, lengths = figure.subplots(1, 3)
    draw_ages(ages, patients)
    sizes = lesion_sizes(patients)
    draw_sizes(areas, [size.area_cm2 for size in sizes], "area of a lesion in a view (cm²)")
    draw_sizes(lengths, [size.length_mm / 10 for size in sizes], "length of a lesion (cm)")
    save(figure, path)


def draw_ages(axes: Any, patients: Sequence[PatientCount]) -> None:
    """Lesions of each age group, a bar a sex (Figure 6)."""
    known = [patient for patient in patients if patient.age is not None and patient.sex]
    decades = sorted({(patient.age or 0) // DECADE for patient in known})
    sexes = sorted({patient.sex or "" for patient in known})
    places = np.arange(len(decades))
    width = 0.8 / max(len(sexes), 1)
    for number, sex in enumerate(sexes):
        totals = [
            sum(
                sum(patient.lesions.values())
                for patient in known
                if patient.sex == sex and (patient.age or 0) // DECADE == decade
            )
            for decade in decades
        ]
        axes.bar(places + (number + 0.5) * width - 0.4, totals, width, label=sex)
    names = [f"{DECADE * decade}-{DECADE * decade + DECADE - 1}" for decade in decades]
    axes.set_xticks(places, names, fontsize=8)
    axes.set(xlabel="age (years)", ylabel="lesions, both views")
    if sexes:
        axes.legend(frameon=False)
    else:
        axes.set_title("sex and age are not known", fontsize=9)


def draw_sizes(axes: Any, values: Sequence[float], name: str) -> None:
    """A histogram over a logarithmic axis (Figure 10)."""
    if values:
        low, high = min(values) / 1.1, max(values) * 1.1
        axes.hist(values, np.geomspace(low, high, 24), color="tab:red")
        axes.set_xscale("log")
        axes.set_xticks([tick for tick in TICKS if low <= tick <= high], minor=False)
        axes.minorticks_off()
        axes.axvline(float(np.median(values)), color="black", linewidth=1)
        axes.set_title(f"{len(values)} lesions, median {np.median(values):.2g}", fontsize=9)
        axes.xaxis.set_major_formatter("{x:g}")
    axes.set(xlabel=name, ylabel="lesions")
