"""Workflows for another CI, with Slicer or with advisories: linted and looked through, not run."""

import re
import subprocess
import sys

import pytest
import yaml

from Testing.extension.lists import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
WORKFLOW = ROOT / ".github" / "workflows" / "slicer.yml"
each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def steps_of(path):
    (job,) = yaml.safe_load(path.read_text("utf-8"))["jobs"].values()
    return job["steps"]


@each_workflow
def test_lints(path):
    command = [sys.executable, "-m", "yamllint", "--strict", str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@each_workflow
def test_says_that_it_was_not_run_here(path):
    assert "NOT RUN" in path.read_text("utf-8").split("\n\n")[0]


@each_workflow
def test_steps_are_actions_or_commands(path):
    steps = steps_of(path)
    assert all(("uses" in step) != ("run" in step) for step in steps)
    assert all(re.fullmatch(r"[\w/-]+@v\d+", step["uses"]) for step in steps if "uses" in step)


def test_the_script_that_is_called_exists():
    script = steps_of(WORKFLOW)[-1]["run"].split()[0]
    assert (ROOT / script).stat().st_mode & 0o111, "it can be executed"


@each_workflow
def test_scripts_are_valid_shell(path):
    commands = [step["run"] for step in steps_of(path) if "run" in step]
    for text in [*commands, (ROOT / "Testing" / "run-in-slicer.sh").read_text("utf-8")]:
        plain = re.sub(r"\$\{\{.*?\}\}", "value", text)
        done = subprocess.run(["bash", "-n"], input=plain, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


def test_torch_has_one_requirement():
    from BMLesionSegMRML.torch_door import REQUIREMENT

    assert f"torchVersionRequirement='{REQUIREMENT}'" in WORKFLOW.read_text("utf-8")
