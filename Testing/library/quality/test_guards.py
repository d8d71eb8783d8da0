"""Wrong side: what the pixels of a simulated patient give away, and what they do not."""

import pytest

from BMLesionSegLib.lesions import find_body
from BMLesionSegLib.quality import FlagKind, assess
from BMLesionSegLib.scan import BoneScan, EvidenceKind, View, ViewEvidence, ViewName
from BMLesionSegLib.simulation import simulate_patient

FRONT, BACK = ViewName
SAID = ViewEvidence(EvidenceKind.USER, "simulated")


@pytest.fixture(scope="module", params=[0, 1])
def patient(request):
    """Counts of both views, and the size of their pixels."""
    simulated = simulate_patient(20261122, request.param)
    return {view.name: view.counts for view in simulated.views}, simulated.spacing


def flags(counts, spacing):
    views = tuple(View(name, pixels.copy(), spacing, SAID) for name, pixels in counts.items())
    scan = BoneScan(views, "guards")
    return {flag.kind for flag in assess(scan, {view.name: find_body(view) for view in scan}).flags}


def test_as_it_is_nothing_is_said(patient):
    assert not flags(*patient) & {FlagKind.NOT_WHOLE_BODY, FlagKind.VIEWS_SWAPPED}


def test_upside_down_is_no_whole_body(patient):
    counts, spacing = patient
    turned = {name: pixels[::-1, ::-1] for name, pixels in counts.items()}
    assert FlagKind.NOT_WHOLE_BODY in flags(turned, spacing)


def test_swapped_views_are_hinted_at(patient):
    counts, spacing = patient
    assert FlagKind.VIEWS_SWAPPED in flags({FRONT: counts[BACK], BACK: counts[FRONT]}, spacing)


def test_a_mirrored_scan_is_not_noticed(patient):
    """Said here so that nobody relies on it: only the letters and the user tell."""
    counts, spacing = patient
    mirrored = {name: pixels[:, ::-1] for name, pixels in counts.items()}
    assert flags(mirrored, spacing) == flags(counts, spacing)
