"""A scan in the scene and back: same counts, same spacing, same place, right-handed."""

from dataclasses import replace

import numpy as np
import pytest
import slicer
import vtk

from BMLesionSegLib.errors import CountsRefused, ViewsUnclear
from BMLesionSegLib.reading import load_scan
from BMLesionSegLib.scan import EvidenceKind, Geometry, ViewName
from BMLesionSegMRML import volumes
from BMLesionSegMRML.source_files import SourceFiles
from BMLesionSegMRML.stock_volume import convertStockVolume, isStockVolume
from BMLesionSegMRML.view_check import flipView, lostItsFrame, mirrorView, swapViews
from Testing.library.nm_files import nm_file
from Testing.scene.scans_in_scene import small_scan

ANTERIOR, POSTERIOR = ViewName.ANTERIOR, ViewName.POSTERIOR


@pytest.fixture
def dicom_scan(tmp_path):
    return load_scan(nm_file(tmp_path / "scan.dcm"))


def assert_equal(ours, theirs):
    assert [v.name for v in ours] == [v.name for v in theirs]
    for one, other in zip(ours, theirs, strict=True):
        np.testing.assert_array_equal(one.counts, other.counts)
        assert one.spacing == other.spacing
        assert one.evidence == other.evidence
        assert one.source == other.source
        np.testing.assert_allclose(one.geometry.origin, other.geometry.origin)
        np.testing.assert_allclose(one.geometry.direction, other.geometry.direction)


def test_a_scan_comes_back_as_it_was(dicom_scan):
    nodes = volumes.addScan(dicom_scan)
    back = volumes.scanFromVolumes(nodes[ANTERIOR], nodes[POSTERIOR])
    assert_equal(back, dicom_scan)
    assert (back.name, back.study_uid, back.series_uid) == (
        dicom_scan.name,
        dicom_scan.study_uid,
        dicom_scan.series_uid,
    )


def test_whole_counts_stay_whole_and_others_stay_fractions():
    scan = small_scan()
    nodes = volumes.addScan(scan)
    assert slicer.util.arrayFromVolume(nodes[ANTERIOR]).dtype == np.uint16
    halves = replace(scan, views=tuple(replace(v, counts=v.counts / 2) for v in scan))
    nodes = volumes.addScan(halves)
    assert slicer.util.arrayFromVolume(nodes[ANTERIOR]).dtype == np.float32
    assert_equal(volumes.scanFromVolumes(nodes[ANTERIOR], nodes[POSTERIOR]), halves)


def test_the_views_find_each_other(dicom_scan):
    nodes = volumes.addScan(dicom_scan)
    assert all(volumes.viewsOf(node) == nodes for node in nodes.values())
    slicer.mrmlScene.RemoveNode(nodes[ANTERIOR])
    assert volumes.viewsOf(nodes[POSTERIOR]) == {POSTERIOR: nodes[POSTERIOR]}


def test_patient_left_is_left_in_both_views(dicom_scan):
    # The phantom's hot rib is on the patient's right, which is positive in RAS.
    for name, node in volumes.addScan(dicom_scan).items():
        counts = slicer.util.arrayFromVolume(node)[0]
        row, column = np.unravel_index(counts.argmax(), counts.shape)
        matrix = vtk.vtkMatrix4x4()
        node.GetIJKToRASMatrix(matrix)
        right, front, up = matrix.MultiplyPoint((column, row, 0, 1))[:3]
        assert right > 0, name
        assert front == (100.0 if name is ANTERIOR else -100.0)
        assert up > 0
        assert matrix.Determinant() > 0


def test_a_view_survives_its_file(dicom_scan, tmp_path):
    # A left-handed one-slice volume would come back with its slices turned over.
    for name, node in volumes.addScan(dicom_scan).items():
        path = str(tmp_path / f"{name}.nrrd")
        assert slicer.util.saveNode(node, path)
        loaded = slicer.util.loadVolume(path)
        np.testing.assert_array_equal(
            slicer.util.arrayFromVolume(loaded), slicer.util.arrayFromVolume(node)
        )
        logic = slicer.modules.volumes.logic()
        assert logic.CompareVolumeGeometry(node, loaded) == ""


