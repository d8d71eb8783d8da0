"""What the program proposes to say."""

from dataclasses import replace
from datetime import datetime

import pytest

from BMLesionSegLib.exporting.origin import Origin
from BMLesionSegLib.exporting.report.facts import (
    FindingFacts,
    LesionFacts,
    ReportFacts,
    report_facts,
)
from BMLesionSegLib.exporting.report.phrases import phrases, ranges
from BMLesionSegLib.exporting.reported import ReportedLesion, reported
from BMLesionSegLib.inference import Segmentation
from BMLesionSegLib.lesions import Level, ReviewStatus, Side, Site
from BMLesionSegLib.quality.flag import FlagKind, QualityFlag
from BMLesionSegLib.scan import BoneScan, ViewName
from Testing.library.doll import Doll
from Testing.library.exporting_results import result_of

WHEN = datetime(2026, 11, 22)
ANTERIOR, POSTERIOR = ViewName
BENIGN, METASTASIS = ReviewStatus.BENIGN, ReviewStatus.METASTASIS


@pytest.fixture
def facts(segmentation: Segmentation) -> ReportFacts:
    return report_facts(reported(segmentation), WHEN, final=False)


def finding(
    facts: ReportFacts, number: int, status: ReviewStatus, site: Site, ratio: float = 3.14
) -> FindingFacts:
    """A finding of the anterior view, 22 mm long, made of a real one."""
    lesion = replace(
        facts.findings[0].lesions[0].reported.lesion, status=status, site=site, uptake_ratio=ratio
    )
    return FindingFacts(
        number, (LesionFacts(ReportedLesion(lesion, number, "", Origin.MANUAL, ""), 22.4),)
    )


def with_findings(facts: ReportFacts, *findings: FindingFacts) -> tuple[str, ...]:
    return phrases(replace(facts, findings=findings, quality=replace(facts.quality, flags=())))


def test_a_run_is_described_by_site_size_and_intensity(facts: ReportFacts):
    lines = phrases(facts)
    assert lines[0] == "2 findings: 2 not reviewed."
    rib = next(line for line in lines if "chest" in line)
    assert rib.endswith("not reviewed (finding 1, both views).")
    assert "uptake in the left chest, " in rib


def test_one_finding_in_one_sentence(facts: ReportFacts):
    chest = Site(Level.CHEST, Side.LEFT)
    _, line = with_findings(facts, finding(facts, 3, METASTASIS, chest))
    assert line == (
        "Focal moderate uptake in the left chest, 22 mm, ratio 3.1: suspicious for metastasis "
        "(finding 3, anterior view)."
    )


@pytest.mark.parametrize(
    ("ratio", "word"),
    [(1.14, "faint"), (1.16, "mild"), (1.94, "mild"), (1.96, "moderate"), (3.94, "moderate"),
     (3.96, "intense")],
)  # fmt: skip
def test_the_word_goes_with_the_ratio_as_it_is_printed(facts: ReportFacts, ratio: float, word: str):
    site = Site(Level.PELVIS, Side.RIGHT)
    _, line = with_findings(facts, finding(facts, 1, BENIGN, site, ratio))
    assert f" {word} uptake" in line
    assert f"ratio {ratio:.1f}" in line


@pytest.mark.parametrize(
    ("site", "where"),
    [
        (Site(Level.LUMBAR, Side.MIDLINE), "in the midline of the lumbar region, "),
        (Site(Level.UNKNOWN, Side.LEFT), "at a level not known (left), "),
        (Site(Level.FOOT, Side.RIGHT), "in the right foot, "),
    ],
)
def test_where_it_lies(facts: ReportFacts, site: Site, where: str):
    assert where in with_findings(facts, finding(facts, 1, METASTASIS, site))[1]


