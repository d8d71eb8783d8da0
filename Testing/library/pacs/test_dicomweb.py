"""DICOMweb against a real Orthanc, and against servers that misbehave."""

import json
import time
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pydicom
import pytest

from BMLesionSegLib.cli.main import main
from BMLesionSegLib.errors import ArchiveRefused, ArchiveUnreachable
from BMLesionSegLib.pacs import Caller, Credentials, StudyQuery, connect, parse_address
from BMLesionSegLib.pacs.archive import MOST_ANSWERS
from Testing.library.pacs.orthanc import PASSWORD, USER, orthanc
from Testing.library.pacs.servers import http_server, silent_server

STOW = {"Content-Type": "application/dicom+json; charset=utf-8"}
TOKEN = "token-77"


def web(address, credentials=None, timeout=10.0):
    return connect(parse_address(address), credentials or Credentials(), Caller(timeout=timeout))


def read(received):
    return pydicom.dcmread(BytesIO(received.content))


def test_a_scan_and_its_results_come_back_equal(archive, scan, results):
    """STOW-RS, QIDO-RS, WADO-RS: image, segmentations, presentations, report."""
    here = web(archive.web)
    sent = {one.SOPInstanceUID: one for one in (scan, *map(pydicom.dcmread, results))}
    for one in sent.values():
        here.store(one)
    (study,) = here.studies(StudyQuery(study=scan.StudyInstanceUID))
    assert study.uid == scan.StudyInstanceUID
    assert (study.date, study.time) == (scan.StudyDate, scan.StudyTime)
    assert set(study.modalities) == {"NM", "SEG", "SR", "PR"}
    series = here.series(study.uid)
    assert {one.modality for one in series} == {"NM", "SEG", "SR", "PR"}
    came = [received for one in series for received in here.fetch(study.uid, one.uid)]
    assert {received.sop_instance_uid for received in came} == set(sent)
    for received in came:
        original, back = sent[received.sop_instance_uid], read(received)
        assert back == original
        if "PixelData" in original:
            assert (back.pixel_array == original.pixel_array).all()


def test_storing_the_same_object_twice_is_no_failure(archive, scan):
    here = web(archive.web)
    here.store(scan)
    here.store(scan)
    (series,) = here.series(scan.StudyInstanceUID)
    assert len(here.fetch(scan.StudyInstanceUID, series.uid)) == 1


def test_queries_match(archive, scan):
    here = web(archive.web)
    scan.PatientID, scan.AccessionNumber, scan.StudyDate = "ID-7", "A-7", "20250607"
    here.store(scan)
    for query in (
        StudyQuery(patient="ID-7"),
        StudyQuery(accession="A-7"),
        StudyQuery(date="20250601-20250630"),
    ):
        assert [study.uid for study in here.studies(query)] == [scan.StudyInstanceUID]
    assert here.studies(StudyQuery(patient="nobody")) == []
    assert here.series("1.2.3") == []


def test_a_question_stays_a_question():
    """An ID with the marks of an address in it is no address."""
    asked = []
    with http_server(lambda path: (asked.append(path), answers([]))[1]) as (address, _):
        web(address).studies(StudyQuery(patient="../7&PatientID=*#?"))
    query = parse_qs(urlsplit(asked[0]).query)
    assert urlsplit(asked[0]).path == "/dicom-web/studies"
    assert query["PatientID"] == ["../7&PatientID=*#?"]


def test_a_study_without_nuclear_medicine_is_not_listed(archive, scan):
    here = web(archive.web)
    scan.Modality = "OT"
    here.store(scan)
    assert here.studies(StudyQuery(study=scan.StudyInstanceUID)) == []


def test_an_object_that_the_archive_refuses(archive, scan):
    here = web(archive.web)
    del scan.SOPInstanceUID
    with pytest.raises(ArchiveRefused, match="HTTP 400"):
        here.store(scan)


def test_https_with_a_password(secure_archive, certificate, scan):
    here = web(secure_archive.web, Credentials(USER, PASSWORD, authorities=certificate))
    here.store(scan)
    (series,) = here.series(scan.StudyInstanceUID)
    (received,) = here.fetch(scan.StudyInstanceUID, series.uid)
    assert read(received) == scan


def test_the_command_line_takes_its_credentials_from_the_environment(
    secure_archive, certificate, monkeypatch, capsys
):
    command = ["pacs", "query", "--server", secure_archive.web]
    assert main(command) == 1
    assert "not trusted" in capsys.readouterr().err
    monkeypatch.setenv("BMLESIONSEG_PACS_CA", str(certificate))
    assert main(command) == 1
    assert "HTTP 401" in capsys.readouterr().err
    monkeypatch.setenv("BMLESIONSEG_PACS_USER", USER)
    monkeypatch.setenv("BMLESIONSEG_PACS_PASSWORD", PASSWORD)
    assert main(command) == 0


def test_a_certificate_that_is_not_trusted(secure_archive):
    with pytest.raises(ArchiveUnreachable, match=r"not trusted.*BMLESIONSEG_PACS_CA"):
        web(secure_archive.web, Credentials(USER, PASSWORD)).studies(StudyQuery())


@pytest.mark.parametrize("password", [None, "wrong"])
def test_the_wrong_password_is_not_let_in_and_not_repeated(secure_archive, certificate, password):
    user = USER if password else None
    here = web(secure_archive.web, Credentials(user, password, authorities=certificate))
    with pytest.raises(ArchiveUnreachable, match="HTTP 401") as refused:
        here.studies(StudyQuery())
    assert "wrong" not in str(refused.value)


