"""A training on disk: written whole or not at all, read without running code, told by name."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.exporting.atomic import atomic_path, output_refused
from BMLesionSegLib.networks import ARCHITECTURES, network_arguments

SHOWN = 60
"""Characters of a value in a refusal."""
Identity = Mapping[str, str | int | float]
"""What makes a training this one: network, recipe, data, seed, versions, each by its name."""


def write_checkpoint(path: Path, identity: Identity, state: Mapping[str, Any]) -> None:
    """Write a checkpoint over the last one.

    Raises:
        OutputRefused: the file cannot be written there.
    """
    import torch

    with atomic_path(path) as temporary:
        try:
            torch.save({"identity": dict(identity), **state}, temporary)
        except RuntimeError as error:
            # torch's writer has this one kind for a full disk and a closed folder alike.
            raise output_refused(path, OSError(f"{path.name} could not be written")) from error


def read_checkpoint(path: Path, identity: Identity) -> dict[str, Any]:
    """The state in a checkpoint of this training.

    Left-overs of a process that was killed while it wrote are removed.

    Raises:
        TrainingRefused: cut short, no checkpoint, or of another training.
    """
    import torch

    for left_over in path.parent.glob(f".*-{path.name}"):
        left_over.unlink(missing_ok=True)
    expected = "a checkpoint is a whole file that `bmlesionseg train` wrote"
    remedy = "Delete it to start anew, or choose another output folder."
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # torch raises many kinds for a damaged file
        raise TrainingRefused(expected, f"{path.name} cannot be read", remedy) from error
    if not isinstance(state, dict) or not isinstance(state.get("identity"), dict):
        raise TrainingRefused(expected, f"{path.name} holds another thing", remedy)
    check_identity(identity, state["identity"])
    return state


def where_they_differ(one: object, other: object) -> tuple[str, str]:
    """Two values in words; of long ones, the part from shortly before they first differ."""
    texts = str(one), str(other)
    if max(map(len, texts)) <= SHOWN:
        return texts
    pairs = enumerate(zip(*texts, strict=False))
    same = next((place for place, (a, b) in pairs if a != b), min(map(len, texts)))
    first = max(0, same - SHOWN // 3)
    before = "..." if first else ""
    shown = [f"{before}{text[first : first + SHOWN]}" for text in texts]
    return shown[0], shown[1]


def completed(identity: Identity) -> Identity:
    """An identity with every argument that its network has had since.

    One that came later is at its default, at which a network does what it did before.
    """
    name = identity.get("network")
    if name not in ARCHITECTURES:
        return identity
    usual = network_arguments(str(name), {})
    return {f"network's {argument}": str(value) for argument, value in usual.items()} | {**identity}


def check_identity(ours: Identity, theirs: Identity, what: str = "checkpoint") -> None:
    """Refuse a checkpoint of another training, and say in what it differs.

    Args:
        ours: of the training that is wanted.
        theirs: of the one that is there.
        what: is there, in a word.

    Raises:
        TrainingRefused: it does.
    """
    ours, theirs = completed(ours), completed(theirs)
    names = [name for name in {**ours, **theirs} if ours.get(name) != theirs.get(name)]
    if names:
        told = "; ".join(
            "{} was {} and is {}".format(name, *where_they_differ(theirs.get(name), ours.get(name)))
            for name in names
        )
        raise TrainingRefused(
            f"the {what} in the output folder is of this training",
            f"it is of another: {told}",
            f"Use the same settings, or another output folder, or delete the {what}.",
        )
