"""One training of an experiment and its figures, as one file: what resuming goes by."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from BMLesionSegLib import RESEARCH_USE
from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.exporting.atomic import atomic_path
from BMLesionSegLib.learning.metrics.bootstrap import Tally
from BMLesionSegLib.learning.training.checkpoint import Identity, check_identity, completed


@dataclass(frozen=True)
class Row:
    """One network, learning rate and seed.

    Attributes:
        identity: of the training and its test; a row of other settings is refused.
        label: of the contestant.
        learning_rate: highest.
        seed: of weights, tiles and training patients.
        parameters: of the network.
        gmac: 10^9 multiply-adds a tile.
        device: where it was trained.
        date: when it ended.
        minutes: of training in the last call.
        validation_dsc: pooled, at the threshold, on validation patients; learning rates are chosen
            by it.
        threshold: chosen there.
        still_rising: the curve had not come to an end.
        figures: on the test patients.
        tally: of each test patient ``[patient, 6]``, for the bootstrap.
        trained: False for a model that was tested as it is; its rate and seed are 0.
    """

    identity: Identity
    label: str
    learning_rate: float
    seed: int
    parameters: int
    gmac: float
    device: str
    date: str
    minutes: float
    validation_dsc: float
    threshold: float
    still_rising: bool
    figures: Mapping[str, Any]
    tally: list[list[int]]
    trained: bool = True

    @property
    def counts(self) -> Tally:
        """The tally as an array."""
        return np.array(self.tally, np.int64)


def row_name(label: str, learning_rate: float, seed: int) -> str:
    """A file's stem: letters, digits, points and dashes."""
    plain = "".join(letter if letter.isalnum() else "-" for letter in label)
    return f"{'-'.join(filter(None, plain.split('-')))}-rate-{learning_rate:g}-seed-{seed}"


def write_row(path: Path, row: Row) -> None:
    """Write a row, whole or not at all.

    Raises:
        OutputRefused: the file cannot be written there.
    """
    with atomic_path(path) as temporary:
        content = {"research_use": RESEARCH_USE, **asdict(row)}
        temporary.write_text(json.dumps(content, indent=1) + "\n", "utf-8")


def read_row(path: Path, identity: Identity | None = None) -> Row:
    """A row that was finished before.

    Args:
        path: of the file.
        identity: that it must have; any if None.

    Raises:
        TrainingRefused: damaged, or of other settings.
    """
    try:
        content = json.loads(path.read_text("utf-8"))
        del content["research_use"]
        row = Row(**content)
    except (OSError, KeyError, TypeError, ValueError, RecursionError) as error:
        expected = "a row is a file that `compare` or `ablate` wrote"
        came = f"{path.name} cannot be read"
        raise TrainingRefused(expected, came, "Delete it to train that row again.") from error
    if identity is not None:
        check_identity(identity, row.identity, f"row {path.stem}")
    return row


def take_over(folder: Path, path: Path, label: str, identity: Identity) -> Row | None:
    """The same training under another label, written as a row of its own; None without one.

    The paper's whole network is a line of every table and need not be trained for each.

    Args:
        folder: of the rows.
        path: of the file to write.
        label: of the contestant.
        identity: of the training and its test.

    Raises:
        OutputRefused: the file cannot be written there.
        TrainingRefused: a row is damaged.
    """
    # Names with a leading point are rows that another process is writing.
    for other in sorted(folder.glob("[!.]*.json")):
        row = read_row(other)
        if completed(row.identity) == completed(identity):
            ours = replace(row, label=label)
            write_row(path, ours)
            return ours
    return None
