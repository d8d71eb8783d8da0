"""``bmlesionseg demo`` with what ships: the model, the scan, its truth."""

import numpy as np
import pytest

from BMLesionSegLib.bundles import find_bundle, load_bundle
from BMLesionSegLib.cli.main import main
from BMLesionSegLib.exporting.segmentation_nrrd import read_segmentation
from BMLesionSegLib.resources import resource


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    output = tmp_path_factory.mktemp("demo")
    assert main(["demo", "--output", str(output), "--device", "cpu"]) == 0
    (folder,) = output.iterdir()
    return folder


def truth_and_found(result, view):
    truth = read_segmentation(resource("SampleData", "simulated-patient", f"{view}.seg.nrrd"))
    return truth, read_segmentation(result / f"{view}.seg.nrrd").labels > 0


def test_the_shipped_model_passes_its_self_test():
    assert load_bundle(find_bundle()).check_golden() < 1e-3


@pytest.mark.parametrize("view", ["anterior", "posterior"])
def test_half_of_the_lesions_are_found(result, view):
    truth, found = truth_and_found(result, view)
    metastases = [s.label for s in truth.segments if "metastasis" in s.name]
    hit = [label for label in metastases if found[truth.labels == label].any()]
    assert len(hit) >= len(metastases) / 2


@pytest.mark.parametrize("view", ["anterior", "posterior"])
def test_the_bladder_is_not_called(result, view):
    truth, found = truth_and_found(result, view)
    (bladder,) = (s.label for s in truth.segments if s.name.endswith("bladder"))
    assert np.mean(found[truth.labels == bladder]) < 0.1


def test_it_says_where_to_look(result, capsys):
    main(["demo", "--output", str(result.parent), "--device", "cpu"])
    said = capsys.readouterr().out
    assert str(result / "overlay.png") in said
    assert "simulated" in said
    assert "Research use only" in said
