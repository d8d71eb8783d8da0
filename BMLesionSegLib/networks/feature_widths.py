"""The channel list of a network, level by level."""

from BMLesionSegLib.errors import BundleRefused


def check_features(features: tuple[int, ...], least: int = 1) -> None:
    """Refuse a list from which no five-level network can be built.

    Args:
        features: channels of the levels, the finest first.
        least: channels that the network's blocks need at every level.

    Raises:
        BundleRefused: not five levels, or one too narrow.
    """
    if len(features) != 5 or min(features) < least:
        raise BundleRefused(
            f"features are the channels of 5 levels, each at least {least}",
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