def test_many_of_one_level_are_one_line(facts: ReportFacts):
    sides = (Side.LEFT, Side.LEFT, Side.RIGHT, Side.MIDLINE)
    spots = [
        finding(facts, number, METASTASIS, Site(Level.CHEST, side), ratio)
        for number, side, ratio in zip((1, 3, 4, 5), sides, (1.5, 9.0, 2.0, 3.0), strict=True)
    ]
    other = finding(facts, 2, METASTASIS, Site(Level.PELVIS, Side.LEFT))
    lines = with_findings(facts, *spots, other)
    assert lines[1] == (
        "Multiple foci (n=4), chest (2 left, 1 right, 1 midline), up to 22 mm, ratio 1.5 to 9.0: "
        "suspicious for metastasis (findings 1, 3-5)."
    )
    assert len(lines) == 3


def test_forty_findings_are_still_a_short_impression(facts: ReportFacts):
    levels = [level for level in Level if level is not Level.UNKNOWN]
    spots = [
        finding(facts, number, status, Site(levels[number % len(levels)], Side.LEFT))
        for number, status in enumerate([METASTASIS] * 24 + [BENIGN] * 16, start=1)
    ]
    assert len(with_findings(facts, *spots)) <= 1 + 2 * len(levels)


def test_indeterminate_findings_ask_for_more(facts: ReportFacts):
    site = Site(Level.CHEST, Side.LEFT)
    lines = with_findings(facts, finding(facts, 1, ReviewStatus.INDETERMINATE, site))
    assert lines[-1].startswith("Indeterminate findings: SPECT/CT")


def test_the_view_that_asks_for_more_care_gives_the_status(facts: ReportFacts):
    front, back = facts.findings[0].lesions
    judged = [
        LesionFacts(replace(one.reported, lesion=replace(one.reported.lesion, status=status)), 20.0)
        for one, status in ((front, BENIGN), (back, METASTASIS))
    ]
    assert FindingFacts(1, tuple(judged)).status is METASTASIS
    half = (judged[0], back)
    assert FindingFacts(1, half).status is ReviewStatus.UNREVIEWED


def test_size_is_from_the_view_that_shows_it_longer_and_uptake_from_the_clearer(
    facts: ReportFacts,
):
    (faint,) = finding(facts, 1, METASTASIS, Site(Level.CHEST, Side.LEFT), 1.5).lesions
    (hot,) = finding(facts, 1, METASTASIS, Site(Level.CHEST, Side.LEFT), 5.0).lesions
    both = FindingFacts(1, (replace(faint, length_mm=94.0), replace(hot, length_mm=13.0)))
    _, line = with_findings(facts, both)
    assert line.startswith("Linear intense uptake in the left chest, 94 mm, ratio 5.0: ")


def test_nothing_found_is_never_normal(nothing_found: Segmentation, one_view: Segmentation):
    def said(segmentation: Segmentation) -> tuple[str, ...]:
        return phrases(report_facts(reported(segmentation), WHEN, final=False))

    assert said(nothing_found) == ("None found, not a normal scan.",)
    assert said(one_view)[1] == "Read with care: one view only."
    alone = BoneScan((Doll().view(POSTERIOR),), "one")
    assert said(result_of(alone, {POSTERIOR: []})) == ("No statement possible: one view only.",)


def test_a_superscan_and_missing_kidneys_warn():
    scan = Doll(kidneys=0.3, spine=4.0, limbs=0.3).scan()
    lines = phrases(
        report_facts(reported(result_of(scan, {name: [] for name in ViewName})), WHEN, final=False)
    )
    assert lines[0].startswith("No statement possible: ")
    assert "kidneys not seen" in lines[0]
    assert lines[1].startswith("Possible superscan (")
    assert FlagKind.DIFFUSE_AXIAL.value in lines[1]


def test_care_is_said_once_a_reason(facts: ReportFacts):
    flag = QualityFlag(FlagKind.LOW_COUNTS, ANTERIOR, "Few.")
    twice = replace(facts, quality=replace(facts.quality, flags=(flag, flag)))
    assert "Read with care: low counts." in phrases(twice)


@pytest.mark.parametrize(
    ("numbers", "said"), [([1], "1"), ([1, 2, 3], "1-3"), ([1, 3, 4, 9], "1, 3-4, 9")]
)
def test_neighbouring_numbers_are_joined(numbers: list[int], said: str):
    assert ranges(numbers) == said
