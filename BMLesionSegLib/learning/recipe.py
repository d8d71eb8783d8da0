"""How a network is trained: the paper's recipe, and ours."""

from dataclasses import dataclass, field

from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.learning.tiles import Variation


@dataclass(frozen=True)
class Recipe:
    """Settings of one training.

    Attributes:
        name: "paper" or "ours".
        learning_rate: highest.
        schedule: "constant", or "cosine" after a warm-up over the first 5 % of the steps.
        weight_decay: of AdamW; 0 is Adam.
        batch: tiles a step.
        with_lesion: share of tiles placed over a lesion.
        loss: "dice" or "tversky", a name of ``learning.losses``.
        averaging: decay of the running mean of the weights; 0 keeps the last weights.
        variation: of the tiles, None leaves them as they are.
    """

    name: str
    learning_rate: float
    schedule: str
    weight_decay: float
    batch: int
    with_lesion: float
    loss: str
    averaging: float
    variation: Variation | None = field(default=None)


RECIPES = {
    "paper": Recipe(
        name="paper",
        learning_rate=1e-4,
        schedule="constant",
        weight_decay=0.0,
        batch=16,
        with_lesion=1.0,
        loss="dice",
        averaging=0.0,
    ),
    "ours": Recipe(
        name="ours",
        learning_rate=1e-3,
        schedule="cosine",
        weight_decay=1e-4,
        batch=8,
        with_lesion=0.6,
        loss="tversky",
        averaging=0.99,
        variation=Variation(),
    ),
}


def recipe_named(name: str) -> Recipe:
    """The recipe of that name.

    Raises:
        TrainingRefused: there is none.
    """
    if name not in RECIPES:
        expected = f"the recipe is one of {', '.join(RECIPES)}"
        raise TrainingRefused(expected, f"{name!r} came", "Use ours.")
    return RECIPES[name]
