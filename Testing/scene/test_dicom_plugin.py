"""Planar scintigraphy from the DICOM database, for every way in which vendors name the views."""

import logging

import numpy as np
import pytest
import slicer

from BMLesionSegLib.scan import EvidenceKind, ViewName
from Testing.bench.dicom.install import install_dicom, loaded_by_default
from Testing.bench.scripted.install import install_scripted
from Testing.library.nm_files import (
    SECRET,
    SMALL,
    SMALL_SPACING,
    each_detector,
    ge_like,
    genie_text,
    malformed,
    nm_file,
    no_view,
    setting,
    siemens_like,
    view_codes,
    without,
)
from Testing.library.scans import body_pair

install_scripted()
ANTERIOR, POSTERIOR = ViewName
PAIR = body_pair(SMALL)
OTHER_SERIES = {"SeriesInstanceUID": "1.2.3", "SOPInstanceUID": "1.2.3.1"}

VENDORS = {
    "standard codes": ([without("StartAngle")], EvidenceKind.VIEW_CODE),
    "older codes": (
        [view_codes(("G-5215", "SNM3", ""), ("G-5216", "SNM3", ""))],
        EvidenceKind.VIEW_CODE,
    ),
    "Siemens": ([siemens_like], EvidenceKind.VIEW_CODE),
    "GE": ([ge_like, genie_text(r"ANT\POST")], EvidenceKind.PRIVATE_TEXT),
    "GE, endings": ([ge_like, genie_text(r"WB_E\WB_F", 0x12)], EvidenceKind.PRIVATE_TEXT),
    "start angle": ([no_view, each_detector(StartAngle=["180", "0"])], EvidenceKind.START_ANGLE),
    "nothing but detectors": ([no_view], EvidenceKind.DETECTOR_NUMBER),
    "odd elsewhere": ([malformed(StudyDate="last week")], EvidenceKind.VIEW_CODE),
}


@pytest.fixture(autouse=True)
def database():
    install_dicom()
    return slicer.dicomDatabase


@pytest.fixture
def plugin(database):
    from DICOMPlanarScintigraphyPlugin import DICOMPlanarScintigraphyPluginClass

    return DICOMPlanarScintigraphyPluginClass()


def one_view(path, view, *edits):
    return nm_file(path, *edits, counts={view: PAIR[view]})


def offers(plugin):
    return plugin.examineForImport(slicer.dicomDatabase.seriesFiles())


def volume(view: str):
    nodes = slicer.util.getNodesByClass("vtkMRMLScalarVolumeNode")
    (found,) = [node for node in nodes if node.GetAttribute("BMLesionSeg.view") == view]
    return found


@pytest.mark.parametrize(("edits", "kind"), VENDORS.values(), ids=VENDORS)
def test_every_vendor_becomes_a_volume_a_view(tmp_path, database, plugin, edits, kind):
    from BMLesionSegMRML.volumes import evidenceOf, viewsOf

    database.addFile(nm_file(tmp_path / "scan.dcm", *edits))
    (anterior,) = loaded_by_default(plugin)
    views = viewsOf(anterior)
    assert list(views) == [ANTERIOR, POSTERIOR]
    for name, node in views.items():
        np.testing.assert_array_equal(slicer.util.arrayFromVolume(node), PAIR[name][np.newaxis])
        assert node.GetSpacing() == pytest.approx((*SMALL_SPACING, 1.0))
        assert evidenceOf(node).kind is kind
        assert node.GetDisplayNode().GetColorNodeID().endswith("InvertedGrey")


def test_the_list_says_how_each_view_was_known(tmp_path, database, plugin):
    database.addFile(nm_file(tmp_path / "scan.dcm"))
    (offer,) = offers(plugin)
    assert offer.tooltip.splitlines() == [
        "ANT view, known by view code 399321004",
        "POST view, known by view code 399001007",
    ]
    assert offer.name.endswith("ANT, POST")
    assert offer.selected
    assert not offer.warning


def test_assumed_views_warn(tmp_path, database, plugin):
    database.addFile(nm_file(tmp_path / "scan.dcm", no_view))
    (offer,) = offers(plugin)
    assert "assumed from the order of the detectors" in offer.warning
    assert "assumed, nothing in the file says the view" in offer.tooltip


def test_contradicting_views_warn(tmp_path, database, plugin):
    database.addFile(nm_file(tmp_path / "scan.dcm", each_detector(StartAngle=["0", "180"])))
    (offer,) = offers(plugin)
    assert "contradicts itself" in offer.warning


@pytest.mark.parametrize(
    ("kind", "confidence"), [("WHOLE BODY", 0.9), ("STATIC", 0.7)], ids=["whole body", "static"]
)
def test_confidence_is_above_the_stock_readers(tmp_path, database, plugin, kind, confidence):
    image_type = ["ORIGINAL", "PRIMARY", kind, "EMISSION"]
    database.addFile(nm_file(tmp_path / "scan.dcm", setting(ImageType=image_type)))
    (offer,) = offers(plugin)
    assert offer.confidence == confidence > 0.5


