"""What becomes of a study whose scans are not all what they claim."""

from argparse import Namespace

import pytest

from BMLesionSegLib.cli.pacs_actions import segment_study
from BMLesionSegLib.inference import Segmenter
from BMLesionSegLib.pacs.archive import FoundSeries, Received
from Testing.library.nm_files import nm_file, setting
from Testing.library.pointwise import PointwiseBundle
from Testing.library.scans import SPACING, body_pair


class Held:
    """An archive of one series."""

    def __init__(self, *files):
        self.objects = [Received(f"1.2.{n}", file.read_bytes()) for n, file in enumerate(files)]

    def series(self, study_uid):
        return [FoundSeries("1.3", "NM")]

    def fetch(self, study_uid, series_uid):
        return self.objects


@pytest.fixture
def segmented(tmp_path, capsys):
    """Folders, refusals, and the two streams of what is said."""

    def of(*files):
        segmenter = Segmenter(PointwiseBundle(), "cpu")
        asked = Namespace(threshold=None, output=tmp_path / "out")
        return *segment_study(Held(*files), segmenter, "1.2.3", asked), capsys.readouterr()

    return of


def test_one_refused_scan_does_not_stop_the_other(segmented, tmp_path):
    counts = body_pair()
    whole = nm_file(tmp_path / "a.dcm", counts=counts, spacing=SPACING, key="a")
    size = sum(view.size for view in counts.values()) * 2
    empty = setting(PixelData=bytes(size))
    broken = nm_file(tmp_path / "b.dcm", empty, counts=counts, spacing=SPACING, key="b")
    folders, refused, said = segmented(whole, broken)
    assert refused == 1
    (folder,) = folders
    assert (folder / "run.json").is_file()
    assert said.out.startswith(f"{folder}: ")
    (line,) = said.err.splitlines()
    assert line.startswith("error: 1.2.3: ")
    assert "every pixel is zero" in line


def test_a_study_without_a_whole_body_scan(segmented, tmp_path):
    tomographic = setting(ImageType=["ORIGINAL", "PRIMARY", "TOMO", "EMISSION"])
    folders, refused, said = segmented(nm_file(tmp_path / "a.dcm", tomographic))
    assert (folders, refused) == ([], 1)
    assert said.out == ""
    assert said.err.startswith("error: 1.2.3: the folder holds whole-body bone scans")
    assert not (tmp_path / "out").exists()
