"""An experiment's table as CSV, Markdown and a picture."""

from collections.abc import Sequence
from pathlib import Path

from BMLesionSegLib import RESEARCH_USE
from BMLesionSegLib.exporting.atomic import atomic_path
from BMLesionSegLib.learning.experiments.experiment import Experiment
from BMLesionSegLib.learning.experiments.planned import Setting, number_of_rows
from BMLesionSegLib.learning.experiments.row import Row
from BMLesionSegLib.learning.experiments.summary import lines_of, table_row
from BMLesionSegLib.learning.pictures.bars import draw_bars
from BMLesionSegLib.learning.tables import markdown, write_csv
from BMLesionSegLib.networks import ARCHITECTURES


def write_report(
    folder: Path, experiment: Experiment, setting: Setting, rows: Sequence[Row]
) -> str:
    """Write ``NAME.csv``, ``NAME.md`` and ``NAME.png``; the Markdown is also returned.

    Raises:
        OutputRefused: the files cannot be written there.
    """
    lines = lines_of(experiment, rows)
    table = [table_row(line) for line in lines]
    missing = number_of_rows(experiment, setting) - len(rows)
    text = "\n".join(
        [
            f"# {experiment.title}",
            "",
            head(setting, rows, missing),
            "",
            markdown(table),
            sources(experiment),
            FOOT,
        ]
    )
    write_csv(folder / f"{experiment.name}.csv", table)
    with atomic_path(folder / f"{experiment.name}.md") as temporary:
        temporary.write_text(text, "utf-8")
    draw_bars(folder / f"{experiment.name}.png", experiment.title, lines)
    return text


def head(setting: Setting, rows: Sequence[Row], missing: int) -> str:
    """What was done, on what, and what is missing."""
    plan = setting.plan
    if plan.cases is None:
        data = (
            f"Trained on {plan.patients} simulated patients (cohort {plan.cohort}) of each seed,"
            f" threshold chosen on {plan.validation_patients} others,"
            f" tested on {plan.test_patients} of seed {plan.test_seed}"
        )
    else:
        data = "Labelled cases, split by patient to train, to choose the threshold and to test"
    narrow = ""
    if setting.narrow > 1:
        narrow = f", widths divided by {setting.narrow}, down to what each network's blocks take"
    devices = ", ".join(sorted({row.device for row in rows})) or "-"
    dates = sorted({row.date for row in rows}) or ["-"]
    when = dates[0] if len(dates) == 1 else f"{dates[0]} to {dates[-1]}"
    said = (
        f"{data}; {plan.steps} steps{narrow}; on {devices}; {when}."
        " Whole views, those without a lesion included."
    )
    if missing:
        said += f" **{missing} of {missing + len(rows)} rows are missing.**"
    return said


def sources(experiment: Experiment) -> str:
    """Whose each network is, and whether it is exact or our reading."""
    names = dict.fromkeys(one.network.architecture for one in experiment.contestants)
    told = "\n".join(f"- `{name}`: {ARCHITECTURES[name].source}" for name in names)
    return f"{told}\n"


FOOT = f"""GMAC: 10^9 multiply-adds of one answer, about a tile or, where a network sees whole
views, about a view, which has seven tiles. In brackets the 95 % interval over patients (bootstrap,
seeds together). Columns headed "paper" are the paper's own figures, on its own patients and on
tiles chosen because they hold lesions: they stand beside for orientation and cannot be compared. A
curve that is still rising had not come to an end: that network had not learnt all it can. A model
"as it is" was trained before, at its full width, on patients and for steps of its own, which its
card names.

{RESEARCH_USE}
"""
