"""What ``bmlesionseg pacs`` does: query, fetch, segment, store."""

import argparse
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from BMLesionSegLib.cli.refusals import report
from BMLesionSegLib.cli.segment import found_scans, segment_files, unused_name, write
from BMLesionSegLib.errors import ArchiveUnreachable, BMLesionSegError, FileRefused

if TYPE_CHECKING:
    from BMLesionSegLib.inference import Segmenter
    from BMLesionSegLib.pacs import Archive


def open_archive(arguments: argparse.Namespace) -> "Archive":
    """The archive of the command line, with the credentials of the environment."""
    from BMLesionSegLib.pacs import Caller, Credentials, connect, parse_address

    address = parse_address(arguments.server)
    caller = Caller(arguments.ae_title, arguments.receive, arguments.timeout)
    return connect(address, Credentials.from_environment(), caller)


def query(arguments: argparse.Namespace) -> int:
    """List studies; nothing that names a patient is shown."""
    from BMLesionSegLib.pacs import StudyQuery

    wanted = StudyQuery(arguments.study, arguments.date, arguments.patient, arguments.accession)
    studies = open_archive(arguments).studies(wanted)
    if arguments.json:
        print(json.dumps([asdict(study) for study in studies]))
        return 0
    for study in studies:
        modalities = " ".join(study.modalities)
        print(f"{study.uid}  {study.date or '-':8}  {study.time or '-':6}  {modalities or '-'}")
    return 0


def fetch(arguments: argparse.Namespace) -> int:
    """Write every study into a folder named by a hash of its UID."""
    from BMLesionSegLib.pacs import fetch_study
    from BMLesionSegLib.pacs.fetching import short_hash

    archive = open_archive(arguments)

    def one(study: str) -> int:
        folder = arguments.output / short_hash(study)
        files = fetch_study(archive, study, arguments.modality, folder)
        print(f"{folder}: {len(files)} fetched")
        return 0

    return each_study(arguments.study, one)


def segment(arguments: argparse.Namespace) -> int:
    """Fetch, segment and store every study; a refused one does not stop the others."""
    from BMLesionSegLib.inference import Segmenter
    from BMLesionSegLib.inference.segmenter import check_threshold

    if arguments.threshold is not None:
        check_threshold(arguments.threshold)
    archive = open_archive(arguments)
    segmenter = Segmenter(arguments.model, arguments.device, arguments.engine)

    def one(study: str) -> int:
        folders, refused = segment_study(archive, segmenter, study, arguments)
        files = [file for folder in folders for file in dicom_files(folder)]
        return refused + store_all(archive, arguments.server, files)

    return each_study(arguments.study, one)


def store(arguments: argparse.Namespace) -> int:
    """Store files; a refused one does not stop the others."""
    files = [file for path in arguments.inputs for file in dicom_files(path)]
    failed = store_all(open_archive(arguments), arguments.server, files, arguments.again)
    return 1 if failed else 0


def each_study(studies: Sequence[str], do: Callable[[str], int]) -> int:
    """Do it for every study; an archive that is lost is not tried again for the rest.

    Args:
        studies: their UIDs.
        do: for one study; gives the number of refusals that it has reported itself.

    Returns:
        The exit code.
    """
    from BMLesionSegLib.pacs.storing import not_tried

    refused, lost = 0, False
    for study in dict.fromkeys(studies):
        try:
            if lost:
                raise not_tried()
            refused += do(study)
        except BMLesionSegError as error:
            lost = lost or isinstance(error, ArchiveUnreachable)
            report(error, study)
            refused += 1
    return 1 if refused else 0


def segment_study(
    archive: "Archive", segmenter: "Segmenter", study: str, arguments: argparse.Namespace
) -> tuple[list[Path], int]:
    """Segment every scan of a study; the fetched files are gone afterwards.

    Returns:
        The folders of results, and how many scans were refused.
    """
    from BMLesionSegLib.pacs import fetch_study

    folders: list[Path] = []
    names: set[str] = set()
    refused = 0
    with TemporaryDirectory() as temporary:
        fetched = Path(temporary)
        fetch_study(archive, study, ["NM"], fetched)
        for _, files in found_scans([fetched]):
            try:
                if isinstance(files, BMLesionSegError):
                    raise files
                segmentation = segment_files(files, segmenter, arguments.threshold, None)
                name = unused_name(segmentation.scan.name, names)
                folder = write(segmentation, arguments.output, name)
            except BMLesionSegError as error:
                report(error, study)
                refused += 1
                continue
            print(f"{folder}: {segmentation.quality.headline(len(segmentation.findings))}")
            folders.append(folder)
    return folders, refused


def store_all(archive: "Archive", server: str, files: Iterable[Path], again: bool = False) -> int:
    """Store files and say of each what became of it.

    Returns:
        How many were not stored.
    """
    from BMLesionSegLib.pacs import parse_address, store_files
    from BMLesionSegLib.pacs.journal import user_journal_folder

    total = failed = 0
    address = str(parse_address(server))
    for stored in store_files(archive, address, files, user_journal_folder(), again):
        total += 1
        if isinstance(stored.outcome, BMLesionSegError):
            report(stored.outcome, str(stored.path))
            failed += 1
        else:
            print(f"{stored.path}: {stored.outcome}")
    print(f"{failed} of {total} objects not stored" if failed else f"all {total} objects stored")
    return failed


def dicom_files(path: Path) -> list[Path]:
    """A file, or the ``.dcm`` files of a folder, searched through and through.

    Raises:
        FileRefused: a folder holds none.
    """
    if not path.is_dir():
        return [path]
    found = [
        file
        for file in sorted(path.rglob("*.dcm"))
        if not any(part.startswith(".") for part in file.relative_to(path).parts)
    ]
    if not found:
        raise FileRefused(
            "the folder holds .dcm files", "it holds none", "Give the folder of a result."
        )
    return found
