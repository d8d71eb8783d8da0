"""Text that runs on to the next page."""

from datetime import datetime

import pypdfium2

from BMLesionSegLib.exporting.report.flow import BOTTOM, LEADING, Column, Flow, Row
from BMLesionSegLib.exporting.report.pdf_file import pdf_bytes


def words(flow: Flow) -> list[str]:
    document = pypdfium2.PdfDocument(pdf_bytes(flow.pages, "T", datetime(2026, 1, 1)))
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def test_a_long_text_goes_on_overleaf_and_loses_nothing():
    flow = Flow()
    for number in range(100):
        flow.paragraph(f"line{number}", bullet="•")
    pages = words(flow)
    assert len(pages) == 2
    assert " ".join(pages).replace("• ", "").split() == [f"line{n}" for n in range(100)]


def test_a_heading_stays_with_what_follows():
    flow = Flow()
    flow.y = BOTTOM - LEADING
    flow.heading("Heading")
    flow.paragraph("text")
    assert words(flow) == ["", "Heading text"]


def test_a_table_repeats_its_titles_and_keeps_groups_together():
    flow = Flow()
    columns = (Column("Name", 10), Column("Value", 0, 200))
    group = [Row(("a", "1"), (255, 0, 0)), Row(("b", "2"), (255, 0, 0))]
    flow.y = BOTTOM - 50
    flow.table(columns, [group, group])
    assert words(flow) == ["Name Value a 1 b 2", "Name Value a 1 b 2"]
