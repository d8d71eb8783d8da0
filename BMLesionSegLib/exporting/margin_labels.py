"""Numbers beside a picture, moved apart so that none covers another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class MarginLabel:
    """A number in the margin and the place in the picture that it names; pixels.

    Attributes:
        text: the number.
        left: whether it stands in the left margin.
        x: column where its line ends, at the lesion.
        y: row of the lesion.
        label_y: row of the number.
    """

    text: str
    left: bool
    x: float
    y: float
    label_y: float


def spread(labels: Sequence[MarginLabel], gap: float, height: float) -> list[MarginLabel]:
    """Move the labels of one margin apart, as little as one pass down and one up allow.

    Args:
        labels: of one margin.
        gap: least distance between two labels.
        height: of the picture; labels keep half a gap from its ends, where they fit at all.
    """
    ordered = sorted(labels, key=lambda label: label.y)
    places = [label.y for label in ordered]
    for index in range(1, len(places)):
        places[index] = max(places[index], places[index - 1] + gap)
    lowest = height - gap / 2
    for index in reversed(range(len(places))):
        places[index] = min(places[index], lowest)
        lowest = places[index] - gap
    return [replace(label, label_y=y) for label, y in zip(ordered, places, strict=True)]
