"""From trained weights to a bundle: threshold on validation patients, card with figures."""

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from BMLesionSegLib import __version__
from BMLesionSegLib.bundles import Bundle, BundleInput, Manifest, write_bundle
from BMLesionSegLib.inference import Segmenter
from BMLesionSegLib.learning.card import model_card
from BMLesionSegLib.learning.evaluation import evaluate
from BMLesionSegLib.learning.plan import TEST_SEED, Plan
from BMLesionSegLib.learning.threshold import choose_threshold
from BMLesionSegLib.networks import preset_arguments
from BMLesionSegLib.preparation import Normalisation, prepare
from BMLesionSegLib.simulation import SIMULATION_VERSION
from BMLesionSegLib.tiling import cut, tile_grid

ARCHITECTURE = "multi_attention"
MODEL_VERSION = "0.1.0"
SMALLEST_LESION_MM2 = 30.0
"""Six pixels of 2.26 mm: less than a point 10 cm deep covers at half height (7.3 mm, 42 mm2)."""


def ship(
    folder: Path, weights: Mapping[str, Tensor], plan: Plan, steps_done: int, device: str
) -> Bundle:
    """Choose the threshold, measure, and write the bundle.

    Args:
        folder: of the bundle; must not exist.
        weights: of the plan's network.
        plan: how it was trained.
        steps_done: of the planned steps.
        device: for the measurement.

    Raises:
        OutputRefused: the folder exists or cannot be written.
    """
    training: dict[str, object] = {
        "data": "simulated" if plan.cases is None else "labelled cases",
        "cohort": plan.cohort if plan.cases is None else "-",
        "patients": plan.patients if plan.cases is None else "-",
        "seed": plan.seed,
        "command": plan.command(),
        "recipe": plan.recipe,
        "steps": steps_done,
        "steps_planned": plan.steps,
        "software_version": __version__,
        "simulation_version": SIMULATION_VERSION if plan.cases is None else "-",
    }
    rule = Normalisation()
    manifest = Manifest(
        name=plan.preset,
        version=MODEL_VERSION,
        architecture=ARCHITECTURE,
        arguments=preset_arguments(ARCHITECTURE, plan.preset),
        input=BundleInput.TILES,
        normalisation={"percentile": rule.percentile, "cap": rule.cap},
        tile=256,
        stride=128,
        threshold=0.5,
        minimum_area_mm2=SMALLEST_LESION_MM2,
        labels=("metastasis",),
        training=training,
    )
    with tempfile.TemporaryDirectory() as scratch:
        golden = golden_tile(plan)
        trial = write_bundle(Path(scratch) / plan.preset, weights, manifest, "Trial.", golden)
        segmenter = Segmenter(trial, device)
        threshold, curve = choose_threshold(segmenter, plan.validation_cases())
        scores = evaluate(segmenter, plan.test_cases(), threshold)
    training |= {
        "threshold_chosen_on": "validation patients, highest pooled DSC",
        "validation_pooled_dsc": round(curve[threshold], 4),
        "test_seed": TEST_SEED,
        "test_patients": scores["scans"],
        "test_pooled_dsc": scores["pooled_dsc"],
    }
    final = replace(manifest, threshold=threshold, training=training)
    card = model_card(final.name, final.version, {**training, "threshold": threshold}, scores)
    return write_bundle(folder, weights, final, card, golden)


def golden_tile(plan: Plan) -> NDArray[np.float32]:
    """The self-test's input: a prepared tile over the trunk of a simulated patient."""
    view = next(iter(plan.test_cases())).scan.views[0]
    image = prepare(view).image
    tile = tile_grid((image.shape[0], image.shape[1]))[2]
    pixels: NDArray[np.float32] = cut(image, (tile,))[0]
    return pixels
