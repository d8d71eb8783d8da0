"""What the layers of a network answer, by hand."""

import numpy as np
from torch import nn

from BMLesionSegLib.learning.pictures.feature_maps import feature_maps


class Twice(nn.Module):
    def forward(self, x):
        return 2 * x


class Flat(nn.Module):
    """An answer that is no picture."""

    def forward(self, x):
        return x.mean(dim=(2, 3))


class Body(nn.Module):
    """An encoder-decoder of one level."""

    def __init__(self):
        super().__init__()
        self.encoder, self.decoder = nn.ModuleList([Twice()]), nn.ModuleList([Twice()])

    def forward(self, x):
        return self.decoder[0](self.encoder[0](x))


class Wrapped(nn.Module):
    def __init__(self):
        super().__init__()
        self.body, self.nothing, self.flat = Body(), nn.Identity(), Flat()

    def forward(self, x):
        x = self.body(x)
        self.flat(x)
        return self.nothing(x)


def test_each_layer_of_a_wrapped_body_without_what_is_no_picture():
    image = np.array([[[0, 1], [2, 3]]], np.float32)
    maps = feature_maps(Wrapped(), image)
    assert list(maps) == ["input", "encoder 1", "decoder 1"]
    # Twice the image is 0, 2, 4, 6, its mean 3.
    assert maps["encoder 1"].tolist() == [[3, 1], [1, 3]]
    assert maps["decoder 1"].tolist() == [[6, 2], [2, 6]]


def test_both_views_are_shown_where_there_are_two():
    pair = np.array([[[0, 1]], [[2, 3]]], np.float32)
    maps = feature_maps(Wrapped(), pair)
    assert list(maps)[:2] == ["input", "other view"]
    assert maps["other view"].tolist() == [[2, 3]]


def test_of_a_network_that_is_asked_twice_the_first_answer_is_shown():
    class AskedTwice(Wrapped):
        def forward(self, x):
            return super().forward(x) + super().forward(x.flip(-1)).flip(-1)

    image = np.array([[[0, 1], [2, 5]]], np.float32)
    once, twice = feature_maps(Wrapped(), image), feature_maps(AskedTwice(), image)
    assert twice["encoder 1"].tolist() == once["encoder 1"].tolist()
