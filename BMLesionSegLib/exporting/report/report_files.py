"""A scan's report: PDF to sign, its impression to edit, the same facts as JSON and CSV."""

import json
from datetime import datetime
from pathlib import Path

import numpy as np

from BMLesionSegLib.errors import OutputRefused, ReviewIncomplete
from BMLesionSegLib.exporting.atomic import files_together
from BMLesionSegLib.exporting.report.data_files import DRAFT, FINAL, STATE, write_csv, write_json
from BMLesionSegLib.exporting.report.document import report_document
from BMLesionSegLib.exporting.report.facts import ReportFacts, report_facts
from BMLesionSegLib.exporting.report.impression import (
    MARK,
    Impression,
    impression_text,
    read_impression,
)
from BMLesionSegLib.exporting.report.patient import patient_of
from BMLesionSegLib.exporting.report.phrases import phrases, plural
from BMLesionSegLib.exporting.reported import Reported
from BMLesionSegLib.exporting.scan_picture import draw_scan
from BMLesionSegLib.exporting.view_picture import ShownView, window_upper

DOCUMENT, RECORD, TABLE, IMPRESSION = "report.pdf", "report.json", "report.csv", "impression.txt"


def write_report(
    folder: Path, result: Reported, when: datetime, final: bool = False, searched_by: str = ""
) -> ReportFacts:
    """Write ``report.pdf``, ``report.json``, ``report.csv`` and ``impression.txt``.

    An ``impression.txt`` that somebody edited is kept and its lines stand in the report. The
    patient's identity, as the scan's DICOM file states it, stands in the PDF alone.

    Args:
        folder: made if need be.
        result: the lesions of a scan with their statuses.
        when: the moment of writing.
        final: for signature, not as a draft.
        searched_by: name and version of the model that searched; a result without lesions says it
            nowhere else.

    Returns:
        What the report says.

    Raises:
        ReviewIncomplete: it is to be final, and a finding is unreviewed, or the impression was
            edited for other findings.
        FileRefused: the scan's file has gone or changed, or the impression is no text.
        OutputRefused: a draft would replace a final report, or nothing can be written there.
    """
    facts = report_facts(result, when, final, searched_by)
    proposed = phrases(facts)
    impression = read_impression(folder / IMPRESSION, proposed)
    if final:
        check_reviewed(facts, impression)
    else:
        check_no_final(folder)
    views = shown_views(result)
    black = {shown.view.name: window_upper(shown) for shown in views}
    patient = patient_of(result.scan)
    document = report_document(facts, impression, patient, draw_scan(views), black)
    with files_together(folder) as temporary:
        (temporary / DOCUMENT).write_bytes(document)
        write_json(temporary / RECORD, facts, impression)
        write_csv(temporary / TABLE, facts)
        if not impression.edited:
            text = impression_text(proposed)
            (temporary / IMPRESSION).write_text(text, encoding="utf-8", newline="\n")
    return facts


def check_reviewed(facts: ReportFacts, impression: Impression) -> None:
    """Refuse to call final what nobody has judged."""
    if facts.unreviewed:
        raise ReviewIncomplete(
            "a final report has every finding reviewed",
            f"{plural(facts.unreviewed, 'finding')} of {len(facts.findings)} not reviewed",
            "Give each a status, or write a draft.",
        )
    if impression.stale:
        raise ReviewIncomplete(
            f"the lines of {IMPRESSION} were checked against the findings",
            "the findings have changed since they were edited",
            f'Check every line, delete the one that begins with "{MARK.strip()}", try again.',
        )


def check_no_final(folder: Path) -> None:
    """Refuse to put a draft in the place of a report that may be signed already."""
    if not (folder / DOCUMENT).exists() and not (folder / RECORD).exists():
        return
    try:
        state = json.loads((folder / RECORD).read_text("utf-8"))[STATE]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        state = "unknown"
    if state != DRAFT:
        held = "a final one" if state == FINAL else f"one whose {RECORD} cannot be read"
        raise OutputRefused(
            "a draft never replaces a final report",
            f"the folder holds {held}",
            "Choose another folder, or write a final report again.",
        )


def shown_views(result: Reported) -> list[ShownView]:
    """The views with the contours of what is reported, as they are drawn."""
    return [
        ShownView(
            view=one.view,
            body=one.body,
            labels=one.labels,
            lesions=tuple(reported.lesion for reported in one.lesions),
            finding_of={reported.lesion.number: reported.finding for reported in one.lesions},
            capped=np.zeros(one.view.shape, bool),
        )
        for one in result.views
    ]
