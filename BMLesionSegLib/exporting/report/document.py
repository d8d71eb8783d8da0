"""``report.pdf``: one page of words, or as many as it takes, and one page of pictures."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from BMLesionSegLib import RESEARCH_USE, __version__
from BMLesionSegLib.exporting.origin import Origin
from BMLesionSegLib.exporting.page_text import WARNING_INK
from BMLesionSegLib.exporting.report.facts import (
    INTENSITY_BELOW,
    FindingFacts,
    LesionFacts,
    ReportFacts,
    ViewFacts,
)
from BMLesionSegLib.exporting.report.flow import (
    BOTTOM,
    FAINT,
    LEFT,
    RIGHT,
    SMALL_SIZE,
    TEXT_SIZE,
    Column,
    Flow,
    Row,
)
from BMLesionSegLib.exporting.report.impression import Impression
from BMLesionSegLib.exporting.report.patient import Patient
from BMLesionSegLib.exporting.report.pdf_file import pdf_bytes
from BMLesionSegLib.exporting.report.pdf_page import BLACK
from BMLesionSegLib.exporting.report.phrases import plural
from BMLesionSegLib.exporting.segment import STATUS_COLOURS
from BMLesionSegLib.exporting.view_picture import PIXELS_PER_MM
from BMLesionSegLib.lesions import ReviewStatus
from BMLesionSegLib.scan import ViewName

if TYPE_CHECKING:
    from PIL import Image

TITLE = "Whole-body bone scan: lesions"
TITLE_SIZE = 16.0
DRAFT_LINE = "A draft, not for signature: review every finding and edit the impression first."
NOT_STATED = "not stated in the scan's file"
SCALE_BAR_MM = 100
COLUMNS = (
    Column("No", 11),
    Column("View", 30),
    Column("Site", 62),
    Column("Status", 172),
    Column("Uptake", 236),
    Column("Ratio", 0, 342),
    Column("Length mm", 0, 394),
    Column("Area mm²", 0, 442),
    Column("Mean", 0, 470),
    Column("Max", 0, 499),
)
CONTOURS = {
    Origin.AUTOMATIC: "as the program drew them",
    Origin.SEMIAUTOMATIC: "corrected by hand",
    Origin.MANUAL: "drawn by hand",
}


def report_document(
    facts: ReportFacts,
    impression: Impression,
    patient: Patient,
    picture: "Image.Image",
    black: Mapping[ViewName, float],
) -> bytes:
    """The report as a PDF file.

    Args:
        facts: all that is said.
        impression: the lines that a physician answers for.
        patient: whose scan it is.
        picture: both views with numbered contours.
        black: counts shown black, by view.
    """
    flow = Flow()
    add_title(flow, facts)
    add_patient(flow, facts, patient)
    add_impression(flow, impression)
    add_findings(flow, facts)
    add_quality(flow, facts)
    add_making(flow, facts)
    if facts.final:
        add_signature(flow)
    add_picture(flow, facts, picture, black)
    add_margins(flow, facts, patient)
    return pdf_bytes(flow.pages, f"{TITLE} ({state(facts)})", facts.when)


def state(facts: ReportFacts) -> str:
    """Draft or final."""
    return "final" if facts.final else "draft"


def add_title(flow: Flow, facts: ReportFacts) -> None:
    """What this is, in what state, and for what it may be used."""
    ink = BLACK if facts.final else WARNING_INK
    flow.page.text(LEFT, flow.y + 4, TITLE, TITLE_SIZE, bold=True)
    flow.page.text_to(RIGHT, flow.y + 4, state(facts).upper(), TITLE_SIZE, bold=True, ink=ink)
    flow.gap(12)
    flow.paragraph(RESEARCH_USE, ink=WARNING_INK)
    if not facts.final:
        flow.paragraph(DRAFT_LINE, ink=WARNING_INK)


def add_patient(flow: Flow, facts: ReportFacts, patient: Patient) -> None:
    """Patient at the left, study at the right."""
    left = (
        ("Patient", patient.name),
        ("Number", patient.patient_id),
        ("Born", patient.birth_date),
        ("Sex", patient.sex),
    )
    right = (
        ("Scan of", patient.study_date),
        ("Accession", patient.accession_number),
        ("Referred by", patient.referring_physician),
        ("Report of", facts.when.strftime("%Y-%m-%d %H:%M")),
    )
    flow.gap(6)
    for pairs in zip(left, right, strict=True):
        for (label, value), x in zip(pairs, (LEFT, LEFT + 270), strict=True):
            flow.page.text(x, flow.y + TEXT_SIZE, label, TEXT_SIZE, ink=FAINT)
            ink = BLACK if value else FAINT
            flow.page.text(x + 58, flow.y + TEXT_SIZE, value or NOT_STATED, TEXT_SIZE, ink=ink)
        flow.gap(14)


def add_impression(flow: Flow, impression: Impression) -> None:
    """The lines that a physician answers for."""
    flow.heading("Impression")
    for line in impression.lines:
        flow.paragraph(line, bullet="•")
    if impression.stale:
        flow.paragraph(
            "These lines were written for an earlier state of the findings: check each of them.",
            ink=WARNING_INK,
        )
    elif impression.edited:
        flow.paragraph("Edited by the reader.", ink=FAINT, size=SMALL_SIZE)
    else:
        flow.paragraph("Proposed by the program.", ink=FAINT, size=SMALL_SIZE)


def add_findings(flow: Flow, facts: ReportFacts) -> None:
    """One row a lesion, those of one finding together."""
    flow.heading("Findings", following=60)
    if facts.findings:
        flow.table(COLUMNS, [finding_rows(finding) for finding in facts.findings])
    else:
        flow.paragraph("No lesion is reported. That does not make it a normal scan.")
    if facts.rejected:
        flow.gap(3)
        contours = plural(facts.rejected, "contour")
        flow.paragraph(f"{contours} rejected by the reader and left out.", ink=FAINT)


def finding_rows(finding: FindingFacts) -> list[Row]:
    """The rows of a finding; only the first states its number."""
    return [
        lesion_row(str(finding.number) if index == 0 else "", lesion)
        for index, lesion in enumerate(finding.lesions)
    ]


def lesion_row(number: str, facts: LesionFacts) -> Row:
    """The cells of a lesion, in the order of ``COLUMNS``."""
    lesion = facts.reported.lesion
    cells = (
        number,
        lesion.view.short,
        str(lesion.site),
        lesion.status.value,
        f"{facts.shape}, {facts.intensity}",
        f"{lesion.uptake_ratio:.1f}",
        f"{facts.length_mm:.0f}",
        f"{lesion.area_mm2:.0f}",
        f"{lesion.mean_counts:.0f}",
        f"{lesion.max_counts:.0f}",
    )
    return Row(cells, STATUS_COLOURS[lesion.status])


def add_quality(flow: Flow, facts: ReportFacts) -> None:
    """What a reader asks first about a scan."""
    flow.heading("Quality of the scan")
    for flag in facts.quality.flags:
        ink = WARNING_INK if flag.blocks_normal else BLACK
        flow.paragraph(flag.text, bullet="•", ink=ink)
    if not facts.quality.flags:
        flow.paragraph("Nothing was noticed. Urine, motion and extravasation: look for yourself.")


def add_making(flow: Flow, facts: ReportFacts) -> None:
    """How the figures came about."""
    flow.heading("How this was made")
    faint, mild, moderate = (f"{end:g}" for end in INTENSITY_BELOW.values())
    lines = [
        *(view_line(view) for view in facts.views),
        contour_line(facts),
        f"BMLesionSeg {__version__}, model {', '.join(facts.models) or 'not recorded'}, "
        f"scan {facts.scan_name}.",
        "Ratio: mean counts over the median skeletal counts of the same view; faint below "
        f"{faint}, mild below {mild}, moderate below {moderate}, intense above. Length: longest "
        "diameter of the outline. A site is told from the outline of the body, not from the bone.",
    ]
    for line in lines:
        flow.paragraph(line, size=SMALL_SIZE)


def view_line(view: ViewFacts) -> str:
    """Grid, counts and evidence of a view."""
    rows, columns = view.shape
    return (
        f"{view.name.value.capitalize()} view: {rows} x {columns} pixels of "
        f"{view.spacing[0]:.3g} x {view.spacing[1]:.3g} mm, {view.total_counts / 1e6:.2f} million "
        f"counts; known as such by {view.evidence}."
    )


def contour_line(facts: ReportFacts) -> str:
    """Who drew the contours."""
    origins = [one.reported.origin for one in facts.lesions]
    counted = [
        f"{origins.count(kind)} {words}" for kind, words in CONTOURS.items() if kind in origins
    ]
    return f"Contours: {', '.join(counted) or 'none'}."


def add_signature(flow: Flow) -> None:
    """Where a physician signs."""
    flow.keep(64)
    flow.gap(44)
    for label, left, right in (
        ("Read by", LEFT, LEFT + 180),
        ("Date", LEFT + 200, LEFT + 290),
        ("Signature", LEFT + 310, RIGHT),
    ):
        flow.page.rule(left, flow.y, right)
        flow.page.text(left, flow.y + 10, label, SMALL_SIZE, ink=FAINT)
    flow.gap(20)


def add_picture(
    flow: Flow, facts: ReportFacts, picture: "Image.Image", black: Mapping[ViewName, float]
) -> None:
    """Both views on a page of their own, with what the colours mean."""
    flow.new_page()
    legend = 40.0
    scale = min((RIGHT - LEFT) / picture.width, (BOTTOM - flow.y - legend) / picture.height)
    width = scale * picture.width
    flow.gap(flow.page.picture((LEFT + RIGHT - width) / 2, flow.y, width, picture) + 14)
    statuses = {one.reported.lesion.status for one in facts.lesions}
    x = LEFT
    for status in ReviewStatus:
        if status in statuses:
            flow.page.frame(x, flow.y, 7, STATUS_COLOURS[status])
            flow.page.text(x + 12, flow.y + 7, status.value, SMALL_SIZE)
            x += 84
    bar = SCALE_BAR_MM * PIXELS_PER_MM * scale
    flow.page.rule(RIGHT - bar, flow.y + 4, RIGHT, width=1.5)
    flow.page.text_to(RIGHT - bar - 6, flow.y + 7, f"{SCALE_BAR_MM} mm", SMALL_SIZE)
    flow.gap(20)
    counts = ", ".join(f"{name.short} {upper:.0f}" for name, upper in black.items())
    words = (
        "Numbers are those of the findings. R and L are the patient's right and left. "
        f"Black: {counts} counts and more."
    )
    flow.page.text(LEFT, flow.y, words, SMALL_SIZE, ink=FAINT)


def add_margins(flow: Flow, facts: ReportFacts, patient: Patient) -> None:
    """On every page what it belongs to, and which page it is."""
    whose = ", ".join(
        part for part in (patient.name, patient.patient_id, patient.study_date) if part
    )
    for number, page in enumerate(flow.pages, start=1):
        if number > 1:
            page.text(LEFT, 44, whose or NOT_STATED, SMALL_SIZE, ink=FAINT)
        words = f"BMLesionSeg, {state(facts)}. {RESEARCH_USE}"
        page.text(LEFT, BOTTOM + 28, words, SMALL_SIZE, ink=FAINT)
        page.text_to(RIGHT, BOTTOM + 28, f"{number} / {len(flow.pages)}", SMALL_SIZE, ink=FAINT)
