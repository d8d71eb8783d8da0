"""What is told of a machine, and what is not."""

import getpass
import json
import platform

from BMLesionSegLib.benchmark.machine import machine_facts, peak_megabytes


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
