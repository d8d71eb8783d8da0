"""What a cohort holds, counted as the paper counts its own (Tables 2, 3, 9; Figures 6, 10)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from BMLesionSegLib.learning.data.case import Case
from BMLesionSegLib.learning.data.split import split_patients
from BMLesionSegLib.preparation import WorkingGrid
from BMLesionSegLib.scan import ViewName
from BMLesionSegLib.tiling import tile_grid

Row = Mapping[str, str]


@dataclass(frozen=True)
class LesionSize:
    """One lesion in one view.

    Attributes:
        area_cm2: of its pixels.
        length_mm: diagonal of the smallest upright box round it.
    """

    area_cm2: float
    length_mm: float


@dataclass(frozen=True)
class PatientCount:
    """One patient.

    Attributes:
        sex, age: None where unknown.
        lesions: of each view.
        sizes: of every lesion, view by view.
        tiles: of 256 pixels at stride 128 on the working grid, both views.
        lesion_tiles: of these, with a lesion pixel.
    """

    sex: str | None
    age: int | None
    lesions: Mapping[ViewName, int]
    sizes: tuple[LesionSize, ...]
    tiles: int
    lesion_tiles: int


def count_patient(case: Case) -> PatientCount:
    """Lesions and tiles of one case."""
    from scipy.ndimage import find_objects

    lesions, sizes, tiles, lesion_tiles = {}, [], 0, 0
    for view in case.scan:
        labels = case.metastases[view.name]
        areas = np.bincount(labels.ravel())
        boxes = [box for box in enumerate(find_objects(labels), 1) if box[1] is not None]
        lesions[view.name] = len(boxes)
        for number, (rows, columns) in boxes:
            height = (rows.stop - rows.start) * view.spacing[0]
            width = (columns.stop - columns.start) * view.spacing[1]
            area = float(areas[number]) * view.pixel_area / 100
            sizes.append(LesionSize(area, float(np.hypot(height, width))))
        grid = WorkingGrid.of(view.shape, view.spacing)
        truth = grid.mask_to_working(labels > 0)
        cuts = [truth[tile.window].any() for tile in tile_grid(grid.padded_shape)]
        tiles += len(cuts)
        lesion_tiles += int(sum(cuts))
    return PatientCount(case.sex, case.age, lesions, tuple(sizes), tiles, lesion_tiles)


def count_cohort(cases: Iterable[Case]) -> list[PatientCount]:
    """Every patient, in order."""
    return [count_patient(case) for case in cases]


def patient_table(patients: Sequence[PatientCount]) -> list[Row]:
    """Table 2: age and lesions a patient, by sex; a column of each sex that is known."""
    groups = {
        sex: [patient for patient in patients if patient.sex == sex]
        for sex in sorted({patient.sex for patient in patients if patient.sex})
    }
    groups["total"] = list(patients)
    rows = [("patients", {name: str(len(group)) for name, group in groups.items()})]
    ages = {
        name: spread([patient.age for patient in group if patient.age is not None], digits=1)
        for name, group in groups.items()
    }
    rows.append(("age (years)", ages))
    for view in ViewName:
        counts = {
            name: spread([patient.lesions.get(view, 0) for patient in group])
            for name, group in groups.items()
        }
        rows.append((f"{view} lesions", counts))
    totals = {
        name: str(sum(sum(patient.lesions.values()) for patient in group))
        for name, group in groups.items()
    }
    rows.append(("lesions, both views", totals))
    return [{"": name, **values} for name, values in rows]


def tile_table(patients: Sequence[PatientCount]) -> list[Row]:
    """Tables 3 and 9: tiles with and without lesions, and how a split by patient parts them."""
    split = split_patients(len(patients))
    parts = {
        "all": range(len(patients)),
        "training": split.training,
        "validation": split.validation,
        "test": split.test,
    }
    return [
        {
            "": name,
            "patients": str(len(places)),
            "tiles with a lesion": str(sum(patients[place].lesion_tiles for place in places)),
            "tiles without": str(
                sum(patients[place].tiles - patients[place].lesion_tiles for place in places)
            ),
            "all tiles": str(sum(patients[place].tiles for place in places)),
        }
        for name, places in parts.items()
    ]


def lesion_sizes(patients: Iterable[PatientCount]) -> list[LesionSize]:
    """Every lesion (Figure 10)."""
    return [size for patient in patients for size in patient.sizes]


def spread(values: Sequence[float], digits: int = 2) -> str:
    """Mean, standard deviation and range, as the paper's Table 2 writes them; "-" for none."""
    if not values:
        return "-"
    mean, deviation = np.mean(values), np.std(values, ddof=1 if len(values) > 1 else 0)
    return f"{mean:.{digits}f} ± {deviation:.{digits}f} [{min(values):g} to {max(values):g}]"
