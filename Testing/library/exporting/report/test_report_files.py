"""The report's files: complete, agreeing, honest about their state, and the same twice."""

import csv
import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE as PAGEOBJ_IMAGE

from BMLesionSegLib import RESEARCH_USE
from BMLesionSegLib.errors import OutputRefused, ReviewIncomplete
from BMLesionSegLib.exporting.corrected import corrected
from BMLesionSegLib.exporting.report import report_files, write_report
from BMLesionSegLib.exporting.report.impression import MARK
from BMLesionSegLib.exporting.report.report_files import shown_views
from BMLesionSegLib.exporting.reported import Reported, reported
from BMLesionSegLib.exporting.scan_picture import draw_scan
from BMLesionSegLib.exporting.segment import STATUS_COLOURS, STATUS_TAG
from BMLesionSegLib.inference import Segmentation
from BMLesionSegLib.lesions import ReviewStatus
from Testing.library.dicom_sources import source_and_result, stored
from Testing.library.nm_files import SECRET

WHEN = datetime(2026, 11, 22, 18, 0, 5)
FILES = {"report.pdf", "report.json", "report.csv", "impression.txt"}


@pytest.fixture(autouse=True)
def _small_picture(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch):
    """The picture takes most of the time; the tests marked so draw it."""
    if "true_picture" not in request.fixturenames:
        monkeypatch.setattr(report_files, "draw_scan", lambda _: Image.new("RGB", (60, 80)))


@pytest.fixture
def true_picture():
    """Draw the scan."""


def pages(folder: Path) -> list[str]:
    """The words of each page, in reading order."""
    document = pypdfium2.PdfDocument((folder / "report.pdf").read_bytes())
    texts = [page.get_textpage().get_text_range() for page in document]
    return [" ".join(text.split()) for text in texts]


def reviewed(tmp_path: Path, status: str = "metastasis") -> Reported:
    """A scan from DICOM whose lesions all have a status."""
    scan, _ = source_and_result(tmp_path, "two frames", "touching")
    judged = [
        replace(
            one,
            segments=tuple(
                replace(segment, tags=segment.tags | {STATUS_TAG: status})
                for segment in one.segments
            ),
        )
        for one in stored(scan, "touching")
    ]
    return corrected(scan, judged)


def test_every_file_says_the_same(tmp_path: Path):
    _, result = source_and_result(tmp_path, "two frames", "forty")
    out = tmp_path / "out"
    facts = write_report(out, result, WHEN)
    assert {path.name for path in out.iterdir()} == FILES
    record = json.loads((out / "report.json").read_text("utf-8"))
    with (out / "report.csv").open(newline="", encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    lesions = [lesion for finding in record["findings"] for lesion in finding["lesions"]]
    assert len(rows) == len(lesions) == sum(len(view.lesions) for view in result.views) == 40
    for row, lesion in zip(rows, lesions, strict=True):
        assert {key: str(value) for key, value in lesion.items()}.items() <= row.items()
        assert row["research_use"] == RESEARCH_USE
    totals = [one.lesion.total_counts for view in result.views for one in view.lesions]
    assert sorted(float(row["total_counts"]) for row in rows) == pytest.approx(sorted(totals))
    words = pages(out)
    assert len(words) > 2
    for phrase in record["phrases"]:
        assert phrase in words[0]
        assert phrase in (out / "impression.txt").read_text("utf-8").splitlines()
    table = " ".join(words[:-1])
    for finding in facts.findings:
        for one in finding.lesions:
            lesion = one.reported.lesion
            assert f"{lesion.site} {lesion.status} {one.shape}, {one.intensity} " in table
    assert "Numbers are those of the findings" in words[-1]


@pytest.mark.usefixtures("true_picture")
def test_the_last_page_shows_both_views_with_contours_in_their_colours(tmp_path: Path):
    out = tmp_path / "out"
    result = reviewed(tmp_path)
    write_report(out, result, WHEN)
    document = pypdfium2.PdfDocument((out / "report.pdf").read_bytes())
    last = document[len(document) - 1]
    (picture,) = (found for found in last.get_objects() if found.type == PAGEOBJ_IMAGE)
    pixels = np.asarray(picture.get_bitmap().to_pil().convert("RGB"))
    assert np.array_equal(pixels, np.asarray(draw_scan(shown_views(result))))
    red = (pixels == STATUS_COLOURS[ReviewStatus.METASTASIS]).all(axis=-1)
    half = pixels.shape[1] // 2
    assert red[:, :half].any()
    assert red[:, half:].any()
    left, bottom, right, top = picture.get_bounds()
    proportion = pixels.shape[1] / pixels.shape[0]
    assert (right - left) / (top - bottom) == pytest.approx(proportion, rel=1e-3)
    assert pixels.shape[0] / (top - bottom) * 72 >= 150, "dots an inch"


def test_identity_stands_in_the_pdf_alone(tmp_path: Path):
    out = tmp_path / "out"
    write_report(out, reviewed(tmp_path), WHEN)
    first, *others = pages(out)
    for fact in ("Lastname, Firstname", "000001", "1963-01-01", "2026-01-01"):
        assert fact in first
    assert all("Lastname, Firstname" in other for other in others)
    for name in FILES - {"report.pdf"}:
        text = (out / name).read_text("utf-8")
        for secret in (*SECRET.split("^"), "000001", "1963", "20260101", "2026-01-01"):
            assert secret not in text, name
    document = pypdfium2.PdfDocument((out / "report.pdf").read_bytes())
    assert "Lastname" not in str(document.get_metadata_dict())


def test_a_scan_that_is_no_dicom_is_reported_without_a_name(
    tmp_path: Path, segmentation: Segmentation
):
    write_report(tmp_path, reported(segmentation), WHEN)
    assert "Patient not stated in the scan's file" in pages(tmp_path)[0]


@pytest.mark.parametrize("case", ["no lesion", "one empty view"])
@pytest.mark.parametrize("variant", ["two frames", "posterior alone"])
def test_few_lesions_and_one_view(tmp_path: Path, variant: str, case: str):
    _, result = source_and_result(tmp_path, variant, case)
    write_report(tmp_path / "out", result, WHEN)
    text = pages(tmp_path / "out")
    assert len(text) == 2
    assert all(RESEARCH_USE in page for page in text)
    if case == "no lesion":
        assert "That does not make it a normal scan." in text[0]


def test_a_result_without_lesions_names_the_model_that_searched(tmp_path: Path):
    _, result = source_and_result(tmp_path, "two frames", "no lesion")
    write_report(tmp_path / "out", result, WHEN, searched_by="small 0.1.0")
    assert "model small 0.1.0, scan" in pages(tmp_path / "out")[0]
    write_report(tmp_path / "other", result, WHEN)
    assert "model not recorded, scan" in pages(tmp_path / "other")[0]


def test_a_draft_says_so_and_has_no_place_to_sign(tmp_path: Path):
    write_report(tmp_path / "out", reviewed(tmp_path), WHEN)
    text = pages(tmp_path / "out")
    assert "DRAFT" in text[0]
    assert "not for signature" in text[0]
    assert "Signature" not in " ".join(text)
    assert all("BMLesionSeg, draft." in page for page in text)


def test_a_final_report_can_be_signed(tmp_path: Path):
    write_report(tmp_path / "out", reviewed(tmp_path), WHEN, final=True)
    text = pages(tmp_path / "out")
    assert "FINAL" in text[0]
    assert "Read by Date Signature" in text[0]
    assert not any("draft" in page.casefold() for page in text)
    assert json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))["state"] == "final"


