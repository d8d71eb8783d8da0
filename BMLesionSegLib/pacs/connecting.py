"""From an address to an archive that can be asked."""

from dataclasses import dataclass

from BMLesionSegLib.errors import ArchiveRefused
from BMLesionSegLib.packages import need_packages
from BMLesionSegLib.pacs.address import AE_TITLE, Address, WebAddress
from BMLesionSegLib.pacs.archive import Archive
from BMLesionSegLib.pacs.credentials import Credentials


@dataclass(frozen=True)
class Caller:
    """How this computer appears to an archive.

    Attributes:
        ae_title: for DIMSE, our own.
        port: for DIMSE, where the archive may send to (C-MOVE); None fetches by C-GET.
        timeout: seconds of silence before giving up.
    """

    ae_title: str = "BMLESIONSEG"
    port: int | None = None
    timeout: float = 30.0

    def __post_init__(self) -> None:
        if not AE_TITLE.fullmatch(self.ae_title):
            raise ArchiveRefused(
                "an AE title has 1 to 16 plain characters", "another came", "Choose a shorter one."
            )


def connect(address: Address, credentials: Credentials, caller: Caller) -> Archive:
    """The archive at an address; nothing is sent yet.

    Raises:
        ArchiveRefused: a password would travel unencrypted.
        PackagesMissing: the extra ``pacs`` is not installed.
    """
    need_packages("pacs")
    if isinstance(address, WebAddress):
        from BMLesionSegLib.pacs.dicomweb import DicomWebArchive

        return DicomWebArchive(address, credentials, caller.timeout)
    from BMLesionSegLib.pacs.association import Line
    from BMLesionSegLib.pacs.dimse import DimseArchive

    return DimseArchive(Line(address, credentials, caller.ae_title, caller.timeout), caller.port)