def test_a_scene_bundle_keeps_the_scan(dicom_scan, tmp_path):
    volumes.addScan(dicom_scan)
    path = str(tmp_path / "Größe.mrb")
    assert slicer.util.saveScene(path)
    slicer.mrmlScene.Clear(0)
    slicer.util.loadScene(path)
    node = slicer.util.getNode("Bone scan ANT")
    nodes = volumes.viewsOf(node)
    assert list(nodes) == [ANTERIOR, POSTERIOR]
    back = volumes.scanFromVolumes(nodes[ANTERIOR], nodes[POSTERIOR])
    assert_equal(back, dicom_scan)
    assert back.study_uid == dicom_scan.study_uid


def test_a_foreign_volume_keeps_its_own_place():
    counts = small_scan().views[0].counts.astype(np.uint16)
    node = slicer.util.addVolumeFromArray(counts[np.newaxis], name="foreign")
    node.SetSpacing(4.52, 4.52, 10.0)
    view = volumes.scanFromVolumes(None, node).views[0]
    assert view.name is POSTERIOR
    assert view.evidence.kind is EvidenceKind.USER
    assert view.spacing == (4.52, 4.52)
    assert view.file_geometry == Geometry(
        (0.0, 0.0, 0.0), (4.52, 4.52, 10.0), (-1.0, 0.0, 0.0, 0.0, -1.0, 0.0, 0.0, 0.0, 1.0)
    )


@pytest.mark.parametrize("slices", [2, 3])
def test_a_view_is_one_slice(slices):
    node = slicer.util.addVolumeFromArray(np.ones((slices, 40, 30), np.uint16), name="x")
    with pytest.raises(ViewsUnclear, match=f"{slices} slices"):
        volumes.scanFromVolumes(node)


def test_an_empty_volume_is_refused():
    node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLScalarVolumeNode", "empty")
    with pytest.raises(ViewsUnclear):
        volumes.scanFromVolumes(node)


def test_no_volume_is_refused():
    with pytest.raises(ViewsUnclear):
        volumes.scanFromVolumes(None)


def test_negative_pixels_are_refused():
    counts = -np.arange(40 * 30, dtype=np.int16).reshape(1, 40, 30)
    with pytest.raises(CountsRefused):
        volumes.scanFromVolumes(slicer.util.addVolumeFromArray(counts, name="x"))


def test_a_view_in_the_other_one_s_place_is_refused(dicom_scan):
    nodes = volumes.addScan(dicom_scan)
    with pytest.raises(ViewsUnclear, match="posterior view came"):
        volumes.scanFromVolumes(nodes[POSTERIOR])


def test_swapped_views_keep_pixels_and_frames_and_change_places(dicom_scan):
    nodes = volumes.addScan(dicom_scan)
    swapped = swapViews(list(nodes.values()))
    assert swapped == {ANTERIOR: nodes[POSTERIOR], POSTERIOR: nodes[ANTERIOR]}
    back = volumes.scanFromVolumes(swapped[ANTERIOR], swapped[POSTERIOR])
    for view in back:
        original = dicom_scan.view(view.name.other)
        np.testing.assert_array_equal(view.counts, original.counts)
        assert view.source == original.source
        assert view.file_geometry is None
        assert view.evidence.kind is EvidenceKind.USER
    assert swapped[ANTERIOR].GetName() == "Bone scan ANT"
    assert volumes.viewsOf(nodes[ANTERIOR]) == swapped


