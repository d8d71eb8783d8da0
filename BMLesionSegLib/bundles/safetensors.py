"""Read safetensors: 8 bytes of length, a JSON header, raw little-endian numbers. No pickle.

Format: https://huggingface.co/docs/safetensors. This reader is stricter than the format: only the
number types of our networks, no empty tensors, at most eight dimensions.
"""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.bundles.strict_json import parse_object
from BMLesionSegLib.errors import BundleRefused

LARGEST_HEADER = 4 * 1024 * 1024
"""Bytes; the header of the largest network here has about 60 kB."""

MOST_DIMENSIONS = 8

DTYPES: Mapping[str, np.dtype[Any]] = {
    "F16": np.dtype("<f2"),
    "F32": np.dtype("<f4"),
    "F64": np.dtype("<f8"),
    "I64": np.dtype("<i8"),
}


def parse_tensors(data: bytes) -> dict[str, NDArray[Any]]:
    """Named arrays out of the bytes of a safetensors file.

    Args:
        data: the whole file; the arrays are read-only windows on it.

    Raises:
        BundleRefused: a header that is cut, too long or not understood, or tensors that overlap,
            leave gaps or do not fill the file.
    """
    header, numbers = split(data)
    header.pop("__metadata__", None)
    windows = {name: checked_window(name, entry) for name, entry in header.items()}
    expected_begin = 0
    for name, (_, _, begin, end) in sorted(windows.items(), key=lambda item: item[1][2:]):
        if begin != expected_begin:
            raise refused(f"tensor {name!r} starts at byte {begin} instead of {expected_begin}")
        expected_begin = end
    if expected_begin != len(numbers):
        raise refused(f"the tensors take {expected_begin} bytes of {len(numbers)}")
    return {
        name: np.frombuffer(numbers[begin:end], dtype).reshape(shape)
        for name, (dtype, shape, begin, end) in windows.items()
    }


def split(data: bytes) -> tuple[dict[str, Any], memoryview]:
    """The parsed header, and the bytes after it."""
    if len(data) < 8:
        raise refused(f"the file has {len(data)} bytes")
    length = int.from_bytes(data[:8], "little")
    if length > LARGEST_HEADER:
        raise refused(f"the header claims {length} bytes of at most {LARGEST_HEADER}")
    if 8 + length > len(data):
        raise refused(f"the header claims {length} bytes of {len(data) - 8}")
    if data[8:9] != b"{":
        raise refused("the header does not start with a brace")
    return parse_object(data[8 : 8 + length], "the header"), memoryview(data)[8 + length :]


def checked_window(name: str, entry: object) -> tuple[np.dtype[Any], tuple[int, ...], int, int]:
    """Type, shape, first byte and byte after the last of one tensor."""
    if not isinstance(entry, dict) or set(entry) != {"dtype", "shape", "data_offsets"}:
        raise refused(f"tensor {name!r} has not exactly dtype, shape and data_offsets")
    if not isinstance(entry["dtype"], str) or entry["dtype"] not in DTYPES:
        raise refused(f"tensor {name!r} is of type {entry['dtype']!r:.20}")
    dtype, shape, offsets = DTYPES[entry["dtype"]], entry["shape"], entry["data_offsets"]
    if not is_whole(shape, smallest=1) or len(shape) > MOST_DIMENSIONS:
        raise refused(f"tensor {name!r} has the shape {shape!r:.60}")
    if not is_whole(offsets, smallest=0) or len(offsets) != 2 or offsets[0] > offsets[1]:
        raise refused(f"tensor {name!r} has the offsets {offsets!r:.60}")
    begin, end = offsets
    if math.prod(shape) * dtype.itemsize != end - begin:
        raise refused(f"tensor {name!r} of shape {shape} takes {end - begin} bytes")
    return dtype, tuple(shape), begin, end


def is_whole(values: object, smallest: int) -> bool:
    """Whether this is a list of whole numbers, none below ``smallest``."""
    return isinstance(values, list) and all(
        type(value) is int and value >= smallest for value in values
    )


def refused(came: str) -> BundleRefused:
    """The refusal of a weights file."""
    return BundleRefused("a model's numbers are safetensors", came, "Install the model again.")
