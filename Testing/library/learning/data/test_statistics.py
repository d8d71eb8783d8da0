"""A cohort counted by hand."""

import numpy as np
import pytest

from BMLesionSegLib.learning.data.case import Case
from BMLesionSegLib.learning.data.statistics import (
    count_cohort,
    count_patient,
    lesion_sizes,
    patient_table,
    spread,
    tile_table,
)
from BMLesionSegLib.learning.pictures.cohort import draw_cohort
from BMLesionSegLib.scan import ViewName
from Testing.library.scans import SPACING, body_pair, scan_of

SCAN = scan_of(body_pair())


def case(front=0, back=0, sex="male", age=60):
    """Squares of 10 pixels, one below the other, the first in one tile of the grid alone."""
    truth = {view.name: np.zeros(view.shape, np.int32) for view in SCAN}
    for name, count in ((ViewName.ANTERIOR, front), (ViewName.POSTERIOR, back)):
        for number in range(count):
            truth[name][20 + 150 * number : 30 + 150 * number, 100:110] = number + 1
    return Case(SCAN, truth, sex=sex, age=age)


def test_lesions_sizes_and_tiles_of_a_patient():
    counted = count_patient(case(front=2, back=1))
    assert counted.lesions == {ViewName.ANTERIOR: 2, ViewName.POSTERIOR: 1}
    size = counted.sizes[0]
    assert size.area_cm2 == pytest.approx(100 * SPACING[0] ** 2 / 100)
    assert size.length_mm == pytest.approx(10 * SPACING[0] * 2**0.5)
    # Rows 20-29 lie in the first tile alone, rows 170-179 in the first two.
    assert (counted.tiles, counted.lesion_tiles) == (14, 3)


def test_tables():
    patients = count_cohort([case(1, 0), case(3, 1, "female", 50), case(0, 0, None, None)])
    table = {row[""]: row for row in patient_table(patients)}
    assert list(table["patients"]) == ["", "female", "male", "total"]
    assert table["patients"]["total"] == "3"
    assert table["age (years)"]["total"] == "55.0 ± 7.1 [50 to 60]"
    assert table["anterior lesions"]["total"] == "1.33 ± 1.53 [0 to 3]"
    assert table["lesions, both views"] == {
        "": "lesions, both views",
        "female": "4",
        "male": "1",
        "total": "5",
    }
    rows = tile_table(patients)
    assert [row["patients"] for row in rows] == ["3", "1", "1", "1"]
    assert int(rows[0]["all tiles"]) == 42
    for column in ("tiles with a lesion", "tiles without", "all tiles"):
        assert int(rows[0][column]) == sum(int(row[column]) for row in rows[1:])
    assert len(lesion_sizes(patients)) == 5


def test_nothing_known():
    assert spread([]) == "-"
    assert spread([3]) == "3.00 ± 0.00 [3 to 3]"


@pytest.mark.parametrize(
    "cases", [[case(2, 1), case(1, 0, "female", 44)], [case(0, 0, None, None)]]
)
def test_the_picture_is_drawn_for_any_cohort(tmp_path, cases):
    draw_cohort(tmp_path / "cohort.png", count_cohort(cases))
    assert (tmp_path / "cohort.png").stat().st_size > 5000
