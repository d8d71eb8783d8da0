import json

import pytest

from BMLesionSegLib.errors import OutputRefused
from BMLesionSegLib.pacs.journal import Journal, user_journal_folder

UID = "1.2.840.1"


def test_it_remembers_by_archive_and_study(tmp_path):
    Journal(tmp_path, "here", "1.1").note(UID)
    assert Journal(tmp_path, "here", "1.1").holds(UID)
    assert not Journal(tmp_path, "there", "1.1").holds(UID)
    assert not Journal(tmp_path, "here", "1.2").holds(UID)
    assert not Journal(tmp_path, "here", "1.1").holds("1.2.840.2")


def test_two_that_write_do_not_forget_each_other(tmp_path):
    first, second = (Journal(tmp_path, "here", "1.1") for _ in range(2))
    first.note("1.1")
    second.note("1.2")
    assert first.holds("1.1")
    assert first.holds("1.2")


def test_it_names_nobody(tmp_path):
    Journal(tmp_path, "dicom://PACS@host:104", "1.2.3.4").note(UID)
    (file,) = tmp_path.rglob("*.json")
    for word in (UID, "1.2.3.4", "PACS"):
        assert word not in str(file.relative_to(tmp_path)) + file.read_text("utf-8")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"stored": 1}', "\udcff"])
def test_a_damaged_one_is_refused_before_anything_is_sent(tmp_path, content):
    Journal(tmp_path, "here", "1.1").note(UID)
    (file,) = tmp_path.rglob("*.json")
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(OutputRefused, match="Delete it"):
        Journal(tmp_path, "here", "1.1")


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(OutputRefused):
        Journal(tmp_path / "file", "here", "1.1")


def test_half_a_journal_is_never_seen(tmp_path, monkeypatch):
    journal = Journal(tmp_path, "here", "1.1")
    journal.note("1.1")
    monkeypatch.setattr(json, "dumps", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        journal.note("1.2")
    assert journal.holds("1.1")
    assert not journal.holds("1.2")


def test_it_lies_beside_the_users_models(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert user_journal_folder() == tmp_path / "BMLesionSeg" / "Archive"
