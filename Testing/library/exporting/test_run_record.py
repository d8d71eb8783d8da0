"""The record holds what an audit needs, and no identity."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

from BMLesionSegLib import RESEARCH_USE, __version__
from BMLesionSegLib.exporting.run_record import recorded_model, run_record, write_run_record
from BMLesionSegLib.inference import Segmentation
from BMLesionSegLib.scan import SourceFrame

UID = "1.2.826.0.1.3680043.8.498.1"


def from_dicom(segmentation: Segmentation) -> Segmentation:
    view = replace(segmentation.views[0].view, source=SourceFrame(UID + ".7", 2, 1))
    first = replace(segmentation.views[0], view=view)
    scan = replace(segmentation.scan, study_uid=UID, series_uid=UID + ".3")
    return replace(segmentation, scan=scan, views=(first, *segmentation.views[1:]))


def test_model_software_and_run(segmentation: Segmentation):
    record = run_record(segmentation)
    assert record["research_use"] == RESEARCH_USE
    assert record["software"] == {"name": "BMLesionSeg", "version": __version__}
    assert record["model"] == {"name": "small", "version": "1", "sha256": "0" * 64}
    assert (record["threshold"], record["extent"], record["minimum_area_mm2"]) == (0.5, 1.0, 20.0)
    assert record["seconds"] == {"network": 1.2346}
    assert record["notes"] == ["Memory ran out: 1 at a time."]
    assert record["searched_alone"] is False


def test_counts_of_lesions_and_pixels_agree_with_the_result(segmentation: Segmentation):
    record = run_record(segmentation)
    front = record["views"]["anterior"]
    assert record["findings"] == 2
    assert front["lesions"] == 2
    assert front["lesion_pixels"] == (segmentation.views[0].lesions.labels > 0).sum()
    assert front["capped_pixels"] == segmentation.views[0].capped.sum() > 0
    assert front["evidence"] == {"kind": "view code", "text": "doll", "assumed": False}
    assert front["source"] is None


def test_flags_and_headline(one_view: Segmentation):
    record = run_record(one_view)
    (flag,) = record["quality_flags"]
    assert (flag["kind"], flag["view"], flag["blocks_normal"]) == ("one view only", None, True)
    assert record["headline"] == "1 finding, unreviewed; read with care: one view only"


def test_uids_appear_as_hashes_only(segmentation: Segmentation, tmp_path: Path):
    path = tmp_path / "run.json"
    write_run_record(path, from_dicom(segmentation))
    text = path.read_text(encoding="utf-8")
    assert UID not in text
    record = json.loads(text)
    assert record["scan"]["study_uid_sha256"] == hashlib.sha256(UID.encode()).hexdigest()
    source = record["views"]["anterior"]["source"]
    assert (source["frame"], source["quarter_turns"]) == (2, 1)
    assert len(source["sop_instance_uid_sha256"]) == 64


def test_the_same_run_gives_the_same_bytes_apart_from_times(
    segmentation: Segmentation, tmp_path: Path
):
    slower = replace(segmentation, record=replace(segmentation.record, seconds={"network": 9.0}))
    write_run_record(tmp_path / "a.json", segmentation)
    write_run_record(tmp_path / "b.json", slower)
    first, second = (json.loads((tmp_path / name).read_text()) for name in ("a.json", "b.json"))
    assert first.pop("seconds") != second.pop("seconds")
    assert first == second
    assert list(first) == sorted(first)


def test_the_model_is_read_back_where_a_record_says_it(segmentation: Segmentation, tmp_path: Path):
    assert recorded_model(tmp_path) == ""
    write_run_record(tmp_path / "run.json", segmentation)
    assert recorded_model(tmp_path) == "small 1"
    (tmp_path / "run.json").write_text("[]", "utf-8")
    assert recorded_model(tmp_path) == ""
