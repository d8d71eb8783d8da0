"""What a training is, and whom it learns from, chooses and is tested on."""

from dataclasses import replace

import pytest

from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.learning.data.labelled import LabelledFolder
from BMLesionSegLib.learning.experiments.planned import PlannedRow
from BMLesionSegLib.learning.training.card import model_card
from BMLesionSegLib.learning.training.network_choice import named_network
from BMLesionSegLib.learning.training.plan import Plan
from BMLesionSegLib.learning.training.shipping import training_facts
from BMLesionSegLib.simulation.frozen import CARD_SEED
from Testing.library.learning.data.case_folders import volumes_case

PLAN = Plan(named_network("small"), "ours", 10, 3, "paper", patients=2, validation_patients=1)
SCORES = {
    "pooled_dsc": 0.5,
    "recall": None,
    "scans": 3,
    "views": 6,
    "normal_scans": 1,
    "false_spots_per_normal_scan": 0.25,
    "positives_only": {"pooled_dsc": 0.6},
} | dict.fromkeys(
    (
        "precision",
        "mean_image_dsc",
        "lesion_sensitivity",
        "false_spots_per_view",
        "mean_hd95_mm",
    ),
    0.1,
)


@pytest.fixture(scope="module")
def labelled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("labelled")
    for number in range(4):
        volumes_case(folder / f"P{number}", seed=number)
    return replace(PLAN, cases=LabelledFolder(folder))


def test_simulated_patients_of_the_parts_never_coincide():
    plan = replace(PLAN, test_patients=1)
    parts = plan.training_cases(), plan.validation_cases(), plan.test_cases()
    assert [[case.scan.name for case in part] for part in parts] == [
        ["paper-3-000001", "paper-3-000002"],
        ["paper-3-000003"],
        [f"paper-{CARD_SEED}-000001"],
    ]


def test_labelled_patients_are_split_by_patient(labelled):
    parts = labelled.training_cases(), labelled.validation_cases(), labelled.test_cases()
    names = [[case.scan.name for case in part] for part in parts]
    assert [len(part) for part in names] == [2, 1, 1]
    assert len({name for part in names for name in part}) == 4


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"network": named_network("small", ("vit=false",))}, "network's vit"),
        ({"network": named_network("u_net")}, "network"),
        ({"recipe": "paper"}, "recipe"),
        ({"learning_rate": 0.01}, "recipe's learning_rate"),
        ({"steps": 11}, "steps"),
        ({"seed": 4}, "seed"),
        ({"cohort": "clinic"}, "cohort"),
        ({"patients": 3}, "patients"),
    ],
)
def test_every_setting_that_matters_is_part_of_the_identity(change, name):
    one, other = PLAN.identity(), replace(PLAN, **change).identity()
    assert one[name] != other[name]


def test_a_row_is_known_by_its_validation_patients_too():
    one, other = (
        PlannedRow("label", replace(PLAN, validation_patients=count)).identity()
        for count in (10, 60)
    )
    assert (one["validation patients"], other["validation patients"]) == (10, 60)


def test_settings_that_do_not_matter_are_not():
    assert PLAN.identity() == replace(PLAN, workers=3, minutes=1.0).identity()
    assert "simulation version" in PLAN.identity()
    assert "software version" in PLAN.identity()


def test_labelled_cases_are_known_by_their_contents(labelled):
    identity = labelled.identity()
    assert "labelled cases" in identity
    assert "cohort" not in identity


def test_the_command_repeats_it():
    assert replace(PLAN, learning_rate=0.01).command() == (
        "bmlesionseg train --network small --recipe ours --learning-rate 0.01 --steps 10 --seed 3"
        " --patients 2 --cohort paper --validation-patients 1 --output DIR"
    )


def test_the_card_says_first_what_it_learnt_from(labelled):
    for plan, first in ((PLAN, "simulated bone scans alone"), (labelled, "folder of labelled")):
        facts = training_facts(plan, 10) | {"test_seed": plan.test_seed}
        assert (facts["labelled_cases"] == "-") is (plan.cases is None)
        card = model_card("m", "1.0.0", facts, SCORES)
        assert first in card.split("\n\n")[1]
        assert ("simulated patients" in card) is (plan.cases is None)
        assert ("--model MODEL --cohort paper --patients 3" in card) is (plan.cases is None)
        assert "P0" not in card
        assert str(labelled.cases.path) not in card


def test_a_wrong_recipe_is_refused_before_anything():
    with pytest.raises(TrainingRefused, match="recipe is one of"):
        replace(PLAN, recipe="none").settings()
