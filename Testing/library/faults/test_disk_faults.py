"""Disk full or permission lost at every write: refused, and what was there is still there."""

import pytest

from BMLesionSegLib.errors import OutputRefused
from BMLesionSegLib.exporting.results import restore_interrupted
from Testing.library.faults.disk import (
    FORBIDDEN,
    FULL,
    failing,
    failing_once,
    files_at_most,
    watched,
)
from Testing.library.faults.writers import hidden, visible, writers

NAMES = ("segment", "export", "report", "import", "training case", "fetch", "simulate", "train")
QUICK = ("segment", "export", "report", "import", "training case", "fetch")
FAULTS = {"full": failing, "forbidden": failing, "full once": failing_once}
CODES = {"full": FULL, "forbidden": FORBIDDEN, "full once": FULL}


@pytest.fixture(scope="module")
def all_writers(tmp_path_factory):
    return writers(tmp_path_factory.mktemp("inputs"))


def refused(writer, out):
    """The refusal of a write, None where it went well."""
    try:
        writer.write(out)
    except OutputRefused as refusal:
        return refusal
    return None


def fault_at_every(writer, folder, fault, step):
    """Writes tried, refused and survived; fails where something was lost."""
    first = folder / "first" / "out"
    if writer.again:
        writer.write(first)
    with watched(first.parent, lambda _: None) as changes:
        writer.write(first)
    whole = set(visible(first))
    survived = 0
    for number in range(0, len(changes), step):
        out = folder / f"{fault}-{number}" / "out"
        if writer.again:
            writer.write(out)
        before = visible(out)
        with watched(out.parent, FAULTS[fault](number, CODES[fault])):
            refusal = refused(writer, out)
        # Where even the way back failed, the next run begins with it.
        restore_interrupted(out / "scan")
        now = visible(out)
        if refusal is None:
            # A failure that has a way round it, such as a second name for a file.
            assert set(now) >= whole, changes[number]
            survived += 1
        else:
            assert "Choose" in refusal.remedy
            assert not writer.again or now == before, changes[number]
            assert set(now) <= whole | {"unfinished.txt"}
        if fault == "full once":
            assert hidden(out.parent) == [], changes[number]
        writer.check(out)
    return len(range(0, len(changes), step)), survived


@pytest.mark.parametrize(
    ("name", "step"), {"segment": 20, "export": 5, "import": 3, "fetch": 2}.items()
)
def test_some_writes_fail(all_writers, tmp_path, name, step):
    tried, survived = fault_at_every(all_writers[name], tmp_path, "full", step)
    assert tried > survived


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("fault", list(FAULTS))
def test_every_write_fails(all_writers, tmp_path, name, fault):
    tried, survived = fault_at_every(all_writers[name], tmp_path, fault, 1)
    print(f"{name}, {fault}: {tried} tried, {survived} went round it, none lost")  # noqa: T201
    assert tried > survived


@pytest.mark.parametrize(
    ("name", "size"),
    [
        *(("segment", 300), ("export", 300), ("report", 0)),
        *(("import", 300), ("training case", 300), ("fetch", 0)),
        *(pytest.param("simulate", size, marks=pytest.mark.slow) for size in (0, 300, 3000)),
        *(pytest.param(name, 3000, marks=pytest.mark.slow) for name in ("segment", "export")),
    ],
)
def test_no_file_can_grow(all_writers, tmp_path, name, size):
    writer = all_writers[name]
    if writer.again:
        writer.write(tmp_path)
    before = visible(tmp_path)
    with files_at_most(size), pytest.raises(OutputRefused):
        writer.write(tmp_path)
    assert {key: data for key, data in visible(tmp_path).items() if key in before} == before
    writer.check(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("size", [0, 300, 3000])
def test_no_file_of_a_training_can_grow(all_writers, tmp_path, size):
    with files_at_most(size), pytest.raises(OutputRefused):
        all_writers["train"].write(tmp_path)
    all_writers["train"].check(tmp_path)
