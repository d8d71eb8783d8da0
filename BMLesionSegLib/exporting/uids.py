"""UIDs that follow from what they name: the same result exported twice is the same object."""

import hashlib
import uuid

from BMLesionSegLib import __version__
from BMLesionSegLib.exporting.reported import Reported


def uid_of(*parts: str) -> str:
    """A UID derived from a name-based UUID (DICOM PS3.5 B.2)."""
    return f"2.25.{uuid.uuid5(uuid.NAMESPACE_OID, '/'.join(('bmlesionseg', *parts))).int}"


def tracking_uid(sop_instance_uid: str, frame: int, segment_id: str) -> str:
    """Of a lesion: the same in SEG and SR, and after its outline or status was corrected."""
    return uid_of("lesion", sop_instance_uid, str(frame), segment_id)


def fingerprint(result: Reported) -> str:
    """Of everything that an export says, its time apart: another result is another object."""
    said = hashlib.sha256(f"{__version__} {result.headline}".encode())
    for view in result.views:
        said.update(repr((view.view.name, view.view.source, view.view.shape)).encode())
        said.update(view.labels.tobytes())
        said.update(repr(view.lesions).encode())
    return said.hexdigest()
