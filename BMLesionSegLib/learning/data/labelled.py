"""Labelled cases from a folder; ``patient_files`` states how its files are named."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from BMLesionSegLib.errors import BMLesionSegError, TrainingRefused
from BMLesionSegLib.learning.data.case import Case
from BMLesionSegLib.learning.data.label_map import read_frames, read_truth
from BMLesionSegLib.learning.data.patient_files import (
    PatientFiles,
    list_patients,
    read_persons,
    refuse_strangers,
    same_name,
)
from BMLesionSegLib.learning.data.split import Split, split_patients
from BMLesionSegLib.scan import BoneScan, ViewName


@dataclass(frozen=True)
class LabelledFolder:
    """A folder of labelled cases as one training or one command knows it.

    Its files are listed, and hashed, when they are first asked for: patients who come later are no
    part of it.

    Attributes:
        path: of the folder.
    """

    path: Path

    @cached_property
    def patients(self) -> list[PatientFiles]:
        """Every patient's files.

        Raises:
            TrainingRefused: no patients, or files that break the rule.
        """
        return list_patients(self.path)

    @cached_property
    def fingerprint(self) -> str:
        """Short hash over all scans and labels, by which a checkpoint knows its data.

        Raises:
            TrainingRefused: no patients, or files that break the rule.
        """
        digest = hashlib.sha256()
        for files in self.patients:
            used = [*files.scan, *files.labels.values(), *filter(None, [files.all_frames])]
            for path in sorted(used):
                digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()[:16]

    @property
    def split(self) -> Split:
        """Its patients in three parts.

        Raises:
            TrainingRefused: fewer patients than parts, or files that break the rule.
        """
        return split_patients(len(self.patients))

    def cases(self, chosen: Collection[int] | None = None) -> Iterator[Case]:
        """The cases, in the order of the patients' folders.

        Args:
            chosen: places of the patients in that order, from 0; all if None.

        Raises:
            TrainingRefused: no patients, files that break the rule, a person without a folder, or a
                label that does not fit.
            BMLesionSegError: whatever the reader of a scan or a label refuses, with the folder's
                place.
        """
        persons = read_persons(self.path)
        refuse_strangers(self.path, persons, self.patients)
        for place, files in enumerate(self.patients):
            if chosen is None or place in chosen:
                sex, age = persons.get(same_name(files.folder.name), (None, None))
                try:
                    yield labelled_case(files, place, sex, age)
                except BMLesionSegError as error:
                    came = f"in {files.place} {error.came}"
                    raise type(error)(error.expected, came, error.remedy) from error


def labelled_cases(folder: Path) -> Iterator[Case]:
    """All cases of a folder; errors as in ``LabelledFolder.cases``."""
    return LabelledFolder(folder).cases()


def labelled_case(files: PatientFiles, place: int, sex: str | None, age: int | None) -> Case:
    """One patient's scan and truth."""
    scan = read_scan(files, f"case-{place + 1:06d}")
    if files.all_frames is not None:
        truths = read_frames(files.all_frames, scan.views)
        metastases = {view.name: truth for view, truth in zip(scan, truths, strict=True)}
        return Case(scan, metastases, sex=sex, age=age)
    if set(files.labels) != {view.name for view in scan}:
        raise TrainingRefused(
            "each view of a scan has a label map, if need be of zeros",
            f"there are views {', '.join(view.name for view in scan)}"
            f" and label maps {', '.join(sorted(files.labels))}",
            "Add or remove a label map.",
        )
    read = {view.name: read_truth(files.labels[view.name], view) for view in scan}
    metastases = {name: labels for name, (labels, _) in read.items()}
    return Case(scan, metastases, {name: other for name, (_, other) in read.items()}, sex, age)


def read_scan(files: PatientFiles, name: str) -> BoneScan:
    """The one scan of a patient: DICOM files together, volumes one a view."""
    from BMLesionSegLib.reading import load_files
    from BMLesionSegLib.reading.files import is_picture_or_volume

    if not all(map(is_picture_or_volume, files.scan)):
        scan = load_files(files.scan)
        return BoneScan(scan.views, name)
    views = [view for path in files.scan for view in load_files((path,), named_view(path)).views]
    return BoneScan(tuple(views), name)


def named_view(path: Path) -> ViewName | None:
    """The view in a volume's name."""
    return next((view for view in ViewName if view in path.name.lower()), None)
