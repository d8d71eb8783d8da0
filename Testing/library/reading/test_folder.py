"""Which files of a folder make up a scan."""

import numpy as np
import pytest

from BMLesionSegLib.errors import CountsRefused, NotABoneScan, ViewsUnclear
from BMLesionSegLib.reading import find_scans, load_scan, load_scans
from BMLesionSegLib.scan import ViewName
from Testing.library.nm_files import SMALL, nm_file, no_view, setting
from Testing.library.reading.test_raster import write_plane
from Testing.library.scans import body_pair

ANTERIOR, POSTERIOR = ViewName
PAIR = body_pair(SMALL)


def one_view(path, view, *edits, key="test"):
    return nm_file(path, *edits, counts={view: PAIR[view]}, key=key)


def names(folder):
    """The files of each scan, by name."""
    return [[path.name for path in files] for files in find_scans(folder)]


def test_a_file_is_a_scan_of_its_own(tmp_path):
    path = nm_file(tmp_path / "scan.dcm")
    assert find_scans(path) == [(path,)]


def test_two_files_of_one_series_are_one_scan(tmp_path):
    one_view(tmp_path / "b.dcm", ANTERIOR)
    one_view(tmp_path / "a.dcm", POSTERIOR)
    scan = load_scan(tmp_path)
    assert [view.name for view in scan] == [ANTERIOR, POSTERIOR]
    for view in scan:
        np.testing.assert_array_equal(view.counts, PAIR[view.name])
        assert view.source.frame == 1
    assert len({view.source.sop_instance_uid for view in scan}) == 2


def test_two_views_of_a_study_are_one_scan_across_series(tmp_path):
    one_view(tmp_path / "a.dcm", ANTERIOR, setting(SeriesInstanceUID="1.2.3"))
    one_view(tmp_path / "b.dcm", POSTERIOR, setting(SeriesInstanceUID="1.2.4"))
    assert names(tmp_path) == [["a.dcm", "b.dcm"]]
    assert len(load_scan(tmp_path).views) == 2


def test_two_times_one_view_in_two_series_stay_apart(tmp_path):
    one_view(tmp_path / "a.dcm", ANTERIOR, setting(SeriesInstanceUID="1.2.3"))
    one_view(
        tmp_path / "b.dcm",
        ANTERIOR,
        setting(SeriesInstanceUID="1.2.4", SOPInstanceUID="1.2.5"),
    )
    assert names(tmp_path) == [["a.dcm"], ["b.dcm"]]


def test_studies_stay_apart_and_folders_are_searched_through(tmp_path):
    (tmp_path / "deep" / "deeper").mkdir(parents=True)
    nm_file(tmp_path / "deep" / "deeper" / "a", key="one")
    nm_file(tmp_path / "b", key="two")
    one_view(tmp_path / "deep" / "c", ANTERIOR, key="three")
    assert sorted(names(tmp_path)) == [["a"], ["b"], ["c"]]
    assert len({scan.name for scan in load_scans(tmp_path)}) == 3
    with pytest.raises(NotABoneScan, match="3 came"):
        load_scan(tmp_path)


def test_two_scans_of_one_series_are_two_scans(tmp_path):
    nm_file(tmp_path / "a")
    nm_file(tmp_path / "b", setting(SOPInstanceUID="1.2.3"))
    assert names(tmp_path) == [["a"], ["b"]]


def test_a_copy_of_a_file_counts_once(tmp_path):
    nm_file(tmp_path / "a")
    nm_file(tmp_path / "b")
    assert names(tmp_path) == [["a"]]


def test_what_is_no_whole_body_nm_image_is_passed_over(tmp_path):
    nm_file(tmp_path / "scan")
    nm_file(tmp_path / "ct", setting(SOPClassUID="1.2.840.10008.5.1.4.1.1.2", Modality="CT"))
    tomography = setting(ImageType=["ORIGINAL", "PRIMARY", "TOMO", "EMISSION"])
    nm_file(tmp_path / "tomo", tomography, setting(SOPInstanceUID="1.2.3"))
    spot = {ANTERIOR: np.eye(128, dtype=np.uint16)}
    nm_file(tmp_path / "spot", counts=spot)
    (tmp_path / "readme.txt").write_text("notes")
    (tmp_path / "empty.dcm").touch()
    write_plane(tmp_path / "picture.png", flat=True)
    assert names(tmp_path) == [["scan"]]


def test_a_scan_that_will_be_refused_is_found(tmp_path):
    nm_file(tmp_path / "a", key="one")
    nm_file(tmp_path / "b", setting(PixelData=bytes(2 * 2 * 512 * 128)), key="two")
    nm_file(tmp_path / "c", setting(NumberOfFrames=3), key="three")
    found = find_scans(tmp_path)
    assert len(found) == 3
    with pytest.raises(CountsRefused):
        load_scan(found[1][0])
    with pytest.raises(ViewsUnclear):
        load_scans(tmp_path / "c")


def test_three_files_of_one_series_are_refused(tmp_path):
    for number in range(3):
        one_view(tmp_path / str(number), ANTERIOR, setting(SOPInstanceUID=f"1.2.{number + 3}"))
    with pytest.raises(ViewsUnclear, match="3 views came"):
        load_scan(tmp_path)


def test_two_files_that_both_seem_anterior_are_refused(tmp_path):
    for view in ViewName:
        one_view(tmp_path / view, view, no_view)
    with pytest.raises(ViewsUnclear, match="two anterior views"):
        load_scan(tmp_path)


def test_two_views_of_different_size_are_refused(tmp_path):
    one_view(tmp_path / "a", ANTERIOR)
    counts = {POSTERIOR: PAIR[POSTERIOR][:, :120]}
    nm_file(tmp_path / "b", counts=counts)
    with pytest.raises(ViewsUnclear, match="differ in size"):
        load_scan(tmp_path)


def test_a_view_given_for_a_pair_of_files_is_refused(tmp_path):
    for view in ViewName:
        one_view(tmp_path / view, view)
    with pytest.raises(ViewsUnclear, match="2 views came"):
        load_scan(tmp_path, ANTERIOR)


def test_a_folder_of_volumes(tmp_path):
    write_plane(tmp_path / "a.nrrd")
    write_plane(tmp_path / "b.png", flat=True)
    write_plane(tmp_path / "a.seg.nrrd")
    assert names(tmp_path) == [["a.nrrd"], ["b.png"]]
    assert [scan.name for scan in load_scans(tmp_path, ANTERIOR)] == ["a", "b"]


@pytest.mark.parametrize("content", [[], ["notes.txt"]])
def test_a_folder_without_scans_is_refused(tmp_path, content):
    for name in content:
        (tmp_path / name).write_text("notes")
    with pytest.raises(NotABoneScan, match=f"none of its {len(content)} files"):
        find_scans(tmp_path)
