import numpy as np
import pytest

from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.scan import ViewName
from BMLesionSegLib.simulation import Region, SpotKind, simulate_patient
from BMLesionSegLib.simulation.camera.matrix import WIDE_MATRIX


@pytest.fixture(scope="module")
def patients():
    return [simulate_patient(31, number) for number in range(8)]


def test_the_same_seed_gives_the_same_bytes(patients):
    again = simulate_patient(31, 2)
    for view, other in zip(patients[2].views, again.views, strict=True):
        assert view.counts.tobytes() == other.counts.tobytes()
        assert view.spots.tobytes() == other.spots.tobytes()
        assert view.regions.tobytes() == other.regions.tobytes()
    assert again.spots == patients[2].spots


def test_seed_patient_and_cohort_all_change_the_patient():
    totals = {
        int(simulate_patient(*which).views[0].counts.sum())
        for which in ((1, 2), (2, 1), (1, 3), (1, 2, "paper"))
    }
    assert len(totals) == 4


def test_arrays_are_what_they_say(patients):
    for patient in patients:
        assert [view.name for view in patient.views] == list(ViewName)
        assert patient.spacing == (2.26, 2.26)
        for view in patient.views:
            shapes = {view.counts.shape, view.spots.shape, view.regions.shape}
            assert shapes == {(1024, 256)}
            types = [view.counts.dtype, view.spots.dtype, view.regions.dtype]
            assert types == [np.uint16, np.int16, np.uint8]


def test_every_label_is_a_listed_spot_and_every_spot_is_seen(patients):
    for patient in patients:
        labels = set(np.unique([view.spots for view in patient.views]).tolist()) - {0}
        assert labels == {spot.number for spot in patient.spots}


def test_all_twelve_regions_are_mapped_head_above_feet(patients):
    for view in patients[0].views:
        assert set(np.unique(view.regions)) == {0, *Region}
        row = {region: np.nonzero(view.regions == region)[0].mean() for region in Region}
        order = [Region.SKULL, Region.CERVICAL, Region.THORACIC, Region.LUMBAR, Region.SACRUM]
        assert [row[region] for region in order] == sorted(row[region] for region in order)


def test_the_two_views_are_mirrored(patients):
    """The bladder and each kidney lie at mirrored columns in the two views."""
    for patient in patients:
        for spot in patient.spots:
            masks = [view.spots == spot.number for view in patient.views]
            if all(mask.sum() > 8 for mask in masks):
                front, back = (np.argwhere(mask).mean(0) for mask in masks)
                assert abs(front[0] - back[0]) < 14, spot
                assert abs(front[1] + back[1] - 255) < 14, spot


def test_metastases_are_hotter_than_what_lies_around(patients):
    """Truth is not displaced: mean counts inside exceed those of a ring around, for most spots."""
    from scipy.ndimage import binary_dilation

    wins = []
    for patient in patients:
        for view in patient.views:
            for spot in patient.spots:
                mask = view.spots == spot.number
                if spot.kind is SpotKind.METASTASIS and mask.sum() > 12:
                    grown = binary_dilation(mask, iterations=4)
                    ring = grown & ~binary_dilation(mask, iterations=2) & (view.spots == 0)
                    wins.append(view.counts[mask].mean() > view.counts[ring].mean())
    assert len(wins) > 20
    assert np.mean(wins) > 0.95


def test_counts_are_those_of_real_scans(patients):
    for patient in patients:
        front, back = (int(view.counts.sum()) for view in patient.views)
        assert 4e5 < front < 3.2e6
        assert 0.75 < front / back < 1.3


def test_the_mask_of_metastases_is_the_spots_of_that_kind(patients):
    patient = max(patients, key=lambda p: len(p.spots))
    kinds = {spot.number: spot.kind for spot in patient.spots}
    mask = patient.metastasis_mask(ViewName.POSTERIOR)
    assert mask.any()
    inside = np.unique(patient.view(ViewName.POSTERIOR).spots[mask])
    assert all(kinds[number] is SpotKind.METASTASIS for number in inside.tolist())


def test_an_unknown_cohort_is_refused():
    with pytest.raises(TrainingRefused, match="clinic or paper"):
        simulate_patient(1, 1, "hospital")


def test_another_matrix_holds_the_same_patient():
    wide = simulate_patient(31, 2, matrix=WIDE_MATRIX)
    assert wide.spacing == (2.13, 2.13)
    assert wide.views[0].counts.shape == (1024, 512)
    same = simulate_patient(31, 2)
    assert (wide.sex, wide.age) == (same.sex, same.age)
    assert wide.views[0].counts[:, 200:300].sum() > 50 * wide.views[0].counts[:, :100].sum()


def test_bone_spots_say_how_hot_they_are(patients):
    uptake = [s.uptake for p in patients for s in p.spots if s.kind is SpotKind.METASTASIS]
    assert np.median(uptake) > 2
    organs = [s.uptake for p in patients for s in p.spots if s.site == "bladder"]
    assert organs
    assert not any(organs)
