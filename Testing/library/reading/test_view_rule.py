"""The order of evidence, what wins, what is kept, what is not guessed."""

import pydicom
import pytest

from BMLesionSegLib.errors import ViewsUnclear
from BMLesionSegLib.reading import load_scan
from BMLesionSegLib.scan import EvidenceKind, ViewName
from Testing.library.nm_files import (
    each_detector,
    ge_like,
    genie_text,
    nm_file,
    no_view,
    setting,
    siemens_like,
    view_codes,
    without,
)
from Testing.library.scans import body_counts

ANTERIOR, POSTERIOR = ViewName
SCT = ("399001007", "SCT", "Posterior"), ("399321004", "SCT", "Anterior")
SRT = ("G-5216", "SRT", "any"), ("G-5215", "SNM3", "any")
LOCAL = ("42", "99NMG", "FACE POST"), ("43", "99NMG", "FACE ANT")


def only(view: ViewName) -> dict:
    return {view: body_counts(view, (512, 128))}


def first_frame(tmp_path, *edits, **options):
    """What is said of the first frame, which lies first in the file."""
    scan = load_scan(nm_file(tmp_path / "scan", *edits, **options))
    return next(view for view in scan if view.source.frame == 1)


# In each file the first frame is posterior by one kind of evidence, against detector number.
@pytest.mark.parametrize(
    ("edits", "kind", "text"),
    [
        ([view_codes(*SCT)], EvidenceKind.VIEW_CODE, "view code 399001007"),
        ([view_codes(*SRT)], EvidenceKind.VIEW_CODE, "view code G-5216"),
        ([view_codes(*LOCAL)], EvidenceKind.VIEW_CODE, 'view code meaning "POST"'),
        ([ge_like, genie_text(r"POST\ANT")], EvidenceKind.PRIVATE_TEXT, 'camera label "POST"'),
        ([ge_like, genie_text(r"WB_F\WB_E", 0x12)], EvidenceKind.PRIVATE_TEXT, 'label "_F"'),
        ([no_view, each_detector(StartAngle=["0", "180"])], EvidenceKind.START_ANGLE, "angle 0"),
        ([no_view, each_detector(StartAngle=["358", "-178"])], EvidenceKind.START_ANGLE, "358"),
    ],
)
def test_each_kind_of_evidence(tmp_path, edits, kind, text):
    without_stronger = [without("StartAngle")] if kind is EvidenceKind.VIEW_CODE else []
    view = first_frame(tmp_path, *without_stronger, *edits)
    assert view.name is POSTERIOR
    assert view.evidence.kind is kind
    assert text in view.evidence.text
    assert not view.evidence.assumed


@pytest.mark.parametrize(
    ("angle", "view"),
    [
        ("0", POSTERIOR),
        ("360", POSTERIOR),
        ("-3", POSTERIOR),
        ("180", ANTERIOR),
        ("-178", ANTERIOR),
    ],
)
def test_start_angles_around_the_patient(tmp_path, angle, view):
    edits = [no_view, without("DetectorVector"), each_detector(StartAngle=[angle])]
    assert first_frame(tmp_path, *edits, counts=only(ANTERIOR)).name is view


@pytest.mark.parametrize("angle", ["90", "270", "45"])
def test_a_detector_at_the_side_tells_nothing(tmp_path, angle):
    edits = [no_view, without("DetectorVector"), each_detector(StartAngle=[angle])]
    with pytest.raises(ViewsUnclear):
        first_frame(tmp_path, *edits, counts=only(ANTERIOR))


def test_series_description_names_a_file_of_one_view(tmp_path):
    named = setting(SeriesDescription="WB POST 3h")
    view = first_frame(tmp_path, no_view, named, counts=only(ANTERIOR))
    assert view.name is POSTERIOR
    assert view.evidence.kind is EvidenceKind.DESCRIPTION


def test_ge_file_of_one_view(tmp_path):
    view = first_frame(tmp_path, ge_like, genie_text("POSTERIOR"), counts=only(ANTERIOR))
    assert (view.name, view.evidence.kind) == (POSTERIOR, EvidenceKind.PRIVATE_TEXT)


def test_one_label_for_two_frames_tells_nothing(tmp_path):
    view = first_frame(tmp_path, ge_like, genie_text("POSTERIOR"))
    assert view.evidence.kind is EvidenceKind.DETECTOR_NUMBER


def test_a_ge_label_without_a_view_tells_nothing(tmp_path):
    view = first_frame(tmp_path, ge_like, genie_text("WHOLE BODY"))
    assert view.evidence.kind is EvidenceKind.DETECTOR_NUMBER


