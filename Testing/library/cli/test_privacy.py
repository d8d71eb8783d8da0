"""Who was scanned stays in the source file, and where the standard demands it.

A scan whose header, file name and folder name are full of a person goes through every command.
"""

import logging
import re
import zlib
from pathlib import Path

import pydicom
import pypdfium2
import pytest

from BMLesionSegLib.cli.main import main
from BMLesionSegLib.exporting.segment import STATUS_TAG
from BMLesionSegLib.exporting.segmentation_nrrd import write_segmentation
from BMLesionSegLib.reading import load_scan
from BMLesionSegLib.scan import ViewName
from Testing.library.doll import Block
from Testing.library.exporting_results import drawn
from Testing.library.planted import FOLDER, PLANTED, planted_file, traces

ANTERIOR, POSTERIOR = ViewName
SPOT = Block(300, 310, 20, 34, 0.0)
DEMANDED = {
    *("PatientName", "PatientID", "PatientBirthDate"),
    *("StudyInstanceUID", "StudyDate", "StudyTime", "StudyID"),
    *("AccessionNumber", "ReferringPhysicianName"),
}
"""Of the Patient and General Study modules (PS3.3 C.7.1.1, C.7.2.1): they join a derived object to
its patient and study, and stand in every object of a study."""
REFERENCES = {"SeriesInstanceUID", "SOPInstanceUID"}
"""Of the image that an object refers to (PS3.3 C.12.4)."""
OF_ITS_SPACE = {"FrameOfReferenceUID"}
"""A segmentation lies in the space of its image (PS3.3 C.7.4.1)."""
IN_THE_DOCUMENT = {
    *("PatientName", "PatientID", "PatientBirthDate", "StudyDate"),
    *("AccessionNumber", "ReferringPhysicianName"),
}


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return planted_file(tmp_path_factory.mktemp("source"))


