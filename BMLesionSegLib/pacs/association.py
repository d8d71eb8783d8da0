"""An association with an archive (PS3.8): opened, talked over, released; it never hangs."""

import socket
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from BMLesionSegLib.errors import ArchiveRefused, ArchiveUnreachable, BMLesionSegError
from BMLesionSegLib.pacs.address import DimseAddress
from BMLesionSegLib.pacs.credentials import PREFIX, Credentials
from BMLesionSegLib.pacs.quiet import quiet
from BMLesionSegLib.pacs.status import broken_off, silent

if TYPE_CHECKING:
    from pydicom import Dataset
    from pynetdicom import AE
    from pynetdicom.association import Association
    from pynetdicom.events import Event
    from pynetdicom.presentation import PresentationContext

VERIFICATION = "1.2.840.10008.1.1"


@dataclass(frozen=True)
class Line:
    """How to call an archive.

    Attributes:
        address: of the archive.
        credentials: for encrypted connections.
        ae_title: our own.
        timeout: seconds of silence before giving up.
    """

    address: DimseAddress
    credentials: Credentials
    ae_title: str
    timeout: float

    def entity(self) -> "AE":
        """Our application entity."""
        from pynetdicom import AE

        entity = AE(self.ae_title)
        entity.connection_timeout = self.timeout
        entity.acse_timeout = self.timeout
        entity.dimse_timeout = self.timeout
        entity.network_timeout = self.timeout
        return entity

    @contextmanager
    def association(
        self,
        contexts: "Sequence[PresentationContext]",
        roles: Sequence[Any] = (),
        handlers: Sequence[tuple[Any, Callable[[Any], Any]]] = (),
    ) -> "Iterator[Association]":
        """An open association, released at the end.

        Verification is always proposed beside, so that an archive that takes none of the contexts
        still answers.

        Args:
            contexts: what we want to do.
            roles: of each context, where they differ from the usual ones.
            handlers: of events.

        Raises:
            ArchiveUnreachable: it does not open.
        """
        from pynetdicom import build_context, evt

        opened = Opened(self.timeout)
        with quiet():
            try:
                association = self.entity().associate(
                    self.address.host,
                    self.address.port,
                    contexts=[*contexts, build_context(VERIFICATION)],
                    ae_title=self.address.ae_title,
                    ext_neg=list(roles),
                    tls_args=self.tls(),
                    evt_handlers=[*handlers, (evt.EVT_CONN_OPEN, opened)],
                )
                with ended(association, opened):
                    if not association.is_established:
                        raise self.not_opened(association, opened)
                    with released(association):
                        yield association
            except BMLesionSegError:
                raise
            except OSError:
                raise self.no_connection() from None
            except Exception:
                # Not "from" it: the original message may quote the answer.
                raise ArchiveRefused(
                    "the archive talks DICOM",
                    "its answer is not understood",
                    "Check that the port is that of its DICOM service.",
                ) from None

    def tls(self) -> tuple[ssl.SSLContext, str] | None:
        """How to encrypt; None where the address does not ask for it."""
        if not self.address.secure:
            return None
        return self.credentials.tls(ssl.Purpose.SERVER_AUTH), self.address.host

    def not_opened(self, association: "Association", opened: "Opened") -> ArchiveUnreachable:
        """Why there is no association."""
        if association.is_rejected:
            return ArchiveUnreachable(
                f"the archive accepts {self.ae_title} as its caller"
                f" and {self.address.ae_title} as its name",
                "it rejected the association",
                "Have the AE title registered there, and check its own.",
            )
        if opened.since is None:
            return self.no_connection()
        waited = time.monotonic() - opened.since
        return silent(self.timeout) if waited >= self.timeout else broken_off()

    def no_connection(self) -> ArchiveUnreachable:
        """The refusal of a door that stays shut."""
        if self.address.secure:
            return ArchiveUnreachable(
                "an archive that is trusted listens at the address",
                "no encrypted connection could be made",
                f"Check the address, {PREFIX}CA and {PREFIX}CERTIFICATE.",
            )
        return ArchiveUnreachable(
            "an archive listens at the address",
            "no connection could be made",
            "Check the address, and that the archive runs.",
        )

    def lost(self, association: "Association") -> BMLesionSegError:
        """Why an answer did not come: the connection broke, or only silence came."""
        return broken_off() if association.acse.is_aborted() else silent(self.timeout)


@contextmanager
def released(association: "Association") -> Iterator[None]:
    """Release an association at the end; abort it where the talk was cut off in the middle."""
    finished = False
    try:
        yield
        finished = True
    except BMLesionSegError:
        finished = True
        raise
    finally:
        if finished:
            association.release()
        else:
            association.abort()


@contextmanager
def ended(association: "Association", opened: "Opened") -> Iterator[None]:
    """Leave no connection open, and no thread of the network library that still writes a log."""
    try:
        yield
    finally:
        association.dul.join(opened.timeout)
        opened.hang_up()
        association.dul.join(opened.timeout)
        opened.close()


class Opened:
    """Notes when a connection opened, and bounds every wait on it.

    Args:
        timeout: seconds that a read or a write may take; the network library sets none, and a
            peer that stops in the middle of a message would hold it for ever.

    Attributes:
        since: monotonic time of the opening; None before.
    """

    def __init__(self, timeout: float) -> None:
        self.timeout = timeout
        self.since: float | None = None
        self._connection: socket.socket | None = None

    def __call__(self, event: "Event") -> None:
        """Called by the network library."""
        self.since = time.monotonic()
        line: Any = event.assoc.dul.socket
        connection: socket.socket = line.socket
        connection.settimeout(self.timeout)
        self._connection = connection

    def hang_up(self) -> None:
        """Wake a thread that still waits for the peer."""
        if self._connection is not None:
            with suppress(OSError):
                self._connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Close the connection; the library does not where the peer hung up first."""
        if self._connection is not None:
            self._connection.close()


def accepted(association: "Association", sop_class: str) -> bool:
    """True where the archive takes objects or questions of this class."""
    return any(context.abstract_syntax == sop_class for context in association.accepted_contexts)


def status_of(answer: "Dataset") -> int | None:
    """The status of an answer; None where no answer came."""
    return int(answer.Status) if "Status" in answer else None
