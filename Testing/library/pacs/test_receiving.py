"""C-GET and C-MOVE from a real Orthanc."""

import socket
from copy import deepcopy
from dataclasses import replace
from io import BytesIO

import pydicom
import pytest
from pynetdicom import AE, evt

from BMLesionSegLib.errors import ArchiveRefused, ArchiveUnreachable
from BMLesionSegLib.pacs import Caller, Credentials, connect, parse_address
from BMLesionSegLib.pacs.association import VERIFICATION, Line
from BMLesionSegLib.pacs.receiving import GET, Receiver, storage_contexts
from Testing.library.pacs.orthanc import free_ports


def call(address, credentials=None, **caller):
    caller = {"timeout": 10.0} | caller
    return connect(parse_address(address), credentials or Credentials(), Caller(**caller))


@pytest.mark.parametrize("move", [False, True], ids=["C-GET", "C-MOVE"])
def test_a_scan_and_its_results_come_back_equal(archive, scan, results, move):
    here = call(archive.dimse, port=archive.receive_port if move else None)
    sent = {one.SOPInstanceUID: one for one in (scan, *map(pydicom.dcmread, results))}
    for one in sent.values():
        here.store(one)
    study = scan.StudyInstanceUID
    came = [one for series in here.series(study) for one in here.fetch(study, series.uid)]
    assert {received.sop_instance_uid for received in came} == set(sent)
    for received in came:
        original, back = (
            sent[received.sop_instance_uid],
            pydicom.dcmread(BytesIO(received.content)),
        )
        assert back == original
        if "PixelData" in original:
            assert (back.pixel_array == original.pixel_array).all()


@pytest.mark.parametrize("move", [False, True], ids=["C-GET", "C-MOVE"])
def test_over_tls(secure_archive, certificate, scan, move):
    ours = Credentials(authorities=certificate, certificate=certificate)
    here = call(secure_archive.dimse, ours, port=secure_archive.receive_port if move else None)
    here.store(scan)
    (series,) = here.series(scan.StudyInstanceUID)
    (received,) = here.fetch(scan.StudyInstanceUID, series.uid)
    assert pydicom.dcmread(BytesIO(received.content)) == scan


def test_a_port_that_others_hold(archive, scan):
    call(archive.dimse).store(scan)
    with socket.create_server(("127.0.0.1", 0)) as other:
        here = call(archive.dimse, port=other.getsockname()[1])
        with pytest.raises(ArchiveRefused, match="Choose another port"):
            here.fetch(scan.StudyInstanceUID, "1.2.3")


def test_an_archive_that_does_not_know_us(archive, scan):
    here = call(archive.dimse, port=archive.receive_port, ae_title="STRANGER")
    here.store(scan)
    (series,) = here.series(scan.StudyInstanceUID)
    with pytest.raises(ArchiveRefused, match="status"):
        here.fetch(scan.StudyInstanceUID, series.uid)


@pytest.mark.parametrize("somebody", [False, True], ids=["to nobody", "to somebody else"])
def test_images_that_are_sent_elsewhere(archive, scan, somebody):
    """The port that the archive keeps for us is not the one at which we listen."""
    (port,) = free_ports(1)
    here = call(archive.dimse, port=port)
    here.store(scan)
    (series,) = here.series(scan.StudyInstanceUID)
    other = AE("BMLESIONSEG")
    other.supported_contexts = storage_contexts()
    handlers = [(evt.EVT_C_STORE, lambda event: 0)]
    if somebody:
        address = ("127.0.0.1", archive.receive_port)
        other.start_server(address, block=False, evt_handlers=handlers)
    try:
        with pytest.raises(ArchiveRefused, match="0 of 1 came" if somebody else "status"):
            here.fetch(scan.StudyInstanceUID, series.uid)
    finally:
        other.shutdown()


@pytest.mark.parametrize("caller", ["STRANGER", "ARCHIVE"])
def test_only_the_archive_may_send(scan, caller):
    (port,) = free_ports(1)
    address = parse_address("dicom://ARCHIVE@127.0.0.1:104")
    receiver = Receiver(Line(address, Credentials(), "BMLESIONSEG", 5), port)
    came = []
    with receiver.listening("127.0.0.1", port, lambda event: came.append(event) or 0):
        sender = AE(caller)
        sender.add_requested_context(scan.SOPClassUID)
        association = sender.associate("127.0.0.1", port, ae_title="BMLESIONSEG")
        if association.is_established:
            association.send_c_store(scan)
            association.release()
    assert len(came) == (caller == "ARCHIVE")


def test_a_transfer_that_is_not_complete(scan):
    """The second of two objects is of a kind that we did not offer to take."""
    foreign = deepcopy(scan)
    foreign.SOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
    foreign.SOPInstanceUID = "1.2.3"

    def send(event):
        yield 2
        yield 0xFF00, scan
        yield 0xFF00, foreign

    with pytest.raises(ArchiveRefused, match="not all objects were sent"):
        fetch_from(send)


def test_a_transfer_that_is_refused():
    def refuse(event):
        yield 1
        yield 0xA702, None

    with pytest.raises(ArchiveRefused, match="status A702"):
        fetch_from(refuse)


def test_an_archive_that_hangs_up_in_a_transfer():
    def hang_up(event):
        yield 1
        event.assoc.abort()
        yield 0xFF00, None

    with pytest.raises(ArchiveUnreachable):
        fetch_from(hang_up)


def test_an_archive_that_does_not_send_to_ports():
    entity = AE("ARCHIVE")
    entity.add_supported_context(VERIFICATION)
    port, ours = free_ports(2)
    server = entity.start_server(("127.0.0.1", port), block=False)
    try:
        with pytest.raises(ArchiveRefused, match=r"Leave out --receive\."):
            call(f"dicom://ARCHIVE@127.0.0.1:{port}", port=ours).fetch("1.2", "1.3")
    finally:
        server.shutdown()


def fetch_from(handler):
    """What an archive that answers C-GET like this gives us."""
    entity = AE("ARCHIVE")
    entity.add_supported_context(GET)
    for context in storage_contexts():
        entity.add_supported_context(
            context.abstract_syntax, context.transfer_syntax, scu_role=True, scp_role=True
        )
    (port,) = free_ports(1)
    handlers = [(evt.EVT_C_GET, handler)]
    server = entity.start_server(("127.0.0.1", port), block=False, evt_handlers=handlers)
    try:
        return call(f"dicom://ARCHIVE@127.0.0.1:{port}").fetch("1.2", "1.3")
    finally:
        server.shutdown()


def test_no_port_is_opened_in_clear_for_an_encrypted_archive(secure_archive, certificate):
    ours = Credentials(authorities=certificate, certificate=certificate)
    line = Line(parse_address(secure_archive.dimse), Credentials(), "BMLESIONSEG", 5)
    for credentials in (replace(ours, certificate=None), replace(ours, authorities=None)):
        (port,) = free_ports(1)
        receiver = Receiver(replace(line, credentials=credentials), port)
        refusal = pytest.raises(ArchiveRefused, match="leave out --receive")
        with refusal, receiver.listening("127.0.0.1", port, lambda event: 0):
            pass
