"""The lines of the impression that the program proposes, by status, site, size and intensity.

They describe what was marked and what the reader called it; they name no bone that an outline
cannot tell, and they are there to be edited.
"""

from collections.abc import Sequence
from itertools import groupby

from BMLesionSegLib.exporting.report.facts import FindingFacts, ReportFacts, sides
from BMLesionSegLib.lesions import Level, ReviewStatus, Side, Site

STATUS_WORDS = {
    ReviewStatus.UNREVIEWED: "not reviewed",
    ReviewStatus.METASTASIS: "suspicious for metastasis",
    ReviewStatus.INDETERMINATE: "indeterminate",
    ReviewStatus.BENIGN: "judged benign",
}
ORDER = (
    ReviewStatus.METASTASIS,
    ReviewStatus.INDETERMINATE,
    ReviewStatus.BENIGN,
    ReviewStatus.UNREVIEWED,
)
TOGETHER_FROM, CLOSER_TOGETHER_FROM = 4, 2
"""So many findings of one status and level are said in one line; the second number holds where the
status has more than ``SOME`` findings in all, so that the impression stays short."""
SOME = 6


def phrases(facts: ReportFacts) -> tuple[str, ...]:
    """The lines: the result, what to beware of, the findings, what may follow."""
    lines = [summary(facts)]
    if facts.findings and facts.care:
        lines.append(f"Read with care: {', '.join(facts.care)}.")
    if facts.superscan_signs:
        lines.append(
            f"Possible superscan ({', '.join(facts.superscan_signs)}): diffuse disease may look "
            "like a clean scan; compare kidneys, soft tissue and limbs."
        )
    for status in ORDER:
        of_status = [one for one in facts.findings if one.status is status]
        lines += status_lines(of_status)
    if any(one.status is ReviewStatus.INDETERMINATE for one in facts.findings):
        lines.append("Indeterminate findings: SPECT/CT, CT or MRI if it changes what is done.")
    return tuple(lines)


def summary(facts: ReportFacts) -> str:
    """How many findings of each status; without any, that this is not a normal scan."""
    if not facts.findings:
        return capitalised(facts.quality.headline(0)) + "."
    statuses = [one.status for one in facts.findings]
    counted = [
        f"{statuses.count(status)} {STATUS_WORDS[status]}" for status in ORDER if status in statuses
    ]
    return f"{plural(len(statuses), 'finding')}: {', '.join(counted)}."


def status_lines(findings: Sequence[FindingFacts]) -> list[str]:
    """The findings of one status by part of the body: few one by one, many in one line."""
    together = TOGETHER_FROM if len(findings) <= SOME else CLOSER_TOGETHER_FROM
    lines = []
    for level in Level:
        here = [one for one in findings if one.site.level is level]
        if len(here) >= together:
            lines.append(many_line(here, level))
        else:
            lines += [finding_line(one) for one in here]
    return lines


def finding_line(finding: FindingFacts) -> str:
    """One finding: its uptake from the clearer view, its size from the one that shows it longer."""
    clearest, longest = finding.clearest, finding.longest
    return (
        f"{capitalised(longest.shape)} {clearest.intensity} uptake {at(finding.site)}, "
        f"{longest.length_mm:.0f} mm, ratio {clearest.reported.lesion.uptake_ratio:.1f}: "
        f"{STATUS_WORDS[finding.status]} (finding {finding.number}, {seen_in(finding)})."
    )


def at(site: Site) -> str:
    """Where, to go on a sentence with."""
    if site.level is Level.UNKNOWN:
        return f"at a level not known ({site.side})"
    if site.side is Side.MIDLINE:
        return f"in the midline of the {site.level}"
    return f"in the {site}"


def seen_in(finding: FindingFacts) -> str:
    """Which views show it."""
    if len(finding.lesions) > 1:
        return "both views"
    return f"{finding.lesions[0].reported.lesion.view} view"


def many_line(findings: Sequence[FindingFacts], level: Level) -> str:
    """Several findings of one status and level in one sentence."""
    ratios = [one.clearest.reported.lesion.uptake_ratio for one in findings]
    counted = ", ".join(f"{count} {side}" for side, count in sides(findings).items())
    longest = max(one.longest.length_mm for one in findings)
    numbers = ranges([one.number for one in findings])
    return (
        f"Multiple foci (n={len(findings)}), {level} ({counted}), up to {longest:.0f} mm, "
        f"ratio {min(ratios):.1f} to {max(ratios):.1f}: {STATUS_WORDS[findings[0].status]} "
        f"(findings {numbers})."
    )


def ranges(numbers: Sequence[int]) -> str:
    """Ascending numbers, neighbours joined: 1, 3-5."""
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(numbers), key=lambda place: place[1] - place[0])
    ]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def plural(count: int, noun: str) -> str:
    """A number with its noun."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def capitalised(text: str) -> str:
    """With a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]
