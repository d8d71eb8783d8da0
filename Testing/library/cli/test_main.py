"""What every command has in common."""

import subprocess
import sys

import pytest

from BMLesionSegLib.cli import networks
from BMLesionSegLib.cli.main import main


def test_an_interrupted_command_ends_in_one_line(monkeypatch, capsys):
    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(networks, "run", interrupted)
    assert main(["networks"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("error: the run was to finish, but it was cancelled.")
    assert len(said.err.splitlines()) == 1


def test_a_reader_who_has_enough_ends_it_without_a_word():
    """As ``bmlesionseg networks | head -1`` does, at the latest when it exits."""
    command = [sys.executable, "-m", "BMLesionSegLib", "networks"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


@pytest.mark.parametrize(("seed", "code"), [("-1", 2), ("none", 2)])
def test_seeds_are_whole_numbers_from_0_on(seed, code, tmp_path, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["simulate", f"--seed={seed}", "--output", str(tmp_path / "out")])
    assert stopped.value.code == code
    assert seed in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
