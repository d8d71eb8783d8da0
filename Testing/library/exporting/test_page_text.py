"""Lines fit the page."""

from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from BMLesionSegLib.exporting.page_text import TITLE_SIZE, TextLine, wrapped

SENTENCE = (
    "In the anterior view a spot (midline pelvis) has 12 times the spine's uptake: urine, "
    "contamination or the injection site; it may hide bone."
)


@given(st.integers(300, 1500), st.sampled_from([19, TITLE_SIZE]))
def test_a_sentence_keeps_its_words_and_its_width(width: int, size: int):
    lines = wrapped(SENTENCE, width, size)
    assert " ".join(line.text for line in lines) == SENTENCE
    font = ImageFont.load_default(size)
    assert max(font.getlength(line.text) for line in lines) <= width * 1.05


def test_a_line_takes_its_size_and_the_leading():
    assert TextLine("x", size=30).height == 37


def test_no_text_no_line():
    assert wrapped("", 500) == []
