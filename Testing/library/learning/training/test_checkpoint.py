"""Checkpoints that are damaged or another's."""

import pytest
import torch

from BMLesionSegLib.errors import OutputRefused, TrainingRefused
from BMLesionSegLib.learning.training.checkpoint import (
    check_identity,
    read_checkpoint,
    write_checkpoint,
)
from Testing.library.faults.disk import files_at_most

IDENTITY = {"network": "u_net", "cohort": "clinic", "seed": 3}


@pytest.fixture
def written(tmp_path):
    path = tmp_path / "checkpoint.pt"
    write_checkpoint(path, IDENTITY, {"step": 7, "weights": {"a": torch.ones(3)}})
    return path


def test_what_was_written_is_read(written):
    assert read_checkpoint(written, IDENTITY)["step"] == 7


@pytest.mark.parametrize("length", [0, 10, 500])
def test_cut_short_is_refused_and_kept(written, length):
    cut = written.read_bytes()[:length]
    written.write_bytes(cut)
    with pytest.raises(TrainingRefused, match="cannot be read"):
        read_checkpoint(written, IDENTITY)
    assert written.read_bytes() == cut


def test_another_thing_is_refused(written):
    torch.save({"step": 3}, written)
    with pytest.raises(TrainingRefused, match="another thing"):
        read_checkpoint(written, IDENTITY)


def test_every_difference_is_told(written):
    other = IDENTITY | {"seed": 4, "cohort": "paper"}
    with pytest.raises(TrainingRefused, match=r"cohort was clinic and is paper; seed was 3 and"):
        read_checkpoint(written, other)
    with pytest.raises(TrainingRefused, match="labelled cases was None and is abc"):
        read_checkpoint(written, IDENTITY | {"labelled cases": "abc"})


def test_what_a_network_could_not_do_then_is_at_its_default():
    """A checkpoint from before an argument came is still of the same training."""
    before = {"network": "multi_attention", "network's vit": "False"}
    now = before | {"network's mirrored": "False"}
    check_identity(now, before)
    with pytest.raises(TrainingRefused, match="mirrored was False and is True"):
        check_identity(before | {"network's mirrored": "True"}, before)


def test_long_values_are_shown_from_where_they_differ():
    """The settings of a recipe's variation are longer than a message."""
    ours, theirs = ({"variation": "a" * 90 + end + "z" * 90} for end in ("one", "two"))
    with pytest.raises(TrainingRefused) as refused:
        check_identity(ours, theirs)
    assert f"variation was ...{'a' * 20}two{'z' * 37} and is ...{'a' * 20}one{'z' * 37}." in str(
        refused.value
    )
    with pytest.raises(TrainingRefused, match=f"was {'b' * 60} and is None"):
        check_identity({}, {"cohort": "b" * 70})


def test_what_a_killed_process_left_is_removed(written):
    left_over = written.with_name(f".0a1b2c3d-{written.name}")
    left_over.write_bytes(b"half")
    assert read_checkpoint(written, IDENTITY)["step"] == 7
    assert list(written.parent.iterdir()) == [written]


def test_a_full_disk_is_refused_and_keeps_the_last_one(written):
    with files_at_most(300), pytest.raises(OutputRefused, match=r"checkpoint\.pt could not be"):
        write_checkpoint(written, IDENTITY, {"step": 8, "weights": torch.ones(1000)})
    assert read_checkpoint(written, IDENTITY)["step"] == 7
    assert list(written.parent.iterdir()) == [written]


def test_a_failed_write_keeps_the_last_one(written, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(torch, "save", full)
    with pytest.raises(OutputRefused, match="No space left"):
        write_checkpoint(written, IDENTITY, {"step": 8})
    assert read_checkpoint(written, IDENTITY)["step"] == 7
    assert [path.name for path in written.parent.iterdir()] == ["checkpoint.pt"]