def test_a_private_block_of_another_maker_is_not_read(tmp_path):
    def other_maker(dataset):
        block = dataset.private_block(0x0011, "SOMEONE ELSE", create=True)
        block.add_new(0x30, "LO", ["POST", "ANT"])

    assert first_frame(tmp_path, ge_like, other_maker).name is ANTERIOR


def test_detector_number_is_the_last_resort_and_assumed(tmp_path):
    view = first_frame(tmp_path, no_view)
    assert view.name is ANTERIOR
    assert view.evidence.kind is EvidenceKind.DETECTOR_NUMBER
    assert view.evidence.assumed
    assert "assumed" in view.evidence.text


def test_detector_vector_leads_to_the_detector(tmp_path):
    view = first_frame(tmp_path, setting(DetectorVector=[2, 1]))
    assert view.name is POSTERIOR


def test_frames_without_a_vector_are_in_the_order_of_detectors(tmp_path):
    assert first_frame(tmp_path, no_view, without("DetectorVector")).name is ANTERIOR


def test_second_detector_in_a_file_of_its_own(tmp_path):
    named = setting(DetectorVector=2, NumberOfDetectors=2)
    assert first_frame(tmp_path, named, counts=only(ANTERIOR)).name is ANTERIOR
    alone = first_frame(tmp_path, no_view, named, counts=only(ANTERIOR))
    assert (alone.name, alone.evidence.assumed) == (POSTERIOR, True)


def test_equal_orientations_do_not_matter(tmp_path):
    scan = load_scan(nm_file(tmp_path / "scan", ge_like, each_detector(StartAngle=["180", "0"])))
    assert [view.source.frame for view in scan] == [1, 2]
    assert {view.evidence.kind for view in scan} == {EvidenceKind.START_ANGLE}


def test_siemens_like(tmp_path):
    scan = load_scan(nm_file(tmp_path / "scan", siemens_like, spacing=(4.795, 4.795)))
    assert {view.evidence.kind for view in scan} == {EvidenceKind.VIEW_CODE}
    assert scan.views[0].spacing == (4.795, 4.795)


def test_the_strongest_wins_and_both_are_kept(tmp_path):
    angles = each_detector(StartAngle=["180", "0"])
    view = first_frame(tmp_path, view_codes(*SCT), angles)
    assert view.name is POSTERIOR
    assert view.evidence.text == "view code 399001007; but start angle 180 says anterior"


def test_evidence_equal_for_both_frames_gives_way_to_weaker(tmp_path):
    angles = each_detector(StartAngle=["0", "0"])
    view = first_frame(tmp_path, no_view, angles)
    assert view.evidence.kind is EvidenceKind.DETECTOR_NUMBER


def test_one_known_frame_names_the_other(tmp_path):
    codes = view_codes(SCT[0], ("42", "99NMG", "whole body"))
    scan = load_scan(nm_file(tmp_path / "scan", without("StartAngle"), codes))
    assert scan.view(POSTERIOR).source.frame == 1
    assert scan.view(ANTERIOR).evidence.text == "the other frame has view code 399001007"


def test_the_user_goes_before_the_file_and_the_file_is_kept(tmp_path):
    path = nm_file(tmp_path / "scan", counts=only(ANTERIOR))
    (view,) = load_scan(path, POSTERIOR)
    assert view.name is POSTERIOR
    assert view.evidence.kind is EvidenceKind.USER
    assert view.evidence.text.startswith("given by the user; but view code 399321004 says anterior")


def test_no_header_value_beyond_the_matched_word_is_kept(tmp_path):
    named = setting(SeriesDescription="Lastname Firstname ANT")
    view = first_frame(tmp_path, no_view, named, counts=only(ANTERIOR))
    assert "Lastname" not in view.evidence.text


@pytest.mark.parametrize(
    "edits",
    [
        [view_codes(SCT[0], SCT[0])],
        [no_view, setting(DetectorVector=[1, 1])],
        [no_view, setting(DetectorVector=[3, 4])],
    ],
)
def test_views_that_cannot_be_told_are_refused(tmp_path, edits):
    with pytest.raises(ViewsUnclear):
        load_scan(nm_file(tmp_path / "scan", *edits))


def test_malformed_evidence_is_no_evidence(tmp_path):
    path = nm_file(tmp_path / "scan", no_view, each_detector(StartAngle=["0", "180"]))
    content = path.read_bytes()
    # Decimal strings that are no numbers.
    path.write_bytes(content.replace(b"\x00\x02DS\x04\x00180 ", b"\x00\x02DS\x04\x00far "))
    assert path.read_bytes() != content
    scan = load_scan(path)
    assert scan.view(POSTERIOR).evidence.kind is EvidenceKind.START_ANGLE
    assert scan.view(ANTERIOR).evidence.text == "the other frame has start angle 0"
    assert pydicom.dcmread(path).Modality == "NM"
