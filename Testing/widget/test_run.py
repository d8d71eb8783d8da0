"""One run at a time, cancelled or failed anywhere: the scene is then as it was, and says why."""

import sys

import numpy as np
import pytest
import slicer

from BMLesionSegLib.errors import DeviceRefused
from BMLesionSegLib.inference import devices
from BMLesionSegLib.inference.prediction import TileNetwork
from BMLesionSegLib.quality import FlagKind, QualityFlag, QualityReport
from BMLesionSegLib.scan import BoneScan, ViewName
from Testing.library.pointwise import BOTH_VIEWS, PointwiseBundle, PointwisePair
from Testing.library.scans import SPACING, body_pair, scan_of
from Testing.library.tiny_model import write_tiny_model
from Testing.widget.spotted_scan import FINDINGS, spotted_counts


def add_scan(views=tuple(ViewName)) -> dict:
    return added(scan_of(spotted_counts(), SPACING), views)


def added(whole, views) -> dict:
    from BMLesionSegMRML.volumes import addScan

    return addScan(BoneScan(tuple(view for view in whole if view.name in views), "spotted"))


def nodes() -> set[str]:
    """Of everything that a run could add; display nodes and views are the display's own."""
    kinds = ("vtkMRMLVolumeNode", "vtkMRMLSegmentationNode", "vtkMRMLScriptedModuleNode")
    return {node.GetID() for kind in kinds for node in slicer.util.getNodesByClass(kind)}


