"""The grids on which cameras store a whole-body view."""

from dataclasses import dataclass

from BMLesionSegLib.simulation.camera.camera_parameters import PIXEL_MM


@dataclass(frozen=True)
class Matrix:
    """Rows, columns and the side of a square pixel in mm."""

    rows: int
    columns: int
    pixel_mm: float

    @property
    def shape(self) -> tuple[int, int]:
        """Rows, columns."""
        return self.rows, self.columns


PAPER_MATRIX = Matrix(1024, 256, PIXEL_MM.value)
"""Xie 2025; also the grid of the published population statistics."""
SIEMENS_MATRIX = Matrix(1024, 256, 2.3976)
"""Pixel spacing measured in 69 scans (clinical notes, section 1)."""
WIDE_MATRIX = Matrix(1024, 512, 2.13)
"""A matrix twice as wide as the detector, empty at both sides; its pixel is a choice."""
DETECTOR_MM = 590.0
"""Breadth of the detector: nothing is counted beside it."""
