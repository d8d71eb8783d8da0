"""What an evaluation's curves show, also of cases that have nothing to show."""

import numpy as np
import pytest

from BMLesionSegLib.learning.metrics.calibration import Reliability
from BMLesionSegLib.learning.metrics.thresholds import OperatingPoint
from BMLesionSegLib.learning.pictures import curves


@pytest.fixture
def axes(monkeypatch):
    """Draws, and gives the axes instead of writing them."""
    drawn = []
    monkeypatch.setattr(curves, "save", lambda figure, path: drawn.extend(figure.axes))

    def of(draw, *arguments):
        draw(None, *arguments)
        return drawn[-1]

    return of


def test_the_threshold_nearest_to_the_models_own_is_marked(axes):
    points = [OperatingPoint(0.3, 0.5, 0.9, 4.0), OperatingPoint(0.6, 0.5, 0.7, 1.0)]
    drawn = axes(curves.draw_free_response, points, 0.55)
    line, mark = drawn.lines
    assert line.get_xydata().tolist() == [[4.0, 0.9], [1.0, 0.7]]
    assert mark.get_xydata().tolist() == [[1.0, 0.7]]
    assert drawn.get_legend().get_texts()[0].get_text() == "threshold 0.55"


@pytest.mark.parametrize(
    ("spots", "own", "right"),
    [((1.0, 40.0), 0.6, 8.0), ((1.0, 2.0), 0.6, 2.2), ((10.0, 40.0), 0.6, 11.0)],
)
def test_the_picture_ends_at_eight_false_spots_but_never_before_the_mark(axes, spots, own, right):
    points = [OperatingPoint(0.6, 0.5, 0.7, spots[0]), OperatingPoint(0.05, 0.5, 0.9, spots[1])]
    assert axes(curves.draw_free_response, points, own).get_xlim()[1] == pytest.approx(right)


def test_cases_without_a_lesion_have_no_curve_and_no_mark(axes):
    drawn = axes(curves.draw_free_response, [OperatingPoint(0.3, 1.0, None, 4.0)], 0.5)
    (line,) = drawn.lines
    assert not len(line.get_xydata())
    assert drawn.get_legend() is None


def test_the_gap_between_both_is_the_calibration_error(axes):
    probability = np.array([[0.25, 0.25, 0.25, 0.25]], np.float32)
    truth = np.array([[True, True, False, False]])
    drawn = axes(curves.draw_reliability, Reliability.of(probability, truth))
    assert drawn.lines[1].get_xydata().tolist() == [[0.25, 0.5]]
    assert drawn.get_title() == "expected calibration error 0.250"


def test_without_a_pixel_no_error_is_claimed(axes):
    drawn = axes(curves.draw_reliability, Reliability.empty())
    assert not len(drawn.lines[1].get_xydata())
    assert drawn.get_title() == ""
