"""A segment is automatic only while its pixels are the model's."""

import numpy as np

from BMLesionSegLib.exporting.origin import MODEL_TAG, Origin, origin_of, origin_tags
from BMLesionSegLib.exporting.segment import STATUS_TAG, Segment

DRAWN = np.zeros((8, 6), bool)
DRAWN[2:4, 1:3] = True


def segment(**tags: str) -> Segment:
    return Segment(1, "anterior-1", "1A left chest", (1, 2, 3), tags)


def test_untouched_edited_and_drawn_by_hand():
    ours = segment(**origin_tags("small 1.0.0", DRAWN))
    assert origin_of(ours, DRAWN) is Origin.AUTOMATIC
    for edited in (np.roll(DRAWN, 1, axis=1), DRAWN[:, ::-1], np.zeros_like(DRAWN)):
        assert origin_of(ours, edited) is Origin.SEMIAUTOMATIC
    assert origin_of(segment(), DRAWN) is Origin.MANUAL


def test_a_status_alone_changes_nothing():
    reviewed = {STATUS_TAG: "metastasis"}
    ours = segment(**origin_tags("small 1.0.0", DRAWN), **reviewed)
    assert origin_of(ours, DRAWN) is Origin.AUTOMATIC
    assert origin_of(segment(**reviewed), DRAWN) is Origin.MANUAL


def test_without_a_fingerprint_the_model_is_not_called_automatic():
    assert origin_of(segment(**{MODEL_TAG: "small 1.0.0"}), DRAWN) is Origin.SEMIAUTOMATIC
