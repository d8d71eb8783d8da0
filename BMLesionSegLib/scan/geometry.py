"""Where a planar view lies in space: the one place that knows.

Array order equals file order everywhere; only the geometry differs, never a pixel flip. Both
frames are right-handed and lie in planes of their own, 200 mm apart, because 3D Slicer draws a
segmentation in every slice view whose plane it meets. The third spacing is 1 mm, so that a volume
in mm3 in Slicer equals our area in mm2.
"""

from dataclasses import dataclass

from BMLesionSegLib.scan.names import ViewName

PLANE_DISTANCE_MM = 100.0


@dataclass(frozen=True)
class Geometry:
    """Index (column, row, slice) to patient space in LPS millimetres.

    Attributes:
        origin: centre of pixel (0, 0, 0).
        spacing: between columns, rows, slices.
        direction: 3x3 row-major, its columns are the axes of index i, j, k.
    """

    origin: tuple[float, float, float]
    spacing: tuple[float, float, float]
    direction: tuple[float, ...]


def view_geometry(name: ViewName, shape: tuple[int, int], spacing: tuple[float, float]) -> Geometry:
    """Coronal plane of a view, centred on the patient's midline.

    Columns run to the patient's left in an anterior view and to the right in a posterior one, rows
    to the feet.

    Args:
        name: anterior or posterior.
        shape: rows, columns.
        spacing: mm between rows, between columns.
    """
    side = 1.0 if name is ViewName.ANTERIOR else -1.0
    half_height = (shape[0] - 1) / 2 * spacing[0]
    half_width = (shape[1] - 1) / 2 * spacing[1]
    # LPS: i = side * left, j = inferior, k = i x j = side * posterior.
    direction = (side, 0.0, 0.0, 0.0, 0.0, side, 0.0, -1.0, 0.0)
    origin = (-side * half_width, -side * PLANE_DISTANCE_MM, half_height)
    return Geometry(origin, (float(spacing[1]), float(spacing[0]), 1.0), direction)