@pytest.mark.parametrize("sides", [tuple(ViewName), (ViewName.POSTERIOR,)])
@pytest.mark.parametrize("batch", [1, 2, 14])
def test_cancel_before_every_step(user, monkeypatch, batch, sides):
    monkeypatch.setattr(devices, "CPU_BATCH", batch)
    panel, ui = user.window.widget.panel, user.window.ui
    panel.chooseVolumes(add_scan(sides))
    user.wait()
    before = nodes()
    steps = 0
    while cancelled_at(user, steps):
        assert ui.statusLabel.text == "Cancelled; nothing was changed."
        assert nodes() == before
        assert ui.segmentButton.text == "Segment metastases"
        assert not ui.progressBar.isVisible()
        assert panel.review is None
        steps += 1
    tiles = 7 * len(sides)
    # Torch, model, device; preparing, cutting, a batch each; importing.
    assert steps == 3 + 2 + -(-tiles // batch) + 1
    assert ui.statusLabel.text == "Done."
    assert nodes() > before


def cancelled_at(user, step):
    """Run, press Cancel when this step is announced; whether the run came to that step."""
    panel, ui = user.window.widget.panel, user.window.ui
    announced = []

    def cancel():
        announced.append(ui.segmentButton.text)
        if len(announced) == step + 1 and panel.isRunning():
            ui.segmentButton.click()

    start = panel.logic.start

    def start_watched(*arguments, **named):
        run = start(*arguments, **named)
        run.changed.connect(cancel)
        return run

    panel.logic.start = start_watched
    user.segment()
    panel.logic.start = start
    return len(announced) > step + 1 or "Cancelled" in ui.statusLabel.text


FAILURES = {
    "torch": ("BMLesionSegMRML.run", "Run._importTorch"),
    "model": ("BMLesionSegMRML.models", "Models.bundle"),
    "device": ("BMLesionSegMRML.models", "Models.segmenter"),
    "prepare": ("BMLesionSegLib.inference.segmenter", "prepare"),
    "cutting": ("BMLesionSegLib.inference.segmenter", "cut"),
    "network": ("BMLesionSegLib.inference.prediction", "TileNetwork._forward"),
    "stitching": ("BMLesionSegLib.inference.segmenter", "stitch"),
    "lesions": ("BMLesionSegLib.inference.segmenter", "find_lesions"),
    "quality": ("BMLesionSegLib.inference.segmenter", "assess"),
    "import": ("BMLesionSegMRML.run", "putIntoScene"),
}


@pytest.mark.parametrize("stage", FAILURES)
def test_a_failure_at_any_stage_is_one_sentence(user, monkeypatch, stage):
    panel, ui = user.window.widget.panel, user.window.ui
    panel.chooseVolumes(add_scan())
    user.wait()
    before = nodes()
    foreseen = DeviceRefused("memory suffices", "it ran out", "Close other programs.")
    sentences = {
        foreseen: "This device cannot do the work: choose Automatic or CPU.",
        OSError("disk"): "This did not work; the details are in the tooltip.",
    }
    for error, sentence in sentences.items():
        with monkeypatch.context() as patch:
            break_stage(patch, stage, error)
            user.segment()
        assert ui.statusLabel.text == sentence
        assert ui.statusLabel.toolTip == str(error)
        assert nodes() == before
        assert ui.segmentButton.isEnabled()


def break_stage(patch, stage, error):
    """Let this stage raise this error."""
    module, name = FAILURES[stage]

    def fail(*_arguments, **_named):
        raise error

    *owners, last = name.split(".")
    target = sys.modules[module]
    for owner in owners:
        target = getattr(target, owner)
    patch.setattr(target, last, fail)


def test_scene_closed_in_mid_run(user):
    panel, ui = user.window.widget.panel, user.window.ui
    panel.chooseVolumes(add_scan())
    user.wait()
    user.click(ui.segmentButton)
    panel.run._step()
    assert panel.isRunning()
    slicer.mrmlScene.Clear(0)
    user.wait()
    assert not panel.isRunning()
    assert panel.volumes() == {}
    assert ui.segmentButton.text == "Segment metastases"
    assert not ui.segmentButton.isEnabled()
    assert slicer.util.getNodesByClass("vtkMRMLSegmentationNode") == []


def test_the_module_is_reloaded_in_mid_run(user, scan_file):
    panel = user.window.widget.panel
    panel.chooseVolumes(add_scan())
    user.wait()
    user.click(user.window.ui.segmentButton)
    panel.run._step()
    old = user.window.widget
    user.window.reload()
    user.wait()
    assert not panel.isRunning()
    assert user.window.widget is not old
    assert type(user.window.widget.panel) is not type(panel)
    # The scene, and with it the choice of the scan, outlives the reload.
    assert len(user.window.widget.panel.volumes()) == 2
    user.window.widget.enter()
    user.wait()
    user.click(user.window.ui.segmentButton)
    user.click(user.window.ui.segmentButton)
    user.wait_for_run()
    assert user.window.ui.statusLabel.text == "Cancelled; nothing was changed."


def test_two_scans_in_turn_keep_their_findings(user):
    panel, ui = user.window.widget.panel, user.window.ui
    first, second = add_scan(), add_scan((ViewName.POSTERIOR,))
    panel.chooseVolumes(first)
    user.wait()
    user.segment()
    assert ui.findingsTable.rowCount == FINDINGS
    panel.chooseVolumes(second)
    user.wait()
    assert ui.findingsTable.rowCount == 0
    assert ui.headlineLabel.text == "Not segmented yet."
    user.segment()
    assert ui.findingsTable.rowCount == 7
    panel.chooseVolumes(first)
    user.wait()
    assert ui.findingsTable.rowCount == FINDINGS
    assert ui.statusLabel.text == ""


def test_a_second_run_leaves_a_reviewed_segmentation(user):
    panel = user.window.widget.panel
    panel.chooseVolumes(add_scan())
    user.wait()
    user.segment()
    reviewed = dict(panel.review.segmentations)
    user.key("A")
    user.segment()
    said = user.window.ui.statusLabel
    assert said.text == "Done. The result that you worked on stays in the scene."
    assert said.toolTip.split("\n") == [node.GetName() for node in reviewed.values()]
    assert len(slicer.util.getNodesByClass("vtkMRMLSegmentationNode")) == 4
    assert all(panel.review.segmentations[view] is not reviewed[view] for view in reviewed)
    assert {row.status.value for row in panel.review.rows()} == {"unreviewed"}
    # Whoever wants the reviewed one back removes the new one.
    for node in list(panel.review.segmentations.values()):
        slicer.mrmlScene.RemoveNode(node)
    user.window.widget.enter()
    user.wait()
    assert panel.review.segmentations == reviewed
    assert panel.review.rows()[0].status.value == "metastasis"


def test_a_second_run_replaces_an_untouched_one(user):
    panel = user.window.widget.panel
    panel.chooseVolumes(add_scan())
    user.wait()
    user.segment()
    user.segment()
    assert user.window.ui.statusLabel.text == "Done."
    assert len(slicer.util.getNodesByClass("vtkMRMLSegmentationNode")) == 2
    assert len(panel.review.rows()) == FINDINGS


def test_an_altered_model_is_refused_before_the_run(user, tmp_path):
    panel, ui = user.window.widget.panel, user.window.ui
    panel.chooseVolumes(add_scan())
    user.wait()
    (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
    user.click(ui.modelButton, tmp_path / "manifest.json")
    assert ui.modelLabel.text == "The model is missing, incomplete or altered: choose another."
    assert not ui.segmentButton.isEnabled()
    assert ui.segmentButton.toolTip == "Choose a model first."


@pytest.mark.parametrize("folder", ["model", "Modell größe 模型"])
def test_a_model_of_the_users_own_is_verified_and_named(user, tmp_path, folder):
    panel, ui = user.window.widget.panel, user.window.ui
    panel.chooseVolumes(add_scan())
    user.wait()
    write_tiny_model(tmp_path / folder)
    user.click(ui.modelButton, tmp_path / folder / "manifest.json")
    assert ui.modelLabel.text == "tiny 1.0.0, verified"
    assert panel.parameters.modelFolder == str(tmp_path / folder)
    user.click(ui.modelButton, "")
    assert panel.parameters.modelFolder == str(tmp_path / folder), "Cancel changes nothing"
    assert ui.segmentButton.isEnabled()


def test_the_device_that_computes_is_said_and_one_that_is_not_there_refused(user):
    panel, ui = user.window.widget.panel, user.window.ui
    panel.chooseVolumes(add_scan())
    ui.advancedBox.collapsed = False
    user.wait()
    texts = [ui.deviceSelector.itemText(place) for place in range(ui.deviceSelector.count)]
    assert texts == ["Automatic", "CPU", "NVIDIA GPU", "Apple GPU"]
    ui.deviceSelector.currentIndex = texts.index("CPU")
    user.wait()
    assert ui.deviceLabel.text.startswith("CPU (threads: ")
    ui.deviceSelector.currentIndex = texts.index("Apple GPU")
    user.wait()
    refused = "This device cannot do the work: choose Automatic or CPU."
    assert ui.deviceLabel.text == refused
    user.segment()
    assert ui.statusLabel.text == refused
    assert panel.review is None


class DeclinedTorch:
    """A user who does not want PyTorch, or has no PyTorch extension."""

    def __init__(self):
        self.asked = 0

    def torchVersion(self):  # noqa: N802
        return None

    def installTorch(self):  # noqa: N802
        self.asked += 1
        return False


def test_without_torch_it_is_asked_for_once_and_the_way_out_said(user):
    panel, ui = user.window.widget.panel, user.window.ui
    declined = DeclinedTorch()
    panel.logic._sessions._door._dependencies = declined
    panel.chooseVolumes(add_scan())
    user.wait()
    assert ui.deviceLabel.text == "PyTorch is missing; you are asked before it is installed."
    assert declined.asked == 0
    before = nodes()
    for _ in range(2):
        user.segment()
        said = "PyTorch is missing: install it by the extension PyTorch, then try again."
        assert ui.statusLabel.text == said
        assert nodes() == before
    assert declined.asked == 1


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ((), "None found, not a normal scan."),
        ((FlagKind.VIEW_ASSUMED, False), "None found, not a normal scan."),
        ((FlagKind.DIFFUSE_AXIAL, True), "No statement possible: diffuse axial uptake"),
    ],
)
def test_nothing_found_is_never_a_normal_scan(user, monkeypatch, flags, said):
    panel = user.window.widget.panel
    report = [QualityFlag(flags[0], None, "seen", flags[1])] if flags else []
    monkeypatch.setattr(
        sys.modules["BMLesionSegMRML.review"], "assess", lambda *_: QualityReport((*report,), {})
    )
    quiet = {view: np.minimum(counts, 40) for view, counts in body_pair().items()}
    panel.chooseVolumes(added(scan_of(quiet, SPACING), tuple(ViewName)))
    user.wait()
    user.segment()
    assert panel.review.rows() == []
    assert user.window.ui.headlineLabel.text == said


