"""``bmlesionseg pacs`` as a user types it, against a real Orthanc."""

import json
import logging
import time
from datetime import datetime

import numpy as np
import pydicom
import pytest

from BMLesionSegLib.cli.main import main
from BMLesionSegLib.cli.pacs import MODALITIES
from BMLesionSegLib.exporting.dicom_files import write_dicom_files
from BMLesionSegLib.pacs import Caller, Credentials, connect, parse_address
from BMLesionSegLib.pacs.receiving import KINDS
from Testing.library.dicom_sources import source_and_result
from Testing.library.nm_files import SECRET, nm_file
from Testing.library.pacs.orthanc import orthanc
from Testing.library.pacs.servers import proxy, silent_server
from Testing.library.scans import SPACING, body_pair

LABELMAP = "1.2.840.10008.5.1.4.1.1.66.7"
IDENTITIES = (SECRET, "Lastname", "PATIENT-77", "19500101", "ACC-77")


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    with orthanc(tmp_path_factory.mktemp("orthanc")) as running:
        yield running


@pytest.fixture(scope="module")
def study(archive, tmp_path_factory):
    """A scan in the archive; gives its UID and its pixels."""
    folder = tmp_path_factory.mktemp("scan")
    scan = pydicom.dcmread(nm_file(folder / "a.dcm", counts=body_pair(), spacing=SPACING, key="in"))
    scan.PatientID, scan.PatientBirthDate, scan.AccessionNumber = IDENTITIES[2:]
    connect(parse_address(archive.web), Credentials(), Caller()).store(scan)
    return scan.StudyInstanceUID, scan.pixel_array


@pytest.fixture(autouse=True)
def own_journals(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "journals"))
    monkeypatch.setattr("sys.platform", "linux")


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    """A folder with the five objects of a result: SEG and GSPS of each view, SR."""
    folder = tmp_path_factory.mktemp("result")
    scan, reported = source_and_result(folder, "two frames", "one")
    out = folder / scan.name
    out.mkdir()
    write_dicom_files(out, reported, datetime(2026, 1, 2))
    return out


def pacs(*arguments):
    return main(["pacs", *map(str, arguments)])


def lines(text):
    return text.strip().splitlines()


@pytest.fixture(params=["DICOMweb", "DIMSE"])
def server(request, archive):
    return archive.web if request.param == "DICOMweb" else archive.dimse


def test_query(server, study, capsys):
    assert pacs("query", "--server", server, "--study", study[0]) == 0
    (line,) = lines(capsys.readouterr().out)
    assert line.split()[0] == study[0]
    asked = ["--patient", "PATIENT-77", "--accession", "ACC-77", "--date", "20000101-20991231"]
    assert pacs("query", "--server", server, *asked, "--json") == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert set(found) == {"uid", "date", "time", "modalities"}
    assert found["uid"] == study[0]
    assert pacs("query", "--server", server, "--patient", "nobody") == 0
    assert capsys.readouterr().out == ""


def test_fetch(server, study, tmp_path, capsys):
    assert pacs("fetch", "--server", server, "--study", study[0], "--output", tmp_path) == 0
    (folder,) = [path for path in tmp_path.iterdir() if path.name != "journals"]
    assert f"{folder}: 1 fetched" in capsys.readouterr().out
    (file,) = folder.iterdir()
    assert np.array_equal(pydicom.dcmread(file).pixel_array, study[1])


def test_segment_fetches_finds_and_stores(
    server, study, tiny_model, tmp_path, capsys, caplog, monkeypatch
):
    """The fetched scan is gone afterwards, and nobody is named anywhere."""
    caplog.set_level(logging.DEBUG)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    command = ["segment", "--server", server, "--study", study[0], "--output", tmp_path / "out"]
    command += ["--model", tiny_model, "--threshold", "0.3"]
    assert pacs(*command) == 0
    (folder,) = (tmp_path / "out").iterdir()
    objects = sorted(folder.glob("*.dcm"))
    assert len(objects) == 5
    said = capsys.readouterr()
    assert lines(said.out)[0].startswith(f"{folder}: ")
    assert lines(said.out)[1:-1] == [f"{path}: stored" for path in objects]
    assert lines(said.out)[-1] == "all 5 objects stored"
    back = tmp_path / "back"
    kinds = ["--modality", "SEG", "SR", "PR"]
    assert pacs("fetch", "--server", server, "--study", study[0], "--output", back, *kinds) == 0
    came = {one.SOPInstanceUID: one for one in map(pydicom.dcmread, back.rglob("*.dcm"))}
    for path in objects:
        dataset = pydicom.dcmread(path)
        assert timeless(came[dataset.SOPInstanceUID]) == timeless(dataset)
    assert list(temporary.iterdir()) == []
    nobody_is_named(tmp_path, said.out, said.err, caplog.text)


