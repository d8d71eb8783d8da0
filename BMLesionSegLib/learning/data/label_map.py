"""A view's label map, as 3D Slicer or ITK-SNAP saved it, on the pixels of its view."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.errors import FileRefused, TrainingRefused
from BMLesionSegLib.exporting.segment import CLASS_TAG
from BMLesionSegLib.exporting.segmentation_nrrd import read_segmentation
from BMLesionSegLib.preparation import body_mask
from BMLesionSegLib.reading.folder import SEGMENTATION_SUFFIX
from BMLesionSegLib.reading.image_header import open_image
from BMLesionSegLib.reading.itk_warnings import read_quietly
from BMLesionSegLib.reading.nifti_length import is_cut_short
from BMLesionSegLib.scan import Geometry, View

METASTASIS = "metastasis"
TOLERANCE = 0.01
"""Of a pixel, for a label's spacing, origin and axes."""
WRITERS_DEFAULT = (1.0, 1.0)
"""Spacing of a file whose writer knew none."""
LEAST_ON_BODY = 0.5


def read_truth(path: Path, view: View) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Metastases (one value a lesion) and other hot spots of a view, both ``[row, column]``.

    A segment whose class is tagged, as the simulation does, is one lesion. Any other value, as
    people paint it, may stand for many: each of its components (8 neighbours) is a lesion.

    Args:
        path: a label map of one view.
        view: that it was drawn on.

    Raises:
        FileRefused: no label map of one plane.
        TrainingRefused: of another size, pixel size or place than the view.
    """
    if not path.name.lower().endswith(SEGMENTATION_SUFFIX):
        planes, geometry = read_planes(path)
        if len(planes) != 1:
            raise FileRefused(
                f"{path.name} has one plane",
                f"{len(planes)} came",
                "Give a label map a view, or call the one of all frames labels.*",
            )
        check_fit(path.name, planes[0], geometry, view)
        return lesions_of(planes[0]), np.zeros(view.shape, bool)
    stored = read_segmentation(path)
    check_fit(path.name, stored.labels, stored.geometry, view)
    known = {s.label: s.tags[CLASS_TAG] for s in stored.segments if CLASS_TAG in s.tags}
    painted = {s.label for s in stored.segments} - set(known)
    tagged = [label for label, kind in known.items() if kind == METASTASIS]
    metastases = np.where(np.isin(stored.labels, tagged), stored.labels, 0)
    drawn = lesions_of(np.where(np.isin(stored.labels, list(painted)), stored.labels, 0))
    drawn[drawn > 0] += metastases.max(initial=0)
    other = np.isin(stored.labels, [label for label in known if label not in tagged])
    return (metastases + drawn).astype(np.int32), other


def read_frames(path: Path, views: tuple[View, ...]) -> list[NDArray[np.int32]]:
    """Metastases of each view from one label map with a slice for every frame of its DICOM file.

    Raises:
        FileRefused: no label map.
        TrainingRefused: the scan is no single DICOM file, or the map does not fit it.
    """
    planes, geometry = read_planes(path)
    sources = [view.source for view in views]
    one_file = len({source.sop_instance_uid for source in sources if source}) == 1
    if not one_file or len(planes) < max(source.frame for source in sources if source):
        raise TrainingRefused(
            f"{path.name} has a slice for each frame of the scan's one DICOM file",
            f"{len(planes)} slices came for {len(views)} views",
            "Give anterior.* and posterior.* instead.",
        )
    truths = []
    for view, source in zip(views, sources, strict=True):
        assert source is not None
        labels = np.rot90(planes[source.frame - 1], source.quarter_turns)
        check_fit(path.name, labels, geometry, view)
        truths.append(lesions_of(labels))
    return truths


def read_planes(path: Path) -> tuple[NDArray[np.int32], Geometry]:
    """A label map's planes ``[slice, row, column]`` and what the file states of its place.

    Raises:
        FileRefused: unreadable, or values that are no labels.
        GeometryRefused: it states more pixels than any scan has.
    """
    import SimpleITK

    expected = f"{path.name} is a label map (whole numbers, planes of rows and columns)"
    remedy = "Save the labels again from ITK-SNAP or 3D Slicer."
    try:
        image = read_quietly(open_image(path))
        array = SimpleITK.GetArrayFromImage(image)
    except RuntimeError as error:
        raise FileRefused(expected, "it cannot be read as an image", remedy) from error
    if is_cut_short(path, array.size):
        raise FileRefused(expected, "it was cut short", "Copy or save it again.")
    if array.ndim not in (2, 3) or image.GetNumberOfComponentsPerPixel() != 1:
        raise FileRefused(expected, f"an array of shape {array.shape} came", remedy)
    whole = np.isfinite(array).all() and (array == np.floor(array)).all()
    if not whole or array.min(initial=0) < 0 or array.max(initial=0) > np.iinfo(np.int32).max:
        raise FileRefused(expected, "values came that are no labels", remedy)
    planes = array.reshape(-1, *array.shape[-2:]).astype(np.int32)
    return planes, Geometry(image.GetOrigin(), image.GetSpacing(), image.GetDirection())


def lesions_of(labels: NDArray[np.int32]) -> NDArray[np.int32]:
    """Each component (8 neighbours) of each value as a lesion of its own."""
    from scipy.ndimage import label

    lesions = np.zeros(labels.shape, np.int32)
    for value in np.unique(labels[labels > 0]):
        components, _ = label(labels == value, np.ones((3, 3), int))
        lesions[components > 0] = components[components > 0] + lesions.max()
    return lesions


def check_fit(name: str, labels: NDArray[np.int32], geometry: Geometry, view: View) -> None:
    """Refuse labels of another matrix, another place, or beside the patient."""
    expected = f"the label map {name} has the pixels of its view"
    remedy = "Give the label map that was drawn on this scan."
    if labels.shape != view.shape:
        came = f"{labels.shape} came for {view.shape}"
        raise TrainingRefused(expected, came, remedy)
    spacing = (geometry.spacing[1], geometry.spacing[0])
    if spacing != WRITERS_DEFAULT and not near(spacing, view.spacing, view.spacing[0]):
        came = f"pixels of {spacing[0]:.3g} x {spacing[1]:.3g} mm came"
        raise TrainingRefused(expected, came, remedy)
    stated = view.file_geometry
    if stated is not None and len(geometry.origin) == 3:
        turned = not near(geometry.direction, stated.direction, 1.0)
        if turned or not near(geometry.origin, stated.origin, view.spacing[0]):
            came = "it is turned, mirrored or moved against it"
            raise TrainingRefused(expected, came, remedy)
    lesion = labels > 0
    if lesion.any() and body_mask(view.counts, view.spacing)[lesion].mean() < LEAST_ON_BODY:
        came = "most of its lesions lie beside the patient"
        raise TrainingRefused(expected, came, remedy)


def near(first: tuple[float, ...], second: tuple[float, ...], unit: float) -> bool:
    """Whether two lists of lengths agree to a hundredth of a unit."""
    return bool(np.allclose(first, second, rtol=0, atol=TOLERANCE * unit))
