"""JSON without mercy."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from BMLesionSegLib.bundles.strict_json import parse_object
from BMLesionSegLib.errors import BundleRefused


def test_reads_an_object():
    assert parse_object(b' {"a": [1, null], "\xc3\xa9": 1.5} \n', "it") == {
        "a": [1, None],
        "é": 1.5,
    }


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "JSON object in UTF-8"),
        (b"\xff{}", "codec"),
        (b"\xef\xbb\xbf{}", "BOM"),
        (b"{", "JSON object in UTF-8"),
        (b"{} {}", "Extra data"),
        (b"[]", "a list came"),
        (b"null", "a NoneType came"),
        (b'{"a": NaN}', "NaN is no JSON number"),
        (b'{"a": -Infinity}', "-Infinity is no JSON number"),
        (b'{"a": 1, "a": 1}', "given twice"),
        (b'{"a": {"b": 1, "b": 2}}', "given twice"),
        (b'{"a":' * 100_000, "JSON object in UTF-8"),
        (b'{"a": ' + b"9" * 5000 + b"}", "JSON object in UTF-8"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_refuses(data, words):
    with pytest.raises(BundleRefused, match=words):
        parse_object(data, "it")


@given(st.binary(max_size=40) | st.text(max_size=40).map(str.encode))
def test_nothing_else_leaves_it(data):
    with suppress(BundleRefused):
        assert isinstance(parse_object(data, "it"), dict)
