"""Where a slice view looks: its centre, its field of view, the plane of the scintigram in it."""

import slicer
import vtk

Point = tuple[float, float, float]

TOLERANCE_MM = 1e-3


def centre(sliceNode: slicer.vtkMRMLSliceNode) -> Point:
    """RAS point in the middle of the view."""
    width, height = sliceNode.GetDimensions()[:2]
    r, a, s, _ = sliceNode.GetXYToRAS().MultiplyPoint((width / 2, height / 2, 0, 1))
    return r, a, s


def moveCentre(sliceNode: slicer.vtkMRMLSliceNode, target: Point) -> None:
    """Shift the slice so that the middle of the view is at a RAS point; nothing if it is."""
    now = centre(sliceNode)
    step = [wanted - have for wanted, have in zip(target, now, strict=True)]
    if max(map(abs, step)) < TOLERANCE_MM:
        return
    # The offset's sign follows the plane's normal, so the origin itself is moved.
    matrix = sliceNode.GetSliceToRAS()
    for row in range(3):
        matrix.SetElement(row, 3, matrix.GetElement(row, 3) + step[row])
    refresh(sliceNode)


def setFieldHeight(sliceNode: slicer.vtkMRMLSliceNode, height: float) -> None:
    """Show so many mm from top to bottom, equally scaled across."""
    columns, rows, _ = sliceNode.GetDimensions()
    depth = sliceNode.GetFieldOfView()[2]
    sliceNode.SetFieldOfView(height * columns / max(rows, 1), height, depth)
    refresh(sliceNode)


def refresh(sliceNode: slicer.vtkMRMLSliceNode) -> None:
    """Bring a slice node's matrices in step with its plane and field of view.

    While it tells that it was modified, a slice node ignores UpdateMatrices; an observer that
    corrects it has to do the same sums: screen to slice, and slice to RAS after it.
    """
    sliceNode.UpdateMatrices()
    field, size = sliceNode.GetFieldOfView(), sliceNode.GetDimensions()
    origin = sliceNode.GetXYZOrigin()
    if min(size) < 1:
        return
    screenToSlice = sliceNode.GetXYToSlice()
    for axis in range(3):
        screenToSlice.SetElement(axis, axis, field[axis] / size[axis])
        start = origin[axis] - field[axis] / 2 if axis < 2 else 0.0
        screenToSlice.SetElement(axis, 3, start)
    sliceToRas = sliceNode.GetSliceToRAS()
    vtk.vtkMatrix4x4.Multiply4x4(sliceToRas, screenToSlice, sliceNode.GetXYToRAS())
    vtk.vtkMatrix4x4.Multiply4x4(sliceToRas, sliceNode.GetUVWToSlice(), sliceNode.GetUVWToRAS())


def showRegion(
    sliceNode: slicer.vtkMRMLSliceNode, r: tuple[float, float], s: tuple[float, float]
) -> None:
    """All of a rectangle (lowest and highest R and S, mm), centred, never stretched."""
    columns, rows, _ = sliceNode.GetDimensions()
    setFieldHeight(sliceNode, max(s[1] - s[0], (r[1] - r[0]) * rows / max(columns, 1)))
    moveCentre(sliceNode, (sum(r) / 2, centre(sliceNode)[1], sum(s) / 2))


def edges(volume: slicer.vtkMRMLScalarVolumeNode) -> list[tuple[float, float]]:
    """Lowest and highest R, A and S of the image."""
    bounds = [0.0] * 6
    volume.GetRASBounds(bounds)
    return list(zip(bounds[0::2], bounds[1::2], strict=True))


def pixelToRas(volume: slicer.vtkMRMLScalarVolumeNode, row: float, column: float) -> Point:
    """The place of a pixel."""
    matrix = vtk.vtkMatrix4x4()
    volume.GetIJKToRASMatrix(matrix)
    r, a, s, _ = matrix.MultiplyPoint((column, row, 0, 1))
    return r, a, s


def rasToScreen(sliceNode: slicer.vtkMRMLSliceNode, point: Point) -> tuple[float, float]:
    """Screen position of a RAS point, pixels from the lower left corner."""
    inverse = vtk.vtkMatrix4x4()
    vtk.vtkMatrix4x4.Invert(sliceNode.GetXYToRAS(), inverse)
    x, y, *_ = inverse.MultiplyPoint((*point, 1))
    return x, y
