"""The tests that a document names, as ``folder/test_file.py::test_name`` below Testing."""

import ast
import re
from pathlib import Path

TESTING = Path(__file__).parents[1]
NAMED = re.compile(r"`((?:[\w-]+/)+test_\w+\.py)::((?:Test\w+::)?test_\w+)`")


def named_tests(text: str) -> list[tuple[str, str]]:
    """File and test of each name in a text."""
    return NAMED.findall(text)


def missing_tests(text: str) -> list[str]:
    """The named tests that do not exist."""
    return [f"{file}::{test}" for file, test in named_tests(text) if test not in tests_of(file)]


def tests_of(file: str) -> set[str]:
    """Functions of a test file, those of classes with the class before them."""
    path = TESTING / file
    if not path.is_file():
        return set()
    found = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            functions = [part for part in node.body if isinstance(part, ast.FunctionDef)]
            found |= {f"{node.name}::{function.name}" for function in functions}
    return found