def test_segmenting_twice_stores_once(archive, study, tiny_model, tmp_path, capsys):
    command = ["segment", "--server", archive.web, "--study", study[0], "--output", tmp_path]
    for outcome in ("stored", "stored before, not sent again"):
        assert pacs(*command, "--model", tiny_model) == 0
        said = lines(capsys.readouterr().out)[1:-1]
        assert said
        assert all(line.endswith(f": {outcome}") for line in said)


def nobody_is_named(folder, *texts):
    """No identity in what was said and logged, in file names, in records."""
    names = [str(path.relative_to(folder)) for path in folder.rglob("*")]
    records = [path.read_text("utf-8") for path in folder.rglob("*.json")]
    assert len(records) >= 2
    for text in (*texts, *names, *records):
        for identity in IDENTITIES:
            assert identity not in text


def timeless(dataset):
    """Two exports of one result differ in their times alone."""
    moments = ("CreationDate", "CreationTime", "ContentDate", "ContentTime", "ContributionDateTime")
    for element in dataset.iterall():
        if element.keyword.endswith(moments):
            element.value = ""
    return dataset


def test_a_store_that_half_fails_goes_on_where_it_stopped(archive, study, result, capsys):
    """The line breaks in the second object; then it holds."""
    objects = sorted(result.glob("*.dcm"))
    passes = objects[0].stat().st_size + objects[1].stat().st_size // 2
    with proxy(archive.http_port, passes) as line:
        command = ["store", "--server", f"http://127.0.0.1:{line.port}/dicom-web", result]
        assert pacs(*command) == 1
        said = capsys.readouterr()
        stored, summary = lines(said.out)
        assert stored == f"{objects[0]}: stored"
        assert summary == "4 of 5 objects not stored"
        for line_said, path in zip(lines(said.err), objects[1:], strict=True):
            assert line_said.startswith(f"error: {path}: ")
            assert line_said.endswith("Run the command again.")
        line.passes = 1e9
        assert pacs(*command) == 0
        said = capsys.readouterr()
        assert said.err == ""
        assert lines(said.out)[0] == f"{objects[0]}: stored before, not sent again"
        assert lines(said.out)[1:-1] == [f"{path}: stored" for path in objects[1:]]
        line.passes = 0
        assert pacs(*command) == 0, "nothing is left to send"


def test_an_archive_that_dies_and_comes_back(result, tmp_path, capsys):
    objects = sorted(result.glob("*.dcm"))
    with orthanc(tmp_path) as running:
        assert pacs("store", "--server", running.dimse, objects[0]) == 0
        running.kill()
        assert pacs("store", "--server", running.dimse, result) == 1
        assert len(lines(capsys.readouterr().err)) == len(objects) - 1
        running.start()
        assert pacs("store", "--server", running.dimse, result) == 0
        study = pydicom.dcmread(objects[0]).StudyInstanceUID
        back = ["--output", tmp_path / "back", "--modality", "SEG", "SR", "PR"]
        assert pacs("fetch", "--server", running.dimse, "--study", study, *back) == 0
    came = [pydicom.dcmread(path) for path in (tmp_path / "back").rglob("*.dcm")]
    sent = {one.SOPInstanceUID: one for one in map(pydicom.dcmread, objects)}
    assert {one.SOPInstanceUID: one for one in came} == sent
    assert len(came) == len(sent)


def test_one_object_that_is_not_taken_does_not_stop_the_others(archive, result, tmp_path, capsys):
    labelmap = pydicom.dcmread(next(result.glob("*.dcm")))
    labelmap.SOPClassUID = labelmap.file_meta.MediaStorageSOPClassUID = LABELMAP
    labelmap.save_as(tmp_path / "a.dcm")
    assert pacs("store", "--server", archive.dimse, tmp_path / "a.dcm", result, "--again") == 1
    said = capsys.readouterr()
    (line,) = lines(said.err)
    assert "a.dcm: " in line
    assert "does not take this kind" in line
    assert len([one for one in lines(said.out) if one.endswith(": stored")]) == 5


