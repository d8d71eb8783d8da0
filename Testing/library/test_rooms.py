"""The house rules of imports: directions, the fence around what runs in Slicer, light start-up."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

LIBRARY = Path(__file__).parents[2] / "BMLesionSegLib"
IN_SLICER = [
    "__init__.py",
    "errors.py",
    "resources.py",
    "scan",
    "reading",
    "preparation",
    "tiling",
    "networks",
    "bundles",
    "lesions",
    "quality",
    "inference",
    "exporting",
]
BUNDLED = {
    *sys.stdlib_module_names,
    *["numpy", "scipy", "SimpleITK", "pydicom", "highdicom", "PIL", "torch", "BMLesionSegLib"],
}
WRITES_MODELS = {("bundles/writing.py", "safetensors")}
"""Writing a bundle belongs to the command line; Slicer only reads one."""
OPTIONAL_ENGINE = {("networks/openvino_network.py", "openvino")}
"""For the command line; Slicer's module never asks for it."""
LIGHT = {"numpy"}


def files_in_slicer() -> list[Path]:
    places = [LIBRARY / name for name in IN_SLICER]
    return [
        file for place in places for file in ([place] if place.is_file() else place.rglob("*.py"))
    ]


def imported(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_directions():
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=LIBRARY.parent, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "file", files_in_slicer(), ids=lambda file: file.relative_to(LIBRARY).as_posix()
)
def test_fence_around_what_runs_in_slicer(file):
    name = file.relative_to(LIBRARY).as_posix()
    strangers = {
        module
        for module in imported(ast.parse(file.read_text("utf-8"))) - BUNDLED
        if (name, module) not in WRITES_MODELS | OPTIONAL_ENGINE
    }
    assert not strangers


def test_nothing_heavier_than_numpy_at_import():
    modules = [
        ".".join(file.relative_to(LIBRARY.parent).with_suffix("").parts).removesuffix(".__init__")
        for file in files_in_slicer()
        if "torch" not in imported_at_load(file)
    ]
    code = "\n".join(
        [
            "import sys",
            *(f"import {module}" for module in sorted(modules)),
            "print(*sorted({name.split('.')[0] for name in sys.modules}))",
        ]
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"scipy", "SimpleITK", "pydicom", "highdicom", "PIL", "torch", "tqdm", "matplotlib"}
    assert not heavy & set(done.stdout.split())


def imported_at_load(file: Path) -> set[str]:
    tree = ast.parse(file.read_text("utf-8"))
    top = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    return imported(ast.Module(top, []))


def test_only_networks_load_torch():
    load_torch = {
        file.parent.name for file in files_in_slicer() if "torch" in imported_at_load(file)
    }
    assert load_torch == {"networks"}
