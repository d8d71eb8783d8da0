"""Only ``pacs`` speaks to other computers; everything else works where none can be reached.

Training is watched in library/cli/test_train.py, the Slicer module in scene/test_trust.py.
"""

import socket
from pathlib import Path

import pytest

from BMLesionSegLib.cli.main import main
from BMLesionSegLib.exporting.segmentation_nrrd import write_segmentation
from BMLesionSegLib.reading import load_scan
from Testing.library.dicom_sources import source, stored
from Testing.library.tiny_model import write_tiny_model
from Testing.trust.watch import watched

ABROAD = ("192.0.2.1", 104)
"""An address that belongs to nobody (RFC 5737)."""


def test_the_watch_sees_connections_and_names():
    def connect():
        with watched("socket"), socket.socket() as line, pytest.raises(ConnectionRefusedError):
            line.connect(ABROAD)

    def ask():
        with watched("socket"), pytest.raises(ConnectionRefusedError):
            socket.create_connection(("archive.example", 104), timeout=1)

    with pytest.raises(AssertionError, match=r"socket\.connect.*192\.0\.2\.1"):
        connect()
    with pytest.raises(AssertionError, match=r"socket\.getaddrinfo.*archive"):
        ask()


def test_the_watch_lets_this_computer_pass():
    with watched("socket"), socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()


def run(*arguments: object) -> None:
    with watched("socket"):
        assert main([str(argument) for argument in arguments]) == 0


def test_segment_export_import_and_report(tmp_path: Path):
    model = write_tiny_model(tmp_path / "model")
    scan_file = source()(tmp_path)[0]
    run("segment", scan_file, "--output", tmp_path / "results", "--model", model)
    scan = load_scan(scan_file)
    corrected = tmp_path / "corrected"
    for view, one in zip(scan, stored(scan, "touching"), strict=True):
        path = corrected / f"{view.name}.seg.nrrd"
        write_segmentation(path, one.labels, one.geometry, one.segments)
    run("export", corrected, "--scan", scan_file, "--output", tmp_path / "out")
    out = tmp_path / "out" / scan.name
    run("import", out, "--scan", scan_file, "--output", tmp_path / "back")
    run("report", corrected, "--scan", scan_file, "--output", tmp_path / "report")


def test_simulate(tmp_path: Path):
    run("simulate", "--patients", 1, "--seed", 1, "--output", tmp_path / "cohort")
