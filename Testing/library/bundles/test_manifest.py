"""The manifest: there and back, and every fault by name."""

import json
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from BMLesionSegLib.bundles import BundleInput, ListedFile, parse_manifest
from BMLesionSegLib.errors import BundleRefused

MISSING = object()


@pytest.fixture
def content(manifest):
    listed = {"model.safetensors": ListedFile("0" * 64, 3)}
    return json.loads(replace(manifest, files=listed).to_json())


def test_there_and_back(content):
    parsed = parse_manifest(json.dumps(content).encode())
    assert parsed.name == "tiny"
    assert parsed.input is BundleInput.TILES
    assert parsed.labels == ("metastasis",)
    assert parsed.files == {"model.safetensors": ListedFile("0" * 64, 3)}
    assert json.loads(parsed.to_json()) == content
    assert content["research_use"] == "Research use only. Not a medical device."


def test_a_whole_view_is_four_tiles_high(manifest):
    assert (manifest.tile_shape, manifest.steps) == ((256, 256), (128, 128))
    whole = replace(manifest, input=BundleInput.WHOLE_VIEW)
    assert (whole.tile_shape, whole.steps) == ((1024, 256), (512, 128))
    assert parse_manifest(whole.to_json()).input is BundleInput.WHOLE_VIEW
    both = replace(manifest, input=BundleInput.BOTH_VIEWS)
    assert (both.tile_shape, both.steps) == (whole.tile_shape, whole.steps)
    assert [one.views for one in (manifest, whole, both)] == [1, 1, 2]


def test_equal_manifests_are_equal_files(manifest):
    turned = replace(manifest, training=dict(reversed(manifest.training.items())))
    assert turned.to_json() == manifest.to_json()


@pytest.mark.parametrize(
    ("member", "value", "words"),
    [
        ("schema", 2, "schema 2 came. Update"),
        ("schema", True, "schema True came"),
        ("schema", MISSING, "schema None came"),
        ("stride", MISSING, "missing or unknown: 'stride'"),
        (
            "research_use",
            "For the clinic.",
            "a model says what it is not, but 'For the clinic.' came",
        ),
        ("extra", 1, "missing or unknown: 'extra'"),
        ("name", "../tiny", "name is up to 64 letters"),
        ("name", "", "name is up to 64 letters"),
        ("name", "a" * 65, "name is up to 64 letters"),
        ("name", "small\n", "name is up to 64 letters"),
        ("version", "1.0", "version is three numbers"),
        ("version", 1, "version is three numbers"),
        ("architecture", "os:system", "architecture is up to 64 letters"),
        ("arguments", [], "arguments is an object"),
        ("input", "volume", "one of tiles, whole view, both views"),
        ("input", ["tiles"], "one of tiles, whole view, both views"),
        ("normalisation", {}, "normalisation is percentile"),
        ("normalisation", {"percentile": 0, "cap": 3}, "normalisation is percentile"),
        ("normalisation", {"percentile": 99, "cap": "3"}, "normalisation is percentile"),
        ("normalisation", {"percentile": 99, "cap": 3, "x": 1}, "normalisation is percentile"),
        ("tile", 256.0, "tile is a whole number"),
        ("tile", 0, "tile is a whole number"),
        ("stride", True, "stride is a whole number"),
        ("stride", 257, "a stride of 257 came with a tile of 256"),
        ("threshold", 0, "threshold is a probability"),
        ("threshold", 1, "threshold is a probability"),
        ("threshold", "0.5", "threshold is a probability"),
        ("threshold", True, "threshold is a probability"),
        ("threshold", 10**400, "threshold is a probability"),
        ("extent", 0, "extent is a probability"),
        ("extent", 1.1, "extent is a probability"),
        ("extent", MISSING, "missing or unknown: 'extent'"),
        ("minimum_area_mm2", -1, "minimum_area_mm2 is an area"),
        ("labels", "metastasis", "labels is a list of names"),
        ("labels", [], "labels is a list of names"),
        ("labels", [1], "labels is a list of names"),
        ("training", {"seed": 0}, "training is an object with data"),
        ("golden_tolerance", 0.5, "golden_tolerance is a number"),
        ("files", [], "sha256 and bytes of every file"),
        ("files", {"a": "b"}, "sha256 and bytes of every file"),
        ("files", {"a": {"sha256": "0" * 64}}, "sha256 and bytes of every file"),
        ("files", {"a": {"sha256": "0" * 63, "bytes": 1}}, "64 hexadecimal digits"),
        ("files", {"a": {"sha256": "A" * 64, "bytes": 1}}, "64 hexadecimal digits"),
        ("files", {"a": {"sha256": 0, "bytes": 1}}, "64 hexadecimal digits"),
        ("files", {"a": {"sha256": "0" * 64, "bytes": -1}}, "has at most 536870912 bytes"),
        ("files", {"a": {"sha256": "0" * 64, "bytes": 2**40}}, "has at most 536870912 bytes"),
        ("files", {"a": {"sha256": "0" * 64, "bytes": True}}, "has at most 536870912 bytes"),
    ],
)
def test_each_fault_is_named(content, member, value, words):
    content[member] = value
    if value is MISSING:
        del content[member]
    with pytest.raises(BundleRefused, match=words):
        parse_manifest(json.dumps(content).encode())


@pytest.mark.parametrize(
    "path",
    [
        "../model.safetensors",
        "a/../../b",
        "/etc/passwd",
        "C:/model",
        "C:model",
        "..\\model",
        "a\\b",
        ".hidden",
        "a//b",
        "a/",
        "",
        ".",
        "a/b/c/d/e",
        "über",
        "a\n",
        "a\u0000b",
    ],
)
def test_paths_that_leave_the_folder_are_refused(content, path):
    content["files"] = {path: {"sha256": "0" * 64, "bytes": 1}}
    with pytest.raises(BundleRefused, match="plain paths inside the folder"):
        parse_manifest(json.dumps(content).encode())


def test_a_cap_may_be_absent(content):
    content["normalisation"] = {"percentile": 99.5, "cap": None}
    assert parse_manifest(json.dumps(content).encode()).normalisation["cap"] is None


def test_too_many_files(content):
    content["files"] = {f"f{i}": {"sha256": "0" * 64, "bytes": 1} for i in range(65)}
    with pytest.raises(BundleRefused, match="up to 64 files"):
        parse_manifest(json.dumps(content).encode())


def test_a_value_that_json_cannot_hold(manifest):
    for value in (float("nan"), object(), b"bytes"):
        with pytest.raises(BundleRefused, match="training is an object"):
            replace(manifest, training={**manifest.training, "note": value})


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@given(st.data())
def test_nothing_but_a_refusal_leaves_the_parser(manifest, data):
    content = json.loads(manifest.to_json())
    content[data.draw(st.sampled_from(sorted(content)))] = data.draw(values)
    with suppress(BundleRefused):
        assert json.loads(parse_manifest(json.dumps(content).encode()).to_json()) == content
