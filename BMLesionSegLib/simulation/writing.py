"""A simulated cohort on disk: a conformant scan a patient, its truth written like a result.

``cohort/patient-000001/`` holds ``scan.dcm`` (NM, two frames) or one file a view,
``anterior.seg.nrrd`` and ``posterior.seg.nrrd`` (one segment a hot spot, its class as a tag) and
``*.regions.seg.nrrd`` (the twelve skeletal regions). ``cohort.json`` lists the patients. Same seed,
same bytes, on any number of processes.
"""

import hashlib
import json
import secrets
import shutil
from collections.abc import Iterator
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from BMLesionSegLib import RESEARCH_USE, __version__
from BMLesionSegLib.errors import OutputRefused
from BMLesionSegLib.exporting.atomic import atomic_path, output_refused, remove_quietly
from BMLesionSegLib.exporting.nuclear_medicine import SyntheticIdentity, write_nuclear_medicine
from BMLesionSegLib.exporting.segment import Segment, truth_segment
from BMLesionSegLib.exporting.segmentation_nrrd import write_segmentation
from BMLesionSegLib.scan import view_geometry
from BMLesionSegLib.simulation.anatomy.regions import Region
from BMLesionSegLib.simulation.camera.matrix import (
    PAPER_MATRIX,
    SIEMENS_MATRIX,
    WIDE_MATRIX,
    Matrix,
)
from BMLesionSegLib.simulation.in_order import in_order
from BMLesionSegLib.simulation.patient import SimulatedPatient, SimulatedView
from BMLesionSegLib.simulation.simulate import simulate_patient
from BMLesionSegLib.simulation.version import SIMULATION_VERSION

MANIFEST = "cohort.json"
UNFINISHED = "unfinished.txt"
NOT_FINISHED = """This cohort is still being simulated, or its simulation was stopped.
Do not use it: simulate it again into another folder.
"""


class FileKind(StrEnum):
    """How cameras store a scan."""

    TWO_FRAMES = "two-frames"
    ONE_A_VIEW = "one-a-view"
    SIEMENS = "siemens"
    WIDE = "wide"

    @property
    def matrix(self) -> Matrix:
        """The grid."""
        return {FileKind.SIEMENS: SIEMENS_MATRIX, FileKind.WIDE: WIDE_MATRIX}.get(
            self, PAPER_MATRIX
        )


def write_cohort(
    folder: Path,
    cohort: str,
    seed: int,
    patients: int,
    workers: int = 1,
    files: FileKind = FileKind.TWO_FRAMES,
) -> Iterator[str]:
    """Simulate and write patients 1 to ``patients``, then the manifest.

    A patient's folder appears whole or not at all. A note lies there until the manifest does, so a
    cohort that was interrupted is known by it, and two processes cannot write into one folder.

    Args:
        folder: empty or new.
        cohort: "clinic" or "paper".
        seed: of the cohort.
        patients: how many.
        workers: processes.
        files: how the camera stores a scan.

    Yields:
        The name of each patient's folder, when it is written.

    Raises:
        OutputRefused: the folder holds something, or cannot be written.
    """
    if folder.exists() and any(folder.iterdir()):
        expected = "a cohort is written to an empty folder"
        raise OutputRefused(expected, f"{folder.name} holds files", "Choose another folder.")
    begin(folder)
    make = partial(write_patient, folder, cohort, seed, files)
    entries: list[dict[str, Any]] = []
    for entry in in_order(make, range(1, patients + 1), workers):
        entries.append(entry)
        yield str(entry["name"])
    manifest = {
        "research_use": RESEARCH_USE,
        "software_version": __version__,
        "simulation_version": SIMULATION_VERSION,
        "cohort": cohort,
        "seed": seed,
        "files": files.value,
        "patients": entries,
    }
    with atomic_path(folder / MANIFEST) as temporary:
        temporary.write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", "utf-8")
    remove_quietly(folder / UNFINISHED)


def begin(folder: Path) -> None:
    """Leave the note that a cohort is being written here; one process can.

    Raises:
        OutputRefused: another did, or nothing can be written here.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / UNFINISHED).open("x", encoding="utf-8") as file:
            file.write(NOT_FINISHED)
    except FileExistsError as error:
        expected = "one process at a time writes a cohort"
        came = f"another has begun in {folder.name}"
        raise OutputRefused(expected, came, "Choose another folder.") from error
    except OSError as error:
        raise output_refused(folder, error) from error


def write_patient(
    folder: Path, cohort: str, seed: int, files: FileKind, patient: int
) -> dict[str, Any]:
    """Simulate and write one patient.

    Returns:
        The patient's entry of the manifest.

    Raises:
        OutputRefused: the folder cannot be written.
    """
    simulated = simulate_patient(seed, patient, cohort, files.matrix)
    name = f"patient-{patient:06d}"
    temporary = folder / f".{secrets.token_hex(4)}-{name}"
    try:
        temporary.mkdir(parents=True)
        scans = write_scan(temporary, simulated, files)
        for view in simulated.views:
            write_truth(temporary, simulated, view)
        digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in scans}
        temporary.rename(folder / name)
    except OSError as error:
        raise output_refused(folder / name, error) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    kinds = [spot.kind.value for spot in simulated.spots]
    return {
        "name": name,
        "sex": simulated.sex.value,
        "age": simulated.age,
        "spots": {kind: kinds.count(kind) for kind in sorted(set(kinds))},
        "scan_sha256": digests,
    }


def write_scan(folder: Path, patient: SimulatedPatient, files: FileKind) -> list[Path]:
    """The two views as one NM file, or as one file each."""
    key = f"{patient.cohort}-{patient.seed}-{patient.patient}"
    identity = SyntheticIdentity(
        key,
        f"SIM-{patient.patient:06d}",
        "M" if patient.sex.value == "male" else "F",
        patient.age,
    )
    counts = {view.name: view.counts for view in patient.views}
    if files is not FileKind.ONE_A_VIEW:
        write_nuclear_medicine(folder / "scan.dcm", counts, patient.spacing, identity)
        return [folder / "scan.dcm"]
    paths = [folder / f"scan-{name}.dcm" for name in counts]
    for path, (name, image) in zip(paths, counts.items(), strict=True):
        write_nuclear_medicine(path, {name: image}, patient.spacing, identity)
    return paths


def write_truth(folder: Path, patient: SimulatedPatient, view: SimulatedView) -> None:
    """Hot spots and skeletal regions of one view."""
    geometry = view_geometry(view.name, (view.spots.shape[0], view.spots.shape[1]), patient.spacing)
    seen = set(np.unique(view.spots).tolist())
    spots = [
        truth_segment(spot.number, spot.kind.value, spot.site)
        for spot in patient.spots
        if spot.number in seen
    ]
    write_segmentation(
        folder / f"{view.name}.seg.nrrd", view.spots.astype(np.int32), geometry, spots
    )
    regions = [region_segment(region) for region in Region]
    path = folder / f"{view.name}.regions.seg.nrrd"
    write_segmentation(path, view.regions.astype(np.int32), geometry, regions)


def region_segment(region: Region) -> Segment:
    """A skeletal region as a segment, in a grey of its own."""
    grey = 60 + 14 * int(region)
    name = region.name.lower()
    return Segment(int(region), f"region-{int(region)}", name, (grey, grey, grey))
