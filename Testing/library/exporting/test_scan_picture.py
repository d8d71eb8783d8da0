"""Both views side by side."""

from BMLesionSegLib.exporting.overlay import shown_views
from BMLesionSegLib.exporting.scan_picture import draw_scan, shown_rows
from BMLesionSegLib.inference import Segmentation
from Testing.library.doll import LENGTH, VERTEX


def test_body_and_air_are_shown_and_the_empty_frame_is_not(segmentation: Segmentation):
    rows = shown_rows(shown_views(segmentation))
    assert 0 < rows.start < VERTEX - 15
    assert VERTEX + LENGTH + 15 < rows.stop < 1024


def test_two_views_take_twice_the_width_of_one(segmentation: Segmentation):
    both = shown_views(segmentation)
    assert draw_scan(both).width == 2 * draw_scan(both[1:]).width
