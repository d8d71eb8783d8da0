"""Real archives, and anonymous objects to put into them."""

import secrets
from datetime import datetime

import pydicom
import pytest

from BMLesionSegLib.exporting.corrected import corrected
from BMLesionSegLib.exporting.dicom_files import write_dicom_files
from BMLesionSegLib.reading import load_scan
from Testing.library.dicom_sources import PAIR, SPACING, stored
from Testing.library.nm_files import nm_file
from Testing.library.pacs.orthanc import PASSWORD, USER, orthanc, self_signed
from Testing.library.pacs.servers import tls_door


@pytest.fixture(scope="session")
def archive(tmp_path_factory):
    """Open to this computer."""
    with orthanc(tmp_path_factory.mktemp("orthanc")) as running:
        yield running


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """Of the secure archive, and ours: certificate and key in one file."""
    return self_signed(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="session")
def secure_archive(tmp_path_factory, certificate):
    """Encrypted on both sides, with a password on the web and certificates for DIMSE.

    HTTPS ends at a door in front of it, as in many hospitals: Debian's Orthanc 1.10.1 dies of its
    first HTTPS request.
    """
    own, key = certificate.with_name("cert.pem"), certificate.with_name("key.pem")
    settings = {
        "AuthenticationEnabled": True,
        "RegisteredUsers": {USER: PASSWORD},
        "DicomTlsEnabled": True,
        "DicomTlsCertificate": str(own),
        "DicomTlsPrivateKey": str(key),
        "DicomTlsTrustedCertificates": str(own),
    }
    folder = tmp_path_factory.mktemp("secure")
    with (
        orthanc(folder, settings, secure=True) as running,
        tls_door(running.http_port, certificate) as port,
    ):
        running.web = f"https://127.0.0.1:{port}/dicom-web"
        yield running


@pytest.fixture
def scan_file(tmp_path):
    """A scan that no archive has seen."""
    key = f"archive {secrets.token_hex(8)}"
    return nm_file(tmp_path / "scan.dcm", counts=PAIR, spacing=SPACING, key=key)


@pytest.fixture
def scan(scan_file):
    return pydicom.dcmread(scan_file)


@pytest.fixture
def results(scan_file, tmp_path):
    """The five objects of a result on that scan: SEG, GSPS of each view, SR."""
    folder = tmp_path / "results"
    folder.mkdir()
    read = load_scan(scan_file)
    written = write_dicom_files(folder, corrected(read, stored(read, "one")), datetime(2026, 1, 2))
    assert len(written) == 5
    return written
