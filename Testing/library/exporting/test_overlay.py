"""The page: sizes, text and bytes."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from BMLesionSegLib.exporting.overlay import (
    BORDER,
    NARROWEST,
    draw_overlay,
    header_lines,
    write_overlay,
)
from BMLesionSegLib.exporting.page_text import WARNING_INK, TextLine
from BMLesionSegLib.inference import Segmentation
from BMLesionSegLib.lesions import ReviewStatus


def test_the_page_is_written_and_readable(segmentation: Segmentation, tmp_path: Path):
    path = tmp_path / "overlay.png"
    write_overlay(path, segmentation)
    with Image.open(path) as page:
        assert page.mode == "RGB"
        assert page.width > 2 * 256 * 1.8
    assert list(tmp_path.iterdir()) == [path]


def test_the_same_result_gives_the_same_bytes(segmentation: Segmentation, tmp_path: Path):
    write_overlay(tmp_path / "a.png", segmentation)
    write_overlay(tmp_path / "b.png", segmentation)
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_one_view_has_room_for_the_text(one_view: Segmentation):
    assert draw_overlay(one_view).width == NARROWEST + 2 * BORDER


def test_the_research_use_line_is_on_the_page_whatever_the_legend_holds(
    segmentation: Segmentation,
):
    statuses = list(ReviewStatus)[:2]
    views = tuple(
        replace(
            result,
            lesions=replace(
                result.lesions,
                lesions=tuple(
                    replace(lesion, status=status)
                    for lesion, status in zip(result.lesions.lesions, statuses, strict=False)
                ),
            ),
        )
        for result in segmentation.views
    )
    page = np.asarray(draw_overlay(replace(segmentation, views=views)))
    red_rows = np.flatnonzero((page == WARNING_INK).all(axis=-1).any(axis=1))
    last_line = TextLine("").height
    assert len(page) - BORDER - last_line <= red_rows.max() < len(page) - BORDER
    assert (page[-BORDER:] == 255).all()


def test_the_headline_comes_first_and_flags_follow(segmentation: Segmentation):
    lines = header_lines(segmentation, 1000)
    assert lines[0].text.startswith("2 findings")
    assert "threshold 0.5" in " ".join(line.text for line in lines)


def test_a_blocked_result_is_written_in_red(one_view: Segmentation, nothing_found: Segmentation):
    assert header_lines(one_view, 1000)[0].ink == WARNING_INK
    (headline, *_) = header_lines(nothing_found, 1000)
    assert headline.text == "none found, not a normal scan"
    assert headline.ink != WARNING_INK


def test_long_lines_are_wrapped(one_view: Segmentation):
    assert len(header_lines(one_view, 300)) > len(header_lines(one_view, 2000))
