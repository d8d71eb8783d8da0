"""A few damaged files through every door; `make fuzz` sends many more, guided by coverage."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from Testing.fuzz.target import SECONDS, attempt
from Testing.fuzz.targets import MAKERS, target

QUICK = settings(
    max_examples=30,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.parametrize("name", list(MAKERS))
def test_the_intact_files_are_accepted(name, tmp_path):
    door = target(name)
    door.lay_out(tmp_path)
    for file in door.damaged:
        assert attempt(door, tmp_path, file, door.files[file]).kind == "accepted", file


@pytest.mark.parametrize("name", list(MAKERS))
@QUICK
@given(seed=st.integers(0, 2**32))
def test_only_refusals_leave(name, tmp_path, seed):
    door = target(name)
    door.lay_out(tmp_path)
    outcome = attempt(door, tmp_path, *door.input(str(seed)))
    assert outcome.kind != "crash", outcome.trace
    assert outcome.seconds < SECONDS


def test_a_crash_is_told(tmp_path):
    door = target("manifest")
    door.lay_out(tmp_path)

    def read(folder, name):
        raise KeyError(name)

    broken = type(door)(door.name, door.files, door.damaged, door.damage, read)
    outcome = attempt(broken, tmp_path, "manifest.json", b"{}")
    assert outcome.kind == "crash"
    assert outcome.error.startswith("KeyError")
