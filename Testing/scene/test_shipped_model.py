"""The shipped scan through the module and through the command line: the same, pixel by pixel."""

import numpy as np
import pytest
import slicer

from BMLesionSegLib.cli.main import main
from BMLesionSegLib.exporting.segmentation_nrrd import read_segmentation
from BMLesionSegLib.reading import load_scan
from BMLesionSegLib.scan import ViewName
from BMLesionSegMRML.segmentations import drawnView, volumeOf
from Testing.scene.scans_in_scene import shipped_scan


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """What the command line writes with the shipped model, on the CPU, with this many threads."""
    output = tmp_path_factory.mktemp("command-line")
    assert main(["segment", str(shipped_scan()), "--output", str(output), "--device", "cpu"]) == 0
    (folder,) = output.iterdir()
    return {name: read_segmentation(folder / f"{name}.seg.nrrd") for name in ViewName}


@pytest.mark.parametrize("way", ["pair", "stock volume"])
def test_the_module_finds_what_the_command_line_finds(logic, written, way):
    if way == "pair":
        given = list(logic.addScan(load_scan(shipped_scan())).values())
    else:
        given = [slicer.util.loadVolume(str(shipped_scan()))]
    nodes = logic.segment(*given, device="cpu")
    assert sum(len(stored.segments) for stored in written.values()) > 0
    for name, stored in written.items():
        drawn = drawnView(nodes[name])
        np.testing.assert_array_equal(drawn.labels, stored.labels)
        for ours, theirs in zip(drawn.segments, stored.segments, strict=True):
            assert (ours.segment_id, ours.name) == (theirs.segment_id, theirs.name)
            assert theirs.tags.items() <= ours.tags.items()
    review = logic.review(*map(volumeOf, nodes.values()))
    assert review.sourceReason() is None
    assert review.previewReason() is None
    assert len(review.rows()) > 0
