"""Scaling by the body's own bone, capping of urine."""

import numpy as np

from BMLesionSegLib.preparation import Normalisation, body_mask, prepare
from BMLesionSegLib.scan import EvidenceKind, View, ViewEvidence, ViewName

MM = (2.26, 2.26)


def body_with_bladder(scale: float = 1.0) -> np.ndarray:
    counts = np.zeros((400, 256), np.float32)
    counts[50:350, 60:196] = 2
    counts[60:340, 120:136] = 20
    counts[300:310, 122:132] = 500
    return counts * scale


def test_bright_bone_becomes_one_and_urine_is_capped():
    image, capped = Normalisation().apply(body_with_bladder(), MM)
    assert image[100, 125] == 1.0
    assert image.max() == 3.0
    assert capped.sum() == 100
    assert capped[300:310, 122:132].all()


def test_capping_can_be_switched_off():
    image, capped = Normalisation(cap=None).apply(body_with_bladder(), MM)
    assert image.max() == 25.0
    assert not capped.any()


def test_scale_of_the_counts_drops_out():
    once, _ = Normalisation().apply(body_with_bladder(), MM)
    often, _ = Normalisation().apply(body_with_bladder(7.0), MM)
    np.testing.assert_allclose(once, often, rtol=1e-6)


def test_body_is_found_and_empty_room_is_not():
    mask = body_mask(body_with_bladder(), MM)
    assert mask[100, 70]
    assert not mask[10].any()


def test_a_single_hot_pixel_is_still_a_body():
    counts = np.zeros((300, 260), np.float32)
    counts[100, 100] = 5
    assert body_mask(counts, MM).any()
    image, _ = Normalisation().apply(counts, MM)
    assert np.isfinite(image).all()


def test_capped_pixels_are_told_on_the_views_own_grid():
    evidence = ViewEvidence(EvidenceKind.USER, "test")
    view = View(ViewName.ANTERIOR, body_with_bladder(), (4.52, 4.52), evidence)
    prepared = prepare(view)
    assert prepared.capped.shape == (400, 256)
    assert prepared.capped[304, 126]
    assert not prepared.capped[100, 125]
    assert prepared.image.shape == prepared.grid.padded_shape
