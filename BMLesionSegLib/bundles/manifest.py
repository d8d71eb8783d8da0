"""``manifest.json``: everything about a model except its numbers."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any

from BMLesionSegLib import RESEARCH_USE
from BMLesionSegLib.bundles.listing import ListedFile
from BMLesionSegLib.bundles.manifest_rules import RULES
from BMLesionSegLib.bundles.strict_json import parse_object
from BMLesionSegLib.errors import BundleRefused

SCHEMA = 1
VIEW_TILES = 4
"""Tiles of 256 x 256 in the paper's scintigram of 1024 x 256."""


class BundleInput(StrEnum):
    """What the network is shown."""

    TILES = "tiles"
    WHOLE_VIEW = "whole view"
    BOTH_VIEWS = "both views"


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a model is, how its input is prepared and how its output is read.

    Attributes:
        name: of the bundle, and of its folder.
        version: of the model, e.g. 1.0.0, apart from the software's.
        architecture: a name of the networks' registry; never an import path.
        arguments: of that architecture.
        input: tiles, the whole view, or the whole view with the other one of the scan behind it.
        normalisation: ``percentile`` and ``cap`` of the preparation.
        tile: side of a tile in pixels; a whole view is one tile wide and four high.
        stride: pixels from one tile to the next.
        threshold: probability that a lesion's peak has at least.
        extent: probability from which pixels belong to a lesion; the threshold itself where that
            is lower.
        minimum_area_mm2: smaller components are dropped.
        labels: what the network's channels mean, in order.
        training: what it was trained on and how: data, seed, command, steps, and more.
        golden_tolerance: largest difference of a probability in the self-test, on a CPU.
        files: every other file of the folder, by its path in it.

    Raises:
        BundleRefused: a value that breaks its rule.
    """

    name: str
    version: str
    architecture: str
    arguments: Mapping[str, Any]
    input: BundleInput
    normalisation: Mapping[str, Any]
    tile: int
    stride: int
    threshold: float
    extent: float
    minimum_area_mm2: float
    labels: tuple[str, ...]
    training: Mapping[str, Any]
    golden_tolerance: float = 1e-3
    files: Mapping[str, ListedFile] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what breaks a rule, by name."""
        for name, rule in RULES.items():
            value = getattr(self, name)
            if not rule.holds(value):
                expected = f"in a model's manifest {name} is {rule.text}"
                raise BundleRefused(expected, f"{value!r:.80} came", "Correct the manifest.")
        if self.stride > self.tile:
            came = f"a stride of {self.stride} came with a tile of {self.tile}"
            raise BundleRefused("tiles leave no gap", came, "Correct the manifest.")

    @property
    def tile_shape(self) -> tuple[int, int]:
        """Rows, columns that the network sees at once."""
        return self._high * self.tile, self.tile

    @property
    def views(self) -> int:
        """Views that the network sees at once."""
        return 2 if self.input is BundleInput.BOTH_VIEWS else 1

    @property
    def steps(self) -> tuple[int, int]:
        """Rows, columns from one of them to the next."""
        return self._high * self.stride, self.stride

    @property
    def _high(self) -> int:
        """Tiles that are seen at once, one below the other."""
        return 1 if self.input is BundleInput.TILES else VIEW_TILES

    def to_json(self) -> bytes:
        """The file's bytes: sorted, so that equal manifests are equal files."""
        content = asdict(self) | {"schema": SCHEMA, "research_use": RESEARCH_USE}
        text = json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False)
        return text.encode() + b"\n"


def parse_manifest(data: bytes) -> Manifest:
    """A manifest out of the bytes of ``manifest.json``.

    Raises:
        BundleRefused: not strict JSON, another schema, a missing, unknown or unfit member.
    """
    content = parse_object(data, "manifest.json")
    if type(content.get("schema")) is not int or content["schema"] != SCHEMA:
        came = f"schema {content.get('schema')!r:.20} came"
        raise BundleRefused(f"the manifest has schema {SCHEMA}", came, "Update BMLesionSeg.")
    known = {member.name for member in fields(Manifest)} | {"schema", "research_use"}
    if set(content) != known:
        wrong = ", ".join(map(repr, sorted(set(content) ^ known)))
        came = f"these are missing or unknown: {wrong:.200}"
        raise BundleRefused("every member of a manifest is there", came, "Update BMLesionSeg.")
    if content["research_use"] != RESEARCH_USE:
        came = f"{content['research_use']!r:.80} came"
        raise BundleRefused("a model says what it is not", came, f"It must say: {RESEARCH_USE}")
    del content["schema"], content["research_use"]
    content["input"] = parsed_input(content["input"])
    content["files"] = parsed_files(content["files"])
    if isinstance(content["labels"], list):
        content["labels"] = tuple(content["labels"])
    return Manifest(**content)


def parsed_input(value: object) -> BundleInput:
    """Tiles or whole view."""
    choices = [choice.value for choice in BundleInput]
    if value not in choices:
        expected = f"a model's input is one of {', '.join(choices)}"
        raise BundleRefused(expected, f"{value!r:.40} came", "Update BMLesionSeg.")
    return BundleInput(str(value))


def parsed_files(value: object) -> dict[str, ListedFile]:
    """The list of files, each with its hash and length."""
    if not isinstance(value, dict) or not all(
        isinstance(entry, dict) and set(entry) == {"sha256", "bytes"} for entry in value.values()
    ):
        expected = "a manifest gives sha256 and bytes of every file"
        raise BundleRefused(expected, f"{value!r:.80} came", "Install the model again.")
    return {path: ListedFile(**entry) for path, entry in value.items()}
