"""Programs outside Python that some tests need."""

import os
import shutil

import pytest


def need_tool(name: str, package: str) -> str:
    """Path of a program; without it the test skips, and fails where CI=true."""
    path = shutil.which(name)
    if path is not None:
        return path
    reason = f"{name} is not installed (Debian package {package})"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
