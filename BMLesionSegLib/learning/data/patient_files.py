"""A folder of labelled cases: which file is a scan, which a label, and what does not belong.

The naming rule, one folder a patient::

    CASES/PATIENT/scan*                    the scan: NM DICOM, one file or one a view, or volumes
                                           with "anterior" or "posterior" in their names
    CASES/PATIENT/anterior.* posterior.*   the label map of a view, as 3D Slicer (.seg.nrrd) and
                                           ITK-SNAP (.nrrd .nii .nii.gz .mha) save it
    CASES/PATIENT/labels.*                 instead: a slice for each frame of the DICOM file
    CASES/patients.csv                     if wanted: patient,sex,age

A view without lesions has a label map of zeros. What ``bmlesionseg simulate`` writes follows the
rule. Folders' names are never shown, because people name them after patients: a refusal gives the
folder's place in the order of names.
"""

import csv
import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.scan import ViewName
from BMLesionSegLib.simulation.writing import UNFINISHED

LABEL_SUFFIXES = (".seg.nrrd", ".nrrd", ".nii", ".nii.gz", ".mha")
ALL_FRAMES = "labels"
REGIONS = ".regions.seg.nrrd"
"""Written by the simulation: bones, not lesions."""
PERSONS = "patients.csv"
SIMULATED_PERSONS = "cohort.json"
MOST_SHOWN = 5


@dataclass(frozen=True)
class PatientFiles:
    """One patient's files.

    Attributes:
        place: in words, e.g. "patient folder 3 of 12".
        folder: of the patient.
        scan: one file, or one a view.
        labels: label map of each view.
        all_frames: the one label map of all frames, instead.
    """

    place: str
    folder: Path
    scan: tuple[Path, ...]
    labels: dict[ViewName, Path]
    all_frames: Path | None


def list_patients(folder: Path) -> list[PatientFiles]:
    """Every patient of a folder, in the order of the folders' names.

    Raises:
        TrainingRefused: no patient folder, or files that break the rule; all of them are told.
    """
    try:
        shown = (path for path in folder.iterdir() if is_shown(path) and path.is_dir())
        # By name, because paths compare in another way on Windows.
        folders = sorted(shown, key=lambda path: path.name)
        strangers = [path for path in folder.iterdir() if is_shown(path) and path.is_file()]
        listings = [sorted(filter(is_shown, path.iterdir())) for path in folders]
    except OSError as error:
        came = f"the system says: {error.strerror or error}"
        raise TrainingRefused("a folder of cases can be read", came, "Check the path.") from error
    if not folders:
        raise TrainingRefused(
            "a folder of cases holds PATIENT/scan.dcm or the like, and labels beside it",
            "no patient's folder was found",
            "Give the folder that `bmlesionseg simulate` wrote, or one like it.",
        )
    problems = []
    unfinished = UNFINISHED in {path.name for path in strangers}
    if unfinished and not (folder / SIMULATED_PERSONS).is_file():
        problems.append("the simulation that wrote them was stopped")
    if any(path.name not in (PERSONS, SIMULATED_PERSONS, UNFINISHED) for path in strangers):
        problems.append("there are files beside the patients' folders")
    patients = []
    for number, (path, files) in enumerate(zip(folders, listings, strict=True), 1):
        found = sorted_out(f"patient folder {number} of {len(folders)}", path, files)
        problems += [f"{found.place} {problem}" for problem in faults(found, files)]
        patients.append(found)
    if problems:
        more = f", and {len(problems) - MOST_SHOWN} more" if len(problems) > MOST_SHOWN else ""
        raise TrainingRefused(
            "every patient's folder holds a scan*, a label of each view, and nothing else",
            "; ".join(problems[:MOST_SHOWN]) + more,
            "Add, rename or move these files (folders count in the order of their names).",
        )
    return patients


def is_shown(path: Path) -> bool:
    """Hidden files, such as file managers leave, are no part of anything."""
    return not path.name.startswith(".")


def sorted_out(place: str, folder: Path, files: list[Path]) -> PatientFiles:
    """Scan and labels among a patient's files."""
    labels = {ViewName(stem): path for path in files if (stem := label_stem(path)) in set(ViewName)}
    all_frames = next((path for path in files if label_stem(path) == ALL_FRAMES), None)
    scan = tuple(path for path in files if path.name.lower().startswith("scan"))
    return PatientFiles(place, folder, scan, labels, all_frames)


def label_stem(path: Path) -> str | None:
    """The name before the suffix, e.g. of anterior.nii.gz; None for what is no label map."""
    name = path.name.lower()
    stem = name.partition(".")[0]
    return stem if name.removeprefix(stem) in LABEL_SUFFIXES else None


def faults(found: PatientFiles, files: list[Path]) -> Iterator[str]:
    """What is wrong with a patient's files, in words."""
    used = {*found.scan, *found.labels.values(), found.all_frames}
    extra = [path for path in files if path not in used and not path.name.endswith(REGIONS)]
    if not found.scan:
        yield "has no scan"
    if not found.labels and not found.all_frames:
        yield "has no label map"
    if found.labels and found.all_frames:
        yield f"has labels of single views and {ALL_FRAMES} of all frames"
    if extra:
        yield f"has {len(extra)} file{'s' if len(extra) > 1 else ''} that the rule does not name"
    if not all(path.is_file() and path.stat().st_size for path in used if path is not None):
        yield "has an empty file, or one that leads nowhere"


def read_persons(folder: Path) -> dict[str, tuple[str, int]]:
    """Sex and age of each patient's folder, from ``patients.csv`` or ``cohort.json``, if there.

    Raises:
        TrainingRefused: such a file that cannot be understood.
    """
    try:
        if (folder / PERSONS).is_file():
            with (folder / PERSONS).open(newline="", encoding="utf-8-sig") as stream:
                rows = list(csv.DictReader(stream))
            return {same_name(row["patient"]): (row["sex"], int(row["age"])) for row in rows}
        if (folder / SIMULATED_PERSONS).is_file():
            entries = json.loads((folder / SIMULATED_PERSONS).read_text("utf-8"))["patients"]
            return {
                same_name(entry["name"]): (entry["sex"], int(entry["age"])) for entry in entries
            }
    except (OSError, KeyError, TypeError, ValueError, csv.Error, RecursionError) as error:
        expected = f"{PERSONS} has the columns patient, sex, age, a row for each patient"
        raise TrainingRefused(expected, "it cannot be understood", "Correct it.") from error
    return {}


def same_name(name: str) -> str:
    """A folder's name as it is compared: file systems store letters with marks in two ways."""
    return unicodedata.normalize("NFC", name)


def refuse_strangers(
    folder: Path, persons: Mapping[str, object], patients: list[PatientFiles]
) -> None:
    """Refuse a ``patients.csv`` with patients who have no folder, as misspelt ones have none.

    Raises:
        TrainingRefused: there are some.
    """
    unknown = persons.keys() - {same_name(files.folder.name) for files in patients}
    if unknown and (folder / PERSONS).is_file():
        expected = f"every patient of {PERSONS} has a folder of that name"
        came = f"{len(unknown)} of {len(persons)} have none"
        raise TrainingRefused(expected, came, "Correct the names, or leave out their rows.")
