"""Numbers of a review: they stay, and added lesions find their place."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from BMLesionSegLib.lesions import Lesion, Level, NumberedLesion, Side, Site, number_findings
from BMLesionSegLib.scan import ViewName

ANTERIOR, POSTERIOR = ViewName.ANTERIOR, ViewName.POSTERIOR


def lesion(view, number, row, left_mm=0.0) -> Lesion:
    return Lesion(
        number=number,
        view=view,
        pixels=100,
        area_mm2=500.0,
        centroid=(row + 5.0, 60.0),
        box=(row, 55, row + 10, 65),
        max_counts=90.0,
        mean_counts=50.0,
        total_counts=5000.0,
        uptake_ratio=4.0,
        mean_probability=0.9,
        left_of_midline_mm=left_mm,
        site=Site(Level.CHEST, Side.MIDLINE),
        segment_id=f"{view}-{number}",
    )


def ids(findings):
    return {f.number: [one.segment_id for one in f.lesions] for f in findings}


def test_numbers_stay_when_a_finding_has_gone():
    known = [
        NumberedLesion(lesion(ANTERIOR, 1, 50), 1),
        NumberedLesion(lesion(ANTERIOR, 2, 300), 3),
    ]
    assert ids(number_findings(known, 2.0)) == {1: ["anterior-1"], 3: ["anterior-2"]}


def test_an_added_lesion_joins_its_partner_in_the_other_view():
    known = [NumberedLesion(lesion(ANTERIOR, 1, 50, 20.0), 4)]
    added = NumberedLesion(lesion(POSTERIOR, 9, 52, 25.0), None)
    assert ids(number_findings([*known, added], 2.0)) == {4: ["anterior-1", "posterior-9"]}


def test_an_added_lesion_elsewhere_gets_the_next_number():
    known = [NumberedLesion(lesion(ANTERIOR, 1, 50), 4)]
    added = NumberedLesion(lesion(POSTERIOR, 9, 400), None)
    assert ids(number_findings([*known, added], 2.0)) == {4: ["anterior-1"], 5: ["posterior-9"]}


def test_the_nearer_of_two_partners_is_joined():
    known = [
        NumberedLesion(lesion(ANTERIOR, 1, 50, -20.0), 1),
        NumberedLesion(lesion(ANTERIOR, 2, 50, 8.0), 2),
    ]
    added = NumberedLesion(lesion(POSTERIOR, 9, 50, 6.0), None)
    assert ids(number_findings([*known, added], 2.0))[2] == ["anterior-2", "posterior-9"]


def test_halves_of_a_split_lesion_are_two_findings():
    halves = [NumberedLesion(lesion(ANTERIOR, n, 50 + 20 * n), 1) for n in (1, 2)]
    assert ids(number_findings(halves, 2.0)) == {1: ["anterior-1"], 2: ["anterior-2"]}


def test_without_lesions_there_are_no_findings():
    assert number_findings([], 2.0) == ()


@given(
    st.lists(
        st.tuples(st.sampled_from(ViewName), st.integers(0, 900), st.none() | st.integers(1, 6)),
        max_size=12,
    )
)
def test_every_lesion_is_in_exactly_one_finding(drawn):
    given_lesions = [
        NumberedLesion(replace(lesion(view, n, row), segment_id=str(n)), number)
        for n, (view, row, number) in enumerate(drawn)
    ]
    findings = number_findings(given_lesions, 2.0)
    assert sorted(one.segment_id for f in findings for one in f.lesions) == sorted(
        one.lesion.segment_id for one in given_lesions
    )
    numbers = [finding.number for finding in findings]
    assert numbers == sorted(set(numbers))
    assert all(one.view is ANTERIOR for one in (f.anterior for f in findings) if one)
    assert number_findings([*given_lesions], 2.0) == findings


@pytest.mark.parametrize("view", ViewName)
def test_a_lesion_never_joins_one_of_its_own_view(view):
    known = [NumberedLesion(lesion(view, 1, 50), 1)]
    added = NumberedLesion(lesion(view, 2, 50), None)
    assert len(number_findings([*known, added], 2.0)) == 2
