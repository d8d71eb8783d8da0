import base64

import pytest
from requests import ConnectionError as NoConnection
from urllib3 import exceptions

from BMLesionSegLib.errors import ArchiveRefused
from BMLesionSegLib.pacs.address import parse_address
from BMLesionSegLib.pacs.credentials import Credentials
from BMLesionSegLib.pacs.http_session import (
    connection_refusal,
    http_session,
    is_this_computer,
)
from Testing.library.pacs.orthanc import PASSWORD, USER
from Testing.library.pacs.servers import http_server

BASIC = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()


def nothing(path):
    return 200, {}, b""


@pytest.mark.parametrize(
    ("credentials", "sent"),
    [
        (Credentials(), None),
        (Credentials(USER, PASSWORD), f"Basic {BASIC}"),
        (Credentials(token="t-1"), "Bearer t-1"),
    ],
)
def test_what_is_sent_and_nothing_of_this_computers_own(credentials, sent, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login other password other\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with http_server(nothing) as (address, came):
        http_session(parse_address(address), credentials).get(address, timeout=5)
    assert came[0].get("Authorization") == sent


@pytest.mark.parametrize("credentials", [Credentials("u", "p"), Credentials(token="t")])
def test_a_secret_does_not_travel_unencrypted(credentials):
    with pytest.raises(ArchiveRefused, match="travels encrypted"):
        http_session(parse_address("http://pacs.org/dicom-web"), credentials)
    for address in ("https://pacs.org/dicom-web", "http://127.0.0.1:1/", "http://localhost:1/"):
        http_session(parse_address(address), credentials)


def test_our_own_certificate(certificate):
    credentials = Credentials(authorities=certificate, certificate=certificate)
    session = http_session(parse_address("https://pacs.org/"), credentials)
    assert session.verify == str(certificate)
    assert session.cert == (str(certificate), str(certificate))
    assert http_session(parse_address("https://pacs.org/"), Credentials()).verify is True


@pytest.mark.parametrize(
    ("host", "here"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("127.0.0.1.evil.org", False)],
)
def test_this_computer(host, here):
    assert is_this_computer(host) is here


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (exceptions.ProtocolError("half an answer"), "the connection broke"),
        (exceptions.ReadTimeoutError(None, "/", "x"), "within 3 s"),
        (exceptions.LocationValueError("nowhere"), "no connection could be made"),
    ],
)
def test_what_a_failed_connection_is_called(cause, words):
    assert words in str(connection_refusal(NoConnection(cause), 3))
