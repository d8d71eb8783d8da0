"""A model tested as it is, on the patients that an experiment tests its trainings on."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from BMLesionSegLib import __version__
from BMLesionSegLib.bundles import Bundle, find_bundle, load_bundle
from BMLesionSegLib.inference import Segmenter
from BMLesionSegLib.learning.experiments.row import Row, write_row
from BMLesionSegLib.learning.metrics.evaluation import evaluate
from BMLesionSegLib.learning.training.checkpoint import Identity
from BMLesionSegLib.learning.training.plan import Plan
from BMLesionSegLib.learning.training.training_data import TrainingData
from BMLesionSegLib.networks.facts import facts_of


@dataclass(frozen=True)
class PlannedTest:
    """A model before it is tested.

    Attributes:
        bundle: the model.
        plan: with the test patients.
    """

    bundle: Bundle
    plan: Plan

    @property
    def label(self) -> str:
        """In the table."""
        manifest = self.bundle.manifest
        return f"{manifest.name} {manifest.version}, as it is"

    def file(self, folder: Path) -> Path:
        """Its row's file under the output folder."""
        manifest = self.bundle.manifest
        return folder / "rows" / f"{manifest.name}-{manifest.version}-as-it-is.json"

    def identity(self) -> Identity:
        """By which a finished row is known again."""
        ours = {"weights": self.bundle.sha256, "software version": __version__}
        return {**ours, **patients_tested(self.plan)}


def planned_test(name: str, plan: Plan) -> PlannedTest:
    """The test of an installed model.

    Raises:
        BundleRefused: there is none of that name.
    """
    return PlannedTest(load_bundle(find_bundle(name)), plan)


def patients_tested(plan: Plan) -> Identity:
    """The test patients, by which rows know each other."""
    if plan.cases is not None:
        return {"labelled cases": plan.cases.fingerprint}
    return {"test seed": plan.test_seed, "test patients": plan.test_patients}


def row_as_it_is(folder: Path, planned: PlannedTest, device: str, data: TrainingData) -> Row:
    """Test and write the row.

    Raises:
        OutputRefused: the file cannot be written there.
    """
    manifest = planned.bundle.manifest
    segmenter = Segmenter(planned.bundle, device)
    evaluation = evaluate(segmenter, data.test)
    facts = facts_of(manifest.architecture, manifest.arguments)
    row = Row(
        identity=planned.identity(),
        label=planned.label,
        learning_rate=0.0,
        seed=0,
        parameters=facts.parameters,
        gmac=facts.gmac,
        device=segmenter.device,
        date=datetime.now(UTC).date().isoformat(),
        minutes=0.0,
        validation_dsc=0.0,
        threshold=manifest.threshold,
        still_rising=False,
        figures=evaluation.figures(),
        tally=evaluation.tally().tolist(),
        trained=False,
    )
    write_row(planned.file(folder), row)
    return row
