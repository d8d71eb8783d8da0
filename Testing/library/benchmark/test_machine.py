"""What is told of a machine, and what is not."""

import getpass
import json
import platform
import sys

import pytest

from BMLesionSegLib.benchmark import machine
from BMLesionSegLib.benchmark.machine import machine_facts, peak_megabytes, processor_name


def test_facts_name_neither_host_nor_user():
    facts = machine_facts()
    text = json.dumps(facts)
    assert facts["torch_threads"] >= 1
    assert facts["cores"] >= 1
    assert platform.node() not in text
    assert getpass.getuser() not in text


def test_peak_memory_grows_by_what_is_held():
    before = peak_megabytes()
    block = bytearray(b"x") * 400_000_000
    assert peak_megabytes() >= before
    assert peak_megabytes() > len(block) / 1e6


@pytest.mark.parametrize("told", [None, "processor : 0\nBogoMIPS : 50.0\n"], ids=["no file", "ARM"])
def test_a_processor_that_the_system_s_file_does_not_name(tmp_path, monkeypatch, told):
    file = tmp_path / "cpuinfo"
    if told:
        file.write_text(told)
    monkeypatch.setattr(machine, "Path", lambda _: file)
    assert processor_name() == (platform.processor() or platform.machine())
    file.write_text("vendor_id : us\nmodel name\t: Fast 9000\nmodel name\t: Fast 9001\n")
    assert processor_name() == "Fast 9000"


def test_where_the_system_does_not_tell_the_memory(monkeypatch):
    monkeypatch.setitem(sys.modules, "resource", None)
    assert peak_megabytes() is None
