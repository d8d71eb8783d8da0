"""Pointing at a finding."""

import numpy as np
import pytest

from BMLesionSegMRML.slice_plane import pixelToRas, rasToScreen
from Testing.scene.layout.pictures import ANT, SIZE, blue, lesion, node, pictures, resized


def test_halo_rings_the_lesion_and_marks_its_row_in_the_other_view(manager, layout, volumes):
    layout.show(volumes, {"anterior": lesion(volumes["anterior"])})
    assert not any(blue(picture).any() for picture in pictures(manager))
    field = node(ANT).GetFieldOfView()
    layout.halo({"anterior": "spot"})
    ring, line = map(blue, pictures(manager))
    x, y = rasToScreen(node(ANT), pixelToRas(volumes["anterior"], 155.5, 33.5))
    rows, columns = np.nonzero(ring)
    assert (rows.min() + rows.max()) / 2 == pytest.approx(SIZE[1] - y, abs=2)
    assert (columns.min() + columns.max()) / 2 == pytest.approx(x, abs=2)
    assert not ring[int(SIZE[1] - y), int(x)]
    line_rows, line_columns = np.nonzero(line)
    assert line_rows.mean() == pytest.approx(SIZE[1] - y, abs=2)
    assert len(set(line_columns)) > 0.95 * SIZE[0]
    assert node(ANT).GetFieldOfView() == pytest.approx(field), "the whole body stays in sight"
    layout.halo({})
    assert not any(blue(picture).any() for picture in pictures(manager))


def test_halo_stays_on_its_lesion_when_the_view_moves(manager, layout, volumes):
    layout.show(volumes, {"anterior": lesion(volumes["anterior"])})
    resized(manager)
    layout.halo({"anterior": "spot"})
    width, height, depth = node(ANT).GetFieldOfView()
    node(ANT).SetFieldOfView(width / 2, height / 2, depth)
    x, y = rasToScreen(node(ANT), pixelToRas(volumes["anterior"], 155.5, 33.5))
    rows, columns = np.nonzero(blue(manager.shown()[0].sliceView().picture().astype(int)))
    assert (rows.min() + rows.max()) / 2 == pytest.approx(SIZE[1] - y, abs=2)
    assert (columns.min() + columns.max()) / 2 == pytest.approx(x, abs=2)
