"""Everything that writes results, on inputs made once, and how to tell that all is whole."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

import numpy as np
import pydicom

from BMLesionSegLib.bundles import load_bundle
from BMLesionSegLib.errors import BMLesionSegError
from BMLesionSegLib.exporting.corrected import corrected
from BMLesionSegLib.exporting.export import export_dicom
from BMLesionSegLib.exporting.import_files import import_files
from BMLesionSegLib.exporting.report import write_report
from BMLesionSegLib.exporting.results import write_results
from BMLesionSegLib.exporting.run_record import corrected_since
from BMLesionSegLib.exporting.segment import STATUS_TAG
from BMLesionSegLib.exporting.segmentation_nrrd import read_segmentation
from BMLesionSegLib.exporting.training_case import write_training_case
from BMLesionSegLib.learning.data.patient_files import list_patients
from BMLesionSegLib.learning.training.network_choice import NetworkChoice
from BMLesionSegLib.learning.training.plan import Plan
from BMLesionSegLib.learning.training.train import train
from BMLesionSegLib.learning.training.training_data import TrainingData
from BMLesionSegLib.pacs.fetching import fetch_study
from BMLesionSegLib.reading import load_scan
from BMLesionSegLib.scan import ViewName
from BMLesionSegLib.simulation import simulate_patient, writing
from Testing.library.dicom_sources import source_and_result
from Testing.library.doll import Block, Doll
from Testing.library.exporting_results import drawn as drawn_spots
from Testing.library.exporting_results import result_of
from Testing.library.nm_files import nm_file
from Testing.library.pacs.test_fetching import STUDY, MemoryArchive

WHEN = datetime(2026, 11, 22)
PLAN = Plan(
    network=NetworkChoice("u_net", "base32", {"features": (4, 4)}),
    recipe="ours",
    steps=1,
    seed=5,
    cohort="paper",
    patients=2,
    validation_patients=1,
    test_patients=1,
)


@dataclass(frozen=True)
class Writer:
    """Something that writes.

    Attributes:
        write: into a folder.
        check: that what is visible in the folder is whole; raises if not.
        again: whether it may be written over an older result.
    """

    write: Callable[[Path], object]
    check: Callable[[Path], None]
    again: bool = True


def visible(folder: Path) -> dict[str, bytes]:
    """Every file that a user sees below a folder."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    found = {path.relative_to(folder): path for path in paths}
    shown = {key: path for key, path in found.items() if not str(key.parts).count("'.")}
    return {key.as_posix(): path.read_bytes() for key, path in shown.items()}


def hidden(folder: Path) -> list[str]:
    """Left-overs that a user does not see, but the lock of a training."""
    names = [path.name for path in folder.rglob(".*")]
    return [name for name in names if name != ".writing"]


def writers(inputs: Path) -> dict[str, Writer]:
    """All of them; their inputs are made in a folder that stays."""
    scan_folder, dicom_folder = inputs / "scan", inputs / "dicom"
    scan_folder.mkdir(parents=True), dicom_folder.mkdir()
    counts = {name: Doll().view(name).counts.astype(np.uint16) for name in ViewName}
    scan = load_scan(nm_file(scan_folder / "scan.dcm", counts=counts, spacing=(2.0, 2.0)))
    rib = Block(250, 262, 50, 70, 0.9)
    found = result_of(scan, {ViewName.ANTERIOR: [rib], ViewName.POSTERIOR: [rib]})
    drawn_on, drawn = source_and_result(dicom_folder, "two frames", "touching")
    export_dicom(inputs / "objects", drawn, WHEN)
    reviewed = {STATUS_TAG: "metastasis"}
    judged = corrected(
        drawn_on, [drawn_spots(view, (Block(60, 64, -27, -26, 0.0), reviewed)) for view in drawn_on]
    )
    objects = [inputs / "objects" / f"{name}.seg.dcm" for name in ViewName]
    return {
        "segment": Writer(lambda out: write_results(out, found, "scan"), check_results),
        "export": Writer(lambda out: export_dicom(out, drawn, WHEN), check_dicom),
        "report": Writer(lambda out: write_report(out, drawn, WHEN), check_report),
        "import": Writer(
            lambda out: import_files(out, objects, drawn_on), check_segmentations, again=False
        ),
        "training case": Writer(lambda out: write_training_case(out, judged), check_cases),
        "fetch": Writer(
            lambda out: fetch_study(MemoryArchive(), STUDY, ["NM", "SR"], out), check_study
        ),
        "simulate": Writer(simulate, check_cohort, again=False),
        "train": Writer(lambda out: train(out, PLAN, "cpu", data=data()), check_training, False),
    }


def simulate(out: Path) -> None:
    """Two patients."""
    simulate_once()
    for _ in writing.write_cohort(out, "paper", 5, 2):
        pass


@cache
def simulate_once() -> None:
    """From now on the same patients are not made again."""
    writing.simulate_patient = cache(simulate_patient)


@cache
def data() -> TrainingData:
    """Tiles of four patients."""
    return TrainingData(PLAN)


def check_results(folder: Path) -> None:
    """Each scan's folder is what its record says."""
    for one in folder.iterdir() if folder.exists() else ():
        if not one.name.startswith("."):
            record = json.loads((one / "run.json").read_text())
            assert len(record["segmentations_sha256"]) == 2
            assert corrected_since(one) == []
            assert (one / "overlay.png").stat().st_size > 1000
            check_segmentations(one)
            check_dicom(one)


def check_segmentations(folder: Path) -> None:
    """Every label map is read."""
    for path in folder.glob("[!.]*.seg.nrrd"):
        read_segmentation(path)


def check_dicom(folder: Path) -> None:
    """Every object is read, its pixels too."""
    for path in folder.glob("[!.]*.dcm"):
        dataset = pydicom.dcmread(path)
        assert dataset.SOPInstanceUID
        if "PixelData" in dataset:
            assert dataset.pixel_array.size


def check_report(folder: Path) -> None:
    """The document ends as PDF does, the record is read."""
    if (folder / "report.pdf").exists():
        assert (folder / "report.pdf").read_bytes().rstrip().endswith(b"%%EOF")
    if (folder / "report.json").exists():
        json.loads((folder / "report.json").read_text("utf-8"))


def check_cases(folder: Path) -> None:
    """Each case has a scan and its labels, or there is none."""
    if folder.exists() and any(not one.name.startswith(".") for one in folder.iterdir()):
        assert list_patients(folder)


def check_study(folder: Path) -> None:
    """Both objects or none: half a study could be taken for a scan of one view."""
    assert len(list(folder.glob("[!.]*.dcm"))) in (0, 2)


def check_cohort(folder: Path) -> None:
    """All patients with the manifest, or a cohort that is refused; each patient is whole."""
    if not folder.exists():
        return
    patients = sorted(folder.glob("patient-*"))
    for one in patients:
        assert len(list(one.iterdir())) == 5
        load_scan(one / "scan.dcm")
    if (folder / "cohort.json").exists():
        assert len(json.loads((folder / "cohort.json").read_text())["patients"]) == 2
        assert len(patients) == 2
        return
    try:
        list_patients(folder)
    except BMLesionSegError:
        return
    raise AssertionError("half a cohort was taken for whole")


def check_training(folder: Path) -> None:
    """The model is whole or not there; a checkpoint can be resumed."""
    if (folder / PLAN.network.name).exists():
        assert load_bundle(folder / PLAN.network.name).check_golden() < 1e-2
    elif (folder / "checkpoint.pt").exists():
        only = replace(PLAN, minutes=0.0)
        assert train(folder, only, "cpu", data=data(), only_whole=True) is not None
