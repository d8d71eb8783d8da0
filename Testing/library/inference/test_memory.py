"""Freed memory leaves the process."""

import ctypes
import subprocess
import sys

import pytest

from BMLesionSegLib.inference import memory

GLIBC = sys.platform == "linux" and hasattr(ctypes.CDLL(None), "malloc_trim")
HOLES = """
import ctypes
from pathlib import Path
from BMLesionSegLib.inference.memory import give_back_memory

def held():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

blocks = [ctypes.create_string_buffer(b"x", 60_000) for _ in range(1600)]
kept = blocks[::8]
before = held()
del blocks
full = held()
give_back_memory()
print(before, full, held())
"""


@pytest.mark.skipif(not GLIBC, reason="the C library keeps no freed memory that it could return")
def test_holes_between_blocks_in_use_go_back():
    """96 MB in small blocks, every eighth of which stays in use: the heap cannot shrink."""
    done = subprocess.run([sys.executable, "-c", HOLES], capture_output=True, text=True, check=True)
    before, full, after = map(int, done.stdout.split())
    assert full > before - 20e6, "freeing alone returns nothing"
    assert after < full - 60e6


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_systems_without_the_call_are_left_alone(platform, monkeypatch):
    monkeypatch.setattr(memory.sys, "platform", platform)
    monkeypatch.setattr(memory, "ctypes", None)
    memory.give_back_memory()


def test_a_c_library_without_the_call_is_left_alone(monkeypatch):
    monkeypatch.setattr(memory.ctypes, "CDLL", lambda _: object())
    memory.give_back_memory()
