"""HTTP to an archive: who we are, whom we trust, and what its failures mean."""

import ipaddress
import ssl
from typing import TYPE_CHECKING, Any

from BMLesionSegLib.errors import ArchiveRefused, ArchiveUnreachable, BMLesionSegError
from BMLesionSegLib.pacs.address import WebAddress
from BMLesionSegLib.pacs.credentials import PREFIX, Credentials
from BMLesionSegLib.pacs.status import broken_off, silent

if TYPE_CHECKING:
    from requests import PreparedRequest, Response, Session

JSON = "application/dicom+json"
NOT_LET_IN = (401, 403, 407)


def http_session(address: WebAddress, credentials: Credentials) -> "Session":
    """A session that uses these credentials and nothing else of this computer's.

    No proxy, no ``.netrc``: what a patient's images pass through is said by the address alone. No
    redirection is followed, so that nothing is sent where the user did not ask for.

    Raises:
        ArchiveRefused: a password would travel unencrypted, or certificate files cannot be used.
    """
    from requests import Session
    from requests.auth import HTTPBasicAuth

    if credentials.any_secret and not (address.secure or is_this_computer(address.host)):
        raise ArchiveRefused(
            "a password or token travels encrypted",
            "the address begins with http://",
            f"Use https://, or take {PREFIX}USER, {PREFIX}PASSWORD and {PREFIX}TOKEN away.",
        )
    if credentials.authorities or credentials.certificate:
        # Refused here: the libraries would ask for a pass phrase on the terminal, and wait.
        credentials.tls(ssl.Purpose.SERVER_AUTH)
    session = Session()
    session.trust_env = False
    session.max_redirects = 0
    session.headers["Accept"] = JSON
    session.hooks["response"].append(without_character_set)
    session.verify = str(credentials.authorities) if credentials.authorities else True
    if credentials.certificate:
        key = credentials.key or credentials.certificate
        session.cert = (str(credentials.certificate), str(key))
    if credentials.token:
        session.auth = Bearer(credentials.token)
    elif credentials.user and credentials.password:
        session.auth = HTTPBasicAuth(credentials.user.encode(), credentials.password.encode())
    return session


class Bearer:
    """Bearer authentication (RFC 6750)."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: "PreparedRequest") -> "PreparedRequest":
        """Sign a request."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def is_this_computer(host: str) -> bool:
    """True for a loopback address, where nothing leaves the computer."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def without_character_set(response: "Response", *_: Any, **__: Any) -> None:
    """Leave ``application/dicom+json`` of ``application/dicom+json; charset=utf-8``.

    The client library knows only the former, and would overlook a list of failures in the latter.
    """
    kind = response.headers.get("Content-Type", "")
    if "json" in kind:
        response.headers["Content-Type"] = kind.split(";")[0].strip()


def http_refusal(error: Exception, timeout: float) -> BMLesionSegError:
    """What a failure means, without its own words: they may quote the answer."""
    from requests import exceptions

    if isinstance(error, exceptions.HTTPError) and error.response is not None:
        return refusal_of_code(error.response.status_code)
    if isinstance(error, exceptions.Timeout):
        return silent(timeout)
    if isinstance(error, exceptions.SSLError):
        return ArchiveUnreachable(
            "the archive proves who it is",
            "its certificate is not trusted, or it asks for ours",
            f"Set {PREFIX}CA to the file of the hospital's authority, {PREFIX}CERTIFICATE to ours.",
        )
    if isinstance(error, exceptions.TooManyRedirects):
        return ArchiveUnreachable(
            "the address is the archive's own", "it leads elsewhere", "Give the final address."
        )
    if isinstance(error, exceptions.ChunkedEncodingError):
        return broken_off()
    if isinstance(error, exceptions.ConnectionError):
        return connection_refusal(error, timeout)
    return ArchiveRefused(
        "the archive answers in DICOMweb",
        "something else came",
        "Check the address; it often ends in /dicom-web.",
    )


def connection_refusal(error: Exception, timeout: float) -> ArchiveUnreachable:
    """Silence in the middle of an answer, a connection that broke, or none at all."""
    from urllib3 import exceptions

    cause = error.args[0] if error.args else None
    if isinstance(cause, exceptions.ReadTimeoutError):
        return silent(timeout)
    if isinstance(cause, exceptions.ProtocolError):
        return broken_off()
    return ArchiveUnreachable(
        "an archive listens at the address",
        "no connection could be made",
        "Check the address, and that the archive runs.",
    )


def refusal_of_code(code: int) -> BMLesionSegError:
    """What an HTTP status means."""
    if code in NOT_LET_IN:
        return ArchiveUnreachable(
            "the archive lets us in",
            f"it did not (HTTP {code})",
            f"Check {PREFIX}USER and {PREFIX}PASSWORD, or {PREFIX}TOKEN, and their rights.",
        )
    if code == 404:
        return ArchiveRefused(
            "the archive knows what is asked for",
            "it does not (HTTP 404)",
            "Check the UID, and that the address leads to its DICOMweb service.",
        )
    return ArchiveRefused(
        "the archive carries out what is asked",
        f"it did not (HTTP {code})",
        "Ask its administrator, then run the command again.",
    )
