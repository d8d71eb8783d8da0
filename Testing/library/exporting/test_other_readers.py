"""Read by the tools of 3D Slicer (dcmqi), where they are installed.

`pip install dcmqi==0.4.0` brings the programs; its wheels are for a few platforms only.
"""

import json
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
import SimpleITK

from BMLesionSegLib.exporting.dicom_files import write_dicom_files
from Testing.library.dicom_sources import SOURCES, source_and_result

WHEN = datetime(2026, 11, 22)
pytestmark = pytest.mark.slow


def dcmqi(program: str, *arguments: object) -> None:
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not installed (pip install dcmqi==0.4.0)")
    subprocess.run([path, *map(str, arguments)], check=True, capture_output=True)


@pytest.mark.parametrize("case", ["one", "touching", "forty"])
@pytest.mark.parametrize("variant", SOURCES)
def test_dcmqi_reads_the_segmentation_pixel_equal(tmp_path: Path, variant: str, case: str):
    _, result = source_and_result(tmp_path, variant, case)
    write_dicom_files(tmp_path, result, WHEN)
    for view in result.views:
        out = tmp_path / f"{view.view.name}-dcmqi"
        out.mkdir()
        path = tmp_path / f"{view.view.name}.seg.dcm"
        dcmqi(
            "segimage2itkimage", "--inputDICOM", path, "--outputDirectory", out,
            "--mergeSegments", "-t", "nrrd",
        )  # fmt: skip
        image = SimpleITK.ReadImage(str(out / "1.nrrd"))
        (labels,) = SimpleITK.GetArrayFromImage(image)
        stored = np.rot90(view.labels, -view.view.source.quarter_turns)
        np.testing.assert_array_equal(labels, stored)
        if view.view.source.quarter_turns == 0 and variant != "stated positions":
            assert image.GetOrigin() == pytest.approx(view.view.geometry.origin, abs=1e-3)
            assert image.GetDirection() == pytest.approx(view.view.geometry.direction)


@pytest.mark.parametrize("case", ["one", "touching"])
def test_dcmqi_reads_the_report_by_segment(tmp_path: Path, case: str):
    _, result = source_and_result(tmp_path, "two frames", case)
    write_dicom_files(tmp_path, result, WHEN)
    out = tmp_path / "report.json"
    report = tmp_path / "measurements.sr.dcm"
    dcmqi("tid1500reader", "--inputDICOM", report, "--outputMetadata", out)
    groups = json.loads(out.read_text("utf-8"))["Measurements"]
    lesions = [one for view in result.views for one in view.lesions]
    assert [group["TrackingIdentifier"] for group in groups] == [one.name for one in lesions]
    assert all(len(group["measurementItems"]) == 5 for group in groups)
