"""A model as it is: how its row is known again."""

from dataclasses import replace

from BMLesionSegLib.bundles import load_bundle
from BMLesionSegLib.learning.data.labelled import LabelledFolder
from BMLesionSegLib.learning.experiments.tested import PlannedTest, patients_tested
from BMLesionSegLib.learning.training.network_choice import named_network
from BMLesionSegLib.learning.training.plan import Plan
from Testing.library.learning.data.case_folders import volumes_case

PLAN = Plan(named_network("small"), "ours", 10, 3, "paper", patients=2, test_patients=5)


def test_another_model_and_other_patients_are_another_row(tiny_model, tmp_path):
    planned = PlannedTest(load_bundle(tiny_model), PLAN)
    identity = planned.identity()
    assert identity["weights"] == planned.bundle.sha256
    assert identity["test patients"] == 5
    assert PlannedTest(planned.bundle, replace(PLAN, test_patients=6)).identity() != identity
    version = planned.bundle.manifest.version
    assert planned.file(tmp_path) == tmp_path / "rows" / f"tiny-{version}-as-it-is.json"
    assert planned.label == f"tiny {version}, as it is"


def test_labelled_cases_are_known_by_their_files(tmp_path):
    volumes_case(tmp_path / "P0")
    told = patients_tested(replace(PLAN, cases=LabelledFolder(tmp_path)))
    assert told == {"labelled cases": LabelledFolder(tmp_path).fingerprint}
