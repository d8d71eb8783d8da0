import ssl
import subprocess

import pytest

from BMLesionSegLib.errors import ArchiveRefused
from BMLesionSegLib.pacs.address import parse_address
from BMLesionSegLib.pacs.credentials import PREFIX, Credentials
from BMLesionSegLib.pacs.http_session import http_session
from Testing.library.tools import need_tool


def from_(**variables):
    return Credentials.from_environment({PREFIX + name: text for name, text in variables.items()})


def test_an_empty_environment_is_nobody():
    assert from_() == from_(USER=" ", TOKEN="") == Credentials()
    assert not Credentials().any_secret


def test_all_variables(tmp_path):
    files = {name: tmp_path / name.lower() for name in ("CA", "CERTIFICATE", "KEY")}
    for path in files.values():
        path.touch()
    found = from_(USER="u", PASSWORD="p", **{name: str(path) for name, path in files.items()})
    assert found == Credentials("u", "p", None, *files.values())
    assert found.any_secret
    assert from_(TOKEN="t") == Credentials(token="t")
    assert from_(TOKEN="t").any_secret


def test_secrets_are_not_shown():
    shown = repr(from_(USER="u", PASSWORD="secret-1")) + repr(from_(TOKEN="secret-2"))
    assert "secret" not in shown


@pytest.mark.parametrize(
    "variables",
    [
        {"USER": "u"},
        {"PASSWORD": "secret"},
        {"USER": "u", "PASSWORD": "secret", "TOKEN": "secret"},
        {"CA": "/no/such/file"},
    ],
)
def test_half_of_what_is_needed(variables):
    with pytest.raises(ArchiveRefused) as refused:
        from_(**variables)
    assert "secret" not in str(refused.value)


def test_a_key_without_its_certificate(tmp_path):
    key = tmp_path / "key.pem"
    key.touch()
    with pytest.raises(ArchiveRefused, match="CERTIFICATE"):
        from_(KEY=str(key))


def test_tls_always_checks_the_archive(certificate):
    context = Credentials(authorities=certificate, certificate=certificate).tls(
        ssl.Purpose.SERVER_AUTH
    )
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


def test_a_key_with_a_pass_phrase_is_refused_and_not_asked_for(certificate, tmp_path):
    key = tmp_path / "locked.pem"
    command = [need_tool("openssl", "openssl"), "rsa", "-aes256", "-passout", "pass:x"]
    command += ["-in", str(certificate.with_name("key.pem")), "-out", str(key)]
    subprocess.run(command, check=True, capture_output=True)
    locked = Credentials(certificate=certificate.with_name("cert.pem"), key=key)
    with pytest.raises(ArchiveRefused, match="without a pass phrase"):
        locked.tls(ssl.Purpose.SERVER_AUTH)
    with pytest.raises(ArchiveRefused, match="without a pass phrase"):
        http_session(parse_address("https://pacs.org/"), locked)


def test_a_file_that_is_no_certificate(tmp_path):
    path = tmp_path / "cert.pem"
    path.write_text("no certificate")
    for credentials in (Credentials(authorities=path), Credentials(certificate=path)):
        with pytest.raises(ArchiveRefused, match="PEM"):
            credentials.tls(ssl.Purpose.SERVER_AUTH)
