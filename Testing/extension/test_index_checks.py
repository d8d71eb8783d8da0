"""What the Extensions Index checks before it lists an extension, as far as it needs no network.

Source: the index's own description-file checks and the catalog entry schema 1.0.2. That the
addresses answer can only be seen once the repository is public.
"""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image

from Testing.extension.lists import ROOT, present

NAME = "BMLesionSeg"
SCHEMA = "slicer-extension-catalog-entry-schema-v1.0.2.json"
FIELDS = {
    "$schema": str,
    "category": str,
    "scm_url": str,
    "scm_revision": str,
    "scm_type": str,
    "build_dependencies": list,
    "dicom_support_rule": str,
    "build_subdirectory": str,
    "enabled": bool,
    "tier": int,
}
REQUIRED = {"$schema", "category", "scm_url"}
LARGEST_REPOSITORY_MB = 90
AT_FILE_SCOPE = {
    *sys.stdlib_module_names,
    *["slicer", "vtk", "qt", "ctk", "numpy", "scipy", "SimpleITK", "SampleData", "DICOMLib"],
    *["BMLesionSegLib", "BMLesionSegMRML", "BMLesionSegPanel"],
}
FIRST_CALL = "findLibrary()"
"""The one call at import: from a source tree nothing else can be imported before it."""


@pytest.fixture(scope="module")
def entry() -> dict:
    return json.loads((ROOT / f"{NAME}.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def cmake() -> str:
    return (ROOT / "CMakeLists.txt").read_text("utf-8")


def variable(cmake: str, name: str) -> str:
    """A field, in one double-quoted string on one set()."""
    found = re.search(rf'set\s*\({name}\s*"([^"]+)"[ ]*\)', cmake)
    assert found is not None, f"{name} is not set to one quoted string"
    return found[1]


def test_entry_follows_the_schema(entry):
    assert set(entry) >= REQUIRED
    assert set(entry) <= set(FIELDS)
    for field, value in entry.items():
        assert type(value) is FIELDS[field], field
    assert SCHEMA in entry["$schema"]
    assert 1 <= entry["tier"] <= 5


def test_entry_has_unix_line_ends():
    assert b"\r" not in (ROOT / f"{NAME}.json").read_bytes()


def test_category_is_one_of_the_index(entry):
    assert entry["category"] in {"Nuclear Medicine", "Segmentation"}


def test_pytorch_comes_first(entry, cmake):
    assert entry["build_dependencies"] == variable(cmake, "EXTENSION_DEPENDS").split()


def test_repository_address(entry):
    address = urlsplit(entry["scm_url"])
    assert address.scheme in {"git", "https"}
    assert address.netloc
    assert "slicer" in Path(address.path).stem.lower()
    assert not NAME.lower().startswith("slicer")


def test_project_name(cmake):
    assert re.findall(r"project\s*\(\s*([^\s\)]+)", cmake)[0] == NAME


def test_description(cmake):
    description = variable(cmake, "EXTENSION_DESCRIPTION")
    assert description.count(". ") >= 2
    assert len(description) < 800
    for said in ("Research use only", "Apache-2.0", "simulated"):
        assert said in description
    assert variable(cmake, "EXTENSION_CONTRIBUTORS")
    assert urlsplit(variable(cmake, "EXTENSION_HOMEPAGE")).scheme == "https"


@pytest.mark.parametrize("field", ["EXTENSION_ICONURL", "EXTENSION_SCREENSHOTURLS"])
def test_pictures_are_in_the_repository(cmake, entry, field):
    repository = urlsplit(entry["scm_url"]).path.removesuffix(".git")
    for url in variable(cmake, field).split():
        address = urlsplit(url)
        assert address.scheme == "https"
        assert Path(address.path).suffix in {".png", ".jpg", ".gif"}
        prefix = f"{repository}/{entry['scm_revision']}/"
        assert address.path.startswith(prefix)
        assert (ROOT / address.path.removeprefix(prefix)).is_file(), url


@pytest.mark.parametrize("icon", ["BMLesionSeg.png", "BMLesionSeg/Resources/Icons/BMLesionSeg.png"])
def test_icon(icon):
    with Image.open(ROOT / icon) as picture:
        assert picture.size == (128, 128)
        assert picture.mode == "RGBA"


def test_licence_is_permissive_and_named():
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache-2.0" in (ROOT / "README.md").read_text("utf-8")


def test_readme_says_what_reviewers_look_for():
    readme = (ROOT / "README.md").read_text("utf-8")
    for said in ("Research use only", "docs/slicer.md", "doi.org", "![", "please cite"):
        assert said in readme, said


def test_repository_with_its_history_is_small():
    # The bytes of every object, packed or loose: the blocks of the disk that they lie on would
    # count small files several times over.
    asked = ["git", "cat-file", "--batch-all-objects", "--batch-check=%(objectsize:disk)"]
    objects = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    if objects.returncode != 0:
        pytest.skip("not a git checkout")
    history = sum(map(int, objects.stdout.split()))
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    files = sum((ROOT / name).stat().st_size for name in tracked if name and (ROOT / name).exists())
    assert (history + files) / 2**20 < LARGEST_REPOSITORY_MB


@pytest.mark.parametrize("path", [f"BMLesionSeg/{path}" for path in present("BMLesionSeg", "*.py")])
def test_at_file_scope_only_what_slicer_brings(path):
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    imported = {name for node in tree.body for name in imports(node)}
    assert imported <= AT_FILE_SCOPE


@pytest.mark.parametrize("path", [f"BMLesionSeg/{path}" for path in present("BMLesionSeg", "*.py")])
def test_nothing_runs_at_file_scope(path):
    allowed = (ast.Import, ast.ImportFrom, ast.ClassDef, ast.FunctionDef, ast.Assign, ast.AnnAssign)
    for node in ast.parse((ROOT / path).read_text("utf-8")).body:
        if isinstance(node, ast.Expr):
            docstring = isinstance(node.value, ast.Constant)
            assert docstring or ast.unparse(node) == FIRST_CALL, f"line {node.lineno}"
        elif isinstance(node, ast.If):
            assert ast.unparse(node.test) == "TYPE_CHECKING", f"line {node.lineno}"
        else:
            assert isinstance(node, allowed), f"line {node.lineno}"


def test_torch_is_never_installed_by_pip():
    for path in present("BMLesionSeg", "*.py"):
        text = (ROOT / "BMLesionSeg" / path).read_text("utf-8")
        assert "pip_install" not in text, path


def imports(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name.split(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom):
        return {node.module.split(".")[0]} if node.module and not node.level else set()
    return set()
