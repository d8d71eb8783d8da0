import numpy as np

from BMLesionSegLib.simulation.anatomy.regions import Region
from BMLesionSegLib.simulation.truth import label_map, region_map, seen_pixels


def hill(peak, shape=(21, 21), centre=(10, 10), sigma=2.0):
    row, column = np.indices(shape)
    squared = (row - centre[0]) ** 2 + (column - centre[1]) ** 2
    return (peak * np.exp(-squared / (2 * sigma**2))).astype(np.float32)


def test_a_strong_spot_owns_the_pixels_above_its_share():
    own, rest = hill(100), np.full((21, 21), 10, np.float32)
    seen = seen_pixels(own, rest)
    assert np.array_equal(seen, own > 36)


def test_the_background_raises_the_border_of_a_weaker_spot():
    own, rest = hill(40), np.full((21, 21), 100, np.float32)
    assert np.array_equal(seen_pixels(own, rest), own > 20)


def test_a_spot_below_the_contrast_or_the_noise_is_not_seen():
    bright = np.full((21, 21), 100, np.float32)
    assert not seen_pixels(hill(34), bright).any()
    assert seen_pixels(hill(36), bright).any()
    assert not seen_pixels(hill(1.6, sigma=0.6), np.full((21, 21), 0.8, np.float32)).any()


def test_where_two_overlap_the_stronger_keeps_the_pixel():
    window = (slice(0, 21), slice(0, 21))
    weak, strong = hill(60, centre=(10, 8)), hill(100, centre=(10, 12))
    for order in ([weak, strong], [strong, weak]):
        labels = label_map(weak + strong + 1, [(window, own) for own in order])
        stronger = 1 + [own is strong for own in order].index(True)
        assert labels[10, 10] == labels[10, 12] == stronger
        assert labels[10, 7] == 3 - stronger


def test_a_pixel_belongs_to_the_brightest_region():
    window = (slice(0, 21), slice(0, 21))
    left, right = hill(10, centre=(10, 5)), hill(10, centre=(10, 15))
    regions = region_map((21, 21), [(Region.RIBS, window, left), (Region.LUMBAR, window, right)])
    assert regions[10, 5] == Region.RIBS
    assert regions[10, 15] == Region.LUMBAR
    assert regions[0, 10] == 0


def test_counts_that_are_missing_are_a_spot_too():
    window = (slice(0, 21), slice(0, 21))
    normal = np.full((21, 21), 100, np.float32)
    lost = -hill(80)
    labels = label_map(normal + lost, [(window, lost)])
    assert labels[10, 10] == 1
    assert labels[0, 0] == 0
    faint = -hill(30)
    assert not label_map(normal + faint, [(window, faint)]).any()
