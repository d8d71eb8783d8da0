"""Extras are asked for before work begins."""

import pytest

from BMLesionSegLib import packages
from BMLesionSegLib.cli.main import main
from BMLesionSegLib.errors import PackagesMissing
from BMLesionSegLib.packages import need_packages


@pytest.fixture
def without(monkeypatch):
    """Hides packages."""

    def hide(*hidden: str) -> None:
        monkeypatch.setattr(packages, "find_spec", lambda name: None if name in hidden else name)

    return hide


@pytest.mark.parametrize("extra", ["engine", "pacs", "train"])
def test_an_installed_extra_is_enough(extra):
    need_packages(extra)


def test_the_refusal_names_what_to_install(without):
    without("matplotlib")
    with pytest.raises(PackagesMissing) as refusal:
        need_packages("train")
    assert str(refusal.value) == (
        "what bmlesionseg[train] brings is installed, but matplotlib is missing."
        " Install them with pip install 'bmlesionseg[train]'."
    )


@pytest.mark.parametrize(
    "command",
    [
        ["train"],
        ["compare"],
        ["ablate"],
        ["statistics"],
        ["evaluate"],
        ["pictures", "--models", "small"],
        ["pacs", "query", "--server", "https://localhost:1/"],
    ],
    ids=lambda command: command[0],
)
def test_no_command_works_first_and_fails_then(command, without, tmp_path, capsys):
    without("safetensors", "pynetdicom")
    output = [] if command[0] == "pacs" else ["--output", str(tmp_path / "output")]
    assert main([*command, *output]) == 1
    assert "pip install 'bmlesionseg[" in capsys.readouterr().err
    assert not (tmp_path / "output").exists()


def test_neither_does_the_report_of_a_simulation(without, tmp_path, capsys):
    without("matplotlib")
    assert main(["simulate", "--report", str(tmp_path / "report")]) == 1
    assert "bmlesionseg[train]" in capsys.readouterr().err
