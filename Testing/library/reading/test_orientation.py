"""Quarter turns: every way a body may lie comes upright, and nothing is flipped."""

import numpy as np
import pytest

from BMLesionSegLib.errors import GeometryRefused
from BMLesionSegLib.reading import load_scan
from BMLesionSegLib.scan import ViewName
from Testing.library.nm_files import each_detector, nm_file, without
from Testing.library.scans import body_pair

UPRIGHT = body_pair((512, 128))
# Turns to upright, and the orientation of a stored frame: direction of its rows, of its columns.
STORED = {
    0: [1, 0, 0, 0, 0, -1],
    1: [0, 0, 1, 1, 0, 0],
    2: [-1, 0, 0, 0, 0, 1],
    3: [0, 0, -1, -1, 0, 0],
}


def stored_file(path, turns: int, orientation: list | None):
    counts = {view: np.ascontiguousarray(np.rot90(UPRIGHT[view], -turns)) for view in UPRIGHT}
    spacing = (4.5, 4.4) if turns % 2 == 0 else (4.4, 4.5)
    edit = each_detector(ImageOrientationPatient=[orientation] * 2)
    return nm_file(path, edit, counts=counts, spacing=spacing)


@pytest.mark.parametrize("turns", STORED)
def test_a_frame_comes_upright_by_its_orientation(tmp_path, turns):
    scan = load_scan(stored_file(tmp_path / "scan", turns, STORED[turns]))
    for view in scan:
        np.testing.assert_array_equal(view.counts, UPRIGHT[view.name])
        assert view.spacing == (4.5, 4.4)
        assert view.source.quarter_turns == turns


@pytest.mark.parametrize("orientation", [None, [1, 0, 0, 0, 1, 0], [1, 0, 0, 0, 0, -1]])
def test_on_its_side_without_saying_how_is_refused(tmp_path, orientation):
    with pytest.raises(GeometryRefused, match="lies on its side"):
        load_scan(stored_file(tmp_path / "scan", 1, orientation))


def test_upright_needs_no_orientation(tmp_path):
    path = nm_file(tmp_path / "scan", without("ImageOrientationPatient"))
    scan = load_scan(path)
    np.testing.assert_array_equal(scan.views[0].counts, UPRIGHT[ViewName.ANTERIOR])
    assert scan.views[0].source.quarter_turns == 0


def test_the_source_frame_says_how_to_go_back(tmp_path):
    path = stored_file(tmp_path / "scan", 3, STORED[3])
    (anterior, _) = load_scan(path)
    stored = np.rot90(anterior.counts, -anterior.source.quarter_turns)
    np.testing.assert_array_equal(stored, np.rot90(UPRIGHT[ViewName.ANTERIOR], -3))
