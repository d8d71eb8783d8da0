"""Recipes by name."""

from dataclasses import asdict

import pytest

from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.learning.training.losses import by_component, cross_entropy_and_dice
from BMLesionSegLib.learning.training.recipe import RECIPES, Placing, loss_of, recipe_named


def test_the_papers_table_4():
    paper = recipe_named("paper")
    assert (paper.learning_rate, paper.batch, paper.weight_decay) == (1e-4, 16, 0)
    assert paper.placing is Placing.GRID_WITH_LESION
    assert paper.variation is None
    assert loss_of(paper) is cross_entropy_and_dice


def test_an_idea_differs_from_ours_in_one_thing():
    ours = asdict(RECIPES["ours"])
    for name, recipe in RECIPES.items():
        if name.startswith("ours-"):
            other = asdict(recipe)
            assert len([key for key in ours if ours[key] != other[key]]) == 2, "name and one thing"
    assert loss_of(RECIPES["ours-components"]) is by_component
    assert loss_of(RECIPES["ours-strict"]).keywords == {"false_positive": 0.8}


def test_another_learning_rate():
    assert recipe_named("ours", 0.01).learning_rate == 0.01
    for wrong in (0.0, -1.0, 1.0, float("nan")):
        with pytest.raises(TrainingRefused, match="learning rate"):
            recipe_named("ours", wrong)


def test_an_unknown_name():
    with pytest.raises(TrainingRefused, match="ours"):
        recipe_named("grandmother's")
