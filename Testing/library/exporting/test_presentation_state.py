"""Contours exactly along the pixels, in the stored frame; words and window."""

import subprocess
from datetime import datetime
from pathlib import Path

import numpy as np
import pydicom
import pytest
from PIL import Image

from BMLesionSegLib import RESEARCH_USE
from BMLesionSegLib.exporting.dicom_files import write_dicom_files
from BMLesionSegLib.scan import ViewName
from Testing.library.dicom_sources import source_and_result
from Testing.library.tools import need_tool

WHEN = datetime(2026, 11, 22)


def presentation(folder: Path, variant: str, case: str, name: str = "posterior"):
    _, result = source_and_result(folder, variant, case)
    write_dicom_files(folder, result, WHEN)
    return result, pydicom.dcmread(folder / f"{name}.gsps.dcm")


def drawn(dataset: pydicom.Dataset) -> list[np.ndarray]:
    return [
        np.reshape(item.GraphicData, (-1, 2))
        for annotation in dataset.GraphicAnnotationSequence
        for item in annotation.get("GraphicObjectSequence", [])
    ]


def words(dataset: pydicom.Dataset) -> list[str]:
    return [
        item.UnformattedTextValue
        for annotation in dataset.GraphicAnnotationSequence
        for item in annotation.get("TextObjectSequence", [])
    ]


@pytest.mark.parametrize(
    "variant", ["two frames", "head at the right", "head at the bottom", "head at the left"]
)
def test_contours_enclose_the_lesion_in_the_stored_frame(tmp_path: Path, variant: str):
    result, dataset = presentation(tmp_path, variant, "one")
    view = result.views[1]
    stored = np.rot90(view.labels, -view.view.source.quarter_turns)
    rows, columns = np.nonzero(stored)
    (line,) = drawn(dataset)
    assert line.min(axis=0).tolist() == [columns.min(), rows.min()]
    assert line.max(axis=0).tolist() == [columns.max() + 1, rows.max() + 1]
    x, y = line.T
    assert abs((x[:-1] * y[1:] - x[1:] * y[:-1]).sum()) / 2 == 13


def test_names_statement_and_layers(tmp_path: Path):
    result, dataset = presentation(tmp_path, "two frames", "touching")
    statement, *names = words(dataset)
    assert result.headline in statement
    assert statement.endswith(RESEARCH_USE)
    assert names == ["1P left chest", "2P left chest", "3P left chest"]
    layers = [item.GraphicLayer for item in dataset.GraphicLayerSequence]
    assert layers == ["UNREVIEWED", "METASTASIS", "BENIGN", "TEXT"]


def test_a_view_without_lesions_says_so(tmp_path: Path):
    _, dataset = presentation(tmp_path, "two frames", "no lesion")
    assert drawn(dataset) == []
    (statement,) = words(dataset)
    assert "statement possible" in statement or "none found, not a normal scan" in statement


def test_inverted_grey_up_to_the_bone_and_true_pixel_proportions(tmp_path: Path):
    result, dataset = presentation(tmp_path, "oblong pixels", "one")
    assert dataset.PresentationLUTShape == "INVERSE"
    (window,) = dataset.SoftcopyVOILUTSequence
    assert 0 < window.WindowWidth < result.views[1].view.counts.max()
    assert window.WindowCenter == pytest.approx(window.WindowWidth / 2)
    (area,) = dataset.DisplayedAreaSelectionSequence
    assert list(area.PresentationPixelSpacing) == [9.04, 4.52]
    assert "PresentationPixelAspectRatio" not in area


def test_the_window_speaks_of_counts_after_the_file_s_rescaling(tmp_path: Path):
    _, dataset = presentation(tmp_path, "rescaled", "one")
    assert (dataset.RescaleSlope, dataset.RescaleIntercept) == (0.5, 0)


@pytest.mark.parametrize("case", ["no lesion", "touching"])
def test_the_presentation_checker_passes_it(tmp_path: Path, case: str):
    checker = need_tool("dcmpschk", "dcmtk")
    presentation(tmp_path, "two frames", case)
    path = tmp_path / "posterior.gsps.dcm"
    said = subprocess.run([checker, path], capture_output=True, text=True)
    assert "Test passed" in said.stdout + said.stderr
    assert "absent" not in said.stdout + said.stderr


@pytest.mark.parametrize("name", ViewName)
def test_an_independent_viewer_shows_the_right_frame_in_inverted_grey(tmp_path: Path, name: str):
    """DCMTK renders the image by the presentation, and keeps every contour when it saves it."""
    viewer = need_tool("dcmp2pgm", "dcmtk")
    result, dataset = presentation(tmp_path, "posterior first", "touching", name)
    view = next(one.view for one in result.views if one.view.name == name)
    saved, picture = tmp_path / "saved.dcm", tmp_path / "shown.pgm"
    subprocess.run(
        [viewer, "-p", tmp_path / f"{name}.gsps.dcm", "-f", str(view.source.frame), "+S", saved,
         tmp_path / "scan.dcm", picture],
        check=True,
        capture_output=True,
    )  # fmt: skip
    with Image.open(picture) as shown:
        grey = np.asarray(shown).astype(float)
    upper = float(dataset.SoftcopyVOILUTSequence[0].WindowWidth)
    expected = 255 * (1 - np.clip(view.counts / upper, 0, 1))
    # The standard's linear window is half a unit off at either end (PS3.3 C.11.2.1.2).
    assert np.abs(grey - expected).max() <= 255 / upper + 1
    kept = drawn(pydicom.dcmread(saved))
    assert len(kept) == 3
    for line, ours in zip(kept, drawn(dataset), strict=True):
        np.testing.assert_array_equal(line, ours)
