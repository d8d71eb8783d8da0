"""The data probe prints the patient's name in the corners; not while our layout is shown."""

import pytest
import slicer

from Testing.bench.views.data_probe import data_probe
from Testing.scene.layout.pictures import SIZE, pictures


@pytest.fixture
def probe(manager, monkeypatch):
    made = data_probe(manager)
    monkeypatch.setattr(slicer.modules, "DataProbeInstance", made, raising=False)
    made.infoWidget.sliceAnnotations.updateSliceViewFromGUI()
    yield made.infoWidget.sliceAnnotations
    made.infoWidget.sliceAnnotations.close()


def corners(manager):
    """Dark pixels in the upper left corner of each view."""
    corner = slice(SIZE[1] // 20), slice(SIZE[0] // 4)
    return [(picture[corner][..., 0] < 128).sum() for picture in pictures(manager)]


@pytest.mark.parametrize("dual", [False, True])
def test_no_name_in_our_views(manager, probe, layout, volumes, dual):
    layout.setDualIntensity(dual)
    layout.show(volumes)
    probe.mouse_moves()
    assert corners(manager) == [0] * (4 if dual else 2)


def test_the_check_sees_a_name(manager, probe, layout, volumes):
    layout.show(volumes)
    probe.sliceViewAnnotationsEnabled = True
    probe.mouse_moves()
    assert min(corners(manager)) > 20


def test_the_users_own_views_have_their_texts_again(probe, layout, volumes):
    layout.show(volumes)
    assert not probe.sliceViewAnnotationsEnabled
    layout.restore()
    assert probe.sliceViewAnnotationsEnabled


def test_what_the_user_switched_off_stays_off(probe, layout, volumes):
    probe.sliceViewAnnotationsEnabled = False
    layout.show(volumes)
    layout.restore()
    assert not probe.sliceViewAnnotationsEnabled


def test_what_the_user_switches_on_meanwhile_stays_on(probe, layout, volumes):
    layout.show(volumes)
    probe.sliceViewAnnotationsEnabled = True
    layout.setDualIntensity(True)
    assert probe.sliceViewAnnotationsEnabled
