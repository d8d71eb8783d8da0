"""Decompression bombs: refused before pixels are allocated, or read no further than stated."""

import subprocess
import sys

import pytest

from Testing.library.bombs import BOMBS

MOST_MEGABYTES = 512
READ_AS_STATED = {"unpacks.nii.gz", "unpacks.nrrd", "unpacks.mha"}
"""Their headers state a small matrix; no more than that is unpacked."""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured by Linux's way")
def test_little_memory_and_time(tmp_path):
    for name, make in BOMBS.items():
        make(tmp_path / name)
        assert (tmp_path / name).stat().st_size < 20 * 2**20, name
    paths = [str(tmp_path / name) for name in BOMBS]
    command = [sys.executable, "-m", "Testing.library.bombs", *paths]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    lines = [line.split("|") for line in done.stdout.splitlines()]
    assert [name for name, _, _ in lines] == list(BOMBS)
    for name, megabytes, outcomes in lines:
        assert int(megabytes) < MOST_MEGABYTES, name
        refused = [outcome.endswith("Refused") for outcome in outcomes.split(",")]
        assert all(refused) or name in READ_AS_STATED, (name, outcomes)
