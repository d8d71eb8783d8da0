"""How a network is trained: the paper's recipe, ours, and the ideas that are tried on ours."""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.learning.training.losses import (
    Loss,
    by_component,
    cross_entropy_and_dice,
    cross_entropy_and_tversky,
)
from BMLesionSegLib.learning.training.variation import Variation


class Placing(StrEnum):
    """Where training tiles lie."""

    GRID_WITH_LESION = "grid, with a lesion"
    GRID = "grid"
    ANYWHERE = "anywhere"


class LossName(StrEnum):
    """What is minimised."""

    DICE = "dice"
    TVERSKY = "tversky"
    COMPONENT = "component"


@dataclass(frozen=True)
class Recipe:
    """Settings of one training.

    Attributes:
        name: in ``RECIPES``.
        learning_rate: highest.
        schedule: "constant", or "cosine" after a warm-up over the first 5 % of the steps.
        weight_decay: of AdamW; 0 is Adam.
        batch: tiles a step.
        placing: of the tiles: on the paper's grid (256 at stride 128), only those with a lesion or
            all of them, each once an epoch; or anywhere.
        over_lesion: of tiles that lie anywhere, the share placed over a lesion.
        loss: what is minimised.
        false_positive: weight of false positives in the Tversky index, between 0 and 1.
        other_uptake: weight of pixels of hot spots that are known to be no metastasis; 1 treats
            benign uptake like any background.
        averaging: decay of the running mean of the weights; 0 keeps the last weights.
        variation: of the tiles, None leaves them as they are.
    """

    name: str
    learning_rate: float
    schedule: str
    weight_decay: float
    batch: int
    placing: Placing
    over_lesion: float
    loss: LossName
    false_positive: float
    other_uptake: float
    averaging: float
    variation: Variation | None


PAPER = Recipe(
    name="paper",
    learning_rate=1e-4,
    schedule="constant",
    weight_decay=0.0,
    batch=16,
    placing=Placing.GRID_WITH_LESION,
    over_lesion=0.0,
    loss=LossName.DICE,
    false_positive=0.5,
    other_uptake=1.0,
    averaging=0.0,
    variation=None,
)
OURS = Recipe(
    name="ours",
    learning_rate=1e-3,
    schedule="cosine",
    weight_decay=1e-4,
    batch=8,
    placing=Placing.ANYWHERE,
    over_lesion=0.6,
    loss=LossName.TVERSKY,
    false_positive=0.6,
    other_uptake=1.0,
    averaging=0.99,
    variation=Variation(),
)
VIEWS = replace(OURS, name="views", batch=4, variation=Variation(moved=0.2))
RECIPES = {
    recipe.name: recipe
    for recipe in (
        PAPER,
        replace(PAPER, name="paper-negatives", placing=Placing.GRID),
        OURS,
        VIEWS,
        replace(VIEWS, name="views-uneven", variation=Variation(moved=0.2, uneven=0.25)),
        replace(VIEWS, name="views-benign", other_uptake=4.0),
        replace(OURS, name="ours-benign", other_uptake=4.0),
        replace(OURS, name="ours-components", loss=LossName.COMPONENT),
        replace(OURS, name="ours-strict", false_positive=0.8),
        replace(OURS, name="ours-last-weights", averaging=0.0),
    )
}
"""Beside the paper's and ours: its Table 10; ours for networks that see whole views; the same with
regional uptake made uneven; benign uptake weighed as a class of its own, in views and in tiles;
small false spots and lesions weighed like usual ones; false positives weighed more; no weight
averaging."""


def recipe_named(name: str, learning_rate: float | None = None) -> Recipe:
    """The recipe of that name, if need be at another learning rate.

    Raises:
        TrainingRefused: there is none, or the rate is no rate.
    """
    if name not in RECIPES:
        expected = f"the recipe is one of {', '.join(RECIPES)}"
        raise TrainingRefused(expected, f"{name!r} came", "Use ours.")
    recipe = RECIPES[name]
    if learning_rate is None:
        return recipe
    if not 0 < learning_rate < 1:
        expected = "a learning rate lies between 0 and 1"
        raise TrainingRefused(expected, f"{learning_rate:g} came", "Give, for example, 0.001.")
    return replace(recipe, learning_rate=learning_rate)


def loss_of(recipe: Recipe) -> Loss:
    """The function that the recipe minimises."""
    if recipe.loss is LossName.DICE:
        return cross_entropy_and_dice
    if recipe.loss is LossName.COMPONENT:
        return by_component
    return partial(cross_entropy_and_tversky, false_positive=recipe.false_positive)
