"""A physician's way through a scan, with clicks and keys counted."""

import csv

import slicer

from BMLesionSegLib.lesions import ReviewStatus
from Testing.bench.scripted import sample_data
from Testing.widget.spotted_scan import FINDINGS


def statuses(user):
    return [row.status for row in user.window.widget.panel.review.rows()]


def test_sample_to_findings_to_review_to_export(user, scan_file, tmp_path, capsys):
    ui = user.window.ui
    # In the module Sample Data, one click on the simulated scan; then back to ours.
    user.window.widget.exit()
    user.clicks += 1
    sample_data.sources[-1]["download"](None)
    user.window.widget.enter()
    user.segment()
    to_findings = user.clicks
    assert ui.findingsTable.rowCount > 0

    slicer.mrmlScene.Clear(0)
    user.open(scan_file)
    user.segment()
    assert ui.findingsTable.rowCount == FINDINGS == 10
    for letter in "AADAAADAAA":
        user.key(letter)
    review = statuses(user)
    assert review.count(ReviewStatus.METASTASIS) == 8
    assert review.count(ReviewStatus.REJECTED) == 2
    assert [place for place, one in enumerate(review) if one is ReviewStatus.REJECTED] == [2, 6]
    assert user.keys == 10

    before = user.clicks
    user.click(ui.exportButton, tmp_path / "Export ä")
    to_export = user.clicks - before
    with capsys.disabled():
        print(f"\n  clicks: sample to findings {to_findings}, export {to_export};", end=" ")  # noqa: T201
        print(f"keys: {user.keys} for {FINDINGS} findings")  # noqa: T201
    assert to_findings <= 2
    assert to_export <= 2
    tables = list((tmp_path / "Export ä").rglob("lesions.csv"))
    assert len(tables) == 1
    with tables[0].open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["status"] for row in rows} == {"metastasis"}
    assert len(list(tables[0].parent.glob("*.seg.dcm"))) == 2
