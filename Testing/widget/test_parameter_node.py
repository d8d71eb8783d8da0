"""The bench's parameterNodeWrapper: typed, checked, stored in MRML, joined to widgets."""

import enum
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated

import pytest
import slicer


class Colour(enum.Enum):
    RED = 1
    BLUE = 2

    def label(self):
        return self.name.capitalize()


@pytest.fixture
def described(application):
    from slicer.parameterNodeWrapper import Choice, Default, WithinRange, parameterNodeWrapper

    @parameterNodeWrapper
    class Described:
        count: int = 3
        share: Annotated[float, WithinRange(0.0, 1.0), Default(0.5)]
        word: Annotated[str, Choice(["a", "b"])]
        flag: bool
        colour: Colour = Colour.BLUE
        place: Path
        volume: slicer.vtkMRMLScalarVolumeNode

    return Described(slicer.mrmlScene.AddNewNodeByClass("vtkMRMLScriptedModuleNode"))


def test_defaults(described):
    assert (described.count, described.share, described.word) == (3, 0.5, "a")
    assert (described.flag, described.colour) == (False, Colour.BLUE)
    assert (described.place, described.volume) == (Path(), None)


def test_values_live_in_the_mrml_node(described):
    volume = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLScalarVolumeNode")
    described.count, described.share, described.colour = 7, 0.25, Colour.RED
    described.place, described.volume, described.flag = Path("é"), volume, True
    again = type(described)(described.parameterNode)
    assert (again.count, again.share, again.colour) == (7, 0.25, Colour.RED)
    assert (again.place, again.volume, again.flag) == (Path("é"), volume, True)


@pytest.mark.parametrize(
    ("name", "value"), [("share", 1.5), ("share", float("nan")), ("word", "c")]
)
def test_what_is_not_allowed_is_refused(described, name, value):
    with pytest.raises(ValueError, match="is not"):
        setattr(described, name, value)


def test_a_node_of_another_kind_is_refused(described):
    node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLSegmentationNode")
    with pytest.raises(TypeError, match="vtkMRMLScalarVolumeNode"):
        described.volume = node


def test_widgets_follow_and_lead_until_disconnected(described):
    import ctk
    import qt

    box, slider = qt.QComboBox(), ctk.ctkSliderWidget()
    box.setProperty("SlicerParameterName", "colour")
    slider.setProperty("SlicerParameterName", "share")
    tag = described.connectGui(SimpleNamespace(box=box, slider=slider))
    assert [box.itemText(i) for i in range(box.count)] == ["Red", "Blue"]
    assert (box.currentIndex, slider.value) == (1, 0.5)
    box.currentIndex = 0
    slider.value = 0.75
    assert (described.colour, described.share) == (Colour.RED, 0.75)
    described.share = 0.125
    assert slider.value == pytest.approx(0.125, abs=0.01)
    described.disconnectGui(tag)
    slider.value = 0.9
    assert described.share == 0.125
    assert not described.parameterNode.HasObserver("ModifiedEvent")


def test_a_pair_that_slicer_does_not_join_is_refused(described):
    from PySide6.QtWidgets import QCheckBox

    box = QCheckBox()
    box.setProperty("SlicerParameterName", "share")
    with pytest.raises(RuntimeError, match="QCheckBox"):
        described.connectGui(SimpleNamespace(box=box))
