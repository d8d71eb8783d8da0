"""The legend says what is on the page, and no more."""

from BMLesionSegLib import RESEARCH_USE
from BMLesionSegLib.exporting.legend import legend_lines
from BMLesionSegLib.inference import Segmentation


def texts(segmentation: Segmentation) -> list[str]:
    uppers = [40.4, 51.0][: len(segmentation.views)]
    return [item.line.text for item in legend_lines(segmentation, uppers)]


def test_lesions_and_capped_pixels_are_explained(segmentation: Segmentation):
    assert texts(segmentation) == [
        "lesion, unreviewed; numbered by finding",
        "capped before the search: hotter than three times bright bone, often urine",
        "black: ANT 40, POST 51 counts and more",
        RESEARCH_USE,
    ]


def test_what_is_absent_is_not_explained(nothing_found: Segmentation):
    assert texts(nothing_found) == ["black: ANT 40, POST 51 counts and more", RESEARCH_USE]
