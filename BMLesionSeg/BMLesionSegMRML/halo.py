"""Points at a finding without moving or zooming: a ring around it, a line across the other view."""

from collections.abc import Sequence
from dataclasses import dataclass

import slicer
import vtk
from slicer.util import VTKObservationMixin

from BMLesionSegMRML.slice_plane import Point, rasToScreen

SMALLEST_RADIUS = 16
"""Pixels on the screen; a small lesion's ring must still be seen around it."""
CLEARANCE_MM = 12.0
CORNERS = 48
RING_INK = (0.0, 0.45, 0.85)
LINE_INK = (0.35, 0.6, 0.85)


@dataclass(frozen=True)
class Spot:
    """What a ring is drawn around.

    Attributes:
        centre: RAS.
        radius: mm, of the lesion itself.
    """

    centre: Point
    radius: float


class Halo(VTKObservationMixin):
    """Rings and row lines in one slice view; they stay on their place when the view moves."""

    def __init__(self, sliceNode: slicer.vtkMRMLSliceNode, renderer: vtk.vtkRenderer) -> None:
        super().__init__()
        self._sliceNode = sliceNode
        self._renderer = renderer
        self._spots: Sequence[Spot] = ()
        self._rows: Sequence[float] = ()
        self._rings = actor(RING_INK, 3.0)
        self._lines = actor(LINE_INK, 1.5)
        renderer.AddViewProp(self._rings)
        renderer.AddViewProp(self._lines)
        self.addObserver(sliceNode, vtk.vtkCommand.ModifiedEvent, self._draw)

    def show(self, spots: Sequence[Spot], rows: Sequence[float]) -> None:
        """Ring these spots, and draw a line at these head-foot positions (S, mm)."""
        self._spots, self._rows = spots, rows
        self._draw()

    def remove(self) -> None:
        """Take everything away."""
        self.removeObservers()
        self._renderer.RemoveViewProp(self._rings)
        self._renderer.RemoveViewProp(self._lines)

    def _draw(self, _caller: object = None, _event: object = None) -> None:
        node = self._sliceNode
        columns, rows, _ = node.GetDimensions()
        pixelMm = node.GetFieldOfView()[1] / max(rows, 1)
        rings = []
        for spot in self._spots:
            radius = max((spot.radius + CLEARANCE_MM) / pixelMm, SMALLEST_RADIUS)
            rings.append(ring(rasToScreen(node, spot.centre), radius))
        lines = []
        for s in self._rows:
            _, y = rasToScreen(node, (0.0, 0.0, s))
            lines.append([(0.0, y), (float(columns), y)])
        self._rings.GetMapper().SetInputData(polylines(rings))
        self._lines.GetMapper().SetInputData(polylines(lines))


def ring(middle: tuple[float, float], radius: float) -> list[tuple[float, float]]:
    """Corners of a closed circle."""
    source = vtk.vtkRegularPolygonSource()
    source.SetNumberOfSides(CORNERS)
    source.SetRadius(radius)
    source.SetCenter(*middle, 0)
    source.Update()
    points = source.GetOutput().GetPoints()
    corners = [points.GetPoint(index)[:2] for index in range(CORNERS)]
    return [*corners, corners[0]]


def polylines(lines: Sequence[Sequence[tuple[float, float]]]) -> vtk.vtkPolyData:
    """Lines in screen pixels."""
    data, points, cells = vtk.vtkPolyData(), vtk.vtkPoints(), vtk.vtkCellArray()
    for line in lines:
        cells.InsertNextCell(len(line))
        for x, y in line:
            cells.InsertCellPoint(points.InsertNextPoint(x, y, 0))
    data.SetPoints(points)
    data.SetLines(cells)
    return data


def actor(ink: tuple[float, float, float], width: float) -> vtk.vtkActor2D:
    """An empty drawing in screen pixels."""
    drawing = vtk.vtkActor2D()
    mapper = vtk.vtkPolyDataMapper2D()
    mapper.SetInputData(polylines([]))
    drawing.SetMapper(mapper)
    drawing.GetProperty().SetColor(*ink)
    drawing.GetProperty().SetLineWidth(width)
    return drawing
