"""What stands above an experiment's table."""

from dataclasses import replace
from pathlib import Path

from BMLesionSegLib.learning.data.labelled import LabelledFolder
from BMLesionSegLib.learning.experiments.experiment import TABLE_8, networks
from BMLesionSegLib.learning.experiments.planned import Setting
from BMLesionSegLib.learning.experiments.report import head, sources
from BMLesionSegLib.learning.training.network_choice import NetworkChoice
from BMLesionSegLib.learning.training.plan import Plan
from Testing.library.learning.experiments.rows import row

PLAN = Plan(NetworkChoice("u_net", "base32"), "paper", 4, 0, "paper", 2)


def test_simulated_patients_are_named_with_their_seed():
    text = head(Setting(PLAN, (1,), (1e-3,), narrow=2), [row("a")], missing=3)
    assert "Trained on 2 simulated patients (cohort paper)" in text
    assert "threshold chosen on 60 others" in text
    assert "widths divided by 2, down to what each network's blocks take" in text
    assert "**3 of 4 rows are missing.**" in text


def test_labelled_cases_are_named_without_their_place():
    plan = replace(PLAN, cases=LabelledFolder(Path("secret") / "folder"))
    text = head(Setting(plan, (1,), (1e-3,), narrow=1), [row("a")], missing=0)
    assert text.startswith("Labelled cases, split by patient to train,")
    assert " and to test; 4 steps; on CPU (1 threads); 2026-01-01. Whole views" in text
    for other in ("missing", "simulated", "width", "secret"):
        assert other not in text


def test_every_network_is_called_exact_or_our_reading():
    lines = sources(networks("paper")).splitlines()
    assert len(lines) == 12
    assert all("exact" in line or "our reading" in line for line in lines)
    assert len(sources(TABLE_8).splitlines()) == 1
