"""A view holds counts and nothing else, and nobody changes them afterwards."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from BMLesionSegLib.errors import CountsRefused, GeometryRefused
from BMLesionSegLib.scan import (
    EvidenceKind,
    Geometry,
    SourceFrame,
    View,
    ViewEvidence,
    ViewName,
    view_geometry,
)

EVIDENCE = ViewEvidence(EvidenceKind.VIEW_CODE, "view code 399321004")


def view_of(counts: np.ndarray, spacing: tuple[float, float] = (2.26, 2.26)) -> View:
    return View(ViewName.ANTERIOR, counts, spacing, EVIDENCE)


@given(arrays(np.uint16, (4, 3)).filter(lambda counts: len(np.unique(counts)) > 1))
def test_counts_are_kept_as_float32(counts):
    view = view_of(counts)
    assert view.counts.dtype == np.float32
    np.testing.assert_array_equal(view.counts, counts)


def test_counts_cannot_be_changed_from_either_side():
    counts = np.eye(4, 3, dtype=np.float32)
    view = view_of(counts)
    counts[0, 0] = 7
    assert view.counts[0, 0] == 1
    with pytest.raises(ValueError, match="read-only"):
        view.counts[0, 0] = 7


def test_size_area_and_convention():
    view = view_of(np.eye(4, 3), (2.0, 1.5))
    assert view.shape == (4, 3)
    assert view.pixel_area == 3.0
    assert view.geometry == view_geometry(ViewName.ANTERIOR, (4, 3), (2.0, 1.5))


def test_the_geometry_of_the_file_goes_first():
    stated = Geometry((1.0, 2.0, 3.0), (2.26, 2.26, 1.0), tuple(np.eye(3).ravel()))
    view = View(ViewName.POSTERIOR, np.eye(4), (2.26, 2.26), EVIDENCE, file_geometry=stated)
    assert view.geometry is stated


def test_only_the_detector_number_is_an_assumption():
    assumed = [kind for kind in EvidenceKind if ViewEvidence(kind, "").assumed]
    assert assumed == [EvidenceKind.DETECTOR_NUMBER]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (np.zeros((0, 3)), "shape (0, 3)"),
        (np.ones((2, 4, 3)), "shape (2, 4, 3)"),
        (np.array([["a", "b"]]), "type <U1"),
        (np.array([[1j, 2]]), "type complex128"),
        (np.array([[1.0, np.nan]]), "NaN"),
        (np.array([[1.0, np.inf]]), "infinite"),
        (np.array([[1, -2]]), "negative pixels came (lowest -2)"),
        (np.zeros((4, 3)), "every pixel is zero"),
        (np.full((4, 3), 5), "every pixel is 5"),
    ],
)
def test_what_cannot_be_counts_is_refused(counts, said):
    with pytest.raises(CountsRefused) as refusal:
        view_of(counts)
    assert said in str(refusal.value)


@given(st.sampled_from([0.0, -2.26, np.nan, np.inf]), st.booleans())
def test_impossible_spacing_is_refused(wrong, first):
    spacing = (wrong, 2.26) if first else (2.26, wrong)
    with pytest.raises(GeometryRefused):
        view_of(np.eye(3), spacing)


def test_a_frame_is_upright_unless_it_says_otherwise():
    assert SourceFrame("1.2", 1).quarter_turns == 0