@pytest.fixture(scope="module")
def corrected(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reviewed segmentation of it."""
    folder = tmp_path_factory.mktemp("corrected")
    for view in load_scan(planted):
        one = drawn(view, (SPOT, {STATUS_TAG: "metastasis"}))
        path = folder / f"{view.name}.seg.nrrd"
        write_segmentation(path, one.labels, one.geometry, one.segments)
    return folder


@pytest.fixture
def said(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture):
    """Everything that was printed or logged since the last call."""
    caplog.set_level(logging.DEBUG)

    def words() -> str:
        printed = capfd.readouterr()
        return printed.out + printed.err + caplog.text

    return words


def names(folder: Path) -> str:
    return "\n".join(str(path.relative_to(folder)) for path in folder.rglob("*"))


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def test_fifty_and_more_places_are_planted_and_found_where_they_are(planted: Path):
    assert len(PLANTED) >= 50
    assert len(set(PLANTED.values())) == len(PLANTED)
    data = planted.read_bytes() + f"{planted}".encode()
    assert traces(data) == set(PLANTED)


def test_segment_tells_nobody(tiny_model: Path, planted: Path, tmp_path: Path, said):
    arguments = ("--output", tmp_path, "--model", tiny_model, "--threshold", "0.3")
    assert run("segment", planted.parent, *arguments) == 0
    assert traces(said().encode()) == set()
    assert traces(names(tmp_path).encode()) == set()
    (folder,) = tmp_path.iterdir()
    for path in folder.iterdir():
        check(path)


def check(path: Path) -> None:
    """What a file may tell, by its kind."""
    found = traces(path.read_bytes())
    if path.name.endswith(".seg.dcm"):
        assert found <= DEMANDED | REFERENCES | OF_ITS_SPACE, path.name
    elif path.suffix == ".dcm":
        assert found <= DEMANDED | REFERENCES, path.name
    else:
        assert found == set(), path.name


def test_export_tells_what_the_standard_demands(
    corrected: Path, planted: Path, tmp_path: Path, said
):
    assert run("export", corrected, "--scan", planted, "--output", tmp_path) == 0
    assert traces(said().encode()) == set()
    (folder,) = tmp_path.iterdir()
    assert len(list(folder.glob("*.dcm"))) == 5
    for path in folder.iterdir():
        check(path)
        dataset = pydicom.dcmread(path)
        assert not any(element.tag.is_private for element in dataset.iterall())
        values = {keyword: str(dataset[keyword].value) for keyword in DEMANDED}
        assert values == {keyword: PLANTED[keyword] for keyword in DEMANDED}


def test_a_training_case_tells_nothing(corrected: Path, planted: Path, tmp_path: Path, said):
    arguments = ("--scan", planted, "--output", tmp_path, "--training")
    assert run("export", corrected, *arguments) == 0
    assert traces(said().encode()) == set()
    assert traces(names(tmp_path).encode()) == set()
    (folder,) = tmp_path.iterdir()
    assert {path.name for path in folder.iterdir()} == {
        "scan.dcm",
        "anterior.seg.nrrd",
        "posterior.seg.nrrd",
    }
    for path in folder.iterdir():
        assert traces(path.read_bytes()) == set(), path.name
    dataset = pydicom.dcmread(folder / "scan.dcm")
    assert not any(element.tag.is_private for element in dataset.iterall())
    assert traces(str(dataset).encode()) == set()


def test_a_report_names_the_patient_in_the_document_alone(
    corrected: Path, planted: Path, tmp_path: Path, said
):
    for state in ((), ("--final",)):
        assert run("report", corrected, "--scan", planted, "--output", tmp_path, *state) == 0
    assert traces(said().encode()) == set()
    assert traces(names(tmp_path).encode()) == set()
    (folder,) = tmp_path.iterdir()
    for path in folder.iterdir():
        if path.suffix != ".pdf":
            check(path)
    data = (folder / "report.pdf").read_bytes()
    document = pypdfium2.PdfDocument(data)
    words = " ".join(page.get_textpage().get_text_range() for page in document)
    assert traces(words.encode()) == IN_THE_DOCUMENT
    streams = re.findall(rb"stream\n(.*?)\nendstream", data, re.DOTALL)
    assert len(streams) >= 3
    assert traces(data + b"".join(map(zlib.decompress, streams))) == set(), "names are in glyphs"


def test_import_tells_nobody(corrected: Path, planted: Path, tmp_path: Path, said):
    run("export", corrected, "--scan", planted, "--output", tmp_path / "dicom")
    (dicom,) = (tmp_path / "dicom").iterdir()
    assert run("import", dicom, "--scan", planted, "--output", tmp_path / "back") == 0
    assert traces(said().encode()) == set()
    (folder,) = (tmp_path / "back").iterdir()
    assert len(list(folder.iterdir())) == 2
    for path in folder.iterdir():
        assert traces(path.read_bytes()) == set(), path.name


@pytest.mark.parametrize("damage", ["cut short", "no words", "no pixels", "no spacing", "CT"])
def test_refusals_tell_nobody(
    tiny_model: Path, corrected: Path, planted: Path, tmp_path: Path, said, damage: str
):
    """Every command names its input by number, never by path or header."""
    broken = tmp_path / FOLDER / planted.name
    broken.parent.mkdir()
    data = planted.read_bytes()
    broken.write_bytes(data[: len(data) // 2] if damage == "cut short" else data)
    if damage == "no words":
        broken.write_bytes(b"Qzxsurname")
    elif damage != "cut short":
        dataset = pydicom.dcmread(broken)
        if damage == "CT":
            dataset.Modality, dataset.SOPClassUID = "CT", "1.2.840.10008.5.1.4.1.1.2"
        else:
            del dataset["PixelData" if damage == "no pixels" else "PixelSpacing"]
        dataset.save_as(broken)
    out = tmp_path / "out"
    for arguments in (
        ("segment", broken, "--model", tiny_model),
        ("segment", broken.parent, "--model", tiny_model),
        ("segment", broken.with_name("Qzxfile none.dcm"), "--model", tiny_model),
        ("export", corrected, "--scan", broken),
        ("export", broken, "--scan", planted),
        ("export", broken.parent, "--scan", planted),
        ("report", corrected, "--scan", broken, "--final"),
        ("import", broken, "--scan", planted),
        ("import", broken.parent, "--scan", planted),
    ):
        assert run(*arguments, "--output", out) == 1, arguments
        words = said()
        assert words.startswith("error: ")
        assert len(words.splitlines()) == 1
        assert traces(words.encode()) == set()
    assert not out.exists()
