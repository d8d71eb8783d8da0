"""What the report's pictures show of few patients."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from BMLesionSegLib.simulation.acceptance.report_plots import draw_uptake


@pytest.mark.parametrize(
    ("benign", "metastatic", "named"),
    [([2.0, 3.0], [4.0], ["benign", "metastatic"]), ([], [4.0], ["metastatic"]), ([], [], [])],
)
def test_kinds_of_spots_are_named_where_there_are_any(benign, metastatic, named):
    axes = Figure().add_subplot()
    draw_uptake(axes, [{"benign uptake": benign, "metastatic uptake": metastatic}])
    legend = axes.get_legend()
    assert [text.get_text() for text in legend.get_texts()] == named if named else legend is None
    for line in axes.patches:
        across, up = line.get_xy().T
        assert np.sum(np.diff(across) * up[:-1]) == pytest.approx(1), "a density"
