"""Where an archive is: one line that says the protocol, the place and whether it is encrypted."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

from BMLesionSegLib.errors import ArchiveRefused

AE_TITLE = re.compile(r"(?! )[ -\[\]-~]{1,16}(?<! )")
"""Printable ASCII without a backslash, at most 16 characters (DICOM PS3.5 section 6.2, AE)."""
FORMS = "https://HOST/PATH, http://HOST:PORT/PATH, dicom://AE@HOST:PORT or dicoms://AE@HOST:PORT"


@dataclass(frozen=True)
class WebAddress:
    """A DICOMweb service (PS3.18).

    Attributes:
        url: of the service, without a slash at the end.
        host: the machine alone.
        secure: over TLS.
    """

    url: str
    host: str
    secure: bool

    def __str__(self) -> str:
        return self.url


@dataclass(frozen=True)
class DimseAddress:
    """A DICOM application entity (PS3.7, PS3.8).

    Attributes:
        ae_title: the archive's own.
        host: name or number of the machine.
        port: where it listens.
        secure: over TLS.
    """

    ae_title: str
    host: str
    port: int
    secure: bool

    def __str__(self) -> str:
        return f"dicom{'s' if self.secure else ''}://{self.ae_title}@{self.host}:{self.port}"


Address = WebAddress | DimseAddress


def parse_address(text: str) -> Address:
    """The archive that a user means.

    Args:
        text: ``https://`` or ``http://`` for DICOMweb, ``dicom://`` or, over TLS, ``dicoms://``
            for DIMSE.

    Raises:
        ArchiveRefused: it is none of these, or holds a password.
    """
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError:
        raise not_an_address() from None
    if not parts.hostname:
        raise not_an_address()
    if parts.scheme in ("http", "https"):
        return web_address(parts)
    if parts.scheme in ("dicom", "dicoms") and port:
        return dimse_address(parts, port)
    raise not_an_address()


def web_address(parts: SplitResult) -> WebAddress:
    """The address of a DICOMweb service."""
    if "@" in parts.netloc:
        raise password_in_address()
    if parts.query or parts.fragment:
        raise not_an_address()
    url = f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}"
    return WebAddress(url, parts.hostname or "", parts.scheme == "https")


def dimse_address(parts: SplitResult, port: int) -> DimseAddress:
    """The address of an application entity."""
    if parts.password is not None:
        raise password_in_address()
    title = unquote(parts.username or "")
    if not AE_TITLE.fullmatch(title) or parts.path not in ("", "/") or parts.query:
        raise not_an_address()
    return DimseAddress(title, parts.hostname or "", port, parts.scheme == "dicoms")


def not_an_address() -> ArchiveRefused:
    """The refusal of what leads nowhere; it is not repeated, it may hold a password."""
    return ArchiveRefused(
        "an archive's address says protocol, machine and place", "it does not", f"Write {FORMS}."
    )


def password_in_address() -> ArchiveRefused:
    """The refusal of a secret on the command line."""
    return ArchiveRefused(
        "an archive's address holds no name and no password of a user",
        "it does",
        "Set them as BMLESIONSEG_PACS_USER and BMLESIONSEG_PACS_PASSWORD in the environment.",
    )