def test_half_a_turn_is_remembered_for_the_way_back(dicom_scan):
    nodes = volumes.addScan(dicom_scan)
    before = slicer.util.arrayFromVolume(nodes[ANTERIOR]).copy()
    flipView(nodes[ANTERIOR])
    view = volumes.scanFromVolumes(nodes[ANTERIOR]).views[0]
    np.testing.assert_array_equal(view.counts, np.rot90(before[0], 2))
    assert view.source.quarter_turns == 2
    flipView(nodes[ANTERIOR])
    np.testing.assert_array_equal(slicer.util.arrayFromVolume(nodes[ANTERIOR]), before)
    assert volumes.sourceOf(nodes[ANTERIOR]).quarter_turns == 0


def test_a_mirrored_view_has_no_frame_until_it_is_mirrored_back(dicom_scan):
    nodes = volumes.addScan(dicom_scan)
    node = nodes[POSTERIOR]
    before, source = slicer.util.arrayFromVolume(node).copy(), volumes.sourceOf(node)
    mirrorView(node)
    assert lostItsFrame(node)
    view = volumes.scanFromVolumes(None, node).views[0]
    np.testing.assert_array_equal(view.counts, before[0][:, ::-1])
    assert view.source is None
    assert view.file_geometry is None, "it lies where its view lies"
    assert node.GetAttribute("DICOM.instanceUIDs") is None
    flipView(node)
    mirrorView(node)
    flipView(node)
    assert not lostItsFrame(node)
    np.testing.assert_array_equal(slicer.util.arrayFromVolume(node), before)
    assert volumes.sourceOf(node) == source


def test_views_are_not_corrected_under_a_segmentation(dicom_scan):
    from BMLesionSegMRML.segmentations import addSegmentation

    nodes = volumes.addScan(dicom_scan)
    addSegmentation(nodes[ANTERIOR])
    with pytest.raises(ViewsUnclear, match="has a segmentation"):
        swapViews(list(nodes.values()))
    for correct in (flipView, mirrorView):
        with pytest.raises(ViewsUnclear, match="has a segmentation"):
            correct(nodes[ANTERIOR])
    flipView(nodes[POSTERIOR])


class TestStockVolume:
    """What Slicer's own reader makes of a two-frame file, as our pair."""

    @pytest.fixture
    def path(self, tmp_path):
        return nm_file(tmp_path / "scan.dcm")

    @pytest.fixture
    def stock(self, path):
        return slicer.util.loadVolume(str(path))

    def test_it_is_known(self, stock, dicom_scan):
        assert isStockVolume(stock)
        assert not any(isStockVolume(node) for node in volumes.addScan(dicom_scan).values())
        assert not isStockVolume(None)

    def test_it_becomes_what_the_library_reads(self, stock, path):
        scan = load_scan(path)
        nodes = convertStockVolume(stock, SourceFiles())
        assert_equal(volumes.scanFromVolumes(*nodes.values()), scan)

    def test_without_its_file_the_order_is_assumed(self, stock, path):
        scan = load_scan(path)
        path.unlink()
        nodes = convertStockVolume(stock, SourceFiles())
        for view in volumes.scanFromVolumes(*nodes.values()):
            np.testing.assert_array_equal(view.counts, scan.view(view.name).counts)
            assert view.spacing == scan.views[0].spacing
            assert view.evidence.assumed
            assert view.source is None

    def test_the_database_knows_its_file(self, stock, path, monkeypatch):
        class Database:
            def fileForInstance(self, uid):  # noqa: N802
                return str(moved) if uid == "1.2.3" else ""

        scan = load_scan(path)
        moved = path.rename(path.with_name("moved.dcm"))
        monkeypatch.setattr(slicer, "dicomDatabase", Database(), raising=False)
        stock.SetAttribute("DICOM.instanceUIDs", "1.2.3")
        nodes = convertStockVolume(stock, SourceFiles())
        assert_equal(volumes.scanFromVolumes(*nodes.values()), scan)

    def test_another_volume_is_refused(self):
        node = slicer.util.addVolumeFromArray(np.ones((3, 40, 30), np.uint16), name="x")
        with pytest.raises(ViewsUnclear):
            convertStockVolume(node, SourceFiles())
