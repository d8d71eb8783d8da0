"""Arguments of a network, as a manifest brings them: checked against the class, nothing else."""

import inspect
from collections.abc import Mapping
from typing import TypeGuard

from BMLesionSegLib.errors import BundleRefused

Argument = bool | int | float | str | tuple[int, ...]

LARGEST = 4096
"""No width, depth or kernel in any of the networks is larger."""

LONGEST = 16
"""No list of widths, kernels or grids is longer."""


def checked_arguments(network_class: type, given: Mapping[str, object]) -> dict[str, Argument]:
    """Every argument of a class: the given ones checked, the others at their defaults.

    An argument has the type of its default: a switch, a positive whole number, a fraction from 0
    to below 1, a name, or a list of positive whole numbers.

    Args:
        network_class: whose constructor takes the arguments; each has a default.
        given: as read from JSON, so a list may stand for a tuple.

    Raises:
        BundleRefused: an unknown name or a value of another type or out of range.
    """
    arguments: dict[str, Argument] = {
        name: parameter.default
        for name, parameter in inspect.signature(network_class).parameters.items()
    }
    unknown = sorted(set(given) - set(arguments))
    if unknown:
        raise BundleRefused(
            f"{network_class.__name__} takes {', '.join(arguments)}",
            f"{', '.join(map(repr, unknown))} came",
            "Update BMLesionSeg or correct the manifest.",
        )
    for name, value in given.items():
        arguments[name] = checked_argument(name, value, arguments[name])
    return arguments


def checked_argument(name: str, value: object, default: Argument) -> Argument:
    """One argument, of the type of its default and within range."""
    if isinstance(default, bool):
        if isinstance(value, bool):
            return value
        raise refused(name, "true or false", value)
    if isinstance(default, int):
        if is_size(value):
            return value
        raise refused(name, f"a whole number from 1 to {LARGEST}", value)
    if isinstance(default, float):
        if isinstance(value, float | int) and not isinstance(value, bool) and 0 <= value < 1:
            return float(value)
        raise refused(name, "a fraction from 0 to below 1", value)
    if isinstance(default, str):
        if isinstance(value, str):
            return value
        raise refused(name, "a name", value)
    if isinstance(value, list | tuple) and 0 < len(value) <= LONGEST and all(map(is_size, value)):
        return tuple(value)
    raise refused(name, f"a list of whole numbers from 1 to {LARGEST}", value)


def is_size(value: object) -> TypeGuard[int]:
    """A whole number that can be a width, a depth or a kernel."""
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= LARGEST


def refused(name: str, expected: str, value: object) -> BundleRefused:
    """The refusal of one argument."""
    came = f"{value!r:.80} came"
    return BundleRefused(f"{name} is {expected}", came, "Correct the network's arguments.")