def test_a_fall_back_is_said(user, monkeypatch):
    """Memory for one tile at a time only."""
    panel, ui = user.window.widget.panel, user.window.ui
    forward = TileNetwork._forward

    def narrow(network, tiles):
        if len(tiles) > 1:
            raise RuntimeError("out of memory")
        return forward(network, tiles)

    monkeypatch.setattr(TileNetwork, "_forward", narrow)
    panel.chooseVolumes(add_scan())
    user.wait()
    user.segment()
    assert ui.statusLabel.text.startswith("Done. A fall-back was needed; computed on CPU (")
    assert ui.statusLabel.toolTip == "Memory ran out: 1 at a time."
    assert ui.findingsTable.rowCount == FINDINGS


@pytest.mark.parametrize("sides", [tuple(ViewName), (ViewName.POSTERIOR,)])
def test_a_view_that_is_searched_without_the_other_one_is_said(user, monkeypatch, sides):
    from BMLesionSegMRML.models import Models

    pair = PointwiseBundle(manifest=BOTH_VIEWS, module=PointwisePair())
    monkeypatch.setattr(Models, "bundle", lambda _self, _path: pair)
    panel, ui = user.window.widget.panel, user.window.ui
    panel.chooseVolumes(add_scan(sides))
    user.wait()
    user.segment()
    one = " One view came: it was searched without the other one."
    assert ui.statusLabel.text == "Done." + (one if len(sides) == 1 else "")


def test_progress_and_announcements(user):
    ui = user.window.ui
    user.window.widget.panel.chooseVolumes(add_scan())
    user.wait()
    said = []
    user.click(ui.segmentButton)
    user.wait_for_run(lambda: said.append(ui.statusLabel.text))
    assert ui.progressBar.maximum >= 9
    assert said[-1].startswith("Done")
    assert any(text.startswith("Searching: step ") for text in said)
