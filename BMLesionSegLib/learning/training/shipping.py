"""From trained weights to a bundle: calibrated, with its thresholds, and a card with figures."""

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from BMLesionSegLib import __version__
from BMLesionSegLib.bundles import Bundle, BundleInput, Manifest, write_bundle
from BMLesionSegLib.inference import Segmenter
from BMLesionSegLib.learning.data.simulated import simulated_case
from BMLesionSegLib.learning.metrics.evaluation import Evaluation, evaluate
from BMLesionSegLib.learning.metrics.thresholds import operating_point, outlining_point
from BMLesionSegLib.learning.training.calibrating import rescaled, scaling_on
from BMLesionSegLib.learning.training.card import model_card
from BMLesionSegLib.learning.training.plan import Plan
from BMLesionSegLib.learning.training.training_data import TrainingData
from BMLesionSegLib.preparation import prepare, shown
from BMLesionSegLib.simulation import SIMULATION_VERSION
from BMLesionSegLib.tiling import cut, tile_grid

SMALLEST_LESION_MM2 = 30.0
"""Six pixels of 2.26 mm: less than a point 10 cm deep covers at half height (7.3 mm, 42 mm2)."""
TRIAL = "Trial."
"""The card of a model that is not whole yet."""


def ship(
    folder: Path,
    weights: Mapping[str, Tensor],
    plan: Plan,
    data: TrainingData,
    steps_done: int,
    device: str,
) -> tuple[Bundle, Evaluation]:
    """Calibrate, choose extent and threshold, measure, and write the bundle.

    The extent is the lowest threshold of the best overlap when it alone decides; how high a peak
    must be is chosen then.

    Args:
        folder: of the bundle; must not exist.
        weights: of the plan's network.
        plan: how it was trained.
        data: of the plan.
        steps_done: of the planned steps.
        device: for the measurement.

    Raises:
        OutputRefused: the folder exists or cannot be written.
    """
    training = training_facts(plan, steps_done)
    manifest = untested(plan, data, training)
    golden = golden_tile(plan)
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        raw = write_bundle(place / "raw", weights, manifest, TRIAL, golden)
        scaling = scaling_on(Segmenter(raw, device), data.validation)
        weights = rescaled(raw.network(), weights, scaling)
        scaled = write_bundle(place / "scaled", weights, manifest, TRIAL, golden)
        outlined = outlining_point(evaluate(Segmenter(scaled, device), data.validation).curve)
        manifest = replace(manifest, extent=outlined.threshold)
        whole = write_bundle(place / "whole", weights, manifest, TRIAL, golden)
        segmenter = Segmenter(whole, device)
        best = operating_point(evaluate(segmenter, data.validation).curve, manifest.extent)
        evaluation = evaluate(segmenter, data.test, best.threshold)
    scores = evaluation.figures()
    training |= {
        "calibrated_on": "validation patients",
        "logits_scaled_by": round(scaling.slope, 4),
        "logits_shifted_by": round(scaling.intercept, 4),
        "extent_chosen_on": "validation patients, lowest of the best pooled DSC",
        "threshold_chosen_on": "validation patients, one false spot a view or best DSC",
        "validation_pooled_dsc": round(best.pooled_dsc, 4),
        "test_seed": plan.test_seed if plan.cases is None else "-",
        "test_patients": scores["scans"],
        "test_pooled_dsc": scores["pooled_dsc"],
    }
    final = replace(manifest, threshold=best.threshold, training=training)
    told = {**training, "extent": manifest.extent, "threshold": best.threshold}
    card = model_card(final.name, final.version, told, scores)
    return write_bundle(folder, weights, final, card, golden), evaluation


def training_facts(plan: Plan, steps_done: int) -> dict[str, object]:
    """What the manifest says of the training."""
    simulated = plan.cases is None
    starts = [
        f"{one.manifest.name} {one.manifest.version}, weights {one.sha256[:12]}"
        for one in plan.starts
    ]
    return {
        "data": "simulated" if simulated else "labelled cases",
        "labelled_cases": "-" if plan.cases is None else plan.cases.fingerprint,
        "cohort": plan.cohort if simulated else "-",
        "patients": plan.patients if simulated else "-",
        "validation_patients": plan.validation_patients if simulated else "-",
        "seed": plan.seed,
        "start": "; ".join(starts) or "-",
        "command": plan.command(),
        "recipe": plan.recipe,
        "learning_rate": plan.settings().learning_rate,
        "steps": steps_done,
        "steps_planned": plan.steps,
        "software_version": __version__,
        "simulation_version": SIMULATION_VERSION if simulated else "-",
    }


def untested(plan: Plan, data: TrainingData, training: Mapping[str, object]) -> Manifest:
    """The manifest before extent and threshold are chosen."""
    return Manifest(
        name=plan.network.name,
        version=todays_version(),
        architecture=plan.network.architecture,
        arguments=plan.network.arguments,
        input=input_of(plan),
        normalisation={"percentile": data.rule.percentile, "cap": data.rule.cap},
        tile=256,
        stride=128,
        threshold=0.5,
        extent=1.0,
        minimum_area_mm2=SMALLEST_LESION_MM2,
        labels=("metastasis",),
        training=training,
    )


def todays_version() -> str:
    """Of a model that is newly trained: the day; a published one gets its version by hand."""
    today = datetime.now(UTC)
    return f"{today.year}.{today.month}.{today.day}"


def golden_tile(plan: Plan) -> NDArray[np.float32]:
    """The self-test's input: a tile over the trunk of a simulated patient, never of a real one."""
    prepared = [prepare(view) for view in simulated_case(plan.test_seed, plan.cohort, 1).scan]
    tiles = tile_grid(prepared[0].grid.padded_shape, plan.network.tile_shape)
    image = shown(prepared, plan.network.views)[0]
    pixels: NDArray[np.float32] = cut(image, (tiles[len(tiles) // 3],))[0]
    return pixels if len(pixels) > 1 else pixels[0]


def input_of(plan: Plan) -> BundleInput:
    """Tiles, whole views or both views, whichever the network takes."""
    if plan.network.views > 1:
        return BundleInput.BOTH_VIEWS
    tall, wide = plan.network.tile_shape
    return BundleInput.TILES if tall == wide else BundleInput.WHOLE_VIEW
