"""The module reaches for no other computer and unpickles nothing, from the button to the export."""

import pytest

from BMLesionSegLib.lesions import ReviewStatus
from BMLesionSegMRML.volumes import addScan
from Testing.scene.scans_in_scene import small_scan
from Testing.trust.watch import watched


@pytest.mark.usefixtures("quick_network")
def test_segment_review_and_export_alone_on_this_computer(logic, tiny_model, tmp_path):
    nodes = addScan(small_scan())
    with watched("socket", "pickle"):
        logic.segment(*nodes.values(), device="cpu", modelPath=str(tiny_model), threshold=0.45)
        review = logic.review(*nodes.values())
        review.setStatus(review.rows()[0].number, ReviewStatus.METASTASIS)
        review.export(tmp_path / "out")
    assert list((tmp_path / "out").rglob("*.seg.nrrd"))
