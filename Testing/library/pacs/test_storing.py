"""Storing against an archive in memory: what is sent, what is said, what is remembered."""

import pydicom
import pytest

from BMLesionSegLib.errors import ArchiveRefused, ArchiveUnreachable, FileRefused, OutputRefused
from BMLesionSegLib.pacs.storing import Outcome, store_files

SEG = "1.2.840.10008.5.1.4.1.1.66.4"


@pytest.fixture
def results(tmp_path):
    """Five objects of one study."""
    paths = [tmp_path / f"{number}.dcm" for number in range(5)]
    for number, path in enumerate(paths):
        dataset = pydicom.Dataset()
        dataset.SOPClassUID = SEG
        dataset.SOPInstanceUID = f"1.2.3.{number}"
        dataset.StudyInstanceUID = dataset.SeriesInstanceUID = "1.2.3"
        dataset.ensure_file_meta()
        dataset.file_meta.TransferSyntaxUID = pydicom.uid.ExplicitVRLittleEndian
        dataset.save_as(path, enforce_file_format=True)
    return paths


class MemoryArchive:
    """Takes what it is given, and fails at the objects that it is told to."""

    def __init__(self, failures=None):
        self.failures = failures or {}
        self.took = []

    def store(self, dataset):
        number = len(self.took)
        self.took.append(dataset.SOPInstanceUID)
        if number in self.failures:
            self.took[-1] = None
            raise self.failures[number]


def refused():
    return ArchiveRefused("a", "b", "c.")


def unreachable():
    return ArchiveUnreachable("a", "b", "c.")


def store(archive, files, journals, **options):
    return [one.outcome for one in store_files(archive, "here", files, journals, **options)]


def test_every_object_once(results, tmp_path):
    archive = MemoryArchive()
    assert store(archive, results, tmp_path / "journals") == [Outcome.STORED] * 5
    assert archive.took == [pydicom.dcmread(path).SOPInstanceUID for path in results]
    assert store(archive, results, tmp_path / "journals") == [Outcome.STORED_BEFORE] * 5
    assert len(archive.took) == 5


def test_again_sends_all(results, tmp_path):
    archive = MemoryArchive()
    store(archive, results, tmp_path / "journals")
    assert store(archive, results, tmp_path / "journals", again=True) == [Outcome.STORED] * 5
    assert len(archive.took) == 10


def test_one_refused_object_does_not_stop_the_others_and_is_sent_alone_later(results, tmp_path):
    archive = MemoryArchive({1: refused()})
    first = store(archive, results, tmp_path / "journals")
    assert [isinstance(outcome, ArchiveRefused) for outcome in first] == [0, 1, 0, 0, 0]
    archive = MemoryArchive()
    second = store(archive, results, tmp_path / "journals")
    assert [outcome is Outcome.STORED for outcome in second] == [0, 1, 0, 0, 0]
    assert archive.took == [pydicom.dcmread(results[1]).SOPInstanceUID]


def test_a_lost_archive_is_not_asked_again(results, tmp_path):
    archive = MemoryArchive({2: unreachable()})
    outcomes = store(archive, results, tmp_path / "journals")
    assert outcomes[:2] == [Outcome.STORED] * 2
    assert isinstance(outcomes[2], ArchiveUnreachable)
    assert all("lost before this one" in str(outcome) for outcome in outcomes[3:])
    assert len(archive.took) == 3


def test_a_file_that_is_no_object(results, tmp_path):
    words, nameless = tmp_path / "words.dcm", tmp_path / "nameless.dcm"
    words.write_bytes(b"words")
    dataset = pydicom.dcmread(results[1])
    del dataset.StudyInstanceUID
    dataset.save_as(nameless)
    archive = MemoryArchive()
    outcomes = store(archive, [words, nameless, results[0]], tmp_path / "journals")
    assert [type(outcome) for outcome in outcomes] == [FileRefused, FileRefused, Outcome]
    assert len(archive.took) == 1


def test_nothing_is_sent_that_cannot_be_remembered(results, tmp_path):
    journals = tmp_path / "journals"
    journals.touch()
    archive = MemoryArchive()
    assert all(isinstance(outcome, OutputRefused) for outcome in store(archive, results, journals))
    assert archive.took == []


@pytest.mark.parametrize("twice", [True, False])
def test_a_file_given_twice_is_sent_once(results, tmp_path, twice):
    archive = MemoryArchive()
    store(archive, [results[0], results[0] if twice else results[1]], tmp_path / "journals")
    assert len(archive.took) == (1 if twice else 2)
