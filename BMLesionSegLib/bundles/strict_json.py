"""JSON read without mercy: one object, each name once, numbers that are numbers."""

import json
from typing import Any

from BMLesionSegLib.errors import BundleRefused


def parse_object(data: bytes, what: str) -> dict[str, Any]:
    """One JSON object out of UTF-8 bytes.

    Args:
        data: the text, whitespace round it allowed.
        what: its name for a refusal, e.g. "manifest.json".

    Raises:
        BundleRefused: not UTF-8, not JSON, not one object, a name given twice, NaN or infinity.
    """
    try:
        parsed = json.loads(
            data.decode("utf-8"), object_pairs_hook=without_repeats, parse_constant=no_constant
        )
    except (ValueError, RecursionError) as error:
        expected = f"{what} is a JSON object in UTF-8"
        raise BundleRefused(expected, f"{error}", "Install the model again.") from error
    if not isinstance(parsed, dict):
        came = f"a {type(parsed).__name__} came"
        raise BundleRefused(f"{what} is a JSON object", came, "Install the model again.")
    return parsed


def without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object's members, each name once."""
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a name is given twice")
    return members


def no_constant(name: str) -> None:
    """NaN and infinity are not JSON."""
    raise ValueError(f"{name} is no JSON number")
