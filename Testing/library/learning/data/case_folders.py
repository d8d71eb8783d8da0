"""Folders of labelled cases as a hospital might have them, of phantoms."""

import numpy as np
import SimpleITK

from BMLesionSegLib.exporting.nuclear_medicine import SyntheticIdentity, write_nuclear_medicine
from BMLesionSegLib.scan import ViewName
from Testing.library.scans import SPACING, body_pair

LESION = slice(300, 310), slice(72, 80)
"""Rows and columns of a lesion on the phantom's right ribs, in the anterior view."""


def image_of(array, spacing=SPACING, origin=(0.0, 0.0, 0.0)):
    """Planes ``[slice, row, column]`` as an image."""
    image = SimpleITK.GetImageFromArray(np.asarray(array))
    image.SetSpacing((spacing[1], spacing[0], 1.0))
    image.SetOrigin(origin)
    return image


def lesion_map(shape=(1024, 256), lesion=LESION):
    """One painted lesion."""
    labels = np.zeros(shape, np.uint8)
    labels[lesion] = 1
    return labels


def write_labels(path, labels, **place):
    """A label map ``[row, column]`` as ITK-SNAP saves it."""
    SimpleITK.WriteImage(image_of(labels[np.newaxis], **place), str(path), useCompression=True)


def volumes_case(folder, seed=0):
    """A volume and a label map a view."""
    folder.mkdir(parents=True)
    for name, counts in body_pair(seed=seed).items():
        SimpleITK.WriteImage(image_of(counts[np.newaxis]), str(folder / f"scan-{name}.nrrd"), True)
        write_labels(folder / f"{name}.nii.gz", lesion_map() * (name is ViewName.ANTERIOR))


def dicom_case(folder, seed=0):
    """One NM file of two frames; the labels are still to be drawn."""
    folder.mkdir(parents=True)
    identity = SyntheticIdentity(f"labelled-{seed}", f"SIM-{seed:06d}")
    write_nuclear_medicine(folder / "scan.dcm", body_pair(seed=seed), SPACING, identity)
