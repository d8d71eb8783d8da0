"""What leaves: numbered from 1, nothing rejected, one honest line."""

from dataclasses import replace

import numpy as np
import pytest

from BMLesionSegLib.exporting.origin import Origin
from BMLesionSegLib.exporting.reported import plain, reported, reported_view, view_segments
from BMLesionSegLib.inference import Segmentation
from BMLesionSegLib.lesions import ReviewStatus


def test_a_run_leaves_automatic_and_unreviewed(segmentation: Segmentation):
    result = reported(segmentation)
    front, back = result.views
    assert [one.name for one in front.lesions] == ["1A left chest", "2A right thigh"]
    assert [one.name for one in back.lesions] == ["1P left chest"]
    for view, run in zip(result.views, segmentation.views, strict=True):
        np.testing.assert_array_equal(view.labels, run.lesions.labels)
        assert {one.origin for one in view.lesions} == {Origin.AUTOMATIC}
        assert {one.model for one in view.lesions} == {"small 1"}
    assert result.headline.startswith("lesions in all views: 3 unreviewed")


def test_nothing_found_is_never_normal(nothing_found: Segmentation, one_view: Segmentation):
    assert reported(nothing_found).headline == "none found, not a normal scan"
    assert reported(one_view).headline.endswith("read with care: one view only")


def test_a_rejected_lesion_stays_behind_and_the_rest_is_renumbered(segmentation: Segmentation):
    run = segmentation.views[0]
    segments = view_segments(segmentation)[run.view.name]
    rib, thigh = run.lesions.lesions
    lesions = [replace(rib, status=ReviewStatus.REJECTED), thigh]
    left = reported_view(run.view, run.body, run.lesions.labels, lesions, segments)
    assert [one.name for one in left.lesions] == ["2A right thigh"]
    np.testing.assert_array_equal(left.labels, run.lesions.labels == thigh.number)


@pytest.mark.parametrize(
    ("said", "written"),
    [("left chest", "left chest"), ("a\\b", "a b"), (" tab\tand\nline ", "tab and line"), ("", "")],
)
def test_text_that_any_attribute_takes(said: str, written: str):
    assert plain(said) == written
