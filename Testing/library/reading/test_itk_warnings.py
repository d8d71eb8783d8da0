"""A file named after a patient appears in no warning of ITK's."""

import struct

import numpy as np
import SimpleITK

from BMLesionSegLib.reading import load_scan
from BMLesionSegLib.scan import ViewName
from Testing.library.nm_files import SMALL
from Testing.library.scans import body_counts


def scaled_nifti(folder):
    """A volume whose stated pixel size contradicts its axes, of which ITK warns."""
    path = folder / "DOE^JANE.nii"
    image = SimpleITK.GetImageFromArray(body_counts(shape=SMALL)[np.newaxis])
    image.SetSpacing((4.52, 4.52, 1.0))
    SimpleITK.WriteImage(image, str(path))
    stated = bytearray(path.read_bytes())
    struct.pack_into("<f", stated, 80, 4.6)  # pixdim[1] of the NIfTI-1 header
    path.write_bytes(stated)
    return path


def test_itk_does_warn_of_it(tmp_path, capfd):
    SimpleITK.ReadImage(str(scaled_nifti(tmp_path)))
    assert "DOE^JANE" in capfd.readouterr().err


def test_reading_shows_no_warning_of_itk(tmp_path, capfd):
    load_scan(scaled_nifti(tmp_path), ViewName.ANTERIOR)
    assert capfd.readouterr().err == ""
    assert SimpleITK.ProcessObject.GetGlobalWarningDisplay()
