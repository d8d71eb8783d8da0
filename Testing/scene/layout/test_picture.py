"""What a reader sees, pixel by pixel: scan, paper, letters, contours."""

import numpy as np
import pytest

from BMLesionSegMRML.slice_plane import pixelToRas, rasToScreen
from BMLesionSegMRML.view_slots import MAIN_SLOTS
from Testing.scene.layout.pictures import (
    ANT,
    SIZE,
    SPOT,
    lesion,
    node,
    orange,
    pictures,
    resized,
    sampled,
)


@pytest.mark.parametrize("slot", MAIN_SLOTS, ids=["anterior", "posterior"])
def test_upright_as_acquired_and_inverted_grey(manager, layout, volumes, slot):
    layout.show(volumes)
    picture = pictures(manager)[MAIN_SLOTS.index(slot)]
    greys, counts = sampled(slot, volumes[slot.viewName], picture)
    assert np.corrcoef(greys, counts)[0, 1] < -0.8
    # Head up: the first rows of the view hold the head, the last the feet's empty margin.
    x, y = rasToScreen(node(slot), pixelToRas(volumes[slot.viewName], 0, 0))
    assert y > SIZE[1] / 2
    assert x < SIZE[0] / 2, "the first column is at the left of the screen, in both views"


def test_hot_rib_of_the_patients_right(manager, layout, volumes):
    """Screen-left in the anterior view, screen-right in the posterior one."""
    layout.show(volumes)
    layout.setUpperLevel(None, 150)
    for picture, expected in zip(pictures(manager), ("left", "right"), strict=True):
        dark = picture[:, SIZE[0] // 20 : -SIZE[0] // 20, 0] < 100
        dark[SIZE[1] * 45 // 100 : SIZE[1] * 55 // 100] = False  # letters
        dark[SIZE[1] * 90 // 100 :] = False  # the view's name
        columns = np.nonzero(dark)[1] + SIZE[0] // 20
        assert len(columns) > 10
        assert ("left" if np.median(columns) < SIZE[0] / 2 else "right") == expected


def test_paper_is_white_around_the_scan(manager, layout, volumes):
    layout.show(volumes)
    for picture in pictures(manager):
        assert picture[2, 2].tolist() == [255, 255, 255]
        assert picture[-3, -3].min() > 240


def test_letters_and_names(manager, layout, volumes):
    layout.show(volumes)
    resized(manager)
    expected = [("R", "L", "ANT"), ("L", "R", "POST")]
    for widget, words in zip(manager.shown(), expected, strict=True):
        view = widget.sliceView()
        renderer = view.renderWindow().GetRenderers().GetFirstRenderer()
        actors = renderer.GetViewProps()
        found = [actors.GetItemAsObject(index) for index in range(actors.GetNumberOfItems())]
        texts = [actor for actor in found if actor.IsA("vtkTextActor")]
        assert tuple(actor.GetInput() for actor in texts) == words
        with_letters = view.picture().astype(int)
        for actor in texts:
            actor.SetVisibility(False)
        drawn = np.abs(with_letters - view.picture()).max(axis=2) > 60
        middle = slice(SIZE[1] * 2 // 5, SIZE[1] * 3 // 5)
        assert drawn[middle, : SIZE[0] // 5].any()
        assert drawn[middle, -SIZE[0] // 5 :].any()
        assert drawn[-SIZE[1] // 10 :].any()


@pytest.mark.parametrize("own", ["anterior", "posterior"])
def test_contours_only_in_their_own_view(manager, layout, volumes, own):
    layout.show(volumes, {own: lesion(volumes[own])})
    for slot, picture in zip(MAIN_SLOTS, pictures(manager), strict=True):
        assert orange(picture).any() == (slot.viewName == own)


def test_a_contour_is_a_line_at_its_place(manager, layout, volumes):
    layout.show(volumes, {"anterior": lesion(volumes["anterior"])})
    picture = pictures(manager)[0]
    rows, _ = np.nonzero(orange(picture))
    for row, column, edge in ((SPOT[0].start, 34, "min"), (SPOT[0].stop, 34, "max")):
        _, y = rasToScreen(node(ANT), pixelToRas(volumes["anterior"], row - 0.5, column))
        assert getattr(rows, edge)() == pytest.approx(SIZE[1] - y, abs=3)
    x, y = rasToScreen(node(ANT), pixelToRas(volumes["anterior"], 156, 34))
    assert not orange(picture)[int(SIZE[1] - y), int(x)], "nothing fills the lesion"


def test_hidden_contours_and_shown_again(manager, layout, volumes):
    layout.show(volumes, {"anterior": lesion(volumes["anterior"])})
    layout.setContoursVisible(False)
    assert not orange(pictures(manager)[0]).any()
    layout.setContoursVisible(True)
    assert orange(pictures(manager)[0]).any()


def test_leaving_lets_contours_be_drawn_everywhere_again(layout, volumes):
    segmentation = lesion(volumes["anterior"])
    layout.show(volumes, {"anterior": segmentation})
    assert segmentation.GetDisplayNode().GetNumberOfViewNodeIDs() == 1
    layout.restore()
    assert segmentation.GetDisplayNode().GetNumberOfViewNodeIDs() == 0
