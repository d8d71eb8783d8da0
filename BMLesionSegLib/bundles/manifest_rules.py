"""The rule of each member of a manifest, in words and as a check."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeGuard

from BMLesionSegLib.bundles.listing import MOST_FILES, ListedFile, is_safe_path

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
VERSION = re.compile(r"\d{1,4}\.\d{1,4}\.\d{1,4}")
TRAINING = {"data", "seed", "command", "steps"}
"""What must be said of the training; more may be."""


@dataclass(frozen=True)
class Rule:
    """What a member is, e.g. "a number above 0", and whether a value is that."""

    text: str
    holds: Callable[[object], bool]


def is_number(value: object) -> TypeGuard[float]:
    """A finite number of ordinary size; True and False are none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -1e12 < value < 1e12


def number_within(low: float, high: float) -> Callable[[object], bool]:
    """A check for a number from ``low`` to ``high``."""
    return lambda value: is_number(value) and low <= value <= high


def whole_within(low: int, high: int) -> Callable[[object], bool]:
    """A check for a whole number from ``low`` to ``high``."""
    return lambda value: type(value) is int and low <= value <= high


def matches(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    """A check for a text of this form."""
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def is_json_object(value: object) -> TypeGuard[Mapping[str, object]]:
    """Named values that JSON can hold."""
    if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
        return False
    try:
        json.dumps(dict(value), allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return False
    return True


def is_normalisation(value: object) -> bool:
    """Percentile and cap, as the preparation takes them."""
    if not is_json_object(value) or set(value) != {"percentile", "cap"}:
        return False
    cap_fits = value["cap"] is None or number_within(0.1, 1000)(value["cap"])
    return number_within(1, 100)(value["percentile"]) and cap_fits


def is_training(value: object) -> bool:
    """Data, seed, command and steps are told."""
    return is_json_object(value) and set(value) >= TRAINING


def are_labels(value: object) -> bool:
    """A name for each channel."""
    return isinstance(value, tuple) and 1 <= len(value) <= 16 and all(map(matches(NAME), value))


def are_files(value: object) -> bool:
    """Files with paths that stay in the folder."""
    return (
        isinstance(value, Mapping)
        and len(value) <= MOST_FILES
        and all(is_safe_path(path) for path in value)
        and all(isinstance(listed, ListedFile) for listed in value.values())
    )


A_NAME = Rule("up to 64 letters, digits, points, dashes and underscores", matches(NAME))

RULES: Mapping[str, Rule] = {
    "name": A_NAME,
    "version": Rule("three numbers such as 1.0.0", matches(VERSION)),
    "architecture": A_NAME,
    "arguments": Rule("an object of named values", is_json_object),
    "normalisation": Rule("percentile (1 to 100) and cap (0.1 to 1000, or null)", is_normalisation),
    "tile": Rule("a whole number of pixels from 16 to 4096", whole_within(16, 4096)),
    "stride": Rule("a whole number of pixels from 1 to 4096", whole_within(1, 4096)),
    "threshold": Rule("a probability from 0.001 to 0.999", number_within(0.001, 0.999)),
    "extent": Rule("a probability from 0.001 to 1", number_within(0.001, 1)),
    "minimum_area_mm2": Rule("an area from 0 to 100000 mm2", number_within(0, 100_000)),
    "labels": Rule("a list of names, one a channel", are_labels),
    "training": Rule("an object with data, seed, command and steps", is_training),
    "golden_tolerance": Rule("a number from 0.000001 to 0.05", number_within(1e-6, 0.05)),
    "files": Rule(f"up to {MOST_FILES} files with plain paths inside the folder", are_files),
}
