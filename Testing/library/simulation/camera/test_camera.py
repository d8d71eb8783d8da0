from dataclasses import replace

import numpy as np
import pytest

from BMLesionSegLib.scan import ViewName
from BMLesionSegLib.simulation.anatomy.outline import BodyPart
from BMLesionSegLib.simulation.camera import camera
from BMLesionSegLib.simulation.camera.camera import Acquisition
from BMLesionSegLib.simulation.camera.matrix import SIEMENS_MATRIX, WIDE_MATRIX

SCAN = Acquisition(1e6, 0.01, 30.0, 1.0, 0.3, 10.0, 0.0, 1700.0)


def block():
    """A body part of 200 mm thickness everywhere."""
    height = np.array([0, 1700], np.float32)
    flat = np.ones(2, np.float32)
    return BodyPart("trunk", height, 0 * flat, 0 * flat, 1e6 * flat, 100 * flat, flat, flat)


def test_a_point_to_the_left_lies_right_in_anterior_and_left_in_posterior():
    point = np.array([[100, 0, 1000]], np.float32)
    front = camera.rays(point, block(), ViewName.ANTERIOR, SCAN)
    back = camera.rays(point, block(), ViewName.POSTERIOR, SCAN)
    assert front.column[0] - 127.5 == pytest.approx(100 / 2.26, abs=1)
    assert front.column[0] + back.column[0] == pytest.approx(255, abs=1)
    assert front.row[0] == back.row[0] == round(10 + 700 / 2.26)


def test_depth_attenuates_exponentially():
    points = np.array([[0, 50, 1000], [0, -50, 1000]], np.float32)
    seen = camera.rays(points, block(), ViewName.ANTERIOR, SCAN)
    ratio = seen.transmission[0] / seen.transmission[1]
    assert ratio == pytest.approx(np.exp(0.0085 * 100), rel=1e-4)


def test_resolution_falls_with_depth_as_the_collimator_says():
    fwhm = [camera.sigma_pixels(slab, SCAN) * 2.3548 * 2.26 for slab in range(6)]
    assert np.all(np.diff(fwhm) > 0)
    assert fwhm[0] == pytest.approx(np.hypot(3.8, 1.8 + 0.044 * 50), rel=1e-3)


def test_the_image_of_points_conserves_what_is_transmitted():
    rng = np.random.default_rng(1)
    points = rng.uniform([-80, -80, 600], [80, 80, 1400], (500, 3)).astype(np.float32)
    emission = rng.random(500).astype(np.float32)
    seen = camera.rays(points, block(), ViewName.ANTERIOR, SCAN)
    image = camera.image_of_points(seen, emission, SCAN)
    assert image.sum() == pytest.approx((emission * seen.transmission).sum(), rel=1e-3)
    window, own = camera.window_of_points(seen, emission, SCAN)
    assert own.sum() == pytest.approx(image.sum(), rel=1e-3)
    assert own.shape == image[window].shape


def test_scatter_adds_its_share():
    image = np.zeros((1024, 256), np.float32)
    image[400:600, 100:150] = 1
    assert camera.with_scatter(image, SCAN).sum() == pytest.approx(1.3 * image.sum(), rel=0.01)


def test_detected_counts_are_poisson():
    counts = camera.detect(np.full((512, 256), 12, np.float32), np.random.default_rng(2))
    assert counts.var() / counts.mean() == pytest.approx(1, abs=0.02)


def test_a_larger_pixel_takes_fewer_of_them():
    points = np.array([[0, 0, 1600], [0, 0, 600], [100, 0, 600]], np.float32)
    seen = camera.rays(points, block(), ViewName.ANTERIOR, replace(SCAN, matrix=SIEMENS_MATRIX))
    assert seen.row[1] - seen.row[0] == pytest.approx(1000 / 2.3976, abs=1)
    assert seen.column[2] - seen.column[1] == pytest.approx(100 / 2.3976, abs=1)


def test_nothing_is_counted_beside_the_detector():
    points = np.array([[x, 0, 1000] for x in (-400, 0, 400)], np.float32)
    seen = camera.rays(points, block(), ViewName.ANTERIOR, replace(SCAN, matrix=WIDE_MATRIX))
    assert (seen.transmission > 0).tolist() == [False, True, False]
    image = camera.image_of_soft_tissue(
        [block()], ViewName.ANTERIOR, replace(SCAN, matrix=WIDE_MATRIX)
    )
    assert image.shape == (1024, 512)
    assert image[500, 20] == 0
    assert image[500, 256] > 0


def test_lung_lets_more_through():
    airy = replace(block(), opacity=np.full(2, 0.5, np.float32))
    point = np.array([[0, 0, 1000]], np.float32)
    through = [
        camera.rays(point, part, ViewName.ANTERIOR, SCAN).transmission[0]
        for part in (airy, block())
    ]
    assert through[0] == pytest.approx(through[1] ** 0.5, rel=1e-4)
