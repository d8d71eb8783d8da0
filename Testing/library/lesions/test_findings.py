"""One spot counts once, whichever views show it."""

from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from BMLesionSegLib.lesions import (
    Finding,
    Level,
    Side,
    ViewLesions,
    find_body,
    find_lesions,
    pair_findings,
)
from BMLesionSegLib.lesions.findings import distance_mm
from BMLesionSegLib.scan import View, ViewName
from Testing.library.doll import Block, Doll, painted

VIEWS = {name: Doll().view(name) for name in ViewName}
FRONT, BACK = ViewName.ANTERIOR, ViewName.POSTERIOR


def parts(front: list[Block], back: list[Block]) -> list[tuple[View, ViewLesions]]:
    blocks = {FRONT: front, BACK: back}
    return [
        (view, find_lesions(view, find_body(view), painted(name, *blocks[name]), 0.5, 0.0))
        for name, view in VIEWS.items()
    ]


def findings(front: list[Block], back: list[Block]) -> tuple[Finding, ...]:
    return pair_findings(parts(front, back))


def seen(finding: Finding) -> str:
    return "".join(lesion.view[0] for lesion in finding.lesions)


RIB = Block(250, 262, 50, 70, 1.0)


def test_a_spot_in_both_views_is_one_finding():
    (finding,) = findings([RIB], [RIB])
    assert seen(finding) == "ap"
    assert finding.site.side is Side.LEFT
    assert finding.site.level is Level.CHEST


def test_the_same_columns_on_the_screen_are_two_findings():
    other_side = Block(RIB.top, RIB.bottom, -RIB.left_edge, -RIB.right_edge, 1.0)
    assert [seen(finding) for finding in findings([RIB], [other_side])] == ["p", "a"]


def test_spots_without_a_common_row_are_two_findings():
    below = Block(RIB.bottom, RIB.bottom + 12, 50, 70, 1.0)
    assert [seen(finding) for finding in findings([RIB], [below])] == ["a", "p"]


def test_the_tolerance_is_thirty_millimetres_across():
    near = Block(RIB.top, RIB.bottom, RIB.right_edge - 14, RIB.left_edge - 14, 1.0)
    far = Block(RIB.top, RIB.bottom, RIB.right_edge - 17, RIB.left_edge - 17, 1.0)
    assert len(findings([RIB], [near])) == 1
    assert len(findings([RIB], [far])) == 2


def test_the_nearer_of_two_is_paired_and_the_other_stands_alone():
    far_above = Block(238, 251, 52, 68, 1.0)
    near = Block(252, 264, 52, 68, 1.0)
    alone, paired = findings([RIB], [far_above, near])
    assert (seen(alone), seen(paired)) == ("p", "ap")
    assert paired.posterior is not None
    assert paired.posterior.box[0] == 252


def test_numbers_run_from_head_to_foot():
    spots = [Block(row, row + 10, -5, 5, 1.0) for row in (600, 100, 350)]
    found = findings(spots[:2], spots[1:])
    assert [finding.number for finding in found] == [1, 2, 3]
    assert [seen(finding) for finding in found] == ["ap", "p", "a"]


def test_the_site_comes_from_the_view_with_more_uptake():
    hot = Doll(spots=(Block(250, 262, 50, 70, 300.0),)).view(BACK)
    probability = {FRONT: painted(FRONT, Block(250, 262, 49, 52, 1.0)), BACK: painted(BACK, RIB)}
    front = (
        VIEWS[FRONT],
        find_lesions(VIEWS[FRONT], find_body(VIEWS[FRONT]), probability[FRONT], 0.5, 0.0),
    )
    back = (hot, find_lesions(hot, find_body(hot), probability[BACK], 0.5, 0.0))
    (finding,) = pair_findings((front, back))
    assert finding.posterior is not None
    assert finding.site is finding.posterior.site


def test_one_view_alone_gives_single_findings():
    view = VIEWS[BACK]
    found = pair_findings(
        ((view, find_lesions(view, find_body(view), painted(BACK, RIB), 0.5, 0.0)),)
    )
    assert [seen(finding) for finding in found] == ["p"]


def test_nothing_found_gives_no_findings():
    assert findings([], []) == ()


blocks = st.lists(
    st.builds(
        lambda row, left, height, width: Block(row, row + height, left, left + width, 1.0),
        st.integers(60, 860),
        st.integers(-60, 50),
        st.integers(1, 40),
        st.integers(1, 20),
    ),
    max_size=5,
)


@settings(max_examples=12)
@given(blocks, blocks)
def test_every_lesion_belongs_to_exactly_one_finding(front: list[Block], back: list[Block]):
    both = parts(front, back)
    found = pair_findings(both)
    used = [(lesion.view, lesion.number) for finding in found for lesion in finding.lesions]
    there = [(view.name, lesion.number) for view, one in both for lesion in one.lesions]
    assert sorted(used) == sorted(there)
    assert len(found) <= len(there)


def test_views_may_come_in_any_order():
    both = parts([RIB], [RIB])
    assert pair_findings(both) == pair_findings(both[::-1])


def test_the_distance_by_hand():
    """Rows count, columns do not: four rows of 2 mm down, 6 mm across."""
    front = SimpleNamespace(centroid=(10.0, 200.0), left_of_midline_mm=3.0)
    back = SimpleNamespace(centroid=(14.0, 50.0), left_of_midline_mm=9.0)
    assert distance_mm(front, back, 2.0) == 10.0
