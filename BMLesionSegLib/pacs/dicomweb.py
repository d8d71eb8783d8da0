"""An archive over DICOMweb (PS3.18): QIDO-RS to query, WADO-RS to fetch, STOW-RS to store."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

from BMLesionSegLib.errors import ArchiveRefused, BMLesionSegError
from BMLesionSegLib.pacs.address import WebAddress
from BMLesionSegLib.pacs.archive import (
    MOST_ANSWERS,
    SERIES_FIELDS,
    STUDY_FIELDS,
    FoundSeries,
    FoundStudy,
    Received,
    StudyQuery,
    found_series,
    found_study,
    too_many,
    with_nuclear_medicine,
)
from BMLesionSegLib.pacs.credentials import Credentials
from BMLesionSegLib.pacs.http_session import http_refusal, http_session
from BMLesionSegLib.pacs.quiet import quiet
from BMLesionSegLib.pacs.status import HELD_ALREADY, store_refused
from BMLesionSegLib.reading.dicom_file import items, text, whole

if TYPE_CHECKING:
    from pydicom import Dataset

NOTHING_TAKEN = 409
Search = Callable[..., list[dict[str, dict[str, Any]]]]


class DicomWebArchive:
    """A DICOMweb service.

    Args:
        address: of the service.
        credentials: sent over TLS, or to this computer itself, never else.
        timeout: seconds of silence before giving up.

    Raises:
        ArchiveRefused: a password would travel unencrypted.
    """

    def __init__(self, address: WebAddress, credentials: Credentials, timeout: float) -> None:
        from dicomweb_client.api import DICOMwebClient

        self._timeout = timeout
        with self._talking():
            session = http_session(address, credentials)
            self._client = DICOMwebClient(address.url, session, timeout=timeout)
            self._client.set_http_retry_params(retry=False)

    def studies(self, query: StudyQuery) -> list[FoundStudy]:
        """The studies that match; see `Archive`."""
        with self._talking():
            search = self._client.search_for_studies
            answers = all_answers(search, search_filters=query.keys(), fields=STUDY_FIELDS)
            return with_nuclear_medicine([found_study(answer) for answer in answers])

    def series(self, study_uid: str) -> list[FoundSeries]:
        """The series of a study; see `Archive`."""
        with self._talking():
            search = self._client.search_for_series
            answers = all_answers(search, study_instance_uid=study_uid, fields=SERIES_FIELDS)
            return [found_series(answer) for answer in answers]

    def fetch(self, study_uid: str, series_uid: str) -> list[Received]:
        """Every object of a series; see `Archive`."""
        with self._talking():
            return [
                Received(text(dataset, "SOPInstanceUID"), encoded(dataset))
                for dataset in self._client.retrieve_series(study_uid, series_uid)
            ]

    def store(self, dataset: "Dataset") -> None:
        """Hand one object over; see `Archive`."""
        with self._talking():
            check_stored(self._store(dataset), text(dataset, "SOPInstanceUID"))

    def _store(self, dataset: "Dataset") -> "Dataset":
        """The archive's answer, also where it says that it took nothing (HTTP 409)."""
        from pydicom import Dataset
        from requests import HTTPError

        try:
            return self._client.store_instances([dataset])
        except HTTPError as error:
            if error.response is None or error.response.status_code != NOTHING_TAKEN:
                raise
            return Dataset.from_json(error.response.json())

    @contextmanager
    def _talking(self) -> Iterator[None]:
        """Say in our own words what goes wrong; a library's message may quote the answer."""
        with quiet():
            try:
                yield
            except BMLesionSegError:
                raise
            except Exception as error:
                raise http_refusal(error, self._timeout) from None


def all_answers(search: Search, **question: Any) -> "list[Dataset]":
    """Every answer, page after page, until a page brings nothing new.

    Raises:
        ArchiveRefused: too many.
    """
    from pydicom import Dataset

    rows: list[dict[str, dict[str, Any]]] = []
    while True:
        page = search(limit=MOST_ANSWERS + 1, offset=len(rows), **question)
        new = [row for row in page if row not in rows]
        if not new:
            return [Dataset.from_json(row) for row in rows]
        rows += new
        if len(rows) > MOST_ANSWERS:
            raise too_many()


def encoded(dataset: "Dataset") -> bytes:
    """A dataset as the bytes of a DICOM file."""
    from pydicom import dcmwrite

    buffer = BytesIO()
    dcmwrite(buffer, dataset)
    return buffer.getvalue()


def check_stored(answer: "Dataset", sop_instance_uid: str) -> None:
    """Believe an archive only what it says (PS3.18 section 10.5.3, PS3.3 table CC.2-1).

    Raises:
        ArchiveRefused: it names the object as failed, or does not name it at all.
    """
    failures = items(answer, "FailedSOPSequence")
    if failures:
        reason = whole(failures[0], "FailureReason")
        if reason != HELD_ALREADY:
            raise store_refused(reason)
        return
    held = items(answer, "ReferencedSOPSequence")
    if sop_instance_uid not in [text(item, "ReferencedSOPInstanceUID") for item in held]:
        raise ArchiveRefused(
            "the archive confirms every object that it stores",
            "it did not name this one",
            "Look for it in the archive; run the command again if it is missing.",
        )
