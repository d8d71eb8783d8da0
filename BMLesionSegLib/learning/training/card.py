"""The model card: first what it was trained on, then what it scores, on what."""

from collections.abc import Mapping

from BMLesionSegLib import RESEARCH_USE

ROWS = (
    ("pooled_dsc", "pooled DSC (pixels of all views together, as in the paper)"),
    ("recall", "recall (pixels)"),
    ("precision", "precision (pixels)"),
    ("mean_image_dsc", "mean DSC of a view (1 where both are empty)"),
    ("lesion_sensitivity", "lesions found"),
    ("false_spots_per_view", "false spots a view"),
    ("mean_hd95_mm", "mean distance of outlines, HD95, mm"),
)


def model_card(
    name: str, version: str, training: Mapping[str, object], scores: Mapping[str, object]
) -> str:
    """The card as Markdown.

    Args:
        name: of the bundle.
        version: of the model.
        training: of the manifest.
        scores: what ``evaluate`` gave on unseen simulated patients.
    """
    positives = scores["positives_only"]
    on_normal = shown(scores["false_spots_per_normal_scan"])
    figures = "\n".join(
        f"| {text} | {shown(scores[key])} | {shown(value_of(positives, key))} |"
        for key, text in ROWS
    )
    facts = "\n".join(f"| {key} | {value} |" for key, value in sorted(training.items()))
    return f"""# Model {name} {version}

{data_sentence(training)}

{RESEARCH_USE}

## Training

| | |
|---|---|
{facts}

## What it scores

{test_sentences(training, scores)}

| figure | all views | views with a lesion |
|---|---|---|
{figures}
| false spots a scan without metastases | {on_normal} | |

A lesion counts as found when components that are at least 25 % truth cover at least 25 % of it; a
false spot is a component with under 10 % truth.

## What it is for

Research on the segmentation of metastases in planar whole-body bone scans, with a physician who
checks and corrects every lesion. It has not been validated on patients, it misses faint lesions,
and it calls benign uptake. "None found" is not a normal scan.
"""


def data_sentence(training: Mapping[str, object]) -> str:
    """The first thing that a reader must know."""
    if training.get("data") == "simulated":
        return "**Trained on simulated bone scans alone. No patient's scan was used.**"
    return "**Trained on a folder of labelled cases that its owner supplied.**"


def test_sentences(training: Mapping[str, object], scores: Mapping[str, object]) -> str:
    """On whom the figures were measured, and what they do not say."""
    who = (
        f"({scores['views']} views, {scores['normal_scans']} scans without metastases)"
        " that it was not trained on"
    )
    if training.get("data") != "simulated":
        return (
            f"On {scores['scans']} patients of the same folder {who}, split by patient. The figures"
            "\nsay how it does where its labels came from, and nothing about another hospital."
        )
    return f"""On {scores["scans"]} simulated patients {who},
of the same version of the simulation. These figures say how well it learnt the simulation. They do
not say how it does on patients. To repeat them:
`bmlesionseg evaluate --model MODEL --cohort {training["cohort"]} --patients {scores["scans"]} \
--seed {training["test_seed"]}` with the software and simulation versions above."""


def shown(value: object) -> str:
    """A figure for the table."""
    return f"{value:.3f}" if isinstance(value, float) else "-" if value is None else str(value)


def value_of(table: object, key: str) -> object:
    """One figure of a nested table."""
    return table.get(key) if isinstance(table, Mapping) else None
