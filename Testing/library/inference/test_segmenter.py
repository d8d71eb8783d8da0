"""From a scan to lesions, with a network whose answer is known."""

from dataclasses import replace

import numpy as np
import pytest

from BMLesionSegLib.bundles import BundleInput
from BMLesionSegLib.errors import BundleRefused, Cancelled, DeviceRefused, ThresholdRefused
from BMLesionSegLib.inference import Segmenter
from BMLesionSegLib.scan import BoneScan, ViewName
from Testing.library.doll import Doll
from Testing.library.pointwise import (
    BOTH_VIEWS,
    MANIFEST,
    Pointwise,
    PointwiseBundle,
    PointwisePair,
)
from Testing.library.scans import body_pair, scan_of


@pytest.fixture(scope="module")
def scan():
    return scan_of(body_pair())


@pytest.fixture
def segmenter():
    return Segmenter(PointwiseBundle(), device="cpu")


def test_the_hot_rib_is_the_one_finding(segmenter, scan):
    segmentation = segmenter.segment(scan)
    assert len(segmentation.findings) == 1
    for result in segmentation.views:
        (lesion,) = result.lesions.lesions
        expected_column = 76 if result.view.name is ViewName.ANTERIOR else 179
        assert lesion.centroid == pytest.approx((307, expected_column), abs=2)
        labelled = result.view.counts[result.lesions.labels > 0]
        assert lesion.total_counts == labelled.sum()
        assert lesion.area_mm2 == pytest.approx(labelled.size * 2.26**2)


def test_one_view_alone(segmenter, scan):
    alone = BoneScan((scan.views[1],), "alone")
    segmentation = segmenter.segment(alone)
    assert [result.view.name for result in segmentation.views] == [ViewName.POSTERIOR]
    assert segmentation.view(ViewName.POSTERIOR) is segmentation.views[0]
    assert segmentation.view(ViewName.ANTERIOR) is None
    assert len(segmentation.findings) == 1


def test_probability_lies_on_the_views_own_grid(segmenter):
    scan = scan_of(body_pair((900, 210)), spacing=(2.4, 2.4))
    for result in segmenter.segment(scan).views:
        assert result.probability.shape == (900, 210)
        assert result.probability.dtype == np.float32


def test_every_step_is_told_and_counted(segmenter, scan):
    told = []
    segmenter.segment(scan, progress=told.append)
    assert [step.done for step in told] == list(range(len(told)))
    # preparation, 14 tiles by two, and the start of the search
    assert len(told) == 9
    assert {step.total for step in told} == {9}


@pytest.mark.parametrize("stop_at", [0, 1, 4, 8])
def test_cancelled_at_every_step(segmenter, scan, stop_at):
    asked = iter(range(100))
    with pytest.raises(Cancelled):
        segmenter.segment(scan, cancelled=lambda: next(asked) >= stop_at)
    assert len(segmenter.segment(scan).findings) == 1


def test_a_higher_threshold_calls_less(scan):
    segmenter = Segmenter(PointwiseBundle(module=Pointwise(steepness=0.5)), device="cpu")
    areas = [
        sum((result.lesions.labels > 0).sum() for result in segmenter.segment(scan, at).views)
        for at in (0.1, 0.5, 0.9)
    ]
    assert areas == sorted(areas, reverse=True)
    assert areas[0] > areas[2]


@pytest.mark.parametrize("threshold", [0.0, 1.0, -1.0, 2.0, float("nan")])
def test_a_threshold_is_a_probability(segmenter, scan, threshold):
    with pytest.raises(ThresholdRefused):
        segmenter.segment(scan, threshold)


def test_the_record_says_how_it_was_made(segmenter, scan):
    record = segmenter.segment(scan, 0.4).record
    assert (record.model_name, record.threshold, record.precision) == ("pointwise", 0.4, "float32")
    assert set(record.seconds) == {"prepare", "network", "stitch", "lesions"}
    assert record.notes == ()
    assert not record.alone


def test_a_healthy_doll_is_not_a_normal_scan(segmenter):
    segmentation = segmenter.segment(Doll().scan())
    assert not segmentation.findings
    assert "not a normal scan" in segmentation.quality.headline(0)


def test_unknown_model_and_device():
    whole = replace(MANIFEST, input=BundleInput.WHOLE_VIEW)
    with pytest.raises(BundleRefused, match=r"sees 1 x 256 x 256 pixels at once .* 1 x 1024 x 256"):
        Segmenter(PointwiseBundle(manifest=whole))
    with pytest.raises(BundleRefused):
        Segmenter("no-such-model")
    with pytest.raises(DeviceRefused):
        Segmenter(PointwiseBundle(), device="abacus")


def test_whole_views_are_seen_at_once(scan):
    """The same pointwise network over whole views finds the same, in one batch."""
    seen, told = Pointwise(), []
    seen.tile_shape = (1024, 256)
    whole = replace(MANIFEST, input=BundleInput.WHOLE_VIEW)
    by_views = Segmenter(PointwiseBundle(manifest=whole, module=seen), "cpu")
    came = by_views.segment(scan, progress=told.append)
    assert [step.label for step in told] == [
        "Preparing the scan",
        "Searching 2 views",
        "Searched 2 of 2 views",
    ]
    expected = Segmenter(PointwiseBundle(), "cpu").segment(scan)
    for one, other in zip(expected.views, came.views, strict=True):
        np.testing.assert_allclose(one.probability, other.probability, atol=1e-6)


class OfTheOtherView(PointwisePair):
    """Says of a pixel what stands at its place in the other view."""

    def forward(self, tiles):
        return super().forward(tiles[:, 1:])


@pytest.fixture
def comparing():
    return Segmenter(PointwiseBundle(manifest=BOTH_VIEWS, module=OfTheOtherView()), "cpu")


def test_a_network_of_both_views_is_shown_the_other_one_mirrored(scan, comparing, segmenter):
    comparing.warm_up()
    came, own = comparing.segment(scan), segmenter.segment(scan)
    for one, other in zip(came.views, reversed(own.views), strict=True):
        mirrored = other.probability[:, ::-1]
        np.testing.assert_allclose(one.probability, mirrored, atol=1e-6)
    assert not came.record.alone


def test_a_view_without_the_other_one_is_searched_alone_and_it_says_so(comparing, scan):
    came = comparing.segment(BoneScan(scan.views[:1], "alone"))
    assert not came.findings
    assert came.record.alone


def test_views_of_another_size_are_padded_or_seen_in_parts():
    seen = Pointwise()
    seen.tile_shape = (1024, 256)
    whole = replace(MANIFEST, input=BundleInput.WHOLE_VIEW)
    by_views = Segmenter(PointwiseBundle(manifest=whole, module=seen), "cpu")
    for shape in ((700, 200), (1300, 300)):
        scan = scan_of(body_pair(shape))
        expected = Segmenter(PointwiseBundle(), "cpu").segment(scan).views[0]
        came = by_views.segment(scan).views[0]
        assert came.probability.shape == shape
        np.testing.assert_allclose(came.probability, expected.probability, atol=1e-6)


def test_warming_up_asks_the_network_once_for_empty_tiles(scan):
    came = []
    network = Pointwise()
    network.register_forward_pre_hook(lambda _, given: came.append(given[0].clone()))
    segmenter = Segmenter(PointwiseBundle(module=network), "cpu", engine="reference")
    segmenter.warm_up()
    (tiles,) = came
    assert tiles.shape[1:] == (1, 256, 256)
    assert not tiles.any()
    assert len(segmenter.segment(scan).findings) == 1
