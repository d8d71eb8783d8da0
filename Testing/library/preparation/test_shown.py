"""What a network is shown of a view."""

import numpy as np
import pytest

from BMLesionSegLib.preparation import beside, prepare, shown
from Testing.library.scans import body_pair, scan_of


@pytest.fixture(scope="module")
def prepared():
    return [prepare(view, tile=(1024, 256), steps=(512, 128)) for view in scan_of(body_pair())]


def test_by_hand():
    own, other = np.array([[1.0, 2.0, 3.0]]), np.array([[4.0, 5.0, 6.0]])
    assert beside(own, other).tolist() == [[[1, 2, 3]], [[6, 5, 4]]]
    assert beside(own, None).tolist() == [[[1, 2, 3]], [[0, 0, 0]]]


def test_alone_or_with_the_other_one_mirrored(prepared):
    anterior, posterior = (ready.image for ready in prepared)
    one = shown(prepared, views=1)
    assert [image.shape for image in one] == [(1, 1024, 256)] * 2
    both = shown(prepared, views=2)
    assert [image.shape for image in both] == [(2, 1024, 256)] * 2
    for image, own, other in zip(both, (anterior, posterior), (posterior, anterior), strict=True):
        assert np.array_equal(image[0], own)
        assert np.array_equal(image[1], other[:, ::-1])


def test_a_hot_rib_lies_at_one_place_in_both(prepared):
    for image in shown(prepared, views=2):
        (row, column), (same_row, same_column) = (
            np.unravel_index(plane.argmax(), plane.shape) for plane in image
        )
        assert abs(row - same_row) <= 2
        assert abs(column - same_column) <= 2


def test_one_view_has_nothing_beside_it(prepared):
    (image,) = shown(prepared[:1], views=2)
    assert np.array_equal(image[0], prepared[0].image)
    assert not image[1].any()
