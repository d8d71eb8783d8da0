"""DICOM pixels to counts, after everything that the header can be refused for."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.errors import CountsRefused, FileRefused, ViewsUnclear
from BMLesionSegLib.reading.dicom_file import numbers, text, value, whole
from BMLesionSegLib.reading.itk_warnings import read_quietly
from BMLesionSegLib.scan import Counts
from BMLesionSegLib.scan.view import check_counts

if TYPE_CHECKING:
    from pydicom import Dataset

PIXEL_KEYWORDS = ("PixelData", "FloatPixelData", "DoubleFloatPixelData")
# Whole counts up to here are exact in float32.
MOST_COUNTS = 2**24
SMALL_PIXELS = 2**16
"""Bytes; headers and padding of compressed frames."""


def decode_frames(dataset: "Dataset", frames: int, path: Path) -> list[Counts]:
    """The counts of every frame, ``[row, column]`` as stored, rescaled where the file says so.

    Args:
        dataset: the parsed file, its matrix already checked.
        frames: how many it claims.
        path: the file, for a compression that only the second decoder knows.

    Raises:
        CountsRefused: colour, no pixels, or values that cannot be counts.
        FileRefused: truncated, or compressed in a way that cannot be read here.
        ViewsUnclear: pixels for fewer or more frames than claimed.
    """
    check_grey(dataset)
    _check_amount(dataset, frames)
    if _has_decoder(dataset):
        _complete_description(dataset)
        stored = _rescaled(dataset.pixel_array, dataset)
    else:
        stored = _decoded_by_gdcm(path)
    return [to_counts(frame) for frame in stored.reshape(frames, dataset.Rows, dataset.Columns)]


def to_counts(pixels: NDArray[Any]) -> Counts:
    """Plain numbers as float32 counts.

    Raises:
        CountsRefused: values that cannot be counts.
    """
    check_counts(pixels)
    if pixels.max() > MOST_COUNTS:
        raise CountsRefused(
            f"a pixel holds at most {MOST_COUNTS} counts",
            f"the largest is {pixels.max():g}",
            "Give the raw counts.",
        )
    return np.ascontiguousarray(pixels, dtype=np.float32)


def check_grey(dataset: "Dataset") -> None:
    """Refuse colour.

    Raises:
        CountsRefused: several samples a pixel, or a colour interpretation.
    """
    interpretation = text(dataset, "PhotometricInterpretation")
    # MONOCHROME1 only asks for an inverted display; its values are counts too.
    grey = interpretation in ("", "MONOCHROME1", "MONOCHROME2")
    if not grey or whole(dataset, "SamplesPerPixel") not in (None, 1):
        raise colour_refused()


def colour_refused() -> CountsRefused:
    """The refusal for pixels of several channels."""
    return CountsRefused(
        "a pixel is one number of counts",
        "a colour image came",
        "Export the grey image with the camera's counts, not a screen picture.",
    )


def _check_amount(dataset: "Dataset", frames: int) -> None:
    """Compare the bytes of plain pixels with what the header claims."""
    found = [len(value(dataset, key) or b"") for key in PIXEL_KEYWORDS if key in dataset]
    if not any(found):
        raise FileRefused(
            "a scan file holds pixels",
            "it ends before them or has none",
            "Export or copy the scan again.",
        )
    bits = whole(dataset, "BitsAllocated")
    if bits is None or bits % 8 or not 8 <= bits <= 64:
        raise FileRefused(
            "the file states 8, 16, 32 or 64 bits a pixel",
            "it states none or another number",
            "Export the scan again from the camera.",
        )
    frame_bytes = dataset.Rows * dataset.Columns * bits // 8
    if dataset.file_meta.TransferSyntaxUID.is_encapsulated:
        _check_compressed(max(found), frames * frame_bytes)
        return
    whole_frames, rest = divmod(max(found), frame_bytes)
    if whole_frames != frames and (whole_frames > frames or (rest <= 1 and whole_frames > 0)):
        raise ViewsUnclear(
            f"the file holds the {frames} frames that it claims",
            f"it has pixels for {whole_frames}",
            "Export the scan again, with one or two whole-body frames.",
        )
    if whole_frames < frames:
        raise FileRefused(
            f"the pixels of {frames} frames take {frames * frame_bytes} bytes",
            f"the file ends after {max(found)}",
            "It was cut short: copy or export it again.",
        )


def _check_compressed(found: int, plain: int) -> None:
    """Refuse compressed pixels that take far more room than plain ones: they would swell."""
    if found > 2 * plain + SMALL_PIXELS:
        raise FileRefused(
            f"compressed pixels of this matrix take less than the {plain} bytes of plain ones",
            f"{found} bytes came",
            "Export the scan without compression.",
        )


def _has_decoder(dataset: "Dataset") -> bool:
    from pydicom.pixels.decoders.base import get_decoder

    try:
        return bool(get_decoder(dataset.file_meta.TransferSyntaxUID).is_available)
    except NotImplementedError:
        return False


def _decoded_by_gdcm(path: Path) -> NDArray[Any]:
    """Decode by SimpleITK's GDCM, which knows the lossless JPEG of archives and rescales itself."""
    import SimpleITK

    reader = SimpleITK.ImageFileReader()
    reader.SetImageIO("GDCMImageIO")
    reader.SetFileName(str(path))
    try:
        return np.asarray(SimpleITK.GetArrayFromImage(read_quietly(reader)))
    except RuntimeError:
        raise FileRefused(
            "the pixels are uncompressed or in a compression that can be read here",
            "they are compressed in another way, or damaged",
            "Export the scan without compression.",
        ) from None


def _complete_description(dataset: "Dataset") -> None:
    """Fill in what the decoder asks for, where only one answer makes sense for counts."""
    bits = dataset.BitsAllocated
    usual = {
        "SamplesPerPixel": 1,
        "PhotometricInterpretation": "MONOCHROME2",
        "PixelRepresentation": 0,
        "BitsStored": bits,
        "HighBit": bits - 1,
    }
    for keyword, answer in usual.items():
        if not text(dataset, keyword):
            setattr(dataset, keyword, answer)


def _rescaled(stored: NDArray[Any], dataset: "Dataset") -> NDArray[Any]:
    slope = numbers(dataset, "RescaleSlope") or (1.0,)
    intercept = numbers(dataset, "RescaleIntercept") or (0.0,)
    if slope == (1.0,) and intercept == (0.0,):
        return stored
    if not (np.isfinite([slope[0], intercept[0]]).all() and slope[0] > 0):
        raise CountsRefused(
            "a rescale slope is a positive number and its intercept a number",
            "they are not",
            "Export the raw counts from the camera.",
        )
    return stored * slope[0] + intercept[0]
