"""Objects that come over DIMSE: over our own call (C-GET), or sent to a port of ours (C-MOVE)."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from BMLesionSegLib.errors import ArchiveRefused
from BMLesionSegLib.pacs.archive import Received
from BMLesionSegLib.pacs.association import Line, accepted, status_of
from BMLesionSegLib.pacs.credentials import PREFIX
from BMLesionSegLib.pacs.status import INCOMPLETE, question_refused
from BMLesionSegLib.reading.dicom_file import text, whole

if TYPE_CHECKING:
    from pydicom import Dataset
    from pynetdicom.association import Association
    from pynetdicom.events import Event
    from pynetdicom.presentation import PresentationContext

GET = "1.2.840.10008.5.1.4.1.2.2.3"
MOVE = "1.2.840.10008.5.1.4.1.2.2.2"
"""Study Root Query/Retrieve Information Model (PS3.4 annex C)."""
KINDS = {
    "NM": ("1.2.840.10008.5.1.4.1.1.20",),
    "SEG": ("1.2.840.10008.5.1.4.1.1.66.4",),
    "SR": (
        "1.2.840.10008.5.1.4.1.1.88.22",
        "1.2.840.10008.5.1.4.1.1.88.33",
        "1.2.840.10008.5.1.4.1.1.88.34",
    ),
    "PR": ("1.2.840.10008.5.1.4.1.1.11.1",),
}
"""What can be fetched, by modality: images, segmentations, reports, presentations (PS3.4 B.5)."""
SYNTAXES = (
    "1.2.840.10008.1.2.1",
    "1.2.840.10008.1.2",
    "1.2.840.10008.1.2.5",
    "1.2.840.10008.1.2.4.57",
    "1.2.840.10008.1.2.4.70",
    "1.2.840.10008.1.2.4.80",
    "1.2.840.10008.1.2.4.90",
)
"""Uncompressed, and the lossless compressions that the reader knows (PS3.5 section 10)."""
FINISHED = 0x0000
UNDERWAY = 0xFF00
TAKEN = 0x0000


class Receiver:
    """Fetches series.

    Args:
        line: how to call the archive.
        port: where to listen for what it sends; None fetches over our own call.
    """

    def __init__(self, line: Line, port: int | None) -> None:
        self._line = line
        self._port = port

    def fetch(self, study_uid: str, series_uid: str) -> list[Received]:
        """Every object of a series.

        Raises:
            ArchiveRefused: not all of them came.
            ArchiveUnreachable: the archive does not answer to the end.
        """
        came: list[Received] = []

        def take(event: "Event") -> int:
            uid = text(event.dataset, "SOPInstanceUID")
            came.append(Received(uid, event.encoded_dataset()))
            return TAKEN

        wanted = series_of(study_uid, series_uid)
        sent = (
            self._get(wanted, take) if self._port is None else self._move(wanted, take, self._port)
        )
        if len(came) < sent:
            raise ArchiveRefused(
                "all objects that the archive sends come to this computer",
                f"{len(came)} of {sent} came",
                "Have it check the address that it keeps for our AE title.",
            )
        return came

    def _get(self, wanted: "Dataset", take: Any) -> int:
        from pynetdicom import build_context, build_role, evt

        classes = [sop_class for several in KINDS.values() for sop_class in several]
        roles = [build_role(sop_class, scp_role=True) for sop_class in classes]
        contexts = [build_context(GET), *storage_contexts()]
        handlers = [(evt.EVT_C_STORE, take)]
        with self._line.association(contexts, roles, handlers) as association:
            if not accepted(association, GET):
                raise no_transfer("send images over our own call (C-GET)", "Give --receive PORT.")
            return self._follow(association, association.send_c_get(wanted, GET))

    def _move(self, wanted: "Dataset", take: Any, port: int) -> int:
        from pynetdicom import build_context

        with self._line.association([build_context(MOVE)]) as association:
            if not accepted(association, MOVE):
                raise no_transfer("send images to a port of ours (C-MOVE)", "Leave out --receive.")
            with self.listening(association.requestor.address, port, take):
                answers = association.send_c_move(wanted, self._line.ae_title, MOVE)
                return self._follow(association, answers)

    @contextmanager
    def listening(self, host: str, port: int, take: Any) -> Iterator[None]:
        """A port that takes objects from this archive alone, on the side that faces it."""
        from pynetdicom import evt

        entity = self._line.entity()
        entity.require_called_aet = True
        entity.require_calling_aet = [self._line.address.ae_title]
        try:
            entity.start_server(
                (host, port),
                block=False,
                ssl_context=self._own_tls(),
                evt_handlers=[(evt.EVT_C_STORE, take)],
                contexts=storage_contexts(),
            )
        except OSError as error:
            raise ArchiveRefused(
                f"port {port} is free for the archive to send to",
                f"the system says: {error.strerror}",
                "Choose another port with --receive, and register that one at the archive.",
            ) from None
        try:
            yield
        finally:
            entity.shutdown()

    def _own_tls(self) -> ssl.SSLContext | None:
        """How an archive that is called over TLS must call back."""
        if not self._line.address.secure:
            return None
        credentials = self._line.credentials
        if credentials.certificate is None or credentials.authorities is None:
            raise ArchiveRefused(
                "an archive that sends to us over TLS shows its certificate and asks for ours",
                "ours is not set, or what it is checked against",
                f"Set {PREFIX}CERTIFICATE and {PREFIX}CA, or leave out --receive.",
            )
        context = credentials.tls(ssl.Purpose.CLIENT_AUTH)
        context.verify_mode = ssl.CERT_REQUIRED
        return context

    def _follow(
        self, association: "Association", answers: "Iterator[tuple[Dataset, Dataset | None]]"
    ) -> int:
        """Wait for the end of a transfer.

        Returns:
            How many objects the archive says it has sent.

        Raises:
            ArchiveRefused: not all objects came.
            ArchiveUnreachable: no answer came.
        """
        sent = 0
        for answer, _ in answers:
            status = status_of(answer)
            if status is None:
                raise self._line.lost(association)
            if status not in (UNDERWAY, FINISHED):
                raise question_refused(status)
            if whole(answer, "NumberOfFailedSuboperations"):
                raise question_refused(INCOMPLETE)
            sent = whole(answer, "NumberOfCompletedSuboperations") or sent
        return sent


def series_of(study_uid: str, series_uid: str) -> "Dataset":
    """What a transfer is asked for."""
    from pydicom import Dataset

    wanted = Dataset()
    wanted.QueryRetrieveLevel = "SERIES"
    wanted.StudyInstanceUID = study_uid
    wanted.SeriesInstanceUID = series_uid
    return wanted


def storage_contexts() -> "list[PresentationContext]":
    """Every kind of object that may come, in every syntax that can be read."""
    from pynetdicom import build_context

    classes = [sop_class for several in KINDS.values() for sop_class in several]
    return [build_context(sop_class, list(SYNTAXES)) for sop_class in classes]


def no_transfer(way: str, remedy: str) -> ArchiveRefused:
    """The refusal of an archive that does not offer one of the two ways."""
    return ArchiveRefused(f"the archive can {way}", "it does not offer that", remedy)
