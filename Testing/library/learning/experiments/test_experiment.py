"""The lists of trainings: they are the paper's."""

import pytest

from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.learning.experiments.experiment import (
    ABLATIONS,
    FIGURE_14,
    TABLE_7,
    TABLE_8,
    ablation_named,
    networks,
)
from BMLesionSegLib.learning.training.recipe import RECIPES
from BMLesionSegLib.networks import ARCHITECTURES, network_facts

EXPERIMENTS = [networks("paper"), networks("ours"), *ABLATIONS.values()]


def test_twelve_networks_and_ours():
    compared = networks("paper").contestants
    assert {one.network.architecture for one in compared} == set(ARCHITECTURES)
    assert len(compared) == 14
    assert compared[0].network.preset == "base32"
    assert (compared[1].recipe, compared[-1].recipe) == ("ours", "views")
    assert [one.recipe for one in networks("ours").contestants] == ["ours"] * 13 + ["views"]


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=lambda one: one.name)
def test_every_line_can_be_built(experiment):
    labels = [one.label for one in experiment.contestants]
    assert len(set(labels)) == len(labels)
    for one in experiment.contestants:
        assert one.network.arguments
        assert one.recipe in RECIPES
        assert set(one.paper) in (set(), {"DSC", "recall", "precision"})


def test_the_papers_figures_agree_with_one_another():
    """Each DSC is within 0.001 of 2PR / (P + R): a slip in copying would show."""
    for experiment in EXPERIMENTS:
        for one in experiment.contestants:
            if one.paper:
                p, r = one.paper["precision"], one.paper["recall"]
                assert one.paper["DSC"] == pytest.approx(2 * p * r / (p + r), abs=0.0011)


def test_table_7_switches_one_part_off_after_another():
    parts = ("multi_pool", "non_local", "multi_scale", "vit")
    on = [sum(bool(one.network.arguments[p]) for p in parts) for one in TABLE_7.contestants]
    assert on == [4, 3, 2, 1, 0]
    assert network_facts("multi_attention", "base32").parameters == 29_244_801


def test_kernels_and_grids():
    kernels = [one.network.arguments["kernels"] for one in TABLE_8.contestants]
    assert kernels == [(1, 3, 5), (1, 3), (1, 3, 5, 7)]
    assert FIGURE_14.contestants[0].network.arguments["pools"] == (1, 2, 4, 8)


def test_an_unknown_table():
    with pytest.raises(TrainingRefused, match="table-7"):
        ablation_named("table-99")


def test_the_shipped_model_stands_in_table_6_alone():
    assert networks("paper").models == ("small-pair",)
    assert not any(experiment.models for experiment in ABLATIONS.values())
