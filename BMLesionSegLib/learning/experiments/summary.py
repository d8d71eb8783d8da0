"""From rows to the lines of a table: best learning rate, all seeds together, intervals."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from BMLesionSegLib.learning.experiments.experiment import Experiment, FigureSet
from BMLesionSegLib.learning.experiments.row import Row
from BMLesionSegLib.learning.metrics.bootstrap import (
    Interval,
    Tally,
    false_spots,
    interval,
    paired_difference,
    pooled_dsc,
    precision,
    recall,
    sensitivity,
    without_lesions,
)
from BMLesionSegLib.learning.tables import shown

STATISTICS = {"DSC": pooled_dsc, "recall": recall, "precision": precision}
RISING = "still rising"


@dataclass(frozen=True, eq=False)
class Line:
    """One contestant, all its seeds at its best learning rate; or a model tested as it is.

    Attributes:
        label: of the contestant.
        rows: one a seed.
        figures: DSC, recall, precision on the test patients, whole views, seeds together.
        found: share of lesions found.
        spots: false spots a view.
        on_normal: false spots a scan without metastases; None without such scans.
        difference: DSC minus that of the first line on the same patients and seeds; None for the
            first line, or without a seed in common.
        paper: the paper's own figures, on its own patients.
    """

    label: str
    rows: tuple[Row, ...]
    figures: Mapping[str, Interval]
    found: Interval
    spots: Interval
    on_normal: Interval | None
    difference: Interval | None
    paper: FigureSet

    @property
    def still_rising(self) -> bool:
        """Whether the curve of any seed had not come to an end."""
        return any(row.still_rising for row in self.rows)


def lines_of(experiment: Experiment, rows: Iterable[Row]) -> list[Line]:
    """A line for each contestant that has a row, in order, and for each model tested as it is."""
    by_label: dict[str, list[Row]] = {}
    for row in rows:
        by_label.setdefault(row.label, []).append(row)
    best = {label: best_rate(of_label) for label, of_label in by_label.items()}
    reference = best.get(experiment.contestants[0].label, ())
    papers = {contestant.label: contestant.paper for contestant in experiment.contestants}
    lines = []
    for label in dict.fromkeys([*papers, *best]):
        chosen = best.get(label)
        if chosen:
            tally = together(chosen)
            lines.append(
                Line(
                    label,
                    chosen,
                    {name: interval(tally, of) for name, of in STATISTICS.items()},
                    interval(tally, sensitivity),
                    interval(tally, false_spots(sum(row.figures["views"] for row in chosen))),
                    on_normal_scans(tally, len(chosen)),
                    None if chosen is reference else difference(chosen, reference),
                    papers.get(label, {}),
                )
            )
    return lines


def best_rate(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows of one learning rate: of those with most seeds, the best on validation patients.

    A rate that was not best at the first seed is not tried with the others.
    """
    rates: dict[float, list[Row]] = {}
    for row in rows:
        rates.setdefault(row.learning_rate, []).append(row)
    best = max(
        rates.values(),
        key=lambda group: (len(group), np.mean([row.validation_dsc for row in group])),
    )
    return tuple(sorted(best, key=lambda row: row.seed))


def together(rows: Iterable[Row]) -> Tally:
    """The tallies of several seeds on the same test patients, summed patient by patient."""
    summed: Tally = np.sum([row.counts for row in rows], axis=0)
    return summed


def on_normal_scans(tally: Tally, seeds: int) -> Interval | None:
    """False spots a scan without metastases, of patients that were read once a seed."""
    normal = without_lesions(tally)
    return interval(normal, false_spots(len(normal) * seeds)) if len(normal) else None


def difference(ours: Sequence[Row], theirs: Sequence[Row]) -> Interval | None:
    """DSC of one minus the other's, over the seeds that both have.

    A model tested as it is has one answer, which stands against every seed.
    """
    if not ours[0].trained and theirs:
        return paired_difference(together(ours) * len(theirs), together(theirs))
    seeds = {row.seed for row in ours} & {row.seed for row in theirs}
    if not seeds:
        return None
    mine, other = (together(row for row in group if row.seed in seeds) for group in (ours, theirs))
    return paired_difference(mine, other)


def table_row(line: Line) -> dict[str, str]:
    """A line as a table shows it, the paper's figures in columns of their own."""
    first = line.rows[0]
    measured = {
        "": line.label,
        "parameters": f"{first.parameters:,}",
        "GMAC": f"{first.gmac:g}",
        "rate": f"{first.learning_rate:g}" if first.trained else "-",
        "seeds": " ".join(str(row.seed) for row in line.rows) if first.trained else "-",
        **{name: str(value) for name, value in line.figures.items()},
        "lesions found": str(line.found),
        "false spots a view": str(line.spots),
        "a normal scan": "-" if line.on_normal is None else str(line.on_normal),
        "DSC minus the first line's": "-" if line.difference is None else str(line.difference),
        "curve": (RISING if line.still_rising else "flat") if first.trained else "-",
    }
    paper = {f"paper: {name}": shown(line.paper.get(name), 4) for name in STATISTICS}
    return measured | paper