def test_nothing_unreviewed_is_ever_final(tmp_path: Path):
    _, result = source_and_result(tmp_path, "two frames", "forty")
    with pytest.raises(ReviewIncomplete, match=r"\d+ findings of \d+ not reviewed"):
        write_report(tmp_path / "out", result, WHEN, final=True)
    assert not (tmp_path / "out").exists()


def test_a_draft_never_replaces_a_final_report(tmp_path: Path):
    result = reviewed(tmp_path)
    out = tmp_path / "out"
    write_report(out, result, WHEN, final=True)
    before = (out / "report.pdf").read_bytes()
    with pytest.raises(OutputRefused, match="never replaces a final"):
        write_report(out, result, WHEN)
    assert (out / "report.pdf").read_bytes() == before
    write_report(out, result, WHEN, final=True)


@pytest.mark.parametrize("damage", ["missing", "cut short", "no object", "no state"])
def test_a_draft_never_replaces_a_report_whose_record_is_damaged(tmp_path: Path, damage: str):
    out = tmp_path / "out"
    write_report(out, reviewed(tmp_path), WHEN, final=True)
    record = out / "report.json"
    if damage == "missing":
        record.unlink()
    else:
        record.write_text({"cut short": '{"sta', "no object": "[]", "no state": "{}"}[damage])
    before = (out / "report.pdf").read_bytes()
    with pytest.raises(OutputRefused, match=r"one whose report\.json cannot be read"):
        write_report(out, reviewed(tmp_path), WHEN)
    assert (out / "report.pdf").read_bytes() == before


def test_the_edited_impression_stands_in_the_report_and_in_no_data(tmp_path: Path):
    out = tmp_path / "out"
    result = reviewed(tmp_path)
    write_report(out, result, WHEN)
    file = out / "impression.txt"
    file.write_text(file.read_text("utf-8") + "Ms Lastname: progression since May.\n", "utf-8")
    edited = file.read_bytes()
    write_report(out, result, WHEN, final=True)
    assert file.read_bytes() == edited
    assert "progression since May. Edited by the reader." in pages(out)[0]
    record = json.loads((out / "report.json").read_text("utf-8"))
    assert record["impression_edited"]
    assert "progression" not in json.dumps(record)


def test_an_impression_edited_for_other_findings_is_marked_and_never_final(tmp_path: Path):
    out = tmp_path / "out"
    write_report(out, reviewed(tmp_path), WHEN)
    file = out / "impression.txt"
    file.write_text(file.read_text("utf-8") + "All of it metastatic.\n", "utf-8")
    others = reviewed(tmp_path, "benign")
    write_report(out, others, WHEN)
    assert "All of it metastatic. These lines were written for an earlier state" in pages(out)[0]
    with pytest.raises(ReviewIncomplete, match="have changed since"):
        write_report(out, others, WHEN, final=True)
    lines = file.read_text("utf-8").splitlines()
    file.write_text("\n".join(line for line in lines if not line.startswith(MARK)), "utf-8")
    write_report(out, others, WHEN, final=True)
    assert "All of it metastatic. Edited by the reader." in pages(out)[0]


def test_the_same_result_gives_the_same_bytes(tmp_path: Path):
    result = reviewed(tmp_path)
    for name in ("first", "second"):
        write_report(tmp_path / name, result, WHEN)
    for name in FILES:
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()


def test_rejected_contours_are_counted_and_not_shown(tmp_path: Path):
    out = tmp_path / "out"
    write_report(out, reviewed(tmp_path, "rejected"), WHEN)
    text = pages(out)[0]
    assert "6 contours rejected by the reader and left out." in text
    assert "No lesion is reported." in text
