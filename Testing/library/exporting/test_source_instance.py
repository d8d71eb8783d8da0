"""The reduced header: true plane, no identity but the demanded one, refusals."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pydicom
import pytest

from BMLesionSegLib.errors import FileRefused
from BMLesionSegLib.exporting.source_instance import (
    can_be_referenced,
    source_instance,
    stored_plane,
    upright,
)
from BMLesionSegLib.reading import load_scan
from BMLesionSegLib.scan import BoneScan, EvidenceKind, View, ViewEvidence, ViewName
from Testing.library.dicom_sources import PAIR, SOURCES, source
from Testing.library.nm_files import each_detector, without
from Testing.library.scans import scan_of


@pytest.mark.parametrize("turns", range(4))
def test_upright_follows_rot90(turns: int):
    stored = np.arange(12).reshape(3, 4)
    turned = np.rot90(stored, turns)
    for row, column in np.ndindex(stored.shape):
        assert turned[upright(row, column, turned.shape, turns)] == stored[row, column]


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("name", ViewName)
def test_every_stored_pixel_keeps_its_place_in_space(name: ViewName, turns: int):
    evidence = ViewEvidence(EvidenceKind.USER, "test")
    view = View(name, np.eye(6, 4, dtype=np.float32), (2.0, 3.0), evidence)
    position, orientation, (row_mm, column_mm) = stored_plane(view, turns)
    along_row, along_column = np.reshape(orientation, (2, 3))
    geometry = view.geometry
    axes = np.reshape(geometry.direction, (3, 3))
    for row, column in np.ndindex(np.rot90(view.counts, -turns).shape):
        up_row, up_column = upright(row, column, view.shape, turns)
        expected = geometry.origin + axes @ (np.array([up_column, up_row, 0]) * geometry.spacing)
        found = position + along_row * column * column_mm + along_column * row * row_mm
        assert found == pytest.approx(expected)


def plane(header: pydicom.Dataset) -> tuple[list, list]:
    (own,), (shared,) = (
        header.PerFrameFunctionalGroupsSequence,
        header.SharedFunctionalGroupsSequence,
    )
    return (
        list(own.PlanePositionSequence[0].ImagePositionPatient),
        list(shared.PlaneOrientationSequence[0].ImageOrientationPatient),
    )


def test_a_stated_place_is_kept_an_unstated_one_is_ours(tmp_path: Path):
    view = load_scan(SOURCES["stated positions"](tmp_path)[0]).views[1]
    assert plane(source_instance(view).header) == ([-290, -150, 900], [-1, 0, 0, 0, 0, -1])
    view = load_scan(SOURCES["two frames"](tmp_path)[0]).views[1]
    position, orientation = plane(source_instance(view).header)
    assert position == pytest.approx(view.geometry.origin)
    assert orientation == [-1, 0, 0, 0, 0, -1]


def test_stated_directions_that_are_not_at_right_angles_are_not_kept(tmp_path: Path):
    askew = each_detector(
        ImagePositionPatient=[[-290, -150, 900]] * 2,
        ImageOrientationPatient=[[1, 0, 0, 0.1, 0, -1]] * 2,
    )
    view = load_scan(source(askew)(tmp_path)[0]).views[0]
    position, orientation = plane(source_instance(view).header)
    assert position == pytest.approx(view.geometry.origin)
    assert orientation == [1, 0, 0, 0, 0, -1]


def test_the_file_s_frame_of_reference_or_one_of_its_series(tmp_path: Path):
    path = SOURCES["two frames"](tmp_path)[0]
    stated = pydicom.dcmread(path).FrameOfReferenceUID
    front, back = (source_instance(view).header for view in load_scan(path))
    assert front.FrameOfReferenceUID == back.FrameOfReferenceUID == stated
    path = SOURCES["no frame of reference"](tmp_path)[0]
    front, back = (source_instance(view).header for view in load_scan(path))
    assert front.FrameOfReferenceUID == back.FrameOfReferenceUID != stated


def test_the_header_that_libraries_see_is_nameless(tmp_path: Path):
    (view, _) = load_scan(SOURCES["two frames"](tmp_path)[0])
    found = source_instance(view)
    assert "Lastname" not in str(found.header)
    assert str(found.identity.PatientName) == "Lastname^Firstname"


def test_only_a_dicom_file_that_names_itself_can_be_referenced(tmp_path: Path):
    scan = load_scan(source()(tmp_path)[0])
    assert can_be_referenced(scan)
    assert not can_be_referenced(replace(scan, study_uid=None))
    assert not can_be_referenced(replace(scan, series_uid="1.02.3"))
    assert not can_be_referenced(scan_of(PAIR))
    nameless = load_scan(source(without("SOPInstanceUID"))(tmp_path)[0])
    assert not can_be_referenced(nameless)


def test_another_kind_of_file_is_refused():
    with pytest.raises(FileRefused, match="another kind of file"):
        source_instance(scan_of(PAIR).views[0])


def test_a_file_that_has_gone_or_changed_is_refused(tmp_path: Path):
    path = source()(tmp_path)[0]
    scan: BoneScan = load_scan(path)
    source(key="another")(tmp_path)
    with pytest.raises(FileRefused, match="has changed"):
        source_instance(scan.views[0])
    path.unlink()
    with pytest.raises(FileRefused, match="no such file"):
        source_instance(scan.views[0])


def test_a_file_without_a_study_is_refused(tmp_path: Path):
    scan = load_scan(source(without("StudyInstanceUID"))(tmp_path)[0])
    with pytest.raises(FileRefused, match="does not name its study"):
        source_instance(scan.views[0])


def test_the_path_is_never_shown(tmp_path: Path):
    scan = load_scan(source()(tmp_path)[0])
    assert "scan.dcm" not in repr(scan.views[0])
    assert "scan.dcm" not in repr(scan)
