"""The acceptance report: measures simulated patients, prints values beside ranges, draws them."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from BMLesionSegLib.errors import OutputRefused
from BMLesionSegLib.exporting.atomic import atomic_path
from BMLesionSegLib.simulation.acceptance import report_plots
from BMLesionSegLib.simulation.acceptance.acceptance import (
    Statistic,
    of_clinic,
    of_healthy,
    of_paper,
    verdict,
)
from BMLesionSegLib.simulation.acceptance.contact_sheet import write_contact_sheet
from BMLesionSegLib.simulation.acceptance.measures import Measures, measure_cohort, measure_healthy
from BMLesionSegLib.simulation.acceptance.targets import REGIONAL
from BMLesionSegLib.simulation.anatomy.physique import Sex, draw_physique
from BMLesionSegLib.simulation.anatomy.skeleton import build_skeleton
from BMLesionSegLib.simulation.in_order import in_order

SHEET_PATIENTS = 12


def write_report(folder: Path, seed: int, patients: int, workers: int = 1) -> Iterator[str]:
    """Measure three populations and write ``report.txt``, ``boxes.txt``, plots, a contact sheet.

    Args:
        folder: made when missing.
        seed: of all populations.
        patients: of each population.
        workers: processes.

    Yields:
        A name for each measured patient, then the lines of the report.

    Raises:
        OutputRefused: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputRefused(
            "a folder for the report", f"{folder.name}: {error.strerror}", "Choose another folder."
        ) from error
    populations: list[list[Any]] = []
    for measure in (
        partial(measure_healthy, seed),
        partial(measure_cohort, seed, "paper"),
        partial(measure_cohort, seed, "clinic"),
    ):
        populations.append([])
        for measured in in_order(measure, range(patients), workers):
            populations[-1].append(measured)
            yield "patient"
    healthy, paper, clinic = populations
    statistics = [*of_healthy(healthy), *of_paper(paper, bone_groups()), *of_clinic(clinic)]
    lines = [*table(statistics), verdict(statistics)]
    write_text(folder / "report.txt", lines)
    write_text(folder / "boxes.txt", boxes(healthy))
    report_plots.draw(folder, statistics, paper, clinic)
    write_contact_sheet(folder / "patients.png", seed, min(patients, SHEET_PATIENTS))
    yield from lines


def bone_groups() -> dict[str, str]:
    """Group of every bone by name."""
    rng = np.random.default_rng(0)
    skeleton = build_skeleton(draw_physique(Sex.FEMALE, 60, rng), rng)
    return {bone.name: bone.group for bone in skeleton.bones}


def table(statistics: Sequence[Statistic]) -> list[str]:
    """One line a statistic."""
    wide = max(len(s.name) for s in statistics)
    return [
        f"{s.name:{wide}s} {s.value:8.3g}  in {s.low:.3g} - {s.high:.3g}"
        f"  {'pass' if s.passed else 'FAIL'}{' (must)' if s.must else ''}  {s.source}"
        for s in statistics
    ]


def boxes(healthy: Sequence[Measures]) -> list[str]:
    """Median box of each regional uptake, in lengths from vertex to foot tip."""
    lines = [
        "# rows from the vertex, columns from the spine, in body lengths; median over patients"
    ]
    for region in REGIONAL:
        edges = [
            float(np.median([p[f"box {edge}: {region.name}"] for p in healthy]))
            for edge in ("top", "bottom", "left", "right")
        ]
        rows, columns = (f"{a:.3f} to {b:.3f}" for a, b in (edges[:2], edges[2:]))
        lines.append(f"{region.name:24s} rows {rows}   columns {columns}")
    return lines


def write_text(path: Path, lines: Sequence[str]) -> None:
    """Write lines whole or not at all."""
    with atomic_path(path) as temporary:
        temporary.write_text("\n".join(lines) + "\n", "utf-8")
