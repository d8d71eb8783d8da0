"""A second writer of a folder is refused, on every system."""

import errno
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from BMLesionSegLib.errors import OutputRefused
from BMLesionSegLib.exporting.one_writer import only_writer
from Testing.library.faults.disk import failing, watched


def test_a_second_writer_is_refused_until_the_first_ends(tmp_path: Path):
    folder = tmp_path / "training"
    with (
        only_writer(folder),
        pytest.raises(OutputRefused, match="another is at work in training"),
        only_writer(folder),
    ):
        pytest.fail("the block must not start")
    with only_writer(folder):
        pass


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path):
    (tmp_path / "taken").touch()
    with pytest.raises(OutputRefused, match="Choose a folder"), only_writer(tmp_path / "taken"):
        pytest.fail("the block must not start")


def test_a_lock_that_cannot_be_closed_spoils_nothing(tmp_path: Path):
    with watched(tmp_path, failing(2, errno.ENOSPC)) as seen, only_writer(tmp_path / "training"):
        pass
    assert seen == ["mkdir", "open", "write"]


def test_windows_locks_one_byte_and_forbids_it_to_a_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    held = []

    def locking(descriptor: int, mode: str, size: int) -> None:
        """As the system does there: the second one is forbidden."""
        if held:
            raise PermissionError(errno.EACCES, "Permission denied")
        held.append((mode, size))

    monkeypatch.setattr(sys, "platform", "win32")
    fake = SimpleNamespace(locking=locking, LK_NBLCK="at once")
    monkeypatch.setitem(sys.modules, "msvcrt", fake)
    with only_writer(tmp_path):
        assert held == [("at once", 1)]
        with pytest.raises(OutputRefused, match="another is at work"), only_writer(tmp_path):
            pytest.fail("the block must not start")
