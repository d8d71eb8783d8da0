"""Opening a scan, and checking its views before it is segmented."""

import numpy as np
import pytest
import slicer
from PIL import Image

from BMLesionSegLib.scan import ViewName
from Testing.library.scans import body_counts


def counts(user, view):
    return slicer.util.arrayFromVolume(user.window.widget.panel.volumes()[view])[0]


def test_a_dicom_file_opens_as_two_views(user, scan_file):
    user.open(scan_file)
    assert list(user.window.widget.panel.volumes()) == list(ViewName)
    said = user.window.ui.evidenceLabel.text
    assert said == "ANT POST: known by the file's view code"
    assert user.window.ui.deviceLabel.text.startswith("CPU")


def test_swap_and_turn_before_segmenting(user, scan_file):
    user.open(scan_file)
    anterior = counts(user, ViewName.ANTERIOR).copy()
    user.click(user.window.ui.swapButton)
    assert (counts(user, ViewName.POSTERIOR) == anterior).all()
    assert user.window.ui.evidenceLabel.text == "ANT POST: known by your choice"
    user.click(user.window.ui.flipButton)
    assert (counts(user, ViewName.POSTERIOR) == np.rot90(anterior, 2)).all()
    user.click(user.window.ui.flipButton)
    user.segment()
    for name in ("swapButton", "flipButton", "mirrorAnteriorButton", "mirrorPosteriorButton"):
        button = getattr(user.window.ui, name)
        assert not button.isEnabled()
        assert button.toolTip.startswith("The scan is segmented already")


@pytest.mark.parametrize("view", list(ViewName))
def test_a_mirror_image_is_put_right_and_leaves_without_dicom(user, scan_file, tmp_path, view):
    ui = user.window.ui
    buttons = {
        ViewName.ANTERIOR: ui.mirrorAnteriorButton,
        ViewName.POSTERIOR: ui.mirrorPosteriorButton,
    }
    user.open(scan_file)
    before = {name: counts(user, name).copy() for name in ViewName}
    user.click(buttons[view])
    assert (counts(user, view) == before[view][:, ::-1]).all()
    assert (counts(user, view.other) == before[view.other]).all()
    assert ui.statusLabel.text == "A mirrored view is exported without DICOM objects."
    user.click(buttons[view])
    assert (counts(user, view) == before[view]).all()
    assert ui.statusLabel.text == ""
    user.click(buttons[view])
    user.segment()
    user.click(ui.exportButton, tmp_path / "out")
    written = {path.suffix for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert ".nrrd" in written
    assert ".dcm" not in written


def test_of_one_view_only_that_one_can_be_mirrored(user, scan_file):
    user.open(scan_file)
    user.window.ui.posteriorSelector.setCurrentNode(None)
    user.window.widget.panel.parameters.anteriorVolume.SetNodeReferenceID(
        "BMLesionSeg.otherView", None
    )
    user.wait()
    assert user.window.ui.mirrorAnteriorButton.isEnabled()
    assert not user.window.ui.mirrorPosteriorButton.isEnabled()


def test_a_picture_is_asked_which_view_it_shows(user, tmp_path):
    picture = tmp_path / "bild ö.png"
    Image.fromarray(np.minimum(body_counts(), 255).astype(np.uint8)).save(picture)
    user.click(user.window.ui.openButton, [picture], 1)
    assert list(user.window.widget.panel.volumes()) == [ViewName.POSTERIOR]


@pytest.mark.parametrize("content", [b"", b"no scan"])
def test_what_is_no_scan_is_one_sentence_and_no_node(user, tmp_path, content):
    file = tmp_path / "x.dcm"
    file.write_bytes(content)
    user.open(file)
    assert user.window.ui.statusLabel.text == "This file cannot be read as a bone scan."
    assert str(tmp_path) not in user.window.ui.statusLabel.toolTip
    assert slicer.util.getNodesByClass("vtkMRMLVolumeNode") == []


def test_cancelling_the_dialog_changes_nothing(user):
    user.click(user.window.ui.openButton, [])
    assert user.window.widget.panel.volumes() == {}


def test_slicers_own_volume_becomes_our_pair(user):
    frames = np.stack([body_counts(view) for view in ViewName])
    node = slicer.util.addVolumeFromArray(frames, name="stock")
    user.window.ui.anteriorSelector.setCurrentNode(node)
    user.wait()
    assert list(user.window.widget.panel.volumes()) == list(ViewName)
    assert (counts(user, ViewName.POSTERIOR) == frames[1]).all()
    assert "assumed, please check" in user.window.ui.evidenceLabel.text


def test_through_the_dicom_database_where_there_is_one(user, scan_file, monkeypatch):
    from Testing.bench.dicom.install import install_dicom

    install_dicom()
    from DICOMPlanarScintigraphyPlugin import DICOMPlanarScintigraphyPluginClass as Plugin

    plugins = {"DICOMPlanarScintigraphyPlugin": Plugin}
    monkeypatch.setattr(slicer.modules, "dicomPlugins", plugins, raising=False)
    user.open(scan_file)
    assert slicer.dicomDatabase.seriesFiles() == [[str(scan_file)]]
    assert list(user.window.widget.panel.volumes()) == list(ViewName)
    del slicer.dicomDatabase
