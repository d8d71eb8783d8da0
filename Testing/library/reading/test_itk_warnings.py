"""A file named after a patient appears in no warning of ITK's."""

import struct
from threading import Event, Thread

import numpy as np
import SimpleITK

from BMLesionSegLib.reading import load_scan
from BMLesionSegLib.reading.itk_warnings import without_itk_warnings
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


def test_two_threads_leave_the_switch_as_it_was():
    first_is_in, first_may_end = Event(), Event()

    def first() -> None:
        with without_itk_warnings():
            first_is_in.set()
            first_may_end.wait(10)

    def second() -> None:
        first_is_in.wait(10)
        with without_itk_warnings():
            second_is_in.set()
            first_thread.join(0.2)

    second_is_in = Event()
    first_thread, second_thread = Thread(target=first), Thread(target=second)
    first_thread.start(), second_thread.start()
    second_is_in.wait(0.2)
    first_may_end.set()
    first_thread.join(), second_thread.join()
    assert SimpleITK.ProcessObject.GetGlobalWarningDisplay()
