"""Our reader against the safetensors package, and against spoiled files."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from safetensors import SafetensorError
from safetensors.numpy import load, save

from BMLesionSegLib.bundles.safetensors import LARGEST_HEADER, parse_tensors
from BMLesionSegLib.errors import BundleRefused

arrays = st.sampled_from([np.float16, np.float32, np.float64, np.int64]).flatmap(
    lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=0, max_dims=4, max_side=5))
)
files = st.dictionaries(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12).filter("__metadata__".__ne__),
    arrays,
    max_size=5,
)
# With an empty dictionary here and no tensors, the package writes a header that is not JSON.
metadata = st.none() | st.dictionaries(st.text("abc"), st.text("abc"), min_size=1, max_size=2)


def same(ours, theirs):
    assert set(ours) == set(theirs)
    for name, array in ours.items():
        assert array.dtype == theirs[name].dtype
        assert array.shape == theirs[name].shape
        assert array.tobytes() == theirs[name].tobytes()


@given(files, metadata)
def test_reads_what_the_package_writes(tensors, notes):
    data = save(tensors, metadata=notes)
    same(parse_tensors(data), tensors)


@settings(max_examples=300)
@given(st.data())
def test_a_spoiled_file_is_refused_or_read_like_the_package_reads_it(data):
    tensors = {"a": np.arange(6, dtype=np.float32).reshape(2, 3), "b": np.ones(2, np.float16)}
    spoiled = bytearray(save(tensors))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(spoiled) - 1))
        spoiled[place] = data.draw(st.integers(0, 255))
    spoiled = bytes(spoiled[: data.draw(st.integers(0, len(spoiled)))])
    try:
        ours = parse_tensors(spoiled)
    except BundleRefused:
        return
    same(ours, load(spoiled))


@given(st.binary(max_size=64))
def test_noise_is_refused_as_the_package_refuses_it(data):
    try:
        parse_tensors(data)
    except BundleRefused:
        return
    load(data)


def test_arrays_are_windows_that_cannot_be_written():
    array = parse_tensors(save({"a": np.zeros(3, np.float32)}))["a"]
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1


def file_of(header, numbers=b""):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + numbers


def entry(begin=0, end=4, dtype="F32", shape=(1,)):
    return {"dtype": dtype, "shape": list(shape), "data_offsets": [begin, end]}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file has 0 bytes"),
        (b"\x02\x00\x00", "the file has 3 bytes"),
        (file_of({"a": entry()})[:40], "the header claims"),
        ((LARGEST_HEADER + 1).to_bytes(8, "little"), "at most 4194304"),
        ((2**63).to_bytes(8, "little"), "at most 4194304"),
        (file_of(b' {"a": 1}'), "start with a brace"),
        (file_of(b"{]"), "JSON object"),
        (file_of({"a": entry()}), "the tensors take 4 bytes of 0"),
        (file_of({"a": entry()}, bytes(5)), "the tensors take 4 bytes of 5"),
        (file_of({"a": entry(), "b": entry(2, 6)}, bytes(6)), "'b' starts at byte 2 instead of 4"),
        (file_of({"a": entry(), "b": entry(0, 4)}, bytes(4)), "'b' starts at byte 0 instead of 4"),
        (file_of({"a": entry(), "b": entry(5, 9)}, bytes(9)), "'b' starts at byte 5 instead of 4"),
        (file_of({"a": entry(4, 8)}, bytes(8)), "'a' starts at byte 4 instead of 0"),
        (file_of({"a": entry(4, 0)}, bytes(4)), "has the offsets"),
        (file_of({"a": entry(-4, 0)}, bytes(4)), "has the offsets"),
        (file_of({"a": {**entry(), "data_offsets": [0, 4, 8]}}, bytes(4)), "has the offsets"),
        (file_of({"a": {**entry(), "data_offsets": [False, 4]}}, bytes(4)), "has the offsets"),
        (file_of({"a": entry(shape=(2,))}, bytes(4)), r"'a' of shape \[2\] takes 4 bytes"),
        (file_of({"a": entry(shape=(0,), end=0)}), "has the shape"),
        (file_of({"a": entry(shape=(1,) * 9)}, bytes(4)), "has the shape"),
        (file_of({"a": {**entry(), "shape": [1.0]}}, bytes(4)), "has the shape"),
        (file_of({"a": {**entry(), "shape": 1}}, bytes(4)), "has the shape"),
        (file_of({"a": entry(shape=(10**30, 10**30))}, bytes(4)), "takes 4 bytes"),
        (file_of({"a": entry(dtype="BF16", end=2)}, bytes(2)), "is of type 'BF16'"),
        (file_of({"a": entry(dtype=["F32"])}, bytes(4)), "is of type"),
        (file_of({"a": {"dtype": "F32", "shape": [1]}}, bytes(4)), "has not exactly"),
        (file_of({"a": entry() | {"more": 1}}, bytes(4)), "has not exactly"),
        (file_of({"a": 4}, bytes(4)), "has not exactly"),
        (file_of(b'{"a": {}, "a": {}}'), "given twice"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_each_fault_is_named(data, words):
    with pytest.raises(BundleRefused, match=words):
        parse_tensors(data)


def test_the_package_refuses_overlap_too():
    with pytest.raises(SafetensorError):
        load(file_of({"a": entry(), "b": entry(2, 6)}, bytes(6)))
