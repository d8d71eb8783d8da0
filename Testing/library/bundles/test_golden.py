"""The self-test's arithmetic on networks whose answer is known."""

import numpy as np
import pytest
import torch
from safetensors.numpy import save

from BMLesionSegLib.bundles.golden import GoldenCase, parse_golden, probabilities_of


@pytest.fixture
def doubling():
    """logit = 2 * pixel, whatever the size."""
    network = torch.nn.Conv2d(1, 1, kernel_size=1, bias=False)
    torch.nn.init.constant_(network.weight, 2.0)
    return network


def test_probabilities_are_the_sigmoid_of_the_logits(doubling):
    image = np.array([[0.0, 1.0, -1.0]], np.float32)
    expected = 1 / (1 + np.exp(-2 * image))
    np.testing.assert_allclose(probabilities_of(doubling, image), expected, rtol=1e-6)


def test_of_two_views_the_first_is_asked_about():
    """logit = first - second."""
    network = torch.nn.Conv2d(2, 1, kernel_size=1, bias=False)
    network.weight.data[:] = torch.tensor([1.0, -1.0]).reshape(1, 2, 1, 1)
    image = np.array([[[3.0, 1.0]], [[1.0, 3.0]]], np.float16)
    probabilities = probabilities_of(network, image.astype(np.float32))
    np.testing.assert_allclose(probabilities, 1 / (1 + np.exp([[-2.0, 2.0]])), rtol=1e-6)
    case = parse_golden(save({"image": image, "probabilities": np.zeros((1, 2), np.float16)}))
    assert case.image.shape == (2, 1, 2)


def test_the_worst_pixel_counts(doubling):
    image = np.zeros((2, 3), np.float32)
    probabilities = np.full((2, 3), 0.5, np.float32)
    probabilities[1, 2] = 0.25
    assert GoldenCase(image, probabilities).largest_difference(doubling) == 0.25


def test_half_precision_is_widened():
    data = save({name: np.ones((2, 3), np.float16) for name in ("image", "probabilities")})
    case = parse_golden(data)
    assert case.image.dtype == case.probabilities.dtype == np.float32
