"""A real archive on this computer: Orthanc (Debian packages orthanc, orthanc-dicomweb)."""

import json
import secrets
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from Testing.library.tools import need_tool

DICOMWEB = Path("/usr/share/orthanc/plugins/libOrthancDicomWeb.so")
OUR_TITLE = "BMLESIONSEG"
USER, PASSWORD = "reader", "a:secret Wört"


@dataclass
class Orthanc:
    """One archive that can be started, killed and started again with what it holds.

    Attributes:
        folder: its configuration and storage.
        settings: over the usual ones.
        secure: True for DICOM over TLS.
    """

    folder: Path
    settings: dict = field(default_factory=dict)
    secure: bool = False
    ae_title: str = field(default_factory=lambda: f"T{secrets.token_hex(6).upper()}")

    def __post_init__(self) -> None:
        self.http_port, self.dicom_port, self.receive_port = free_ports(3)
        self.web = f"http://127.0.0.1:{self.http_port}/dicom-web"
        self.process: subprocess.Popen | None = None

    @property
    def dimse(self) -> str:
        return f"dicom{'s' * self.secure}://{self.ae_title}@127.0.0.1:{self.dicom_port}"

    def start(self) -> None:
        program = need_tool("Orthanc", "orthanc")
        if not DICOMWEB.exists():
            need_tool(DICOMWEB.name, "orthanc-dicomweb")
        configuration = self.folder / "orthanc.json"
        configuration.write_text(json.dumps(self.usual_settings() | self.settings), "utf-8")
        log = (self.folder / "orthanc.log").open("ab")
        with log:
            self.process = subprocess.Popen([program, str(configuration)], stdout=log, stderr=log)
        for _ in range(200):
            if self.process.poll() is not None:
                break
            if self.answers():
                return
            time.sleep(0.05)
        self.kill()
        pytest.fail(f"Orthanc did not start: {(self.folder / 'orthanc.log').read_text()[-500:]}")

    def usual_settings(self) -> dict:
        return {
            "Name": "test",
            "StorageDirectory": str(self.folder / "storage"),
            "IndexDirectory": str(self.folder / "index"),
            "Plugins": [str(DICOMWEB)],
            "RemoteAccessAllowed": False,
            "AuthenticationEnabled": False,
            "HttpPort": self.http_port,
            "DicomPort": self.dicom_port,
            "DicomAet": self.ae_title,
            "DicomCheckCalledAet": True,
            "DicomAlwaysAllowStore": True,
            "DicomAlwaysAllowFind": True,
            "DicomAlwaysAllowGet": True,
            "DicomAlwaysAllowMove": True,
            "DicomModalities": {
                "us": {
                    "AET": OUR_TITLE,
                    "Host": "127.0.0.1",
                    "Port": self.receive_port,
                    "UseDicomTls": self.secure,
                }
            },
        }

    def answers(self) -> bool:
        """True once it speaks HTTP, whatever it says."""
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.http_port}/system", timeout=5).close()
        except urllib.error.HTTPError as error:
            error.close()
        except OSError:
            return False
        return True

    def kill(self) -> None:
        """As a power cut does."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)
            self.process = None


@contextmanager
def orthanc(folder: Path, settings: dict | None = None, secure: bool = False) -> Iterator[Orthanc]:
    """A running archive."""
    archive = Orthanc(folder, settings or {}, secure)
    archive.start()
    try:
        yield archive
    finally:
        archive.kill()


def free_ports(count: int) -> list[int]:
    """Ports that nobody uses now."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


def self_signed(folder: Path) -> Path:
    """A PEM file with a fresh certificate for this computer and its private key."""
    program = need_tool("openssl", "openssl")
    certificate, key, both = (folder / name for name in ("cert.pem", "key.pem", "both.pem"))
    command = [program, "req", "-x509", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    command += ["-newkey", "rsa:2048"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1"]
    command += ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    both.write_text(certificate.read_text() + key.read_text())
    return both
