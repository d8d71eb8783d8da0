"""Measure the lesions of a label map."""

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.lesions.body import Body
from BMLesionSegLib.lesions.components import Labels
from BMLesionSegLib.lesions.lesion import Lesion
from BMLesionSegLib.lesions.site import locate
from BMLesionSegLib.lesions.skeletal_uptake import median_skeletal_uptake
from BMLesionSegLib.scan import View


def measure_lesions(
    view: View, body: Body, labels: Labels, probability: NDArray[np.float32]
) -> tuple[Lesion, ...]:
    """Measure every label of a view, whoever drew it.

    Args:
        view: as read; counts are taken from here, never from a normalised copy.
        body: of that view.
        labels: ``[row, column]``, 0 background; numbers may have gaps.
        probability: float32 ``[row, column]``.

    Returns:
        One lesion a number, in ascending order.
    """
    from scipy import ndimage

    reference = median_skeletal_uptake(view, body)
    boxes = ndimage.find_objects(labels)
    return tuple(
        measure_lesion(view, labels, probability, number, box, body, reference)
        for number, box in enumerate(boxes, start=1)
        if box is not None
    )


def measure_lesion(
    view: View,
    labels: Labels,
    probability: NDArray[np.float32],
    number: int,
    box: tuple[slice, slice],
    body: Body,
    reference: float,
) -> Lesion:
    """Measure one label inside its box."""
    rows, columns = box
    inside = labels[box] == number
    counts = view.counts[box][inside].astype(np.float64)
    centre = np.argwhere(inside).mean(axis=0)
    row, column = float(centre[0] + rows.start), float(centre[1] + columns.start)
    left_mm = float(body.left_of_midline_mm(view.name, row, column))
    return Lesion(
        number=number,
        view=view.name,
        pixels=len(counts),
        area_mm2=len(counts) * view.pixel_area,
        centroid=(row, column),
        box=(rows.start, columns.start, rows.stop, columns.stop),
        max_counts=float(counts.max()),
        mean_counts=float(counts.mean()),
        total_counts=float(counts.sum()),
        uptake_ratio=float(counts.mean() / reference),
        mean_probability=float(probability[box][inside].mean(dtype=np.float64)),
        left_of_midline_mm=left_mm,
        site=locate(body, row, left_mm),
        segment_id=f"{view.name}-{number}",
    )
