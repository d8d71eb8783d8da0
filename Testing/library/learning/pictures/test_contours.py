"""Truth and a model's contours on one view."""

import numpy as np
import pytest
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure

from BMLesionSegLib.learning.pictures.contours import FOUND, TRUTH, Example, draw_view
from Testing.library.scans import body_pair, scan_of


@pytest.mark.parametrize(("found", "colours"), [(True, [TRUTH, FOUND]), (False, [TRUTH])])
def test_a_contour_for_what_is_there_and_none_for_what_is_not(found, colours):
    scan = scan_of(body_pair())
    view = scan.views[0]
    truth = np.zeros(view.shape, np.int32)
    truth[300:310, 72:80] = 1
    axes = Figure().add_subplot()
    draw_view(axes, Example(scan, view, truth, {"m": (truth > 0) & found}), "m")
    drawn = [tuple(one.get_edgecolor()[0]) for one in axes.collections]
    assert drawn == [to_rgba(colour) for colour in colours]
    assert axes.get_title() == f"m, ANT, DSC {found:.2f}"
