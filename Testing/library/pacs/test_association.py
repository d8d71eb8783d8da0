"""Opening and losing an association: never a hang, never a foreign error."""

import gc
import socket
import struct
import threading
import time

import pytest
from pydicom import Dataset
from pynetdicom import AE, evt
from pynetdicom.dul import DULServiceProvider

from BMLesionSegLib.errors import ArchiveRefused, ArchiveUnreachable
from BMLesionSegLib.pacs import Caller, Credentials, StudyQuery, connect, parse_address
from BMLesionSegLib.pacs.association import VERIFICATION, Line
from BMLesionSegLib.pacs.dimse import FIND
from Testing.library.pacs.orthanc import free_ports
from Testing.library.pacs.servers import proxy, silent_server


def studies(address, credentials=None, **caller):
    caller = {"timeout": 1.0} | caller
    archive = connect(parse_address(address), credentials or Credentials(), Caller(**caller))
    return archive.studies(StudyQuery(study="1.2.3"))


def test_over_tls_with_both_certificates(secure_archive, certificate):
    ours = Credentials(authorities=certificate, certificate=certificate)
    assert studies(secure_archive.dimse, ours, timeout=10) == []


@pytest.mark.parametrize(
    "make",
    [lambda file: Credentials(certificate=file), lambda file: Credentials(authorities=file)],
    ids=["archive not trusted", "no certificate of ours"],
)
def test_without_trust_there_is_no_association(secure_archive, certificate, make):
    with pytest.raises(ArchiveUnreachable):
        studies(secure_archive.dimse, make(certificate))


def test_a_name_that_is_not_the_archives(archive):
    with pytest.raises(ArchiveUnreachable, match="it rejected the association"):
        studies(f"dicom://WRONG@127.0.0.1:{archive.dicom_port}")


def test_a_port_where_nobody_is(archive):
    with silent_server() as port:
        pass
    for scheme in ("dicom", "dicoms"):
        with pytest.raises(ArchiveUnreachable, match="connection could be made"):
            studies(f"{scheme}://A@127.0.0.1:{port}")
    with pytest.raises(ArchiveUnreachable, match="no connection"):
        studies("dicom://A@no-such-host.invalid:104")


@pytest.mark.parametrize("scheme", ["dicom", "dicoms"])
@pytest.mark.parametrize(
    "words",
    [b"", b"\x02\x00\x00", struct.pack(">BBI", 2, 0, 500) + b"\x00\x01"],
    ids=["nothing", "half a header", "half an answer"],
)
def test_a_server_that_hangs(scheme, words):
    with silent_server(words) as port:
        began = time.monotonic()
        with pytest.raises(ArchiveUnreachable):
            studies(f"{scheme}://A@127.0.0.1:{port}")
        assert time.monotonic() - began < 5


def test_silence_is_named_with_its_seconds():
    with silent_server() as port, pytest.raises(ArchiveUnreachable, match=r"1 s.*stayed silent"):
        studies(f"dicom://A@127.0.0.1:{port}")


def test_a_server_of_another_kind():
    words = b"HTTP/1.1 400 Bad Request\r\n\r\n"
    unwilling = pytest.raises((ArchiveUnreachable, ArchiveRefused))
    with silent_server(words) as port, unwilling:
        studies(f"dicom://A@127.0.0.1:{port}")


@pytest.mark.parametrize("passes", [100, 500], ids=["opening", "asking"])
def test_a_line_that_dies(archive, passes, caplog):
    title = parse_address(archive.dimse).ae_title
    for hang, words in ((True, "stayed silent"), (False, "the connection broke")):
        refusal = pytest.raises(ArchiveUnreachable, match=words)
        with proxy(archive.dicom_port, passes, hang) as line, refusal:
            studies(f"dicom://{title}@127.0.0.1:{line.port}")
        assert caplog.text == ""


def test_what_the_network_library_raises_is_a_refusal_and_aborts_the_talk():
    entity, aborted = AE("ARCHIVE"), threading.Event()
    entity.add_supported_context(VERIFICATION)
    (port,) = free_ports(1)
    handlers = [(evt.EVT_ABORTED, lambda event: aborted.set())]
    server = entity.start_server(("127.0.0.1", port), block=False, evt_handlers=handlers)
    address = parse_address(f"dicom://ARCHIVE@127.0.0.1:{port}")
    line = Line(address, Credentials(), "BMLESIONSEG", 5)
    try:
        # A question that was not agreed upon: the library raises ValueError.
        with pytest.raises(ArchiveRefused, match="not understood"), line.association([]) as opened:
            list(opened.send_c_find(Dataset(), FIND))
        assert aborted.wait(5)
    finally:
        server.shutdown()


def test_nothing_is_left_behind(archive):
    """A thread that stays would keep the program from ending, whatever went wrong."""
    before = {id(one) for one in open_sockets()}
    with silent_server(b"\x02\x00\x00") as port, pytest.raises(ArchiveUnreachable):
        studies(f"dicom://A@127.0.0.1:{port}")
    title = parse_address(archive.dimse).ae_title
    for passes in (100, 500):
        with proxy(archive.dicom_port, passes) as line, pytest.raises(ArchiveUnreachable):
            studies(f"dicom://{title}@127.0.0.1:{line.port}", timeout=10)
        assert not [one for one in threading.enumerate() if isinstance(one, DULServiceProvider)]
    studies(archive.dimse, timeout=10)
    assert not [one for one in threading.enumerate() if isinstance(one, DULServiceProvider)]
    assert not [one for one in open_sockets() if id(one) not in before]


def open_sockets():
    """Every socket of this program that nobody has closed."""
    # By type: some objects of other libraries complain when they are asked what they are.
    found = (one for one in gc.get_objects() if issubclass(type(one), socket.socket))
    return [one for one in found if one.fileno() != -1]
