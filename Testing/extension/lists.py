"""What CMake lists, and what the folders hold."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def listed(cmake_file: str, variable: str) -> list[str]:
    """The entries of ``set(VARIABLE ...)``."""
    text = (ROOT / cmake_file).read_text("utf-8")
    found = re.search(rf"set\({variable}\s+([^)]*)\)", text)
    assert found is not None, f"{cmake_file} has no set({variable} ...)"
    return found[1].split()


def present(folder: str, pattern: str) -> list[str]:
    """Files below a folder, relative to it, without what Python leaves behind."""
    root = ROOT / folder
    return sorted(
        path.relative_to(root).as_posix()
        for path in root.rglob(pattern)
        if path.is_file() and "__pycache__" not in path.parts
    )
