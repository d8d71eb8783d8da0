"""A run from outside: its states, and a scene that changes once or not at all."""

from dataclasses import replace

import numpy as np
import pytest
import slicer

from BMLesionSegLib.errors import BundleRefused, Cancelled, DeviceRefused, ViewsUnclear
from BMLesionSegLib.inference import Segmenter, devices
from BMLesionSegLib.scan import ViewName
from BMLesionSegMRML import run as run_file
from BMLesionSegMRML import sessions
from BMLesionSegMRML.run import RunState
from BMLesionSegMRML.segmentations import drawnView
from BMLesionSegMRML.volumes import addScan
from Testing.scene.scans_in_scene import small_scan

pytestmark = pytest.mark.usefixtures("quick_network")

ANTERIOR, POSTERIOR = ViewName.ANTERIOR, ViewName.POSTERIOR


@pytest.fixture
def nodes():
    return addScan(small_scan())


def scene_state():
    """Every node with its time of change; what a run may look at but not touch."""
    return {n.GetID(): n.GetMTime() for n in slicer.util.getNodesByClass("vtkMRMLNode")}


def drive(run):
    states = [run.state]
    run.changed.connect(lambda: states.append(run.state))
    while not run.finished:
        run.step()
    return states


def test_a_run_goes_through_its_states(logic, nodes, tiny_model):
    run = logic.start(*nodes.values(), device="cpu", modelPath=str(tiny_model))
    messages = []
    run.changed.connect(lambda: messages.append(run.message))
    states = list(dict.fromkeys(drive(run)))
    assert states == [
        RunState.IDLE,
        RunState.PREPARING,
        RunState.RUNNING,
        RunState.IMPORTING,
        RunState.DONE,
    ]
    assert messages[:3] == [
        "Loading PyTorch",
        "Loading the model",
        "Putting the model tiny to work",
    ]
    assert messages[3:5] == ["Preparing the scan", "Searching 14 tiles"]
    # 14 tiles in batches of 2, before them preparing and cutting.
    assert (run.done, run.total) == (8, 9)
    assert {"torch", "model", "device", "prepare", "network", "import"} <= set(run.seconds)
    assert run.device.startswith("CPU")
    assert sorted(run.segmentations) == ["anterior", "posterior"]


def test_both_ways_in_give_what_the_library_gives(logic, nodes, tiny_model):
    expected = Segmenter(tiny_model, "cpu").segment(small_scan(), 0.45)
    segmented = logic.segment(
        *nodes.values(), device="cpu", modelPath=str(tiny_model), threshold=0.45
    )
    assert sum(len(result.lesions.lesions) for result in expected.views) > 0
    for result in expected.views:
        labels = drawnView(segmented[result.view.name]).labels
        np.testing.assert_array_equal(labels, result.lesions.labels)


