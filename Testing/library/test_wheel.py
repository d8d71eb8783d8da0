"""A wheel carries the library and what ships with it."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_wheel_is_complete(tmp_path):
    build = ["-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--quiet"]
    command = [sys.executable, *build, "--wheel-dir", str(tmp_path), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    sources = {
        path.relative_to(ROOT).as_posix() for path in (ROOT / "BMLesionSegLib").rglob("*.py")
    }
    assert sources <= inside
    shipped = {
        f"BMLesionSegLib/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "Resources").rglob("*")
        if path.is_file()
    }
    assert shipped <= inside
    assert not any("Testing" in name for name in inside)
