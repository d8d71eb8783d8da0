"""Another threshold from the kept probabilities: what the run itself would have said."""

from dataclasses import replace

import numpy as np
import pytest

from BMLesionSegLib.errors import ThresholdRefused
from BMLesionSegLib.inference import Segmenter, at_threshold
from Testing.library.pointwise import MANIFEST, PointwiseBundle
from Testing.library.scans import body_pair, scan_of
from Testing.library.tiny_model import write_tiny_model


@pytest.fixture(scope="module")
def segmenter(tmp_path_factory):
    folder = write_tiny_model(tmp_path_factory.mktemp("models") / "tiny")
    return Segmenter(folder, "cpu")


def test_it_is_the_run_at_that_threshold(segmenter):
    scan = scan_of(body_pair((512, 128)), (4.52, 4.52))
    run = segmenter.segment(scan)
    threshold = float(np.quantile(run.views[0].probability, 0.97))
    preview, again = at_threshold(run, threshold), segmenter.segment(scan, threshold)
    assert preview.record.threshold == threshold
    assert len(preview.findings) > 0
    assert preview.findings == again.findings
    for ours, theirs in zip(preview.views, again.views, strict=True):
        np.testing.assert_array_equal(ours.lesions.labels, theirs.lesions.labels)


def test_the_models_extent_holds_at_every_threshold():
    scan = scan_of(body_pair((512, 128)), (4.52, 4.52))
    bundle = PointwiseBundle(manifest=replace(MANIFEST, extent=0.2, threshold=0.3))
    segmenter = Segmenter(bundle, "cpu")
    run = segmenter.segment(scan)
    assert run.record.extent == 0.2
    preview, again = at_threshold(run, 0.98), segmenter.segment(scan, 0.98)
    assert 0 < len(preview.findings) <= len(run.findings)
    for ours, theirs in zip(preview.views, again.views, strict=True):
        np.testing.assert_array_equal(ours.lesions.labels, theirs.lesions.labels)
        assert 0.2 <= ours.probability[ours.lesions.labels > 0].min() < 0.98


def test_no_probability_is_refused(segmenter):
    run = segmenter.segment(scan_of(body_pair((512, 128)), (4.52, 4.52)))
    with pytest.raises(ThresholdRefused):
        at_threshold(run, 1.0)
