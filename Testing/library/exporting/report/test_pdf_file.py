"""The file as an independent PDF library reads it."""

from datetime import datetime

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from BMLesionSegLib.exporting.report.pdf_file import pdf_bytes
from BMLesionSegLib.exporting.report.pdf_page import HEIGHT, WIDTH, Page

WHEN = datetime(2026, 11, 22, 18, 0, 5)


def opened(*pages: Page) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(pdf_bytes(pages, "Title", WHEN))


def words(document: pypdfium2.PdfDocument, page: int = 0) -> str:
    return document[page].get_textpage().get_text_range()


def test_pages_of_a4_with_title_and_time():
    document = opened(Page(), Page())
    assert len(document) == 2
    assert document[1].get_size() == (WIDTH, HEIGHT)
    said = document.get_metadata_dict()
    assert (said["Title"], said["CreationDate"]) == ("Title", "D:20261122180005")


@pytest.mark.parametrize(
    "text", ["Area mm² (a\\b) <c> • é", "Zhang, Wei / 张伟", "Kim, 김희중", "Σωκράτης Иванов"]
)
@pytest.mark.parametrize("bold", [False, True])
def test_text_is_text_in_any_of_its_letters(text: str, bold: bool):
    page = Page()
    page.text(50, 100, text, 10, bold)
    assert words(opened(page)) == text


def test_a_line_lies_where_it_was_put():
    page = Page()
    page.text(50, 100, "H", 10)
    page.text_to(400, 200, "H", 10)
    text = opened(page)[0].get_textpage()
    left, bottom, _, top = text.get_charbox(0)
    assert left == pytest.approx(50, abs=1.5)
    assert bottom == pytest.approx(HEIGHT - 100, abs=0.5)
    assert top > bottom
    last = text.count_chars() - 1
    assert text.get_charbox(last)[2] == pytest.approx(400, abs=1.5)


def test_a_picture_is_drawn_pixel_for_pixel_at_its_own_proportion():
    pixels = np.random.default_rng(0).integers(0, 256, (40, 20, 3), dtype=np.uint8)
    page = Page()
    assert page.picture(30, 50, 100, Image.fromarray(pixels)) == 200
    document = opened(page)
    (found,) = document[0].get_objects()
    left, bottom, right, top = found.get_bounds()
    assert (left, bottom, right, top) == pytest.approx((30, HEIGHT - 250, 130, HEIGHT - 50))
    back = found.get_bitmap().to_pil().convert("RGB")
    np.testing.assert_array_equal(np.asarray(back), pixels)


def test_lines_and_frames_have_their_colour():
    page = Page()
    page.rule(10, 20, 500, ink=(255, 0, 0), width=4)
    page.frame(100, 100, 50, (0, 0, 255))
    drawn = np.asarray(opened(page)[0].render(scale=4).to_pil())
    assert drawn[80, 800].tolist() == [255, 0, 0]
    assert drawn[500, 400].tolist() == [0, 0, 255]
    assert drawn[500, 500].tolist() == [255, 255, 255]


def test_the_same_pages_give_the_same_bytes():
    page = Page()
    page.text(50, 100, "same", 10)
    assert pdf_bytes([page], "T", WHEN) == pdf_bytes([page], "T", WHEN)