@pytest.mark.parametrize(
    ("batch", "views"),
    [
        (1, (ANTERIOR, POSTERIOR)),
        (2, (ANTERIOR, POSTERIOR)),
        (14, (ANTERIOR, POSTERIOR)),
        (2, (ANTERIOR,)),
        (14, (POSTERIOR,)),
    ],
)
def test_cancelled_at_any_step_it_leaves_the_scene_alone(
    logic, tiny_model, monkeypatch, batch, views
):
    monkeypatch.setattr(devices, "CPU_BATCH", batch)
    scan = small_scan()
    nodes = addScan(type(scan)(tuple(v for v in scan if v.name in views), scan.name))
    before = scene_state()
    for steps in range(100):
        run = logic.start(
            nodes.get(ANTERIOR), nodes.get(POSTERIOR), device="cpu", modelPath=str(tiny_model)
        )
        for _ in range(steps):
            run.step()
        if run.finished:
            break
        assert scene_state() == before
        run.cancel()
        run.step()
        assert run.state is RunState.CANCELLED
        assert scene_state() == before
    tiles = 7 * len(views)
    # Three stages of loading, two steps around the batches, importing, and none after the last.
    assert steps == 3 + 2 + -(-tiles // batch) + 2
    assert run.state is RunState.DONE


def test_a_script_cancels_by_its_answer(logic, nodes, tiny_model):
    before, seen = scene_state(), []
    with pytest.raises(Cancelled):
        logic.segment(
            *nodes.values(),
            device="cpu",
            modelPath=str(tiny_model),
            progress=seen.append,
            cancelled=lambda: len(seen) == 5,
        )
    assert scene_state() == before


def test_a_listener_may_cancel(logic, nodes, tiny_model):
    run = logic.start(*nodes.values(), device="cpu", modelPath=str(tiny_model))
    run.changed.connect(lambda: run.cancel() if run.state is RunState.RUNNING else None)
    assert drive(run)[-1] is RunState.CANCELLED


STAGES = {
    "torch": (run_file.Run, "_importTorch"),
    "model": (sessions.Models, "bundle"),
    "device": (sessions.Models, "segmenter"),
    "search": (Segmenter, "steps"),
    "measure": (Segmenter, "_measure"),
    "import": (run_file, "putIntoScene"),
}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("error", [BundleRefused("a", "b", "c"), RuntimeError("boom, /home/x")])
def test_a_failure_at_any_stage_leaves_the_scene_alone(
    logic, nodes, tiny_model, monkeypatch, stage, error, caplog
):
    def failing(*_arguments, **_named):
        raise error

    monkeypatch.setattr(*STAGES[stage], failing)
    before = scene_state()
    run = logic.start(*nodes.values(), device="cpu", modelPath=str(tiny_model))
    assert drive(run)[-1] is RunState.FAILED
    assert run.error is error
    assert "boom" not in run.message
    assert run.segmentations == {}
    assert scene_state() == before


def test_a_script_gets_the_error_itself(logic, nodes, tmp_path):
    with pytest.raises(BundleRefused):
        logic.segment(*nodes.values(), modelPath=str(tmp_path / "none"))


def test_a_script_gets_a_sentence_for_the_unforeseen(logic, nodes, tiny_model, monkeypatch, caplog):
    monkeypatch.setattr(Segmenter, "_measure", lambda *_: 1 / 0)
    with pytest.raises(RuntimeError, match="not foreseen"):
        logic.segment(*nodes.values(), device="cpu", modelPath=str(tiny_model))


def test_closing_the_scene_cancels(logic, nodes, tiny_model):
    run = logic.start(*nodes.values(), device="cpu", modelPath=str(tiny_model))
    for _ in range(6):
        run.step()
    slicer.mrmlScene.Clear(0)
    assert run.state is RunState.CANCELLED
    assert slicer.util.getNodesByClass("vtkMRMLSegmentationNode") == []


def test_closing_the_scene_out_of_a_step_cancels(logic, nodes, tiny_model):
    run = logic.start(*nodes.values(), device="cpu", modelPath=str(tiny_model))

    def close_once():
        if run.state is RunState.RUNNING and run.done == 3:
            slicer.mrmlScene.Clear(0)

    run.changed.connect(close_once)
    assert drive(run)[-1] is RunState.CANCELLED


def test_a_view_that_is_removed_meanwhile_ends_the_run(logic, nodes, tiny_model):
    run = logic.start(*nodes.values(), device="cpu", modelPath=str(tiny_model))
    for _ in range(6):
        run.step()
    slicer.mrmlScene.RemoveNode(nodes[POSTERIOR])
    drive(run)
    assert isinstance(run.error, ViewsUnclear)
    assert slicer.util.getNodesByClass("vtkMRMLSegmentationNode") == []


def test_one_run_at_a_time(logic, nodes, tiny_model):
    run = logic.start(*nodes.values(), device="cpu", modelPath=str(tiny_model))
    with pytest.raises(DeviceRefused, match="one run"):
        logic.start(*nodes.values())
    run.cancel()
    run.step()
    logic.start(*nodes.values())


def test_the_second_run_does_not_load_the_model_again(logic, nodes, tiny_model, monkeypatch):
    logic.segment(*nodes.values(), device="cpu", modelPath=str(tiny_model))
    monkeypatch.setattr(Segmenter, "__init__", lambda *_: pytest.fail("loaded again"))
    logic.segment(*nodes.values(), device="cpu", modelPath=str(tiny_model))


def test_a_device_that_gave_up_is_tried_anew(logic, nodes, tiny_model):
    """So that the panel, which names the device before the run, is right."""
    logic.segment(*nodes.values(), device="cpu", modelPath=str(tiny_model))
    network = logic._sessions._models._segmenter._network
    network.device = replace(network.device, text="what it fell back to")
    run = logic.start(*nodes.values(), device="cpu", modelPath=str(tiny_model))
    logic._sessions.finish(run, None, None)
    assert run.device.startswith("CPU (")


class FakeDependencies:
    def __init__(self, agrees):
        self.agrees, self.asked, self.installed = agrees, 0, False

    def torchVersion(self):  # noqa: N802
        return "2.12.0" if self.installed else None

    def installTorch(self):  # noqa: N802
        self.asked += 1
        self.installed = self.agrees
        return self.agrees


def logic_with(dependencies):
    from BMLesionSeg import BMLesionSegLogic

    return BMLesionSegLogic(dependencies)


def test_torch_is_asked_for_when_it_is_needed(nodes, tiny_model):
    dependencies = FakeDependencies(agrees=True)
    logic = logic_with(dependencies)
    assert dependencies.asked == 0
    logic.segment(*nodes.values(), device="cpu", modelPath=str(tiny_model))
    logic.segment(*nodes.values(), device="cpu", modelPath=str(tiny_model))
    assert dependencies.asked == 1
    logic.close()


def test_torch_that_was_declined_is_not_asked_for_again(nodes, tiny_model):
    dependencies = FakeDependencies(agrees=False)
    logic = logic_with(dependencies)
    before = scene_state()
    for _ in range(2):
        with pytest.raises(DeviceRefused, match="declined"):
            logic.segment(*nodes.values(), device="cpu", modelPath=str(tiny_model))
    assert dependencies.asked == 1
    assert scene_state() == before
    dependencies.installed = True
    logic.segment(*nodes.values(), device="cpu", modelPath=str(tiny_model))
    logic.close()


def test_slicer_s_own_door(monkeypatch):
    import sys
    from types import SimpleNamespace

    from BMLesionSegMRML.torch_door import SlicerDependencies

    door, calls = SlicerDependencies(), []
    monkeypatch.setitem(sys.modules, "PyTorchUtils", None)
    with pytest.raises(DeviceRefused, match="PyTorch extension"):
        door.installTorch()

    class Utils:
        def installTorch(self, **named):  # noqa: N802
            calls.append(named)

    monkeypatch.setitem(sys.modules, "PyTorchUtils", SimpleNamespace(PyTorchUtilsLogic=Utils))
    assert not door.installTorch()
    assert calls == [{"askConfirmation": True, "torchVersionRequirement": ">=2.2,<2.13"}]
    assert door.torchVersion()
