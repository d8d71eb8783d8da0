"""Another threshold from the kept probabilities: what the run itself would have said."""

import numpy as np
import pytest

from BMLesionSegLib.errors import ThresholdRefused
from BMLesionSegLib.inference import Segmenter, at_threshold
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


def test_no_probability_is_refused(segmenter):
    run = segmenter.segment(scan_of(body_pair((512, 128)), (4.52, 4.52)))
    with pytest.raises(ThresholdRefused):
        at_threshold(run, 1.0)
