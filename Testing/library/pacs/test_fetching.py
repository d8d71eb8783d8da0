from io import BytesIO

import pydicom
import pytest

from BMLesionSegLib.errors import ArchiveRefused, OutputRefused
from BMLesionSegLib.pacs.archive import FoundSeries, Received
from BMLesionSegLib.pacs.fetching import fetch_study

STUDY = "1.2.3"


class MemoryArchive:
    """Two series of one object each."""

    def __init__(self, content=b"bytes"):
        self.content = content
        self.asked = []

    def series(self, study_uid):
        return [FoundSeries("1.4", "NM"), FoundSeries("1.5", "SR")]

    def fetch(self, study_uid, series_uid):
        self.asked.append((study_uid, series_uid))
        return [Received(f"{series_uid}.1", self.content)]


def test_only_the_modalities_wanted(tmp_path):
    archive = MemoryArchive()
    (path,) = fetch_study(archive, STUDY, ["NM"], tmp_path / "new")
    assert archive.asked == [(STUDY, "1.4")]
    assert path.parent == tmp_path / "new"
    assert path.read_bytes() == b"bytes"
    assert len(fetch_study(archive, STUDY, ["NM", "SR"], tmp_path / "new")) == 2


def test_files_are_named_by_a_hash_and_fetched_twice_are_the_same(tmp_path, scan):
    buffer = BytesIO()
    pydicom.dcmwrite(buffer, scan)
    for _ in range(2):
        fetch_study(MemoryArchive(buffer.getvalue()), STUDY, ["NM"], tmp_path / "new")
    (path,) = (tmp_path / "new").iterdir()
    assert len(path.stem) == 12
    assert pydicom.dcmread(path) == scan


def test_a_study_without_such_series(tmp_path):
    archive = MemoryArchive()
    with pytest.raises(ArchiveRefused, match="2 series, none of them such"):
        fetch_study(archive, STUDY, ["SEG"], tmp_path / "new")
    archive.series = lambda study_uid: []
    with pytest.raises(ArchiveRefused, match="no series"):
        fetch_study(archive, STUDY, ["NM"], tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_half_a_study_is_not_written(tmp_path):
    archive = MemoryArchive()
    archive.fetch = lambda study, series: [Received("1.1", b"")] if series == "1.4" else []
    with pytest.raises(ArchiveRefused, match="one came empty"):
        fetch_study(archive, STUDY, ["NM", "SR"], tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_uid_that_is_none_is_not_sent(tmp_path):
    archive = MemoryArchive()
    archive.series = lambda study_uid: pytest.fail("asked")
    with pytest.raises(ArchiveRefused, match="digits and points"):
        fetch_study(archive, "*", ["NM"], tmp_path)


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(OutputRefused):
        fetch_study(MemoryArchive(), STUDY, ["NM"], tmp_path / "file")
