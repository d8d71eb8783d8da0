"""Platt's scaling, and every network's last convolution."""

from types import SimpleNamespace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from BMLesionSegLib.learning.metrics.calibration import Reliability
from BMLesionSegLib.learning.training.calibrating import (
    LEAST,
    Scaling,
    platt_scaling,
    rescaled,
    scaling_on,
)
from BMLesionSegLib.networks import ARCHITECTURES, build_network
from Testing.library.networks.test_contract import TINY
from Testing.library.scans import body_pair, scan_of


def sigmoid(logit):
    return 1 / (1 + np.exp(-logit))


def test_two_answers_that_are_right_in_three_of_four():
    probability = sigmoid(np.array([-4.0] * 4 + [4.0] * 4))
    lesion = np.array([1, 0, 0, 0, 1, 1, 1, 0], bool)
    scaling = platt_scaling(probability, lesion)
    assert scaling.slope == pytest.approx(np.log(3) / 4, abs=1e-4)
    assert scaling.intercept == pytest.approx(0, abs=1e-4)


@given(slope=st.floats(0.2, 2.0), intercept=st.floats(-1.5, 1.5))
def test_what_was_bent_is_straightened(slope, intercept):
    logit = np.repeat(np.linspace(-4, 4, 33), 500)
    lesion = np.tile((np.arange(500) + 0.5) / 500, 33) < sigmoid(slope * logit + intercept)
    scaling = platt_scaling(sigmoid(logit), lesion)
    assert scaling.slope == pytest.approx(slope, rel=0.02)
    assert scaling.intercept == pytest.approx(intercept, abs=0.02)
    after = sigmoid(scaling.slope * logit + scaling.intercept).astype(np.float32)
    assert Reliability.of(after, lesion).expected_error() < 0.01


@pytest.mark.parametrize(
    "lesion",
    [
        pytest.param([], id="no pixel"),
        pytest.param([0, 0, 0], id="no lesion"),
        pytest.param([1, 1, 1], id="nothing but lesion"),
        pytest.param([1, 1, 0], id="a model that has it the wrong way round"),
    ],
)
def test_a_model_that_cannot_be_calibrated_stays_as_it_is(lesion):
    probability = np.array([0.1, 0.5, 0.9])[: len(lesion)]
    assert platt_scaling(probability, np.array(lesion, bool)) == Scaling(1, 0)


@pytest.mark.parametrize("name", list(ARCHITECTURES))
def test_a_networks_logits_come_out_scaled(name):
    torch.manual_seed(0)
    network = build_network(name, TINY[name]).eval()
    tiles = torch.rand(1, 1, 256, 256)
    with torch.inference_mode():
        before = network(tiles)
        changed = rescaled(network, network.state_dict(), Scaling(0.5, -2.0))
        network.load_state_dict(changed)
        after = network(tiles)
    torch.testing.assert_close(after, 0.5 * before - 2.0, rtol=1e-4, atol=1e-4)


def test_the_empty_room_is_not_asked():
    scan = scan_of(body_pair())
    answers = [np.where(view.counts > 60, 0.9, LEAST / 2).astype(np.float32) for view in scan]
    found = [
        SimpleNamespace(view=view, probability=answer)
        for view, answer in zip(scan, answers, strict=True)
    ]
    for result in found:
        result.probability[100, :8] = 0.3
    segmenter = SimpleNamespace(segment=lambda _: SimpleNamespace(views=found))
    truth = {view.name: (view.counts > 80).astype(int) for view in scan}
    for labels in truth.values():
        labels[100, :2] = 1
    scaling = scaling_on(segmenter, [SimpleNamespace(scan=scan, metastases=truth)])
    share = np.mean(np.concatenate([(v.counts > 80)[v.counts > 60] for v in scan]))
    came = sigmoid(scaling.slope * np.log([3 / 7, 9]) + scaling.intercept)
    assert came == pytest.approx([0.25, share], abs=0.02)
