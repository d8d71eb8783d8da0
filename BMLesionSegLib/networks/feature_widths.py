"""The channel list of a network, level by level."""

from BMLesionSegLib.errors import BundleRefused


def check_features(features: tuple[int, ...], least: int = 1) -> None:
    """Refuse a list from which no network can be built.

    Args:
        features: channels of the levels, the finest first. The published networks have five
            levels; below eight, a 256 x 256 tile is no more than one pixel.
        least: channels that the network's blocks need at every level.

    Raises:
        BundleRefused: a number of levels that does not fit a tile, or a level too narrow.
    """
    if not 2 <= len(features) <= 8 or min(features) < least:
        raise BundleRefused(
            f"features are the channels of 2 to 8 levels, each at least {least}",
            f"{list(features)} came",
            "Correct the network's arguments.",
        )


def check_width(width: int, divisor: int) -> None:
    """Refuse a width that the network's blocks cannot share out.

    Raises:
        BundleRefused: a width that is no multiple of ``divisor``.
    """
    if width % divisor:
        expected = f"width is a multiple of {divisor}"
        raise BundleRefused(expected, f"{width} came", "Correct the network's arguments.")
