"""Two processes that write into one folder: what is there in the end is one's, and whole."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from BMLesionSegLib.errors import OutputRefused
from BMLesionSegLib.exporting.one_writer import only_writer
from BMLesionSegLib.learning.data.patient_files import list_patients
from BMLesionSegLib.simulation.writing import begin
from Testing.library.faults.killing import in_child
from Testing.library.faults.writers import hidden, visible, writers


@pytest.fixture(scope="module")
def all_writers(tmp_path_factory):
    return writers(tmp_path_factory.mktemp("inputs"))


def together(write, out: Path) -> list[int]:
    """Exit codes of two processes that begin at once."""

    def one(_: int) -> int:
        return in_child(lambda: write(out))

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(one, range(2)))


@pytest.mark.parametrize(("name", "older"), [("segment", True), ("export", True), ("fetch", False)])
def test_both_at_once(all_writers, tmp_path, name, older):
    writer = all_writers[name]
    writer.write(tmp_path / "alone")
    out = tmp_path / "both"
    if older:
        writer.write(out)
    assert 0 in together(writer.write, out)
    assert set(visible(out)) == set(visible(tmp_path / "alone"))
    assert hidden(out) == []
    writer.check(out)


def test_a_second_training_is_refused_and_a_killed_one_frees_the_folder(tmp_path):
    def take() -> None:
        with only_writer(tmp_path):
            pass

    def take_and_die() -> None:
        with only_writer(tmp_path):
            os.kill(os.getpid(), signal.SIGKILL)

    with only_writer(tmp_path):
        assert in_child(take) == 1
    assert in_child(take) == 0
    assert in_child(take_and_die) == -signal.SIGKILL
    take()


def test_a_second_simulation_is_refused(tmp_path):
    begin(tmp_path)
    with pytest.raises(OutputRefused, match="one process at a time"):
        begin(tmp_path)


def test_a_stopped_simulation_is_no_folder_of_cases(all_writers, tmp_path):
    all_writers["simulate"].write(tmp_path)
    assert len(list_patients(tmp_path)) == 2
    (tmp_path / "cohort.json").unlink()
    (tmp_path / "unfinished.txt").write_text("as a killed process leaves it")
    with pytest.raises(Exception, match="the simulation that wrote them was stopped"):
        list_patients(tmp_path)
