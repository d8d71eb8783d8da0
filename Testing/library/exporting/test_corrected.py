"""A corrected segmentation finds its view, keeps its statuses and is measured anew."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from BMLesionSegLib.errors import ViewsUnclear
from BMLesionSegLib.exporting.corrected import corrected
from BMLesionSegLib.exporting.origin import (
    COUNTS_TAG,
    Origin,
    counts_fingerprint,
    origin_tags,
)
from BMLesionSegLib.exporting.segment import CLASS_TAG, STATUS_TAG, Segment
from BMLesionSegLib.exporting.segmentation_nrrd import StoredSegmentation
from BMLesionSegLib.lesions import ReviewStatus
from BMLesionSegLib.scan import BoneScan, ViewName
from Testing.library.dicom_sources import ANTERIOR, POSTERIOR, stored
from Testing.library.scans import body_pair, scan_of

SPACING = (9.04, 9.0)


@pytest.fixture(scope="module")
def scan() -> BoneScan:
    return scan_of(body_pair((256, 64)), SPACING)


def test_each_lies_in_its_own_view_whatever_the_order(scan: BoneScan):
    result = corrected(scan, reversed(stored(scan, "one empty view")))
    empty, one = result.views
    assert (empty.view.name, len(empty.lesions)) == (ANTERIOR, 0)
    assert (one.view.name, len(one.lesions)) == (POSTERIOR, 1)
    lesion = one.lesions[0].lesion
    assert lesion.segment_id == "posterior-1"
    assert lesion.pixels == 13
    assert lesion.total_counts == scan.views[1].counts[one.labels == 1].sum()


def test_statuses_are_kept_and_a_rejected_one_stays_behind(scan: BoneScan):
    front = stored(scan, "touching")[0]
    rejected = replace(front.segments[1], tags={STATUS_TAG: "rejected"})
    edited = replace(front, segments=(front.segments[0], rejected, front.segments[2]))
    (view, _) = corrected(scan, [edited]).views
    assert [one.lesion.status for one in view.lesions] == ["unreviewed", "benign"]
    assert set(np.unique(view.labels)) == {0, 1, 2}
    np.testing.assert_array_equal(view.labels == 2, front.labels == 3)


@pytest.mark.parametrize(
    ("tags", "status"),
    [
        ({}, ReviewStatus.UNREVIEWED),
        ({STATUS_TAG: "nonsense"}, ReviewStatus.UNREVIEWED),
        ({STATUS_TAG: "indeterminate", CLASS_TAG: "benign"}, ReviewStatus.INDETERMINATE),
        ({CLASS_TAG: "benign"}, ReviewStatus.BENIGN),
        ({CLASS_TAG: "metastasis"}, ReviewStatus.METASTASIS),
    ],
)
def test_what_is_said_of_a_segment(scan: BoneScan, tags: dict, status: ReviewStatus):
    front = stored(scan, "one")[0]
    segment = replace(front.segments[0], tags=tags)
    (view, _) = corrected(scan, [replace(front, segments=(segment,))]).views
    assert view.lesions[0].lesion.status is status


def test_physiological_uptake_of_a_truth_is_no_lesion(scan: BoneScan):
    front = stored(scan, "one")[0]
    segment = replace(front.segments[0], tags={CLASS_TAG: "physiological"})
    result = corrected(scan, [replace(front, segments=(segment,))])
    assert not any(view.lesions for view in result.views)


def test_a_part_saved_alone_is_put_back_where_it_was(scan: BoneScan):
    for whole in stored(scan, "touching"):
        geometry = whole.geometry
        axes = np.reshape(geometry.direction, (3, 3))
        origin = geometry.origin + axes @ (np.array([15, 55, 0]) * geometry.spacing)
        part = StoredSegmentation(
            whole.labels[55:90, 15:40],
            replace(geometry, origin=tuple(origin)),
            whole.segments,
        )
        found = [view for view in corrected(scan, [part]).views if view.lesions]
        np.testing.assert_array_equal(found[0].labels, whole.labels)


def test_the_model_is_named_while_its_pixels_stand(scan: BoneScan):
    front = stored(scan, "one")[0]
    made = origin_tags("small 1.0.0", front.labels == 1)
    untouched = replace(front, segments=(replace(front.segments[0], tags=made),))
    larger = replace(untouched, labels=np.roll(front.labels, 1, axis=0))
    for one, origin in ((untouched, Origin.AUTOMATIC), (larger, Origin.SEMIAUTOMATIC)):
        (view, _) = corrected(scan, [one]).views
        assert view.lesions[0].origin is origin
        assert view.lesions[0].model == "small 1.0.0"


def test_names_and_ids_of_any_kind_become_plain(scan: BoneScan):
    front = stored(scan, "one")[0]
    segment = Segment(1, "a\\b", "\n", (1, 2, 3))
    (view, _) = corrected(scan, [replace(front, segments=(segment,))]).views
    assert view.lesions[0].lesion.segment_id == "a b"
    assert view.lesions[0].name == "a b"
    assert view.lesions[0].origin is Origin.MANUAL


def test_another_scan_another_grid_and_two_in_one_view_are_refused(scan: BoneScan):
    front = stored(scan, "one")[0]
    geometry = front.geometry
    strangers = [
        replace(geometry, spacing=(4.0, 4.0, 1.0)),
        replace(geometry, direction=(1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)),
        replace(geometry, origin=(geometry.origin[0] + 4.0, *geometry.origin[1:])),
        replace(geometry, origin=(geometry.origin[0] - 90.0, *geometry.origin[1:])),
    ]
    for stranger in strangers:
        with pytest.raises(ViewsUnclear, match="fits neither"):
            corrected(scan, [replace(front, geometry=stranger)])
    with pytest.raises(ViewsUnclear, match="two lie in the anterior view"):
        corrected(scan, [front, front])


def test_a_single_view_is_enough(tmp_path: Path):
    pair = {POSTERIOR: body_pair((256, 64))[POSTERIOR]}
    scan = scan_of(pair, SPACING)
    result = corrected(scan, stored(scan, "one"))
    assert [view.view.name for view in result.views] == [ViewName.POSTERIOR]


def test_a_mask_of_an_earlier_scan_of_the_same_size_is_refused(tmp_path: Path):
    earlier, later = (scan_of(body_pair((256, 64), seed), SPACING) for seed in (0, 1))
    for view, one in zip(earlier, stored(earlier, "one"), strict=True):
        segment = replace(one.segments[0], tags={COUNTS_TAG: counts_fingerprint(view)})
        mask = replace(one, segments=(segment,))
        assert corrected(earlier, [mask]).views
        with pytest.raises(ViewsUnclear, match=f"other counts than those of the {view.name} view"):
            corrected(later, [mask])


def test_a_mask_of_the_other_view_is_refused():
    scan = scan_of(body_pair((256, 64)), SPACING)
    front, back = scan
    swapped = replace(
        stored(scan, "one")[0],
        segments=(
            replace(
                stored(scan, "one")[0].segments[0], tags={COUNTS_TAG: counts_fingerprint(back)}
            ),
        ),
    )
    with pytest.raises(ViewsUnclear, match=f"of the {front.name} view"):
        corrected(scan, [swapped])