@pytest.mark.parametrize("scheme", ["http", "dicom"])
def test_a_server_that_hangs_is_one_line_and_soon(result, tmp_path, scheme, capsys):
    studies = ["--study", "1.2.3", "1.2.4"]
    with silent_server() as port:
        server = f"{scheme}://{'A@' * (scheme == 'dicom')}127.0.0.1:{port}"
        common = ["--server", server, "--timeout", "1"]
        for command, refusals in (
            (["query"], 1),
            (["fetch", *studies, "--output", tmp_path / "out"], 2),
            (["store", result], 5),
        ):
            began = time.monotonic()
            assert pacs(*command, *common) == 1
            assert time.monotonic() - began < 5
            said = lines(capsys.readouterr().err)
            assert len(said) == refusals
            assert sum("stayed silent" in line for line in said) == 1
            assert all(line.startswith("error: ") for line in said)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("chatty", ["pynetdicom", "dicomweb_client", "urllib3"])
def test_an_answer_is_not_logged_even_where_a_library_is_told_to(
    server, study, tmp_path, caplog, chatty
):
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger=chatty)
    common = ["--server", server, "--study", study[0]]
    assert pacs("query", *common, "--patient", "PATIENT-77") == 0
    assert pacs("fetch", *common, "--output", tmp_path) == 0
    for identity in IDENTITIES:
        assert identity not in caplog.text


def test_refusals(archive, tmp_path, tiny_model, capsys, monkeypatch):
    out = ["--output", tmp_path / "out"]
    model = ["--model", tiny_model]
    (tmp_path / "empty").mkdir()
    for command in (
        ["fetch", "--server", archive.web, "--study", "1.2.3", *out],
        ["segment", "--server", archive.web, "--study", "1.2.3", *out, *model],
        ["segment", "--server", archive.web, "--study", "../1", *out, *model],
        ["query", "--server", "pacs.org"],
        ["query", "--server", archive.dimse, "--ae-title", "TOO LONG AN AE TITLE"],
        ["store", "--server", archive.web, tmp_path / "empty"],
        ["store", "--server", archive.web, tmp_path / "missing.dcm"],
    ):
        assert pacs(*command) == 1
        (line,) = lines(capsys.readouterr().err)
        assert line.startswith("error: ")
    assert not (tmp_path / "out").exists()


def test_one_refused_study_does_not_stop_the_others(archive, study, tmp_path, capsys):
    out = ["--output", tmp_path / "out"]
    assert pacs("fetch", "--server", archive.web, "--study", "1.2.3", study[0], *out) == 1
    said = capsys.readouterr()
    assert "1 fetched" in said.out
    (line,) = lines(said.err)
    assert line.startswith("error: 1.2.3: ")


def test_the_server_may_stand_in_the_environment(archive, study, monkeypatch, capsys):
    monkeypatch.setenv("BMLESIONSEG_PACS_SERVER", archive.web)
    assert pacs("query", "--study", study[0]) == 0
    assert study[0] in capsys.readouterr().out


def test_secrets_come_from_the_environment_and_go_nowhere(archive, monkeypatch, capsys):
    monkeypatch.setenv("BMLESIONSEG_PACS_TOKEN", "token-77")
    assert pacs("query", "--server", "http://pacs.example/dicom-web") == 1
    said = capsys.readouterr().err
    assert "travels encrypted" in said
    assert "token-77" not in said
    for option in ("--password", "--token", "--user"):
        with pytest.raises(SystemExit):
            pacs("query", "--server", archive.web, option, "x")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["query"],
        ["query", "--server", "https://a", "--date", "2026-01-02"],
        ["fetch", "--server", "https://a", "--study", "1.2"],
        ["fetch", "--server", "https://a", "--study", "1.2", "--output", "o", "--modality", "CT"],
    ],
)
def test_wrong_usage_exits_with_two(arguments, monkeypatch):
    monkeypatch.delenv("BMLESIONSEG_PACS_SERVER", raising=False)
    with pytest.raises(SystemExit) as stopped:
        pacs(*arguments)
    assert stopped.value.code == 2


def test_every_kind_that_can_be_asked_for_can_be_received():
    assert set(MODALITIES) == set(KINDS)