def test_a_token_opens_the_archive(tmp_path, scan):
    script = tmp_path / "token.lua"
    script.write_text(
        "function IncomingHttpRequestFilter(method, uri, ip, username, headers)\n"
        f"  return headers['authorization'] == 'Bearer {TOKEN}'\nend\n"
    )
    with orthanc(tmp_path, {"LuaScripts": [str(script)]}) as running:
        here = web(running.web, Credentials(token=TOKEN))
        here.store(scan)
        assert len(here.studies(StudyQuery())) == 1
        with pytest.raises(ArchiveUnreachable, match="HTTP 403"):
            web(running.web).studies(StudyQuery())


@pytest.mark.parametrize(
    "words",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/dicom+json\r\nContent-Length: 9\r\n\r\n[{",
    ],
    ids=["nothing", "half an answer"],
)
def test_a_server_that_hangs(scan, words):
    with silent_server(words) as port:
        here = web(f"http://127.0.0.1:{port}/dicom-web", timeout=0.5)
        for ask in (lambda: here.studies(StudyQuery()), lambda: here.store(scan)):
            began = time.monotonic()
            with pytest.raises(ArchiveUnreachable, match=r"within 0\.5 s.*stayed silent"):
                ask()
            assert time.monotonic() - began < 5


def test_a_connection_that_breaks_and_a_port_where_nobody_is():
    half = (200, {"Content-Type": "application/dicom+json", "Transfer-Encoding": "chunked"}, b"x")
    with http_server(lambda path: half) as (address, _), pytest.raises(ArchiveUnreachable):
        web(address, timeout=1).studies(StudyQuery())
    with pytest.raises(ArchiveUnreachable, match="no connection"):
        web(address).studies(StudyQuery())


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        ((404, {}, b"secret"), ArchiveRefused, "HTTP 404"),
        ((500, {}, b"secret"), ArchiveRefused, "HTTP 500"),
        ((503, {}, b"secret"), ArchiveRefused, "HTTP 503"),
        ((403, {}, b"secret"), ArchiveUnreachable, "lets us in"),
        ((200, {"Content-Type": "text/html"}, b"<p>secret"), ArchiveRefused, "answers in DICOMweb"),
        ((200, STOW, b'[{"0020000D": "secret"}]'), ArchiveRefused, "answers in DICOMweb"),
        ((200, STOW, b'[{"0020000D": {"vr": "UI", "Value": ["*"]}}]'), ArchiveRefused, "digits"),
    ],
)
def test_answers_that_are_none(answer, kind, words):
    with (
        http_server(lambda path: answer) as (address, _),
        pytest.raises(kind, match=words) as refused,
    ):
        web(address).studies(StudyQuery(patient="secret"))
    assert "secret" not in str(refused.value)


def test_no_other_address_is_followed(scan):
    """Neither a patient's image nor a password goes where the user did not send it."""
    with http_server(lambda path: (200, STOW, b"{}")) as (elsewhere, came):
        redirect = (307, {"Location": elsewhere}, b"")
        with http_server(lambda path: redirect) as (address, _):
            here = web(address, Credentials(USER, PASSWORD))
            for ask in (lambda: here.studies(StudyQuery()), lambda: here.store(scan)):
                with pytest.raises(ArchiveUnreachable, match="leads elsewhere"):
                    ask()
    assert came == []


def stow(uid="1.2.3", failures=(), held=()):
    """A Store Instances Response (PS3.18 section 10.5.3)."""
    failed = [
        {"00081155": {"vr": "UI", "Value": [uid]}, "00081197": {"vr": "US", "Value": [reason]}}
        for reason in failures
    ]
    stored = [{"00081155": {"vr": "UI", "Value": [one]}} for one in held]
    answer = {"00081198": {"vr": "SQ", "Value": failed}, "00081199": {"vr": "SQ", "Value": stored}}
    return json.dumps(answer).encode()


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (202, stow(failures=[0xA700]), "out of resources"),
        (409, stow(failures=[0x0122]), "does not take this kind"),
        (200, stow(held=["1.2.99"]), "did not name this one"),
        (200, b"{}", "did not name this one"),
        (200, b"", "did not name this one"),
        (409, b"<html>", "answers in DICOMweb"),
    ],
)
def test_only_what_the_archive_confirms_is_stored(scan, status, body, words):
    scan.SOPInstanceUID = scan.file_meta.MediaStorageSOPInstanceUID = "1.2.3"
    with (
        http_server(lambda path: (status, STOW, body)) as (address, _),
        pytest.raises(ArchiveRefused, match=words),
    ):
        web(address).store(scan)


@pytest.mark.parametrize(
    ("status", "body"), [(200, stow(held=["1.2.3"])), (409, stow(failures=[0x0111]))]
)
def test_an_archive_that_holds_the_object_already_is_believed(scan, status, body):
    scan.SOPInstanceUID = scan.file_meta.MediaStorageSOPInstanceUID = "1.2.3"
    with http_server(lambda path: (status, STOW, body)) as (address, _):
        web(address).store(scan)


def answers(uids):
    rows = [{"0020000D": {"vr": "UI", "Value": [uid]}} for uid in uids]
    return 200, STOW, json.dumps(rows).encode()


def test_a_server_that_gives_page_after_page():
    with http_server(lambda path: answers(["1.1", "1.2"])) as (address, came):
        assert len(web(address).studies(StudyQuery())) == 2
        assert len(came) == 2
    numbers = iter(range(1000))
    with (
        http_server(lambda path: answers([f"1.{next(numbers)}"])) as (address, _),
        pytest.raises(ArchiveRefused, match=f"at most {MOST_ANSWERS} answers"),
    ):
        web(address).studies(StudyQuery())
