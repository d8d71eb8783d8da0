"""Between the library's geometry (LPS) and MRML's matrices (RAS)."""

import numpy as np
import slicer
import vtk

from BMLesionSegLib.scan import Geometry

RAS_FROM_LPS = np.diag([-1.0, -1.0, 1.0, 1.0])
DIGITS = 9
"""Spacing is rounded here: files keep it as decimal text, so that both views must not differ by
what is left over."""


def toMatrix(geometry: Geometry) -> vtk.vtkMatrix4x4:
    """Index (column, row, slice) to RAS."""
    matrix = np.eye(4)
    matrix[:3, :3] = np.reshape(geometry.direction, (3, 3)) * geometry.spacing
    matrix[:3, 3] = geometry.origin
    result = vtk.vtkMatrix4x4()
    result.DeepCopy((RAS_FROM_LPS @ matrix).ravel())
    return result


def fromMatrix(matrix: vtk.vtkMatrix4x4) -> Geometry:
    """The geometry of an index-to-RAS matrix."""
    lps = RAS_FROM_LPS @ slicer.util.arrayFromVTKMatrix(matrix)
    lengths = np.linalg.norm(lps[:3, :3], axis=0)
    direction = lps[:3, :3] / lengths
    spacing = tuple(round(float(length), DIGITS) for length in lengths)
    return Geometry(tuple(map(float, lps[:3, 3])), spacing, tuple(map(float, direction.ravel())))


def geometryOf(volumeNode: slicer.vtkMRMLVolumeNode) -> Geometry:
    """Where a volume lies."""
    matrix = vtk.vtkMatrix4x4()
    volumeNode.GetIJKToRASMatrix(matrix)
    return fromMatrix(matrix)


def place(volumeNode: slicer.vtkMRMLVolumeNode, geometry: Geometry) -> None:
    """Put a volume there."""
    volumeNode.SetIJKToRASMatrix(toMatrix(geometry))
    # The matrix keeps spacing to the last bit only up to a square root.
    volumeNode.SetSpacing(geometry.spacing)


def geometryOfImage(image: slicer.vtkOrientedImageData) -> Geometry:
    """Where the first voxel of a segment's image lies; its extent may begin anywhere."""
    matrix = vtk.vtkMatrix4x4()
    image.GetImageToWorldMatrix(matrix)
    first = image.GetExtent()[::2]
    corner = matrix.MultiplyPoint((*first, 1.0))
    for axis in range(3):
        matrix.SetElement(axis, 3, corner[axis])
    return fromMatrix(matrix)


def samePlace(one: Geometry, other: Geometry) -> bool:
    """Whether two geometries agree to a hundredth of a millimetre."""
    return (
        np.allclose(one.origin, other.origin, atol=0.01)
        and np.allclose(one.spacing, other.spacing, rtol=1e-5)
        and np.allclose(one.direction, other.direction, atol=1e-5)
    )