def test_study_holds_both_views(tmp_path, database, plugin):
    path = nm_file(tmp_path / "scan.dcm")
    database.addFile(path)
    loaded_by_default(plugin)
    hierarchy = slicer.mrmlScene.GetSubjectHierarchyNode()
    items = [hierarchy.GetItemByDataNode(volume(view)) for view in ViewName]
    (study,) = {hierarchy.GetItemParent(item) for item in items}
    uid = database.fileValue(str(path), "0020,000D")
    names = slicer.vtkMRMLSubjectHierarchyConstants
    assert hierarchy.GetItemUID(study, names.GetDICOMUIDName()) == uid
    assert hierarchy.GetItemLevel(study) == names.GetDICOMLevelStudy()
    assert volume("posterior").GetAttribute("BMLesionSeg.sourceFrame") == "2"


def test_two_files_of_one_series_are_one_offer(tmp_path, database, plugin):
    for view in ViewName:
        database.addFile(one_view(tmp_path / view, view))
    (offer,) = offers(plugin)
    assert len(offer.files) == 2
    loaded_by_default(plugin)
    assert volume("anterior").GetNodeReference("BMLesionSeg.otherView") is volume("posterior")


@pytest.mark.parametrize("first", list(ViewName))
def test_two_series_of_a_study_find_each_other(tmp_path, database, plugin, first):
    database.addFile(one_view(tmp_path / "a", first))
    database.addFile(one_view(tmp_path / "b", first.other, setting(**OTHER_SERIES)))
    assert len(offers(plugin)) == 2
    loaded_by_default(plugin)
    assert volume("anterior").GetNodeReference("BMLesionSeg.otherView") is volume("posterior")
    assert volume("posterior").GetNodeReference("BMLesionSeg.otherView") is volume("anterior")


@pytest.mark.parametrize(
    ("view", "edit"),
    [
        (POSTERIOR, setting(**OTHER_SERIES, StudyInstanceUID="1.2.9")),
        (ANTERIOR, setting(**OTHER_SERIES)),
    ],
    ids=["another study", "the same view"],
)
def test_strangers_stay_single(tmp_path, database, plugin, view, edit):
    database.addFile(one_view(tmp_path / "a", ANTERIOR))
    database.addFile(one_view(tmp_path / "b", view, edit))
    loaded_by_default(plugin)
    nodes = slicer.util.getNodesByClass("vtkMRMLScalarVolumeNode")
    assert len(nodes) == 2
    assert not any(node.GetNodeReference("BMLesionSeg.otherView") for node in nodes)


@pytest.mark.parametrize(
    "edit",
    [
        setting(Modality="CT", SOPClassUID="1.2.840.10008.5.1.4.1.1.2"),
        setting(ImageType=["ORIGINAL", "PRIMARY", "TOMO", "EMISSION"]),
        setting(ImageType=["ORIGINAL", "PRIMARY", "DYNAMIC", "EMISSION"]),
        setting(PixelSpacing=[3.6, 9.0]),
        without("PixelSpacing"),
    ],
    ids=["CT", "SPECT", "dynamic", "no whole body", "no pixel size"],
)
def test_other_images_are_left_to_other_plugins(tmp_path, database, plugin, edit):
    database.addFile(nm_file(tmp_path / "scan.dcm", edit))
    assert offers(plugin) == []


def test_a_damaged_file_is_refused_in_one_line_without_a_name(tmp_path, database, plugin, caplog):
    path = nm_file(tmp_path / f"{SECRET}.dcm")
    database.addFile(path)
    (offer,) = offers(plugin)
    path.write_bytes(path.read_bytes()[:-1000])
    with caplog.at_level(logging.ERROR):
        assert plugin.load(offer) is None
    (record,) = caplog.records
    assert "\n" not in record.getMessage()
    assert SECRET not in record.getMessage()
    assert slicer.util.getNodesByClass("vtkMRMLScalarVolumeNode") == []


def test_an_answer_is_remembered(tmp_path, database, plugin, monkeypatch):
    database.addFile(nm_file(tmp_path / "scan.dcm"))
    first = offers(plugin)
    monkeypatch.setattr(plugin, "examineFiles", None)
    assert offers(plugin) == first


def test_registered_and_hidden():
    from types import SimpleNamespace

    from DICOMPlanarScintigraphyPlugin import (
        DICOMPlanarScintigraphyPlugin,
        DICOMPlanarScintigraphyPluginClass,
    )

    parent = SimpleNamespace()
    DICOMPlanarScintigraphyPlugin(parent)
    assert parent.hidden
    assert slicer.modules.dicomPlugins == {
        "DICOMPlanarScintigraphyPlugin": DICOMPlanarScintigraphyPluginClass
    }
