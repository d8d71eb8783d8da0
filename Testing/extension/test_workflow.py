"""The workflow for a CI that has Slicer: it cannot run here, so it is linted and looked through."""

import re
import subprocess
import sys

import yaml

from Testing.extension.lists import ROOT

WORKFLOW = ROOT / ".github" / "workflows" / "slicer.yml"


def test_lints():
    command = [sys.executable, "-m", "yamllint", "--strict", str(WORKFLOW)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_says_that_it_was_not_run_here():
    assert "NOT RUN" in WORKFLOW.read_text("utf-8").split("\n\n")[0]


def test_steps_are_actions_or_commands_and_what_they_call_exists():
    steps = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]["slicer"]["steps"]
    assert all(("uses" in step) != ("run" in step) for step in steps)
    assert all(re.fullmatch(r"[\w/-]+@v\d+", step["uses"]) for step in steps if "uses" in step)
    script = steps[-1]["run"].split()[0]
    assert (ROOT / script).stat().st_mode & 0o111, "it can be executed"


def test_scripts_are_valid_shell():
    steps = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]["slicer"]["steps"]
    commands = [step["run"] for step in steps if "run" in step]
    for text in [*commands, (ROOT / "Testing" / "run-in-slicer.sh").read_text("utf-8")]:
        plain = re.sub(r"\$\{\{.*?\}\}", "value", text)
        done = subprocess.run(["bash", "-n"], input=plain, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


def test_torch_has_one_requirement():
    from BMLesionSegMRML.torch_door import REQUIREMENT

    assert f"torchVersionRequirement='{REQUIREMENT}'" in WORKFLOW.read_text("utf-8")
