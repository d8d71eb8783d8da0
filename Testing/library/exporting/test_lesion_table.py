"""The table says what the lesions say."""

import csv
from dataclasses import replace
from pathlib import Path

from BMLesionSegLib import RESEARCH_USE
from BMLesionSegLib.exporting.lesion_table import COLUMNS, row, write_lesion_table
from BMLesionSegLib.inference import Segmentation


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_one_row_a_lesion_in_the_order_of_findings(segmentation: Segmentation, tmp_path: Path):
    path = tmp_path / "lesions.csv"
    write_lesion_table(path, segmentation.findings)
    table = rows(path)
    assert [(row["finding"], row["view"]) for row in table] == [
        ("1", "anterior"),
        ("1", "posterior"),
        ("2", "anterior"),
    ]
    assert {row["research_use"] for row in table} == {RESEARCH_USE}


def test_the_cells_of_a_lesion(segmentation: Segmentation, tmp_path: Path):
    path = tmp_path / "lesions.csv"
    write_lesion_table(path, segmentation.findings)
    thigh = rows(path)[2]
    lesion = segmentation.findings[1].lesions[0]
    assert tuple(thigh) == COLUMNS
    assert (thigh["level"], thigh["side"], thigh["status"]) == ("thigh", "right", "unreviewed")
    assert int(thigh["pixels"]) == lesion.pixels == 30 * 12
    assert thigh["area_mm2"] == "1440.0"
    assert (thigh["centroid_row"], thigh["centroid_column"]) == ("554.5", "93.5")
    assert float(thigh["total_counts"]) == lesion.total_counts
    assert float(thigh["uptake_ratio"]) == round(lesion.uptake_ratio, 2)
    assert thigh["mean_probability"] == "0.800"


def test_without_findings_the_header_stands_alone(tmp_path: Path):
    path = tmp_path / "lesions.csv"
    write_lesion_table(path, ())
    assert path.read_bytes() == (",".join(COLUMNS) + "\n").encode()


def test_an_unknown_probability_is_left_empty(segmentation: Segmentation):
    lesion = replace(segmentation.findings[0].lesions[0], mean_probability=float("nan"))
    assert row(1, lesion)[COLUMNS.index("mean_probability")] == ""
