"""A study's files out of an archive."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from BMLesionSegLib.errors import ArchiveRefused
from BMLesionSegLib.exporting.atomic import files_together
from BMLesionSegLib.pacs.archive import Archive, FoundSeries, Received, checked_uid


def fetch_study(
    archive: Archive, study_uid: str, modalities: Sequence[str], folder: Path
) -> list[Path]:
    """Write a study's objects of these modalities.

    Args:
        archive: that holds the study.
        study_uid: study instance UID.
        modalities: of the series wanted, e.g. ``["NM"]``.
        folder: made if need be. Files are named by a hash of their UID, so that fetching twice
            gives the same files.

    Returns:
        The files written.

    Raises:
        ArchiveRefused: the archive has none of them, or did not send all.
        ArchiveUnreachable: it does not answer.
        OutputRefused: a file cannot be written there.
    """
    series = archive.series(checked_uid(study_uid))
    wanted = [one for one in series if one.modality in modalities]
    if not wanted:
        raise ArchiveRefused(
            f"the archive holds {' or '.join(modalities)} series of this study",
            f"it lists {len(series)} series, none of them such" if series else "it lists no series",
            "Check the UID with `bmlesionseg pacs query`.",
        )
    # All before the first is written: half a study could be taken for a scan of one view.
    came = [received for one in wanted for received in whole_series(archive, study_uid, one)]
    with files_together(folder) as temporary:
        names = [write(received, temporary).name for received in came]
    return [folder / name for name in names]


def whole_series(archive: Archive, study_uid: str, series: FoundSeries) -> list[Received]:
    """What the archive holds of a series that it has listed.

    Raises:
        ArchiveRefused: nothing.
    """
    came = archive.fetch(study_uid, series.uid)
    if not came:
        raise ArchiveRefused(
            "the archive sends the series that it lists",
            "one came empty",
            "Ask its administrator what this computer may fetch.",
        )
    return came


def write(received: Received, folder: Path) -> Path:
    """Write one object under its hash."""
    path = folder / f"{short_hash(received.sop_instance_uid)}.dcm"
    path.write_bytes(received.content)
    return path


def short_hash(uid: str) -> str:
    """A UID's name in file names, as results are named by their study's."""
    return sha256(uid.encode()).hexdigest()[:12]
