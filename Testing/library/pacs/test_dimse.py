"""C-FIND and C-STORE against a real Orthanc."""

from contextlib import nullcontext

import pydicom
import pytest
from pydicom import Dataset
from pynetdicom import AE, evt

from BMLesionSegLib.errors import ArchiveRefused, ArchiveUnreachable
from BMLesionSegLib.pacs import Caller, Credentials, StudyQuery, connect, dimse, parse_address
from BMLesionSegLib.pacs.dimse import FIND, UNCOMPRESSED
from Testing.library.pacs.orthanc import free_ports, orthanc
from Testing.library.pacs.servers import proxy


def call(address, credentials=None, **caller):
    caller = {"timeout": 10.0} | caller
    return connect(parse_address(address), credentials or Credentials(), Caller(**caller))


def test_a_scan_and_its_results_are_stored_and_found(archive, scan, results):
    here = call(archive.dimse)
    for one in (scan, *map(pydicom.dcmread, results)):
        here.store(one)
    (study,) = here.studies(StudyQuery(study=scan.StudyInstanceUID))
    assert (study.uid, study.date) == (scan.StudyInstanceUID, scan.StudyDate)
    assert set(study.modalities) == {"NM", "SEG", "SR", "PR"}
    assert {one.modality for one in here.series(study.uid)} == {"NM", "SEG", "SR", "PR"}


def test_queries_match(archive, scan):
    here = call(archive.dimse)
    scan.PatientID, scan.AccessionNumber, scan.StudyDate = "ID 8/8", "A/8", "20250708"
    here.store(scan)
    for query in (
        StudyQuery(patient="ID 8/8"),
        StudyQuery(accession="A/8"),
        StudyQuery(date="20250701-20250731"),
    ):
        assert [study.uid for study in here.studies(query)] == [scan.StudyInstanceUID]
    assert here.studies(StudyQuery(patient="nobody")) == []
    assert here.series("1.2.3") == []


def test_storing_the_same_object_twice_is_no_failure(archive, scan):
    here = call(archive.dimse)
    here.store(scan)
    here.store(scan)


def test_too_many_answers(archive, scan, results, monkeypatch):
    here = call(archive.dimse)
    for one in (scan, *map(pydicom.dcmread, results)):
        here.store(one)
    monkeypatch.setattr(dimse, "MOST_ANSWERS", 2)
    with pytest.raises(ArchiveRefused, match="Ask for a date"):
        here.series(scan.StudyInstanceUID)


def test_a_kind_of_object_that_the_archive_does_not_take(archive, scan):
    scan.SOPClassUID = scan.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.66.7"
    with pytest.raises(ArchiveRefused, match="does not take this kind of object"):
        call(archive.dimse).store(scan)


@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        (0x0000, None),
        (0x0111, None),
        (0xB007, None),
        (0xA700, "out of resources"),
        (0xC001, "cannot process"),
        (0x0124, "no right to"),
    ],
)
def test_only_what_the_archive_confirms_is_stored(scan, status, refusal):
    entity = AE("ARCHIVE")
    entity.add_supported_context(scan.SOPClassUID, list(UNCOMPRESSED))
    handlers = [(evt.EVT_C_STORE, lambda event: status)]
    (port,) = free_ports(1)
    server = entity.start_server(("127.0.0.1", port), block=False, evt_handlers=handlers)
    outcome = pytest.raises(ArchiveRefused, match=refusal) if refusal else nullcontext()
    try:
        with outcome:
            call(f"dicom://ARCHIVE@127.0.0.1:{port}").store(scan)
    finally:
        server.shutdown()


def test_an_archive_that_lets_us_do_nothing(tmp_path, scan):
    """Orthanc breaks the association off."""
    us = {"AET": "BMLESIONSEG", "Host": "127.0.0.1", "Port": 104}
    us |= {"AllowStore": False, "AllowFind": False}
    settings = {"DicomAlwaysAllowStore": False, "DicomAlwaysAllowFind": False}
    with orthanc(tmp_path, settings | {"DicomModalities": {"us": us}}) as running:
        here = call(running.dimse)
        for ask in (lambda: here.store(scan), lambda: here.studies(StudyQuery())):
            with pytest.raises((ArchiveUnreachable, ArchiveRefused)):
                ask()


def test_a_store_that_breaks_off_or_hangs_in_the_middle(archive, scan):
    middle = len(scan.PixelData) // 2
    title = parse_address(archive.dimse).ae_title
    for hang, words in ((False, "the connection broke"), (True, r"within 1\.5 s")):
        refusal = pytest.raises(ArchiveUnreachable, match=words)
        with proxy(archive.dicom_port, middle, hang) as line, refusal:
            call(f"dicom://{title}@127.0.0.1:{line.port}", timeout=1.5).store(scan)
    assert call(archive.dimse).series(scan.StudyInstanceUID) == []


def ask(entity: AE, handlers: list, question):
    """What comes of a question to an archive of our own making."""
    (port,) = free_ports(1)
    server = entity.start_server(("127.0.0.1", port), block=False, evt_handlers=handlers)
    try:
        return question(call(f"dicom://ARCHIVE@127.0.0.1:{port}"))
    finally:
        server.shutdown()


def test_an_archive_that_only_says_that_it_is_there():
    entity = AE("ARCHIVE")
    entity.add_supported_context("1.2.840.10008.1.1")
    for question, words in (
        (lambda archive: archive.studies(StudyQuery()), "answers queries"),
        (lambda archive: archive.fetch("1.2", "1.3"), "over our own call"),
    ):
        with pytest.raises(ArchiveRefused, match=words):
            ask(entity, [], question)


def test_an_archive_that_does_not_stop_answering():
    def endless(event):
        answer = Dataset()
        answer.StudyInstanceUID = "1.2"
        while not event.is_cancelled:
            yield 0xFF00, answer

    entity = AE("ARCHIVE")
    entity.add_supported_context(FIND)
    with pytest.raises(ArchiveRefused, match="at most 200"):
        ask(entity, [(evt.EVT_C_FIND, endless)], lambda archive: archive.studies(StudyQuery()))


def test_an_archive_that_fails_in_the_middle_of_its_answers():
    def fail(event):
        answer = Dataset()
        answer.StudyInstanceUID = "1.2"
        yield 0xFF00, answer
        yield 0xA700, None

    entity = AE("ARCHIVE")
    entity.add_supported_context(FIND)
    with pytest.raises(ArchiveRefused, match="status A700: it is out of resources"):
        ask(entity, [(evt.EVT_C_FIND, fail)], lambda archive: archive.studies(StudyQuery()))


def test_an_archive_that_hangs_up_instead_of_answering():
    def hang_up(event):
        event.assoc.abort()
        yield 0, None

    entity = AE("ARCHIVE")
    entity.add_supported_context(FIND)
    with pytest.raises(ArchiveUnreachable):
        ask(entity, [(evt.EVT_C_FIND, hang_up)], lambda archive: archive.studies(StudyQuery()))
