"""The shared U: sizes, skips and the order in which they are joined."""

import pytest
import torch
from torch import nn

from BMLesionSegLib.networks.encoder_decoder import EncoderDecoder


class Recorder(nn.Module):
    """Gives what it is asked for and keeps what came."""

    def __init__(self, channels_in, channels_out):
        super().__init__()
        self.channels = (channels_in, channels_out)

    def forward(self, features):
        self.came = features
        return features.mean(1, keepdim=True).expand(-1, self.channels[1], -1, -1)


@pytest.fixture
def body():
    return EncoderDecoder((2, 3, 5), Recorder, Recorder)


def test_one_map_a_level_the_finest_last(body):
    maps = body(torch.rand(2, 1, 16, 8))
    assert [tuple(features.shape) for features in maps] == [(2, 3, 8, 4), (2, 2, 16, 8)]


def test_stages_get_their_channels(body):
    assert [stage.channels for stage in body.encoder] == [(1, 2), (2, 3)]
    assert body.bottom.channels == (3, 5)
    assert [stage.channels for stage in body.decoder] == [(6, 3), (4, 2)]


def test_the_skip_comes_first_and_the_raised_map_second(body):
    tiles = torch.rand(1, 1, 16, 8)
    with torch.no_grad():
        for up in body.up:
            up.weight.zero_()
            up.bias.fill_(7.0)
        body(tiles)
    came = body.decoder[-1].came
    assert torch.equal(came[:, :2], tiles.expand(-1, 2, -1, -1))
    assert torch.equal(came[:, 2:], torch.full((1, 2, 16, 8), 7.0))


def test_levels_take_the_maximum_of_four(body):
    tiles = torch.arange(32.0).reshape(1, 1, 4, 8)
    body(tiles)
    assert body.encoder[1].came[0, 0].tolist() == [
        [9.0, 11.0, 13.0, 15.0],
        [25.0, 27.0, 29.0, 31.0],
    ]
    assert body.bottom.came[0, 0].tolist() == [[27.0, 31.0]]


def test_what_stands_on_the_skips():
    body = EncoderDecoder((2, 3, 5), Recorder, Recorder, skip=lambda width: Recorder(width, width))
    assert [skip.channels for skip in body.skips] == [(2, 2), (3, 3)]
