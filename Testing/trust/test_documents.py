"""What the root's documents say is so: their tests exist, their copies are up to date."""

import json
import re
from itertools import takewhile
from pathlib import Path

import pytest
import yaml

import BMLesionSegLib
from BMLesionSegLib import RESEARCH_USE
from BMLesionSegLib.bundles import DEFAULT, find_bundle, load_bundle
from BMLesionSegLib.networks import networks_list
from Testing.trust import card, soup
from Testing.trust.named_tests import missing_tests, named_tests

ROOT = Path(__file__).parents[2]
DOCUMENTS = (
    "INTENDED_USE.md",
    "MODEL_CARD.md",
    "RISKS.md",
    "SOUP.md",
    "SECURITY.md",
    "CITATION.cff",
    "CHANGELOG.md",
    "docs/guards.md",
)
REMEDY = "run `make documents`"


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def table(name: str) -> list[list[str]]:
    """The rows of a document's first table, without its head."""
    _, _, rest = text(name).partition("|---|")
    lines = takewhile(lambda line: line.startswith("|"), rest.splitlines()[1:])
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.fixture(scope="module")
def shipped():
    return load_bundle(find_bundle(ROOT / "Resources" / "Models" / DEFAULT))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_readme_leads_to_it(name):
    assert f"]({name})" in text("README.md")


def test_the_twelve_networks_are_told_as_the_registry_has_them():
    told = [line for line in text("docs/method.md").splitlines() if line.startswith("| `")]
    assert [line for line in told if " et al. " in line] == [
        f"| `{one.name}` | {one.parameters:,} | {one.gmac:.2f} | {one.source} |"
        for one in networks_list()
    ]


@pytest.mark.parametrize("name", ["RISKS.md", "docs/guards.md", "SECURITY.md"])
def test_every_named_test_exists(name):
    assert len(named_tests(text(name))) >= 5
    assert missing_tests(text(name)) == []


def test_a_missing_test_would_be_seen():
    said = "`trust/test_documents.py::test_the_readme_leads_to_it` `trust/test_none.py::test_x`"
    assert missing_tests(said) == ["trust/test_none.py::test_x"]


@pytest.mark.parametrize("name", ["RISKS.md", "docs/guards.md"])
def test_every_row_names_a_test(name):
    rows = table(name)
    assert all(named_tests(row[-1]) for row in rows), [row[0] for row in rows]


@pytest.mark.parametrize(
    "hazard",
    [
        *("superscan", "earlier mask", "left and right", "device or precision", "faint lesion"),
        *("bladder", "injection site", "threshold", "another patient"),
    ],
)
def test_hazards_that_must_be_listed(hazard):
    assert any(hazard in row[0].lower() for row in table("RISKS.md"))


@pytest.mark.parametrize(
    "fault",
    ["earlier mask", "anterior and posterior", "mirrored left", "upside down", "another patient"],
)
def test_every_fault_of_side_and_patient_is_answered(fault):
    (row,) = [row for row in table("docs/guards.md") if fault in row[0].lower()]
    assert all(row)


def test_the_model_card_is_the_shipped_one():
    assert text("MODEL_CARD.md") == card.document(), REMEDY


def test_the_model_card_says_first_what_it_was_trained_on(shipped):
    paragraphs = text("MODEL_CARD.md").split("\n\n")
    assert paragraphs[0].startswith("# Model")
    assert "simulated bone scans alone" in paragraphs[1]
    assert shipped.manifest.training["data"] == "simulated"


def test_the_list_of_software_is_that_of_the_lock():
    assert text("SOUP.md") == soup.document(), REMEDY


def test_the_changelog_has_both_versions(shipped):
    log = text("CHANGELOG.md")
    assert f"software {BMLesionSegLib.__version__}" in log
    assert f"{shipped.manifest.name} {shipped.manifest.version}" in log


def test_the_citation_is_this_software():
    said = yaml.safe_load(text("CITATION.cff"))
    assert said["version"] == BMLesionSegLib.__version__
    assert said["license"] == "Apache-2.0"
    assert said["references"][0]["doi"] == "10.21037/qims-24-1246"
    assert said["repository-code"] == json.loads(text("BMLesionSeg.json"))["scm_url"].removesuffix(
        ".git"
    )


@pytest.mark.parametrize("name", ["INTENDED_USE.md", "MODEL_CARD.md", "RISKS.md", "SECURITY.md"])
def test_it_says_what_it_is_not(name):
    assert RESEARCH_USE in re.sub(r"\s+", " ", text(name))
